use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    people::{Seat, Stance},
    tools::{Right, ToolCommand, Tools},
};

/// Everything a person in the room can ask for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(untagged)]
pub enum Command {
    Room(RoomCommand),
    Tool(ToolCommand),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum RoomCommand {
    Mic {
        on: bool,
    },
    Camera {
        on: bool,
    },
    SetStance {
        stance: Stance,
    },
    /// "I need help": reaches the facilitators and nobody else.
    Help,
    /// "I would rather not be watched": whoever watches is out for today. Who asked, nobody is told.
    Object,
    Leave,
    Admit {
        seat: Seat,
    },
    AdmitAll,
    /// Back to the waiting room.
    SendBack {
        seat: Seat,
    },
    /// Out; only the door leads in again.
    Remove {
        seat: Seat,
    },
    /// Facilitators mute; they never unmute.
    Mute {
        seat: Seat,
    },
    MuteAll,
    Begin,
    /// Starts, skips to or goes back to a phase.
    Phase {
        index: u8,
    },
    Extend {
        minutes: u16,
    },
    /// Opens what was laid ready in a phase, whether or not that phase runs.
    OpenPrepared {
        phase: u8,
        tool: u8,
    },
    SettleDrop {
        seat: Seat,
    },
    SettleHelp {
        seat: Seat,
    },
    DismissSuggestion {
        seat: Seat,
    },
    End,
}

impl Command {
    /// The policy row of every socket command. Exhaustive on purpose: a new command does not compile without one.
    pub fn right(&self) -> Right {
        match self {
            Command::Tool(command) => Tools::right(command),
            Command::Room(command) => match command {
                RoomCommand::Camera { .. } | RoomCommand::Help | RoomCommand::Leave => Right::Circle,
                // An interpreter speaks, an observer is in the roster and stays silent: decide() tells them apart.
                RoomCommand::Mic { .. } => Right::Circle,
                RoomCommand::SetStance { .. } | RoomCommand::Object => Right::TurnTakers,
                RoomCommand::Admit { .. }
                | RoomCommand::AdmitAll
                | RoomCommand::SendBack { .. }
                | RoomCommand::Remove { .. }
                | RoomCommand::Mute { .. }
                | RoomCommand::MuteAll
                | RoomCommand::Begin
                | RoomCommand::Phase { .. }
                | RoomCommand::Extend { .. }
                | RoomCommand::OpenPrepared { .. }
                | RoomCommand::SettleDrop { .. }
                | RoomCommand::SettleHelp { .. }
                | RoomCommand::DismissSuggestion { .. }
                | RoomCommand::End => Right::Facilitators,
            },
        }
    }
}
