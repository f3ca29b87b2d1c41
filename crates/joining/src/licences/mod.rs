//! The credential register: where each leader may practise, from when to when, seen by whom and where.

mod pages;
mod queries;

use ground::{House, Routes, Rule};

pub fn routes(house: &House) -> Routes {
    Routes::new(house).get("/licences", Rule::Office, pages::all).post("/licences", Rule::Office, pages::add)
}
