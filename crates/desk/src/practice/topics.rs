//! The topics of the practice: how each is called, which are offered, in which order, and its own.

use std::collections::BTreeSet;

use askama::Template;
use axum::{
    Form,
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use care::topics::{self as rules, MOST, NEW, Row};
use ground::{Deed, Fault, House, Me, Ui, topics, web::render_status};
use serde::Deserialize;

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    pub kept: String,
}

#[derive(Template)]
#[template(path = "practice/topics.html")]
pub struct TopicsPage {
    pub ui: Ui,
    /// One for each topic, and the empty one at the end.
    pub rows: Vec<Row>,
    pub in_use: BTreeSet<String>,
    pub kept: bool,
    pub trouble: Option<&'static str>,
}

impl TopicsPage {
    fn is_new(&self, row: &Row) -> bool {
        row.slug == NEW
    }

    fn legend(&self, row: &Row) -> String {
        if self.is_new(row) { self.ui.t("topics-new") } else { self.ui.topic(&row.slug) }
    }

    /// What cannot be removed has no box to do so.
    fn may_go(&self, row: &Row) -> bool {
        !self.is_new(row) && !rules::ships(&row.slug) && !self.in_use.contains(&row.slug)
    }

    /// After trouble everything that was typed is in sight.
    fn is_open(&self, row: &Row) -> bool {
        self.trouble.is_some() || self.is_new(row)
    }

    fn is_quiet(&self, row: &Row) -> bool {
        !row.shown && !self.is_new(row)
    }

    fn is_full(&self) -> bool {
        self.rows.len() > MOST
    }
}

pub async fn form(State(house): State<House>, ui: Ui, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    let rows = rules::rows(&[], &topics::read(&house.db).await?);
    let in_use = topics::in_use(&house.db).await?;
    render_status(&TopicsPage { ui, rows, in_use, kept: !asked.kept.is_empty(), trouble: None }, StatusCode::OK)
}

pub async fn keep(State(house): State<House>, ui: Ui, me: Me, Form(fields): Form<Vec<(String, String)>>) -> Result<Response, Fault> {
    // Read where it is written: what another page added meanwhile is not lost.
    let tx = house.db.write().await?;
    let rows = rules::rows(&fields, &topics::read(&tx).await?);
    let in_use = topics::in_use(&tx).await?;
    let list = match rules::read(&rows, &in_use) {
        Ok(list) => list,
        Err(trouble) => {
            let page = TopicsPage { ui, rows, in_use, kept: false, trouble: Some(trouble.key()) };
            return render_status(&page, StatusCode::UNPROCESSABLE_ENTITY);
        }
    };
    topics::replace(&tx, &list, house.clock.now()).await?;
    tx.commit(Deed::new(me.id, "practice.topics", "practice")).await?;
    house.read_topics().await?;
    Ok(Redirect::to("/practice/topics?kept=1").into_response())
}

#[cfg(test)]
mod tests {
    use ground::{Language, Role};

    use super::*;

    fn sample(language: Language, own: usize) -> TopicsPage {
        let mut rows = rules::rows(&[], &topics::as_shipped());
        let row = |number: usize| Row {
            slug: format!("own-{number}"),
            en: "Our <own>".into(),
            es: "Lo \"nuestro\"".into(),
            place: "x<y".into(),
            ..Row::default()
        };
        rows.splice(0..0, (0..own).map(row));
        let in_use = ["own-1".to_owned(), "grief".to_owned()].into();
        TopicsPage { ui: Ui::sample(language, Some(Role::Administrator)), rows, in_use, kept: false, trouble: Some("topics-double") }
    }

    #[test]
    fn the_page_keeps_what_was_typed_and_removes_only_what_nobody_has() {
        for language in Language::ALL {
            let html = sample(language, 2).render().unwrap();
            assert!(html.contains("Our &#60;own&#62;") && html.contains("Lo &#34;nuestro&#34;") && html.contains("x&#60;y"));
            assert!(html.contains("name=\"remove-own-0\"") && !html.contains("remove-own-1") && !html.contains("remove-grief"));
            assert!(html.contains("name=\"en-new\"") && !html.contains("shown-new"), "a new one is shown");
            assert!(!html.contains("name=\"shown-own-0\" checked") && html.contains("name=\"shown-grief\" checked"));
            assert!(html.contains("role=\"alert\"") && !html.contains("role=\"status\""));
            let full = TopicsPage { trouble: None, kept: true, ..sample(language, MOST - rules::TOPICS.len()) }.render().unwrap();
            assert_eq!(
                full.matches(&format!("· {}", language.t("topics-hidden"))).count(),
                MOST - rules::TOPICS.len(),
                "what is not offered says so"
            );
            assert!(!full.contains("<details open") && html.contains("<details open"));
            assert!(full.contains("role=\"status\"") && !full.contains("name=\"en-new\""), "no room for another one");
        }
    }
}
