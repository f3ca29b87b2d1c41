//! The practice's shelf of homework: templates that it keeps, takes from and puts away, and the starters that ship, in English and Spanish.

use crate::names::plain;
use std::{fmt, ops::RangeInclusive};

use serde::{Deserialize, Deserializer, de::Error};

use super::{Asked, Kind, Misfit};

pub const TITLE_CHARS: usize = 80;
/// How many days a template may leave until it is due.
pub const DAYS: RangeInclusive<u16> = 1..=180;
/// Of the practice's own; nobody reads a longer list to its end.
pub const MOST: usize = 300;

/// Homework as it lies on the shelf: all of the form, and for nobody yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    pub title: String,
    pub kind: Kind,
    /// What the member is asked to do.
    pub text: String,
    pub asked: Asked,
    /// "en" or "es".
    pub language: String,
    pub days: u16,
    /// Words of the practice's topics that it fits.
    pub topics: Vec<String>,
}

impl Template {
    /// Whether it can be kept so.
    pub fn check(&self) -> Result<(), Misfit> {
        if self.title.trim().is_empty() || self.title.chars().count() > TITLE_CHARS || self.title.chars().any(char::is_control) {
            return Err(Misfit::Title);
        }
        self.asked.check(self.kind, &self.text)?;
        if DAYS.contains(&self.days) { Ok(()) } else { Err(Misfit::Days) }
    }

    /// What a member reads who was given it by its name: in the room they have seen no more than that.
    pub fn told(&self) -> String {
        let title = self.title.trim();
        let end = if title.ends_with(['.', '?', '…']) { " " } else { ". " };
        format!("{title}{end}{}", self.text.trim())
    }
}

/// Which template: one that ships, in one of its languages, or one of the practice's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Key {
    Starter { slug: String, language: String },
    Own(i64),
}

impl Key {
    /// As it stands in an address. What cannot be read is no template.
    pub fn read(text: &str) -> Option<Key> {
        if let Ok(id) = text.parse() {
            return Some(Key::Own(id));
        }
        let (language, slug) = text.split_once('.')?;
        let is_slug = !slug.is_empty() && slug.len() <= 40 && slug.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
        (matches!(language, "en" | "es") && is_slug).then(|| Key::Starter { slug: slug.into(), language: language.into() })
    }
}

impl fmt::Display for Key {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Key::Starter { slug, language } => write!(to, "{language}.{slug}"),
            Key::Own(id) => write!(to, "{id}"),
        }
    }
}

/// One template as it lies there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub key: Key,
    pub template: Template,
    /// Put away: still to be found and taken back, and offered nowhere.
    pub away: bool,
}

impl Entry {
    pub fn is_own(&self) -> bool {
        matches!(self.key, Key::Own(_))
    }
}

/// What somebody looks for. What is empty asks for nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    pub topic: String,
    pub kind: Option<Kind>,
    pub words: String,
    pub language: String,
}

impl Wanted {
    /// Every word has to be somewhere in it, whatever its accents and capitals.
    pub fn fits(&self, template: &Template) -> bool {
        let Template { title, text, asked, .. } = template;
        let lines = asked.own.iter().chain(&asked.steps).chain(&asked.prompts);
        let parts = [title, text, &asked.text, &asked.link].into_iter().chain(lines);
        let said = parts.map(|part| plain(part)).collect::<Vec<_>>().join("\n");
        (self.topic.is_empty() || template.topics.contains(&self.topic))
            && self.kind.is_none_or(|kind| kind == template.kind)
            && (self.language.is_empty() || self.language == template.language)
            && plain(&self.words).split(' ').all(|word| said.contains(word))
    }
}

/// The order in which a shelf is read: the practice's own before what ships, each by its title.
pub fn sorted(mut all: Vec<Entry>) -> Vec<Entry> {
    all.sort_by_cached_key(|entry| (!entry.is_own(), plain(&entry.template.title), entry.key.to_string()));
    all
}

/// The template that a line of a programme, or of the room, names by its title: in the group's language before any other, and the practice's own
/// before what ships.
pub fn named<'a>(line: &str, shelf: &'a [Entry], language: &str) -> Option<&'a Entry> {
    let line = plain(line);
    let named = shelf.iter().filter(|entry| !entry.away && plain(&entry.template.title) == line);
    named.min_by_key(|entry| (entry.template.language != language, !entry.is_own(), entry.key.to_string()))
}

/// Whether another of the practice's own that is not put away has this title: a line that named it would mean two.
pub fn is_taken(title: &str, language: &str, shelf: &[Entry], but: Option<&Key>) -> bool {
    let title = plain(title);
    let others = shelf.iter().filter(|entry| entry.is_own() && !entry.away && Some(&entry.key) != but);
    others.map(|entry| &entry.template).any(|one| one.language == language && plain(&one.title) == title)
}

/// One that ships, as its file has it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Starter {
    slug: String,
    #[serde(deserialize_with = "known")]
    kind: Kind,
    days: u16,
    topics: Vec<String>,
    /// Of the library's worksheets.
    #[serde(default)]
    skills: Vec<String>,
    en: Written,
    es: Written,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    title: String,
    text: String,
    #[serde(default)]
    asked: Asked,
}

fn known<'de, D: Deserializer<'de>>(from: D) -> Result<Kind, D::Error> {
    let word = String::deserialize(from)?;
    Kind::known(&word).ok_or_else(|| D::Error::custom(format!("no kind of homework is called {word}")))
}

const SHIPPED: [&str; 24] = [
    include_str!("../../../../content/homework/evening-card.json"),
    include_str!("../../../../content/homework/kind-lines.json"),
    include_str!("../../../../content/homework/listen-first.json"),
    include_str!("../../../../content/homework/longer-breath.json"),
    include_str!("../../../../content/homework/one-problem.json"),
    include_str!("../../../../content/homework/one-small-thing.json"),
    include_str!("../../../../content/homework/other-chair.json"),
    include_str!("../../../../content/homework/pause-in-a-quarrel.json"),
    include_str!("../../../../content/homework/say-what-you-need.json"),
    include_str!("../../../../content/homework/second-look.json"),
    include_str!("../../../../content/homework/small-steps.json"),
    include_str!("../../../../content/homework/strong-feelings.json"),
    include_str!("../../../../content/library/worksheets/a-sentence-in-four-parts.json"),
    include_str!("../../../../content/library/worksheets/budget-of-a-day.json"),
    include_str!("../../../../content/library/worksheets/card-for-hard-moments.json"),
    include_str!("../../../../content/library/worksheets/map-of-a-feeling.json"),
    include_str!("../../../../content/library/worksheets/on-the-same-side.json"),
    include_str!("../../../../content/library/worksheets/one-rung.json"),
    include_str!("../../../../content/library/worksheets/ten-minutes-of-listening.json"),
    include_str!("../../../../content/library/worksheets/the-worry-slip.json"),
    include_str!("../../../../content/library/worksheets/three-lines-about-anger.json"),
    include_str!("../../../../content/library/worksheets/three-small-plans.json"),
    include_str!("../../../../content/library/worksheets/waves-of-this-week.json"),
    include_str!("../../../../content/library/worksheets/when-the-urge-came.json"),
];

/// One that ships, in both languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shipped {
    pub slug: String,
    pub skills: Vec<String>,
    en: Template,
    es: Template,
}

impl Shipped {
    /// In "en" or "es".
    pub fn template(&self, language: &str) -> &Template {
        if language == "es" { &self.es } else { &self.en }
    }
}

/// Everything that ships, in the order of its files.
pub fn shipped() -> Result<Vec<Shipped>, serde_json::Error> {
    let read = |text: &&str| {
        let Starter { slug, kind, days, topics, skills, en, es } = serde_json::from_str(text)?;
        let template = |language: &str, Written { title, text, asked }: Written| Template {
            title,
            kind,
            text,
            asked,
            language: language.into(),
            days,
            topics: topics.clone(),
        };
        Ok(Shipped { en: template("en", en), es: template("es", es), slug, skills })
    };
    SHIPPED.iter().map(read).collect()
}

/// What ships, each once in English and once in Spanish. `away` are the keys of those that the practice has put away.
pub fn starters(away: &[String]) -> Result<Vec<Entry>, serde_json::Error> {
    let entries = |Shipped { slug, en, es, .. }: Shipped| [en, es].map(|template| entry_of(&slug, template, away));
    Ok(shipped()?.into_iter().flat_map(entries).collect())
}

/// Something of ours on the shelf.
pub fn entry_of(slug: &str, template: Template, away: &[String]) -> Entry {
    let key = Key::Starter { slug: slug.to_owned(), language: template.language.clone() };
    Entry { away: away.contains(&key.to_string()), key, template }
}
