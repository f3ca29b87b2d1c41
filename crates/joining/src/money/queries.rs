use care::money::{Discount, Terms};
use ground::{Ask, Db, Fault, House, Moment, Owner, Spot, Tx, random_id, sea_orm::FromQueryResult, values};

/// What the office last kept of a group's price.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Price {
    pub session_cents: i64,
    pub course_cents: i64,
    pub course_sessions: i64,
    pub note_en: String,
    pub note_es: String,
    pub code: String,
    pub place: String,
    pub modifier: String,
}

impl Price {
    pub fn terms(&self) -> Terms {
        Terms { session_cents: self.session_cents, course_cents: self.course_cents, course_sessions: self.course_sessions }
    }
}

pub async fn price(db: &(impl Ask + Sync), group: i64) -> Result<Option<Price>, Fault> {
    let sql = "SELECT session_cents, course_cents, course_sessions, note_en, note_es, code, place, modifier FROM course_price WHERE group_id = $1";
    db.row(sql, values![group]).await
}

pub async fn keep_price(tx: &Tx, group: i64, p: Price, now: Moment) -> Result<(), Fault> {
    let sql = "INSERT INTO course_price (group_id, session_cents, course_cents, course_sessions, note_en, note_es, code, place, modifier, changed_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        ON CONFLICT (group_id) DO UPDATE SET session_cents = excluded.session_cents, course_cents = excluded.course_cents,
            course_sessions = excluded.course_sessions, note_en = excluded.note_en, note_es = excluded.note_es, code = excluded.code,
            place = excluded.place, modifier = excluded.modifier, changed_at = excluded.changed_at";
    let prices = (p.session_cents, p.course_cents, p.course_sessions);
    tx.run(sql, values![group, prices.0, prices.1, prices.2, p.note_en, p.note_es, p.code, p.place, p.modifier, now]).await?;
    Ok(())
}

#[derive(FromQueryResult)]
struct Word {
    word: String,
}

pub async fn kind(db: &(impl Ask + Sync), group: i64) -> Result<String, Fault> {
    let row = db.row::<Word>("SELECT kind AS word FROM groups WHERE id = $1", values![group]).await?;
    Ok(row.map(|row| row.word).unwrap_or_default())
}

/// Who leads a group, in seat order: the first of them stands on its superbills.
pub async fn leader(db: &Db, group: i64) -> Result<Option<i64>, Fault> {
    let sql =
        "SELECT person_id AS n FROM membership WHERE group_id = $1 AND part = 'facilitator' AND left_at IS NULL ORDER BY seat LIMIT 1";
    let n = db.number(sql, values![group]).await?;
    Ok((n != 0).then_some(n))
}

#[derive(Debug, Clone, FromQueryResult)]
pub struct Number {
    pub jurisdiction: String,
    pub number: String,
}

/// Licences of a clinician that held on that day, "2026-11-25".
pub async fn licences(db: &Db, person: i64, day: &str) -> Result<Vec<Number>, Fault> {
    let sql = "SELECT jurisdiction, number FROM authority WHERE person_id = $1 AND kind = 'licence' AND valid_from <= $2 AND valid_to >= $2
        ORDER BY jurisdiction, number";
    db.rows(sql, values![person, day.to_owned()]).await
}

/// Whether this clinician leads a group in which that person is a member today.
pub async fn leads_member(db: &(impl Ask + Sync), leader: i64, person: i64) -> Result<bool, Fault> {
    let sql = "SELECT COUNT(*) AS n FROM membership m JOIN membership l ON l.group_id = m.group_id
        WHERE m.person_id = $1 AND m.part = 'member' AND m.left_at IS NULL AND l.person_id = $2 AND l.part = 'facilitator' AND l.left_at IS NULL";
    Ok(db.number(sql, values![person, leader]).await? > 0)
}

#[derive(FromQueryResult)]
struct Sealed {
    icd_sealed: Vec<u8>,
}

/// Diagnoses as they were entered, in the order of their pointers; empty if nobody has.
pub async fn diagnoses(house: &House, person: i64) -> Result<String, Fault> {
    let sql = "SELECT icd_sealed FROM billing_facts WHERE person_id = $1";
    let Some(row) = house.db.row::<Sealed>(sql, values![person]).await? else { return Ok(String::new()) };
    let place = person.to_string();
    house.keys.open(Owner::Person(person), Spot { table: "billing_facts", column: "icd", row: &place }, &row.icd_sealed).await
}

/// Sealed before the transaction, since a first key is made in one of its own.
pub async fn seal_diagnoses(house: &House, person: i64, text: &str) -> Result<Vec<u8>, Fault> {
    let place = person.to_string();
    house.keys.seal(Owner::Person(person), Spot { table: "billing_facts", column: "icd", row: &place }, text).await
}

pub async fn keep_diagnoses(tx: &Tx, person: i64, sealed: Vec<u8>, by: i64, now: Moment) -> Result<(), Fault> {
    let sql = "INSERT INTO billing_facts (person_id, icd_sealed, entered_by, changed_at) VALUES ($1, $2, $3, $4)
        ON CONFLICT (person_id) DO UPDATE SET icd_sealed = excluded.icd_sealed, entered_by = excluded.entered_by, changed_at = excluded.changed_at";
    tx.run(sql, values![person, sealed, by, now]).await?;
    Ok(())
}

/// Numbers by which insurers know the practice; empty where none was entered.
#[derive(Debug, Clone, Default, PartialEq, Eq, FromQueryResult)]
pub struct Practice {
    pub npi: String,
    pub tax_id: String,
}

pub async fn practice(db: &Db) -> Result<Practice, Fault> {
    Ok(db.row("SELECT npi, tax_id FROM practice_billing WHERE id = 1", []).await?.unwrap_or_default())
}

pub async fn keep_practice(tx: &Tx, practice: Practice) -> Result<(), Fault> {
    let sql = "INSERT INTO practice_billing (id, npi, tax_id) VALUES (1, $1, $2)
        ON CONFLICT (id) DO UPDATE SET npi = excluded.npi, tax_id = excluded.tax_id";
    tx.run(sql, values![practice.npi, practice.tax_id]).await?;
    Ok(())
}

/// From now on nobody takes this code any more; who did keeps what it gave. `None` if there is no such code, false if it is over already. A
/// code that had not begun is over the day before it would have.
pub async fn end_code(tx: &Tx, discount: i64, yesterday: &str) -> Result<Option<bool>, Fault> {
    if tx.number("SELECT COUNT(*) AS n FROM discount_code WHERE id = $1", values![discount]).await? == 0 {
        return Ok(None);
    }
    let sql = "UPDATE discount_code SET valid_to = $2 WHERE id = $1 AND valid_to > $2";
    Ok(Some(tx.run(sql, values![discount, yesterday]).await? == 1))
}

/// A discount code as the office keeps it.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Code {
    pub id: i64,
    pub code: String,
    pub percent: i64,
    pub cents: i64,
    pub valid_from: String,
    pub valid_to: String,
    pub most: i64,
    pub used: i64,
    pub group_name: Option<String>,
}

pub async fn codes(db: &Db) -> Result<Vec<Code>, Fault> {
    let sql = "SELECT d.id, d.code, d.percent, d.cents, d.valid_from, d.valid_to, d.most, d.used, g.name AS group_name
        FROM discount_code d LEFT JOIN groups g ON g.id = d.group_id ORDER BY d.made_at DESC, d.code LIMIT 500";
    db.rows(sql, []).await
}

#[derive(Debug, Clone, FromQueryResult)]
pub struct Priced {
    pub id: i64,
    pub name: String,
}

/// Groups with a course price: what a code can be for.
pub async fn courses(db: &Db) -> Result<Vec<Priced>, Fault> {
    let sql = "SELECT g.id, g.name FROM groups g JOIN course_price c ON c.group_id = g.id WHERE c.course_cents > 0 ORDER BY g.name, g.id LIMIT 500";
    db.rows(sql, []).await
}

/// What a new code is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCode {
    pub code: String,
    pub percent: i64,
    pub cents: i64,
    pub valid_from: String,
    pub valid_to: String,
    pub most: i64,
    pub group: Option<i64>,
}

/// False if there is such a code already.
pub async fn add_code(tx: &Tx, c: NewCode, now: Moment) -> Result<bool, Fault> {
    let sql = "INSERT INTO discount_code (id, code, percent, cents, valid_from, valid_to, most, used, group_id, made_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $8, $9) ON CONFLICT DO NOTHING";
    let values = values![random_id(), c.code, c.percent, c.cents, c.valid_from, c.valid_to, c.most, c.group, now];
    Ok(tx.run(sql, values).await? == 1)
}

#[derive(Debug, Clone, FromQueryResult)]
pub struct Asking {
    pub group_id: i64,
    pub step: String,
    pub ended: String,
}

/// The application of this person, and nobody else's.
pub async fn asking(tx: &Tx, person: i64, application: i64) -> Result<Option<Asking>, Fault> {
    tx.row("SELECT group_id, step, ended FROM application WHERE id = $1 AND person_id = $2", values![application, person]).await
}

/// Takes one use of a code that holds on this day for this group and is not used up. `None` for every other code, whatever the reason.
pub async fn take_use(tx: &Tx, code: &str, group: i64, day: &str) -> Result<Option<i64>, Fault> {
    let sql = "UPDATE discount_code SET used = used + 1 WHERE code = $1 AND used < most AND valid_from <= $2 AND valid_to >= $2
        AND (group_id IS NULL OR group_id = $3)
        AND EXISTS (SELECT 1 FROM course_price c WHERE c.group_id = $3 AND c.course_cents > 0 AND c.course_sessions > 0)";
    if tx.run(sql, values![code.to_owned(), day.to_owned(), group]).await? == 0 {
        return Ok(None);
    }
    let n = tx.number("SELECT id AS n FROM discount_code WHERE code = $1", values![code.to_owned()]).await?;
    Ok(Some(n))
}

/// False if this application has a code already.
pub async fn keep_use(tx: &Tx, application: i64, discount: i64, now: Moment) -> Result<bool, Fault> {
    let sql = "INSERT INTO discount_use (application_id, discount_id, used_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
    Ok(tx.run(sql, values![application, discount, now]).await? == 1)
}

#[derive(FromQueryResult)]
struct Off {
    percent: i64,
    cents: i64,
}

/// The discount that this person has on the course of this group.
pub async fn discount(db: &Db, person: i64, group: i64) -> Result<Option<Discount>, Fault> {
    let sql = "SELECT d.percent, d.cents FROM discount_use u JOIN discount_code d ON d.id = u.discount_id JOIN application a ON a.id = u.application_id
        WHERE a.person_id = $1 AND a.group_id = $2 AND a.ended IN ('', 'seated') ORDER BY u.used_at DESC LIMIT 1";
    Ok(db.row::<Off>(sql, values![person, group]).await?.map(|off| Discount::of(off.percent, off.cents)))
}

/// The code that an application carries.
pub async fn used(db: &Db, application: i64) -> Result<Option<String>, Fault> {
    let sql = "SELECT d.code AS word FROM discount_use u JOIN discount_code d ON d.id = u.discount_id WHERE u.application_id = $1";
    Ok(db.row::<Word>(sql, values![application]).await?.map(|row| row.word))
}
