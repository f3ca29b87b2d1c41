//! What counts as change: Jacobson and Truax, in the plain form that Ronk 2016 recommends for routine use.

use super::{
    instrument::{ChangeRule, Higher, Instrument},
    score,
};

/// Beyond this a change is more than the measure's own unrest in nineteen of twenty.
pub const RELIABLE: f64 = 1.96;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Recovered,
    Improved,
    Unchanged,
    Deteriorated,
    /// Not a case at the beginning: whatever came after is no recovery.
    StartedBelow,
}

impl Outcome {
    pub const ALL: [Outcome; 5] = [Outcome::Recovered, Outcome::Improved, Outcome::Unchanged, Outcome::Deteriorated, Outcome::StartedBelow];

    pub fn key(self) -> &'static str {
        match self {
            Outcome::Recovered => "outcome-recovered",
            Outcome::Improved => "outcome-improved",
            Outcome::Unchanged => "outcome-unchanged",
            Outcome::Deteriorated => "outcome-deteriorated",
            Outcome::StartedBelow => "outcome-started-below",
        }
    }
}

/// The standard error of a difference between two scores of one person.
pub fn difference_error(sd: f64, r: f64) -> f64 {
    sd * (2.0 * (1.0 - r)).sqrt()
}

/// The reliable change index.
pub fn index(before: f64, after: f64, sd: f64, r: f64) -> f64 {
    (after - before) / difference_error(sd, r)
}

/// The smallest change that is reliable for a measure of this spread and reliability.
pub fn smallest(sd: f64, r: f64) -> f64 {
    RELIABLE * difference_error(sd, r)
}

/// Mean and spread of a sample.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Norm {
    pub mean: f64,
    pub sd: f64,
}

/// The cut-off c: where a score is as near to those who are well as to those who are not, each in their own spread.
pub fn cutoff(clinical: Norm, well: Norm) -> f64 {
    (clinical.sd * well.mean + well.sd * clinical.mean) / (clinical.sd + well.sd)
}

/// Points of change for the better; below zero for the worse.
pub fn gain(instrument: &Instrument, before: i64, after: i64) -> i64 {
    match instrument.score.higher {
        Higher::Worse => before - after,
        Higher::Better => after - before,
    }
}

/// What became of somebody between two scores. Whoever got reliably worse is told so even if they had begun below the cut-off: nothing else
/// about them matters as much.
pub fn outcome(instrument: &Instrument, rule: &ChangeRule, before: i64, after: i64) -> Outcome {
    let gain = gain(instrument, before, after) as f64;
    if gain <= -rule.least {
        return Outcome::Deteriorated;
    }
    // A cut-off for some people alone says nothing about whoever this is.
    let cutoff = instrument.cutoffs.iter().find(|cutoff| cutoff.whom.is_empty());
    if cutoff.is_some_and(|cutoff| !score::is_clinical(instrument, cutoff, before)) {
        return Outcome::StartedBelow;
    }
    if gain < rule.least {
        return Outcome::Unchanged;
    }
    let ended = |end: i64| match instrument.score.higher {
        Higher::Worse => after <= end,
        Higher::Better => after >= end,
    };
    let crossed = match (rule.end, cutoff) {
        (Some(end), _) => ended(end),
        (None, Some(cutoff)) => !score::is_clinical(instrument, cutoff, after),
        (None, None) => false,
    };
    if crossed { Outcome::Recovered } else { Outcome::Improved }
}
