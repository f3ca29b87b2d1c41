//! Outcomes: my picture, how a group is doing and what it needs tonight, the practice's figure, and one person's record for another clinic.

mod compute;
mod fhir;
mod group;
mod history;
mod line;
mod picture;
mod practice;
mod queries;

use ground::{House, Routes, Rule, Stand};

pub use compute::compute;
pub use fhir::fhir;

const LEADERS: Rule = Rule::Group(&[Stand::Leader]);

pub fn routes(house: &House) -> Routes {
    Routes::new(house)
        .get("/my-picture", Rule::SignedIn, picture::page)
        .get("/my-picture/fhir.json", Rule::SignedIn, fhir::mine)
        .get("/people/{person}/fhir.json", Rule::Staff, fhir::of_person)
        .get("/groups/{group}/outcomes", LEADERS, group::page)
        .get("/groups/{group}/outcomes/tonight", LEADERS, group::tonight)
        .get("/practice/outcomes", Rule::Office, practice::page)
        .post("/practice/outcomes", Rule::Office, practice::show)
        .get("/practice/outcomes.csv", Rule::Office, practice::csv)
}
