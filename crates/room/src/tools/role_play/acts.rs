//! What people can ask of a scene, and what happens to it.

use care::scenes::{Scene, ScenePart};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    at::{At, Millis},
    people::Seat,
};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum RolePlayCommand {
    /// A card of the house.
    Pick {
        card: String,
    },
    /// A scene that a leader has just written.
    Lay(SceneWritten),
    /// A leader gives a part, or takes it back.
    Assign {
        part: u8,
        seat: Option<Seat>,
    },
    /// I take a free part, or give mine back.
    Take {
        part: Option<u8>,
    },
    Play {
        minutes: u16,
    },
    /// The stop word.
    Stop,
    GoOn,
    Finish,
    /// How hard this is for me, 0 to 10: before the scene, and after it.
    Rate {
        level: u8,
    },
    /// Of those who watched: what worked, and one wish.
    Tell {
        worked: String,
        wish: String,
    },
    /// Once more, with the same parts or each one further.
    Again {
        swap: bool,
    },
    PutAway,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct SceneWritten {
    pub title: String,
    pub setting: String,
    pub parts: Vec<ScenePart>,
    pub watch: String,
    pub stop: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum RolePlayEvent {
    /// With all its words, so that a card that is rewritten later changes no evening of the past.
    Laid {
        scene: Scene,
    },
    Cast {
        part: u8,
        seat: Option<Seat>,
    },
    Playing {
        until: At,
    },
    /// Nobody said the word if a player went away.
    Stopped {
        seat: Option<Seat>,
        left: Millis,
    },
    Finished,
    Rated {
        seat: Seat,
        after: bool,
        level: u8,
    },
    Told {
        seat: Seat,
        worked: String,
        wish: String,
    },
    Again {
        cast: Vec<(u8, Seat)>,
    },
    PutAway,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PlayStage {
    /// Parts are given and taken.
    Laid,
    Playing,
    /// Somebody said the stop word, or a player went.
    Paused,
    /// What the watchers saw.
    Feedback,
}
