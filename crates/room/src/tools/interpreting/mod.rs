//! Words for whoever cannot follow the group's: an interpreter's voice on a channel of its own, and captions typed by whoever sits in that
//! seat. The channel changes only who hears that one voice; where people are, and who sees whom, stays as it is.
//!
//! Captions are what somebody said, in letters. They live as long as they stand on the screen and are written down nowhere.

use std::collections::{BTreeMap, VecDeque};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    at::At,
    events::RoomEvent,
    limits,
    people::{Person, Seat},
    refusal::Refusal,
    tools::{Around, Right, Tool, unwritten::Unwritten},
};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum InterpretingCommand {
    /// The interpreter's voice goes to those only who choose it. `language` is what they speak there, in their own word for it.
    Open {
        language: String,
    },
    /// For a while to everybody, as when a member's words are said again in the group's language.
    Aloud {
        on: bool,
    },
    Close,
    /// Listen to this interpreter, or to nobody any more.
    Listen {
        to: Option<Seat>,
    },
    /// Begins or ends typing what is said.
    Captions {
        on: bool,
    },
    /// What the line says by now; `done` begins the next one.
    Type {
        text: String,
        done: bool,
    },
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum InterpretingEvent {
    Opened {
        seat: Seat,
        language: String,
    },
    AloudSet {
        seat: Seat,
        on: bool,
    },
    Closed {
        seat: Seat,
    },
    Listening {
        seat: Seat,
        to: Option<Seat>,
    },
    CaptionsOn {
        seat: Seat,
    },
    CaptionsOff,
    /// Cannot be written, not even by mistake.
    #[serde(skip)]
    Typed {
        text: String,
        done: bool,
    },
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct InterpretingView {
    /// The interpreters who are where this person is.
    pub channels: Vec<ChannelView>,
    /// Whom this person listens to.
    pub listening: Option<Seat>,
    /// For the interpreter alone: how many listen. Who they are is nobody's business.
    pub listeners: Option<u8>,
    pub captions: Option<CaptionsView>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ChannelView {
    pub seat: Seat,
    pub language: String,
    pub aloud: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CaptionsView {
    pub by: Seat,
    /// The last lines, oldest first; the one that is being typed stands at the end.
    pub lines: Vec<String>,
}

#[derive(Debug, Clone, PartialEq)]
struct Channel {
    language: String,
    aloud: bool,
}

#[derive(Debug, Clone, PartialEq)]
struct Captions {
    by: Seat,
    said: Unwritten<Said>,
}

#[derive(Clone, Default)]
struct Said {
    lines: VecDeque<String>,
    typing: String,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Interpreting {
    channels: BTreeMap<Seat, Channel>,
    listeners: BTreeMap<Seat, Seat>,
    captions: Option<Captions>,
}

impl Interpreting {
    /// Voices that are for some only, with those who chose them.
    pub fn voices_for_some(&self) -> Vec<(u8, Vec<u8>)> {
        let listeners = |to: &Seat| self.listeners.iter().filter(|(_, at)| *at == to).map(|(seat, _)| seat.0).collect();
        self.channels.iter().filter(|(_, channel)| !channel.aloud).map(|(seat, _)| (seat.0, listeners(seat))).collect()
    }

    fn types(&self, by: Seat) -> Result<&Captions, Refusal> {
        self.captions.as_ref().filter(|captions| captions.by == by).ok_or(Refusal::NotNow)
    }

    fn listen(&self, by: Seat, to: Option<Seat>) -> Result<InterpretingEvent, Refusal> {
        if to.is_some_and(|to| to == by || !self.channels.contains_key(&to)) {
            return Err(Refusal::NobodyThere);
        }
        if self.listeners.get(&by).copied() == to { Err(Refusal::NotNow) } else { Ok(InterpretingEvent::Listening { seat: by, to }) }
    }

    fn captions(&self, by: Seat, on: bool) -> Result<InterpretingEvent, Refusal> {
        match (&self.captions, on) {
            (None, true) => Ok(InterpretingEvent::CaptionsOn { seat: by }),
            (Some(captions), false) if captions.by == by => Ok(InterpretingEvent::CaptionsOff),
            _ => Err(Refusal::NotNow),
        }
    }

    /// Everything of somebody who is gone ends with them.
    fn gone(&self, seat: Seat) -> Vec<InterpretingEvent> {
        let listened = self.listeners.contains_key(&seat).then_some(InterpretingEvent::Listening { seat, to: None });
        let spoke = self.channels.contains_key(&seat).then_some(InterpretingEvent::Closed { seat });
        let typed = self.types(seat).is_ok().then_some(InterpretingEvent::CaptionsOff);
        [listened, spoke, typed].into_iter().flatten().collect()
    }

    fn type_line(&mut self, text: &str, done: bool) {
        let Some(captions) = &mut self.captions else { return };
        let Said { lines, typing } = captions.said.get_mut();
        if !done {
            text.clone_into(typing);
            return;
        }
        typing.clear();
        lines.push_back(text.to_owned());
        if lines.len() > limits::CAPTION_LINES {
            lines.pop_front();
        }
    }
}

impl Captions {
    fn view(&self) -> CaptionsView {
        let Said { lines, typing } = self.said.get();
        let typing = (!typing.is_empty()).then_some(typing);
        CaptionsView { by: self.by, lines: lines.iter().chain(typing).cloned().collect() }
    }
}

impl Tool for Interpreting {
    type Command = InterpretingCommand;
    type Event = InterpretingEvent;
    type View = InterpretingView;

    fn right(command: &InterpretingCommand) -> Right {
        match command {
            InterpretingCommand::Listen { .. } => Right::Circle,
            InterpretingCommand::Open { .. }
            | InterpretingCommand::Aloud { .. }
            | InterpretingCommand::Close
            | InterpretingCommand::Captions { .. }
            | InterpretingCommand::Type { .. } => Right::Interpreters,
        }
    }

    fn decide(&self, by: &Person, command: &InterpretingCommand, _: Around<'_>) -> Result<Vec<InterpretingEvent>, Refusal> {
        let seat = by.seat;
        let channel = self.channels.get(&seat);
        let event = match command {
            InterpretingCommand::Open { .. } if channel.is_some() => return Err(Refusal::NotNow),
            InterpretingCommand::Open { language } => {
                InterpretingEvent::Opened { seat, language: limits::text(language, limits::LANGUAGE_CHARS)? }
            }
            InterpretingCommand::Aloud { on } if channel.is_some_and(|channel| channel.aloud != *on) => {
                InterpretingEvent::AloudSet { seat, on: *on }
            }
            InterpretingCommand::Close if channel.is_some() => InterpretingEvent::Closed { seat },
            InterpretingCommand::Aloud { .. } | InterpretingCommand::Close => return Err(Refusal::NotNow),
            InterpretingCommand::Listen { to } => self.listen(seat, *to)?,
            InterpretingCommand::Captions { on } => self.captions(seat, *on)?,
            InterpretingCommand::Type { text, done } => {
                self.types(seat)?;
                let limit = if *done { limits::text } else { limits::optional_text };
                InterpretingEvent::Typed { text: limit(text, limits::CAPTION_CHARS)?, done: *done }
            }
        };
        Ok(vec![event])
    }

    fn apply(&mut self, event: &InterpretingEvent, _: At) {
        match event {
            InterpretingEvent::Opened { seat, language } => {
                self.channels.insert(*seat, Channel { language: language.clone(), aloud: false });
            }
            InterpretingEvent::AloudSet { seat, on } => {
                if let Some(channel) = self.channels.get_mut(seat) {
                    channel.aloud = *on;
                }
            }
            InterpretingEvent::Closed { seat } => {
                self.channels.remove(seat);
                self.listeners.retain(|_, to| to != seat);
            }
            InterpretingEvent::Listening { seat, to } => {
                self.listeners.remove(seat);
                self.listeners.extend(to.map(|to| (*seat, to)));
            }
            InterpretingEvent::CaptionsOn { seat } => {
                self.captions = Some(Captions { by: *seat, said: Unwritten::default() });
            }
            InterpretingEvent::CaptionsOff => self.captions = None,
            InterpretingEvent::Typed { text, done } => self.type_line(text, *done),
        }
    }

    fn author(event: &InterpretingEvent) -> Option<Seat> {
        match event {
            InterpretingEvent::Opened { seat, .. } => Some(*seat),
            _ => None,
        }
    }

    fn unwritten(event: &InterpretingEvent) -> bool {
        matches!(event, InterpretingEvent::Typed { .. })
    }

    /// That somebody interpreted and that somebody typed. Who listened is told to nobody.
    fn timeline(event: &InterpretingEvent) -> Option<&'static str> {
        match event {
            InterpretingEvent::Opened { .. } => Some("timeline-interpreting"),
            InterpretingEvent::CaptionsOn { .. } => Some("timeline-captions"),
            _ => None,
        }
    }

    fn follow(&self, event: &RoomEvent, _: Around<'_>) -> Vec<InterpretingEvent> {
        match event {
            RoomEvent::Left { seat } | RoomEvent::Removed { seat } | RoomEvent::SentBack { seat } => self.gone(*seat),
            RoomEvent::Ended if self.captions.is_some() => vec![InterpretingEvent::CaptionsOff],
            _ => Vec::new(),
        }
    }

    /// What was said at another table is not shown here either.
    fn view_for(&self, viewer: &Person, around: Around<'_>) -> InterpretingView {
        let beside = |seat: Seat| around.tables.spot(seat) == around.tables.spot(viewer.seat);
        let channels = self.channels.iter().filter(|(seat, _)| beside(**seat));
        InterpretingView {
            channels: channels
                .map(|(seat, channel)| ChannelView { seat: *seat, language: channel.language.clone(), aloud: channel.aloud })
                .collect(),
            listening: self.listeners.get(&viewer.seat).copied(),
            listeners: self.channels.contains_key(&viewer.seat).then(|| {
                let count = self.listeners.values().filter(|to| **to == viewer.seat).count();
                u8::try_from(count).unwrap_or(u8::MAX)
            }),
            captions: self.captions.as_ref().filter(|captions| beside(captions.by)).map(Captions::view),
        }
    }
}
