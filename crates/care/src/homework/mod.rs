//! Homework: what kinds there are, what each asks, what is read of it, and what somebody must hear at once (B3, B9, L25).

pub mod fields;
mod forms;
pub mod review;
pub mod shelf;

use serde::{Deserialize, Serialize};

pub use fields::{Answers, Ask, Field, Form, Label, Section, Trouble, Value};
pub use forms::{Answered, LIST_LINES, question};

pub const TEXT_CHARS: usize = 2_000;
pub const LINE_CHARS: usize = 200;
/// Own targets on a diary card, steps of a ladder, questions of a worksheet.
pub const OWN: usize = 5;
pub const STEPS: usize = 12;
pub const PROMPTS: usize = 12;
pub const READING_CHARS: usize = 20_000;
const LINK_CHARS: usize = 500;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    PracticeLog,
    EmotionLog,
    DiaryCard,
    ThoughtRecord,
    Worksheet,
    /// Something to read, watch or hear.
    Reading,
    /// Graded practice of what is feared, with how it felt before and after (L25).
    Ladder,
    Free,
}

/// How often a kind is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rhythm {
    /// An entry whenever something happened.
    Log,
    /// One sheet for each day.
    Day,
    /// One sheet that grows.
    Whole,
}

impl Kind {
    pub const ALL: [Kind; 8] = [
        Kind::PracticeLog,
        Kind::EmotionLog,
        Kind::DiaryCard,
        Kind::ThoughtRecord,
        Kind::Worksheet,
        Kind::Reading,
        Kind::Ladder,
        Kind::Free,
    ];

    pub fn word(self) -> &'static str {
        match self {
            Kind::PracticeLog => "practice-log",
            Kind::EmotionLog => "emotion-log",
            Kind::DiaryCard => "diary-card",
            Kind::ThoughtRecord => "thought-record",
            Kind::Worksheet => "worksheet",
            Kind::Reading => "reading",
            Kind::Ladder => "ladder",
            Kind::Free => "free",
        }
    }

    /// What nobody knows is free: its words are still there to be read.
    pub fn parse(word: &str) -> Kind {
        Kind::known(word).unwrap_or(Kind::Free)
    }

    pub fn known(word: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.word() == word)
    }

    pub fn rhythm(self) -> Rhythm {
        match self {
            Kind::PracticeLog | Kind::EmotionLog => Rhythm::Log,
            Kind::DiaryCard => Rhythm::Day,
            Kind::ThoughtRecord | Kind::Worksheet | Kind::Reading | Kind::Ladder | Kind::Free => Rhythm::Whole,
        }
    }
}

/// What was asked along with the instructions. Each kind uses its own part.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// Where it is to be read or watched.
    pub link: String,
    /// Or the text itself.
    pub text: String,
    /// Own targets beside the four urges of a diary card.
    pub own: Vec<String>,
    /// From the easiest to the hardest; empty leaves them to the member.
    pub steps: Vec<String>,
    /// The questions of a worksheet; how each is answered may stand at its end, see `question`.
    pub prompts: Vec<String>,
}

/// Why homework cannot be given so. Each is the key of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Misfit {
    Instructions,
    TooLong,
    Lines,
    Link,
    Prompts,
    Reading,
    /// Of a template on the shelf.
    Title,
    Days,
}

impl Misfit {
    pub fn key(self) -> &'static str {
        match self {
            Misfit::Instructions => "homework-give-instructions",
            Misfit::TooLong => "homework-too-long",
            Misfit::Lines => "homework-give-lines",
            Misfit::Link => "homework-give-link",
            Misfit::Prompts => "homework-give-prompts",
            Misfit::Reading => "homework-give-reading",
            Misfit::Title => "homework-shelf-title-wrong",
            Misfit::Days => "homework-shelf-days-wrong",
        }
    }
}

/// A link that may stand on a page: encrypted, with a host, and nothing odd in it.
pub(crate) fn is_link(link: &str) -> bool {
    let host = link.strip_prefix("https://").map(|rest| rest.split(['/', '?', '#']).next().unwrap_or_default());
    let odd = |c: char| c.is_whitespace() || c.is_control() || "<>\"'\\".contains(c);
    link.chars().count() <= LINK_CHARS && !link.contains(odd) && host.is_some_and(|host| host.contains('.') && !host.contains('@'))
}

impl Asked {
    /// Only what this kind uses.
    #[must_use]
    pub fn of(self, kind: Kind) -> Asked {
        let none = Asked::default();
        match kind {
            Kind::DiaryCard => Asked { own: self.own, ..none },
            Kind::Ladder => Asked { steps: self.steps, ..none },
            Kind::Worksheet => Asked { prompts: self.prompts, ..none },
            Kind::Reading => Asked { link: self.link, text: self.text, ..none },
            Kind::PracticeLog | Kind::EmotionLog | Kind::ThoughtRecord | Kind::Free => none,
        }
    }

    /// Whether it can be given with these instructions.
    pub fn check(&self, kind: Kind, instructions: &str) -> Result<(), Misfit> {
        if instructions.trim().is_empty() {
            return Err(Misfit::Instructions);
        }
        if instructions.chars().count() > TEXT_CHARS || self.text.chars().count() > READING_CHARS {
            return Err(Misfit::TooLong);
        }
        for (lines, most) in [(&self.own, OWN), (&self.steps, STEPS), (&self.prompts, PROMPTS)] {
            if lines.len() > most || lines.iter().any(|line| line.is_empty() || line.chars().count() > LINE_CHARS) {
                return Err(Misfit::Lines);
            }
        }
        if !self.link.is_empty() && !is_link(&self.link) {
            return Err(Misfit::Link);
        }
        match kind {
            Kind::Worksheet if self.prompts.is_empty() => Err(Misfit::Prompts),
            Kind::Reading if self.link.is_empty() && self.text.trim().is_empty() => Err(Misfit::Reading),
            _ => Ok(()),
        }
    }

    /// The form of this homework. `taught` are the skills that its group has met so far.
    pub fn form(&self, kind: Kind, taught: &[String]) -> Form {
        forms::form(kind, self, taught)
    }
}
