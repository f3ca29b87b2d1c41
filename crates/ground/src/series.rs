//! The weekly notes that are out: their own pages show them, and the Monday mail tells of them.

use care::library::Written;
use sea_orm::FromQueryResult;

use crate::{clock::Moment, db::Ask, fault::Fault, values};

#[derive(Debug, Clone, PartialEq)]
pub struct Note {
    pub id: i64,
    /// A word of `care::series::Audience`.
    pub audience: String,
    pub en: Written,
    pub es: Written,
    /// `None` is a draft.
    pub publish_at: Option<Moment>,
    pub version: i64,
}

impl Note {
    /// In "en" or "es".
    pub fn written(&self, language: &str) -> &Written {
        if language == "es" { &self.es } else { &self.en }
    }
}

#[derive(FromQueryResult)]
struct Row {
    id: i64,
    audience: String,
    title_en: String,
    lead_en: String,
    body_en: String,
    title_es: String,
    lead_es: String,
    body_es: String,
    publish_at: Option<Moment>,
    version: i64,
}

const COLUMNS: &str = "id, audience, title_en, lead_en, body_en, title_es, lead_es, body_es, publish_at, version";

fn note(row: Row) -> Note {
    Note {
        id: row.id,
        audience: row.audience,
        en: Written { title: row.title_en, lead: row.lead_en, body: row.body_en },
        es: Written { title: row.title_es, lead: row.lead_es, body: row.body_es },
        publish_at: row.publish_at,
        version: row.version,
    }
}

/// Drafts and all, for those who write them: drafts first, then the latest.
pub async fn all(db: &(impl Ask + Sync)) -> Result<Vec<Note>, Fault> {
    let sql =
        format!("SELECT {COLUMNS} FROM series_note ORDER BY CASE WHEN publish_at IS NULL THEN 0 ELSE 1 END, publish_at DESC, id DESC");
    Ok(db.rows::<Row>(&sql, []).await?.into_iter().map(note).collect())
}

pub async fn one(db: &(impl Ask + Sync), id: i64) -> Result<Option<Note>, Fault> {
    Ok(db.row::<Row>(&format!("SELECT {COLUMNS} FROM series_note WHERE id = $1"), values![id]).await?.map(note))
}

/// What came out after `since` and is out now, the latest first; `members` also has what is for members.
pub async fn out(db: &(impl Ask + Sync), members: bool, since: Moment, now: Moment) -> Result<Vec<Note>, Fault> {
    let audience = if members { "" } else { "AND audience = 'public'" };
    let sql = format!(
        "SELECT {COLUMNS} FROM series_note WHERE publish_at > $1 AND publish_at <= $2 {audience} ORDER BY publish_at DESC, id DESC"
    );
    Ok(db.rows::<Row>(&sql, values![since, now]).await?.into_iter().map(note).collect())
}
