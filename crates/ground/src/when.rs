//! Times as people read them, in their own zone.

use jiff::Zoned;

use crate::{Language, Moment};

const DAYS: [&str; 7] = ["day-1", "day-2", "day-3", "day-4", "day-5", "day-6", "day-7"];

/// "Tuesday 17 March" or "martes, 17 de marzo".
pub fn day(language: Language, at: Moment, zone: &str) -> String {
    let local = at.in_zone(zone);
    let weekday = language.t(DAYS[usize::from(local.weekday().to_monday_zero_offset() as u8)]);
    let month = language.t(&format!("month-{}", local.month()));
    language.say("when-day", &[("weekday", weekday), ("day", local.day().to_string()), ("month", month)])
}

/// "6:30 pm" or "18:30".
pub fn time(language: Language, at: Moment, zone: &str) -> String {
    clock(language, &at.in_zone(zone))
}

fn clock(language: Language, local: &Zoned) -> String {
    match language {
        Language::English => {
            let hour = (local.hour() + 11) % 12 + 1;
            format!("{hour}:{:02} {}", local.minute(), if local.hour() < 12 { "am" } else { "pm" })
        }
        Language::Spanish => format!("{}:{:02}", local.hour(), local.minute()),
    }
}

/// "Tuesday 17 March, 6:30 pm".
pub fn moment(language: Language, at: Moment, zone: &str) -> String {
    format!("{}, {}", day(language, at, zone), time(language, at, zone))
}

/// A span such as "6:30 pm – 8:00 pm EDT".
pub fn span(language: Language, from: Moment, minutes: i64, zone: &str) -> String {
    let until = Moment(from.0 + minutes * 60_000_000);
    let abbreviation = from.in_zone(zone).strftime("%Z").to_string();
    format!("{} – {} {abbreviation}", time(language, from, zone), time(language, until, zone))
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
        assert_eq!(moment(Language::Spanish, at, "Europe/Madrid"), "martes, 17 de marzo, 23:30");
    }
}
