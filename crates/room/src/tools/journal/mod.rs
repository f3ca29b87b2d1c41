//! Guided journaling: a prompt, a quiet timer, and a page for each person that nobody else ever receives a letter of. When the quiet is over
//! each chooses what becomes of it; who chooses nothing has shared nothing.
//!
//! What is shared is what the page said at that moment: a line that is written afterwards stays with its person until they share again.

mod view;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    at::{At, MINUTE},
    limits,
    people::{Person, Seat},
    refusal::Refusal,
    tools::{Around, Right, Tool},
};

pub use view::{JournalLead, JournalLines, JournalRound, JournalView, MyPage, NamedLine, SharedPage};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum JournalCommand {
    /// A prompt, and quiet for 1 to 20 minutes.
    Open {
        prompt: String,
        minutes: u16,
    },
    Extend {
        minutes: u16,
    },
    /// The quiet is over before its time.
    EndQuiet,
    /// The whole page as it is now; sent while its person types.
    Write {
        text: String,
    },
    Share(Sharing),
    /// The lines come into the hearth, and nobody can choose any more.
    Show,
    PutAway,
}

/// What somebody lets others have of their page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "with", rename_all = "snake_case")]
pub enum Sharing {
    #[default]
    Nothing,
    /// Leaders read the page as it is now.
    Therapist,
    /// Shown among others without a name, if there are enough of them.
    Anonymous {
        line: String,
    },
    Named {
        line: String,
    },
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum JournalEvent {
    Opened {
        prompt: String,
        until: At,
    },
    Until {
        until: At,
    },
    QuietOver,
    Written {
        seat: Seat,
        text: String,
    },
    Shared {
        seat: Seat,
        sharing: Sharing,
    },
    /// The order of the lines without a name comes from `luck`, and from nothing that says whose they are.
    Shown {
        luck: u64,
    },
    PutAway,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum JournalStage {
    /// Everybody writes in quiet.
    Writing,
    /// The quiet is over; each chooses.
    Choosing,
    Shown,
    /// The hearth is free again; a letter that was still on its way is kept all the same.
    PutAway,
}

#[derive(Debug, Clone, Default, PartialEq)]
struct Page {
    text: String,
    /// Empty until somebody has chosen.
    sharing: Option<Sharing>,
    /// What the leaders read: the page when it was shared.
    given: Option<String>,
}

impl Page {
    fn has_line(&self) -> bool {
        matches!(self.sharing, Some(Sharing::Anonymous { .. } | Sharing::Named { .. }))
    }
}

#[derive(Debug, Clone, PartialEq)]
struct Round {
    prompt: String,
    since: At,
    until: At,
    stage: JournalStage,
    pages: BTreeMap<Seat, Page>,
    luck: u64,
}

/// A page as it stays with its person after the session.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct KeptPage {
    pub prompt: String,
    pub text: String,
    pub sharing: Sharing,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Journal {
    /// The last one is the one that goes on.
    rounds: Vec<Round>,
}

impl Journal {
    /// Every page that somebody has written on, in the order of the prompts; a line that was given without a page is theirs to keep, too.
    pub fn pages(&self) -> impl Iterator<Item = (Seat, KeptPage)> {
        self.rounds.iter().flat_map(|round| {
            let written = round.pages.iter().filter(|(_, page)| !page.text.is_empty() || page.has_line());
            written.map(|(seat, page)| {
                let (prompt, text) = (round.prompt.clone(), page.text.clone());
                (*seat, KeptPage { prompt, text, sharing: page.sharing.clone().unwrap_or_default() })
            })
        })
    }

    fn at(&self, stages: &[JournalStage]) -> Result<&Round, Refusal> {
        self.rounds.last().filter(|round| stages.contains(&round.stage)).ok_or(Refusal::NotNow)
    }

    fn open(&self, prompt: &str, minutes: u16, around: Around<'_>) -> Result<JournalEvent, Refusal> {
        // At the tables the hearth is the table's, and nobody would see that they may write.
        if self.at(&[JournalStage::Writing, JournalStage::Choosing]).is_ok() || around.tables.are_out() {
            return Err(Refusal::NotNow);
        }
        if self.rounds.len() >= limits::JOURNAL_ROUNDS {
            return Err(Refusal::TooMany);
        }
        let until = around.now + quiet(minutes)?;
        Ok(JournalEvent::Opened { prompt: limits::text(prompt, limits::PROMPT_CHARS)?, until })
    }

    fn extend(&self, minutes: u16, now: At) -> Result<JournalEvent, Refusal> {
        let round = self.at(&[JournalStage::Writing])?;
        let until = round.until + quiet(minutes)?;
        // Never longer than the longest quiet from here on.
        if until - now > i64::from(*limits::QUIET_MINUTES.end()) * MINUTE {
            return Err(Refusal::OutOfRange);
        }
        Ok(JournalEvent::Until { until })
    }

    fn share(&self, seat: Seat, sharing: &Sharing) -> Result<JournalEvent, Refusal> {
        let round = self.at(&[JournalStage::Choosing])?;
        let sharing = match sharing {
            Sharing::Nothing => Sharing::Nothing,
            Sharing::Therapist if round.pages.get(&seat).is_none_or(|page| page.text.is_empty()) => return Err(Refusal::Empty),
            Sharing::Therapist => Sharing::Therapist,
            Sharing::Anonymous { line } => Sharing::Anonymous { line: limits::text(line, limits::JOURNAL_LINE_CHARS)? },
            Sharing::Named { line } => Sharing::Named { line: limits::text(line, limits::JOURNAL_LINE_CHARS)? },
        };
        Ok(JournalEvent::Shared { seat, sharing })
    }
}

fn quiet(minutes: u16) -> Result<i64, Refusal> {
    if limits::QUIET_MINUTES.contains(&minutes) { Ok(i64::from(minutes) * MINUTE) } else { Err(Refusal::OutOfRange) }
}

impl Tool for Journal {
    type Command = JournalCommand;
    type Event = JournalEvent;
    type View = JournalView;

    fn right(command: &JournalCommand) -> Right {
        match command {
            // Whoever only listens today writes too, and leaders write as anybody does.
            JournalCommand::Write { .. } | JournalCommand::Share(_) => Right::TurnTakers,
            JournalCommand::Open { .. }
            | JournalCommand::Extend { .. }
            | JournalCommand::EndQuiet
            | JournalCommand::Show
            | JournalCommand::PutAway => Right::Facilitators,
        }
    }

    fn decide(&self, by: &Person, command: &JournalCommand, around: Around<'_>) -> Result<Vec<JournalEvent>, Refusal> {
        use JournalStage::{Choosing, Shown, Writing};
        let event = match command {
            JournalCommand::Open { prompt, minutes } => self.open(prompt, *minutes, around)?,
            JournalCommand::Extend { minutes } => self.extend(*minutes, around.now)?,
            JournalCommand::EndQuiet => self.at(&[Writing]).map(|_| JournalEvent::QuietOver)?,
            JournalCommand::Write { .. } if self.rounds.is_empty() => return Err(Refusal::NotNow),
            JournalCommand::Write { text } => {
                JournalEvent::Written { seat: by.seat, text: limits::optional_text(text, limits::JOURNAL_CHARS)? }
            }
            JournalCommand::Share(sharing) => self.share(by.seat, sharing)?,
            JournalCommand::Show => self.at(&[Choosing]).map(|_| JournalEvent::Shown { luck: around.luck })?,
            JournalCommand::PutAway => self.at(&[Choosing, Shown]).map(|_| JournalEvent::PutAway)?,
        };
        Ok(vec![event])
    }

    fn timeline(event: &JournalEvent) -> Option<&'static str> {
        matches!(event, JournalEvent::Opened { .. }).then_some("timeline-journal")
    }

    fn author(event: &JournalEvent) -> Option<Seat> {
        match event {
            JournalEvent::Written { seat, .. } | JournalEvent::Shared { seat, .. } => Some(*seat),
            _ => None,
        }
    }

    fn apply(&mut self, event: &JournalEvent, at: At) {
        if let JournalEvent::Opened { prompt, until } = event {
            let (prompt, pages) = (prompt.clone(), BTreeMap::new());
            self.rounds.push(Round { prompt, since: at, until: *until, stage: JournalStage::Writing, pages, luck: 0 });
            return;
        }
        let Some(round) = self.rounds.last_mut() else { return };
        match event {
            JournalEvent::Opened { .. } => {}
            JournalEvent::Until { until } => round.until = *until,
            JournalEvent::QuietOver => round.stage = JournalStage::Choosing,
            JournalEvent::Written { seat, text } => round.pages.entry(*seat).or_default().text.clone_from(text),
            JournalEvent::Shared { seat, sharing } => {
                let page = round.pages.entry(*seat).or_default();
                page.given = (*sharing == Sharing::Therapist).then(|| page.text.clone());
                page.sharing = Some(sharing.clone());
            }
            JournalEvent::Shown { luck } => {
                round.stage = JournalStage::Shown;
                round.luck = *luck;
            }
            JournalEvent::PutAway => round.stage = JournalStage::PutAway,
        }
    }

    fn tick(&self, around: Around<'_>) -> Vec<JournalEvent> {
        let over = self.at(&[JournalStage::Writing]).is_ok_and(|round| around.now >= round.until);
        if over { vec![JournalEvent::QuietOver] } else { Vec::new() }
    }

    fn view_for(&self, viewer: &Person, around: Around<'_>) -> JournalView {
        view::of(&self.rounds, viewer, around)
    }
}
