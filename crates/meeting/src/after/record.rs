use askama::Template;
use axum::{
    Form,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use ground::{
    Deed, Fault, House, Me, Moment, Ui,
    facts::{self, SessionFacts},
    not_found,
    web::render_status,
    when,
};
use room::{Event, RoomEvent, Stored, tools::Tools};
use serde::Deserialize;

use super::queries::{self, Attended};
use crate::live::replay;

pub struct MoodLine {
    pub name: String,
    pub before: Option<u8>,
    pub after: Option<u8>,
}

#[derive(Template)]
#[template(path = "after/record.html")]
pub struct RecordPage {
    pub ui: Ui,
    pub session: SessionFacts,
    pub zone: String,
    pub attended: Vec<Attended>,
    pub moods: Vec<MoodLine>,
    pub timeline: Vec<(String, String)>,
    /// Whose minutes could not be read, and what was typed.
    pub typed: Option<(i64, String)>,
    pub trouble: Option<&'static str>,
}

impl RecordPage {
    fn when(&self) -> String {
        format!(
            "{} · {}",
            when::day(self.ui.language, self.session.starts_at, &self.zone),
            when::span(self.ui.language, self.session.starts_at, self.session.minutes, &self.zone)
        )
    }

    fn talk_share(&self, person: &Attended) -> i64 {
        let all: i64 = self.attended.iter().map(|one| one.talk_seconds).sum();
        if all == 0 { 0 } else { (person.talk_seconds * 100 + all / 2) / all }
    }

    fn clock(&self, seconds: &i64) -> String {
        format!("{}:{:02}", seconds / 60, seconds % 60)
    }

    fn minutes(&self, person: &Attended) -> String {
        let typed = self.typed.as_ref().filter(|(of, _)| *of == person.person_id);
        typed.map_or_else(|| person.minutes().to_string(), |(_, typed)| typed.clone())
    }

    fn measured(&self, person: &Attended) -> i64 {
        (person.seconds + 30) / 60
    }
}

pub async fn record(State(house): State<House>, ui: Ui, me: Me, Path(session): Path<i64>) -> Result<Response, Fault> {
    page(&house, ui, me, session, None).await
}

async fn page(house: &House, ui: Ui, me: Me, session: i64, typed: Option<(i64, String)>) -> Result<Response, Fault> {
    let Some(session) = facts::session(&house.db, session).await? else { return Ok(not_found()) };
    house.shows(me.id, "record.read", format!("session/{}", session.id)).await?;
    let attended = queries::attendance(&house.db, session.id).await?;
    let mut moods = Vec::new();
    for person in attended.iter().filter(|person| person.is_member()) {
        let answer = queries::answer(house, session.id, person.person_id).await?.unwrap_or_default();
        moods.push(MoodLine {
            name: person.display_name.clone(),
            before: answer.check_in.map(|a| a.mood),
            after: answer.closing.and_then(|c| c.mood),
        });
    }
    let events = replay(house, session.id).await?;
    let timeline = events.iter().filter_map(|stored| Some((time(&ui, stored, &session.zone), line(&ui, &session, stored)?))).collect();
    let status = if typed.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let trouble = typed.as_ref().map(|_| "record-minutes-unreadable");
    render_status(&RecordPage { zone: me.zone, ui, session, attended, moods, timeline, typed, trouble }, status)
}

fn time(ui: &Ui, stored: &Stored, zone: &str) -> String {
    when::time(ui.language, Moment::from_millis(stored.at.0), zone)
}

/// What the timeline says of an event: that it happened, never what was said.
fn line(ui: &Ui, session: &SessionFacts, stored: &Stored) -> Option<String> {
    let agenda: care::agenda::Agenda = serde_json::from_str(&session.agenda).ok()?;
    Some(match &stored.event {
        Event::Room(RoomEvent::Begun) => ui.t("timeline-begun"),
        Event::Room(RoomEvent::Ended) => ui.t("timeline-ended"),
        Event::Room(RoomEvent::PhaseStarted { running }) => ui.t(agenda.phases.get(usize::from(running.index))?.kind.key()),
        Event::Room(RoomEvent::PhaseExtended { .. }) => ui.t("timeline-extended"),
        Event::Room(RoomEvent::WentAway { .. }) => ui.t("timeline-drop"),
        Event::Room(RoomEvent::HelpAsked { .. }) => ui.t("timeline-help"),
        Event::Room(RoomEvent::LeaderMissing) => ui.t("timeline-leader-missing"),
        Event::Tool(event) => ui.t(Tools::timeline(event)?),
        Event::Room(_) => return None,
    })
}

#[derive(Deserialize)]
pub struct Correction {
    minutes: String,
}

pub async fn correct(
    State(house): State<House>,
    ui: Ui,
    me: Me,
    Path((session, person)): Path<(i64, i64)>,
    Form(form): Form<Correction>,
) -> Result<Response, Fault> {
    let minutes = form.minutes.trim().parse::<i64>().ok().filter(|minutes| (0..=240).contains(minutes));
    let Some(minutes) = minutes else { return page(&house, ui, me, session, Some((person, form.minutes))).await };
    let tx = house.db.write().await?;
    if !queries::correct(&tx, session, person, minutes, me.id, house.clock.now()).await? {
        return Ok(not_found());
    }
    tx.commit(Deed::new(me.id, "attendance.correct", format!("session/{session}/person/{person}"))).await?;
    Ok(Redirect::to(&format!("/sessions/{session}/record")).into_response())
}
