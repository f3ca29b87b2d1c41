//! What an instrument is.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Words by language code.
pub type Words = BTreeMap<String, String>;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Instrument {
    /// Lower-case letters, digits and hyphens; never shown in an address.
    pub id: String,
    pub version: String,
    /// As clinicians call it.
    pub short: String,
    pub title: String,
    /// What a member reads above the questions: our own words, without a clinical one.
    pub plain: Words,
    pub source: String,
    /// The documents that the wording was taken from.
    pub document: Vec<String>,
    pub licence: String,
    /// What the owner wants to be shown with it.
    #[serde(default)]
    pub credit: String,
    /// The day the documents were read, as YYYY-MM-DD.
    pub read_on: String,
    #[serde(rename = "use")]
    pub used: Use,
    /// How far back it asks; 0 if it asks of no time.
    pub recall_days: u16,
    #[serde(default)]
    pub note: String,
    /// Which of several ways of counting this is, where there are several.
    #[serde(default)]
    pub convention: String,
    pub sets: Vec<Set>,
    pub items: Vec<Item>,
    /// The questions, by language code.
    pub text: BTreeMap<String, Text>,
    pub score: Scoring,
    #[serde(default)]
    pub bands: Vec<Band>,
    #[serde(default)]
    pub bands_source: String,
    #[serde(default)]
    pub cutoffs: Vec<Cutoff>,
    /// The first one counts unless a practice chooses another.
    #[serde(default)]
    pub changes: Vec<ChangeRule>,
    #[serde(default)]
    pub subscales: Vec<Subscale>,
    #[serde(default)]
    pub criteria: Option<Criteria>,
    #[serde(default)]
    pub alarms: Vec<Alarm>,
    #[serde(default)]
    pub loinc: Loinc,
    #[serde(default)]
    pub cases: Vec<Case>,
}

/// Where an instrument may be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Use {
    /// By a schedule or by hand.
    Any,
    /// By hand alone: it is no measure of change.
    Hand,
    /// In the live room alone.
    Room,
}

/// The answers of some questions: the number that each stands for, in the order in which they are shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Set {
    pub values: Vec<i64>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub codes: Vec<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    pub set: usize,
    /// LOINC.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub code: String,
    #[serde(default)]
    pub reverse: bool,
    /// Whether it is part of the sum.
    #[serde(default = "yes")]
    pub counts: bool,
    /// Whoever passes it has nothing there, and nothing is missing.
    #[serde(default)]
    pub may_pass: bool,
    /// Asked only after an answer above the lowest to an earlier question.
    #[serde(default)]
    pub after_yes: bool,
    /// Asked only after an answer above the lowest to one of these questions, counted from 1; passed over, it counts nothing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub after: Vec<usize>,
}

fn yes() -> bool {
    true
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Text {
    pub intro: String,
    /// Stands before every question.
    pub stem: String,
    pub items: Vec<String>,
    /// For each set, a word for each value.
    pub options: Vec<Vec<String>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Method {
    Sum,
    /// Each answer stands for itself.
    None,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Higher {
    Worse,
    Better,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scoring {
    pub method: Method,
    pub higher: Higher,
    /// Lowest and highest total.
    pub range: [i64; 2],
    #[serde(default)]
    pub missing: Missing,
    #[serde(default)]
    pub transform: Transform,
}

/// So many may be missing: the rest is then taken for the whole in proportion. None without a source that says so.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Missing {
    pub most: usize,
    pub source: String,
}

/// The sum becomes (sum + add) x times.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Transform {
    pub add: i64,
    pub times: i64,
}

impl Default for Transform {
    fn default() -> Transform {
        Transform { add: 0, times: 1 }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Band {
    pub from: i64,
    pub to: i64,
    /// For staff.
    pub word: Words,
    /// For the person: 0 (hardly any) to 4 (a great deal of burden); which sentence says it.
    pub level: u8,
}

/// From here on it counts as a case: at it and beyond, in the direction that is worse.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cutoff {
    pub at: i64,
    /// Whom it holds for; empty for everybody.
    pub whom: String,
    pub source: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangeRule {
    pub id: String,
    /// So many points are reliable.
    pub least: f64,
    /// Where a recovered score must end, if that is not the cut-off: at it or better.
    #[serde(default)]
    pub end: Option<i64>,
    /// What `least` was worked out from, where it is known.
    #[serde(default)]
    pub sd: Option<f64>,
    #[serde(default)]
    pub r: Option<f64>,
    pub sample: String,
    pub source: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Subscale {
    pub id: String,
    pub word: Words,
    /// Counted from 1.
    pub items: Vec<usize>,
}

/// A pattern of answers, as of the PCL-5: so many of these questions at least so high.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Criteria {
    pub at_least: i64,
    pub need: Vec<Need>,
    pub word: Words,
    pub source: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Need {
    pub items: Vec<usize>,
    pub count: usize,
}

/// An answer that somebody must look at: the lines are shown, a task is opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Alarm {
    /// Counted from 1.
    pub item: usize,
    pub at_least: i64,
    pub acute: bool,
    pub source: String,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Loinc {
    #[serde(default)]
    pub panel: String,
    #[serde(default)]
    pub total: String,
    #[serde(default)]
    pub note: String,
}

/// A worked case: what these answers come to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    pub answers: Vec<Option<i64>>,
    pub total: Option<i64>,
    pub band: Option<usize>,
    #[serde(default)]
    pub alarm: bool,
    #[serde(default)]
    pub acute: bool,
}

impl Instrument {
    /// The questions in this language, or in the one there is; and which one that is.
    pub fn text(&self, language: &str) -> (&str, &Text) {
        let found = self.text.get_key_value(language).or_else(|| self.text.get_key_value("en")).or_else(|| self.text.first_key_value());
        static NONE: std::sync::LazyLock<Text> = std::sync::LazyLock::new(Text::default);
        found.map_or(("en", &NONE), |(code, text)| (code.as_str(), text))
    }

    pub fn plain(&self, language: &str) -> &str {
        in_language(&self.plain, language)
    }

    pub fn values(&self, item: usize) -> &[i64] {
        self.items.get(item).and_then(|item| self.sets.get(item.set)).map_or(&[], |set| &set.values)
    }

    /// Whether this question may be left out of what is sent.
    pub fn may_pass(&self, item: usize) -> bool {
        self.score.missing.most > 0 || self.items.get(item).is_some_and(|item| item.may_pass)
    }

    /// Seconds that it takes, for the person who decides whether now is the time: six for each question.
    pub fn minutes(&self) -> usize {
        (self.items.len() * 6).div_ceil(60)
    }
}

impl Band {
    pub fn word(&self, language: &str) -> &str {
        in_language(&self.word, language)
    }
}

impl Subscale {
    pub fn word(&self, language: &str) -> &str {
        in_language(&self.word, language)
    }
}

impl Criteria {
    pub fn word(&self, language: &str) -> &str {
        in_language(&self.word, language)
    }
}

fn in_language<'a>(words: &'a Words, language: &str) -> &'a str {
    words.get(language).or_else(|| words.get("en")).or_else(|| words.values().next()).map_or("", String::as_str)
}
