//! What may be asked of a whiteboard, and what happens on it.

use care::boards::BoardTemplate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::element::Element;
use crate::people::Seat;

/// Who may draw; leaders always may.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "may", content = "seats", rename_all = "snake_case")]
pub enum Drawers {
    #[default]
    Everybody,
    Leaders,
    Named(Vec<Seat>),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum BoardCommand {
    /// An empty board, or one with a printed sheet on it.
    Open {
        template: Option<BoardTemplate>,
        who: Drawers,
        /// Whether names stand at the cursors.
        names: bool,
    },
    /// One for the table at which one sits. Everybody there draws on it.
    OpenHere {
        template: Option<BoardTemplate>,
    },
    /// One at every table that has none.
    OpenAtTables {
        template: Option<BoardTemplate>,
    },
    /// What somebody drew, moved or took away since the last time, on the board with this number.
    Draw {
        board: u32,
        elements: Vec<Element>,
    },
    Let {
        who: Drawers,
    },
    Names {
        on: bool,
    },
    /// Takes away what people drew; what is printed stays.
    Clear,
    /// Lays back what was cleared last.
    LayBack,
    Close,
}

/// Books from before there were boards at tables do not say which board is meant: then it is the one that was opened last.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum BoardEvent {
    /// The sheet as it was printed that evening, and the lot by which cursors without names are numbered.
    Opened {
        template: Option<BoardTemplate>,
        who: Drawers,
        names: bool,
        luck: u64,
        elements: Vec<Element>,
        /// The table it lies at; none is the circle.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        table: Option<u8>,
    },
    /// Seen by everybody at once and never written: it becomes `Kept` when it rests.
    #[serde(skip)]
    Drawn { board: u32, seat: Seat, elements: Vec<Element> },
    /// What lies there now, of one person or of nobody.
    Kept {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        board: Option<u32>,
        seat: Option<Seat>,
        elements: Vec<Element>,
    },
    Lets {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        board: Option<u32>,
        who: Drawers,
    },
    Named {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        board: Option<u32>,
        on: bool,
    },
    Cleared {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        board: Option<u32>,
    },
    LaidBack {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        board: Option<u32>,
    },
    Closed {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        board: Option<u32>,
    },
}

impl BoardEvent {
    /// Which board it happened to; none in old books.
    pub(super) fn board(&self) -> Option<u32> {
        match self {
            BoardEvent::Opened { .. } => None,
            BoardEvent::Drawn { board, .. } => Some(*board),
            BoardEvent::Kept { board, .. }
            | BoardEvent::Lets { board, .. }
            | BoardEvent::Named { board, .. }
            | BoardEvent::Cleared { board }
            | BoardEvent::LaidBack { board }
            | BoardEvent::Closed { board } => *board,
        }
    }
}
