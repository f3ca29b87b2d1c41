//! The workers: each takes due jobs one by one.

use std::time::Duration;

use ground::{
    Fault, House, family, handover,
    jobs::{self, Ended, Job, Lane},
    mail, peer, reminders,
};
use meeting::Meeting;
use post::Post;

const PAUSE: Duration = Duration::from_millis(500);

/// How many letters of the bulk lane are on their way at once.
const BULK_WORKERS: usize = 3;

/// Runs for as long as the program does: one worker for what somebody waits for, a few for what goes to many.
pub async fn jobs(house: House, post: Post, meeting: Meeting) {
    for _ in 0..BULK_WORKERS {
        tokio::spawn(worker(house.clone(), post.clone(), meeting.clone(), Lane::Bulk));
    }
    worker(house, post, meeting, Lane::Swift).await;
}

async fn worker(house: House, post: Post, meeting: Meeting, lane: Lane) {
    loop {
        match one_of(&house, &post, &meeting, lane).await {
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

/// Plans ahead and looks for what runs out, once an hour, for as long as the program runs.
pub async fn plan(house: House) {
    loop {
        if let Err(fault) = meeting::plan_ahead(&house).await {
            tracing::error!(reason = %fault, "the next sessions could not be planned");
        }
        if let Err(fault) = progress::plan_measures(&house).await {
            tracing::error!(reason = %fault, "nobody could be asked how they are");
        }
        if let Err(fault) = progress::compute_outcomes(&house).await {
            tracing::error!(reason = %fault, "the practice's figures could not be worked out");
        }
        if let Err(fault) = joining::warn_of_endings(&house).await {
            tracing::error!(reason = %fault, "nobody could be told of credentials that run out");
        }
        tokio::time::sleep(Duration::from_secs(3_600)).await;
    }
}

/// Looks every half minute who is to be reminded and who is to hear what is new, for as long as the program runs.
pub async fn remind(house: House) {
    loop {
        if let Err(fault) = reminders::plan(&house).await {
            tracing::error!(reason = %fault, "reminders could not be planned");
        }
        if let Err(fault) = joining::plan_digests(&house).await {
            tracing::error!(reason = %fault, "digests could not be planned");
        }
        tokio::time::sleep(Duration::from_secs(30)).await;
    }
}

/// Works on one due job; false if there is none.
pub async fn one(house: &House, post: &Post, meeting: &Meeting) -> Result<bool, Fault> {
    one_of(house, post, meeting, Lane::Any).await
}

async fn one_of(house: &House, post: &Post, meeting: &Meeting, lane: Lane) -> Result<bool, Fault> {
    let Some(job) = jobs::take_of(&house.db, lane, house.clock.now()).await? else { return Ok(false) };
    let ended = match work(house, post, meeting, &job).await {
        Ok(ended) => ended,
        Err(fault) => {
            tracing::warn!(kind = job.kind, reason = %fault, "a job failed and will be tried again");
            Ended::Retry
        }
    };
    jobs::finish(&house.db, &job, ended, house.clock.now()).await?;
    Ok(true)
}

async fn work(house: &House, post: &Post, meeting: &Meeting, job: &Job) -> Result<Ended, Fault> {
    match job.kind.as_str() {
        mail::KIND => mail::deliver(house, post, job).await,
        mail::STRANGER => mail::deliver_to_stranger(house, post, job).await,
        joining::DIGEST => digest(house, post, job).await,
        joining::GUARDIAN => guardian(house, post, job).await,
        reminders::KIND => reminders::deliver(house, post, job).await,
        handover::RISK => progress::open_risk(house, job).await,
        between::LETTER => between::letter_due(house, job).await,
        family::NEWS => meeting::family_news(house, meeting, job).await,
        peer::NEWS => meeting::peer_news(house, meeting, job).await,
        peer::CLOSE => meeting::close_peer(house, meeting, job).await,
        handover::HOMEWORK => progress::give_homework(house, job).await,
        progress::ESCALATION => progress::escalate(house, job).await,
        _ => Ok(Ended::GiveUp),
    }
}

async fn digest(house: &House, post: &Post, job: &Job) -> Result<Ended, Fault> {
    let Some(letter) = joining::digest_letter(house, job).await? else { return Ok(Ended::Done) };
    let sent = mail::send_once(house, post, job, &letter).await?;
    joining::digest_ended(house, job, sent).await
}

/// Once or not at all, and never kept once it is over: a job that was given up would keep the address.
async fn guardian(house: &House, post: &Post, job: &Job) -> Result<Ended, Fault> {
    let Some(letter) = joining::guardian_letter(house, job).await? else { return Ok(Ended::Done) };
    let later = mail::send_once(house, post, job, &letter).await? == mail::Sent::Later && !jobs::is_last_try(job);
    Ok(if later { Ended::Retry } else { Ended::Done })
}
