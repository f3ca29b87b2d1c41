use ground::{Ask, Db, Fault, Moment, Tx, sea_orm::FromQueryResult, values};

/// A group as the public may see it: nothing of its members but how many seats are free.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Listed {
    pub id: i64,
    pub name: String,
    pub topic: String,
    pub kind: String,
    pub weekday: i64,
    pub minute_of_day: i64,
    pub zone: String,
    pub minutes: i64,
    pub capacity: i64,
    pub taken: i64,
    pub language: String,
    pub about_en: String,
    pub about_es: String,
    pub price: String,
    pub place: String,
    pub pets: i64,
    pub changed_at: Moment,
}

const SHOWN: &str = "SELECT g.id, g.name, g.topic, g.kind, g.weekday, g.minute_of_day, g.zone, g.minutes, g.capacity, g.taken, g.language,
        l.about_en, l.about_es, l.price, l.place, l.pets, l.changed_at
    FROM groups g JOIN listing l ON l.group_id = g.id WHERE l.shown = 1";

pub async fn shown(db: &Db) -> Result<Vec<Listed>, Fault> {
    db.rows(&format!("{SHOWN} ORDER BY g.weekday, g.minute_of_day, g.name"), []).await
}

pub async fn shown_one(db: &Db, group: i64) -> Result<Option<Listed>, Fault> {
    db.row(&format!("{SHOWN} AND g.id = $1"), values![group]).await
}

#[derive(Debug, Clone, FromQueryResult)]
pub struct Leader {
    pub group_id: i64,
    pub name: String,
}

/// Staff who lead a shown group; their names are public, as on the door of a practice.
pub async fn leaders(db: &Db, group: Option<i64>) -> Result<Vec<Leader>, Fault> {
    let sql = "SELECT m.group_id, p.name FROM membership m JOIN person p ON p.id = m.person_id JOIN listing l ON l.group_id = m.group_id
        WHERE l.shown = 1 AND ($1 = 0 OR m.group_id = $1) AND m.part = 'facilitator' AND m.left_at IS NULL AND p.disabled_at IS NULL ORDER BY m.seat";
    db.rows(sql, values![group.unwrap_or(0)]).await
}

/// What the office last kept of a group's listing.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Kept {
    pub shown: i64,
    pub about_en: String,
    pub about_es: String,
    pub price: String,
    pub place: String,
    pub pets: i64,
}

pub async fn kept(db: &Db, group: i64) -> Result<Option<Kept>, Fault> {
    db.row("SELECT shown, about_en, about_es, price, place, pets FROM listing WHERE group_id = $1", values![group]).await
}

pub async fn keep(tx: &Tx, group: i64, k: Kept, now: Moment) -> Result<(), Fault> {
    let sql =
        "INSERT INTO listing (group_id, shown, about_en, about_es, price, place, pets, changed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        ON CONFLICT (group_id) DO UPDATE SET shown = excluded.shown, about_en = excluded.about_en, about_es = excluded.about_es,
            price = excluded.price, place = excluded.place, pets = excluded.pets, changed_at = excluded.changed_at";
    tx.run(sql, values![group, k.shown, k.about_en, k.about_es, k.price, k.place, k.pets, now]).await?;
    Ok(())
}
