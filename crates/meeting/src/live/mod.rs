//! The live rooms: one task per room owns its machine; sockets and the media engine talk to it.

mod delta;
mod drawing;
mod effects;
mod house_news;
mod pulse;
mod queries;
mod relays;
mod rooms;
mod sockets;
mod streams;
mod talk;
mod task;
mod tickets;

use ground::{Fault, House, Routes, Rule, Stand};

pub(crate) use queries::{StoredAnswer, mark_ended, part, replay, seat};
pub use relays::Relays;
pub use rooms::{Meeting, RoomLink};

const EVERYBODY: &[Stand] = &[Stand::Leader, Stand::Member, Stand::Guest];

pub fn routes(house: &House) -> Routes {
    Routes::new(house)
        .post("/sessions/{session}/door/ticket", Rule::Room(EVERYBODY), sockets::ticket)
        .get("/sessions/{session}/door/socket", Rule::Room(EVERYBODY), sockets::door)
        .post("/sessions/{session}/door/probe", Rule::Room(EVERYBODY), sockets::probe)
        .post("/sessions/{session}/room/ticket", Rule::Room(EVERYBODY), sockets::ticket)
        .get("/sessions/{session}/room/socket", Rule::Room(EVERYBODY), sockets::room)
}

/// Tells the session's room that somebody has passed the door page. False when the session has ended.
pub(crate) async fn ask_arrived(meeting: &Meeting, session: i64, guest: room::Guest, person: i64) -> Result<bool, Fault> {
    // A room that breaks in this very moment is another one when it is asked for again.
    for _ in 0..2 {
        let Some(link) = meeting.room(session).await? else { return Ok(false) };
        if link.tell(task::Ask::Arrived { guest: guest.clone(), person }).await {
            break;
        }
    }
    Ok(true)
}
