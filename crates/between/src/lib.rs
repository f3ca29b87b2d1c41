//! Between sessions: what a practice keeps to show, and soon messages, circles, strategies and the family.

mod materials;

use ground::{House, Routes};

pub fn routes(house: &House) -> Routes {
    materials::routes(house)
}
