//! Words that signal danger: a short list with its sources, which a practice changes. Whoever writes one sees at once where help is, and
//! somebody is asked to look. Nothing is hidden, nothing is counted, and silence means nothing.

use serde::Deserialize;

use super::folded;

/// Of the practice's own; more would call too often to be heard.
pub const OWN_MOST: usize = 60;
const WORD_CHARS: usize = 60;

/// What ships.
#[derive(Debug, Clone, Deserialize)]
pub struct Shipped {
    pub as_of: String,
    pub sources: std::collections::BTreeMap<String, String>,
    pub words: Vec<Word>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Word {
    pub word: String,
    pub language: String,
    /// The name of one of the sources.
    pub source: String,
}

impl Shipped {
    pub fn read() -> Result<Shipped, serde_json::Error> {
        serde_json::from_str(include_str!("../../../../content/danger-words.json"))
    }

    /// Where a word comes from, as a reader can find it.
    pub fn source(&self, word: &Word) -> &str {
        self.sources.get(&word.source).map_or("", String::as_str)
    }
}

/// The list as it counts today. Both languages count for everybody: nobody in danger chooses a language first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Danger(Vec<Vec<String>>);

impl Danger {
    pub fn new<'a>(words: impl IntoIterator<Item = &'a str>) -> Danger {
        Danger(words.into_iter().map(parts).filter(|phrase| !phrase.is_empty()).collect())
    }

    /// Whether one of the words stands in the text, as whole words next to each other.
    pub fn is_in(&self, text: &str) -> bool {
        let text = parts(text);
        self.0.iter().any(|phrase| text.windows(phrase.len()).any(|window| window == phrase))
    }
}

/// A text as its words, small and without accents. An apostrophe is part of its word.
fn parts(text: &str) -> Vec<String> {
    let kept = |letter: &char| !matches!(letter, '\'' | '’' | '\u{301}' | '\u{303}' | '\u{308}');
    let text: String = folded(text).chars().filter(kept).collect();
    text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WordTrouble {
    TooLong,
    TooMany,
    /// One letter alone stands in every second sentence.
    TooShort,
}

impl WordTrouble {
    pub fn key(self) -> &'static str {
        match self {
            WordTrouble::TooLong => "danger-too-long",
            WordTrouble::TooMany => "danger-too-many",
            WordTrouble::TooShort => "danger-too-short",
        }
    }
}

/// The practice's own words as somebody typed them, one a line; each once.
pub fn own_words(typed: &str) -> Result<Vec<String>, WordTrouble> {
    let mut all: Vec<String> = Vec::new();
    for line in typed.lines() {
        let word = line.split_whitespace().collect::<Vec<_>>().join(" ");
        if word.is_empty() || all.iter().any(|known| parts(known) == parts(&word)) {
            continue;
        }
        if word.chars().count() > WORD_CHARS {
            return Err(WordTrouble::TooLong);
        }
        if parts(&word).concat().chars().count() < 3 {
            return Err(WordTrouble::TooShort);
        }
        all.push(word);
    }
    if all.len() > OWN_MOST { Err(WordTrouble::TooMany) } else { Ok(all) }
}
