//! When somebody is asked: before the first session, every so many weeks, around the end, and three times afterwards.

use jiff::{SignedDuration, Timestamp, ToSpan, tz::TimeZone};

/// What a group has settled for one instrument, or for one of its members.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Plan {
    pub before_first: bool,
    /// 0 for never.
    pub every_weeks: i64,
    pub at_end: bool,
    /// Once more at each of [`AFTERWARDS`].
    pub afterwards: bool,
}

pub const MOST_WEEKS: i64 = 26;
/// Months after somebody's last session.
pub const AFTERWARDS: [i64; 3] = [1, 3, 6];

/// Somebody's way through a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Course {
    pub first: Timestamp,
    /// When they leave, if they do.
    pub last: Option<Timestamp>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Occasion {
    First,
    Week(i64),
    Last,
    /// So many months after the end.
    Afterwards(i64),
}

impl Occasion {
    /// The same way through the same group is asked once for each.
    pub fn word(self, membership: i64) -> String {
        match self {
            Occasion::First => format!("first/{membership}"),
            Occasion::Week(week) => format!("week-{week}/{membership}"),
            Occasion::Last => format!("last/{membership}"),
            Occasion::Afterwards(months) => format!("{AFTER_WORD}{months}/{membership}"),
        }
    }

    /// The months and the membership of an occasion after the end, from its word.
    pub fn afterwards(word: &str) -> Option<(i64, i64)> {
        let (months, membership) = word.strip_prefix(AFTER_WORD)?.split_once('/')?;
        Some((months.parse().ok()?, membership.parse().ok()?))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asking {
    pub occasion: Occasion,
    pub due: Timestamp,
}

const AFTER_WORD: &str = "after-";
const DAY: SignedDuration = SignedDuration::from_hours(24);
/// A score within a week of the first session is where somebody began.
const AROUND_FIRST: SignedDuration = SignedDuration::from_hours(7 * 24);
const BEFORE: SignedDuration = SignedDuration::from_hours(2 * 24);
/// After so long it is not asked any more: the next one will tell.
pub const AFTER: SignedDuration = SignedDuration::from_hours(4 * 24);
/// Whoever has left looks in less often than a member.
const TIME_AFTERWARDS: SignedDuration = SignedDuration::from_hours(14 * 24);

/// What is to be asked at this moment. A program that slept through an occasion does not ask for it weeks later.
pub fn due_now(plan: Plan, course: Course, now: Timestamp, zone: &TimeZone) -> Vec<Asking> {
    let mut all = Vec::new();
    let Course { first, last } = course;
    if plan.before_first && (first - AROUND_FIRST..first + AROUND_FIRST).contains(&now) {
        all.push(Asking { occasion: Occasion::First, due: if now < first { first } else { first + AROUND_FIRST } });
    }
    if let Some((week, due)) = nearest(plan.every_weeks, first, now, zone)
        && last.is_none_or(|last| due < last - DAY)
    {
        all.push(Asking { occasion: Occasion::Week(week), due });
    }
    if let Some(last) = last.filter(|_| plan.at_end)
        && (last - AROUND_FIRST..last + AROUND_FIRST).contains(&now)
    {
        all.push(Asking { occasion: Occasion::Last, due: last + DAY * 3 });
    }
    if let Some(last) = last.filter(|_| plan.afterwards) {
        all.extend(AFTERWARDS.into_iter().filter_map(|months| afterwards(months, last, now, zone)));
    }
    all
}

/// From the day that is so many months after the last session, for two weeks.
fn afterwards(months: i64, last: Timestamp, now: Timestamp, zone: &TimeZone) -> Option<Asking> {
    let from = last.to_zoned(zone.clone()).checked_add(months.months()).ok()?.timestamp();
    let due = from + TIME_AFTERWARDS;
    (from..due).contains(&now).then_some(Asking { occasion: Occasion::Afterwards(months), due })
}

/// The occasion of every so many weeks that may be asked now: at the local hour of the first session, from two days before.
fn nearest(every: i64, first: Timestamp, now: Timestamp, zone: &TimeZone) -> Option<(i64, Timestamp)> {
    if every <= 0 {
        return None;
    }
    let weeks = (now + BEFORE).duration_since(first).as_secs() / (7 * 24 * 3_600);
    // An hour of daylight saving may hide the week that has just begun.
    let candidates = [weeks + 1, weeks].map(|week| week - week.rem_euclid(every));
    candidates.into_iter().filter(|week| *week > 0).find_map(|week| {
        let due = first.to_zoned(zone.clone()).checked_add(week.weeks()).ok()?.timestamp();
        (due - BEFORE..due + AFTER).contains(&now).then_some((week, due))
    })
}
