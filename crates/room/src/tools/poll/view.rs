use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Asked, Ballot, PollAsk, Tally};
use crate::{limits, people::Person, tools::Around};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct PollView {
    pub id: u32,
    pub ask: PollAsk,
    pub open: bool,
    pub mine: Option<Ballot>,
    /// The room was interrupted and an anonymous answer with it, because it was never written down: please once more.
    pub again: bool,
    /// How many have answered, of how many.
    pub answered: u32,
    pub of: u32,
    pub result: Option<Tally>,
    /// It has closed, and so few answered that an anonymous result would tell who said what.
    pub too_few: bool,
    /// Named, and the result is shown: who answered what, by seat.
    pub who: BTreeMap<u8, Ballot>,
}

impl Asked {
    pub(super) fn view_for(&self, viewer: &Person, around: Around<'_>) -> PollView {
        let ballots = self.ballots();
        let result = self.result();
        // Of an anonymous poll not even this may tell whether somebody who has gone had answered.
        let may_answer = |p: &&Person| p.takes_turns() && (p.is_here() || self.votes.contains_key(&p.seat));
        let answered = match &self.tally {
            Some(tally) => tally.answered,
            // After closing, a number below the fewest is told as "too few".
            None => self.answered() as u32,
        };
        let who = if self.ask.named && result.is_some() {
            ballots.iter().map(|(seat, ballot)| (seat.0, ballot.clone())).collect()
        } else {
            BTreeMap::new()
        };
        PollView {
            id: self.id,
            ask: self.ask.clone(),
            open: self.open,
            mine: ballots.get(&viewer.seat).cloned(),
            again: self.open && self.took_part.contains(&viewer.seat) && !ballots.contains_key(&viewer.seat),
            answered,
            of: around.people.values().filter(may_answer).count().max(answered as usize) as u32,
            too_few: !self.open && !self.ask.named && result.as_ref().is_none_or(|tally| (tally.answered as usize) < limits::FEWEST),
            result,
            who,
        }
    }
}
