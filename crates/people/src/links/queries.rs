use ground::{Ask, Db, Fault, Language, Moment, Tx, random_id, sea_orm::FromQueryResult, seal, values};

#[derive(FromQueryResult)]
pub struct Link {
    pub person_id: i64,
    pub kind: String,
}

pub async fn open(db: &(impl Ask + Sync), token: &str, now: Moment) -> Result<Option<Link>, Fault> {
    let sql = "SELECT l.person_id, l.kind FROM link l JOIN person p ON p.id = l.person_id
        WHERE l.token_hash = $1 AND l.used_at IS NULL AND l.ends_at > $2 AND p.disabled_at IS NULL";
    db.row(sql, values![seal::hash(token), now]).await
}

/// Whoever has chosen a password needs no older link any more, and nobody who finds one should.
pub async fn use_up_others(tx: &Tx, person: i64, now: Moment) -> Result<(), Fault> {
    tx.run("UPDATE link SET used_at = $1 WHERE person_id = $2 AND used_at IS NULL", values![now, person]).await?;
    Ok(())
}

/// True for the one who comes first.
pub async fn use_up(tx: &Tx, token: &str, now: Moment) -> Result<bool, Fault> {
    let sql = "UPDATE link SET used_at = $1 WHERE token_hash = $2 AND used_at IS NULL AND ends_at > $1";
    Ok(tx.run(sql, values![now, seal::hash(token)]).await? == 1)
}

pub async fn set_password(tx: &Tx, person: i64, hash: String) -> Result<(), Fault> {
    tx.run("UPDATE person SET password_hash = $1 WHERE id = $2", values![hash, person]).await?;
    Ok(())
}

pub async fn set_language(tx: &Tx, person: i64, language: Language) -> Result<(), Fault> {
    tx.run("UPDATE person SET language = $1 WHERE id = $2", values![language.code(), person]).await?;
    Ok(())
}

#[derive(FromQueryResult)]
struct Known {
    id: i64,
    role: String,
}

pub async fn role_by_email(db: &Db, email: &str) -> Result<Option<(i64, String)>, Fault> {
    let known: Option<Known> = db.row("SELECT id, role FROM person WHERE email = $1", values![email]).await?;
    Ok(known.map(|known| (known.id, known.role)))
}

pub async fn make_administrator(tx: &Tx, email: &str, zone: &str, now: Moment) -> Result<i64, Fault> {
    let id = random_id();
    let sql = "INSERT INTO person (id, email, name, role, zone, created_at) VALUES ($1, $2, $2, 'administrator', $3, $4)";
    tx.run(sql, values![id, email, zone, now]).await?;
    Ok(id)
}
