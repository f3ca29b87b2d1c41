//! What must fit together before an instrument may be asked of anybody.

use super::instrument::{Instrument, Item, Method, Text};

pub const ITEMS: usize = 60;
const OPTIONS: usize = 21;
const TEXT_CHARS: usize = 1_000;

/// Why an instrument cannot be taken; each is the key of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    Unreadable,
    /// Neither of the two formats.
    Kind,
    Name,
    /// Licence, source or the day it was read is missing.
    Provenance,
    Items,
    /// A question of a kind that cannot be asked here.
    ItemKind,
    Options,
    /// Words are missing, too long, or hold markup.
    Text,
    /// Ranges that the questions cannot come to.
    Range,
    /// A rule that names what is not there.
    Rule,
}

impl std::fmt::Display for Wrong {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.key())
    }
}

impl std::error::Error for Wrong {}

impl Wrong {
    pub fn key(self) -> &'static str {
        match self {
            Wrong::Unreadable => "instrument-unreadable",
            Wrong::Kind => "instrument-kind",
            Wrong::Name => "instrument-name",
            Wrong::Provenance => "instrument-provenance",
            Wrong::Items => "instrument-items",
            Wrong::ItemKind => "instrument-item-kind",
            Wrong::Options => "instrument-options",
            Wrong::Text => "instrument-text",
            Wrong::Range => "instrument-range",
            Wrong::Rule => "instrument-rule",
        }
    }
}

fn ensure(holds: bool, wrong: Wrong) -> Result<(), Wrong> {
    if holds { Ok(()) } else { Err(wrong) }
}

/// Everything but what only a shipped one must have (worked cases, a named document): a practice's own passes here too.
pub fn check(instrument: &Instrument) -> Result<(), Wrong> {
    let slug = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    ensure((1..=60).contains(&instrument.id.len()) && instrument.id.chars().all(slug), Wrong::Name)?;
    ensure(!instrument.version.is_empty() && instrument.version.len() <= 40, Wrong::Name)?;
    ensure(is_line(&instrument.short) && is_line(&instrument.title), Wrong::Name)?;
    let told = [&instrument.licence, &instrument.source].iter().all(|text| !text.trim().is_empty());
    ensure(told && instrument.read_on.parse::<jiff::civil::Date>().is_ok(), Wrong::Provenance)?;
    ensure((1..=ITEMS).contains(&instrument.items.len()), Wrong::Items)?;
    options(instrument)?;
    ensure(!instrument.text.is_empty(), Wrong::Text)?;
    for text in instrument.text.values() {
        words(instrument, text)?;
    }
    let all = instrument.plain.values().chain(instrument.bands.iter().flat_map(|band| band.word.values()));
    ensure(instrument.plain.contains_key("en") && all.into_iter().all(|word| is_line(word)), Wrong::Text)?;
    ranges(instrument)?;
    rules(instrument)
}

fn is_line(text: &str) -> bool {
    let length = text.chars().count();
    (1..=TEXT_CHARS).contains(&length) && is_plain(text)
}

/// No markup and nothing invisible: these words stand in everybody's page.
pub fn is_plain(text: &str) -> bool {
    text.chars().count() <= TEXT_CHARS && !text.contains(['<', '>']) && !text.chars().any(|c| c.is_control() && c != '\n')
}

fn options(instrument: &Instrument) -> Result<(), Wrong> {
    for set in &instrument.sets {
        ensure((2..=OPTIONS).contains(&set.values.len()), Wrong::Options)?;
        ensure(set.codes.is_empty() || set.codes.len() == set.values.len(), Wrong::Options)?;
        let mut sorted = set.values.clone();
        sorted.sort_unstable();
        sorted.dedup();
        ensure(sorted.len() == set.values.len() && sorted.iter().all(|value| (-100..=100).contains(value)), Wrong::Options)?;
    }
    ensure(instrument.items.iter().all(|item| item.set < instrument.sets.len()), Wrong::Options)
}

fn words(instrument: &Instrument, text: &Text) -> Result<(), Wrong> {
    ensure(text.items.len() == instrument.items.len() && text.items.iter().all(|item| is_line(item)), Wrong::Text)?;
    ensure(is_plain(&text.intro) && is_plain(&text.stem), Wrong::Text)?;
    ensure(text.options.len() == instrument.sets.len(), Wrong::Text)?;
    let fit = instrument.sets.iter().zip(&text.options).all(|(set, options)| set.values.len() == options.len());
    ensure(fit && text.options.iter().flatten().all(|option| is_line(option)), Wrong::Text)
}

/// The lowest and the highest total that the questions can come to.
pub fn reach(instrument: &Instrument) -> [i64; 2] {
    let (mut low, mut high) = (0, 0);
    for (index, item) in instrument.items.iter().enumerate().filter(|(_, item)| item.counts) {
        let values = instrument.values(index);
        let least = values.iter().min().copied().unwrap_or(0);
        // A file may claim any number; the check of its answers comes after this.
        let passes = item.may_pass || !item.after.is_empty();
        low = i64::saturating_add(low, if passes { least.min(0) } else { least });
        high = i64::saturating_add(high, values.iter().max().copied().unwrap_or(0));
    }
    let turned = |sum: i64| sum.saturating_add(instrument.score.transform.add).saturating_mul(instrument.score.transform.times);
    [turned(low), turned(high)]
}

fn ranges(instrument: &Instrument) -> Result<(), Wrong> {
    if instrument.score.method == Method::None {
        return ensure(instrument.bands.is_empty() && instrument.cutoffs.is_empty() && instrument.changes.is_empty(), Wrong::Range);
    }
    let [low, high] = instrument.score.range;
    ensure(instrument.score.transform.times != 0 && instrument.score.range == reach(instrument), Wrong::Range)?;
    ensure(instrument.items.iter().any(|item| item.counts), Wrong::Range)?;
    let Some((first, last)) = instrument.bands.first().zip(instrument.bands.last()) else { return Ok(()) };
    ensure(first.from == low && last.to == high, Wrong::Range)?;
    ensure(instrument.bands.iter().all(|band| band.from <= band.to && band.level <= 4), Wrong::Range)?;
    ensure(instrument.bands.windows(2).all(|pair| pair[0].to.checked_add(1) == Some(pair[1].from)), Wrong::Range)
}

fn rules(instrument: &Instrument) -> Result<(), Wrong> {
    let [low, high] = instrument.score.range;
    let count = instrument.items.len();
    let there = |items: &[usize]| !items.is_empty() && items.iter().all(|item| (1..=count).contains(item));
    ensure(instrument.cutoffs.iter().all(|cutoff| (low..=high).contains(&cutoff.at) && !cutoff.source.is_empty()), Wrong::Rule)?;
    let reliable = instrument.changes.iter().all(|rule| {
        let sensible = rule.least.is_finite() && rule.least > 0.0 && rule.least <= (high - low) as f64;
        sensible && rule.end.is_none_or(|end| (low..=high).contains(&end)) && !rule.sample.is_empty() && !rule.source.is_empty()
    });
    ensure(reliable, Wrong::Rule)?;
    let earlier = |(index, item): (usize, &Item)| item.after.iter().all(|number| (1..=index).contains(number));
    ensure(instrument.items.iter().enumerate().all(earlier), Wrong::Rule)?;
    ensure(instrument.subscales.iter().all(|scale| there(&scale.items)), Wrong::Rule)?;
    let needs = instrument.criteria.iter().flat_map(|criteria| &criteria.need);
    ensure(needs.into_iter().all(|need| there(&need.items) && (1..=need.items.len()).contains(&need.count)), Wrong::Rule)?;
    let alarm = |item: usize, at_least: i64| there(&[item]) && instrument.values(item - 1).iter().any(|value| *value >= at_least);
    ensure(instrument.alarms.iter().all(|one| alarm(one.item, one.at_least)), Wrong::Rule)?;
    ensure(instrument.score.missing.most == 0 || !instrument.score.missing.source.is_empty(), Wrong::Rule)?;
    ensure(instrument.score.missing.most < instrument.items.len(), Wrong::Rule)
}
