//! A time of day, as people type it.

use care::times::{read, write};
use proptest::prelude::*;

#[test]
fn times_are_read_as_people_write_them() {
    for (text, minute) in [
        ("21:30", Some(1_290)),
        ("9:30 pm", Some(1_290)),
        ("9:30 P.M.", Some(1_290)),
        ("9pm", Some(1_260)),
        ("9\u{a0}p.\u{a0}m.", Some(1_260)),
        ("12am", Some(0)),
        ("12:05 pm", Some(725)),
        ("0:00", Some(0)),
        (" 9:05", Some(545)),
        ("23:59", Some(1_439)),
        ("21h30", Some(1_290)),
    ] {
        assert_eq!(read(text), minute, "{text}");
    }
    for odd in [
        "",
        "9",
        "12",
        "24:00",
        "13 pm",
        "0 pm",
        "9:60",
        "18.30",
        "-1:00",
        "+1:00",
        "12:00:00",
        "12:",
        ":30",
        "noon",
        "late",
        "a:b",
        "pm",
        "99999999:00",
        "٩:٣٠",
    ] {
        assert_eq!(read(odd), None, "{odd}");
    }
    assert_eq!((write(450i16), write(0i32), write(1_439i64)), ("07:30".into(), "00:00".into(), "23:59".into()));
}

proptest! {
    /// What a field shows is read again as the same, and as twelve hours have it, too.
    #[test]
    fn what_is_written_is_read_again(minute in 0i16..1_440) {
        prop_assert_eq!(read(&write(minute)), Some(minute));
        let (hour, rest) = (minute / 60, minute % 60);
        let twelve = format!("{}:{rest:02} {}", if hour % 12 == 0 { 12 } else { hour % 12 }, if hour < 12 { "am" } else { "PM" });
        prop_assert_eq!(read(&twelve), Some(minute));
    }

    /// Whatever is typed: no panic, and nothing out of range.
    #[test]
    fn nothing_leaves_the_day(text in "\\PC{0,12}") {
        prop_assert!(read(&text).is_none_or(|minute| (0..1_440).contains(&minute)));
    }
}
