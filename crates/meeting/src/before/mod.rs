//! "Before you start": what this group needs tonight, on one page, and the agenda to adapt.

mod pages;
mod queries;

use ground::{House, Routes, Rule, Stand};

pub(crate) use pages::{read as read_agenda, rows};
pub(crate) use queries::keep_changed;

const LEADERS: &[Stand] = &[Stand::Leader];

pub fn routes(house: &House) -> Routes {
    Routes::new(house).get("/sessions/{session}/before", Rule::Session(LEADERS), pages::before).post(
        "/sessions/{session}/agenda",
        Rule::Session(LEADERS),
        pages::agenda,
    )
}
