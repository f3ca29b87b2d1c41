//! The weekly notes of a practice: a short text in both languages, kept until its hour comes, for everybody or for members (J7, S7).

use jiff::{
    Timestamp, ToSpan,
    civil::{Date, Time},
    tz::TimeZone,
};

use crate::{library, times};

/// So far ahead a note may be planned.
const AHEAD_DAYS: i32 = 366;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Whoever comes by, and the feed.
    Public,
    /// Members and staff, never a feed or a mail.
    Members,
}

impl Audience {
    pub const ALL: [Audience; 2] = [Audience::Public, Audience::Members];

    pub fn word(self) -> &'static str {
        match self {
            Audience::Public => "public",
            Audience::Members => "members",
        }
    }

    pub fn parse(word: &str) -> Option<Audience> {
        Audience::ALL.into_iter().find(|one| one.word() == word)
    }
}

/// How a note stands at some moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    Draft,
    Planned,
    Out,
}

pub fn state(publish_at: Option<Timestamp>, now: Timestamp) -> State {
    match publish_at {
        None => State::Draft,
        Some(at) if at > now => State::Planned,
        Some(_) => State::Out,
    }
}

/// What somebody chose of when it comes out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Release<'a> {
    /// "draft", "now", "at", or "keep" for what has its time already.
    pub choice: &'a str,
    pub day: &'a str,
    pub time: &'a str,
}

/// Why a note cannot be kept. Each is the key of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    Words(library::Unfit),
    Audience,
    /// No choice, or a moment that is no moment, has passed, or is too far away.
    When,
}

impl Unfit {
    pub fn key(self) -> &'static str {
        match self {
            Unfit::Words(unfit) => unfit.key(),
            Unfit::Audience => "series-audience-wrong",
            Unfit::When => "series-when-wrong",
        }
    }
}

impl Release<'_> {
    /// The moment at which it comes out, `None` for a draft. `before` is what was decided earlier.
    pub fn read(&self, before: Option<Timestamp>, zone: &TimeZone, now: Timestamp) -> Result<Option<Timestamp>, Unfit> {
        match self.choice {
            "draft" => Ok(None),
            "now" => Ok(Some(now)),
            "keep" => before.map(Some).ok_or(Unfit::When),
            "at" => self.at(zone, now).map(Some).ok_or(Unfit::When),
            _ => Err(Unfit::When),
        }
    }

    fn at(&self, zone: &TimeZone, now: Timestamp) -> Option<Timestamp> {
        let day: Date = self.day.trim().parse().ok()?;
        let minute = times::read(self.time.trim())?;
        let time = Time::new((minute / 60).try_into().ok()?, (minute % 60).try_into().ok()?, 0, 0).ok()?;
        let at = day.to_datetime(time).to_zoned(zone.clone()).ok()?;
        let latest = now.to_zoned(zone.clone()).checked_add(AHEAD_DAYS.days()).ok()?;
        (at.timestamp() > now && at <= latest).then(|| at.timestamp())
    }
}

/// Letters that XML 1.0 (2.2) has no place for, such as a bell, would make a whole feed unreadable.
pub fn for_feed(text: &str) -> String {
    text.chars().filter(|c| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)).collect()
}
