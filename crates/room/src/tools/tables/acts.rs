//! What may be asked of the tables, and what happens there.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::plan::How;
use crate::{at::At, people::Seat};

/// Where in the room somebody is. People share sound and pictures with those at the same spot.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(tag = "at", content = "of", rename_all = "snake_case")]
pub enum Spot {
    #[default]
    Circle,
    Table(u8),
    /// Apart with this leader.
    Aside(Seat),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum TablesCommand {
    /// Lays tables, one for each prompt (2 to 7; a prompt may be empty). Nobody moves yet.
    Lay {
        how: How,
        prompts: Vec<String>,
    },
    /// Before and during: this person sits at this table, or stays in the circle.
    Put {
        seat: Seat,
        table: Option<u8>,
    },
    /// A member chooses, where the leader lets them.
    Take {
        table: u8,
    },
    /// Everybody goes to their table at once, for 1 to 60 minutes.
    Send {
        minutes: u16,
    },
    /// Clears tables that are only laid, and what the last ones brought back.
    Clear,
    Extend {
        minutes: u16,
    },
    /// A line to all tables.
    Tell {
        text: String,
    },
    /// A leader goes to a table, announced there first; `None` is back to the circle.
    Visit {
        table: Option<u8>,
    },
    /// "Please come to our table."
    Call,
    /// A leader has seen the call and deals with it otherwise.
    Answer {
        table: u8,
    },
    /// What the table wants to bring back; all at the table write the same note.
    Note {
        text: String,
    },
    /// I would rather be in the circle. Nobody is kept at a table, nor apart.
    ComeBack,
    /// Back to the circle in 0 to 120 seconds.
    Close {
        seconds: u16,
    },
    /// One member apart with me.
    Aside {
        seat: Seat,
    },
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum TablesEvent {
    Laid {
        how: How,
        prompts: Vec<String>,
        places: Vec<(Seat, u8)>,
    },
    Put {
        seat: Seat,
        table: Option<u8>,
    },
    Sent {
        until: At,
        places: Vec<(Seat, u8)>,
    },
    Cleared,
    Until {
        until: At,
    },
    Told {
        text: String,
    },
    Coming {
        seat: Seat,
        table: u8,
        at: At,
    },
    Called {
        table: u8,
    },
    Answered {
        table: u8,
    },
    Noted {
        seat: Seat,
        table: u8,
        text: String,
    },
    Closed,
    WentAside {
        seat: Seat,
        with: Seat,
    },
    /// Back in the circle from wherever they were.
    CameBack {
        seat: Seat,
    },
}
