use ground::{Ask, Db, Fault, House, Me, Moment, Owner, Spot, Tx, handover, sea_orm::FromQueryResult, values};

pub fn spot<'a>(column: &'static str, row: &'a str) -> Spot<'a> {
    Spot { table: "risk_task", column, row }
}

#[derive(Debug, Clone, FromQueryResult)]
pub struct Task {
    pub id: i64,
    pub person_id: i64,
    pub person: String,
    pub owner_id: i64,
    pub owner: String,
    pub source: String,
    pub opened_at: Moment,
    pub due_at: Moment,
    pub escalated_at: Option<Moment>,
    pub closed_at: Option<Moment>,
}

const FIELDS: &str =
    "SELECT t.id, t.person_id, p.name AS person, t.owner_id, o.name AS owner, t.source, t.opened_at, t.due_at, t.escalated_at, t.closed_at
    FROM risk_task t JOIN person p ON p.id = t.person_id JOIN person o ON o.id = t.owner_id";

/// Mine are those I own and those about members of groups that I lead; the office sees all.
const MINE: &str = "(t.owner_id = $1 OR $2 OR EXISTS (SELECT 1 FROM membership l JOIN membership m ON m.group_id = l.group_id
    WHERE l.person_id = $1 AND l.part = 'facilitator' AND l.left_at IS NULL AND m.person_id = t.person_id AND m.part = 'member'))";

pub async fn mine(db: &Db, me: &Me) -> Result<Vec<Task>, Fault> {
    let sql = format!("{FIELDS} WHERE {MINE} ORDER BY CASE WHEN t.closed_at IS NULL THEN 0 ELSE 1 END, t.due_at LIMIT 100");
    db.rows(&sql, values![me.id, me.role.is_office()]).await
}

pub async fn my_task(db: &Db, me: &Me, task: i64) -> Result<Option<Task>, Fault> {
    let sql = format!("{FIELDS} WHERE {MINE} AND t.id = $3");
    db.row(&sql, values![me.id, me.role.is_office(), task]).await
}

pub async fn task(db: &Db, task: i64) -> Result<Option<Task>, Fault> {
    db.row(&format!("{FIELDS} WHERE t.id = $1"), values![task]).await
}

pub async fn of_group(db: &Db, group: i64) -> Result<Vec<Task>, Fault> {
    let sql = format!(
        "{FIELDS} WHERE t.closed_at IS NULL AND EXISTS (SELECT 1 FROM membership m WHERE m.group_id = $1 AND m.person_id = t.person_id AND m.left_at IS NULL) ORDER BY t.due_at"
    );
    db.rows(&sql, values![group]).await
}

pub async fn keep(tx: &Tx, id: i64, risk: &handover::Risk, owner: i64, detail: Vec<u8>, due_at: Moment) -> Result<(), Fault> {
    let sql = "INSERT INTO risk_task (id, person_id, session_id, source, occasion, owner_id, detail_sealed, opened_at, due_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING";
    let session = (risk.session != 0).then_some(risk.session);
    let values = values![id, risk.person, session, risk.source.clone(), id.to_string(), owner, detail, Moment(risk.opened_at), due_at];
    tx.run(sql, values).await?;
    Ok(())
}

pub async fn pass_on(tx: &Tx, id: i64, owner: i64, due_at: Moment, now: Moment) -> Result<(), Fault> {
    let sql = "UPDATE risk_task SET owner_id = $1, due_at = $2, escalated_at = $3 WHERE id = $4 AND closed_at IS NULL";
    tx.run(sql, values![owner, due_at, now, id]).await?;
    Ok(())
}

/// True for the one who closes it first.
pub async fn close(tx: &Tx, id: i64, by: i64, note: Vec<u8>, now: Moment) -> Result<bool, Fault> {
    let sql = "UPDATE risk_task SET closed_at = $1, closed_by = $2, closing_note_sealed = $3 WHERE id = $4 AND closed_at IS NULL";
    Ok(tx.run(sql, values![now, by, note, id]).await? == 1)
}

#[derive(FromQueryResult)]
struct Texts {
    detail_sealed: Option<Vec<u8>>,
    closing_note_sealed: Option<Vec<u8>>,
}

/// What was written: by the person, and at the end.
pub async fn texts(house: &House, task: &Task) -> Result<(String, String), Fault> {
    let row: Option<Texts> =
        house.db.row("SELECT detail_sealed, closing_note_sealed FROM risk_task WHERE id = $1", values![task.id]).await?;
    let Some(row) = row else { return Ok(Default::default()) };
    let place = task.id.to_string();
    let owner = Owner::Person(task.person_id);
    let detail = match row.detail_sealed {
        Some(sealed) => house.keys.open(owner, spot("detail", &place), &sealed).await?,
        None => String::new(),
    };
    let closing = match row.closing_note_sealed {
        Some(sealed) => house.keys.open(owner, spot("closing_note", &place), &sealed).await?,
        None => String::new(),
    };
    Ok((detail, closing))
}

pub async fn leader_of(db: &Db, person: i64) -> Result<Option<i64>, Fault> {
    let sql = "SELECT l.person_id AS n FROM membership m JOIN membership l ON l.group_id = m.group_id AND l.part = 'facilitator' AND l.left_at IS NULL
        JOIN person p ON p.id = l.person_id AND p.disabled_at IS NULL
        WHERE m.person_id = $1 AND m.left_at IS NULL ORDER BY l.seat LIMIT 1";
    let id = db.number(sql, values![person]).await?;
    Ok((id != 0).then_some(id))
}

/// Whoever leads this group, by the chairs. Nobody whose account is closed: they would never read it.
pub async fn leader_in(db: &Db, group: i64) -> Result<Option<i64>, Fault> {
    let sql = "SELECT m.person_id AS n FROM membership m JOIN person p ON p.id = m.person_id AND p.disabled_at IS NULL
        WHERE m.group_id = $1 AND m.part = 'facilitator' AND m.left_at IS NULL ORDER BY m.seat LIMIT 1";
    let id = db.number(sql, values![group]).await?;
    Ok((id != 0).then_some(id))
}

/// The session in which a task began; 0 if it began elsewhere.
pub async fn session_of(db: &Db, task: i64) -> Result<i64, Fault> {
    db.number("SELECT COALESCE(session_id, 0) AS n FROM risk_task WHERE id = $1", values![task]).await
}
