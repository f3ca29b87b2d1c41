use ground::{Ask, Db, Fault, Role, Tx, sea_orm::FromQueryResult, values};

#[derive(Debug, Clone, FromQueryResult)]
pub struct DemoPerson {
    pub id: i64,
    pub name: String,
    pub role: String,
}

/// One person of each role, the one with the most to see first.
pub async fn demo_people(db: &Db) -> Result<Vec<DemoPerson>, Fault> {
    let sql = "SELECT p.id, p.name, p.role FROM person p WHERE p.disabled_at IS NULL ORDER BY p.created_at, p.id";
    let everybody: Vec<DemoPerson> = db.rows(sql, []).await?;
    let mut chosen: Vec<DemoPerson> = Vec::new();
    for role in [
        Role::Clinician,
        Role::Member,
        Role::SupportSpecialist,
        Role::Instructor,
        Role::Observer,
        Role::Coordinator,
        Role::Administrator,
        Role::Family,
    ] {
        let most = if role == Role::Member { 3 } else { 1 };
        chosen.extend(everybody.iter().filter(|person| person.role == role.word()).take(most).cloned());
    }
    Ok(chosen)
}

pub async fn role_of(db: &Db, person: i64) -> Result<Option<Role>, Fault> {
    let people: Vec<DemoPerson> =
        db.rows("SELECT id, name, role FROM person WHERE id = $1 AND disabled_at IS NULL", values![person]).await?;
    Ok(people.first().and_then(|person| Role::parse(&person.role)))
}

pub async fn set_language(tx: &Tx, person: i64, code: &str) -> Result<(), Fault> {
    tx.run("UPDATE person SET language = $1 WHERE id = $2", values![code, person]).await?;
    Ok(())
}
