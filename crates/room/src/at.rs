use std::ops::{Add, Sub};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A point in time, in whole milliseconds since 1970-01-01 UTC. The room never asks for the time; it is told.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[ts(type = "number")]
pub struct At(pub i64);

/// A length of time in whole milliseconds.
pub type Millis = i64;

pub const SECOND: Millis = 1_000;
pub const MINUTE: Millis = 60 * SECOND;

impl Add<Millis> for At {
    type Output = At;
    fn add(self, length: Millis) -> At {
        At(self.0.saturating_add(length))
    }
}

impl Sub for At {
    type Output = Millis;
    fn sub(self, earlier: At) -> Millis {
        self.0.saturating_sub(earlier.0)
    }
}
