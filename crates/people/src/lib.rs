//! Accounts: the way in, the way out, one's devices, language and signatures.

mod account;
mod documents;
mod links;
mod phone;
mod reminders;
mod roster;
mod sign_in;
mod start;
mod supporters;

use ground::{House, Routes};

pub use links::invite_administrator;
pub use supporters::{Agreed, agreed};

pub fn routes(house: &House) -> Routes {
    start::routes(house)
        .merge(sign_in::routes(house))
        .merge(links::routes(house))
        .merge(account::routes(house))
        .merge(reminders::routes(house))
        .merge(roster::routes(house))
        .merge(documents::routes(house))
        .merge(supporters::routes(house))
        .merge(phone::routes(house))
}
