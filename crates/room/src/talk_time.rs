//! Who has spoken for how long. The media engine measures; here it is added up per phase and turned into gentle help.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    at::{At, Millis},
    limits,
    people::{Person, Seat, Stance},
};

/// Talk time in milliseconds: by phase (`None` before the first phase or without an agenda), then by seat.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct TalkTime {
    phases: Vec<(Option<u8>, BTreeMap<Seat, Millis>)>,
    last_heard: BTreeMap<Seat, At>,
}

/// One line in the facilitator's panel of voices.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Voice {
    pub seat: Seat,
    pub seconds: u32,
    /// Whole percent of all talk so far.
    pub share: u8,
    pub heard: bool,
}

impl TalkTime {
    pub fn count(&mut self, phase: Option<u8>, seat: Seat, length: Millis, at: At) {
        if length <= 0 {
            return;
        }
        let index = match self.phases.iter().position(|(of, _)| *of == phase) {
            Some(index) => index,
            None => {
                self.phases.push((phase, BTreeMap::new()));
                self.phases.len() - 1
            }
        };
        *self.phases[index].1.entry(seat).or_default() += length;
        self.last_heard.insert(seat, at);
    }

    pub fn total(&self, seat: Seat) -> Millis {
        self.phases.iter().filter_map(|(_, seats)| seats.get(&seat)).sum()
    }

    pub fn of_phase(&self, phase: Option<u8>, seat: Seat) -> Millis {
        let seats = self.phases.iter().find(|(of, _)| *of == phase);
        seats.and_then(|(_, seats)| seats.get(&seat)).copied().unwrap_or(0)
    }

    pub fn last_heard(&self, seat: Seat) -> Option<At> {
        self.last_heard.get(&seat).copied()
    }

    /// Every turn-taker's line, in seat order. Shares add up to 100 within rounding, or are all zero in silence.
    pub fn voices<'a>(&self, people: impl Iterator<Item = &'a Person>) -> Vec<Voice> {
        let totals: Vec<(Seat, Millis)> = people.filter(|p| p.takes_turns()).map(|p| (p.seat, self.total(p.seat))).collect();
        let all: Millis = totals.iter().map(|(_, ms)| ms).sum();
        totals
            .into_iter()
            .map(|(seat, ms)| Voice {
                seat,
                // Rounded, not cut: everybody is shown what is nearest to the truth.
                seconds: u32::try_from((ms + 500) / 1_000).unwrap_or(u32::MAX),
                share: if all == 0 { 0 } else { ((ms * 100 + all / 2) / all) as u8 },
                heard: ms >= 1_000,
            })
            .collect()
    }

    /// The one person a facilitator might invite now: quiet for longest, wants to be asked or at least not left alone.
    /// "Just listening" is respected without exception.
    pub fn quietest<'a>(&self, people: impl Iterator<Item = &'a Person>, begun_at: At, now: At) -> Option<(Seat, Millis)> {
        people
            .filter(|p| p.is_here() && !p.leads() && p.takes_turns() && p.stance != Stance::Listening)
            .map(|p| {
                let since = self.last_heard(p.seat).unwrap_or(begun_at).max(p.arrived_at);
                (p.stance == Stance::AskMe, now - since, p.seat)
            })
            .filter(|(_, quiet, _)| *quiet >= limits::QUIET_AFTER)
            .max_by_key(|(asks, quiet, seat)| (*asks, *quiet, std::cmp::Reverse(*seat)))
            .map(|(_, quiet, seat)| (seat, quiet))
    }
}
