//! A letter to oneself, opened on a day one chooses (P12).

use jiff::{Timestamp, ToSpan, civil::Date, tz::TimeZone};

/// Characters of a letter.
pub const TEXT_CHARS: usize = 8_000;
/// Letters that are on their way at a time.
pub const MOST: usize = 20;
/// No day is later than so many months from today.
const MOST_MONTHS: i32 = 24;
/// The hour of the day at which it may be opened, on the writer's clock: not in the night.
const HOUR: i8 = 9;

/// Why a letter cannot be sent like this.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    Empty,
    Long,
    /// Not a day, or not one from tomorrow to two years from now.
    Day,
}

/// When it opens: nine in the morning of that day.
pub fn opens_at(text: &str, day: &str, now: Timestamp, zone: &TimeZone) -> Result<Timestamp, Unfit> {
    if text.trim().is_empty() {
        return Err(Unfit::Empty);
    }
    if text.chars().count() > TEXT_CHARS || text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
        return Err(Unfit::Long);
    }
    let day: Date = day.trim().parse().map_err(|_| Unfit::Day)?;
    let today = now.to_zoned(zone.clone()).date();
    let last = today.checked_add(MOST_MONTHS.months()).map_err(|_| Unfit::Day)?;
    if day <= today || day > last {
        return Err(Unfit::Day);
    }
    day.at(HOUR, 0, 0, 0).to_zoned(zone.clone()).map(|at| at.timestamp()).map_err(|_| Unfit::Day)
}

/// Days that are offered with one press: after one, three and six months.
pub fn offered(now: Timestamp, zone: &TimeZone) -> [Date; 3] {
    let today = now.to_zoned(zone.clone()).date();
    [1, 3, 6].map(|months: i32| today.checked_add(months.months()).unwrap_or(today))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn new_york() -> TimeZone {
        TimeZone::get("America/New_York").unwrap()
    }

    fn now() -> Timestamp {
        "2026-11-26T23:30:00-05:00[America/New_York]".parse::<jiff::Zoned>().unwrap().timestamp()
    }

    #[test]
    fn it_opens_in_the_morning_of_its_day_on_the_writer_s_clock() {
        let at = opens_at("Dear me", "2027-03-14", now(), &new_york()).unwrap();
        assert_eq!(
            at.to_zoned(new_york()).to_string(),
            "2027-03-14T09:00:00-04:00[America/New_York]",
            "the clocks have changed that night"
        );
        assert!(opens_at("Dear me", "2026-11-27", now(), &new_york()).is_ok(), "tomorrow there, though it is tomorrow already elsewhere");
    }

    #[test]
    fn what_does_not_fit_is_named() {
        let sent = |text: &str, day: &str| opens_at(text, day, now(), &new_york()).err();
        assert_eq!(sent(" \n", "2027-01-01"), Some(Unfit::Empty));
        assert_eq!(sent(&"x".repeat(TEXT_CHARS + 1), "2027-01-01"), Some(Unfit::Long));
        assert_eq!(sent("a\u{7}b", "2027-01-01"), Some(Unfit::Long));
        for day in ["", "soon", "2026-11-26", "1999-01-01", "2026-13-01", "2028-11-27"] {
            assert_eq!(sent("Dear me", day), Some(Unfit::Day), "{day}");
        }
        assert_eq!(sent("Dear me", "2028-11-26"), None, "two years from today");
    }

    #[test]
    fn three_days_are_offered() {
        assert_eq!(offered(now(), &new_york()).map(|day| day.to_string()), ["2026-12-26", "2027-02-26", "2027-05-26"]);
    }

    proptest! {
        #[test]
        fn a_letter_never_opens_today_or_in_the_night(days in -800i32..800, text in "\\PC{1,40}") {
            let day = now().to_zoned(new_york()).date().checked_add(days.days()).unwrap();
            match opens_at(&text, &day.to_string(), now(), &new_york()) {
                Ok(at) => {
                    prop_assert!(at > now());
                    prop_assert_eq!(at.to_zoned(new_york()).hour(), 9);
                }
                Err(unfit) => prop_assert!(unfit == Unfit::Empty || days <= 0 || days > 700),
            }
        }
    }
}
