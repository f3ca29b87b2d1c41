//! A secret address from which a person's own calendar program reads when they are expected. Neutral words, nobody else in it.

mod ics;
mod pages;
mod queries;
mod series;
mod zones;

use ground::{House, Routes, Rule};

pub fn routes(house: &House) -> Routes {
    Routes::new(house)
        .get("/feeds/{token}", Rule::Everyone, pages::feed)
        .get("/account/calendar", Rule::SignedIn, pages::page)
        .post("/account/calendar", Rule::SignedIn, pages::make)
        .post("/account/calendar/removal", Rule::SignedIn, pages::revoke)
}
