//! The door: device check, where are you today, ground rules, how I take part; then the waiting room.

mod pages;
mod queries;
mod shut;

use ground::{House, Routes, Rule, Stand};

const EVERYBODY: &[Stand] = &[Stand::Leader, Stand::Member, Stand::Guest];

pub fn routes(house: &House) -> Routes {
    Routes::new(house)
        .get("/sessions/{session}/door", Rule::Room(EVERYBODY), pages::door)
        .post("/sessions/{session}/door", Rule::Room(EVERYBODY), pages::pass)
        .get("/sessions/{session}/waiting", Rule::Room(EVERYBODY), pages::waiting)
}

/// The address of the door's script.
pub fn script() -> String {
    crate::assets::address("door.js")
}
