//! The place of those who finished a group: who may come in. (P13)

/// Letters of a name there, as in a group.
pub const NAME_CHARS: usize = 40;

/// What is known of somebody who asks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Past {
    /// A seat of theirs in a group has ended.
    pub finished: bool,
    pub inside: bool,
    /// A leader asked them to leave.
    pub removed: bool,
    /// Somebody from whom leaders keep them apart is inside.
    pub apart: bool,
}

/// How somebody stands to the place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stands {
    /// The practice has none, or has closed it.
    Closed,
    Inside,
    Welcome,
    /// Nothing of theirs has ended yet.
    NotYet,
    /// Somebody of the staff is to be asked first. It does not say why: the reason may be another person.
    AskFirst,
}

/// Closed is closed for everybody, and inside one stays until somebody ends it.
pub fn stands(open: bool, past: Past) -> Stands {
    match past {
        _ if !open => Stands::Closed,
        Past { inside: true, .. } => Stands::Inside,
        Past { finished: false, .. } => Stands::NotYet,
        Past { removed: true, .. } | Past { apart: true, .. } => Stands::AskFirst,
        _ => Stands::Welcome,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn nobody_comes_in_who_has_not_finished_was_sent_away_or_would_meet_whom_they_are_kept_from(
            open: bool, finished: bool, inside: bool, removed: bool, apart: bool,
        ) {
            let now = stands(open, Past { finished, inside, removed, apart });
            prop_assert_eq!(now == Stands::Welcome, open && finished && !inside && !removed && !apart);
            prop_assert_eq!(now == Stands::Inside, open && inside);
            prop_assert_eq!(now == Stands::Closed, !open);
        }
    }

    #[test]
    fn a_no_does_not_say_whom_it_is_about() {
        let past = Past { finished: true, ..Past::default() };
        assert_eq!(stands(true, Past { removed: true, ..past }), stands(true, Past { apart: true, ..past }));
        assert_eq!(stands(true, Past::default()), Stands::NotYet);
    }
}
