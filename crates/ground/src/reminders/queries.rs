use std::collections::HashSet;

use care::{agenda::Agenda, goals::Days, reminders::next_goal};
use jiff::tz::TimeZone;
use sea_orm::FromQueryResult;

use crate::{
    clock::Moment,
    db::{Ask, Db, Tx},
    facts::EXPECTED,
    fault::Fault,
    library, peer,
    roles::Role,
    values,
    words::Language,
};

/// Somebody who is to be reminded, and what of.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Coming {
    pub object: i64,
    /// When the session begins, or by when the homework is to be done.
    pub at: Moment,
    pub person_id: i64,
    pub zone: String,
    pub email: i64,
    pub texts: i64,
    pub push: i64,
    #[sea_orm(nested)]
    pub on: On,
}

/// What somebody wants to hear of, and when not.
#[derive(Debug, Clone, FromQueryResult)]
pub struct On {
    pub day_before: i64,
    pub hour_before: i64,
    pub homework: i64,
    pub documents: i64,
    pub measures: i64,
    pub quiet_from: i64,
    pub quiet_to: i64,
}

/// What somebody has who never chose: mails for everything, and nights without.
const CHOSEN: &str = "p.zone, COALESCE(c.email, 1) AS email, COALESCE(c.texts, 0) AS texts, COALESCE(c.push_sessions, 1) AS push, COALESCE(c.day_before, 1) AS day_before,
        COALESCE(c.hour_before, 1) AS hour_before, COALESCE(c.homework, 1) AS homework, COALESCE(c.documents, 1) AS documents,
        COALESCE(c.measures, 1) AS measures,
        COALESCE(c.quiet_from, 1320) AS quiet_from, COALESCE(c.quiet_to, 420) AS quiet_to";

/// Everybody who is expected at a session that begins within this time. Those who only look on or interpret ask their own calendar.
pub async fn sessions(db: &Db, from: Moment, to: Moment) -> Result<Vec<Coming>, Fault> {
    let sql = format!(
        "SELECT s.id AS object, s.starts_at AS at, m.person_id, {CHOSEN} FROM session s
        JOIN membership m ON m.group_id = s.group_id
        JOIN person p ON p.id = m.person_id AND p.disabled_at IS NULL
        LEFT JOIN reminder_choice c ON c.person_id = p.id
        WHERE s.starts_at > $1 AND s.starts_at < $2 AND {EXPECTED}"
    );
    db.rows(&sql, values![from, to]).await
}

/// Everybody who takes part in an appointment or family session that begins within this time, whoever leads it included.
pub async fn appointments(db: &Db, from: Moment, to: Moment) -> Result<Vec<Coming>, Fault> {
    let sql = format!(
        "SELECT a.id AS object, a.starts_at AS at, p.id AS person_id, {CHOSEN} FROM appointment a
        JOIN (SELECT id AS appointment_id, leader_id AS person_id FROM appointment
            UNION SELECT appointment_id, person_id FROM appointment_person) w ON w.appointment_id = a.id
        JOIN person p ON p.id = w.person_id AND p.disabled_at IS NULL
        LEFT JOIN reminder_choice c ON c.person_id = p.id
        WHERE a.starts_at > $1 AND a.starts_at < $2 AND a.cancelled_at IS NULL"
    );
    db.rows(&sql, values![from, to]).await
}

/// Everybody for whom a check-in among members is that begins within this time.
pub async fn peer_check_ins(db: &Db, from: Moment, to: Moment) -> Result<Vec<Coming>, Fault> {
    let sql = format!(
        "SELECT s.id AS object, s.starts_at AS at, m.person_id, {CHOSEN} FROM peer_session x JOIN session s ON s.id = x.session_id
        JOIN membership m ON {}
        JOIN person p ON p.id = m.person_id AND p.disabled_at IS NULL
        LEFT JOIN reminder_choice c ON c.person_id = p.id
        WHERE s.starts_at > $1 AND s.starts_at < $2",
        peer::expected()
    );
    db.rows(&sql, values![from, to]).await
}

/// A supporter `p` and a session `s` at which a member whom they support needs the hour alone, as long as both sides stand to it.
fn quiet_hour() -> String {
    format!(
        "FROM supporter t JOIN membership m ON m.person_id = t.member_id AND m.part = 'member' JOIN session s ON s.group_id = m.group_id
        JOIN person p ON p.id = t.supporter_id AND p.disabled_at IS NULL JOIN person v ON v.id = t.member_id AND v.disabled_at IS NULL
        LEFT JOIN reminder_choice c ON c.person_id = p.id
        WHERE t.reminders = 1 AND t.agreed_at IS NOT NULL AND t.ended_at IS NULL AND {EXPECTED}
            AND NOT EXISTS (SELECT 1 FROM family_group f WHERE f.group_id = s.group_id)"
    )
}

/// Supporters to whom a member opened it, at each hour within this time at which that member needs one alone. Family sessions are not among them.
pub async fn quiet_hours(db: &Db, from: Moment, to: Moment) -> Result<Vec<Coming>, Fault> {
    let sql = format!(
        "SELECT DISTINCT s.id AS object, s.starts_at AS at, p.id AS person_id, {CHOSEN} {} AND s.starts_at > $1 AND s.starts_at < $2",
        quiet_hour()
    );
    db.rows(&sql, values![from, to]).await
}

/// Whether it is still opened to them, and still at that hour.
pub async fn needs_quiet(db: &Db, session: i64, starts_at: Moment, supporter: i64) -> Result<bool, Fault> {
    let sql = format!("SELECT COUNT(*) AS n {} AND s.id = $1 AND s.starts_at = $2 AND p.id = $3", quiet_hour());
    Ok(db.number(&sql, values![session, starts_at, supporter]).await? > 0)
}

/// Homework that nobody has done yet and that is due within this time.
pub async fn homework(db: &Db, from: Moment, to: Moment) -> Result<Vec<Coming>, Fault> {
    let sql = format!(
        "SELECT h.id AS object, h.due_at AS at, h.person_id, {CHOSEN} FROM homework h
        JOIN person p ON p.id = h.person_id AND p.disabled_at IS NULL
        LEFT JOIN reminder_choice c ON c.person_id = p.id
        WHERE h.done_at IS NULL AND h.withdrawn_at IS NULL AND h.due_at > $1 AND h.due_at < $2"
    );
    db.rows(&sql, values![from, to]).await
}

/// Whoever is expected as a member at a session that begins within this time and has not signed this text, the next session first. Only for
/// so long after it began to ask them; see `care::reminders::DOCUMENTS_LAST`.
pub async fn unsigned(db: &Db, from: Moment, to: Moment, hash: &str, published_at: Moment) -> Result<Vec<Coming>, Fault> {
    let lasts = i64::try_from(care::reminders::DOCUMENTS_LAST.as_micros()).unwrap_or(0);
    let sql = format!(
        "SELECT s.id AS object, s.starts_at AS at, m.person_id, {CHOSEN} FROM session s
        JOIN membership m ON m.group_id = s.group_id AND m.part = 'member'
        JOIN person p ON p.id = m.person_id AND p.disabled_at IS NULL AND p.role = 'member'
        LEFT JOIN reminder_choice c ON c.person_id = p.id
        WHERE s.starts_at > $1 AND s.starts_at < $2 AND {EXPECTED}
            AND s.starts_at < $5 + CASE WHEN m.joined_at > $4 THEN m.joined_at ELSE $4 END
            AND NOT EXISTS (SELECT 1 FROM document_signature d WHERE d.person_id = p.id AND d.version_hash = $3)
        ORDER BY s.starts_at, s.id"
    );
    db.rows(&sql, values![from, to, hash, published_at, lasts]).await
}

/// What was asked within this time, that nobody has answered yet.
pub async fn measures(db: &Db, from: Moment, to: Moment) -> Result<Vec<Coming>, Fault> {
    let sql = format!(
        "SELECT x.id AS object, x.asked_at AS at, x.person_id, {CHOSEN} FROM measure x
        JOIN person p ON p.id = x.person_id AND p.disabled_at IS NULL
        LEFT JOIN reminder_choice c ON c.person_id = p.id
        WHERE x.completed_at IS NULL AND x.withdrawn_at IS NULL AND x.asked_at > $1 AND x.asked_at <= $2"
    );
    db.rows(&sql, values![from, to]).await
}

/// Answers that were sent within this time and that nobody has opened yet.
pub async fn replies(db: &Db, from: Moment, to: Moment) -> Result<Vec<Coming>, Fault> {
    let sql = format!(
        "SELECT r.id AS object, r.sent_at AS at, h.person_id, {CHOSEN} FROM homework_reply r JOIN homework h ON h.id = r.homework_id
        JOIN person p ON p.id = h.person_id AND p.disabled_at IS NULL
        LEFT JOIN reminder_choice c ON c.person_id = p.id
        WHERE r.seen_at IS NULL AND r.sent_at > $1 AND r.sent_at <= $2"
    );
    db.rows(&sql, values![from, to]).await
}

/// Whoever has read the answer meanwhile is not told that it came.
pub async fn is_news(db: &Db, reply: i64, person: i64) -> Result<bool, Fault> {
    let sql = "SELECT COUNT(*) AS n FROM homework_reply r JOIN homework h ON h.id = r.homework_id
        WHERE r.id = $1 AND h.person_id = $2 AND r.seen_at IS NULL";
    Ok(db.number(sql, values![reply, person]).await? > 0)
}

#[derive(FromQueryResult)]
struct ToRead {
    agenda: String,
    role: String,
}

/// Whether something was chosen to be read before this session that this person, who comes as a member, may open.
pub async fn reads(db: &Db, session: i64, person: i64) -> Result<bool, Fault> {
    let sql = "SELECT s.agenda, p.role FROM session s JOIN membership m ON m.group_id = s.group_id JOIN person p ON p.id = m.person_id
        WHERE s.id = $1 AND p.id = $2 AND m.part = 'member' AND m.left_at IS NULL";
    let Some(row) = db.row::<ToRead>(sql, values![session, person]).await? else { return Ok(false) };
    let Agenda { readings, .. } = serde_json::from_str(&row.agenda)?;
    let Some(role) = Role::parse(&row.role).filter(|_| !readings.is_empty()) else { return Ok(false) };
    let all = library::named(db, role, Language::English).await?;
    Ok(all.iter().any(|one| !one.hidden && readings.contains(&one.slug)))
}

#[derive(FromQueryResult)]
struct GoalRow {
    days: i64,
    until_day: String,
    remind_minute: i64,
}

impl GoalRow {
    fn next(&self, zone: &str, now: Moment) -> Option<Moment> {
        let days = Days(u8::try_from(self.days).ok()?);
        let (minute, zone) = (i16::try_from(self.remind_minute).ok()?, TimeZone::get(zone).unwrap_or(TimeZone::UTC));
        next_goal(days, minute, self.until_day.parse().ok(), now.timestamp(), &zone).map(Moment::from)
    }
}

/// Goals that ask for a reminder, each with the next minute at which it does.
pub async fn goals(db: &Db, now: Moment) -> Result<Vec<Coming>, Fault> {
    let sql = format!(
        "SELECT g.id AS object, g.made_at AS at, g.person_id, {CHOSEN}, g.days, g.until_day, g.remind_minute FROM goal g
        JOIN person p ON p.id = g.person_id AND p.disabled_at IS NULL
        LEFT JOIN reminder_choice c ON c.person_id = p.id
        WHERE g.state = 'going' AND g.remind_minute IS NOT NULL"
    );
    let rows: Vec<WithGoal> = db.rows(&sql, []).await?;
    Ok(rows.into_iter().filter_map(|row| Some(Coming { at: row.goal.next(&row.coming.zone, now)?, ..row.coming })).collect())
}

#[derive(FromQueryResult)]
struct WithGoal {
    #[sea_orm(nested)]
    coming: Coming,
    #[sea_orm(nested)]
    goal: GoalRow,
}

/// Whether a goal still asks for a reminder at this very minute.
pub async fn goal_asks(db: &Db, goal: i64, person: i64, at: Moment) -> Result<bool, Fault> {
    let sql = "SELECT g.days, g.until_day, g.remind_minute, p.zone FROM goal g JOIN person p ON p.id = g.person_id
        WHERE g.id = $1 AND g.person_id = $2 AND g.state = 'going' AND g.remind_minute IS NOT NULL";
    let row: Option<GoalInZone> = db.row(sql, values![goal, person]).await?;
    Ok(row.is_some_and(|row| row.goal.next(&row.zone, at) == Some(at)))
}

#[derive(FromQueryResult)]
struct GoalInZone {
    zone: String,
    #[sea_orm(nested)]
    goal: GoalRow,
}

#[derive(FromQueryResult)]
struct DailyRow {
    due_at: Moment,
    remind_minute: i64,
}

impl DailyRow {
    /// Each day up to the one on which it is due.
    fn next(&self, zone: &str, now: Moment) -> Option<Moment> {
        let until = self.due_at.in_zone(zone).date();
        let (minute, zone) = (i16::try_from(self.remind_minute).ok()?, TimeZone::get(zone).unwrap_or(TimeZone::UTC));
        next_goal(Days::EVERY, minute, Some(until), now.timestamp(), &zone).map(Moment::from)
    }
}

#[derive(FromQueryResult)]
struct WithDaily {
    #[sea_orm(nested)]
    coming: Coming,
    #[sea_orm(nested)]
    daily: DailyRow,
}

/// Open homework that asks for a reminder each day, with the next minute at which it does.
pub async fn homework_daily(db: &Db, now: Moment) -> Result<Vec<Coming>, Fault> {
    let sql = format!(
        "SELECT h.id AS object, h.given_at AS at, h.person_id, {CHOSEN}, h.due_at, h.remind_minute FROM homework h
        JOIN person p ON p.id = h.person_id AND p.disabled_at IS NULL
        LEFT JOIN reminder_choice c ON c.person_id = p.id
        WHERE h.done_at IS NULL AND h.withdrawn_at IS NULL AND h.remind_minute IS NOT NULL AND h.due_at > $1"
    );
    let rows: Vec<WithDaily> = db.rows(&sql, values![now]).await?;
    Ok(rows.into_iter().filter_map(|row| Some(Coming { at: row.daily.next(&row.coming.zone, now)?, ..row.coming })).collect())
}

#[derive(FromQueryResult)]
struct DailyInZone {
    zone: String,
    kind: String,
    #[sea_orm(nested)]
    daily: DailyRow,
}

/// Whether homework still asks for a reminder at this very minute. Whoever has written that day's sheet is left in peace.
pub async fn homework_asks(db: &Db, homework: i64, person: i64, at: Moment) -> Result<bool, Fault> {
    let sql = "SELECT h.due_at, h.remind_minute, h.kind, p.zone FROM homework h JOIN person p ON p.id = h.person_id
        WHERE h.id = $1 AND h.person_id = $2 AND h.done_at IS NULL AND h.withdrawn_at IS NULL AND h.remind_minute IS NOT NULL";
    let Some(row) = db.row::<DailyInZone>(sql, values![homework, person]).await? else { return Ok(false) };
    if row.daily.next(&row.zone, at) != Some(at) {
        return Ok(false);
    }
    let today = at.in_zone(&row.zone).date().to_string();
    let sql = "SELECT COUNT(*) AS n FROM homework_entry WHERE homework_id = $1 AND day = $2";
    let written = db.number(sql, values![homework, today]).await? > 0;
    Ok(!written || care::homework::Kind::parse(&row.kind).rhythm() == care::homework::Rhythm::Whole)
}

#[derive(FromQueryResult)]
struct Known {
    occasion: String,
}

/// Reminders that are on the list already, so that a pass has nothing to write when nothing is new.
pub async fn known(db: &Db, since: Moment) -> Result<HashSet<String>, Fault> {
    // By time, not by kind: SQLite would walk through every reminder that there ever was.
    let rows: Vec<Known> = db.rows("SELECT occasion FROM job WHERE kind || '' = 'reminder' AND due_at > $1", values![since]).await?;
    Ok(rows.into_iter().map(|row| row.occasion).collect())
}

#[derive(Debug, Clone, FromQueryResult)]
pub struct Row {
    pub email: i64,
    pub texts: i64,
    #[sea_orm(nested)]
    pub on: On,
    /// A word of `care::notices::Often`.
    pub unread: String,
    pub unread_night: i64,
    pub push_unread: i64,
    pub push_sessions: i64,
    pub phone_sealed: Option<Vec<u8>>,
    pub consent_at: Option<Moment>,
    pub stopped_at: Option<Moment>,
}

pub async fn row(db: &(impl Ask + Sync), person: i64) -> Result<Option<Row>, Fault> {
    let sql =
        "SELECT email, texts, day_before, hour_before, homework, documents, measures, quiet_from, quiet_to, unread, unread_night, push_unread,
            push_sessions, phone_sealed, consent_at, stopped_at FROM reminder_choice WHERE person_id = $1";
    db.row(sql, values![person]).await
}

/// What is kept of the telephone: sealed, to send to; marked, to find it by when somebody writes back.
pub struct Phone {
    pub sealed: Vec<u8>,
    pub mark: Vec<u8>,
    pub consent_at: Moment,
    pub consent_words: String,
}

pub async fn keep(tx: &Tx, person: i64, row: Row, phone: Option<Phone>, now: Moment) -> Result<(), Fault> {
    let sql = "INSERT INTO reminder_choice (person_id, email, texts, day_before, hour_before, homework, documents, measures, quiet_from, quiet_to,
            unread, unread_night, push_unread, push_sessions, phone_sealed, phone_mark, consent_at, consent_words, stopped_at, changed_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, NULL, $19)
        ON CONFLICT (person_id) DO UPDATE SET email = excluded.email, texts = excluded.texts, day_before = excluded.day_before,
            hour_before = excluded.hour_before, homework = excluded.homework, documents = excluded.documents,
            measures = excluded.measures, quiet_from = excluded.quiet_from,
            quiet_to = excluded.quiet_to, unread = excluded.unread, unread_night = excluded.unread_night,
            push_unread = excluded.push_unread, push_sessions = excluded.push_sessions, phone_sealed = excluded.phone_sealed, phone_mark = excluded.phone_mark,
            consent_at = excluded.consent_at, consent_words = excluded.consent_words, stopped_at = NULL, changed_at = excluded.changed_at";
    let (sealed, mark, at, words) = match phone {
        Some(phone) => (Some(phone.sealed), Some(phone.mark), Some(phone.consent_at.0), Some(phone.consent_words)),
        None => (None, None, None, None),
    };
    let on = row.on;
    let chosen = values![
        person,
        row.email,
        row.texts,
        on.day_before,
        on.hour_before,
        on.homework,
        on.documents,
        on.measures,
        on.quiet_from,
        on.quiet_to,
        row.unread,
        row.unread_night,
        row.push_unread,
        row.push_sessions
    ];
    tx.run(sql, chosen.into_iter().chain(values![sealed, mark, at, words, now])).await?;
    Ok(())
}

#[derive(FromQueryResult)]
struct Person {
    person_id: i64,
}

/// Whose number it is; a family may share one.
pub async fn people_with(db: &Db, mark: Vec<u8>) -> Result<Vec<i64>, Fault> {
    let rows: Vec<Person> = db.rows("SELECT person_id FROM reminder_choice WHERE phone_mark = $1", values![mark]).await?;
    Ok(rows.into_iter().map(|row| row.person_id).collect())
}

pub async fn stop(tx: &Tx, person: i64, now: Moment) -> Result<bool, Fault> {
    let sql = "UPDATE reminder_choice SET texts = 0, stopped_at = $1, changed_at = $1 WHERE person_id = $2 AND texts = 1";
    Ok(tx.run(sql, values![now, person]).await? == 1)
}

/// Only what a text stopped can a text begin again, and only for whoever once agreed.
pub async fn start(tx: &Tx, person: i64, now: Moment) -> Result<bool, Fault> {
    let sql = "UPDATE reminder_choice SET texts = 1, stopped_at = NULL, changed_at = $1
        WHERE person_id = $2 AND texts = 0 AND stopped_at IS NOT NULL AND consent_at IS NOT NULL";
    Ok(tx.run(sql, values![now, person]).await? == 1)
}
