use care::messages::check_in::{Answer, Plan};
use ground::{Ask, Db, Fault, House, Moment, Owner, Spot, Tx, sea_orm::FromQueryResult, values};

fn spot(row: &str) -> Spot<'_> {
    Spot { table: "chat_check_in_answer", column: "answer", row }
}

fn key(group: i64, person: i64, day: &str) -> String {
    format!("{group}.{person}.{day}")
}

#[derive(FromQueryResult)]
struct PlanRow {
    days: String,
    minute_of_day: i64,
}

pub async fn plan(db: &Db, group: i64) -> Result<Option<Plan>, Fault> {
    let row: Option<PlanRow> = db.row("SELECT days, minute_of_day FROM chat_check_in WHERE group_id = $1", values![group]).await?;
    Ok(row.and_then(|row| Plan::read(&row.days, row.minute_of_day)))
}

pub async fn keep_plan(tx: &Tx, group: i64, plan: &Plan, by: i64, at: Moment) -> Result<(), Fault> {
    let sql = "INSERT INTO chat_check_in (group_id, days, minute_of_day, set_by, set_at) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (group_id) DO UPDATE SET days = excluded.days, minute_of_day = excluded.minute_of_day, set_by = excluded.set_by, set_at = excluded.set_at";
    tx.run(sql, values![group, plan.word(), i64::from(plan.minute), by, at]).await?;
    Ok(())
}

#[derive(Debug, Clone, FromQueryResult)]
pub struct GroupRow {
    pub name: String,
    pub zone: String,
}

pub async fn group(db: &Db, group: i64) -> Result<Option<GroupRow>, Fault> {
    db.row("SELECT name, zone FROM groups WHERE id = $1", values![group]).await
}

/// Seals an answer; before the transaction that keeps it.
pub async fn seal(house: &House, group: i64, person: i64, day: &str, answer: &Answer) -> Result<Vec<u8>, Fault> {
    house.keys.seal(Owner::Person(person), spot(&key(group, person, day)), &serde_json::to_string(answer)?).await
}

/// One answer a day; a second one of the same day takes the place of the first.
pub async fn keep(tx: &Tx, (group, person, day): (i64, i64, &str), sealed: Vec<u8>, at: Moment) -> Result<(), Fault> {
    let sql = "INSERT INTO chat_check_in_answer (group_id, person_id, day, answer_sealed, answered_at) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (group_id, person_id, day) DO UPDATE SET answer_sealed = excluded.answer_sealed, answered_at = excluded.answered_at";
    tx.run(sql, values![group, person, day, sealed, at]).await?;
    Ok(())
}

#[derive(FromQueryResult)]
struct Row {
    person_id: i64,
    name: String,
    day: String,
    answer_sealed: Vec<u8>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    pub name: String,
    pub day: String,
    pub answer: Answer,
}

/// The answers of a group's members, or of one of them, from a day on; the newest day first.
pub async fn told(house: &House, group: i64, person: Option<i64>, from: &str) -> Result<Vec<Told>, Fault> {
    let sql = "SELECT x.person_id, m.display_name AS name, x.day, x.answer_sealed FROM chat_check_in_answer x
        JOIN membership m ON m.group_id = x.group_id AND m.person_id = x.person_id AND m.left_at IS NULL
        WHERE x.group_id = $1 AND ($2 = 0 OR x.person_id = $2) AND x.day >= $3 ORDER BY x.day DESC, m.seat LIMIT 400";
    let rows: Vec<Row> = house.db.rows(sql, values![group, person.unwrap_or(0), from]).await?;
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        let place = key(group, row.person_id, &row.day);
        let text = house.keys.open(Owner::Person(row.person_id), spot(&place), &row.answer_sealed).await?;
        all.push(Told { name: row.name, day: row.day, answer: serde_json::from_str(&text)? });
    }
    Ok(all)
}
