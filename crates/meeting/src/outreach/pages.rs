use askama::Template;
use axum::{
    Form,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use ground::{Deed, Fault, House, Me, Ui, not_found, render, web::render_status, when};
use serde::Deserialize;

use super::queries::{self, Task};

const NOTE_CHARS: usize = 2_000;

#[derive(Template)]
#[template(path = "outreach/outreach.html")]
pub struct OutreachPage {
    pub ui: Ui,
    pub zone: String,
    pub tasks: Vec<Task>,
    /// Which task a note was typed for that could not be kept.
    pub typed: Option<(i64, String)>,
    pub trouble: Option<&'static str>,
}

/// The same as a fragment of /today.
#[derive(Template)]
#[template(path = "outreach/open.html")]
pub struct OpenOutreach {
    pub ui: Ui,
    pub zone: String,
    pub tasks: Vec<Task>,
}

fn missed(ui: &Ui, task: &Task, zone: &str) -> String {
    ui.t2("outreach-missed", &("group", &task.group_name), &("when", &when::day(ui.language, task.starts_at, zone)))
}

impl OutreachPage {
    fn missed(&self, task: &Task) -> String {
        missed(&self.ui, task, &self.zone)
    }

    fn note(&self, task: &Task) -> &str {
        self.typed.as_ref().filter(|(id, _)| *id == task.id).map_or("", |(_, note)| note)
    }
}

impl OpenOutreach {
    fn missed(&self, task: &Task) -> String {
        missed(&self.ui, task, &self.zone)
    }
}

async fn page(house: &House, ui: Ui, me: &Me, typed: Option<(i64, String)>, trouble: Option<&'static str>) -> Result<Response, Fault> {
    let tasks = queries::open(&house.db, me.id, me.role.is_office()).await?;
    let status = if trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    render_status(&OutreachPage { ui, zone: me.zone.clone(), tasks, typed, trouble }, status)
}

pub async fn list(State(house): State<House>, ui: Ui, me: Me) -> Result<Response, Fault> {
    page(&house, ui, &me, None, None).await
}

pub async fn open(State(house): State<House>, ui: Ui, me: Me) -> Result<Response, Fault> {
    let tasks = queries::open(&house.db, me.id, me.role.is_office()).await?;
    render(&OpenOutreach { ui, zone: me.zone.clone(), tasks })
}

#[derive(Debug, Default, Deserialize)]
pub struct DoneForm {
    #[serde(default)]
    note: String,
}

pub async fn done(
    State(house): State<House>,
    ui: Ui,
    me: Me,
    Path(task): Path<i64>,
    Form(form): Form<DoneForm>,
) -> Result<Response, Fault> {
    let Some(task) = queries::one(&house.db, task, me.id, me.role.is_office()).await? else { return Ok(not_found()) };
    let note = form.note.trim();
    if note.chars().count() > NOTE_CHARS {
        return page(&house, ui, &me, Some((task.id, form.note)), Some("outreach-note-long")).await;
    }
    let sealed = if note.is_empty() { None } else { Some(queries::sealed(&house, &task, note).await?) };
    let tx = house.db.write().await?;
    if queries::done(&tx, task.id, me.id, sealed, house.clock.now()).await? {
        tx.commit(Deed::new(me.id, "outreach.done", format!("outreach/{}", task.id))).await?;
    }
    Ok(Redirect::to("/outreach").into_response())
}

#[cfg(test)]
mod tests {
    use ground::{Language, Moment, Role};

    use super::*;

    #[test]
    fn the_list_and_the_fragment_render() {
        for language in Language::ALL {
            let ui = Ui::sample(language, Some(Role::Clinician));
            let task = Task { id: 4, person_id: 5, name: "<Theo>".into(), group_name: "Steady Ground".into(), starts_at: Moment(0) };
            let open = OpenOutreach { ui: ui.clone(), zone: "UTC".into(), tasks: vec![task.clone()] };
            assert!(open.render().unwrap().contains("&#60;Theo&#62;"));
            let page = OutreachPage {
                ui: ui.clone(),
                zone: "UTC".into(),
                tasks: vec![task],
                typed: Some((4, "kept".into())),
                trouble: Some("outreach-note-long"),
            };
            assert!(page.render().unwrap().contains("kept</textarea>"));
            assert!(OpenOutreach { ui, zone: "UTC".into(), tasks: vec![] }.render().unwrap().contains("soft"));
        }
    }
}
