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

/// What people wrote before today, for a practice that opens lived in (the demo): the rows and the keys of the forms. No page comes by here.
pub mod lived {
    pub use crate::{
        letters::written as letter,
        messages::lived::{
            Begun, Placed, Said, channel_of_group, channel_of_member, circle, react, read, say, small_answer, small_question,
        },
        series::written as note,
        strategies::lived::{By, answer, helped, moment, question, tried},
    };
}

pub fn routes(house: &House) -> Routes {
    let kept = materials::routes(house).merge(library::routes(house)).merge(series::routes(house));
    kept.merge(inbox::routes(house)).merge(letters::routes(house)).merge(messages::routes(house)).merge(strategies::routes(house))
}
