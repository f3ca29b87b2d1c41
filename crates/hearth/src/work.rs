//! The worker: takes due jobs one by one.

use std::time::Duration;

use ground::{
    Fault, House, handover,
    jobs::{self, Ended, Job},
    mail,
};
use post::Post;

const PAUSE: Duration = Duration::from_millis(500);

/// Runs for as long as the program does.
pub async fn jobs(house: House, post: Post) {
    loop {
        match one(&house, &post).await {
            Ok(true) => {}
            Ok(false) => tokio::time::sleep(PAUSE).await,
            Err(fault) => {
                tracing::error!(reason = %fault, "the job list could not be worked on");
                tokio::time::sleep(PAUSE * 10).await;
            }
        }
    }
}

const TENDING: Duration = Duration::from_secs(60);

/// Looks after what only time changes: seats that were kept too long. Runs for as long as the program does.
pub async fn tend(house: House) {
    loop {
        if let Err(fault) = joining::tend(&house).await {
            tracing::error!(reason = %fault, "seats that are kept could not be looked after");
        }
        tokio::time::sleep(TENDING).await;
    }
}

/// Plans ahead once an hour, for as long as the program runs.
pub async fn plan(house: House) {
    loop {
        if let Err(fault) = meeting::plan_ahead(&house).await {
            tracing::error!(reason = %fault, "the next sessions could not be planned");
        }
        tokio::time::sleep(Duration::from_secs(3_600)).await;
    }
}

/// Works on one due job; false if there is none.
pub async fn one(house: &House, post: &Post) -> Result<bool, Fault> {
    let Some(job) = jobs::take(&house.db, house.clock.now()).await? else { return Ok(false) };
    let ended = match work(house, post, &job).await {
        Ok(ended) => ended,
        Err(fault) => {
            tracing::warn!(kind = job.kind, reason = %fault, "a job failed and will be tried again");
            Ended::Retry
        }
    };
    jobs::finish(&house.db, &job, ended, house.clock.now()).await?;
    Ok(true)
}

async fn work(house: &House, post: &Post, job: &Job) -> Result<Ended, Fault> {
    match job.kind.as_str() {
        mail::KIND => mail::deliver(house, post, job).await,
        handover::RISK => progress::open_risk(house, job).await,
        handover::HOMEWORK => progress::give_homework(house, job).await,
        progress::ESCALATION => progress::escalate(house, job).await,
        _ => Ok(Ended::GiveUp),
    }
}
