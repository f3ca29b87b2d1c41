//! The registry of measures, and its scoring against a second hand.

use std::collections::BTreeMap;

use care::measures::{
    Instrument, Method, Use, parse,
    score::{self, Score, Trouble, may_keep, may_send},
    shipped,
};
use proptest::prelude::*;

/// The scoring once more, from the `scoring` blocks of OpenScales and the rules of CamCOPS, each in one line: how many questions count, the
/// lowest and highest answer, which are turned round, which may be passed, how many may be missing, and what the sum becomes.
struct Key {
    id: &'static str,
    counted: usize,
    answers: (i64, i64),
    reversed: &'static [usize],
    passed: &'static [usize],
    missing: usize,
    scale: fn(f64) -> f64,
    /// Lower ends of the bands.
    bands: &'static [i64],
}

const fn key(id: &'static str, counted: usize, answers: (i64, i64), bands: &'static [i64]) -> Key {
    Key { id, counted, answers, reversed: &[], passed: &[], missing: 0, scale: |sum| sum, bands }
}

const KEYS: &[Key] = &[
    Key { missing: 2, ..key("phq-9", 9, (0, 3), &[0, 5, 10, 15, 20]) },
    key("phq-8", 8, (0, 3), &[0, 5, 10, 15, 20]),
    key("phq-2", 2, (0, 3), &[0, 3]),
    key("gad-7", 7, (0, 3), &[0, 5, 10, 15]),
    Key { passed: &[4], ..key("phq-15", 15, (0, 2), &[0, 5, 10, 15]) },
    key("pcl-5", 20, (0, 4), &[0, 31, 33]),
    key("k6", 6, (0, 4), &[0, 5, 13]),
    key("k10", 10, (1, 5), &[10, 20, 25, 30]),
    Key { reversed: &[4, 8, 12, 16], ..key("ces-d", 20, (0, 3), &[0, 16]) },
    key("audit-c", 3, (0, 4), &[0, 3, 4]),
    Key { reversed: &[1, 3, 8, 10, 11], ..key("pswq", 16, (1, 5), &[16, 35, 55]) },
    // RAND's key: each answer becomes 0 to 100 by steps of 20, calm and happy the other way round, and the mean of what was answered counts.
    Key { reversed: &[3, 5], missing: 2, scale: |sum| (sum / 5.0 - 1.0) * 20.0, ..key("mhi-5", 5, (1, 6), &[0, 53]) },
];

fn second_hand(key: &Key, answers: &[Option<i64>]) -> (Option<i64>, Option<usize>) {
    let (low, high) = key.answers;
    let mut given = Vec::new();
    let mut missing = 0;
    let mut wanted = 0;
    for number in 1..=key.counted {
        match answers[number - 1] {
            Some(answer) => given.push(if key.reversed.contains(&number) { high + low - answer } else { answer }),
            None if key.passed.contains(&number) => continue,
            None => missing += 1,
        }
        wanted += 1;
    }
    if missing > key.missing || given.is_empty() {
        return (None, None);
    }
    let mean = given.iter().sum::<i64>() as f64 / given.len() as f64;
    let total = ((key.scale)(mean * f64::from(wanted)) + 0.5 + 1e-9).floor() as i64;
    (Some(total), key.bands.iter().rposition(|from| *from <= total))
}

fn registry() -> BTreeMap<String, Instrument> {
    shipped().unwrap().into_iter().map(|one| (one.id.clone(), one)).collect()
}

#[test]
fn nothing_ships_without_licence_source_day_and_worked_cases() {
    let all = registry();
    assert_eq!(all.len(), 14, "no name is there twice");
    for one in all.values() {
        let id = &one.id;
        assert!(!one.licence.is_empty() && !one.source.is_empty() && one.read_on.parse::<jiff::civil::Date>().is_ok(), "{id}");
        assert!(!one.document.is_empty(), "{id}: the wording comes from a document that has a name");
        assert!(one.plain.contains_key("es"), "{id}: a heading in both languages");
        assert!(one.text.contains_key("es") || one.note.contains("English only"), "{id}: what is not translated says so");
        assert!(one.cases.len() >= 3, "{id}: worked cases");
        if one.score.method == Method::None {
            continue;
        }
        for (index, _) in one.bands.iter().enumerate() {
            assert!(one.cases.iter().any(|case| case.band == Some(index)), "{id}: no worked case for band {index}");
        }
        let [low, high] = one.score.range;
        assert!([low, high].iter().all(|total| one.cases.iter().any(|case| case.total == Some(*total))), "{id}: lowest and highest");
        assert!(one.cases.iter().any(|case| case.answers.contains(&None)), "{id}: a case with an answer missing");
        assert!(one.bands.is_empty() || !one.bands_source.is_empty(), "{id}: bands have a source");
        assert!(KEYS.iter().any(|key| key.id == id), "{id}: a second hand works it out, too");
    }
}

#[test]
fn every_worked_case_comes_out_as_it_is_written() {
    for one in registry().values() {
        for case in &one.cases {
            assert_eq!(case.answers.len(), one.items.len(), "{}", one.id);
            let came = score::score(one, &case.answers);
            assert_eq!((came.total, came.band), (case.total, case.band), "{} {:?}", one.id, case.answers);
            if one.score.method == Method::None {
                assert_eq!((came.alarm, came.acute), (case.alarm, case.acute), "{} {:?}", one.id, case.answers);
            }
        }
    }
}

#[test]
fn the_lowest_and_the_highest_agree_with_a_second_hand() {
    let all = registry();
    for key in KEYS {
        let one = &all[key.id];
        let all_of = |pick: fn(&[i64]) -> i64| (0..one.items.len()).map(|item| Some(pick(one.values(item)))).collect::<Vec<_>>();
        for answers in [all_of(|values| *values.iter().min().unwrap()), all_of(|values| *values.iter().max().unwrap())] {
            let came = score::score(one, &answers);
            assert_eq!((came.total, came.band), second_hand(key, &answers), "{}", key.id);
        }
        let none = vec![None; one.items.len()];
        assert_eq!(score::score(one, &none).total, None, "{}: nothing answered is no zero", key.id);
    }
}

proptest! {
    #[test]
    fn any_answers_agree_with_a_second_hand(place in 0..KEYS.len(), picks in prop::collection::vec((0usize..40, 0u8..12), 20)) {
        let key = &KEYS[place];
        let one = &registry()[key.id];
        let answers: Vec<Option<i64>> = (0..one.items.len())
            .map(|item| {
                let (pick, gone) = picks[item % picks.len()];
                let values = one.values(item);
                (gone > 0).then(|| values[pick % values.len()])
            })
            .collect();
        let came = score::score(one, &answers);
        prop_assert_eq!((came.total, came.band), second_hand(key, &answers));
        if let Some(total) = came.total {
            prop_assert!((one.score.range[0]..=one.score.range[1]).contains(&total));
        }
    }
}

fn named(id: &str) -> Instrument {
    registry().remove(id).unwrap()
}

/// S2, S3: any answer above "Not at all" to the ninth question, whatever else is missing.
#[test]
fn the_ninth_question_raises_its_hand_at_once() {
    let phq = named("phq-9");
    for answer in 0..=3 {
        let mut answers = vec![None; 10];
        answers[8] = Some(answer);
        let came = score::score(&phq, &answers);
        assert_eq!((came.alarm, came.acute, came.total), (answer > 0, false, None), "{answer}");
    }
    assert!(!score::score(&named("phq-8"), &[Some(3); 8]).alarm);
    let mut answers = vec![Some(0); 10];
    answers[8] = Some(2);
    assert_eq!(score::summary(&phq, &answers), "PHQ-9: 9 = 2");
}

/// NIMH: any yes is positive, yes to the fifth is acute; the form before the first seat and the registry say the same.
#[test]
fn the_registry_and_the_screening_hear_the_same() {
    let asq = named("asq");
    for bits in 0..243 {
        let digit = |place: u32| [Some(true), Some(false), None][bits / 3_usize.pow(place) % 3];
        let items: [Option<bool>; 5] = std::array::from_fn(|place| digit(place as u32));
        let answers: Vec<Option<i64>> = items.iter().map(|item| item.map(i64::from)).collect();
        let screened = care::screening::Asq { item: [items[0], items[1], items[2], items[3]], now: items[4] }.signal();
        let came = score::score(&asq, &answers);
        let expected = match screened {
            care::screening::Signal::Acute => (true, true),
            care::screening::Signal::Positive => (true, false),
            care::screening::Signal::Open | care::screening::Signal::Clear => (false, false),
        };
        assert_eq!((came.alarm, came.acute), expected, "{answers:?}");
    }
    assert_eq!(asq.used, Use::Hand, "it is no measure of change");
    assert_eq!(care::screening::asq().unwrap().item["es"].len(), 4);
}

/// CamCOPS: B one, C one, D two, E two, each rated 2 and more.
#[test]
fn the_provisional_pattern_needs_every_cluster() {
    let pcl = named("pcl-5");
    let criteria = pcl.criteria.as_ref().unwrap();
    let with = |high: &[usize]| {
        let answers: Vec<_> = (1..=20).map(|number| Some(if high.contains(&number) { 2 } else { 1 })).collect();
        score::meets(criteria, &answers)
    };
    assert!(with(&[1, 6, 8, 9, 15, 16]));
    for missing in [1, 6, 8, 15] {
        let high: Vec<usize> = [1, 6, 8, 9, 15, 16].into_iter().filter(|number| *number != missing).collect();
        assert!(!with(&high), "without {missing}");
    }
    let parts: Vec<_> = pcl.subscales.iter().map(|part| score::subscale(&pcl, &part.items, &vec![Some(4); 20])).collect();
    assert_eq!(parts, [Some(20), Some(8), Some(28), Some(24)]);
    assert_eq!(score::subscale(&pcl, &[1, 2], &[Some(1), None]), None);
}

#[test]
fn what_may_be_sent_and_what_not() {
    let (gad, phq, asq) = (named("gad-7"), named("phq-9"), named("asq"));
    assert_eq!(may_send(&gad, &[Some(0); 7]), Ok(()));
    assert_eq!(may_send(&gad, &[Some(0); 6]), Err(Trouble::Unanswered(7)), "no rule, so all are needed");
    assert_eq!(may_keep(&gad, &[None, Some(4)]), Err(Trouble::OutOfRange(2)));
    assert_eq!(may_keep(&gad, &[Some(0); 8]), Err(Trouble::OutOfRange(8)));
    assert_eq!(may_keep(&gad, &[None, Some(3)]), Ok(()), "half-filled is kept");
    let passed = |count: usize| (0..9).map(|index| (index >= count).then_some(1)).collect::<Vec<_>>();
    assert_eq!(may_send(&phq, &passed(2)), Ok(()));
    assert_eq!(may_send(&phq, &passed(3)), Err(Trouble::TooMany));
    assert_eq!(may_send(&asq, &[None; 5]), Ok(()), "one may pass");
    assert!(!score::is_asked(&asq, &[Some(0); 4], 4) && score::is_asked(&asq, &[Some(0), Some(1)], 4));
    assert_eq!(score::score(&phq, &passed(2)), Score { total: Some(9), band: Some(1), missing: 2, alarm: true, acute: false });
}

#[test]
fn a_file_that_does_not_fit_is_refused() {
    let good = include_str!("../../../../content/measures/gad-7.json");
    assert!(parse(good).is_ok());
    for (from, to) in [
        ("\"range\": [0, 21]", "\"range\": [0, 20]"),
        ("\"from\": 5", "\"from\": 6"),
        ("\"at\": 8", "\"at\": 80"),
        ("\"least\": 4", "\"least\": 0"),
        ("\"licence\": \"Free", "\"licence\": \"\", \"x\": \"Free"),
        ("\"Several days\"", "\"Several <b>days</b>\""),
        ("\"id\": \"gad-7\"", "\"id\": \"GAD 7\""),
        ("\"read_on\": \"2026-11-26\"", "\"read_on\": \"lately\""),
        ("\"Trouble relaxing\",", ""),
        ("\"values\": [0, 1, 2, 3]", "\"values\": [0, 1, 1, 3]"),
    ] {
        let bad = good.replacen(from, to, 1);
        assert_ne!(bad, good, "{from}");
        assert!(parse(&bad).is_err(), "{to}");
    }
}

/// Where two documents differ, the owner's form is kept: these are the places, word for word.
#[test]
fn the_owners_words_are_kept_where_documents_differ() {
    let all = registry();
    let question = |id: &str, number: usize| all[id].text["en"].items[number - 1].clone();
    let answers = |id: &str| all[id].text["en"].options[0].clone();
    assert_eq!(answers("gad-7")[0], "Not at all", "the form with 'Not at all sure' is a known error");
    assert_eq!(question("phq-15", 14), "Feeling tired or having low energy");
    assert!(question("phq-15", 4).contains("WOMEN ONLY") && all["phq-15"].items[3].may_pass);
    assert_eq!(question("pcl-5", 6), "Avoiding memories, thoughts, or feelings related to the stressful experience?");
    assert!(question("ces-d", 3).ends_with("family or friends."));
    assert_eq!(answers("ces-d")[3], "Most or all of the time (5–7 days)");
    assert_eq!(answers("pswq")[1..4], ["2", "3", "4"], "only the ends have words");
    assert_eq!(question("k10", 8), "so depressed that nothing could cheer you up?");
    assert_eq!(question("audit-c", 3), "How often did you have 6 or more drinks on one occasion in the past year?");
    for (whole, part) in [("phq-9", "phq-8"), ("phq-9", "phq-2")] {
        for (number, words) in all[part].text["en"].items.iter().enumerate() {
            assert_eq!(*words, question(whole, number + 1), "{part}");
        }
        assert_eq!(answers(whole), answers(part));
    }
    let six: Vec<_> = all["k6"].text["en"].items.clone();
    assert!(six.iter().all(|words| all["k10"].text["en"].items.contains(words)), "the six are among the ten");
}

/// LOINC: the codes of the shared list, each once, in the order of the questions.
#[test]
fn codes_stand_where_they_belong() {
    let all = registry();
    let codes = |id: &str| all[id].items.iter().map(|item| item.code.clone()).collect::<Vec<_>>();
    assert_eq!(
        codes("phq-9"),
        ["44250-9", "44255-8", "44259-0", "44254-1", "44251-7", "44258-2", "44252-5", "44253-3", "44260-8", "69722-7"]
    );
    assert_eq!(codes("gad-7"), ["69725-0", "68509-9", "69733-4", "69734-2", "69735-9", "69689-8", "69736-7"]);
    assert_eq!(codes("audit-c"), ["68518-0", "68519-8", "68520-6"], "68517-2 is another question");
    assert_eq!((all["pcl-5"].loinc.panel.as_str(), all["pcl-5"].loinc.total.as_str()), ("101697-1", "101698-9"));
    assert_eq!(all["phq-9"].sets[0].codes, ["LA6568-5", "LA6569-3", "LA6570-1", "LA6571-9"]);
    for one in all.values() {
        let mut seen: Vec<_> = one.items.iter().map(|item| &item.code).filter(|code| !code.is_empty()).collect();
        let many = seen.len();
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), many, "{}", one.id);
        assert!(seen.iter().all(|code| code.chars().all(|c| c.is_ascii_digit() || c == '-')), "{}", one.id);
    }
}

/// No word of a clinic stands above the questions, and each form is short enough for two minutes.
#[test]
fn what_a_member_reads_first_is_plain_and_short() {
    for one in registry().values() {
        for language in ["en", "es"] {
            let heading = one.plain(language).to_lowercase();
            for word in ["depress", "anxi", "ptsd", "disorder", "suicid", "depres", "ansied", "trastorno", "phq", "score"] {
                assert!(!heading.contains(word), "{}: {word}", one.id);
            }
        }
        assert!(one.minutes() <= 2, "{}", one.id);
        assert!(one.bands.iter().all(|band| band.word.contains_key("en") && band.word.contains_key("es")), "{}", one.id);
    }
}

proptest! {
    /// The worse every counted answer, the worse or equal the total: no question is turned round by mistake.
    #[test]
    fn a_worse_answer_never_makes_a_better_total(place in 0..KEYS.len(), pick in prop::collection::vec(0usize..12, 20), item in 0usize..20) {
        let key = &KEYS[place];
        let one = &registry()[key.id];
        let item = item % key.counted;
        let mut answers: Vec<_> = (0..one.items.len()).map(|index| { let values = one.values(index); Some(values[pick[index % 20] % values.len()]) }).collect();
        let before = score::score(one, &answers).total.unwrap();
        let (low, high) = key.answers;
        answers[item] = Some(if key.reversed.contains(&(item + 1)) { low } else { high });
        let after = score::score(one, &answers).total.unwrap();
        prop_assert!(after >= before, "{} question {}", key.id, item + 1);
    }

    /// Passing more never makes a total out of none, and what is kept is kept whatever is missing.
    #[test]
    fn missing_answers_only_ever_take_a_total_away(place in 0..KEYS.len(), gone in 0usize..20) {
        let one = &registry()[KEYS[place].id];
        let mut answers: Vec<_> = (0..one.items.len()).map(|index| one.values(index).last().copied()).collect();
        let mut had = true;
        for index in 0..gone.min(answers.len()) {
            answers[index] = None;
            let has = score::score(one, &answers).total.is_some();
            prop_assert!(had || !has || one.items[index].may_pass || !one.items[index].counts);
            prop_assert_eq!(may_keep(one, &answers), Ok(()));
            had = has;
        }
    }
}
