//! Examples by topic (G7, G13): from a general wish to something that can be seen.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Days, Goal, Looked, Measure};

#[derive(Debug, Clone, Deserialize)]
pub struct Example {
    pub slug: String,
    /// Words of `topics::TOPICS`.
    pub topics: Vec<String>,
    /// What people say first, by language.
    pub wish: BTreeMap<String, String>,
    /// What it may become.
    pub words: BTreeMap<String, String>,
    pub looked: Vec<ExampleMeasure>,
    pub days: Days,
}

#[derive(Debug, Clone, Deserialize)]
pub struct ExampleMeasure {
    pub words: BTreeMap<String, String>,
    #[serde(flatten)]
    pub measure: Measure,
}

pub fn shipped() -> Result<Vec<Example>, serde_json::Error> {
    serde_json::from_str(include_str!("../../../../content/goals/library.json"))
}

fn said(words: &BTreeMap<String, String>, language: &str) -> String {
    words.get(language).or_else(|| words.get("en")).cloned().unwrap_or_default()
}

impl Example {
    pub fn wish(&self, language: &str) -> String {
        said(&self.wish, language)
    }

    pub fn words(&self, language: &str) -> String {
        said(&self.words, language)
    }

    /// A goal to begin with; all of it can be changed.
    pub fn goal(&self, language: &str) -> Goal {
        let looked =
            self.looked.iter().zip(1u8..).map(|(one, number)| Looked { number, words: said(&one.words, language), measure: one.measure });
        Goal { words: self.words(language), looked: looked.collect(), days: self.days, ..Goal::default() }
    }
}

/// Those of somebody's topics first, then the others; the order of the file otherwise.
pub fn sorted(mut all: Vec<Example>, topics: &[String]) -> Vec<Example> {
    all.sort_by_key(|example| !example.topics.iter().any(|topic| topics.contains(topic)));
    all
}
