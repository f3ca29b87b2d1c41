use std::collections::BTreeSet;

use care::{
    agenda::{Agenda, PhaseKind},
    programmes::{Programme, find, shipped},
};
use proptest::prelude::*;

fn three_weeks() -> Programme {
    let text = r#"{
        "slug": "three", "title": {"en": "Three", "es": "Tres"},
        "session": [
            {"phases": [{"kind": "learn", "minutes": 10, "theme": "one"}]},
            {"phases": [{"kind": "learn", "minutes": 10, "theme": "two"}]},
            {"phases": [{"kind": "learn", "minutes": 10, "theme": "three"}]}
        ],
        "closure": {"phases": [{"kind": "close", "minutes": 10, "theme": "goodbye"}]}
    }"#;
    serde_json::from_str(text).unwrap()
}

#[test]
fn a_series_starts_again_when_it_is_through() {
    let programme = three_weeks();
    for (number, theme) in [(1, "one"), (2, "two"), (3, "three"), (4, "one"), (6, "three"), (7, "one"), (300, "three")] {
        assert_eq!(programme.agenda(number, false).theme(), theme, "session {number}");
    }
    assert_eq!(programme.agenda(0, false).theme(), "one", "a session that nobody counts is the first");
    assert_eq!(programme.agenda(usize::MAX, false).theme(), "three");
}

#[test]
fn the_last_one_is_the_goodbye_whatever_its_number() {
    for number in [0, 1, 2, 99, usize::MAX] {
        assert_eq!(three_weeks().agenda(number, true).theme(), "goodbye", "{number}");
    }
}

#[test]
fn a_programme_without_sessions_leaves_the_agenda_to_the_leader() {
    let empty = Programme { session: Vec::new(), ..three_weeks() };
    for number in [0, 1, 5] {
        assert!(empty.agenda(number, false).phases.is_empty());
    }
    assert_eq!(empty.agenda(1, true).theme(), "goodbye");
}

#[test]
fn broken_programmes_are_refused() {
    let closure = r#""closure": {"phases": []}"#;
    let whole = |inside: &str| format!(r#"{{"slug": "a", "title": {{"en": "A"}}, {inside}}}"#);
    assert!(serde_json::from_str::<Programme>(&whole(&format!(r#""session": [], {closure}"#))).is_ok());
    for broken in [
        String::new(),
        "null".to_owned(),
        "[]".to_owned(),
        "{}".to_owned(),
        whole(r#""session": []"#),
        whole(closure),
        whole(&format!(r#""session": {{}}, {closure}"#)),
        whole(&format!(r#""session": [{{}}], {closure}"#)),
        whole(&format!(r#""session": [{{"phases": [{{"kind": "sing", "minutes": 5}}]}}], {closure}"#)),
        whole(&format!(r#""session": [{{"phases": [{{"kind": "learn", "minutes": -5}}]}}], {closure}"#)),
        whole(&format!(r#""session": [{{"phases": [{{"kind": "learn", "minutes": "five"}}]}}], {closure}"#)),
        whole(&format!(r#""session": [{{"phases": [], "homework": "one text"}}], {closure}"#)),
        format!(r#"{{"slug": 7, "title": {{"en": "A"}}, "session": [], {closure}}}"#),
        format!(r#"{{"slug": "a", "title": "A", "session": [], {closure}}}"#),
        whole(&format!(r#""session": [], {closure}"#)).replace('}', ""),
    ] {
        assert!(serde_json::from_str::<Programme>(&broken).is_err(), "{broken}");
    }
}

#[test]
fn what_ships_can_be_told_apart_and_fills_its_time() {
    let all = shipped().unwrap();
    let slugs: BTreeSet<&str> = all.iter().map(|programme| programme.slug.as_str()).collect();
    assert_eq!(slugs.len(), all.len());
    for programme in &all {
        assert!(!programme.session.is_empty() && programme.slug.chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{}", programme.slug);
        for agenda in programme.session.iter().filter(|agenda| !agenda.phases.is_empty()) {
            assert_eq!(agenda.phases[0].kind, PhaseKind::CheckIn, "{} begins with everybody", programme.slug);
            assert_eq!(agenda.phases.last().unwrap().kind, PhaseKind::Close, "{} ends with everybody", programme.slug);
            assert!((60..=120).contains(&agenda.minutes()), "{}: {} minutes", programme.slug, agenda.minutes());
        }
    }
}

/// P3: what a practice can begin with, each with as many sessions as its kind of course has.
#[test]
fn the_shelf_is_full() {
    let all = shipped().unwrap();
    for (slug, sessions) in [
        ("skills-class", None),
        ("steady-weeks", None),
        ("open-circle", None),
        ("dbt-skills", Some(12)),
        ("cbt-anxiety", Some(10)),
        ("cbt-depression", Some(10)),
        ("behavioural-activation", Some(8)),
        ("process-group", Some(8)),
        ("grief", Some(8)),
        ("anger", Some(8)),
        ("ocd-exposure", Some(10)),
        ("trauma-stabilisation", Some(8)),
        ("mindfulness", Some(8)),
        ("relationships", Some(8)),
        ("wellness-workshop", Some(4)),
    ] {
        let one = all.iter().find(|programme| programme.slug == slug).unwrap_or_else(|| panic!("{slug} is missing"));
        assert!(sessions.is_none_or(|sessions| one.session.len() == sessions), "{slug}: {}", one.session.len());
        assert_ne!(one.title["en"], one.title["es"], "{slug}");
    }
}

/// What a session asks for is one sentence or three, for a reader of twelve; nothing shouts, and no session says the same as another.
#[test]
fn the_words_are_plain_and_each_session_has_its_own() {
    for programme in shipped().unwrap() {
        let mut themes = BTreeSet::new();
        for agenda in programme.session.iter().chain([&programme.closure]) {
            assert!(agenda.phases.is_empty() || themes.insert(agenda.theme().to_owned()), "{}: {} twice", programme.slug, agenda.theme());
            let texts = agenda.phases.iter().map(|phase| &phase.prompt).chain(&agenda.homework).chain(&agenda.materials);
            for text in texts {
                assert!(!text.contains('!') && text.chars().count() <= 220, "{}: {text}", programme.slug);
            }
            assert!(agenda.phases.iter().all(|phase| !phase.prompt.trim().is_empty()), "{}: {}", programme.slug, agenda.theme());
        }
    }
}

/// The names of the four modules are facts; the texts under them are ours.
#[test]
fn twelve_weeks_of_skills_go_through_the_four_modules() {
    let all = shipped().unwrap();
    let skills = all.iter().find(|programme| programme.slug == "dbt-skills").unwrap();
    let weeks = |module: &str| skills.session.iter().filter(|agenda| agenda.title.starts_with(module)).count();
    assert_eq!(
        [weeks("Mindfulness"), weeks("Distress tolerance"), weeks("Emotion regulation"), weeks("Interpersonal skills")],
        [2, 3, 3, 3]
    );
}

fn all_of(programme: &Programme) -> impl Iterator<Item = &Agenda> {
    programme.session.iter().chain([&programme.closure])
}

fn texts(agenda: &Agenda) -> Vec<String> {
    let mut agenda = agenda.clone();
    agenda.texts_mut().map(|text| text.clone()).collect()
}

/// A group that speaks Spanish works with the same weeks: every sentence is said, and none is left in English.
#[test]
fn every_programme_is_whole_in_both_languages() {
    for english in shipped().unwrap() {
        let slug = english.slug.clone();
        let spanish = find(&slug, "es").unwrap().unwrap();
        assert_eq!((spanish.slug.as_str(), &spanish.title), (slug.as_str(), &english.title));
        assert_eq!(spanish.session.len(), english.session.len(), "{slug}");
        for (en, es) in all_of(&english).zip(all_of(&spanish)) {
            let shape = |agenda: &Agenda| agenda.phases.iter().map(|phase| (phase.kind, phase.minutes)).collect::<Vec<_>>();
            assert_eq!(shape(en), shape(es), "{slug}: {}", en.theme());
            assert_eq!((en.homework.len(), en.materials.len()), (es.homework.len(), es.materials.len()), "{slug}: {}", en.theme());
            for (said, dicho) in texts(en).iter().zip(&texts(es)) {
                assert_eq!(said.is_empty(), dicho.trim().is_empty(), "{slug}: {said}");
                assert!(said.is_empty() || said != dicho, "{slug}: not in Spanish: {said}");
                assert_eq!(said.ends_with('?'), dicho.ends_with('?'), "{slug}: a question stays one: {dicho}");
            }
            assert_eq!(es.check(), Ok(()), "{slug}: {}", es.theme());
        }
    }
}

/// The house's Spanish: it says "tú", asks with both marks, shouts nowhere, and fits where the English fits.
#[test]
fn the_spanish_is_as_plain_as_the_english() {
    for programme in shipped().unwrap() {
        let programme = programme.said_in("es").unwrap();
        let mut themes = BTreeSet::new();
        for agenda in all_of(&programme) {
            assert!(agenda.phases.is_empty() || themes.insert(agenda.theme().to_owned()), "{}: {} twice", programme.slug, agenda.theme());
            for text in texts(agenda) {
                assert!(!text.contains(['!', '¡']) && text.chars().count() <= 220, "{}: {text}", programme.slug);
                assert_eq!(text.matches('¿').count(), text.matches('?').count(), "{}: {text}", programme.slug);
                let words: BTreeSet<String> = text.split(|c: char| !c.is_alphabetic()).map(str::to_lowercase).collect();
                let stiff = ["usted", "ustedes", "vosotros", "os", "vuestro", "vuestra", "your", "you", "the"];
                assert!(stiff.iter().all(|word| !words.contains(*word)), "{}: {text}", programme.slug);
            }
        }
    }
    let skills = find("dbt-skills", "es").unwrap().unwrap();
    let weeks = |module: &str| skills.session.iter().filter(|agenda| agenda.title.starts_with(module)).count();
    assert_eq!(
        [weeks("Atención plena"), weeks("Tolerancia al malestar"), weeks("Regulación emocional"), weeks("Habilidades interpersonales")],
        [2, 3, 3, 3]
    );
}

/// Whoever changes an English sentence finds the Spanish one that nobody says any more, and says the new one.
#[test]
fn no_translation_is_left_over() {
    let words: std::collections::BTreeMap<String, String> =
        serde_json::from_str(include_str!("../../../../content/programmes/es.json")).unwrap();
    let said: BTreeSet<String> = shipped().unwrap().iter().flat_map(|one| all_of(one).flat_map(texts).collect::<Vec<_>>()).collect();
    for (english, spanish) in &words {
        assert!(said.contains(english), "nobody says this any more: {english}");
        assert!(!spanish.trim().is_empty() && spanish.trim() == spanish, "{english}");
    }
}

#[test]
fn what_is_in_no_list_stays_as_it_was_written() {
    for language in ["en", "fr", ""] {
        assert_eq!(find("grief", language).unwrap().unwrap().session[0].title, "Whom we have lost", "{language}");
    }
    assert_eq!(find("grief", "es").unwrap().unwrap().session[0].title, "A quién hemos perdido");
    assert!(find("no-such", "es").unwrap().is_none());
    let own = three_weeks().said_in("es").unwrap();
    assert_eq!((own.agenda(1, false).theme(), own.agenda(1, true).theme()), ("one", "goodbye"), "a practice's own words are its own");
}

proptest! {
    #[test]
    fn three_in_a_row_are_three_different_ones(number in 1usize..10_000) {
        let programme = three_weeks();
        let themes: BTreeSet<String> = (number..number + 3).map(|number| programme.agenda(number, false).theme().to_owned()).collect();
        prop_assert_eq!(themes.len(), 3);
    }

    #[test]
    fn bent_text_is_read_or_refused_and_never_breaks(at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut bytes = include_bytes!("../../../../content/programmes/open-circle.json").to_vec();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        if let Ok(programme) = serde_json::from_slice::<Programme>(&bytes) {
            let _ = (programme.agenda(1, false).check(), programme.agenda(1, true).minutes());
        }
    }
}
