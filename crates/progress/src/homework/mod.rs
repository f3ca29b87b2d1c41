//! Homework: personal, with a deadline. Half-done is fine.

mod pages;
mod queries;

use ground::{
    Deed, Fault, House, Owner, Routes, Rule, Stand, handover,
    jobs::{self, Ended, Job},
};

pub fn routes(house: &House) -> Routes {
    Routes::new(house)
        .get("/homework", Rule::SignedIn, pages::all)
        .get("/homework/open", Rule::SignedIn, pages::open)
        .post("/homework/{homework}/done", Rule::Own, pages::done)
        .post("/homework/{homework}/undone", Rule::Own, pages::undone)
        .get("/groups/{group}/homework", Rule::Group(&[Stand::Leader]), pages::of_group)
}

/// Hands out what was given in a session. The job's id is the row's, so that a second run changes nothing.
pub async fn give(house: &House, job: &Job) -> Result<Ended, Fault> {
    let given: handover::Homework = jobs::payload(house, job).await?;
    let row = job.id.to_string();
    let sealed = house.keys.seal(Owner::Person(given.person), queries::spot(&row), &given.text).await?;
    let tx = house.db.write().await?;
    queries::keep(&tx, job.id, &given, sealed).await?;
    tx.commit(Deed::new(given.given_by, "homework.give", format!("person/{}", given.person))).await?;
    Ok(Ended::Done)
}
