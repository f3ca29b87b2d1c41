use ground::{Ask, Db, Fault, Language, Moment, Role, Tx, random_id, sea_orm::FromQueryResult, values};

#[derive(Debug, Clone, FromQueryResult)]
pub struct Person {
    pub name: String,
    pub email: String,
    pub role: String,
    pub has_password: i64,
}

pub async fn all(db: &Db) -> Result<Vec<Person>, Fault> {
    let sql = "SELECT name, email, role, CAST(CASE WHEN password_hash IS NULL THEN 0 ELSE 1 END AS BIGINT) AS has_password FROM person
        WHERE disabled_at IS NULL ORDER BY role, name LIMIT 1000";
    db.rows(sql, []).await
}

pub struct New<'a> {
    pub name: &'a str,
    pub email: &'a str,
    pub role: Role,
    pub zone: &'a str,
    pub language: Language,
}

/// `None` if somebody has this address already.
pub async fn add(tx: &Tx, new: New<'_>, now: Moment) -> Result<Option<i64>, Fault> {
    let id = random_id();
    let sql =
        "INSERT INTO person (id, email, name, role, zone, language, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING";
    let added = tx.run(sql, values![id, new.email, new.name, new.role.word(), new.zone, new.language.code(), now]).await?;
    Ok((added == 1).then_some(id))
}
