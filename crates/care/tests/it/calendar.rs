//! Planning ahead, other times, double bookings, months; and the weekly rhythm against a second implementation of zone rules.

use care::schedule::{Busy, Free, Month, Wanted, Weekly, clashes, in_zone, missing, suggest};
use chrono::{Datelike, TimeZone as _, Timelike};
use jiff::{SignedDuration, Timestamp, civil::date, tz::TimeZone};
use proptest::prelude::*;

/// Half and three-quarter hours, the southern half of the world, a change of half an hour, and none at all.
const VIEWERS: &[&str] = &[
    "America/New_York",
    "America/Los_Angeles",
    "America/Phoenix",
    "America/St_Johns",
    "Europe/Lisbon",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Australia/Sydney",
    "Australia/Lord_Howe",
    "Pacific/Auckland",
    "America/Santiago",
    "UTC",
];

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn tuesdays(zone: &str) -> Weekly {
    Weekly { weekday: 2, minute_of_day: 18 * 60 + 30, zone: zone.into() }
}

/// What chrono-tz, with tables and arithmetic of its own, says the clock on the wall shows.
fn wall(at: Timestamp, zone: &str) -> chrono::DateTime<chrono_tz::Tz> {
    let zone: chrono_tz::Tz = zone.parse().unwrap();
    zone.timestamp_opt(at.as_second(), 0).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    /// A year and a bit holds both changes of every zone. The group keeps its weekday and time, and each viewer is shown what the
    /// second implementation shows them.
    #[test]
    fn a_weekly_session_keeps_its_local_time_through_both_changes(
        weekday in 1i8..=7, minute in 0i16..1440, zone in prop::sample::select(VIEWERS), begin in 1_760_000_000i64..1_850_000_000,
    ) {
        let weekly = Weekly { weekday, minute_of_day: minute, zone: zone.into() };
        let from = Timestamp::from_second(begin).unwrap();
        let starts = weekly.between(from, from.checked_add(SignedDuration::from_hours(24 * 400)).unwrap());
        prop_assert!((56..=58).contains(&starts.len()), "{} weeks", starts.len());
        for start in starts {
            let theirs = wall(start, zone);
            prop_assert_eq!(theirs.weekday().number_from_monday() as i8, weekday);
            let shown = theirs.hour() as i16 * 60 + theirs.minute() as i16;
            if shown != minute {
                // Only where that clock skips the time altogether, and then by no more than the gap.
                let zone: chrono_tz::Tz = zone.parse().unwrap();
                let skipped = theirs.date_naive().and_hms_opt(minute as u32 / 60, minute as u32 % 60, 0).unwrap();
                prop_assert!(zone.from_local_datetime(&skipped).single().is_none(), "{} is a time like any other", skipped);
                prop_assert!((1..=60).contains(&(shown - minute)));
            }
            for viewer in VIEWERS {
                let (ours, theirs) = (start.to_zoned(TimeZone::get(viewer).unwrap()), wall(start, viewer));
                prop_assert_eq!(
                    (ours.hour() as u32, ours.minute() as u32, ours.day() as u32, ours.month() as u32),
                    (theirs.hour(), theirs.minute(), theirs.day(), theirs.month()),
                    "{} for {}", start, viewer
                );
            }
        }
    }

    #[test]
    fn planning_twice_plans_nothing_twice(begin in 1_760_000_000i64..1_850_000_000, more in prop::collection::vec((1i8..=7, 0i16..1440), 0..3)) {
        let mut rhythm = vec![tuesdays("America/New_York")];
        rhythm.extend(more.into_iter().map(|(weekday, minute_of_day)| Weekly { weekday, minute_of_day, zone: "America/New_York".into() }));
        let (from, until) = (Timestamp::from_second(begin).unwrap(), Timestamp::from_second(begin + 56 * 86_400).unwrap());
        let planned = missing(&rhythm, &[], &[], from, until);
        // Eight weeks of the wall's clock may be an hour longer than 56 days: where the clocks go back, the eighth can lie just past the end.
        prop_assert!(planned.is_sorted() && planned.len() >= 7);
        prop_assert_eq!(missing(&rhythm, &[], &planned, from, until), vec![]);
    }

    #[test]
    fn double_bookings_are_those_found_by_looking_at_every_pair(
        spans in prop::collection::vec((1i64..4, 0i64..40, 1i64..10), 0..24),
    ) {
        let moment = |minute: i64| Timestamp::from_second(minute * 60).unwrap();
        let busy: Vec<Busy> = spans.iter().map(|(person, from, long)| Busy { person: *person, from: moment(*from), to: moment(from + long) }).collect();
        let mut by_hand = Vec::new();
        for one in 0..busy.len() {
            for other in one + 1..busy.len() {
                let (a, b) = (busy[one], busy[other]);
                if a.person == b.person && a.from < b.to && b.from < a.to {
                    by_hand.push((one, other));
                }
            }
        }
        prop_assert_eq!(clashes(&busy), by_hand);
    }

    #[test]
    fn every_day_of_a_month_is_shown_once(year in 1970i16..2200, month in 1i8..=12) {
        let shown: Vec<_> = Month::parse(&format!("{year:04}-{month:02}")).unwrap().weeks().into_iter().flatten().collect();
        let first = date(year, month, 1);
        prop_assert_eq!(shown.iter().filter(|day| day.month() == month && day.year() == year).count(), usize::from(first.days_in_month() as u8));
        prop_assert!(shown.len() % 7 == 0 && shown[0].weekday() == jiff::civil::Weekday::Monday);
        prop_assert!(shown.windows(2).all(|pair| pair[0].tomorrow().unwrap() == pair[1]));
        prop_assert!(!shown.iter().take(7).all(|day| day.month() != month), "no week without a day of the month");
    }
}

#[test]
fn holidays_are_left_out_on_the_group_s_own_calendar() {
    let (from, until) = (at("2026-12-01T00:00:00Z"), at("2026-12-31T00:00:00Z"));
    let late = Weekly { weekday: 4, minute_of_day: 23 * 60, zone: "America/New_York".into() };
    let all = missing(std::slice::from_ref(&late), &[], &[], from, until);
    assert_eq!(all.len(), 4);
    // Eleven at night on Christmas Eve in New York is Christmas Day in UTC.
    let eve = missing(std::slice::from_ref(&late), &[date(2026, 12, 24)], &[], from, until);
    assert_eq!(eve.len(), 3);
    assert_eq!(missing(&[late], &[date(2026, 12, 25)], &[], from, until), all, "it is still the 24th where the group meets");
}

#[test]
fn a_moved_session_is_not_planned_again_and_one_by_hand_stands_for_its_week() {
    let rhythm = [tuesdays("America/New_York")];
    let (from, until) = (at("2026-12-01T00:00:00Z"), at("2026-12-16T00:00:00Z"));
    let planned = missing(&rhythm, &[], &[], from, until);
    assert_eq!(planned, [at("2026-12-01T23:30:00Z"), at("2026-12-08T23:30:00Z"), at("2026-12-15T23:30:00Z")]);
    assert_eq!(missing(&rhythm, &[], &planned[..2], from, until), planned[2..]);
    let by_hand = at("2026-12-07T15:00:00Z");
    assert_eq!(missing(&rhythm, &[], &[by_hand], from, until), [planned[0], planned[2]]);
    let twice = [tuesdays("America/New_York"), Weekly { weekday: 3, ..tuesdays("America/New_York") }];
    assert_eq!(missing(&twice, &[], &planned, from, until).len(), 2, "Wednesdays are new, Tuesdays stay");
}

#[test]
fn what_is_no_zone_and_no_day_plans_nothing() {
    let odd =
        [Weekly { weekday: 9, minute_of_day: 0, zone: "UTC".into() }, Weekly { weekday: 1, minute_of_day: 0, zone: "Moon/Base".into() }];
    assert_eq!(missing(&odd, &[], &[], at("2026-12-01T00:00:00Z"), at("2027-12-01T00:00:00Z")), []);
}

const LEADER: i64 = 1;
const MEMBERS: &[i64] = &[11, 12, 13];

fn wanted() -> Wanted<'static> {
    Wanted {
        leaders: &[LEADER],
        members: MEMBERS,
        now_at: at("2026-12-08T23:30:00Z"),
        not_before: at("2026-12-01T00:00:00Z"),
        minutes: 90,
        zone: "America/New_York",
    }
}

fn window(person: i64, weekday: i8, from: i16, to: i16, zone: &str) -> Free {
    Free { person, weekday, from_minute: from * 60, to_minute: to * 60, zone: zone.into() }
}

#[test]
fn a_time_is_suggested_when_most_can() {
    let free = [
        window(LEADER, 3, 9, 22, "America/New_York"),
        window(LEADER, 4, 9, 22, "America/New_York"),
        window(11, 3, 17, 20, "America/New_York"),
        window(12, 3, 14, 17, "America/Los_Angeles"),
        window(13, 4, 10, 12, "America/New_York"),
    ];
    let best = suggest(&wanted(), &free, &[]);
    // Wednesday from five to eight in New York is two to five in Los Angeles: both can, nearest to half past six.
    assert_eq!((best[0].start, best[0].can, best[0].cannot), (at("2026-12-09T23:30:00Z"), 2, 1));
    assert!(best.iter().all(|one| {
        ["2026-12-09", "2026-12-10"].contains(&one.start.to_zoned(TimeZone::get("America/New_York").unwrap()).date().to_string().as_str())
    }));
}

#[test]
fn a_leader_who_is_elsewhere_is_never_suggested_and_silence_counts_neither_way() {
    let busy = |from: &str, to: &str| Busy { person: LEADER, from: at(from), to: at(to) };
    let all_week = [busy("2026-12-04T00:00:00Z", "2026-12-13T00:00:00Z")];
    assert_eq!(suggest(&wanted(), &[], &all_week), []);
    let best = suggest(&wanted(), &[], &[]);
    assert_eq!(best.len(), 4);
    assert!(best.iter().all(|one| (one.can, one.cannot) == (0, 0)));
    let days: std::collections::BTreeSet<_> =
        best.iter().map(|one| one.start.to_zoned(TimeZone::get("America/New_York").unwrap()).date()).collect();
    assert_eq!(days.len(), 4, "one a day");
    assert_eq!(suggest(&Wanted { not_before: at("2027-01-01T00:00:00Z"), ..wanted() }, &[], &[]), [], "never in the past");
    assert_eq!(suggest(&Wanted { zone: "Moon/Base", ..wanted() }, &[], &[]), []);
}

#[test]
fn a_window_ends_with_its_day() {
    let free = [window(LEADER, 2, 20, 24, "America/New_York")];
    let until_midnight = Wanted { minutes: 180, ..wanted() };
    let best = suggest(&until_midnight, &free, &[]);
    // Eight in the evening is the nearest start; three hours from half past nine would end after midnight.
    assert_eq!(best.iter().map(|one| one.start).collect::<Vec<_>>(), [at("2026-12-09T01:00:00Z")]);
}

#[test]
fn a_typed_time_is_on_the_clock_of_the_zone() {
    for (day, time, zone, start) in [
        ("2026-12-01", "18:30", "America/New_York", Some("2026-12-01T23:30:00Z")),
        ("2027-03-14", "02:30", "America/New_York", Some("2027-03-14T07:30:00Z")),
        ("2026-11-01", "01:30", "America/New_York", Some("2026-11-01T05:30:00Z")),
        (" 2026-12-01 ", " 9:05 ", "Asia/Kolkata", Some("2026-12-01T03:35:00Z")),
        ("2026-02-30", "18:30", "UTC", None),
        ("01.12.2026", "18:30", "UTC", None),
        ("2026-12-01", "24:30", "UTC", None),
        ("2026-12-01", "", "UTC", None),
        ("2026-12-01", "6pm", "UTC", None),
        ("9999-12-31", "23:59", "UTC", None),
        ("-009999-01-01", "00:00", "UTC", None),
        ("2026-12-01", "18:30", "Moon/Base", None),
    ] {
        assert_eq!(in_zone(day, time, zone), start.map(at), "{day} {time} {zone}");
    }
}

#[test]
fn a_month_is_read_or_refused() {
    for text in ["2026-12", "1970-01", "2199-12"] {
        assert_eq!(Month::parse(text).unwrap().to_string(), text);
    }
    for text in ["", "2026", "2026-13", "2026-00", "2026-1", "+026-01", "20261-2", "1969-12", "2200-01", "2026-12-01", "é026-01"] {
        assert_eq!(Month::parse(text), None, "{text}");
    }
    assert_eq!(Month::parse("2026-12").unwrap().plus(1).to_string(), "2027-01");
    assert_eq!(Month::parse("2026-01").unwrap().plus(-1).to_string(), "2025-12");
    let (from, to) = Month::parse("2026-11").unwrap().shown(&TimeZone::get("America/New_York").unwrap()).unwrap();
    assert_eq!((from, to), (at("2026-10-26T04:00:00Z"), at("2026-12-07T05:00:00Z")), "summer time at one end, winter time at the other");
}
