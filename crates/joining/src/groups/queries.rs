use ground::{Ask, Db, Fault, Me, Moment, Tx, sea_orm::FromQueryResult, values};

#[derive(Debug, Clone, FromQueryResult)]
pub struct Group {
    pub id: i64,
    pub name: String,
    pub topic: String,
    pub kind: String,
    pub weekday: i64,
    pub minute_of_day: i64,
    pub zone: String,
    pub minutes: i64,
    pub capacity: i64,
    pub taken: i64,
}

const FIELDS: &str =
    "SELECT g.id, g.name, g.topic, g.kind, g.weekday, g.minute_of_day, g.zone, g.minutes, g.capacity, g.taken FROM groups g";

/// My groups; every group for the office. Family sessions are none of them: they have no rhythm, and stand with their member.
pub async fn mine(db: &Db, me: &Me) -> Result<Vec<Group>, Fault> {
    let sql = format!(
        "{FIELDS} WHERE ($2 OR EXISTS (SELECT 1 FROM membership m WHERE m.group_id = g.id AND m.person_id = $1 AND m.left_at IS NULL))
            AND NOT EXISTS (SELECT 1 FROM family_group f WHERE f.group_id = g.id)
            AND NOT EXISTS (SELECT 1 FROM peer_group h WHERE h.group_id = g.id) ORDER BY g.weekday, g.minute_of_day"
    );
    db.rows(&sql, values![me.id, me.role.is_office()]).await
}

pub async fn group(db: &Db, id: i64) -> Result<Option<Group>, Fault> {
    db.row(&format!("{FIELDS} WHERE g.id = $1"), values![id]).await
}

#[derive(Debug, Clone, FromQueryResult)]
pub struct Session {
    pub id: i64,
    pub number: i64,
    pub starts_at: Moment,
    pub state: String,
}

/// The last sessions and the next one, the newest first. All that are planned stand in the calendar.
pub async fn sessions(db: &Db, group: i64, now: Moment) -> Result<Vec<Session>, Fault> {
    let sql = "SELECT id, number, starts_at, state FROM session WHERE group_id = $1 AND cancelled_at IS NULL
        AND (state <> 'planned' OR starts_at <= COALESCE((SELECT MIN(starts_at) FROM session
            WHERE group_id = $1 AND state = 'planned' AND cancelled_at IS NULL AND starts_at > $2), 0)) ORDER BY starts_at DESC LIMIT 12";
    db.rows(sql, values![group, now]).await
}

pub async fn set_display_name(tx: &Tx, group: i64, person: i64, name: &str) -> Result<bool, Fault> {
    let sql = "UPDATE membership SET display_name = $1 WHERE group_id = $2 AND person_id = $3 AND left_at IS NULL";
    Ok(tx.run(sql, values![name, group, person]).await? == 1)
}

#[derive(FromQueryResult)]
struct Name {
    display_name: String,
}

/// The names that are taken for this person. Compared by `care::names`, since SQLite's lower() knows no letter beyond ASCII.
pub async fn other_names(tx: &Tx, group: i64, person: i64) -> Result<Vec<String>, Fault> {
    let sql = "SELECT display_name FROM membership WHERE group_id = $1 AND person_id <> $2 AND left_at IS NULL";
    let others: Vec<Name> = tx.rows(sql, values![group, person]).await?;
    Ok(others.into_iter().map(|other| other.display_name).collect())
}
