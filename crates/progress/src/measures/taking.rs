//! Questions and answers as files of Open Scale Definition, for the person themself and for whoever leads them. No address and no file name says which
//! questions they are: both end up in places that others look at.

use axum::{
    Form,
    extract::{Path, State},
    http::header,
    response::{IntoResponse, Redirect, Response},
};
use care::measures::{
    Instrument,
    export::{self, Run},
};
use ground::{Deed, Fault, House, Me, not_found};

use super::{
    library,
    queries::{self, Measure},
};

fn file(kind: &'static str, name: &'static str, body: String) -> Response {
    let disposition = format!("attachment; filename=\"{name}\"");
    let headers = [(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, disposition)];
    (headers, [(header::CACHE_CONTROL, "no-store")], body).into_response()
}

fn scale(instrument: &Instrument) -> Result<Response, Fault> {
    Ok(file("application/json; charset=utf-8", "scale.osd", serde_json::to_string_pretty(&export::osd(instrument))?))
}

/// Everything that this person sent of the same instrument, since the columns are its questions.
async fn answers(house: &House, like: &Measure, instrument: &Instrument) -> Result<Response, Fault> {
    let mut runs = Vec::new();
    for row in queries::sent_of(&house.db, like.person_id, &like.slug).await?.into_iter().filter(|row| row.version == like.version) {
        // A text whose key is gone is not there any more.
        let (Ok(kept), Some(at)) = (row.opened(house).await, row.completed_at) else { continue };
        let seconds = |moment: ground::Moment| moment.timestamp().as_second();
        let took = seconds(at) - seconds(row.begun_at.unwrap_or(at));
        runs.push(Run { at: seconds(at), took, total: kept.score.and_then(|score| score.total), answers: kept.answers });
    }
    Ok(file("text/csv; charset=utf-8", "answers.csv", export::pooled(instrument, like.person_id, &runs)))
}

/// One that was sent; what still waits has neither answers nor, perhaps, the version that will be asked in the end.
async fn found(house: &House, person: i64, measure: i64) -> Result<Option<(Measure, Instrument)>, Fault> {
    let Some(row) = queries::mine(&house.db, person, measure).await?.filter(|row| row.completed_at.is_some()) else { return Ok(None) };
    let instrument = library::find(&house.db, &row.slug, &row.version).await?;
    Ok(instrument.map(|instrument| (row, instrument)))
}

pub async fn my_scale(State(house): State<House>, me: Me, Path(measure): Path<i64>) -> Result<Response, Fault> {
    let Some((_, instrument)) = found(&house, me.id, measure).await? else { return Ok(not_found()) };
    scale(&instrument)
}

pub async fn my_answers(State(house): State<House>, me: Me, Path(measure): Path<i64>) -> Result<Response, Fault> {
    let Some((row, instrument)) = found(&house, me.id, measure).await? else { return Ok(not_found()) };
    house.db.write().await?.commit(Deed::new(me.id, "measures.export", format!("measure/{measure}"))).await?;
    answers(&house, &row, &instrument).await
}

pub async fn scale_of(State(house): State<House>, me: Me, Path((person, measure)): Path<(i64, i64)>) -> Result<Response, Fault> {
    if !queries::leads(&house.db, me.id, person).await? {
        return Ok(not_found());
    }
    let Some((_, instrument)) = found(&house, person, measure).await? else { return Ok(not_found()) };
    scale(&instrument)
}

pub async fn answers_of(State(house): State<House>, me: Me, Path((person, measure)): Path<(i64, i64)>) -> Result<Response, Fault> {
    if !queries::leads(&house.db, me.id, person).await? {
        return Ok(not_found());
    }
    let Some((row, instrument)) = found(&house, person, measure).await? else { return Ok(not_found()) };
    house.shows(me.id, "measures.export", format!("measure/{measure}")).await?;
    answers(&house, &row, &instrument).await
}

/// One of the instruments that the practice offers, so that no pack is handed out whose terms nobody accepted. It is named in the form, because an address would stand in the history of a shared computer.
pub async fn of_library(State(house): State<House>, Form(fields): Form<Vec<(String, String)>>) -> Result<Response, Fault> {
    let field = |name: &str| fields.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str());
    let all = library::askable(&house.db).await?;
    match all.into_iter().find(|one| one.id == field("instrument") && one.version == field("version")) {
        Some(instrument) => scale(&instrument),
        None => Ok(Redirect::to("/instruments").into_response()),
    }
}
