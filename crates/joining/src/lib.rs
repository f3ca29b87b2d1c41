//! Joining: groups, the seats in them, and where their leaders may practise. Finding and booking will live here.

mod forming;
mod groups;
mod licences;

use ground::{House, Routes};

pub fn routes(house: &House) -> Routes {
    groups::routes(house).merge(forming::routes(house)).merge(licences::routes(house))
}
