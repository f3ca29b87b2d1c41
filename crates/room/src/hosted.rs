//! A check-in without staff: who belongs comes straight in, a member hosts, and it begins and ends by the clock.

use crate::{
    at::{At, MINUTE},
    commands::{Command, RoomCommand},
    events::RoomEvent,
    limits,
    people::{Guest, Part, Person, Place, Seat},
    refusal::Refusal,
    room::Room,
    tools::{ToolCommand, go_round::GoRoundCommand, hosting::staff_are_here},
};

impl Room {
    /// Whether a member hosts today, and this is the one.
    pub(crate) fn hosts(&self, seat: Seat) -> bool {
        self.opening.hosted.is_some() && self.tools.hosting.host() == Some(seat)
    }

    /// Without staff nobody could let anybody in. Whoever staff asked to go out waits as long as they are here; two who are kept apart do not
    /// meet.
    pub(crate) fn comes_straight_in(&self, guest: &Guest) -> Result<Option<RoomEvent>, Refusal> {
        let waits = || self.tools.hosting.is_held(guest.seat) && staff_are_here(&self.people);
        if self.opening.hosted.is_none() || guest.part != Part::Member || waits() {
            return Ok(None);
        }
        if self.meets_apart(guest.seat) {
            return Err(Refusal::KeptApart);
        }
        Ok(Some(RoomEvent::Admitted { seat: guest.seat }))
    }

    /// Staff have gone, and somebody still waits for them at the door: one after the other comes in, so that two who are kept apart do not.
    pub(crate) fn let_in_by_nobody(&self) -> Option<RoomEvent> {
        if self.opening.hosted.is_none() || staff_are_here(&self.people) {
            return None;
        }
        let waits = |p: &&Person| p.part == Part::Member && !self.meets_apart(p.seat);
        self.waiting().find(waits).map(|p| RoomEvent::Admitted { seat: p.seat })
    }

    fn meets_apart(&self, seat: Seat) -> bool {
        let inside = |other: Seat| self.people.get(&other).is_some_and(Person::in_circle);
        self.apart().iter().any(|(one, other)| *one == seat && inside(*other) || *other == seat && inside(*one))
    }

    /// Begun when two are here, ended at its time with a little more, or when everybody has said goodbye.
    pub(crate) fn hosted_tick(&self, now: At) -> Option<RoomEvent> {
        let hosted = self.opening.hosted.as_ref()?;
        let (begun, inside) = (self.agenda.begun_at.is_some(), self.people.values().any(|p| p.place == Place::Circle));
        if now - hosted.starts_at >= i64::from(hosted.minutes) * MINUTE + limits::HOSTED_EXTRA || begun && !inside {
            return Some(RoomEvent::Ended);
        }
        let here = self.people.values().filter(|p| p.is_here()).count();
        (!begun && here >= 2 && now >= hosted.starts_at).then_some(RoomEvent::Begun)
    }
}

impl Command {
    /// What of a facilitator's a host may do, and nothing else: quiet the room, give everybody a turn, end it. Exhaustive for the same reason
    /// as `right`; of the tools a host has the go-round alone.
    pub fn is_for_hosts(&self) -> bool {
        match self {
            Command::Tool(ToolCommand::GoRound(command)) => match command {
                GoRoundCommand::Open { .. } | GoRoundCommand::AddTime { .. } | GoRoundCommand::Skip | GoRoundCommand::Close => true,
                GoRoundCommand::OpenListening { .. }
                | GoRoundCommand::OpenFeedback { .. }
                | GoRoundCommand::Done
                | GoRoundCommand::Pass
                | GoRoundCommand::ComeBackToMe
                | GoRoundCommand::JoinIn
                | GoRoundCommand::Heard { .. }
                | GoRoundCommand::NotMe
                | GoRoundCommand::Thank => false,
            },
            Command::Tool(_) => false,
            Command::Room(command) => match command {
                RoomCommand::MuteAll | RoomCommand::End => true,
                RoomCommand::Mic { .. }
                | RoomCommand::Camera { .. }
                | RoomCommand::SetStance { .. }
                | RoomCommand::Help
                | RoomCommand::Object
                | RoomCommand::Leave
                | RoomCommand::Admit { .. }
                | RoomCommand::AdmitAll
                | RoomCommand::SendBack { .. }
                | RoomCommand::Remove { .. }
                | RoomCommand::Mute { .. }
                | RoomCommand::Begin
                | RoomCommand::Phase { .. }
                | RoomCommand::Extend { .. }
                | RoomCommand::OpenPrepared { .. }
                | RoomCommand::SettleDrop { .. }
                | RoomCommand::SettleHelp { .. }
                | RoomCommand::DismissSuggestion { .. } => false,
            },
        }
    }
}
