//! Setting a group up: its rhythm and its people. Booking by visitors will come to the same seats.

mod pages;
mod queries;

pub(crate) use pages::{GroupForm, make_with_leader, programme_titles, read};

use ground::{House, Routes, Rule, Stand};

pub fn routes(house: &House) -> Routes {
    Routes::new(house)
        .get("/groups/new", Rule::Office, pages::form)
        .post("/groups", Rule::Office, pages::make)
        .get("/groups/{group}/seats", Rule::Group(&[Stand::Office]), pages::seats)
        .post("/groups/{group}/seats", Rule::Group(&[Stand::Office]), pages::seat)
}
