//! The practice's homework shelf: what staff keep to give again, what ships, and how both are taken from there.

mod form;
mod pages;
mod queries;

use care::homework::shelf::{Entry, Template};
use ground::{Fault, House, Routes, Rule, Stand};

pub use queries::{New, add, all};

/// Whoever gives homework, or sees to what is given.
const CREW: Rule = Rule::Crew;

pub fn routes(house: &House) -> Routes {
    Routes::new(house)
        .get("/homework-shelf", CREW, pages::all)
        .post("/homework-shelf", CREW, form::add)
        .get("/homework-shelf/new", CREW, form::new)
        .get("/homework-shelf/{template}", CREW, form::one)
        .post("/homework-shelf/{template}", CREW, form::change)
        .post("/homework-shelf/{template}/place", CREW, pages::place)
        .get("/groups/{group}/homework/{homework}/shelf", Rule::Group(&[Stand::Leader]), form::of_given)
        // What the room offers to its leaders in the closing.
        .get("/sessions/{session}/homework-shelf", Rule::Session(&[Stand::Leader]), pages::offered)
}

/// The same for a form that makes a new one. Sent again it would find its own title taken: that is no trouble, it is kept.
pub async fn trouble_of_new(house: &House, template: &Template, shelf: &[Entry], once: &str) -> Result<Option<&'static str>, Fault> {
    match trouble(template, shelf, None) {
        Some(_) if queries::has_come(house, once).await? => Ok(None),
        other => Ok(other),
    }
}

/// The one that an address names, whether or not it is put away.
pub fn find<'a>(shelf: &'a [Entry], key: &str) -> Option<&'a Entry> {
    shelf.iter().find(|entry| entry.key.to_string() == key)
}

/// Why this template cannot be kept beside the others. The key of a sentence.
pub fn trouble(template: &Template, shelf: &[Entry], but: Option<&Entry>) -> Option<&'static str> {
    if let Err(misfit) = template.check() {
        return Some(misfit.key());
    }
    if care::homework::shelf::is_taken(&template.title, &template.language, shelf, but.map(|entry| &entry.key)) {
        return Some("homework-shelf-taken");
    }
    let own = shelf.iter().filter(|entry| entry.is_own()).count();
    (but.is_none_or(|entry| !entry.is_own()) && own >= care::homework::shelf::MOST).then_some("homework-shelf-full")
}
