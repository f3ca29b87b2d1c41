//! Notices of what is unread: a calm rule, held over years of somebody's days.

use care::{
    notices::{NIGHT, Often, SETTLES, STAYS, Wish, is_told},
    reminders::Quiet,
};
use jiff::{SignedDuration, Timestamp, ToSpan, tz::TimeZone};
use proptest::prelude::*;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap()
}

const DAILY: Wish = Wish { often: Often::Daily, night: false };
const NEW_YORK: &str = "America/New_York";

fn next(wish: Wish, since: &str, last: &str, quiet: Quiet, name: &str) -> Option<String> {
    let last = (!last.is_empty()).then(|| at(last));
    wish.next(at(since), last, quiet, &zone(name)).map(|at| at.to_string())
}

#[test]
fn by_day_it_settles_first_and_at_night_it_waits_for_eight() {
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(next(DAILY, "2026-11-24T15:00:00Z", "", Quiet::NONE, NEW_YORK), some("2026-11-24T15:10:00Z"));
    // Nine in the evening, half past midnight and five to eight: eight o'clock.
    for since in ["2026-11-25T02:00:00Z", "2026-11-25T05:30:00Z", "2026-11-25T12:49:00Z"] {
        assert_eq!(next(DAILY, since, "", Quiet::NONE, NEW_YORK), some("2026-11-25T13:00:00Z"), "{since}");
    }
    assert_eq!(next(DAILY, "2026-11-25T12:55:00Z", "", Quiet::NONE, NEW_YORK), some("2026-11-25T13:05:00Z"));
    // Whoever asked for the night gets it, and only their own quiet hours hold.
    let night = Wish { night: true, ..DAILY };
    assert_eq!(next(night, "2026-11-25T05:30:00Z", "", Quiet::NONE, NEW_YORK), some("2026-11-25T05:40:00Z"));
    let own = Quiet { from: 0, to: 6 * 60 };
    assert_eq!(next(night, "2026-11-25T05:30:00Z", "", own, NEW_YORK), some("2026-11-25T11:00:00Z"));
    // Their own begin where the night ends: both are waited for.
    assert_eq!(next(DAILY, "2026-11-25T05:30:00Z", "", Quiet { from: 480, to: 720 }, NEW_YORK), some("2026-11-25T17:00:00Z"));
    assert_eq!(next(DAILY, "2026-11-25T05:30:00Z", "", Quiet { from: 480, to: 1_260 }, NEW_YORK), None, "no hour is left");
}

#[test]
fn the_next_is_a_day_or_an_hour_after_the_last_or_never() {
    let (since, last) = ("2026-11-24T16:00:00Z", "2026-11-24T15:30:00Z");
    assert_eq!(next(DAILY, since, last, Quiet::NONE, NEW_YORK).unwrap(), "2026-11-25T15:30:00Z");
    assert_eq!(next(Wish { often: Often::Each, night: false }, since, last, Quiet::NONE, NEW_YORK).unwrap(), "2026-11-24T16:30:00Z");
    assert_eq!(next(Wish { often: Often::Never, night: true }, since, "", Quiet::NONE, NEW_YORK), None);
}

/// Half-hour zones, and the mornings on which clocks are put forward and back.
#[test]
fn eight_is_eight_on_every_clock() {
    for (name, since, expected) in [
        ("Asia/Kolkata", "2026-11-24T20:00:00Z", "2026-11-25T02:30:00Z"),
        ("Asia/Kathmandu", "2026-11-24T20:00:00Z", "2026-11-25T02:15:00Z"),
        ("Australia/Lord_Howe", "2026-10-03T14:00:00Z", "2026-10-03T21:00:00Z"),
        ("America/New_York", "2026-03-08T05:00:00Z", "2026-03-08T12:00:00Z"),
        ("America/New_York", "2026-11-01T05:00:00Z", "2026-11-01T13:00:00Z"),
    ] {
        assert_eq!(next(DAILY, since, "", Quiet::NONE, name).as_deref(), Some(expected), "{name}");
    }
}

#[test]
fn leaders_look_into_their_groups_themselves_and_everybody_decides_for_each_channel() {
    assert!(is_told(None, "group", false) && !is_told(None, "group", true));
    assert!(is_told(None, "staff", true) && is_told(None, "staff", false) && is_told(None, "circle", false));
    for (kind, leads) in [("group", false), ("group", true), ("staff", true), ("circle", false)] {
        assert!(is_told(Some(true), kind, leads) && !is_told(Some(false), kind, leads));
    }
    assert!(Often::ALL.into_iter().all(|often| Often::parse(often.word()) == Some(often)) && Often::parse("hourly").is_none());
    assert_eq!(Wish::default(), DAILY);
}

#[test]
fn a_notice_for_a_device_that_is_off_ends_where_the_night_begins() {
    let stays = |wish: Wish, now: &str, quiet: Quiet| wish.stays(at(now), quiet, &zone(NEW_YORK)).as_mins();
    assert_eq!(stays(DAILY, "2026-11-24T15:00:00Z", Quiet::NONE), 11 * 60, "ten in the morning to nine in the evening");
    assert_eq!(stays(DAILY, "2026-11-25T01:59:30Z", Quiet::NONE), 0, "half a minute, and then it is night");
    assert_eq!(stays(DAILY, "2026-11-24T15:00:00Z", Quiet { from: 720, to: 780 }), 120, "one's own quiet hours too");
    let night = Wish { night: true, ..DAILY };
    assert_eq!(stays(night, "2026-11-24T15:00:00Z", Quiet::NONE), 24 * 60, "a day is the longest");
    assert_eq!(stays(night, "2026-11-24T15:00:00Z", Quiet { from: 1_320, to: 420 }), 12 * 60);
}

/// Somebody's year: messages come at these minutes, a pass looks every half hour, they never read.
fn year(wish: Wish, quiet: Quiet, zone: &TimeZone, messages: &[u32]) -> Vec<Timestamp> {
    let start = at("2026-01-01T00:00:00Z");
    let mut came: Vec<Timestamp> = messages.iter().map(|minute| start + SignedDuration::from_mins(i64::from(*minute))).collect();
    came.sort();
    let mut told: Vec<Timestamp> = Vec::new();
    for pass in 0..48 * 370 {
        let now = start + SignedDuration::from_mins(30 * pass);
        let last = told.last().copied();
        let new = came.iter().find(|at| **at <= now && last.is_none_or(|last| **at > last));
        if new.is_some_and(|since| wish.may_go(now, *since, last, quiet, zone)) {
            told.push(now);
        }
    }
    told
}

fn zones() -> impl Strategy<Value = TimeZone> {
    const NAMES: &[&str] =
        &["America/New_York", "Europe/Madrid", "Asia/Kolkata", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Chatham", "UTC"];
    prop::sample::select(NAMES).prop_map(zone)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn never_at_night_never_in_quiet_hours_never_two_within_a_day(
        zone in zones(),
        each in any::<bool>(),
        night in any::<bool>(),
        quiet in (0i16..1_440, 0i16..1_440),
        messages in prop::collection::vec(0u32..525_000, 0..60),
    ) {
        let wish = Wish { often: if each { Often::Each } else { Often::Daily }, night };
        let quiet = Quiet { from: quiet.0, to: quiet.1 };
        let told = year(wish, quiet, &zone, &messages);
        let apart = if each { 1.hour() } else { 24.hours() };
        prop_assert!(told.len() <= messages.len(), "nobody hears of the same twice");
        prop_assert!(told.iter().all(|at| !quiet.holds(*at, &zone) && (night || !NIGHT.holds(*at, &zone))));
        prop_assert!(told.windows(2).all(|two| two[1] >= two[0] + apart));
    }

    /// What it says is not too early, and not later than it must be.
    #[test]
    fn the_next_time_is_the_first_that_may_be(zone in zones(), night in any::<bool>(), minute in 0i64..525_000, quiet in (0i16..1_440, 0i16..1_440)) {
        let (wish, quiet) = (Wish { often: Often::Daily, night }, Quiet { from: quiet.0, to: quiet.1 });
        let since = at("2026-01-01T00:00:00Z") + SignedDuration::from_mins(minute);
        let first = (0..3 * 1_440).map(|minute| since + SETTLES + SignedDuration::from_mins(minute)).find(|at| !wish.is_quiet(quiet, *at, &zone));
        let next = wish.next(since, None, quiet, &zone);
        match (first, next) {
            (Some(first), Some(next)) => {
                prop_assert!(!wish.is_quiet(quiet, next, &zone) && next >= since + SETTLES);
                // On the two mornings on which a clock jumps, an hour more does no harm.
                prop_assert!(next <= first + 1.hour(), "{next} for {first}");
            }
            (first, next) => prop_assert!(first.is_none() || next.is_some(), "{first:?} {next:?}"),
        }
    }

    /// Whenever it goes, at no minute at which it may still arrive does somebody want to be left alone.
    #[test]
    fn nothing_arrives_in_the_night(zone in zones(), night in any::<bool>(), minute in 0i64..525_000, quiet in (0i16..1_440, 0i16..1_440)) {
        let (wish, quiet) = (Wish { often: Often::Daily, night }, Quiet { from: quiet.0, to: quiet.1 });
        let now = at("2026-01-01T00:00:00Z") + SignedDuration::from_mins(minute);
        prop_assume!(!wish.is_quiet(quiet, now, &zone));
        let stays = wish.stays(now, quiet, &zone);
        prop_assert!(stays > SignedDuration::ZERO && stays <= STAYS);
        for minute in 0..stays.as_mins() {
            let arrives = now + SignedDuration::from_mins(minute);
            prop_assert!(!wish.is_quiet(quiet, arrives, &zone), "{arrives} after {now}");
        }
    }
}
