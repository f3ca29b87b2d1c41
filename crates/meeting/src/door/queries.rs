use ground::{Ask, Db, Fault, House, Moment, Owner, Spot, Tx, sea_orm::FromQueryResult, values};
use serde::{Deserialize, Serialize};

/// What was said at the door, sealed under the person's key.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct DoorCard {
    pub location: String,
    pub callback: String,
    pub contact_name: String,
    pub contact_phone: String,
    pub alone: bool,
}

#[derive(FromQueryResult)]
struct Passed {
    session_id: i64,
    jurisdiction: String,
    stance: String,
    card_sealed: Vec<u8>,
}

/// What was said last time, to be confirmed with a glance.
#[derive(Debug, Clone, Default)]
pub struct LastTime {
    pub jurisdiction: String,
    pub stance: String,
    pub card: DoorCard,
}

fn place(session: i64, person: i64) -> String {
    format!("{session}.{person}")
}

fn spot(row: &str) -> Spot<'_> {
    Spot { table: "door_pass", column: "card", row }
}

pub async fn last_time(house: &House, person: i64) -> Result<Option<LastTime>, Fault> {
    let sql = "SELECT session_id, jurisdiction, stance, card_sealed FROM door_pass WHERE person_id = $1 ORDER BY passed_at DESC LIMIT 1";
    let Some(row) = house.db.row::<Passed>(sql, values![person]).await? else { return Ok(None) };
    let text = house.keys.open(Owner::Person(person), spot(&place(row.session_id, person)), &row.card_sealed).await?;
    Ok(Some(LastTime { jurisdiction: row.jurisdiction, stance: row.stance, card: serde_json::from_str(&text)? }))
}

pub async fn sealed_card(house: &House, session: i64, person: i64, card: &DoorCard) -> Result<Vec<u8>, Fault> {
    house.keys.seal(Owner::Person(person), spot(&place(session, person)), &serde_json::to_string(card)?).await
}

pub struct Pass {
    pub session: i64,
    pub person: i64,
    pub seat: i64,
    pub jurisdiction: String,
    pub stance: String,
    pub card_sealed: Vec<u8>,
}

pub async fn keep_pass(tx: &Tx, pass: Pass, now: Moment) -> Result<(), Fault> {
    let sql = "INSERT INTO door_pass (session_id, person_id, seat, passed_at, jurisdiction, stance, card_sealed) VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (session_id, person_id) DO UPDATE SET seat = $3, passed_at = $4, jurisdiction = $5, stance = $6, card_sealed = $7";
    tx.run(sql, values![pass.session, pass.person, pass.seat, now, pass.jurisdiction, pass.stance, pass.card_sealed]).await?;
    Ok(())
}

#[derive(Debug, Clone, FromQueryResult)]
pub struct OpenClass {
    pub name: String,
}

/// Classes that are instruction and have a seat: what is open to somebody whom a licence keeps out today.
pub async fn open_classes(db: &Db) -> Result<Vec<OpenClass>, Fault> {
    db.rows("SELECT name FROM groups WHERE kind IN ('skills-class', 'workshop') AND taken < capacity ORDER BY name", []).await
}
