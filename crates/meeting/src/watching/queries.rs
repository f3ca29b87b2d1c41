use ground::{Ask, Db, Fault, Moment, Tx, sea_orm::FromQueryResult, values};

/// A member of the group with what they said to one observer.
#[derive(Debug, Clone, Copy, FromQueryResult)]
pub struct Answer {
    pub person_id: i64,
    pub agrees: Option<i64>,
}

impl Answer {
    pub fn said(&self) -> Option<bool> {
        self.agrees.map(|agrees| agrees == 1)
    }
}

pub async fn answers(db: &(impl Ask + Sync), group: i64, observer: i64) -> Result<Vec<Answer>, Fault> {
    let sql = "SELECT m.person_id, w.agrees FROM membership m
        LEFT JOIN watching_answer w ON w.group_id = m.group_id AND w.observer_id = $2 AND w.person_id = m.person_id
        WHERE m.group_id = $1 AND m.part = 'member' AND m.left_at IS NULL ORDER BY m.seat";
    db.rows(sql, values![group, observer]).await
}

/// Somebody who would like to watch.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Observer {
    pub id: i64,
    pub name: String,
}

/// Staff go by their own name: whoever watches is not masked.
pub async fn observers(db: &Db, group: i64) -> Result<Vec<Observer>, Fault> {
    let sql = "SELECT p.id, p.name FROM membership m JOIN person p ON p.id = m.person_id
        WHERE m.group_id = $1 AND m.part = 'observer' AND m.left_at IS NULL ORDER BY m.seat";
    db.rows(sql, values![group]).await
}

pub async fn keep(tx: &Tx, group: i64, observer: i64, person: i64, agrees: bool, now: Moment) -> Result<(), Fault> {
    let sql = "INSERT INTO watching_answer (group_id, observer_id, person_id, agrees, said_at) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (group_id, observer_id, person_id) DO UPDATE SET agrees = excluded.agrees, said_at = excluded.said_at";
    tx.run(sql, values![group, observer, person, i64::from(agrees), now]).await?;
    Ok(())
}

/// In the room: a no to everybody who watches this session's group.
pub async fn object(tx: &Tx, session: i64, person: i64, now: Moment) -> Result<(), Fault> {
    let sql = "INSERT INTO watching_answer (group_id, observer_id, person_id, agrees, said_at)
        SELECT m.group_id, m.person_id, $2, 0, $3 FROM membership m JOIN session s ON s.group_id = m.group_id
        WHERE s.id = $1 AND m.part = 'observer' AND m.left_at IS NULL
        ON CONFLICT (group_id, observer_id, person_id) DO UPDATE SET agrees = 0, said_at = excluded.said_at";
    tx.run(sql, values![session, person, now]).await?;
    Ok(())
}

#[derive(Debug, Clone, FromQueryResult)]
pub struct Open {
    pub group_id: i64,
    pub group_name: String,
}

/// Groups of this member in which somebody waits for their answer.
pub async fn open(db: &Db, person: i64) -> Result<Vec<Open>, Fault> {
    let sql = "SELECT DISTINCT g.id AS group_id, g.name AS group_name FROM membership m JOIN groups g ON g.id = m.group_id
            JOIN membership o ON o.group_id = m.group_id AND o.part = 'observer' AND o.left_at IS NULL
        WHERE m.person_id = $1 AND m.part = 'member' AND m.left_at IS NULL AND NOT EXISTS (SELECT 1 FROM watching_answer w
            WHERE w.group_id = m.group_id AND w.observer_id = o.person_id AND w.person_id = m.person_id) ORDER BY g.name";
    db.rows(sql, values![person]).await
}
