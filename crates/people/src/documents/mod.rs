//! What one has signed, and what is still to be read and signed.

mod pages;

use ground::{House, Routes, Rule};

pub fn routes(house: &House) -> Routes {
    Routes::new(house)
        .get("/documents", Rule::SignedIn, pages::all)
        .get("/documents/open", Rule::SignedIn, pages::open)
        .get("/documents/{document}", Rule::SignedIn, pages::one)
        .post("/documents/{document}", Rule::SignedIn, pages::sign)
}
