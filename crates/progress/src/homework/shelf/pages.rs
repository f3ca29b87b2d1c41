//! The shelf as staff look through it: by themselves, or on the way to giving something from it to a group.

use axum::{
    Form, Json,
    extract::{Path, Query, State},
    response::{IntoResponse, Redirect, Response},
};
use care::homework::{
    Kind,
    shelf::{Entry, Wanted},
};
use ground::{Deed, Fault, House, Language, Me, Ui, facts, facts::LedGroup, not_found, render};
use serde::{Deserialize, Serialize};

use super::{find, queries};

/// So much of an instruction is enough to know it again.
const SHORT_CHARS: usize = 120;

#[derive(askama::Template)]
#[template(path = "homework/shelf/shelf.html")]
pub struct ShelfPage {
    pub ui: Ui,
    pub wanted: Wanted,
    /// What fits, and what of that is put away.
    pub all: Vec<Entry>,
    pub away: Vec<Entry>,
    /// Whom something is looked for, if anybody.
    pub group: Option<LedGroup>,
    pub person: Option<i64>,
    /// What has just happened: the end of the key of a sentence.
    pub done: Option<&'static str>,
}

impl ShelfPage {
    fn kinds(&self) -> [Kind; 8] {
        Kind::ALL
    }

    fn kind(&self, kind: &Kind) -> String {
        self.ui.t(&format!("homework-kind-{}", kind.word()))
    }

    fn wants_kind(&self, kind: &Kind) -> bool {
        self.wanted.kind == Some(*kind)
    }

    fn topics(&self) -> Vec<(String, String)> {
        self.ui.topic_choices(|slug| slug == self.wanted.topic)
    }

    fn is_narrow(&self) -> bool {
        let Wanted { topic, kind, words, .. } = &self.wanted;
        !topic.is_empty() || kind.is_some() || !words.is_empty()
    }

    /// Kind, days and language, for whoever runs an eye down the list.
    fn about(&self, entry: &Entry) -> String {
        let language = self.ui.t(&format!("homework-shelf-language-{}", entry.template.language));
        format!(
            "{} · {} · {language}",
            self.kind(&entry.template.kind),
            self.ui.t1("homework-shelf-days-short", "days", entry.template.days)
        )
    }

    fn short(&self, entry: &Entry) -> String {
        let text = entry.template.text.trim();
        if text.chars().count() <= SHORT_CHARS {
            return text.to_owned();
        }
        let cut: String = text.chars().take(SHORT_CHARS).collect();
        format!("{}\u{a0}…", cut.rsplit_once(' ').map_or(cut.as_str(), |(whole, _)| whole))
    }

    fn said(&self) -> String {
        self.done.map_or_else(String::new, |done| self.ui.t(&format!("homework-shelf-done-{done}")))
    }

    /// Where it is given from, with everything laid ready.
    fn give(&self, group: &LedGroup, entry: &Entry) -> String {
        let person = self.person.map_or_else(String::new, |person| format!("&person={person}"));
        format!("/groups/{}/homework/new?template={}{person}", group.id, entry.key)
    }
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Looked {
    topic: String,
    kind: String,
    q: String,
    language: Option<String>,
    group: Option<String>,
    person: Option<String>,
    done: String,
}

/// The language that somebody looks in: what they chose, else what the group speaks, else their own. "all" is both.
fn language(chosen: Option<&str>, group: Option<&LedGroup>, ui: &Ui) -> String {
    match chosen {
        Some("all") => String::new(),
        Some(one @ ("en" | "es")) => one.to_owned(),
        _ => group.map_or(ui.lang(), |group| Language::parse(&group.language).code()).to_owned(),
    }
}

pub async fn all(State(house): State<House>, ui: Ui, me: Me, Query(looked): Query<Looked>) -> Result<Response, Fault> {
    let number = |text: &Option<String>| text.as_deref().and_then(|text| text.parse::<i64>().ok());
    let group = match number(&looked.group) {
        Some(id) => facts::led_by(&house.db, me.id).await?.into_iter().find(|group| group.id == id),
        None => None,
    };
    let wanted = Wanted {
        topic: looked.topic,
        kind: Kind::known(&looked.kind),
        words: looked.q.trim().to_owned(),
        language: language(looked.language.as_deref(), group.as_ref(), &ui),
    };
    let found = queries::all(&house).await?.into_iter().filter(|entry| wanted.fits(&entry.template));
    let (away, all) = found.partition(|entry| entry.away);
    let done = ["kept", "away", "back"].into_iter().find(|done| *done == looked.done);
    render(&ShelfPage { ui, wanted, all, away, person: group.as_ref().and(number(&looked.person)), group, done })
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Place {
    away: String,
}

pub async fn place(State(house): State<House>, me: Me, Path(key): Path<String>, Form(place): Form<Place>) -> Result<Response, Fault> {
    let shelf = queries::all(&house).await?;
    let Some(entry) = find(&shelf, &key) else { return Ok(not_found()) };
    let away = !place.away.is_empty();
    let tx = house.db.write().await?;
    if queries::place(&tx, &entry.key, away.then(|| house.clock.now())).await? {
        tx.commit(Deed::new(me.id, "homework.template.place", format!("template/{key}"))).await?;
    }
    Ok(Redirect::to(&format!("/homework-shelf?done={}", if away { "away" } else { "back" })).into_response())
}

/// What the closing of a room offers by name.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Offered {
    title: String,
    days: u16,
}

fn offered_in(shelf: Vec<Entry>, language: &str) -> Vec<Offered> {
    let standing = shelf.into_iter().filter(|entry| !entry.away && entry.template.language == language);
    standing.map(|entry| Offered { title: entry.template.title, days: entry.template.days }).collect()
}

pub async fn offered(State(house): State<House>, Path(session): Path<i64>) -> Result<Response, Fault> {
    let Some(session) = facts::session(&house.db, session).await? else { return Ok(not_found()) };
    let shelf = queries::all(&house).await?;
    Ok(Json(offered_in(shelf, Language::parse(&session.language).code())).into_response())
}

#[cfg(test)]
mod tests {
    use askama::Template as _;
    use care::homework::{
        Asked,
        shelf::{Key, Template},
    };
    use ground::Role;

    use super::*;

    fn entry(id: i64, title: &str, language: &str, away: bool) -> Entry {
        let template = Template {
            title: title.into(),
            kind: Kind::ALL[usize::try_from(id).unwrap() % 8],
            text: "Try <one> step ".repeat(20),
            asked: Asked::default(),
            language: language.into(),
            days: 7,
            topics: vec!["grief".into()],
        };
        Entry { key: Key::Own(id), template, away }
    }

    fn group() -> LedGroup {
        LedGroup { id: 3, name: "Steady <Ground>".into(), topic: "grief".into(), language: "es".into() }
    }

    fn page(language: Language, all: Vec<Entry>, away: Vec<Entry>) -> ShelfPage {
        let ui = Ui::sample(language, Some(Role::Clinician));
        ShelfPage { ui, wanted: Wanted::default(), all, away, group: None, person: None, done: None }
    }

    #[test]
    fn the_shelf_renders_empty_and_full_and_for_a_group() {
        for language in Language::ALL {
            let empty = page(language, vec![], vec![]);
            let html = empty.render().unwrap();
            assert!(html.contains(&empty.ui.t("homework-shelf-none")) && !html.contains("homework-shelf-"));
            let mut narrow = page(language, vec![], vec![]);
            narrow.wanted = Wanted { words: "<q>".into(), topic: "grief".into(), kind: Some(Kind::Free), language: "es".into() };
            let html = narrow.render().unwrap();
            assert!(html.contains(&narrow.ui.t("homework-shelf-nothing-fits")) && html.contains("value=\"&#60;q&#62;\""));
            assert_eq!(html.matches(" selected").count(), 3, "what was looked for stays chosen");

            let shelf: Vec<Entry> = (0..40).map(|id| entry(id, "A <title>", if id % 2 == 0 { "en" } else { "es" }, false)).collect();
            let mut full = page(language, shelf, vec![entry(99, "Put <away>", "en", true)]);
            let html = full.render().unwrap();
            assert_eq!(html.matches("A &#60;title&#62;</a>").count(), 40);
            assert!(html.contains("Put &#60;away&#62;") && !html.contains("<one>") && !html.contains("/homework/new?template="));
            (full.group, full.person, full.done) = (Some(group()), Some(7), Some("kept"));
            let html = full.render().unwrap();
            assert_eq!(html.matches("/groups/3/homework/new?template=").count(), 40, "nothing that is put away is given");
            assert!(html.contains("&#38;person=7") && html.contains("Steady &#60;Ground&#62;") && html.contains("role=\"status\""));
            assert!(!html.contains("homework-shelf-done") && !html.contains("homework-kind-"));
        }
    }

    #[test]
    fn a_long_instruction_is_cut_between_words() {
        let page = page(Language::English, vec![], vec![]);
        let short = page.short(&entry(1, "A", "en", false));
        assert!(
            short.chars().count() <= SHORT_CHARS + 2
                && ["step\u{a0}…", "<one>\u{a0}…", "Try\u{a0}…"].iter().any(|end| short.ends_with(end))
        );
        let mut little = entry(1, "A", "en", false);
        little.template.text = "Ñandú".into();
        assert_eq!(page.short(&little), "Ñandú");
    }

    #[test]
    fn one_looks_in_what_was_chosen_else_in_what_the_group_speaks() {
        let ui = Ui::sample(Language::English, Some(Role::Clinician));
        let group = group();
        for (chosen, of, expected) in [
            (None, None, "en"),
            (None, Some(&group), "es"),
            (Some("en"), Some(&group), "en"),
            (Some("all"), Some(&group), ""),
            (Some("fr"), None, "en"),
        ] {
            assert_eq!(language(chosen, of, &ui), expected, "{chosen:?}");
        }
    }

    #[test]
    fn a_room_is_offered_what_stands_in_its_language() {
        let shelf = vec![entry(1, "One", "en", false), entry(2, "Dos", "es", false), entry(3, "Three", "en", true)];
        assert_eq!(offered_in(shelf, "en"), [Offered { title: "One".into(), days: 7 }]);
    }
}
