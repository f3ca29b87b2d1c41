//! The composition of a group (E8), how it takes people in (P4), and its start.

mod pages;
mod queries;

use ground::{House, Routes, Rule, Stand};

const LOOKS_AFTER: Rule = Rule::Group(&[Stand::Leader, Stand::Office]);

pub fn routes(house: &House) -> Routes {
    Routes::new(house)
        .get("/groups/{group}/composition", LOOKS_AFTER, pages::composition)
        .post("/groups/{group}/start", Rule::Group(&[Stand::Office]), pages::start)
        .post("/groups/{group}/admission", Rule::Group(&[Stand::Office]), pages::admission)
}
