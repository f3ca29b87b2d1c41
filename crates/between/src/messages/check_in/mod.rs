//! The small question between sessions: asked on certain weekdays, answered in two taps, read by leaders before the session.

mod pages;
pub mod queries;

use ground::{House, Routes, Rule, Stand};

pub use pages::{Today, today};

pub fn routes(house: &House) -> Routes {
    Routes::new(house)
        .get("/groups/{group}/check-ins", Rule::Group(&[Stand::Leader]), pages::of_group)
        .post("/groups/{group}/check-ins", Rule::Group(&[Stand::Leader]), pages::plan)
        .get("/groups/{group}/check-ins/open", Rule::Group(&[Stand::Leader]), pages::open)
        .get("/groups/{group}/check-in", Rule::Group(&[Stand::Member]), pages::mine)
        .post("/groups/{group}/check-in", Rule::Group(&[Stand::Member]), pages::answer)
}
