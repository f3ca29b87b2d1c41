//! Topics (C2, C3) and types of groups (C4). Each word that ships is also the key of its name: `topic-…`, `kind-…`. A practice calls topics
//! what it likes, hides and orders them, and adds its own; the word itself (slug) never changes, because groups and answers hold it.

use crate::names::unaccented;
use std::collections::BTreeSet;

use crate::names;

pub const TOPICS: &[&str] = &[
    "anger",
    "anxiety",
    "borderline",
    "chronic-illness",
    "depression",
    "dbt-skills",
    "grief",
    "ocd",
    "relationships",
    "trauma",
    "substance-use",
    "couples",
    "family",
];

/// More would be a list that nobody reads to its end.
pub const MOST: usize = 40;
const NAME_CHARS: usize = 40;
const SLUG_CHARS: usize = 32;
/// What the row of a new topic is called in the form.
pub const NEW: &str = "new";

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Topic {
    pub slug: String,
    pub en: String,
    pub es: String,
    /// Not offered any more; groups that have it keep it.
    pub hidden: bool,
}

/// The topics of a practice, in its order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Topics(Vec<Topic>);

impl Topics {
    /// What was kept, with the names that ship where the practice has none of its own, and at the end what ships since.
    pub fn of(kept: Vec<Topic>, shipped: &[Topic]) -> Topics {
        let known = |slug: &str| shipped.iter().find(|one| one.slug == slug);
        let named = |mut topic: Topic| {
            if let Some(ships) = known(&topic.slug) {
                topic.en = if topic.en.is_empty() { ships.en.clone() } else { topic.en };
                topic.es = if topic.es.is_empty() { ships.es.clone() } else { topic.es };
            }
            topic
        };
        let mut all: Vec<Topic> = kept.into_iter().map(named).collect();
        let fresh: Vec<Topic> = shipped.iter().filter(|ships| all.iter().all(|topic| topic.slug != ships.slug)).cloned().collect();
        all.extend(fresh);
        Topics(all)
    }

    pub fn all(&self) -> &[Topic] {
        &self.0
    }

    pub fn knows(&self, slug: &str) -> bool {
        self.0.iter().any(|topic| topic.slug == slug)
    }

    pub fn offers(&self, slug: &str) -> bool {
        self.0.iter().any(|topic| topic.slug == slug && !topic.hidden)
    }

    /// What somebody chooses from: what is offered, and what they have chosen already.
    pub fn choices(&self, chosen: impl Fn(&str) -> bool) -> impl Iterator<Item = &Topic> {
        self.0.iter().filter(move |topic| !topic.hidden || chosen(&topic.slug))
    }

    /// The name in "en" or "es". What was removed since somebody chose it is still said in words.
    pub fn name(&self, slug: &str, language: &str) -> String {
        match self.0.iter().find(|topic| topic.slug == slug) {
            Some(topic) if language == "es" => topic.es.clone(),
            Some(topic) => topic.en.clone(),
            None => {
                let words = slug.replace('-', " ");
                let mut letters = words.chars();
                letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
            }
        }
    }
}

/// Which ship with Hearth: they can be hidden, never removed, since examples of goals name them.
pub fn ships(slug: &str) -> bool {
    TOPICS.contains(&slug)
}

/// Each topic has one of six colours, the same wherever its groups are shown and however the list is ordered.
pub fn hue(slug: &str) -> usize {
    let own = || slug.bytes().fold(0, |sum: usize, byte| sum.wrapping_mul(31).wrapping_add(byte.into()));
    TOPICS.iter().position(|known| *known == slug).unwrap_or_else(own) % 6 + 1
}

/// One row of the form, as it was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// `NEW` in the last one.
    pub slug: String,
    pub en: String,
    pub es: String,
    /// Where it stands, from 1.
    pub place: String,
    pub shown: bool,
    pub remove: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    Name,
    /// Two that a reader could not tell apart.
    Double,
    Place,
    /// Somebody has it: it can only be hidden.
    InUse,
    TooMany,
    /// A new group needs a topic.
    NoneShown,
}

impl Trouble {
    pub fn key(self) -> &'static str {
        match self {
            Trouble::Name => "topics-name-unfit",
            Trouble::Double => "topics-double",
            Trouble::Place => "topics-place-unfit",
            Trouble::InUse => "topics-in-use",
            Trouble::TooMany => "topics-too-many",
            Trouble::NoneShown => "topics-none-shown",
        }
    }
}

/// The form as it was sent. A topic that is not in it, because another page added it meanwhile, stays as it is.
pub fn rows(fields: &[(String, String)], topics: &Topics) -> Vec<Row> {
    let get = |name: &str, slug: &str| {
        let name = format!("{name}-{slug}");
        fields.iter().find(|(key, _)| *key == name).map(|(_, value)| value.trim().to_owned())
    };
    let sent = |slug: &str| {
        let text = |name: &str| get(name, slug).unwrap_or_default();
        let ticked = |name: &str| get(name, slug).is_some();
        Row {
            slug: slug.to_owned(),
            en: text("en"),
            es: text("es"),
            place: text("place"),
            shown: ticked("shown"),
            remove: ticked("remove"),
        }
    };
    let kept = |(topic, place): (&Topic, usize)| Row {
        slug: topic.slug.clone(),
        en: topic.en.clone(),
        es: topic.es.clone(),
        place: place.to_string(),
        shown: !topic.hidden,
        remove: false,
    };
    let row = |(topic, place): (&Topic, usize)| match get("en", &topic.slug) {
        Some(_) => sent(&topic.slug),
        None => kept((topic, place)),
    };
    topics.all().iter().zip(1..).map(row).chain([sent(NEW)]).collect()
}

/// The list as it is to be; one row that does not fit keeps all from being kept. `in_use` are the words that groups and others hold.
pub fn read(rows: &[Row], in_use: &BTreeSet<String>) -> Result<Vec<Topic>, Trouble> {
    let mut placed = Vec::new();
    for (row, stood) in rows.iter().zip(1..) {
        if row.slug == NEW && row.en.is_empty() && row.es.is_empty() {
            continue;
        }
        if row.remove && (ships(&row.slug) || in_use.contains(&row.slug)) {
            return Err(Trouble::InUse);
        }
        if row.remove {
            continue;
        }
        if !names::fits(&row.en, NAME_CHARS) || !names::fits(&row.es, NAME_CHARS) {
            return Err(Trouble::Name);
        }
        let at = place(row, stood)?;
        // Whoever is sent to a place gets it: before the one that stands there when it comes up, behind it when it goes down.
        placed.push(((at, at.cmp(&stood), stood), row));
    }
    placed.sort_by_key(|(at, _)| *at);
    let rows: Vec<&Row> = placed.into_iter().map(|(_, row)| row).collect();
    whole(&rows)?;
    let slug = |row: &Row| if row.slug == NEW { slug(&row.en, |taken| rows.iter().any(|one| one.slug == taken)) } else { row.slug.clone() };
    let topic = |row: &&Row| Topic { slug: slug(row), en: row.en.clone(), es: row.es.clone(), hidden: row.slug != NEW && !row.shown };
    Ok(rows.iter().map(topic).collect())
}

/// A new one needs no place: it comes last.
fn place(row: &Row, stood: usize) -> Result<usize, Trouble> {
    match row.place.as_str() {
        "" if row.slug == NEW => Ok(stood),
        typed => typed.parse().ok().filter(|place| (1..=MOST).contains(place)).ok_or(Trouble::Place),
    }
}

/// What only the whole list shows.
fn whole(rows: &[&Row]) -> Result<(), Trouble> {
    let is_double = |(at, row): (usize, &&Row)| rows[..at].iter().any(|one| names::same(&one.en, &row.en) || names::same(&one.es, &row.es));
    if rows.len() > MOST {
        Err(Trouble::TooMany)
    } else if rows.iter().enumerate().any(is_double) {
        Err(Trouble::Double)
    } else if rows.iter().all(|row| row.slug != NEW && !row.shown) {
        Err(Trouble::NoneShown)
    } else {
        Ok(())
    }
}

/// A word for addresses and columns, made of a name once and for all.
fn slug(name: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let plain = |c: char| match unaccented(c) {
        c if c.is_ascii_alphanumeric() => c,
        _ => ' ',
    };
    let plain: String = name.to_lowercase().chars().map(plain).collect();
    let joined: String = plain.split_whitespace().collect::<Vec<_>>().join("-").chars().take(SLUG_CHARS).collect();
    let word = match joined.trim_end_matches('-') {
        "" => "topic",
        word => word,
    };
    let numbered = (2..).map(|number| format!("{word}-{number}"));
    let free = |word: &String| word != NEW && !ships(word) && !is_taken(word);
    std::iter::once(word.to_owned()).chain(numbered).find(free).unwrap_or_default()
}

pub const KINDS: &[&str] = &["process", "cbt", "dbt", "mbct", "group-analytic", "skills-class", "support", "family", "workshop"];

/// A skills class is instruction and not therapy (E3); the practice decides that and says who did.
pub fn is_instruction(kind: &str) -> bool {
    matches!(kind, "skills-class" | "workshop")
}

/// Hard caps by type (E9): 12 in therapy, 15 in a class.
pub fn cap(kind: &str) -> u8 {
    if is_instruction(kind) { 15 } else { 12 }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shipped() -> Vec<Topic> {
        let topic = |slug: &&str| Topic { slug: (*slug).into(), en: format!("The {slug}"), es: format!("El {slug}"), hidden: false };
        TOPICS.iter().map(topic).collect()
    }

    fn own(slug: &str, hidden: bool) -> Topic {
        Topic { slug: slug.into(), en: format!("Our {slug}"), es: format!("Nuestro {slug}"), hidden }
    }

    fn topics() -> Topics {
        let renamed = Topic { slug: "grief".into(), en: "Loss".into(), ..Topic::default() };
        Topics::of(vec![own("chronic-pain", false), renamed, own("exams", true)], &shipped())
    }

    fn field(name: &str, value: &str) -> (String, String) {
        (name.to_owned(), value.to_owned())
    }

    fn used(words: &[&str]) -> BTreeSet<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    /// The rows of the list as it stands, changed by somebody.
    fn typed(change: impl Fn(&mut Row)) -> Vec<Row> {
        let mut rows = rows(&[], &topics());
        rows.iter_mut().for_each(change);
        rows
    }

    fn order(topics: &[Topic]) -> Vec<&str> {
        topics.iter().map(|topic| topic.slug.as_str()).collect()
    }

    #[test]
    fn what_the_practice_kept_comes_first_and_what_ships_is_never_lost() {
        let topics = topics();
        assert_eq!(order(topics.all())[..4], ["chronic-pain", "grief", "exams", "anger"]);
        assert_eq!(topics.all().len(), TOPICS.len() + 2);
        assert_eq!((topics.name("grief", "en"), topics.name("grief", "es")), ("Loss".into(), "El grief".into()));
        assert_eq!(topics.name("sleep-and-rest", "es"), "Sleep and rest", "removed since, and still a name");
        assert_eq!(topics.name("", "en"), "");
        assert!(topics.knows("exams") && !topics.offers("exams") && topics.offers("anger") && !topics.knows("golf"));
        let chosen = |slug: &str| topics.choices(|one| one == slug).any(|topic| topic.slug == "exams");
        assert!(!chosen("grief") && chosen("exams"), "what somebody chose before it was hidden stays theirs");
    }

    #[test]
    fn a_list_that_nobody_changed_stays_the_same() {
        assert_eq!(read(&typed(|_| ()), &used(&[])).unwrap(), topics().all());
        let sent = [field("en-exams", "Tests"), field("es-exams", "Pruebas"), field("place-exams", "3"), field("shown-exams", "on")];
        let kept = read(&rows(&sent, &topics()), &used(&[])).unwrap();
        assert_eq!(kept[2], Topic { slug: "exams".into(), en: "Tests".into(), es: "Pruebas".into(), hidden: false });
        assert_eq!(kept.len(), topics().all().len(), "what another page added meanwhile is not in the form and stays");
    }

    #[test]
    fn whoever_is_sent_to_a_place_gets_it() {
        let moved = |slug: &str, place: &str| {
            let list = read(
                &typed(|row| {
                    if row.slug == slug {
                        row.place = place.into()
                    }
                }),
                &used(&[]),
            )
            .unwrap();
            order(&list)[..5].iter().map(|slug| (*slug).to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(moved("anger", "1"), ["anger", "chronic-pain", "grief", "exams", "anxiety"]);
        assert_eq!(moved("chronic-pain", "3"), ["grief", "exams", "chronic-pain", "anger", "anxiety"]);
        assert_eq!(moved("grief", "2"), ["chronic-pain", "grief", "exams", "anger", "anxiety"]);
    }

    #[test]
    fn a_new_one_is_last_shown_and_has_a_word_of_its_own() {
        for (name, word) in [
            ("Sleep & rest", "sleep-rest"),
            ("Exams", "exams-2"),
            ("Anger", "anger-2"),
            ("New", "new-2"),
            ("Sueño año", "sueno-ano"),
            ("睡眠", "topic"),
            ("A very long name of a topic as it is", "a-very-long-name-of-a-topic-as-i"),
        ] {
            let sent = [field("en-new", name), field("es-new", "Otra cosa")];
            let kept = read(&rows(&sent, &topics()), &used(&[])).unwrap();
            assert_eq!(kept.last().unwrap(), &Topic { slug: word.into(), en: name.into(), es: "Otra cosa".into(), hidden: false });
        }
        let first = [field("en-new", "Sleep"), field("es-new", "Dormir"), field("place-new", "1")];
        assert_eq!(read(&rows(&first, &topics()), &used(&[])).unwrap()[0].slug, "sleep");
    }

    #[test]
    fn what_does_not_fit_is_named() {
        let change = |slug: &'static str, change: fn(&mut Row)| {
            typed(move |row| {
                if row.slug == slug {
                    change(row)
                }
            })
        };
        for (rows, trouble) in [
            (change("grief", |row| row.en = String::new()), Trouble::Name),
            (change("grief", |row| row.es = "\u{200b}".into()), Trouble::Name),
            (change("grief", |row| row.es = "x".repeat(41)), Trouble::Name),
            (change(NEW, |row| row.en = "Half".into()), Trouble::Name),
            (change("grief", |row| row.en = "the ANGER ".into()), Trouble::Double),
            (change("grief", |row| row.es = "Nuestro exams".into()), Trouble::Double),
            (change("grief", |row| row.place = "first".into()), Trouble::Place),
            (change("grief", |row| row.place = "0".into()), Trouble::Place),
            (change("grief", |row| row.place = String::new()), Trouble::Place),
            (change("exams", |row| row.remove = true), Trouble::InUse),
            (change("grief", |row| row.remove = true), Trouble::InUse),
            (typed(|row| row.shown = false), Trouble::NoneShown),
        ] {
            assert_eq!(read(&rows, &used(&["exams"])), Err(trouble), "{rows:?}");
        }
        let without = read(&change("exams", |row| row.remove = true), &used(&["grief"])).unwrap();
        assert!(without.iter().all(|topic| topic.slug != "exams"));
        let many: Vec<Topic> = (0..MOST - TOPICS.len()).map(|one| own(&format!("own-{one}"), false)).collect();
        let many = rows(&[field("en-new", "One more"), field("es-new", "Otro más")], &Topics::of(many, &shipped()));
        assert_eq!(read(&many, &used(&[])), Err(Trouble::TooMany));
    }

    #[test]
    fn a_colour_does_not_depend_on_the_order() {
        assert_eq!((hue("anger"), hue("anxiety"), hue("dbt-skills")), (1, 2, 6));
        assert_eq!(hue("chronic-pain"), hue("chronic-pain"));
    }

    proptest! {
        #[test]
        fn whatever_is_typed_every_word_stays_one(en in ".{0,50}", es in ".{0,50}", place in "[0-9]{0,3}", at in 0usize..16, removes: bool) {
            let mut rows = typed(|_| ());
            let row = &mut rows[at];
            (row.en, row.es, row.place, row.remove) = (en, es, place, removes);
            let Ok(kept) = read(&rows, &used(&["exams"])) else { return Ok(()) };
            let words: BTreeSet<&str> = order(&kept).into_iter().collect();
            prop_assert_eq!(words.len(), kept.len());
            prop_assert!(TOPICS.iter().all(|slug| words.contains(slug)) && words.contains("exams"));
            prop_assert!(words.iter().all(|word| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')));
            prop_assert!(kept.iter().all(|topic| (1..=6).contains(&hue(&topic.slug))));
        }
    }
}
