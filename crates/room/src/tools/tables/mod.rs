//! Small tables: part of the circle talks apart for a while, over the same connection, and everybody is brought back. An aside is one
//! member apart with one leader while the group goes on.
//!
//! Where somebody is, is decided here and nowhere else; the room reads it to say who hears whom. Nobody has to press anything to be moved or
//! brought back, and a move touches neither microphone nor camera nor any right.

mod acts;
mod plan;
mod round;
mod view;

use std::collections::BTreeMap;

use crate::{
    at::{At, MINUTE, SECOND},
    events::RoomEvent,
    limits,
    people::{Person, SEATS, Seat},
    refusal::Refusal,
    tools::{Around, Right, Tool},
};

pub use acts::{Spot, TablesCommand, TablesEvent};
pub use plan::How;
use plan::{Plan, draw, to_seat};
use round::Round;
pub use view::{Brought, LeadTable, PlanView, RoundView, TableLine, TableView, TablesView};

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Tables {
    plan: Option<Plan>,
    round: Option<Round>,
    /// Members who are apart, with whom.
    asides: BTreeMap<Seat, Seat>,
    brought: Vec<Brought>,
}

impl Tables {
    pub fn spot(&self, seat: Seat) -> Spot {
        if let Some(with) = self.asides.get(&seat) {
            return Spot::Aside(*with);
        }
        if self.asides.values().any(|with| *with == seat) {
            return Spot::Aside(seat);
        }
        self.round.as_ref().and_then(|round| round.places.get(&seat)).map_or(Spot::Circle, |table| Spot::Table(*table))
    }

    /// Who sits where this person sits; empty in the circle.
    pub fn table_of(&self, seat: Seat) -> Vec<Seat> {
        let spot = self.spot(seat);
        if spot == Spot::Circle {
            return Vec::new();
        }
        (0..SEATS).map(Seat).filter(|other| self.spot(*other) == spot).collect()
    }

    /// Tables are at work.
    pub fn are_out(&self) -> bool {
        self.round.is_some()
    }

    /// How many tables are at work.
    pub fn count(&self) -> u8 {
        self.round.as_ref().map_or(0, Round::tables)
    }

    /// Everybody is brought back at this tick.
    pub fn are_over(&self, now: At) -> bool {
        self.round.as_ref().is_some_and(|round| now >= round.until)
    }

    /// Not apart with anybody: may be seated.
    fn is_free(&self, seat: Seat) -> bool {
        !matches!(self.spot(seat), Spot::Aside(_))
    }

    fn lay(&self, how: How, prompts: &[String], around: Around<'_>) -> Result<TablesEvent, Refusal> {
        if self.round.is_some() {
            return Err(Refusal::NotNow);
        }
        if !limits::TABLES.contains(&prompts.len()) {
            return Err(Refusal::OutOfRange);
        }
        let prompts: Vec<String> =
            prompts.iter().map(|prompt| limits::optional_text(prompt, limits::PROMPT_CHARS)).collect::<Result<_, _>>()?;
        let places = match how {
            How::Draw => draw(&to_seat(around), &BTreeMap::new(), prompts.len() as u8, around.apart, around.luck)?,
            How::ByHand | How::Choice => BTreeMap::new(),
        };
        Ok(TablesEvent::Laid { how, prompts, places: places.into_iter().collect() })
    }

    /// By a leader's hand. While tables are at work, nobody is put where they would be alone.
    fn put(&self, seat: Seat, table: Option<u8>, around: Around<'_>) -> Result<TablesEvent, Refusal> {
        let person = around.people.get(&seat).filter(|p| p.in_circle()).ok_or(Refusal::NobodyThere)?;
        if !self.is_free(seat) {
            return Err(Refusal::NotNow);
        }
        let (tables, places) = match (&self.round, &self.plan) {
            (Some(round), _) => (round.tables(), &round.places),
            (None, Some(plan)) => (plan.tables(), &plan.places),
            (None, None) => return Err(Refusal::NotNow),
        };
        let Some(at) = table else { return Ok(TablesEvent::Put { seat, table }) };
        if at >= tables {
            return Err(Refusal::OutOfRange);
        }
        if plan::would_meet(places, seat, at, around.apart) {
            return Err(Refusal::KeptApart);
        }
        if self.round.is_some() && !person.leads() && !places.iter().any(|(other, table)| *other != seat && *table == at) {
            return Err(Refusal::Alone);
        }
        Ok(TablesEvent::Put { seat, table })
    }

    fn send(&self, minutes: u16, around: Around<'_>) -> Result<TablesEvent, Refusal> {
        let plan = self.plan.as_ref().filter(|_| self.round.is_none()).ok_or(Refusal::NotNow)?;
        if !limits::TABLE_MINUTES.contains(&minutes) {
            return Err(Refusal::OutOfRange);
        }
        let places = plan.settled(around)?.into_iter().collect();
        Ok(TablesEvent::Sent { until: around.now + i64::from(minutes) * MINUTE, places })
    }

    fn clear(&self) -> Result<TablesEvent, Refusal> {
        let something = self.plan.is_some() || !self.brought.is_empty();
        if something && self.round.is_none() { Ok(TablesEvent::Cleared) } else { Err(Refusal::NotNow) }
    }

    fn extend(round: &Round, minutes: u16, now: At) -> Result<TablesEvent, Refusal> {
        if !limits::TABLE_MINUTES.contains(&minutes) {
            return Err(Refusal::OutOfRange);
        }
        let until = round.until.max(now) + i64::from(minutes) * MINUTE;
        if until - now > i64::from(*limits::TABLE_MINUTES.end()) * 2 * MINUTE {
            return Err(Refusal::OutOfRange);
        }
        Ok(TablesEvent::Until { until })
    }

    fn visit(&self, round: &Round, by: Seat, table: Option<u8>, now: At) -> Result<TablesEvent, Refusal> {
        if !self.is_free(by) {
            return Err(Refusal::NotNow);
        }
        match table {
            None if round.places.contains_key(&by) || round.coming.contains_key(&by) => Ok(TablesEvent::CameBack { seat: by }),
            None => Err(Refusal::NotNow),
            Some(table) if table >= round.tables() => Err(Refusal::OutOfRange),
            Some(table) if round.places.get(&by) == Some(&table) => Err(Refusal::NotNow),
            Some(table) => Ok(TablesEvent::Coming { seat: by, table, at: now + limits::ANNOUNCED }),
        }
    }

    fn own_table(round: &Round, seat: Seat) -> Result<u8, Refusal> {
        round.places.get(&seat).copied().ok_or(Refusal::NotNow)
    }

    fn aside(&self, by: Seat, seat: Seat, around: Around<'_>) -> Result<TablesEvent, Refusal> {
        let person = around.people.get(&seat).filter(|p| p.in_circle()).ok_or(Refusal::NobodyThere)?;
        if person.leads() || !self.is_free(by) || !self.is_free(seat) {
            return Err(Refusal::NotNow);
        }
        Ok(TablesEvent::WentAside { seat, with: by })
    }

    fn while_out(&self, by: &Person, command: &TablesCommand, around: Around<'_>) -> Result<TablesEvent, Refusal> {
        let round = self.round.as_ref().ok_or(Refusal::NotNow)?;
        Ok(match command {
            TablesCommand::Extend { minutes } => Self::extend(round, *minutes, around.now)?,
            TablesCommand::Tell { text } => TablesEvent::Told { text: limits::text(text, limits::PROMPT_CHARS)? },
            TablesCommand::Visit { table } => self.visit(round, by.seat, *table, around.now)?,
            TablesCommand::Call => TablesEvent::Called { table: Self::own_table(round, by.seat)? },
            TablesCommand::Answer { table } if round.calls.contains_key(table) => TablesEvent::Answered { table: *table },
            TablesCommand::Note { text } => {
                let (table, text) = (Self::own_table(round, by.seat)?, limits::optional_text(text, limits::TABLE_NOTE_CHARS)?);
                TablesEvent::Noted { seat: by.seat, table, text }
            }
            TablesCommand::Close { seconds } if *seconds > limits::BACK_SECONDS => return Err(Refusal::OutOfRange),
            TablesCommand::Close { seconds: 0 } => TablesEvent::Closed,
            TablesCommand::Close { seconds } => TablesEvent::Until { until: around.now + i64::from(*seconds) * SECOND },
            _ => return Err(Refusal::NotNow),
        })
    }

    /// Everything that must come true without anybody pressing a button.
    fn falls_due(&self, around: Around<'_>) -> Vec<TablesEvent> {
        let Some(round) = &self.round else { return Vec::new() };
        if self.are_over(around.now) {
            return vec![TablesEvent::Closed];
        }
        let arrived = round.coming.iter().filter(|(_, (_, at))| around.now >= *at);
        arrived.map(|(seat, (table, _))| TablesEvent::Put { seat: *seat, table: Some(*table) }).collect()
    }

    /// Nobody stays apart or at a table with nobody there.
    fn left_alone(&self, around: Around<'_>) -> Vec<TablesEvent> {
        let mut back = self.round.as_ref().map(|round| round.lonely(around)).unwrap_or_default();
        let there = |seat: &Seat| around.people.get(seat).is_some_and(|p| p.in_circle() && !p.away);
        back.extend(self.asides.iter().filter(|(seat, with)| !there(seat) || !there(with)).map(|(seat, _)| *seat));
        back.into_iter().map(|seat| TablesEvent::CameBack { seat }).collect()
    }

    fn come_back(&mut self, seat: Seat) {
        self.asides.retain(|member, with| *member != seat && *with != seat);
        if let Some(round) = &mut self.round {
            round.sit(seat, None);
        }
    }

    fn close(&mut self) {
        let Some(round) = self.round.take() else { return };
        let noted = |(table, text): (u8, String)| (!text.is_empty()).then_some(Brought { table, text });
        self.brought = round.notes.into_iter().filter_map(noted).collect();
    }

    fn apply_out(round: &mut Round, event: &TablesEvent, at: At) {
        match event {
            TablesEvent::Put { seat, table } => {
                let was_coming = round.coming.contains_key(seat);
                round.sit(*seat, *table);
                if let Some(table) = table.filter(|_| was_coming) {
                    round.visited.insert(table, at);
                    round.calls.remove(&table);
                }
            }
            TablesEvent::Until { until } => round.until = *until,
            TablesEvent::Told { text } => round.told = Some((text.clone(), at)),
            TablesEvent::Coming { seat, table, at } => {
                round.sit(*seat, None);
                round.coming.insert(*seat, (*table, *at));
            }
            TablesEvent::Called { table } => {
                round.calls.entry(*table).or_insert(at);
            }
            TablesEvent::Answered { table } => {
                round.calls.remove(table);
            }
            TablesEvent::Noted { table, text, .. } => {
                round.notes.insert(*table, text.clone());
            }
            _ => {}
        }
    }
}

impl Tool for Tables {
    type Command = TablesCommand;
    type Event = TablesEvent;
    type View = TablesView;

    fn right(command: &TablesCommand) -> Right {
        match command {
            TablesCommand::Take { .. } | TablesCommand::Call | TablesCommand::Note { .. } => Right::TurnTakers,
            TablesCommand::ComeBack => Right::Circle,
            TablesCommand::Lay { .. }
            | TablesCommand::Put { .. }
            | TablesCommand::Send { .. }
            | TablesCommand::Clear
            | TablesCommand::Extend { .. }
            | TablesCommand::Tell { .. }
            | TablesCommand::Visit { .. }
            | TablesCommand::Answer { .. }
            | TablesCommand::Close { .. }
            | TablesCommand::Aside { .. } => Right::Facilitators,
        }
    }

    fn decide(&self, by: &Person, command: &TablesCommand, around: Around<'_>) -> Result<Vec<TablesEvent>, Refusal> {
        let event = match command {
            TablesCommand::Lay { how, prompts } => self.lay(*how, prompts, around)?,
            TablesCommand::Put { seat, table } => self.put(*seat, *table, around)?,
            TablesCommand::Take { table } => {
                let plan = self.plan.as_ref().filter(|plan| *table < plan.tables()).ok_or(Refusal::NotNow)?;
                plan.take(by.seat, *table, around)?;
                TablesEvent::Put { seat: by.seat, table: Some(*table) }
            }
            TablesCommand::Send { minutes } => self.send(*minutes, around)?,
            TablesCommand::Clear => self.clear()?,
            TablesCommand::Aside { seat } => self.aside(by.seat, *seat, around)?,
            TablesCommand::ComeBack if self.spot(by.seat) == Spot::Circle => return Err(Refusal::NotNow),
            TablesCommand::ComeBack => TablesEvent::CameBack { seat: by.seat },
            _ => self.while_out(by, command, around)?,
        };
        Ok(vec![event])
    }

    fn timeline(event: &TablesEvent) -> Option<&'static str> {
        match event {
            TablesEvent::Sent { .. } => Some("timeline-tables"),
            TablesEvent::Closed => Some("timeline-tables-back"),
            TablesEvent::WentAside { .. } => Some("timeline-aside"),
            _ => None,
        }
    }

    fn author(event: &TablesEvent) -> Option<Seat> {
        match event {
            TablesEvent::Noted { seat, .. } => Some(*seat),
            _ => None,
        }
    }

    fn apply(&mut self, event: &TablesEvent, at: At) {
        match event {
            TablesEvent::Laid { how, prompts, places } => {
                self.brought.clear();
                self.plan = Some(Plan { how: *how, prompts: prompts.clone(), places: places.iter().copied().collect() });
            }
            TablesEvent::Sent { until, places } => {
                let Some(plan) = self.plan.take() else { return };
                self.round = Some(Round {
                    prompts: plan.prompts,
                    places: places.iter().copied().collect(),
                    until: *until,
                    coming: BTreeMap::new(),
                    calls: BTreeMap::new(),
                    visited: BTreeMap::new(),
                    notes: BTreeMap::new(),
                    told: None,
                });
            }
            TablesEvent::Cleared => {
                self.plan = None;
                self.brought.clear();
            }
            TablesEvent::Closed => self.close(),
            TablesEvent::CameBack { seat } => self.come_back(*seat),
            TablesEvent::WentAside { seat, with } => {
                if let Some(round) = &mut self.round {
                    round.sit(*seat, None);
                    round.sit(*with, None);
                }
                self.asides.insert(*seat, *with);
            }
            TablesEvent::Put { seat, table } if self.round.is_none() => {
                let Some(plan) = &mut self.plan else { return };
                match table {
                    Some(table) => plan.places.insert(*seat, *table),
                    None => plan.places.remove(seat),
                };
            }
            _ => {
                if let Some(round) = &mut self.round {
                    Self::apply_out(round, event, at);
                }
            }
        }
    }

    fn follow(&self, event: &RoomEvent, around: Around<'_>) -> Vec<TablesEvent> {
        match event {
            RoomEvent::Left { seat } | RoomEvent::Removed { seat } | RoomEvent::SentBack { seat } if self.spot(*seat) != Spot::Circle => {
                let mut after = self.clone();
                after.come_back(*seat);
                std::iter::once(TablesEvent::CameBack { seat: *seat }).chain(after.left_alone(around)).collect()
            }
            RoomEvent::WentAway { .. } | RoomEvent::Returned { .. } => self.left_alone(around),
            _ => Vec::new(),
        }
    }

    fn tick(&self, around: Around<'_>) -> Vec<TablesEvent> {
        let due = self.falls_due(around);
        if due.is_empty() { self.left_alone(around) } else { due }
    }

    fn view_for(&self, viewer: &Person, around: Around<'_>) -> TablesView {
        view::of(self, viewer, around)
    }
}
