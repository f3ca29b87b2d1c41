use std::collections::BTreeMap;

use ground::{Ask, Db, Fault, Moment, Tx, peer, sea_orm::FromQueryResult, values};

use super::series::{Group, Planned};

/// Whose address this is; nobody's once it is replaced, revoked, or the person is gone.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Owner {
    pub person_id: i64,
    pub language: String,
    pub made_at: Moment,
}

pub async fn owner(db: &Db, token_hash: Vec<u8>) -> Result<Option<Owner>, Fault> {
    let sql = "SELECT f.person_id, p.language, f.made_at FROM calendar_feed f JOIN person p ON p.id = f.person_id
        WHERE f.token_hash = $1 AND f.revoked_at IS NULL AND p.disabled_at IS NULL";
    db.row(sql, values![token_hash]).await
}

#[derive(FromQueryResult)]
struct Made {
    made_at: Moment,
}

/// Since when this person has an address that works.
pub async fn made_at(db: &Db, person: i64) -> Result<Option<Moment>, Fault> {
    let sql = "SELECT made_at FROM calendar_feed WHERE person_id = $1 AND revoked_at IS NULL ORDER BY made_at DESC LIMIT 1";
    Ok(db.row::<Made>(sql, values![person]).await?.map(|made| made.made_at))
}

pub async fn revoke(tx: &Tx, person: i64, now: Moment) -> Result<bool, Fault> {
    let sql = "UPDATE calendar_feed SET revoked_at = $1 WHERE person_id = $2 AND revoked_at IS NULL";
    Ok(tx.run(sql, values![now, person]).await? > 0)
}

pub async fn make(tx: &Tx, token_hash: Vec<u8>, person: i64, now: Moment) -> Result<(), Fault> {
    tx.run("INSERT INTO calendar_feed (token_hash, person_id, made_at) VALUES ($1, $2, $3)", values![token_hash, person, now]).await?;
    Ok(())
}

#[derive(FromQueryResult)]
struct Row {
    group_id: i64,
    zone: String,
    weekday: i64,
    minute_of_day: i64,
    id: i64,
    slot: Moment,
    starts_at: Moment,
    minutes: i64,
    cancelled: i64,
    changes: i64,
}

#[derive(FromQueryResult)]
struct More {
    group_id: i64,
    weekday: i64,
    minute_of_day: i64,
}

/// The sessions of this person's groups, from the day they joined on.
pub async fn groups(db: &Db, person: i64) -> Result<Vec<Group>, Fault> {
    let sql = "SELECT g.id AS group_id, g.zone, g.weekday, g.minute_of_day, s.id, COALESCE(s.moved_from, s.starts_at) AS slot, s.starts_at, s.minutes,
            CAST(CASE WHEN s.cancelled_at IS NULL THEN 0 ELSE 1 END AS BIGINT) AS cancelled, s.changes
        FROM session s JOIN groups g ON g.id = s.group_id JOIN membership m ON m.group_id = g.id
        WHERE m.person_id = $1 AND m.left_at IS NULL AND s.starts_at >= m.joined_at ORDER BY g.id, slot, s.id";
    let rows: Vec<Row> = db.rows(sql, values![person]).await?;
    let sql = "SELECT t.group_id, t.weekday, t.minute_of_day FROM group_time t JOIN membership m ON m.group_id = t.group_id
        WHERE m.person_id = $1 AND m.left_at IS NULL ORDER BY t.weekday, t.minute_of_day";
    let more: Vec<More> = db.rows(sql, values![person]).await?;
    let time = |weekday: i64, minute: i64| (i8::try_from(weekday).unwrap_or(0), i16::try_from(minute).unwrap_or(0));
    let mut groups: BTreeMap<i64, Group> = BTreeMap::new();
    for row in rows {
        let group = groups.entry(row.group_id).or_insert_with(|| Group {
            id: row.group_id,
            zone: row.zone,
            times: vec![time(row.weekday, row.minute_of_day)],
            sessions: Vec::new(),
        });
        group.sessions.push(Planned {
            id: row.id,
            slot: row.slot.timestamp(),
            start: row.starts_at.timestamp(),
            minutes: row.minutes,
            cancelled: row.cancelled == 1,
            changes: row.changes,
        });
    }
    for one in more {
        if let Some(group) = groups.get_mut(&one.group_id) {
            group.times.push(time(one.weekday, one.minute_of_day));
        }
    }
    Ok(groups.into_values().collect())
}

#[derive(FromQueryResult)]
struct AppointmentRow {
    id: i64,
    zone: String,
    starts_at: Moment,
    minutes: i64,
    cancelled: i64,
    changes: i64,
}

/// Appointments that this person has or leads, each with its zone.
pub async fn appointments(db: &Db, person: i64) -> Result<Vec<(String, Planned)>, Fault> {
    let sql = "SELECT p.id, p.zone, p.starts_at, p.minutes, CAST(CASE WHEN p.cancelled_at IS NULL THEN 0 ELSE 1 END AS BIGINT) AS cancelled, p.changes
        FROM appointment p WHERE p.leader_id = $1
            OR EXISTS (SELECT 1 FROM appointment_person w WHERE w.appointment_id = p.id AND w.person_id = $1) ORDER BY p.starts_at, p.id";
    let rows: Vec<AppointmentRow> = db.rows(sql, values![person]).await?;
    let planned = |row: AppointmentRow| {
        let start = row.starts_at.timestamp();
        (row.zone, Planned { id: row.id, slot: start, start, minutes: row.minutes, cancelled: row.cancelled == 1, changes: row.changes })
    };
    let mut all: Vec<(String, Planned)> = rows.into_iter().map(planned).collect();
    // Check-ins among members have no rhythm either.
    for check in peer::of_person(db, person, Moment(0), Moment(i64::MAX)).await? {
        let start = check.starts_at.timestamp();
        let planned = Planned { id: check.session_id, slot: start, start, minutes: check.minutes, cancelled: false, changes: 0 };
        all.push((check.zone, planned));
    }
    Ok(all)
}
