//! The workshop: one question after another, each of which may be passed.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Which of the first two steps a question belongs to. The third and fourth are the goal itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Reasons, hopes, dreams; what brought you; what success looks like; what stands in the way.
    Story,
    /// One theme that everything ties back to.
    Theme,
}

impl Step {
    pub const ALL: [Step; 2] = [Step::Story, Step::Theme];

    pub fn word(self) -> &'static str {
        match self {
            Step::Story => "story",
            Step::Theme => "theme",
        }
    }

    pub fn parse(word: &str) -> Option<Step> {
        Step::ALL.into_iter().find(|step| step.word() == word)
    }
}

/// The question whose answer the goals name as their theme.
pub const THEME: &str = "theme";

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Question {
    /// At most 40 of a to z, digits and hyphens; stays when the words change.
    pub slug: String,
    pub step: Step,
    pub en: String,
    pub es: String,
}

impl Question {
    pub fn words(&self, language: &str) -> &str {
        if language == "es" && !self.es.is_empty() { &self.es } else { &self.en }
    }
}

/// The questions that ship, in the order in which they are asked.
pub fn shipped() -> Result<Vec<Question>, serde_json::Error> {
    serde_json::from_str(include_str!("../../../../content/goals/questions.json"))
}

/// What somebody wrote, by the questions' slugs. Whatever was passed is in `passed` and comes up no more by itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Answers {
    pub said: BTreeMap<String, String>,
    pub passed: std::collections::BTreeSet<String>,
}

impl Answers {
    pub fn get(&self, slug: &str) -> &str {
        self.said.get(slug).map_or("", String::as_str)
    }

    pub fn theme(&self) -> &str {
        self.get(THEME)
    }

    /// Keeps an answer; an empty one is a pass.
    pub fn keep(&mut self, slug: &str, text: &str) {
        self.said.remove(slug);
        self.passed.remove(slug);
        if text.is_empty() {
            self.passed.insert(slug.to_owned());
        } else {
            self.said.insert(slug.to_owned(), text.to_owned());
        }
    }

    fn is_through(&self, question: &Question) -> bool {
        self.said.contains_key(&question.slug) || self.passed.contains(&question.slug)
    }

    /// The first question that was neither answered nor passed.
    pub fn next<'a>(&self, bank: &'a [Question]) -> Option<&'a Question> {
        bank.iter().find(|question| !self.is_through(question))
    }
}

/// Where a question stands among the others: its number from 1, and how many there are.
pub fn place(bank: &[Question], slug: &str) -> Option<(usize, usize)> {
    bank.iter().position(|question| question.slug == slug).map(|at| (at + 1, bank.len()))
}
