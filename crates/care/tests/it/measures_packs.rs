//! Packs under their owners' terms: each has a licence, a source and worked cases; none of them is among what ships for everybody.

use std::{collections::BTreeSet, fs, path::Path};

use care::measures::{
    Instrument, export,
    import::read,
    packs::packs,
    parse,
    score::{self, Trouble, may_send},
    shipped,
};
use proptest::prelude::*;

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content/packs")
}

fn all() -> Vec<Instrument> {
    packs().unwrap().into_iter().flat_map(|pack| pack.instruments).collect()
}

fn named(id: &str) -> Instrument {
    all().into_iter().find(|one| one.id == id).unwrap()
}

#[test]
fn every_folder_is_a_pack_with_its_own_licence_and_stands_in_the_list_of_sources() {
    let sources = fs::read_to_string(folder().join("../SOURCES.md")).unwrap();
    let known: BTreeSet<String> = packs().unwrap().into_iter().map(|pack| pack.id).collect();
    let there: BTreeSet<String> = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    assert_eq!(known, there);
    for pack in packs().unwrap() {
        assert!(sources.contains(&format!("packs/{}", pack.id)), "{}", pack.id);
        let files = fs::read_dir(folder().join(&pack.id)).unwrap().count();
        assert_eq!(files, pack.instruments.len() + 2, "{}: pack.json, LICENCE and its instruments", pack.id);
        let licence = &pack.licence_text;
        assert!(licence.contains("NOT under the licences of Hearth") && licence.contains(&format!("© {}", pack.owner)), "{}", pack.id);
        assert!(pack.licence_at.starts_with("https://"), "{}", pack.id);
        let is_quoted = pack.terms.iter().all(|term| !term.contains("Hearth"));
        assert!(is_quoted, "{}: the owner's terms know nothing of us", pack.id);
    }
}

#[test]
fn nothing_of_a_pack_ships_for_everybody() {
    let open: BTreeSet<String> = shipped().unwrap().into_iter().map(|one| one.id).collect();
    let under_terms: BTreeSet<String> = all().into_iter().map(|one| one.id).collect();
    assert_eq!(under_terms.len(), all().len(), "no name is there twice");
    assert!(open.is_disjoint(&under_terms));
    for one in shipped().unwrap() {
        for word in ["-NC", "-ND", "non-commercial"] {
            assert!(!one.licence.contains(word), "{}: {word} belongs into a pack", one.id);
        }
    }
}

#[test]
fn nothing_is_in_a_pack_without_licence_source_day_and_worked_cases() {
    for pack in packs().unwrap() {
        for one in &pack.instruments {
            let id = &one.id;
            assert!(one.licence.contains(&pack.owner) && one.licence.contains("pack"), "{id}");
            assert!(one.credit.contains('©') && one.credit.contains(&pack.owner), "{id}: whoever answers sees whose it is");
            assert!(!one.document.is_empty() && one.document.iter().all(|name| name.contains("commit")), "{id}: a document with a name");
            assert!(one.read_on.parse::<jiff::civil::Date>().is_ok() && !one.bands_source.is_empty(), "{id}");
            assert!(one.plain.contains_key("es") && one.note.contains("English only"), "{id}");
            for place in 0..one.bands.len() {
                assert!(one.cases.iter().filter(|case| case.band == Some(place)).count() >= 2, "{id}: both ends of band {place}");
            }
            for total in one.score.range {
                assert!(one.cases.iter().any(|case| case.total == Some(total)), "{id}: {total}");
            }
            for case in &one.cases {
                let came = score::score(one, &case.answers);
                let expected = (case.total, case.band, case.alarm, case.acute);
                assert_eq!((came.total, came.band, came.alarm, came.acute), expected, "{id} {:?}", case.answers);
            }
        }
    }
}

/// NoDerivatives: order, words and answers as the owner has them; what we add stands outside.
#[test]
fn the_text_under_no_derivatives_is_unchanged() {
    let core = named("core-10");
    let text = &core.text["en"];
    assert_eq!(text.items.len(), 10);
    assert_eq!(text.items[5], "I made plans to end my life");
    assert_eq!(
        (text.items[0].as_str(), text.items[9].as_str()),
        ("I have felt tense, anxious or nervous", "Unwanted images or memories have been distressing me")
    );
    assert_eq!(text.options, [["Not at all", "Only occasionally", "Sometimes", "Often", "Most or all of the time"]]);
    assert_eq!(text.stem, "Over the last week...");
    assert_eq!(core.credit, "© CORE System Trust: https://www.coresystemtrust.org.uk/copyright.pdf", "word for word, and nothing after it");
    assert_eq!(core.text.len(), 1, "a translation of ours would be a derivative");
    for answer in 0..=4 {
        let mut answers = vec![None; 10];
        answers[5] = Some(answer);
        assert_eq!(score::score(&core, &answers).alarm, answer > 0, "heard at once, whatever else is missing");
    }
}

/// CamCOPS, audit.cpp: nothing about drinking is asked of somebody who never drinks; nothing more of somebody who never drinks much.
#[test]
fn what_does_not_apply_is_passed_over() {
    let audit = named("audit");
    let asked =
        |answers: &[Option<i64>]| (0..10).filter(|item| score::is_asked(&audit, answers, *item)).map(|item| item + 1).collect::<Vec<_>>();
    assert_eq!(asked(&[]), [1, 9, 10]);
    assert_eq!(asked(&[Some(0)]), [1, 9, 10]);
    assert_eq!(asked(&[Some(1), None, None]), [1, 2, 3, 9, 10]);
    assert_eq!(asked(&[Some(1), Some(0), Some(0)]), [1, 2, 3, 9, 10]);
    assert_eq!(asked(&[Some(1), Some(0), Some(1)]), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    assert_eq!(asked(&[Some(0), Some(4), Some(4)]), [1, 9, 10], "an answer from before somebody changed their mind opens nothing");
    let with = |first: &[Option<i64>]| {
        let mut answers = first.to_vec();
        answers.resize(8, None);
        answers.extend([Some(0), Some(0)]);
        answers
    };
    assert_eq!(may_send(&audit, &with(&[Some(0)])), Ok(()));
    assert_eq!(may_send(&audit, &with(&[Some(1), Some(0), Some(0)])), Ok(()));
    assert_eq!(may_send(&audit, &with(&[Some(1)])), Err(Trouble::Unanswered(2)));
    assert_eq!(may_send(&audit, &with(&[Some(1), Some(0), Some(1)])), Err(Trouble::Unanswered(4)));
    assert_eq!(may_send(&audit, &with(&[])), Err(Trouble::Unanswered(1)));
}

#[test]
fn a_question_hangs_on_earlier_ones_alone() {
    let good = include_str!("../../../../content/packs/audit/audit.json");
    assert!(parse(good).is_ok());
    for after in ["[2]", "[0]", "[9]", "[1, 99]"] {
        let bad = good.replacen("\"after\": [1]", &format!("\"after\": {after}"), 1);
        assert!(bad != good && parse(&bad).is_err(), "{after}");
    }
}

#[test]
fn what_goes_out_as_an_open_scale_comes_back_with_what_is_passed_over() {
    for one in all() {
        let file = export::osd(&one).to_string();
        let again = read(&file, "2026-11-26").unwrap_or_else(|wrong| panic!("{}: {wrong}", one.id)).instrument;
        let after = |one: &Instrument| one.items.iter().map(|item| (item.after.clone(), item.after_yes)).collect::<Vec<_>>();
        if one.id != "audit" {
            assert_eq!(after(&again), after(&one), "{}", one.id);
        }
        for place in 0..3 {
            let answers: Vec<_> = (0..one.items.len()).map(|item| one.values(item).get(place).copied()).collect();
            assert_eq!(score::score(&again, &answers).total, score::score(&one, &answers).total, "{} {place}", one.id);
        }
    }
}

/// The scoring once more, in other words than ours.
fn second_hand(id: &str, answers: &[Option<i64>]) -> Option<i64> {
    let sum = |numbers: &[usize]| numbers.iter().map(|number| answers[number - 1]).sum::<Option<i64>>();
    match id {
        "who-5" => Some(sum(&[1, 2, 3, 4, 5])? * 4),
        "core-10" => Some(sum(&[1, 4, 5, 6, 7, 8, 9, 10])? + 8 - sum(&[2, 3])?),
        _ => {
            let (often, always) = (answers[0]?, sum(&[9, 10])?);
            if often == 0 {
                return Some(always);
            }
            let much = sum(&[2, 3])?;
            let rest = if much == 0 { 0 } else { sum(&[4, 5, 6, 7, 8])? };
            Some(often + much + rest + always)
        }
    }
}

proptest! {
    #[test]
    fn any_answers_agree_with_a_second_hand(place in 0usize..3, picks in prop::collection::vec((0usize..40, 0u8..25), 10)) {
        let one = &all()[place];
        let answer = |item: usize| {
            let (pick, gone) = picks[item];
            let values = one.values(item);
            (gone > 0).then(|| values[pick % values.len()])
        };
        let answers: Vec<Option<i64>> = (0..one.items.len()).map(answer).collect();
        let came = score::score(one, &answers);
        prop_assert_eq!(came.total, second_hand(&one.id, &answers), "{}", one.id);
        if let Some(total) = came.total {
            let band = came.band.map(|band| &one.bands[band]);
            prop_assert!(band.is_some_and(|band| (band.from..=band.to).contains(&total)));
        }
        prop_assert!(may_send(one, &answers).is_err() || came.total.is_some(), "what may be sent adds up");
    }
}
