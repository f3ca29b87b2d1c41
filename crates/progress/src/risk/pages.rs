use askama::Template;
use axum::{
    Form,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use ground::{Deed, Fault, House, Me, Moment, Owner, Ui, not_found, peer, render, web::render_status, when};
use serde::Deserialize;

use super::queries::{self, Task};

const NOTE_CHARS: usize = 4_000;

#[derive(Template)]
#[template(path = "risk/risk_tasks.html")]
pub struct TasksPage {
    pub ui: Ui,
    pub now: Moment,
    pub tasks: Vec<Task>,
}

/// A slot on another page; it shows only what is open.
#[derive(Template)]
#[template(path = "risk/open.html")]
pub struct OpenPart {
    pub ui: Ui,
    pub now: Moment,
    pub tasks: Vec<Task>,
}

#[derive(Template)]
#[template(path = "risk/risk_task.html")]
pub struct TaskPage {
    pub ui: Ui,
    pub now: Moment,
    pub zone: String,
    pub task: Task,
    pub detail: String,
    pub closing_note: String,
    pub typed: String,
    /// A check-in of members that still runs and from which this came: staff can come in.
    pub room: Option<i64>,
    pub trouble: Option<&'static str>,
}

fn clock(ui: &Ui, now: Moment, task: &Task) -> String {
    let minutes = (task.due_at.0 - now.0) / 60_000_000;
    if task.closed_at.is_some() {
        ui.t("risk-closed")
    } else if minutes < 0 {
        ui.t1("risk-overdue", "minutes", -minutes)
    } else {
        ui.t1("risk-due-in", "minutes", minutes)
    }
}

fn source(ui: &Ui, task: &Task) -> String {
    ui.t(&format!("risk-source-{}", task.source.replace('_', "-")))
}

macro_rules! speaks_of_tasks {
    ($($page:ty),*) => {$(
        impl $page {
            fn clock(&self, task: &Task) -> String {
                clock(&self.ui, self.now, task)
            }

            fn source(&self, task: &Task) -> String {
                source(&self.ui, task)
            }
        }
    )*};
}

speaks_of_tasks!(TasksPage, OpenPart, TaskPage);

impl TaskPage {
    fn opened(&self) -> String {
        when::moment(self.ui.language, self.task.opened_at, &self.zone)
    }
}

pub async fn all(State(house): State<House>, ui: Ui, me: Me) -> Result<Response, Fault> {
    let tasks = queries::mine(&house.db, &me).await?;
    render(&TasksPage { ui, now: house.clock.now(), tasks })
}

pub async fn open(State(house): State<House>, ui: Ui, me: Me) -> Result<Response, Fault> {
    let tasks = queries::mine(&house.db, &me).await?.into_iter().filter(|task| task.closed_at.is_none()).collect();
    render(&OpenPart { ui, now: house.clock.now(), tasks })
}

pub async fn of_group(State(house): State<House>, ui: Ui, Path(group): Path<i64>) -> Result<Response, Fault> {
    let tasks = queries::of_group(&house.db, group).await?;
    render(&OpenPart { ui, now: house.clock.now(), tasks })
}

pub async fn one(State(house): State<House>, ui: Ui, me: Me, Path(task): Path<i64>) -> Result<Response, Fault> {
    let Some(task) = queries::my_task(&house.db, &me, task).await? else { return Ok(not_found()) };
    house.shows(me.id, "risk_task.read", format!("risk_task/{}", task.id)).await?;
    page(&house, ui, me, task, String::new(), None).await
}

async fn page(house: &House, ui: Ui, me: Me, task: Task, typed: String, trouble: Option<&'static str>) -> Result<Response, Fault> {
    let (detail, closing_note) = queries::texts(house, &task).await?;
    let status = if trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let now = house.clock.now();
    let peer = peer::of_session(&house.db, queries::session_of(&house.db, task.id).await?).await?;
    let room = peer.filter(|check| task.closed_at.is_none() && !check.is_over(now)).map(|check| check.session_id);
    render_status(&TaskPage { ui, now, zone: me.zone, task, detail, closing_note, typed, room, trouble }, status)
}

#[derive(Deserialize)]
pub struct Closure {
    note: String,
}

pub async fn close(
    State(house): State<House>,
    ui: Ui,
    me: Me,
    Path(task): Path<i64>,
    Form(form): Form<Closure>,
) -> Result<Response, Fault> {
    let Some(task) = queries::my_task(&house.db, &me, task).await? else { return Ok(not_found()) };
    let note = form.note.trim();
    if note.is_empty() || note.chars().count() > NOTE_CHARS {
        let trouble = if note.is_empty() { "risk-note-empty" } else { "risk-note-long" };
        return page(&house, ui, me, task, form.note, Some(trouble)).await;
    }
    let place = task.id.to_string();
    let sealed = house.keys.seal(Owner::Person(task.person_id), queries::spot("closing_note", &place), note).await?;
    let tx = house.db.write().await?;
    if !queries::close(&tx, task.id, me.id, sealed, house.clock.now()).await? {
        drop(tx);
        return page(&house, ui, me, task, form.note, Some("risk-already-closed")).await;
    }
    tx.commit(Deed::new(me.id, "risk_task.close", format!("risk_task/{}", task.id))).await?;
    Ok(Redirect::to("/risk-tasks").into_response())
}

#[cfg(test)]
mod tests {
    use ground::{Language, Role};

    use super::*;

    #[test]
    fn the_pages_render() {
        let task = Task {
            id: 4,
            person_id: 7,
            person: "Theo Marsh".into(),
            owner_id: 1,
            owner: "Dr. Amara Osei".into(),
            source: "asked_for_help".into(),
            opened_at: Moment(0),
            due_at: Moment(900_000_000),
            escalated_at: None,
            closed_at: None,
        };
        for language in Language::ALL {
            for many in [0, 60] {
                let ui = Ui::sample(language, Some(Role::Clinician));
                assert!(TasksPage { ui: ui.clone(), now: Moment(0), tasks: vec![task.clone(); many] }.render().is_ok());
                assert!(OpenPart { ui, now: Moment(0), tasks: vec![task.clone(); many] }.render().is_ok());
            }
            let ui = Ui::sample(language, Some(Role::Clinician));
            let page = TaskPage {
                ui,
                now: Moment(0),
                zone: "UTC".into(),
                task: task.clone(),
                detail: "<b>".into(),
                closing_note: String::new(),
                typed: "kept".into(),
                room: Some(8),
                trouble: Some("risk-note-long"),
            };
            let html = page.render().unwrap();
            assert!(html.contains("kept") && !html.contains("<b>"));
            assert!(html.contains("href=\"/peer-check-ins/8/staff\""), "the way into the room");
        }
    }
}
