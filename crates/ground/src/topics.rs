//! The topics of the practice: what it kept, over what ships. Read once and after each change (`House::read_topics`), since every visitor of
//! the catalogue sees the list.

use std::collections::BTreeSet;

use care::topics::{self as rules, TOPICS, Topic, Topics};
use sea_orm::FromQueryResult;

use crate::{
    clock::Moment,
    db::{Ask, Tx},
    fault::Fault,
    values,
    words::Language,
};

#[derive(FromQueryResult)]
struct Kept {
    slug: String,
    name_en: String,
    name_es: String,
    hidden: i64,
}

/// In the words of the sentences that ship.
fn shipped() -> Vec<Topic> {
    let name = |slug: &str, language: Language| language.t(&format!("topic-{slug}"));
    let topic = |slug: &&str| Topic {
        slug: (*slug).to_owned(),
        en: name(slug, Language::English),
        es: name(slug, Language::Spanish),
        hidden: false,
    };
    TOPICS.iter().map(topic).collect()
}

/// As they are before anybody changed them.
pub fn as_shipped() -> Topics {
    Topics::of(Vec::new(), &shipped())
}

pub async fn read(db: &(impl Ask + Sync)) -> Result<Topics, Fault> {
    let rows: Vec<Kept> = db.rows("SELECT slug, name_en, name_es, hidden FROM topic ORDER BY position, slug", []).await?;
    let topic = |row: Kept| Topic { slug: row.slug, en: row.name_en, es: row.name_es, hidden: row.hidden == 1 };
    Ok(Topics::of(rows.into_iter().map(topic).collect(), &shipped()))
}

/// The words that groups or readers of the digest hold: whatever is theirs can be hidden, not removed.
pub async fn in_use(db: &(impl Ask + Sync)) -> Result<BTreeSet<String>, Fault> {
    #[derive(FromQueryResult)]
    struct Used {
        topic: String,
    }
    let rows: Vec<Used> = db.rows("SELECT topic FROM groups UNION SELECT topic FROM subscriber", []).await?;
    Ok(rows.into_iter().map(|row| row.topic).collect())
}

/// Puts this list in the place of the one before. A name that ships is kept as none, so that a better word of a later version arrives.
pub async fn replace(tx: &Tx, list: &[Topic], now: Moment) -> Result<(), Fault> {
    let shipped = shipped();
    let own = |topic: &Topic, name: fn(&Topic) -> &String| {
        let ships = rules::ships(&topic.slug) && shipped.iter().any(|one| one.slug == topic.slug && name(one) == name(topic));
        if ships { String::new() } else { name(topic).clone() }
    };
    tx.run("DELETE FROM topic", []).await?;
    for (position, topic) in (0i64..).zip(list) {
        let sql = "INSERT INTO topic (slug, position, name_en, name_es, hidden, changed_at) VALUES ($1, $2, $3, $4, $5, $6)";
        let (en, es) = (own(topic, |topic| &topic.en), own(topic, |topic| &topic.es));
        tx.run(sql, values![topic.slug.clone(), position, en, es, i64::from(topic.hidden), now]).await?;
    }
    Ok(())
}
