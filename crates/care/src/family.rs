//! What somebody who supports a member may know and do (P8): what the member opened to them, and nothing else. Both have to say yes.

use crate::names;

/// A member may have so many supporters at a time.
pub const MOST: usize = 6;
/// Characters of what a supporter should do in a crisis.
pub const NOTE_CHARS: usize = 2_000;
/// Characters of the names of those who sit beside somebody at the same camera.
pub const BESIDE_CHARS: usize = 80;

/// What a member opens to one supporter.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Scope {
    /// To come to family sessions.
    pub sessions: bool,
    /// To know when the member needs a quiet hour: times alone, no group, no topic.
    pub reminders: bool,
    /// To read what the member wrote down for a crisis.
    pub crisis: bool,
}

impl Scope {
    pub fn is_empty(self) -> bool {
        self == Scope::default()
    }
}

/// How it stands between a member and a supporter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// The member asked, the supporter has not answered.
    Asked,
    Agreed,
    /// Either of them ended it, or the supporter said no.
    Ended,
}

impl Standing {
    pub fn of(agreed: bool, ended: bool) -> Standing {
        match (agreed, ended) {
            (_, true) => Standing::Ended,
            (true, false) => Standing::Agreed,
            (false, false) => Standing::Asked,
        }
    }
}

/// What is open right now: nothing before both said yes, nothing after one of them ended it.
pub fn opened(scope: Scope, standing: Standing) -> Scope {
    if standing == Standing::Agreed { scope } else { Scope::default() }
}

/// Why somebody cannot be invited like this.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    /// The member's own address.
    Oneself,
    /// Nothing is opened to them.
    NothingOpened,
    TooMany,
}

/// Judges an invitation; `others` counts the supporters there are already.
pub fn fits(own_address: bool, scope: Scope, others: usize) -> Result<(), Unfit> {
    if own_address {
        Err(Unfit::Oneself)
    } else if scope.is_empty() {
        Err(Unfit::NothingOpened)
    } else if others >= MOST {
        Err(Unfit::TooMany)
    } else {
        Ok(())
    }
}

/// Who sits beside somebody at the same camera, as everybody in the room reads it; empty for nobody. `None` if it cannot be shown.
pub fn beside(typed: &str) -> Option<String> {
    let typed = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    (typed.is_empty() || names::fits(&typed, BESIDE_CHARS)).then_some(typed)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ALL: Scope = Scope { sessions: true, reminders: true, crisis: true };

    #[test]
    fn nothing_is_open_before_both_said_yes_or_after_either_ended_it() {
        assert_eq!(opened(ALL, Standing::of(true, false)), ALL);
        for (agreed, ended) in [(false, false), (false, true), (true, true)] {
            assert!(opened(ALL, Standing::of(agreed, ended)).is_empty(), "{agreed} {ended}");
        }
    }

    #[test]
    fn an_invitation_opens_something_to_somebody_else() {
        let one = Scope { crisis: true, ..Scope::default() };
        assert_eq!(fits(false, one, 0), Ok(()));
        assert_eq!(fits(false, one, MOST - 1), Ok(()));
        assert_eq!(fits(true, one, 0), Err(Unfit::Oneself));
        assert_eq!(fits(false, Scope::default(), 0), Err(Unfit::NothingOpened));
        assert_eq!(fits(false, one, MOST), Err(Unfit::TooMany));
    }

    #[test]
    fn those_beside_somebody_are_named_in_one_line() {
        assert_eq!(beside("  Erik \n and  Ida "), Some("Erik and Ida".into()));
        assert_eq!(beside(" "), Some(String::new()));
        assert_eq!(beside(&"x".repeat(BESIDE_CHARS + 1)), None);
    }

    proptest! {
        #[test]
        fn what_is_open_was_opened(sessions: bool, reminders: bool, crisis: bool, agreed: bool, ended: bool) {
            let scope = Scope { sessions, reminders, crisis };
            let open = opened(scope, Standing::of(agreed, ended));
            prop_assert!((!open.sessions || sessions) && (!open.reminders || reminders) && (!open.crisis || crisis));
            prop_assert_eq!(open.is_empty(), scope.is_empty() || !agreed || ended);
        }

        #[test]
        fn whoever_sits_beside_is_short_and_plain(typed in "\\PC{0,120}") {
            if let Some(shown) = beside(&typed) {
                prop_assert!(shown.chars().count() <= BESIDE_CHARS && !shown.contains('\n') && shown.trim() == shown);
            }
        }
    }
}
