use ground::{
    Ask, Db, Fault, Moment, Tx,
    facts::{ALUMNI_OPEN, FINISHED, KEPT_FROM_ALUMNI},
    random_id,
    sea_orm::FromQueryResult,
    values,
};

/// The place itself; `None` where the practice never had one.
#[derive(Debug, Clone, PartialEq, FromQueryResult)]
pub struct Space {
    pub channel_id: i64,
    pub closed_at: Option<Moment>,
    /// 1 while it is open and somebody leads it.
    pub open: i64,
}

pub async fn space(db: &(impl Ask + Sync)) -> Result<Option<Space>, Fault> {
    let sql = format!(
        "SELECT q.channel_id, q.closed_at, CAST(CASE WHEN {ALUMNI_OPEN} THEN 1 ELSE 0 END AS BIGINT) AS open FROM alumni_space q WHERE q.id = 1"
    );
    db.row(&sql, []).await
}

/// The lock of the place: who comes in is looked at one after the other.
pub async fn hold(tx: &Tx) -> Result<(), Fault> {
    tx.run("UPDATE alumni_space SET decided_by = decided_by WHERE id = 1", []).await?;
    Ok(())
}

/// Who was asked to leave and has not been let in again.
pub async fn removed(db: &Db) -> Result<Vec<Inside>, Fault> {
    let sql = "SELECT a.person_id, a.part, a.display_name, p.name, a.joined_at FROM alumni_member a JOIN person p ON p.id = a.person_id
        WHERE a.removed_by IS NOT NULL AND p.disabled_at IS NULL ORDER BY a.display_name, a.person_id";
    db.rows(sql, []).await
}

/// After the talk: whoever was asked to leave may come in again.
pub async fn allow(tx: &Tx, person: i64) -> Result<bool, Fault> {
    let sql = "UPDATE alumni_member SET removed_by = NULL WHERE person_id = $1 AND removed_by IS NOT NULL";
    Ok(tx.run(sql, values![person]).await? == 1)
}

/// Somebody inside, with the name that only leaders read.
#[derive(Debug, Clone, PartialEq, FromQueryResult)]
pub struct Inside {
    pub person_id: i64,
    pub part: String,
    pub display_name: String,
    pub name: String,
    pub joined_at: Moment,
}

impl Inside {
    pub fn leads(&self) -> bool {
        self.part == "facilitator"
    }
}

pub async fn inside(db: &(impl Ask + Sync)) -> Result<Vec<Inside>, Fault> {
    let sql = "SELECT a.person_id, a.part, a.display_name, p.name, a.joined_at FROM alumni_member a JOIN person p ON p.id = a.person_id
        WHERE a.left_at IS NULL AND p.disabled_at IS NULL ORDER BY a.part, a.display_name, a.person_id";
    db.rows(sql, []).await
}

/// How somebody stands to it, each as 0 or 1; and the name they had in the group that ended last.
#[derive(Debug, Clone, Default, PartialEq, FromQueryResult)]
pub struct PastRow {
    pub finished: i64,
    pub inside: i64,
    pub removed: i64,
    pub apart: i64,
    pub name: String,
}

pub async fn past(db: &(impl Ask + Sync), person: i64, now: Moment) -> Result<PastRow, Fault> {
    const KNOWN: &str = "FROM alumni_member a WHERE a.person_id = $1";
    let is = |what: &str| format!("CAST(CASE WHEN {what} THEN 1 ELSE 0 END AS BIGINT)");
    let sql = format!(
        "SELECT {} AS finished, {} AS inside, {} AS removed, {} AS apart, COALESCE((SELECT m.display_name FROM membership m WHERE m.person_id = $1
            AND m.part = 'member' ORDER BY COALESCE(m.left_at, m.joined_at) DESC, m.group_id LIMIT 1), '') AS name",
        is(FINISHED),
        is(&format!("EXISTS (SELECT 1 {KNOWN} AND a.left_at IS NULL)")),
        is(&format!("EXISTS (SELECT 1 {KNOWN} AND a.removed_by IS NOT NULL)")),
        is(KEPT_FROM_ALUMNI),
    );
    Ok(db.row(&sql, values![person, now.utc_day()]).await?.unwrap_or_default())
}

#[derive(FromQueryResult)]
struct Name {
    name: String,
}

/// Every name that stands beside something written there, so that nobody is taken for somebody who has left.
pub async fn names_of_others(db: &(impl Ask + Sync), person: i64) -> Result<Vec<String>, Fault> {
    let sql = "SELECT display_name AS name FROM alumni_member WHERE person_id <> $1";
    Ok(db.rows::<Name>(sql, values![person]).await?.into_iter().map(|row| row.name).collect())
}

/// Whoever comes back reads on from then.
pub async fn join(tx: &Tx, person: i64, part: &str, name: &str, at: Moment) -> Result<(), Fault> {
    let sql = "INSERT INTO alumni_member (person_id, part, display_name, joined_at) VALUES ($1, $2, $3, $4)
        ON CONFLICT (person_id) DO UPDATE SET part = excluded.part, display_name = excluded.display_name, joined_at = excluded.joined_at, left_at = NULL, removed_by = NULL
        WHERE alumni_member.left_at IS NOT NULL";
    tx.run(sql, values![person, part, name, at]).await?;
    Ok(())
}

/// True if somebody was inside who is not any more. By a leader, the page alone does not let them in again.
pub async fn leave(tx: &Tx, person: i64, part: &str, removed_by: Option<i64>, at: Moment) -> Result<bool, Fault> {
    let sql = "UPDATE alumni_member SET left_at = $3, removed_by = $4 WHERE person_id = $1 AND part = $2 AND left_at IS NULL";
    Ok(tx.run(sql, values![person, part, at, removed_by]).await? == 1)
}

/// Opens it, for the first time with its channel, or closes it.
pub async fn open(tx: &Tx, open: bool, by: i64, at: Moment) -> Result<(), Fault> {
    if open && space(tx).await?.is_none() {
        let channel = random_id();
        tx.run("INSERT INTO channel (id, kind) VALUES ($1, 'group')", values![channel]).await?;
        let sql = "INSERT INTO alumni_space (id, channel_id, decided_by, opened_at) VALUES (1, $1, $2, $3)";
        tx.run(sql, values![channel, by, at]).await?;
    }
    let sql = "UPDATE alumni_space SET decided_by = $1, closed_at = $2 WHERE id = 1";
    tx.run(sql, values![by, (!open).then_some(at)]).await?;
    Ok(())
}

/// Who of the staff could lead it.
#[derive(Debug, Clone, PartialEq, FromQueryResult)]
pub struct Leader {
    pub id: i64,
    pub name: String,
    pub leads: i64,
}

pub async fn leaders(db: &Db) -> Result<Vec<Leader>, Fault> {
    let sql = "SELECT p.id, p.name, CAST(CASE WHEN EXISTS (SELECT 1 FROM alumni_member a WHERE a.person_id = p.id AND a.part = 'facilitator' AND a.left_at IS NULL)
            THEN 1 ELSE 0 END AS BIGINT) AS leads
        FROM person p WHERE p.disabled_at IS NULL AND p.role IN ('clinician', 'instructor', 'support_specialist') ORDER BY p.name, p.id";
    db.rows(sql, []).await
}
