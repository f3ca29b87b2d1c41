//! Weekly notes: staff write one, keep it until its hour comes, and everybody or the members read it. The public ones are a feed, too, and the
//! Monday mail tells of them.

mod pages;
mod queries;
mod writing;

use ground::{Deed, Fault, House, Moment, Routes, Rule, random_token, series::Note};

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

/// A note that somebody of the staff wrote on an earlier day.
pub async fn written(house: &House, by: i64, note: Note, at: Moment) -> Result<(), Fault> {
    let about = format!("series/{}", note.id);
    let tx = house.db.write().await?;
    queries::add(&tx, note, by, &random_token(), at).await?;
    tx.commit(Deed::new(by, "series.add", about)).await
}
