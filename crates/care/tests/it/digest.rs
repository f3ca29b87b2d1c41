//! The weekly digest: only what is new, on Monday morning.

use care::digest::{Known, News, look, monday, news};
use jiff::{SignedDuration, Timestamp, civil::date, tz::TimeZone};
use proptest::prelude::*;

fn at(hours: i64) -> Timestamp {
    Timestamp::from_second(1_795_000_000 + hours * 3_600).unwrap()
}

const TUESDAYS: &str = "2/1110/America/New_York";

#[test]
fn a_group_is_new_once() {
    let first = look(None, 3, TUESDAYS, at(1));
    assert_eq!((news(&first, at(0)), news(&first, at(1))), (Some(News::Listed), None));
    let again = look(Some(&first), 2, TUESDAYS, at(2));
    assert_eq!(news(&again, at(1)), None, "one seat less is no news");
}

#[test]
fn a_full_group_is_news_when_a_seat_is_free_and_still_is() {
    let full = look(Some(&look(None, 1, TUESDAYS, at(0))), 0, TUESDAYS, at(1));
    assert_eq!(news(&full, at(0)), None);
    let free = look(Some(&full), 2, TUESDAYS, at(2));
    assert_eq!(news(&free, at(1)), Some(News::Seats));
    let more = look(Some(&free), 3, TUESDAYS, at(3));
    assert_eq!((news(&more, at(1)), news(&more, at(2))), (Some(News::Seats), None), "more of the same is no news");
    let taken = look(Some(&more), 0, TUESDAYS, at(4));
    assert_eq!(news(&taken, at(1)), None, "taken again before anybody was told");
}

#[test]
fn another_time_is_news_also_of_a_full_group() {
    let before = look(None, 0, TUESDAYS, at(0));
    let moved = look(Some(&before), 0, "3/1110/America/New_York", at(5));
    assert_eq!((news(&moved, at(4)), news(&moved, at(5))), (Some(News::Time), None));
}

#[test]
fn monday_morning_is_the_reader_s() {
    let new_york = TimeZone::get("America/New_York").unwrap();
    let auckland = TimeZone::get("Pacific/Auckland").unwrap();
    let open = |text: &str, zone: &TimeZone| monday(text.parse().unwrap(), zone);
    let first = Some(date(2026, 11, 30));
    assert_eq!(open("2026-11-30T12:59:59Z", &new_york), None);
    assert_eq!(open("2026-11-30T13:00:00Z", &new_york), first);
    assert_eq!(open("2026-12-01T00:59:59Z", &new_york), first);
    assert_eq!(open("2026-12-01T01:00:00Z", &new_york), None, "in the evening it is over");
    assert_eq!(open("2026-11-29T19:00:00Z", &auckland), first);
    assert_eq!(open("2026-11-30T19:00:00Z", &auckland), None, "there it is Tuesday");
}

proptest! {
    #[test]
    fn every_week_has_one_monday_and_it_lasts_twelve_hours(
        second in 1_700_000_000i64..1_900_000_000,
        name in prop::sample::select(vec!["America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "America/St_Johns", "UTC"]),
    ) {
        let zone = TimeZone::get(name).unwrap();
        let start = Timestamp::from_second(second).unwrap();
        let mut open: Vec<_> = (0..7 * 24 * 2).filter_map(|step| monday(start + SignedDuration::from_mins(30 * step), &zone)).collect();
        // A week of hours is not always a week of days: a clock change may fall into it, and its ends into a Monday.
        prop_assert!((22..=26).contains(&open.len()), "{}", open.len());
        open.dedup();
        prop_assert!(open.len() <= 2);
    }

    #[test]
    fn nothing_is_told_twice_and_nothing_is_lost(steps in prop::collection::vec((0i64..3, 0usize..2), 1..40)) {
        let times = [TUESDAYS, "4/600/UTC"];
        let mut known: Option<Known> = None;
        for (hour, (free, time)) in steps.into_iter().enumerate() {
            let now = at(i64::try_from(hour).unwrap() + 1);
            let next = look(known.as_ref(), free, times[time], now);
            prop_assert_eq!(news(&next, now), None, "whoever was told now hears nothing more");
            let changed = known.as_ref().is_none_or(|before| before.rhythm != next.rhythm || before.free <= 0 && free > 0);
            let just_before = now - SignedDuration::from_secs(1);
            prop_assert_eq!(news(&next, just_before).is_some(), changed);
            known = Some(next);
        }
    }
}

#[test]
fn whoever_was_not_asked_hears_of_groups() {
    use care::digest::Wants;
    assert_eq!(Wants::parse(""), Some(Wants::Groups));
    for one in Wants::ALL {
        assert_eq!(Wants::parse(one.word()), Some(one));
        assert!(one.groups() || one.notes(), "nobody gets letters about nothing");
        crate::words::in_both_languages([&*format!("digest-wants-{}", one.word())]);
    }
    assert_eq!(Wants::parse("everything"), None);
    assert!(!Wants::Notes.groups() && !Wants::Groups.notes() && Wants::Both.groups() && Wants::Both.notes());
}
