use askama::Template;
use axum::{
    Form,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
};
use care::{
    messages::{file::Kind, short},
    risk::Source,
};
use ground::{
    Deed, Fault, House, Me, Owner, Tx, Ui, facts,
    files::held,
    handover::{self, Risk},
    jobs, not_found, random_id, render,
    web::render_status,
    when,
};
use serde::Deserialize;

use super::queries::{self, New, Report};
use crate::messages::{
    carried::{self, Carried},
    queries::{self as messages, Row, Standing},
    shown::{Body, Eye, Shown},
};

const REASON_CHARS: usize = 1_000;

#[derive(Template)]
#[template(path = "messages/reports/report.html")]
pub struct ReportPage {
    pub ui: Ui,
    pub channel: i64,
    pub message: Shown,
    pub reason: String,
    pub done: bool,
    /// Staff answer for what they write, and cannot be shut out.
    pub may_block: bool,
    pub trouble: Option<&'static str>,
}

impl ReportPage {
    fn short(&self) -> String {
        short(self.message.text())
    }
}

#[derive(Template)]
#[template(path = "messages/reports/one.html")]
pub struct OnePage {
    pub ui: Ui,
    pub report: Report,
    pub at: String,
    pub reason: String,
    pub copy: String,
    pub file: Option<Carried>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    reason: String,
}

/// A message of somebody else that this person can read.
struct Found {
    of: Standing,
    row: Row,
    shown: Shown,
}

async fn found(house: &House, ui: &Ui, me: &Me, channel: i64, message: i64) -> Result<Option<Found>, Fault> {
    let Some(of) = crate::messages::standing(house, me, channel).await? else { return Ok(None) };
    let Some(row) = messages::one(&house.db, &of, message).await?.filter(|row| row.author_id != me.id) else { return Ok(None) };
    let rules = messages::rules(&house.db).await?.rules();
    let shown = Eye { house, ui, me, of: &of, rules }.see(vec![row.clone()]).await?.pop();
    Ok(shown.filter(|shown| matches!(shown.body, Body::Text(_) | Body::Hidden(Some(_)))).map(|shown| Found { of, row, shown }))
}

async fn show(house: &House, ui: Ui, found: Found, reason: String, trouble: Option<&'static str>, done: bool) -> Result<Response, Fault> {
    let status = if trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let may_block = !found.of.is_staff() && !queries::is_staff(&house.db, found.row.author_id).await?;
    render_status(&ReportPage { ui, channel: found.of.id, message: found.shown, reason, done, may_block, trouble }, status)
}

pub async fn form(State(house): State<House>, ui: Ui, me: Me, Path((channel, message)): Path<(i64, i64)>) -> Result<Response, Fault> {
    match found(&house, &ui, &me, channel, message).await? {
        Some(found) => show(&house, ui, found, String::new(), None, false).await,
        None => Ok(not_found()),
    }
}

pub async fn report(
    State(house): State<House>,
    ui: Ui,
    me: Me,
    Path((channel, message)): Path<(i64, i64)>,
    Form(typed): Form<Typed>,
) -> Result<Response, Fault> {
    let Some(found) = found(&house, &ui, &me, channel, message).await? else { return Ok(not_found()) };
    let reason = typed.reason.trim();
    if reason.chars().count() > REASON_CHARS {
        return show(&house, ui, found, typed.reason, Some("goal-too-long"), false).await;
    }
    let (id, now) = (random_id(), house.clock.now());
    let row = id.to_string();
    let sealed = house.keys.seal(Owner::Person(me.id), queries::spot("reason", &row), reason).await?;
    let copy = house.keys.seal(Owner::Person(found.row.author_id), queries::spot("copy", &row), found.shown.text()).await?;
    let tx = house.db.write().await?;
    if queries::keep(&tx, New { id, message, by: me.id, reason: sealed, copy, at: now }).await? {
        ask_somebody_to_look(&house, &ui, &tx, &me, &found, (id, reason)).await?;
        tx.commit(Deed::new(me.id, "message.report", format!("message/{message}"))).await?;
    }
    show(&house, ui, found, String::new(), None, true).await
}

/// A concern of who reported, with the clock of every concern. What a leader wrote is looked at by somebody else.
async fn ask_somebody_to_look(house: &House, ui: &Ui, tx: &Tx, me: &Me, found: &Found, (id, reason): (i64, &str)) -> Result<(), Fault> {
    let owner = match queries::is_staff(&house.db, found.row.author_id).await? {
        true => facts::office(&house.db).await?.into_iter().map(|reach| reach.id).find(|id| *id != found.row.author_id).unwrap_or(0),
        false => 0,
    };
    let about = ui.t1("report-about", "path", format!("{}/reports/{id}", house.config.public_url));
    let detail = if reason.is_empty() { about } else { format!("{reason}\n\n{about}") };
    let now = house.clock.now();
    let risk = Risk { source: Source::Concern.word().into(), person: me.id, session: 0, owner, opened_at: now.0, detail };
    jobs::later_sealed(house, tx, handover::RISK, &format!("report/{id}"), &risk, now).await
}

pub async fn block(State(house): State<House>, ui: Ui, me: Me, Path((channel, message)): Path<(i64, i64)>) -> Result<Response, Fault> {
    let Some(found) = found(&house, &ui, &me, channel, message).await?.filter(|found| !found.of.is_staff()) else { return Ok(not_found()) };
    if found.of.leads(&me) || queries::is_staff(&house.db, found.row.author_id).await? {
        return Ok(not_found());
    }
    let tx = house.db.write().await?;
    queries::block(&tx, me.id, found.row.author_id, house.clock.now()).await?;
    tx.commit(Deed::new(me.id, "person.block", format!("person/{}", found.row.author_id))).await?;
    Ok(Redirect::to(&format!("/channels/{channel}")).into_response())
}

pub async fn unblock(State(house): State<House>, me: Me, Path(person): Path<i64>) -> Result<Response, Fault> {
    let tx = house.db.write().await?;
    if !queries::unblock(&tx, me.id, person).await? {
        return Ok(not_found());
    }
    tx.commit(Deed::new(me.id, "person.unblock", format!("person/{person}"))).await?;
    Ok(Redirect::to("/messages").into_response())
}

pub async fn one(State(house): State<House>, ui: Ui, me: Me, Path(report): Path<i64>) -> Result<Response, Fault> {
    if !me.role.is_crew() {
        return Ok(not_found());
    }
    let Some(report) = queries::one(&house.db, &me, report).await? else { return Ok(not_found()) };
    house.shows(me.id, "report.read", format!("report/{}", report.id)).await?;
    let row = report.id.to_string();
    // Either record may have been destroyed since.
    let reason =
        house.keys.open(Owner::Person(report.by_id), queries::spot("reason", &row), &report.reason_sealed).await.unwrap_or_default();
    let copy = house.keys.open(Owner::Person(report.author_id), queries::spot("copy", &row), &report.copy_sealed).await.unwrap_or_default();
    let at = when::moment(ui.language, report.reported_at, &me.zone);
    let file = carried_by(&house, &report).await?;
    render(&OnePage { ui, report, at, reason, copy, file })
}

/// A message that was taken back after it was reported keeps its file for them alone.
async fn carried_by(house: &House, report: &Report) -> Result<Option<Carried>, Fault> {
    let Some(of) = carried::queries::of(&house.db, report.message_id).await? else { return Ok(None) };
    let spot = ("description", report.message_id.to_string());
    let owner = Owner::Person(report.author_id);
    let description = house.keys.open(owner, carried::queries::spot(spot.0, &spot.1), &of.description_sealed).await.unwrap_or_default();
    Ok(Kind::parse(&of.kind).map(|kind| Carried { kind, width: of.width, height: of.height, bytes: of.bytes, description }))
}

pub async fn file(State(house): State<House>, me: Me, Path(report): Path<i64>, asked: HeaderMap) -> Result<Response, Fault> {
    if !me.role.is_crew() {
        return Ok(not_found());
    }
    let Some(report) = queries::one(&house.db, &me, report).await? else { return Ok(not_found()) };
    let Some(file) = carried_by(&house, &report).await? else { return Ok(not_found()) };
    Ok(match carried::bytes(&house, report.author_id, report.message_id).await? {
        Some(bytes) => held(&file.kept(report.message_id), bytes, &asked),
        None => not_found(),
    })
}

#[cfg(test)]
mod tests {
    use ground::{Language, Moment, Role};

    use super::*;
    use crate::messages::shown::tests::shown;

    #[test]
    fn the_form_keeps_what_was_typed_and_its_answer_says_what_happens() {
        for language in Language::ALL {
            let page = |done, may_block, trouble| ReportPage {
                ui: Ui::sample(language, Some(Role::Member)),
                channel: 5,
                message: shown(Body::Text("You <are> nothing".into())),
                reason: "It <hurt>".into(),
                done,
                may_block,
                trouble,
            };
            let form = page(false, true, Some("goal-too-long")).render().unwrap();
            assert!(form.contains("It &#60;hurt&#62;</textarea>") && form.contains("You &#60;are&#62; nothing"));
            assert!(form.contains("role=\"alert\"") && !form.contains("/31/block"), "first things first");
            let done = page(true, true, None).render().unwrap();
            assert!(done.contains("role=\"status\"") && done.contains("/channels/5/31/block") && !done.contains("<textarea"));
            assert!(!page(true, false, None).render().unwrap().contains("/31/block"), "staff cannot be shut out");
        }
    }

    #[test]
    fn what_staff_read_is_text_and_survives_what_was_destroyed() {
        let report = Report {
            id: 9,
            message_id: 31,
            channel_id: 5,
            by_id: 7,
            by_name: "May<a".into(),
            author_id: 8,
            author: "The<o".into(),
            place: "Steady <Ground>".into(),
            reason_sealed: vec![],
            copy_sealed: vec![],
            reported_at: Moment(0),
        };
        for language in Language::ALL {
            let ui = Ui::sample(language, Some(Role::Clinician));
            let page = |reason: &str, copy: &str| OnePage {
                ui: ui.clone(),
                report: report.clone(),
                at: "Tuesday".into(),
                reason: reason.into(),
                copy: copy.into(),
                file: (!copy.is_empty()).then(|| Carried {
                    kind: Kind::Picture,
                    width: 4,
                    height: 3,
                    bytes: 9,
                    description: "A <wall>".into(),
                }),
            };
            let html = page("It <hurt>", "You <are> nothing").render().unwrap();
            for text in [
                "May&#60;a",
                "The&#60;o",
                "Steady &#60;Ground&#62;",
                "It &#60;hurt&#62;",
                "You &#60;are&#62; nothing",
                "alt=\"A &#60;wall&#62;\"",
                "/reports/9/file",
            ] {
                assert!(html.contains(text), "{text}");
            }
            assert!(page("", "").render().unwrap().contains(&language.t("messages-gone")));
        }
    }
}
