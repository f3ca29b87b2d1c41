//! Somebody did not come and had not said so: whoever leads asks how they are. Not a risk task: no clock, no alarm.

mod pages;
mod queries;

use ground::{House, Routes, Rule};

pub(crate) use queries::open_missing;

pub fn routes(house: &House) -> Routes {
    Routes::new(house).get("/outreach", Rule::Staff, pages::list).get("/outreach/open", Rule::Staff, pages::open).post(
        "/outreach/{task}/done",
        Rule::Staff,
        pages::done,
    )
}
