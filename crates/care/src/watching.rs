//! Whether somebody may watch a group to learn (L23): every member has said yes beforehand, and one no is enough.

/// How a group stands to one who would like to watch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Consent {
    Given,
    /// So many have not answered yet.
    Waits(usize),
    /// Somebody would rather not. Who, and how many, nobody is told.
    Refused,
}

/// Of every member in the group now, what they answered last; `None` for those who have not.
pub fn consent(answers: impl IntoIterator<Item = Option<bool>>) -> Consent {
    let (mut missing, mut refused) = (0, false);
    for answer in answers {
        match answer {
            Some(true) => {}
            Some(false) => refused = true,
            None => missing += 1,
        }
    }
    match (refused, missing) {
        (true, _) => Consent::Refused,
        (false, 0) => Consent::Given,
        (false, missing) => Consent::Waits(missing),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn everybody_has_to_say_yes_and_silence_is_none() {
        assert_eq!(consent([Some(true), Some(true)]), Consent::Given);
        assert_eq!(consent([Some(true), None, None]), Consent::Waits(2));
        assert_eq!(consent([Some(true), Some(false), None]), Consent::Refused, "a no is not waited out");
        assert_eq!(consent([]), Consent::Given, "where nobody sits there is nobody to ask");
    }

    proptest! {
        #[test]
        fn one_no_always_holds(mut answers in prop::collection::vec(prop::option::of(any::<bool>()), 0..15), at in 0usize..15) {
            answers.insert(at.min(answers.len()), Some(false));
            prop_assert_eq!(consent(answers), Consent::Refused);
        }

        #[test]
        fn it_is_given_exactly_when_all_have_said_yes(answers in prop::collection::vec(prop::option::of(any::<bool>()), 0..15)) {
            prop_assert_eq!(consent(answers.clone()) == Consent::Given, answers.iter().all(|answer| *answer == Some(true)));
        }
    }
}
