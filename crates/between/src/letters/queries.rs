use ground::{Ask, Db, Fault, House, Moment, Owner, Spot, Tx, sea_orm::FromQueryResult, values};

#[derive(Debug, Clone, FromQueryResult)]
pub struct Letter {
    pub id: i64,
    pub written_at: Moment,
    pub opens_at: Moment,
    pub read_at: Option<Moment>,
    pub text_sealed: Vec<u8>,
}

const FIELDS: &str = "SELECT id, written_at, opens_at, read_at, text_sealed FROM letter";

/// All of one person's letters, those that open next first.
pub async fn all(db: &Db, person: i64) -> Result<Vec<Letter>, Fault> {
    db.rows(&format!("{FIELDS} WHERE person_id = $1 ORDER BY opens_at, id"), values![person]).await
}

/// One letter, if it is this person's and its day has come.
pub async fn opened(db: &Db, id: i64, person: i64, now: Moment) -> Result<Option<Letter>, Fault> {
    db.row(&format!("{FIELDS} WHERE id = $1 AND person_id = $2 AND opens_at <= $3"), values![id, person, now]).await
}

fn spot(row: &str) -> Spot<'_> {
    Spot { table: "letter", column: "text", row }
}

pub async fn seal(house: &House, id: i64, person: i64, text: &str) -> Result<Vec<u8>, Fault> {
    house.keys.seal(Owner::Person(person), spot(&id.to_string()), text).await
}

pub async fn text(house: &House, letter: &Letter, person: i64) -> Result<String, Fault> {
    house.keys.open(Owner::Person(person), spot(&letter.id.to_string()), &letter.text_sealed).await
}

pub async fn keep(tx: &Tx, id: i64, person: i64, sealed: Vec<u8>, now: Moment, opens_at: Moment) -> Result<(), Fault> {
    let sql = "INSERT INTO letter (id, person_id, text_sealed, written_at, opens_at) VALUES ($1, $2, $3, $4, $5)";
    tx.run(sql, values![id, person, sealed, now, opens_at]).await?;
    Ok(())
}

/// The first reading counts.
pub async fn note_read(tx: &Tx, id: i64, now: Moment) -> Result<(), Fault> {
    tx.run("UPDATE letter SET read_at = $1 WHERE id = $2 AND read_at IS NULL", values![now, id]).await?;
    Ok(())
}

/// False if it was not theirs.
pub async fn remove(tx: &Tx, id: i64, person: i64) -> Result<bool, Fault> {
    Ok(tx.run("DELETE FROM letter WHERE id = $1 AND person_id = $2", values![id, person]).await? == 1)
}

/// Whose letter it is, while nobody has read it.
pub async fn waits_for(db: &Db, id: i64) -> Result<Option<i64>, Fault> {
    let n = db.number("SELECT person_id AS n FROM letter WHERE id = $1 AND read_at IS NULL", values![id]).await?;
    Ok((n != 0).then_some(n))
}
