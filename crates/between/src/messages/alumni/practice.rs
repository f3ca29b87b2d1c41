//! Whether the practice has such a place, and who leads it.

use askama::Template;
use axum::{
    Form,
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use ground::{Deed, Fault, House, Me, Ui, web::render_status};
use serde::Deserialize;

use super::queries::{self, Leader};

#[derive(Template)]
#[template(path = "messages/alumni/practice.html")]
pub struct PracticePage {
    pub ui: Ui,
    pub open: bool,
    /// Open by the practice's word, and closed as long as nobody leads it.
    pub leaderless: bool,
    pub leaders: Vec<Leader>,
    pub members: usize,
    pub kept: bool,
    pub trouble: Option<&'static str>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    kept: String,
}

async fn show(house: &House, ui: Ui, typed: Option<Typed>, kept: bool, trouble: Option<&'static str>) -> Result<Response, Fault> {
    let space = queries::space(&house.db).await?;
    let mut open = space.as_ref().is_some_and(|space| space.closed_at.is_none());
    let leaderless = open && space.is_some_and(|space| space.open == 0);
    let mut leaders = queries::leaders(&house.db).await?;
    if let Some(typed) = typed {
        open = typed.open;
        leaders.iter_mut().for_each(|one| one.leads = i64::from(typed.leaders.contains(&one.id)));
    }
    let members = queries::inside(&house.db).await?.iter().filter(|one| !one.leads()).count();
    let status = if trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    render_status(&PracticePage { ui, open, leaderless, leaders, members, kept, trouble }, status)
}

pub async fn form(State(house): State<House>, ui: Ui, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    show(&house, ui, None, !asked.kept.is_empty(), None).await
}

struct Typed {
    open: bool,
    leaders: Vec<i64>,
}

impl Typed {
    fn read(fields: &[(String, String)]) -> Typed {
        let leaders = fields.iter().filter(|(key, _)| key == "leader").filter_map(|(_, value)| value.parse().ok());
        Typed { open: fields.iter().any(|(key, value)| key == "open" && value == "yes"), leaders: leaders.collect() }
    }
}

pub async fn keep(State(house): State<House>, ui: Ui, me: Me, Form(fields): Form<Vec<(String, String)>>) -> Result<Response, Fault> {
    let typed = Typed::read(&fields);
    let known = queries::leaders(&house.db).await?;
    let chosen: Vec<&Leader> = known.iter().filter(|one| typed.leaders.contains(&one.id)).collect();
    if typed.open && chosen.is_empty() {
        return show(&house, ui, Some(typed), false, Some("alumni-no-leader")).await;
    }
    let now = house.clock.now();
    let tx = house.db.write().await?;
    queries::open(&tx, typed.open, me.id, now).await?;
    for one in &known {
        if typed.leaders.contains(&one.id) {
            queries::join(&tx, one.id, "facilitator", &one.name, now).await?;
        } else {
            queries::leave(&tx, one.id, "facilitator", None, now).await?;
        }
    }
    tx.commit(Deed::new(me.id, if typed.open { "alumni.open" } else { "alumni.close" }, "practice")).await?;
    Ok(Redirect::to("/practice/alumni?kept=1").into_response())
}

#[cfg(test)]
mod tests {
    use ground::{Language, Role};

    use super::*;

    #[test]
    fn a_form_says_whether_and_who_and_nothing_else_counts() {
        let field = |key: &str, value: &str| (key.to_owned(), value.to_owned());
        let typed =
            Typed::read(&[field("open", "yes"), field("leader", "4"), field("leader", "x"), field("leader", "9"), field("other", "7")]);
        assert!(typed.open && typed.leaders == [4, 9]);
        assert!(!Typed::read(&[field("open", "perhaps")]).open);
    }

    #[test]
    fn what_was_ticked_stays_ticked_beside_the_sentence() {
        for language in Language::ALL {
            let ui = Ui::sample(language, Some(Role::Administrator));
            let leaders = vec![Leader { id: 4, name: "Dr. <Osei>".into(), leads: 1 }, Leader { id: 5, name: "Ben".into(), leads: 0 }];
            let page =
                PracticePage { ui, open: true, leaderless: true, leaders, members: 3, kept: false, trouble: Some("alumni-no-leader") };
            let html = page.render().unwrap();
            assert_eq!(html.matches(" checked").count(), 2);
            assert!(html.contains(&language.t("alumni-leaderless")));
            assert!(
                html.contains("Dr. &#60;Osei&#62;") && html.contains(&language.t("alumni-no-leader")) && html.contains("role=\"alert\"")
            );
        }
    }
}
