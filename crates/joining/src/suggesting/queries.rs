use ground::{Ask, Db, Fault, sea_orm::FromQueryResult};

/// An authority of somebody who could lead a new group.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Held {
    pub person_id: i64,
    pub name: String,
    pub kind: String,
    pub jurisdiction: String,
    pub valid_from: String,
    pub valid_to: String,
}

pub async fn held(db: &Db) -> Result<Vec<Held>, Fault> {
    let sql =
        "SELECT a.person_id, p.name, a.kind, a.jurisdiction, a.valid_from, a.valid_to FROM authority a JOIN person p ON p.id = a.person_id
        WHERE p.disabled_at IS NULL AND p.role = 'clinician' ORDER BY p.name, a.person_id";
    db.rows(sql, []).await
}
