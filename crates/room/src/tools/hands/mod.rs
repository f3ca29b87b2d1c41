//! Raised hands. Everybody sees the order; facilitators also see it with the quiet ones first.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    at::At,
    events::RoomEvent,
    people::{Person, Seat},
    refusal::Refusal,
    tools::{Around, Right, Tool},
};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum HandsCommand {
    Raise,
    Lower,
    /// A facilitator has given the word, or thanks and lowers it.
    Take {
        seat: Seat,
    },
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum HandsEvent {
    Raised { seat: Seat },
    Lowered { seat: Seat },
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct HandsView {
    /// In the order they were raised.
    pub order: Vec<Seat>,
    /// Facilitators only: those who have spoken least first.
    pub quiet_first: Option<Vec<Seat>>,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Hands {
    order: Vec<Seat>,
}

impl Tool for Hands {
    type Command = HandsCommand;
    type Event = HandsEvent;
    type View = HandsView;

    fn right(command: &HandsCommand) -> Right {
        match command {
            HandsCommand::Raise | HandsCommand::Lower => Right::TurnTakers,
            HandsCommand::Take { .. } => Right::Facilitators,
        }
    }

    fn decide(&self, by: &Person, command: &HandsCommand, _: Around<'_>) -> Result<Vec<HandsEvent>, Refusal> {
        let event = match command {
            HandsCommand::Raise if self.order.contains(&by.seat) => return Err(Refusal::NotNow),
            HandsCommand::Raise => HandsEvent::Raised { seat: by.seat },
            HandsCommand::Lower => self.lowered(by.seat)?,
            HandsCommand::Take { seat } => self.lowered(*seat)?,
        };
        Ok(vec![event])
    }

    fn apply(&mut self, event: &HandsEvent, _: At) {
        match event {
            HandsEvent::Raised { seat } => self.order.push(*seat),
            HandsEvent::Lowered { seat } => self.order.retain(|raised| raised != seat),
        }
    }

    fn follow(&self, event: &RoomEvent, _: Around<'_>) -> Vec<HandsEvent> {
        let gone = match event {
            RoomEvent::Left { seat } | RoomEvent::Removed { seat } | RoomEvent::SentBack { seat } => *seat,
            _ => return Vec::new(),
        };
        self.lowered(gone).into_iter().collect()
    }

    fn view_for(&self, viewer: &Person, around: Around<'_>) -> HandsView {
        let quiet_first = viewer.leads().then(|| {
            let mut seats = self.order.clone();
            seats.sort_by_key(|seat| around.talk.total(*seat));
            seats
        });
        HandsView { order: self.order.clone(), quiet_first }
    }
}

impl Hands {
    fn lowered(&self, seat: Seat) -> Result<HandsEvent, Refusal> {
        if self.order.contains(&seat) { Ok(HandsEvent::Lowered { seat }) } else { Err(Refusal::NotNow) }
    }
}
