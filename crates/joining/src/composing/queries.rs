use ground::{Ask, Fault, Moment, Tx, sea_orm::FromQueryResult, values};

#[derive(Debug, Clone, FromQueryResult)]
pub struct Course {
    pub name: String,
    pub programme: String,
    pub capacity: i64,
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
    let sql = "SELECT g.name, g.programme, g.capacity, g.minimum, g.admission, g.admission_weeks, g.starts_on, g.ends_on, g.started_at,
            (SELECT COUNT(*) FROM membership m WHERE m.group_id = g.id AND m.part = 'member' AND m.left_at IS NULL) AS members
        FROM groups g WHERE g.id = $1";
    db.row(sql, values![group]).await
}

/// True for the one who starts it first.
pub async fn start(tx: &Tx, group: i64, now: Moment) -> Result<bool, Fault> {
    Ok(tx.run("UPDATE groups SET started_at = $1 WHERE id = $2 AND started_at IS NULL", values![now, group]).await? == 1)
}

pub struct Admits {
    pub minimum: i64,
    pub admission: String,
    pub weeks: String,
    pub starts_on: String,
    pub ends_on: String,
}

pub async fn set_admission(tx: &Tx, group: i64, a: Admits) -> Result<(), Fault> {
    let sql = "UPDATE groups SET minimum = $1, admission = $2, admission_weeks = $3, starts_on = $4, ends_on = $5 WHERE id = $6";
    tx.run(sql, values![a.minimum, a.admission, a.weeks, a.starts_on, a.ends_on, group]).await?;
    Ok(())
}
