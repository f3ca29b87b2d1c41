//! Between sessions: what a practice keeps to show and to read, messages and circles, what members know from trying, letters to oneself.

mod inbox;
mod letters;
mod library;
mod materials;
mod messages;
mod parts;
mod pictures;
mod series;
mod strategies;

use ground::{House, Routes};

pub use letters::{DUE as LETTER, due as letter_due};

pub fn routes(house: &House) -> Routes {
    let kept = materials::routes(house).merge(library::routes(house)).merge(series::routes(house));
    kept.merge(inbox::routes(house)).merge(letters::routes(house)).merge(messages::routes(house)).merge(strategies::routes(house))
}
