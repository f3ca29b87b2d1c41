use ground::{Ask, Db, Fault, Moment, Tx, sea_orm::FromQueryResult, values};

/// Where somebody stands with their group.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Standing {
    pub group_name: String,
    pub person: String,
    pub display_name: String,
    pub paused_until: Option<Moment>,
    pub leaves_after: Option<Moment>,
    /// When the next session is over; none is planned if it is missing.
    pub next_end: Option<Moment>,
    pub next_start: Option<Moment>,
}

pub async fn standing(db: &(impl Ask + Sync), group: i64, person: i64, now: Moment) -> Result<Option<Standing>, Fault> {
    let sql = "SELECT g.name AS group_name, p.name AS person, m.display_name, m.paused_until, m.leaves_after,
            (SELECT MIN(s.starts_at + s.minutes * 60000000) FROM session s WHERE s.group_id = g.id AND s.state = 'planned' AND s.cancelled_at IS NULL AND s.starts_at > $3) AS next_end,
            (SELECT MIN(s.starts_at) FROM session s WHERE s.group_id = g.id AND s.state = 'planned' AND s.cancelled_at IS NULL AND s.starts_at > $3) AS next_start
        FROM membership m JOIN groups g ON g.id = m.group_id JOIN person p ON p.id = m.person_id
        WHERE m.group_id = $1 AND m.person_id = $2 AND m.part = 'member' AND m.left_at IS NULL";
    db.row(sql, values![group, person, now]).await
}

pub async fn set_leaves_after(tx: &Tx, group: i64, person: i64, after: Option<Moment>) -> Result<(), Fault> {
    let sql = "UPDATE membership SET leaves_after = $1 WHERE group_id = $2 AND person_id = $3 AND left_at IS NULL";
    tx.run(sql, values![after.map(|at| at.0), group, person]).await?;
    Ok(())
}

pub async fn set_paused_until(tx: &Tx, group: i64, person: i64, until: Option<Moment>) -> Result<(), Fault> {
    let sql = "UPDATE membership SET paused_until = $1 WHERE group_id = $2 AND person_id = $3 AND left_at IS NULL";
    tx.run(sql, values![until.map(|at| at.0), group, person]).await?;
    Ok(())
}

#[derive(Debug, Clone, FromQueryResult)]
pub struct Gone {
    pub group_id: i64,
    pub person_id: i64,
}

pub async fn last_session_over(db: &Db, now: Moment) -> Result<Vec<Gone>, Fault> {
    db.rows("SELECT group_id, person_id FROM membership WHERE left_at IS NULL AND leaves_after <= $1", values![now]).await
}

#[derive(Debug, Clone, FromQueryResult)]
pub struct Target {
    pub id: i64,
    pub name: String,
    pub capacity: i64,
    pub taken: i64,
}

/// The other groups. Nobody is moved into family sessions.
pub async fn targets(db: &Db, but_not: i64) -> Result<Vec<Target>, Fault> {
    db.rows(
        "SELECT id, name, capacity, taken FROM groups g WHERE id <> $1
            AND NOT EXISTS (SELECT 1 FROM family_group f WHERE f.group_id = g.id)
            AND NOT EXISTS (SELECT 1 FROM peer_group h WHERE h.group_id = g.id) ORDER BY name LIMIT 500",
        values![but_not],
    )
    .await
}
