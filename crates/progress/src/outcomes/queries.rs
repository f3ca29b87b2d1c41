use std::collections::HashMap;

use care::outcomes::Came;
use ground::{Ask, Db, Fault, House, Moment, Owner, Spot, sea_orm::FromQueryResult, values};
use serde::Deserialize;

const DAY: std::time::Duration = std::time::Duration::from_secs(86_400);
/// Half a year of weekly evenings is what a picture holds.
const EVENINGS: usize = 26;

/// What of a session's answers is looked at here; the live room writes more.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct Answer {
    pub check_in: Option<Mood>,
    pub closing: Option<Closing>,
}

#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
pub struct Mood {
    pub mood: u8,
}

#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct Closing {
    pub heard: Option<u8>,
    pub safe: Option<u8>,
    pub useful: Option<u8>,
    pub connected: Option<u8>,
}

#[derive(FromQueryResult)]
struct Row {
    session_id: i64,
    group_id: i64,
    group_name: String,
    person_id: i64,
    starts_at: Moment,
    seconds: i64,
    said: i64,
    answer_sealed: Option<Vec<u8>>,
}

/// One session that somebody was expected at, as it was for them.
#[derive(Debug, Clone)]
pub struct Evening {
    pub session: i64,
    pub group: i64,
    pub group_name: String,
    pub starts_at: Moment,
    pub came: Came,
    pub answer: Answer,
}

async fn opened(house: &House, row: Row) -> Evening {
    let came = match (row.seconds > 0, row.said == 1) {
        (true, _) => Came::There,
        (false, true) => Came::Said,
        (false, false) => Came::Missed,
    };
    let answer = match &row.answer_sealed {
        Some(sealed) => answer(house, row.session_id, row.person_id, sealed).await,
        None => Answer::default(),
    };
    let Row { session_id: session, group_id: group, group_name, starts_at, .. } = row;
    Evening { session, group, group_name, starts_at, came, answer }
}

/// A key that was destroyed leaves a gap, not an error.
async fn answer(house: &House, session: i64, person: i64, sealed: &[u8]) -> Answer {
    let place = format!("{session}.{person}");
    let spot = Spot { table: "session_answer", column: "answer", row: &place };
    let text = house.keys.open(Owner::Person(person), spot, sealed).await.unwrap_or_default();
    serde_json::from_str(&text).unwrap_or_default()
}

const EXPECTED: &str = "SELECT s.id AS session_id, s.group_id, g.name AS group_name, m.person_id, s.starts_at,
        COALESCE(a.corrected_minutes * 60, a.seconds, 0) AS seconds,
        CAST(CASE WHEN b.session_id IS NULL THEN 0 ELSE 1 END AS BIGINT) AS said, w.answer_sealed
    FROM membership m JOIN groups g ON g.id = m.group_id
        JOIN session s ON s.group_id = m.group_id AND s.state = 'ended' AND s.cancelled_at IS NULL AND s.number >= m.first_number
        LEFT JOIN attendance a ON a.session_id = s.id AND a.person_id = m.person_id
        LEFT JOIN absence b ON b.session_id = s.id AND b.person_id = m.person_id AND b.kind = 'cannot'
        LEFT JOIN session_answer w ON w.session_id = s.id AND w.person_id = m.person_id
    WHERE m.part = 'member'";

async fn all_opened(house: &House, mut rows: Vec<Row>) -> Vec<Evening> {
    rows.reverse();
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        all.push(opened(house, row).await);
    }
    all
}

/// One's own evenings in every group, also in those that one has left; the oldest first.
pub async fn mine(house: &House, person: i64) -> Result<Vec<Evening>, Fault> {
    let sql = format!(
        "{EXPECTED} AND m.person_id = $1 AND (m.left_at IS NULL OR s.starts_at < m.left_at) ORDER BY s.starts_at DESC, s.id LIMIT {EVENINGS}"
    );
    Ok(all_opened(house, house.db.rows(&sql, values![person]).await?).await)
}

/// One member's evenings in this group.
pub async fn in_group(house: &House, group: i64, person: i64) -> Result<Vec<Evening>, Fault> {
    let sql = format!(
        "{EXPECTED} AND m.group_id = $1 AND m.person_id = $2 AND m.left_at IS NULL ORDER BY s.starts_at DESC, s.id LIMIT {EVENINGS}"
    );
    Ok(all_opened(house, house.db.rows(&sql, values![group, person]).await?).await)
}

/// Whether somebody pauses now: nobody asks after whoever said that they would be away.
pub async fn pauses(db: &Db, group: i64, person: i64, now: Moment) -> Result<bool, Fault> {
    let sql = "SELECT COUNT(*) AS n FROM membership WHERE group_id = $1 AND person_id = $2 AND left_at IS NULL AND paused_until > $3";
    Ok(db.number(sql, values![group, person, now]).await? > 0)
}

#[derive(Debug, Clone, Copy, Default, FromQueryResult)]
pub struct Counts {
    pub due: i64,
    pub done: i64,
}

/// Homework whose day came in the last four weeks; what was taken back was not left undone.
pub async fn homework(db: &Db, person: i64, now: Moment) -> Result<Counts, Fault> {
    let sql = "SELECT COUNT(*) AS due, COUNT(done_at) AS done FROM homework WHERE person_id = $1 AND given_by <> person_id AND due_at <= $2 AND due_at > $3
        AND (withdrawn_at IS NULL OR done_at IS NOT NULL)";
    Ok(db.row(sql, values![person, now, now.minus(DAY * 28)]).await?.unwrap_or_default())
}

/// Questionnaires whose day came in the last four weeks; what was taken back before its day was not left unanswered.
pub async fn asked(db: &Db, person: i64, now: Moment) -> Result<Counts, Fault> {
    let sql = "SELECT COUNT(*) AS due, COUNT(completed_at) AS done FROM measure WHERE person_id = $1 AND due_at <= $2 AND due_at > $3
        AND (withdrawn_at IS NULL OR withdrawn_at >= due_at)";
    Ok(db.row(sql, values![person, now, now.minus(DAY * 28)]).await?.unwrap_or_default())
}

/// One way through a group, for the figure.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Way {
    pub membership: i64,
    pub person_id: i64,
    pub group_id: i64,
    pub topic: String,
    pub first_at: Moment,
}

/// Everybody who was to begin before that moment, the earliest first. Who left before their first session has begun nothing.
pub async fn ways(db: &Db, before: Moment) -> Result<Vec<Way>, Fault> {
    let sql = "SELECT w.id AS membership, w.person_id, w.group_id, w.topic, w.first_at FROM (
            SELECT m.id, m.person_id, m.group_id, g.topic, m.left_at, MIN(s.starts_at) AS first_at
            FROM membership m JOIN groups g ON g.id = m.group_id
                JOIN session s ON s.group_id = m.group_id AND s.number >= m.first_number AND s.cancelled_at IS NULL
            WHERE m.part = 'member' GROUP BY m.id, m.person_id, m.group_id, g.topic, m.left_at) w
        WHERE w.first_at < $1 AND (w.left_at IS NULL OR w.left_at >= w.first_at) ORDER BY w.first_at, w.id";
    db.rows(sql, values![before]).await
}

/// That something was sent, without what.
#[derive(Debug, Clone, Copy, FromQueryResult)]
pub struct Sent {
    pub id: i64,
    pub person_id: i64,
    pub completed_at: Moment,
}

/// By person and time: nothing is opened to find the first and the last. What was asked after the end is counted apart.
pub async fn sent(db: &Db, slug: &str) -> Result<Vec<Sent>, Fault> {
    let sql = "SELECT id, person_id, completed_at FROM measure WHERE slug = $1 AND completed_at IS NOT NULL AND occasion NOT LIKE 'after-%'
        ORDER BY person_id, completed_at, id";
    db.rows(sql, values![slug]).await
}

/// Somebody was asked after the end, and it was sent or its day is over.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Later {
    pub id: i64,
    pub person_id: i64,
    pub occasion: String,
    pub completed_at: Option<Moment>,
}

/// The earliest first.
pub async fn later(db: &Db, slug: &str, now: Moment) -> Result<Vec<Later>, Fault> {
    let sql = "SELECT id, person_id, occasion, completed_at FROM measure
        WHERE slug = $1 AND occasion LIKE 'after-%' AND (completed_at IS NOT NULL OR due_at < $2) ORDER BY asked_at, id";
    db.rows(sql, values![slug, now]).await
}

#[derive(FromQueryResult)]
struct Card {
    session_id: i64,
    person_id: i64,
    answer_sealed: Vec<u8>,
}

/// How useful each found their sessions since then, by person.
pub async fn useful(house: &House, since: Moment) -> Result<Vec<Vec<u8>>, Fault> {
    let sql = "SELECT w.session_id, w.person_id, w.answer_sealed FROM session_answer w JOIN session s ON s.id = w.session_id
        WHERE s.starts_at > $1 AND EXISTS (SELECT 1 FROM membership m WHERE m.group_id = s.group_id AND m.person_id = w.person_id AND m.part = 'member')
        ORDER BY w.person_id";
    let rows: Vec<Card> = house.db.rows(sql, values![since]).await?;
    let mut all: Vec<(i64, Vec<u8>)> = Vec::new();
    for row in rows {
        let said = answer(house, row.session_id, row.person_id, &row.answer_sealed).await.closing.and_then(|closing| closing.useful);
        let Some(said) = said else { continue };
        match all.last_mut().filter(|(person, _)| *person == row.person_id) {
            Some((_, values)) => values.push(said),
            None => all.push((row.person_id, vec![said])),
        }
    }
    Ok(all.into_iter().map(|(_, values)| values).collect())
}

#[derive(FromQueryResult)]
struct Name {
    id: i64,
    name: String,
}

/// By number, as text.
pub async fn group_names(db: &Db) -> Result<HashMap<String, String>, Fault> {
    let rows: Vec<Name> = db.rows("SELECT id, name FROM groups", []).await?;
    Ok(rows.into_iter().map(|row| (row.id.to_string(), row.name)).collect())
}

/// The groups that somebody leads and this person is in, or was.
pub async fn led_together(db: &Db, leader: i64, person: i64) -> Result<Vec<i64>, Fault> {
    let sql = "SELECT l.group_id AS id, '' AS name FROM membership l JOIN membership m ON m.group_id = l.group_id AND m.part = 'member'
        WHERE l.person_id = $1 AND l.part = 'facilitator' AND l.left_at IS NULL AND m.person_id = $2";
    let rows: Vec<Name> = db.rows(sql, values![leader, person]).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}
