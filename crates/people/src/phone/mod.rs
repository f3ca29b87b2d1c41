//! Hearth on a telephone: put on the home screen, pages that open without a connection, and the worker behind them, which also shows that something waits.

mod pages;

use ground::{House, Routes, Rule};

pub fn routes(house: &House) -> Routes {
    Routes::new(house).get("/account/phone", Rule::SignedIn, pages::page).get("/manifest.webmanifest", Rule::Everyone, pages::manifest).get(
        "/sw.js",
        Rule::Everyone,
        pages::worker,
    )
}
