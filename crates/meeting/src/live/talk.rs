//! Who speaks now, and for how long: shown at once to those at the same spot, added up and stored every few seconds.

use std::collections::BTreeSet;

use media::Speech;
use room::{Input, SECOND, Seat, Stored, tools::tables::Spot, wire::FromRoom};

use super::task::RoomTask;

/// Talk is added up and stored this often.
const TALK_EVERY: i64 = 5 * SECOND;

impl RoomTask {
    pub fn speech(&mut self, speech: &[Speech]) {
        let mut speaking = Vec::new();
        for voice in speech {
            let seat = Seat(voice.seat);
            if !self.room.people.get(&seat).is_some_and(|p| p.is_here() && p.mic) {
                continue;
            }
            *self.talked.entry(seat).or_default() += i64::from(voice.talked_ms);
            if voice.speaking {
                speaking.push(seat);
            }
        }
        for spot in self.spots() {
            let there = |seat: &Seat| self.room.tools.tables.spot(*seat) == spot;
            let speaking = speaking.iter().copied().filter(there).collect();
            self.tell_those(&FromRoom::Speech { speaking }, |seat| there(&seat));
        }
    }

    fn spots(&self) -> BTreeSet<Spot> {
        self.streams.keys().map(|seat| self.room.tools.tables.spot(*seat)).collect()
    }

    pub fn count_talk(&mut self, fresh: &mut Vec<Stored>) {
        let now = self.now();
        if now < self.talk_due || self.talked.is_empty() {
            return;
        }
        self.talk_due = now + TALK_EVERY;
        let lengths = std::mem::take(&mut self.talked);
        let _ = self.input(&Input::Talked(lengths), fresh);
    }
}
