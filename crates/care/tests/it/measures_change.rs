//! Change: the arithmetic by worked figures, the five outcomes, and when somebody is asked.

use care::measures::{
    Instrument,
    change::{self, Norm, Outcome},
    schedule::{AFTERWARDS, Asking, Course, Occasion, Plan, due_now},
    shipped,
};
use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use proptest::prelude::*;

fn named(id: &str) -> Instrument {
    shipped().unwrap().into_iter().find(|one| one.id == id).unwrap()
}

/// The figures that the sources themselves give for their numbers.
#[test]
fn the_arithmetic_gives_the_published_figures() {
    let near = |one: f64, other: f64, by: f64| assert!((one - other).abs() < by, "{one} is not {other}");
    near(change::smallest(5.84, 0.73), 8.41, 0.005);
    // DASS-21, Henry and Crawford 2005, as the facts sheet works them out.
    near(change::smallest(7.74, 0.88), 7.4, 0.05);
    near(change::smallest(5.90, 0.82), 6.9, 0.05);
    near(change::smallest(8.40, 0.90), 7.4, 0.05);
    near(change::index(20.0, 11.0, 7.74, 0.88), -9.0 / change::difference_error(7.74, 0.88), 1e-9);
    let (clinical, well) = (Norm { mean: 20.0, sd: 5.0 }, Norm { mean: 5.0, sd: 5.0 });
    near(change::cutoff(clinical, well), 12.5, 1e-9);
    near(change::cutoff(Norm { sd: 10.0, ..clinical }, well), 10.0, 1e-9);
    for one in shipped().unwrap() {
        for rule in &one.changes {
            if let Some((sd, r)) = rule.sd.zip(rule.r) {
                near(change::smallest(sd, r), rule.least, 0.2);
            }
        }
    }
}

#[test]
fn the_five_outcomes_of_the_phq_9() {
    let phq = named("phq-9");
    let of = |before, after| change::outcome(&phq, &phq.changes[0], before, after);
    for (before, after, expected) in [
        (16, 9, Outcome::Recovered),
        (16, 10, Outcome::Improved),
        (27, 15, Outcome::Improved),
        (10, 9, Outcome::Unchanged),
        (14, 9, Outcome::Unchanged),
        (15, 9, Outcome::Recovered),
        (12, 17, Outcome::Unchanged),
        (12, 18, Outcome::Deteriorated),
        (9, 0, Outcome::StartedBelow),
        (4, 9, Outcome::StartedBelow),
        (4, 10, Outcome::Deteriorated),
    ] {
        assert_eq!(of(before, after), expected, "{before} to {after}");
    }
}

/// Marx 2022: 15 points, and an end score of 28 or lower.
#[test]
fn the_pcl_5_must_end_at_28() {
    let pcl = named("pcl-5");
    let of = |rule: usize, before, after| change::outcome(&pcl, &pcl.changes[rule], before, after);
    assert_eq!(of(0, 45, 28), Outcome::Recovered);
    assert_eq!(of(0, 45, 29), Outcome::Improved);
    assert_eq!(of(0, 45, 30), Outcome::Improved);
    assert_eq!(of(0, 45, 31), Outcome::Unchanged);
    assert_eq!(of(1, 45, 28), Outcome::Unchanged, "the second sample wants 18");
    assert_eq!(of(0, 30, 10), Outcome::StartedBelow);
}

/// Half points: nine is more than 8.5, eight is not.
#[test]
fn the_k6_counts_half_points() {
    let k6 = named("k6");
    assert_eq!(change::outcome(&k6, &k6.changes[0], 20, 12), Outcome::Unchanged);
    assert_eq!(change::outcome(&k6, &k6.changes[0], 20, 11), Outcome::Recovered);
    assert_eq!(change::outcome(&k6, &k6.changes[0], 24, 15), Outcome::Improved);
}

#[test]
fn where_higher_is_better_everything_is_turned_round() {
    let mut mhi = named("mhi-5");
    let rule =
        care::measures::ChangeRule { id: "x".into(), least: 16.0, end: None, sd: None, r: None, sample: "x".into(), source: "x".into() };
    mhi.changes.push(rule.clone());
    for (before, after, expected) in [
        (40, 60, Outcome::Recovered),
        (20, 40, Outcome::Improved),
        (40, 52, Outcome::Unchanged),
        (40, 24, Outcome::Deteriorated),
        (60, 90, Outcome::StartedBelow),
        (90, 60, Outcome::Deteriorated),
    ] {
        assert_eq!(change::outcome(&mhi, &rule, before, after), expected, "{before} to {after}");
    }
}

proptest! {
    /// Nobody recovers who was no case, nobody recovers or improves without the points, and the same score twice is no change.
    #[test]
    fn outcomes_hold_together(before in 0i64..=27, after in 0i64..=27) {
        let phq = named("phq-9");
        let outcome = change::outcome(&phq, &phq.changes[0], before, after);
        match outcome {
            Outcome::Recovered => prop_assert!(before >= 10 && after < 10 && before - after >= 6),
            Outcome::Improved => prop_assert!(before >= 10 && after >= 10 && before - after >= 6),
            Outcome::Unchanged => prop_assert!(before >= 10 && (before - after).abs() < 6),
            Outcome::Deteriorated => prop_assert!(after - before >= 6),
            Outcome::StartedBelow => prop_assert!(before < 10 && after - before < 6),
        }
    }

    /// Whoever looks once a day in the year after the end asks three times, each for two weeks, and never before a month is over.
    #[test]
    fn afterwards_is_asked_three_times(day in 0i64..3_650, hour in 0i64..24, zone in prop::sample::select(vec!["America/New_York", "Asia/Kolkata", "UTC"])) {
        let zone = TimeZone::get(zone).unwrap();
        let last = "2024-01-31T23:30:00Z".parse::<Timestamp>().unwrap() + SignedDuration::from_hours(24 * day + hour);
        let course = Course { first: last - SignedDuration::from_hours(24 * 56), last: Some(last) };
        let plan = Plan { afterwards: true, ..Plan::default() };
        let mut found: Vec<Asking> = Vec::new();
        for passed in 0..366 {
            let now = last + SignedDuration::from_hours(24 * passed);
            for asking in due_now(plan, course, now, &zone) {
                prop_assert!(passed >= 28 && asking.due > now && asking.due <= now + SignedDuration::from_hours(24 * 14));
                if !found.contains(&asking) {
                    found.push(asking);
                }
            }
        }
        let occasions: Vec<_> = found.iter().map(|one| one.occasion).collect();
        prop_assert_eq!(occasions, AFTERWARDS.map(Occasion::Afterwards));
        prop_assert_eq!(due_now(plan, Course { last: None, ..course }, last + SignedDuration::from_hours(24 * 35), &zone), []);
        prop_assert_eq!(due_now(Plan::default(), course, last + SignedDuration::from_hours(24 * 35), &zone), []);
    }

    /// Whoever looks every hour finds each occasion of a year once, in order, and never two weeks at the same moment.
    #[test]
    fn an_hourly_look_finds_every_occasion_once(every in 1i64..=6, minute in 0i64..60) {
        let zone = TimeZone::get("America/New_York").unwrap();
        let first: Timestamp = "2026-09-02T22:30:00Z".parse().unwrap();
        let course = Course { first, last: None };
        let plan = Plan { before_first: true, every_weeks: every, at_end: true, afterwards: true };
        let mut found: Vec<Asking> = Vec::new();
        for hour in 0..(24 * 300) {
            let now = first - SignedDuration::from_hours(24 * 10) + SignedDuration::from_hours(hour) + SignedDuration::from_mins(minute);
            for asking in due_now(plan, course, now, &zone) {
                if !found.iter().any(|known| known.occasion == asking.occasion) {
                    found.push(asking);
                }
            }
        }
        prop_assert_eq!(found[0].occasion, Occasion::First);
        let weeks: Vec<i64> = found[1..].iter().map(|one| match one.occasion { Occasion::Week(week) => week, _ => -1 }).collect();
        let expected: Vec<i64> = (1..).map(|k| k * every).take(weeks.len()).collect();
        prop_assert_eq!(&weeks, &expected);
        prop_assert!(weeks.len() as i64 >= 280 / 7 / every);
        for one in &found[1..] {
            let local = one.due.to_zoned(zone.clone());
            prop_assert_eq!((local.hour(), local.minute()), (18, 30), "the same hour on both sides of a clock change");
        }
    }
}

#[test]
fn around_the_end_and_not_long_after() {
    let zone = TimeZone::UTC;
    let first: Timestamp = "2026-09-02T18:30:00Z".parse().unwrap();
    let day = |days: i64| first + SignedDuration::from_hours(24 * days);
    let course = Course { first, last: Some(day(56)) };
    let plan = Plan { before_first: true, every_weeks: 4, at_end: true, afterwards: false };
    let at = |days: i64| due_now(plan, course, day(days), &zone).into_iter().map(|one| one.occasion).collect::<Vec<_>>();
    assert_eq!(at(-8), []);
    assert_eq!(at(-7), [Occasion::First]);
    assert_eq!(at(6), [Occasion::First], "a baseline may come a week late");
    assert_eq!(at(7), []);
    assert_eq!(at(26), [Occasion::Week(4)]);
    assert_eq!(at(31), [Occasion::Week(4)]);
    assert_eq!(at(32), [], "a program that slept asks for the next one");
    assert_eq!(at(50), [Occasion::Last], "not the eighth week and the end at once");
    assert_eq!(at(62), [Occasion::Last]);
    assert_eq!(at(63), []);
    assert_eq!(due_now(Plan::default(), course, day(0), &zone), []);
    assert_eq!(Occasion::Week(4).word(7), "week-4/7");
    for months in AFTERWARDS {
        assert_eq!(Occasion::afterwards(&Occasion::Afterwards(months).word(-7)), Some((months, -7)));
    }
    for other in ["last/7", "week-1/7", "after-", "after-x/7", "after-1/", ""] {
        assert_eq!(Occasion::afterwards(other), None, "{other}");
    }
}
