//! The library: articles and worksheets to read, print and take along, those of the practice among them (B5, S7).

mod own;
mod pages;

use std::sync::LazyLock;

use care::{
    homework::shelf,
    library::{Article, Audience, articles, worksheets},
};
use ground::{Fault, House, Language, Me, Role, Routes, Rule, library};

pub fn routes(house: &House) -> Routes {
    Routes::new(house)
        // Everybody, the family too: what each may read is asked of every item.
        .get("/library", Rule::SignedIn, pages::all)
        .post("/library", Rule::Crew, own::add)
        .get("/library/new", Rule::Crew, own::new)
        .get("/library/{item}", Rule::Own, pages::one)
        .get("/library/{item}/edit", Rule::Crew, own::edit)
        .post("/library/{item}/edit", Rule::Crew, own::change)
        .post("/library/{item}/removal", Rule::Crew, own::remove)
        .post("/library/{item}/place", Rule::Crew, pages::place)
}

/// Something of the library by its word and its name, as a message names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    pub slug: String,
    pub title: String,
    /// The practice does not show it.
    pub hidden: bool,
}

struct Shipped {
    slug: String,
    audience: Audience,
    titles: [String; 2],
}

/// What ships never changes while the program runs, and every page of messages offers it.
static SHIPPED: LazyLock<Vec<Shipped>> = LazyLock::new(|| {
    let read = articles().iter().map(|one| (one.slug.clone(), one.audience, [one.en.title.clone(), one.es.title.clone()]));
    let sheets = worksheets().unwrap_or_default();
    let filled = sheets.iter().map(|one| (one.slug.clone(), Audience::Members, ["en", "es"].map(|lang| one.template(lang).title.clone())));
    read.chain(filled).map(|(slug, audience, titles)| Shipped { slug, audience, titles }).collect()
});

/// Everything that this person may open, by its name in their language, as one would look for it.
pub async fn named(house: &House, me: &Me) -> Result<Vec<Named>, Fault> {
    let (own, away) = (library::own_articles(&house.db).await?, library::hidden(&house.db).await?);
    let at = usize::from(me.language == Language::Spanish);
    let own = own.into_iter().map(|one| (one.article.slug, one.article.audience, [one.article.en.title, one.article.es.title]));
    let shipped = SHIPPED.iter().map(|one| (one.slug.clone(), one.audience, one.titles.clone()));
    let is_family = me.role == Role::Family;
    let all = own.chain(shipped).filter(|(_, audience, _)| audience.is_for(is_family)).map(|(slug, _, titles)| {
        let [en, es] = titles;
        Named { hidden: away.contains(&slug), title: if at == 1 { es } else { en }, slug }
    });
    let mut all: Vec<Named> = all.filter(|one| !one.hidden || me.role.is_crew()).collect();
    all.sort_by_cached_key(|one| care::names::plain(&one.title));
    Ok(all)
}

/// Whether the library has something of this word, or the practice has already written it.
async fn is_taken(house: &House, slug: &str) -> Result<bool, Fault> {
    let articles = library::all_articles(&house.db).await?;
    let has = |article: &Article| article.slug == slug;
    Ok(articles.iter().any(has) || shelf::shipped()?.iter().any(|sheet| sheet.slug == slug))
}
