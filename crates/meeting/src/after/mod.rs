//! After a session: the recap for members, their journal, the record, the notes.

mod board;
mod journal;
mod notes;
mod notes_queries;
mod queries;
mod recap;
mod record;

use ground::{House, Routes, Rule, Stand};

pub(crate) use board::title as board_title;

const LEADERS: &[Stand] = &[Stand::Leader];
const CIRCLE: &[Stand] = &[Stand::Leader, Stand::Member];

pub fn routes(house: &House) -> Routes {
    Routes::new(house)
        .get("/journal", Rule::SignedIn, journal::journal)
        .get("/sessions/{session}/recap", Rule::Session(CIRCLE), recap::recap)
        .get("/sessions/{session}/record", Rule::Session(LEADERS), record::record)
        .post("/sessions/{session}/attendance/{person}", Rule::Session(LEADERS), record::correct)
        .get("/sessions/{session}/notes/{about}", Rule::Session(LEADERS), notes::note)
        .post("/sessions/{session}/notes/{about}", Rule::Session(LEADERS), notes::keep)
        .post("/sessions/{session}/notes/{about}/addenda", Rule::Session(LEADERS), notes::add)
        .get("/sessions/{session}/process-note", Rule::Session(LEADERS), notes::process_note)
        .post("/sessions/{session}/process-note", Rule::Session(LEADERS), notes::keep_process_note)
}
