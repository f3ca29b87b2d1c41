//! "I need help" and a report of concern, from any page. The crisis lines stand above everything else.

mod pages;

use ground::{House, Routes, Rule};

pub fn routes(house: &House) -> Routes {
    Routes::new(house).get("/help", Rule::SignedIn, pages::help).post("/help", Rule::SignedIn, pages::ask)
}
