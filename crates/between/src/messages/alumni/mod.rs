//! A place of those who finished a group, if the practice wants one: one channel, led by staff, entered by one's own wish under a name of one's own.

mod pages;
mod practice;
pub mod queries;

use ground::{House, Routes, Rule};

pub fn routes(house: &House) -> Routes {
    Routes::new(house)
        .get("/alumni", Rule::Own, pages::place)
        .post("/alumni/joining", Rule::Own, pages::join)
        .post("/alumni/leaving", Rule::Own, pages::leave)
        .post("/alumni/{person}/removal", Rule::Own, pages::remove)
        .post("/alumni/{person}/return", Rule::Own, pages::allow)
        .get("/practice/alumni", Rule::Administrator, practice::form)
        .post("/practice/alumni", Rule::Administrator, practice::keep)
}
