//! My data: everything that is kept of somebody, as a page and as a file for them alone; the wish to have it deleted; what the law says about
//! when; destruction with a list of what was destroyed.

mod deletion;
mod export;
mod pages;
mod queries;
pub mod register;

use ground::{House, Routes, Rule};

pub fn routes(house: &House) -> Routes {
    Routes::new(house)
        .get("/account/data", Rule::SignedIn, pages::page)
        .get("/account/data.json", Rule::SignedIn, pages::file)
        .post("/account/deletion", Rule::SignedIn, pages::ask)
        .post("/account/deletion/withdrawal", Rule::SignedIn, pages::take_back)
        .get("/deletions", Rule::Office, deletion::all)
        .get("/deletions/{request}", Rule::Office, deletion::one)
        .post("/deletions/{request}", Rule::Office, deletion::decide)
        .post("/deletions/{request}/hold", Rule::Administrator, deletion::hold)
}
