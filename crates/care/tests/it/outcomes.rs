//! The figure against arithmetic written a second time, its edges by the microsecond, and what is hidden against somebody who subtracts.

use care::{
    measures::{self, Instrument},
    outcomes::{
        Beginning, Came, Climate, Course, FEWEST, Figure, Hidden, Lately, Reason, Scored, Stands, against_own, fold, hide, hide_within,
        interval, median, reasons, spread,
    },
};
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

const DAY: SignedDuration = SignedDuration::from_hours(24);
const BEGIN: SignedDuration = SignedDuration::ZERO;
const INSTANT: SignedDuration = SignedDuration::from_micros(1);

fn instrument(id: &str) -> Instrument {
    measures::shipped().unwrap().into_iter().find(|one| one.id == id).unwrap()
}

fn first() -> Timestamp {
    "2026-03-02T23:30:00Z".parse().unwrap()
}

fn phq(scores: &[(SignedDuration, i64)], now: SignedDuration) -> Option<Course> {
    static PHQ: std::sync::LazyLock<Instrument> = std::sync::LazyLock::new(|| instrument("phq-9"));
    let instrument = &*PHQ;
    let scores: Vec<_> = scores.iter().map(|(after, total)| Scored { at: first() + *after, total: *total }).collect();
    Course::of(instrument, &instrument.changes[0], first(), &scores, first() + now)
}

fn over(scores: &[(SignedDuration, i64)]) -> Course {
    phq(scores, DAY * 57).unwrap()
}

#[test]
fn the_first_score_counts_from_seven_days_before_to_seven_days_after() {
    for (at, began) in [
        (DAY * -7, Beginning::Clinical),
        (DAY * -7 - INSTANT, Beginning::Unmeasured),
        (DAY * 7, Beginning::Clinical),
        (DAY * 7 + INSTANT, Beginning::Unmeasured),
        (BEGIN, Beginning::Clinical),
    ] {
        assert_eq!(over(&[(at, 15), (DAY * 40, 5)]).began, began, "{at:?}");
    }
    // Of two in the window the first one is where somebody began, in whatever order the database gives them.
    assert_eq!(over(&[(DAY * 5, 20), (DAY * -2, 9)]).began, Beginning::Below);
    assert_eq!(over(&[(DAY * -2, 20), (DAY * 5, 9)]).improved, Some(true), "and the other one is a later score");
}

#[test]
fn the_last_score_counts_until_day_fifty_six() {
    for (at, improved) in [(DAY * 56, Some(true)), (DAY * 56 + INSTANT, None), (DAY * 8, Some(true))] {
        assert_eq!(over(&[(BEGIN, 15), (at, 5)]).improved, improved, "{at:?}");
    }
    assert_eq!(over(&[(BEGIN, 15), (DAY * 20, 5), (DAY * 55, 14)]).improved, Some(false), "the last, not the best");
    assert_eq!(over(&[(BEGIN, 15)]).improved, None, "one score is no change");
}

#[test]
fn whoever_is_still_under_way_is_not_in_the_figure() {
    let scores = [(BEGIN, 15), (DAY * 14, 2)];
    assert_eq!(phq(&scores, DAY * 56), None, "day 56 itself still counts");
    assert!(phq(&scores, DAY * 56 + INSTANT).is_some());
    assert_eq!(phq(&[], DAY * 3), None);
}

#[test]
fn the_clinical_range_and_a_reliable_change_are_those_of_the_instrument() {
    for (before, after, course) in [
        (10, 4, Course { began: Beginning::Clinical, improved: Some(true) }),
        (10, 5, Course { began: Beginning::Clinical, improved: Some(false) }),
        (9, 0, Course { began: Beginning::Below, improved: None }),
        (27, 21, Course { began: Beginning::Clinical, improved: Some(true) }),
        (12, 27, Course { began: Beginning::Clinical, improved: Some(false) }),
    ] {
        assert_eq!(over(&[(BEGIN, before), (DAY * 30, after)]), course, "{before} to {after}");
    }
    // Without a cut-off for everybody nobody can have begun beyond it.
    let mut bare = instrument("phq-9");
    bare.cutoffs.clear();
    assert_eq!(Course::of(&bare, &bare.changes[0], first(), &[], first() + DAY * 90), None);
    let mut some = instrument("phq-9");
    some.cutoffs[0].whom = "men".into();
    assert_eq!(Course::of(&some, &some.changes[0], first(), &[], first() + DAY * 90), None);
}

#[test]
fn a_figure_counts_each_way_in_one_place() {
    let (yes, no) =
        (Course { began: Beginning::Clinical, improved: Some(true) }, Course { began: Beginning::Clinical, improved: Some(false) });
    let gone = Course { began: Beginning::Clinical, improved: None };
    let (below, unmeasured) = (Course { began: Beginning::Below, improved: None }, Course { began: Beginning::Unmeasured, improved: None });
    let figure = fold([yes, yes, yes, no, gone, gone, below, unmeasured]);
    assert_eq!(figure, Figure { starters: 6, completers: 4, improved: 3, unmeasured: 1, below: 1 });
    assert_eq!((figure.missing(), figure.of_starters(), figure.of_completers()), (2, None, None), "below ten nothing is told");
    let ten = fold(std::iter::repeat_n(yes, 6).chain([no, no, no, gone]));
    assert_eq!(ten.of_starters().unwrap().share, 60, "whoever sent nothing more has not improved");
    assert_eq!(ten.of_completers(), None, "nine completers are too few");
    let more = fold(std::iter::repeat_n(yes, 6).chain([no; 6]).chain([gone; 3]));
    assert_eq!((more.of_starters().unwrap().share, more.of_completers().unwrap().share), (40, 50));
}

/// Published and hand-checked: Wilson 1927 as in Newcombe 1998 (81 of 263, 15 of 148, 0 of 20, 1 of 29).
#[test]
fn the_interval_is_wilsons() {
    for (hits, n, low, high) in [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)] {
        let told = interval(hits, n).unwrap();
        assert_eq!((told.low, told.high), (f64::floor(low * 100.0) as u32, f64::ceil(high * 100.0) as u32), "{hits} of {n}");
    }
    assert_eq!((interval(0, 0), interval(5, 4)), (None, None));
    let all = interval(20, 20).unwrap();
    assert_eq!((all.share, all.high), (100, 100));
}

/// The edges of the interval solve |p̂ - p| = z sqrt(p (1 - p) / n): found here by halving, without the formula.
fn by_halving(hits: u32, n: u32) -> (f64, f64) {
    let (share, n) = (f64::from(hits) / f64::from(n), f64::from(n));
    let outside = |p: f64| (share - p).abs() > 1.959_963_984_540_054 * (p * (1.0 - p) / n).sqrt();
    let edge = |mut far: f64, mut near: f64| {
        if !outside(far) {
            return far;
        }
        for _ in 0..80 {
            let middle = (far + near) / 2.0;
            if outside(middle) { far = middle } else { near = middle }
        }
        near
    };
    (edge(0.0, share), edge(1.0, share))
}

/// The same figure by days as whole numbers and a plain walk, knowing nothing of `Course`.
fn second_hand(people: &[Vec<(i64, i64)>]) -> (u32, u32, u32) {
    let (mut n, mut completers, mut improved) = (0, 0, 0);
    for person in people {
        let mut days = person.clone();
        days.sort_unstable();
        days.dedup_by_key(|(day, _)| *day);
        let Some(start) = days.iter().position(|(day, _)| *day >= -7 && *day <= 7) else { continue };
        let (begun, before) = days[start];
        if before < 10 {
            continue;
        }
        n += 1;
        let mut last = None;
        for (day, total) in &days {
            if *day > begun && *day <= 56 {
                last = Some(*total);
            }
        }
        if let Some(after) = last {
            completers += 1;
            improved += u32::from(before - after >= 6);
        }
    }
    (n, completers, improved)
}

proptest! {
    #[test]
    fn figures_equal_a_second_hand(people in proptest::collection::vec(proptest::collection::vec((-20i64..80, 0i64..28), 0..9), 0..40)) {
        let people: Vec<_> = people.into_iter().map(|mut one| { one.sort_unstable(); one.dedup_by_key(|(day, _)| *day); one }).collect();
        let courses = people.iter().map(|one| {
            let scores: Vec<_> = one.iter().rev().map(|(day, total)| (DAY * i32::try_from(*day).unwrap(), *total)).collect();
            phq(&scores, DAY * 100).unwrap()
        });
        let figure = fold(courses);
        prop_assert_eq!((figure.starters, figure.completers, figure.improved), second_hand(&people));
        prop_assert_eq!(figure.starters + figure.unmeasured + figure.below, people.len() as u32);
        prop_assert!(figure.improved <= figure.completers && figure.completers <= figure.starters);
    }

    #[test]
    fn the_interval_equals_its_own_question(n in 1u32..400, part in 0u32..=400) {
        let hits = part.min(n);
        let (told, (low, high)) = (interval(hits, n).unwrap(), by_halving(hits, n));
        prop_assert!(f64::from(told.low) <= low * 100.0 + 1e-4 && f64::from(told.low) > low * 100.0 - 1.0001, "{told:?} {low}");
        prop_assert!(f64::from(told.high) >= high * 100.0 - 1e-4 && f64::from(told.high) < high * 100.0 + 1.0001, "{told:?} {high}");
        prop_assert!(told.low <= told.share && told.share <= told.high && told.high <= 100);
    }

    #[test]
    fn nobody_finds_a_small_group_by_subtracting(starters in proptest::collection::vec(0u32..40, 0..12)) {
        let told = hide(&starters);
        let hidden: u32 = starters.iter().zip(&told).filter(|(_, told)| told.is_some()).map(|(n, _)| *n).sum();
        let all: u32 = starters.iter().sum();
        prop_assert!(hidden == 0 || hidden >= FEWEST || all == hidden, "{starters:?} {told:?}");
        for (n, told) in starters.iter().zip(&told) {
            prop_assert!(*n >= FEWEST || *told == Some(Hidden::Few));
        }
    }

    #[test]
    fn a_median_has_as_many_on_either_side(values in proptest::collection::vec(0u8..=10, 1..30)) {
        let middle = median(&values).unwrap();
        let below = values.iter().filter(|value| f64::from(**value) < middle).count();
        let above = values.iter().filter(|value| f64::from(**value) > middle).count();
        prop_assert!(below * 2 <= values.len() && above * 2 <= values.len());
        let all = spread(&values).unwrap();
        prop_assert!(f64::from(all.low) <= middle && middle <= f64::from(all.high) && all.count == values.len());
    }
}

#[test]
fn what_is_hidden_says_why() {
    assert_eq!(hide(&[12, 3]), [Some(Hidden::Neighbour), Some(Hidden::Few)], "twelve of fifteen would tell the three");
    assert_eq!(hide(&[12, 30, 3]), [Some(Hidden::Neighbour), None, Some(Hidden::Few)], "the smallest goes with it");
    assert_eq!(hide(&[12, 5, 5]), [None, Some(Hidden::Few), Some(Hidden::Few)], "ten hidden together tell nobody");
    assert_eq!(hide(&[12, 0]), [None, Some(Hidden::Few)], "nobody is nobody's secret");
    assert!(hide(&[]).is_empty());
    for hidden in Hidden::ALL {
        assert_eq!(Hidden::parse(hidden.word()), Some(hidden));
    }
    assert_eq!(Hidden::parse(""), None);
}

#[test]
fn an_evening_is_seen_beside_ones_own_evenings() {
    assert_eq!(against_own(&[8, 8, 8]), None, "three are too few: two before the last");
    assert_eq!(against_own(&[8, 8, 8, 6]), Some((Stands::Below, 8.0)));
    assert_eq!(against_own(&[8, 8, 8, 7]), Some((Stands::Usual, 8.0)));
    assert_eq!(against_own(&[2, 2, 3, 3, 2]), Some((Stands::Usual, 2.5)), "always low is their own usual");
    assert_eq!(against_own(&[2, 2, 2, 9]), Some((Stands::Above, 2.0)));
    assert_eq!((against_own(&[]), median(&[]), spread(&[])), (None, None, None));
    let group = spread(&[9, 3, 6, 6]).unwrap();
    assert_eq!((group.low, group.middle, group.high, group.count), (3, 6.0, 9, 4));
}

#[test]
fn a_warning_is_a_list_of_reasons_and_silence_if_there_are_none() {
    use Came::{Missed, Said, There};
    let calm = Lately {
        came: vec![There; 6],
        homework: 4,
        homework_done: 1,
        asked: 2,
        sent: 1,
        moods: vec![5; 6],
        heard: vec![7; 6],
        harder: false,
    };
    assert_eq!(reasons(&calm), []);
    assert_eq!(reasons(&Lately::default()), [], "a newcomer worries nobody");
    for (came, warns) in [
        (vec![Missed, There, Missed], true),
        (vec![Missed, Missed], true),
        (vec![Said, Missed, Said], false),
        (vec![Said, Said, Said], false),
        (vec![Missed, Missed, There, There, Missed], false),
        (vec![There, There, There, Missed, Missed], true),
        (vec![Missed], false),
    ] {
        assert_eq!(reasons(&Lately { came: came.clone(), ..calm.clone() }), if warns { vec![Reason::Missed] } else { vec![] }, "{came:?}");
    }
    assert_eq!(reasons(&Lately { homework: 2, homework_done: 0, ..calm.clone() }), [Reason::HomeworkOpen]);
    assert_eq!(reasons(&Lately { homework: 1, homework_done: 0, ..calm.clone() }), [], "one thing left undone is nothing");
    assert_eq!(reasons(&Lately { asked: 3, sent: 0, ..calm.clone() }), [Reason::MeasuresOpen]);
    assert_eq!(reasons(&Lately { moods: vec![7, 7, 7, 3], ..calm.clone() }), [Reason::MoodLow]);
    assert_eq!(reasons(&Lately { moods: vec![2, 2, 2, 2], ..calm.clone() }), [], "low and as always is no warning");
    assert_eq!(reasons(&Lately { heard: vec![9, 9, 9, 6], ..calm.clone() }), [Reason::HeardLow]);
    let all = Lately {
        came: vec![Missed; 3],
        homework: 2,
        homework_done: 0,
        asked: 2,
        sent: 0,
        moods: vec![9, 9, 9, 1],
        heard: vec![9, 9, 9, 1],
        harder: true,
    };
    assert_eq!(reasons(&all), Reason::ALL, "all of them, in one order");
}

#[test]
fn every_reason_and_question_has_a_key_of_its_own() {
    let keys: std::collections::BTreeSet<_> = Reason::ALL
        .iter()
        .map(|reason| reason.key())
        .chain(Climate::ALL.iter().map(|one| one.key()))
        .chain(Stands::ALL.iter().map(|one| one.key()))
        .collect();
    assert_eq!(keys.len(), Reason::ALL.len() + Climate::ALL.len() + Stands::ALL.len());
}

#[test]
fn a_hidden_group_is_not_found_by_way_of_its_topic() {
    // Ten are hidden in all, but the topic of fifteen would tell the three.
    let told = hide_within(&[vec![12, 3], vec![30, 8]]);
    assert_eq!(told[0], (None, vec![Some(Hidden::Neighbour), Some(Hidden::Few)]));
    assert_eq!(told[1], (None, vec![Some(Hidden::Neighbour), Some(Hidden::Few)]));
    // A topic that is hidden for its neighbour tells none of its groups.
    let told = hide_within(&[vec![12], vec![3], vec![40]]);
    assert_eq!(told[0], (Some(Hidden::Neighbour), vec![Some(Hidden::Neighbour)]));
    assert_eq!(told[1], (Some(Hidden::Few), vec![Some(Hidden::Few)]));
    assert_eq!(told[2], (None, vec![None]));
    assert!(hide_within(&[]).is_empty());
}
