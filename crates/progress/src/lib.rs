//! Progress: homework and risk tasks. Goals and measures will live here.

mod help;
mod homework;
mod risk;

use ground::{House, Routes};

pub use homework::give as give_homework;
pub use risk::{ESCALATION, escalate, open as open_risk};

pub fn routes(house: &House) -> Routes {
    homework::routes(house).merge(risk::routes(house)).merge(help::routes(house))
}
