//! The inbox: everything that waits for somebody, in one place, each with the page on which it is looked after.

mod pages;
mod queries;

use ground::{House, Routes, Rule};

pub fn routes(house: &House) -> Routes {
    Routes::new(house).get("/inbox", Rule::SignedIn, pages::page)
}
