//! Pictures that other programs show beside a link to us (C10). Only what the public pages say: no person, no seat, nothing that moves.

mod draw;
mod pages;

use ground::{House, Routes, Rule};

pub fn routes(house: &House) -> Routes {
    Routes::new(house).get("/share/{picture}", Rule::Everyone, pages::picture).layer(axum::Extension(pages::Drawn::default()))
}
