//! Joining: the public catalogue, groups, the seats in them, and where their leaders may practise. Booking will live here.

mod catalogue;
mod forming;
mod groups;
mod licences;

use ground::{House, Routes};

pub fn routes(house: &House) -> Routes {
    groups::routes(house).merge(catalogue::routes(house)).merge(forming::routes(house)).merge(licences::routes(house))
}
