//! The messages of the two sockets. A door socket cannot carry a room message: it is another type.

use serde::{Deserialize, Deserializer, Serialize};
use ts_rs::TS;

use crate::{at::At, commands::Command, people::Seat, refusal::Refusal, tools::board::Element, view::View};

/// The longest message a browser may send, in bytes. An offer with 20 seats is by far the largest.
pub const MESSAGE_BYTES: usize = 256 * 1024;

/// From a browser in the circle.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum ToRoom {
    /// First message. The ticket is fetched by POST, works once and for 30 s. `since` is the last sequence number seen, to resume.
    Hello {
        ticket: String,
        since: Option<u32>,
        /// The last change of the whiteboard that was seen, to be told what came after it.
        #[serde(default)]
        drawn: Option<Drawn>,
    },
    /// `id` comes back in the answer, which is sent only after the change is stored.
    Do {
        id: u32,
        command: Command,
    },
    React {
        kind: Reaction,
    },
    /// Where one's cursor is on the whiteboard. Not stored; the first to be dropped.
    Point {
        x: f32,
        y: f32,
    },
    /// SDP offer: first on admission, again to restart ICE on the same connection.
    Offer {
        sdp: String,
    },
    /// How large the tiles are now; hidden ones are paused.
    Want {
        wants: Vec<Want>,
    },
    Ping {
        nonce: u32,
    },
}

/// To a browser in the circle.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum FromRoom {
    /// The whole picture; `seats` says how many pairs of media slots to offer.
    View {
        seq: u32,
        now: At,
        seats: u8,
        #[serde(deserialize_with = "through_value")]
        view: Box<View>,
    },
    /// RFC 7396 merge patch on the view.
    Patch {
        seq: u32,
        now: At,
        #[ts(type = "unknown")]
        patch: serde_json::Value,
    },
    /// What changed on the open whiteboard after the change that this browser has seen; with `whole`, everything that lies there. It has
    /// a count of its own beside the view's: whoever is slow is told less often, and each time everything since the last.
    Drawn {
        to: Drawn,
        whole: bool,
        elements: Vec<Element>,
        gone: Vec<(String, u32)>,
    },
    /// Somebody's cursor on the whiteboard; without a seat where names are off.
    Pointed {
        number: u8,
        seat: Option<Seat>,
        x: f32,
        y: f32,
    },
    Done {
        id: u32,
    },
    Refused {
        id: u32,
        refusal: Refusal,
    },
    Answer {
        sdp: String,
    },
    /// The media engine did not understand the offer.
    NoMedia,
    /// Five times a second at most, dropped first under pressure: who is speaking now.
    Speech {
        speaking: Vec<Seat>,
    },
    Reacted {
        seat: Seat,
        kind: Reaction,
    },
    Pong {
        nonce: u32,
        now: At,
    },
    /// The last message on this socket.
    Bye {
        farewell: Farewell,
    },
}

/// Seats are keys of objects here, and serde cannot read number keys inside a tagged message directly.
fn through_value<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Box<View>, D::Error> {
    serde_json::from_value(serde_json::Value::deserialize(deserializer)?).map_err(serde::de::Error::custom)
}

/// A state of the whiteboard: which board, and the number of its last change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Drawn {
    pub board: u32,
    pub revision: u32,
}

/// Quiet reactions. Not stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Reaction {
    Heart,
    Thanks,
    MeToo,
    Strength,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Want {
    pub seat: Seat,
    pub layer: Layer,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Layer {
    Off,
    Low,
    Middle,
    High,
}

/// Why a socket of the room was closed by the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Farewell {
    Left,
    Removed,
    /// Back to the waiting room.
    SentBack,
    /// The same person came in from another tab or device.
    Replaced,
    Ended,
    /// The sign-in is over.
    SignedOut,
    /// This person is not in the circle, or the ticket was not good: go through the door.
    ToDoor,
    /// More messages than anybody needs.
    TooFast,
}

/// To a browser at the door. It carries neither names nor counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum FromDoor {
    Waiting,
    /// Nobody has come to lead yet; the practice knows.
    LeaderLate,
    Admitted,
    /// Not today; the practice will be in touch.
    Declined,
    Ended,
}

/// From a browser at the door.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum ToDoor {
    Hello { ticket: String },
    Ping,
}
