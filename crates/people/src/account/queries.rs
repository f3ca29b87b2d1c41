use ground::{Ask, Db, Fault, Moment, Tx, sea_orm::FromQueryResult, sign_in, values};

#[derive(Debug, Clone, FromQueryResult)]
pub struct Device {
    pub id: i64,
    pub device: String,
    pub seen_at: Moment,
}

pub async fn devices(db: &Db, person: i64, now: Moment) -> Result<Vec<Device>, Fault> {
    let sql = "SELECT id, device, seen_at FROM sign_in WHERE person_id = $1 AND revoked_at IS NULL AND ends_at > $2 ORDER BY seen_at DESC";
    db.rows(sql, values![person, now]).await
}

#[derive(FromQueryResult)]
struct Stored {
    password_hash: Option<String>,
}

pub async fn password_hash(db: &Db, person: i64) -> Result<Option<String>, Fault> {
    let row: Option<Stored> = db.row("SELECT password_hash FROM person WHERE id = $1", values![person]).await?;
    Ok(row.and_then(|row| row.password_hash))
}

pub async fn set_zone(tx: &Tx, person: i64, zone: &str) -> Result<(), Fault> {
    tx.run("UPDATE person SET zone = $1 WHERE id = $2", values![zone, person]).await?;
    Ok(())
}

/// Sets the password and signs every other device out.
pub async fn set_password(tx: &Tx, person: i64, keep: i64, hash: String, now: Moment) -> Result<(), Fault> {
    tx.run("UPDATE person SET password_hash = $1 WHERE id = $2", values![hash, person]).await?;
    sign_in::revoke_others(tx, person, keep, now).await
}
