//! Joining: groups as their people see them. Finding and booking will live here.

mod groups;

use ground::{House, Routes};

pub fn routes(house: &House) -> Routes {
    groups::routes(house)
}
