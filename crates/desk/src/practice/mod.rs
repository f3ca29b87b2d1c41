//! Name, phone and zone of the practice.

mod pages;
mod queries;

use ground::{House, Routes, Rule};

pub fn routes(house: &House) -> Routes {
    Routes::new(house).get("/practice", Rule::Administrator, pages::form).post("/practice", Rule::Administrator, pages::keep)
}
