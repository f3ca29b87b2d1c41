//! Everybody who has an account, for the office, and inviting somebody new.

mod pages;
mod queries;

use ground::{House, Routes, Rule};

pub fn routes(house: &House) -> Routes {
    Routes::new(house).get("/people", Rule::Office, pages::all).post("/people", Rule::Office, pages::invite)
}
