use ground::{Ask, Db, Fault, Me, Moment, Spot, Tx, sea_orm::FromQueryResult, values};

pub fn spot<'a>(column: &'static str, row: &'a str) -> Spot<'a> {
    Spot { table: "message_report", column, row }
}

/// One report on its way into the tables.
pub struct New {
    pub id: i64,
    pub message: i64,
    pub by: i64,
    pub reason: Vec<u8>,
    pub copy: Vec<u8>,
    pub at: Moment,
}

/// False if this person has reported this message before.
pub async fn keep(tx: &Tx, new: New) -> Result<bool, Fault> {
    let sql = "INSERT INTO message_report (id, message_id, by_id, reason_sealed, copy_sealed, reported_at) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING";
    Ok(tx.run(sql, values![new.id, new.message, new.by, new.reason, new.copy, new.at]).await? == 1)
}

#[derive(Debug, Clone, PartialEq, FromQueryResult)]
pub struct Report {
    pub id: i64,
    pub message_id: i64,
    pub channel_id: i64,
    pub by_id: i64,
    pub by_name: String,
    pub author_id: i64,
    pub author: String,
    pub place: String,
    pub reason_sealed: Vec<u8>,
    pub copy_sealed: Vec<u8>,
    pub reported_at: Moment,
}

/// For whoever leads the group, runs the office, or looks after the concern of who reported.
pub async fn one(db: &Db, me: &Me, report: i64) -> Result<Option<Report>, Fault> {
    let sql = "SELECT x.id, x.message_id, m.channel_id, x.by_id, b.name AS by_name, m.author_id, a.name AS author, COALESCE(g.name, o.name, '') AS place,
            x.reason_sealed, x.copy_sealed, x.reported_at
        FROM message_report x JOIN message m ON m.id = x.message_id JOIN channel c ON c.id = m.channel_id
        JOIN person a ON a.id = m.author_id JOIN person b ON b.id = x.by_id
        LEFT JOIN circle k ON k.channel_id = c.id
        LEFT JOIN groups g ON g.id = COALESCE(c.group_id, k.group_id) LEFT JOIN person o ON o.id = c.person_id
        WHERE x.id = $3 AND m.author_id <> $1 AND ($2 = 1
            OR EXISTS (SELECT 1 FROM membership l WHERE l.group_id = COALESCE(c.group_id, k.group_id) AND l.person_id = $1 AND l.part = 'facilitator' AND l.left_at IS NULL)
            OR (c.kind = 'group' AND c.group_id IS NULL AND EXISTS (SELECT 1 FROM alumni_member l WHERE l.person_id = $1 AND l.part = 'facilitator' AND l.left_at IS NULL))
            OR EXISTS (SELECT 1 FROM risk_task t WHERE t.owner_id = $1 AND t.person_id = x.by_id AND t.source = 'concern'))";
    db.row(sql, values![me.id, i64::from(me.role.is_office()), report]).await
}

/// Somebody whom I do not read, with the name they have in a group of ours.
#[derive(Debug, Clone, PartialEq, FromQueryResult)]
pub struct Blocked {
    pub other_id: i64,
    pub name: String,
}

pub async fn blocked(db: &Db, person: i64) -> Result<Vec<Blocked>, Fault> {
    let sql = "SELECT x.other_id, COALESCE((SELECT MIN(o.display_name) FROM membership o JOIN membership m ON m.group_id = o.group_id
            WHERE o.person_id = x.other_id AND m.person_id = $1), (SELECT a.display_name FROM alumni_member a WHERE a.person_id = x.other_id), '–') AS name FROM person_block x WHERE x.by_id = $1 ORDER BY name, x.other_id";
    db.rows(sql, values![person]).await
}

pub async fn block(tx: &Tx, by: i64, other: i64, at: Moment) -> Result<(), Fault> {
    tx.run("INSERT INTO person_block (by_id, other_id, blocked_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", values![by, other, at])
        .await?;
    Ok(())
}

pub async fn unblock(tx: &Tx, by: i64, other: i64) -> Result<bool, Fault> {
    Ok(tx.run("DELETE FROM person_block WHERE by_id = $1 AND other_id = $2", values![by, other]).await? == 1)
}

/// Whether this person leads the group of a channel or is of the staff: they cannot be shut out of it.
pub async fn is_staff(db: &Db, person: i64) -> Result<bool, Fault> {
    let sql = "SELECT COUNT(*) AS n FROM person WHERE id = $1 AND role NOT IN ('member', 'family')";
    Ok(db.number(sql, values![person]).await? == 1)
}
