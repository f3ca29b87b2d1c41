use std::time::Duration;

use ground::{Ask, Db, Fault, House, Moment, Owner, Spot, Tx, handover, sea_orm::FromQueryResult, values};

const DAY: Duration = Duration::from_secs(24 * 3_600);

pub fn spot(row: &str) -> Spot<'_> {
    Spot { table: "homework", column: "text", row }
}

#[derive(FromQueryResult)]
struct Row {
    id: i64,
    text_sealed: Vec<u8>,
    due_at: Moment,
    done_at: Option<Moment>,
}

#[derive(Debug, Clone)]
pub struct Homework {
    pub id: i64,
    pub text: String,
    pub due_at: Moment,
    pub done: bool,
}

pub async fn keep(tx: &Tx, id: i64, given: &handover::Homework, sealed: Vec<u8>) -> Result<(), Fault> {
    let given_at = Moment(given.given_at);
    let due_at = given_at.plus(DAY * u32::from(given.days));
    let sql = "INSERT INTO homework (id, person_id, session_id, given_by, text_sealed, given_at, due_at) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING";
    tx.run(sql, values![id, given.person, given.session, given.given_by, sealed, given_at, due_at]).await?;
    Ok(())
}

/// One's own, what is open first.
pub async fn of(house: &House, person: i64) -> Result<Vec<Homework>, Fault> {
    let sql = "SELECT id, text_sealed, due_at, done_at FROM homework WHERE person_id = $1
        ORDER BY CASE WHEN done_at IS NULL THEN 0 ELSE 1 END, due_at DESC LIMIT 50";
    let rows: Vec<Row> = house.db.rows(sql, values![person]).await?;
    let mut all = Vec::new();
    for row in rows {
        let place = row.id.to_string();
        let text = house.keys.open(Owner::Person(person), spot(&place), &row.text_sealed).await?;
        all.push(Homework { id: row.id, text, due_at: row.due_at, done: row.done_at.is_some() });
    }
    Ok(all)
}

pub async fn set_done(tx: &Tx, id: i64, person: i64, at: Option<Moment>) -> Result<bool, Fault> {
    let sql = "UPDATE homework SET done_at = $1 WHERE id = $2 AND person_id = $3";
    Ok(tx.run(sql, values![at.map(|at| at.0), id, person]).await? == 1)
}

#[derive(Debug, Clone, FromQueryResult)]
pub struct Count {
    pub display_name: String,
    pub given: i64,
    pub done: i64,
}

/// How much of what was given in the last four weeks is done, for the leader's page.
pub async fn of_group(db: &Db, group: i64, now: Moment) -> Result<Vec<Count>, Fault> {
    let sql = "SELECT m.display_name, COUNT(h.id) AS given, COUNT(h.done_at) AS done FROM membership m
        LEFT JOIN homework h ON h.person_id = m.person_id AND h.given_at > $2
        WHERE m.group_id = $1 AND m.part = 'member' AND m.left_at IS NULL GROUP BY m.display_name, m.seat ORDER BY m.seat";
    db.rows(sql, values![group, now.minus(DAY * 28)]).await
}
