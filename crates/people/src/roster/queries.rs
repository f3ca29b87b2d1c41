use ground::{Ask, Db, Fault, sea_orm::FromQueryResult};

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
