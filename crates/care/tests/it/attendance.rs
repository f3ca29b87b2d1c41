//! Attendance as the record keeps it: the sum of presence, late and early, whatever the sockets did.

use care::attendance::{Attendance, measure};
use proptest::prelude::*;

const MINUTE: i64 = 60_000;
const PLANNED_END: i64 = 90 * MINUTE;

/// Stays in minutes in a session planned from 0 to 90 that ran from `begun` to `ended`; back come minutes present, late and early.
fn minutes(stays: &[(i64, i64)], begun: i64, ended: i64) -> (i64, i64, i64) {
    let stays: Vec<(i64, i64)> = stays.iter().map(|(from, to)| (from * MINUTE, to * MINUTE)).collect();
    let kept = measure(&stays, 0, begun * MINUTE, PLANNED_END, ended * MINUTE);
    (kept.seconds / 60, kept.late_seconds / 60, kept.left_early_seconds / 60)
}

/// These minutes go to insurers: too many is fraud, too few is not paid.
#[test]
fn a_table_of_evenings() {
    for (what, stays, begun, ended, expected) in [
        ("there from first to last", &[(0, 90)][..], 0, 90, (90, 0, 0)),
        ("waited at the door before the start", &[(-20, 90)], 0, 90, (90, 0, 0)),
        ("still there after the end", &[(0, 200)], 0, 90, (90, 0, 0)),
        ("ten minutes late", &[(10, 90)], 0, 90, (80, 10, 0)),
        ("left half an hour early", &[(0, 60)], 0, 90, (60, 0, 30)),
        ("dropped once for five minutes", &[(0, 30), (35, 90)], 0, 90, (85, 0, 0)),
        ("a second device at the same time", &[(0, 50), (20, 90)], 0, 90, (90, 0, 0)),
        ("a device within another's stay", &[(0, 90), (20, 30)], 0, 90, (90, 0, 0)),
        ("two stays that touch", &[(0, 45), (45, 90)], 0, 90, (90, 0, 0)),
        ("the leader began ten minutes late, nobody else was", &[(0, 90)], 10, 90, (80, 0, 0)),
        ("came after a late beginning", &[(15, 90)], 10, 90, (75, 5, 0)),
        ("the group ended early together", &[(0, 70)], 0, 70, (70, 0, 0)),
        ("left before an early end", &[(0, 60)], 0, 70, (60, 0, 10)),
        ("the group ran over, and so did she", &[(0, 100)], 0, 100, (100, 0, 0)),
        ("left at the planned end of a group that ran over", &[(0, 90)], 0, 100, (90, 0, 0)),
        ("came only before it began", &[(-30, -10)], 0, 90, (0, 0, 0)),
        ("came only after it ended", &[(95, 99)], 0, 90, (0, 0, 0)),
        ("stays in any order", &[(60, 90), (0, 30)], 0, 90, (60, 0, 0)),
        ("a stay that ends before it starts", &[(50, 20)], 0, 90, (0, 0, 0)),
        ("a stay of no length", &[(50, 50)], 0, 90, (0, 0, 0)),
    ] {
        assert_eq!(minutes(stays, begun, ended), expected, "{what}");
    }
}

#[test]
fn first_and_last_are_moments_within_the_session() {
    let kept = measure(&[(-MINUTE, 3 * MINUTE), (8 * MINUTE, 99 * MINUTE)], 0, MINUTE, PLANNED_END, 95 * MINUTE);
    assert_eq!((kept.first_in, kept.last_out), (Some(MINUTE), Some(95 * MINUTE)));
    assert_eq!(measure(&[(-5, -1)], 0, 0, PLANNED_END, PLANNED_END), Attendance::default(), "no presence, no times");
}

#[test]
fn part_of_a_second_is_not_a_second() {
    assert_eq!(measure(&[(0, 999)], 0, 0, PLANNED_END, PLANNED_END).seconds, 0);
    assert_eq!(measure(&[(0, 600), (1_000, 1_500)], 0, 0, PLANNED_END, PLANNED_END).seconds, 1, "stays are added before they are cut");
}

/// A session that was ended before it began (a broken book) keeps nothing instead of a negative number.
#[test]
fn a_session_of_no_length_keeps_nothing() {
    for (begun, ended) in [(10, 10), (10, 5)] {
        assert_eq!(minutes(&[(0, 90)], begun, ended), (0, 0, 0), "{begun} to {ended}");
    }
}

fn any_stays() -> impl Strategy<Value = Vec<(i64, i64)>> {
    prop::collection::vec((-30i64..200, -30i64..200), 0..10)
}

proptest! {
    /// Whole minutes, so that counting by hand has no remainder.
    #[test]
    fn the_sum_is_the_minutes_on_which_somebody_was_there(stays in any_stays(), begun in 0i64..30, length in 0i64..120) {
        let ended = begun + length;
        let by_hand = (begun..ended).filter(|minute| stays.iter().any(|(from, to)| from <= minute && *minute < *to)).count() as i64;
        prop_assert_eq!(minutes(&stays, begun, ended).0, by_hand);
    }

    #[test]
    fn presence_lies_between_first_and_last(stays in any_stays(), begun in 0i64..30, length in 1i64..120) {
        let in_ms: Vec<(i64, i64)> = stays.iter().map(|(from, to)| (from * MINUTE, to * MINUTE)).collect();
        let (begun, ended) = (begun * MINUTE, (begun + length) * MINUTE);
        let kept = measure(&in_ms, 0, begun, PLANNED_END, ended);
        prop_assert_eq!(kept.first_in.is_some(), kept.last_out.is_some());
        if let (Some(first), Some(last)) = (kept.first_in, kept.last_out) {
            prop_assert!(begun <= first && first < last && last <= ended);
            prop_assert!(kept.seconds <= (last - first) / 1_000 && kept.seconds > 0);
        }
        prop_assert!(kept.late_seconds >= 0 && kept.left_early_seconds >= 0);
    }

    #[test]
    fn one_more_stay_never_takes_presence_away(stays in any_stays(), more in (-30i64..200, -30i64..200)) {
        let with_more: Vec<(i64, i64)> = stays.iter().copied().chain([more]).collect();
        let (before, after) = (minutes(&stays, 0, 90), minutes(&with_more, 0, 90));
        prop_assert!(after.0 >= before.0);
        prop_assert!(before.0 == 0 || (after.1 <= before.1 && after.2 <= before.2), "nor makes anybody later or earlier");
    }

    #[test]
    fn the_order_in_which_sockets_came_and_went_does_not_matter(stays in any_stays()) {
        let backwards: Vec<(i64, i64)> = stays.iter().rev().copied().collect();
        prop_assert_eq!(minutes(&stays, 0, 90), minutes(&backwards, 0, 90));
    }
}
