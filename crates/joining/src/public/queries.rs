use ground::{Ask, Db, Fault, Moment, Tx, sea_orm::FromQueryResult, values};

/// Somebody who leads a group that the office shows, and who wants to be seen.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Leader {
    pub id: i64,
    pub name: String,
    pub role: String,
    pub about_en: String,
    pub about_es: String,
    pub languages: String,
}

pub async fn leaders(db: &Db) -> Result<Vec<Leader>, Fault> {
    let sql = "SELECT p.id, p.name, p.role, u.about_en, u.about_es, u.languages FROM public_profile u JOIN person p ON p.id = u.person_id
        WHERE u.shown = 1 AND p.disabled_at IS NULL AND p.role NOT IN ('member', 'family') AND EXISTS (
            SELECT 1 FROM membership m JOIN listing l ON l.group_id = m.group_id
            WHERE m.person_id = p.id AND m.part = 'facilitator' AND m.left_at IS NULL AND l.shown = 1)
        ORDER BY p.name, p.id";
    db.rows(sql, []).await
}

/// Where somebody who is shown may practise.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Place {
    pub person_id: i64,
    pub jurisdiction: String,
}

/// What of the register holds on this day, "2026-11-25".
pub async fn places(db: &Db, day: &str) -> Result<Vec<Place>, Fault> {
    let sql = "SELECT DISTINCT a.person_id, a.jurisdiction FROM authority a JOIN public_profile u ON u.person_id = a.person_id
        WHERE u.shown = 1 AND a.valid_from <= $1 AND a.valid_to >= $1 ORDER BY a.jurisdiction";
    db.rows(sql, values![day]).await
}

/// What somebody last said of themselves.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Profile {
    pub shown: i64,
    pub about_en: String,
    pub about_es: String,
    pub languages: String,
}

pub async fn profile(db: &Db, person: i64) -> Result<Option<Profile>, Fault> {
    db.row("SELECT shown, about_en, about_es, languages FROM public_profile WHERE person_id = $1", values![person]).await
}

pub async fn keep(tx: &Tx, person: i64, p: Profile, now: Moment) -> Result<(), Fault> {
    let sql = "INSERT INTO public_profile (person_id, shown, about_en, about_es, languages, changed_at) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (person_id) DO UPDATE SET shown = excluded.shown, about_en = excluded.about_en, about_es = excluded.about_es,
            languages = excluded.languages, changed_at = excluded.changed_at";
    tx.run(sql, values![person, p.shown, p.about_en, p.about_es, p.languages, now]).await?;
    Ok(())
}
