//! A note begins with facts of its own person. Nothing else can get in: every word of it is traced back here.

use std::collections::BTreeSet;

use care::notes::{GroupFacts, Lines, MemberFacts, group_lines, member_lines};
use proptest::prelude::*;

use crate::words;

fn keys(lines: &Lines) -> Vec<&'static str> {
    lines.iter().map(|(key, _)| *key).collect()
}

fn text<'a>(lines: &'a Lines, wanted: &str) -> Option<&'a str> {
    lines.iter().find(|(key, _)| *key == wanted).map(|(_, text)| text.as_str())
}

#[test]
fn a_quiet_evening_leaves_one_line() {
    let lines = member_lines(&MemberFacts { attended_minutes: 90, ..MemberFacts::default() });
    assert_eq!(lines, [("note-attended", "90".to_owned())]);
}

#[test]
fn who_was_absent_has_a_line_that_says_so() {
    assert_eq!(member_lines(&MemberFacts::default()), [("note-attended", "0".to_owned())]);
}

#[test]
fn each_fact_has_its_line_and_only_then() {
    let nothing = MemberFacts::default;
    for (facts, key, value) in [
        (MemberFacts { late_minutes: 7, ..nothing() }, "note-late", "7"),
        (MemberFacts { left_early_minutes: 12, ..nothing() }, "note-left-early", "12"),
        (MemberFacts { mood_before: Some(3), mood_after: Some(6), ..nothing() }, "note-mood-both", "3 → 6"),
        (MemberFacts { mood_before: Some(0), ..nothing() }, "note-mood-one", "0"),
        (MemberFacts { mood_after: Some(10), ..nothing() }, "note-mood-one", "10"),
        (MemberFacts { word: "raw".into(), ..nothing() }, "note-word", "raw"),
        (MemberFacts { concern: "sleep".into(), ..nothing() }, "note-concern", "sleep"),
        (MemberFacts { passed_check_in: true, ..nothing() }, "note-passed", ""),
        (MemberFacts { asked_for_help: true, ..nothing() }, "note-asked-for-help", ""),
        (MemberFacts { homework: vec!["Walk".into()], ..nothing() }, "note-homework", "Walk"),
    ] {
        let lines = member_lines(&facts);
        assert_eq!(keys(&lines), ["note-attended", key], "nothing more than {key}");
        assert_eq!(text(&lines, key), Some(value));
    }
}

#[test]
fn every_piece_of_homework_is_its_own_line() {
    let lines = member_lines(&MemberFacts { homework: vec!["One".into(), "Two".into()], ..MemberFacts::default() });
    assert_eq!(lines[1..], [("note-homework", "One".to_owned()), ("note-homework", "Two".to_owned())]);
}

/// The group note is read by everybody who leads: a mood, a word or a concern would be somebody's.
#[test]
fn the_group_note_counts_and_names_nobody() {
    let facts = GroupFacts {
        date: "24 November 2026".into(),
        start: "19:02".into(),
        end: "20:31".into(),
        participants: 7,
        phases: vec![("Check-in".into(), 14), ("Learn".into(), 20)],
        themes: vec!["Urges".into()],
    };
    let lines = group_lines(&facts);
    assert_eq!(keys(&lines), ["note-date", "note-times", "note-participants", "note-phase", "note-phase", "note-theme"]);
    assert_eq!((text(&lines, "note-times"), text(&lines, "note-participants")), (Some("19:02 – 20:31"), Some("7")));
    assert_eq!(text(&lines, "note-phase"), Some("Check-in: 14 min"));
    assert_eq!(keys(&group_lines(&GroupFacts::default())), ["note-date", "note-times", "note-participants"]);
}

#[test]
fn every_line_has_its_heading_in_both_languages() {
    let member = MemberFacts {
        late_minutes: 1,
        left_early_minutes: 1,
        mood_before: Some(1),
        mood_after: Some(1),
        word: "w".into(),
        concern: "c".into(),
        passed_check_in: true,
        homework: vec!["h".into()],
        asked_for_help: true,
        ..MemberFacts::default()
    };
    let one_mood = MemberFacts { mood_before: Some(1), ..MemberFacts::default() };
    let group = GroupFacts { phases: vec![("p".into(), 1)], themes: vec!["t".into()], ..GroupFacts::default() };
    let all = [member_lines(&member), member_lines(&one_mood), group_lines(&group)];
    let keys: BTreeSet<&str> = all.iter().flat_map(keys).collect();
    assert_eq!(keys.len(), 15);
    words::in_both_languages(keys);
}

fn any_facts() -> impl Strategy<Value = MemberFacts> {
    let numbers = (0i64..120, -5i64..60, -5i64..60);
    let moods = (prop::option::of(0u8..11), prop::option::of(0u8..11));
    let texts = ("[a-z]{0,8}", "[a-z]{0,12}", prop::collection::vec("[a-z]{1,8}", 0..3));
    (numbers, moods, texts, any::<(bool, bool)>()).prop_map(|(numbers, moods, texts, flags)| MemberFacts {
        attended_minutes: numbers.0,
        late_minutes: numbers.1,
        left_early_minutes: numbers.2,
        mood_before: moods.0,
        mood_after: moods.1,
        word: texts.0,
        concern: texts.1,
        passed_check_in: flags.0,
        asked_for_help: flags.1,
        homework: texts.2,
    })
}

proptest! {
    /// 45 CFR 164.524: a person may read their own record, and must not find another member in it.
    #[test]
    fn every_word_of_a_note_comes_from_its_own_person(facts in any_facts()) {
        let own = format!("{facts:?}");
        for (key, line) in member_lines(&facts) {
            for word in line.split(" → ").filter(|word| !word.is_empty()) {
                prop_assert!(own.contains(word), "{} in {} is not of this person", word, key);
            }
        }
    }

    #[test]
    fn no_line_says_a_number_below_zero_and_none_is_empty_by_mistake(facts in any_facts()) {
        for (key, line) in member_lines(&facts) {
            prop_assert!(!line.starts_with('-'), "{}: {}", key, line);
            prop_assert_eq!(line.is_empty(), matches!(key, "note-passed" | "note-asked-for-help"), "{}", key);
        }
    }
}
