//! Progress: goals, homework, measures, outcomes, safety plans, who is on call, and risk tasks.

mod goals;
mod help;
mod homework;
/// The demo furnishes its members with some history.
pub mod measures;
mod of_group;
mod on_call;
mod outcomes;
mod risk;
mod safety_plan;

use ground::{House, Routes};

pub use homework::give as give_homework;
pub use measures::plan as plan_measures;
pub use outcomes::{compute as compute_outcomes, fhir};
pub use risk::{ESCALATION, escalate, open as open_risk};

pub fn routes(house: &House) -> Routes {
    goals::routes(house)
        .merge(homework::routes(house))
        .merge(measures::routes(house))
        .merge(risk::routes(house))
        .merge(help::routes(house))
        .merge(safety_plan::routes(house))
        .merge(on_call::routes(house))
        .merge(outcomes::routes(house))
}
