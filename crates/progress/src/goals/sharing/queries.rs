use ground::{Ask, Db, Fault, House, Moment, Owner, Tx, random_id, sea_orm::FromQueryResult, values};

use crate::goals::queries::{Kept, spot};

/// Somebody asks to be helped with a goal. Nothing of the goal is told before the answer.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Asking {
    pub id: i64,
    pub from: String,
}

/// Both are still in the group in which one asked the other.
const BOTH_THERE: &str = "JOIN membership o ON o.group_id = p.group_id AND o.person_id = g.person_id AND o.left_at IS NULL
        JOIN membership w ON w.group_id = p.group_id AND w.person_id = p.partner_id AND w.left_at IS NULL";

pub async fn asking(house: &House, person: i64) -> Result<Vec<Asking>, Fault> {
    let sql = format!(
        "SELECT p.id, o.display_name AS \"from\" FROM goal_partner p JOIN goal g ON g.id = p.goal_id {BOTH_THERE}
        WHERE p.partner_id = $1 AND p.accepted_at IS NULL AND p.ended_at IS NULL ORDER BY p.asked_at"
    );
    house.db.rows(&sql, values![person]).await
}

#[derive(Debug, Clone)]
pub struct Partner {
    pub id: i64,
    pub name: String,
    pub accepted: bool,
}

#[derive(FromQueryResult)]
struct PartnerRow {
    id: i64,
    name: String,
    accepted_at: Option<Moment>,
}

/// Who was asked, and who said yes.
pub async fn partners(house: &House, goal: i64) -> Result<Vec<Partner>, Fault> {
    let sql = format!(
        "SELECT p.id, w.display_name AS name, p.accepted_at FROM goal_partner p JOIN goal g ON g.id = p.goal_id {BOTH_THERE}
        WHERE p.goal_id = $1 AND p.ended_at IS NULL ORDER BY p.asked_at"
    );
    let rows: Vec<PartnerRow> = house.db.rows(&sql, values![goal]).await?;
    Ok(rows.into_iter().map(|row| Partner { id: row.id, name: row.name, accepted: row.accepted_at.is_some() }).collect())
}

/// A group that a goal may be shown to, with the other members by their display names.
#[derive(Debug, Clone)]
pub struct Sharer {
    pub group: i64,
    pub name: String,
    pub people: Vec<(i64, String)>,
}

#[derive(FromQueryResult)]
struct OtherRow {
    group_id: i64,
    group_name: String,
    person_id: Option<i64>,
    display_name: Option<String>,
}

/// None of them is a family's: whoever supports somebody reads nothing of their goals.
pub async fn sharers(house: &House, person: i64) -> Result<Vec<Sharer>, Fault> {
    let sql = "SELECT g.id AS group_id, g.name AS group_name, o.person_id, o.display_name FROM groups g
        JOIN membership mine ON mine.group_id = g.id AND mine.person_id = $1 AND mine.left_at IS NULL AND mine.part = 'member'
            AND NOT EXISTS (SELECT 1 FROM family_group f WHERE f.group_id = g.id)
        LEFT JOIN membership o ON o.group_id = g.id AND o.person_id <> $1 AND o.left_at IS NULL AND o.part = 'member'
        ORDER BY g.name, g.id, o.seat";
    let rows: Vec<OtherRow> = house.db.rows(sql, values![person]).await?;
    let mut all: Vec<Sharer> = Vec::new();
    for row in rows {
        if all.last().is_none_or(|last| last.group != row.group_id) {
            all.push(Sharer { group: row.group_id, name: row.group_name, people: Vec::new() });
        }
        if let (Some(last), Some(person), Some(name)) = (all.last_mut(), row.person_id, row.display_name) {
            last.people.push((person, name));
        }
    }
    Ok(all)
}

/// A kind word.
#[derive(Debug, Clone)]
pub struct Cheer {
    pub id: i64,
    pub from: String,
    pub phrase: String,
    pub note: String,
}

#[derive(FromQueryResult)]
struct CheerRow {
    id: i64,
    name: String,
    phrase: String,
    note_sealed: Vec<u8>,
}

pub async fn cheers(house: &House, kept: &Kept) -> Result<Vec<Cheer>, Fault> {
    let sql = "SELECT c.id, m.display_name AS name, c.phrase, c.note_sealed FROM goal_cheer c
        JOIN membership m ON m.group_id = c.group_id AND m.person_id = c.from_id AND m.left_at IS NULL
        WHERE c.goal_id = $1 AND c.removed_at IS NULL ORDER BY c.sent_at DESC LIMIT 50";
    let rows: Vec<CheerRow> = house.db.rows(sql, values![kept.id]).await?;
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        let place = row.id.to_string();
        let note = house.keys.open(Owner::Person(kept.person), spot("goal_cheer", "note", &place), &row.note_sealed).await?;
        all.push(Cheer { id: row.id, from: row.name, phrase: row.phrase, note });
    }
    Ok(all)
}

/// A kind word on its way, sealed for whom it is meant.
pub struct NewCheer<'a> {
    pub goal: i64,
    pub from: i64,
    pub group: i64,
    pub phrase: &'a str,
    pub id: i64,
    pub sealed: Vec<u8>,
}

pub async fn add_cheer(tx: &Tx, new: NewCheer<'_>, now: Moment) -> Result<(), Fault> {
    let sql = "INSERT INTO goal_cheer (id, goal_id, from_id, group_id, phrase, note_sealed, sent_at) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    tx.run(sql, values![new.id, new.goal, new.from, new.group, new.phrase, new.sealed, now]).await?;
    Ok(())
}

/// How many somebody has sent for this goal since then.
pub async fn cheers_since(db: &Db, goal: i64, from: i64, since: Moment) -> Result<i64, Fault> {
    let sql = "SELECT COUNT(*) AS n FROM goal_cheer WHERE goal_id = $1 AND from_id = $2 AND sent_at > $3";
    db.number(sql, values![goal, from, since]).await
}

/// Only whoever got it takes it away.
pub async fn remove_cheer(tx: &Tx, goal: i64, cheer: i64, person: i64, now: Moment) -> Result<bool, Fault> {
    let sql = "UPDATE goal_cheer SET removed_at = $1 WHERE id = $2 AND goal_id = $3 AND removed_at IS NULL
        AND EXISTS (SELECT 1 FROM goal g WHERE g.id = $3 AND g.person_id = $4)";
    Ok(tx.run(sql, values![now, cheer, goal, person]).await? == 1)
}

#[derive(FromQueryResult)]
struct Common {
    group_id: i64,
    display_name: String,
}

/// The group in which `viewer` may know `owner`, and the name there; the goal's own group first.
pub async fn common_name(db: &Db, owner: i64, viewer: i64, group: Option<i64>) -> Result<Option<(i64, String)>, Fault> {
    let sql = "SELECT o.group_id, o.display_name FROM membership o JOIN membership v ON v.group_id = o.group_id AND v.person_id = $2 AND v.left_at IS NULL
        WHERE o.person_id = $1 AND o.left_at IS NULL ORDER BY CASE WHEN o.group_id = $3 THEN 0 ELSE 1 END, o.group_id LIMIT 1";
    let row: Option<Common> = db.row(sql, values![owner, viewer, group.unwrap_or(0)]).await?;
    Ok(row.map(|row| (row.group_id, row.display_name)))
}

/// Asks somebody of the same group; nobody is asked twice while a question or a partnership stands.
pub async fn ask(tx: &Tx, goal: i64, partner: i64, group: i64, now: Moment) -> Result<bool, Fault> {
    let sql = "INSERT INTO goal_partner (id, goal_id, partner_id, group_id, asked_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING";
    Ok(tx.run(sql, values![random_id(), goal, partner, group, now]).await? == 1)
}

pub async fn accept(tx: &Tx, id: i64, person: i64, now: Moment) -> Result<bool, Fault> {
    let sql = "UPDATE goal_partner SET accepted_at = $1 WHERE id = $2 AND partner_id = $3 AND accepted_at IS NULL AND ended_at IS NULL";
    Ok(tx.run(sql, values![now, id, person]).await? == 1)
}

/// Either of the two may end it, without a reason.
pub async fn end(tx: &Tx, id: i64, person: i64, now: Moment) -> Result<bool, Fault> {
    let sql = "UPDATE goal_partner SET ended_at = $1 WHERE id = $2 AND ended_at IS NULL
        AND (partner_id = $3 OR EXISTS (SELECT 1 FROM goal g WHERE g.id = goal_id AND g.person_id = $3))";
    Ok(tx.run(sql, values![now, id, person]).await? == 1)
}

#[derive(FromQueryResult)]
struct Mine {
    id: i64,
}

/// The partnership by which somebody sees a goal.
pub async fn partnership(db: &Db, goal: i64, partner: i64) -> Result<Option<i64>, Fault> {
    let sql = "SELECT id FROM goal_partner WHERE goal_id = $1 AND partner_id = $2 AND accepted_at IS NOT NULL AND ended_at IS NULL";
    Ok(db.row::<Mine>(sql, values![goal, partner]).await?.map(|row| row.id))
}
