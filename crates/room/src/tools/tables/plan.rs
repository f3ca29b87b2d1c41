//! Who would sit at which table, before anybody moves.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    people::{Part, Person, Seat},
    refusal::Refusal,
    tools::{Around, shuffle},
};

/// How often lots are drawn before we say that it cannot be done. With 15 people and a few pairs kept apart one draw in two is good.
const DRAWS: u64 = 500;
/// One more than an even share: whoever may choose must not find every chair taken.
const SPARE: usize = 1;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// A leader puts each person.
    ByHand,
    /// Lots are drawn; a leader may still change it.
    Draw,
    /// Each chooses; whoever has not chosen when it begins is given a chair.
    Choice,
}

/// Tables that are being laid.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    pub how: How,
    /// What each table is to do; as many as there are tables.
    pub prompts: Vec<String>,
    pub places: BTreeMap<Seat, u8>,
}

/// Members whose line is there now: they are the ones that lots are drawn for.
pub fn to_seat(around: Around<'_>) -> Vec<Seat> {
    let member = |p: &&Person| p.is_here() && p.part == Part::Member && around.tables.is_free(p.seat);
    around.people.values().filter(member).map(|p| p.seat).collect()
}

/// Two of the same table who are never to be there together.
pub fn meets(places: &BTreeMap<Seat, u8>, apart: &[(Seat, Seat)]) -> bool {
    apart.iter().any(|(one, two)| places.get(one).is_some_and(|table| places.get(two) == Some(table)))
}

/// Whether this person would sit down beside somebody whom they are kept apart from. Others who sit together already are no hindrance.
pub fn would_meet(places: &BTreeMap<Seat, u8>, seat: Seat, table: u8, apart: &[(Seat, Seat)]) -> bool {
    let there = |other: &Seat| places.get(other) == Some(&table);
    apart.iter().any(|(one, two)| *one == seat && there(two) || *two == seat && there(one))
}

/// Gives every one of `seats` a chair beside those who have one, in even shares, nobody alone, nobody beside whom they are kept apart from.
pub fn draw(
    seats: &[Seat],
    fixed: &BTreeMap<Seat, u8>,
    tables: u8,
    apart: &[(Seat, Seat)],
    luck: u64,
) -> Result<BTreeMap<Seat, u8>, Refusal> {
    if seats.len() + fixed.len() < usize::from(tables) * 2 {
        return Err(Refusal::TooFewForTables);
    }
    let free: Vec<Seat> = seats.iter().copied().filter(|seat| !fixed.contains_key(seat)).collect();
    for attempt in 0..DRAWS {
        let mut lots = free.clone();
        shuffle(&mut lots, luck.wrapping_add(attempt.wrapping_mul(0x9e37_79b9_7f4a_7c15)));
        let places = dealt(&lots, fixed, tables);
        if !meets(&places, apart) {
            return Ok(places);
        }
    }
    Err(Refusal::KeptApart)
}

/// Each to the emptiest table.
fn dealt(lots: &[Seat], fixed: &BTreeMap<Seat, u8>, tables: u8) -> BTreeMap<Seat, u8> {
    let mut places = fixed.clone();
    for seat in lots {
        let emptiest = (0..tables).min_by_key(|table| places.values().filter(|one| *one == table).count()).unwrap_or(0);
        places.insert(*seat, emptiest);
    }
    places
}

impl Plan {
    pub fn tables(&self) -> u8 {
        self.prompts.len() as u8
    }

    /// A member takes a chair. That somebody there is kept apart from them stays a secret: such a table is simply full.
    pub fn take(&self, seat: Seat, table: u8, around: Around<'_>) -> Result<(), Refusal> {
        if self.how != How::Choice {
            return Err(Refusal::NotNow);
        }
        let share = to_seat(around).len().div_ceil(usize::from(self.tables())) + SPARE;
        let there = self.places.iter().filter(|(other, at)| **other != seat && **at == table).count();
        if there >= share || would_meet(&self.places, seat, table, around.apart) {
            return Err(Refusal::TableFull);
        }
        Ok(())
    }

    /// Where everybody goes. Whoever could choose and did not is given a chair; by hand, whoever was not put stays in the circle.
    pub fn settled(&self, around: Around<'_>) -> Result<BTreeMap<Seat, u8>, Refusal> {
        let here = |seat: &Seat| around.people.get(seat).is_some_and(Person::is_here) && around.tables.is_free(*seat);
        let fixed: BTreeMap<Seat, u8> = self.places.iter().filter(|(seat, _)| here(seat)).map(|(seat, table)| (*seat, *table)).collect();
        let places = match self.how {
            How::Choice => draw(&to_seat(around), &fixed, self.tables(), around.apart, around.luck)?,
            How::ByHand | How::Draw => fixed,
        };
        if places.is_empty() {
            return Err(Refusal::TooFewForTables);
        }
        let alone = |table: u8| places.values().filter(|one| **one == table).count() == 1;
        if (0..self.tables()).any(alone) {
            return Err(Refusal::Alone);
        }
        if meets(&places, around.apart) { Err(Refusal::KeptApart) } else { Ok(places) }
    }
}
