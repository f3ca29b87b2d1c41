use std::collections::HashSet;

use askama::Template;
use axum::{
    Form,
    extract::{Path, Query, State},
    response::{IntoResponse, Redirect, Response},
};
use care::{
    homework::{Answered, LIST_LINES, question, shelf::Shipped},
    library::{Article, Item, SKILLS, Wanted, Written, sorted, text, text::Block, worksheets},
};
use ground::{
    Deed, Fault, House, Me, Role, Ui, facts,
    facts::LedGroup,
    library::{self, Shown},
    not_found, render,
};
use serde::Deserialize;

#[derive(Template)]
#[template(path = "library/library.html")]
pub struct LibraryPage {
    pub ui: Ui,
    pub wanted: Wanted,
    pub articles: Vec<Item>,
    pub worksheets: Vec<Item>,
    /// Decks and films of the sessions of whoever looks.
    pub shown: Vec<Shown>,
    /// What the practice does not show; only for those who can bring it back.
    pub hidden: Vec<Item>,
    /// The end of the key of what has just happened.
    pub done: Option<&'static str>,
}

fn is_crew(ui: &Ui) -> bool {
    ui.me.as_ref().is_some_and(|me| me.role.is_crew())
}

/// Topics and skills, for whoever runs an eye down the list.
fn about(ui: &Ui, topics: &[String], skills: &[String]) -> String {
    let topics = topics.iter().map(|topic| ui.topic(topic));
    let skills = skills.iter().map(|skill| ui.t(&format!("skill-{skill}")));
    topics.chain(skills).collect::<Vec<_>>().join(" · ")
}

impl LibraryPage {
    fn is_crew(&self) -> bool {
        is_crew(&self.ui)
    }

    fn topics(&self) -> Vec<(String, String)> {
        self.ui.topic_choices(|slug| slug == self.wanted.topic)
    }

    fn skills(&self) -> Vec<(&'static str, String)> {
        SKILLS.iter().map(|skill| (*skill, self.ui.t(&format!("skill-{skill}")))).collect()
    }

    fn about(&self, item: &Item) -> String {
        about(&self.ui, &item.topics, &item.skills)
    }

    fn is_narrow(&self) -> bool {
        self.wanted.is_narrow()
    }

    fn is_empty(&self) -> bool {
        self.articles.is_empty() && self.worksheets.is_empty()
    }

    fn is_family(&self) -> bool {
        is_family(&self.ui)
    }

    fn kind(&self, shown: &Shown) -> String {
        self.ui.t(if shown.kind == "video" { "readings-film" } else { "readings-slides" })
    }

    fn said(&self) -> String {
        self.done.map_or_else(String::new, |done| self.ui.t(&format!("readings-done-{done}")))
    }
}

fn is_family(ui: &Ui) -> bool {
    ui.me.as_ref().is_some_and(|me| me.role == Role::Family)
}

/// Everything that there is, as this person's lists show it: articles, then worksheets.
async fn items(house: &House, ui: &Ui) -> Result<Vec<Item>, Fault> {
    let articles = library::all_articles(&house.db).await?;
    let mut items: Vec<Item> = articles.iter().map(|article| Item::of_article(article, ui.lang())).collect();
    items.extend(worksheets()?.iter().map(|sheet| Item::of_worksheet(sheet, ui.lang())));
    items.retain(|item| item.audience.is_for(is_family(ui)));
    Ok(items)
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Looked {
    q: String,
    topic: String,
    skill: String,
    done: String,
}

pub async fn all(State(house): State<House>, ui: Ui, me: Me, Query(looked): Query<Looked>) -> Result<Response, Fault> {
    let wanted = Wanted { words: looked.q.trim().to_owned(), topic: looked.topic, skill: looked.skill };
    let away = library::hidden(&house.db).await?;
    let (hidden, found): (Vec<Item>, Vec<Item>) = items(&house, &ui).await?.into_iter().partition(|item| away.contains(&item.slug));
    let found = sorted(found.into_iter().filter(|item| wanted.fits(item)).collect(), &wanted);
    let (worksheets, articles) = found.into_iter().partition(|item| item.is_worksheet);
    let shown = if wanted.is_narrow() { Vec::new() } else { library::shown_to(&house.db, me.id).await? };
    let hidden = if me.role.is_crew() { sorted(hidden, &Wanted::default()) } else { Vec::new() };
    let done = ["kept", "hidden", "shown", "deleted"].into_iter().find(|done| *done == looked.done);
    render(&LibraryPage { ui, wanted, articles, worksheets, shown, hidden, done })
}

/// One question of a worksheet on paper.
pub struct Asked {
    pub words: String,
    pub answered: Answered,
}

impl Asked {
    fn is_scale(&self) -> bool {
        self.answered == Answered::Scale
    }

    /// Empty lines to write on.
    fn lines(&self) -> std::ops::Range<usize> {
        0..if self.answered == Answered::Line { 1 } else { LIST_LINES }
    }
}

#[derive(Template)]
#[template(path = "library/sheet.html")]
pub struct SheetPage {
    pub ui: Ui,
    pub sheet: Shipped,
    pub questions: Vec<Asked>,
    pub groups: Vec<LedGroup>,
    pub is_hidden: bool,
}

impl SheetPage {
    fn template(&self) -> &care::homework::shelf::Template {
        self.sheet.template(self.ui.lang())
    }

    fn about(&self) -> String {
        about(&self.ui, &self.template().topics, &self.sheet.skills)
    }

    /// As the form of homework to oneself takes them: a line each.
    fn prompts(&self) -> String {
        self.template().asked.prompts.join("\n")
    }

    fn is_member(&self) -> bool {
        self.ui.is_member()
    }

    fn is_crew(&self) -> bool {
        is_crew(&self.ui)
    }
}

#[derive(Template)]
#[template(path = "library/article.html")]
pub struct ArticlePage {
    pub ui: Ui,
    pub article: Article,
    pub blocks: Vec<Block>,
    pub groups: Vec<LedGroup>,
    pub is_own: bool,
    pub is_hidden: bool,
}

impl ArticlePage {
    fn written(&self) -> &Written {
        self.article.written(self.ui.lang())
    }

    fn about(&self) -> String {
        about(&self.ui, &self.article.topics, &self.article.skills)
    }

    fn plain(&self) -> String {
        text::plain(&self.blocks)
    }

    fn is_member(&self) -> bool {
        self.ui.is_member()
    }

    fn is_crew(&self) -> bool {
        is_crew(&self.ui)
    }
}

async fn sheet(house: &House, ui: Ui, me: &Me, sheet: Shipped, is_hidden: bool) -> Result<Response, Fault> {
    let asked = |prompt: &String| {
        let (words, answered) = question(prompt);
        Asked { words: words.to_owned(), answered }
    };
    let questions = sheet.template(ui.lang()).asked.prompts.iter().map(asked).collect();
    let groups = facts::led_by(&house.db, me.id).await?;
    render(&SheetPage { ui, sheet, questions, groups, is_hidden })
}

/// Something that this person may open.
pub enum Found {
    Article { article: Box<Article>, is_own: bool },
    Sheet(Box<Shipped>),
}

/// What is hidden is still there for those who can bring it back, and for nobody else; nor is there what is for others.
pub async fn open_to(house: &House, me: &Me, item: &str) -> Result<Option<(Found, bool)>, Fault> {
    let is_hidden = library::hidden(&house.db).await?.contains(item);
    if is_hidden && !me.role.is_crew() {
        return Ok(None);
    }
    let family = me.role == Role::Family;
    let own = library::own_articles(&house.db).await?;
    let is_own = own.iter().any(|one| one.article.slug == item);
    let all = library::all_articles(&house.db).await?;
    if let Some(article) = all.into_iter().find(|one| one.slug == item && one.audience.is_for(family)) {
        return Ok(Some((Found::Article { article: Box::new(article), is_own }, is_hidden)));
    }
    let found = worksheets()?.into_iter().find(|one| one.slug == item && !family);
    Ok(found.map(|sheet| (Found::Sheet(Box::new(sheet)), is_hidden)))
}

pub async fn one(State(house): State<House>, ui: Ui, me: Me, Path(item): Path<String>) -> Result<Response, Fault> {
    match open_to(&house, &me, &item).await? {
        Some((Found::Article { article, is_own }, is_hidden)) => {
            let blocks = text::read(&article.written(ui.lang()).body);
            let groups = facts::led_by(&house.db, me.id).await?;
            render(&ArticlePage { ui, article: *article, blocks, groups, is_own, is_hidden })
        }
        Some((Found::Sheet(found), is_hidden)) => sheet(&house, ui, &me, *found, is_hidden).await,
        None => Ok(not_found()),
    }
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Place {
    away: String,
}

pub async fn place(
    State(house): State<House>,
    ui: Ui,
    me: Me,
    Path(item): Path<String>,
    Form(place): Form<Place>,
) -> Result<Response, Fault> {
    let known: HashSet<String> = items(&house, &ui).await?.into_iter().map(|one| one.slug).collect();
    if !known.contains(&item) {
        return Ok(not_found());
    }
    let away = !place.away.is_empty();
    let tx = house.db.write().await?;
    if library::hide(&tx, &item, away.then(|| house.clock.now())).await? {
        tx.commit(Deed::new(me.id, "library.place", format!("library/{item}"))).await?;
    }
    Ok(Redirect::to(if away { "/library?done=hidden" } else { "/library?done=shown" }).into_response())
}

#[cfg(test)]
mod tests {
    use care::library::{Audience, articles};
    use ground::Language;

    use super::*;

    fn page(language: Language, role: Role, full: bool) -> LibraryPage {
        let ui = Ui::sample(language, Some(role));
        let list = |ui: &Ui| articles().iter().map(|one| Item::of_article(one, ui.lang())).collect::<Vec<_>>();
        let sheets = worksheets().unwrap().iter().map(|one| Item::of_worksheet(one, ui.lang())).collect();
        let (articles, worksheets) = if full { (list(&ui), sheets) } else { (vec![], vec![]) };
        LibraryPage { ui, wanted: Wanted::default(), articles, worksheets, shown: vec![], hidden: vec![], done: None }
    }

    #[test]
    fn the_library_renders_empty_full_and_narrow() {
        for language in Language::ALL {
            let mut empty = page(language, Role::Member, false);
            assert!(empty.render().unwrap().contains(&empty.ui.t("readings-none")));
            empty.wanted = Wanted { words: "<q>".into(), topic: "grief".into(), skill: "stress".into() };
            let html = empty.render().unwrap();
            assert!(html.contains(&empty.ui.t("readings-nothing-fits")) && html.contains("value=\"&#60;q&#62;\""));
            assert_eq!(html.matches(" selected").count(), 2, "what was looked for stays chosen");

            let mut full = page(language, Role::Member, true);
            full.shown = vec![Shown { id: 4, kind: "video".into(), title: "A <breath>".into() }];
            let html = full.render().unwrap();
            assert_eq!(html.matches("href=\"/library/").count(), 38, "each of 37, and the weeks; nothing to write for a member");
            assert!(html.contains("A &#60;breath&#62;") && html.contains("/materials/4/file") && !html.contains("readings-"));
            let mut crew = page(language, Role::Clinician, true);
            crew.hidden = vec![crew.articles.remove(0)];
            crew.done = Some("hidden");
            let html = crew.render().unwrap();
            assert!(html.contains("href=\"/library/new\"") && html.contains("/place\"") && html.contains("role=\"status\""));
            assert!(!html.contains("skill-") && !html.contains("readings-done"));
        }
    }

    fn article(slug: &str) -> Article {
        articles().iter().find(|one| one.slug == slug).unwrap().clone()
    }

    #[test]
    fn an_article_is_read_with_its_sources_and_taken_along_by_members() {
        for language in Language::ALL {
            let page = |role, article: Article, is_own| {
                let ui = Ui::sample(language, Some(role));
                let blocks = text::read(&article.written(ui.lang()).body);
                let group = LedGroup { id: 3, name: "Steady <Ground>".into(), topic: "grief".into(), language: "es".into() };
                let groups = if role == Role::Clinician { vec![group] } else { vec![] };
                ArticlePage { ui, article, blocks, groups, is_own, is_hidden: false }.render().unwrap()
            };
            let member = page(Role::Member, article("what-grief-does"), false);
            assert!(member.contains("Stroebe") && member.contains("<h2>") && member.contains("action=\"/homework/new\""));
            assert!(!member.contains("/groups/3/") && !member.contains("/edit\"") && !member.contains("readings-"));
            let leader = page(Role::Clinician, article("not-answering-the-urge"), true);
            assert!(leader.contains(&format!("/groups/3/homework/new?template={}.not-answering-the-urge", language.code())));
            assert!(
                leader.contains("<strong>")
                    && leader.contains("<ul")
                    && leader.contains("/edit\"")
                    && leader.contains("Steady &#60;Ground&#62;")
            );
            let mut odd = article("what-grief-does");
            let body = "<script>alert(1)</script>\n\n[x](javascript:alert(1)) and [y](https://example.org/a)\n\n1. one";
            (odd.en.body, odd.es.body, odd.audience) = (body.into(), body.into(), Audience::Supporters);
            let family = page(Role::Family, odd, false);
            assert!(!family.contains("<script>alert") && !family.contains("javascript:") && family.contains("&#60;script&#62;"));
            assert!(family.contains("href=\"https://example.org/a\" rel=\"noopener noreferrer\"") && family.contains("<ol>"));
            assert!(!family.contains("/homework/new"), "the family has no homework");
        }
    }

    #[test]
    fn a_worksheet_can_be_printed_filled_in_and_given() {
        for language in Language::ALL {
            for found in worksheets().unwrap() {
                let ui = Ui::sample(language, Some(Role::Member));
                let prompts = found.template(ui.lang()).asked.prompts.clone();
                let asked = |prompt: &String| {
                    let (words, answered) = question(prompt);
                    Asked { words: words.to_owned(), answered }
                };
                let questions: Vec<Asked> = prompts.iter().map(asked).collect();
                let scales = questions.iter().filter(|one| one.is_scale()).count();
                let html = SheetPage { ui, sheet: found, questions, groups: vec![], is_hidden: false }.render().unwrap();
                assert_eq!(html.matches("class=\"paper-scale\"").count(), scales);
                assert!(html.contains("name=\"prompts\"") && html.contains("paper-line") && !html.contains("readings-"));
            }
        }
    }
}
