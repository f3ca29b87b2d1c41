use care::strategies::{Beyond, Entry, Shown, Went};
use ground::{Ask, Fault, House, Moment, Owner, Spot, Tx, sea_orm::FromQueryResult, values};
use serde::{Deserialize, Serialize};

/// An entry as its group has it.
#[derive(Debug, Clone, PartialEq)]
pub struct Kept {
    pub id: i64,
    pub person: i64,
    pub entry: Entry,
    /// By which name it is shown; `None` for everybody, leaders too, if its author wants none.
    pub name: Option<String>,
    pub shown: Shown,
    pub beyond: Beyond,
    /// How many others tried it.
    pub tried: i64,
    pub version: i64,
}

#[derive(FromQueryResult)]
struct Row {
    id: i64,
    person_id: i64,
    entry_sealed: Vec<u8>,
    named: i64,
    display_name: String,
    shown: String,
    beyond: String,
    tried: i64,
    version: i64,
}

fn spot(row: &str) -> Spot<'_> {
    Spot { table: "strategy", column: "entry", row }
}

async fn opened(house: &House, row: Row) -> Result<Kept, Fault> {
    let text = house.keys.open(Owner::Person(row.person_id), spot(&row.id.to_string()), &row.entry_sealed).await?;
    Ok(Kept {
        id: row.id,
        person: row.person_id,
        entry: serde_json::from_str(&text)?,
        name: (row.named == 1).then_some(row.display_name),
        shown: Shown::parse(&row.shown),
        beyond: Beyond::parse(&row.beyond),
        tried: row.tried,
        version: row.version,
    })
}

/// Of members who are in the group of their entry now.
const SELECT: &str = "SELECT s.id, s.person_id, s.entry_sealed, s.named, m.display_name, s.shown, s.beyond, s.version,
        (SELECT COUNT(*) FROM strategy_result r JOIN membership o ON o.group_id = s.group_id AND o.person_id = r.person_id
            AND o.left_at IS NULL AND o.part = 'member' WHERE r.strategy_id = s.id) AS tried
    FROM strategy s JOIN membership m ON m.group_id = s.group_id AND m.person_id = s.person_id AND m.left_at IS NULL AND m.part = 'member'";

async fn all_of(house: &House, rows: Vec<Row>) -> Result<Vec<Kept>, Fault> {
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        all.push(opened(house, row).await?);
    }
    Ok(all)
}

/// Everything of a group, the latest first. Who may see which of it is asked by whoever calls.
pub async fn of_group(house: &House, group: i64) -> Result<Vec<Kept>, Fault> {
    let rows = house.db.rows(&format!("{SELECT} WHERE s.group_id = $1 ORDER BY s.made_at DESC, s.id"), values![group]).await?;
    all_of(house, rows).await
}

/// What members of other groups share with everybody: without a name, and in no order that would tell when.
pub async fn of_others(house: &House, group: i64) -> Result<Vec<Entry>, Fault> {
    let sql = format!("{SELECT} WHERE s.group_id <> $1 AND s.beyond = 'shared' AND s.shown = 'shown' ORDER BY s.id");
    let rows = house.db.rows(&sql, values![group]).await?;
    Ok(all_of(house, rows).await?.into_iter().map(|kept| kept.entry).collect())
}

pub async fn one(house: &House, group: i64, id: i64) -> Result<Option<Kept>, Fault> {
    match house.db.row(&format!("{SELECT} WHERE s.group_id = $1 AND s.id = $2"), values![group, id]).await? {
        Some(row) => opened(house, row).await.map(Some),
        None => Ok(None),
    }
}

pub async fn sealed(house: &House, person: i64, id: i64, entry: &Entry) -> Result<Vec<u8>, Fault> {
    house.keys.seal(Owner::Person(person), spot(&id.to_string()), &serde_json::to_string(entry)?).await
}

pub async fn count_of(db: &(impl Ask + Sync), group: i64, person: i64) -> Result<i64, Fault> {
    db.number("SELECT COUNT(*) AS n FROM strategy WHERE group_id = $1 AND person_id = $2", values![group, person]).await
}

/// An entry on its way into the book.
pub struct New {
    pub id: i64,
    pub group: i64,
    pub person: i64,
    pub sealed: Vec<u8>,
    pub named: bool,
    pub shown: Shown,
    pub once: String,
}

/// The same form a second time keeps nothing.
pub async fn add(tx: &Tx, new: New, now: Moment) -> Result<bool, Fault> {
    let sql = "INSERT INTO strategy (id, group_id, person_id, entry_sealed, named, shown, beyond, made_at, changed_at, once)
        VALUES ($1, $2, $3, $4, $5, $6, 'not', $7, $7, $8) ON CONFLICT DO NOTHING";
    let New { id, group, person, sealed, named, shown, once } = new;
    Ok(tx.run(sql, values![id, group, person, sealed, i64::from(named), shown.word(), now, once]).await? == 1)
}

/// New words of an entry, and whether its author wants a name. False if they changed it in another window.
pub async fn change(tx: &Tx, kept: &Kept, (sealed, named): (Vec<u8>, bool), now: Moment) -> Result<bool, Fault> {
    let sql = "UPDATE strategy SET entry_sealed = $1, named = $2, shown = $3, beyond = $4, changed_at = $5, version = version + 1
        WHERE id = $6 AND version = $7";
    let values = values![sealed, i64::from(named), kept.shown.word(), kept.beyond.word(), now, kept.id, kept.version];
    Ok(tx.run(sql, values).await? == 1)
}

/// How it stands to the group and beyond. Counts as a change, so that what a leader looked at is what is shown. False if it changed since.
pub async fn stand(tx: &Tx, kept: &Kept, shown: Shown, beyond: Beyond) -> Result<bool, Fault> {
    let sql = "UPDATE strategy SET shown = $1, beyond = $2, version = version + 1 WHERE id = $3 AND version = $4";
    Ok(tx.run(sql, values![shown.word(), beyond.word(), kept.id, kept.version]).await? == 1)
}

/// Ends that it goes beyond the group, whatever a leader is about to decide.
pub async fn take_back(tx: &Tx, id: i64, person: i64) -> Result<bool, Fault> {
    let sql = "UPDATE strategy SET beyond = 'not', version = version + 1 WHERE id = $1 AND person_id = $2 AND beyond <> 'not'";
    Ok(tx.run(sql, values![id, person]).await? == 1)
}

/// With what others wrote beside it.
pub async fn remove(tx: &Tx, id: i64, person: i64) -> Result<bool, Fault> {
    tx.run(
        "DELETE FROM strategy_result WHERE strategy_id IN (SELECT id FROM strategy WHERE id = $1 AND person_id = $2)",
        values![id, person],
    )
    .await?;
    Ok(tx.run("DELETE FROM strategy WHERE id = $1 AND person_id = $2", values![id, person]).await? == 1)
}

/// What somebody else found when they tried it.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    pub person: i64,
    pub name: Option<String>,
    pub went: Went,
    pub line: String,
}

#[derive(Serialize, Deserialize)]
struct Words {
    went: String,
    line: String,
}

#[derive(FromQueryResult)]
struct FoundRow {
    person_id: i64,
    result_sealed: Vec<u8>,
    named: i64,
    display_name: String,
}

fn result_row(strategy: i64, person: i64) -> String {
    format!("{strategy}/{person}")
}

fn result_spot(row: &str) -> Spot<'_> {
    Spot { table: "strategy_result", column: "result", row }
}

pub async fn found(house: &House, strategy: i64) -> Result<Vec<Found>, Fault> {
    let sql = "SELECT r.person_id, r.result_sealed, r.named, m.display_name FROM strategy_result r JOIN strategy s ON s.id = r.strategy_id
        JOIN membership m ON m.group_id = s.group_id AND m.person_id = r.person_id AND m.left_at IS NULL AND m.part = 'member'
        WHERE r.strategy_id = $1 ORDER BY r.at, r.person_id";
    let rows: Vec<FoundRow> = house.db.rows(sql, values![strategy]).await?;
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        let place = result_row(strategy, row.person_id);
        let text = house.keys.open(Owner::Person(row.person_id), result_spot(&place), &row.result_sealed).await?;
        let Words { went, line } = serde_json::from_str(&text)?;
        let went = Went::parse(&went).unwrap_or(Went::Partly);
        all.push(Found { person: row.person_id, name: (row.named == 1).then_some(row.display_name), went, line });
    }
    Ok(all)
}

pub async fn sealed_result(house: &House, (strategy, person): (i64, i64), went: Went, line: &str) -> Result<Vec<u8>, Fault> {
    let text = serde_json::to_string(&Words { went: went.word().into(), line: line.into() })?;
    house.keys.seal(Owner::Person(person), result_spot(&result_row(strategy, person)), &text).await
}

/// Whoever tried it again says so in the place of what they said before.
pub async fn keep_result(tx: &Tx, (strategy, person): (i64, i64), sealed: Vec<u8>, named: bool, now: Moment) -> Result<(), Fault> {
    let sql = "INSERT INTO strategy_result (strategy_id, person_id, result_sealed, named, at) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (strategy_id, person_id) DO UPDATE SET result_sealed = excluded.result_sealed, named = excluded.named, at = excluded.at";
    tx.run(sql, values![strategy, person, sealed, i64::from(named), now]).await?;
    Ok(())
}

pub async fn approves_first(db: &(impl Ask + Sync), group: i64) -> Result<bool, Fault> {
    Ok(db.number("SELECT approve_first AS n FROM strategy_setting WHERE group_id = $1", values![group]).await? == 1)
}

pub async fn set(tx: &Tx, group: i64, approve_first: bool) -> Result<(), Fault> {
    let sql = "INSERT INTO strategy_setting (group_id, approve_first) VALUES ($1, $2)
        ON CONFLICT (group_id) DO UPDATE SET approve_first = excluded.approve_first";
    tx.run(sql, values![group, i64::from(approve_first)]).await?;
    Ok(())
}
