use askama::Template;
use axum::{
    Form,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use care::goals::TEXT_CHARS;
use ground::{Deed, Fault, House, Me, Owner, Ui, not_found, random_id, web::render_status, when};
use serde::Deserialize;

use super::queries::{self, Pattern};

#[derive(Template)]
#[template(path = "goals/patterns.html")]
pub struct PatternsPage {
    pub ui: Ui,
    pub zone: String,
    pub theme: String,
    pub all: Vec<Pattern>,
    pub text: String,
    pub trouble: Option<&'static str>,
}

impl PatternsPage {
    fn day(&self, pattern: &Pattern) -> String {
        when::day(self.ui.language, pattern.noticed_at, &self.zone)
    }
}

async fn page(house: &House, ui: Ui, me: &Me, text: String, trouble: Option<&'static str>) -> Result<Response, Fault> {
    let theme = queries::answers(house, me.id).await?.0.theme().to_owned();
    let all = queries::patterns(house, me.id).await?;
    let status = if trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    render_status(&PatternsPage { ui, zone: me.zone.clone(), theme, all, text, trouble }, status)
}

pub async fn all(State(house): State<House>, ui: Ui, me: Me) -> Result<Response, Fault> {
    page(&house, ui, &me, String::new(), None).await
}

#[derive(Debug, Deserialize)]
pub struct Noticed {
    text: String,
}

pub async fn keep(State(house): State<House>, ui: Ui, me: Me, Form(noticed): Form<Noticed>) -> Result<Response, Fault> {
    let text = noticed.text.trim();
    if text.is_empty() {
        return page(&house, ui, &me, noticed.text, Some("patterns-empty")).await;
    }
    if text.chars().count() > TEXT_CHARS {
        return page(&house, ui, &me, noticed.text, Some("goal-too-long")).await;
    }
    let id = random_id();
    let place = id.to_string();
    let sealed = house.keys.seal(Owner::Person(me.id), queries::spot("pattern_note", "note", &place), text).await?;
    let tx = house.db.write().await?;
    queries::add_pattern(&tx, id, me.id, sealed, house.clock.now()).await?;
    tx.commit(Deed::new(me.id, "pattern.note", format!("person/{}", me.id))).await?;
    Ok(Redirect::to("/goals/patterns").into_response())
}

pub async fn remove(State(house): State<House>, me: Me, Path(pattern): Path<i64>) -> Result<Response, Fault> {
    let tx = house.db.write().await?;
    if !queries::remove_pattern(&tx, pattern, me.id).await? {
        return Ok(not_found());
    }
    tx.commit(Deed::new(me.id, "pattern.remove", format!("person/{}", me.id))).await?;
    Ok(Redirect::to("/goals/patterns").into_response())
}

#[cfg(test)]
mod tests {
    use ground::{Language, Moment, Role};

    use super::*;

    #[test]
    fn the_log_renders_empty_and_full() {
        for language in Language::ALL {
            let ui = Ui::sample(language, Some(Role::Member));
            for many in [0, 30] {
                let all = vec![Pattern { id: 1, text: "At work, <too>".into(), noticed_at: Moment(0) }; many];
                let page =
                    PatternsPage { ui: ui.clone(), zone: "UTC".into(), theme: String::new(), all, text: "kept".into(), trouble: None };
                let html = page.render().unwrap();
                assert_eq!(html.matches("At work, &#60;too&#62;").count(), many);
                assert!(html.contains("kept"));
            }
        }
    }
}
