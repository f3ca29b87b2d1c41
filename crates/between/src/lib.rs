//! Between sessions: what a practice keeps to show, messages, and soon circles, strategies and the family.

mod letters;
mod materials;
mod messages;

use ground::{House, Routes};

pub use letters::{DUE as LETTER, due as letter_due};

pub fn routes(house: &House) -> Routes {
    materials::routes(house).merge(letters::routes(house)).merge(messages::routes(house))
}
