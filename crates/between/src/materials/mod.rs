//! Decks and films of the practice: kept once, prepared in agendas, shown in the circle, found again in the recap.

mod pages;
mod queries;
mod taking;

use ground::{Fault, House, Me, Routes, Rule};

/// The name of a deck or a film for somebody who may open it, and where they find it.
pub async fn named(house: &House, me: &Me, id: i64) -> Result<Option<(String, String)>, Fault> {
    let Some(material) = pages::seen_by(house, me, id).await? else { return Ok(None) };
    let end = if me.role.is_crew() { "" } else { "/file" };
    Ok(Some((material.title, format!("/materials/{id}{end}"))))
}

pub fn routes(house: &House) -> Routes {
    Routes::new(house)
        .get("/materials", Rule::Crew, pages::all)
        .post("/materials", Rule::Crew, pages::add)
        .get("/materials/shelf", Rule::Crew, pages::shelf)
        .get("/materials/{material}", Rule::Crew, pages::one)
        .post("/materials/{material}", Rule::Crew, pages::keep)
        .post("/materials/{material}/captions", Rule::Crew, pages::keep_captions)
        .post("/materials/{material}/place", Rule::Crew, pages::place)
        .post("/materials/{material}/removal", Rule::Crew, pages::remove)
        // They, and whoever is in a group that was shown it.
        .get("/materials/{material}/file", Rule::Own, pages::file)
        .get("/materials/{material}/captions", Rule::Own, pages::captions)
}
