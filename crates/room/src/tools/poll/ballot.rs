use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{PollAsk, PollKind};
use crate::{limits, refusal::Refusal};

/// The highest point of a scale; it begins at 0.
const SCALE_MOST: u8 = 10;

/// What somebody answers. Options are named by their place, from 0.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Ballot {
    Choice(u8),
    Choices(Vec<u8>),
    Score(u8),
    /// Every option once, the most important first.
    Order(Vec<u8>),
    Words(String),
}

/// What the answers came to. It is the same whoever gave which, and in whatever order they came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Tally {
    pub answered: u32,
    /// By option, or by point of the scale: how many chose it. Of an order: the sum of the places, from 1; the smallest is first.
    pub counts: Vec<u32>,
    pub words: Vec<WordCount>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct WordCount {
    pub word: String,
    pub count: u32,
}

impl Ballot {
    /// The ballot as it is counted, or why it does not fit this poll.
    pub fn fits(&self, ask: &PollAsk) -> Result<Ballot, Refusal> {
        let there = |option: &u8| usize::from(*option) < ask.options.len();
        match (ask.kind, self) {
            (PollKind::Single, Ballot::Choice(option)) if there(option) => Ok(self.clone()),
            (PollKind::Several, Ballot::Choices(chosen)) => {
                let mut sorted = chosen.clone();
                sorted.sort_unstable();
                sorted.dedup();
                let fits = !sorted.is_empty() && sorted.len() == chosen.len() && sorted.iter().all(there);
                if fits { Ok(Ballot::Choices(sorted)) } else { Err(Refusal::OutOfRange) }
            }
            (PollKind::Scale, Ballot::Score(score)) if *score <= SCALE_MOST => Ok(self.clone()),
            (PollKind::Order, Ballot::Order(order)) => {
                let mut sorted = order.clone();
                sorted.sort_unstable();
                let whole = sorted.iter().copied().eq(0..ask.options.len() as u8);
                if whole { Ok(self.clone()) } else { Err(Refusal::OutOfRange) }
            }
            (PollKind::Words, Ballot::Words(text)) => words(text).map(Ballot::Words),
            _ => Err(Refusal::OutOfRange),
        }
    }
}

/// One word or two, with one blank between them.
fn words(raw: &str) -> Result<String, Refusal> {
    let text = limits::text(raw, limits::WORD_CHARS)?;
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.len() > 2 { Err(Refusal::TwoWords) } else { Ok(words.join(" ")) }
}

impl Tally {
    pub fn of<'a>(ask: &PollAsk, ballots: impl Iterator<Item = &'a Ballot>) -> Tally {
        let places = match ask.kind {
            PollKind::Scale => usize::from(SCALE_MOST) + 1,
            PollKind::Words => 0,
            PollKind::Single | PollKind::Several | PollKind::Order => ask.options.len(),
        };
        let mut tally = Tally { answered: 0, counts: vec![0; places], words: Vec::new() };
        let mut words: BTreeMap<String, u32> = BTreeMap::new();
        for ballot in ballots {
            tally.answered += 1;
            match ballot {
                Ballot::Choice(place) | Ballot::Score(place) => tally.add(*place, 1),
                Ballot::Choices(chosen) => chosen.iter().for_each(|option| tally.add(*option, 1)),
                Ballot::Order(order) => order.iter().zip(1..).for_each(|(option, place)| tally.add(*option, place)),
                // "Calm" and "calm" are one word; the small one says less about who wrote it.
                Ballot::Words(text) => *words.entry(text.to_lowercase()).or_default() += 1,
            }
        }
        tally.words = words.into_iter().map(|(word, count)| WordCount { word, count }).collect();
        tally.words.sort_by(|one, other| other.count.cmp(&one.count).then_with(|| one.word.cmp(&other.word)));
        tally
    }

    fn add(&mut self, place: u8, count: u32) {
        if let Some(sum) = self.counts.get_mut(usize::from(place)) {
            *sum += count;
        }
    }
}
