use ground::{Ask, Db, Fault, House, Moment, Owner, Spot, Tx, facts::CIRCLE_OPEN, sea_orm::FromQueryResult, seal::SealError, values};

fn spot(row: &str) -> Spot<'_> {
    Spot { table: "circle_purpose", column: "text", row }
}

#[derive(Debug, Clone, FromQueryResult)]
pub struct Policy {
    pub name: String,
    pub kind: String,
    pub decided: Option<i64>,
}

impl Policy {
    pub fn allows(&self) -> bool {
        care::messages::circle::is_allowed(&self.kind, self.decided.map(|decided| decided == 1))
    }
}

pub async fn policy(db: &(impl Ask + Sync), group: i64) -> Result<Option<Policy>, Fault> {
    let sql = "SELECT g.name, g.kind, d.allowed AS decided FROM groups g LEFT JOIN outside_contact d ON d.group_id = g.id WHERE g.id = $1";
    db.row(sql, values![group]).await
}

pub async fn decide(tx: &Tx, group: i64, allowed: bool, by: i64, at: Moment) -> Result<(), Fault> {
    let sql = "INSERT INTO outside_contact (group_id, allowed, decided_by, decided_at) VALUES ($1, $2, $3, $4)
        ON CONFLICT (group_id) DO UPDATE SET allowed = excluded.allowed, decided_by = excluded.decided_by, decided_at = excluded.decided_at";
    tx.run(sql, values![group, i64::from(allowed), by, at]).await?;
    Ok(())
}

/// One circle as somebody finds it who is in it or asked into it.
#[derive(Debug, Clone, PartialEq, FromQueryResult)]
pub struct Mine {
    pub channel_id: i64,
    pub group_id: i64,
    pub host_id: i64,
    pub host: String,
    pub ends_at: Moment,
    pub joined_at: Option<Moment>,
    pub people: i64,
    pub purpose_sealed: Option<Vec<u8>>,
}

const MINE: &str = "SELECT o.channel_id, o.group_id, o.host_id, COALESCE(s.display_name, '–') AS host, o.ends_at, k.joined_at, t.text_sealed AS purpose_sealed,
        (SELECT COUNT(*) FROM circle_member x WHERE x.channel_id = o.channel_id AND x.joined_at IS NOT NULL AND x.left_at IS NULL) AS people
    FROM circle o JOIN circle_member k ON k.channel_id = o.channel_id AND k.person_id = $1 AND k.left_at IS NULL
    LEFT JOIN membership s ON s.group_id = o.group_id AND s.person_id = o.host_id LEFT JOIN circle_purpose t ON t.channel_id = o.channel_id";

/// What was asked and never answered is over with the circle.
pub async fn mine(db: &Db, person: i64, group: i64, now: Moment) -> Result<Vec<Mine>, Fault> {
    let sql = format!("{MINE} WHERE o.group_id = $2 AND (k.joined_at IS NOT NULL OR o.ends_at > $3) ORDER BY o.ends_at DESC, o.channel_id");
    db.rows(&sql, values![person, group, now]).await
}

/// Only while this person has their seat in its group.
pub async fn one(db: &(impl Ask + Sync), person: i64, circle: i64) -> Result<Option<Mine>, Fault> {
    let sql = format!(
        "{MINE} JOIN membership m ON m.group_id = o.group_id AND m.person_id = $1 AND m.part = 'member' AND m.left_at IS NULL WHERE o.channel_id = $2"
    );
    db.row(&sql, values![person, circle]).await
}

/// In which groups somebody is asked into a circle.
pub async fn asked(db: &Db, person: i64, now: Moment) -> Result<Vec<i64>, Fault> {
    #[derive(FromQueryResult)]
    struct Id {
        id: i64,
    }
    let sql = format!(
        "SELECT DISTINCT o.group_id AS id FROM circle o JOIN circle_member k ON k.channel_id = o.channel_id
        JOIN membership m ON m.group_id = o.group_id AND m.person_id = k.person_id AND m.left_at IS NULL
        WHERE k.person_id = $1 AND k.joined_at IS NULL AND k.left_at IS NULL AND o.ends_at > $2 AND {CIRCLE_OPEN}"
    );
    Ok(db.rows::<Id>(&sql, values![person, now]).await?.into_iter().map(|row| row.id).collect())
}

pub async fn seal(house: &House, circle: i64, host: i64, purpose: &str) -> Result<Vec<u8>, Fault> {
    house.keys.seal(Owner::Person(host), spot(&circle.to_string()), purpose).await
}

/// What a circle is for; nothing once its host's record is gone.
pub async fn purpose(house: &House, circle: i64, host: i64, sealed: Option<&[u8]>) -> Result<Option<String>, Fault> {
    let Some(sealed) = sealed else { return Ok(None) };
    match house.keys.open(Owner::Person(host), spot(&circle.to_string()), sealed).await {
        Err(Fault::Seal(SealError::NoKey)) => Ok(None),
        opened => opened.map(Some),
    }
}

/// A circle on its way into the tables.
pub struct New<'a> {
    pub id: i64,
    pub group: i64,
    pub host: i64,
    pub once: &'a str,
    pub purpose: Vec<u8>,
    pub at: Moment,
    pub ends_at: Moment,
}

/// False if the same form has made it before.
pub async fn make(tx: &Tx, new: New<'_>) -> Result<bool, Fault> {
    if tx.number("SELECT COUNT(*) AS n FROM circle WHERE once = $1", values![new.once]).await? > 0 {
        return Ok(false);
    }
    tx.run("INSERT INTO channel (id, kind) VALUES ($1, 'circle')", values![new.id]).await?;
    let sql =
        "INSERT INTO circle (channel_id, group_id, host_id, once, made_at, ends_at) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING";
    if tx.run(sql, values![new.id, new.group, new.host, new.once, new.at, new.ends_at]).await? == 0 {
        return Ok(false);
    }
    tx.run("INSERT INTO circle_purpose (channel_id, text_sealed) VALUES ($1, $2)", values![new.id, new.purpose]).await?;
    Ok(true)
}

pub async fn ask(tx: &Tx, circle: i64, person: i64, at: Moment, joined: Option<Moment>) -> Result<(), Fault> {
    let sql = "INSERT INTO circle_member (channel_id, person_id, asked_at, joined_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
    tx.run(sql, values![circle, person, at, joined]).await?;
    Ok(())
}

/// Everybody who was ever asked into one of a group's circles; `gone` is 1 for who said no or left.
#[derive(Debug, Clone, Copy, PartialEq, FromQueryResult)]
pub struct Asked {
    pub channel_id: i64,
    pub person_id: i64,
    pub gone: i64,
}

pub async fn ever_asked(db: &(impl Ask + Sync), group: i64) -> Result<Vec<Asked>, Fault> {
    let sql = "SELECT k.channel_id, k.person_id, CAST(CASE WHEN k.left_at IS NULL THEN 0 ELSE 1 END AS BIGINT) AS gone
        FROM circle_member k JOIN circle o ON o.channel_id = k.channel_id WHERE o.group_id = $1";
    db.rows(sql, values![group]).await
}

/// Who is in it now.
pub async fn inside(tx: &Tx, circle: i64) -> Result<Vec<i64>, Fault> {
    #[derive(FromQueryResult)]
    struct Id {
        id: i64,
    }
    let sql = "SELECT person_id AS id FROM circle_member WHERE channel_id = $1 AND joined_at IS NOT NULL AND left_at IS NULL";
    Ok(tx.rows::<Id>(sql, values![circle]).await?.into_iter().map(|row| row.id).collect())
}

/// The lock of the channel's row: what counts who is in a circle is looked at one after the other.
pub async fn hold(tx: &Tx, circle: i64) -> Result<(), Fault> {
    tx.run("UPDATE channel SET last_change = last_change WHERE id = $1", values![circle]).await?;
    Ok(())
}

pub async fn join(tx: &Tx, circle: i64, person: i64, at: Moment) -> Result<bool, Fault> {
    hold(tx, circle).await?;
    let sql = "UPDATE circle_member SET joined_at = $3 WHERE channel_id = $1 AND person_id = $2 AND joined_at IS NULL AND left_at IS NULL";
    Ok(tx.run(sql, values![circle, person, at]).await? == 1)
}

/// Leaving, and saying no.
pub async fn leave(tx: &Tx, circle: i64, person: i64, at: Moment) -> Result<bool, Fault> {
    let sql = "UPDATE circle_member SET left_at = $3 WHERE channel_id = $1 AND person_id = $2 AND left_at IS NULL";
    Ok(tx.run(sql, values![circle, person, at]).await? == 1)
}

pub async fn end(tx: &Tx, circle: i64, host: i64, at: Moment) -> Result<bool, Fault> {
    let sql = "UPDATE circle SET ends_at = $3 WHERE channel_id = $1 AND host_id = $2 AND ends_at > $3";
    Ok(tx.run(sql, values![circle, host, at]).await? == 1)
}
