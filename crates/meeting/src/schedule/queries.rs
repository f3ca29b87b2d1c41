use std::time::Duration;

use ground::{Ask, Db, Fault, Moment, Tx, sea_orm::FromQueryResult, values};

/// A session that begins within this time is tonight's; the next one is planned beside it.
pub const AHEAD: Duration = Duration::from_secs(30 * 60);
/// A weekly group does not meet twice within so many days, even when one session was moved.
pub const APART: Duration = Duration::from_secs(3 * 86_400);

#[derive(Debug, Clone, FromQueryResult)]
pub struct Due {
    pub id: i64,
    pub weekday: i64,
    pub minute_of_day: i64,
    pub zone: String,
    pub minutes: i64,
    pub programme: String,
    pub last_number: i64,
    /// When their last session begins or began; 0 if there was none.
    pub last_start: i64,
}

/// Groups that have no session ahead, with the number of their last one.
pub async fn groups_without_session(db: &Db, now: Moment) -> Result<Vec<Due>, Fault> {
    let sql = "SELECT g.id, g.weekday, g.minute_of_day, g.zone, g.minutes, g.programme,
            COALESCE((SELECT MAX(number) FROM session WHERE group_id = g.id), 0) AS last_number,
            COALESCE((SELECT MAX(starts_at) FROM session WHERE group_id = g.id), 0) AS last_start
        FROM groups g WHERE g.started_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM session s WHERE s.group_id = g.id AND s.state = 'planned' AND s.starts_at > $1)";
    db.rows(sql, values![now.plus(AHEAD)]).await
}

pub struct Session {
    pub id: i64,
    pub group: i64,
    pub number: i64,
    pub starts_at: Moment,
    pub minutes: i64,
    pub agenda: String,
}

/// Two planners at once make one session: the number is taken only once.
pub async fn keep(tx: &Tx, s: Session) -> Result<(), Fault> {
    let sql = "INSERT INTO session (id, group_id, number, starts_at, minutes, state, agenda) VALUES ($1, $2, $3, $4, $5, 'planned', $6) ON CONFLICT DO NOTHING";
    tx.run(sql, values![s.id, s.group, s.number, s.starts_at, s.minutes, s.agenda]).await?;
    Ok(())
}
