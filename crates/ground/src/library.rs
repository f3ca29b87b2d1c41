//! The practice's part of the library: its own articles, and what it does not show. The library's pages and the homework shelf read both.

use std::{collections::HashSet, sync::LazyLock};

use care::library::{Article, Audience, Written, articles, worksheets};
use sea_orm::FromQueryResult;

use crate::{
    clock::Moment,
    db::{Ask, Tx},
    family,
    fault::Fault,
    roles::Role,
    values,
    words::Language,
};

/// An article of the practice's own, with what a form needs to change it.
#[derive(Debug, Clone, PartialEq)]
pub struct Own {
    pub article: Article,
    pub version: i64,
}

#[derive(FromQueryResult)]
struct Row {
    slug: String,
    audience: String,
    topics: String,
    skills: String,
    sources: String,
    title_en: String,
    lead_en: String,
    body_en: String,
    title_es: String,
    lead_es: String,
    body_es: String,
    version: i64,
}

fn listed(text: &str, between: char) -> Vec<String> {
    text.split(between).filter(|one| !one.is_empty()).map(str::to_owned).collect()
}

fn own(row: Row) -> Own {
    let article = Article {
        slug: row.slug,
        topics: listed(&row.topics, ','),
        skills: listed(&row.skills, ','),
        audience: Audience::parse(&row.audience).unwrap_or(Audience::Members),
        sources: listed(&row.sources, '\n'),
        en: Written { title: row.title_en, lead: row.lead_en, body: row.body_en },
        es: Written { title: row.title_es, lead: row.lead_es, body: row.body_es },
    };
    Own { article, version: row.version }
}

/// What the practice has written, hidden or not.
pub async fn own_articles(db: &(impl Ask + Sync)) -> Result<Vec<Own>, Fault> {
    let sql = "SELECT slug, audience, topics, skills, sources, title_en, lead_en, body_en, title_es, lead_es, body_es, version
        FROM library_article ORDER BY slug";
    Ok(db.rows::<Row>(sql, []).await?.into_iter().map(own).collect())
}

/// The words of what is not shown.
pub async fn hidden(db: &(impl Ask + Sync)) -> Result<HashSet<String>, Fault> {
    #[derive(FromQueryResult)]
    struct Hidden {
        slug: String,
    }
    Ok(db.rows::<Hidden>("SELECT slug FROM library_hidden", []).await?.into_iter().map(|one| one.slug).collect())
}

/// Everything to read, hidden or not: the practice's own first.
pub async fn all_articles(db: &(impl Ask + Sync)) -> Result<Vec<Article>, Fault> {
    let own = own_articles(db).await?.into_iter().map(|one| one.article);
    Ok(own.chain(articles().iter().cloned()).collect())
}

/// Something of the library by its word and its name, as a message or a week of a programme names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    pub slug: String,
    pub title: String,
    pub is_worksheet: bool,
    /// The practice does not show it.
    pub hidden: bool,
}

struct Shipped {
    slug: String,
    audience: Audience,
    titles: [String; 2],
    is_worksheet: bool,
}

/// What ships never changes while the program runs, and every page of messages offers it.
static SHIPPED: LazyLock<Vec<Shipped>> = LazyLock::new(|| {
    let read = articles().iter().map(|one| Shipped {
        slug: one.slug.clone(),
        audience: one.audience,
        titles: [one.en.title.clone(), one.es.title.clone()],
        is_worksheet: false,
    });
    let filled = worksheets().unwrap_or_default().into_iter().map(|one| Shipped {
        titles: ["en", "es"].map(|language| one.template(language).title.clone()),
        slug: one.slug,
        audience: Audience::Members,
        is_worksheet: true,
    });
    read.chain(filled).collect()
});

/// Everything that somebody in this role may open, by its name in their language, as one would look for it. Whoever leads sees what is hidden, too.
pub async fn named(db: &(impl Ask + Sync), role: Role, language: Language) -> Result<Vec<Named>, Fault> {
    let (own, away) = (own_articles(db).await?, hidden(db).await?);
    let own = own.into_iter().map(|Own { article, .. }| Shipped {
        slug: article.slug,
        audience: article.audience,
        titles: [article.en.title, article.es.title],
        is_worksheet: false,
    });
    let at = usize::from(language == Language::Spanish);
    let is_family = role == Role::Family;
    let name = |one: &Shipped| Named {
        hidden: away.contains(&one.slug),
        title: one.titles[at].clone(),
        is_worksheet: one.is_worksheet,
        slug: one.slug.clone(),
    };
    let own: Vec<Shipped> = own.collect();
    let all = own.iter().chain(SHIPPED.iter()).filter(|one| one.audience.is_for(is_family)).map(name);
    let mut all: Vec<Named> = all.filter(|one| !one.hidden || role.is_crew()).collect();
    all.sort_by_cached_key(|one| care::names::plain(&one.title));
    Ok(all)
}

/// What can be laid into a session of this group: nothing hidden, and in a family's sessions what a family may read.
pub async fn shelf(db: &(impl Ask + Sync), group: i64, language: Language) -> Result<Vec<Named>, Fault> {
    let reader = if family::member_of(db, group).await?.is_some() { Role::Family } else { Role::Member };
    named(db, reader, language).await
}

/// Something that was read in a session, by the title that it had then.
#[derive(Debug, Clone, PartialEq, FromQueryResult)]
pub struct Read {
    pub item: String,
    pub title: String,
}

/// What was read together in a session, in the order in which it was.
pub async fn read_in(db: &(impl Ask + Sync), session: i64) -> Result<Vec<Read>, Fault> {
    db.rows("SELECT item, title FROM session_reading WHERE session_id = $1 ORDER BY opened_at, item", values![session]).await
}

/// The same form a second time keeps nothing.
pub async fn add(tx: &Tx, article: &Article, by: i64, once: &str, now: Moment) -> Result<bool, Fault> {
    let sql = "INSERT INTO library_article (slug, audience, topics, skills, sources, title_en, lead_en, body_en, title_es, lead_es, body_es, kept_by, changed_at, once)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) ON CONFLICT DO NOTHING";
    let Article { slug, topics, skills, audience, sources, en, es } = article.clone();
    let (topics, skills, sources) = (topics.join(","), skills.join(","), sources.join("\n"));
    let values = values![
        slug,
        audience.word(),
        topics,
        skills,
        sources,
        en.title,
        en.lead,
        en.body,
        es.title,
        es.lead,
        es.body,
        by,
        now,
        once.to_owned()
    ];
    Ok(tx.run(sql, values).await? == 1)
}

/// False if somebody else has changed it since.
pub async fn change(tx: &Tx, article: &Article, seen: i64, now: Moment) -> Result<bool, Fault> {
    let sql = "UPDATE library_article SET audience = $1, topics = $2, skills = $3, sources = $4, title_en = $5, lead_en = $6, body_en = $7,
        title_es = $8, lead_es = $9, body_es = $10, changed_at = $11, version = version + 1 WHERE slug = $12 AND version = $13";
    let Article { slug, topics, skills, audience, sources, en, es } = article.clone();
    let (topics, skills, sources) = (topics.join(","), skills.join(","), sources.join("\n"));
    let values = values![audience.word(), topics, skills, sources, en.title, en.lead, en.body, es.title, es.lead, es.body, now, slug, seen];
    Ok(tx.run(sql, values).await? == 1)
}

/// One of the practice's own, for good, and with it that it was hidden. What somebody took along as homework is theirs and stays.
pub async fn remove(tx: &Tx, slug: &str) -> Result<bool, Fault> {
    let gone = tx.run("DELETE FROM library_article WHERE slug = $1", values![slug.to_owned()]).await? == 1;
    if gone {
        hide(tx, slug, None).await?;
    }
    Ok(gone)
}

/// Whether something that stays has this word: what was read in a session, or what a week is to read. Nothing else may ever be called so.
pub async fn is_remembered(db: &(impl Ask + Sync), slug: &str) -> Result<bool, Fault> {
    let sql = "SELECT (SELECT COUNT(*) FROM session_reading WHERE item = $1) + (SELECT COUNT(*) FROM session WHERE agenda LIKE $2)
        + (SELECT COUNT(*) FROM group_programme WHERE agendas LIKE $2) AS n";
    Ok(db.number(sql, values![slug.to_owned(), format!("%\"{slug}\"%")]).await? > 0)
}

/// Whether a form has been kept before.
pub async fn has_come(db: &(impl Ask + Sync), once: &str) -> Result<bool, Fault> {
    Ok(db.number("SELECT COUNT(*) AS n FROM library_article WHERE once = $1", values![once.to_owned()]).await? > 0)
}

/// Hides something, or shows it again. A second tap changes nothing.
pub async fn hide(tx: &Tx, slug: &str, at: Option<Moment>) -> Result<bool, Fault> {
    let changed = match at {
        Some(at) => {
            tx.run("INSERT INTO library_hidden (slug, hidden_at) VALUES ($1, $2) ON CONFLICT DO NOTHING", values![slug.to_owned(), at])
                .await?
        }
        None => tx.run("DELETE FROM library_hidden WHERE slug = $1", values![slug.to_owned()]).await?,
    };
    Ok(changed == 1)
}

/// A deck or film that somebody's group was shown.
#[derive(Debug, Clone, PartialEq, FromQueryResult)]
pub struct Shown {
    pub id: i64,
    pub kind: String,
    pub title: String,
}

/// What somebody's groups were shown in a session, the last first.
pub async fn shown_to(db: &(impl Ask + Sync), person: i64) -> Result<Vec<Shown>, Fault> {
    let sql = "SELECT m.id, m.kind, m.title FROM material m
        JOIN (SELECT x.material_id, MAX(s.starts_at) AS last_shown FROM session_material x JOIN session s ON s.id = x.session_id
            JOIN membership p ON p.group_id = s.group_id WHERE p.person_id = $1 AND p.left_at IS NULL GROUP BY x.material_id) t
        ON t.material_id = m.id ORDER BY t.last_shown DESC, m.id";
    db.rows(sql, values![person]).await
}
