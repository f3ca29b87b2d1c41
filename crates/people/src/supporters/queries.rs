use care::family::Scope;
use ground::{Ask, Fault, House, Moment, Owner, Spot, Tx, family::Tie, sea_orm::FromQueryResult, values};

/// Whoever has this address, closed accounts included: nobody gets a second one.
pub async fn by_email(db: &(impl Ask + Sync), email: &str) -> Result<Option<i64>, Fault> {
    let id = db.number("SELECT id AS n FROM person WHERE email = $1", values![email]).await?;
    Ok((id != 0).then_some(id))
}

/// What is written when a member asks somebody.
pub struct Asked {
    pub id: i64,
    pub member: i64,
    pub supporter: i64,
    pub scope: Scope,
    pub called_sealed: Vec<u8>,
}

/// Asks, or asks again after it had ended. False if it stands already.
pub async fn ask(tx: &Tx, asked: Asked, now: Moment) -> Result<bool, Fault> {
    let Scope { sessions, reminders, crisis } = asked.scope;
    let sql = "INSERT INTO supporter (id, member_id, supporter_id, sessions, reminders, crisis, called_sealed, asked_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        ON CONFLICT (member_id, supporter_id) DO UPDATE SET id = $1, sessions = $4, reminders = $5, crisis = $6, called_sealed = $7, asked_at = $8,
            agreed_at = NULL, ended_at = NULL WHERE supporter.ended_at IS NOT NULL";
    let (sessions, reminders, crisis) = (i64::from(sessions), i64::from(reminders), i64::from(crisis));
    let values = values![asked.id, asked.member, asked.supporter, sessions, reminders, crisis, asked.called_sealed, now];
    Ok(tx.run(sql, values).await? == 1)
}

/// False if it is not this member's, or over.
pub async fn open(tx: &Tx, tie: i64, member: i64, scope: Scope) -> Result<bool, Fault> {
    let sql = "UPDATE supporter SET sessions = $1, reminders = $2, crisis = $3 WHERE id = $4 AND member_id = $5 AND ended_at IS NULL";
    let values = values![i64::from(scope.sessions), i64::from(scope.reminders), i64::from(scope.crisis), tie, member];
    Ok(tx.run(sql, values).await? == 1)
}

/// The supporter's yes. False if nobody waits for it.
pub async fn agree(tx: &Tx, tie: i64, supporter: i64, now: Moment) -> Result<bool, Fault> {
    let sql = "UPDATE supporter SET agreed_at = $1 WHERE id = $2 AND supporter_id = $3 AND agreed_at IS NULL AND ended_at IS NULL";
    Ok(tx.run(sql, values![now, tie, supporter]).await? == 1)
}

/// Either side ends it. False if it is neither's, or over.
pub async fn end(tx: &Tx, tie: i64, person: i64, now: Moment) -> Result<bool, Fault> {
    let sql = "UPDATE supporter SET ended_at = $1 WHERE id = $2 AND (member_id = $3 OR supporter_id = $3) AND ended_at IS NULL";
    Ok(tx.run(sql, values![now, tie, person]).await? == 1)
}

fn called_spot(row: &str) -> Spot<'_> {
    Spot { table: "supporter", column: "called", row }
}

pub async fn seal_called(house: &House, tie: i64, member: i64, name: &str) -> Result<Vec<u8>, Fault> {
    house.keys.seal(Owner::Person(member), called_spot(&tie.to_string()), name).await
}

/// What the member calls them. A key that was destroyed leaves nothing to read.
pub async fn called(house: &House, tie: &Tie) -> String {
    house.keys.open(Owner::Person(tie.member_id), called_spot(&tie.id.to_string()), &tie.called_sealed).await.unwrap_or_default()
}

#[derive(FromQueryResult)]
struct Sealed {
    text_sealed: Vec<u8>,
}

fn note_spot(row: &str) -> Spot<'_> {
    Spot { table: "crisis_note", column: "text", row }
}

/// What a member wrote down for a crisis; empty if nothing, or if it cannot be opened any more.
pub async fn note(house: &House, member: i64) -> Result<String, Fault> {
    let row: Option<Sealed> = house.db.row("SELECT text_sealed FROM crisis_note WHERE person_id = $1", values![member]).await?;
    let Some(row) = row else { return Ok(String::new()) };
    Ok(house.keys.open(Owner::Person(member), note_spot(&member.to_string()), &row.text_sealed).await.unwrap_or_default())
}

pub async fn seal_note(house: &House, member: i64, text: &str) -> Result<Vec<u8>, Fault> {
    house.keys.seal(Owner::Person(member), note_spot(&member.to_string()), text).await
}

pub async fn keep_note(tx: &Tx, member: i64, sealed: Vec<u8>, now: Moment) -> Result<(), Fault> {
    let sql = "INSERT INTO crisis_note (person_id, text_sealed, changed_at) VALUES ($1, $2, $3)
        ON CONFLICT (person_id) DO UPDATE SET text_sealed = $2, changed_at = $3";
    tx.run(sql, values![member, sealed, now]).await?;
    Ok(())
}
