//! "I can't come" and "I'll be late", each in one tap, and taken back as easily.

mod pages;
mod queries;

use askama::Template;
use ground::{House, Routes, Rule, Stand, Ui};

pub(crate) use queries::{Saying, of_person, of_session};

const MEMBERS: &[Stand] = &[Stand::Member];

pub fn routes(house: &House) -> Routes {
    Routes::new(house).post("/sessions/{session}/absence", Rule::Session(MEMBERS), pages::say).post(
        "/sessions/{session}/absence/removal",
        Rule::Session(MEMBERS),
        pages::take_back,
    )
}

/// What a member said about coming.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    Cannot,
    Late { minutes: i64 },
}

impl Said {
    pub fn parse(kind: &str, minutes: i64) -> Option<Said> {
        match kind {
            "cannot" => Some(Said::Cannot),
            "late" => Some(Said::Late { minutes }),
            _ => None,
        }
    }

    /// For those who lead.
    pub fn about(self, ui: &Ui) -> String {
        match self {
            Said::Cannot => ui.t("absence-cannot-come"),
            Said::Late { minutes } => ui.t1("absence-comes-late", "minutes", minutes),
        }
    }
}

/// The buttons of one session.
#[derive(Template)]
#[template(path = "absence/taps.html")]
pub struct Taps {
    pub ui: Ui,
    pub session: i64,
    pub said: Option<Said>,
    /// The page they stand on.
    pub back: String,
    /// Behind a line to open, where many of them stand on one page.
    pub folded: bool,
}

impl Taps {
    fn said_words(&self, said: &Said) -> String {
        match said {
            Said::Cannot => self.ui.t("absence-you-cannot"),
            Said::Late { minutes } => self.ui.t1("absence-you-late", "minutes", minutes),
        }
    }
}

#[cfg(test)]
mod tests {
    use ground::{Language, Role};

    use super::*;

    #[test]
    fn either_the_taps_or_what_was_said_is_shown() {
        for language in Language::ALL {
            let ui = Ui::sample(language, Some(Role::Member));
            let taps = |said| Taps { ui: ui.clone(), session: 4, said, back: "/today".into(), folded: false }.render().unwrap();
            let html = taps(None);
            assert_eq!(html.matches("/sessions/4/absence\"").count(), 4, "cannot, and three ways to be late");
            assert!(!html.contains("<details"), "one tap, not two");
            let folded = Taps { ui: ui.clone(), session: 4, said: None, back: "/calendar".into(), folded: true }.render().unwrap();
            assert!(folded.contains("<details") && folded.matches("/sessions/4/absence\"").count() == 4);
            for said in [Said::Cannot, Said::Late { minutes: 10 }] {
                let html = taps(Some(said));
                assert!(html.contains("/sessions/4/absence/removal") && !html.contains("/sessions/4/absence\""));
            }
        }
        assert_eq!(Said::parse("", 0), None);
        assert_eq!(Said::parse("late", 5), Some(Said::Late { minutes: 5 }));
    }
}
