use ground::{Ask, Fault, sea_orm::FromQueryResult, values};

#[derive(Debug, Clone, FromQueryResult)]
pub struct Named {
    pub id: i64,
    pub free: i64,
}

/// Groups of that name, whatever the case of its letters beyond ASCII; two of one name are told apart by nobody.
pub async fn groups_named(db: &(impl Ask + Sync), name: &str) -> Result<Vec<Named>, Fault> {
    db.rows(
        "SELECT id, capacity - taken AS free FROM groups g WHERE lower(name) = lower($1)
        AND NOT EXISTS (SELECT 1 FROM peer_group h WHERE h.group_id = g.id)",
        values![name],
    )
    .await
}

/// The role of whoever has this address.
pub async fn role_of(db: &(impl Ask + Sync), email: &str) -> Result<Option<(i64, String)>, Fault> {
    #[derive(FromQueryResult)]
    struct Known {
        id: i64,
        role: String,
    }
    let known: Option<Known> = db.row("SELECT id, role FROM person WHERE email = $1 AND disabled_at IS NULL", values![email]).await?;
    Ok(known.map(|known| (known.id, known.role)))
}
