//! Suggested groups: computed from the people who wait, decided on by a coordinator.

mod pages;
mod queries;
mod solver;

use ground::{House, Routes, Rule};
/// Public for `cargo xtask bench`: how long the search takes, and how good what it finds is.
pub use solver::{Plan, best};

pub fn routes(house: &House) -> Routes {
    Routes::new(house).get("/applicants/suggestions", Rule::Office, pages::all).post(
        "/applicants/suggestions",
        Rule::Office,
        pages::form_group,
    )
}
