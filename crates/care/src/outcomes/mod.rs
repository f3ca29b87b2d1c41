//! Outcomes: did it help, how many of whom, who may be about to stay away, and how somebody's evening was beside their own evenings.

mod figure;
mod own;
mod warning;

pub use figure::{Beginning, Course, FEWEST, Figure, Hidden, Interval, Scored, WEEKS, beginning, end, fold, hide, hide_within, interval};
pub use own::{Climate, Spread, Stands, against_own, median, spread};
pub use warning::{Came, Lately, Reason, reasons};
