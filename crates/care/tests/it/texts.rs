use std::collections::BTreeSet;

use care::topics;

use crate::words;

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
