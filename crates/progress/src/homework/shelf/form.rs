//! One template: made anew, as a copy of a starter, or from homework that was given; and changed. What ships is never changed in place.

use axum::{
    Form,
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use care::homework::{
    Kind,
    shelf::{Entry, Template},
};
use ground::{Deed, Fault, House, Language, Me, Ui, facts, facts::LedGroup, not_found, random_id, web::render_status};
use serde::Deserialize;

use super::{super::queries as given, find, queries, trouble, trouble_of_new};
use crate::homework::{asked, get, once};

const USUAL_DAYS: &str = "7";

#[derive(askama::Template)]
#[template(path = "homework/shelf/template.html")]
pub struct TemplatePage {
    pub ui: Ui,
    /// Chosen first; without it the page shows what there is.
    pub kind: Option<Kind>,
    pub typed: Vec<(String, String)>,
    pub once: String,
    /// The template of one's own that is changed, and whether it is put away.
    pub own: Option<(String, bool)>,
    /// The version that is changed.
    pub seen: i64,
    /// Where it can be given at once.
    pub groups: Vec<LedGroup>,
    pub trouble: Option<&'static str>,
}

impl TemplatePage {
    fn kinds(&self) -> [Kind; 8] {
        Kind::ALL
    }

    fn name(&self, kind: &Kind) -> String {
        self.ui.t(&format!("homework-kind-{}", kind.word()))
    }

    fn hint(&self, kind: &Kind) -> String {
        self.ui.t(&format!("homework-kind-{}-hint", kind.word()))
    }

    fn is(&self, word: &str) -> bool {
        self.kind.is_some_and(|kind| kind.word() == word)
    }

    fn get(&self, name: &str) -> &str {
        get(&self.typed, name)
    }

    fn has(&self, name: &str, value: &str) -> bool {
        self.typed.iter().any(|(key, typed)| key == name && typed == value)
    }

    fn topics(&self) -> Vec<(String, String)> {
        self.ui.topic_choices(|slug| self.has("topic", slug))
    }

    /// It ships: what is kept is a copy.
    fn is_copy(&self) -> bool {
        self.own.is_none() && !self.get("from").is_empty()
    }

    fn is_from_given(&self) -> bool {
        !self.get("given").is_empty()
    }

    fn action(&self) -> String {
        self.own.as_ref().map_or_else(|| "/homework-shelf".to_owned(), |(key, _)| format!("/homework-shelf/{key}"))
    }

    fn heading(&self) -> String {
        match &self.own {
            Some(_) => self.ui.t("homework-shelf-change"),
            None if self.is_copy() => self.ui.t("homework-shelf-copy"),
            None => self.ui.t("homework-shelf-add"),
        }
    }

    /// The template as giving it names it: one's own, or what ships.
    fn key(&self) -> &str {
        self.own.as_ref().map_or_else(|| self.get("from"), |(key, _)| key.as_str())
    }

    fn is_away(&self) -> bool {
        self.own.as_ref().is_some_and(|(_, away)| *away)
    }
}

/// What the page is of: something new, or a template of one's own in the version that somebody saw.
#[derive(Default)]
struct Of {
    own: Option<(String, bool)>,
    seen: i64,
    groups: Vec<LedGroup>,
}

fn page(ui: Ui, kind: Option<Kind>, typed: Vec<(String, String)>, of: Of, trouble: Option<&'static str>) -> Result<Response, Fault> {
    let status = if trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let once = once(get(&typed, "once"));
    let Of { own, seen, groups } = of;
    render_status(&TemplatePage { ui, kind, typed, once, own, seen, groups, trouble }, status)
}

fn typed_of(template: &Template) -> Vec<(String, String)> {
    let mut typed = asked::typed(&template.text, &template.asked);
    typed.push(("title".into(), template.title.clone()));
    typed.push(("language".into(), template.language.clone()));
    typed.push(("days".into(), template.days.to_string()));
    typed.extend(template.topics.iter().map(|topic| ("topic".to_owned(), topic.clone())));
    typed
}

/// As it was typed; whether it fits, `trouble` says. A topic that the practice has removed since is let go.
fn read(kind: Kind, typed: &[(String, String)], knows: impl Fn(&str) -> bool) -> Template {
    let mut topics: Vec<String> =
        typed.iter().filter(|(name, slug)| name == "topic" && knows(slug)).map(|(_, slug)| slug.clone()).collect();
    topics.dedup();
    Template {
        title: get(typed, "title").to_owned(),
        kind,
        text: get(typed, "text").to_owned(),
        asked: asked::read(kind, typed),
        language: Language::parse(get(typed, "language")).code().to_owned(),
        days: get(typed, "days").parse().unwrap_or(0),
        topics,
    }
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Begun {
    kind: String,
}

pub async fn new(ui: Ui, Query(begun): Query<Begun>) -> Result<Response, Fault> {
    let typed = vec![("days".to_owned(), USUAL_DAYS.to_owned()), ("language".to_owned(), ui.lang().to_owned())];
    page(ui, Kind::known(&begun.kind), typed, Of::default(), None)
}

pub async fn add(State(house): State<House>, ui: Ui, me: Me, Form(typed): Form<Vec<(String, String)>>) -> Result<Response, Fault> {
    let Some(kind) = Kind::known(get(&typed, "kind")) else {
        return page(ui, None, typed, Of::default(), Some("homework-give-kind"));
    };
    let shelf = queries::all(&house).await?;
    let template = read(kind, &typed, |slug| house.topics().knows(slug));
    let once = once(get(&typed, "once"));
    if let Some(key) = trouble_of_new(&house, &template, &shelf, &once).await? {
        return page(ui, Some(kind), typed, Of::default(), Some(key));
    }
    let from = find(&shelf, get(&typed, "from")).filter(|entry| !entry.is_own() && get(&typed, "away") == "yes");
    let new = queries::New::sealed(&house, random_id(), template).await?;
    let about = format!("template/{}", new.id);
    let tx = house.db.write().await?;
    if queries::add(&tx, new, me.id, &once, house.clock.now()).await? {
        if let Some(from) = from {
            queries::place(&tx, &from.key, Some(house.clock.now())).await?;
        }
        tx.commit(Deed::new(me.id, "homework.template.add", about)).await?;
    }
    Ok(kept())
}

fn kept() -> Response {
    Redirect::to("/homework-shelf?done=kept").into_response()
}

async fn of(house: &House, me: &Me, entry: &Entry) -> Result<Of, Fault> {
    let groups = facts::led_by(&house.db, me.id).await?;
    let own = entry.is_own().then(|| (entry.key.to_string(), entry.away));
    Ok(Of { own, seen: queries::version(house, &entry.key).await?, groups })
}

pub async fn one(State(house): State<House>, ui: Ui, me: Me, Path(key): Path<String>) -> Result<Response, Fault> {
    let shelf = queries::all(&house).await?;
    let Some(entry) = find(&shelf, &key) else { return Ok(not_found()) };
    let mut typed = typed_of(&entry.template);
    if !entry.is_own() {
        typed.extend([("from".to_owned(), key), ("away".to_owned(), "yes".to_owned())]);
    }
    page(ui, Some(entry.template.kind), typed, of(&house, &me, entry).await?, None)
}

/// Changes one of the practice's own; what ships cannot be reached here.
pub async fn change(
    State(house): State<House>,
    ui: Ui,
    me: Me,
    Path(key): Path<String>,
    Form(typed): Form<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let shelf = queries::all(&house).await?;
    let Some(entry) = find(&shelf, &key) else { return Ok(not_found()) };
    let care::homework::shelf::Key::Own(id) = entry.key else { return Ok(not_found()) };
    let kind = entry.template.kind;
    let template = read(kind, &typed, |slug| house.topics().knows(slug));
    let seen: i64 = get(&typed, "seen").parse().unwrap_or(0);
    if let Some(key) = trouble(&template, &shelf, Some(entry)) {
        let of = Of { seen, ..of(&house, &me, entry).await? };
        return page(ui, Some(kind), typed, of, Some(key));
    }
    let new = queries::New::sealed(&house, id, template).await?;
    let tx = house.db.write().await?;
    if !queries::change(&tx, new, seen, house.clock.now()).await? {
        drop(tx);
        // With the version that stands now: keeping it again is a decision.
        return page(ui, Some(kind), typed, of(&house, &me, entry).await?, Some("homework-shelf-elsewhere"));
    }
    tx.commit(Deed::new(me.id, "homework.template.change", format!("template/{id}"))).await?;
    Ok(kept())
}

/// The form of homework that was given, to be kept. Nothing of what its member wrote is read for that, and what members gave to themselves is all
/// their own words.
pub async fn of_given(State(house): State<House>, ui: Ui, me: Me, Path((group, homework)): Path<(i64, i64)>) -> Result<Response, Fault> {
    let Some(homework) = given::one_in(&house, group, homework).await?.filter(|homework| !homework.own) else { return Ok(not_found()) };
    house.shows(me.id, "homework.read", format!("homework/{}", homework.id)).await?;
    let group = facts::led_by(&house.db, me.id).await?.into_iter().find(|one| one.id == group);
    let mut typed = asked::typed(&homework.text, &homework.asked);
    typed.extend([("given".to_owned(), "yes".to_owned()), ("days".to_owned(), USUAL_DAYS.to_owned())]);
    if let Some(group) = group {
        typed.extend([("language".to_owned(), group.language), ("topic".to_owned(), group.topic)]);
    }
    page(ui, Some(homework.kind), typed, Of::default(), None)
}

#[cfg(test)]
mod tests {
    use askama::Template as _;
    use care::homework::Asked;
    use ground::Role;

    use super::*;

    fn typed(fields: &[(&str, &str)]) -> Vec<(String, String)> {
        fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn a_template_is_typed_again_and_read_the_same() {
        for entry in care::homework::shelf::starters(&[]).unwrap() {
            let fields = typed_of(&entry.template);
            assert_eq!(read(entry.template.kind, &fields, |_| true), entry.template);
        }
        let fields = typed(&[("topic", "grief"), ("topic", "grief"), ("topic", "gone"), ("days", "many"), ("language", "fr")]);
        let read = read(Kind::Free, &fields, |slug| slug == "grief");
        assert_eq!((read.topics, read.days, read.language.as_str()), (vec!["grief".to_owned()], 0, "en"));
        assert_eq!(read.asked, Asked::default());
    }

    fn page_of(language: Language, kind: Option<Kind>, fields: &[(&str, &str)], own: Option<bool>) -> TemplatePage {
        let group = LedGroup { id: 3, name: "Steady <Ground>".into(), topic: "grief".into(), language: "en".into() };
        TemplatePage {
            ui: Ui::sample(language, Some(Role::Clinician)),
            kind,
            typed: typed(fields),
            once: "token".into(),
            own: own.map(|away| ("17".to_owned(), away)),
            seen: 2,
            groups: if own.is_some() { vec![group] } else { vec![] },
            trouble: own.map(|_| "homework-shelf-taken"),
        }
    }

    #[test]
    fn the_form_of_every_kind_renders_new_changed_copied_and_taken_from_what_was_given() {
        let fields = [
            ("title", "A <title>"),
            ("text", "Do <it>"),
            ("prompts", "What <now>?"),
            ("days", "9"),
            ("topic", "grief"),
            ("language", "es"),
        ];
        for language in Language::ALL {
            let html = page_of(language, None, &[], None).render().unwrap();
            assert!(html.matches("?kind=").count() == 8);
            for kind in Kind::ALL {
                for own in [None, Some(false), Some(true)] {
                    let page = page_of(language, Some(kind), &fields, own);
                    let html = page.render().unwrap();
                    assert!(
                        html.contains("value=\"A &#60;title&#62;\"")
                            && html.contains("Do &#60;it&#62;</textarea>")
                            && !html.contains("<it>")
                    );
                    assert_eq!((html.matches(" selected").count(), html.matches(" checked").count()), (1, 1), "language and topic");
                    assert_eq!(html.contains("name=\"prompts\""), kind == Kind::Worksheet);
                    assert_eq!(html.contains("action=\"/homework-shelf/17\""), own.is_some());
                    assert_eq!(html.contains("/homework-shelf/17/place"), own.is_some());
                    assert_eq!(html.contains("/groups/3/homework/new?template=17"), own == Some(false), "what is put away is not given");
                    assert_eq!(html.contains("role=\"alert\""), own.is_some());
                    assert!(!html.contains("name=\"away\"") || own.is_some(), "nothing that ships to put away");
                }
            }
            let copy = page_of(language, Some(Kind::Free), &[("from", "en.kind-lines"), ("away", "yes")], None);
            let html = copy.render().unwrap();
            assert!(html.contains(&copy.ui.t("homework-shelf-copy-note")) && html.contains("name=\"from\" value=\"en.kind-lines\""));
            let given = page_of(language, Some(Kind::Free), &[("given", "yes")], None);
            let html = given.render().unwrap();
            assert!(
                html.contains(&given.ui.t("homework-shelf-given-note")) && html.contains("name=\"given\""),
                "said again after a mistake"
            );
        }
    }
}
