//! An article or a worksheet of the library, read together. The room knows which it is and where the group is in it; the words each browser
//! fetches for itself, in its person's language, and what somebody writes into a worksheet never comes here (decision 0078).

use care::library::is_slug;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    at::At,
    limits,
    people::{Person, Seat},
    refusal::Refusal,
    tools::{Around, Right, Tool},
};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum ReadingCommand {
    /// Lays something into the middle, at its beginning; what lies there makes room for it.
    Open {
        /// Its word in addresses.
        item: String,
        title: String,
    },
    /// Says where the group is: the heading of an article or the question of a worksheet, counted from 0. How many there are is the library's.
    Go {
        part: u16,
    },
    Close,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum ReadingEvent {
    Opened { by: Seat, item: String, title: String },
    Went { part: u16 },
    Closed,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ReadingView {
    pub item: String,
    pub title: String,
    pub part: u16,
    pub by: Seat,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reading {
    open: Option<ReadingView>,
}

impl Reading {
    fn while_open(&self, event: ReadingEvent) -> Result<ReadingEvent, Refusal> {
        self.open.as_ref().map(|_| event).ok_or(Refusal::NotNow)
    }
}

impl Tool for Reading {
    type Command = ReadingCommand;
    type Event = ReadingEvent;
    type View = Option<ReadingView>;

    fn right(_: &ReadingCommand) -> Right {
        Right::Facilitators
    }

    fn decide(&self, by: &Person, command: &ReadingCommand, _: Around<'_>) -> Result<Vec<ReadingEvent>, Refusal> {
        let event = match command {
            ReadingCommand::Open { item, .. } if !is_slug(item) => return Err(Refusal::OutOfRange),
            ReadingCommand::Open { item, title } => {
                ReadingEvent::Opened { by: by.seat, item: item.clone(), title: limits::text(title, limits::MATERIAL_CHARS)? }
            }
            ReadingCommand::Go { part } if self.open.is_some() && *part >= limits::READING_PARTS => return Err(Refusal::OutOfRange),
            ReadingCommand::Go { part } => self.while_open(ReadingEvent::Went { part: *part })?,
            ReadingCommand::Close => self.while_open(ReadingEvent::Closed)?,
        };
        Ok(vec![event])
    }

    fn apply(&mut self, event: &ReadingEvent, _: At) {
        match event {
            ReadingEvent::Opened { by, item, title } => {
                self.open = Some(ReadingView { item: item.clone(), title: title.clone(), part: 0, by: *by });
            }
            ReadingEvent::Closed => self.open = None,
            ReadingEvent::Went { part } => {
                if let Some(open) = &mut self.open {
                    open.part = *part;
                }
            }
        }
    }

    fn timeline(event: &ReadingEvent) -> Option<&'static str> {
        matches!(event, ReadingEvent::Opened { .. }).then_some("timeline-reading")
    }

    fn view_for(&self, _: &Person, _: Around<'_>) -> Option<ReadingView> {
        self.open.clone()
    }
}
