//! Today: the first page after signing in.

mod pages;
mod queries;

use ground::{House, Routes, Rule};

pub(crate) use queries::STILL_ON;

pub fn routes(house: &House) -> Routes {
    Routes::new(house).get("/today", Rule::SignedIn, pages::today)
}
