use std::{collections::HashSet, time::Duration};

use care::digest::Wants;
use ground::{Ask, Db, Fault, Moment, Tx, random_id, sea_orm::FromQueryResult, values};

use super::Wish;

#[derive(Debug, Clone, FromQueryResult)]
pub struct Subscriber {
    pub id: i64,
    pub address_sealed: Vec<u8>,
    pub language: String,
    pub zone: String,
    pub topic: String,
    pub place: String,
    pub part: String,
    pub wants: String,
    /// When they last heard of everything new, or confirmed.
    pub since: Moment,
}

pub async fn subscriber(db: &Db, id: i64) -> Result<Option<Subscriber>, Fault> {
    db.row("SELECT id, address_sealed, language, zone, topic, place, part, wants, since FROM subscriber WHERE id = $1", values![id]).await
}

#[derive(Debug, Clone, FromQueryResult)]
pub struct Whose {
    pub id: i64,
    pub zone: String,
}

pub async fn everybody(db: &Db) -> Result<Vec<Whose>, Fault> {
    db.rows("SELECT id, zone FROM subscriber ORDER BY id", []).await
}

/// The row of this address, or a fresh one that nobody has yet.
pub async fn id_of(tx: &Tx, mark: Vec<u8>) -> Result<i64, Fault> {
    let id = tx.number("SELECT id AS n FROM subscriber WHERE mark = $1", values![mark]).await?;
    Ok(if id == 0 { random_id() } else { id })
}

/// Whoever confirms again changes what they want and is a good address again.
pub async fn keep(tx: &Tx, id: i64, mark: Vec<u8>, sealed: Vec<u8>, wish: &Wish, now: Moment) -> Result<(), Fault> {
    let sql = "INSERT INTO subscriber (id, mark, address_sealed, language, zone, topic, place, part, since, wants) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        ON CONFLICT (id) DO UPDATE SET address_sealed = excluded.address_sealed, language = excluded.language, zone = excluded.zone,
            topic = excluded.topic, place = excluded.place, part = excluded.part, wants = excluded.wants, bounces = 0, bounces_before = 0";
    let (language, zone, wants) = (wish.language.clone(), wish.zone.clone(), Wants::parse(&wish.wants).unwrap_or(Wants::Groups).word());
    tx.run(sql, values![id, mark, sealed, language, zone, wish.topic.clone(), wish.place.clone(), wish.part.clone(), now, wants]).await?;
    Ok(())
}

/// Whether a link with this mark has confirmed somebody who has left since.
pub async fn is_spent(db: &(impl Ask + Sync), link: Vec<u8>, address: Vec<u8>) -> Result<bool, Fault> {
    let sql =
        "SELECT COUNT(*) AS n FROM digest_confirmed c WHERE c.mark = $1 AND NOT EXISTS (SELECT 1 FROM subscriber s WHERE s.mark = $2)";
    Ok(db.number(sql, values![link, address]).await? > 0)
}

/// Remembers a link for as long as it could be used again, and nothing of whose it was.
pub async fn spend(tx: &Tx, link: Vec<u8>, ends_at: Moment, now: Moment) -> Result<(), Fault> {
    tx.run("INSERT INTO digest_confirmed (mark, ends_at) VALUES ($1, $2) ON CONFLICT DO NOTHING", values![link, ends_at]).await?;
    tx.run("DELETE FROM digest_confirmed WHERE ends_at < $1", values![now]).await?;
    Ok(())
}

/// True for whoever was still there.
pub async fn forget(tx: &Tx, id: i64) -> Result<bool, Fault> {
    Ok(tx.run("DELETE FROM subscriber WHERE id = $1", values![id]).await? == 1)
}

pub async fn heard(tx: &Tx, id: i64, at: Moment) -> Result<(), Fault> {
    let sql = "UPDATE subscriber SET since = $1, bounces_before = bounces, bounces = 0 WHERE id = $2";
    tx.run(sql, values![at, id]).await?;
    Ok(())
}

/// Counts a letter that was taken and came back, once however often it does; true when there were too many in a row.
pub async fn came_back(tx: &Tx, id: i64, monday: &str, most: i64) -> Result<bool, Fault> {
    let sql = "UPDATE subscriber SET bounces = bounces_before + 1, bounced_on = $1 WHERE id = $2 AND bounced_on <> $1";
    if tx.run(sql, values![monday, id]).await? == 0 {
        return Ok(false);
    }
    Ok(tx.number("SELECT bounces AS n FROM subscriber WHERE id = $1", values![id]).await? >= most)
}

/// Counts a letter that nobody took; true when there were too many in a row.
pub async fn bounced(tx: &Tx, id: i64, most: i64) -> Result<bool, Fault> {
    tx.run("UPDATE subscriber SET bounces = bounces + 1 WHERE id = $1", values![id]).await?;
    Ok(tx.number("SELECT bounces AS n FROM subscriber WHERE id = $1", values![id]).await? >= most)
}

#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Known {
    pub group_id: i64,
    pub free: i64,
    pub rhythm: String,
    pub listed_at: Moment,
    pub freed_at: Option<Moment>,
    pub moved_at: Option<Moment>,
}

pub async fn known(db: &Db) -> Result<Vec<Known>, Fault> {
    db.rows("SELECT group_id, free, rhythm, listed_at, freed_at, moved_at FROM listing_known", []).await
}

pub async fn remember(tx: &Tx, k: &Known) -> Result<(), Fault> {
    let sql = "INSERT INTO listing_known (group_id, free, rhythm, listed_at, freed_at, moved_at) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (group_id) DO UPDATE SET free = excluded.free, rhythm = excluded.rhythm, listed_at = excluded.listed_at,
            freed_at = excluded.freed_at, moved_at = excluded.moved_at";
    let at = |moment: Option<Moment>| moment.map(|moment| moment.0);
    tx.run(sql, values![k.group_id, k.free, k.rhythm.clone(), k.listed_at, at(k.freed_at), at(k.moved_at)]).await?;
    Ok(())
}

/// What is not shown any more is new when it is shown again.
pub async fn unlist(tx: &Tx, group: i64) -> Result<(), Fault> {
    tx.run("DELETE FROM listing_known WHERE group_id = $1", values![group]).await?;
    Ok(())
}

/// How often somebody may be asked whether an address is theirs, within an hour.
const WINDOW: Duration = Duration::from_secs(3_600);

pub async fn asked(db: &Db, mark: Vec<u8>, now: Moment) -> Result<i64, Fault> {
    let sql = "SELECT COUNT(*) AS n FROM digest_asked WHERE mark = $1 AND at > $2";
    db.number(sql, values![mark, now.minus(WINDOW)]).await
}

pub async fn note_asked(tx: &Tx, marks: &[Vec<u8>], now: Moment) -> Result<(), Fault> {
    for mark in marks {
        tx.run("INSERT INTO digest_asked (mark, at) VALUES ($1, $2)", values![mark.clone(), now]).await?;
    }
    tx.run("DELETE FROM digest_asked WHERE at < $1", values![now.minus(WINDOW)]).await?;
    Ok(())
}

#[derive(FromQueryResult)]
struct Planned {
    occasion: String,
}

/// Digests of the last day that are on the list already.
pub async fn planned(db: &Db, now: Moment) -> Result<HashSet<String>, Fault> {
    let sql = "SELECT occasion FROM job WHERE kind || '' = 'digest' AND due_at > $1";
    let rows: Vec<Planned> = db.rows(sql, values![now.minus(WINDOW * 24)]).await?;
    Ok(rows.into_iter().map(|row| row.occasion).collect())
}
