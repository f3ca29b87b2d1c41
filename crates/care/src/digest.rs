//! The weekly digest: what is new in the catalogue, and when it is told.

use jiff::{
    Timestamp,
    civil::{Date, Weekday, time},
    tz::TimeZone,
};

/// Digests go on Monday morning; who could not be reached by the evening hears next week.
const FROM_HOUR: i8 = 8;
const UNTIL_HOUR: i8 = 20;

/// What is remembered of a shown group: how it was, and since when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    pub free: i64,
    /// Day, time and zone, as one word that changes when one of them does.
    pub rhythm: String,
    pub listed_at: Timestamp,
    /// When a full group last had a seat again.
    pub freed_at: Option<Timestamp>,
    /// When its time last changed.
    pub moved_at: Option<Timestamp>,
}

/// Looks at a shown group once more. `before` is what was known of it, or nothing if it was not shown.
pub fn look(before: Option<&Known>, free: i64, rhythm: &str, now: Timestamp) -> Known {
    let Some(before) = before else {
        return Known { free, rhythm: rhythm.to_owned(), listed_at: now, freed_at: None, moved_at: None };
    };
    Known {
        free,
        rhythm: rhythm.to_owned(),
        listed_at: before.listed_at,
        freed_at: if before.free <= 0 && free > 0 { Some(now) } else { before.freed_at },
        moved_at: if before.rhythm == rhythm { before.moved_at } else { Some(now) },
    }
}

/// Why a group stands in a digest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum News {
    Listed,
    Seats,
    Time,
}

/// What is new of a group since then. A seat that is taken again is no news.
pub fn news(known: &Known, since: Timestamp) -> Option<News> {
    let after = |at: Option<Timestamp>| at.is_some_and(|at| at > since);
    if known.listed_at > since {
        Some(News::Listed)
    } else if known.free > 0 && after(known.freed_at) {
        Some(News::Seats)
    } else if after(known.moved_at) {
        Some(News::Time)
    } else {
        None
    }
}

/// The Monday whose digest may go now, on the reader's clock. `None` on any other day, too early and too late.
pub fn monday(now: Timestamp, zone: &TimeZone) -> Option<Date> {
    let local = now.to_zoned(zone.clone());
    let open = local.time() >= time(FROM_HOUR, 0, 0, 0) && local.time() < time(UNTIL_HOUR, 0, 0, 0);
    (open && local.weekday() == Weekday::Monday).then(|| local.date())
}

/// What somebody wants to hear of on Mondays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wants {
    Groups,
    Notes,
    Both,
}

impl Wants {
    pub const ALL: [Wants; 3] = [Wants::Groups, Wants::Notes, Wants::Both];

    pub fn word(self) -> &'static str {
        match self {
            Wants::Groups => "groups",
            Wants::Notes => "notes",
            Wants::Both => "both",
        }
    }

    /// Whoever was not asked wants to hear of groups.
    pub fn parse(word: &str) -> Option<Wants> {
        if word.is_empty() { Some(Wants::Groups) } else { Wants::ALL.into_iter().find(|one| one.word() == word) }
    }

    pub fn groups(self) -> bool {
        self != Wants::Notes
    }

    pub fn notes(self) -> bool {
        self != Wants::Groups
    }
}

/// A subscriber is forgotten after so many mails in a row that nobody took.
pub const MOST_BOUNCES: i64 = 3;
