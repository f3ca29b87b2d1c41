//! From asking for a seat to sitting in it: the steps, how long a seat is kept, and who is next in line.

use std::time::Duration;

/// Kept for somebody who has an account and has not answered the short form yet: tonight or tomorrow.
pub const FRESH_HOLD: Duration = Duration::from_secs(24 * 3_600);
/// Kept while the next step is taken, by them or by us.
pub const STEP_HOLD: Duration = Duration::from_secs(7 * 86_400);
/// Kept beyond a call, so that the decision can be made.
pub const AFTER_CALL: Duration = Duration::from_secs(3 * 86_400);
/// How long an offered seat waits for an answer before it goes to the next person.
pub const OFFER: Duration = Duration::from_secs(48 * 3_600);
/// Nothing heard for so long: the application is closed. Asking again is always possible.
pub const SILENCE: Duration = Duration::from_secs(30 * 86_400);
/// Answers older than this are asked again: people change.
pub const ANSWERS_LAST: Duration = Duration::from_secs(90 * 86_400);

/// What has to happen next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// They answer the short form.
    Screening,
    /// They choose a time for the call.
    Call,
    /// The call, and our decision.
    Talk,
    /// A seat, as soon as one is free.
    Accepted,
    Closed,
}

impl Step {
    /// The steps of the office's board, in order.
    pub const OPEN: [Step; 4] = [Step::Screening, Step::Call, Step::Talk, Step::Accepted];

    pub fn word(self) -> &'static str {
        match self {
            Step::Screening => "screening",
            Step::Call => "call",
            Step::Talk => "talk",
            Step::Accepted => "accepted",
            Step::Closed => "closed",
        }
    }

    pub fn parse(word: &str) -> Step {
        Step::OPEN.into_iter().find(|step| step.word() == word).unwrap_or(Step::Closed)
    }

    /// Whose turn it is, for the board: theirs while they fill in or choose, ours afterwards.
    pub fn is_ours(self) -> bool {
        self == Step::Talk
    }

    /// How long this step may take before the board shows it as late.
    pub fn patience(self) -> Duration {
        match self {
            Step::Screening | Step::Call => Duration::from_secs(7 * 86_400),
            Step::Talk => Duration::from_secs(10 * 86_400),
            Step::Accepted | Step::Closed => Duration::from_secs(60 * 86_400),
        }
    }
}

/// Whether a seat is kept for somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Theirs until the hold ends.
    Held,
    /// Free for them if they say yes in time.
    Offered,
    /// In the line.
    Waiting,
    None,
}

impl Place {
    pub fn word(self) -> &'static str {
        match self {
            Place::Held => "held",
            Place::Offered => "offered",
            Place::Waiting => "waiting",
            Place::None => "none",
        }
    }

    pub fn parse(word: &str) -> Place {
        [Place::Held, Place::Offered, Place::Waiting].into_iter().find(|place| place.word() == word).unwrap_or(Place::None)
    }

    /// Whether one of the group's places is counted as taken by this.
    pub fn counts(self) -> bool {
        matches!(self, Place::Held | Place::Offered)
    }
}

/// How an application ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    Seated,
    OtherGroup,
    NotNow,
    Withdrawn,
    Lapsed,
}

impl Ended {
    pub fn word(self) -> &'static str {
        match self {
            Ended::Seated => "seated",
            Ended::OtherGroup => "other_group",
            Ended::NotNow => "not_now",
            Ended::Withdrawn => "withdrawn",
            Ended::Lapsed => "lapsed",
        }
    }
}

/// What becomes of a seat that was kept for too long without a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Overdue {
    /// Still theirs.
    Nothing,
    /// The seat goes to the next one; they stand at the end of the line.
    BackInLine,
    /// Nothing was heard for so long that the application is closed.
    Lapse,
}

/// `held_for_another` is the time left of the hold, zero once it is over; `silent` is the time since the last step.
pub fn overdue(step: Step, place: Place, held_for_another: Duration, silent: Duration) -> Overdue {
    let theirs = matches!(step, Step::Screening | Step::Call);
    if theirs && silent >= SILENCE {
        Overdue::Lapse
    } else if place.counts() && held_for_another.is_zero() {
        Overdue::BackInLine
    } else {
        Overdue::Nothing
    }
}

/// The hold that a newly taken place gets.
pub fn hold(step: Step) -> (Place, Duration) {
    match step {
        Step::Screening => (Place::Held, FRESH_HOLD),
        Step::Accepted => (Place::Offered, OFFER),
        Step::Call | Step::Talk | Step::Closed => (Place::Held, STEP_HOLD),
    }
}

/// Whether somebody at this step stands in the line: only who has told us enough to be called. Otherwise made-up names would pass real people.
pub fn stands_in_line(step: Step, place: Place) -> bool {
    place == Place::Waiting && matches!(step, Step::Call | Step::Talk | Step::Accepted)
}

/// When newcomers may begin in a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Admission {
    /// At any session.
    Rolling,
    /// At certain sessions of a cycle, counted from 1, as the weeks at which a module begins.
    Weeks { of: i64, at: Vec<i64> },
    /// Only before the first session.
    Closed,
}

impl Admission {
    /// `weeks` as "1, 2, 9" within a cycle of `cycle` sessions. What names no week at all lets people in at any.
    pub fn parse(word: &str, weeks: &str, cycle: i64) -> Admission {
        match word {
            "closed" => Admission::Closed,
            "weeks" => match parse_weeks(weeks, cycle) {
                Some(at) => Admission::Weeks { of: cycle, at },
                None => Admission::Rolling,
            },
            _ => Admission::Rolling,
        }
    }

    /// The number of a newcomer's first session, if the next one has number `next`; `None` if nobody is let in any more.
    pub fn first_session(&self, next: i64) -> Option<i64> {
        match self {
            Admission::Rolling => Some(next),
            Admission::Closed => (next <= 1).then_some(1),
            Admission::Weeks { of, at } => (next..next + of).find(|number| at.contains(&((number - 1) % of + 1))),
        }
    }
}

/// "1, 2, 9" as numbers from 1 to `cycle`; `None` if there is none or one does not fit.
pub fn parse_weeks(text: &str, cycle: i64) -> Option<Vec<i64>> {
    let weeks: Option<Vec<i64>> = text.split(',').map(|part| part.trim().parse().ok().filter(|week| (1..=cycle).contains(week))).collect();
    weeks.filter(|weeks| !weeks.is_empty())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_and_steps_are_the_same() {
        for step in Step::OPEN {
            assert_eq!(Step::parse(step.word()), step);
        }
        for place in [Place::Held, Place::Offered, Place::Waiting, Place::None] {
            assert_eq!(Place::parse(place.word()), place);
        }
        assert_eq!(Step::parse("?"), Step::Closed);
    }

    #[test]
    fn a_hold_that_is_over_goes_back_in_line_and_silence_ends() {
        let day = Duration::from_secs(86_400);
        assert_eq!(overdue(Step::Screening, Place::Held, day, day), Overdue::Nothing);
        assert_eq!(overdue(Step::Screening, Place::Held, Duration::ZERO, day), Overdue::BackInLine);
        assert_eq!(overdue(Step::Accepted, Place::Offered, Duration::ZERO, day), Overdue::BackInLine);
        assert_eq!(overdue(Step::Accepted, Place::Waiting, Duration::ZERO, 100 * day), Overdue::Nothing, "we owe them, they do not owe us");
        assert_eq!(overdue(Step::Call, Place::Waiting, Duration::ZERO, SILENCE), Overdue::Lapse);
    }

    #[test]
    fn nobody_passes_by_a_made_up_name() {
        assert!(!stands_in_line(Step::Screening, Place::Waiting));
        assert!(stands_in_line(Step::Accepted, Place::Waiting) && !stands_in_line(Step::Accepted, Place::Offered));
    }

    #[test]
    fn newcomers_begin_with_a_module() {
        let weeks = Admission::parse("weeks", "1, 2, 9", 12);
        assert_eq!(weeks.first_session(1), Some(1));
        assert_eq!(weeks.first_session(3), Some(9));
        assert_eq!(weeks.first_session(10), Some(13), "the first of the next round");
        assert_eq!(Admission::parse("closed", "", 12).first_session(2), None);
        assert_eq!(Admission::parse("weeks", "none", 12), Admission::Rolling);
        assert_eq!(parse_weeks("0", 12), None);
        assert_eq!(parse_weeks("13", 12), None);
    }

    proptest! {
        #[test]
        fn the_first_session_is_ahead_and_an_admission_week(next in 1i64..500, of in 1i64..40, pick in prop::collection::vec(1i64..40, 1..5)) {
            let at: Vec<i64> = pick.into_iter().map(|week| (week - 1) % of + 1).collect();
            let first = Admission::Weeks { of, at: at.clone() }.first_session(next).unwrap();
            prop_assert!(first >= next && first < next + of);
            prop_assert!(at.contains(&((first - 1) % of + 1)));
        }
    }
}
