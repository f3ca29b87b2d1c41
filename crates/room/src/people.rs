use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::at::At;

/// A chair in the circle, 0 to 19. It is also the only name by which browsers know each other: no database id leaves the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[ts(type = "number")]
pub struct Seat(pub u8);

/// The most chairs a room can have: 15 members, leaders, an observer and an interpreter.
pub const SEATS: u8 = 20;

/// What a person is in this room. It comes from the server's own record and never changes during a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    Facilitator,
    Member,
    /// Staff who shadow: always visible, never silent tiles without a badge.
    Observer,
    Interpreter,
}

/// How a member wants to take part today; may change at any moment.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Stance {
    /// "Just listening today": never asked, never suggested.
    Listening,
    /// "Ask me": glad of an invitation.
    AskMe,
    /// "I'll come in when I'm ready."
    #[default]
    Open,
}

/// Where a person is. Everybody is in exactly one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    Door,
    Circle,
    Left,
}

/// What the facilitator needs when somebody drops out without a word. Facilitators only.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Card {
    /// Where the person said they are today, in their own words.
    pub location: String,
    pub callback: String,
    pub contact_name: String,
    pub contact_phone: String,
    pub alone: bool,
    /// Crisis lines that hold at that location, as "name: number".
    pub crisis_lines: Vec<String>,
}

/// Somebody who has passed the door page and waits to be let in (facilitators are let in at once).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guest {
    pub seat: Seat,
    /// The display name chosen for this group.
    pub name: String,
    pub part: Part,
    pub stance: Stance,
    pub card: Card,
    /// Who else sits at this camera; empty for nobody. Everybody reads it, so that nobody is there unseen.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub beside: String,
}

/// A person who has come to the door at least once today.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    pub seat: Seat,
    pub name: String,
    pub part: Part,
    pub stance: Stance,
    pub card: Card,
    pub beside: String,
    pub place: Place,
    pub arrived_at: At,
    /// Since when the person's socket is gone; `None` while it is there.
    pub lost_since: Option<At>,
    /// Set once the empty chair is shown instead of "reconnecting".
    pub away: bool,
    /// An unplanned drop stays open until the person is back or a facilitator has dealt with it.
    pub drop_open: bool,
    pub mic: bool,
    pub camera: bool,
}

impl Person {
    pub fn new(guest: Guest, at: At) -> Person {
        let Guest { seat, name, part, stance, card, beside } = guest;
        let place = if part == Part::Facilitator { Place::Circle } else { Place::Door };
        Person {
            seat,
            name,
            part,
            stance,
            card,
            beside,
            place,
            arrived_at: at,
            lost_since: None,
            away: false,
            drop_open: false,
            mic: false,
            camera: false,
        }
    }

    pub fn leads(&self) -> bool {
        self.part == Part::Facilitator
    }

    pub fn in_circle(&self) -> bool {
        self.place == Place::Circle
    }

    /// In the circle with a living connection.
    pub fn is_here(&self) -> bool {
        self.in_circle() && self.lost_since.is_none()
    }

    /// Takes turns and is counted in the voices; observers and interpreters are not.
    pub fn takes_turns(&self) -> bool {
        matches!(self.part, Part::Facilitator | Part::Member)
    }
}
