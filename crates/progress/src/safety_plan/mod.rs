//! The safety plan: six steps in one's own words, in versions, one tap away, kept on the phone by whoever wants that.

mod pages;
mod queries;

use ground::{House, Routes, Rule, Stand};

pub fn routes(house: &House) -> Routes {
    Routes::new(house)
        .get("/safety-plan", Rule::SignedIn, pages::mine)
        .get("/safety-plan/edit", Rule::SignedIn, pages::edit)
        .post("/safety-plan", Rule::SignedIn, pages::keep)
        .get("/safety-plan/versions/{version}", Rule::Own, pages::version)
        .get("/groups/{group}/safety-plans/{person}", Rule::Group(&[Stand::Leader]), pages::of_member)
        .get("/groups/{group}/safety-plans/{person}/edit", Rule::Group(&[Stand::Leader]), pages::edit_of_member)
        .post("/groups/{group}/safety-plans/{person}", Rule::Group(&[Stand::Leader]), pages::keep_of_member)
        .get("/offline", Rule::Everyone, pages::offline)
}
