//! A gentle invitation, seen by the one who is invited and by the leaders: "Would you like to say something?" with "yes" and "not now".
//! Whoever is just listening today is never asked.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    at::At,
    events::RoomEvent,
    people::{Part, Person, Seat, Stance},
    refusal::Refusal,
    tools::{Around, Right, Tool},
};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum InviteCommand {
    Ask {
        seat: Seat,
    },
    /// A leader has read the answer, or takes the question back.
    PutAway {
        seat: Seat,
    },
    Answer {
        yes: bool,
    },
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum InviteEvent {
    Asked { seat: Seat, by: Seat },
    PutAway { seat: Seat },
    Answered { seat: Seat, yes: bool },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Invited {
    pub seat: Seat,
    pub by: Seat,
    pub at: At,
    pub yes: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct InviteView {
    /// The question to me that I have not answered.
    pub mine: Option<Invited>,
    /// Leaders only.
    pub asked: Option<Vec<Invited>>,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Invite {
    asked: BTreeMap<Seat, Invited>,
}

impl Invite {
    fn ask(&self, by: Seat, seat: Seat, around: Around<'_>) -> Result<InviteEvent, Refusal> {
        let person = around.people.get(&seat).filter(|p| p.is_here()).ok_or(Refusal::NobodyThere)?;
        match person {
            Person { part, .. } if *part != Part::Member => Err(Refusal::NotNow),
            Person { stance: Stance::Listening, .. } => Err(Refusal::JustListening),
            _ if self.asked.get(&seat).is_some_and(|one| one.yes.is_none()) => Err(Refusal::NotNow),
            _ => Ok(InviteEvent::Asked { seat, by }),
        }
    }
}

impl Tool for Invite {
    type Command = InviteCommand;
    type Event = InviteEvent;
    type View = InviteView;

    fn right(command: &InviteCommand) -> Right {
        match command {
            InviteCommand::Ask { .. } | InviteCommand::PutAway { .. } => Right::Facilitators,
            InviteCommand::Answer { .. } => Right::TurnTakers,
        }
    }

    fn decide(&self, by: &Person, command: &InviteCommand, around: Around<'_>) -> Result<Vec<InviteEvent>, Refusal> {
        let open = |seat: Seat| self.asked.get(&seat).is_some_and(|one| one.yes.is_none());
        let event = match *command {
            InviteCommand::Ask { seat } => self.ask(by.seat, seat, around)?,
            InviteCommand::PutAway { seat } if self.asked.contains_key(&seat) => InviteEvent::PutAway { seat },
            InviteCommand::Answer { yes } if open(by.seat) => InviteEvent::Answered { seat: by.seat, yes },
            InviteCommand::PutAway { .. } | InviteCommand::Answer { .. } => return Err(Refusal::NotNow),
        };
        Ok(vec![event])
    }

    /// Who was asked and what they said is theirs.
    fn author(event: &InviteEvent) -> Option<Seat> {
        let (InviteEvent::Asked { seat, .. } | InviteEvent::PutAway { seat } | InviteEvent::Answered { seat, .. }) = event;
        Some(*seat)
    }

    fn apply(&mut self, event: &InviteEvent, at: At) {
        match *event {
            InviteEvent::Asked { seat, by } => {
                self.asked.insert(seat, Invited { seat, by, at, yes: None });
            }
            InviteEvent::PutAway { seat } => {
                self.asked.remove(&seat);
            }
            InviteEvent::Answered { seat, yes } => {
                if let Some(one) = self.asked.get_mut(&seat) {
                    one.yes = Some(yes);
                }
            }
        }
    }

    /// Nobody stays asked who has gone, or who says that today they only listen.
    fn follow(&self, event: &RoomEvent, _: Around<'_>) -> Vec<InviteEvent> {
        match event {
            RoomEvent::Left { seat }
            | RoomEvent::Removed { seat }
            | RoomEvent::SentBack { seat }
            | RoomEvent::StanceSet { seat, stance: Stance::Listening }
                if self.asked.contains_key(seat) =>
            {
                vec![InviteEvent::PutAway { seat: *seat }]
            }
            _ => Vec::new(),
        }
    }

    fn view_for(&self, viewer: &Person, _: Around<'_>) -> InviteView {
        let mine = self.asked.get(&viewer.seat).filter(|one| one.yes.is_none()).copied();
        InviteView { mine, asked: viewer.leads().then(|| self.asked.values().copied().collect()) }
    }
}
