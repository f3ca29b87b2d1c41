//! Accounts: the way in, the way out, one's devices and language.

mod account;
mod links;
mod roster;
mod sign_in;
mod start;

use ground::{House, Routes};

pub use links::invite_administrator;

pub fn routes(house: &House) -> Routes {
    start::routes(house)
        .merge(sign_in::routes(house))
        .merge(links::routes(house))
        .merge(account::routes(house))
        .merge(roster::routes(house))
}
