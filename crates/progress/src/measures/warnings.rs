//! From which total on staff are told of what a member has sent: off until an administrator turns it on, with the cited value beside it.

use askama::Template;
use axum::{
    Form,
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use care::measures::{
    Instrument,
    score::Score,
    warning::{cited, may_be, warns},
};
use ground::{Deed, Fault, House, Me, Tx, Ui, render, web::render_status};

use super::{library, queries};

/// One measure of the page, as the form has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub slug: String,
    pub short: String,
    pub title: String,
    pub cited: i64,
    pub source: String,
    pub lower_is_worse: bool,
    pub on: bool,
    pub at: String,
    pub wrong: bool,
}

#[derive(Template)]
#[template(path = "measures/warnings.html")]
pub struct WarningsPage {
    pub ui: Ui,
    pub rows: Vec<Row>,
    pub kept: bool,
    pub trouble: Option<String>,
}

fn row(instrument: &Instrument, at: Option<i64>) -> Option<Row> {
    let source = cited(instrument)?;
    Some(Row {
        slug: instrument.id.clone(),
        short: instrument.short.clone(),
        title: instrument.title.clone(),
        cited: source.at,
        source: source.source.clone(),
        lower_is_worse: instrument.score.higher == care::measures::Higher::Better,
        on: at.is_some(),
        at: at.unwrap_or(source.at).to_string(),
        wrong: false,
    })
}

async fn rows(house: &House) -> Result<Vec<(Instrument, Row)>, Fault> {
    let known = queries::warnings(&house.db).await?;
    let at = |slug: &str| known.iter().find(|one| one.slug == slug).map(|one| one.warns_at);
    let all = library::askable(&house.db).await?.into_iter();
    Ok(all.filter_map(|instrument| row(&instrument, at(&instrument.id)).map(|row| (instrument, row))).collect())
}

/// Fills a row with what was typed. "Back to the cited value" is one of the buttons of the form, so that the other rows lose nothing.
fn typed(row: &mut Row, instrument: &Instrument, fields: &[(String, String)]) {
    let get = |name: &str| fields.iter().find(|(key, _)| key == name).map(|(_, value)| value.trim());
    row.on = get(&format!("on-{}", row.slug)).is_some();
    if let Some(at) = get(&format!("at-{}", row.slug)) {
        row.at = at.to_owned();
    }
    if get("back") == Some(&row.slug) {
        row.at = row.cited.to_string();
    }
    row.wrong = row.on && !row.at.parse().is_ok_and(|at| may_be(instrument, at));
}

#[derive(serde::Deserialize)]
pub struct Asked {
    kept: Option<u8>,
}

pub async fn form(State(house): State<House>, ui: Ui, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    let rows = rows(&house).await?.into_iter().map(|(_, row)| row).collect();
    render(&WarningsPage { ui, rows, kept: asked.kept.is_some(), trouble: None })
}

pub async fn keep(State(house): State<House>, ui: Ui, me: Me, Form(fields): Form<Vec<(String, String)>>) -> Result<Response, Fault> {
    let mut all = rows(&house).await?;
    for (instrument, row) in &mut all {
        typed(row, instrument, &fields);
    }
    if let Some((instrument, row)) = all.iter().find(|(_, row)| row.wrong) {
        let [low, high] = instrument.score.range;
        let trouble = Some(ui.t2("warnings-range", &("measure", &row.short), &("range", &format!("{low}–{high}"))));
        let page = WarningsPage { ui, rows: all.into_iter().map(|(_, row)| row).collect(), kept: false, trouble };
        return render_status(&page, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let settled: Vec<(String, Option<i64>)> = all.into_iter().map(|(_, row)| (row.slug, row.at.parse().ok().filter(|_| row.on))).collect();
    let tx = house.db.write().await?;
    queries::keep_warnings(&tx, &settled, (me.id, house.clock.now())).await?;
    tx.commit(Deed::new(me.id, "measures.warnings", "practice")).await?;
    Ok(Redirect::to("/instruments/warnings?kept=1").into_response())
}

/// From where on this total is told, if it is. Read in the transaction that keeps the answers: what was settled a moment ago holds.
pub async fn told(tx: &Tx, instrument: &Instrument, came: &Score) -> Result<Option<i64>, Fault> {
    let at = queries::warning(tx, &instrument.id).await?;
    Ok(at.filter(|at| warns(instrument, Some(*at), came)))
}

#[cfg(test)]
mod tests {
    use ground::{Language, Role};

    use super::*;

    fn all() -> Vec<(Instrument, Row)> {
        library::shipped().unwrap().iter().filter_map(|one| Some((one.clone(), row(one, None)?))).collect()
    }

    fn fields(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn what_was_typed_is_kept_and_what_cannot_be_is_found() {
        for (pairs, on, at, wrong) in [
            (&[("on-phq-9", "on"), ("at-phq-9", " 15 ")][..], true, "15", false),
            (&[("on-phq-9", "on"), ("at-phq-9", "0")], true, "0", true),
            (&[("on-phq-9", "on"), ("at-phq-9", "28")], true, "28", true),
            (&[("on-phq-9", "on"), ("at-phq-9", "much")], true, "much", true),
            (&[("at-phq-9", "much")], false, "much", false),
            (&[("on-phq-9", "on"), ("at-phq-9", "much"), ("back", "phq-9")], true, "10", false),
            (&[("on-phq-9", "on"), ("at-phq-9", "12"), ("back", "gad-7")], true, "12", false),
            (&[("on-phq-9", "on")], true, "10", false),
            (&[], false, "10", false),
        ] {
            let (instrument, mut row) = all().into_iter().find(|(one, _)| one.id == "phq-9").unwrap();
            typed(&mut row, &instrument, &fields(pairs));
            assert_eq!((row.on, row.at.as_str(), row.wrong), (on, at, wrong), "{pairs:?}");
        }
    }

    #[test]
    fn the_page_shows_the_cited_value_beside_each_and_says_what_is_always_told() {
        for language in Language::ALL {
            let ui = Ui::sample(language, Some(Role::Administrator));
            let mut rows: Vec<Row> = all().into_iter().map(|(_, row)| row).collect();
            (rows[0].on, rows[0].at, rows[0].wrong) = (true, "<much>".into(), true);
            let page = WarningsPage { ui: ui.clone(), rows, kept: false, trouble: Some("No <way>".into()) };
            let html = page.render().unwrap();
            assert_eq!(html.matches("type=\"checkbox\"").count(), 8);
            assert!(html.contains("Kroenke 2001") && html.contains("&#60;much&#62;") && html.contains("aria-invalid"));
            assert!(html.contains(&ui.t("warnings-always").replace('"', "&#34;")) && html.contains("No &#60;way&#62;"));
            assert!(!html.contains("on-asq"), "what is always told has no switch");
            let empty = WarningsPage { ui, rows: vec![], kept: true, trouble: None }.render().unwrap();
            assert!(empty.contains("role=\"status\""));
        }
    }
}
