//! Go-round with a talking piece: one has the floor, the others listen; pass or "come back to me" is always open.
//! Two other kinds of it: a listening round, in which the next person says back what they heard before the floor moves on, and a
//! feedback round, in which one person asks and everybody else may give a short turn.

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

mod listening;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    Seats,
    Random,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum RoundKind {
    Plain,
    /// The next person says back what they heard, and the speaker confirms.
    Listening,
    /// This person asks for feedback on something of theirs.
    Feedback {
        seat: Seat,
    },
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
    OpenListening {
        prompt: String,
        order: Order,
        seconds: u16,
    },
    /// For this person, who asked for it; `about` says on what.
    OpenFeedback {
        seat: Seat,
        about: String,
        seconds: u16,
    },
    /// I have said what I wanted to say.
    Done,
    Pass,
    ComeBackToMe,
    /// Whoever is "just listening" is left out of the order, and may still ask for a turn.
    JoinIn,
    /// The speaker, of what was said back: yes, that is it; or not quite, which asks for it once more.
    Heard {
        so: bool,
    },
    /// I would rather not say back what I heard; somebody else does.
    NotMe,
    /// Whoever asked for feedback has had enough of it.
    Thank,
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
    ListeningOpened {
        prompt: String,
        seconds: u16,
        order: Vec<Seat>,
    },
    FeedbackOpened {
        seat: Seat,
        about: String,
        seconds: u16,
        order: Vec<Seat>,
    },
    /// Whoever has the floor has spoken, and this person says back what they heard.
    SaysBack {
        seat: Seat,
    },
    OnceMore,
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

/// Who says back what they heard, and whether it is the second time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Echo {
    pub seat: Seat,
    pub again: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct GoRoundView {
    pub kind: RoundKind,
    pub prompt: String,
    pub turn: Option<Turn>,
    pub echo: Option<Echo>,
    pub waiting: Vec<Seat>,
    pub had: Vec<Had>,
}

#[derive(Debug, Clone, PartialEq)]
struct Round {
    kind: RoundKind,
    prompt: String,
    seconds: u16,
    turn: Option<Turn>,
    echo: Option<Echo>,
    /// Who has been asked to say this turn back.
    asked: Vec<Seat>,
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

    /// Who is talking now: whoever says back what they heard, else whoever has the floor.
    pub fn talking(&self) -> Option<Seat> {
        let round = self.round.as_ref()?;
        round.echo.map(|echo| echo.seat).or_else(|| self.floor())
    }

    fn open(&self, command: &GoRoundCommand, around: Around<'_>) -> Result<GoRoundEvent, Refusal> {
        let (GoRoundCommand::Open { prompt: text, seconds, .. }
        | GoRoundCommand::OpenListening { prompt: text, seconds, .. }
        | GoRoundCommand::OpenFeedback { about: text, seconds, .. }) = command
        else {
            return Err(Refusal::NotNow);
        };
        if self.round.is_some() {
            return Err(Refusal::NotNow);
        }
        if !limits::TURN_SECONDS.contains(seconds) {
            return Err(Refusal::OutOfRange);
        }
        let (text, seconds) = (limits::text(text, limits::PROMPT_CHARS)?, *seconds);
        Ok(match *command {
            GoRoundCommand::OpenListening { order, .. } => {
                GoRoundEvent::ListeningOpened { prompt: text, seconds, order: seats(order, around) }
            }
            GoRoundCommand::OpenFeedback { seat, .. } => {
                around.people.get(&seat).filter(|p| p.is_here() && p.takes_turns()).ok_or(Refusal::NobodyThere)?;
                let others = seats(Order::Seats, around).into_iter().filter(|other| *other != seat).collect();
                GoRoundEvent::FeedbackOpened { seat, about: text, seconds, order: others }
            }
            GoRoundCommand::Open { order, .. } => GoRoundEvent::Opened { prompt: text, seconds, order: seats(order, around) },
            _ => return Err(Refusal::NotNow),
        })
    }

    /// Ends the turn of the one who has the floor, if that is `by`.
    fn end_own(round: &Round, by: Seat, how: Ending) -> Result<GoRoundEvent, Refusal> {
        match round.turn {
            // Their turn is over but for the yes to what is said back.
            Some(turn) if turn.seat == by && round.echo.is_some() => Err(Refusal::NotNow),
            Some(turn) if turn.seat == by && how == Ending::Later && round.waiting.is_empty() => Err(Refusal::NotNow),
            Some(turn) if turn.seat == by => Ok(GoRoundEvent::Ended { seat: by, how }),
            // A pass or "later" may be said before one's turn comes; it then takes effect in the order.
            _ if how != Ending::Spoke && round.waiting.contains(&by) => Ok(GoRoundEvent::Ended { seat: by, how }),
            _ => Err(Refusal::NotYourTurn),
        }
    }

    fn skip(round: &Round, around: Around<'_>) -> Result<GoRoundEvent, Refusal> {
        let seat = round.turn.ok_or(Refusal::NotNow)?.seat;
        if round.echo.is_some() {
            return Ok(GoRoundEvent::Ended { seat, how: Ending::Spoke });
        }
        let dropped = around.people.get(&seat).is_some_and(|p| p.lost_since.is_some());
        let how = if dropped && !round.waiting.is_empty() { Ending::Later } else { Ending::Passed };
        Ok(GoRoundEvent::Ended { seat, how })
    }

    fn join_in(round: &Round, by: Seat) -> Result<GoRoundEvent, Refusal> {
        let has_floor = round.turn.is_some_and(|turn| turn.seat == by);
        if has_floor || round.asks(by) || round.waiting.contains(&by) {
            Err(Refusal::NotNow)
        } else {
            Ok(GoRoundEvent::Joined { seat: by })
        }
    }
}

/// Whoever only listens today is left out, and may still join in.
fn seats(order: Order, around: Around<'_>) -> Vec<Seat> {
    let takes_part = |p: &&Person| p.is_here() && p.takes_turns() && p.stance != Stance::Listening;
    let mut seats: Vec<Seat> = around.people.values().filter(takes_part).map(|p| p.seat).collect();
    if order == Order::Random {
        shuffle(&mut seats, around.luck);
    }
    seats
}

impl Round {
    fn begin(kind: RoundKind, prompt: &str, seconds: u16, order: &[Seat], at: At) -> Round {
        let (prompt, waiting) = (prompt.to_owned(), order.to_vec());
        let mut round = Round { kind, prompt, seconds, turn: None, echo: None, asked: Vec::new(), waiting, had: Vec::new() };
        round.give_floor(at);
        round
    }

    /// Whether this person asked for the feedback that is given.
    fn asks(&self, seat: Seat) -> bool {
        self.kind == RoundKind::Feedback { seat }
    }

    fn end(&mut self, seat: Seat, how: Ending, at: At) {
        self.waiting.retain(|waiting| *waiting != seat);
        match how {
            Ending::Spoke => self.had.push(Had { seat, spoke: true }),
            Ending::Passed => self.had.push(Had { seat, spoke: false }),
            Ending::Later => self.waiting.push(seat),
        }
        if self.turn.is_some_and(|turn| turn.seat == seat) {
            self.next(at);
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
            self.next(at);
        }
    }

    fn next(&mut self, at: At) {
        self.turn = None;
        self.echo = None;
        self.asked.clear();
        self.give_floor(at);
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
            GoRoundCommand::Open { .. }
            | GoRoundCommand::OpenListening { .. }
            | GoRoundCommand::OpenFeedback { .. }
            | GoRoundCommand::AddTime { .. }
            | GoRoundCommand::Skip
            | GoRoundCommand::Close => Right::Facilitators,
            GoRoundCommand::Done
            | GoRoundCommand::Pass
            | GoRoundCommand::ComeBackToMe
            | GoRoundCommand::JoinIn
            | GoRoundCommand::Heard { .. }
            | GoRoundCommand::NotMe
            | GoRoundCommand::Thank => Right::TurnTakers,
        }
    }

    fn decide(&self, by: &Person, command: &GoRoundCommand, around: Around<'_>) -> Result<Vec<GoRoundEvent>, Refusal> {
        use GoRoundCommand as Say;
        if matches!(command, Say::Open { .. } | Say::OpenListening { .. } | Say::OpenFeedback { .. }) {
            return Ok(vec![self.open(command, around)?]);
        }
        let round = self.round.as_ref().ok_or(Refusal::NotNow)?;
        let event = match command {
            Say::Open { .. } | Say::OpenListening { .. } | Say::OpenFeedback { .. } => return Err(Refusal::NotNow),
            Say::Done => {
                let ended = Self::end_own(round, by.seat, Ending::Spoke)?;
                if round.kind == RoundKind::Listening { round.said_back(by.seat, around) } else { ended }
            }
            Say::Heard { so } => round.heard(by.seat, *so)?,
            Say::NotMe => round.not_me(by.seat, around)?,
            Say::Thank if round.asks(by.seat) => GoRoundEvent::Closed,
            Say::Thank => return Err(Refusal::NotNow),
            Say::Pass => Self::end_own(round, by.seat, Ending::Passed)?,
            Say::ComeBackToMe => Self::end_own(round, by.seat, Ending::Later)?,
            Say::JoinIn => Self::join_in(round, by.seat)?,
            Say::AddTime { seconds } if round.turn.is_none() || !limits::TURN_SECONDS.contains(seconds) => {
                return Err(Refusal::NotNow);
            }
            Say::AddTime { seconds } => GoRoundEvent::TimeAdded { seconds: *seconds },
            Say::Skip => Self::skip(round, around)?,
            Say::Close => GoRoundEvent::Closed,
        };
        Ok(vec![event])
    }

    fn timeline(event: &GoRoundEvent) -> Option<&'static str> {
        match event {
            GoRoundEvent::Opened { .. } => Some("timeline-go-round"),
            GoRoundEvent::ListeningOpened { .. } => Some("timeline-listening"),
            GoRoundEvent::FeedbackOpened { .. } => Some("timeline-feedback"),
            _ => None,
        }
    }

    /// What somebody wants feedback on is theirs, whoever typed it.
    fn author(event: &GoRoundEvent) -> Option<Seat> {
        match event {
            GoRoundEvent::FeedbackOpened { seat, .. } => Some(*seat),
            _ => None,
        }
    }

    fn apply(&mut self, event: &GoRoundEvent, at: At) {
        let begun = match event {
            GoRoundEvent::Opened { prompt, seconds, order } => Some((RoundKind::Plain, prompt, seconds, order)),
            GoRoundEvent::ListeningOpened { prompt, seconds, order } => Some((RoundKind::Listening, prompt, seconds, order)),
            GoRoundEvent::FeedbackOpened { seat, about, seconds, order } => {
                Some((RoundKind::Feedback { seat: *seat }, about, seconds, order))
            }
            _ => None,
        };
        if let Some((kind, prompt, seconds, order)) = begun {
            self.round = Some(Round::begin(kind, prompt, *seconds, order, at));
            return;
        }
        let Some(round) = &mut self.round else { return };
        match event {
            GoRoundEvent::Opened { .. } | GoRoundEvent::ListeningOpened { .. } | GoRoundEvent::FeedbackOpened { .. } => {}
            GoRoundEvent::SaysBack { seat } => {
                round.asked.push(*seat);
                round.echo = Some(Echo { seat: *seat, again: false });
            }
            GoRoundEvent::OnceMore => round.echo = round.echo.map(|echo| Echo { again: true, ..echo }),
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
                if joins && !knows(*seat) && !round.asks(*seat) { vec![GoRoundEvent::Joined { seat: *seat }] } else { Vec::new() }
            }
            // Nobody is talked about while they are away.
            RoomEvent::Left { seat } | RoomEvent::Removed { seat } | RoomEvent::SentBack { seat } | RoomEvent::WentAway { seat }
                if round.asks(*seat) =>
            {
                vec![GoRoundEvent::Closed]
            }
            // Whoever dropped for good while holding the floor gets it again at the end, if they come back.
            RoomEvent::WentAway { seat } if round.turn.is_some_and(|turn| turn.seat == *seat) => {
                Self::skip(round, around).into_iter().collect()
            }
            RoomEvent::WentAway { seat } => round.without(*seat, around).into_iter().collect(),
            RoomEvent::Left { seat } | RoomEvent::Removed { seat } | RoomEvent::SentBack { seat } if knows(*seat) => {
                std::iter::once(GoRoundEvent::Withdrew { seat: *seat }).chain(round.without(*seat, around)).collect()
            }
            _ => Vec::new(),
        }
    }

    fn view_for(&self, _: &Person, _: Around<'_>) -> Self::View {
        let round = self.round.as_ref()?;
        Some(GoRoundView {
            kind: round.kind,
            prompt: round.prompt.clone(),
            turn: round.turn,
            echo: round.echo,
            waiting: round.waiting.clone(),
            had: round.had.clone(),
        })
    }
}
