//! How a goal goes: day by day for times, scales and habits; week by week for counts. Days without an entry are unknown, never a failure.

use std::collections::BTreeMap;

use jiff::{ToSpan, civil::Date};

use super::{Bound, Days, Entry, Goal, Looked, Measure};

pub type Entries = BTreeMap<Date, Entry>;

/// What a picture shows of one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Day {
    /// The goal does not ask for this day.
    Off,
    /// Nothing was written down.
    Open,
    Met,
    /// Something else was written down.
    Other,
}

/// How one measure went over some time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Going {
    /// For each day, the oldest first.
    pub day: Vec<(Date, Day, Option<i32>)>,
    /// Days (of a count: weeks) that came out as aimed for, and those with something written down.
    pub met: usize,
    pub known: usize,
}

/// The `count` days that end with `last`, oldest first.
pub fn days(last: Date, count: i32) -> impl Iterator<Item = Date> {
    (0..count).rev().filter_map(move |back| last.checked_sub(back.days()).ok())
}

/// The Monday of a day's week.
pub fn monday(day: Date) -> Date {
    day.checked_sub(i32::from(day.weekday().to_monday_zero_offset()).days()).unwrap_or(day)
}

/// One measure over the `count` days that end with `last`.
pub fn of_measure(looked: &Looked, wanted: Days, entries: &Entries, last: Date, count: i32) -> Going {
    let value = |day: &Date| entries.get(day).and_then(|entry| entry.value.get(&looked.number)).copied();
    let day: Vec<_> = days(last, count).map(|day| (day, one_day(looked.measure, wanted, day, value(&day)), value(&day))).collect();
    let (met, known) = match looked.measure {
        Measure::Count { bound, aim } => by_week(&day, bound, aim, last),
        _ => (day.iter().filter(|(_, state, _)| *state == Day::Met).count(), day.iter().filter(|(.., value)| value.is_some()).count()),
    };
    Going { day, met, known }
}

fn one_day(measure: Measure, wanted: Days, day: Date, value: Option<i32>) -> Day {
    match value {
        // A count is neither good nor bad on its day.
        Some(_) if matches!(measure, Measure::Count { .. }) => Day::Other,
        Some(value) if measure.is_met(value) => Day::Met,
        Some(_) => Day::Other,
        None if wanted.has(day.weekday()) => Day::Open,
        None => Day::Off,
    }
}

/// Weeks that came out as aimed for, and weeks with something written down. "At most" is only known of a week when it is over; "at least" as soon as it is reached.
fn by_week(day: &[(Date, Day, Option<i32>)], bound: Bound, aim: i32, last: Date) -> (usize, usize) {
    let mut sums: BTreeMap<Date, i32> = BTreeMap::new();
    for (day, _, value) in day {
        if let Some(value) = value {
            *sums.entry(monday(*day)).or_default() += value;
        }
    }
    let over = |week: &Date| *week < monday(last);
    let known: Vec<bool> = sums
        .iter()
        .filter_map(|(week, sum)| match bound {
            Bound::AtMost if *sum > aim => Some(false),
            Bound::AtMost => over(week).then_some(true),
            Bound::AtLeast if *sum >= aim => Some(true),
            Bound::AtLeast => over(week).then_some(false),
        })
        .collect();
    (known.iter().filter(|met| **met).count(), known.len())
}

/// The sum of a count in the week of `day`, so far.
pub fn this_week(looked: &Looked, entries: &Entries, day: Date) -> i32 {
    let week = monday(day);
    entries.range(week..=day).filter_map(|(_, entry)| entry.value.get(&looked.number)).sum()
}

/// How much of the way to its day lies behind, 0 to 100; `None` without a day.
pub fn way_behind(begun: Date, until: Option<Date>, today: Date) -> Option<u8> {
    let whole = (until? - begun).get_days().max(1);
    let gone = (today - begun).get_days().clamp(0, whole);
    u8::try_from(gone * 100 / whole).ok()
}

/// Whether something is asked for on this day.
pub fn asks_for(goal: &Goal, day: Date) -> bool {
    goal.days.has(day.weekday()) && goal.until.is_none_or(|until| day <= until)
}
