//! Weekly sessions right across clock changes: by hand in ten zones, and minute by minute against the zone tables.

use care::schedule::Weekly;
use jiff::{SignedDuration, Timestamp, Zoned, civil::Weekday, tz::TimeZone};
use proptest::prelude::*;

/// Half-hour and quarter-hour zones, the southern half of the world, changes at midnight and of half an hour, and none at all.
const ZONES: &[&str] = &[
    "America/New_York",
    "America/Chicago",
    "America/Los_Angeles",
    "America/Phoenix",
    "America/St_Johns",
    "America/Santiago",
    "Europe/Lisbon",
    "Europe/Berlin",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Australia/Sydney",
    "Australia/Lord_Howe",
    "Pacific/Auckland",
    "Pacific/Chatham",
    "UTC",
];

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn local(start: Timestamp, zone: &str) -> Zoned {
    start.to_zoned(TimeZone::get(zone).unwrap())
}

fn weekly(weekday: i8, hour: i16, minute: i16, zone: &str) -> Weekly {
    Weekly { weekday, minute_of_day: hour * 60 + minute, zone: zone.into() }
}

/// A local time that comes twice is the first; one that is skipped moves on by the gap. Worked out by hand.
#[test]
fn both_clock_changes_in_every_sort_of_zone() {
    const SATURDAY: i8 = 6;
    const SUNDAY: i8 = 7;
    for (zone, weekday, hour, minute, after, expected) in [
        ("America/New_York", SUNDAY, 1, 30, "2026-10-30T00:00:00Z", "2026-11-01T05:30:00Z"),
        ("America/New_York", SUNDAY, 2, 30, "2027-03-12T00:00:00Z", "2027-03-14T07:30:00Z"),
        ("America/New_York", SUNDAY, 3, 0, "2027-03-12T00:00:00Z", "2027-03-14T07:00:00Z"),
        ("America/St_Johns", SUNDAY, 1, 30, "2026-10-30T00:00:00Z", "2026-11-01T04:00:00Z"),
        ("America/St_Johns", SUNDAY, 2, 30, "2027-03-12T00:00:00Z", "2027-03-14T06:00:00Z"),
        ("Europe/Berlin", SUNDAY, 2, 30, "2026-10-23T00:00:00Z", "2026-10-25T00:30:00Z"),
        ("Europe/Berlin", SUNDAY, 2, 30, "2027-03-26T00:00:00Z", "2027-03-28T01:30:00Z"),
        ("Europe/Lisbon", SUNDAY, 1, 30, "2027-03-26T00:00:00Z", "2027-03-28T01:30:00Z"),
        ("Australia/Sydney", SUNDAY, 2, 30, "2026-10-01T00:00:00Z", "2026-10-03T16:30:00Z"),
        ("Australia/Sydney", SUNDAY, 2, 30, "2027-04-01T00:00:00Z", "2027-04-03T15:30:00Z"),
        ("Australia/Lord_Howe", SUNDAY, 2, 15, "2026-10-01T00:00:00Z", "2026-10-03T15:45:00Z"),
        ("Australia/Lord_Howe", SUNDAY, 1, 45, "2027-04-01T00:00:00Z", "2027-04-03T14:45:00Z"),
        ("Pacific/Auckland", SUNDAY, 2, 30, "2026-09-24T00:00:00Z", "2026-09-26T14:30:00Z"),
        ("Pacific/Auckland", SUNDAY, 2, 30, "2027-04-01T00:00:00Z", "2027-04-03T13:30:00Z"),
        ("America/Santiago", SUNDAY, 0, 30, "2026-09-04T00:00:00Z", "2026-09-06T04:30:00Z"),
        ("America/Santiago", SATURDAY, 23, 30, "2027-04-01T00:00:00Z", "2027-04-04T02:30:00Z"),
        ("America/Phoenix", SUNDAY, 2, 30, "2027-03-12T00:00:00Z", "2027-03-14T09:30:00Z"),
        ("Asia/Kolkata", SUNDAY, 1, 30, "2026-10-30T00:00:00Z", "2026-10-31T20:00:00Z"),
        ("Asia/Kathmandu", SUNDAY, 1, 30, "2026-10-30T00:00:00Z", "2026-10-31T19:45:00Z"),
        ("UTC", SUNDAY, 1, 30, "2026-10-30T00:00:00Z", "2026-11-01T01:30:00Z"),
    ] {
        let start = weekly(weekday, hour, minute, zone).next(at(after));
        assert_eq!(start, Some(at(expected)), "{zone}, day {weekday}, {hour:02}:{minute:02} after {after}");
    }
}

#[test]
fn a_start_is_the_next_until_it_has_passed() {
    let tuesday = weekly(2, 19, 0, "America/New_York");
    let start = at("2026-11-25T00:00:00Z");
    assert_eq!(tuesday.next(start), Some(start), "at the very moment it is still this one");
    let microsecond = SignedDuration::from_micros(1);
    assert_eq!(tuesday.next(start.checked_sub(microsecond).unwrap()), Some(start));
    assert_eq!(tuesday.next(start.checked_add(microsecond).unwrap()), Some(at("2026-12-02T00:00:00Z")));
}

/// After the first 01:30 of the night that has two, the next is a week later and not the second one.
#[test]
fn a_time_that_comes_twice_is_one_session() {
    let night = weekly(7, 1, 30, "America/New_York");
    let first = at("2026-11-01T05:30:00Z");
    let between = first.checked_add(SignedDuration::from_mins(20)).unwrap();
    assert_eq!(night.next(between), Some(at("2026-11-08T06:30:00Z")));
}

#[test]
fn a_year_has_fifty_two_sessions_at_the_same_time_on_the_wall() {
    for zone in ZONES {
        let evening = weekly(4, 18, 30, zone);
        let (mut after, mut count) = (at("2026-06-01T00:00:00Z"), 0);
        while let Some(start) = evening.next(after).filter(|start| *start < at("2027-05-31T00:00:00Z")) {
            let wall = local(start, zone);
            assert_eq!((wall.weekday(), wall.hour(), wall.minute(), wall.second()), (Weekday::Thursday, 18, 30, 0), "{zone} {start}");
            after = start.checked_add(SignedDuration::from_secs(1)).unwrap();
            count += 1;
        }
        assert_eq!(count, 52, "{zone}");
    }
}

#[test]
fn a_week_before_is_the_same_time_on_the_wall() {
    for (zone, start, weeks, expected) in [
        ("America/New_York", "2026-11-04T00:00:00Z", 1, "2026-10-27T23:00:00Z"),
        ("America/New_York", "2027-03-16T23:00:00Z", 1, "2027-03-10T00:00:00Z"),
        ("America/New_York", "2026-11-04T00:00:00Z", 0, "2026-11-04T00:00:00Z"),
        ("America/Phoenix", "2026-11-04T00:00:00Z", 1, "2026-10-28T00:00:00Z"),
        ("Australia/Lord_Howe", "2026-10-06T08:00:00Z", 1, "2026-09-29T08:30:00Z"),
        ("Europe/Berlin", "2027-03-30T16:00:00Z", 4, "2027-03-02T17:00:00Z"),
    ] {
        let group = weekly(2, 19, 0, zone);
        assert_eq!(group.before(at(start), weeks), Some(at(expected)), "{zone}, {weeks} before {start}");
    }
}

#[test]
fn numbers_that_mean_nothing_give_nothing() {
    let now = at("2026-11-24T00:00:00Z");
    for (weekday, minute_of_day, zone) in [
        (0, 0, "UTC"),
        (8, 0, "UTC"),
        (-1, 0, "UTC"),
        (i8::MAX, 0, "UTC"),
        (1, 1_440, "UTC"),
        (1, -1, "UTC"),
        (1, i16::MAX, "UTC"),
        (1, i16::MIN, "UTC"),
        (1, 0, ""),
        (1, 0, "Moon/Base"),
        (1, 0, "../../etc/passwd"),
        (1, 0, "America/New_York\u{0}"),
    ] {
        assert_eq!(Weekly { weekday, minute_of_day, zone: zone.into() }.next(now), None, "{weekday} {minute_of_day} {zone:?}");
    }
    assert_eq!(weekly(1, 0, 0, "Moon/Base").before(now, 1), None);
}

/// The end of time is refused like any other number that does not fit.
#[test]
fn the_end_of_time_does_not_break_it() {
    assert_eq!(weekly(1, 12, 0, "UTC").next(Timestamp::MAX), None);
    assert_eq!(weekly(1, 12, 0, "UTC").before(Timestamp::MIN, 1), None);
}

fn any_weekly() -> impl Strategy<Value = Weekly> {
    (1i8..=7, 0i16..1_440, prop::sample::select(ZONES)).prop_map(|(weekday, minute_of_day, zone)| Weekly {
        weekday,
        minute_of_day,
        zone: zone.into(),
    })
}

/// Goes on minute by minute until the wall shows the asked day and time for the first time that day.
fn found_by_hand(weekly: &Weekly, after: Timestamp) -> Option<Timestamp> {
    let zone = TimeZone::get(&weekly.zone).unwrap();
    let minute = SignedDuration::from_mins(1);
    let mut at = Timestamp::from_second((after.as_second() + 59).div_euclid(60) * 60).unwrap();
    for _ in 0..=8 * 24 * 60 {
        let wall = at.to_zoned(zone.clone());
        let shows = wall.weekday().to_monday_one_offset() == weekly.weekday
            && i16::from(wall.hour()) * 60 + i16::from(wall.minute()) == weekly.minute_of_day;
        // The same wall time an hour ago was the first of two.
        if shows && wall.datetime().to_zoned(zone.clone()).unwrap().timestamp() == at {
            return Some(at);
        }
        at = at.checked_add(minute).unwrap();
    }
    None
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn it_is_what_the_wall_clock_says(weekly in any_weekly(), second in 1_760_000_000i64..1_860_000_000) {
        let after = Timestamp::from_second(second).unwrap();
        let start = weekly.next(after).unwrap();
        // A time that the clock skips that day is never shown: the table above holds what happens then.
        let wall = local(start, &weekly.zone);
        if i16::from(wall.hour()) * 60 + i16::from(wall.minute()) == weekly.minute_of_day {
            prop_assert_eq!(Some(start), found_by_hand(&weekly, after));
        }
    }
}

proptest! {
    #[test]
    fn asking_later_never_gives_an_earlier_start(weekly in any_weekly(), second in 1_760_000_000i64..1_860_000_000, later in 0i64..2_000_000) {
        let after = Timestamp::from_second(second).unwrap();
        let start = weekly.next(after).unwrap();
        prop_assert!(weekly.next(Timestamp::from_second(second + later).unwrap()).unwrap() >= start);
        prop_assert_eq!(weekly.next(start), Some(start), "a start is its own next");
    }

    #[test]
    fn before_undoes_next_on_the_wall(weekly in any_weekly(), second in 1_760_000_000i64..1_860_000_000, weeks in 0i64..60) {
        let start = weekly.next(Timestamp::from_second(second).unwrap()).unwrap();
        let (now, then) = (local(start, &weekly.zone), local(weekly.before(start, weeks).unwrap(), &weekly.zone));
        prop_assert_eq!(then.weekday(), now.weekday());
        prop_assert_eq!((now.date() - then.date()).get_days(), 7 * weeks as i32);
    }
}
