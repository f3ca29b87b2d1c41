//! Who may be about to stay away. Each reason is a word that a therapist can ask about; there is no score, and nobody is ranked.

use super::own::{Stands, against_own};

/// One session that somebody was expected at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Came {
    There,
    /// Was not there and had said so.
    Said,
    /// Was not there, without a word.
    Missed,
}

/// What is known of the last weeks of one person.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lately {
    /// The oldest first.
    pub came: Vec<Came>,
    /// Homework whose day is over, and how much of it was done.
    pub homework: usize,
    pub homework_done: usize,
    /// Questionnaires whose day is over, and how many were sent.
    pub asked: usize,
    pub sent: usize,
    /// At the start of each session, the oldest first.
    pub moods: Vec<u8>,
    pub heard: Vec<u8>,
    /// A reliable change for the worse in some questionnaire.
    pub harder: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reason {
    /// Two of the last three sessions without a word.
    Missed,
    HomeworkOpen,
    MeasuresOpen,
    MoodLow,
    HeardLow,
    Harder,
}

impl Reason {
    pub const ALL: [Reason; 6] =
        [Reason::Missed, Reason::HomeworkOpen, Reason::MeasuresOpen, Reason::MoodLow, Reason::HeardLow, Reason::Harder];

    pub fn key(self) -> &'static str {
        match self {
            Reason::Missed => "warning-missed",
            Reason::HomeworkOpen => "warning-homework",
            Reason::MeasuresOpen => "warning-measures",
            Reason::MoodLow => "warning-mood",
            Reason::HeardLow => "warning-heard",
            Reason::Harder => "warning-harder",
        }
    }
}

/// The sessions that are looked at.
const SESSIONS: usize = 3;
const TOO_MANY: usize = 2;
/// One thing left undone happens to everybody.
const LEFT_UNDONE: usize = 2;

/// In a fixed order; empty if there is nothing to ask about.
pub fn reasons(lately: &Lately) -> Vec<Reason> {
    let missed = lately.came.iter().rev().take(SESSIONS).filter(|came| **came == Came::Missed).count();
    let low = |values: &[u8]| against_own(values).is_some_and(|(stands, _)| stands == Stands::Below);
    let holds = |reason: &Reason| match reason {
        Reason::Missed => missed >= TOO_MANY,
        Reason::HomeworkOpen => lately.homework >= LEFT_UNDONE && lately.homework_done == 0,
        Reason::MeasuresOpen => lately.asked >= LEFT_UNDONE && lately.sent == 0,
        Reason::MoodLow => low(&lately.moods),
        Reason::HeardLow => low(&lately.heard),
        Reason::Harder => lately.harder,
    };
    Reason::ALL.into_iter().filter(holds).collect()
}
