use care::schedule::{Busy, Free};
use ground::{
    Ask, Db, Fault, Moment,
    peer::{self, Check},
    sea_orm::FromQueryResult,
    values,
};

/// One thing in somebody's calendar.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Entry {
    pub id: i64,
    /// The name of the group; empty for an appointment.
    pub title: String,
    /// `session`, or the kind of the appointment.
    pub kind: String,
    pub zone: String,
    pub starts_at: Moment,
    pub minutes: i64,
    pub state: String,
    pub cancelled_at: Option<Moment>,
    pub moved_from: Option<Moment>,
    pub part: String,
    /// What the reader said about coming: `cannot`, `late` or nothing.
    pub absence: String,
    pub absence_minutes: i64,
}

impl From<Check> for Entry {
    fn from(check: Check) -> Entry {
        Entry {
            id: check.session_id,
            title: check.parent_name,
            kind: "peer".into(),
            zone: check.zone,
            starts_at: check.starts_at,
            minutes: check.minutes,
            state: check.state,
            cancelled_at: None,
            moved_from: None,
            part: "member".into(),
            absence: String::new(),
            absence_minutes: 0,
        }
    }
}

/// My sessions and appointments in that time. Of a group one does not lead only what is after one joined, or where one was.
pub async fn own(db: &Db, person: i64, from: Moment, to: Moment) -> Result<Vec<Entry>, Fault> {
    let sql =
        "SELECT s.id, g.name AS title, 'session' AS kind, g.zone, s.starts_at, s.minutes, s.state, s.cancelled_at, s.moved_from, m.part,
            COALESCE(a.kind, '') AS absence, COALESCE(a.minutes, 0) AS absence_minutes
        FROM session s JOIN groups g ON g.id = s.group_id JOIN membership m ON m.group_id = g.id
            LEFT JOIN absence a ON a.session_id = s.id AND a.person_id = m.person_id
        WHERE m.person_id = $1 AND m.left_at IS NULL AND s.starts_at >= $2 AND s.starts_at < $3
            AND (m.part = 'facilitator' OR s.starts_at >= m.joined_at OR EXISTS (SELECT 1 FROM attendance t WHERE t.session_id = s.id AND t.person_id = $1))
        ORDER BY s.starts_at";
    let mut all: Vec<Entry> = db.rows(sql, values![person, from, to]).await?;
    let sql = "SELECT p.id, '' AS title, p.kind, p.zone, p.starts_at, p.minutes, 'planned' AS state, p.cancelled_at, CAST(NULL AS BIGINT) AS moved_from,
            CASE WHEN p.leader_id = $1 THEN 'facilitator' ELSE 'member' END AS part, '' AS absence, CAST(0 AS BIGINT) AS absence_minutes
        FROM appointment p WHERE p.starts_at >= $2 AND p.starts_at < $3
            AND (p.leader_id = $1 OR EXISTS (SELECT 1 FROM appointment_person w WHERE w.appointment_id = p.id AND w.person_id = $1))";
    all.extend(db.rows::<Entry>(sql, values![person, from, to]).await?);
    all.extend(peer::of_person(db, person, from, to).await?.into_iter().map(Entry::from));
    all.sort_by_key(|entry| entry.starts_at);
    Ok(all)
}

/// Everything that is in that time, for the office.
pub async fn all(db: &Db, from: Moment, to: Moment) -> Result<Vec<Entry>, Fault> {
    let sql = "SELECT s.id, g.name AS title, 'session' AS kind, g.zone, s.starts_at, s.minutes, s.state, s.cancelled_at, s.moved_from,
            'office' AS part, '' AS absence, CAST(0 AS BIGINT) AS absence_minutes
        FROM session s JOIN groups g ON g.id = s.group_id WHERE s.starts_at >= $1 AND s.starts_at < $2
            AND NOT EXISTS (SELECT 1 FROM peer_group h WHERE h.group_id = g.id) ORDER BY s.starts_at, g.name";
    let mut all: Vec<Entry> = db.rows(sql, values![from, to]).await?;
    let sql = "SELECT p.id, '' AS title, p.kind, p.zone, p.starts_at, p.minutes, 'planned' AS state, p.cancelled_at, CAST(NULL AS BIGINT) AS moved_from,
            'office' AS part, '' AS absence, CAST(0 AS BIGINT) AS absence_minutes
        FROM appointment p WHERE p.starts_at >= $1 AND p.starts_at < $2";
    all.extend(db.rows::<Entry>(sql, values![from, to]).await?);
    all.sort_by_key(|entry| entry.starts_at);
    Ok(all)
}

/// Somebody who is needed for a session or an appointment.
#[derive(Debug, Clone, FromQueryResult)]
pub struct BusyRow {
    pub person_id: i64,
    pub object: i64,
    pub starts_at: Moment,
    pub minutes: i64,
}

impl BusyRow {
    pub fn busy(&self) -> Busy {
        let end = Moment(self.starts_at.0 + self.minutes * 60_000_000);
        Busy { person: self.person_id, from: self.starts_at.timestamp(), to: end.timestamp() }
    }
}

/// Who is needed where, of what begins in that time and was not cancelled; of everybody with 0.
pub async fn busy(db: &Db, person: i64, from: Moment, to: Moment) -> Result<Vec<BusyRow>, Fault> {
    let sql = "SELECT m.person_id, s.id AS object, s.starts_at, s.minutes FROM session s JOIN membership m ON m.group_id = s.group_id
        WHERE m.left_at IS NULL AND m.part IN ('facilitator', 'member') AND s.cancelled_at IS NULL AND s.state <> 'ended'
            AND s.starts_at >= $2 AND s.starts_at < $3 AND ($1 = 0 OR m.person_id = $1)
        UNION ALL SELECT w.person_id, p.id, p.starts_at, p.minutes FROM appointment p JOIN appointment_person w ON w.appointment_id = p.id
        WHERE p.cancelled_at IS NULL AND p.starts_at >= $2 AND p.starts_at < $3 AND ($1 = 0 OR w.person_id = $1)
        UNION ALL SELECT p.leader_id, p.id, p.starts_at, p.minutes FROM appointment p
        WHERE p.cancelled_at IS NULL AND p.starts_at >= $2 AND p.starts_at < $3 AND ($1 = 0 OR p.leader_id = $1)";
    db.rows(sql, values![person, from, to]).await
}

#[derive(FromQueryResult)]
struct FreeRow {
    person_id: i64,
    weekday: i64,
    from_minute: i64,
    to_minute: i64,
    zone: String,
}

/// When the people of a group said that they can.
pub async fn free(db: &Db, group: i64) -> Result<Vec<Free>, Fault> {
    let sql = "SELECT a.person_id, a.weekday, a.from_minute, a.to_minute, p.zone FROM availability a JOIN person p ON p.id = a.person_id
        JOIN membership m ON m.person_id = a.person_id WHERE m.group_id = $1 AND m.left_at IS NULL";
    let rows: Vec<FreeRow> = db.rows(sql, values![group]).await?;
    let free = |row: FreeRow| {
        Some(Free {
            person: row.person_id,
            weekday: i8::try_from(row.weekday).ok()?,
            from_minute: i16::try_from(row.from_minute).ok()?,
            to_minute: i16::try_from(row.to_minute).ok()?,
            zone: row.zone,
        })
    };
    Ok(rows.into_iter().filter_map(free).collect())
}

#[derive(Debug, Clone, FromQueryResult)]
pub struct Holiday {
    pub day: String,
    pub name: String,
}

pub async fn holidays(db: &Db) -> Result<Vec<Holiday>, Fault> {
    db.rows("SELECT day, name FROM holiday ORDER BY day", []).await
}
