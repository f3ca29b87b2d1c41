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
