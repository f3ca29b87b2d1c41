//! What the practice asks its people to sign: drafts, versions, what changes from one to the next, and who has signed.

mod pages;

use ground::{House, Routes, Rule};

pub fn routes(house: &House) -> Routes {
    Routes::new(house)
        .get("/practice/documents", Rule::Administrator, pages::all)
        .get("/practice/documents/{document}", Rule::Administrator, pages::one)
        .post("/practice/documents/{document}", Rule::Administrator, pages::keep)
}
