//! From which total on a practice wants its staff to be told, and which value the source of the measure gives.
//!
//! Only where a source gives one for everybody. The answers that always need somebody (the ninth of the PHQ-9, each of the ASQ) are alarms of the
//! instrument itself: nothing here reaches them.

use super::{
    instrument::{Cutoff, Higher, Instrument, Method},
    score::Score,
};

/// The value that the source gives. A cut-off for some people alone cannot warn of everybody.
pub fn cited(instrument: &Instrument) -> Option<&Cutoff> {
    let for_all = instrument.cutoffs.iter().find(|cutoff| cutoff.whom.is_empty());
    for_all.filter(|_| instrument.score.method == Method::Sum)
}

/// A total that somebody can have, and not the one that everybody has who answers at all: that would warn of nobody by warning of all.
pub fn may_be(instrument: &Instrument, at: i64) -> bool {
    let [low, high] = instrument.score.range;
    match instrument.score.higher {
        Higher::Worse => (low + 1..=high).contains(&at),
        Higher::Better => (low..high).contains(&at),
    }
}

/// At this value or beyond, in the direction that is worse.
pub fn reaches(instrument: &Instrument, at: i64, total: i64) -> bool {
    match instrument.score.higher {
        Higher::Worse => total >= at,
        Higher::Better => total <= at,
    }
}

/// Whether these answers are told to staff, apart from what is always told.
pub fn warns(instrument: &Instrument, at: Option<i64>, score: &Score) -> bool {
    let settled = at.filter(|at| cited(instrument).is_some() && may_be(instrument, *at));
    settled.zip(score.total).is_some_and(|(at, total)| reaches(instrument, at, total))
}
