//! Between sessions: what a practice keeps to show, and soon messages, circles, strategies and the family.

mod letters;
mod materials;

use ground::{House, Routes};

pub use letters::{DUE as LETTER, due as letter_due};

pub fn routes(house: &House) -> Routes {
    materials::routes(house).merge(letters::routes(house))
}
