use care::on_call::Shift;
use ground::{Ask, Db, Fault, Tx, random_id, sea_orm::FromQueryResult, values};

#[derive(Debug, Clone, FromQueryResult)]
pub struct Row {
    pub id: i64,
    pub name: String,
    pub weekday: i64,
    pub from_minute: i64,
    pub to_minute: i64,
}

pub async fn rows(db: &Db) -> Result<Vec<Row>, Fault> {
    let sql = "SELECT s.id, p.name, s.weekday, s.from_minute, s.to_minute FROM on_call s
        JOIN person p ON p.id = s.person_id AND p.disabled_at IS NULL ORDER BY s.weekday, s.from_minute, p.name";
    db.rows(sql, []).await
}

#[derive(Debug, Clone, FromQueryResult)]
pub struct Candidate {
    pub id: i64,
    pub name: String,
}

/// Who may be on call: clinicians, support specialists and the office.
pub async fn candidates(db: &Db) -> Result<Vec<Candidate>, Fault> {
    let sql = "SELECT id, name FROM person WHERE disabled_at IS NULL AND role IN ('clinician', 'support_specialist', 'coordinator', 'administrator') ORDER BY name";
    db.rows(sql, []).await
}

pub async fn add(tx: &Tx, shift: &Shift) -> Result<(), Fault> {
    let sql = "INSERT INTO on_call (id, person_id, weekday, from_minute, to_minute) VALUES ($1, $2, $3, $4, $5)";
    let (weekday, from, to) = (i64::from(shift.weekday), i64::from(shift.from), i64::from(shift.to));
    tx.run(sql, values![random_id(), shift.person, weekday, from, to]).await?;
    Ok(())
}

pub async fn remove(tx: &Tx, id: i64) -> Result<bool, Fault> {
    Ok(tx.run("DELETE FROM on_call WHERE id = $1", values![id]).await? == 1)
}
