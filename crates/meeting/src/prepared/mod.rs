//! Tools laid ready in the phases of an agenda, of one session or of the group's programme, and the agenda as a sheet of paper.

mod pages;
mod place;
mod sheet;

use ground::{House, Routes, Rule, Stand};

const LEADERS: &[Stand] = &[Stand::Leader];
/// The office may prepare a programme, as it may change one.
const PLANNERS: &[Stand] = &[Stand::Leader, Stand::Office];

pub fn routes(house: &House) -> Routes {
    Routes::new(house)
        .get("/sessions/{session}/prepared/{phase}", Rule::Session(LEADERS), pages::of_session)
        .post("/sessions/{session}/prepared/{phase}", Rule::Session(LEADERS), pages::add_to_session)
        .post("/sessions/{session}/prepared/{phase}/order", Rule::Session(LEADERS), pages::order_session)
        .get("/groups/{group}/programme/{index}/prepared/{phase}", Rule::Group(PLANNERS), pages::of_week)
        .post("/groups/{group}/programme/{index}/prepared/{phase}", Rule::Group(PLANNERS), pages::add_to_week)
        .post("/groups/{group}/programme/{index}/prepared/{phase}/order", Rule::Group(PLANNERS), pages::order_week)
        .get("/sessions/{session}/sheet", Rule::Session(LEADERS), sheet::sheet)
}
