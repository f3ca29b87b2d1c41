//! Consent of a parent or guardian: who needs it, where it stands, and how long it is asked for. Whether a practice takes anybody under 18 at
//! all, and from which age, is the practice's own decision.

use std::time::Duration;

/// The ages from which a practice may take somebody with consent. Younger ones are another kind of care.
pub const LOWEST: [i64; 5] = [13, 14, 15, 16, 17];
/// How long a link waits for an answer before somebody has to ask again.
pub const ASKED_FOR: Duration = Duration::from_secs(14 * 86_400);
/// After so many days without an answer the guardian is reminded; no more often than that.
pub const REMINDED_AFTER: [Duration; 2] = [Duration::from_secs(3 * 86_400), Duration::from_secs(9 * 86_400)];

/// How long a seat is kept from now on: `own` is what is left of its own time, `after` the time a young person has once they may answer,
/// `link` what is left of the link their guardian was sent, if one was asked. Nobody loses a seat because somebody else reads their mail late.
pub fn kept_for(own: Duration, after: Duration, link: Option<Duration>) -> Duration {
    match link {
        Some(link) if !link.is_zero() => own.max(link.saturating_add(after)),
        _ => own,
    }
}

/// Where the consent stands for somebody who said that they are under 18.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Nobody has been asked yet.
    Needed,
    Asked,
    Given,
    Declined,
    /// Given once, and taken back.
    Withdrawn,
    /// Staff made sure that no consent is needed any more.
    OfAge,
}

impl State {
    pub const ALL: [State; 6] = [State::Needed, State::Asked, State::Given, State::Declined, State::Withdrawn, State::OfAge];

    pub fn word(self) -> &'static str {
        match self {
            State::Needed => "needed",
            State::Asked => "asked",
            State::Given => "given",
            State::Declined => "declined",
            State::Withdrawn => "withdrawn",
            State::OfAge => "of_age",
        }
    }

    /// A word that nobody knows asks again rather than lets somebody in.
    pub fn parse(word: &str) -> State {
        State::ALL.into_iter().find(|state| state.word() == word).unwrap_or(State::Needed)
    }

    /// Whether this person may have a seat.
    pub fn opens(self) -> bool {
        matches!(self, State::Given | State::OfAge)
    }
}

/// What somebody who follows the link may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    Give,
    Decline,
    Withdraw,
}

impl Answer {
    pub fn parse(word: &str) -> Option<Answer> {
        match word {
            "give" => Some(Answer::Give),
            "decline" => Some(Answer::Decline),
            "withdraw" => Some(Answer::Withdraw),
            _ => None,
        }
    }
}

/// The state after an answer; `None` if the link does not take it any more. A consent that was given can be taken back for as long as it holds.
pub fn answered(state: State, is_over: bool, answer: Answer) -> Option<State> {
    match (state, answer) {
        (State::Asked, Answer::Give) if !is_over => Some(State::Given),
        (State::Asked, Answer::Decline) if !is_over => Some(State::Declined),
        (State::Given, Answer::Withdraw) => Some(State::Withdrawn),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_are_read_back() {
        for state in State::ALL {
            assert_eq!(State::parse(state.word()), state);
        }
        assert_eq!(State::parse("grown"), State::Needed);
        assert_eq!(Answer::parse("maybe"), None);
    }

    /// The whole table: every state, every answer, in time and too late.
    #[test]
    fn only_an_open_question_is_answered_and_only_a_yes_is_taken_back() {
        for state in State::ALL {
            for word in ["give", "decline", "withdraw"] {
                let answer = Answer::parse(word).unwrap();
                for is_over in [false, true] {
                    let expected = match (state, word, is_over) {
                        (State::Asked, "give", false) => Some(State::Given),
                        (State::Asked, "decline", false) => Some(State::Declined),
                        (State::Given, "withdraw", _) => Some(State::Withdrawn),
                        _ => None,
                    };
                    assert_eq!(answered(state, is_over, answer), expected, "{state:?} {word} {is_over}");
                }
            }
            assert_eq!(state.opens(), matches!(state, State::Given | State::OfAge), "no seat while nobody has said yes");
        }
    }

    #[test]
    fn an_offer_waits_for_the_guardian_and_then_has_its_whole_time() {
        let hours = |n: u64| Duration::from_secs(n * 3_600);
        assert_eq!(kept_for(hours(48), hours(48), None), hours(48), "nobody is asked");
        assert_eq!(kept_for(hours(48), hours(48), Some(ASKED_FOR)), hours(16 * 24), "two days after the link is over");
        assert_eq!(kept_for(hours(1), hours(48), Some(hours(2))), hours(50));
        assert_eq!(kept_for(hours(1), hours(48), Some(Duration::ZERO)), hours(1), "a link that is over waits for nobody");
        assert_eq!(kept_for(hours(400), hours(48), Some(hours(2))), hours(400), "what it has already lasts longer");
    }

    proptest! {
        #[test]
        fn a_kept_seat_outlives_the_question_and_is_never_shortened_by_it(own in 0u64..5_000_000, after in 0u64..5_000_000, link in 0u64..5_000_000) {
            let [own, after, link] = [own, after, link].map(Duration::from_secs);
            let kept = kept_for(own, after, Some(link));
            prop_assert!(kept >= own);
            prop_assert!(link.is_zero() || kept >= link + after);
            prop_assert!(kept == own || kept == link + after, "no time out of nowhere");
            prop_assert_eq!(kept_for(own, after, None), own);
        }
    }

    #[test]
    fn nobody_is_reminded_of_a_link_that_is_over() {
        assert!(REMINDED_AFTER.iter().all(|after| *after < ASKED_FOR));
    }
}
