//! What anybody may read before they know us: how a group works, who leads, how to reach us, and a small listing for other sites.

mod pages;
mod profile;
mod queries;
mod therapists;

use ground::{House, Routes, Rule};

pub fn routes(house: &House) -> Routes {
    Routes::new(house)
        .get("/how-it-works", Rule::Everyone, pages::how)
        .get("/contact", Rule::Everyone, pages::contact)
        .get("/therapists", Rule::Everyone, therapists::all)
        .get("/embed", Rule::Everyone, pages::embed)
        .get("/find/open", Rule::Everyone, pages::open)
        .get("/account/profile", Rule::Staff, profile::form)
        .post("/account/profile", Rule::Staff, profile::keep)
}
