use ground::{Ask, Fault, Moment, Tx, sea_orm::FromQueryResult, values};

#[derive(Debug, Clone, FromQueryResult)]
pub struct Course {
    pub name: String,
    pub programme: String,
    pub kind: String,
    pub capacity: i64,
    /// Seats that somebody has, or that are kept for somebody.
    pub taken: i64,
    pub minimum: i64,
    pub admission: String,
    pub admission_weeks: String,
    pub starts_on: String,
    pub ends_on: String,
    pub started_at: Option<Moment>,
    /// Seated already, without those whose seat is only kept.
    pub members: i64,
}

pub async fn course(db: &(impl Ask + Sync), group: i64) -> Result<Option<Course>, Fault> {
    let sql = "SELECT g.name, g.programme, g.kind, g.capacity, g.taken, g.minimum, g.admission, g.admission_weeks, g.starts_on, g.ends_on, g.started_at,
            (SELECT COUNT(*) FROM membership m WHERE m.group_id = g.id AND m.part = 'member' AND m.left_at IS NULL) AS members
        FROM groups g WHERE g.id = $1";
    db.row(sql, values![group]).await
}

/// True for the one who starts it first.
pub async fn start(tx: &Tx, group: i64, now: Moment) -> Result<bool, Fault> {
    Ok(tx.run("UPDATE groups SET started_at = $1 WHERE id = $2 AND started_at IS NULL", values![now, group]).await? == 1)
}

pub struct Admits {
    pub capacity: i64,
    pub minimum: i64,
    pub admission: String,
    pub weeks: String,
    pub starts_on: String,
    pub ends_on: String,
}

/// False if more seats are taken by now than there would be.
pub async fn set_admission(tx: &Tx, group: i64, a: Admits) -> Result<bool, Fault> {
    let sql = "UPDATE groups SET minimum = $1, admission = $2, admission_weeks = $3, starts_on = $4, ends_on = $5, capacity = $6
        WHERE id = $7 AND taken <= $6";
    Ok(tx.run(sql, values![a.minimum, a.admission, a.weeks, a.starts_on, a.ends_on, a.capacity, group]).await? == 1)
}
