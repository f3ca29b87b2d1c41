//! Progress: goals, homework and risk tasks.

mod goals;
mod help;
mod homework;
mod risk;

use ground::{House, Routes};

pub use homework::give as give_homework;
pub use risk::{ESCALATION, escalate, open as open_risk};

pub fn routes(house: &House) -> Routes {
    goals::routes(house).merge(homework::routes(house)).merge(risk::routes(house)).merge(help::routes(house))
}
