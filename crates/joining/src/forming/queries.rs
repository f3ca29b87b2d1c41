use ground::{Ask, Db, Fault, Moment, Tx, sea_orm::FromQueryResult, values};

pub struct NewGroup {
    pub id: i64,
    pub name: String,
    pub topic: String,
    pub kind: String,
    pub weekday: i64,
    pub minute_of_day: i64,
    pub zone: String,
    pub minutes: i64,
    pub capacity: i64,
    pub language: String,
    pub programme: String,
    /// Whether it meets from its next day on; else it is still being formed.
    pub starts: bool,
}

pub async fn make(tx: &Tx, g: NewGroup, now: Moment) -> Result<(), Fault> {
    let sql = "INSERT INTO groups (id, name, topic, kind, weekday, minute_of_day, zone, minutes, capacity, language, programme, created_at, started_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
    let started_at = g.starts.then_some(now.0);
    let values = values![
        g.id,
        g.name,
        g.topic,
        g.kind,
        g.weekday,
        g.minute_of_day,
        g.zone,
        g.minutes,
        g.capacity,
        g.language,
        g.programme,
        now,
        started_at
    ];
    tx.run(sql, values).await?;
    Ok(())
}

#[derive(Debug, Clone, FromQueryResult)]
pub struct Found {
    pub id: i64,
    pub name: String,
    pub role: String,
}

pub async fn person(db: &Db, email: &str) -> Result<Option<Found>, Fault> {
    db.row("SELECT id, name, role FROM person WHERE email = $1 AND disabled_at IS NULL", values![email]).await
}
