//! Name, phone and zone of the practice, and what it says of itself in public.

mod pages;
mod public;
mod queries;

use ground::{House, Routes, Rule};

pub fn routes(house: &House) -> Routes {
    Routes::new(house)
        .get("/practice", Rule::Administrator, pages::form)
        .post("/practice", Rule::Administrator, pages::keep)
        .get("/practice/public", Rule::Administrator, public::form)
        .post("/practice/public", Rule::Administrator, public::keep)
}
