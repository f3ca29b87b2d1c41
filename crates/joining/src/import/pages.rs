use std::collections::HashMap;

use askama::Template;
use axum::{
    Form,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use ground::{
    Ask, Deed, Fault, House, Language, Me, Role, Ui,
    accounts::{self, New},
    facts, render,
    web::render_status,
};
use serde::Deserialize;

use super::{
    list::{self, Line, Odd},
    queries,
};
use crate::{
    residence,
    seats::{self, Sitting},
};

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ImportForm {
    pub list: String,
}

/// What would happen with one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// An account, an invitation, a seat.
    New {
        group: i64,
    },
    /// The account is there; a seat.
    Known {
        person: i64,
        group: i64,
    },
    Odd(&'static str),
}

#[derive(Debug, Clone)]
pub struct Row {
    pub number: usize,
    pub line: Option<Line>,
    pub step: Step,
}

#[derive(Template)]
#[template(path = "import/import.html")]
pub struct ImportPage {
    pub ui: Ui,
    pub list: String,
    pub rows: Vec<Row>,
    pub done: Option<usize>,
    pub trouble: Option<&'static str>,
}

impl ImportPage {
    fn step(&self, row: &Row) -> String {
        match row.step {
            Step::New { .. } => self.ui.t("import-new"),
            Step::Known { .. } => self.ui.t("import-known"),
            Step::Odd(key) => self.ui.t(key),
        }
    }

    fn is_odd(&self, row: &Row) -> bool {
        matches!(row.step, Step::Odd(_))
    }

    fn able(&self) -> usize {
        self.rows.iter().filter(|row| !self.is_odd(row)).count()
    }

    fn summary(&self) -> String {
        self.ui.t2("import-summary", &("able", &self.able().to_string()), &("all", &self.rows.len().to_string()))
    }
}

pub async fn form(ui: Ui) -> Result<Response, Fault> {
    render(&ImportPage { ui, list: String::new(), rows: vec![], done: None, trouble: None })
}

/// Decides line by line; seats that lines above would take are counted.
async fn planned(house: &House, db: &(impl Ask + Sync), lines: Vec<(usize, Result<Line, Odd>)>) -> Result<Vec<Row>, Fault> {
    let (mut given, mut rows): (HashMap<i64, i64>, Vec<Row>) = (HashMap::new(), Vec::new());
    for (number, read) in lines {
        let step = match &read {
            Err(odd) => Step::Odd(odd.key()),
            Ok(line) => step(house, db, line, &mut given).await?,
        };
        rows.push(Row { number, line: read.ok(), step });
    }
    Ok(rows)
}

async fn step(house: &House, db: &(impl Ask + Sync), line: &Line, given: &mut HashMap<i64, i64>) -> Result<Step, Fault> {
    let groups = queries::groups_named(db, &line.group).await?;
    let [group] = groups.as_slice() else {
        return Ok(Step::Odd(if groups.is_empty() { "import-no-group" } else { "import-two-groups" }));
    };
    let known = queries::role_of(db, &line.email).await?;
    if known.as_ref().is_some_and(|(_, role)| role != Role::Member.word()) {
        return Ok(Step::Odd("import-not-a-member"));
    }
    if let Some((person, _)) = known
        && seats::is_seated(db, group.id, person).await?
    {
        return Ok(Step::Odd("import-seated"));
    }
    let person = known.as_ref().map_or(0, |(person, _)| *person);
    let last = if line.residence.is_empty() { facts::lives_in(db, person).await? } else { Some(line.residence.clone()) };
    match last.filter(|place| tables_know(place)) {
        None => return Ok(Step::Odd("import-residence")),
        Some(place) if !residence::opens(house, db, group.id, person, &place).await? => return Ok(Step::Odd("import-law")),
        Some(_) => {}
    }
    if facts::guardian_missing(db, person).await? {
        return Ok(Step::Odd("seats-guardian"));
    }
    let taken = given.entry(group.id).or_default();
    if *taken >= group.free {
        return Ok(Step::Odd("import-full"));
    }
    *taken += 1;
    Ok(match known {
        Some((person, _)) => Step::Known { person, group: group.id },
        None => Step::New { group: group.id },
    })
}

fn tables_know(place: &str) -> bool {
    residence::places().is_ok_and(|places| places.iter().any(|known| known.code == place))
}

fn unread(ui: Ui, list: String) -> Result<Response, Fault> {
    let page = ImportPage { ui, list, rows: vec![], done: None, trouble: Some("import-nothing") };
    render_status(&page, StatusCode::UNPROCESSABLE_ENTITY)
}

/// Changes nothing.
pub async fn preview(State(house): State<House>, ui: Ui, Form(typed): Form<ImportForm>) -> Result<Response, Fault> {
    let Some(lines) = list::read(&typed.list) else { return unread(ui, typed.list) };
    let rows = planned(&house, &house.db, lines).await?;
    render(&ImportPage { ui, list: typed.list, rows, done: None, trouble: None })
}

/// Everything that can be done, in one transaction; what cannot is shown again. Decided anew: the preview may be an hour old.
pub async fn carry_out(State(house): State<House>, ui: Ui, me: Me, Form(typed): Form<ImportForm>) -> Result<Response, Fault> {
    let Some(lines) = list::read(&typed.list) else { return unread(ui, typed.list) };
    let tx = house.db.write().await?;
    let rows = planned(&house, &tx, lines).await?;
    let (now, zone) = (house.clock.now(), house.practice().zone);
    let mut done = 0;
    let mut made: HashMap<String, i64> = HashMap::new();
    for row in &rows {
        let Some(line) = &row.line else { continue };
        let (person, group) = match row.step {
            Step::Odd(_) => continue,
            Step::Known { person, group } => (person, group),
            Step::New { group } => match made.get(&line.email) {
                // One person on two lines, for two groups.
                Some(person) => (*person, group),
                None => {
                    let new = New {
                        name: &line.name,
                        email: &line.email,
                        role: Role::Member,
                        zone: &zone,
                        language: Language::parse(line.language),
                    };
                    let Some(person) = accounts::add(&tx, &new, now).await? else { continue };
                    accounts::invite(&house, &tx, person, "invitation").await?;
                    made.insert(line.email.clone(), person);
                    (person, group)
                }
            },
        };
        let first = line.name.split_whitespace().next().unwrap_or(&line.name);
        if seats::take_place(&tx, group).await? {
            let who = Sitting { group, person, part: "member", name: first, first_number: 1 };
            if seats::sit(&tx, who, now).await?.is_err() {
                return Err(Fault::Other("a seat that was counted as free is not"));
            }
            done += 1;
        }
    }
    tx.commit(Deed::new(me.id, "membership.import", format!("lines/{done}"))).await?;
    if done == rows.len() {
        return Ok(Redirect::to("/people").into_response());
    }
    let rows = rows.into_iter().filter(|row| matches!(row.step, Step::Odd(_))).collect();
    render(&ImportPage { ui, list: typed.list, rows, done: Some(done), trouble: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_renders_line_by_line_and_keeps_the_list() {
        let line = Line {
            name: "Ada <b>".into(),
            email: "ada@example.org".into(),
            group: "Steady".into(),
            language: "en",
            residence: "NY".into(),
        };
        for language in Language::ALL {
            for done in [None, Some(3)] {
                let rows = vec![
                    Row { number: 1, line: Some(line.clone()), step: Step::New { group: 1 } },
                    Row { number: 2, line: Some(line.clone()), step: Step::Known { person: 1, group: 1 } },
                    Row { number: 3, line: None, step: Step::Odd("import-email") },
                ];
                let ui = Ui::sample(language, Some(Role::Coordinator));
                let page = ImportPage { ui, list: "kept <list>".into(), rows, done, trouble: None };
                assert_eq!(page.able(), 2);
                let html = page.render().unwrap();
                assert!(html.contains("Ada &#60;b&#62;") && html.contains("kept &#60;list&#62;"));
            }
        }
    }
}
