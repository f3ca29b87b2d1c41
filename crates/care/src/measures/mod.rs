//! Measures: validated instruments as data, how they are added up, what counts as change, when they are asked.
//!
//! Nothing here is a number in code: ranges, bands, cut-offs and change rules stand in `content/measures`, each with its source.

pub mod change;
mod check;
pub mod export;
pub mod import;
mod instrument;
pub mod packs;
pub mod schedule;
pub mod score;
pub mod warning;

pub use check::{Wrong, check};
pub use instrument::{
    Alarm, Band, Case, ChangeRule, Criteria, Cutoff, Higher, Instrument, Item, Method, Missing, Scoring, Set, Subscale, Text, Use,
};

const SHIPPED: &[&str] = &[
    include_str!("../../../../content/measures/phq-9.json"),
    include_str!("../../../../content/measures/phq-8.json"),
    include_str!("../../../../content/measures/phq-2.json"),
    include_str!("../../../../content/measures/gad-7.json"),
    include_str!("../../../../content/measures/phq-15.json"),
    include_str!("../../../../content/measures/pcl-5.json"),
    include_str!("../../../../content/measures/k6.json"),
    include_str!("../../../../content/measures/k10.json"),
    include_str!("../../../../content/measures/ces-d.json"),
    include_str!("../../../../content/measures/audit-c.json"),
    include_str!("../../../../content/measures/pswq.json"),
    include_str!("../../../../content/measures/mhi-5.json"),
    include_str!("../../../../content/measures/asq.json"),
    include_str!("../../../../content/measures/session-card.json"),
];

/// Every instrument that ships, read and checked.
pub fn shipped() -> Result<Vec<Instrument>, Wrong> {
    SHIPPED.iter().map(|text| parse(text)).collect()
}

/// Reads one instrument; an unknown field is an error, and so is anything that does not fit together.
pub fn parse(text: &str) -> Result<Instrument, Wrong> {
    let instrument: Instrument = serde_json::from_str(text).map_err(|_| Wrong::Unreadable)?;
    check(&instrument)?;
    Ok(instrument)
}
