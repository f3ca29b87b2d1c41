//! The live room as a machine: time and input go in, events and views come out.
//!
//! No sockets, no media, no database, no clock. What a person may not see is not in their [`View`].

mod agenda;
mod at;
mod commands;
mod decide;
mod events;
mod hosted;
pub mod limits;
mod people;
mod prepared;
mod refusal;
mod room;
mod talk_time;
pub mod tools;
mod view;
pub mod wire;

pub use agenda::{Agenda, Phase, PhaseKind, Running};
pub use at::{At, MINUTE, Millis, SECOND};
pub use commands::{Command, RoomCommand};
pub use events::{Event, RoomEvent, Stored};
pub use people::{Card, Guest, Part, Person, Place, SEATS, Seat, Stance};
pub use refusal::Refusal;
pub use room::{Expected, Hearing, HouseNews, Input, Opening, Room};
pub use talk_time::{TalkTime, Voice};
pub use view::{Chair, Drop, Help, LeadView, Presence, Suggestion, View, Waiting, You};
