use ground::{Ask, Db, Fault, Moment, Tx, sea_orm::FromQueryResult, values};

#[derive(Debug, Clone, FromQueryResult)]
pub struct Found {
    pub id: i64,
    pub name: String,
    pub role: String,
}

pub async fn by_email(db: &Db, email: &str) -> Result<Option<Found>, Fault> {
    db.row("SELECT id, name, role FROM person WHERE email = $1 AND disabled_at IS NULL", values![email]).await
}

/// Members of the groups that somebody leads.
pub async fn of_own_groups(db: &Db, leader: i64) -> Result<Vec<Found>, Fault> {
    let sql = "SELECT DISTINCT p.id, p.name, p.role FROM membership l JOIN membership m ON m.group_id = l.group_id JOIN person p ON p.id = m.person_id
        WHERE l.person_id = $1 AND l.part = 'facilitator' AND l.left_at IS NULL AND m.part = 'member' AND m.left_at IS NULL
            AND p.disabled_at IS NULL ORDER BY p.name, p.id";
    db.rows(sql, values![leader]).await
}

#[derive(Debug, Clone)]
pub struct New {
    pub id: i64,
    pub kind: String,
    pub leader: i64,
    pub zone: String,
    pub starts_at: Moment,
    pub minutes: i64,
    pub people: Vec<i64>,
}

pub async fn make(tx: &Tx, new: &New, now: Moment) -> Result<(), Fault> {
    let sql = "INSERT INTO appointment (id, kind, leader_id, zone, starts_at, minutes, made_at) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    tx.run(sql, values![new.id, new.kind.clone(), new.leader, new.zone.clone(), new.starts_at, new.minutes, now]).await?;
    for person in &new.people {
        let sql = "INSERT INTO appointment_person (appointment_id, person_id) VALUES ($1, $2) ON CONFLICT DO NOTHING";
        tx.run(sql, values![new.id, *person]).await?;
    }
    Ok(())
}

#[derive(Debug, Clone, FromQueryResult)]
pub struct Appointment {
    pub id: i64,
    pub kind: String,
    pub leader_id: i64,
    pub leader: String,
    pub starts_at: Moment,
    pub minutes: i64,
    pub cancelled_at: Option<Moment>,
    pub changes: i64,
}

/// An appointment that this person has or leads; with `office`, any.
pub async fn one(db: &Db, id: i64, person: i64, office: bool) -> Result<Option<Appointment>, Fault> {
    let sql = "SELECT a.id, a.kind, a.leader_id, p.name AS leader, a.starts_at, a.minutes, a.cancelled_at, a.changes
        FROM appointment a JOIN person p ON p.id = a.leader_id WHERE a.id = $1 AND ($3 = 1 OR a.leader_id = $2
            OR EXISTS (SELECT 1 FROM appointment_person w WHERE w.appointment_id = a.id AND w.person_id = $2))";
    db.row(sql, values![id, person, i64::from(office)]).await
}

pub async fn people(db: &(impl Ask + Sync), id: i64) -> Result<Vec<Found>, Fault> {
    let sql = "SELECT p.id, p.name, p.role FROM appointment_person w JOIN person p ON p.id = w.person_id
        WHERE w.appointment_id = $1 ORDER BY p.name, p.id";
    db.rows(sql, values![id]).await
}

pub async fn cancel(tx: &Tx, id: i64, now: Moment) -> Result<bool, Fault> {
    let sql = "UPDATE appointment SET cancelled_at = $1, changes = changes + 1 WHERE id = $2 AND cancelled_at IS NULL AND starts_at > $1";
    Ok(tx.run(sql, values![now, id]).await? == 1)
}
