//! Consent of a parent or guardian, who has no account: asked for by mail, given or declined by its link, and withdrawn by the same link.
//! The rule is `care::guardian`; that nobody sits down without it stands in `seats::sit`, where every way to a seat ends.

mod asking;
mod pages;
mod queries;
mod reminder;

use ground::{House, Routes, Rule, Stand};

pub(crate) use asking::{Asked, Typed, ask, read};
#[cfg(test)]
pub(crate) use queries::{Guardian, Signed};
pub(crate) use queries::{Standing, link_ends, looked_after_by, of, of_all, says_minor};
pub use reminder::{KIND, letter};

pub fn routes(house: &House) -> Routes {
    Routes::new(house)
        .get("/guardian/{token}", Rule::Everyone, pages::link)
        .post("/guardian/{token}", Rule::Everyone, pages::answer)
        .post("/applications/{application}/guardian", Rule::Own, pages::ask_again)
        .post("/groups/{group}/applicants/{application}/of-age", Rule::Group(&[Stand::Leader, Stand::Office]), pages::of_age)
}
