//! The live rooms: one task per room owns its machine; sockets and the media engine talk to it.

mod delta;
mod effects;
mod queries;
mod relays;
mod rooms;
mod sockets;
mod streams;
mod task;
mod tickets;

use ground::{House, Routes, Rule, Stand};

pub(crate) use queries::{StoredAnswer, part, replay, seat};
pub use relays::Relays;
pub use rooms::{Meeting, RoomLink};

const EVERYBODY: &[Stand] = &[Stand::Leader, Stand::Member, Stand::Guest];

pub fn routes(house: &House) -> Routes {
    Routes::new(house)
        .post("/sessions/{session}/door/ticket", Rule::Session(EVERYBODY), sockets::ticket)
        .get("/sessions/{session}/door/socket", Rule::Session(EVERYBODY), sockets::door)
        .post("/sessions/{session}/door/probe", Rule::Session(EVERYBODY), sockets::probe)
        .post("/sessions/{session}/room/ticket", Rule::Session(EVERYBODY), sockets::ticket)
        .get("/sessions/{session}/room/socket", Rule::Session(EVERYBODY), sockets::room)
}

/// Tells the room that somebody has passed the door page.
pub(crate) async fn ask_arrived(link: &RoomLink, guest: room::Guest, person: i64) {
    // A room that has just ended takes nobody in; the next page says so.
    let _ = link.asks.send(task::Ask::Arrived { guest, person }).await;
}
