//! Measures: what a group asks and when, answering on a phone, what came of it for the person and for whoever leads them.

mod answering;
mod chart;
mod importing;
mod library;
mod mine;
mod packs;
mod plan;
mod queries;
mod schedule;
mod staff;
mod taking;
mod warnings;

pub(crate) use chart::{Chart, chart};
pub(crate) use library::{askable, find as find_instrument};
pub use plan::plan;
pub use queries::{Asking, Kept, Schedule, ask, keep_past, keep_schedule, seal};
pub(crate) use queries::{Kept as Filled, Measure, leads, mine as one, sent, tells_change};

use ground::{House, Routes, Rule, Stand};

const LOOKS_AFTER: Rule = Rule::Group(&[Stand::Leader, Stand::Office]);

pub fn routes(house: &House) -> Routes {
    Routes::new(house)
        .get("/measures", Rule::SignedIn, mine::all)
        .get("/measures/open", Rule::SignedIn, mine::open)
        .get("/measures/{measure}", Rule::Own, answering::form)
        .post("/measures/{measure}", Rule::Own, answering::send)
        .post("/measures/{measure}/draft", Rule::Own, answering::draft)
        .get("/measures/{measure}/scale.osd", Rule::Own, taking::my_scale)
        .get("/measures/{measure}/answers.csv", Rule::Own, taking::my_answers)
        .get("/groups/{group}/measures", LOOKS_AFTER, schedule::form)
        .post("/groups/{group}/measures", LOOKS_AFTER, schedule::keep)
        .post("/groups/{group}/measures/exceptions", LOOKS_AFTER, schedule::except)
        .post("/groups/{group}/measures/asking", LOOKS_AFTER, schedule::ask)
        .get("/people/{person}/measures", Rule::Staff, staff::person)
        .get("/people/{person}/measures/{measure}", Rule::Staff, staff::answers)
        .get("/people/{person}/measures/{measure}/scale.osd", Rule::Staff, taking::scale_of)
        .get("/people/{person}/measures/{measure}/answers.csv", Rule::Staff, taking::answers_of)
        .post("/instruments/file", Rule::Staff, taking::of_library)
        .get("/instruments", Rule::Staff, importing::library)
        .get("/instruments/warnings", Rule::Administrator, warnings::form)
        .post("/instruments/warnings", Rule::Administrator, warnings::keep)
        .get("/instruments/packs", Rule::Administrator, packs::form)
        .post("/instruments/packs", Rule::Administrator, packs::keep)
        .get("/instruments/import", Rule::Office, importing::form)
        .post("/instruments/import", Rule::Office, importing::read)
}
