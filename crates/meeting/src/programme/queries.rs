use ground::{Ask, Fault, Moment, Tx, sea_orm::FromQueryResult, values};

#[derive(Debug, Clone, FromQueryResult)]
pub struct Row {
    pub programme: String,
    pub language: String,
    pub own: Option<String>,
    pub changed_at: Moment,
}

pub async fn row(db: &(impl Ask + Sync), group: i64) -> Result<Option<Row>, Fault> {
    let sql = "SELECT g.programme, g.language, o.agendas AS own, COALESCE(o.changed_at, 0) AS changed_at
        FROM groups g LEFT JOIN group_programme o ON o.group_id = g.id WHERE g.id = $1";
    db.row(sql, values![group]).await
}

/// The first change makes the copy; each later one only if nobody else was quicker.
pub async fn keep(tx: &Tx, group: i64, agendas: &str, seen: Moment, now: Moment) -> Result<bool, Fault> {
    if seen.0 == 0 {
        let sql = "INSERT INTO group_programme (group_id, agendas, changed_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
        return Ok(tx.run(sql, values![group, agendas, now]).await? == 1);
    }
    let sql = "UPDATE group_programme SET agendas = $1, changed_at = $2 WHERE group_id = $3 AND changed_at = $4";
    Ok(tx.run(sql, values![agendas, now, group, seen]).await? == 1)
}

#[derive(Debug, Clone, FromQueryResult)]
pub struct Planned {
    pub id: i64,
    pub number: i64,
    pub agenda: String,
}

/// Sessions that have not begun and are still to come.
pub async fn planned(tx: &Tx, group: i64, now: Moment) -> Result<Vec<Planned>, Fault> {
    let sql = "SELECT id, number, agenda FROM session WHERE group_id = $1 AND state = 'planned' AND starts_at > $2 ORDER BY starts_at";
    tx.rows(sql, values![group, now]).await
}

pub async fn set_agenda(tx: &Tx, session: i64, agenda: &str) -> Result<(), Fault> {
    tx.run("UPDATE session SET agenda = $1 WHERE id = $2 AND state = 'planned'", values![agenda, session]).await?;
    Ok(())
}
