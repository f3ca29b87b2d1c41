//! One screen in the middle. It takes the place of the sharer's own picture on the line that exists, so that nothing is negotiated anew; who
//! shares shows no face meanwhile, and is told so.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    at::At,
    events::RoomEvent,
    people::{Person, Seat},
    refusal::Refusal,
    tools::{Around, Right, Tool, tables::Spot},
};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum ShareCommand {
    /// Members only while it is allowed; a leader takes the middle from whoever has it.
    Start,
    /// One's own; a leader's word ends anybody's.
    Stop,
    /// Whether members may share too.
    Allow { on: bool },
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum ShareEvent {
    Started { seat: Seat },
    Stopped { seat: Seat },
    Allowed { on: bool },
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ShareView {
    /// Whose screen is in the middle.
    pub seat: Option<Seat>,
    /// Whether this person may begin.
    pub may: bool,
    /// Leaders only: whether members may.
    pub members: Option<bool>,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Share {
    seat: Option<Seat>,
    members: bool,
}

impl Share {
    /// Whose picture is a screen just now: it is sent whether or not their camera is on.
    pub fn seat(&self) -> Option<Seat> {
        self.seat
    }

    fn may(&self, person: &Person) -> bool {
        person.leads() || self.members && person.takes_turns() && self.seat.is_none()
    }
}

impl Tool for Share {
    type Command = ShareCommand;
    type Event = ShareEvent;
    type View = ShareView;

    fn right(command: &ShareCommand) -> Right {
        match command {
            ShareCommand::Start | ShareCommand::Stop => Right::TurnTakers,
            ShareCommand::Allow { .. } => Right::Facilitators,
        }
    }

    fn decide(&self, by: &Person, command: &ShareCommand, around: Around<'_>) -> Result<Vec<ShareEvent>, Refusal> {
        let event = match command {
            ShareCommand::Start if self.seat == Some(by.seat) => return Err(Refusal::NotNow),
            ShareCommand::Start if !by.leads() && !self.members => return Err(Refusal::NotYours),
            // Somebody at a small table is seen at that table only.
            ShareCommand::Start if !self.may(by) || around.tables.spot(by.seat) != Spot::Circle => return Err(Refusal::NotNow),
            ShareCommand::Start => ShareEvent::Started { seat: by.seat },
            ShareCommand::Stop => match self.seat {
                Some(seat) if by.leads() || seat == by.seat => ShareEvent::Stopped { seat },
                _ => return Err(Refusal::NotNow),
            },
            ShareCommand::Allow { on } => ShareEvent::Allowed { on: *on },
        };
        Ok(vec![event])
    }

    fn apply(&mut self, event: &ShareEvent, _: At) {
        match *event {
            ShareEvent::Started { seat } => self.seat = Some(seat),
            ShareEvent::Stopped { .. } => self.seat = None,
            ShareEvent::Allowed { on } => self.members = on,
        }
    }

    /// A screen that nobody sends any more is no screen: whoever comes back begins again.
    fn follow(&self, event: &RoomEvent, _: Around<'_>) -> Vec<ShareEvent> {
        let gone = match event {
            RoomEvent::Left { seat } | RoomEvent::Removed { seat } | RoomEvent::SentBack { seat } | RoomEvent::Lost { seat } => Some(*seat),
            _ => None,
        };
        self.seat.filter(|seat| gone == Some(*seat)).map(|seat| ShareEvent::Stopped { seat }).into_iter().collect()
    }

    fn timeline(event: &ShareEvent) -> Option<&'static str> {
        matches!(event, ShareEvent::Started { .. }).then_some("timeline-share")
    }

    fn view_for(&self, viewer: &Person, around: Around<'_>) -> ShareView {
        let beside = |seat: &Seat| around.tables.spot(*seat) == around.tables.spot(viewer.seat);
        ShareView { seat: self.seat.filter(beside), may: self.may(viewer), members: viewer.leads().then_some(self.members) }
    }
}
