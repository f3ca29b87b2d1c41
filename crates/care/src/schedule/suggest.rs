//! Other times for a session: when those who are needed can, and most of the others too.

use jiff::{SignedDuration, Timestamp, ToSpan, tz::TimeZone};

use super::Busy;

/// Somebody can every week on that day, from minute to minute of their own zone's day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Free {
    pub person: i64,
    /// 1 is Monday.
    pub weekday: i8,
    pub from_minute: i16,
    /// At most 1440: a window ends with its day.
    pub to_minute: i16,
    pub zone: String,
}

/// What is looked for.
#[derive(Debug, Clone)]
pub struct Wanted<'a> {
    /// Whoever leads: without them it does not take place.
    pub leaders: &'a [i64],
    pub members: &'a [i64],
    /// Where the session is now. Suggestions lie in the seven days around it, and after `not_before`.
    pub now_at: Timestamp,
    pub not_before: Timestamp,
    pub minutes: i64,
    /// Times are offered at waking hours of this zone.
    pub zone: &'a str,
}

/// A start, and for how many of the members it is known to be good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Suggestion {
    pub start: Timestamp,
    pub can: usize,
    /// Members who said that they cannot then, or who are somewhere else.
    pub cannot: usize,
}

/// Half hours from eight in the morning to nine in the evening.
const FIRST: i16 = 8 * 60;
const LAST: i16 = 21 * 60;
const STEP: i16 = 30;
const DAYS: i32 = 3;
/// So many at most, no two on one day.
const MOST: usize = 4;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Says {
    Yes,
    No,
    Nothing,
}

/// The best other times, the best one first. A leader who said when they can is never asked for another time; a member who said
/// nothing counts neither way.
pub fn suggest(wanted: &Wanted<'_>, free: &[Free], busy: &[Busy]) -> Vec<Suggestion> {
    let Ok(zone) = TimeZone::get(wanted.zone) else { return Vec::new() };
    let day = wanted.now_at.to_zoned(zone.clone()).date();
    let mut all: Vec<Suggestion> = Vec::new();
    for date in (-DAYS..=DAYS).filter_map(|by| day.checked_add(by.days()).ok()) {
        let best = (FIRST..=LAST).step_by(STEP as usize).filter_map(|minute| {
            let at = date.at((minute / 60) as i8, (minute % 60) as i8, 0, 0).to_zoned(zone.clone()).ok()?.timestamp();
            judged(wanted, at, free, busy)
        });
        all.extend(best.min_by_key(|one| rank(one, wanted, &zone)));
    }
    all.sort_by_key(|one| rank(one, wanted, &zone));
    all.truncate(MOST);
    all
}

/// Fewest who cannot, most who can, nearest to the hour that everybody is used to, nearest to the day.
fn rank(one: &Suggestion, wanted: &Wanted<'_>, zone: &TimeZone) -> (usize, std::cmp::Reverse<usize>, i16, SignedDuration) {
    let minute = |at: Timestamp| minute_of(&at.to_zoned(zone.clone()));
    let by = (minute(one.start) - minute(wanted.now_at)).abs();
    (one.cannot, std::cmp::Reverse(one.can), by, one.start.duration_since(wanted.now_at).abs())
}

fn minute_of(at: &jiff::Zoned) -> i16 {
    i16::from(at.hour()) * 60 + i16::from(at.minute())
}

fn judged(wanted: &Wanted<'_>, start: Timestamp, free: &[Free], busy: &[Busy]) -> Option<Suggestion> {
    let end = start.checked_add(SignedDuration::from_mins(wanted.minutes)).ok()?;
    if start == wanted.now_at
        || start < wanted.not_before
        || wanted.leaders.iter().any(|leader| says(*leader, start, end, free, busy) == Says::No)
    {
        return None;
    }
    let said: Vec<Says> = wanted.members.iter().map(|member| says(*member, start, end, free, busy)).collect();
    let count = |what: Says| said.iter().filter(|one| **one == what).count();
    Some(Suggestion { start, can: count(Says::Yes), cannot: count(Says::No) })
}

fn says(person: i64, start: Timestamp, end: Timestamp, free: &[Free], busy: &[Busy]) -> Says {
    if busy.iter().any(|one| one.person == person && one.meets(start, end)) {
        return Says::No;
    }
    let mut own = free.iter().filter(|one| one.person == person).peekable();
    if own.peek().is_none() {
        return Says::Nothing;
    }
    if own.any(|window| holds(window, start, end)) { Says::Yes } else { Says::No }
}

/// Whether the whole time lies in the window on the clock of whoever gave it.
fn holds(window: &Free, start: Timestamp, end: Timestamp) -> bool {
    let Ok(zone) = TimeZone::get(&window.zone) else { return false };
    let (from, to) = (start.to_zoned(zone.clone()), end.to_zoned(zone));
    let until = if to.date() == from.date() {
        minute_of(&to)
    } else if minute_of(&to) == 0 {
        1440
    } else {
        return false;
    };
    from.weekday().to_monday_one_offset() == window.weekday && window.from_minute <= minute_of(&from) && until <= window.to_minute
}
