//! Hearth on a telephone: put on the home screen, and pages that open without a connection.

mod pages;

use ground::{House, Routes, Rule};

pub fn routes(house: &House) -> Routes {
    Routes::new(house).get("/account/phone", Rule::SignedIn, pages::page).get("/manifest.webmanifest", Rule::Everyone, pages::manifest)
}
