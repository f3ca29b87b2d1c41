use ground::{Ask, Db, Fault, Moment, Tx, sea_orm::FromQueryResult, values};

/// Only while the session is still to come or running, and takes place.
pub async fn say(tx: &Tx, session: i64, person: i64, kind: &str, minutes: i64, now: Moment) -> Result<bool, Fault> {
    let sql = "INSERT INTO absence (session_id, person_id, kind, minutes, said_at)
        SELECT s.id, $2, $3, $4, $5 FROM session s WHERE s.id = $1 AND s.state <> 'ended' AND s.cancelled_at IS NULL
        ON CONFLICT (session_id, person_id) DO UPDATE SET kind = excluded.kind, minutes = excluded.minutes, said_at = excluded.said_at";
    Ok(tx.run(sql, values![session, person, kind, minutes, now]).await? == 1)
}

pub async fn take_back(tx: &Tx, session: i64, person: i64) -> Result<bool, Fault> {
    let sql = "DELETE FROM absence WHERE session_id = $1 AND person_id = $2
        AND EXISTS (SELECT 1 FROM session s WHERE s.id = $1 AND s.state <> 'ended')";
    Ok(tx.run(sql, values![session, person]).await? == 1)
}

/// What somebody said about coming to a session.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Saying {
    pub person_id: i64,
    pub kind: String,
    pub minutes: i64,
}

impl Saying {
    pub fn said(&self) -> Option<super::Said> {
        super::Said::parse(&self.kind, self.minutes)
    }
}

/// What one person said about coming to it.
pub async fn of_person(db: &Db, session: i64, person: i64) -> Result<Option<Saying>, Fault> {
    db.row("SELECT person_id, kind, minutes FROM absence WHERE session_id = $1 AND person_id = $2", values![session, person]).await
}

pub async fn of_session(db: &Db, session: i64) -> Result<Vec<Saying>, Fault> {
    db.rows("SELECT person_id, kind, minutes FROM absence WHERE session_id = $1", values![session]).await
}
