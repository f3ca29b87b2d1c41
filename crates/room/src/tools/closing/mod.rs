//! Closing: takeaways written together, personal homework, mood again, and four own questions.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    at::At,
    limits,
    people::{Part, Person, Seat},
    refusal::Refusal,
    tools::{Around, Right, Tool, check_in::MOOD_MOST},
};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum ClosingCommand {
    Open,
    WriteTakeaway {
        text: String,
    },
    RemoveTakeaway {
        id: u32,
    },
    /// Homework for one member, due in 1 to 28 days.
    GiveHomework {
        seat: Seat,
        text: String,
        days: u16,
    },
    TakeBackHomework {
        seat: Seat,
        id: u32,
    },
    Answer(ClosingAnswer),
    Close,
}

/// The end-of-session card: all from 0 to 10, each may be left out; the free line goes to staff only.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct ClosingAnswer {
    pub mood: Option<u8>,
    pub heard: Option<u8>,
    pub safe: Option<u8>,
    pub useful: Option<u8>,
    pub connected: Option<u8>,
    pub line: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum ClosingEvent {
    Opened,
    TakeawayWritten(Takeaway),
    TakeawayRemoved { id: u32 },
    HomeworkGiven { seat: Seat, homework: Homework },
    HomeworkTakenBack { seat: Seat, id: u32 },
    Answered { seat: Seat, answer: ClosingAnswer },
    Closed,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Takeaway {
    pub id: u32,
    pub by: Seat,
    pub text: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Homework {
    pub id: u32,
    pub text: String,
    pub days: u16,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ClosingView {
    pub open: bool,
    pub takeaways: Vec<Takeaway>,
    pub my_homework: Vec<Homework>,
    pub mine: Option<ClosingAnswer>,
    pub answered: u32,
    /// Facilitators only: everybody's homework by seat.
    pub homework: Option<BTreeMap<u8, Vec<Homework>>>,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Closing {
    begun: bool,
    open: bool,
    next_id: u32,
    takeaways: Vec<Takeaway>,
    homework: BTreeMap<Seat, Vec<Homework>>,
    answers: BTreeMap<Seat, ClosingAnswer>,
}

impl Closing {
    pub fn takeaways(&self) -> &[Takeaway] {
        &self.takeaways
    }

    pub fn homework(&self) -> impl Iterator<Item = (Seat, &Homework)> {
        self.homework.iter().flat_map(|(seat, all)| all.iter().map(|one| (*seat, one)))
    }

    pub fn answers(&self) -> impl Iterator<Item = (Seat, &ClosingAnswer)> {
        self.answers.iter().map(|(seat, answer)| (*seat, answer))
    }

    fn write(&self, by: &Person, text: &str) -> Result<ClosingEvent, Refusal> {
        if self.takeaways.len() >= limits::TAKEAWAYS {
            return Err(Refusal::TooMany);
        }
        let text = limits::text(text, limits::TAKEAWAY_CHARS)?;
        Ok(ClosingEvent::TakeawayWritten(Takeaway { id: self.next_id, by: by.seat, text }))
    }

    fn remove(&self, by: &Person, id: u32) -> Result<ClosingEvent, Refusal> {
        let takeaway = self.takeaways.iter().find(|t| t.id == id).ok_or(Refusal::NotNow)?;
        if takeaway.by == by.seat || by.leads() { Ok(ClosingEvent::TakeawayRemoved { id }) } else { Err(Refusal::NotYours) }
    }

    fn give(&self, to: &Person, text: &str, days: u16) -> Result<ClosingEvent, Refusal> {
        if to.part != Part::Member {
            return Err(Refusal::NobodyThere);
        }
        if !(1..=limits::HOMEWORK_DAYS).contains(&days) {
            return Err(Refusal::OutOfRange);
        }
        if self.homework.get(&to.seat).is_some_and(|given| given.len() >= limits::HOMEWORK_EACH) {
            return Err(Refusal::TooMany);
        }
        let text = limits::text(text, limits::HOMEWORK_CHARS)?;
        Ok(ClosingEvent::HomeworkGiven { seat: to.seat, homework: Homework { id: self.next_id, text, days } })
    }

    fn take_back(&self, seat: Seat, id: u32) -> Result<ClosingEvent, Refusal> {
        let known = self.homework.get(&seat).is_some_and(|given| given.iter().any(|h| h.id == id));
        if known { Ok(ClosingEvent::HomeworkTakenBack { seat, id }) } else { Err(Refusal::NotNow) }
    }

    fn answer(by: Seat, answer: &ClosingAnswer) -> Result<ClosingEvent, Refusal> {
        let scores = [answer.mood, answer.heard, answer.safe, answer.useful, answer.connected];
        if scores.into_iter().flatten().any(|score| score > MOOD_MOST) {
            return Err(Refusal::OutOfRange);
        }
        let line = limits::optional_text(&answer.line, limits::FREE_LINE_CHARS)?;
        Ok(ClosingEvent::Answered { seat: by, answer: ClosingAnswer { line, ..answer.clone() } })
    }
}

impl Tool for Closing {
    type Command = ClosingCommand;
    type Event = ClosingEvent;
    type View = Option<ClosingView>;

    fn right(command: &ClosingCommand) -> Right {
        match command {
            ClosingCommand::Open
            | ClosingCommand::GiveHomework { .. }
            | ClosingCommand::TakeBackHomework { .. }
            | ClosingCommand::Close => Right::Facilitators,
            ClosingCommand::WriteTakeaway { .. } | ClosingCommand::RemoveTakeaway { .. } | ClosingCommand::Answer(_) => Right::TurnTakers,
        }
    }

    fn decide(&self, by: &Person, command: &ClosingCommand, around: Around<'_>) -> Result<Vec<ClosingEvent>, Refusal> {
        let event = match command {
            ClosingCommand::Open if self.open => return Err(Refusal::NotNow),
            ClosingCommand::Open => ClosingEvent::Opened,
            _ if !self.open => return Err(Refusal::NotNow),
            ClosingCommand::WriteTakeaway { text } => self.write(by, text)?,
            ClosingCommand::RemoveTakeaway { id } => self.remove(by, *id)?,
            ClosingCommand::GiveHomework { seat, text, days } => self.give(around.person(*seat)?, text, *days)?,
            ClosingCommand::TakeBackHomework { seat, id } => self.take_back(*seat, *id)?,
            ClosingCommand::Answer(answer) => Self::answer(by.seat, answer)?,
            ClosingCommand::Close => ClosingEvent::Closed,
        };
        Ok(vec![event])
    }

    fn timeline(event: &ClosingEvent) -> Option<&'static str> {
        matches!(event, ClosingEvent::Opened).then_some("timeline-closing")
    }

    fn author(event: &ClosingEvent) -> Option<Seat> {
        match event {
            ClosingEvent::TakeawayWritten(takeaway) => Some(takeaway.by),
            ClosingEvent::HomeworkGiven { seat, .. }
            | ClosingEvent::HomeworkTakenBack { seat, .. }
            | ClosingEvent::Answered { seat, .. } => Some(*seat),
            ClosingEvent::Opened | ClosingEvent::TakeawayRemoved { .. } | ClosingEvent::Closed => None,
        }
    }

    fn apply(&mut self, event: &ClosingEvent, _: At) {
        match event {
            ClosingEvent::Opened => {
                self.begun = true;
                self.open = true;
            }
            ClosingEvent::TakeawayWritten(takeaway) => {
                self.next_id = takeaway.id + 1;
                self.takeaways.push(takeaway.clone());
            }
            ClosingEvent::TakeawayRemoved { id } => self.takeaways.retain(|t| t.id != *id),
            ClosingEvent::HomeworkGiven { seat, homework } => {
                self.next_id = homework.id + 1;
                self.homework.entry(*seat).or_default().push(homework.clone());
            }
            ClosingEvent::HomeworkTakenBack { seat, id } => {
                if let Some(given) = self.homework.get_mut(seat) {
                    given.retain(|h| h.id != *id);
                }
            }
            ClosingEvent::Answered { seat, answer } => {
                self.answers.insert(*seat, answer.clone());
            }
            ClosingEvent::Closed => self.open = false,
        }
    }

    fn view_for(&self, viewer: &Person, _: Around<'_>) -> Self::View {
        self.begun.then(|| ClosingView {
            open: self.open,
            takeaways: self.takeaways.clone(),
            my_homework: self.homework.get(&viewer.seat).cloned().unwrap_or_default(),
            mine: self.answers.get(&viewer.seat).cloned(),
            answered: self.answers.len() as u32,
            homework: viewer.leads().then(|| self.homework.iter().map(|(seat, all)| (seat.0, all.clone())).collect()),
        })
    }
}
