use care::homework::{
    Asked, Kind,
    shelf::{self, Entry, Key, Template},
};
use ground::{Ask, Fault, House, Moment, Owner, Spot, Tx, library, sea_orm::FromQueryResult, values};
use serde::{Deserialize, Serialize};

/// What is sealed of a template.
#[derive(Serialize, Deserialize)]
struct Words {
    title: String,
    text: String,
    asked: Asked,
}

fn spot(row: &str) -> Spot<'_> {
    Spot { table: "homework_template", column: "words", row }
}

#[derive(FromQueryResult)]
struct Row {
    id: i64,
    kind: String,
    language: String,
    days: i64,
    topics: String,
    words_sealed: Vec<u8>,
    put_away_at: Option<Moment>,
}

async fn opened(house: &House, row: Row) -> Result<Entry, Fault> {
    let text = house.keys.open(Owner::Practice, spot(&row.id.to_string()), &row.words_sealed).await?;
    let Words { title, text, asked } = serde_json::from_str(&text)?;
    let template = Template {
        title,
        kind: Kind::parse(&row.kind),
        text,
        asked,
        language: row.language,
        days: u16::try_from(row.days).unwrap_or(1),
        topics: row.topics.split(',').filter(|topic| !topic.is_empty()).map(str::to_owned).collect(),
    };
    Ok(Entry { key: Key::Own(row.id), template, away: row.put_away_at.is_some() })
}

#[derive(FromQueryResult)]
struct Away {
    starter: String,
}

/// All that the practice has, what is put away too, in the order in which it is read.
pub async fn all(house: &House) -> Result<Vec<Entry>, Fault> {
    let away: Vec<Away> = house.db.rows("SELECT starter FROM homework_starter_away", []).await?;
    let away: Vec<String> = away.into_iter().map(|one| one.starter).collect();
    let mut all = shelf::starters(&away)?;
    for article in library::all_articles(&house.db).await? {
        all.extend(["en", "es"].map(|language| shelf::entry_of(&article.slug, article.reading(language), &away)));
    }
    // What the library does not show is offered nowhere else.
    let hidden = library::hidden(&house.db).await?;
    for entry in &mut all {
        entry.away |= matches!(&entry.key, Key::Starter { slug, .. } if hidden.contains(slug));
    }
    let sql = "SELECT id, kind, language, days, topics, words_sealed, put_away_at FROM homework_template ORDER BY id";
    let rows: Vec<Row> = house.db.rows(sql, []).await?;
    for row in rows {
        all.push(opened(house, row).await?);
    }
    Ok(shelf::sorted(all))
}

/// Which version of a template of one's own a page was made from; 0 for all others.
pub async fn version(house: &House, key: &Key) -> Result<i64, Fault> {
    let Key::Own(id) = key else { return Ok(0) };
    house.db.number("SELECT version AS n FROM homework_template WHERE id = $1", values![*id]).await
}

/// A template on its way into the book.
pub struct New {
    pub id: i64,
    kind: Kind,
    language: String,
    days: i64,
    topics: String,
    words: Vec<u8>,
}

impl New {
    pub async fn sealed(house: &House, id: i64, template: Template) -> Result<New, Fault> {
        let Template { title, kind, text, asked, language, days, topics } = template;
        let words = serde_json::to_string(&Words { title: title.trim().into(), text, asked })?;
        let words = house.keys.seal(Owner::Practice, spot(&id.to_string()), &words).await?;
        Ok(New { id, kind, language, days: i64::from(days), topics: topics.join(","), words })
    }
}

/// The same form a second time keeps nothing.
pub async fn add(tx: &Tx, new: New, by: i64, once: &str, now: Moment) -> Result<bool, Fault> {
    let sql = "INSERT INTO homework_template (id, kind, language, days, topics, words_sealed, kept_by, changed_at, once)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING";
    let New { id, kind, language, days, topics, words } = new;
    Ok(tx.run(sql, values![id, kind.word(), language, days, topics, words, by, now, once.to_owned()]).await? == 1)
}

/// False if somebody else has changed it since.
pub async fn change(tx: &Tx, new: New, seen: i64, now: Moment) -> Result<bool, Fault> {
    let sql = "UPDATE homework_template SET kind = $1, language = $2, days = $3, topics = $4, words_sealed = $5, changed_at = $6, version = version + 1
        WHERE id = $7 AND version = $8";
    let New { id, kind, language, days, topics, words } = new;
    Ok(tx.run(sql, values![kind.word(), language, days, topics, words, now, id, seen]).await? == 1)
}

/// Puts it away, or takes it back. A second tap changes nothing.
pub async fn place(tx: &Tx, key: &Key, away: Option<Moment>) -> Result<bool, Fault> {
    let changed = match (key, away) {
        (Key::Own(id), Some(at)) => {
            tx.run("UPDATE homework_template SET put_away_at = $1 WHERE id = $2 AND put_away_at IS NULL", values![at, *id]).await?
        }
        (Key::Own(id), None) => {
            tx.run("UPDATE homework_template SET put_away_at = NULL WHERE id = $1 AND put_away_at IS NOT NULL", values![*id]).await?
        }
        (Key::Starter { .. }, Some(at)) => {
            let sql = "INSERT INTO homework_starter_away (starter, put_away_at) VALUES ($1, $2) ON CONFLICT DO NOTHING";
            tx.run(sql, values![key.to_string(), at]).await?
        }
        (Key::Starter { .. }, None) => tx.run("DELETE FROM homework_starter_away WHERE starter = $1", values![key.to_string()]).await?,
    };
    Ok(changed == 1)
}

/// Whether a form has been kept before.
pub async fn has_come(house: &House, once: &str) -> Result<bool, Fault> {
    Ok(house.db.number("SELECT COUNT(*) AS n FROM homework_template WHERE once = $1", values![once.to_owned()]).await? > 0)
}
