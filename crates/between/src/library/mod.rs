//! The library: articles and worksheets to read, print and take along, those of the practice among them (B5, S7).

mod own;
mod pages;
mod words;

use care::{homework::shelf, library::Article};
use ground::{Fault, House, Routes, Rule, Stand, library};

pub fn routes(house: &House) -> Routes {
    Routes::new(house)
        // Everybody, the family too: what each may read is asked of every item.
        .get("/library", Rule::SignedIn, pages::all)
        .post("/library", Rule::Crew, own::add)
        .get("/library/new", Rule::Crew, own::new)
        .get("/library/{item}", Rule::Own, pages::one)
        .get("/library/{item}/words", Rule::Own, words::words)
        .get("/sessions/{session}/library-shelf", Rule::Session(&[Stand::Leader]), words::shelf)
        .get("/library/{item}/edit", Rule::Crew, own::edit)
        .post("/library/{item}/edit", Rule::Crew, own::change)
        .post("/library/{item}/removal", Rule::Crew, own::remove)
        .post("/library/{item}/place", Rule::Crew, pages::place)
}

/// Whether the library has something of this word, or the practice has already written it.
async fn is_taken(house: &House, slug: &str) -> Result<bool, Fault> {
    let articles = library::all_articles(&house.db).await?;
    let has = |article: &Article| article.slug == slug;
    let ships = shelf::shipped()?.iter().any(|sheet| sheet.slug == slug);
    Ok(ships || articles.iter().any(has) || library::is_remembered(&house.db, slug).await?)
}
