//! Goals: the questions of the workshop (G1 to G5), what a goal is made of (G9), its five-part check (G8), how it goes, and attainment.

pub mod attainment;
pub mod check;
pub mod library;
pub mod progress;
pub mod workshop;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Serialize};

pub use attainment::Attainment;

use crate::times;

pub const WORDS_CHARS: usize = 300;
pub const TEXT_CHARS: usize = 1_000;
pub const NAME_CHARS: usize = 100;
pub const MEASURES: usize = 6;
pub const MILESTONES: usize = 12;
/// A day nobody logs more than this of anything.
pub const MOST_COUNT: i32 = 999;

/// Weekdays as bits: Monday is 1, Sunday 64.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Days(pub u8);

impl Days {
    pub const EVERY: Days = Days(0b111_1111);
    pub const WORKING: Days = Days(0b001_1111);

    /// `number` counts from 1 for Monday.
    pub fn has_number(self, number: u8) -> bool {
        (1..=7).contains(&number) && self.0 & (1 << (number - 1)) != 0
    }

    pub fn has(self, weekday: Weekday) -> bool {
        u8::try_from(weekday.to_monday_one_offset()).is_ok_and(|number| self.has_number(number))
    }

    pub fn with(self, number: u8) -> Days {
        if (1..=7).contains(&number) { Days(self.0 | (1 << (number - 1))) } else { self }
    }

    pub fn is_empty(self) -> bool {
        self.0 & Days::EVERY.0 == 0
    }
}

/// Which side of its aim a measure wants to be on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bound {
    AtLeast,
    AtMost,
}

/// What is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Measure {
    /// How often in a week, 0 to 999.
    Count { bound: Bound, aim: i32 },
    /// A time of day in minutes, 0 to 1439: `AtMost` is "by then", `AtLeast` is "not before".
    Time { bound: Bound, aim: i32 },
    /// Done or not: a habit.
    Done,
    /// 0 to 10.
    Scale { bound: Bound, aim: i32 },
}

impl Measure {
    pub const KINDS: [&'static str; 4] = ["count", "time", "done", "scale"];

    pub fn kind(self) -> &'static str {
        match self {
            Measure::Count { .. } => "count",
            Measure::Time { .. } => "time",
            Measure::Done => "done",
            Measure::Scale { .. } => "scale",
        }
    }

    /// As people write it: "count" "at_most" "1", "time" "at_most" "9:30 pm". `None` if the aim is nothing that could be written down.
    pub fn read(kind: &str, bound: &str, aim: &str) -> Option<Measure> {
        let bound = if bound == "at_least" { Bound::AtLeast } else { Bound::AtMost };
        let number = || aim.trim().parse().ok();
        let measure = match kind {
            "count" => Measure::Count { bound, aim: number()? },
            "time" => Measure::Time { bound, aim: times::read(aim)?.into() },
            "scale" => Measure::Scale { bound, aim: number()? },
            "done" => Measure::Done,
            _ => return None,
        };
        measure.holds().then_some(measure)
    }

    /// Reads one day's value, as people write it.
    pub fn read_value(self, text: &str) -> Option<i32> {
        let value = if matches!(self, Measure::Time { .. }) { times::read(text)?.into() } else { text.trim().parse().ok()? };
        self.may_be(value).then_some(value)
    }

    /// As an input field shows it again.
    pub fn write(self, value: i32) -> String {
        if matches!(self, Measure::Time { .. }) { times::write(value) } else { value.to_string() }
    }

    pub fn bound(self) -> Option<Bound> {
        match self {
            Measure::Count { bound, .. } | Measure::Time { bound, .. } | Measure::Scale { bound, .. } => Some(bound),
            Measure::Done => None,
        }
    }

    /// The values that may be written down.
    pub fn may_be(self, value: i32) -> bool {
        match self {
            Measure::Count { .. } => (0..=MOST_COUNT).contains(&value),
            Measure::Time { .. } => (0..1_440).contains(&value),
            Measure::Done => (0..=1).contains(&value),
            Measure::Scale { .. } => (0..=10).contains(&value),
        }
    }

    pub fn aim(self) -> Option<i32> {
        match self {
            Measure::Count { aim, .. } | Measure::Time { aim, .. } | Measure::Scale { aim, .. } => Some(aim),
            Measure::Done => None,
        }
    }

    /// An aim that nobody could write down is none.
    pub fn holds(self) -> bool {
        self.aim().is_none_or(|aim| self.may_be(aim))
    }

    /// Whether one day's value is what was aimed for. A count is looked at by the week, see `progress`.
    pub fn is_met(self, value: i32) -> bool {
        let meets = |bound: Bound, by: i32| if bound == Bound::AtMost { by <= 0 } else { by >= 0 };
        match self {
            Measure::Count { bound, aim } | Measure::Scale { bound, aim } => meets(bound, value - aim),
            Measure::Time { bound, aim } => meets(bound, late_by(value, aim)),
            Measure::Done => value == 1,
        }
    }
}

/// How many minutes `time` lies after `aim`, on a clock that turns over twelve hours away from it: half past midnight is late for bed, not early.
pub fn late_by(time: i32, aim: i32) -> i32 {
    (time - aim + 720).rem_euclid(1_440) - 720
}

/// One thing that is looked at. Its number stays when its words change, so that what was written down still belongs to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Looked {
    pub number: u8,
    pub words: String,
    #[serde(flatten)]
    pub measure: Measure,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Milestone {
    pub words: String,
    pub reached_on: Option<Date>,
}

/// A goal as its person wrote it. Kept sealed as one text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Goal {
    pub words: String,
    /// Why it matters, and how it belongs to the theme.
    pub why: String,
    pub looked: Vec<Looked>,
    pub days: Days,
    pub until: Option<Date>,
    /// How sure they are of it, 0 to 10.
    pub sure: Option<u8>,
    /// What would make it easier.
    pub smaller: String,
    pub milestones: Vec<Milestone>,
    /// Words of `screening::AIMS` (G12).
    pub aims: BTreeSet<String>,
    pub attainment: Option<Attainment>,
}

impl Default for Goal {
    fn default() -> Goal {
        Goal {
            words: String::new(),
            why: String::new(),
            looked: Vec::new(),
            days: Days::EVERY,
            until: None,
            sure: None,
            smaller: String::new(),
            milestones: Vec::new(),
            aims: BTreeSet::new(),
            attainment: None,
        }
    }
}

impl Goal {
    /// A number that none of its measures had yet.
    pub fn next_number(&self) -> u8 {
        self.looked.iter().map(|one| one.number).max().map_or(1, |most| most.saturating_add(1))
    }
}

/// What was written down on one day, by the measures' numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Entry {
    pub value: BTreeMap<u8, i32>,
    pub note: String,
}

impl Entry {
    pub fn is_empty(&self) -> bool {
        self.value.is_empty() && self.note.is_empty()
    }
}

/// Who may see a goal besides its person (G11). A partner is asked for by name and has a row of their own.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Seen {
    /// Whoever leads a group that its person is in.
    pub therapist: bool,
    /// This group.
    pub group: Option<i64>,
}

/// How a goal stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Being thought about; nobody else sees it, whatever is ticked.
    Draft,
    Going,
    Reached,
    /// Put down, without blame; it may be taken up again.
    PutDown,
}

impl State {
    pub const ALL: [State; 4] = [State::Draft, State::Going, State::Reached, State::PutDown];

    pub fn word(self) -> &'static str {
        match self {
            State::Draft => "draft",
            State::Going => "going",
            State::Reached => "reached",
            State::PutDown => "put_down",
        }
    }

    pub fn parse(word: &str) -> Option<State> {
        State::ALL.into_iter().find(|state| state.word() == word)
    }
}

/// The kind sentences that a group may send along; each is the key `cheer-…`.
pub const CHEERS: [&str; 6] = ["with-you", "one-step", "thanks-for-sharing", "rest-is-fine", "proud", "same-here"];
