//! Name, phone and zone of the practice, what it says of itself in public, its topics, and its crisis lines.

mod crisis;
mod pages;
mod public;
mod queries;
mod topics;

use ground::{House, Routes, Rule};

pub fn routes(house: &House) -> Routes {
    Routes::new(house)
        .get("/practice", Rule::Administrator, pages::form)
        .post("/practice", Rule::Administrator, pages::keep)
        .get("/practice/public", Rule::Administrator, public::form)
        .post("/practice/public", Rule::Administrator, public::keep)
        .get("/practice/topics", Rule::Administrator, topics::form)
        .post("/practice/topics", Rule::Administrator, topics::keep)
        .get("/practice/crisis", Rule::Administrator, crisis::form)
        .post("/practice/crisis", Rule::Administrator, crisis::choose)
        .post("/practice/crisis/{country}", Rule::Administrator, crisis::keep)
        .post("/practice/crisis/{country}/restoration", Rule::Administrator, crisis::restore)
}
