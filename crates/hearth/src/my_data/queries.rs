use base64::Engine;
use ground::{Ask, Db, Fault, House, Moment, Owner, Spot, Tx, sea_orm::FromQueryResult, values};

use super::register::{DESTROY, FACTS, Kind, Part, SEALED};

/// One row of any part, with empty places where the part has less to say.
#[derive(FromQueryResult)]
struct Wide {
    f0: Option<String>,
    f1: Option<String>,
    f2: Option<String>,
    f3: Option<String>,
    f4: Option<String>,
    f5: Option<String>,
    f6: Option<String>,
    s0: Option<Vec<u8>>,
    s1: Option<Vec<u8>>,
    r0: Option<String>,
    r1: Option<String>,
}

/// One value as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    Text(String),
    Number(i64),
    At(Moment),
    Nothing,
}

pub type Row = Vec<(&'static str, Value)>;

fn statement(part: &Part) -> String {
    let found = part.facts().map(|fact| fact.expression).chain(std::iter::repeat("NULL"));
    let facts = found.take(FACTS).enumerate().map(|(at, expression)| format!("CAST({expression} AS TEXT) AS f{at}"));
    let sealed = (0..SEALED).map(|at| {
        let one = part.sealed.get(at);
        let column = one.map_or("CAST(NULL AS BYTEA)", |one| one.column);
        format!("{column} AS s{at}, CAST({} AS TEXT) AS r{at}", one.map_or("NULL", |one| one.row))
    });
    format!("SELECT {} FROM {}", facts.chain(sealed).collect::<Vec<_>>().join(", "), part.from)
}

fn plain(kind: Kind, text: Option<String>) -> Value {
    match (kind, text) {
        (_, None) => Value::Nothing,
        (Kind::Text, Some(text)) => Value::Text(text),
        (kind, Some(text)) => match text.parse() {
            Ok(number) if kind == Kind::At => Value::At(Moment(number)),
            Ok(number) => Value::Number(number),
            Err(_) => Value::Nothing,
        },
    }
}

/// Everything that one part holds of this person, opened.
pub async fn part(house: &House, part: &Part, person: i64) -> Result<Vec<Row>, Fault> {
    let rows: Vec<Wide> = house.db.rows(&statement(part), values![person]).await?;
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        let facts = [row.f0, row.f1, row.f2, row.f3, row.f4, row.f5, row.f6];
        let mut shown: Row = part.facts().zip(facts).map(|(fact, text)| (fact.name, plain(fact.kind, text))).collect();
        for (one, (bytes, place)) in part.sealed.iter().zip([(row.s0, row.r0), (row.s1, row.r1)]) {
            let (Some(bytes), Some(place)) = (bytes, place) else {
                shown.push((one.name, Value::Nothing));
                continue;
            };
            let spot = Spot { table: one.spot.0, column: one.spot.1, row: &place };
            shown.push((one.name, Value::Text(house.keys.open(Owner::Person(person), spot, &bytes).await?)));
        }
        all.push(shown);
    }
    Ok(all)
}

#[derive(FromQueryResult)]
struct Sent {
    message_id: i64,
    kind: String,
    file_sealed: Vec<u8>,
}

/// What somebody sent with their messages, in the order of the part: addresses that hold the whole file, which a browser opens.
pub async fn files(house: &House, person: i64) -> Result<Vec<String>, Fault> {
    let sql = "SELECT x.message_id, x.kind, x.file_sealed FROM message_file x JOIN message m ON m.id = x.message_id
        WHERE m.author_id = $1 ORDER BY m.sent_at, m.id";
    let mut all = Vec::new();
    for Sent { message_id, kind, file_sealed } in house.db.rows::<Sent>(sql, values![person]).await? {
        let row = message_id.to_string();
        let spot = Spot { table: "message_file", column: "file", row: &row };
        let bytes = house.keys.open_bytes(Owner::Person(person), spot, &file_sealed).await?;
        let media_type = if kind == "picture" { "image/jpeg" } else { "application/pdf" };
        all.push(format!("data:{media_type};base64,{}", base64::engine::general_purpose::STANDARD.encode(bytes)));
    }
    Ok(all)
}

/// A wish to be deleted, with what the office has to know.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Request {
    pub id: i64,
    pub person_id: i64,
    pub name: String,
    pub email: String,
    pub language: String,
    pub asked_at: Moment,
    pub outcome: String,
    pub words_sealed: Vec<u8>,
    pub reply_sealed: Option<Vec<u8>>,
    pub held: i64,
}

impl Request {
    pub fn is_waiting(&self) -> bool {
        matches!(self.outcome.as_str(), "open" | "closed")
    }
}

const FIELDS: &str = "SELECT r.id, r.person_id, p.name, p.email, p.language, r.asked_at, r.outcome, r.words_sealed, r.reply_sealed,
        CASE WHEN EXISTS (SELECT 1 FROM legal_hold h WHERE h.person_id = r.person_id) THEN CAST(1 AS BIGINT) ELSE CAST(0 AS BIGINT) END AS held
    FROM deletion_request r JOIN person p ON p.id = r.person_id";

pub async fn requests(db: &Db) -> Result<Vec<Request>, Fault> {
    db.rows(
        &format!("{FIELDS} ORDER BY CASE WHEN r.outcome = 'open' THEN 0 WHEN r.outcome = 'closed' THEN 1 ELSE 2 END, r.asked_at LIMIT 200"),
        [],
    )
    .await
}

pub async fn request(db: &Db, id: i64) -> Result<Option<Request>, Fault> {
    db.row(&format!("{FIELDS} WHERE r.id = $1"), values![id]).await
}

/// Their own latest.
pub async fn of(db: &Db, person: i64) -> Result<Option<Request>, Fault> {
    db.row(&format!("{FIELDS} WHERE r.person_id = $1 ORDER BY r.asked_at DESC LIMIT 1"), values![person]).await
}

fn spot<'a>(column: &'static str, row: &'a str) -> Spot<'a> {
    Spot { table: "deletion_request", column, row }
}

pub async fn seal(house: &House, person: i64, column: &'static str, id: i64, text: &str) -> Result<Vec<u8>, Fault> {
    house.keys.seal(Owner::Person(person), spot(column, &id.to_string()), text).await
}

/// What was written with it, and the answer.
pub async fn texts(house: &House, request: &Request) -> Result<(String, String), Fault> {
    let (place, owner) = (request.id.to_string(), Owner::Person(request.person_id));
    let words = house.keys.open(owner, spot("words", &place), &request.words_sealed).await?;
    let reply = match &request.reply_sealed {
        Some(sealed) => house.keys.open(owner, spot("reply", &place), sealed).await?,
        None => String::new(),
    };
    Ok((words, reply))
}

/// One wish stands at a time.
pub async fn ask(tx: &Tx, id: i64, person: i64, words: Vec<u8>, now: Moment) -> Result<bool, Fault> {
    let sql = "INSERT INTO deletion_request (id, person_id, asked_at, words_sealed) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
    Ok(tx.run(sql, values![id, person, now, words]).await? == 1)
}

pub async fn take_back(tx: &Tx, person: i64, now: Moment) -> Result<bool, Fault> {
    let sql =
        "UPDATE deletion_request SET outcome = 'taken_back', decided_at = $1, decided_by = $2 WHERE person_id = $2 AND outcome = 'open'";
    Ok(tx.run(sql, values![now, person]).await? == 1)
}

/// What the office decides of one that still waits.
pub async fn decide(tx: &Tx, id: i64, outcome: &str, reply: Vec<u8>, by: i64, now: Moment) -> Result<bool, Fault> {
    let sql = "UPDATE deletion_request SET outcome = $1, reply_sealed = $2, decided_at = $3, decided_by = $4 WHERE id = $5 AND outcome IN ('open', 'closed')";
    Ok(tx.run(sql, values![outcome, reply, now, by, id]).await? == 1)
}

/// Nobody signs in with this account any more, and nothing is sent to it.
pub async fn close(tx: &Tx, person: i64, now: Moment) -> Result<(), Fault> {
    tx.run("UPDATE person SET disabled_at = COALESCE(disabled_at, $1) WHERE id = $2", values![now, person]).await?;
    Ok(())
}

pub async fn hold(tx: &Tx, person: i64, by: i64, now: Moment) -> Result<(), Fault> {
    if tx.run("DELETE FROM legal_hold WHERE person_id = $1", values![person]).await? == 0 {
        tx.run("INSERT INTO legal_hold (person_id, held_at, held_by) VALUES ($1, $2, $3)", values![person, now, by]).await?;
    }
    Ok(())
}

/// What decides when a record may be destroyed.
#[derive(Debug, Clone, Copy, FromQueryResult)]
pub struct Standing {
    /// The last thing that was entered about this person.
    pub last_entry: Moment,
    /// When they were taken in as a minor; nothing for adults.
    pub minor_since: Option<Moment>,
    /// Groups they still sit in, and tasks about them that are still open.
    pub sits: i64,
    pub tasks: i64,
}

pub async fn standing(db: &Db, person: i64) -> Result<Option<Standing>, Fault> {
    let sql = "SELECT (SELECT MAX(l.at) FROM (
            SELECT created_at AS at FROM person WHERE id = $1
            UNION ALL SELECT s.starts_at FROM attendance a JOIN session s ON s.id = a.session_id WHERE a.person_id = $1
            UNION ALL SELECT asked_at FROM application WHERE person_id = $1
            UNION ALL SELECT completed_at FROM measure WHERE person_id = $1 AND completed_at IS NOT NULL
            UNION ALL SELECT COALESCE(closed_at, opened_at) FROM risk_task WHERE person_id = $1
            UNION ALL SELECT changed_at FROM note WHERE about_id = $1 AND kind = 'member'
            UNION ALL SELECT made_at FROM safety_plan WHERE person_id = $1) l) AS last_entry,
        (SELECT said_at FROM guardian_consent WHERE person_id = $1 AND state <> 'of_age') AS minor_since,
        (SELECT COUNT(*) FROM membership WHERE person_id = $1 AND left_at IS NULL) AS sits,
        (SELECT COUNT(*) FROM risk_task WHERE person_id = $1 AND closed_at IS NULL) AS tasks";
    db.row(sql, values![person]).await
}

#[derive(FromQueryResult)]
struct Place {
    place: String,
}

/// Every place in which somebody lived or was when they came.
pub async fn places(db: &Db, person: i64) -> Result<Vec<String>, Fault> {
    let sql = "SELECT residence AS place FROM application WHERE person_id = $1 UNION SELECT jurisdiction FROM door_pass WHERE person_id = $1 ORDER BY 1";
    Ok(db.rows::<Place>(sql, values![person]).await?.into_iter().map(|row| row.place).filter(|place| !place.is_empty()).collect())
}

/// What the list keeps of a destroyed record.
pub struct Destruction<'a> {
    pub id: i64,
    pub person: i64,
    pub by: i64,
    pub last_entry_day: &'a str,
    pub rule: &'a str,
    /// Who decided and why, where no rule was there.
    pub decided: &'a str,
}

/// Destroys everything of this person, and writes it into the list.
pub async fn destroy(tx: &Tx, done: &Destruction<'_>, now: Moment) -> Result<(), Fault> {
    for sql in DESTROY {
        tx.run(sql, values![done.person]).await?;
    }
    let sql = "INSERT INTO destruction (id, person_id, destroyed_at, destroyed_by, last_entry_day, rule, decided) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    tx.run(sql, values![done.id, done.person, now, done.by, done.last_entry_day, done.rule, done.decided]).await?;
    Ok(())
}

/// One line of the list of destroyed records.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Destroyed {
    pub person_id: i64,
    pub destroyed_at: Moment,
    pub by: String,
    pub last_entry_day: String,
    pub rule: String,
    pub decided: String,
}

pub async fn destroyed(db: &Db) -> Result<Vec<Destroyed>, Fault> {
    let sql = "SELECT d.person_id, d.destroyed_at, p.name AS by, d.last_entry_day, d.rule, d.decided FROM destruction d
        JOIN person p ON p.id = d.destroyed_by ORDER BY d.destroyed_at DESC LIMIT 500";
    db.rows(sql, []).await
}

#[cfg(test)]
impl Request {
    /// Somebody's open wish, for tests of rules and pages.
    pub fn sample() -> Request {
        Request {
            id: 9,
            person_id: 42,
            name: "Maya".into(),
            email: "maya@example.org".into(),
            language: "en".into(),
            asked_at: Moment(0),
            outcome: "open".into(),
            words_sealed: Vec::new(),
            reply_sealed: None,
            held: 0,
        }
    }
}
