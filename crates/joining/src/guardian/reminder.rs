//! A guardian who has not answered is reminded, at most once per occasion, and only while the question is open.

use care::guardian::State;
use ground::{
    Fault, House,
    jobs::{self, Job},
    mail::Stranger,
};
use serde::{Deserialize, Serialize};

use super::queries;

pub const KIND: &str = "guardian.remind";

/// What a job holds, sealed: the letter has the link in it.
#[derive(Debug, Serialize, Deserialize)]
pub struct Reminder {
    pub hash: Vec<u8>,
    pub letter: Stranger,
}

/// The letter to send; `None` once somebody has answered, the link is over, or another one took its place.
pub async fn letter(house: &House, job: &Job) -> Result<Option<Stranger>, Fault> {
    let reminder: Reminder = jobs::payload(house, job).await?;
    let standing = queries::by_hash(house, &house.db, reminder.hash).await?;
    let is_open = standing.is_some_and(|standing| standing.state == State::Asked && !standing.is_over);
    Ok(is_open.then_some(reminder.letter))
}
