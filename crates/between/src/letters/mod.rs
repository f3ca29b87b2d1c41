//! A letter to oneself: written at the end of something, closed until its day, announced by a mail that says nothing of it (P12).

mod pages;
mod queries;

use ground::{
    Deed, Fault, House, Moment, Routes, Rule,
    jobs::{self, Ended, Job},
    mail::{self, Mail},
    random_id,
};

/// A letter that somebody wrote on an earlier day: the row, the key and the job of the form.
pub async fn written(house: &House, person: i64, text: &str, (at, opens_at): (Moment, Moment)) -> Result<(), Fault> {
    let id = random_id();
    let sealed = queries::seal(house, id, person, text).await?;
    let tx = house.db.write().await?;
    queries::keep(&tx, id, person, sealed, at, opens_at).await?;
    if opens_at > house.clock.now() {
        jobs::later(&tx, DUE, &id.to_string(), &id.to_string(), opens_at).await?;
    }
    tx.commit(Deed::new(person, "letter.send", format!("letter/{id}"))).await
}

/// Its day has come.
pub const DUE: &str = "letter.due";

pub fn routes(house: &House) -> Routes {
    Routes::new(house)
        .get("/letters", Rule::Own, pages::all)
        .post("/letters", Rule::Own, pages::send)
        .get("/letters/{letter}", Rule::Own, pages::one)
        .post("/letters/{letter}/removal", Rule::Own, pages::remove)
}

/// Tells its writer, unless they took it back meanwhile.
pub async fn due(house: &House, job: &Job) -> Result<Ended, Fault> {
    let Ok(id) = job.payload.parse::<i64>() else { return Ok(Ended::GiveUp) };
    let Some(person) = queries::waits_for(&house.db, id).await? else { return Ok(Ended::Done) };
    let tx = house.db.write().await?;
    let mail = Mail { to: person, kind: "letter".into(), path: "/letters".into() };
    mail::later(house, &tx, &format!("letter/{id}"), &mail, house.clock.now()).await?;
    tx.commit_unaudited().await?;
    Ok(Ended::Done)
}
