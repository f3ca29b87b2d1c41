use care::strategies::MomentKind;
use ground::{Ask, Fault, House, Moment, Owner, Spot, Tx, sea_orm::FromQueryResult, values};

/// So many a page shows.
const MOST: i64 = 100;

/// What somebody who is in the group now shared with it.
#[derive(Debug, Clone, PartialEq)]
pub struct Shared {
    pub id: i64,
    pub person: i64,
    pub name: String,
    pub kind: String,
    pub words: String,
    pub at: Moment,
    /// Who answered with what. A page shows numbers, and one's own.
    pub reactions: Vec<(i64, String)>,
}

fn spot(row: &str) -> Spot<'_> {
    Spot { table: "group_moment", column: "words", row }
}

#[derive(FromQueryResult)]
struct Row {
    id: i64,
    person_id: i64,
    display_name: String,
    kind: String,
    words_sealed: Vec<u8>,
    at: Moment,
}

#[derive(FromQueryResult)]
struct Said {
    moment_id: i64,
    person_id: i64,
    word: String,
}

pub async fn of_group(house: &House, group: i64) -> Result<Vec<Shared>, Fault> {
    let sql = "SELECT g.id, g.person_id, m.display_name, g.kind, g.words_sealed, g.at FROM group_moment g
        JOIN membership m ON m.group_id = g.group_id AND m.person_id = g.person_id AND m.left_at IS NULL AND m.part = 'member'
        WHERE g.group_id = $1 ORDER BY g.at DESC, g.id LIMIT $2";
    let rows: Vec<Row> = house.db.rows(sql, values![group, MOST]).await?;
    let said = "SELECT r.moment_id, r.person_id, r.word FROM moment_reaction r JOIN group_moment g ON g.id = r.moment_id
        JOIN membership m ON m.group_id = g.group_id AND m.person_id = r.person_id AND m.left_at IS NULL WHERE g.group_id = $1";
    let said: Vec<Said> = house.db.rows(said, values![group]).await?;
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        let words = house.keys.open(Owner::Person(row.person_id), spot(&row.id.to_string()), &row.words_sealed).await?;
        let reactions = said.iter().filter(|one| one.moment_id == row.id).map(|one| (one.person_id, one.word.clone())).collect();
        all.push(Shared { id: row.id, person: row.person_id, name: row.display_name, kind: row.kind, words, at: row.at, reactions });
    }
    Ok(all)
}

pub async fn sealed(house: &House, person: i64, id: i64, words: &str) -> Result<Vec<u8>, Fault> {
    house.keys.seal(Owner::Person(person), spot(&id.to_string()), words).await
}

/// The same form a second time shares nothing.
pub async fn add(
    tx: &Tx,
    (id, group, person): (i64, i64, i64),
    (kind, sealed): (MomentKind, Vec<u8>),
    once: &str,
    now: Moment,
) -> Result<bool, Fault> {
    let sql = "INSERT INTO group_moment (id, group_id, person_id, kind, words_sealed, at, once) VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT DO NOTHING";
    Ok(tx.run(sql, values![id, group, person, kind.word(), sealed, now, once.to_owned()]).await? == 1)
}

/// One reaction of each person; `None` takes it back.
pub async fn react(tx: &Tx, (moment, person): (i64, i64), word: Option<&str>, now: Moment) -> Result<(), Fault> {
    tx.run("DELETE FROM moment_reaction WHERE moment_id = $1 AND person_id = $2", values![moment, person]).await?;
    if let Some(word) = word {
        let sql = "INSERT INTO moment_reaction (moment_id, person_id, word, at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
        tx.run(sql, values![moment, person, word.to_owned(), now]).await?;
    }
    Ok(())
}

/// With what others answered.
pub async fn remove(tx: &Tx, id: i64, group: i64, person: i64) -> Result<bool, Fault> {
    let own = "SELECT id FROM group_moment WHERE id = $1 AND group_id = $2 AND person_id = $3";
    tx.run(&format!("DELETE FROM moment_reaction WHERE moment_id IN ({own})"), values![id, group, person]).await?;
    Ok(tx.run("DELETE FROM group_moment WHERE id = $1 AND group_id = $2 AND person_id = $3", values![id, group, person]).await? == 1)
}
