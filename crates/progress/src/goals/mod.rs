//! Goals: the workshop, a goal step by step, what is written down day by day, who may see it, and what its people send back.

mod bank;
mod begin;
mod day;
mod one;
mod overview;
mod patterns;
mod picture;
mod plan;
mod queries;
mod reading;
mod sharing;
mod staff;
mod workshop;

use ground::{Fault, House, Me, Routes, Rule, Stand};
use jiff::civil::Date;

#[cfg(test)]
pub(crate) use overview::tests::sample as overview_sample;
pub(crate) use overview::{Shown, shown};
pub(crate) use queries::{Kept, of as all_of};

pub fn routes(house: &House) -> Routes {
    Routes::new(house)
        .get("/goals", Rule::SignedIn, overview::all)
        .get("/goals/open", Rule::SignedIn, overview::open)
        .get("/goals/workshop", Rule::SignedIn, workshop::go_on)
        .get("/goals/workshop/{question}", Rule::SignedIn, workshop::question)
        .post("/goals/workshop/{question}", Rule::SignedIn, workshop::keep)
        .get("/goals/new", Rule::SignedIn, begin::form)
        .post("/goals", Rule::SignedIn, begin::keep)
        .get("/goals/patterns", Rule::SignedIn, patterns::all)
        .post("/goals/patterns", Rule::SignedIn, patterns::keep)
        .post("/goals/patterns/{pattern}/removal", Rule::Own, patterns::remove)
        .get("/goals/{goal}", Rule::Own, one::page)
        .get("/goals/{goal}/plan/{part}", Rule::Own, plan::form)
        .post("/goals/{goal}/plan/{part}", Rule::Own, plan::keep)
        .post("/goals/{goal}/days", Rule::Own, day::keep)
        .post("/goals/{goal}/milestones/{index}", Rule::Own, day::milestone)
        .post("/goals/{goal}/state", Rule::Own, one::state)
        .merge(sharing::routes(house))
        .get("/groups/{group}/goals", Rule::Group(&[Stand::Leader]), staff::of_group)
        .get("/groups/{group}/goals/{goal}", Rule::Group(&[Stand::Leader]), staff::one)
        .post("/groups/{group}/goals/{goal}/levels", Rule::Group(&[Stand::Leader]), staff::levels)
        .post("/groups/{group}/goals/{goal}/rating", Rule::Group(&[Stand::Leader]), staff::rate)
        .get("/practice/questions", Rule::Office, bank::page)
        .post("/practice/questions", Rule::Office, bank::keep)
}

/// The day it is where this person is.
pub(crate) fn today(house: &House, me: &Me) -> Date {
    house.clock.now().in_zone(&me.zone).date()
}

/// Changes a goal of one's own. Two tabs or a therapist may do so at once: whoever comes second reads again and changes what is there then.
/// `None` if there is no such goal of this person.
async fn change(house: &House, person: i64, goal: i64, deed: ground::Deed<'_>, edit: impl Fn(&mut Kept)) -> Result<Option<Kept>, Fault> {
    const TRIES: u8 = 5;
    for _ in 0..TRIES {
        let Some(mut kept) = queries::goal(house, person, goal).await? else { return Ok(None) };
        edit(&mut kept);
        let sealed = queries::sealed(house, &kept).await?;
        let tx = house.db.write().await?;
        if queries::store(&tx, &kept, sealed).await? {
            tx.commit(deed).await?;
            return Ok(Some(kept));
        }
    }
    Err(Fault::Other("a goal was changed by others again and again"))
}

#[cfg(test)]
pub(crate) fn sample_kept() -> Kept {
    overview::tests::sample(ground::Language::English, 1).kept
}
