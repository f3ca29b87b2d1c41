//! What one person sees of the tables: their own, and for leaders all of them. Nobody reads the note of a table they do not sit at.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{How, Plan, Round, Spot, Tables};
use crate::{
    at::At,
    people::{Person, Seat},
    tools::Around,
};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct TablesView {
    /// Everybody who is not in the circle. Who is where is no secret: nobody is anywhere unseen.
    pub spots: BTreeMap<u8, Spot>,
    /// For leaders, and for members while they may choose.
    pub plan: Option<PlanView>,
    pub round: Option<RoundView>,
    /// What the last tables brought back.
    pub brought: Vec<Brought>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct PlanView {
    pub how: How,
    pub prompts: Vec<String>,
    pub mine: Option<u8>,
    /// How many have chosen each table; who, the leaders alone see.
    pub taken: Vec<u8>,
    pub places: Option<BTreeMap<u8, u8>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct RoundView {
    pub until: At,
    pub tables: u8,
    pub mine: Option<TableView>,
    pub told: Option<TableLine>,
    /// Where this leader is on the way to.
    pub going: Option<u8>,
    /// Leaders only.
    pub lead: Option<Vec<LeadTable>>,
}

/// The table that one sits at.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct TableView {
    pub table: u8,
    pub prompt: String,
    pub note: String,
    pub called: bool,
    /// Leaders who come in a moment.
    pub coming: Vec<Seat>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct TableLine {
    pub text: String,
    pub at: At,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct LeadTable {
    pub table: u8,
    pub prompt: String,
    pub seats: Vec<Seat>,
    pub called: Option<At>,
    pub visited: Option<At>,
    /// Whether they have written something; what, they bring back themselves.
    pub noted: bool,
    /// Two sit here who are kept apart since then: a leader may move one of them.
    pub apart: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Brought {
    pub table: u8,
    pub text: String,
}

pub fn of(tables: &Tables, viewer: &Person, around: Around<'_>) -> TablesView {
    let inside = around.people.values().filter(|p| p.in_circle());
    let spots = inside.map(|p| (p.seat.0, tables.spot(p.seat))).filter(|(_, spot)| *spot != Spot::Circle);
    TablesView {
        spots: spots.collect(),
        plan: tables.plan.as_ref().and_then(|plan| laid(plan, viewer)),
        round: tables.round.as_ref().map(|round| out(round, viewer, around)),
        brought: tables.brought.clone(),
    }
}

fn laid(plan: &Plan, viewer: &Person) -> Option<PlanView> {
    let may_choose = plan.how == How::Choice && viewer.takes_turns();
    if !viewer.leads() && !may_choose {
        return None;
    }
    let taken = (0..plan.tables()).map(|table| plan.places.values().filter(|one| **one == table).count() as u8);
    Some(PlanView {
        how: plan.how,
        prompts: plan.prompts.clone(),
        mine: plan.places.get(&viewer.seat).copied(),
        taken: taken.collect(),
        places: viewer.leads().then(|| plan.places.iter().map(|(seat, table)| (seat.0, *table)).collect()),
    })
}

fn out(round: &Round, viewer: &Person, around: Around<'_>) -> RoundView {
    let prompt = |table: u8| round.prompts.get(usize::from(table)).cloned().unwrap_or_default();
    let mine = round.places.get(&viewer.seat).map(|table| TableView {
        table: *table,
        prompt: prompt(*table),
        note: round.notes.get(table).cloned().unwrap_or_default(),
        called: round.calls.contains_key(table),
        coming: round.coming.iter().filter(|(_, (to, _))| to == table).map(|(seat, _)| *seat).collect(),
    });
    let lead = |table: u8| LeadTable {
        table,
        prompt: prompt(table),
        seats: round.at(table).collect(),
        called: round.calls.get(&table).copied(),
        visited: round.visited.get(&table).copied(),
        apart: around.apart.iter().any(|(one, two)| [one, two].iter().all(|seat| round.places.get(seat) == Some(&table))),
        noted: round.notes.get(&table).is_some_and(|note| !note.is_empty()),
    };
    RoundView {
        until: round.until,
        tables: round.tables(),
        mine,
        told: round.told.as_ref().map(|(text, at)| TableLine { text: text.clone(), at: *at }),
        going: round.coming.get(&viewer.seat).map(|(table, _)| *table),
        lead: viewer.leads().then(|| (0..round.tables()).map(lead).collect()),
    }
}
