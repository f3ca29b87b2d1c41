//! A pause for everybody or for one person: breathing together, the five senses, or a quiet minute. It ends by itself, but for the one that
//! somebody takes for themselves: from that they come back when they like.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    at::{At, MINUTE},
    events::RoomEvent,
    limits,
    people::{Person, Seat},
    refusal::Refusal,
    tools::{Around, Right, Tool},
};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Exercise {
    /// In, hold, out: slower out than in.
    Breathing,
    /// Five things I see, four I feel, three I hear, two I smell, one I taste.
    Senses,
    Quiet,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum CalmCommand {
    /// For 1 to 10 minutes; for everybody, or for this one person without a word to the others.
    Open { exercise: Exercise, seat: Option<Seat>, minutes: u16 },
    /// A leader ends the pause of everybody, or of one.
    Close { seat: Option<Seat> },
    /// A moment for myself, without asking anybody and as long as I like. My microphone is off meanwhile.
    Take { exercise: Exercise },
    /// I have had enough of it; the others may go on.
    Enough,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum CalmEvent {
    Opened { exercise: Exercise, seat: Option<Seat>, until: At },
    Closed { seat: Option<Seat> },
    Took { seat: Seat, exercise: Exercise },
    Enough { seat: Seat },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CalmView {
    pub exercise: Exercise,
    pub since: At,
    /// Nothing ends a moment that somebody took.
    pub until: Option<At>,
    /// It is offered to everybody, not to this person alone.
    pub all: bool,
    /// They took it themselves.
    pub own: bool,
}

/// Somebody with a pause of their own, as leaders see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Pausing {
    pub seat: Seat,
    pub since: At,
    /// Taken, not given: they come back when they like.
    pub own: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct CalmViews {
    pub mine: Option<CalmView>,
    /// Leaders only: who has a pause of their own, and whether everybody has one.
    pub singly: Option<Vec<Pausing>>,
    pub together: bool,
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Pause {
    exercise: Exercise,
    since: At,
    /// `None` for one that was taken.
    until: Option<At>,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Calm {
    together: Option<Pause>,
    /// Who has left the pause of all.
    enough: Vec<Seat>,
    singly: BTreeMap<Seat, Pause>,
}

impl Calm {
    fn is_open(&self, seat: Option<Seat>) -> bool {
        seat.map_or(self.together.is_some(), |seat| self.singly.contains_key(&seat))
    }

    /// Whether this person has taken a moment for themselves.
    pub fn rests(&self, seat: Seat) -> bool {
        self.singly.get(&seat).is_some_and(|pause| pause.until.is_none())
    }

    /// The same moment twice is none; another exercise is a change of mind.
    fn take(&self, seat: Seat, exercise: Exercise) -> Result<CalmEvent, Refusal> {
        let same = self.rests(seat) && self.singly.get(&seat).is_some_and(|pause| pause.exercise == exercise);
        if same { Err(Refusal::NotNow) } else { Ok(CalmEvent::Took { seat, exercise }) }
    }

    fn mine(&self, seat: Seat) -> Option<(Pause, bool)> {
        let together = self.together.filter(|_| !self.enough.contains(&seat)).map(|pause| (pause, true));
        self.singly.get(&seat).map(|pause| (*pause, false)).or(together)
    }
}

impl Tool for Calm {
    type Command = CalmCommand;
    type Event = CalmEvent;
    type View = CalmViews;

    fn right(command: &CalmCommand) -> Right {
        match command {
            CalmCommand::Open { .. } | CalmCommand::Close { .. } => Right::Facilitators,
            CalmCommand::Take { .. } => Right::TurnTakers,
            CalmCommand::Enough => Right::Circle,
        }
    }

    fn decide(&self, by: &Person, command: &CalmCommand, around: Around<'_>) -> Result<Vec<CalmEvent>, Refusal> {
        let event = match *command {
            CalmCommand::Open { minutes, .. } if !limits::CALM_MINUTES.contains(&minutes) => return Err(Refusal::OutOfRange),
            CalmCommand::Open { seat: Some(seat), .. } if !around.in_circle(seat) => return Err(Refusal::NobodyThere),
            // Whoever took a moment is not given another, and is not fetched back from it.
            CalmCommand::Open { seat: Some(seat), .. } | CalmCommand::Close { seat: Some(seat) } if self.rests(seat) => {
                return Err(Refusal::NotNow);
            }
            CalmCommand::Open { exercise, seat, minutes } => {
                CalmEvent::Opened { exercise, seat, until: around.now + i64::from(minutes) * MINUTE }
            }
            CalmCommand::Close { seat } if self.is_open(seat) => CalmEvent::Closed { seat },
            CalmCommand::Take { exercise } => self.take(by.seat, exercise)?,
            CalmCommand::Enough if self.mine(by.seat).is_some() => CalmEvent::Enough { seat: by.seat },
            CalmCommand::Close { .. } | CalmCommand::Enough => return Err(Refusal::NotNow),
        };
        Ok(vec![event])
    }

    fn apply(&mut self, event: &CalmEvent, at: At) {
        match *event {
            CalmEvent::Opened { exercise, seat, until } => {
                let pause = Pause { exercise, since: at, until: Some(until) };
                match seat {
                    Some(seat) => {
                        self.singly.insert(seat, pause);
                    }
                    None => {
                        self.together = Some(pause);
                        self.enough.clear();
                    }
                }
            }
            CalmEvent::Took { seat, exercise } => {
                self.singly.insert(seat, Pause { exercise, since: at, until: None });
            }
            CalmEvent::Closed { seat: Some(seat) } => {
                self.singly.remove(&seat);
            }
            CalmEvent::Closed { seat: None } => self.together = None,
            CalmEvent::Enough { seat } => {
                if self.singly.remove(&seat).is_none() {
                    self.enough.push(seat);
                }
            }
        }
    }

    fn follow(&self, event: &RoomEvent, _: Around<'_>) -> Vec<CalmEvent> {
        match event {
            RoomEvent::Left { seat } | RoomEvent::Removed { seat } | RoomEvent::SentBack { seat } if self.singly.contains_key(seat) => {
                vec![CalmEvent::Closed { seat: Some(*seat) }]
            }
            _ => Vec::new(),
        }
    }

    fn tick(&self, around: Around<'_>) -> Vec<CalmEvent> {
        let over = |pause: &Pause| pause.until.is_some_and(|until| around.now >= until);
        let together = self.together.filter(over).map(|_| CalmEvent::Closed { seat: None });
        let singly = self.singly.iter().filter(|(_, pause)| over(pause)).map(|(seat, _)| CalmEvent::Closed { seat: Some(*seat) });
        together.into_iter().chain(singly).collect()
    }

    /// That somebody needed a moment is theirs, like a word they said.
    fn author(event: &CalmEvent) -> Option<Seat> {
        match event {
            CalmEvent::Took { seat, .. } => Some(*seat),
            _ => None,
        }
    }

    /// That everybody paused, not who paused alone.
    fn timeline(event: &CalmEvent) -> Option<&'static str> {
        matches!(event, CalmEvent::Opened { seat: None, .. }).then_some("timeline-calm")
    }

    fn view_for(&self, viewer: &Person, _: Around<'_>) -> CalmViews {
        let mine = self.mine(viewer.seat).map(|(Pause { exercise, since, until }, all)| {
            let own = !all && until.is_none();
            CalmView { exercise, since, until, all, own }
        });
        let pausing = |(seat, pause): (&Seat, &Pause)| Pausing { seat: *seat, since: pause.since, own: pause.until.is_none() };
        let singly = viewer.leads().then(|| self.singly.iter().map(pausing).collect());
        CalmViews { mine, singly, together: self.together.is_some() }
    }
}
