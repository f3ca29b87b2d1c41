//! What was written on earlier days, for a practice that opens lived in: the rows and the keys of the forms, at an hour that is told.

use std::time::Duration;

use care::messages::{
    Reaction,
    check_in::{Answer, Plan},
};
use ground::{Deed, Fault, House, Moment, Owner, random_id, random_token};

use super::{
    check_in::queries as check_ins,
    circles::queries as circles,
    queries::{self, New},
};

const DAY: Duration = Duration::from_secs(86_400);

pub use super::{of_group as channel_of_group, of_member as channel_of_member};

/// Words of somebody, and when they wrote them.
#[derive(Debug, Clone, Copy)]
pub struct Said<'a> {
    pub by: i64,
    pub text: &'a str,
    pub at: Moment,
    /// The number of what they answer.
    pub reply_to: Option<i64>,
    pub as_leaders: bool,
}

/// A message as it came to stand: its id, and its number in the channel.
#[derive(Debug, Clone, Copy)]
pub struct Placed {
    pub id: i64,
    pub number: i64,
}

/// What a member writes to staff waits for an answer here, too.
pub async fn say(house: &House, channel: i64, said: Said<'_>) -> Result<Placed, Fault> {
    let (id, once) = (random_id(), random_token());
    let sealed = house.keys.seal(Owner::Person(said.by), queries::spot(&id.to_string()), said.text).await?;
    let tx = house.db.write().await?;
    let next = queries::next(&tx, channel, 1).await?;
    let Said { by, at, reply_to, as_leaders, .. } = said;
    queries::keep(&tx, New { id, channel, author: by, once: &once, reply_to, as_leaders, sealed, at }, next).await?;
    queries::mark_read(&tx, channel, by, next.last_number).await?;
    let member = queries::member_of(&tx, channel).await?;
    if member != 0 {
        queries::wait(&tx, channel, (member == by).then_some(at)).await?;
    }
    tx.commit(Deed::new(by, "message.send", format!("channel/{channel}"))).await?;
    Ok(Placed { id, number: next.last_number })
}

pub async fn react(house: &House, channel: i64, message: i64, person: i64, kind: Reaction) -> Result<(), Fault> {
    let tx = house.db.write().await?;
    let next = queries::next(&tx, channel, 0).await?;
    queries::react(&tx, message, person, kind.word(), next).await?;
    tx.commit(Deed::new(person, "message.react", format!("message/{message}"))).await
}

/// So far these people have read.
pub async fn read(house: &House, channel: i64, people: &[i64], number: i64) -> Result<(), Fault> {
    let tx = house.db.write().await?;
    for person in people {
        queries::mark_read(&tx, channel, *person, number).await?;
    }
    tx.commit_unaudited().await
}

/// A circle that somebody began: who said yes, and who is still asked.
#[derive(Debug, Clone, Copy)]
pub struct Begun<'a> {
    pub group: i64,
    pub host: i64,
    pub purpose: &'a str,
    pub at: Moment,
    pub days: u32,
    pub inside: &'a [i64],
    pub asked: &'a [i64],
}

pub async fn circle(house: &House, begun: Begun<'_>) -> Result<i64, Fault> {
    let (id, once) = (random_id(), random_token());
    let Begun { group, host, at, .. } = begun;
    let purpose = circles::seal(house, id, host, begun.purpose).await?;
    let tx = house.db.write().await?;
    circles::make(&tx, circles::New { id, group, host, once: &once, purpose, at, ends_at: at.plus(DAY * begun.days) }).await?;
    for person in [host].iter().chain(begun.inside) {
        circles::ask(&tx, id, *person, at, Some(at)).await?;
    }
    for person in begun.asked {
        circles::ask(&tx, id, *person, at, None).await?;
    }
    tx.commit(Deed::new(host, "circle.begin", format!("circle/{id}"))).await?;
    Ok(id)
}

/// On which days the small question is asked.
pub async fn small_question(house: &House, group: i64, plan: &Plan, by: i64, at: Moment) -> Result<(), Fault> {
    let tx = house.db.write().await?;
    check_ins::keep_plan(&tx, group, plan, by, at).await?;
    tx.commit(Deed::new(by, "chat_check_in.plan", format!("group/{group}"))).await
}

/// What somebody answered on a day, as the group's clock names it.
pub async fn small_answer(house: &House, (group, person): (i64, i64), day: &str, answer: &Answer, at: Moment) -> Result<(), Fault> {
    let sealed = check_ins::seal(house, group, person, day, answer).await?;
    let tx = house.db.write().await?;
    check_ins::keep(&tx, (group, person, day), sealed, at).await?;
    tx.commit(Deed::new(person, "chat_check_in.answer", format!("group/{group}"))).await
}
