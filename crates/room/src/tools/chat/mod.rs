//! Words beside the voices: to the circle, or as a quiet note to the facilitators only.

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

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    Circle,
    Facilitators,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum ChatCommand {
    Say {
        text: String,
        to: Audience,
    },
    /// A leader's word to one person or to two at once; those who lead read it too, nobody else.
    Tell {
        text: String,
        seats: Vec<Seat>,
    },
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum ChatEvent {
    Said(Message),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Message {
    pub id: u32,
    pub seat: Seat,
    pub at: At,
    pub text: String,
    pub to: Audience,
    /// Who sat at the small table where it was said, or whom a leader told it: it stays among them. Empty for the circle.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<Vec<Seat>>", optional)]
    pub with: Vec<Seat>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ChatView {
    /// By id, so that one more line travels as one line.
    pub messages: BTreeMap<u32, Message>,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Chat {
    messages: Vec<Message>,
}

impl Tool for Chat {
    type Command = ChatCommand;
    type Event = ChatEvent;
    type View = ChatView;

    fn right(command: &ChatCommand) -> Right {
        match command {
            ChatCommand::Say { .. } => Right::Circle,
            ChatCommand::Tell { .. } => Right::Facilitators,
        }
    }

    fn decide(&self, by: &Person, command: &ChatCommand, around: Around<'_>) -> Result<Vec<ChatEvent>, Refusal> {
        let (ChatCommand::Say { text, .. } | ChatCommand::Tell { text, .. }) = command;
        if self.messages.len() >= limits::CHAT_MESSAGES {
            return Err(Refusal::TooMany);
        }
        let text = limits::text(text, limits::CHAT_CHARS)?;
        let to_leaders = matches!(command, ChatCommand::Say { to: Audience::Facilitators, .. });
        if to_leaders && around.hosted.is_some() && !around.people.values().any(|p| p.leads() && p.is_here()) {
            return Err(Refusal::NobodyThere);
        }
        let id = self.messages.len() as u32;
        let (to, with) = match command {
            ChatCommand::Say { to: Audience::Circle, .. } => (Audience::Circle, around.tables.table_of(by.seat)),
            ChatCommand::Say { to, .. } => (*to, Vec::new()),
            ChatCommand::Tell { seats, .. } => (Audience::Facilitators, told(by, seats, around)?),
        };
        Ok(vec![ChatEvent::Said(Message { id, seat: by.seat, at: around.now, text, to, with })])
    }

    fn author(event: &ChatEvent) -> Option<Seat> {
        let ChatEvent::Said(message) = event;
        Some(message.seat)
    }

    fn apply(&mut self, event: &ChatEvent, _: At) {
        let ChatEvent::Said(message) = event;
        self.messages.push(message.clone());
    }

    fn view_for(&self, viewer: &Person, around: Around<'_>) -> ChatView {
        // What members wrote among themselves before staff were called in was not written to them.
        let since = around.hosted.filter(|_| viewer.leads()).map(|_| viewer.arrived_at);
        let may_read = |m: &&Message| {
            since.is_none_or(|since| m.at >= since)
                && match m.to {
                    Audience::Circle => m.with.is_empty() || m.with.contains(&viewer.seat),
                    Audience::Facilitators => viewer.leads() || m.seat == viewer.seat || m.with.contains(&viewer.seat),
                }
        };
        // Counted for each reader anew: a gap would tell the others that somebody wrote a quiet note.
        let readable = (0..).zip(self.messages.iter().filter(may_read));
        ChatView { messages: readable.map(|(id, message)| (id, Message { id, ..message.clone() })).collect() }
    }
}

/// One person or two who are here; a leader among them reads it anyway.
fn told(by: &Person, seats: &[Seat], around: Around<'_>) -> Result<Vec<Seat>, Refusal> {
    let mut told = seats.to_vec();
    told.sort_unstable();
    told.dedup();
    if !limits::TOLD_AT_ONCE.contains(&told.len()) || told.contains(&by.seat) {
        return Err(Refusal::OutOfRange);
    }
    if told.iter().all(|seat| around.in_circle(*seat)) { Ok(told) } else { Err(Refusal::NobodyThere) }
}
