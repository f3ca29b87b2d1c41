//! What helped, what did not, and why (B6, B7, B8): members' own knowledge, questions that a group answers side by side, and milestones and
//! setbacks that somebody chose to share.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::{library::SKILLS, names::plain};

pub const SITUATION_CHARS: usize = 200;
pub const TRIED_CHARS: usize = 2_000;
pub const WHY_CHARS: usize = 1_000;
/// One line beside "tried it too".
pub const LINE_CHARS: usize = 200;
pub const QUESTION_CHARS: usize = 200;
pub const ANSWER_CHARS: usize = 1_000;
pub const MOMENT_CHARS: usize = 500;
/// Of one member in one group: more nobody looks after.
pub const MOST: i64 = 100;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Went {
    Helped,
    Partly,
    DidNot,
}

impl Went {
    pub const ALL: [Went; 3] = [Went::Helped, Went::Partly, Went::DidNot];

    pub fn word(self) -> &'static str {
        match self {
            Went::Helped => "helped",
            Went::Partly => "partly",
            Went::DidNot => "did-not",
        }
    }

    pub fn parse(word: &str) -> Option<Went> {
        Went::ALL.into_iter().find(|one| one.word() == word)
    }
}

/// What a member writes, in their own words. All of it is sealed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Entry {
    pub situation: String,
    pub tried: String,
    /// A word of `Went`.
    pub went: String,
    pub why: String,
    /// For whom it may not be.
    pub not_for: String,
    pub topic: String,
    pub skill: String,
}

/// Why something cannot be kept. Each is the key of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    Situation,
    Tried,
    Went,
    TooLong,
    Choice,
    Line,
    Question,
    Answer,
    Moment,
    Full,
}

impl Unfit {
    pub fn key(self) -> &'static str {
        match self {
            Unfit::Situation => "strategies-situation-wrong",
            Unfit::Tried => "strategies-tried-wrong",
            Unfit::Went => "strategies-went-wrong",
            Unfit::TooLong => "strategies-too-long",
            Unfit::Choice => "strategies-choice-wrong",
            Unfit::Line => "strategies-line-wrong",
            Unfit::Question => "question-text-wrong",
            Unfit::Answer => "question-answer-wrong",
            Unfit::Moment => "moments-words-wrong",
            Unfit::Full => "strategies-full",
        }
    }
}

/// Something written, and not longer than it may be.
fn within(text: &str, most: usize) -> bool {
    !text.trim().is_empty() && text.chars().count() <= most
}

impl Entry {
    pub fn check(&self, knows_topic: impl Fn(&str) -> bool) -> Result<(), Unfit> {
        let topic = self.topic.is_empty() || knows_topic(&self.topic);
        let skill = self.skill.is_empty() || SKILLS.contains(&self.skill.as_str());
        match self {
            one if !within(&one.situation, SITUATION_CHARS) => Err(Unfit::Situation),
            one if !within(&one.tried, TRIED_CHARS) => Err(Unfit::Tried),
            one if Went::parse(&one.went).is_none() => Err(Unfit::Went),
            one if one.why.chars().count() > WHY_CHARS || one.not_for.chars().count() > WHY_CHARS => Err(Unfit::TooLong),
            _ if !topic || !skill => Err(Unfit::Choice),
            _ => Ok(()),
        }
    }
}

/// How an entry stands to its group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// A leader looks first, because the group is set so.
    Waiting,
    InGroup,
    /// A leader did not show it; its author still has it.
    Returned,
}

impl Shown {
    pub fn word(self) -> &'static str {
        match self {
            Shown::Waiting => "waiting",
            Shown::InGroup => "shown",
            Shown::Returned => "returned",
        }
    }

    pub fn parse(word: &str) -> Shown {
        [Shown::Waiting, Shown::InGroup].into_iter().find(|one| one.word() == word).unwrap_or(Shown::Returned)
    }

    /// How it stands after it was written or changed: words that nobody has looked at are looked at anew.
    pub fn after_writing(approve_first: bool) -> Shown {
        if approve_first { Shown::Waiting } else { Shown::InGroup }
    }
}

/// How an entry stands to the other groups: its author asks, a leader looks, and its author can end it at any time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beyond {
    Not,
    Asked,
    Shared,
}

impl Beyond {
    pub fn word(self) -> &'static str {
        match self {
            Beyond::Not => "not",
            Beyond::Asked => "asked",
            Beyond::Shared => "shared",
        }
    }

    pub fn parse(word: &str) -> Beyond {
        [Beyond::Asked, Beyond::Shared].into_iter().find(|one| one.word() == word).unwrap_or(Beyond::Not)
    }

    /// New words have been looked at by nobody.
    #[must_use]
    pub fn after_writing(self) -> Beyond {
        if self == Beyond::Shared { Beyond::Asked } else { self }
    }

    /// What a leader decides; only of what was asked, so that nothing is shared without its author's wish.
    #[must_use]
    pub fn decided(self, yes: bool) -> Beyond {
        match self {
            Beyond::Asked if yes => Beyond::Shared,
            Beyond::Asked => Beyond::Not,
            other => other,
        }
    }
}

/// What somebody looks for. What is empty asks for nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    pub words: String,
    pub topic: String,
    pub skill: String,
}

impl Wanted {
    /// Every word has to be somewhere in it, whatever its accents and capitals.
    pub fn fits(&self, entry: &Entry) -> bool {
        let said = plain(&[&*entry.situation, &entry.tried, &entry.why, &entry.not_for].join(" "));
        (self.topic.is_empty() || self.topic == entry.topic)
            && (self.skill.is_empty() || self.skill == entry.skill)
            && plain(&self.words).split(' ').all(|word| said.contains(word))
    }

    pub fn is_narrow(&self) -> bool {
        *self != Wanted::default()
    }
}

/// One line beside "tried it too"; it may be empty.
pub fn line(text: &str) -> Result<&str, Unfit> {
    let text = text.trim();
    if text.chars().count() > LINE_CHARS || text.contains('\n') { Err(Unfit::Line) } else { Ok(text) }
}

/// A question to a group of one's own words.
pub fn question(text: &str) -> Result<&str, Unfit> {
    if within(text, QUESTION_CHARS) { Ok(text.trim()) } else { Err(Unfit::Question) }
}

pub fn answer(text: &str) -> Result<&str, Unfit> {
    if within(text, ANSWER_CHARS) { Ok(text.trim()) } else { Err(Unfit::Answer) }
}

pub fn moment(text: &str) -> Result<&str, Unfit> {
    if within(text, MOMENT_CHARS) { Ok(text.trim()) } else { Err(Unfit::Moment) }
}

/// A question that ships, in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    pub slug: String,
    pub en: String,
    pub es: String,
}

impl Question {
    /// In "en" or "es".
    pub fn text(&self, language: &str) -> &str {
        if language == "es" { &self.es } else { &self.en }
    }
}

static QUESTIONS: LazyLock<Vec<Question>> =
    LazyLock::new(|| serde_json::from_str(include_str!("../../../content/questions/group.json")).unwrap_or_default());

/// The questions that ship.
pub fn questions() -> &'static [Question] {
    &QUESTIONS
}

/// What somebody shares with their group by choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MomentKind {
    Milestone,
    Setback,
}

impl MomentKind {
    pub const ALL: [MomentKind; 2] = [MomentKind::Milestone, MomentKind::Setback];

    pub fn word(self) -> &'static str {
        match self {
            MomentKind::Milestone => "milestone",
            MomentKind::Setback => "setback",
        }
    }

    pub fn parse(word: &str) -> Option<MomentKind> {
        MomentKind::ALL.into_iter().find(|one| one.word() == word)
    }

    /// What others may answer with, quietly. Nobody is congratulated on a setback.
    pub fn reactions(self) -> &'static [&'static str] {
        match self {
            MomentKind::Milestone => &["glad", "well-done", "me-too", "thanks"],
            MomentKind::Setback => &["with-you", "me-too", "thanks"],
        }
    }
}
