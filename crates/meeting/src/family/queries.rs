use ground::{Ask, Db, Fault, Language, Moment, Tx, random_id, sea_orm::FromQueryResult, values};

#[derive(Debug, Clone, FromQueryResult)]
pub struct Person {
    pub id: i64,
    pub name: String,
}

impl Person {
    /// What is shown in the room until they choose something else: whoever leads by the whole name, as in every group.
    fn called(&self, part: &str) -> &str {
        let first = self.name.split_whitespace().next().unwrap_or(&self.name);
        if part == "facilitator" { &self.name } else { first }
    }
}

pub async fn member(db: &Db, id: i64) -> Result<Option<Person>, Fault> {
    db.row("SELECT id, name FROM person WHERE id = $1 AND role = 'member' AND disabled_at IS NULL", values![id]).await
}

pub async fn language(db: &Db, id: i64) -> Result<Language, Fault> {
    #[derive(FromQueryResult)]
    struct Spoken {
        language: String,
    }
    let row: Option<Spoken> = db.row("SELECT language FROM person WHERE id = $1", values![id]).await?;
    Ok(Language::parse(&row.map_or_else(String::new, |row| row.language)))
}

pub async fn person(db: &(impl Ask + Sync), id: i64) -> Result<Option<Person>, Fault> {
    db.row("SELECT id, name FROM person WHERE id = $1 AND disabled_at IS NULL", values![id]).await
}

/// Those who lead the groups this member sits in.
pub async fn leaders(db: &Db, member: i64) -> Result<Vec<Person>, Fault> {
    let sql =
        "SELECT DISTINCT p.id, p.name FROM membership m JOIN membership l ON l.group_id = m.group_id JOIN person p ON p.id = l.person_id
        WHERE m.person_id = $1 AND m.part = 'member' AND m.left_at IS NULL AND l.part = 'facilitator' AND l.left_at IS NULL
            AND p.disabled_at IS NULL ORDER BY p.name, p.id";
    db.rows(sql, values![member]).await
}

#[derive(Debug, Clone, FromQueryResult)]
pub struct Planned {
    pub id: i64,
    pub starts_at: Moment,
    pub minutes: i64,
    pub state: String,
    pub cancelled_at: Option<Moment>,
}

/// The family sessions of a member, the newest first.
pub async fn sessions(db: &Db, member: i64) -> Result<Vec<Planned>, Fault> {
    let sql = "SELECT s.id, s.starts_at, s.minutes, s.state, s.cancelled_at FROM session s
        JOIN family_group f ON f.group_id = s.group_id WHERE f.member_id = $1 ORDER BY s.starts_at DESC LIMIT 20";
    db.rows(sql, values![member]).await
}

/// A family's group as it is made with its first session.
pub struct Made<'a> {
    pub member: i64,
    pub name: &'a str,
    pub zone: &'a str,
    pub language: &'a str,
}

#[derive(FromQueryResult)]
struct Id {
    id: i64,
}

/// The group in which just these people ever met as members; made if there is none.
pub async fn group(tx: &Tx, made: &Made<'_>, people: &[i64], now: Moment) -> Result<i64, Fault> {
    for group in ground::family::groups_of(tx, made.member).await? {
        let sql = "SELECT person_id AS id FROM membership WHERE group_id = $1 AND part = 'member'";
        let here: Vec<Id> = tx.rows(sql, values![group]).await?;
        if here.len() == people.len() && here.iter().all(|one| people.contains(&one.id)) {
            return Ok(group);
        }
    }
    let id = random_id();
    // No rhythm: `started_at` stays empty, and only sessions that somebody plans take place. All its seats are taken from the beginning, so
    // that nobody is ever moved, imported or seated into a family by hand.
    let sql = "INSERT INTO groups (id, name, topic, kind, weekday, minute_of_day, zone, minutes, capacity, taken, language, programme, created_at)
        VALUES ($1, $2, 'family', 'family', 1, 0, $3, 60, 8, 8, $4, '', $5)";
    tx.run(sql, values![id, made.name, made.zone, made.language, now]).await?;
    tx.run("INSERT INTO family_group (group_id, member_id) VALUES ($1, $2)", values![id, made.member]).await?;
    Ok(id)
}

#[derive(FromQueryResult)]
struct Chair {
    person_id: i64,
    seat: i64,
    display_name: String,
    left_at: Option<Moment>,
}

/// Gives somebody their chair, the same as before if they had one. False when all twenty chairs are taken.
pub async fn sit(tx: &Tx, group: i64, who: &Person, part: &str, now: Moment) -> Result<bool, Fault> {
    let chairs: Vec<Chair> =
        tx.rows("SELECT person_id, seat, display_name, left_at FROM membership WHERE group_id = $1", values![group]).await?;
    if let Some(own) = chairs.iter().find(|chair| chair.person_id == who.id) {
        if own.left_at.is_some() {
            tx.run(
                "UPDATE membership SET left_at = NULL, joined_at = $1 WHERE group_id = $2 AND person_id = $3",
                values![now, group, who.id],
            )
            .await?;
        }
        return Ok(true);
    }
    let Some(seat) = (0..20).find(|seat| chairs.iter().all(|chair| chair.seat != *seat)) else { return Ok(false) };
    let taken: Vec<String> = chairs.into_iter().map(|chair| chair.display_name).collect();
    let name = care::names::free(who.called(part), &taken);
    let sql = "INSERT INTO membership (id, group_id, person_id, part, display_name, seat, joined_at) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    tx.run(sql, values![random_id(), group, who.id, part, name, seat, now]).await?;
    Ok(true)
}

pub async fn last_number(tx: &Tx, group: i64) -> Result<i64, Fault> {
    tx.number("SELECT COALESCE(MAX(number), 0) AS n FROM session WHERE group_id = $1", values![group]).await
}
