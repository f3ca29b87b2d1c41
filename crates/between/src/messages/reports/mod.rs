//! Reporting a message, which becomes a concern with a clock, and not reading somebody any more, which they never learn.

mod pages;
pub mod queries;

use ground::{House, Routes, Rule};

pub fn routes(house: &House) -> Routes {
    Routes::new(house)
        .get("/channels/{channel}/{message}/report", Rule::Own, pages::form)
        .post("/channels/{channel}/{message}/report", Rule::Own, pages::report)
        .post("/channels/{channel}/{message}/block", Rule::Own, pages::block)
        .post("/messages/blocked/{person}/removal", Rule::Own, pages::unblock)
        // They who lead, the office, and whoever looks after the concern.
        .get("/reports/{report}", Rule::Own, pages::one)
        .get("/reports/{report}/file", Rule::Own, pages::file)
}
