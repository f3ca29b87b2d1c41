use ground::{Ask, Db, Fault, Tx, sea_orm::FromQueryResult, values};

#[derive(FromQueryResult)]
pub struct Account {
    pub id: i64,
    pub role: String,
    pub password_hash: Option<String>,
}

pub async fn account(db: &Db, email: &str) -> Result<Option<Account>, Fault> {
    db.row("SELECT id, role, password_hash FROM person WHERE email = $1 AND disabled_at IS NULL", values![email]).await
}

pub async fn forget_failures(tx: &Tx, subject: &str) -> Result<(), Fault> {
    tx.run("DELETE FROM sign_in_failure WHERE subject = $1", values![subject]).await?;
    Ok(())
}

pub async fn raise_hash(tx: &Tx, person: i64, hash: String) -> Result<(), Fault> {
    tx.run("UPDATE person SET password_hash = $1 WHERE id = $2", values![hash, person]).await?;
    Ok(())
}
