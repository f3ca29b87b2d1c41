//! One person's questionnaires, answers, scores and goals as FHIR R4, for themselves and for whoever leads them. Nobody else stands in it.

mod resources;

use axum::{
    extract::{Path, State},
    http::header,
    response::{IntoResponse, Response},
};
use care::{goals::State as Stands, measures::Instrument};
use ground::{Deed, Fault, House, Me, facts, not_found};
use serde_json::{Value, json};

use super::queries;
use crate::{
    goals::{self, Kept},
    measures::{self, find_instrument, leads},
};
use resources::Answered;

/// Everything of theirs, for the person themself.
pub async fn fhir(house: &House, person: i64) -> Result<Value, Fault> {
    let goals = goals::all_of(house, person).await?;
    record(house, person, goals).await
}

async fn record(house: &House, person: i64, goals: Vec<Kept>) -> Result<Value, Fault> {
    let (mut instruments, mut answered): (Vec<Instrument>, Vec<Answered>) = (Vec::new(), Vec::new());
    for row in measures::sent(&house.db, person).await? {
        // A text whose key is gone is not there any more.
        let (Ok(kept), Some(at)) = (row.opened(house).await, row.completed_at) else { continue };
        let place = instruments.iter().position(|one| one.id == row.slug && one.version == row.version);
        let place = match place {
            Some(place) => place,
            None => {
                let Some(found) = find_instrument(&house.db, &row.slug, &row.version).await? else { continue };
                instruments.push(found);
                instruments.len() - 1
            }
        };
        answered.push(Answered { id: row.id, instrument: place, at, kept });
    }
    let name = facts::name_of(&house.db, person).await?;
    let url = &house.config.public_url;
    let mut all = vec![resources::patient(person, &name)];
    all.extend(instruments.iter().map(|one| resources::questionnaire(url, one)));
    for one in &answered {
        let instrument = &instruments[one.instrument];
        all.push(resources::response(url, person, instrument, one));
        all.extend(resources::observation(person, instrument, one));
    }
    all.extend(goals.iter().map(|kept| resources::goal(person, kept)));
    Ok(bundle(url, house.clock.now().timestamp().to_string(), all))
}

fn bundle(url: &str, at: String, all: Vec<Value>) -> Value {
    let entry = |one: Value| {
        let word = |name: &str| one[name].as_str().unwrap_or_default().to_owned();
        json!({"fullUrl": format!("{url}/fhir/{}/{}", word("resourceType"), word("id")), "resource": one})
    };
    json!({"resourceType": "Bundle", "type": "collection", "timestamp": at, "entry": all.into_iter().map(entry).collect::<Vec<_>>()})
}

fn file(record: &Value) -> Result<Response, Fault> {
    let headers = [
        (header::CONTENT_TYPE, "application/fhir+json; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"record.fhir.json\""),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, serde_json::to_string_pretty(record)?).into_response())
}

pub async fn mine(State(house): State<House>, me: Me) -> Result<Response, Fault> {
    house.db.write().await?.commit(Deed::new(me.id, "fhir.export", format!("person/{}", me.id))).await?;
    file(&fhir(&house, me.id).await?)
}

/// For whoever leads a group with them; of their goals only those that they let this leader see.
pub async fn of_person(State(house): State<House>, me: Me, Path(person): Path<i64>) -> Result<Response, Fault> {
    if !leads(&house.db, me.id, person).await? {
        return Ok(not_found());
    }
    house.shows(me.id, "fhir.export", format!("person/{person}")).await?;
    let led = queries::led_together(&house.db, me.id, person).await?;
    let mut goals = goals::all_of(&house, person).await?;
    goals.retain(|kept| kept.state != Stands::Draft && (kept.seen.therapist || kept.seen.group.is_some_and(|group| led.contains(&group))));
    file(&record(&house, person, goals).await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bundle_names_each_resource_by_its_place() {
        let all = vec![resources::patient(7, "Maya <L>"), json!({"resourceType": "Goal", "id": "5"})];
        let bundle = bundle("https://hearth.example", "2026-11-26T00:00:00Z".into(), all);
        assert_eq!(bundle["type"], "collection");
        assert_eq!(bundle["entry"][0]["fullUrl"], "https://hearth.example/fhir/Patient/7");
        assert_eq!(bundle["entry"][1]["fullUrl"], "https://hearth.example/fhir/Goal/5");
        assert_eq!(bundle["entry"][0]["resource"]["name"][0]["text"], "Maya <L>");
        assert_eq!(super::bundle("x", "y".into(), vec![])["entry"], json!([]));
    }
}
