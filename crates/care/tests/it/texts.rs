use std::collections::BTreeSet;

use care::{ground_rules, topics};

use crate::words;

#[test]
fn the_ground_rules_say_the_same_number_of_things_in_both_languages() {
    let (english, spanish) = (ground_rules::paragraphs("en").count(), ground_rules::paragraphs("es").count());
    assert!(english >= 3);
    assert_eq!(english, spanish);
    assert!(ground_rules::paragraphs("en").all(|paragraph| !paragraph.is_empty() && paragraph == paragraph.trim()));
    let known: Vec<&str> = ground_rules::paragraphs("en").collect();
    for unknown in ["", "fr", "ES", "es-MX"] {
        assert_eq!(ground_rules::paragraphs(unknown).collect::<Vec<_>>(), known, "English for {unknown:?}");
    }
}

/// The version is the hash of this text: a sentence moved from one language to the other must not look like no change.
#[test]
fn what_is_signed_is_both_languages_and_their_border() {
    let both = ground_rules::both();
    let (english, spanish) = both.split_once('\u{1f}').unwrap();
    assert_eq!((english.trim(), spanish.trim()), (ground_rules::ENGLISH.trim(), ground_rules::SPANISH.trim()));
}

#[test]
fn every_topic_and_type_is_named_once_and_in_both_languages() {
    for (prefix, all) in [("topic", topics::TOPICS), ("kind", topics::KINDS)] {
        assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len(), "{prefix}");
        let keys: Vec<String> = all.iter().map(|word| format!("{prefix}-{word}")).collect();
        words::in_both_languages(keys.iter().map(String::as_str));
    }
}

#[test]
fn a_class_may_be_larger_than_a_therapy_group_and_nothing_larger_than_the_circle() {
    for kind in topics::KINDS {
        let (cap, is_class) = (topics::cap(kind), matches!(*kind, "skills-class" | "workshop"));
        assert_eq!((cap, topics::is_instruction(kind)), (if is_class { 15 } else { 12 }, is_class), "{kind}");
    }
    assert_eq!(topics::cap("something new"), 12, "the smaller one until somebody has decided");
}

#[test]
fn both_languages_know_the_same_sentences() {
    let [english, spanish] = words::LANGUAGES.map(words::keys);
    let apart: Vec<&String> = english.symmetric_difference(&spanish).collect();
    assert!(english.len() > 300 && apart.is_empty(), "{apart:?}");
}
