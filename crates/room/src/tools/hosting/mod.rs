//! Who hosts a check-in that members hold among themselves, the steps of its script, and the call for staff to come in.

use std::collections::{BTreeMap, BTreeSet};

use care::peer::{self, Hosting};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    at::{At, MINUTE, Millis},
    events::RoomEvent,
    people::{Part, Person, Place, Seat},
    refusal::Refusal,
    tools::{Around, Right, Tool},
};

/// What is known of it before anybody comes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hosted {
    /// In which order they host; whoever would rather not is not in it.
    pub line: Vec<Seat>,
    pub starts_at: At,
    pub minutes: u16,
    /// So many chairs there may be, those of staff who are called in among them.
    pub seats: u8,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum HostingCommand {
    /// The host goes on to a step of the script, or back to one.
    Step {
        index: u8,
    },
    HandOver {
        seat: Seat,
    },
    /// I would rather not host today.
    NotMe,
    /// Nobody hosts, and I do.
    Take,
    /// Somebody of the staff, please come in.
    BringStaff,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum HostingEvent {
    Hosts {
        seat: Seat,
    },
    /// Whoever said no hosts no more, and is not asked again.
    Declined {
        seat: Seat,
    },
    Stepped {
        index: u8,
    },
    StaffCalled {
        seat: Seat,
    },
    /// Somebody has waited alone, or is not alone any more.
    Alone {
        so: bool,
    },
    /// Staff asked this one to go out: they wait at the door from now on.
    Held {
        seat: Seat,
    },
}

/// Tools that are not there in a check-in, whoever is in it: what they leave behind is kept of sessions alone, and decks, films
/// and readings are shown to groups.
pub const WITHOUT: [&str; 8] = ["check_in", "journal", "closing", "markers", "board", "slides", "video", "reading"];

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct HostingView {
    pub host: Option<Seat>,
    /// Who hosts next if this one goes.
    pub next: Option<Seat>,
    /// The step of the script, from 0.
    pub step: u8,
    pub since: Option<At>,
    /// Minutes of each step.
    pub steps: Vec<u16>,
    pub ends_at: At,
    /// When somebody asked for staff; who it was, nobody is told.
    pub called_at: Option<At>,
    /// From when staff may be called again; nothing if they were not called, or while one of them is here.
    pub again_at: Option<At>,
    /// You have waited for ten minutes, and nobody else is here.
    pub alone: bool,
    /// You said that you would rather not host.
    pub declined: bool,
    /// Tools that nobody brings here.
    pub without: Vec<String>,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct HostingTool {
    host: Option<Seat>,
    declined: BTreeSet<Seat>,
    held: BTreeSet<Seat>,
    step: u8,
    since: Option<At>,
    called_at: Option<At>,
    alone: bool,
}

impl HostingTool {
    pub fn host(&self) -> Option<Seat> {
        self.host
    }

    pub fn is_held(&self, seat: Seat) -> bool {
        self.held.contains(&seat)
    }

    /// A no on a page is as good as one in the room. Whoever hosts took it on themselves, and says it here.
    pub(crate) fn hear_unwilling<'a>(&'a self, unwilling: &'a [Seat], hosted: bool) -> impl Iterator<Item = HostingEvent> + 'a {
        let fresh = move |seat: &&Seat| hosted && self.host != Some(**seat) && !self.declined.contains(seat);
        unwilling.iter().filter(fresh).map(|seat| HostingEvent::Declined { seat: *seat })
    }

    fn next(&self, hosted: &Hosted, around: Around<'_>) -> Option<Seat> {
        let host = self.host.map(|who| Hosting { who, away: away(who, around) });
        let declined: Vec<Seat> = self.declined.iter().copied().collect();
        peer::takes_over(&hosted.line, &here(around), &declined, host, around.now - hosted.starts_at)
    }

    /// Who would be next, whenever that is.
    fn after(&self, hosted: &Hosted, around: Around<'_>) -> Option<Seat> {
        let here = here(around);
        hosted.line.iter().copied().find(|one| Some(*one) != self.host && here.contains(one) && !self.declined.contains(one))
    }

    fn hand_over(&self, to: Seat, around: Around<'_>) -> Result<HostingEvent, Refusal> {
        if self.host == Some(to) || self.declined.contains(&to) {
            return Err(Refusal::NotNow);
        }
        if here(around).contains(&to) { Ok(HostingEvent::Hosts { seat: to }) } else { Err(Refusal::NobodyThere) }
    }

    /// Whoever hosts leaves it to the next at once.
    fn not_me(&self, by: &Person, hosted: &Hosted, around: Around<'_>) -> Result<Vec<HostingEvent>, Refusal> {
        if by.part != Part::Member || self.declined.contains(&by.seat) {
            return Err(Refusal::NotNow);
        }
        let next = (self.host == Some(by.seat)).then(|| self.after(hosted, around)).flatten();
        Ok(std::iter::once(HostingEvent::Declined { seat: by.seat }).chain(next.map(|seat| HostingEvent::Hosts { seat })).collect())
    }

    fn may_call(&self, around: Around<'_>) -> bool {
        self.called_at.is_none() || self.again_at(around).is_some_and(|from| around.now >= from)
    }

    fn again_at(&self, around: Around<'_>) -> Option<At> {
        peer::callable_from(self.called_at?.0, staff_are_here(around.people)).map(At)
    }

    fn is_alone(&self, hosted: &Hosted, around: Around<'_>) -> bool {
        // Whoever is only reconnecting is still there.
        let there = around.people.values().filter(|p| p.in_circle() && !p.away).count();
        there == 1 && around.now - hosted.starts_at >= peer::ALONE
    }
}

/// Whoever only reconnects still leads.
pub(crate) fn staff_are_here(people: &BTreeMap<Seat, Person>) -> bool {
    people.values().any(|p| p.leads() && p.in_circle() && !p.away)
}

/// Members who are here and could host.
fn here(around: Around<'_>) -> Vec<Seat> {
    around.people.values().filter(|p| p.is_here() && p.part == Part::Member).map(|p| p.seat).collect()
}

/// How long this one is away; nothing while they are here.
fn away(seat: Seat, around: Around<'_>) -> Option<Millis> {
    match around.people.get(&seat) {
        Some(Person { place: Place::Circle, lost_since, .. }) => lost_since.map(|since| around.now - since),
        // Said goodbye: nobody waits for them.
        _ => Some(Millis::MAX),
    }
}

impl Tool for HostingTool {
    type Command = HostingCommand;
    type Event = HostingEvent;
    type View = Option<HostingView>;

    fn right(command: &HostingCommand) -> Right {
        match command {
            HostingCommand::Step { .. } | HostingCommand::HandOver { .. } => Right::Host,
            HostingCommand::NotMe | HostingCommand::Take | HostingCommand::BringStaff => Right::TurnTakers,
        }
    }

    fn decide(&self, by: &Person, command: &HostingCommand, around: Around<'_>) -> Result<Vec<HostingEvent>, Refusal> {
        let hosted = around.hosted.ok_or(Refusal::NotNow)?;
        let event = match *command {
            HostingCommand::Step { index } if usize::from(index) >= peer::SCRIPT.len() => return Err(Refusal::OutOfRange),
            HostingCommand::Step { index } if index == self.step && self.since.is_some() => return Err(Refusal::NotNow),
            HostingCommand::Step { index } => HostingEvent::Stepped { index },
            HostingCommand::HandOver { seat } => self.hand_over(seat, around)?,
            HostingCommand::NotMe => return self.not_me(by, hosted, around),
            HostingCommand::Take if self.host.is_some() || by.part != Part::Member => return Err(Refusal::NotNow),
            HostingCommand::Take => HostingEvent::Hosts { seat: by.seat },
            // Once is heard, for a while; and staff who are inside need no call.
            HostingCommand::BringStaff if !self.may_call(around) || by.part != Part::Member => return Err(Refusal::NotNow),
            HostingCommand::BringStaff => HostingEvent::StaffCalled { seat: by.seat },
        };
        Ok(vec![event])
    }

    fn author(event: &HostingEvent) -> Option<Seat> {
        match event {
            HostingEvent::StaffCalled { seat } | HostingEvent::Declined { seat } => Some(*seat),
            _ => None,
        }
    }

    fn apply(&mut self, event: &HostingEvent, at: At) {
        match *event {
            HostingEvent::Hosts { seat } => {
                self.declined.remove(&seat);
                self.host = Some(seat);
            }
            HostingEvent::Declined { seat } => {
                self.declined.insert(seat);
                self.host = self.host.filter(|host| *host != seat);
            }
            HostingEvent::Stepped { index } => {
                self.step = index;
                self.since = Some(at);
            }
            HostingEvent::StaffCalled { .. } => self.called_at = Some(at),
            HostingEvent::Alone { so } => self.alone = so,
            HostingEvent::Held { seat } => {
                self.held.insert(seat);
            }
        }
    }

    fn follow(&self, event: &RoomEvent, around: Around<'_>) -> Vec<HostingEvent> {
        match event {
            // Where nobody leads nobody could let them in again, and whoever the house sent out reads why at the door.
            RoomEvent::Removed { seat } if around.hosted.is_some() && staff_are_here(around.people) => {
                vec![HostingEvent::Held { seat: *seat }]
            }
            _ => Vec::new(),
        }
    }

    fn tick(&self, around: Around<'_>) -> Vec<HostingEvent> {
        let Some(hosted) = around.hosted else { return Vec::new() };
        let next = self.next(hosted, around).map(|seat| HostingEvent::Hosts { seat });
        let alone = self.is_alone(hosted, around);
        next.into_iter().chain((alone != self.alone).then_some(HostingEvent::Alone { so: alone })).collect()
    }

    fn view_for(&self, viewer: &Person, around: Around<'_>) -> Option<HostingView> {
        let hosted = around.hosted?;
        Some(HostingView {
            host: self.host,
            next: self.after(hosted, around),
            step: self.step,
            since: self.since,
            steps: peer::minutes_of(hosted.minutes).to_vec(),
            ends_at: hosted.starts_at + i64::from(hosted.minutes) * MINUTE,
            called_at: self.called_at,
            again_at: self.again_at(around),
            alone: self.alone,
            declined: self.declined.contains(&viewer.seat),
            without: WITHOUT.map(str::to_owned).to_vec(),
        })
    }
}
