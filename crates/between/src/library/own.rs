//! An article of the practice's own: written, in both languages, with its sources, by those who lead groups or run the office.

use askama::Template;
use axum::{
    Form,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use care::library::{Article, Audience, MOST, SKILLS, Unfit, Written, slug};
use ground::{Deed, Fault, House, Me, Ui, library, not_found, random_token, web::render_status};

use super::is_taken;

type Typed = Vec<(String, String)>;

#[derive(Template)]
#[template(path = "library/edit.html")]
pub struct EditPage {
    pub ui: Ui,
    /// Of one that is changed.
    pub slug: Option<String>,
    pub typed: Typed,
    pub once: String,
    pub trouble: Option<&'static str>,
}

/// One of several to tick.
pub struct Tick {
    pub value: String,
    pub words: String,
    pub ticked: bool,
}

fn get<'a>(typed: &'a [(String, String)], name: &str) -> &'a str {
    typed.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
}

fn all(typed: &[(String, String)], name: &str) -> Vec<String> {
    typed.iter().filter(|(key, _)| key == name).map(|(_, value)| value.clone()).collect()
}

impl EditPage {
    fn get(&self, name: &str) -> &str {
        get(&self.typed, name)
    }

    fn has(&self, name: &str, value: &str) -> bool {
        self.typed.iter().any(|(key, typed)| key == name && typed == value)
    }

    fn topics(&self) -> Vec<Tick> {
        let choices = self.ui.topic_choices(|slug| self.has("topic", slug));
        choices.into_iter().map(|(value, words)| Tick { ticked: self.has("topic", &value), value, words }).collect()
    }

    fn skills(&self) -> Vec<Tick> {
        let tick = |skill: &&str| Tick {
            value: (*skill).to_owned(),
            words: self.ui.t(&format!("skill-{skill}")),
            ticked: self.has("skill", skill),
        };
        SKILLS.iter().map(tick).collect()
    }

    fn audiences(&self) -> Vec<Tick> {
        let tick = |one: Audience| Tick {
            value: one.word().to_owned(),
            words: self.ui.t(&format!("readings-for-{}", one.word())),
            ticked: self.has("audience", one.word()),
        };
        Audience::ALL.into_iter().map(tick).collect()
    }

    fn action(&self) -> String {
        self.slug.as_ref().map_or_else(|| "/library".to_owned(), |slug| format!("/library/{slug}/edit"))
    }
}

fn page(ui: Ui, slug: Option<String>, typed: Typed, trouble: Option<&'static str>) -> Result<Response, Fault> {
    let status = if trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let once = Some(get(&typed, "once")).filter(|once| once.len() >= 8).map_or_else(random_token, str::to_owned);
    render_status(&EditPage { ui, slug, typed, once, trouble }, status)
}

fn read(slug: String, typed: &[(String, String)]) -> Result<Article, Unfit> {
    let text = |name: &str| get(typed, name).trim().replace("\r\n", "\n");
    let written = |language: &str| Written {
        title: text(&format!("title_{language}")),
        lead: text(&format!("lead_{language}")),
        body: text(&format!("body_{language}")),
    };
    let sources = text("sources").lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect();
    let audience = Audience::parse(get(typed, "audience")).ok_or(Unfit::Audience)?;
    Ok(Article { slug, topics: all(typed, "topic"), skills: all(typed, "skill"), audience, sources, en: written("en"), es: written("es") })
}

/// The fields as somebody would have typed them.
fn typed(article: &Article, version: i64) -> Typed {
    let one = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let mut typed =
        vec![one("audience", article.audience.word()), one("sources", &article.sources.join("\n")), one("version", &version.to_string())];
    for (language, written) in [("en", &article.en), ("es", &article.es)] {
        let parts = [("title", &written.title), ("lead", &written.lead), ("body", &written.body)];
        typed.extend(parts.map(|(name, value)| one(&format!("{name}_{language}"), value)));
    }
    typed.extend(article.topics.iter().map(|topic| one("topic", topic)));
    typed.extend(article.skills.iter().map(|skill| one("skill", skill)));
    typed
}

pub async fn new(ui: Ui) -> Result<Response, Fault> {
    page(ui, None, vec![("audience".into(), Audience::Members.word().into())], None)
}

/// The article that a form makes, if it can be kept beside the others.
async fn fitting(house: &House, ui: &Ui, slug: Option<&str>, typed: &[(String, String)]) -> Result<Result<Article, Unfit>, Fault> {
    let article = match read(slug.unwrap_or_default().to_owned(), typed) {
        Ok(article) => article,
        Err(unfit) => return Ok(Err(unfit)),
    };
    if let Err(unfit) = article.check(|topic| ui.topics.knows(topic)) {
        return Ok(Err(unfit));
    }
    let others = library::all_articles(&house.db).await?;
    let same =
        |other: &&Article| Some(other.slug.as_str()) != slug && (other.en.title == article.en.title || other.es.title == article.es.title);
    if others.iter().any(|other| same(&other)) {
        return Ok(Err(Unfit::Taken));
    }
    let own = library::own_articles(&house.db).await?.len();
    Ok(if slug.is_none() && own >= MOST { Err(Unfit::Full) } else { Ok(article) })
}

pub async fn add(State(house): State<House>, ui: Ui, me: Me, Form(typed): Form<Typed>) -> Result<Response, Fault> {
    let once = get(&typed, "once").to_owned();
    // Sent again it would find its own title taken: that is no trouble, it is kept.
    if once.len() >= 8 && library::has_come(&house.db, &once).await? {
        return Ok(Redirect::to("/library?done=kept").into_response());
    }
    let article = match fitting(&house, &ui, None, &typed).await? {
        Ok(article) => article,
        Err(unfit) => return page(ui, None, typed, Some(unfit.key())),
    };
    let mut tried: Vec<String> = Vec::new();
    let slug = loop {
        let next = slug(&article.en.title, |one| tried.iter().any(|tried| tried == one));
        if !is_taken(&house, &next).await? {
            break next;
        }
        tried.push(next);
    };
    let once = if once.len() >= 8 { once } else { random_token() };
    let tx = house.db.write().await?;
    if library::add(&tx, &Article { slug: slug.clone(), ..article }, me.id, &once, house.clock.now()).await? {
        tx.commit(Deed::new(me.id, "library.add", format!("library/{slug}"))).await?;
    }
    Ok(Redirect::to("/library?done=kept").into_response())
}

async fn own(house: &House, slug: &str) -> Result<Option<library::Own>, Fault> {
    Ok(library::own_articles(&house.db).await?.into_iter().find(|one| one.article.slug == slug))
}

pub async fn edit(State(house): State<House>, ui: Ui, Path(item): Path<String>) -> Result<Response, Fault> {
    match own(&house, &item).await? {
        Some(one) => page(ui, Some(item), typed(&one.article, one.version), None),
        None => Ok(not_found()),
    }
}

pub async fn change(
    State(house): State<House>,
    ui: Ui,
    me: Me,
    Path(item): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Response, Fault> {
    if own(&house, &item).await?.is_none() {
        return Ok(not_found());
    }
    let article = match fitting(&house, &ui, Some(&item), &typed).await? {
        Ok(article) => article,
        Err(unfit) => return page(ui, Some(item), typed, Some(unfit.key())),
    };
    let seen = get(&typed, "version").parse().unwrap_or(0);
    let tx = house.db.write().await?;
    if !library::change(&tx, &article, seen, house.clock.now()).await? {
        drop(tx);
        return page(ui, Some(item), typed, Some("readings-changed-since"));
    }
    tx.commit(Deed::new(me.id, "library.change", format!("library/{item}"))).await?;
    Ok(Redirect::to(&format!("/library/{item}")).into_response())
}

/// Only of the practice's own: what ships can be hidden.
pub async fn remove(State(house): State<House>, me: Me, Path(item): Path<String>) -> Result<Response, Fault> {
    let tx = house.db.write().await?;
    if !library::remove(&tx, &item).await? {
        return Ok(not_found());
    }
    tx.commit(Deed::new(me.id, "library.remove", format!("library/{item}"))).await?;
    Ok(Redirect::to("/library?done=deleted").into_response())
}

#[cfg(test)]
mod tests {
    use care::library::articles;
    use ground::{Language, Role};

    use super::*;

    #[test]
    fn what_was_kept_is_typed_again_and_read_the_same() {
        for article in articles() {
            assert_eq!(read(article.slug.clone(), &typed(article, 1)).as_ref(), Ok(article));
        }
        let mut fields = typed(&articles()[0], 1);
        fields[0].1 = "nobody".into();
        assert_eq!(read("a".into(), &fields), Err(Unfit::Audience));
        assert_eq!(read("a".into(), &[]), Err(Unfit::Audience), "an empty form is no article");
    }

    #[test]
    fn the_form_keeps_what_was_typed() {
        for language in Language::ALL {
            let ui = Ui::sample(language, Some(Role::Clinician));
            let mut article = articles()[0].clone();
            (article.en.title, article.es.body) = ("A <b>".into(), "Cuerpo </textarea>".into());
            let page = |slug, typed, trouble| EditPage { ui: ui.clone(), slug, typed, once: "once-once".into(), trouble }.render().unwrap();
            let html = page(Some("a-b".into()), typed(&article, 4), Some(Unfit::Unsourced.key()));
            assert!(html.contains("A &#60;b&#62;") && html.contains("Cuerpo &#60;/textarea&#62;") && html.contains("value=\"4\""));
            assert!(html.contains(&ui.t("readings-unsourced")) && html.contains("role=\"alert\"") && html.contains("/library/a-b/edit"));
            assert_eq!(html.matches(" checked").count(), 1 + article.topics.len() + article.skills.len());
            let empty = page(None, vec![], None);
            assert!(
                html.contains("action=\"/library/a-b/removal\"") && !empty.contains("/removal\""),
                "what is not kept cannot be deleted"
            );
            assert!(empty.contains("action=\"/library\"") && !empty.contains(" checked") && !empty.contains("readings-"));
        }
    }
}
