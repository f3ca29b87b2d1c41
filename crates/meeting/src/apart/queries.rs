use ground::{
    Ask, Fault, Moment, Tx,
    facts::{InGroup, Part},
    sea_orm::FromQueryResult,
    values,
};
use room::Seat;

use crate::live::seat;

/// Two members of one group, the lower number first, so that a pair is one row however it is chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, FromQueryResult)]
pub struct Pair {
    pub one_id: i64,
    pub other_id: i64,
}

impl Pair {
    /// Nobody is kept apart from themselves.
    pub fn of(one: i64, other: i64) -> Option<Pair> {
        (one != other).then_some(Pair { one_id: one.min(other), other_id: one.max(other) })
    }
}

/// Pairs of whom both are in the group now.
pub async fn pairs(db: &(impl Ask + Sync), group: i64, people: &[InGroup]) -> Result<Vec<Pair>, Fault> {
    let mut pairs: Vec<Pair> =
        db.rows("SELECT one_id, other_id FROM kept_apart WHERE group_id = $1 ORDER BY set_at, one_id", values![group]).await?;
    let is_member = |id: i64| people.iter().any(|person| person.person_id == id && person.is(Part::Member));
    pairs.retain(|pair| is_member(pair.one_id) && is_member(pair.other_id));
    Ok(pairs)
}

/// The same, as the room knows its people.
pub async fn seats(db: &(impl Ask + Sync), group: i64, people: &[InGroup]) -> Result<Vec<(Seat, Seat)>, Fault> {
    let sits = |id: i64| people.iter().find(|person| person.person_id == id).map(seat);
    let pairs = pairs(db, group, people).await?;
    Ok(pairs.iter().filter_map(|pair| Some((sits(pair.one_id)?, sits(pair.other_id)?))).collect())
}

pub async fn add(tx: &Tx, group: i64, pair: Pair, by: i64, now: Moment) -> Result<bool, Fault> {
    let sql = "INSERT INTO kept_apart (group_id, one_id, other_id, set_by, set_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING";
    Ok(tx.run(sql, values![group, pair.one_id, pair.other_id, by, now]).await? == 1)
}

pub async fn remove(tx: &Tx, group: i64, pair: Pair) -> Result<bool, Fault> {
    let sql = "DELETE FROM kept_apart WHERE group_id = $1 AND one_id = $2 AND other_id = $3";
    Ok(tx.run(sql, values![group, pair.one_id, pair.other_id]).await? == 1)
}
