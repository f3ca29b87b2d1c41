//! Meeting: today, the calendar, the door, the live room, and what stays after a session.

mod absence;
mod after;
mod apart;
mod appointments;
mod assets;
mod availability;
mod before;
mod calendar;
mod door;
mod family;
mod feed;
mod live;
mod outreach;
mod peer;
mod prepared;
mod programme;
mod readings;
mod room_page;
mod schedule;
mod today;
mod watching;

use axum::Extension;
use ground::{House, Routes};

pub use family::news as family_news;
pub use live::{Meeting, Relays, RoomLink};
pub use peer::{close as close_peer, news as peer_news, planned as peer_planned};
pub use schedule::{plan_ahead, put_in_order};

pub fn routes(house: &House, meeting: &Meeting) -> Routes {
    today::routes(house)
        .merge(before::routes(house))
        .merge(door::routes(house))
        .merge(live::routes(house))
        .merge(room_page::routes(house))
        .merge(after::routes(house))
        .merge(assets::routes(house))
        .merge(schedule::routes(house))
        .merge(programme::routes(house))
        .merge(prepared::routes(house))
        .merge(readings::routes(house))
        .merge(calendar::routes(house))
        .merge(absence::routes(house))
        .merge(apart::routes(house))
        .merge(outreach::routes(house))
        .merge(watching::routes(house))
        .merge(appointments::routes(house))
        .merge(family::routes(house))
        .merge(peer::routes(house))
        .merge(availability::routes(house))
        .merge(feed::routes(house))
        .layer(Extension(meeting.clone()))
}
