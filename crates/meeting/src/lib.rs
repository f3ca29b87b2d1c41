//! Meeting: today, the door, the live room, and what stays after a session.

mod after;
mod assets;
mod before;
mod door;
mod live;
mod room_page;
mod schedule;
mod today;

use axum::Extension;
use ground::{House, Routes};

pub use live::{Meeting, Relays, RoomLink};
pub use schedule::plan_ahead;

pub fn routes(house: &House, meeting: &Meeting) -> Routes {
    today::routes(house)
        .merge(before::routes(house))
        .merge(door::routes(house))
        .merge(live::routes(house))
        .merge(room_page::routes(house))
        .merge(after::routes(house))
        .merge(assets::routes(house))
        .layer(Extension(meeting.clone()))
}
