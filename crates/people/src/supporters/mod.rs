//! Who supports a member (P8): invited by the member, to what the member opens, until either of them ends it.

mod pages;
mod queries;

use ground::{House, Routes, Rule};

pub fn routes(house: &House) -> Routes {
    Routes::new(house)
        .get("/supporters", Rule::Own, pages::page)
        .post("/supporters", Rule::Own, pages::invite)
        .post("/supporters/note", Rule::Own, pages::note)
        .post("/supporters/{tie}/scope", Rule::Own, pages::scope)
        .post("/supporters/{tie}/answer", Rule::Own, pages::answer)
        .post("/supporters/{tie}/end", Rule::Own, pages::end)
}
