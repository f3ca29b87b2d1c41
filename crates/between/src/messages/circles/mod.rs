//! Circles: members of one group who write to each other, where their group allows it. No staff read in one.

mod pages;
pub mod queries;

use ground::{House, Routes, Rule, Stand};

pub fn routes(house: &House) -> Routes {
    Routes::new(house)
        .get("/groups/{group}/circles", Rule::Group(&[Stand::Leader, Stand::Member]), pages::all)
        .post("/groups/{group}/circles", Rule::Group(&[Stand::Member]), pages::begin)
        .post("/groups/{group}/outside-contact", Rule::Group(&[Stand::Leader]), pages::decide)
        .post("/circles/{circle}/answer", Rule::Own, pages::answer)
        .post("/circles/{circle}/asking", Rule::Own, pages::ask)
        .post("/circles/{circle}/leaving", Rule::Own, pages::leave)
        .post("/circles/{circle}/end", Rule::Own, pages::end)
}
