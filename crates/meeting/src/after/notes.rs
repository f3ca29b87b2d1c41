use askama::Template;
use axum::{
    Form,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use care::notes::{GroupFacts, Lines, MemberFacts, group_lines, member_lines};
use ground::{
    Deed, Fault, House, Me, Moment, Ui,
    facts::{self, SessionFacts},
    not_found,
    web::render_status,
    when,
};
use room::{
    Event, RoomEvent, Stored,
    tools::{
        Tool, ToolEvent,
        markers::{Marker, Markers},
    },
};
use serde::Deserialize;

use super::{
    notes_queries::{self as queries, Addendum, Draft, Note},
    queries as record,
};
use crate::live::{replay, seat};

/// Characters of one note.
const NOTE_CHARS: usize = 20_000;

#[derive(Template)]
#[template(path = "after/note.html")]
pub struct NotePage {
    pub ui: Ui,
    pub session: SessionFacts,
    pub zone: String,
    pub about: i64,
    pub name: String,
    pub text: String,
    pub signed: Option<(String, Moment)>,
    pub addenda: Vec<Addendum>,
    /// What was typed as an addendum and could not be kept.
    pub addendum: String,
    pub trouble: Option<&'static str>,
}

impl NotePage {
    fn when(&self) -> String {
        when::day(self.ui.language, self.session.starts_at, &self.zone)
    }

    fn stamp(&self, at: &Moment) -> String {
        format!("{} {}", when::date(*at, &self.zone), when::time(self.ui.language, *at, &self.zone))
    }
}

/// The session and the name of whom the note is about, if there may be such a note.
async fn subject(house: &House, ui: &Ui, session: i64, about: i64) -> Result<Option<(SessionFacts, String)>, Fault> {
    let Some(session) = facts::session(&house.db, session).await? else { return Ok(None) };
    if about == 0 {
        let name = ui.t("note-group");
        return Ok(Some((session, name)));
    }
    if !queries::is_member(&house.db, session.group_id, about).await? {
        return Ok(None);
    }
    let name = facts::name_of(&house.db, about).await?;
    Ok(Some((session, name)))
}

pub async fn note(State(house): State<House>, ui: Ui, me: Me, Path((session, about)): Path<(i64, i64)>) -> Result<Response, Fault> {
    let Some((session, name)) = subject(&house, &ui, session, about).await? else { return Ok(not_found()) };
    house.shows(me.id, "note.read", format!("session/{}/note/{about}", session.id)).await?;
    let stored = queries::note(&house, session.id, about).await?;
    let text = match &stored {
        Some(note) => note.text.clone(),
        None => prefilled(&house, &ui, &session, about).await?,
    };
    page(&house, ui, me, Subject { session, about, name }, stored, text, None).await
}

struct Subject {
    session: SessionFacts,
    about: i64,
    name: String,
}

async fn page(
    house: &House,
    ui: Ui,
    me: Me,
    subject: Subject,
    stored: Option<Note>,
    mut text: String,
    trouble: Option<&'static str>,
) -> Result<Response, Fault> {
    let (mut signed, mut addenda, mut addendum) = (None, Vec::new(), String::new());
    if let Some((note, at)) = stored.as_ref().and_then(|note| Some((note, note.signed_at?))) {
        signed = Some((facts::name_of(&house.db, note.author_id).await?, at));
        addenda = queries::addenda(house, note.id).await?;
        // A signed note stays as it is; what was typed for it can only be added.
        let typed = std::mem::replace(&mut text, note.text.clone());
        addendum = trouble.map(|_| typed).unwrap_or_default();
    }
    let status = if trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let Subject { session, about, name } = subject;
    render_status(&NotePage { zone: me.zone, ui, session, about, name, text, signed, addenda, addendum, trouble }, status)
}

fn written(ui: &Ui, lines: Lines) -> String {
    let line = |(key, value): (&str, String)| if value.is_empty() { ui.t(key) } else { format!("{}: {value}", ui.t(key)) };
    lines.into_iter().map(line).collect::<Vec<_>>().join("\n")
}

async fn prefilled(house: &House, ui: &Ui, session: &SessionFacts, about: i64) -> Result<String, Fault> {
    if about == 0 { group_prefill(house, ui, session).await } else { member_prefill(house, ui, session, about).await }
}

/// Everything here is of this one person: nothing in the facts can name another.
async fn member_prefill(house: &House, ui: &Ui, session: &SessionFacts, about: i64) -> Result<String, Fault> {
    let attended = record::attendance(&house.db, session.id).await?;
    let people = facts::people_of(&house.db, session.group_id).await?;
    let own_seat = people.iter().find(|person| person.person_id == about).map(seat);
    let answer = record::answer(house, session.id, about).await?.unwrap_or_default();
    let events = replay(house, session.id).await?;
    let own = |stored: &&room::Stored| own_seat.is_some() && stored.event.about() == own_seat;
    let asked_for_help = events.iter().filter(own).any(|stored| matches!(stored.event, Event::Room(RoomEvent::HelpAsked { .. })));
    let homework = events.iter().filter(own).filter_map(|stored| match &stored.event {
        Event::Tool(room::tools::ToolEvent::Closing(room::tools::closing::ClosingEvent::HomeworkGiven { homework, .. })) => {
            Some(homework.text.clone())
        }
        _ => None,
    });
    let homework = homework.collect();
    let row = attended.iter().find(|row| row.person_id == about);
    let mood_before = answer.check_in.as_ref().map(|check_in| check_in.mood);
    let (word, concern) = answer.check_in.map(|check_in| (check_in.word, check_in.concern)).unwrap_or_default();
    let facts = MemberFacts {
        attended_minutes: row.map_or(0, record::Attended::minutes),
        late_minutes: row.map_or(0, |row| row.late_seconds / 60),
        left_early_minutes: row.map_or(0, |row| row.left_early_seconds / 60),
        mood_before,
        mood_after: answer.closing.as_ref().and_then(|closing| closing.mood),
        word,
        concern,
        passed_check_in: answer.passed,
        homework,
        asked_for_help,
    };
    Ok(format!("{}\n\n{}", written(ui, member_lines(&facts)), ui.t("note-member-headings")))
}

async fn group_prefill(house: &House, ui: &Ui, session: &SessionFacts) -> Result<String, Fault> {
    let attended = record::attendance(&house.db, session.id).await?;
    let agenda: care::agenda::Agenda = serde_json::from_str(&session.agenda)?;
    let events = replay(house, session.id).await?;
    let at = |wanted: fn(&RoomEvent) -> bool| {
        events.iter().find(|stored| matches!(&stored.event, Event::Room(event) if wanted(event))).map(|stored| stored.at.0)
    };
    let clock = |ms: Option<i64>| ms.map_or_else(|| "–".to_owned(), |ms| when::time(ui.language, Moment::from_millis(ms), &session.zone));
    let starts: Vec<(usize, i64)> = events
        .iter()
        .filter_map(|stored| match &stored.event {
            Event::Room(RoomEvent::PhaseStarted { running }) => Some((usize::from(running.index), stored.at.0)),
            _ => None,
        })
        .collect();
    let ended = at(|event| matches!(event, RoomEvent::Ended));
    let lasted = |i: usize, from: i64| (starts.get(i + 1).map(|(_, next)| *next).or(ended).unwrap_or(from) - from + 30_000) / 60_000;
    let phases =
        starts.iter().enumerate().filter_map(|(i, (index, from))| Some((ui.t(agenda.phases.get(*index)?.kind.key()), lasted(i, *from))));
    let mut themes: Vec<String> = agenda.phases.iter().map(|phase| phase.theme.clone()).filter(|theme| !theme.is_empty()).collect();
    themes.dedup();
    let moments = noted(ui, session, &events);
    let facts = GroupFacts {
        date: when::date(session.starts_at, &session.zone),
        start: clock(at(|event| matches!(event, RoomEvent::Begun))),
        end: clock(ended),
        participants: attended.iter().filter(|row| row.is_member() && row.seconds > 0).count(),
        phases: phases.collect(),
        themes,
    };
    let lines = written(ui, group_lines(&facts));
    Ok([lines, moments, ui.t("note-group-headings")].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n"))
}

/// The moments that leaders marked while it happened, and what they wrote to them.
fn noted(ui: &Ui, session: &SessionFacts, events: &[Stored]) -> String {
    let mut markers = Markers::default();
    for stored in events {
        if let Event::Tool(ToolEvent::Markers(event)) = &stored.event {
            markers.apply(event, stored.at);
        }
    }
    let line = |marker: &Marker| {
        let time = when::time(ui.language, Moment::from_millis(marker.at.0), &session.zone);
        let note = if marker.note.is_empty() { String::new() } else { format!(": {}", marker.note) };
        format!("{time} {}{note}", ui.t(marker.moment.key()))
    };
    markers.all().iter().map(line).collect::<Vec<_>>().join("\n")
}

#[derive(Deserialize)]
pub struct Keep {
    text: String,
    #[serde(default)]
    sign: Option<String>,
}

fn trouble(text: &str) -> Option<&'static str> {
    if text.trim().is_empty() {
        return Some("note-empty");
    }
    (text.chars().count() > NOTE_CHARS).then_some("note-too-long")
}

pub async fn keep(
    State(house): State<House>,
    ui: Ui,
    me: Me,
    Path((session, about)): Path<(i64, i64)>,
    Form(form): Form<Keep>,
) -> Result<Response, Fault> {
    let Some((session, name)) = subject(&house, &ui, session, about).await? else { return Ok(not_found()) };
    if let Some(trouble) = trouble(&form.text) {
        let signed = queries::note(&house, session.id, about).await?.filter(|note| note.signed_at.is_some());
        return page(&house, ui, me, Subject { session, about, name }, signed, form.text, Some(trouble)).await;
    }
    let now = house.clock.now();
    let sealed = queries::sealed(&house, session.id, about, me.id, &form.text).await?;
    let tx = house.db.write().await?;
    let signed_at = form.sign.is_some().then_some(now);
    if !queries::keep(&tx, Draft { session: session.id, about, author: me.id, sealed, signed_at }, now).await? {
        drop(tx);
        let stored = queries::note(&house, session.id, about).await?;
        return page(&house, ui, me, Subject { session, about, name }, stored, form.text, Some("note-already-signed")).await;
    }
    let action = if signed_at.is_some() { "note.sign" } else { "note.keep" };
    tx.commit(Deed::new(me.id, action, format!("session/{}/note/{about}", session.id))).await?;
    Ok(Redirect::to(&format!("/sessions/{}/notes/{about}", session.id)).into_response())
}

#[derive(Deserialize)]
pub struct Add {
    text: String,
}

pub async fn add(
    State(house): State<House>,
    ui: Ui,
    me: Me,
    Path((session, about)): Path<(i64, i64)>,
    Form(form): Form<Add>,
) -> Result<Response, Fault> {
    let Some((session, name)) = subject(&house, &ui, session, about).await? else { return Ok(not_found()) };
    let Some(note) = queries::note(&house, session.id, about).await?.filter(|note| note.signed_at.is_some()) else {
        return Ok(not_found());
    };
    if let Some(trouble) = trouble(&form.text) {
        return page(&house, ui, me, Subject { session, about, name }, Some(note), form.text, Some(trouble)).await;
    }
    let (id, sealed) = queries::sealed_addendum(&house, me.id, &form.text).await?;
    let tx = house.db.write().await?;
    queries::keep_addendum(&tx, id, note.id, me.id, sealed, house.clock.now()).await?;
    tx.commit(Deed::new(me.id, "note.addendum", format!("session/{}/note/{about}", session.id))).await?;
    Ok(Redirect::to(&format!("/sessions/{}/notes/{about}", session.id)).into_response())
}

#[derive(Template)]
#[template(path = "after/process_note.html")]
pub struct ProcessNotePage {
    pub ui: Ui,
    pub session: SessionFacts,
    pub text: String,
    pub kept: bool,
    pub trouble: Option<&'static str>,
}

pub async fn process_note(State(house): State<House>, ui: Ui, me: Me, Path(session): Path<i64>) -> Result<Response, Fault> {
    let Some(session) = facts::session(&house.db, session).await? else { return Ok(not_found()) };
    house.shows(me.id, "process_note.read", format!("session/{}", session.id)).await?;
    let text = queries::process_note(&house, session.id, me.id).await?;
    render_status(&ProcessNotePage { ui, session, text, kept: false, trouble: None }, StatusCode::OK)
}

pub async fn keep_process_note(
    State(house): State<House>,
    ui: Ui,
    me: Me,
    Path(session): Path<i64>,
    Form(form): Form<Add>,
) -> Result<Response, Fault> {
    let Some(session) = facts::session(&house.db, session).await? else { return Ok(not_found()) };
    if let Some(trouble) = trouble(&form.text) {
        let page = ProcessNotePage { ui, session, text: form.text, kept: false, trouble: Some(trouble) };
        return render_status(&page, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let sealed = queries::sealed_process_note(&house, session.id, me.id, &form.text).await?;
    let tx = house.db.write().await?;
    queries::keep_process_note(&tx, session.id, me.id, sealed, house.clock.now()).await?;
    tx.commit(Deed::new(me.id, "process_note.keep", format!("session/{}", session.id))).await?;
    render_status(&ProcessNotePage { ui, session, text: form.text, kept: true, trouble: None }, StatusCode::OK)
}
