use care::measures::score::Score;
use ground::{Ask, Db, Fault, House, Moment, Owner, Spot, Tx, random_id, sea_orm::FromQueryResult, values};
use serde::{Deserialize, Serialize};

/// How long something that was not answered still waits on the page of its person.
const WAITS: std::time::Duration = std::time::Duration::from_secs(14 * 86_400);

/// What is sealed: the answers so far, which of them were passed on purpose, and once it is sent the score as it was told on that day.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Kept {
    pub answers: Vec<Option<i64>>,
    #[serde(default)]
    pub passed: Vec<bool>,
    #[serde(default)]
    pub score: Option<Score>,
}

fn spot(row: &str) -> Spot<'_> {
    Spot { table: "measure", column: "answers", row }
}

pub async fn seal(house: &House, person: i64, measure: i64, kept: &Kept) -> Result<Vec<u8>, Fault> {
    house.keys.seal(Owner::Person(person), spot(&measure.to_string()), &serde_json::to_string(kept)?).await
}

#[derive(Debug, Clone, FromQueryResult)]
pub struct Measure {
    pub id: i64,
    pub person_id: i64,
    pub group_id: Option<i64>,
    pub slug: String,
    pub version: String,
    pub due_at: Moment,
    pub begun_at: Option<Moment>,
    pub completed_at: Option<Moment>,
    pub withdrawn_at: Option<Moment>,
    pub answers_sealed: Option<Vec<u8>>,
}

const FIELDS: &str =
    "SELECT id, person_id, group_id, slug, version, due_at, begun_at, completed_at, withdrawn_at, answers_sealed FROM measure";

impl Measure {
    pub async fn opened(&self, house: &House) -> Result<Kept, Fault> {
        let Some(sealed) = &self.answers_sealed else { return Ok(Kept::default()) };
        let text = house.keys.open(Owner::Person(self.person_id), spot(&self.id.to_string()), sealed).await?;
        Ok(serde_json::from_str(&text)?)
    }

    pub fn waits(&self, now: Moment) -> bool {
        self.completed_at.is_none() && self.withdrawn_at.is_none() && self.due_at > now.minus(WAITS)
    }
}

pub async fn mine(db: &Db, person: i64, measure: i64) -> Result<Option<Measure>, Fault> {
    db.row(&format!("{FIELDS} WHERE id = $1 AND person_id = $2"), values![measure, person]).await
}

/// What waits for somebody, the most pressing first.
pub async fn waiting(db: &Db, person: i64, now: Moment) -> Result<Vec<Measure>, Fault> {
    let sql =
        format!("{FIELDS} WHERE person_id = $1 AND completed_at IS NULL AND withdrawn_at IS NULL AND due_at > $2 ORDER BY due_at LIMIT 20");
    db.rows(&sql, values![person, now.minus(WAITS)]).await
}

/// Everything that somebody sent, the oldest first.
pub async fn sent(db: &Db, person: i64) -> Result<Vec<Measure>, Fault> {
    let sql = format!("{FIELDS} WHERE person_id = $1 AND completed_at IS NOT NULL ORDER BY completed_at, id");
    db.rows(&sql, values![person]).await
}

pub async fn sent_of(db: &Db, person: i64, slug: &str) -> Result<Vec<Measure>, Fault> {
    let sql = format!("{FIELDS} WHERE person_id = $1 AND slug = $2 AND completed_at IS NOT NULL ORDER BY completed_at, id");
    db.rows(&sql, values![person, slug]).await
}

/// Keeps what is there so far. False once it was sent or is not asked any more.
pub async fn keep(tx: &Tx, measure: &Measure, sealed: Vec<u8>, now: Moment) -> Result<bool, Fault> {
    let sql = "UPDATE measure SET answers_sealed = $1, begun_at = COALESCE(begun_at, $2)
        WHERE id = $3 AND completed_at IS NULL AND withdrawn_at IS NULL";
    Ok(tx.run(sql, values![sealed, now, measure.id]).await? == 1)
}

/// True for the first that sends it; two tabs and two taps are one answer.
pub async fn complete(tx: &Tx, measure: &Measure, sealed: Vec<u8>, now: Moment) -> Result<bool, Fault> {
    let sql = "UPDATE measure SET answers_sealed = $1, begun_at = COALESCE(begun_at, $2), completed_at = $2
        WHERE id = $3 AND completed_at IS NULL AND withdrawn_at IS NULL";
    Ok(tx.run(sql, values![sealed, now, measure.id]).await? == 1)
}

/// What is asked of whom.
#[derive(Debug, Clone)]
pub struct Asking<'a> {
    pub person: i64,
    pub group: i64,
    pub slug: &'a str,
    pub version: &'a str,
    pub occasion: &'a str,
    /// 0 for the schedule.
    pub by: i64,
    pub due: Moment,
}

/// Asks, unless the same is waiting, was answered in the last days, or was asked on this occasion before. What nobody answered in time makes
/// room. True if somebody is asked now.
pub async fn ask(tx: &Tx, asking: &Asking<'_>, now: Moment) -> Result<bool, Fault> {
    const FRESH: std::time::Duration = std::time::Duration::from_secs(3 * 86_400);
    let sql = "SELECT COUNT(*) AS n FROM measure WHERE person_id = $1 AND slug = $2 AND (occasion = $3
        OR (withdrawn_at IS NULL AND (completed_at > $4 OR (completed_at IS NULL AND due_at > $5))))";
    let known = values![asking.person, asking.slug, asking.occasion, now.minus(FRESH), now];
    if tx.number(sql, known).await? > 0 {
        return Ok(false);
    }
    let sql = "UPDATE measure SET withdrawn_at = $1 WHERE person_id = $2 AND slug = $3 AND completed_at IS NULL AND withdrawn_at IS NULL";
    tx.run(sql, values![now, asking.person, asking.slug]).await?;
    let sql = "INSERT INTO measure (id, person_id, group_id, slug, version, occasion, asked_at, asked_by, due_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING";
    let row = values![random_id(), asking.person, asking.group, asking.slug, asking.version, asking.occasion, now, asking.by, asking.due];
    Ok(tx.run(sql, row).await? == 1)
}

/// For the demo: something that was answered in the past.
pub async fn keep_past(tx: &Tx, id: i64, asking: &Asking<'_>, at: Moment, sealed: Vec<u8>) -> Result<(), Fault> {
    let sql = "INSERT INTO measure (id, person_id, group_id, slug, version, occasion, asked_at, asked_by, due_at, begun_at, completed_at, answers_sealed)
        VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $7, $7, $7, $8) ON CONFLICT DO NOTHING";
    tx.run(sql, values![id, asking.person, asking.group, asking.slug, asking.version, asking.occasion, at, sealed]).await?;
    Ok(())
}

#[derive(Debug, Clone, Default, FromQueryResult)]
pub struct Schedule {
    pub slug: String,
    pub before_first: i64,
    pub every_weeks: i64,
    pub at_end: i64,
    pub afterwards: i64,
    pub tell_change: i64,
}

pub async fn schedules(db: &(impl Ask + Sync), group: i64) -> Result<Vec<Schedule>, Fault> {
    let sql =
        "SELECT slug, before_first, every_weeks, at_end, afterwards, tell_change FROM measure_schedule WHERE group_id = $1 ORDER BY slug";
    db.rows(sql, values![group]).await
}

/// Whether a member reads what the change is called: where this was asked, somebody decided so.
pub async fn tells_change(db: &Db, measure: &Measure) -> Result<bool, Fault> {
    let sql = "SELECT COUNT(*) AS n FROM measure_schedule WHERE group_id = $1 AND slug = $2 AND tell_change = 1";
    Ok(db.number(sql, values![measure.group_id.unwrap_or(0), measure.slug.clone()]).await? > 0)
}

pub async fn keep_schedule(tx: &Tx, group: i64, schedule: &Schedule, now: Moment) -> Result<(), Fault> {
    if schedule.before_first + schedule.every_weeks + schedule.at_end + schedule.afterwards == 0 {
        tx.run("DELETE FROM measure_schedule WHERE group_id = $1 AND slug = $2", values![group, schedule.slug.clone()]).await?;
        return Ok(());
    }
    let sql = "INSERT INTO measure_schedule (group_id, slug, before_first, every_weeks, at_end, afterwards, tell_change, changed_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (group_id, slug) DO UPDATE SET before_first = excluded.before_first,
            every_weeks = excluded.every_weeks, at_end = excluded.at_end, afterwards = excluded.afterwards, tell_change = excluded.tell_change, changed_at = excluded.changed_at";
    let Schedule { slug, before_first, every_weeks, at_end, afterwards, tell_change } = schedule.clone();
    tx.run(sql, values![group, slug, before_first, every_weeks, at_end, afterwards, tell_change, now]).await?;
    Ok(())
}

#[derive(Debug, Clone, FromQueryResult)]
pub struct Exception {
    pub display_name: String,
    pub slug: String,
    pub every_weeks: i64,
}

pub async fn exceptions(db: &Db, group: i64) -> Result<Vec<Exception>, Fault> {
    let sql = "SELECT m.display_name, e.slug, e.every_weeks FROM measure_exception e
        JOIN membership m ON m.group_id = e.group_id AND m.person_id = e.person_id AND m.left_at IS NULL
        WHERE e.group_id = $1 ORDER BY m.seat, e.slug";
    db.rows(sql, values![group]).await
}

pub async fn keep_exception(tx: &Tx, group: i64, person: i64, slug: &str, weeks: Option<i64>) -> Result<(), Fault> {
    tx.run("DELETE FROM measure_exception WHERE group_id = $1 AND person_id = $2 AND slug = $3", values![group, person, slug]).await?;
    if let Some(weeks) = weeks {
        let sql = "INSERT INTO measure_exception (group_id, person_id, slug, every_weeks) VALUES ($1, $2, $3, $4)";
        tx.run(sql, values![group, person, slug, weeks]).await?;
    }
    Ok(())
}

/// One member of a group with one schedule of it.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Course {
    pub membership: i64,
    pub group_id: i64,
    pub person_id: i64,
    pub zone: String,
    pub slug: String,
    pub before_first: i64,
    pub every_weeks: i64,
    pub at_end: i64,
    pub afterwards: i64,
    /// How many weeks this one member is asked after instead; -1 for as the group.
    pub own_weeks: i64,
    pub first_at: Option<Moment>,
    pub last_at: Option<Moment>,
    pub ends_on: String,
}

/// Everybody whom a schedule is about: members, and those who left in the last months. Who pauses is left alone; for who sits in a group again,
/// nothing is afterwards.
pub async fn courses(db: &Db, now: Moment, left_since: Moment) -> Result<Vec<Course>, Fault> {
    let sql = "SELECT m.id AS membership, m.group_id, m.person_id, g.zone, s.slug, s.before_first, s.every_weeks, s.at_end, g.ends_on,
            CASE WHEN EXISTS (SELECT 1 FROM membership n JOIN groups h ON h.id = n.group_id AND (h.ends_on = '' OR h.ends_on >= $3)
                WHERE n.person_id = m.person_id AND n.part = 'member' AND n.left_at IS NULL AND n.id <> m.id) THEN 0 ELSE s.afterwards END AS afterwards,
            COALESCE(e.every_weeks, -1) AS own_weeks, COALESCE(m.left_at, m.leaves_after) AS last_at,
            (SELECT MIN(x.starts_at) FROM session x WHERE x.group_id = g.id AND x.number >= m.first_number AND x.cancelled_at IS NULL) AS first_at
        FROM measure_schedule s JOIN groups g ON g.id = s.group_id
        JOIN membership m ON m.group_id = g.id AND m.part = 'member' AND (m.left_at IS NULL OR m.left_at > $2)
        JOIN person p ON p.id = m.person_id AND p.disabled_at IS NULL
        LEFT JOIN measure_exception e ON e.group_id = g.id AND e.person_id = m.person_id AND e.slug = s.slug
        WHERE m.paused_until IS NULL OR m.paused_until <= $1";
    db.rows(sql, values![now, left_since, now.utc_day()]).await
}

#[derive(FromQueryResult)]
struct Known {
    person_id: i64,
    slug: String,
    occasion: String,
}

/// What was asked of late, so that a pass has nothing to write when nothing is new.
pub async fn known(db: &Db, since: Moment) -> Result<std::collections::HashSet<(i64, String, String)>, Fault> {
    let rows: Vec<Known> = db.rows("SELECT person_id, slug, occasion FROM measure WHERE asked_at > $1", values![since]).await?;
    Ok(rows.into_iter().map(|row| (row.person_id, row.slug, row.occasion)).collect())
}

/// Whether `leader` leads a group that this person sits in, or sat in.
pub async fn leads(db: &Db, leader: i64, person: i64) -> Result<bool, Fault> {
    let sql = "SELECT COUNT(*) AS n FROM membership l JOIN membership m ON m.group_id = l.group_id AND m.part = 'member'
        WHERE l.person_id = $1 AND l.part = 'facilitator' AND l.left_at IS NULL AND m.person_id = $2";
    Ok(db.number(sql, values![leader, person]).await? > 0)
}

#[derive(FromQueryResult)]
struct Body {
    body: String,
}

/// The newest version of each of the practice's own.
pub async fn own_newest(db: &(impl Ask + Sync)) -> Result<Vec<String>, Fault> {
    let sql = "SELECT i.body FROM instrument i WHERE NOT EXISTS
        (SELECT 1 FROM instrument n WHERE n.slug = i.slug AND (n.accepted_at > i.accepted_at OR (n.accepted_at = i.accepted_at AND n.id > i.id)))
        ORDER BY i.slug";
    let rows: Vec<Body> = db.rows(sql, []).await?;
    Ok(rows.into_iter().map(|row| row.body).collect())
}

pub async fn own_body(db: &(impl Ask + Sync), slug: &str, version: &str) -> Result<Option<String>, Fault> {
    let sql = "SELECT body FROM instrument WHERE slug = $1 AND version = $2";
    Ok(db.row::<Body>(sql, values![slug, version]).await?.map(|row| row.body))
}

#[derive(Debug, Clone, FromQueryResult)]
pub struct Accepted {
    pub slug: String,
    pub version: String,
    pub licence: String,
    pub by_name: String,
    pub accepted_at: Moment,
}

pub async fn accepted(db: &Db) -> Result<Vec<Accepted>, Fault> {
    let sql =
        "SELECT i.slug, i.version, i.licence, p.name AS by_name, i.accepted_at FROM instrument i JOIN person p ON p.id = i.accepted_by
        ORDER BY i.slug, i.accepted_at";
    db.rows(sql, []).await
}

#[derive(Debug, Clone, FromQueryResult)]
pub struct Installed {
    pub pack: String,
    pub terms_hash: String,
    pub by_name: String,
    pub installed_at: Moment,
}

/// The packs that are in use now, with who accepted which terms.
pub async fn installed(db: &(impl Ask + Sync)) -> Result<Vec<Installed>, Fault> {
    let sql = "SELECT i.pack, i.terms_hash, p.name AS by_name, i.installed_at FROM instrument_pack i JOIN person p ON p.id = i.installed_by
        WHERE i.removed_at IS NULL ORDER BY i.installed_at";
    db.rows(sql, []).await
}

/// False if these terms are accepted already. Terms that have changed since end the row that accepted the old ones.
pub async fn install(tx: &Tx, pack: &str, terms_hash: &str, by: i64, now: Moment) -> Result<bool, Fault> {
    let known = "SELECT COUNT(*) AS n FROM instrument_pack WHERE pack = $1 AND terms_hash = $2 AND removed_at IS NULL";
    if tx.number(known, values![pack, terms_hash]).await? > 0 {
        return Ok(false);
    }
    end_pack(tx, pack, by, now).await?;
    let sql =
        "INSERT INTO instrument_pack (id, pack, terms_hash, installed_by, installed_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING";
    Ok(tx.run(sql, values![random_id(), pack, terms_hash, by, now]).await? == 1)
}

async fn end_pack(tx: &Tx, pack: &str, by: i64, now: Moment) -> Result<bool, Fault> {
    let sql = "UPDATE instrument_pack SET removed_by = $1, removed_at = $2 WHERE pack = $3 AND removed_at IS NULL";
    Ok(tx.run(sql, values![by, now, pack]).await? > 0)
}

/// Takes a pack out: what waits for an answer is asked no more, what was answered stays. False if it was not there.
pub async fn uninstall(tx: &Tx, pack: &str, slugs: &[String], by: i64, now: Moment) -> Result<bool, Fault> {
    if !end_pack(tx, pack, by, now).await? {
        return Ok(false);
    }
    for slug in slugs {
        let sql = "UPDATE measure SET withdrawn_at = $1 WHERE slug = $2 AND completed_at IS NULL AND withdrawn_at IS NULL";
        tx.run(sql, values![now, slug.clone()]).await?;
    }
    Ok(true)
}

#[derive(Debug, Clone, FromQueryResult)]
pub struct Warning {
    pub slug: String,
    pub warns_at: i64,
}

pub async fn warnings(db: &Db) -> Result<Vec<Warning>, Fault> {
    db.rows("SELECT slug, warns_at FROM measure_warning ORDER BY slug", []).await
}

pub async fn warning(db: &(impl Ask + Sync), slug: &str) -> Result<Option<i64>, Fault> {
    let row: Option<Warning> = db.row("SELECT slug, warns_at FROM measure_warning WHERE slug = $1", values![slug]).await?;
    Ok(row.map(|row| row.warns_at))
}

/// What does not warn has no row. What stays as it was keeps who settled it.
pub async fn keep_warnings(tx: &Tx, all: &[(String, Option<i64>)], by: (i64, Moment)) -> Result<(), Fault> {
    for (slug, at) in all {
        let Some(at) = at else {
            tx.run("DELETE FROM measure_warning WHERE slug = $1", values![slug.clone()]).await?;
            continue;
        };
        let sql = "INSERT INTO measure_warning (slug, warns_at, changed_by, changed_at) VALUES ($1, $2, $3, $4)
            ON CONFLICT (slug) DO UPDATE SET warns_at = excluded.warns_at, changed_by = excluded.changed_by, changed_at = excluded.changed_at
            WHERE measure_warning.warns_at <> excluded.warns_at";
        tx.run(sql, values![slug.clone(), *at, by.0, by.1]).await?;
    }
    Ok(())
}

/// False if this version is there already.
pub async fn keep_own(tx: &Tx, slug: &str, version: &str, body: &str, licence: &str, by: (i64, Moment)) -> Result<bool, Fault> {
    let sql = "INSERT INTO instrument (id, slug, version, body, licence, accepted_by, accepted_at) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING";
    Ok(tx.run(sql, values![random_id(), slug, version, body, licence, by.0, by.1]).await? == 1)
}

#[cfg(test)]
impl Measure {
    pub fn sample(id: i64, slug: &str) -> Measure {
        Measure {
            id,
            person_id: 7,
            group_id: None,
            slug: slug.into(),
            version: "1".into(),
            due_at: Moment(0),
            begun_at: None,
            completed_at: Some(Moment(0)),
            withdrawn_at: None,
            answers_sealed: None,
        }
    }
}
