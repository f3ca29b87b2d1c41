//! Work for later, written in the same transaction as the change that asks for it.

use std::time::Duration;

use base64::{Engine, engine::general_purpose::STANDARD as BASE64};
use sea_orm::FromQueryResult;
use serde::{Serialize, de::DeserializeOwned};

use crate::{
    clock::Moment,
    db::{Ask, Db, Tx},
    fault::Fault,
    house::House,
    seal::{self, Owner, Spot},
    values,
};

const SPOT: Spot<'static> = Spot { table: "job", column: "payload", row: "sealed" };

/// How long one worker may hold a job before another one takes it over.
const LEASE: Duration = Duration::from_secs(60);
/// After so many tries a job is given up and shows in `doctor`.
const MOST_TRIES: i64 = 8;

/// A job as its worker gets it.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Job {
    pub id: i64,
    pub kind: String,
    pub occasion: String,
    pub payload: String,
    pub tries: i64,
}

/// How a job ended this time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    Done,
    Retry,
    GiveUp,
}

/// Puts a job on the list. `occasion` makes it one: the same kind for the same occasion is kept only once.
pub async fn later(tx: &Tx, kind: &'static str, occasion: &str, payload: &str, due_at: Moment) -> Result<(), Fault> {
    let sql = "INSERT INTO job (id, kind, occasion, payload, due_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING";
    tx.run(sql, values![seal::random_id(), kind, occasion, payload, due_at]).await?;
    Ok(())
}

/// As `later`, for what nobody may read in the table: the payload is sealed.
pub async fn later_sealed(
    house: &House,
    tx: &Tx,
    kind: &'static str,
    occasion: &str,
    payload: &(impl Serialize + Sync),
    due_at: Moment,
) -> Result<(), Fault> {
    let sealed = house.keys.seal(Owner::Practice, SPOT, &serde_json::to_string(payload)?).await?;
    later(tx, kind, occasion, &BASE64.encode(sealed), due_at).await
}

/// Opens what `later_sealed` put in.
pub async fn payload<T: DeserializeOwned>(house: &House, job: &Job) -> Result<T, Fault> {
    let sealed = BASE64.decode(&job.payload).map_err(|_| Fault::Other("a job's payload is not readable"))?;
    Ok(serde_json::from_str(&house.keys.open(Owner::Practice, SPOT, &sealed).await?)?)
}

/// Kinds of which hundreds can be due at once, and that nobody's safety hangs on.
const IN_BULK: &str = "('reminder', 'digest')";

/// Which jobs a worker takes. A call for help does not wait behind five hundred reminders and a slow mail server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lane {
    Any,
    Swift,
    Bulk,
}

/// Takes the next due job, if there is one. Two workers never get the same.
pub async fn take(db: &Db, now: Moment) -> Result<Option<Job>, Fault> {
    take_of(db, Lane::Any, now).await
}

/// As `take`, of one lane.
pub async fn take_of(db: &Db, lane: Lane, now: Moment) -> Result<Option<Job>, Fault> {
    let lane = match lane {
        Lane::Any => String::new(),
        Lane::Swift => format!("AND kind NOT IN {IN_BULK}"),
        // The empty text keeps SQLite from walking through everything of this kind that was ever done, instead of through what is open.
        Lane::Bulk => format!("AND kind || '' IN {IN_BULK}"),
    };
    // PostgreSQL lets two look at once: the second passes over what the first is about to take, instead of waiting and finding nothing.
    let pass_over = if db.is_sqlite() { "" } else { "FOR UPDATE SKIP LOCKED" };
    let tx = db.write().await?;
    let sql = format!(
        "UPDATE job SET leased_until = $1, tries = tries + 1 WHERE id = (
            SELECT id FROM job WHERE due_at <= $2 AND leased_until <= $2 AND done_at IS NULL AND gave_up_at IS NULL {lane} ORDER BY due_at LIMIT 1 {pass_over}
        ) AND leased_until <= $2 RETURNING id, kind, occasion, payload, tries"
    );
    let job = tx.row(&sql, values![now.plus(LEASE), now]).await?;
    tx.commit_unaudited().await?;
    Ok(job)
}

/// How many jobs nobody could do.
pub async fn given_up(db: &Db) -> Result<i64, Fault> {
    db.number("SELECT COUNT(*) AS n FROM job WHERE gave_up_at IS NOT NULL", []).await
}

/// Says that what this job does is about to happen. False when somebody said so before: it may have happened, and a worker died before it
/// could tell. What must not happen twice then does not happen again.
pub async fn claim(db: &Db, job: &Job, now: Moment) -> Result<bool, Fault> {
    let tx = db.write().await?;
    let claimed = claim_in(&tx, job, now).await?;
    tx.commit_unaudited().await?;
    Ok(claimed)
}

/// The same, together with what else must be true at that moment.
pub async fn claim_in(tx: &Tx, job: &Job, now: Moment) -> Result<bool, Fault> {
    Ok(tx.run("UPDATE job SET claimed_at = $1 WHERE id = $2 AND claimed_at IS NULL", values![now, job.id]).await? == 1)
}

/// Takes a claim back: it surely did not happen, and may be tried again.
pub async fn unclaim(db: &Db, job: &Job) -> Result<(), Fault> {
    let tx = db.write().await?;
    unclaim_in(&tx, job).await?;
    tx.commit_unaudited().await
}

pub async fn unclaim_in(tx: &Tx, job: &Job) -> Result<(), Fault> {
    tx.run("UPDATE job SET claimed_at = NULL WHERE id = $1", values![job.id]).await?;
    Ok(())
}

/// Whether a job that fails now is given up.
pub fn is_last_try(job: &Job) -> bool {
    job.tries >= MOST_TRIES
}

pub async fn finish(db: &Db, job: &Job, ended: Ended, now: Moment) -> Result<(), Fault> {
    let tx = db.write().await?;
    match ended {
        Ended::Done => tx.run("UPDATE job SET done_at = $1, payload = '' WHERE id = $2", values![now, job.id]).await?,
        Ended::Retry if !is_last_try(job) => {
            let wait = Duration::from_secs(15 << job.tries.clamp(0, 10));
            tx.run("UPDATE job SET leased_until = 0, due_at = $1 WHERE id = $2", values![now.plus(wait), job.id]).await?
        }
        Ended::Retry | Ended::GiveUp => tx.run("UPDATE job SET gave_up_at = $1 WHERE id = $2", values![now, job.id]).await?,
    };
    tx.commit_unaudited().await
}
