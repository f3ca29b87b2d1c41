//! Members who were there before Hearth: a list is read, shown as what would happen, and only then done.

mod list;
mod pages;
mod queries;

use ground::{House, Routes, Rule};

pub fn routes(house: &House) -> Routes {
    Routes::new(house).get("/import", Rule::Office, pages::form).post("/import/preview", Rule::Office, pages::preview).post(
        "/import",
        Rule::Office,
        pages::carry_out,
    )
}
