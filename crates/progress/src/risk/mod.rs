//! Risk tasks: an owner, a clock, escalation to the next person, a closing note. None is ever lost.

mod pages;
mod queries;

use std::time::Duration;

use care::risk::{Source, next_owner};
use ground::{
    Deed, Fault, House, Moment, Owner, Routes, Rule, Stand, facts, handover,
    jobs::{self, Ended, Job},
    mail::{self, Mail},
    peer,
};

use crate::on_call;

pub const ESCALATION: &str = "risk.escalate";

pub fn routes(house: &House) -> Routes {
    Routes::new(house)
        .get("/risk-tasks", Rule::Staff, pages::all)
        .get("/risk-tasks/open", Rule::Staff, pages::open)
        .get("/risk-tasks/{task}", Rule::Staff, pages::one)
        .post("/risk-tasks/{task}/closure", Rule::Staff, pages::close)
        .get("/groups/{group}/risk-tasks", Rule::Group(&[Stand::Leader]), pages::of_group)
}

/// Opens what another part of the house asked for.
pub async fn open(house: &House, job: &Job) -> Result<Ended, Fault> {
    let risk: handover::Risk = jobs::payload(house, job).await?;
    let owner = first_owner(house, &risk).await?;
    let Some(owner) = owner else { return Ok(Ended::Retry) };
    let row = job.id.to_string();
    let detail = house.keys.seal(Owner::Person(risk.person), queries::spot("detail", &row), &risk.detail).await?;
    let opened_at = Moment(risk.opened_at);
    let due_at = opened_at.plus(Source::parse(&risk.source).patience());
    let tx = house.db.write().await?;
    queries::keep(&tx, job.id, &risk, owner, detail, due_at).await?;
    jobs::later(&tx, ESCALATION, &format!("{row}/1"), &row, due_at).await?;
    let mail = Mail { to: owner, kind: "office-task".into(), path: format!("/risk-tasks/{row}") };
    mail::later(house, &tx, &format!("risk/{row}/{owner}"), &mail, house.clock.now()).await?;
    tx.commit(Deed::new(0, "risk_task.open", format!("risk_task/{row}"))).await?;
    Ok(Ended::Done)
}

async fn first_owner(house: &House, risk: &handover::Risk) -> Result<Option<i64>, Fault> {
    if risk.owner != 0 && facts::reach(&house.db, risk.owner).await?.is_some() {
        return Ok(Some(risk.owner));
    }
    let peer = peer::of_session(&house.db, risk.session).await?;
    // Outside a session whoever is on call looks after it; in one, whoever leads is there. Where members meet among themselves nobody is.
    if (risk.session == 0 || peer.is_some())
        && let Some(first) = on_call::people(house).await?.first()
    {
        return Ok(Some(*first));
    }
    if let Some(check) = peer
        && let Some(leader) = queries::leader_in(&house.db, check.parent_id).await?
    {
        return Ok(Some(leader));
    }
    if risk.source != Source::LeaderMissing.word()
        && let Some(leader) = queries::leader_of(&house.db, risk.person).await?
    {
        return Ok(Some(leader));
    }
    Ok(facts::office(&house.db).await?.first().map(|reach| reach.id))
}

/// Passes an unattended task to the next person and writes to them; the last in the line is written to again.
pub async fn escalate(house: &House, job: &Job) -> Result<Ended, Fault> {
    let id: i64 = job.payload.parse().unwrap_or(0);
    let Some(task) = queries::task(&house.db, id).await?.filter(|task| task.closed_at.is_none()) else { return Ok(Ended::Done) };
    let mut line = on_call::people(house).await?;
    for reach in facts::office(&house.db).await? {
        if !line.contains(&reach.id) {
            line.push(reach.id);
        }
    }
    let owner = next_owner(task.owner_id, &line).unwrap_or(task.owner_id);
    let now = house.clock.now();
    let due_at = now.plus(Source::parse(&task.source).patience().max(Duration::from_secs(60)));
    let tx = house.db.write().await?;
    queries::pass_on(&tx, id, owner, due_at, now).await?;
    jobs::later(&tx, ESCALATION, &format!("{id}/{}", now.0), &id.to_string(), due_at).await?;
    let mail = Mail { to: owner, kind: "office-task".into(), path: format!("/risk-tasks/{id}") };
    mail::later(house, &tx, &format!("risk/{id}/{owner}/{}", now.0), &mail, now).await?;
    tx.commit(Deed::new(0, "risk_task.escalate", format!("risk_task/{id}"))).await?;
    Ok(Ended::Done)
}
