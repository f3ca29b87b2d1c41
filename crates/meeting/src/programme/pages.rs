use askama::Template;
use axum::{
    Form,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use care::agenda::{Agenda, Phase, PhaseKind};
use ground::{Deed, Fault, House, Me, Ui, not_found, web::render_status};
use serde::Deserialize;

use super::{Course, MOST, of_group, replace};
use crate::{before::read_agenda, readings::Shelf};

#[derive(Debug, Clone, Default, Deserialize)]
pub struct ChangeForm {
    #[serde(default)]
    pub index: String,
    /// `up` or `down`.
    #[serde(default)]
    pub to: String,
    /// When the page was made that this comes from.
    #[serde(default)]
    pub seen: String,
}

#[derive(Template)]
#[template(path = "programme/programme.html")]
pub struct ProgrammePage {
    pub ui: Ui,
    pub group: i64,
    pub agendas: Vec<Agenda>,
    pub seen: i64,
    pub trouble: Option<&'static str>,
}

impl ProgrammePage {
    fn minutes(&self, agenda: &Agenda) -> String {
        self.ui.t1("programme-minutes", "minutes", agenda.minutes())
    }

    fn title(&self, agenda: &Agenda) -> String {
        if agenda.theme().is_empty() { self.ui.t("programme-untitled") } else { agenda.theme().to_owned() }
    }
}

#[derive(Template)]
#[template(path = "programme/session.html")]
pub struct SessionPage {
    pub ui: Ui,
    pub group: i64,
    pub index: usize,
    pub agenda: Agenda,
    pub shelf: Shelf,
    pub seen: String,
    pub trouble: Option<&'static str>,
}

impl SessionPage {
    fn prepared_path(&self, phase: &usize) -> String {
        format!("/groups/{}/programme/{}/prepared/{phase}", self.group, self.index)
    }

    fn rows(&self) -> Vec<Option<&Phase>> {
        crate::before::rows(&self.agenda)
    }

    fn kinds(&self) -> [PhaseKind; 5] {
        PhaseKind::ALL
    }

    fn homework_lines(&self) -> String {
        self.agenda.homework.join("\n")
    }

    fn materials_lines(&self) -> String {
        self.agenda.materials.join("\n")
    }
}

fn show(ui: Ui, group: i64, course: Course, trouble: Option<&'static str>) -> Result<Response, Fault> {
    let status = if trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    render_status(&ProgrammePage { ui, group, seen: course.changed_at.0, agendas: course.agendas, trouble }, status)
}

pub async fn list(State(house): State<House>, ui: Ui, Path(group): Path<i64>) -> Result<Response, Fault> {
    let Some(course) = of_group(&house, group).await? else { return Ok(not_found()) };
    show(ui, group, course, None)
}

/// One change to the whole list, on top of what its reader saw.
async fn change(
    house: &House,
    ui: Ui,
    me: &Me,
    group: i64,
    form: &ChangeForm,
    with: impl FnOnce(&mut Vec<Agenda>) -> Result<(), &'static str>,
) -> Result<Response, Fault> {
    let Some(course) = of_group(house, group).await? else { return Ok(not_found()) };
    if form.seen != course.changed_at.0.to_string() {
        return show(ui, group, course, Some("programme-meanwhile"));
    }
    let mut agendas = course.agendas.clone();
    if let Err(trouble) = with(&mut agendas) {
        return show(ui, group, course, Some(trouble));
    }
    let tx = house.db.write().await?;
    if !replace(&tx, group, &course, agendas, house.clock.now()).await? {
        drop(tx);
        return show(ui, group, course, Some("programme-meanwhile"));
    }
    tx.commit(Deed::new(me.id, "programme.change", format!("group/{group}"))).await?;
    Ok(Redirect::to(&format!("/groups/{group}/programme")).into_response())
}

pub async fn add(
    State(house): State<House>,
    ui: Ui,
    me: Me,
    Path(group): Path<i64>,
    Form(form): Form<ChangeForm>,
) -> Result<Response, Fault> {
    let with = |agendas: &mut Vec<Agenda>| {
        if agendas.len() >= MOST {
            return Err("programme-many");
        }
        agendas.push(Agenda::default());
        Ok(())
    };
    change(&house, ui, &me, group, &form, with).await
}

pub async fn order(
    State(house): State<House>,
    ui: Ui,
    me: Me,
    Path(group): Path<i64>,
    Form(form): Form<ChangeForm>,
) -> Result<Response, Fault> {
    let with = |agendas: &mut Vec<Agenda>| {
        let index: usize = form.index.parse().map_err(|_| "programme-gone")?;
        let other = if form.to == "up" { index.checked_sub(1) } else { Some(index + 1) };
        let other = other.filter(|other| *other < agendas.len() && index < agendas.len()).ok_or("programme-gone")?;
        agendas.swap(index, other);
        Ok(())
    };
    change(&house, ui, &me, group, &form, with).await
}

pub async fn remove(
    State(house): State<House>,
    ui: Ui,
    me: Me,
    Path(group): Path<i64>,
    Form(form): Form<ChangeForm>,
) -> Result<Response, Fault> {
    let with = |agendas: &mut Vec<Agenda>| {
        let index = form.index.parse().ok().filter(|index| *index < agendas.len()).ok_or("programme-gone")?;
        if agendas.len() == 1 {
            return Err("programme-last");
        }
        agendas.remove(index);
        Ok(())
    };
    change(&house, ui, &me, group, &form, with).await
}

pub async fn session(State(house): State<House>, ui: Ui, me: Me, Path((group, index)): Path<(i64, usize)>) -> Result<Response, Fault> {
    let Some(course) = of_group(&house, group).await? else { return Ok(not_found()) };
    let seen = course.changed_at.0.to_string();
    let Some(agenda) = course.agendas.into_iter().nth(index) else { return Ok(not_found()) };
    let shelf = Shelf::of(&house.db, &me).await?;
    render_status(&SessionPage { ui, group, index, agenda, shelf, seen, trouble: None }, StatusCode::OK)
}

pub async fn keep(
    State(house): State<House>,
    ui: Ui,
    me: Me,
    Path((group, index)): Path<(i64, usize)>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let Some(course) = of_group(&house, group).await? else { return Ok(not_found()) };
    if index >= course.agendas.len() {
        return Ok(not_found());
    }
    let seen = fields.iter().find(|(key, _)| key == "seen").map(|(_, value)| value.clone()).unwrap_or_default();
    let shelf = Shelf::of(&house.db, &me).await?;
    let (agenda, trouble) = read_agenda(&fields, &course.agendas[index]);
    let mut trouble = trouble.or(shelf.trouble(&agenda));
    if trouble.is_none() && seen != course.changed_at.0.to_string() {
        trouble = Some("programme-meanwhile");
    }
    let refuse = |agenda, trouble| {
        render_status(&SessionPage { ui, group, index, agenda, shelf, seen, trouble: Some(trouble) }, StatusCode::UNPROCESSABLE_ENTITY)
    };
    if let Some(trouble) = trouble {
        return refuse(agenda, trouble);
    }
    let mut agendas = course.agendas.clone();
    agendas[index] = agenda.clone();
    let tx = house.db.write().await?;
    if !replace(&tx, group, &course, agendas, house.clock.now()).await? {
        drop(tx);
        return refuse(agenda, "programme-meanwhile");
    }
    tx.commit(Deed::new(me.id, "programme.change", format!("group/{group}"))).await?;
    Ok(Redirect::to(&format!("/groups/{group}/programme")).into_response())
}

#[cfg(test)]
mod tests {
    use ground::{Language, Role};

    use super::*;

    fn agenda(title: &str) -> Agenda {
        let phase = Phase { kind: PhaseKind::Learn, minutes: 20, prompt: "Why <now>?".into(), theme: String::new(), tools: Vec::new() };
        Agenda {
            title: title.into(),
            phases: vec![phase],
            homework: vec!["Rest & walk".into()],
            materials: vec!["A candle".into()],
            readings: vec!["one-rung".into()],
        }
    }

    #[test]
    fn the_pages_render_with_one_and_with_many() {
        for language in Language::ALL {
            let ui = Ui::sample(language, Some(Role::Clinician));
            for many in [0, 1, 12] {
                let page = ProgrammePage {
                    ui: ui.clone(),
                    group: 4,
                    agendas: vec![agenda("Names"); many],
                    seen: 7,
                    trouble: Some("programme-gone"),
                };
                let html = page.render().unwrap();
                assert_eq!(html.matches("value=\"up\"").count(), many.saturating_sub(1), "the first cannot go up");
                assert_eq!(html.matches("value=\"down\"").count(), many.saturating_sub(1), "nor the last down");
            }
            let shelf = Shelf::sample();
            let page =
                SessionPage { ui, group: 4, index: 2, agenda: agenda("Na\"mes"), shelf, seen: "7".into(), trouble: Some("agenda-minutes") };
            let html = page.render().unwrap();
            assert!(
                html.contains("Why &#60;now&#62;?")
                    && html.contains("<option value=\"one-rung\" selected>One &#60;rung&#62;</option>")
                    && html.contains("Rest &#38; walk")
                    && html.contains("A candle")
                    && html.contains("Na&#34;mes")
            );
        }
    }
}
