//! A month as a page of a wall calendar: whole weeks, Monday first.

use jiff::{
    Timestamp, ToSpan,
    civil::{Date, DateTime},
    tz::TimeZone,
};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Month {
    first: Date,
}

impl Month {
    /// "2026-12"; `None` for anything else, and outside the years 1970 to 2199.
    pub fn parse(text: &str) -> Option<Month> {
        let (year, month) = text.split_once('-')?;
        let plain = |part: &str, digits: usize| part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit());
        if !plain(year, 4) || !plain(month, 2) {
            return None;
        }
        let first = Date::new(year.parse().ok()?, month.parse().ok()?, 1).ok()?;
        (1970..2200).contains(&first.year()).then_some(Month { first })
    }

    pub fn of(date: Date) -> Month {
        Month { first: date.first_of_month() }
    }

    pub fn number(self) -> i8 {
        self.first.month()
    }

    pub fn year(self) -> i16 {
        self.first.year()
    }

    /// The month so many months later, or earlier if `by` is negative.
    pub fn plus(self, by: i32) -> Month {
        Month { first: self.first.saturating_add(by.months()) }
    }

    /// Whole weeks, Monday first, from the one with the first day to the one with the last.
    pub fn weeks(self) -> Vec<[Date; 7]> {
        let monday = self.first.saturating_sub(i32::from(self.first.weekday().to_monday_zero_offset()).days());
        let week = |number: i32| std::array::from_fn(|day| monday.saturating_add((number * 7 + day as i32).days()));
        (0..6).map(week).take_while(|week: &[Date; 7]| week[0] <= self.first.last_of_month()).collect()
    }

    /// From midnight of the first day shown until midnight after the last one, as that zone counts them.
    pub fn shown(self, zone: &TimeZone) -> Option<(Timestamp, Timestamp)> {
        let weeks = self.weeks();
        let (first, last) = (weeks.first()?[0], weeks.last()?[6]);
        let midnight = |date: Date| Some(date.to_zoned(zone.clone()).ok()?.timestamp());
        Some((midnight(first)?, midnight(last.tomorrow().ok()?)?))
    }
}

impl std::fmt::Display for Month {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}", self.first.year(), self.first.month())
    }
}

/// A date and a time that were typed, on the clock of `zone`. A time that a clock change skips moves on by the gap; one that comes twice
/// is the first. `None` if one of them cannot be read.
pub fn in_zone(date: &str, time: &str, zone: &str) -> Option<Timestamp> {
    let date: Date = date.trim().parse().ok()?;
    let (hour, minute) = time.trim().split_once(':')?;
    let at: DateTime = date.to_datetime(jiff::civil::Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()?);
    (1970..2200).contains(&date.year()).then_some(())?;
    Some(at.to_zoned(TimeZone::get(zone).ok()?).ok()?.timestamp())
}
