//! Polls: one or several options, a scale, an order, or a cloud of words; named, or anonymous and then really so.
//!
//! An anonymous ballot is never written down with a seat. It stays in memory until the poll closes; then the book is told what all of them
//! came to, and they are forgotten (docs/decisions/0058).

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    at::At,
    events::RoomEvent,
    limits,
    people::{Person, Seat},
    refusal::Refusal,
    tools::{Around, Right, Tool, unwritten::Unwritten},
};

mod ballot;
mod view;

pub use ballot::{Ballot, Tally, WordCount};
pub use view::PollView;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PollKind {
    Single,
    Several,
    /// From 0 to 10.
    Scale,
    /// Everything that is offered, the most important first.
    Order,
    /// One word or two.
    Words,
}

/// A poll as it is asked. Whole in itself, so that an agenda could carry one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct PollAsk {
    pub kind: PollKind,
    pub question: String,
    /// Two to eight for what is chosen or ordered, none for the others.
    pub options: Vec<String>,
    pub named: bool,
    /// What has come so far is shown at once. Only named ones can: an anonymous answer that is seen arriving is not anonymous.
    pub live: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum PollCommand {
    Open(PollAsk),
    /// For the poll with this number; it may be changed until the poll closes.
    Vote {
        id: u32,
        ballot: Ballot,
    },
    Close,
    /// The result has been looked at; the hearth is free again.
    PutAway,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum PollEvent {
    Opened {
        id: u32,
        ask: PollAsk,
    },
    /// In a named poll.
    Voted {
        seat: Seat,
        ballot: Ballot,
    },
    /// In an anonymous one: that somebody has answered, and not what.
    TookPart {
        seat: Seat,
    },
    /// In an anonymous one, and never written: serde refuses to.
    #[serde(skip)]
    Cast {
        seat: Seat,
        ballot: Ballot,
    },
    /// `tally` is what an anonymous poll came to, if enough have answered.
    Closed {
        tally: Option<Tally>,
    },
    PutAway,
}

/// One poll with what has come of it.
#[derive(Debug, Clone, PartialEq)]
struct Asked {
    id: u32,
    ask: PollAsk,
    open: bool,
    votes: BTreeMap<Seat, Ballot>,
    took_part: BTreeSet<Seat>,
    cast: Unwritten<BTreeMap<Seat, Ballot>>,
    /// Of a closed anonymous poll.
    tally: Option<Tally>,
}

/// A poll as it is kept after the session: what was asked and what came, never who.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PollKept {
    pub kind: PollKind,
    pub question: String,
    pub options: Vec<String>,
    pub named: bool,
    /// Empty if too few answered.
    pub tally: Option<Tally>,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Poll {
    all: Vec<Asked>,
    /// The last one is in the hearth, open or with its result.
    shown: bool,
}

impl Poll {
    fn now(&self) -> Option<&Asked> {
        self.all.last().filter(|_| self.shown)
    }

    fn running(&self) -> Option<&Asked> {
        self.now().filter(|asked| asked.open)
    }

    /// The closed ones that somebody answered.
    pub fn kept(&self) -> impl Iterator<Item = PollKept> {
        self.all.iter().filter(|asked| !asked.open).filter_map(Asked::kept)
    }

    /// How many ballots lie only in memory.
    pub fn unwritten(&self) -> usize {
        self.all.iter().map(|asked| asked.cast.get().len()).sum()
    }

    fn open(&self, ask: &PollAsk) -> Result<PollEvent, Refusal> {
        if self.running().is_some() {
            return Err(Refusal::NotNow);
        }
        if self.all.len() >= limits::POLLS {
            return Err(Refusal::TooMany);
        }
        let chosen = matches!(ask.kind, PollKind::Single | PollKind::Several | PollKind::Order);
        let many = ask.options.len();
        if if chosen { !limits::POLL_OPTIONS.contains(&many) } else { many != 0 } || (ask.live && !ask.named) {
            return Err(Refusal::OutOfRange);
        }
        let question = limits::text(&ask.question, limits::PROMPT_CHARS)?;
        let options = ask.options.iter().map(|option| limits::text(option, limits::OPTION_CHARS)).collect::<Result<_, _>>()?;
        Ok(PollEvent::Opened { id: self.all.len() as u32, ask: PollAsk { question, options, ..ask.clone() } })
    }

    fn vote(&self, seat: Seat, id: u32, ballot: &Ballot) -> Result<Vec<PollEvent>, Refusal> {
        let asked = match self.running() {
            Some(asked) if asked.id == id => asked,
            // Sent on the way to a poll that has closed meanwhile: it must not count for the next one.
            _ if self.all.iter().any(|asked| asked.id == id) => return Err(Refusal::VotingOver),
            _ => return Err(Refusal::NotNow),
        };
        let ballot = ballot.fits(&asked.ask)?;
        Ok(if asked.ask.named {
            vec![PollEvent::Voted { seat, ballot }]
        } else {
            vec![PollEvent::Cast { seat, ballot }, PollEvent::TookPart { seat }]
        })
    }

    fn close(&self) -> Option<PollEvent> {
        let asked = self.running()?;
        let tally = (!asked.ask.named && asked.answered() >= limits::FEWEST).then(|| asked.counted());
        Some(PollEvent::Closed { tally })
    }
}

impl Asked {
    fn ballots(&self) -> &BTreeMap<Seat, Ballot> {
        if self.ask.named { &self.votes } else { self.cast.get() }
    }

    fn answered(&self) -> usize {
        self.ballots().len()
    }

    fn counted(&self) -> Tally {
        Tally::of(&self.ask, self.ballots().values())
    }

    /// What may be shown of it now.
    fn result(&self) -> Option<Tally> {
        let counted = || (self.answered() > 0 && (!self.open || self.ask.live)).then(|| self.counted());
        if self.ask.named { counted() } else { self.tally.clone() }
    }

    /// Words that somebody wrote under their name go with that name's key, so no copy of them is kept elsewhere.
    fn kept(&self) -> Option<PollKept> {
        if self.ballots().is_empty() && self.took_part.is_empty() {
            return None;
        }
        let mut tally = self.result();
        if let Some(tally) = tally.as_mut().filter(|_| self.ask.named) {
            tally.words.clear();
        }
        let PollAsk { kind, question, options, named, .. } = self.ask.clone();
        Some(PollKept { kind, question, options, named, tally })
    }
}

impl Tool for Poll {
    type Command = PollCommand;
    type Event = PollEvent;
    type View = Option<PollView>;

    fn right(command: &PollCommand) -> Right {
        match command {
            PollCommand::Open(_) | PollCommand::Close | PollCommand::PutAway => Right::Facilitators,
            // Whoever just listens today may vote like everybody: nobody hears them do it.
            PollCommand::Vote { .. } => Right::TurnTakers,
        }
    }

    fn decide(&self, by: &Person, command: &PollCommand, _: Around<'_>) -> Result<Vec<PollEvent>, Refusal> {
        let event = match command {
            PollCommand::Open(ask) => self.open(ask)?,
            PollCommand::Vote { id, ballot } => return self.vote(by.seat, *id, ballot),
            PollCommand::Close => self.close().ok_or(Refusal::NotNow)?,
            PollCommand::PutAway if self.now().is_some_and(|asked| !asked.open) => PollEvent::PutAway,
            PollCommand::PutAway => return Err(Refusal::NotNow),
        };
        Ok(vec![event])
    }

    fn timeline(event: &PollEvent) -> Option<&'static str> {
        matches!(event, PollEvent::Opened { .. }).then_some("timeline-poll")
    }

    fn author(event: &PollEvent) -> Option<Seat> {
        match event {
            PollEvent::Voted { seat, .. } | PollEvent::TookPart { seat } => Some(*seat),
            PollEvent::Cast { .. } | PollEvent::Opened { .. } | PollEvent::Closed { .. } | PollEvent::PutAway => None,
        }
    }

    fn unwritten(event: &PollEvent) -> bool {
        matches!(event, PollEvent::Cast { .. })
    }

    fn apply(&mut self, event: &PollEvent, _: At) {
        if let PollEvent::Opened { id, ask } = event {
            let (votes, took_part, cast) = Default::default();
            self.all.push(Asked { id: *id, ask: ask.clone(), open: true, votes, took_part, cast, tally: None });
            self.shown = true;
            return;
        }
        let Some(asked) = self.all.last_mut() else { return };
        match event {
            PollEvent::Opened { .. } => {}
            PollEvent::Voted { seat, ballot } => {
                asked.votes.insert(*seat, ballot.clone());
            }
            PollEvent::TookPart { seat } => {
                asked.took_part.insert(*seat);
            }
            PollEvent::Cast { seat, ballot } => {
                asked.cast.get_mut().insert(*seat, ballot.clone());
            }
            PollEvent::Closed { tally } => {
                asked.open = false;
                asked.tally.clone_from(tally);
                asked.cast = Unwritten::default();
            }
            PollEvent::PutAway => self.shown = false,
        }
    }

    /// What people have answered is counted, also when the session ends first.
    fn follow(&self, event: &RoomEvent, _: Around<'_>) -> Vec<PollEvent> {
        if *event == RoomEvent::Ended { self.close().into_iter().collect() } else { Vec::new() }
    }

    fn view_for(&self, viewer: &Person, around: Around<'_>) -> Self::View {
        self.now().map(|asked| asked.view_for(viewer, around))
    }
}
