//! Pairs of a group who are never to sit at the same small table (L7). Leaders set it, the room keeps it, and neither of the two learns of it.

mod pages;
mod queries;

use ground::{House, Routes, Rule, Stand};

pub(crate) use queries::seats;

const LEADERS: &[Stand] = &[Stand::Leader];

pub fn routes(house: &House) -> Routes {
    Routes::new(house)
        .get("/groups/{group}/apart", Rule::Group(LEADERS), pages::page)
        .post("/groups/{group}/apart", Rule::Group(LEADERS), pages::add)
        .post("/groups/{group}/apart/removal", Rule::Group(LEADERS), pages::remove)
}
