//! The short form before a first seat, and its risk screen: NIMH's Ask Suicide-Screening Questions (`content/measures/asq.json`).

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::{
    catalogue::DayPart,
    measures::{self, Wrong},
    topics::Topics,
};

const BRINGS_CHARS: usize = 2_000;
const WITH_CHARS: usize = 100;

/// What somebody wants to be able to do (B9, G12).
pub const AIMS: &[&str] =
    &["calm", "mood", "closeness", "speaking-up", "listening", "conflict", "solving", "grieving", "self-kindness", "habits"];

/// Somebody under 18: needs a guardian, where the practice takes them at all.
pub const MINOR: &str = "under-18";

/// Bands rather than birthdays: a group's mix needs no more.
pub const AGES: &[&str] = &[MINOR, "18-24", "25-34", "35-44", "45-54", "55-64", "65"];

/// The questions as shipped, word for word.
#[derive(Debug, Clone)]
pub struct AsqText {
    pub title: String,
    pub source: String,
    pub licence: String,
    pub read_on: String,
    /// Four questions, by language code.
    pub item: BTreeMap<String, Vec<String>>,
    pub acute: BTreeMap<String, String>,
}

/// The questions that ship with Hearth: those of the registry, with the fifth one apart.
pub fn asq() -> Result<AsqText, Wrong> {
    let asq = measures::parse(include_str!("../../../content/measures/asq.json"))?;
    let (mut item, mut acute) = (BTreeMap::new(), BTreeMap::new());
    for (language, mut text) in asq.text {
        acute.insert(language.clone(), text.items.pop().unwrap_or_default());
        item.insert(language, text.items);
    }
    Ok(AsqText { title: asq.title, source: asq.source, licence: asq.licence, read_on: asq.read_on, item, acute })
}

/// The answers to the risk screen. `None` is a question that was passed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asq {
    pub item: [Option<bool>; 4],
    /// Asked only after a yes.
    pub now: Option<bool>,
}

/// How the screen came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signal {
    /// Four times no.
    Clear,
    /// No yes, and something passed: a clinician asks in the call.
    Open,
    /// At least one yes among the first four.
    Positive,
    /// Right now.
    Acute,
}

impl Asq {
    pub fn signal(&self) -> Signal {
        if self.now == Some(true) {
            Signal::Acute
        } else if self.item.contains(&Some(true)) {
            Signal::Positive
        } else if self.item.contains(&None) {
            Signal::Open
        } else {
            Signal::Clear
        }
    }

    /// For the task: which questions had a yes and which were passed, by their numbers.
    pub fn summary(&self) -> String {
        let numbers = |wanted: Option<bool>| -> String {
            let found = self.item.iter().enumerate().filter(|(_, answer)| **answer == wanted).map(|(index, _)| (index + 1).to_string());
            found.collect::<Vec<_>>().join(", ")
        };
        let (yes, passed) = (numbers(Some(true)), numbers(None));
        let now = match self.now {
            Some(true) => "yes",
            Some(false) => "no",
            None => "-",
        };
        format!("ASQ: yes [{yes}], passed [{passed}], right now [{now}]")
    }
}

/// Everything that was told, sealed under the person's key.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Answers {
    /// In their own words, at most 2,000 characters.
    pub brings: String,
    /// Words of the practice's topics.
    pub conditions: BTreeSet<String>,
    /// Words of `AIMS`.
    pub aims: BTreeSet<String>,
    /// Group alongside individual therapy (C14), and with whom.
    pub other_therapy: bool,
    pub with: String,
    /// When they could come: ISO weekday and part of the day, on their own clock.
    pub free: BTreeSet<(u8, String)>,
    /// "en", "es" or "either".
    pub language: String,
    /// A word of `AGES`; empty if it was passed.
    pub age: String,
    pub asq: Asq,
}

/// Why the form cannot be taken yet; each is the key of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    Brings,
    TooLong,
    Free,
    /// Each question of the risk screen wants a yes, a no or a pass.
    Asq,
    /// After a yes the fifth question is asked.
    Now,
}

impl Missing {
    pub fn key(self) -> &'static str {
        match self {
            Missing::Brings => "screening-brings-missing",
            Missing::TooLong => "screening-too-long",
            Missing::Free => "screening-free-missing",
            Missing::Asq => "screening-asq-missing",
            Missing::Now => "screening-now-missing",
        }
    }
}

/// Reads the fields of the form. The answers come back even when something is missing, so that nothing typed is lost and no signal overheard.
pub fn read(fields: &[(String, String)], topics: &Topics) -> (Answers, Option<Missing>) {
    let get = |name: &str| fields.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.trim());
    let ticked = |prefix: &str, known: &[&str]| -> BTreeSet<String> {
        known.iter().filter(|word| !get(&format!("{prefix}-{word}")).is_empty()).map(|word| (*word).to_owned()).collect()
    };
    let free = (1..=7u8).flat_map(|day| DayPart::ALL.map(|part| (day, part.word().to_owned())));
    let answer = |name: &str| match get(name) {
        "yes" => Some(Some(true)),
        "no" => Some(Some(false)),
        "pass" => Some(None),
        _ => None,
    };
    let items = ["asq-1", "asq-2", "asq-3", "asq-4"].map(answer);
    let asq = Asq { item: items.map(Option::flatten), now: answer("asq-now").flatten() };
    let answers = Answers {
        brings: get("brings").to_owned(),
        conditions: ticked("condition", &topics.all().iter().map(|topic| topic.slug.as_str()).collect::<Vec<_>>()),
        aims: ticked("aim", AIMS),
        other_therapy: get("therapy") == "yes",
        with: get("with").to_owned(),
        free: free.filter(|(day, part)| !get(&format!("free-{day}-{part}")).is_empty()).collect(),
        language: ["en", "es"].into_iter().find(|code| *code == get("language")).unwrap_or("either").to_owned(),
        age: AGES.iter().find(|age| **age == get("age")).map_or("", |age| *age).to_owned(),
        asq,
    };
    let missing = missing(&answers, items.iter().all(Option::is_some), answer("asq-now").is_some());
    (answers, missing)
}

fn missing(answers: &Answers, all_asked: bool, now_asked: bool) -> Option<Missing> {
    if answers.brings.is_empty() {
        Some(Missing::Brings)
    } else if answers.brings.chars().count() > BRINGS_CHARS || answers.with.chars().count() > WITH_CHARS {
        Some(Missing::TooLong)
    } else if answers.free.is_empty() {
        Some(Missing::Free)
    } else if !all_asked {
        Some(Missing::Asq)
    } else if answers.asq.item.contains(&Some(true)) && !now_asked {
        Some(Missing::Now)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::topics::Topic;

    fn taken(fields: &[(String, String)]) -> (Answers, Option<Missing>) {
        let topic = |slug: &str| Topic { slug: slug.into(), ..Topic::default() };
        read(fields, &Topics::of(vec![Topic { hidden: true, ..topic("exams") }], &[topic("grief")]))
    }

    fn fields(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        let whole = [("brings", "Worry."), ("free-2-evening", "on"), ("asq-1", "no"), ("asq-2", "no"), ("asq-3", "no"), ("asq-4", "no")];
        let kept = whole.iter().filter(|(name, _)| pairs.iter().all(|(other, _)| other != name));
        kept.chain(pairs).map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn the_questions_are_complete_in_both_languages() {
        let text = asq().unwrap();
        for language in ["en", "es"] {
            assert_eq!(text.item[language].len(), 4);
            assert!(text.acute[language].contains('?'));
        }
        assert!(text.source.contains("nimh.nih.gov") && !text.licence.is_empty() && text.title.contains("ASQ"));
        assert!(text.read_on.parse::<jiff::civil::Date>().is_ok());
    }

    /// NIMH: any yes is positive, yes to the fifth is acute; 81 combinations and the fifth.
    #[test]
    fn every_combination_of_answers() {
        let all = [Some(true), Some(false), None];
        for a in all {
            for b in all {
                for c in all {
                    for d in all {
                        let item = [a, b, c, d];
                        let expected = if item.contains(&Some(true)) {
                            Signal::Positive
                        } else if item.contains(&None) {
                            Signal::Open
                        } else {
                            Signal::Clear
                        };
                        assert_eq!(Asq { item, now: Some(false) }.signal(), expected, "{item:?}");
                        assert_eq!(Asq { item, now: Some(true) }.signal(), Signal::Acute);
                    }
                }
            }
        }
    }

    #[test]
    fn a_signal_is_heard_though_something_is_missing() {
        let (answers, missing) = taken(&fields(&[("brings", ""), ("asq-3", "yes"), ("asq-now", "yes")]));
        assert_eq!((missing, answers.asq.signal()), (Some(Missing::Brings), Signal::Acute));
        assert_eq!(answers.asq.summary(), "ASQ: yes [3], passed [], right now [yes]");
    }

    #[test]
    fn what_is_missing_is_named() {
        assert_eq!(taken(&fields(&[])).1, None);
        assert_eq!(taken(&fields(&[("brings", &"x".repeat(2_001))])).1, Some(Missing::TooLong));
        assert_eq!(taken(&fields(&[("free-2-evening", "")])).1, Some(Missing::Free));
        assert_eq!(taken(&fields(&[("asq-2", "")])).1, Some(Missing::Asq), "an empty answer is not a pass");
        assert_eq!(taken(&fields(&[("asq-2", "pass")])).1, None, "one may pass");
        assert_eq!(taken(&fields(&[("asq-2", "yes")])).1, Some(Missing::Now));
        assert_eq!(taken(&fields(&[("asq-2", "yes"), ("asq-now", "no")])).1, None);
    }

    #[test]
    fn only_known_words_are_kept() {
        let (answers, _) = taken(&fields(&[
            ("condition-grief", "on"),
            ("condition-hack", "on"),
            ("condition-exams", "on"),
            ("age", "7"),
            ("language", "fr"),
            ("aim-calm", "1"),
        ]));
        assert_eq!(
            answers.conditions.into_iter().collect::<Vec<_>>(),
            ["exams", "grief"],
            "hidden since the page was opened is no reason to lose it"
        );
        assert_eq!((answers.age.as_str(), answers.language.as_str()), ("", "either"));
        assert_eq!(answers.aims.into_iter().collect::<Vec<_>>(), ["calm"]);
    }
}
