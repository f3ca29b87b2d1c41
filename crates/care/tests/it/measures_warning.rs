//! What a practice may settle about warnings, and what it may not.

use care::measures::{
    Instrument,
    score::score,
    shipped,
    warning::{cited, may_be, warns},
};
use proptest::prelude::*;

fn of(id: &str) -> Instrument {
    shipped().unwrap().into_iter().find(|one| one.id == id).unwrap()
}

#[test]
fn only_what_a_source_gives_for_everybody_may_warn() {
    let may: Vec<(String, i64)> = shipped().unwrap().iter().filter_map(|one| Some((one.id.clone(), cited(one)?.at))).collect();
    let expected = [("phq-9", 10), ("phq-8", 10), ("phq-2", 3), ("gad-7", 8), ("pcl-5", 31), ("k6", 13), ("ces-d", 16), ("mhi-5", 52)];
    assert_eq!(may, expected.map(|(id, at)| (id.to_owned(), at)));
    for id in ["asq", "audit-c", "k10", "pswq", "session-card"] {
        assert_eq!(cited(&of(id)), None, "{id}");
    }
}

#[test]
fn a_value_that_everybody_reaches_is_none() {
    let (phq, mhi) = (of("phq-9"), of("mhi-5"));
    assert_eq!([-1, 0, 1, 10, 27, 28].map(|at| may_be(&phq, at)), [false, false, true, true, true, false]);
    assert_eq!([-1, 0, 52, 99, 100].map(|at| may_be(&mhi, at)), [false, true, true, true, false], "there a low one is the worse");
    for one in shipped().unwrap() {
        assert!(cited(&one).is_none_or(|cutoff| may_be(&one, cutoff.at)), "{}", one.id);
    }
}

#[test]
fn it_warns_from_there_on_in_the_direction_that_is_worse() {
    let (phq, mhi) = (of("phq-9"), of("mhi-5"));
    let fifteen = score(&phq, &[Some(3), Some(3), Some(3), Some(3), Some(3), Some(0), Some(0), Some(0), Some(0), None]);
    assert_eq!([14, 15, 16].map(|at| warns(&phq, Some(at), &fifteen)), [true, true, false]);
    assert!(!warns(&phq, None, &fifteen), "nobody is told what nobody asked for");
    let forty = score(&mhi, &[3, 3, 4, 3, 4].map(Some));
    assert_eq!(forty.total, Some(40));
    assert_eq!([39, 40, 41].map(|at| warns(&mhi, Some(at), &forty)), [false, true, true]);
    assert!(!warns(&phq, Some(1), &score(&phq, &[None; 10])), "no total, nothing to tell");
}

proptest! {
    /// Whatever a practice settles, the ninth answer is heard; and a value that may not be warns of nothing.
    #[test]
    fn no_setting_silences_the_ninth_answer(at in -50i64..60, answers in prop::collection::vec(0i64..4, 9)) {
        let phq = of("phq-9");
        let mut all: Vec<_> = answers.iter().copied().map(Some).collect();
        all.push(None);
        let came = score(&phq, &all);
        prop_assert_eq!(came.alarm, answers[8] >= 1);
        prop_assert_eq!(warns(&phq, Some(at), &came), may_be(&phq, at) && answers.iter().sum::<i64>() >= at);
    }
}
