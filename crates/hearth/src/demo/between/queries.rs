use std::collections::HashMap;

use ground::{Ask, Db, Fault, Moment, Tx, sea_orm::FromQueryResult, values};

pub async fn has_written(db: &Db) -> Result<bool, Fault> {
    let sql = "SELECT COUNT(*) AS n FROM (SELECT id FROM message UNION ALL SELECT id FROM series_note) AS written";
    Ok(db.number(sql, []).await? > 0)
}

#[derive(FromQueryResult)]
struct Person {
    id: i64,
    name: String,
}

pub async fn people(db: &Db) -> Result<HashMap<String, i64>, Fault> {
    let rows: Vec<Person> = db.rows("SELECT id, name FROM person", []).await?;
    Ok(rows.into_iter().map(|one| (one.name, one.id)).collect())
}

pub async fn group(db: &Db, name: &str) -> Result<i64, Fault> {
    db.number("SELECT id AS n FROM groups WHERE name = $1", values![name]).await
}

#[derive(FromQueryResult)]
struct Id {
    id: i64,
}

/// Members and leaders of a group.
pub async fn readers(db: &Db, group: i64) -> Result<Vec<i64>, Fault> {
    let sql = "SELECT person_id AS id FROM membership WHERE group_id = $1 AND part IN ('member', 'facilitator') AND left_at IS NULL";
    Ok(db.rows::<Id>(sql, values![group]).await?.into_iter().map(|row| row.id).collect())
}

/// Since when everybody has been in their groups.
pub async fn came(tx: &Tx, at: Moment) -> Result<(), Fault> {
    tx.run("UPDATE membership SET joined_at = $1 WHERE joined_at > $1", values![at]).await?;
    Ok(())
}
