//! Check-in: a mood, a word, a pressing concern for the group or for the facilitators only, or a pass.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    at::At,
    limits,
    people::{Person, Seat},
    refusal::Refusal,
    tools::{Around, Right, Tool},
};

/// Moods run from 0, as low as can be, to 10, as good as can be.
pub const MOOD_MOST: u8 = 10;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum CheckInCommand {
    Open,
    /// `mood` 0 to 10. Word and concern may be empty. `to_group` shares word and concern with the circle; the number stays with the facilitators.
    Answer {
        mood: u8,
        word: String,
        concern: String,
        to_group: bool,
    },
    Pass,
    Close,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum CheckInEvent {
    Opened,
    Answered { seat: Seat, answer: Answer },
    Passed { seat: Seat },
    Closed,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Answer {
    pub mood: u8,
    pub word: String,
    pub concern: String,
    pub to_group: bool,
}

/// What a person chose to share with the circle.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Shared {
    pub seat: Seat,
    pub word: String,
    pub concern: String,
}

/// One person's check-in as the facilitators see it; `answer` is empty for a pass.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Told {
    pub seat: Seat,
    pub answer: Option<Answer>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct CheckInView {
    pub open: bool,
    pub mine: Option<Answer>,
    pub passed: bool,
    pub shared: Vec<Shared>,
    /// How many have answered or passed, of how many.
    pub done: u32,
    pub of: u32,
    /// Facilitators only.
    pub told: Option<Vec<Told>>,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct CheckIn {
    begun: bool,
    open: bool,
    told: BTreeMap<Seat, Option<Answer>>,
}

impl CheckIn {
    pub fn answers(&self) -> impl Iterator<Item = (Seat, &Answer)> {
        self.told.iter().filter_map(|(seat, answer)| Some((*seat, answer.as_ref()?)))
    }

    /// Who chose to pass.
    pub fn passed(&self) -> impl Iterator<Item = Seat> {
        self.told.iter().filter(|(_, answer)| answer.is_none()).map(|(seat, _)| *seat)
    }

    fn answer(by: Seat, mood: u8, texts: (&str, &str), to_group: bool) -> Result<CheckInEvent, Refusal> {
        if mood > MOOD_MOST {
            return Err(Refusal::OutOfRange);
        }
        let word = limits::optional_text(texts.0, limits::WORD_CHARS)?;
        let concern = limits::optional_text(texts.1, limits::CONCERN_CHARS)?;
        Ok(CheckInEvent::Answered { seat: by, answer: Answer { mood, word, concern, to_group } })
    }
}

impl Tool for CheckIn {
    type Command = CheckInCommand;
    type Event = CheckInEvent;
    type View = Option<CheckInView>;

    fn right(command: &CheckInCommand) -> Right {
        match command {
            CheckInCommand::Open | CheckInCommand::Close => Right::Facilitators,
            CheckInCommand::Answer { .. } | CheckInCommand::Pass => Right::TurnTakers,
        }
    }

    fn decide(&self, by: &Person, command: &CheckInCommand, _: Around<'_>) -> Result<Vec<CheckInEvent>, Refusal> {
        let event = match command {
            CheckInCommand::Open if self.open => return Err(Refusal::NotNow),
            CheckInCommand::Open => CheckInEvent::Opened,
            _ if !self.open => return Err(Refusal::NotNow),
            CheckInCommand::Answer { mood, word, concern, to_group } => Self::answer(by.seat, *mood, (word, concern), *to_group)?,
            CheckInCommand::Pass => CheckInEvent::Passed { seat: by.seat },
            CheckInCommand::Close => CheckInEvent::Closed,
        };
        Ok(vec![event])
    }

    fn timeline(event: &CheckInEvent) -> Option<&'static str> {
        matches!(event, CheckInEvent::Opened).then_some("timeline-check-in")
    }

    fn author(event: &CheckInEvent) -> Option<Seat> {
        match event {
            CheckInEvent::Answered { seat, .. } | CheckInEvent::Passed { seat } => Some(*seat),
            CheckInEvent::Opened | CheckInEvent::Closed => None,
        }
    }

    fn apply(&mut self, event: &CheckInEvent, _: At) {
        match event {
            CheckInEvent::Opened => {
                self.begun = true;
                self.open = true;
            }
            CheckInEvent::Answered { seat, answer } => {
                self.told.insert(*seat, Some(answer.clone()));
            }
            CheckInEvent::Passed { seat } => {
                self.told.insert(*seat, None);
            }
            CheckInEvent::Closed => self.open = false,
        }
    }

    fn view_for(&self, viewer: &Person, around: Around<'_>) -> Self::View {
        if !self.begun {
            return None;
        }
        let shared = self.answers().filter(|(_, answer)| answer.to_group && !(answer.word.is_empty() && answer.concern.is_empty()));
        let mine = self.told.get(&viewer.seat);
        let may_answer = |p: &&Person| p.takes_turns() && (p.is_here() || self.told.contains_key(&p.seat));
        let of = around.people.values().filter(may_answer).count();
        Some(CheckInView {
            open: self.open,
            mine: mine.cloned().flatten(),
            passed: matches!(mine, Some(None)),
            shared: shared.map(|(seat, a)| Shared { seat, word: a.word.clone(), concern: a.concern.clone() }).collect(),
            done: self.told.len() as u32,
            of: of as u32,
            told: viewer.leads().then(|| self.told.iter().map(|(seat, answer)| Told { seat: *seat, answer: answer.clone() }).collect()),
        })
    }
}
