use std::{collections::BTreeSet, time::Duration};

use care::risk::{Source, next_owner};
use proptest::prelude::*;

const SOURCES: [Source; 3] = [Source::AskedForHelp, Source::Concern, Source::LeaderMissing];

#[test]
fn who_waits_alone_waits_shortest() {
    let minutes = |source: Source| source.patience().as_secs() / 60;
    assert_eq!(SOURCES.map(minutes), [15, 240, 5]);
    assert!(SOURCES.iter().all(|source| source.patience() >= Duration::from_secs(60)), "a minute to answer the phone at least");
}

#[test]
fn each_source_has_its_own_word() {
    let words: BTreeSet<&str> = SOURCES.iter().map(|source| source.word()).collect();
    assert_eq!(words.len(), SOURCES.len());
    assert!(words.iter().all(|word| word.chars().all(|c| c.is_ascii_lowercase() || c == '_')));
}

#[test]
fn a_line_of_one_keeps_it() {
    assert_eq!(next_owner(1, &[1]), None);
    assert_eq!(next_owner(2, &[1]), Some(1), "whoever is not in the line hands it to its head");
    assert_eq!(next_owner(0, &[]), None);
}

proptest! {
    /// A task that goes round in circles is seen by everybody and looked after by nobody.
    #[test]
    fn everybody_in_the_line_is_asked_once_and_the_last_keeps_it(line in prop::collection::btree_set(1i64..50, 1..12)) {
        let line: Vec<i64> = line.into_iter().collect();
        let mut asked = vec![line[0]];
        while let Some(next) = next_owner(*asked.last().unwrap(), &line) {
            asked.push(next);
            prop_assert!(asked.len() <= line.len(), "it goes round in circles");
        }
        prop_assert_eq!(asked, line);
    }

    #[test]
    fn it_never_stays_with_somebody_who_has_gone(gone in 100i64..200, line in prop::collection::vec(1i64..50, 1..6)) {
        prop_assert_eq!(next_owner(gone, &line), Some(line[0]));
    }
}

#[test]
fn every_source_is_known_by_its_word_and_what_happened_waits_no_longer_than_a_call_for_help() {
    for source in
        [Source::AskedForHelp, Source::Concern, Source::LeaderMissing, Source::Screening, Source::ScreeningAcute, Source::DiaryCard]
    {
        assert_eq!(Source::parse(source.word()), source);
    }
    assert_eq!(Source::parse("something newer"), Source::Concern);
    assert_eq!(Source::DiaryCard.patience(), Source::AskedForHelp.patience());
}
