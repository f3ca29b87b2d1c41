//! The public catalogue: which groups there are, for whoever looks for one tonight. A group is in it when the office shows it.

mod listing;
mod pages;
mod queries;
mod shelf;
mod structured;

pub(crate) use pages::{Card, ZONES, cards, city, open_in, seats_words};
pub(crate) use queries::{Listed, shown, shown_one};

use ground::{House, Routes, Rule, Stand};

pub fn routes(house: &House) -> Routes {
    Routes::new(house)
        .get("/find", Rule::Everyone, pages::all)
        .get("/find/{group}", Rule::Everyone, pages::one)
        .get("/find.json", Rule::Everyone, structured::feed)
        .get("/sitemap.xml", Rule::Everyone, structured::sitemap)
        .get("/robots.txt", Rule::Everyone, structured::robots)
        .get("/groups/{group}/listing", Rule::Group(&[Stand::Office]), listing::form)
        .post("/groups/{group}/listing", Rule::Group(&[Stand::Office]), listing::keep)
        .layer(axum::Extension(shelf::Shelf::default()))
}
