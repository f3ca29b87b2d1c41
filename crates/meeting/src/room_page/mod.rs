//! The page that carries the live room, and the goodbye page after it.

mod pages;

use ground::{House, Routes, Rule, Stand};

const EVERYBODY: &[Stand] = &[Stand::Leader, Stand::Member, Stand::Guest];

pub(crate) use pages::door_words;

pub fn routes(house: &House) -> Routes {
    Routes::new(house).get("/sessions/{session}/room", Rule::Room(EVERYBODY), pages::room).get(
        "/sessions/{session}/goodbye",
        Rule::Room(EVERYBODY),
        pages::goodbye,
    )
}
