use care::{
    enrolment::{Ended, Place, Step},
    screening::Answers,
};
use ground::{Ask, Db, Fault, House, Me, Moment, Owner, Spot, Tx, random_id, sea_orm::FromQueryResult, values};

/// Somebody on the way to a seat in one group.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Application {
    pub id: i64,
    pub person_id: i64,
    pub name: String,
    pub group_id: i64,
    pub group_name: String,
    pub kind: String,
    pub zone: String,
    pub step: String,
    pub place: String,
    pub ended: String,
    pub residence: String,
    pub asked_at: Moment,
    pub step_at: Moment,
    pub hold_ends_at: Option<Moment>,
    pub call_at: Option<Moment>,
    pub caller: Option<String>,
}

impl Application {
    pub fn step(&self) -> Step {
        Step::parse(&self.step)
    }

    pub fn place(&self) -> Place {
        Place::parse(&self.place)
    }
}

const FIELDS: &str = "SELECT a.id, a.person_id, p.name, a.group_id, g.name AS group_name, g.kind, g.zone, a.step, a.place, a.ended,
        a.residence, a.asked_at, a.step_at, a.hold_ends_at, c.starts_at AS call_at, k.name AS caller
    FROM application a JOIN person p ON p.id = a.person_id JOIN groups g ON g.id = a.group_id
        LEFT JOIN call_slot c ON c.application_id = a.id LEFT JOIN person k ON k.id = c.clinician_id";

/// One's own: the open ones, and what was decided in the last weeks.
pub async fn mine(db: &Db, person: i64, since: Moment) -> Result<Vec<Application>, Fault> {
    let sql = format!(
        "{FIELDS} WHERE a.person_id = $1 AND (a.step <> 'closed' OR (a.step_at > $2 AND a.ended IN ('not_now', 'seated', 'lapsed')))
        ORDER BY CASE WHEN a.step = 'closed' THEN 1 ELSE 0 END, a.asked_at DESC LIMIT 20"
    );
    db.rows(&sql, values![person, since]).await
}

pub async fn my_one(db: &(impl Ask + Sync), person: i64, application: i64) -> Result<Option<Application>, Fault> {
    db.row(&format!("{FIELDS} WHERE a.id = $1 AND a.person_id = $2"), values![application, person]).await
}

/// Those of one person for which a seat is kept.
pub async fn kept_for(tx: &Tx, person: i64) -> Result<Vec<Application>, Fault> {
    let sql = format!("{FIELDS} WHERE a.person_id = $1 AND a.place IN ('held', 'offered') AND a.step <> 'closed' ORDER BY a.id");
    tx.rows(&sql, values![person]).await
}

pub async fn in_group(db: &(impl Ask + Sync), group: i64, application: i64) -> Result<Option<Application>, Fault> {
    db.row(&format!("{FIELDS} WHERE a.id = $1 AND a.group_id = $2"), values![application, group]).await
}

/// Every open application that this member of staff looks after: the office all, leaders those of their groups.
pub async fn open_for(db: &Db, me: &Me) -> Result<Vec<Application>, Fault> {
    let sql = format!(
        "{FIELDS} WHERE a.step <> 'closed' AND ($2 OR EXISTS (SELECT 1 FROM membership m
            WHERE m.group_id = a.group_id AND m.person_id = $1 AND m.part = 'facilitator' AND m.left_at IS NULL))
        ORDER BY a.asked_at LIMIT 1000"
    );
    db.rows(&sql, values![me.id, me.role.is_office()]).await
}

/// The first in the line of a group: in the order in which they asked, never by anything else.
pub async fn next_in_line(tx: &Tx, group: i64, but_not: i64) -> Result<Option<Application>, Fault> {
    let sql = format!(
        "{FIELDS} WHERE a.group_id = $1 AND a.id <> $2 AND a.place = 'waiting' AND a.step IN ('call', 'talk', 'accepted')
        ORDER BY a.in_line_at, a.id LIMIT 1"
    );
    tx.row(&sql, values![group, but_not]).await
}

/// How many stand in front of this one.
pub async fn ahead_of(db: &(impl Ask + Sync), application: i64) -> Result<i64, Fault> {
    let sql = "SELECT COUNT(*) AS n FROM application a JOIN application me ON me.group_id = a.group_id
        WHERE me.id = $1 AND a.id <> me.id AND a.place = 'waiting' AND a.step IN ('call', 'talk', 'accepted')
            AND (a.in_line_at < me.in_line_at OR (a.in_line_at = me.in_line_at AND a.id < me.id))";
    db.number(sql, values![application]).await
}

/// Holds that are over, and applications that nobody has touched since `silent_since`.
pub async fn overdue(db: &Db, now: Moment, silent_since: Moment) -> Result<Vec<Application>, Fault> {
    let sql = format!(
        "{FIELDS} WHERE (a.place IN ('held', 'offered') AND a.hold_ends_at <= $1) OR (a.step IN ('screening', 'call') AND a.step_at <= $2)
        ORDER BY a.id LIMIT 500"
    );
    db.rows(&sql, values![now, silent_since]).await
}

pub struct NewApplication<'a> {
    pub person: i64,
    pub group: i64,
    pub residence: &'a str,
    pub step: Step,
}

/// `None` if this person has an open application for this group.
pub async fn make(tx: &Tx, new: NewApplication<'_>, now: Moment) -> Result<Option<i64>, Fault> {
    let id = random_id();
    let sql = "INSERT INTO application (id, person_id, group_id, step, place, residence, asked_at, in_line_at, step_at)
        VALUES ($1, $2, $3, $4, 'none', $5, $6, $6, $6) ON CONFLICT DO NOTHING";
    let made = tx.run(sql, values![id, new.person, new.group, new.step.word(), new.residence, now]).await?;
    Ok((made == 1).then_some(id))
}

pub async fn set_step(tx: &Tx, application: i64, step: Step, now: Moment) -> Result<(), Fault> {
    let sql = "UPDATE application SET step = $1, step_at = $2 WHERE id = $3 AND step <> 'closed'";
    tx.run(sql, values![step.word(), now, application]).await?;
    Ok(())
}

pub async fn set_place(tx: &Tx, application: i64, place: Place, hold_ends_at: Option<Moment>) -> Result<(), Fault> {
    let sql = "UPDATE application SET place = $1, hold_ends_at = $2 WHERE id = $3";
    tx.run(sql, values![place.word(), hold_ends_at.map(|at| at.0), application]).await?;
    Ok(())
}

/// To the end of the line.
pub async fn set_last_in_line(tx: &Tx, application: i64, now: Moment) -> Result<(), Fault> {
    let sql = "UPDATE application SET place = 'waiting', hold_ends_at = NULL, in_line_at = $1 WHERE id = $2";
    tx.run(sql, values![now, application]).await?;
    Ok(())
}

pub async fn close(tx: &Tx, application: i64, ended: Ended, now: Moment) -> Result<(), Fault> {
    let sql = "UPDATE application SET step = 'closed', place = 'none', hold_ends_at = NULL, ended = $1, step_at = $2 WHERE id = $3";
    tx.run(sql, values![ended.word(), now, application]).await?;
    tx.run("UPDATE call_slot SET application_id = NULL WHERE application_id = $1 AND starts_at > $2", values![application, now]).await?;
    Ok(())
}

fn words_spot(row: &str) -> Spot<'_> {
    Spot { table: "application", column: "words", row }
}

pub async fn sealed_words(house: &House, application: &Application, words: &str) -> Result<Vec<u8>, Fault> {
    house.keys.seal(Owner::Person(application.person_id), words_spot(&application.id.to_string()), words).await
}

pub async fn set_decision(tx: &Tx, application: i64, by: i64, words: Vec<u8>) -> Result<(), Fault> {
    tx.run("UPDATE application SET decided_by = $1, words_sealed = $2 WHERE id = $3", values![by, words, application]).await?;
    Ok(())
}

#[derive(FromQueryResult)]
struct Words {
    words_sealed: Option<Vec<u8>>,
}

/// What we wrote to them with the decision.
pub async fn words(house: &House, application: &Application) -> Result<String, Fault> {
    let row: Option<Words> = house.db.row("SELECT words_sealed FROM application WHERE id = $1", values![application.id]).await?;
    let Some(sealed) = row.and_then(|row| row.words_sealed) else { return Ok(String::new()) };
    house.keys.open(Owner::Person(application.person_id), words_spot(&application.id.to_string()), &sealed).await
}

fn answers_spot(row: &str) -> Spot<'_> {
    Spot { table: "screening", column: "answers", row }
}

/// A screening that is ready to be kept.
pub struct Sent {
    id: i64,
    person: i64,
    sealed: Vec<u8>,
}

pub async fn seal_answers(house: &House, person: i64, answers: &Answers) -> Result<Sent, Fault> {
    let id = random_id();
    let text = serde_json::to_string(answers)?;
    let sealed = house.keys.seal(Owner::Person(person), answers_spot(&id.to_string()), &text).await?;
    Ok(Sent { id, person, sealed })
}

pub async fn keep_answers(tx: &Tx, sent: Sent, now: Moment) -> Result<(), Fault> {
    let sql = "INSERT INTO screening (id, person_id, answers_sealed, sent_at) VALUES ($1, $2, $3, $4)";
    tx.run(sql, values![sent.id, sent.person, sent.sealed, now]).await?;
    Ok(())
}

#[derive(FromQueryResult)]
struct Kept {
    id: i64,
    answers_sealed: Vec<u8>,
    sent_at: Moment,
}

/// What somebody told last, and when.
pub async fn answers(house: &House, person: i64) -> Result<Option<(Answers, Moment)>, Fault> {
    let sql = "SELECT id, answers_sealed, sent_at FROM screening WHERE person_id = $1 ORDER BY sent_at DESC LIMIT 1";
    let Some(kept) = house.db.row::<Kept>(sql, values![person]).await? else { return Ok(None) };
    let text = house.keys.open(Owner::Person(person), answers_spot(&kept.id.to_string()), &kept.answers_sealed).await?;
    Ok(Some((serde_json::from_str(&text)?, kept.sent_at)))
}

/// A time at which a clinician can be talked to.
#[derive(Debug, Clone, FromQueryResult)]
pub struct CallSlot {
    pub id: i64,
    pub clinician: String,
    pub starts_at: Moment,
    pub minutes: i64,
    /// The person who has it, for staff pages.
    pub person: Option<String>,
    pub group_id: Option<i64>,
    pub application_id: Option<i64>,
}

const SLOTS: &str = "SELECT c.id, k.name AS clinician, c.starts_at, c.minutes, p.name AS person, a.group_id, c.application_id
    FROM call_slot c JOIN person k ON k.id = c.clinician_id LEFT JOIN application a ON a.id = c.application_id LEFT JOIN person p ON p.id = a.person_id";

/// Free times of those who lead the group.
pub async fn free_slots(db: &Db, group: i64, now: Moment) -> Result<Vec<CallSlot>, Fault> {
    let sql = format!(
        "{SLOTS} JOIN membership m ON m.person_id = c.clinician_id AND m.group_id = $1 AND m.part = 'facilitator' AND m.left_at IS NULL
        WHERE c.application_id IS NULL AND c.starts_at > $2 AND k.disabled_at IS NULL ORDER BY c.starts_at LIMIT 30"
    );
    db.rows(&sql, values![group, now]).await
}

pub async fn slots_of(db: &Db, clinician: i64, since: Moment) -> Result<Vec<CallSlot>, Fault> {
    db.rows(&format!("{SLOTS} WHERE c.clinician_id = $1 AND c.starts_at > $2 ORDER BY c.starts_at LIMIT 200"), values![clinician, since])
        .await
}

/// True for the one who chooses it first; whoever had another time gives that one back. It must be a time of somebody who leads the group.
pub async fn take_slot(tx: &Tx, slot: i64, application: &Application, now: Moment) -> Result<Option<Moment>, Fault> {
    tx.run("UPDATE call_slot SET application_id = NULL WHERE application_id = $1 AND starts_at > $2", values![application.id, now]).await?;
    let sql = "UPDATE call_slot SET application_id = $1 WHERE id = $2 AND application_id IS NULL AND starts_at > $3
        AND clinician_id IN (SELECT person_id FROM membership WHERE group_id = $4 AND part = 'facilitator' AND left_at IS NULL)";
    if tx.run(sql, values![application.id, slot, now, application.group_id]).await? != 1 {
        return Ok(None);
    }
    let end = tx.number("SELECT starts_at + minutes * 60000000 AS n FROM call_slot WHERE id = $1", values![slot]).await?;
    Ok(Some(Moment(end)))
}

/// Whose time it is.
pub async fn holder_of(tx: &Tx, slot: i64) -> Result<Option<i64>, Fault> {
    let id = tx.number("SELECT clinician_id AS n FROM call_slot WHERE id = $1", values![slot]).await?;
    Ok((id != 0).then_some(id))
}

/// A call that is arranged stays arranged.
pub async fn move_call(tx: &Tx, from: i64, to: i64) -> Result<(), Fault> {
    tx.run("UPDATE call_slot SET application_id = $1 WHERE application_id = $2", values![to, from]).await?;
    Ok(())
}

/// False if there is one at that minute.
pub async fn add_slot(tx: &Tx, clinician: i64, starts_at: Moment, minutes: i64) -> Result<bool, Fault> {
    let sql = "INSERT INTO call_slot (id, clinician_id, starts_at, minutes) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
    Ok(tx.run(sql, values![random_id(), clinician, starts_at, minutes]).await? == 1)
}

/// Only a time that nobody has chosen can go.
pub async fn remove_slot(tx: &Tx, clinician: i64, slot: i64) -> Result<bool, Fault> {
    let sql = "DELETE FROM call_slot WHERE id = $1 AND clinician_id = $2 AND application_id IS NULL";
    Ok(tx.run(sql, values![slot, clinician]).await? == 1)
}

#[derive(FromQueryResult)]
struct Id {
    id: i64,
}

/// Who leads a group, first chair first.
pub async fn leaders(db: &(impl Ask + Sync), group: i64) -> Result<Vec<i64>, Fault> {
    let sql = "SELECT person_id AS id FROM membership WHERE group_id = $1 AND part = 'facilitator' AND left_at IS NULL ORDER BY seat";
    let rows: Vec<Id> = db.rows(sql, values![group]).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// What of a group matters to whoever wants to join it.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Open {
    pub id: i64,
    pub name: String,
    pub kind: String,
    pub zone: String,
    pub capacity: i64,
    pub taken: i64,
    pub programme: String,
    pub admission: String,
    pub admission_weeks: String,
    /// The number of the next session; 1 if none has been yet.
    pub next_number: i64,
}

const OPEN: &str = "SELECT g.id, g.name, g.kind, g.zone, g.capacity, g.taken, g.programme, g.admission, g.admission_weeks,
        COALESCE((SELECT MAX(s.number) FROM session s WHERE s.group_id = g.id AND s.state = 'ended'), 0) + 1 AS next_number FROM groups g";

/// A group that the public may ask for a seat in.
pub async fn shown(db: &Db, group: i64) -> Result<Option<Open>, Fault> {
    db.row(&format!("{OPEN} JOIN listing l ON l.group_id = g.id WHERE l.shown = 1 AND g.id = $1"), values![group]).await
}

/// Not the group in which check-ins of members stand: nobody ever sits in it.
const SEATED: &str = "NOT EXISTS (SELECT 1 FROM peer_group h WHERE h.group_id = g.id)";

pub async fn group(db: &(impl Ask + Sync), group: i64) -> Result<Option<Open>, Fault> {
    db.row(&format!("{OPEN} WHERE g.id = $1 AND {SEATED}"), values![group]).await
}

/// Every group, for staff who look for a better one. Families have their own way.
pub async fn groups(db: &Db) -> Result<Vec<Open>, Fault> {
    let sql =
        format!("{OPEN} WHERE {SEATED} AND NOT EXISTS (SELECT 1 FROM family_group f WHERE f.group_id = g.id) ORDER BY g.name LIMIT 500");
    db.rows(&sql, []).await
}

pub struct Override {
    pub person: i64,
    pub group: i64,
    pub jurisdiction: String,
    pub reason: Vec<u8>,
    pub by: i64,
}

pub fn reason_spot(row: &str) -> Spot<'_> {
    Spot { table: "eligibility_override", column: "reason", row }
}

pub async fn let_in(tx: &Tx, o: Override, now: Moment) -> Result<(), Fault> {
    let sql = "INSERT INTO eligibility_override (id, person_id, group_id, jurisdiction, reason_sealed, given_by, given_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING";
    tx.run(sql, values![random_id(), o.person, o.group, o.jurisdiction, o.reason, o.by, now]).await?;
    Ok(())
}

/// Somebody who has told enough and has no seat yet, with what they told.
#[derive(Debug, Clone, Default)]
pub struct Waiting {
    pub application: i64,
    pub name: String,
    pub topic: String,
    pub residence: String,
    pub zone: String,
    pub answers: Answers,
}

#[derive(FromQueryResult)]
struct WaitingRow {
    application: i64,
    person_id: i64,
    name: String,
    topic: String,
    residence: String,
    zone: String,
    screening: i64,
    answers_sealed: Vec<u8>,
}

/// Everybody in a line, in the order in which they asked. Each person once: with their oldest application.
pub async fn waiting(house: &House) -> Result<Vec<Waiting>, Fault> {
    let sql = "SELECT a.id AS application, a.person_id, p.name, g.topic, a.residence, p.zone, s.id AS screening, s.answers_sealed
        FROM application a JOIN person p ON p.id = a.person_id JOIN groups g ON g.id = a.group_id
            JOIN screening s ON s.id = (SELECT MAX(t.id) FROM screening t WHERE t.person_id = a.person_id
                AND t.sent_at = (SELECT MAX(u.sent_at) FROM screening u WHERE u.person_id = a.person_id))
        WHERE a.place = 'waiting' AND a.step IN ('call', 'talk', 'accepted') AND p.disabled_at IS NULL
        ORDER BY a.asked_at, a.id LIMIT 2000";
    let rows: Vec<WaitingRow> = house.db.rows(sql, []).await?;
    let (mut seen, mut all) = (std::collections::HashSet::new(), Vec::new());
    for row in rows.into_iter().filter(|row| seen.insert(row.person_id)) {
        let spot = row.screening.to_string();
        let text = house.keys.open(Owner::Person(row.person_id), answers_spot(&spot), &row.answers_sealed).await?;
        let answers = serde_json::from_str(&text)?;
        let WaitingRow { application, name, topic, residence, zone, .. } = row;
        all.push(Waiting { application, name, topic, residence, zone, answers });
    }
    Ok(all)
}

/// Whoever has a seat kept in a group, or is a member: their latest answers, for its composition.
pub async fn told_in(house: &House, group: i64) -> Result<Vec<(String, Option<Answers>)>, Fault> {
    #[derive(FromQueryResult)]
    struct Person {
        id: i64,
        name: String,
    }
    let sql = "SELECT p.id, p.name FROM person p WHERE EXISTS (SELECT 1 FROM membership m
            WHERE m.person_id = p.id AND m.group_id = $1 AND m.part = 'member' AND m.left_at IS NULL)
        OR EXISTS (SELECT 1 FROM application a WHERE a.person_id = p.id AND a.group_id = $1 AND a.place IN ('held', 'offered')) ORDER BY p.name";
    let mut all = Vec::new();
    for person in house.db.rows::<Person>(sql, values![group]).await? {
        all.push((person.name, answers(house, person.id).await?.map(|(answers, _)| answers)));
    }
    Ok(all)
}

pub async fn any_one(db: &(impl Ask + Sync), application: i64) -> Result<Option<Application>, Fault> {
    db.row(&format!("{FIELDS} WHERE a.id = $1"), values![application]).await
}
