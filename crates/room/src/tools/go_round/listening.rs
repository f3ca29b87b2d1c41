//! The listening round: what was said is said back once, or twice, and then the floor moves on.

use crate::{people::Seat, refusal::Refusal, tools::Around};

use super::{Ending, GoRoundEvent, Round};

impl Round {
    /// The next one who is here says back what `speaker` said: those still to come first, then those who have had their turn. If nobody is
    /// left to do it, the turn is over.
    pub(super) fn said_back(&self, speaker: Seat, around: Around<'_>) -> GoRoundEvent {
        let here = |seat: &Seat| around.people.get(seat).is_some_and(|p| p.is_here());
        let mut others = self.waiting.iter().copied().chain(self.had.iter().map(|had| had.seat));
        let next = others.find(|seat| *seat != speaker && !self.asked.contains(seat) && here(seat));
        next.map_or(GoRoundEvent::Ended { seat: speaker, how: Ending::Spoke }, |seat| GoRoundEvent::SaysBack { seat })
    }

    /// The speaker answers. Once more is enough: a third try would turn listening into an examination.
    pub(super) fn heard(&self, by: Seat, so: bool) -> Result<GoRoundEvent, Refusal> {
        let echo = self.echo.ok_or(Refusal::NotNow)?;
        let speaker = self.turn.filter(|turn| turn.seat == by).ok_or(Refusal::NotYourTurn)?.seat;
        match (so, echo.again) {
            (true, _) => Ok(GoRoundEvent::Ended { seat: speaker, how: Ending::Spoke }),
            (false, false) => Ok(GoRoundEvent::OnceMore),
            (false, true) => Err(Refusal::NotNow),
        }
    }

    pub(super) fn not_me(&self, by: Seat, around: Around<'_>) -> Result<GoRoundEvent, Refusal> {
        let echo = self.echo.ok_or(Refusal::NotNow)?;
        let turn = self.turn.filter(|_| echo.seat == by).ok_or(Refusal::NotYourTurn)?;
        Ok(self.said_back(turn.seat, around))
    }

    /// Whoever should say it back has gone.
    pub(super) fn without(&self, gone: Seat, around: Around<'_>) -> Option<GoRoundEvent> {
        self.echo.filter(|echo| echo.seat == gone)?;
        Some(self.said_back(self.turn?.seat, around))
    }
}
