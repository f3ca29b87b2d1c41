//! Peer-led check-ins: members meet without staff, one of them hosts, and staff come in when somebody calls them. The room is the same.

mod inside;
mod pages;
mod queries;
mod staff;

use axum::response::Response;
use care::peer::Shut;
use ground::{
    Deed, Fault, House, Me, Routes, Rule, Stand, Ui,
    jobs::{Ended, Job},
    peer::{self, Check},
};
use room::Seat;

use crate::{Meeting, live::seat};

pub(crate) use inside::{Outside, apart, hosted, house_news};
pub use pages::planned;
pub(crate) use pages::{is_open, when};

pub fn routes(house: &House) -> Routes {
    Routes::new(house)
        .get("/groups/{group}/peer-check-ins", Rule::Group(&[Stand::Leader, Stand::Member]), pages::all)
        .post("/groups/{group}/peer-check-ins", Rule::Group(&[Stand::Member]), pages::plan)
        .post("/groups/{group}/peer-check-ins/hosting", Rule::Group(&[Stand::Member]), pages::hosting)
        .get("/groups/{group}/peer-check-ins/next", Rule::Group(&[Stand::Member]), pages::next)
        .post("/peer-check-ins/{session}/cancellation", Rule::Own, pages::cancel)
        .get("/peer-check-ins/{session}/staff", Rule::Crew, staff::page)
        .post("/peer-check-ins/{session}/staff", Rule::Crew, staff::come)
}

/// Everything that somebody can come to, in whichever group, the soonest first.
pub(crate) async fn coming(house: &House, person: i64) -> Result<Vec<Check>, Fault> {
    let now = house.clock.now();
    let (from, to) = pages::around(now);
    let mut checks = peer::of_person(&house.db, person, from, to).await?;
    checks.retain(|check| !check.is_over(now));
    Ok(checks)
}

/// Who belongs to the check-ins of a group has changed on a page: an open room reads it again.
pub async fn news(house: &House, meeting: &Meeting, job: &Job) -> Result<Ended, Fault> {
    let Ok(parent) = job.payload.parse::<i64>() else { return Ok(Ended::GiveUp) };
    if let Some(group) = peer::group_of(&house.db, parent).await? {
        meeting.house_news(group).await;
    }
    Ok(Ended::Done)
}

/// After its time: a room that nobody closed, because nobody came or because this Hearth stood still, is opened once more and ends by the clock.
pub async fn close(house: &House, meeting: &Meeting, job: &Job) -> Result<Ended, Fault> {
    let Ok(session) = job.payload.parse::<i64>() else { return Ok(Ended::GiveUp) };
    let Some(check) = peer::of_session(&house.db, session).await? else { return Ok(Ended::Done) };
    if check.cancelled_at.is_some() {
        // Somebody may have stood in its room while it was called off.
        let tx = house.db.write().await?;
        queries::forget_room(&tx, session).await?;
        tx.commit(Deed::new(0, "peer.forget", format!("session/{session}"))).await?;
    } else if check.state != "ended" {
        meeting.room(session).await?;
    }
    Ok(Ended::Done)
}

/// The page at the door of a check-in that this person cannot come into; `None` where the way is open, and for every other session.
pub(crate) async fn shut(house: &House, meeting: &Meeting, ui: &Ui, me: &Me, session: i64) -> Result<Option<Response>, Fault> {
    let Some(check) = peer::of_session(&house.db, session).await? else { return Ok(None) };
    // Afterwards everybody finds the goodbye.
    if check.state == "ended" {
        return Ok(None);
    }
    let why = match check.shut(house.clock.now()) {
        Some(why) => Some(why),
        None => keeps_out(house, meeting, me, session).await?,
    };
    why.map(|why| pages::shut(ui.clone(), &check, why)).transpose()
}

async fn keeps_out(house: &House, meeting: &Meeting, me: &Me, session: i64) -> Result<Option<Shut>, Fault> {
    let Some(group) = ground::facts::group_of_session(&house.db, session).await? else { return Ok(None) };
    let people = peer::people_at(&house.db, session, group).await?;
    let Some(own) = people.iter().find(|person| person.person_id == me.id).map(seat) else { return Ok(Some(Shut::NotIn)) };
    let inside = meeting.inside(session).await?;
    if inside.contains(&own) {
        return Ok(None);
    }
    let meets = |(one, other): &(Seat, Seat)| *one == own && inside.contains(other) || *other == own && inside.contains(one);
    Ok(apart(&house.db, session, &people).await?.iter().any(meets).then_some(Shut::NotToday))
}
