use askama::Template;
use axum::{
    extract::{Path, Query, State},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use care::{
    library::{Written, text, text::Block},
    series::{Audience, State as Stands, for_feed, state},
};
use ground::{
    Fault, House, Language, Moment, Role, Ui, not_found, render,
    series::{self, Note},
    when,
};
use serde::Deserialize;

/// So many stand in the feed.
const FEED: usize = 20;

#[derive(Template)]
#[template(path = "series/notes.html")]
pub struct NotesPage {
    pub ui: Ui,
    pub notes: Vec<Note>,
}

#[derive(Template)]
#[template(path = "series/note.html")]
pub struct NotePage {
    pub ui: Ui,
    pub note: Note,
    pub blocks: Vec<Block>,
}

/// Members and staff read what is for members; the family and visitors what is public.
fn is_inside(ui: &Ui) -> bool {
    ui.me.as_ref().is_some_and(|me| me.role != Role::Family)
}

/// The day on which it came out, on the practice's clock: there is no other one that all readers share.
fn day(ui: &Ui, note: &Note) -> String {
    note.publish_at.map_or_else(String::new, |at| when::day(ui.language, at, &ui.practice.zone))
}

impl NotesPage {
    fn written<'a>(&self, note: &'a Note) -> &'a Written {
        note.written(self.ui.lang())
    }

    fn about(&self, note: &Note) -> String {
        let day = day(&self.ui, note);
        if note.audience == Audience::Members.word() { format!("{day} · {}", self.ui.t("series-for-members")) } else { day }
    }

    fn is_crew(&self) -> bool {
        self.ui.me.as_ref().is_some_and(|me| me.role.is_crew())
    }
}

impl NotePage {
    fn written(&self) -> &Written {
        self.note.written(self.ui.lang())
    }

    fn day(&self) -> String {
        day(&self.ui, &self.note)
    }
}

pub async fn all(State(house): State<House>, ui: Ui) -> Result<Response, Fault> {
    let notes = series::out(&house.db, is_inside(&ui), Moment(0), house.clock.now()).await?;
    render(&NotesPage { ui, notes })
}

pub async fn one(State(house): State<House>, ui: Ui, Path(note): Path<i64>) -> Result<Response, Fault> {
    let found = series::one(&house.db, note).await?;
    let is_out = |note: &Note| state(note.publish_at.map(Moment::timestamp), house.clock.now().timestamp()) == Stands::Out;
    match found.filter(|note| is_out(note) && (is_inside(&ui) || note.audience == Audience::Public.word())) {
        Some(note) => {
            let blocks = text::read(&note.written(ui.lang()).body);
            render(&NotePage { ui, note, blocks })
        }
        None => Ok(not_found()),
    }
}

/// One entry of the feed (RFC 4287), as plain text: a reader shows it like any other words.
struct Entry {
    id: i64,
    title: String,
    lead: String,
    text: String,
    at: String,
}

#[derive(Template)]
#[template(path = "series/feed.xml", escape = "html")]
struct Feed {
    lang: &'static str,
    title: String,
    practice: String,
    url: String,
    updated: String,
    entries: Vec<Entry>,
}

impl Feed {
    fn new(house: &House, language: Language, notes: &[Note]) -> Feed {
        let practice = for_feed(&house.practice().name);
        let at = |note: &Note| note.publish_at.unwrap_or(Moment(0)).timestamp().to_string();
        let entry = |note: &Note| {
            let written = note.written(language.code());
            let text = text::plain(&text::read(&written.body));
            Entry { id: note.id, title: for_feed(&written.title), lead: for_feed(&written.lead), text: for_feed(&text), at: at(note) }
        };
        Feed {
            lang: language.code(),
            title: language.say("series-feed", &[("practice", practice.clone())]),
            practice,
            url: house.config.public_url.clone(),
            updated: notes.first().map_or_else(|| Moment(0).timestamp().to_string(), at),
            entries: notes.iter().take(FEED).map(entry).collect(),
        }
    }
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct In {
    lang: String,
}

/// Whoever fetches a feed has no cookie: its language is in its address, and only what is public is in it, whoever asks.
pub async fn feed(State(house): State<House>, Query(In { lang }): Query<In>) -> Result<Response, Fault> {
    let notes = series::out(&house.db, false, Moment(0), house.clock.now()).await?;
    let feed = Feed::new(&house, Language::parse(&lang), &notes).render()?;
    let mut response = feed.into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/atom+xml; charset=utf-8"));
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=900"));
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::*;

    pub fn note(audience: Audience) -> Note {
        let written =
            |title: &str| Written { title: title.into(), lead: "About <it>".into(), body: "## One\n\nTwo **three** <b>x</b>".into() };
        Note {
            id: 7,
            audience: audience.word().into(),
            en: written("A <note>"),
            es: written("Una <nota>"),
            publish_at: Some(Moment(1_795_000_000_000_000)),
            version: 2,
        }
    }

    #[test]
    fn the_list_renders_empty_and_full() {
        for language in Language::ALL {
            for (role, crew) in [(None, false), (Some(Role::Member), false), (Some(Role::Clinician), true)] {
                let ui = Ui::sample(language, role);
                let html = NotesPage { ui: ui.clone(), notes: vec![] }.render().unwrap();
                assert!(html.contains(&ui.t("series-none")) && !html.contains("series-"));
                assert_eq!(html.contains("/notes-series\""), crew);
                let html = NotesPage { ui: ui.clone(), notes: vec![note(Audience::Members); 9] }.render().unwrap();
                assert_eq!(html.matches("href=\"/notes/7\"").count(), 9);
                assert!(!html.contains("<note>") && !html.contains("<nota>") && html.contains(&ui.t("series-for-members")));
                assert!(html.contains("application/atom+xml") && html.contains("/digest?wants=notes"));
            }
        }
    }

    #[test]
    fn a_note_is_read_in_one_s_own_language_and_its_markup_has_no_power() {
        for (language, title) in [(Language::English, "A &#60;note&#62;"), (Language::Spanish, "Una &#60;nota&#62;")] {
            let blocks = text::read(&note(Audience::Public).en.body);
            let html = NotePage { ui: Ui::sample(language, None), note: note(Audience::Public), blocks }.render().unwrap();
            assert!(html.contains(title) && html.contains("<h2>One</h2>") && html.contains("<strong>three</strong>"));
            assert!(html.contains("&#60;b&#62;x&#60;/b&#62;") && !html.contains("<b>x</b>"));
        }
    }
}
