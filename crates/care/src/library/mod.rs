//! The library: articles that ship and those that a practice writes, and worksheets (B5, B9). Each article has both languages and the
//! sources of what it claims; who may read it is one word.

pub mod text;
mod words;

use std::sync::LazyLock;

use crate::{
    homework::{
        Asked, Kind,
        shelf::{self, Shipped, TITLE_CHARS, Template},
    },
    names::{self, plain},
};

pub use words::{Blank, BlankKind, PARTS, Passage, Words};

/// The skills of B9: each is the sentence `skill-…`.
pub const SKILLS: [&str; 8] =
    ["communication", "empathy", "conflict-resolution", "listening", "stress", "problem-solving", "emotion-regulation", "assertiveness"];

pub const LEAD_CHARS: usize = 300;
/// Of one language. Two of them with their accents fit into one form.
pub const BODY_CHARS: usize = 8_000;
pub const SOURCE_CHARS: usize = 400;
pub const SOURCES: usize = 12;
/// Of the practice's own.
pub const MOST: usize = 300;
/// Until reading that was given is due.
const DAYS: u16 = 7;

/// Whom an article is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    Everybody,
    /// Members and staff: steps that want somebody beside one.
    Members,
    /// Written for the family; members may read what their families read.
    Supporters,
}

impl Audience {
    pub const ALL: [Audience; 3] = [Audience::Everybody, Audience::Members, Audience::Supporters];

    pub fn word(self) -> &'static str {
        match self {
            Audience::Everybody => "everybody",
            Audience::Members => "members",
            Audience::Supporters => "supporters",
        }
    }

    pub fn parse(word: &str) -> Option<Audience> {
        Audience::ALL.into_iter().find(|one| one.word() == word)
    }

    pub fn is_for(self, family: bool) -> bool {
        !family || self != Audience::Members
    }
}

/// An article in one language.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written {
    pub title: String,
    /// What it is about, in a sentence or two.
    pub lead: String,
    /// Headings, paragraphs and lists as `text` reads them.
    pub body: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    /// Its word in addresses, for ever.
    pub slug: String,
    pub topics: Vec<String>,
    pub skills: Vec<String>,
    pub audience: Audience,
    /// One a line; `[2]` in the text is the second.
    pub sources: Vec<String>,
    pub en: Written,
    pub es: Written,
}

/// Why an article cannot be kept. Each is the key of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    Title,
    Lead,
    Body,
    TooLong,
    Sources,
    /// A number in the text that no source has.
    Unsourced,
    Audience,
    Topics,
    Taken,
    Full,
}

impl Unfit {
    pub fn key(self) -> &'static str {
        match self {
            Unfit::Title => "readings-title-wrong",
            Unfit::Lead => "readings-lead-wrong",
            Unfit::Body => "readings-body-wrong",
            Unfit::TooLong => "readings-too-long",
            Unfit::Sources => "readings-sources-wrong",
            Unfit::Unsourced => "readings-unsourced",
            Unfit::Audience => "readings-audience-wrong",
            Unfit::Topics => "readings-topics-wrong",
            Unfit::Taken => "readings-taken",
            Unfit::Full => "readings-full",
        }
    }
}

/// The numbers of sources that a text names: `[1]`.
pub fn cited(body: &str) -> Vec<usize> {
    let number = |part: &str| part.split_once(']').and_then(|(number, _)| number.parse::<usize>().ok());
    let mut all: Vec<usize> = body.split('[').skip(1).filter_map(number).collect();
    all.sort_unstable();
    all.dedup();
    all
}

impl Written {
    pub fn check(&self) -> Result<(), Unfit> {
        if !names::fits(&self.title, TITLE_CHARS) {
            return Err(Unfit::Title);
        }
        if self.lead.trim().is_empty() || self.lead.chars().count() > LEAD_CHARS {
            return Err(Unfit::Lead);
        }
        if self.body.chars().count() > BODY_CHARS {
            return Err(Unfit::TooLong);
        }
        if text::read(&self.body).is_empty() { Err(Unfit::Body) } else { Ok(()) }
    }
}

impl Article {
    /// In "en" or "es".
    pub fn written(&self, language: &str) -> &Written {
        if language == "es" { &self.es } else { &self.en }
    }

    /// Whether it can be kept. `knows` says which topics the practice has.
    pub fn check(&self, knows: impl Fn(&str) -> bool) -> Result<(), Unfit> {
        self.en.check()?;
        self.es.check()?;
        let is_source = |source: &String| !source.trim().is_empty() && source.chars().count() <= SOURCE_CHARS;
        if self.sources.len() > SOURCES || !self.sources.iter().all(is_source) {
            return Err(Unfit::Sources);
        }
        if !self.topics.iter().all(|topic| knows(topic)) || !self.skills.iter().all(|skill| SKILLS.contains(&skill.as_str())) {
            return Err(Unfit::Topics);
        }
        let has = |number: &usize| (1..=self.sources.len()).contains(number);
        let cited = [&self.en, &self.es].into_iter().flat_map(|one| cited(&one.body)).collect::<Vec<_>>();
        if cited.iter().all(has) { Ok(()) } else { Err(Unfit::Unsourced) }
    }

    /// As homework to read, in one language.
    pub fn reading(&self, language: &str) -> Template {
        let written = self.written(language);
        Template {
            title: written.title.clone(),
            kind: Kind::Reading,
            text: written.lead.clone(),
            asked: Asked { text: text::plain(&text::read(&written.body)), ..Asked::default() },
            language: language.to_owned(),
            days: DAYS,
            topics: self.topics.clone(),
        }
    }
}

/// Something of the library as a list shows it, in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    pub slug: String,
    pub title: String,
    pub lead: String,
    pub topics: Vec<String>,
    pub skills: Vec<String>,
    pub is_worksheet: bool,
    pub audience: Audience,
    /// All its words, small and without accents.
    said: String,
}

impl Item {
    pub fn of_article(article: &Article, language: &str) -> Item {
        let written = article.written(language);
        Item {
            slug: article.slug.clone(),
            title: written.title.clone(),
            lead: written.lead.clone(),
            topics: article.topics.clone(),
            skills: article.skills.clone(),
            is_worksheet: false,
            audience: article.audience,
            said: plain(&format!("{} {} {}", written.title, written.lead, written.body)),
        }
    }

    pub fn of_worksheet(sheet: &Shipped, language: &str) -> Item {
        let template = sheet.template(language);
        Item {
            slug: sheet.slug.clone(),
            title: template.title.clone(),
            lead: template.text.clone(),
            topics: template.topics.clone(),
            skills: sheet.skills.clone(),
            is_worksheet: true,
            audience: Audience::Members,
            said: plain(&format!("{} {} {}", template.title, template.text, template.asked.prompts.join(" "))),
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
    pub fn fits(&self, item: &Item) -> bool {
        (self.topic.is_empty() || item.topics.contains(&self.topic))
            && (self.skill.is_empty() || item.skills.contains(&self.skill))
            && plain(&self.words).split(' ').all(|word| item.said.contains(word))
    }

    pub fn is_narrow(&self) -> bool {
        *self != Wanted::default()
    }
}

/// What has the words in its title comes first; else by title.
pub fn sorted(mut all: Vec<Item>, wanted: &Wanted) -> Vec<Item> {
    let words = plain(&wanted.words);
    let in_title = |item: &Item| !words.is_empty() && words.split(' ').all(|word| plain(&item.title).contains(word));
    all.sort_by_cached_key(|item| (!in_title(item), plain(&item.title), item.slug.clone()));
    all
}

macro_rules! articles {
    ($($slug:literal),* $(,)?) => {
        [$(($slug, include_str!(concat!("../../../../content/library/articles/", $slug, ".md")))),*]
    };
}

const SHIPPED: [(&str, &str); 25] = articles![
    "a-slip-is-not-the-end",
    "a-soft-beginning",
    "a-worry-has-its-hour",
    "after-something-terrible",
    "anger-is-a-signal",
    "back-in-the-room",
    "beside-somebody-who-struggles",
    "cooling-down",
    "doing-comes-before-feeling",
    "keeping-somebody-close",
    "listening-so-that-people-feel-heard",
    "living-with-a-long-illness",
    "naming-a-feeling",
    "not-answering-the-urge",
    "one-problem-two-people",
    "riding-out-a-craving",
    "saying-what-you-need",
    "small-steps-toward-fear",
    "strong-feelings-pass",
    "thoughts-are-not-orders",
    "two-things-can-be-true",
    "what-a-group-does",
    "what-grief-does",
    "when-nights-are-long",
    "when-somebody-is-in-danger",
];

fn head_values<'a>(head: &'a str, key: &'a str) -> impl Iterator<Item = String> + 'a {
    let lines = head.lines().filter_map(|line| line.split_once(':'));
    lines.filter(move |(name, _)| *name == key).map(|(_, value)| value.trim().to_owned())
}

/// Both languages in one file, so that neither is forgotten: a head of `key: value`, then `--- en` and `--- es`, each with its title, its lead
/// and its body.
fn read_file(slug: &str, file: &str) -> Option<Article> {
    let (head, rest) = file.split_once("\n--- en\n")?;
    let (en, es) = rest.split_once("\n--- es\n")?;
    let words =
        |key| head_values(head, key).flat_map(|line| line.split(',').map(|word| word.trim().to_owned()).collect::<Vec<_>>()).collect();
    let written = |part: &str| {
        let (title, rest) = part.trim().strip_prefix("# ")?.split_once("\n\n")?;
        let (lead, body) = rest.split_once("\n\n")?;
        Some(Written { title: title.to_owned(), lead: lead.to_owned(), body: body.to_owned() })
    };
    let audience = head_values(head, "for").next().and_then(|word| Audience::parse(&word))?;
    let sources = head_values(head, "source").collect();
    Some(Article {
        slug: slug.into(),
        topics: words("topics"),
        skills: words("skills"),
        audience,
        sources,
        en: written(en)?,
        es: written(es)?,
    })
}

static ARTICLES: LazyLock<Vec<Article>> = LazyLock::new(|| SHIPPED.iter().filter_map(|(slug, file)| read_file(slug, file)).collect());

/// The articles that ship, read once.
pub fn articles() -> &'static [Article] {
    &ARTICLES
}

/// The worksheets that ship: homework with skills beside its topics.
pub fn worksheets() -> Result<Vec<Shipped>, serde_json::Error> {
    Ok(shelf::shipped()?.into_iter().filter(|sheet| !sheet.skills.is_empty()).collect())
}

/// Addresses beside those of articles.
const PAGES: [&str; 3] = ["new", "shelf", "weeks"];

/// A word for addresses that nothing else has, made of a title. What pages of the library itself are called is nothing's.
pub fn slug(title: &str, is_taken: impl Fn(&str) -> bool) -> String {
    const CHARS: usize = 32;
    let letters = plain(title).chars().map(|c| if c.is_ascii_lowercase() { c } else { '-' }).collect::<String>();
    let words: Vec<&str> = letters.split('-').filter(|word| !word.is_empty()).collect();
    let cut: String = words.join("-").chars().take(CHARS).collect();
    let base = if cut.is_empty() { "article" } else { cut.trim_end_matches('-') };
    let lettered = (0u32..).map(|number| format!("{base}-{}", name_of(number)));
    std::iter::once(base.to_owned())
        .chain(lettered)
        .find(|slug| !PAGES.contains(&slug.as_str()) && !is_taken(slug))
        .unwrap_or_else(|| base.to_owned())
}

/// Of a word in addresses.
const SLUG_CHARS: usize = 64;

/// Whether this can be the word of something here at all: small letters, with hyphens between them.
pub fn is_slug(word: &str) -> bool {
    word.len() <= SLUG_CHARS && word.split('-').all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase()))
}

/// 0 is a, 25 is z, 26 is ba: the shelf's keys have letters only.
fn name_of(mut number: u32) -> String {
    let mut letters = Vec::new();
    loop {
        letters.push(char::from(b'a' + u8::try_from(number % 26).unwrap_or(0)));
        number /= 26;
        if number == 0 {
            return letters.into_iter().rev().collect();
        }
    }
}
