//! When somebody hears that something unread waits: seldom, never at night, and never twice for the same.

use jiff::{SignedDuration, Timestamp, tz::TimeZone};

use crate::reminders::Quiet;

/// How often somebody wants to hear of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Often {
    Never,
    Daily,
    /// Each time, and at most once an hour.
    Each,
}

impl Often {
    pub const ALL: [Often; 3] = [Often::Never, Often::Daily, Often::Each];

    pub fn word(self) -> &'static str {
        match self {
            Often::Never => "never",
            Often::Daily => "daily",
            Often::Each => "each",
        }
    }

    pub fn parse(word: &str) -> Option<Often> {
        Often::ALL.into_iter().find(|often| often.word() == word)
    }

    /// How long after one notice the next may come; `None` if none may.
    fn apart(self) -> Option<SignedDuration> {
        match self {
            Often::Never => None,
            Often::Daily => Some(SignedDuration::from_hours(24)),
            Often::Each => Some(SignedDuration::from_hours(1)),
        }
    }
}

/// What somebody chose; or has until they choose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wish {
    pub often: Often,
    /// Between nine in the evening and eight in the morning, too.
    pub night: bool,
}

impl Default for Wish {
    fn default() -> Wish {
        Wish { often: Often::Daily, night: false }
    }
}

/// Nine in the evening to eight in the morning, on the person's own clock.
pub const NIGHT: Quiet = Quiet { from: 21 * 60, to: 8 * 60 };

/// Whoever is reading along has read it by then, and three messages in a row are one notice.
pub const SETTLES: SignedDuration = SignedDuration::from_mins(10);

/// So long after it went, a notice that waits for a device is news at most.
pub const STAYS: SignedDuration = SignedDuration::from_hours(24);

/// Two spans of quiet, one after the other, over a few days: more turns than this nobody needs.
const TURNS: usize = 12;

impl Wish {
    /// Whether somebody is to be left alone at this moment.
    pub fn is_quiet(self, quiet: Quiet, at: Timestamp, zone: &TimeZone) -> bool {
        quiet.holds(at, zone) || !self.night && NIGHT.holds(at, zone)
    }

    /// When the next notice may go, for what waits since `since`, after a `last` one. `None` if it never may.
    pub fn next(self, since: Timestamp, last: Option<Timestamp>, quiet: Quiet, zone: &TimeZone) -> Option<Timestamp> {
        let apart = self.often.apart()?;
        let settled = since.checked_add(SETTLES).ok()?;
        let mut at = last.and_then(|last| last.checked_add(apart).ok()).map_or(settled, |free| free.max(settled));
        for _ in 0..TURNS {
            at = if quiet.holds(at, zone) {
                quiet.end(at, zone)?
            } else if !self.night && NIGHT.holds(at, zone) {
                NIGHT.end(at, zone)?
            } else {
                return Some(at);
            };
        }
        None
    }

    /// How long one that goes now may wait for a device that is off: until its person wants to be left alone, so that none arrives at night.
    pub fn stays(self, now: Timestamp, quiet: Quiet, zone: &TimeZone) -> SignedDuration {
        let day = now.checked_add(STAYS).unwrap_or(Timestamp::MAX);
        let night = if self.night { Timestamp::MAX } else { NIGHT.next(now, zone) };
        day.min(night).min(quiet.next(now, zone)).duration_since(now).max(SignedDuration::ZERO)
    }

    /// Whether it may go at this very moment.
    pub fn may_go(self, now: Timestamp, since: Timestamp, last: Option<Timestamp>, quiet: Quiet, zone: &TimeZone) -> bool {
        !self.is_quiet(quiet, now, zone) && self.next(since, last, quiet, zone).is_some_and(|next| next <= now)
    }
}

/// Whether somebody is told of a channel of this kind: as they chose, else by what it is. Leaders look into the messages of their groups as part of
/// their work; what a member writes to those who care for them waits for an answer.
pub fn is_told(chosen: Option<bool>, kind: &str, leads: bool) -> bool {
    chosen.unwrap_or(kind != "group" || !leads)
}
