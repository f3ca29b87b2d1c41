//! Goal attainment scaling: five levels in words, agreed on with the therapist.
//! Kiresuk & Sherman 1968, Community Ment Health J 4:443; the sum as T with ρ = 0.30.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The usual correlation between the scales of one person. Source: Kiresuk & Sherman 1968.
const RHO: f64 = 0.30;

/// From much less than expected (-2) over expected (0) to much more (+2).
pub const LEVELS: std::ops::RangeInclusive<i8> = -2..=2;

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Attainment {
    /// What each level looks like, from -2 to +2.
    pub words: [String; 5],
    /// How much it counts beside the person's other goals, 1 to 3.
    pub weight: u8,
    /// Who agreed on the levels with the person.
    pub by: i64,
    /// The level on each day on which it was looked at.
    pub rated: BTreeMap<Date, i8>,
}

impl Attainment {
    /// The level of the last time.
    pub fn latest(&self) -> Option<i8> {
        self.rated.values().next_back().copied()
    }

    pub fn words_of(&self, level: i8) -> &str {
        usize::try_from(level + 2).ok().and_then(|at| self.words.get(at)).map_or("", String::as_str)
    }
}

/// The T score of several goals together: 50 is as expected, ten is one standard deviation. Each is its weight (above 0) and its level;
/// `None` without any.
pub fn t_score(rated: &[(f64, f64)]) -> Option<f64> {
    let sum: f64 = rated.iter().map(|(weight, level)| weight * level).sum();
    let squares: f64 = rated.iter().map(|(weight, _)| weight * weight).sum();
    let whole: f64 = rated.iter().map(|(weight, _)| weight).sum();
    let spread = ((1.0 - RHO) * squares + RHO * whole * whole).sqrt();
    (spread > 0.0).then(|| 50.0 + 10.0 * sum / spread)
}
