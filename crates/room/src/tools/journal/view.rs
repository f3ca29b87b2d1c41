//! What one person sees of the journal: their own page, and of the others what each of them gave, at the time they gave it for.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{JournalStage, Round, Sharing};
use crate::{
    at::At,
    limits,
    people::{Person, Seat},
    tools::{Around, shuffle},
};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct JournalView {
    pub round: Option<JournalRound>,
    /// Leaders only: every page that was given to them this evening.
    pub given: Option<Vec<SharedPage>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct JournalRound {
    pub prompt: String,
    pub stage: JournalStage,
    pub since: At,
    pub until: At,
    /// One's own page; observers and interpreters have none.
    pub mine: Option<MyPage>,
    /// Once they are shown.
    pub lines: Option<JournalLines>,
    pub lead: Option<JournalLead>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct MyPage {
    pub text: String,
    /// What I chose; empty until I have.
    pub sharing: Option<Sharing>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct JournalLines {
    /// In an order that says nothing; empty when there are too few of them for nobody to be recognised.
    pub anonymous: Vec<String>,
    /// Some were given, and not enough.
    pub too_few: bool,
    pub named: Vec<NamedLine>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct NamedLine {
    pub seat: Seat,
    pub line: String,
}

/// How many have chosen, of how many who may; never what or who.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct JournalLead {
    pub chosen: u32,
    pub of: u32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct SharedPage {
    pub seat: Seat,
    pub prompt: String,
    pub text: String,
}

pub fn of(rounds: &[Round], viewer: &Person, around: Around<'_>) -> JournalView {
    let shown = rounds.last().filter(|round| round.stage != JournalStage::PutAway);
    JournalView {
        round: shown.map(|round| now(round, viewer, around)),
        given: viewer.leads().then(|| rounds.iter().flat_map(given).collect()),
    }
}

fn given(round: &Round) -> impl Iterator<Item = SharedPage> {
    round.pages.iter().filter_map(|(seat, page)| {
        let text = page.given.clone()?;
        Some(SharedPage { seat: *seat, prompt: round.prompt.clone(), text })
    })
}

fn now(round: &Round, viewer: &Person, around: Around<'_>) -> JournalRound {
    let mine = round.pages.get(&viewer.seat).map(|page| MyPage { text: page.text.clone(), sharing: page.sharing.clone() });
    let chosen = round.pages.values().filter(|page| page.sharing.is_some()).count();
    let may = |p: &&Person| p.takes_turns() && (p.is_here() || round.pages.get(&p.seat).is_some_and(|page| page.sharing.is_some()));
    let of = around.people.values().filter(may).count();
    JournalRound {
        prompt: round.prompt.clone(),
        stage: round.stage,
        since: round.since,
        until: round.until,
        mine: viewer.takes_turns().then(|| mine.unwrap_or_default()),
        lines: (round.stage == JournalStage::Shown).then(|| lines(round)),
        // Not before the choosing: that somebody writes is nobody's business.
        lead: (viewer.leads() && round.stage == JournalStage::Choosing).then_some(JournalLead { chosen: chosen as u32, of: of as u32 }),
    }
}

fn lines(round: &Round) -> JournalLines {
    let mut hidden: Vec<(Seat, &str)> = Vec::new();
    let mut named = Vec::new();
    for (seat, page) in &round.pages {
        match &page.sharing {
            Some(Sharing::Anonymous { line }) => hidden.push((*seat, line)),
            Some(Sharing::Named { line }) => named.push(NamedLine { seat: *seat, line: line.clone() }),
            _ => {}
        }
    }
    let enough = hidden.len() >= limits::JOURNAL_LINES_LEAST;
    let mut order: Vec<Seat> = hidden.iter().map(|(seat, _)| *seat).collect();
    shuffle(&mut order, round.luck);
    let line = |seat: &Seat| hidden.iter().find(|(of, _)| of == seat).map(|(_, line)| (*line).to_owned());
    JournalLines {
        anonymous: if enough { order.iter().filter_map(line).collect() } else { Vec::new() },
        too_few: !enough && !hidden.is_empty(),
        named,
    }
}
