//! Times as people read them, in their own zone.

use jiff::civil::Date;

use crate::{Language, Moment};

const DAYS: [&str; 7] = ["day-1", "day-2", "day-3", "day-4", "day-5", "day-6", "day-7"];

/// "Tuesday 17 March" or "martes, 17 de marzo".
pub fn day(language: Language, at: Moment, zone: &str) -> String {
    on(language, at.in_zone(zone).date())
}

/// The same for a date without an hour.
pub fn on(language: Language, date: Date) -> String {
    let weekday = language.t(DAYS[usize::from(date.weekday().to_monday_zero_offset() as u8)]);
    let month = language.t(&format!("month-{}", date.month()));
    language.say("when-day", &[("weekday", weekday), ("day", date.day().to_string()), ("month", month)])
}

/// "6:30 pm" or "18:30".
pub fn time(language: Language, at: Moment, zone: &str) -> String {
    let local = at.in_zone(zone);
    minute(language, i32::from(local.hour()) * 60 + i32::from(local.minute()))
}

/// The same for minutes since midnight, 0 to 1439.
pub fn minute(language: Language, minute: i32) -> String {
    let (hour, minute) = (minute / 60, minute % 60);
    match language {
        Language::English => format!("{}:{minute:02} {}", (hour + 11) % 12 + 1, if hour < 12 { "am" } else { "pm" }),
        Language::Spanish => format!("{hour}:{minute:02}"),
    }
}

/// "6:30 pm EST" or "18:30 (EST)": for whoever may read it in another zone than they live in.
pub fn time_with_zone(language: Language, at: Moment, zone: &str) -> String {
    let name = at.in_zone(zone).strftime("%Z").to_string();
    match language {
        Language::English => format!("{} {name}", time(language, at, zone)),
        Language::Spanish => format!("{} ({name})", time(language, at, zone)),
    }
}

/// "Tuesday 17 March, 6:30 pm".
pub fn moment(language: Language, at: Moment, zone: &str) -> String {
    format!("{}, {}", day(language, at, zone), time(language, at, zone))
}

/// A span such as "6:30 pm – 8:00 pm EDT".
pub fn span(language: Language, from: Moment, minutes: i64, zone: &str) -> String {
    let until = Moment(from.0 + minutes * 60_000_000);
    let name = |at: Moment| at.in_zone(zone).strftime("%Z").to_string();
    let (before, after) = (name(from), name(until));
    // In the night when clocks are put back, an hour and a half can read as half an hour: both names tell why.
    let before = if before == after { String::new() } else { format!(" {before}") };
    format!("{}{before} – {} {after}", time(language, from, zone), time(language, until, zone))
}

/// "2026-03-17", for records.
pub fn date(at: Moment, zone: &str) -> String {
    at.in_zone(zone).date().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_read_their_own_clock() {
        let at = Moment("2026-03-17T22:30:00Z".parse::<jiff::Timestamp>().unwrap().as_microsecond());
        assert_eq!(span(Language::English, at, 90, "America/New_York"), "6:30 pm – 8:00 pm EDT");
        assert_eq!(time(Language::Spanish, at, "Europe/Madrid"), "23:30");
        assert_eq!(day(Language::English, at, "America/New_York"), "Tuesday 17 March");
        assert_eq!(day(Language::Spanish, at, "Europe/Madrid"), "martes, 17 de marzo");
        assert_eq!(time(Language::English, at, "UTC"), "10:30 pm");
        assert_eq!(time_with_zone(Language::English, at, "America/New_York"), "6:30 pm EDT");
        assert_eq!(time_with_zone(Language::Spanish, at, "Europe/Madrid"), "23:30 (CET)");
        assert_eq!(moment(Language::Spanish, at, "Europe/Madrid"), "martes, 17 de marzo, 23:30");
    }

    fn at(text: &str) -> Moment {
        Moment(text.parse::<jiff::Timestamp>().unwrap().as_microsecond())
    }

    #[test]
    fn noon_and_midnight_are_told_apart() {
        for (utc, english, spanish) in [
            ("2026-03-17T00:00:00Z", "12:00 am", "0:00"),
            ("2026-03-17T00:59:00Z", "12:59 am", "0:59"),
            ("2026-03-17T01:05:00Z", "1:05 am", "1:05"),
            ("2026-03-17T11:59:00Z", "11:59 am", "11:59"),
            ("2026-03-17T12:00:00Z", "12:00 pm", "12:00"),
            ("2026-03-17T13:00:00Z", "1:00 pm", "13:00"),
            ("2026-03-17T23:59:59Z", "11:59 pm", "23:59"),
        ] {
            let shown = |language| time(language, at(utc), "UTC");
            assert_eq!((shown(Language::English).as_str(), shown(Language::Spanish).as_str()), (english, spanish), "{utc}");
        }
    }

    #[test]
    fn every_day_and_month_has_its_name_in_both_languages() {
        for language in Language::ALL {
            for number in 1..=12 {
                let moment = at(&format!("2026-{number:02}-{:02}T12:00:00Z", number + 1));
                let said = day(language, moment, "UTC");
                assert!(!said.contains("day-") && !said.contains("month-") && !said.contains('{'), "{said}");
            }
        }
    }

    /// A session that runs across a clock change is as long as it is; only the clock on the wall jumps.
    #[test]
    fn a_span_across_a_clock_change_shows_both_wall_clocks() {
        for (zone, utc, shown) in [
            ("America/New_York", "2026-11-01T05:30:00Z", "1:30 am EDT – 2:00 am EST"),
            ("America/New_York", "2027-03-14T06:30:00Z", "1:30 am EST – 4:00 am EDT"),
            ("Asia/Kolkata", "2026-11-01T05:30:00Z", "11:00 am – 12:30 pm IST"),
            ("Moon/Base", "2026-11-01T05:30:00Z", "5:30 am – 7:00 am UTC"),
        ] {
            assert_eq!(span(Language::English, at(utc), 90, zone), shown, "{zone} {utc}");
        }
    }

    #[test]
    fn the_day_is_the_reader_s() {
        let moment = at("2026-03-18T02:30:00Z");
        assert_eq!((date(moment, "America/New_York").as_str(), date(moment, "Pacific/Auckland").as_str()), ("2026-03-17", "2026-03-18"));
        assert_eq!(day(Language::English, moment, "America/New_York"), "Tuesday 17 March");
        assert_eq!(day(Language::English, moment, "UTC"), "Wednesday 18 March");
    }
}
