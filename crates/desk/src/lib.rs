//! The desk: what the practice says of itself, and what it asks its people to sign. Audit, export and staff matters will live here.

mod documents;
mod practice;

use ground::{House, Routes};

pub fn routes(house: &House) -> Routes {
    practice::routes(house).merge(documents::routes(house))
}
