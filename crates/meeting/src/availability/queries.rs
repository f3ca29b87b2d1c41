use ground::{Ask, Fault, Tx, random_id, sea_orm::FromQueryResult, values};

#[derive(Debug, Clone, FromQueryResult)]
pub struct Window {
    pub id: i64,
    pub weekday: i64,
    pub from_minute: i64,
    pub to_minute: i64,
}

pub async fn of(db: &(impl Ask + Sync), person: i64) -> Result<Vec<Window>, Fault> {
    let sql = "SELECT id, weekday, from_minute, to_minute FROM availability WHERE person_id = $1 ORDER BY weekday, from_minute, to_minute";
    db.rows(sql, values![person]).await
}

pub async fn add(tx: &Tx, person: i64, weekday: i64, from: i64, to: i64) -> Result<(), Fault> {
    let sql = "INSERT INTO availability (id, person_id, weekday, from_minute, to_minute) VALUES ($1, $2, $3, $4, $5)";
    tx.run(sql, values![random_id(), person, weekday, from, to]).await?;
    Ok(())
}

pub async fn remove(tx: &Tx, person: i64, id: i64) -> Result<bool, Fault> {
    Ok(tx.run("DELETE FROM availability WHERE id = $1 AND person_id = $2", values![id, person]).await? == 1)
}
