//! Weekly notes: when they come out, and what their feed can hold.

use care::{
    library,
    series::{Audience, Release, State, Unfit, for_feed, state},
};
use jiff::{Timestamp, tz::TimeZone};
use proptest::prelude::*;

const NOW: &str = "2026-03-07T15:00:00Z";

fn now() -> Timestamp {
    NOW.parse().unwrap()
}

fn read(choice: &str, day: &str, time: &str, before: Option<Timestamp>) -> Result<Option<Timestamp>, Unfit> {
    Release { choice, day, time }.read(before, &TimeZone::get("America/New_York").unwrap(), now())
}

#[test]
fn a_note_waits_for_its_hour_on_the_practice_s_clock() {
    let at = |text: &str| Some(text.parse::<Timestamp>().unwrap());
    assert_eq!(read("draft", "", "", None), Ok(None));
    assert_eq!(read("draft", "", "", Some(now())), Ok(None), "what was out can become a draft again");
    assert_eq!(read("now", "", "", None), Ok(Some(now())));
    assert_eq!(read("keep", "", "", at(NOW)), Ok(at(NOW)));
    assert_eq!(read("at", "2026-03-07", "11:00", None), Ok(at("2026-03-07T16:00:00Z")));
    assert_eq!(read("at", "2026-03-09", "9 am", None), Ok(at("2026-03-09T13:00:00Z")), "the clocks went forward in between");
    assert_eq!(read("at", "2026-03-08", "02:30", None), Ok(at("2026-03-08T07:30:00Z")), "an hour that was skipped is the next one");
    for (choice, day, time) in [
        ("keep", "", ""),
        ("", "", ""),
        ("soon", "", ""),
        ("at", "", "9:00"),
        ("at", "2026-03-09", ""),
        ("at", "2026-03-09", "25:00"),
        ("at", "2026-02-30", "9:00"),
        ("at", "2026-03-07", "9:00"),
        ("at", "2027-03-09", "9:00"),
        ("at", "9999-12-31", "23:59"),
        ("at", "-9999-01-01", "0:00"),
    ] {
        assert_eq!(read(choice, day, time, None), Err(Unfit::When), "{choice} {day} {time}");
    }
    assert_eq!(state(None, now()), State::Draft);
    assert_eq!((state(Some(now()), now()), state(at("2026-03-07T15:00:01Z"), now())), (State::Out, State::Planned));
}

#[test]
fn everything_has_its_words() {
    for one in Audience::ALL {
        assert_eq!(Audience::parse(one.word()), Some(one));
        crate::words::in_both_languages([&*format!("series-for-{}", one.word())]);
    }
    assert_eq!(Audience::parse("everybody"), None);
    let unfit = [Unfit::When, Unfit::Audience, Unfit::Words(library::Unfit::Title)];
    crate::words::in_both_languages(unfit.map(Unfit::key));
}

proptest! {
    /// What is planned comes out later than now, and within the year.
    #[test]
    fn no_note_is_planned_into_the_past(day in 0i64..800, minute in 0i16..1440) {
        let date = jiff::civil::date(2025, 12, 1).checked_add(jiff::Span::new().days(day)).unwrap().to_string();
        let time = care::times::write(minute);
        if let Ok(Some(at)) = read("at", &date, &time, None) {
            prop_assert!(at > now() && at.as_second() - now().as_second() <= 367 * 86_400);
            prop_assert_eq!(state(Some(at), now()), State::Planned);
        }
    }

    /// A feed has only letters that XML knows, and all of those.
    #[test]
    fn a_feed_loses_nothing_but_what_would_break_it(text in "[\\x00-\\x20a-zñ<&🙂]{0,40}") {
        let kept = for_feed(&text);
        prop_assert!(!kept.chars().any(|c| c < ' ' && !"\t\n\r".contains(c)));
        let readable: String = text.chars().filter(|c| *c >= ' ' || "\t\n\r".contains(*c)).collect();
        prop_assert_eq!(kept, readable);
    }
}
