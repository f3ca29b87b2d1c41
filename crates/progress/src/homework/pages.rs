use askama::Template;
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use ground::{Deed, Fault, House, Me, Moment, Ui, not_found, render};

use super::queries::{self, Count, Homework};

#[derive(Template)]
#[template(path = "homework/homework.html")]
pub struct HomeworkPage {
    pub ui: Ui,
    pub now: Moment,
    pub all: Vec<Homework>,
}

#[derive(Template)]
#[template(path = "homework/open.html")]
pub struct OpenPart {
    pub ui: Ui,
    pub now: Moment,
    pub all: Vec<Homework>,
}

#[derive(Template)]
#[template(path = "homework/of_group.html")]
pub struct GroupPart {
    pub ui: Ui,
    pub counts: Vec<Count>,
}

/// When it is due, in words.
fn due(ui: &Ui, now: Moment, homework: &Homework) -> String {
    let days = (homework.due_at.0 - now.0).div_euclid(24 * 3_600 * 1_000_000);
    match days {
        ..0 => ui.t("homework-due-past"),
        0 => ui.t("homework-due-today"),
        1 => ui.t("homework-due-tomorrow"),
        _ => ui.t1("homework-due-days", "days", days),
    }
}

impl HomeworkPage {
    fn due(&self, homework: &Homework) -> String {
        due(&self.ui, self.now, homework)
    }
}

impl OpenPart {
    fn due(&self, homework: &Homework) -> String {
        due(&self.ui, self.now, homework)
    }
}

pub async fn all(State(house): State<House>, ui: Ui, me: Me) -> Result<Response, Fault> {
    let all = queries::of(&house, me.id).await?;
    render(&HomeworkPage { ui, now: house.clock.now(), all })
}

pub async fn open(State(house): State<House>, ui: Ui, me: Me) -> Result<Response, Fault> {
    let mut all = queries::of(&house, me.id).await?;
    all.truncate(5);
    render(&OpenPart { ui, now: house.clock.now(), all })
}

pub async fn of_group(State(house): State<House>, ui: Ui, Path(group): Path<i64>) -> Result<Response, Fault> {
    let counts = queries::of_group(&house.db, group, house.clock.now()).await?;
    render(&GroupPart { ui, counts })
}

pub async fn done(State(house): State<House>, me: Me, Path(homework): Path<i64>) -> Result<Response, Fault> {
    set(&house, &me, homework, true).await
}

pub async fn undone(State(house): State<House>, me: Me, Path(homework): Path<i64>) -> Result<Response, Fault> {
    set(&house, &me, homework, false).await
}

async fn set(house: &House, me: &Me, homework: i64, done: bool) -> Result<Response, Fault> {
    let tx = house.db.write().await?;
    if !queries::set_done(&tx, homework, me.id, done.then(|| house.clock.now())).await? {
        return Ok(not_found());
    }
    tx.commit(Deed::new(me.id, if done { "homework.done" } else { "homework.undone" }, format!("homework/{homework}"))).await?;
    Ok(Redirect::to("/homework").into_response())
}

#[cfg(test)]
mod tests {
    use ground::{Language, Role};

    use super::*;

    #[test]
    fn the_pages_render_with_nothing_and_with_much() {
        for language in Language::ALL {
            for many in [0, 40] {
                let ui = Ui::sample(language, Some(Role::Member));
                let all = vec![Homework { id: 1, text: "Log three urges".into(), due_at: Moment(0), done: many % 3 == 0 }; many];
                assert!(HomeworkPage { ui: ui.clone(), now: Moment(0), all: all.clone() }.render().is_ok());
                assert!(OpenPart { ui: ui.clone(), now: Moment(0), all }.render().is_ok());
                let counts = vec![Count { display_name: "Theo".into(), given: 3, done: 2 }; many];
                assert!(GroupPart { ui, counts }.render().is_ok());
            }
        }
    }
}
