//! What the library has for a week (B5): chosen in its agenda, read before the session, found again by the week of the programme.

mod pages;
mod queries;
mod shelf;

use ground::{House, Routes, Rule, Stand};

pub(crate) use shelf::Shelf;

const LEADERS: &[Stand] = &[Stand::Leader];

pub fn routes(house: &House) -> Routes {
    Routes::new(house)
        // Everybody has it; each finds what their own groups had.
        .get("/library/weeks", Rule::SignedIn, pages::weeks)
        .post("/groups/{group}/readings", Rule::Group(LEADERS), pages::add)
}
