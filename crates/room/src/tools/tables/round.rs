//! Tables at work: who is where, what they wrote, who has called.

use std::collections::BTreeMap;

use crate::{
    at::At,
    people::{Person, Seat},
    tools::Around,
};

#[derive(Debug, Clone, PartialEq)]
pub struct Round {
    pub prompts: Vec<String>,
    pub places: BTreeMap<Seat, u8>,
    pub until: At,
    /// Leaders on their way to a table, with the moment when they sit down there.
    pub coming: BTreeMap<Seat, (u8, At)>,
    pub calls: BTreeMap<u8, At>,
    pub visited: BTreeMap<u8, At>,
    pub notes: BTreeMap<u8, String>,
    /// What was said to all tables, the newest only.
    pub told: Option<(String, At)>,
}

impl Round {
    pub fn tables(&self) -> u8 {
        self.prompts.len() as u8
    }

    pub fn at(&self, table: u8) -> impl Iterator<Item = Seat> {
        self.places.iter().filter(move |(_, at)| **at == table).map(|(seat, _)| *seat)
    }

    /// Whoever sits at a table with nobody else: they come back to the circle. A leader may wait at a table alone.
    pub fn lonely(&self, around: Around<'_>) -> Vec<Seat> {
        let there = |seat: &Seat| around.people.get(seat).is_some_and(|p| p.in_circle() && !p.away);
        let mut lonely = Vec::new();
        for table in 0..self.tables() {
            let present: Vec<Seat> = self.at(table).filter(there).collect();
            if let [seat] = present.as_slice()
                && !around.people.get(seat).is_some_and(Person::leads)
            {
                lonely.push(*seat);
            }
        }
        lonely
    }

    pub fn sit(&mut self, seat: Seat, table: Option<u8>) {
        self.coming.remove(&seat);
        match table {
            Some(table) => self.places.insert(seat, table),
            None => self.places.remove(&seat),
        };
    }
}
