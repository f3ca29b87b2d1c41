//! Reminders: at a good time or not at all.

use care::reminders::{
    Answer, Choices, Due, Kind, Quiet, answer, number, of_documents, of_goal, of_homework, of_homework_daily, of_quiet_hour, of_session,
};
use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use proptest::prelude::*;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap()
}

fn all(from: i16, to: i16) -> Choices {
    Choices { day_before: true, hour_before: true, homework: true, documents: true, measures: true, quiet: Quiet { from, to } }
}

const NIGHT: (i16, i16) = (22 * 60, 7 * 60);

/// A session of this start in New York, with these quiet hours: when the day before and the hour before.
fn times(start: &str, quiet: (i16, i16)) -> (Option<String>, Option<String>) {
    let found = of_session(at(start), &all(quiet.0, quiet.1), &zone("America/New_York"));
    let of = |kind| found.iter().find(|due| due.kind == kind).map(|due| due.at.to_string());
    (of(Kind::DayBefore), of(Kind::HourBefore))
}

fn some(day: &str, hour: &str) -> (Option<String>, Option<String>) {
    let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    (given(day), given(hour))
}

#[test]
fn a_session_in_the_evening_is_said_a_day_and_an_hour_before() {
    assert_eq!(times("2026-11-24T23:30:00Z", NIGHT), some("2026-11-23T23:30:00Z", "2026-11-24T22:30:00Z"));
}

#[test]
fn a_quiet_hour_is_said_a_day_before_or_not_at_all() {
    let (start, mut choices) = (at("2026-11-24T23:30:00Z"), all(NIGHT.0, NIGHT.1));
    let due = of_quiet_hour(start, &choices, &zone("America/New_York")).unwrap();
    assert_eq!((due.kind, due.at.to_string()), (Kind::QuietHour, "2026-11-23T23:30:00Z".into()));
    choices.day_before = false;
    assert_eq!(of_quiet_hour(start, &choices, &zone("America/New_York")), None);
    assert!(Kind::ALL.into_iter().all(|kind| Kind::parse(kind.word()) == Some(kind)));
}

/// Half past six stays half past six, also on the Sunday on which a day has 25 hours.
#[test]
fn the_day_before_is_a_day_on_the_wall() {
    assert_eq!(times("2026-11-01T23:30:00Z", NIGHT).0.unwrap(), "2026-10-31T22:30:00Z");
    assert_eq!(times("2027-03-14T22:30:00Z", NIGHT).0.unwrap(), "2027-03-13T23:30:00Z");
}

#[test]
fn quiet_hours_move_the_one_and_drop_the_other() {
    // Six in the morning: the day before at seven, when the night is over; nobody is woken up at five.
    assert_eq!(times("2026-11-24T11:00:00Z", NIGHT), some("2026-11-23T12:00:00Z", ""));
    // Eleven at night: nine in the evening before, an hour before the night begins.
    assert_eq!(times("2026-11-25T04:00:00Z", NIGHT), some("2026-11-24T02:00:00Z", ""));
    // Quiet by day, from nine to five; a session at four: five o'clock the day before is nearest.
    assert_eq!(times("2026-11-24T21:00:00Z", (540, 1020)), some("2026-11-23T22:00:00Z", ""));
    assert_eq!(times("2026-11-24T11:00:00Z", (0, 0)), some("2026-11-23T11:00:00Z", "2026-11-24T10:00:00Z"));
    // Somebody who is to be left alone all day but one minute is left alone.
    assert_eq!(times("2026-11-24T11:00:00Z", (1, 0)).1, None);
}

#[test]
fn what_was_not_chosen_does_not_come() {
    let none = Choices { day_before: false, hour_before: false, homework: false, documents: false, measures: false, ..all(0, 0) };
    let (start, here) = (at("2026-11-24T23:30:00Z"), zone("America/New_York"));
    assert!(of_session(start, &none, &here).is_empty() && of_homework(start, &none, &here).is_none());
    let day = Choices { day_before: true, ..none.clone() };
    assert_eq!(of_session(start, &day, &here).iter().map(|due| due.kind).collect::<Vec<_>>(), [Kind::DayBefore]);
    assert!(of_documents(start, &none, &here).is_empty());
    let documents = Choices { documents: true, ..none.clone() };
    let times: Vec<String> = of_documents(start, &documents, &here).iter().map(|due| due.at.to_string()).collect();
    assert_eq!(times, ["2026-11-21T23:30:00Z", "2026-11-23T23:30:00Z"], "time to read it, and a last word");
    let homework = Choices { homework: true, ..none };
    assert_eq!(of_homework(start, &homework, &here).unwrap().at, at("2026-11-23T23:30:00Z"));
}

#[test]
fn too_late_is_too_late() {
    let found = of_session(at("2026-11-24T23:30:00Z"), &all(NIGHT.0, NIGHT.1), &zone("America/New_York"));
    let [day, hour]: [Due; 2] = found.try_into().unwrap();
    assert!(!day.is_now(at("2026-11-23T23:29:59Z")) && day.is_now(at("2026-11-23T23:30:00Z")));
    assert!(day.is_now(at("2026-11-24T02:59:59Z")) && !day.is_now(at("2026-11-24T03:00:00Z")), "at ten the night begins");
    assert!(hour.is_now(at("2026-11-24T23:19:59Z")) && !hour.is_now(at("2026-11-24T23:20:00Z")));
    assert!(!hour.is_now(at("2026-11-27T23:30:00Z")), "nor three days later");
}

fn zones() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "America/New_York",
        "America/Phoenix",
        "America/St_Johns",
        "Asia/Kolkata",
        "Australia/Lord_Howe",
        "Pacific/Auckland",
        "Europe/Lisbon",
        "Pacific/Apia",
        "UTC",
    ])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn nothing_ever_goes_in_quiet_hours_or_after_the_beginning(
        second in 1_700_000_000i64..1_900_000_000, from in 0i16..1440, to in 0i16..1440, name in zones(), step in 0.0f64..1.0,
    ) {
        let (start, choices, zone) = (Timestamp::from_second(second).unwrap(), all(from, to), zone(name));
        let mut found = of_session(start, &choices, &zone);
        found.extend(of_homework(start, &choices, &zone));
        found.extend(of_documents(start, &choices, &zone));
        for due in found {
            prop_assert!(due.at < due.until, "{due:?}");
            prop_assert!(due.until <= start - SignedDuration::from_mins(10), "{due:?}");
            let days = if due.kind == Kind::DocumentsFirst { 98 } else { 50 };
            prop_assert!(due.at > start - SignedDuration::from_hours(days), "{due:?}");
            let inside = due.at + SignedDuration::from_secs_f64(due.until.duration_since(due.at).as_secs_f64() * step * 0.999);
            // In the night when an hour comes twice, quiet hours that begin in it begin twice, too.
            let twice = zone.to_ambiguous_timestamp(inside.to_zoned(zone.clone()).datetime()).is_ambiguous();
            prop_assert!(twice || !choices.quiet.holds(inside, &zone), "{due:?} {inside}");
            prop_assert!(due.is_now(inside) && !due.is_now(due.until) && !due.is_now(start));
        }
    }

    #[test]
    fn without_quiet_hours_everything_comes(second in 1_700_000_000i64..1_900_000_000, name in zones()) {
        let start = Timestamp::from_second(second).unwrap();
        prop_assert_eq!(of_session(start, &all(0, 0), &zone(name)).len(), 2);
    }

    #[test]
    fn a_number_is_read_the_same_however_it_is_written(digits in "[2-9][0-9]{9}") {
        let (area, rest) = digits.split_at(3);
        let expected = Some(format!("+1{digits}"));
        for typed in [digits.clone(), format!("({area}) {rest}"), format!("1 {area}-{rest}"), format!(" +1 {area}.{rest} ")] {
            prop_assert_eq!(number(&typed), expected.clone());
        }
    }
}

#[test]
fn what_is_no_number_is_none() {
    for typed in
        ["", "call us", "555 0100", "0555 010 0142", "+0 555 010 0142", "55+5 010 0142", "++15550100142", "1234567890123456", "٥٥٥٠١٠٠١٤٢"]
    {
        assert_eq!(number(typed), None, "{typed}");
    }
    assert_eq!(number("+34 612 345 678").unwrap(), "+34612345678");
}

#[test]
fn stop_is_understood_however_it_is_written() {
    for text in ["STOP", "stop", " Stop. ", "STOPALL", "unsubscribe", "Cancel", "END", "quit", "ALTO", "Parar", "\"stop\""] {
        assert_eq!(answer(text), Some(Answer::Stop), "{text}");
    }
    for text in ["START", "yes", "Unstop"] {
        assert_eq!(answer(text), Some(Answer::Start), "{text}");
    }
    for text in ["", "please stop by", "no", "yesterday", "🛑"] {
        assert_eq!(answer(text), None, "{text}");
    }
}

#[test]
fn every_kind_has_its_word() {
    for kind in Kind::ALL {
        assert_eq!(Kind::parse(kind.word()), Some(kind));
    }
    assert_eq!(Kind::parse("never"), None);
}

/// One reminder, when it is asked or when the night is over; never a day later.
#[test]
fn something_short_is_told_of_once_and_not_at_night() {
    let zone = TimeZone::get("America/New_York").unwrap();
    let at = |text: &str| text.parse::<Timestamp>().unwrap();
    let asked = at("2026-11-25T20:00:00Z");
    let due = care::reminders::of_measure(asked, &all(22 * 60, 7 * 60), &zone).unwrap();
    assert_eq!((due.kind, due.at, due.until), (Kind::Measure, asked, at("2026-11-26T03:00:00Z")));
    let night = care::reminders::of_measure(at("2026-11-26T05:00:00Z"), &all(22 * 60, 7 * 60), &zone).unwrap();
    assert_eq!((night.at, night.until), (at("2026-11-26T12:00:00Z"), at("2026-11-27T03:00:00Z")));
    let always = care::reminders::of_measure(asked, &all(0, 0), &zone).unwrap();
    assert_eq!(always.until, at("2026-11-26T20:00:00Z"));
    let off = Choices { measures: false, ..all(0, 0) };
    assert_eq!(care::reminders::of_measure(asked, &off, &zone), None);
}

#[test]
fn a_reply_is_told_at_once_or_when_the_night_is_over() {
    let here = zone("America/New_York");
    let sent = at("2026-11-25T20:00:00Z");
    let due = care::reminders::of_reply(sent, &all(NIGHT.0, NIGHT.1), &here).unwrap();
    assert_eq!((due.kind, due.at, due.until), (Kind::Reply, sent, at("2026-11-26T03:00:00Z")));
    let night = care::reminders::of_reply(at("2026-11-26T05:00:00Z"), &all(NIGHT.0, NIGHT.1), &here).unwrap();
    assert_eq!((night.at, night.until), (at("2026-11-26T12:00:00Z"), at("2026-11-27T03:00:00Z")));
    let none = Choices { homework: false, ..all(0, 0) };
    assert_eq!(care::reminders::of_reply(sent, &none, &here), None, "whoever does not want to hear of homework does not");
    let forms_off = Choices { measures: false, ..all(0, 0) };
    assert!(care::reminders::of_reply(sent, &forms_off, &here).is_some(), "what is to be filled in is another matter");
}

#[test]
fn homework_of_each_day_comes_at_its_minute_and_not_much_later() {
    let (at_eight, in_new_york) = (at("2026-11-24T01:00:00Z"), zone("America/New_York"));
    let due = of_homework_daily(at_eight, &all(NIGHT.0, NIGHT.1), &in_new_york).unwrap();
    assert_eq!((due.kind, due.at, due.until), (Kind::HomeworkDaily, at_eight, at("2026-11-24T03:00:00Z")), "two hours, or until the night");
    let late = of_homework_daily(at("2026-11-24T02:30:00Z"), &all(NIGHT.0, NIGHT.1), &in_new_york).unwrap();
    assert_eq!(late.until, at("2026-11-24T03:00:00Z"), "the night begins at ten");
    assert_eq!(of_homework_daily(at("2026-11-24T04:00:00Z"), &all(NIGHT.0, NIGHT.1), &in_new_york), None, "in the night never");
    let none = Choices { homework: false, ..all(0, 0) };
    assert_eq!(of_homework_daily(at_eight, &none, &in_new_york), None, "whoever does not want to hear of homework does not");
    assert!(of_goal(at_eight, &none, &in_new_york).is_some(), "a goal is one's own wish");
}

proptest! {
    /// What comes each day comes when a goal would, or not at all.
    #[test]
    fn each_day_s_homework_goes_when_a_goal_would(second in 1_700_000_000i64..1_900_000_000, from in 0i16..1_440, to in 0i16..1_440, name in zones(), wanted in any::<bool>()) {
        let (at, zone) = (Timestamp::from_second(second).unwrap(), zone(name));
        let choices = Choices { homework: wanted, ..all(from, to) };
        let times = |due: Option<Due>| due.map(|due| (due.at, due.until));
        let daily = times(of_homework_daily(at, &choices, &zone));
        prop_assert_eq!(daily, times(of_goal(at, &choices, &zone)).filter(|_| wanted));
        if let Some((from, until)) = daily {
            prop_assert!(from == at && until > from && until <= at + SignedDuration::from_hours(2));
        }
    }
}

mod of_goals {
    use care::{
        goals::Days,
        reminders::{Kind, next_goal, of_goal},
    };
    use jiff::civil::{Date, date};
    use proptest::prelude::*;

    use super::{NIGHT, all, at, zone};

    const EVENING: i16 = 21 * 60;

    #[test]
    fn it_goes_at_its_minute_and_two_hours_later_it_has_lost_its_sense() {
        let (here, choices) = (zone("America/New_York"), all(0, 0));
        let due = of_goal(at("2026-11-25T02:00:00Z"), &choices, &here).unwrap();
        assert_eq!((due.kind, due.at, due.until), (Kind::Goal, at("2026-11-25T02:00:00Z"), at("2026-11-25T04:00:00Z")));
        assert!(due.is_now(at("2026-11-25T03:59:59Z")) && !due.is_now(at("2026-11-25T04:00:00Z")));
    }

    #[test]
    fn quiet_hours_end_it_and_are_never_broken() {
        let (here, quiet) = (zone("America/New_York"), all(NIGHT.0, NIGHT.1));
        let due = of_goal(at("2026-11-25T02:00:00Z"), &quiet, &here).unwrap();
        assert_eq!(due.until, at("2026-11-25T03:00:00Z"), "at ten in the evening it is quiet");
        assert_eq!(of_goal(at("2026-11-25T04:00:00Z"), &quiet, &here), None);
    }

    #[test]
    fn the_next_one_is_today_tomorrow_or_never() {
        let here = zone("America/New_York");
        let next = |days: Days, until: Option<Date>, now: &str| next_goal(days, EVENING, until, at(now), &here);
        // Tuesday, ten in the morning there.
        let now = "2026-11-24T15:00:00Z";
        assert_eq!(next(Days::EVERY, None, now), Some(at("2026-11-25T02:00:00Z")));
        assert_eq!(next(Days(0b000_0100), None, now), Some(at("2026-11-26T02:00:00Z")), "only on Wednesdays");
        assert_eq!(next(Days(0b000_0010), None, "2026-11-25T03:59:00Z"), Some(at("2026-11-25T02:00:00Z")), "an hour late it still goes");
        assert_eq!(next(Days(0b000_0010), None, "2026-11-25T04:00:00Z"), Some(at("2026-12-02T02:00:00Z")), "then in a week");
        assert_eq!(next(Days::EVERY, Some(date(2026, 11, 23)), now), None, "its last day is over");
        assert_eq!(next(Days(0), None, now), None);
    }

    #[test]
    fn clock_changes_keep_the_minute_on_the_wall() {
        let here = zone("America/New_York");
        for (now, wanted) in [("2026-10-31T15:00:00Z", "2026-11-01T01:00:00Z"), ("2026-11-01T15:00:00Z", "2026-11-02T02:00:00Z")] {
            assert_eq!(next_goal(Days::EVERY, EVENING, None, at(now), &here), Some(at(wanted)));
        }
    }

    proptest! {
        /// A walk through the minutes finds the same.
        #[test]
        fn the_next_one_is_the_first_that_a_walk_through_the_minutes_meets(
            bits in 1u8..128, minute in 0i16..1440, begin in 1_790_000_000i64..1_800_000_000, name in prop::sample::select(vec!["America/New_York", "Asia/Kathmandu", "UTC"]),
        ) {
            let (here, now) = (zone(name), jiff::Timestamp::from_second(begin / 60 * 60).unwrap());
            let found = next_goal(Days(bits), minute, None, now, &here).unwrap();
            let walked = (-119i64..9 * 1_440).map(|ahead| now + jiff::SignedDuration::from_mins(ahead)).find(|moment| {
                let local = moment.to_zoned(here.clone());
                local.hour() as i16 * 60 + local.minute() as i16 == minute && Days(bits).has(local.weekday())
            });
            // Where a clock change skips the minute, the walk meets it a week later; otherwise both agree.
            if let Some(walked) = walked {
                prop_assert!(found == walked || found < walked && (walked - found).total(jiff::Unit::Hour).unwrap() >= 23.0);
            }
            let local = found.to_zoned(here);
            prop_assert!(Days(bits).has(local.weekday()));
        }
    }
}

#[test]
fn only_appointments_are_also_told_of_on_devices() {
    let told: Vec<&str> = Kind::ALL.into_iter().filter(|kind| kind.is_of_session()).map(Kind::word).collect();
    assert_eq!(told, ["day-before", "hour-before"]);
}
