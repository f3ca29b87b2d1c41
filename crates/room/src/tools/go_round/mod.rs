//! Go-round with a talking piece: one has the floor, the others listen; pass or "come back to me" is always open.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    at::{At, SECOND},
    events::RoomEvent,
    limits,
    people::{Person, Seat, Stance},
    refusal::Refusal,
    tools::{Around, Right, Tool, shuffle},
};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    Seats,
    Random,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum GoRoundCommand {
    /// `seconds` is the time for each turn, 15 to 900. It is shown, never enforced.
    Open {
        prompt: String,
        order: Order,
        seconds: u16,
    },
    /// I have said what I wanted to say.
    Done,
    Pass,
    ComeBackToMe,
    /// Whoever is "just listening" is left out of the order, and may still ask for a turn.
    JoinIn,
    AddTime {
        seconds: u16,
    },
    /// A facilitator moves on: the turn goes to the end of the order if the person dropped, else it counts as a pass.
    Skip,
    Close,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum GoRoundEvent {
    Opened {
        prompt: String,
        seconds: u16,
        order: Vec<Seat>,
    },
    /// The person with the floor is through, in this way.
    Ended {
        seat: Seat,
        how: Ending,
    },
    Joined {
        seat: Seat,
    },
    Withdrew {
        seat: Seat,
    },
    TimeAdded {
        seconds: u16,
    },
    Closed,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Ending {
    Spoke,
    Passed,
    /// Goes to the end of the order.
    Later,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Turn {
    pub seat: Seat,
    pub since: At,
    pub until: At,
}

/// Somebody who has had their turn; `spoke` is false for a pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Had {
    pub seat: Seat,
    pub spoke: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct GoRoundView {
    pub prompt: String,
    pub turn: Option<Turn>,
    pub waiting: Vec<Seat>,
    pub had: Vec<Had>,
}

#[derive(Debug, Clone, PartialEq)]
struct Round {
    prompt: String,
    seconds: u16,
    turn: Option<Turn>,
    waiting: Vec<Seat>,
    had: Vec<Had>,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct GoRound {
    round: Option<Round>,
}

impl GoRound {
    /// Who has the floor now.
    pub fn floor(&self) -> Option<Seat> {
        Some(self.round.as_ref()?.turn?.seat)
    }

    fn open(&self, prompt: &str, order: Order, seconds: u16, around: Around<'_>) -> Result<GoRoundEvent, Refusal> {
        if self.round.is_some() {
            return Err(Refusal::NotNow);
        }
        if !limits::TURN_SECONDS.contains(&seconds) {
            return Err(Refusal::OutOfRange);
        }
        let prompt = limits::text(prompt, limits::PROMPT_CHARS)?;
        let takes_part = |p: &&Person| p.is_here() && p.takes_turns() && p.stance != Stance::Listening;
        let mut seats: Vec<Seat> = around.people.values().filter(takes_part).map(|p| p.seat).collect();
        if order == Order::Random {
            shuffle(&mut seats, around.luck);
        }
        Ok(GoRoundEvent::Opened { prompt, seconds, order: seats })
    }

    /// Ends the turn of the one who has the floor, if that is `by`.
    fn end_own(round: &Round, by: Seat, how: Ending) -> Result<GoRoundEvent, Refusal> {
        match round.turn {
            Some(turn) if turn.seat == by && how == Ending::Later && round.waiting.is_empty() => Err(Refusal::NotNow),
            Some(turn) if turn.seat == by => Ok(GoRoundEvent::Ended { seat: by, how }),
            // A pass or "later" may be said before one's turn comes; it then takes effect in the order.
            _ if how != Ending::Spoke && round.waiting.contains(&by) => Ok(GoRoundEvent::Ended { seat: by, how }),
            _ => Err(Refusal::NotYourTurn),
        }
    }

    fn skip(round: &Round, around: Around<'_>) -> Result<GoRoundEvent, Refusal> {
        let seat = round.turn.ok_or(Refusal::NotNow)?.seat;
        let dropped = around.people.get(&seat).is_some_and(|p| p.lost_since.is_some());
        let how = if dropped && !round.waiting.is_empty() { Ending::Later } else { Ending::Passed };
        Ok(GoRoundEvent::Ended { seat, how })
    }

    fn join_in(round: &Round, by: Seat) -> Result<GoRoundEvent, Refusal> {
        let has_floor = round.turn.is_some_and(|turn| turn.seat == by);
        if has_floor || round.waiting.contains(&by) { Err(Refusal::NotNow) } else { Ok(GoRoundEvent::Joined { seat: by }) }
    }
}

impl Round {
    fn end(&mut self, seat: Seat, how: Ending, at: At) {
        self.waiting.retain(|waiting| *waiting != seat);
        match how {
            Ending::Spoke => self.had.push(Had { seat, spoke: true }),
            Ending::Passed => self.had.push(Had { seat, spoke: false }),
            Ending::Later => self.waiting.push(seat),
        }
        if self.turn.is_some_and(|turn| turn.seat == seat) {
            self.turn = None;
            self.give_floor(at);
        }
    }

    fn join(&mut self, seat: Seat, at: At) {
        self.had.retain(|had| had.seat != seat);
        self.waiting.push(seat);
        self.give_floor(at);
    }

    fn withdraw(&mut self, seat: Seat, at: At) {
        self.waiting.retain(|waiting| *waiting != seat);
        if self.turn.is_some_and(|turn| turn.seat == seat) {
            self.turn = None;
            self.give_floor(at);
        }
    }

    fn give_floor(&mut self, at: At) {
        if self.turn.is_none() && !self.waiting.is_empty() {
            let seat = self.waiting.remove(0);
            self.turn = Some(Turn { seat, since: at, until: at + i64::from(self.seconds) * SECOND });
        }
    }
}

impl Tool for GoRound {
    type Command = GoRoundCommand;
    type Event = GoRoundEvent;
    type View = Option<GoRoundView>;

    fn right(command: &GoRoundCommand) -> Right {
        match command {
            GoRoundCommand::Open { .. } | GoRoundCommand::AddTime { .. } | GoRoundCommand::Skip | GoRoundCommand::Close => {
                Right::Facilitators
            }
            GoRoundCommand::Done | GoRoundCommand::Pass | GoRoundCommand::ComeBackToMe | GoRoundCommand::JoinIn => Right::TurnTakers,
        }
    }

    fn decide(&self, by: &Person, command: &GoRoundCommand, around: Around<'_>) -> Result<Vec<GoRoundEvent>, Refusal> {
        if let GoRoundCommand::Open { prompt, order, seconds } = command {
            return Ok(vec![self.open(prompt, *order, *seconds, around)?]);
        }
        let round = self.round.as_ref().ok_or(Refusal::NotNow)?;
        let event = match command {
            GoRoundCommand::Open { .. } => return Err(Refusal::NotNow),
            GoRoundCommand::Done => Self::end_own(round, by.seat, Ending::Spoke)?,
            GoRoundCommand::Pass => Self::end_own(round, by.seat, Ending::Passed)?,
            GoRoundCommand::ComeBackToMe => Self::end_own(round, by.seat, Ending::Later)?,
            GoRoundCommand::JoinIn => Self::join_in(round, by.seat)?,
            GoRoundCommand::AddTime { seconds } if round.turn.is_none() || !limits::TURN_SECONDS.contains(seconds) => {
                return Err(Refusal::NotNow);
            }
            GoRoundCommand::AddTime { seconds } => GoRoundEvent::TimeAdded { seconds: *seconds },
            GoRoundCommand::Skip => Self::skip(round, around)?,
            GoRoundCommand::Close => GoRoundEvent::Closed,
        };
        Ok(vec![event])
    }

    fn timeline(event: &GoRoundEvent) -> Option<&'static str> {
        matches!(event, GoRoundEvent::Opened { .. }).then_some("timeline-go-round")
    }

    fn apply(&mut self, event: &GoRoundEvent, at: At) {
        if let GoRoundEvent::Opened { prompt, seconds, order } = event {
            let mut round = Round { prompt: prompt.clone(), seconds: *seconds, turn: None, waiting: order.clone(), had: Vec::new() };
            round.give_floor(at);
            self.round = Some(round);
            return;
        }
        let Some(round) = &mut self.round else { return };
        match event {
            GoRoundEvent::Opened { .. } => {}
            GoRoundEvent::Ended { seat, how } => round.end(*seat, *how, at),
            GoRoundEvent::Joined { seat } => round.join(*seat, at),
            GoRoundEvent::Withdrew { seat } => round.withdraw(*seat, at),
            GoRoundEvent::TimeAdded { seconds } => {
                if let Some(turn) = &mut round.turn {
                    turn.until = turn.until.max(at) + i64::from(*seconds) * SECOND;
                }
            }
            GoRoundEvent::Closed => self.round = None,
        }
    }

    fn follow(&self, event: &RoomEvent, around: Around<'_>) -> Vec<GoRoundEvent> {
        let Some(round) = &self.round else { return Vec::new() };
        let knows = |seat: Seat| {
            round.turn.is_some_and(|turn| turn.seat == seat)
                || round.waiting.contains(&seat)
                || round.had.iter().any(|had| had.seat == seat)
        };
        match event {
            RoomEvent::Admitted { seat } => {
                let joins = around.people.get(seat).is_some_and(|p| p.takes_turns() && p.stance != Stance::Listening);
                if joins && !knows(*seat) { vec![GoRoundEvent::Joined { seat: *seat }] } else { Vec::new() }
            }
            // Whoever dropped for good while holding the floor gets it again at the end, if they come back.
            RoomEvent::WentAway { seat } if round.turn.is_some_and(|turn| turn.seat == *seat) => {
                Self::skip(round, around).into_iter().collect()
            }
            RoomEvent::Left { seat } | RoomEvent::Removed { seat } | RoomEvent::SentBack { seat } if knows(*seat) => {
                vec![GoRoundEvent::Withdrew { seat: *seat }]
            }
            _ => Vec::new(),
        }
    }

    fn view_for(&self, _: &Person, _: Around<'_>) -> Self::View {
        let round = self.round.as_ref()?;
        Some(GoRoundView { prompt: round.prompt.clone(), turn: round.turn, waiting: round.waiting.clone(), had: round.had.clone() })
    }
}
