//! When somebody can, week by week on their own clock. Only suggestions for other times read it.

mod pages;
mod queries;

use ground::{House, Routes, Rule};

pub fn routes(house: &House) -> Routes {
    Routes::new(house)
        .get("/account/availability", Rule::SignedIn, pages::page)
        .post("/account/availability", Rule::SignedIn, pages::add)
        .post("/account/availability/removal", Rule::SignedIn, pages::remove)
}
