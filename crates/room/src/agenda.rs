pub use care::agenda::{Phase, PhaseKind};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    at::{At, MINUTE},
    limits,
    refusal::Refusal,
};

/// The phase that runs now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Running {
    pub index: u8,
    pub since: At,
    pub until: At,
}

/// The agenda with its clock. It may be empty (L16): then the session has a clock and no phases.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Agenda {
    pub phases: Vec<Phase>,
    pub begun_at: Option<At>,
    pub running: Option<Running>,
    pub ended_at: Option<At>,
}

impl Agenda {
    pub fn new(phases: Vec<Phase>) -> Agenda {
        Agenda { phases, ..Agenda::default() }
    }

    pub fn is_live(&self) -> bool {
        self.begun_at.is_some() && self.ended_at.is_none()
    }

    pub fn kind(&self) -> Option<PhaseKind> {
        let running = self.running?;
        self.phases.get(usize::from(running.index)).map(|phase| phase.kind)
    }

    /// The phase to run when `index` is started at `now`; refuses one that the agenda does not have.
    pub fn start(&self, index: u8, now: At) -> Result<Running, Refusal> {
        let phase = self.phases.get(usize::from(index)).ok_or(Refusal::OutOfRange)?;
        Ok(Running { index, since: now, until: now + i64::from(phase.minutes) * MINUTE })
    }

    /// The running phase made longer. One that has overrun is extended from now, not from its old end.
    pub fn extend(&self, minutes: u16, now: At) -> Result<Running, Refusal> {
        if !limits::EXTEND_MINUTES.contains(&minutes) {
            return Err(Refusal::OutOfRange);
        }
        let running = self.running.ok_or(Refusal::NotNow)?;
        Ok(Running { until: running.until.max(now) + i64::from(minutes) * MINUTE, ..running })
    }
}
