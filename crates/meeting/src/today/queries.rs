use ground::{Ask, Db, Fault, Me, Moment, sea_orm::FromQueryResult, values};

/// A session of one of my groups.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Coming {
    pub id: i64,
    pub group_name: String,
    pub number: i64,
    pub starts_at: Moment,
    pub minutes: i64,
    pub state: String,
    pub agenda: String,
    pub part: String,
    pub cancelled_at: Option<Moment>,
    /// What I said about coming: `cannot`, `late` or nothing.
    pub absence: String,
    pub absence_minutes: i64,
}

/// A family meets when somebody plans it: its sessions are no weeks, and have no number here.
const FIELDS: &str = "SELECT s.id, g.name AS group_name,
        CAST(CASE WHEN EXISTS (SELECT 1 FROM family_group f WHERE f.group_id = g.id) THEN 0 ELSE s.number END AS BIGINT) AS number, s.starts_at, s.minutes, s.state, s.agenda, m.part, s.cancelled_at,
        COALESCE(a.kind, '') AS absence, COALESCE(a.minutes, 0) AS absence_minutes
    FROM session s JOIN groups g ON g.id = s.group_id JOIN membership m ON m.group_id = g.id
        LEFT JOIN absence a ON a.session_id = s.id AND a.person_id = m.person_id
    WHERE m.person_id = $1 AND m.left_at IS NULL";

/// A session that began so long ago, or should have, is still the one that is on.
pub const STILL_ON: std::time::Duration = std::time::Duration::from_secs(3 * 3_600);

/// So far ahead /today looks; the calendar knows the rest.
const WEEK: std::time::Duration = std::time::Duration::from_secs(8 * 86_400);

/// My next sessions, the soonest first; one that runs now counts, and one that was cancelled is told of. The nearest counts however far it is.
pub async fn coming(db: &Db, me: &Me, now: Moment) -> Result<Vec<Coming>, Fault> {
    let sql = format!("{FIELDS} AND s.state <> 'ended' AND s.starts_at > $2 ORDER BY s.starts_at LIMIT 8");
    let mut all: Vec<Coming> = db.rows(&sql, values![me.id, now.minus(STILL_ON)]).await?;
    let nearest = all.iter().find(|one| one.cancelled_at.is_none()).map(|one| one.id);
    all.retain(|one| one.starts_at < now.plus(WEEK) || Some(one.id) == nearest);
    Ok(all)
}

/// My last sessions that have ended, the newest first.
pub async fn past(db: &Db, me: &Me) -> Result<Vec<Coming>, Fault> {
    let sql = format!("{FIELDS} AND s.state = 'ended' ORDER BY s.starts_at DESC LIMIT 6");
    db.rows(&sql, values![me.id]).await
}

/// Tonight's sessions of every group, for the office.
pub async fn everywhere(db: &Db, now: Moment) -> Result<Vec<Coming>, Fault> {
    let sql = "SELECT s.id, g.name AS group_name,
            CAST(CASE WHEN EXISTS (SELECT 1 FROM family_group f WHERE f.group_id = g.id) THEN 0 ELSE s.number END AS BIGINT) AS number, s.starts_at, s.minutes, s.state, s.agenda, 'office' AS part, s.cancelled_at,
            '' AS absence, CAST(0 AS BIGINT) AS absence_minutes
        FROM session s JOIN groups g ON g.id = s.group_id
        WHERE s.state <> 'ended' AND s.cancelled_at IS NULL AND s.starts_at > $1
            AND NOT EXISTS (SELECT 1 FROM peer_group h WHERE h.group_id = g.id) ORDER BY s.starts_at LIMIT 12";
    db.rows(sql, values![now.minus(STILL_ON)]).await
}

/// A circle that somebody sat in last, when they sit in none now.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Left {
    pub group_id: i64,
    pub group_name: String,
    pub left_at: Moment,
    /// 1 while it stands in the list of groups, where one asks for a place.
    pub listed: i64,
}

/// `None` for whoever has a seat, and for whoever never had one.
pub async fn left(db: &Db, person: i64) -> Result<Option<Left>, Fault> {
    let sql = "SELECT m.group_id, g.name AS group_name, m.left_at, COALESCE(l.shown, 0) AS listed
        FROM membership m JOIN groups g ON g.id = m.group_id LEFT JOIN listing l ON l.group_id = g.id
        WHERE m.person_id = $1 AND m.part = 'member' AND m.left_at IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM membership n WHERE n.person_id = m.person_id AND n.part = 'member' AND n.left_at IS NULL)
        ORDER BY m.left_at DESC LIMIT 1";
    db.row(sql, values![person]).await
}

#[derive(FromQueryResult)]
pub struct SealedAnswer {
    pub session_id: i64,
    pub answer_sealed: Vec<u8>,
}

/// My own answers of the last sessions, the oldest first.
pub async fn answers(db: &Db, person: i64) -> Result<Vec<SealedAnswer>, Fault> {
    let sql = "SELECT a.session_id, a.answer_sealed FROM session_answer a JOIN session s ON s.id = a.session_id
        WHERE a.person_id = $1 ORDER BY s.starts_at DESC LIMIT 8";
    let mut rows: Vec<SealedAnswer> = db.rows(sql, values![person]).await?;
    rows.reverse();
    Ok(rows)
}
