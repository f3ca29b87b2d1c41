use care::guardian::State;
use ground::{Ask, Fault, House, Moment, Owner, Spot, Tx, sea_orm::FromQueryResult, seal, values};
use serde::{Deserialize, Serialize};

/// The guardian as the person named them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guardian {
    pub name: String,
    pub email: String,
}

/// What the guardian put under their answer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signed {
    pub name: String,
    pub relationship: String,
}

#[derive(Debug, Clone, FromQueryResult)]
struct Row {
    person_id: i64,
    state: String,
    guardian_sealed: Option<Vec<u8>>,
    answer_sealed: Option<Vec<u8>>,
    asked_at: Option<Moment>,
    ends_at: Option<Moment>,
    answered_at: Option<Moment>,
}

/// Where the consent for somebody stands, for pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    pub person: i64,
    pub state: State,
    pub guardian: Guardian,
    pub signed: Signed,
    pub asked_at: Option<Moment>,
    pub answered_at: Option<Moment>,
    /// Nobody answered in time: it has to be asked again.
    pub is_over: bool,
}

impl Standing {
    /// The key of the sentence that says where it stands.
    pub fn key(&self) -> &'static str {
        match self.state {
            State::Needed => "guardian-state-needed",
            State::Asked if self.is_over => "guardian-state-over",
            State::Asked => "guardian-state-asked",
            State::Given => "guardian-state-given",
            State::Declined => "guardian-state-declined",
            State::Withdrawn => "guardian-state-withdrawn",
            State::OfAge => "guardian-state-of-age",
        }
    }

    /// Whether somebody was asked and may still answer: what is kept meanwhile stays kept.
    pub fn waits(&self) -> bool {
        self.state == State::Asked && !self.is_over
    }

    /// Whether somebody has to be asked now.
    pub fn asks(&self) -> bool {
        matches!(self.state, State::Needed | State::Declined | State::Withdrawn) || self.state == State::Asked && self.is_over
    }
}

const FIELDS: &str = "SELECT person_id, state, guardian_sealed, answer_sealed, asked_at, ends_at, answered_at FROM guardian_consent";

fn spot<'a>(column: &'static str, row: &'a str) -> Spot<'a> {
    Spot { table: "guardian_consent", column, row }
}

async fn opened<T: Default + for<'de> Deserialize<'de>>(
    house: &House,
    person: i64,
    column: &'static str,
    sealed: Option<&Vec<u8>>,
) -> Result<T, Fault> {
    let Some(sealed) = sealed else { return Ok(T::default()) };
    let text = house.keys.open(Owner::Person(person), spot(column, &person.to_string()), sealed).await?;
    Ok(serde_json::from_str(&text)?)
}

async fn standing(house: &House, row: Row) -> Result<Standing, Fault> {
    let now = house.clock.now();
    Ok(Standing {
        person: row.person_id,
        state: State::parse(&row.state),
        guardian: opened(house, row.person_id, "guardian", row.guardian_sealed.as_ref()).await?,
        signed: opened(house, row.person_id, "answer", row.answer_sealed.as_ref()).await?,
        asked_at: row.asked_at,
        answered_at: row.answered_at,
        is_over: row.ends_at.is_some_and(|end| end <= now),
    })
}

/// `None` for somebody who never said that they are under 18.
pub async fn of(house: &House, db: &(impl Ask + Sync), person: i64) -> Result<Option<Standing>, Fault> {
    match db.row::<Row>(&format!("{FIELDS} WHERE person_id = $1"), values![person]).await? {
        Some(row) => Ok(Some(standing(house, row).await?)),
        None => Ok(None),
    }
}

/// Everybody under 18, by person: for the board.
pub async fn of_all(house: &House) -> Result<Vec<Standing>, Fault> {
    let mut all = Vec::new();
    for row in house.db.rows::<Row>(&format!("{FIELDS} ORDER BY said_at LIMIT 1000"), []).await? {
        all.push(standing(house, row).await?);
    }
    Ok(all)
}

pub async fn by_token(house: &House, db: &(impl Ask + Sync), token: &str) -> Result<Option<Standing>, Fault> {
    by_hash(house, db, seal::hash(token)).await
}

pub async fn by_hash(house: &House, db: &(impl Ask + Sync), hash: Vec<u8>) -> Result<Option<Standing>, Fault> {
    match db.row::<Row>(&format!("{FIELDS} WHERE token_hash = $1"), values![hash]).await? {
        Some(row) => Ok(Some(standing(house, row).await?)),
        None => Ok(None),
    }
}

/// From now on this person needs consent. Saying it again changes nothing.
pub async fn says_minor(tx: &Tx, person: i64, now: Moment) -> Result<(), Fault> {
    let sql = "INSERT INTO guardian_consent (person_id, state, said_at) VALUES ($1, 'needed', $2) ON CONFLICT DO NOTHING";
    tx.run(sql, values![person, now]).await?;
    Ok(())
}

/// Seals what is to be sealed; before the transaction begins.
pub async fn sealed(house: &House, person: i64, guardian: &Guardian) -> Result<Vec<u8>, Fault> {
    house.keys.seal(Owner::Person(person), spot("guardian", &person.to_string()), &serde_json::to_string(guardian)?).await
}

/// Somebody is asked; an earlier link is over.
pub async fn set_asked(tx: &Tx, person: i64, token: &str, guardian: Vec<u8>, now: Moment, ends_at: Moment) -> Result<(), Fault> {
    let sql = "UPDATE guardian_consent SET state = 'asked', token_hash = $2, guardian_sealed = $3, asked_at = $4, ends_at = $5,
            answer_sealed = NULL, answered_at = NULL, version_hash = '' WHERE person_id = $1";
    tx.run(sql, values![person, seal::hash(token), guardian, now, ends_at]).await?;
    Ok(())
}

pub async fn sealed_answer(house: &House, person: i64, signed: &Signed) -> Result<Vec<u8>, Fault> {
    house.keys.seal(Owner::Person(person), spot("answer", &person.to_string()), &serde_json::to_string(signed)?).await
}

/// What a guardian said, and to which text. A withdrawal leaves the name and the text that it takes back.
pub struct Answered {
    pub person: i64,
    pub from: State,
    pub to: State,
    pub sealed: Option<Vec<u8>>,
    pub version: String,
}

/// False if it has been answered meanwhile.
pub async fn set_answer(tx: &Tx, answered: Answered, now: Moment) -> Result<bool, Fault> {
    let Answered { person, from, to, sealed, version } = answered;
    let sql = "UPDATE guardian_consent SET state = $3, answered_at = $4, answer_sealed = COALESCE($5, answer_sealed),
            version_hash = CASE WHEN $6 = '' THEN version_hash ELSE $6 END WHERE person_id = $1 AND state = $2";
    Ok(tx.run(sql, values![person, from.word(), to.word(), now, sealed, version]).await? == 1)
}

pub async fn set_of_age(tx: &Tx, person: i64, now: Moment) -> Result<bool, Fault> {
    let sql = "UPDATE guardian_consent SET state = 'of_age', answered_at = $2 WHERE person_id = $1 AND state <> 'of_age'";
    Ok(tx.run(sql, values![person, now]).await? == 1)
}

#[derive(FromQueryResult)]
struct Link {
    ends_at: Moment,
}

/// When the link of somebody who was asked and has not answered is over, or has been.
pub async fn link_ends(db: &(impl Ask + Sync), person: i64) -> Result<Option<Moment>, Fault> {
    let sql = "SELECT ends_at FROM guardian_consent WHERE person_id = $1 AND state = 'asked' AND ends_at IS NOT NULL";
    Ok(db.row::<Link>(sql, values![person]).await?.map(|link| link.ends_at))
}

#[derive(FromQueryResult)]
struct Id {
    id: i64,
}

/// Who leads a group that this person sits in or is on the way to.
pub async fn looked_after_by(db: &(impl Ask + Sync), person: i64) -> Result<Vec<i64>, Fault> {
    let sql = "SELECT DISTINCT m.person_id AS id FROM membership m WHERE m.part = 'facilitator' AND m.left_at IS NULL AND m.group_id IN
        (SELECT a.group_id FROM application a WHERE a.person_id = $1 AND a.step <> 'closed'
            UNION SELECT n.group_id FROM membership n WHERE n.person_id = $1 AND n.left_at IS NULL)";
    let rows: Vec<Id> = db.rows(sql, values![person]).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}
