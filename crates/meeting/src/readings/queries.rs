use ground::{Ask, Db, Fault, Moment, sea_orm::FromQueryResult, values};

/// A session with what was chosen to be read for it.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Week {
    pub group_id: i64,
    pub group_name: String,
    /// 0 for a family's: its sessions are no weeks.
    pub number: i64,
    pub starts_at: Moment,
    pub state: String,
    pub agenda: String,
}

/// The sessions of somebody's groups, those that are planned too, from the one they came to first; the newest first. Check-ins among members
/// go by no programme.
pub async fn weeks(db: &Db, person: i64) -> Result<Vec<Week>, Fault> {
    let sql = "SELECT g.id AS group_id, g.name AS group_name, s.starts_at, s.state, s.agenda,
            CAST(CASE WHEN EXISTS (SELECT 1 FROM family_group f WHERE f.group_id = g.id) THEN 0 ELSE s.number END AS BIGINT) AS number
        FROM membership m
        JOIN groups g ON g.id = m.group_id JOIN session s ON s.group_id = g.id
        WHERE m.person_id = $1 AND m.left_at IS NULL AND m.part IN ('member', 'facilitator') AND s.cancelled_at IS NULL
            AND s.number >= m.first_number AND s.agenda LIKE '%\"readings\"%'
            AND NOT EXISTS (SELECT 1 FROM peer_group h WHERE h.group_id = g.id)
        ORDER BY g.name, g.id, s.starts_at DESC, s.id";
    db.rows(sql, values![person]).await
}

#[derive(Debug, Clone, FromQueryResult)]
pub struct Next {
    pub id: i64,
    pub agenda: String,
}

/// The first session of this group after `after` that nobody has begun.
pub async fn next(db: &Db, group: i64, after: Moment) -> Result<Option<Next>, Fault> {
    let sql = "SELECT id, agenda FROM session WHERE group_id = $1 AND state = 'planned' AND cancelled_at IS NULL AND starts_at > $2
        ORDER BY starts_at, id LIMIT 1";
    db.row(sql, values![group, after]).await
}
