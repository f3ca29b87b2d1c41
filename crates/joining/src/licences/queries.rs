use ground::{Ask, Db, Fault, Tx, random_id, sea_orm::FromQueryResult, values};

#[derive(Debug, Clone, FromQueryResult)]
pub struct Licence {
    pub name: String,
    pub profession: String,
    pub jurisdiction: String,
    pub kind: String,
    pub number: String,
    pub valid_from: String,
    pub valid_to: String,
    pub verified_on: String,
}

pub async fn all(db: &Db) -> Result<Vec<Licence>, Fault> {
    let sql = "SELECT p.name, a.profession, a.jurisdiction, a.kind, a.number, a.valid_from, a.valid_to, a.verified_on
        FROM authority a JOIN person p ON p.id = a.person_id ORDER BY p.name, a.jurisdiction";
    db.rows(sql, []).await
}

#[derive(Debug, Clone, FromQueryResult)]
pub struct Leader {
    pub id: i64,
    pub name: String,
}

/// Whoever may need a licence.
pub async fn clinicians(db: &Db) -> Result<Vec<Leader>, Fault> {
    db.rows("SELECT id, name FROM person WHERE role = 'clinician' AND disabled_at IS NULL ORDER BY name", []).await
}

/// An authority that runs out soon or has just run out, and that no later one of the same kind and place follows.
#[derive(Debug, Clone, FromQueryResult)]
pub struct RunsOut {
    pub id: i64,
    pub person_id: i64,
    pub name: String,
    pub jurisdiction: String,
    pub valid_to: String,
}

/// Between two days, both as "2026-11-25" and both included.
pub async fn running_out(db: &Db, from: &str, to: &str) -> Result<Vec<RunsOut>, Fault> {
    let sql = "SELECT a.id, a.person_id, p.name, a.jurisdiction, a.valid_to FROM authority a JOIN person p ON p.id = a.person_id
        WHERE a.valid_to BETWEEN $1 AND $2 AND p.disabled_at IS NULL AND NOT EXISTS (SELECT 1 FROM authority b
            WHERE b.person_id = a.person_id AND b.jurisdiction = a.jurisdiction AND b.kind = a.kind AND b.valid_to > a.valid_to)
        ORDER BY a.valid_to, p.name";
    db.rows(sql, values![from, to]).await
}

#[derive(Debug, Clone, FromQueryResult)]
pub struct Led {
    pub id: i64,
    pub name: String,
    pub kind: String,
}

pub async fn led_by(db: &Db, person: i64) -> Result<Vec<Led>, Fault> {
    let sql = "SELECT g.id, g.name, g.kind FROM groups g JOIN membership m ON m.group_id = g.id
        WHERE m.person_id = $1 AND m.part = 'facilitator' AND m.left_at IS NULL ORDER BY g.name";
    db.rows(sql, values![person]).await
}

pub async fn add(tx: &Tx, person: i64, l: &super::pages::NewLicence) -> Result<(), Fault> {
    let sql = "INSERT INTO authority (id, person_id, profession, jurisdiction, kind, number, valid_from, valid_to, verified_on, source)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    let text = |text: &str| text.trim().to_owned();
    let values = values![
        random_id(),
        person,
        text(&l.profession),
        text(&l.jurisdiction),
        text(&l.kind),
        text(&l.number),
        text(&l.valid_from),
        text(&l.valid_to),
        text(&l.verified_on),
        text(&l.source)
    ];
    tx.run(sql, values).await?;
    Ok(())
}
