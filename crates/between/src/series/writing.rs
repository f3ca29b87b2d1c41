//! Writing a weekly note: in both languages, as a draft, at once, or for an hour to come.

use askama::Template;
use axum::{
    Form,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use care::{
    library::Written,
    series::{Audience, Release, State as Stands, Unfit, state},
};
use ground::{
    Deed, Fault, House, Me, Moment, Ui, not_found, random_id, random_token, render,
    series::{self, Note},
    web::render_status,
    when,
};
use jiff::tz::TimeZone;
use serde::Deserialize;

use super::queries;

#[derive(Template)]
#[template(path = "series/written.html")]
pub struct WrittenPage {
    pub ui: Ui,
    pub notes: Vec<Note>,
    pub now: Moment,
}

impl WrittenPage {
    fn title<'a>(&self, note: &'a Note) -> &'a str {
        &note.written(self.ui.lang()).title
    }

    /// How it stands, since when or from when, and for whom.
    fn about(&self, note: &Note) -> String {
        let ui = &self.ui;
        let at = note.publish_at.map_or_else(String::new, |at| when::moment(ui.language, at, &ui.practice.zone));
        let stands = match state(note.publish_at.map(Moment::timestamp), self.now.timestamp()) {
            Stands::Draft => ui.t("series-draft"),
            Stands::Planned => ui.t1("series-planned", "when", at),
            Stands::Out => ui.t1("series-out", "when", at),
        };
        format!("{stands} · {}", ui.t(&format!("series-for-{}", note.audience)))
    }
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Typed {
    pub title_en: String,
    pub lead_en: String,
    pub body_en: String,
    pub title_es: String,
    pub lead_es: String,
    pub body_es: String,
    pub audience: String,
    pub choice: String,
    pub day: String,
    pub time: String,
    pub version: i64,
    pub once: String,
}

#[derive(Template)]
#[template(path = "series/edit.html")]
pub struct EditPage {
    pub ui: Ui,
    pub note: Option<i64>,
    /// It has its time already.
    pub timed: bool,
    pub typed: Typed,
    pub trouble: Option<&'static str>,
}

impl EditPage {
    fn audiences(&self) -> [Audience; 2] {
        Audience::ALL
    }

    fn audience(&self, one: &Audience) -> String {
        self.ui.t(&format!("series-for-{}", one.word()))
    }

    fn is_for(&self, one: &Audience) -> bool {
        self.typed.audience == one.word()
    }

    fn choices(&self) -> Vec<&'static str> {
        ["keep", "draft", "now", "at"].into_iter().filter(|choice| self.timed || *choice != "keep").collect()
    }

    fn choice(&self, choice: &&'static str) -> String {
        self.ui.t(&format!("series-when-{choice}"))
    }

    fn is_chosen(&self, choice: &&'static str) -> bool {
        self.typed.choice == *choice
    }

    fn action(&self) -> String {
        self.note.map_or_else(|| "/notes-series".to_owned(), |note| format!("/notes-series/{note}"))
    }
}

fn page(ui: Ui, note: Option<&Note>, mut typed: Typed, trouble: Option<&'static str>) -> Result<Response, Fault> {
    let status = if trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    if typed.once.len() < 8 {
        typed.once = random_token();
    }
    let timed = note.is_some_and(|note| note.publish_at.is_some());
    render_status(&EditPage { ui, note: note.map(|note| note.id), timed, typed, trouble }, status)
}

fn read(typed: &Typed, before: Option<&Note>, zone: &str, now: Moment) -> Result<Note, Unfit> {
    let written = |title: &str, lead: &str, body: &str| Written {
        title: title.trim().into(),
        lead: lead.trim().into(),
        body: body.trim().replace("\r\n", "\n"),
    };
    let en = written(&typed.title_en, &typed.lead_en, &typed.body_en);
    let es = written(&typed.title_es, &typed.lead_es, &typed.body_es);
    en.check().and(es.check()).map_err(Unfit::Words)?;
    let audience = Audience::parse(&typed.audience).ok_or(Unfit::Audience)?.word().to_owned();
    let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    let release = Release { choice: &typed.choice, day: &typed.day, time: &typed.time };
    let publish_at = release.read(before.and_then(|note| note.publish_at).map(Moment::timestamp), &zone, now.timestamp())?;
    let id = before.map_or_else(random_id, |note| note.id);
    Ok(Note { id, audience, en, es, publish_at: publish_at.map(Moment::from), version: typed.version })
}

fn typed(note: &Note) -> Typed {
    let (en, es) = (note.en.clone(), note.es.clone());
    Typed {
        title_en: en.title,
        lead_en: en.lead,
        body_en: en.body,
        title_es: es.title,
        lead_es: es.lead,
        body_es: es.body,
        audience: note.audience.clone(),
        choice: if note.publish_at.is_some() { "keep" } else { "draft" }.into(),
        version: note.version,
        ..Typed::default()
    }
}

pub async fn all(State(house): State<House>, ui: Ui) -> Result<Response, Fault> {
    let notes = series::all(&house.db).await?;
    render(&WrittenPage { ui, notes, now: house.clock.now() })
}

pub async fn new(ui: Ui) -> Result<Response, Fault> {
    page(ui, None, Typed { audience: "members".into(), choice: "draft".into(), ..Typed::default() }, None)
}

pub async fn add(State(house): State<House>, ui: Ui, me: Me, Form(typed): Form<Typed>) -> Result<Response, Fault> {
    let now = house.clock.now();
    let note = match read(&typed, None, &house.practice().zone, now) {
        Ok(note) => note,
        Err(unfit) => return page(ui, None, typed, Some(unfit.key())),
    };
    let once = if typed.once.len() < 8 { random_token() } else { typed.once };
    let about = format!("series/{}", note.id);
    let tx = house.db.write().await?;
    if queries::add(&tx, note, me.id, &once, now).await? {
        tx.commit(Deed::new(me.id, "series.add", about)).await?;
    }
    Ok(Redirect::to("/notes-series").into_response())
}

pub async fn edit(State(house): State<House>, ui: Ui, Path(note): Path<i64>) -> Result<Response, Fault> {
    match series::one(&house.db, note).await? {
        Some(note) => page(ui, Some(&note), typed(&note), None),
        None => Ok(not_found()),
    }
}

pub async fn change(State(house): State<House>, ui: Ui, me: Me, Path(id): Path<i64>, Form(typed): Form<Typed>) -> Result<Response, Fault> {
    let Some(before) = series::one(&house.db, id).await? else { return Ok(not_found()) };
    let now = house.clock.now();
    let note = match read(&typed, Some(&before), &house.practice().zone, now) {
        Ok(note) => note,
        Err(unfit) => return page(ui, Some(&before), typed, Some(unfit.key())),
    };
    let tx = house.db.write().await?;
    if !queries::change(&tx, note, now).await? {
        drop(tx);
        return page(ui, Some(&before), typed, Some("series-changed-since"));
    }
    tx.commit(Deed::new(me.id, "series.change", format!("series/{id}"))).await?;
    Ok(Redirect::to("/notes-series").into_response())
}

pub async fn remove(State(house): State<House>, me: Me, Path(id): Path<i64>) -> Result<Response, Fault> {
    let tx = house.db.write().await?;
    if !queries::remove(&tx, id).await? {
        return Ok(not_found());
    }
    tx.commit(Deed::new(me.id, "series.remove", format!("series/{id}"))).await?;
    Ok(Redirect::to("/notes-series").into_response())
}

#[cfg(test)]
mod tests {
    use ground::{Language, Role};

    use super::*;

    const NOW: Moment = Moment(1_795_000_000_000_000);

    fn good() -> Typed {
        Typed {
            title_en: "One <b>".into(),
            lead_en: "About".into(),
            body_en: "Text".into(),
            title_es: "Uno".into(),
            lead_es: "De qué".into(),
            body_es: "Texto </textarea>".into(),
            audience: "public".into(),
            choice: "now".into(),
            version: 3,
            once: "once-once".into(),
            ..Typed::default()
        }
    }

    #[test]
    fn a_note_is_read_and_typed_again() {
        let note = read(&good(), None, "America/New_York", NOW).unwrap();
        assert_eq!(note.publish_at, Some(NOW));
        let again = typed(&note);
        assert_eq!((again.choice.as_str(), again.version, again.title_es.as_str()), ("keep", 3, "Uno"));
        assert_eq!(read(&again, Some(&note), "UTC", Moment(NOW.0 + 1)).unwrap(), note, "what has its time keeps it");
        assert_eq!(read(&Typed { choice: "keep".into(), ..good() }, None, "UTC", NOW), Err(Unfit::When));
        assert_eq!(read(&Typed { audience: "all".into(), ..good() }, None, "UTC", NOW), Err(Unfit::Audience));
        assert!(matches!(read(&Typed { body_es: " ".into(), ..good() }, None, "UTC", NOW), Err(Unfit::Words(_))));
    }

    #[test]
    fn the_pages_render() {
        for language in Language::ALL {
            let ui = Ui::sample(language, Some(Role::Clinician));
            let html =
                EditPage { ui: ui.clone(), note: Some(5), timed: true, typed: good(), trouble: Some(Unfit::When.key()) }.render().unwrap();
            assert!(
                html.contains("One &#60;b&#62;") && html.contains("Texto &#60;/textarea&#62;") && html.contains("/notes-series/5/removal")
            );
            assert!(
                html.contains("role=\"alert\"") && html.matches(" checked").count() == 2 && html.matches("name=\"choice\"").count() == 4
            );
            let html = EditPage { ui: ui.clone(), note: None, timed: false, typed: Typed::default(), trouble: None }.render().unwrap();
            assert!(!html.contains("removal") && html.matches("name=\"choice\"").count() == 3 && !html.contains("series-w"));
            let one = read(&good(), None, "UTC", NOW).unwrap();
            let later = Note { publish_at: Some(Moment(NOW.0 + 9_000_000)), ..one.clone() };
            let notes = vec![Note { publish_at: None, ..one.clone() }, later, one];
            let html = WrittenPage { ui: ui.clone(), notes, now: NOW }.render().unwrap();
            assert!(html.contains(&ui.t("series-draft")) && html.matches("/notes-series/").count() == 4 && !html.contains("series-o"));
            let empty = WrittenPage { ui: ui.clone(), notes: vec![], now: NOW }.render().unwrap();
            assert!(empty.contains(&ui.t("series-none-written")));
        }
    }
}
