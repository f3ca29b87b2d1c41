use ground::{Ask, Db, Fault, Moment, Tx, sea_orm::FromQueryResult, values};
use jiff::civil::Date;

use crate::today::STILL_ON;

#[derive(FromQueryResult)]
struct Id {
    id: i64,
}

pub async fn groups(db: &Db) -> Result<Vec<i64>, Fault> {
    let rows: Vec<Id> = db.rows("SELECT id FROM groups WHERE started_at IS NOT NULL ORDER BY id", []).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// Takes the group's lock until the transaction ends, on both databases.
pub async fn hold(tx: &Tx, group: i64) -> Result<(), Fault> {
    tx.run("UPDATE groups SET taken = taken WHERE id = $1", values![group]).await?;
    Ok(())
}

/// When a group meets, and what is planned of it.
#[derive(Debug, Default)]
pub struct Rhythm {
    pub zone: String,
    pub minutes: i64,
    pub programme: String,
    pub language: String,
    /// Its own agendas as JSON, once it has adapted its programme.
    pub own: Option<String>,
    /// A group that is still being formed plans nothing.
    pub has_started: bool,
    /// The first and the last day of a cohort, in the group's zone.
    pub first_day: Option<Date>,
    pub last_day: Option<Date>,
    /// Weekday and minute of the day.
    pub times: Vec<(i64, i64)>,
    pub holidays: Vec<Date>,
    /// Where the rhythm put each session.
    pub slots: Vec<Moment>,
    pub last_number: i64,
}

#[derive(FromQueryResult)]
struct GroupRow {
    weekday: i64,
    minute_of_day: i64,
    zone: String,
    minutes: i64,
    programme: String,
    language: String,
    own: Option<String>,
    started_at: Option<Moment>,
    starts_on: String,
    ends_on: String,
}

#[derive(Debug, Clone, FromQueryResult)]
pub struct TimeRow {
    pub id: i64,
    pub weekday: i64,
    pub minute_of_day: i64,
}

#[derive(FromQueryResult)]
struct Slot {
    slot: Moment,
    number: i64,
}

pub async fn rhythm(db: &(impl Ask + Sync), group: i64) -> Result<Rhythm, Fault> {
    let sql = "SELECT g.weekday, g.minute_of_day, g.zone, g.minutes, g.programme, g.language, o.agendas AS own, g.started_at, g.starts_on, g.ends_on
        FROM groups g LEFT JOIN group_programme o ON o.group_id = g.id WHERE g.id = $1";
    let Some(row) = db.row::<GroupRow>(sql, values![group]).await? else { return Ok(Rhythm::default()) };
    let more = times(db, group).await?;
    let slots: Vec<Slot> =
        db.rows("SELECT COALESCE(moved_from, starts_at) AS slot, number FROM session WHERE group_id = $1", values![group]).await?;
    Ok(Rhythm {
        times: std::iter::once((row.weekday, row.minute_of_day)).chain(more.iter().map(|one| (one.weekday, one.minute_of_day))).collect(),
        holidays: holidays(db).await?.into_iter().filter_map(|one| one.day.parse().ok()).collect(),
        last_number: slots.iter().map(|slot| slot.number).max().unwrap_or(0),
        slots: slots.into_iter().map(|slot| slot.slot).collect(),
        zone: row.zone,
        minutes: row.minutes,
        programme: row.programme,
        language: row.language,
        own: row.own,
        has_started: row.started_at.is_some(),
        first_day: row.starts_on.parse().ok(),
        last_day: row.ends_on.parse().ok(),
    })
}

/// The times of a group beside its first one.
pub async fn times(db: &(impl Ask + Sync), group: i64) -> Result<Vec<TimeRow>, Fault> {
    let sql = "SELECT id, weekday, minute_of_day FROM group_time WHERE group_id = $1 ORDER BY weekday, minute_of_day";
    db.rows(sql, values![group]).await
}

#[derive(Debug, Clone, FromQueryResult)]
pub struct GroupFacts {
    pub name: String,
    pub weekday: i64,
    pub minute_of_day: i64,
    pub zone: String,
}

pub async fn group(db: &Db, group: i64) -> Result<Option<GroupFacts>, Fault> {
    db.row("SELECT name, weekday, minute_of_day, zone FROM groups WHERE id = $1", values![group]).await
}

/// False if the group has that time already.
pub async fn add_time(tx: &Tx, id: i64, group: i64, weekday: i64, minute: i64) -> Result<bool, Fault> {
    let sql = "INSERT INTO group_time (id, group_id, weekday, minute_of_day)
        SELECT $1, id, $3, $4 FROM groups WHERE id = $2 AND NOT (weekday = $3 AND minute_of_day = $4) ON CONFLICT DO NOTHING";
    Ok(tx.run(sql, values![id, group, weekday, minute]).await? == 1)
}

pub async fn remove_time(tx: &Tx, group: i64, id: i64) -> Result<bool, Fault> {
    Ok(tx.run("DELETE FROM group_time WHERE id = $1 AND group_id = $2", values![id, group]).await? == 1)
}

#[derive(Debug, Clone, FromQueryResult)]
pub struct Holiday {
    pub day: String,
    pub name: String,
}

pub async fn holidays(db: &(impl Ask + Sync)) -> Result<Vec<Holiday>, Fault> {
    db.rows("SELECT day, name FROM holiday ORDER BY day", []).await
}

pub async fn add_holiday(tx: &Tx, day: &str, name: &str) -> Result<bool, Fault> {
    Ok(tx.run("INSERT INTO holiday (day, name) VALUES ($1, $2) ON CONFLICT DO NOTHING", values![day, name]).await? == 1)
}

pub async fn remove_holiday(tx: &Tx, day: &str) -> Result<bool, Fault> {
    Ok(tx.run("DELETE FROM holiday WHERE day = $1", values![day]).await? == 1)
}

pub struct Session {
    pub id: i64,
    pub group: i64,
    pub number: i64,
    pub starts_at: Moment,
    pub minutes: i64,
    pub agenda: String,
}

pub async fn keep(tx: &Tx, s: Session) -> Result<(), Fault> {
    let sql = "INSERT INTO session (id, group_id, number, starts_at, minutes, state, agenda) VALUES ($1, $2, $3, $4, $5, 'planned', $6) ON CONFLICT DO NOTHING";
    tx.run(sql, values![s.id, s.group, s.number, s.starts_at, s.minutes, s.agenda]).await?;
    Ok(())
}

#[derive(FromQueryResult)]
struct Numbered {
    id: i64,
    number: i64,
    movable: i64,
}

/// A session that was never held stays where it is in the count: only what is still to come is numbered anew.
pub async fn put_in_order(tx: &Tx, group: i64, now: Moment) -> Result<(), Fault> {
    let sql = "SELECT id, number, CAST(CASE WHEN state = 'planned' AND starts_at > $2 THEN 1 ELSE 0 END AS BIGINT) AS movable
        FROM session WHERE group_id = $1 ORDER BY starts_at, id";
    let all: Vec<Numbered> = tx.rows(sql, values![group, now.minus(STILL_ON)]).await?;
    let last = all.iter().filter(|one| one.movable == 0).map(|one| one.number).max().unwrap_or(0);
    let due: Vec<(i64, i64)> = all
        .iter()
        .filter(|one| one.movable == 1)
        .zip(last + 1..)
        .filter(|(one, number)| one.number != *number)
        .map(|(one, number)| (one.id, number))
        .collect();
    // A number is taken only once per group: out of the way first, then into place.
    for (id, number) in &due {
        tx.run("UPDATE session SET number = $1 WHERE id = $2", values![-number, *id]).await?;
    }
    for (id, number) in &due {
        tx.run("UPDATE session SET number = $1 WHERE id = $2", values![*number, *id]).await?;
    }
    Ok(())
}

/// Only a session that has not begun can be moved. Its slot in the rhythm is kept, so that the week is not planned again.
pub async fn move_to(tx: &Tx, session: i64, to: Moment) -> Result<bool, Fault> {
    let sql = "UPDATE session SET moved_from = COALESCE(moved_from, starts_at), starts_at = $1, changes = changes + 1
        WHERE id = $2 AND state = 'planned' AND cancelled_at IS NULL AND starts_at <> $1";
    Ok(tx.run(sql, values![to, session]).await? == 1)
}

pub async fn cancel(tx: &Tx, session: i64, now: Moment) -> Result<bool, Fault> {
    let sql = "UPDATE session SET cancelled_at = $1, changes = changes + 1 WHERE id = $2 AND state = 'planned' AND cancelled_at IS NULL";
    Ok(tx.run(sql, values![now, session]).await? == 1)
}

/// Until its start has come, a cancelled session can take place after all.
pub async fn restore(tx: &Tx, session: i64, now: Moment) -> Result<bool, Fault> {
    let sql = "UPDATE session SET cancelled_at = NULL, changes = changes + 1 WHERE id = $1 AND cancelled_at IS NOT NULL AND starts_at > $2";
    Ok(tx.run(sql, values![session, now]).await? == 1)
}

pub async fn set_leader(tx: &Tx, session: i64, leader: Option<i64>) -> Result<bool, Fault> {
    let sql = "UPDATE session SET led_by = $1 WHERE id = $2 AND state = 'planned'";
    Ok(tx.run(sql, values![leader, session]).await? == 1)
}

/// What the calendar keeps of one session beyond the facts.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Kept {
    pub cancelled_at: Option<Moment>,
    pub moved_from: Option<Moment>,
    pub changes: i64,
    pub led_by: Option<i64>,
}

pub async fn kept(db: &(impl Ask + Sync), session: i64) -> Result<Option<Kept>, Fault> {
    db.row("SELECT cancelled_at, moved_from, changes, led_by FROM session WHERE id = $1", values![session]).await
}
