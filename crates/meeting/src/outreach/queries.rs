use ground::{Ask, Db, Fault, House, Moment, Owner, Spot, Tx, random_id, sea_orm::FromQueryResult, values};

/// One task for each member who was expected, was not there and had not said so. Written when the session ends; a member who said
/// "I can't come" is left in peace, and so is one who takes a break from the group.
pub async fn open_missing(tx: &Tx, session: i64, member: i64, owner: i64, at: Moment) -> Result<(), Fault> {
    let sql = "INSERT INTO outreach_task (id, session_id, person_id, owner_id, opened_at)
        SELECT $1, s.id, $3, COALESCE(s.led_by, $4), $5 FROM session s WHERE s.id = $2
            AND NOT EXISTS (SELECT 1 FROM absence a WHERE a.session_id = $2 AND a.person_id = $3 AND a.kind = 'cannot')
            AND NOT EXISTS (SELECT 1 FROM membership m WHERE m.group_id = s.group_id AND m.person_id = $3 AND m.left_at IS NULL AND m.paused_until > $5)
        ON CONFLICT DO NOTHING";
    tx.run(sql, values![random_id(), session, member, owner, at]).await?;
    Ok(())
}

#[derive(Debug, Clone, FromQueryResult)]
pub struct Task {
    pub id: i64,
    pub person_id: i64,
    pub name: String,
    pub group_name: String,
    pub starts_at: Moment,
}

/// One's own open tasks; with `office`, everybody's.
pub async fn open(db: &Db, owner: i64, office: bool) -> Result<Vec<Task>, Fault> {
    let sql = "SELECT o.id, o.person_id, p.name, g.name AS group_name, s.starts_at FROM outreach_task o JOIN person p ON p.id = o.person_id
        JOIN session s ON s.id = o.session_id JOIN groups g ON g.id = s.group_id
        WHERE o.done_at IS NULL AND ($2 = 1 OR o.owner_id = $1) ORDER BY o.opened_at, p.name LIMIT 100";
    db.rows(sql, values![owner, i64::from(office)]).await
}

pub async fn one(db: &Db, task: i64, owner: i64, office: bool) -> Result<Option<Task>, Fault> {
    let sql = "SELECT o.id, o.person_id, p.name, g.name AS group_name, s.starts_at FROM outreach_task o JOIN person p ON p.id = o.person_id
        JOIN session s ON s.id = o.session_id JOIN groups g ON g.id = s.group_id
        WHERE o.id = $3 AND o.done_at IS NULL AND ($2 = 1 OR o.owner_id = $1)";
    db.row(sql, values![owner, i64::from(office), task]).await
}

/// What was heard belongs to the person it is about.
pub async fn sealed(house: &House, task: &Task, note: &str) -> Result<Vec<u8>, Fault> {
    let row = task.id.to_string();
    house.keys.seal(Owner::Person(task.person_id), Spot { table: "outreach_task", column: "note", row: &row }, note).await
}

pub async fn done(tx: &Tx, task: i64, by: i64, note: Option<Vec<u8>>, now: Moment) -> Result<bool, Fault> {
    let sql = "UPDATE outreach_task SET done_at = $1, done_by = $2, note_sealed = $3 WHERE id = $4 AND done_at IS NULL";
    Ok(tx.run(sql, values![now, by, note, task]).await? == 1)
}
