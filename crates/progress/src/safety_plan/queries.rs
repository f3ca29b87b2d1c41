use care::safety::Plan;
use ground::{Ask, Db, Fault, House, Moment, Owner, Spot, Tx, sea_orm::FromQueryResult, values};

fn spot(row: &str) -> Spot<'_> {
    Spot { table: "safety_plan", column: "plan", row }
}

fn place(person: i64, version: i64) -> String {
    format!("{person}/{version}")
}

/// One version of somebody's plan.
#[derive(Debug, Clone)]
pub struct Version {
    pub number: i64,
    pub plan: Plan,
    pub made_at: Moment,
}

#[derive(FromQueryResult)]
struct Row {
    version: i64,
    plan_sealed: Vec<u8>,
    made_at: Moment,
}

/// This version; the latest for 0.
pub async fn version(house: &House, person: i64, number: i64) -> Result<Option<Version>, Fault> {
    let sql = "SELECT version, plan_sealed, made_at FROM safety_plan WHERE person_id = $1 AND (version = $2 OR $2 = 0) ORDER BY version DESC LIMIT 1";
    let Some(row): Option<Row> = house.db.row(sql, values![person, number]).await? else { return Ok(None) };
    let place = place(person, row.version);
    let text = house.keys.open(Owner::Person(person), spot(&place), &row.plan_sealed).await?;
    Ok(Some(Version { number: row.version, plan: serde_json::from_str(&text)?, made_at: row.made_at }))
}

#[derive(Debug, Clone, FromQueryResult)]
pub struct Earlier {
    pub version: i64,
    pub made_at: Moment,
}

pub async fn earlier(db: &Db, person: i64) -> Result<Vec<Earlier>, Fault> {
    db.rows("SELECT version, made_at FROM safety_plan WHERE person_id = $1 ORDER BY version DESC LIMIT 50", values![person]).await
}

pub async fn seal(house: &House, person: i64, version: i64, plan: &Plan) -> Result<Vec<u8>, Fault> {
    let place = place(person, version);
    house.keys.seal(Owner::Person(person), spot(&place), &serde_json::to_string(plan)?).await
}

/// What is to be kept.
pub struct New {
    pub id: i64,
    pub person: i64,
    pub version: i64,
    pub sealed: Vec<u8>,
    pub by: i64,
}

/// False when somebody has kept this version already.
pub async fn add(tx: &Tx, new: New, now: Moment) -> Result<bool, Fault> {
    let sql = "INSERT INTO safety_plan (id, person_id, version, plan_sealed, made_at, made_by) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING";
    Ok(tx.run(sql, values![new.id, new.person, new.version, new.sealed, now, new.by]).await? == 1)
}
