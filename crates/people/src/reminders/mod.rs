//! How I want to be reminded, and what people write back to a text.

mod answers;
mod pages;

use ground::{House, Routes, Rule, texts};

pub fn routes(house: &House) -> Routes {
    Routes::new(house)
        .get("/account/reminders", Rule::SignedIn, pages::form)
        .post("/account/reminders", Rule::SignedIn, pages::keep)
        .post(texts::STATUS, Rule::Everyone, answers::status)
        .post(texts::INCOMING, Rule::Everyone, answers::incoming)
}
