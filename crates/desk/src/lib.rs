//! The desk: what the practice says of itself. Audit, export and staff matters will live here.

mod practice;

use ground::{House, Routes};

pub fn routes(house: &House) -> Routes {
    practice::routes(house)
}
