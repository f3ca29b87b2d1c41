//! Weekly notes: staff write one, keep it until its hour comes, and everybody or the members read it. The public ones are a feed, too, and the
//! Monday mail tells of them.

mod pages;
mod queries;
mod writing;

use ground::{House, Routes, Rule};

pub fn routes(house: &House) -> Routes {
    Routes::new(house)
        // Public ones for everybody; what is for members the query gives to members and staff alone.
        .get("/notes", Rule::Everyone, pages::all)
        .get("/notes.atom", Rule::Everyone, pages::feed)
        .get("/notes/{note}", Rule::Everyone, pages::one)
        .get("/notes-series", Rule::Crew, writing::all)
        .post("/notes-series", Rule::Crew, writing::add)
        .get("/notes-series/new", Rule::Crew, writing::new)
        .get("/notes-series/{note}", Rule::Crew, writing::edit)
        .post("/notes-series/{note}", Rule::Crew, writing::change)
        .post("/notes-series/{note}/removal", Rule::Crew, writing::remove)
}
