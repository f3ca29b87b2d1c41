use serde::{Deserialize, Serialize};

use crate::{
    agenda::Running,
    at::{At, Millis},
    people::{Guest, Seat, Stance},
    tools::{ToolEvent, Tools, board::BoardEvent},
};

/// Something that happened in the room. The list of these, in order, is the whole truth about a session.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "in", content = "event", rename_all = "snake_case")]
pub enum Event {
    Room(RoomEvent),
    Tool(ToolEvent),
}

impl Event {
    /// Whom the event is about or whose words it holds, if it is one person.
    pub fn about(&self) -> Option<Seat> {
        match self {
            Event::Room(event) => event.seat(),
            Event::Tool(event) => Tools::author(event),
        }
    }

    /// Whether it changes the room and is never put into its book.
    pub fn is_unwritten(&self) -> bool {
        matches!(self, Event::Tool(event) if Tools::unwritten(event))
    }
}

/// An event as it is stored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Stored {
    pub at: At,
    pub event: Event,
}

impl Stored {
    /// As a running room remembers it: what was drawn stands in the store and on the board, and not in memory once more.
    pub fn lean(&self) -> Stored {
        let event = match &self.event {
            Event::Tool(ToolEvent::Board(BoardEvent::Kept { board, seat, .. })) => {
                Event::Tool(ToolEvent::Board(BoardEvent::Kept { board: *board, seat: *seat, elements: Vec::new() }))
            }
            other => other.clone(),
        };
        Stored { at: self.at, event }
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum RoomEvent {
    Arrived {
        guest: Guest,
    },
    Admitted {
        seat: Seat,
    },
    SentBack {
        seat: Seat,
    },
    Removed {
        seat: Seat,
    },
    /// Said goodbye and went.
    Left {
        seat: Seat,
    },
    /// The socket is gone without a goodbye.
    Lost {
        seat: Seat,
    },
    /// Still gone after "reconnecting": the chair is empty, the facilitator's clock runs.
    WentAway {
        seat: Seat,
    },
    Returned {
        seat: Seat,
    },
    DropSettled {
        seat: Seat,
    },
    MicSet {
        seat: Seat,
        on: bool,
    },
    CameraSet {
        seat: Seat,
        on: bool,
    },
    /// A facilitator muted this person; only they can unmute.
    Muted {
        seat: Seat,
        by: Seat,
    },
    StanceSet {
        seat: Seat,
        stance: Stance,
    },
    Begun,
    PhaseStarted {
        running: Running,
    },
    PhaseExtended {
        running: Running,
    },
    Talked {
        phase: Option<u8>,
        lengths: Vec<(u8, Millis)>,
    },
    HelpAsked {
        seat: Seat,
    },
    HelpSettled {
        seat: Seat,
    },
    SuggestionDismissed {
        seat: Seat,
    },
    /// A member would rather not be watched. Its seat is for the seal and for the answer that is kept, not for any view.
    Objected {
        seat: Seat,
    },
    /// Who is kept apart from now on, when that was changed on a page. For no view.
    KeptApart {
        pairs: Vec<(Seat, Seat)>,
    },
    /// No facilitator has come, or none is left: the coordinator must know.
    LeaderMissing,
    Ended,
}
