use ground::{Ask, Db, Fault, Moment, Tx, random_id, sea_orm::FromQueryResult, values};

pub struct NewGroup {
    pub id: i64,
    pub name: String,
    pub topic: String,
    pub kind: String,
    pub weekday: i64,
    pub minute_of_day: i64,
    pub zone: String,
    pub minutes: i64,
    pub capacity: i64,
    pub language: String,
    pub programme: String,
}

pub async fn make(tx: &Tx, g: NewGroup, now: Moment) -> Result<(), Fault> {
    let sql = "INSERT INTO groups (id, name, topic, kind, weekday, minute_of_day, zone, minutes, capacity, language, programme, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    let values =
        values![g.id, g.name, g.topic, g.kind, g.weekday, g.minute_of_day, g.zone, g.minutes, g.capacity, g.language, g.programme, now];
    tx.run(sql, values).await?;
    Ok(())
}

#[derive(Debug, Clone, FromQueryResult)]
pub struct Found {
    pub id: i64,
    pub name: String,
    pub role: String,
}

pub async fn person(db: &Db, email: &str) -> Result<Option<Found>, Fault> {
    db.row("SELECT id, name, role FROM person WHERE email = $1 AND disabled_at IS NULL", values![email]).await
}

/// Takes one of the members' places; false when the group is full. The guard and a CHECK stand in the same statement on both databases.
pub async fn take_place(tx: &Tx, group: i64) -> Result<bool, Fault> {
    Ok(tx.run("UPDATE groups SET taken = taken + 1 WHERE id = $1 AND taken < capacity", values![group]).await? == 1)
}

#[derive(FromQueryResult)]
struct Chair {
    seat: i64,
}

/// The lowest chair that nobody has or had: a seat is kept for its person.
pub async fn free_seat(tx: &Tx, group: i64) -> Result<Option<i64>, Fault> {
    let chairs: Vec<Chair> = tx.rows("SELECT seat FROM membership WHERE group_id = $1 ORDER BY seat", values![group]).await?;
    Ok((0..20).find(|seat| chairs.iter().all(|chair| chair.seat != *seat)))
}

pub struct Membership<'a> {
    pub group: i64,
    pub person: i64,
    pub part: &'a str,
    pub display_name: &'a str,
    pub seat: i64,
}

/// False if this person is or was in the group already.
pub async fn join(tx: &Tx, m: Membership<'_>, now: Moment) -> Result<bool, Fault> {
    let sql = "INSERT INTO membership (id, group_id, person_id, part, display_name, seat, joined_at) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING";
    Ok(tx.run(sql, values![random_id(), m.group, m.person, m.part, m.display_name, m.seat, now]).await? == 1)
}
