use std::time::Duration;

use ground::{Ask, Db, Fault, Moment, Tx, sea_orm::FromQueryResult, values};

/// So many bad tries within the window, then a pause. A stranger can slow somebody down, never lock them out.
const MOST_FAILURES: i64 = 10;
const WINDOW: Duration = Duration::from_secs(15 * 60);

#[derive(FromQueryResult)]
pub struct Account {
    pub id: i64,
    pub role: String,
    pub password_hash: Option<String>,
}

pub async fn account(db: &Db, email: &str) -> Result<Option<Account>, Fault> {
    db.row("SELECT id, role, password_hash FROM person WHERE email = $1 AND disabled_at IS NULL", values![email]).await
}

pub async fn too_many_failures(db: &Db, subjects: &[String], now: Moment) -> Result<bool, Fault> {
    for subject in subjects {
        let sql = "SELECT COUNT(*) AS n FROM sign_in_failure WHERE subject = $1 AND at > $2";
        if db.number(sql, values![subject.clone(), now.minus(WINDOW)]).await? >= MOST_FAILURES {
            return Ok(true);
        }
    }
    Ok(false)
}

pub async fn note_failure(tx: &Tx, subjects: &[String], now: Moment) -> Result<(), Fault> {
    for subject in subjects {
        tx.run("INSERT INTO sign_in_failure (subject, at) VALUES ($1, $2)", values![subject.clone(), now]).await?;
    }
    tx.run("DELETE FROM sign_in_failure WHERE at < $1", values![now.minus(WINDOW)]).await?;
    Ok(())
}

pub async fn forget_failures(tx: &Tx, subject: &str) -> Result<(), Fault> {
    tx.run("DELETE FROM sign_in_failure WHERE subject = $1", values![subject]).await?;
    Ok(())
}

pub async fn raise_hash(tx: &Tx, person: i64, hash: String) -> Result<(), Fault> {
    tx.run("UPDATE person SET password_hash = $1 WHERE id = $2", values![hash, person]).await?;
    Ok(())
}
