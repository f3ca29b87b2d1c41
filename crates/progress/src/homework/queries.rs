use std::{collections::HashMap, time::Duration};

use care::homework::{Answers, Asked, Kind};
use ground::{Ask, Db, Fault, House, Moment, Owner, Spot, Tx, handover, sea_orm::FromQueryResult, values};
use jiff::civil::Date;

const DAY: Duration = Duration::from_secs(24 * 3_600);
/// Nobody writes more lines into one log.
pub const MOST_ENTRIES: i64 = 300;

pub fn spot<'a>(column: &'static str, row: &'a str) -> Spot<'a> {
    Spot { table: "homework", column, row }
}

fn place(homework: i64, slot: &str) -> String {
    format!("{homework}/{slot}")
}

#[derive(FromQueryResult)]
struct Row {
    id: i64,
    person_id: i64,
    group_id: Option<i64>,
    kind: String,
    text_sealed: Vec<u8>,
    asked_sealed: Option<Vec<u8>>,
    given_by: i64,
    due_at: Moment,
    done_at: Option<Moment>,
    withdrawn_at: Option<Moment>,
    news: i64,
}

#[derive(Debug, Clone)]
pub struct Homework {
    pub id: i64,
    pub person: i64,
    /// Whose leaders read it; without one only its member does.
    pub group: Option<i64>,
    /// They gave it to themselves.
    pub own: bool,
    pub kind: Kind,
    pub text: String,
    pub asked: Asked,
    pub due_at: Moment,
    pub done: bool,
    /// Taken back after something had been written: it is not asked any more, and stays with its member.
    pub withdrawn: bool,
    /// An answer has come that its member has not opened.
    pub news: bool,
}

const FIELDS: &str =
    "h.id, h.person_id, h.group_id, h.kind, h.text_sealed, h.asked_sealed, h.given_by, h.due_at, h.done_at, h.withdrawn_at,
    (SELECT COUNT(*) FROM homework_reply r WHERE r.homework_id = h.id AND r.seen_at IS NULL) AS news";

/// What was taken back untouched is gone from every page.
const STANDS: &str =
    "(h.withdrawn_at IS NULL OR h.done_at IS NOT NULL OR EXISTS (SELECT 1 FROM homework_entry e WHERE e.homework_id = h.id))";

async fn opened(house: &House, row: Row) -> Result<Homework, Fault> {
    let (place, owner) = (row.id.to_string(), Owner::Person(row.person_id));
    let asked = match &row.asked_sealed {
        Some(sealed) => serde_json::from_str(&house.keys.open(owner, spot("asked", &place), sealed).await?)?,
        None => Asked::default(),
    };
    Ok(Homework {
        id: row.id,
        person: row.person_id,
        group: row.group_id,
        own: row.given_by == row.person_id,
        kind: Kind::parse(&row.kind),
        text: house.keys.open(owner, spot("text", &place), &row.text_sealed).await?,
        asked,
        due_at: row.due_at,
        done: row.done_at.is_some(),
        withdrawn: row.withdrawn_at.is_some(),
        news: row.news > 0,
    })
}

async fn all_opened(house: &House, rows: Vec<Row>) -> Result<Vec<Homework>, Fault> {
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        all.push(opened(house, row).await?);
    }
    Ok(all)
}

/// What was given in the room; it belongs to the group that met there.
pub async fn keep(
    tx: &Tx,
    id: i64,
    given: &handover::Homework,
    (kind, text, asked): (Kind, Vec<u8>, Option<Vec<u8>>),
) -> Result<(), Fault> {
    let given_at = Moment(given.given_at);
    let due_at = given_at.plus(DAY * u32::from(given.days));
    let sql = "INSERT INTO homework (id, person_id, session_id, given_by, text_sealed, given_at, due_at, kind, asked_sealed, group_id)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, (SELECT group_id FROM session WHERE session.id = $3)) ON CONFLICT DO NOTHING";
    let (kind, by) = (kind.word(), given.given_by);
    tx.run(sql, values![id, given.person, given.session, by, text, given_at, due_at, kind, asked]).await?;
    Ok(())
}

/// Homework given outside a session, to one member or to oneself.
pub struct New {
    pub id: i64,
    pub person: i64,
    pub group: Option<i64>,
    pub by: i64,
    pub kind: Kind,
    pub text: Vec<u8>,
    pub asked: Vec<u8>,
    pub now: Moment,
    pub due_at: Moment,
    pub remind: Option<i64>,
    pub once: String,
}

/// The same form a second time gives nothing.
pub async fn add(tx: &Tx, new: New) -> Result<bool, Fault> {
    let sql =
        "INSERT INTO homework (id, person_id, group_id, given_by, kind, text_sealed, asked_sealed, given_at, due_at, remind_minute, once)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING";
    let (kind, texts) = (new.kind.word(), (new.text, new.asked));
    let values = values![new.id, new.person, new.group, new.by, kind, texts.0, texts.1, new.now, new.due_at, new.remind, new.once];
    Ok(tx.run(sql, values).await? == 1)
}

/// What this form of theirs gave them, and they have not put away.
pub async fn given_once(db: &Db, person: i64, once: &str) -> Result<Option<i64>, Fault> {
    let sql = "SELECT id FROM homework WHERE person_id = $1 AND once = $2 AND withdrawn_at IS NULL";
    Ok(db.row::<Id>(sql, values![person, once.to_owned()]).await?.map(|row| row.id))
}

/// One's own, what is open first.
pub async fn of(house: &House, person: i64) -> Result<Vec<Homework>, Fault> {
    let sql = format!(
        "SELECT {FIELDS} FROM homework h WHERE h.person_id = $1 AND {STANDS}
        ORDER BY CASE WHEN h.done_at IS NULL AND h.withdrawn_at IS NULL THEN 0 ELSE 1 END, h.due_at DESC LIMIT 50"
    );
    all_opened(house, house.db.rows(&sql, values![person]).await?).await
}

/// Also what was taken back untouched: a telephone that was without a net may still bring what was written in it, and nothing is lost.
pub async fn one(house: &House, person: i64, homework: i64) -> Result<Option<Homework>, Fault> {
    let sql = format!("SELECT {FIELDS} FROM homework h WHERE h.id = $1 AND h.person_id = $2");
    match house.db.row(&sql, values![homework, person]).await? {
        Some(row) => Ok(Some(opened(house, row).await?)),
        None => Ok(None),
    }
}

const IN_GROUP: &str =
    "FROM homework h JOIN membership m ON m.person_id = h.person_id AND m.group_id = $1 AND m.part = 'member' AND m.left_at IS NULL
    WHERE h.group_id = $1";

/// What this group's members were given in it since then, and what is still open.
pub async fn given_in(house: &House, group: i64, since: Moment) -> Result<Vec<Homework>, Fault> {
    let sql = format!(
        "SELECT {FIELDS} {IN_GROUP} AND {STANDS}
        AND (h.given_at > $2 OR h.done_at IS NULL) ORDER BY m.seat, h.given_at DESC LIMIT 400"
    );
    all_opened(house, house.db.rows(&sql, values![group, since]).await?).await
}

pub async fn one_in(house: &House, group: i64, homework: i64) -> Result<Option<Homework>, Fault> {
    let sql = format!("SELECT {FIELDS} {IN_GROUP} AND {STANDS} AND h.id = $2");
    match house.db.row(&sql, values![group, homework]).await? {
        Some(row) => Ok(Some(opened(house, row).await?)),
        None => Ok(None),
    }
}

pub async fn set_done(tx: &Tx, id: i64, person: i64, at: Option<Moment>) -> Result<bool, Fault> {
    let sql = "UPDATE homework SET done_at = $1 WHERE id = $2 AND person_id = $3";
    Ok(tx.run(sql, values![at.map(|at| at.0), id, person]).await? == 1)
}

#[derive(FromQueryResult)]
struct Id {
    id: i64,
}

/// The homework that the same form gave to others of the group, as far as it still stands.
pub async fn given_with(db: &Db, group: i64, homework: i64) -> Result<Vec<i64>, Fault> {
    let sql = "SELECT h.id FROM homework o JOIN homework h ON h.once = o.once AND h.group_id = o.group_id AND h.id <> o.id
        WHERE o.id = $1 AND o.group_id = $2 AND h.withdrawn_at IS NULL ORDER BY h.id";
    let rows: Vec<Id> = db.rows(sql, values![homework, group]).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// In how many of these something is written, or was done.
pub async fn touched(db: &Db, group: i64, all: &[i64]) -> Result<usize, Fault> {
    let sql = format!("SELECT h.id FROM homework h WHERE h.group_id = $1 AND h.withdrawn_at IS NOT NULL AND {STANDS}");
    let rows: Vec<Id> = db.rows(&sql, values![group]).await?;
    Ok(rows.iter().filter(|row| all.contains(&row.id)).count())
}

/// True for the first that takes it back.
pub async fn withdraw(tx: &Tx, homework: i64, now: Moment) -> Result<bool, Fault> {
    let sql = "UPDATE homework SET withdrawn_at = $1 WHERE id = $2 AND withdrawn_at IS NULL";
    Ok(tx.run(sql, values![now, homework]).await? == 1)
}

#[derive(Debug, Clone, FromQueryResult)]
pub struct Count {
    pub display_name: String,
    pub given: i64,
    pub done: i64,
}

/// How much of what was given here in the last four weeks is done, for the leader's page.
pub async fn of_group(db: &Db, group: i64, now: Moment) -> Result<Vec<Count>, Fault> {
    let sql = "SELECT m.display_name, COUNT(h.id) AS given, COUNT(h.done_at) AS done FROM membership m
        LEFT JOIN homework h ON h.person_id = m.person_id AND h.group_id = m.group_id AND h.given_at > $2
            AND (h.withdrawn_at IS NULL OR h.done_at IS NOT NULL)
        WHERE m.group_id = $1 AND m.part = 'member' AND m.left_at IS NULL GROUP BY m.display_name, m.seat ORDER BY m.seat";
    db.rows(sql, values![group, now.minus(DAY * 28)]).await
}

#[derive(FromQueryResult)]
struct Written {
    homework_id: i64,
    n: i64,
}

/// How many entries each homework of a group has, without reading any.
pub async fn written_in(db: &Db, group: i64) -> Result<HashMap<i64, i64>, Fault> {
    let sql = "SELECT e.homework_id, COUNT(*) AS n FROM homework_entry e JOIN homework h ON h.id = e.homework_id
        WHERE h.group_id = $1 GROUP BY e.homework_id";
    let rows: Vec<Written> = db.rows(sql, values![group]).await?;
    Ok(rows.into_iter().map(|row| (row.homework_id, row.n)).collect())
}

#[derive(FromQueryResult)]
struct EntryRow {
    slot: String,
    day: String,
    entry_sealed: Vec<u8>,
    version: i64,
}

/// One sheet, or one line of a log.
#[derive(Debug, Clone)]
pub struct Entry {
    pub slot: String,
    pub day: Date,
    pub answers: Answers,
    pub version: i64,
}

/// What was written, the first day first.
pub async fn entries(house: &House, homework: &Homework) -> Result<Vec<Entry>, Fault> {
    let sql = "SELECT slot, day, entry_sealed, version FROM homework_entry WHERE homework_id = $1 ORDER BY day, made_at, slot";
    let rows: Vec<EntryRow> = house.db.rows(sql, values![homework.id]).await?;
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        let place = place(homework.id, &row.slot);
        let spot = Spot { table: "homework_entry", column: "entry", row: &place };
        let text = house.keys.open(Owner::Person(homework.person), spot, &row.entry_sealed).await?;
        if let Ok(day) = row.day.parse() {
            all.push(Entry { slot: row.slot, day, answers: serde_json::from_str(&text)?, version: row.version });
        }
    }
    Ok(all)
}

pub async fn seal_entry(house: &House, homework: &Homework, slot: &str, answers: &Answers) -> Result<Vec<u8>, Fault> {
    let place = place(homework.id, slot);
    let spot = Spot { table: "homework_entry", column: "entry", row: &place };
    house.keys.seal(Owner::Person(homework.person), spot, &serde_json::to_string(answers)?).await
}

/// A sheet on its way into the book.
pub struct Sent {
    pub homework: i64,
    pub slot: String,
    pub day: Date,
    pub sealed: Vec<u8>,
    /// The version that the form was made from; 0 for a new one.
    pub seen: i64,
    pub once: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    Now,
    /// This very form has arrived before.
    Before,
    /// Another tab or device has written since: nothing was overwritten.
    Elsewhere,
}

/// Only `Now` may be committed.
pub async fn keep_entry(tx: &Tx, sent: Sent, now: Moment) -> Result<Kept, Fault> {
    let arrived = "INSERT INTO homework_arrival (homework_id, once, arrived_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
    if tx.run(arrived, values![sent.homework, sent.once, now]).await? == 0 {
        return Ok(Kept::Before);
    }
    let changed = if sent.seen == 0 {
        let sql = "INSERT INTO homework_entry (homework_id, slot, day, entry_sealed, made_at, changed_at)
            SELECT $1, $2, $3, $4, $5, $5 WHERE (SELECT COUNT(*) FROM homework_entry WHERE homework_id = $1) < $6 ON CONFLICT DO NOTHING";
        tx.run(sql, values![sent.homework, sent.slot, sent.day.to_string(), sent.sealed, now, MOST_ENTRIES]).await?
    } else {
        let sql = "UPDATE homework_entry SET day = $1, entry_sealed = $2, changed_at = $3, version = version + 1
            WHERE homework_id = $4 AND slot = $5 AND version = $6";
        tx.run(sql, values![sent.day.to_string(), sent.sealed, now, sent.homework, sent.slot, sent.seen]).await?
    };
    Ok(if changed == 1 { Kept::Now } else { Kept::Elsewhere })
}

#[derive(FromQueryResult)]
struct ReplyRow {
    id: i64,
    text_sealed: Vec<u8>,
    sent_at: Moment,
    name: String,
}

/// A few words back to the member.
#[derive(Debug, Clone)]
pub struct Reply {
    pub text: String,
    pub sent_at: Moment,
    pub from: String,
}

fn reply_spot(row: &str) -> Spot<'_> {
    Spot { table: "homework_reply", column: "text", row }
}

/// By the name under which the group knows whoever wrote it.
pub async fn replies(house: &House, homework: &Homework) -> Result<Vec<Reply>, Fault> {
    let sql = "SELECT r.id, r.text_sealed, r.sent_at, COALESCE((SELECT MAX(m.display_name) FROM membership m
            WHERE m.person_id = r.by_id AND m.group_id = $2), '') AS name
        FROM homework_reply r WHERE r.homework_id = $1 ORDER BY r.sent_at, r.id";
    let rows: Vec<ReplyRow> = house.db.rows(sql, values![homework.id, homework.group.unwrap_or(0)]).await?;
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        let place = row.id.to_string();
        let text = house.keys.open(Owner::Person(homework.person), reply_spot(&place), &row.text_sealed).await?;
        all.push(Reply { text, sent_at: row.sent_at, from: row.name });
    }
    Ok(all)
}

pub async fn seal_reply(house: &House, homework: &Homework, id: i64, text: &str) -> Result<Vec<u8>, Fault> {
    house.keys.seal(Owner::Person(homework.person), reply_spot(&id.to_string()), text).await
}

/// Its member has opened the page that has it.
pub async fn replies_seen(tx: &Tx, homework: i64, now: Moment) -> Result<(), Fault> {
    tx.run("UPDATE homework_reply SET seen_at = $1 WHERE homework_id = $2 AND seen_at IS NULL", values![now, homework]).await?;
    Ok(())
}

pub struct NewReply {
    pub id: i64,
    pub homework: i64,
    pub by: i64,
    pub sealed: Vec<u8>,
    pub once: String,
}

pub async fn add_reply(tx: &Tx, new: NewReply, now: Moment) -> Result<bool, Fault> {
    let sql = "INSERT INTO homework_reply (id, homework_id, by_id, text_sealed, sent_at, once) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING";
    Ok(tx.run(sql, values![new.id, new.homework, new.by, new.sealed, now, new.once]).await? == 1)
}

/// A group that somebody is a member of.
#[derive(Debug, Clone, FromQueryResult)]
pub struct OwnGroup {
    pub id: i64,
    pub name: String,
}

pub async fn groups_of(db: &Db, person: i64) -> Result<Vec<OwnGroup>, Fault> {
    let sql = "SELECT g.id, g.name FROM membership m JOIN groups g ON g.id = m.group_id
        WHERE m.person_id = $1 AND m.part = 'member' AND m.left_at IS NULL ORDER BY g.name, g.id";
    db.rows(sql, values![person]).await
}
