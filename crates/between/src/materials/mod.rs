//! Decks and films of the practice: kept once, prepared in agendas, shown in the circle, found again in the recap.

mod pages;
mod queries;
mod taking;

use ground::{House, Routes, Rule};

pub fn routes(house: &House) -> Routes {
    Routes::new(house)
        .get("/materials", Rule::Staff, pages::all)
        .post("/materials", Rule::Staff, pages::add)
        .get("/materials/shelf", Rule::Staff, pages::shelf)
        .get("/materials/{material}", Rule::Staff, pages::one)
        .post("/materials/{material}", Rule::Staff, pages::keep)
        .post("/materials/{material}/captions", Rule::Staff, pages::keep_captions)
        .post("/materials/{material}/place", Rule::Staff, pages::place)
        .post("/materials/{material}/removal", Rule::Staff, pages::remove)
        // Staff, and whoever is in a group that was shown it.
        .get("/materials/{material}/file", Rule::Own, pages::file)
        .get("/materials/{material}/captions", Rule::Own, pages::captions)
}
