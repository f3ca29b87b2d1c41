use ground::{Ask, Db, Fault, Moment, Tx, sea_orm::FromQueryResult, values};

#[derive(Debug, Clone, PartialEq, FromQueryResult)]
pub struct Material {
    pub id: i64,
    pub kind: String,
    pub title: String,
    pub media_type: String,
    pub bytes: i64,
    /// Of a deck; a film has none.
    pub pages: i64,
    pub notes: String,
    pub captions: String,
    pub captions_language: String,
    pub added_at: Moment,
    pub put_away_at: Option<Moment>,
}

const COLUMNS: &str = "id, kind, title, media_type, bytes, pages, notes, captions, captions_language, added_at, put_away_at";

/// The newest first; what was put away comes last.
pub async fn all(db: &Db) -> Result<Vec<Material>, Fault> {
    let sql = format!("SELECT {COLUMNS} FROM material ORDER BY COALESCE(put_away_at, 0), added_at DESC, id");
    db.rows(&sql, values![]).await
}

pub async fn one(db: &Db, id: i64) -> Result<Option<Material>, Fault> {
    db.row(&format!("SELECT {COLUMNS} FROM material WHERE id = $1"), values![id]).await
}

pub async fn add(tx: &Tx, material: &Material, by: i64) -> Result<(), Fault> {
    let sql = "INSERT INTO material (id, kind, title, media_type, bytes, pages, notes, captions, captions_language, added_by, added_at)
        VALUES ($1, $2, $3, $4, $5, $6, '', '', '', $7, $8)";
    let m = material;
    tx.run(sql, values![m.id, &m.kind, &m.title, &m.media_type, m.bytes, m.pages, by, m.added_at]).await?;
    Ok(())
}

pub async fn keep(tx: &Tx, id: i64, title: &str, notes: &str) -> Result<bool, Fault> {
    Ok(tx.run("UPDATE material SET title = $1, notes = $2 WHERE id = $3", values![title, notes, id]).await? == 1)
}

pub async fn keep_captions(tx: &Tx, id: i64, captions: &str, language: &str) -> Result<bool, Fault> {
    let sql = "UPDATE material SET captions = $1, captions_language = $2 WHERE id = $3 AND kind = 'video'";
    Ok(tx.run(sql, values![captions, language, id]).await? == 1)
}

/// Put away: nobody can show it any more, and recaps that have it keep it. `None` brings it back.
pub async fn place(tx: &Tx, id: i64, put_away_at: Option<Moment>) -> Result<bool, Fault> {
    Ok(tx.run("UPDATE material SET put_away_at = $1 WHERE id = $2", values![put_away_at, id]).await? == 1)
}

/// With every trace of where it was shown.
pub async fn remove(tx: &Tx, id: i64) -> Result<bool, Fault> {
    Ok(tx.run("DELETE FROM material WHERE id = $1", values![id]).await? == 1)
}
