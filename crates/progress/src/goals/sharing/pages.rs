use askama::Template;
use axum::{
    Form,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use care::goals::{CHEERS, NAME_CHARS};
use ground::{Deed, Fault, House, Me, Owner, Ui, not_found, random_id, render, web::render_status};
use serde::Deserialize;

use super::{
    name_for,
    queries::{self as own, NewCheer},
};
use crate::goals::{
    change,
    picture::{self, Picture},
    queries::{self, Kept},
    today,
};

/// A note is a line, not a letter; what is longer belongs into the group.
const NOTE_CHARS: usize = 2 * NAME_CHARS;
/// Nobody is cheered at more often than this by one person in a day.
const CHEERS_A_DAY: i64 = 5;
const DAY: std::time::Duration = std::time::Duration::from_secs(24 * 3_600);

/// Somebody else's goal, as they show it.
pub struct Theirs {
    pub kept: Kept,
    pub name: String,
    pub group: i64,
    pub pictures: Vec<Picture>,
}

#[derive(Template)]
#[template(path = "goals/sharing/shared.html")]
pub struct SharedPage {
    pub ui: Ui,
    pub all: Vec<Theirs>,
}

#[derive(Template)]
#[template(path = "goals/sharing/theirs.html")]
pub struct TheirsPage {
    pub ui: Ui,
    pub theirs: Theirs,
    pub partnership: Option<i64>,
    pub typed: Typed,
    pub sent: bool,
    pub trouble: Option<&'static str>,
}

impl TheirsPage {
    fn cheers(&self) -> [&'static str; 6] {
        CHEERS
    }

    fn cheer(&self, phrase: &str) -> String {
        self.ui.t(&format!("cheer-{phrase}"))
    }

    fn is_chosen(&self, phrase: &str) -> bool {
        self.typed.phrase == phrase
    }
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    pub phrase: String,
    pub note: String,
}

async fn theirs(house: &House, ui: &Ui, me: &Me, kept: Kept) -> Result<Option<Theirs>, Fault> {
    let Some((group, name)) = name_for(house, kept.person, me.id, kept.seen.group).await? else { return Ok(None) };
    let today = today(house, me);
    let entries = queries::entries(house, &kept, picture::since(today)).await?;
    Ok(Some(Theirs { pictures: picture::pictures(ui.language, &kept, &entries, today), kept, name, group }))
}

pub async fn all(State(house): State<House>, ui: Ui, me: Me) -> Result<Response, Fault> {
    let mut all = Vec::new();
    for kept in queries::shared_with(&house, me.id).await? {
        all.extend(theirs(&house, &ui, &me, kept).await?);
    }
    render(&SharedPage { ui, all })
}

/// The goal, if its person shows it to me.
async fn shown(house: &House, ui: &Ui, me: &Me, goal: i64) -> Result<Option<Theirs>, Fault> {
    match queries::shared_with(house, me.id).await?.into_iter().find(|kept| kept.id == goal) {
        Some(kept) => theirs(house, ui, me, kept).await,
        None => Ok(None),
    }
}

pub async fn one(State(house): State<House>, ui: Ui, me: Me, Path(goal): Path<i64>) -> Result<Response, Fault> {
    let Some(theirs) = shown(&house, &ui, &me, goal).await? else { return Ok(not_found()) };
    let partnership = own::partnership(&house.db, goal, me.id).await?;
    render(&TheirsPage { ui, theirs, partnership, typed: Typed::default(), sent: false, trouble: None })
}

pub async fn cheer(State(house): State<House>, ui: Ui, me: Me, Path(goal): Path<i64>, Form(typed): Form<Typed>) -> Result<Response, Fault> {
    let Some(theirs) = shown(&house, &ui, &me, goal).await? else { return Ok(not_found()) };
    let partnership = own::partnership(&house.db, goal, me.id).await?;
    let (now, note) = (house.clock.now(), typed.note.trim().to_owned());
    let trouble = if !CHEERS.contains(&typed.phrase.as_str()) {
        Some("cheer-choose")
    } else if note.chars().count() > NOTE_CHARS {
        Some("cheer-too-long")
    } else if own::cheers_since(&house.db, goal, me.id, now.minus(DAY)).await? >= CHEERS_A_DAY {
        Some("cheer-enough")
    } else {
        None
    };
    if trouble.is_some() {
        let page = TheirsPage { ui, theirs, partnership, typed, sent: false, trouble };
        return render_status(&page, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let id = random_id();
    let place = id.to_string();
    let owner = Owner::Person(theirs.kept.person);
    let sealed = house.keys.seal(owner, queries::spot("goal_cheer", "note", &place), &note).await?;
    let tx = house.db.write().await?;
    own::add_cheer(&tx, NewCheer { goal, from: me.id, group: theirs.group, phrase: &typed.phrase, id, sealed }, now).await?;
    tx.commit(Deed::new(me.id, "goal.cheer", format!("goal/{goal}"))).await?;
    render(&TheirsPage { ui, theirs, partnership, typed: Typed::default(), sent: true, trouble: None })
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Sharing {
    therapist: String,
    group: String,
}

/// To whom it is shown from now on. A group that is not one's own is none.
pub async fn share(State(house): State<House>, me: Me, Path(goal): Path<i64>, Form(typed): Form<Sharing>) -> Result<Response, Fault> {
    let mine = own::sharers(&house, me.id).await?;
    let group = typed.group.parse().ok().filter(|group| mine.iter().any(|sharer| sharer.group == *group));
    let deed = Deed::new(me.id, "goal.share", format!("goal/{goal}"));
    let changed = change(&house, me.id, goal, deed, |kept| {
        kept.seen = care::goals::Seen { therapist: !typed.therapist.is_empty(), group };
    })
    .await?;
    Ok(if changed.is_some() { Redirect::to(&format!("/goals/{goal}")).into_response() } else { not_found() })
}

#[derive(Debug, Deserialize)]
pub struct Asked {
    partner: String,
}

pub async fn ask(State(house): State<House>, me: Me, Path(goal): Path<i64>, Form(asked): Form<Asked>) -> Result<Response, Fault> {
    if queries::goal(&house, me.id, goal).await?.is_none_or(|kept| kept.is_draft()) {
        return Ok(not_found());
    }
    let back = Redirect::to(&format!("/goals/{goal}")).into_response();
    let Some((group, person)) = asked.partner.split_once('/') else { return Ok(back) };
    let (Ok(group), Ok(person)) = (group.parse::<i64>(), person.parse::<i64>()) else { return Ok(back) };
    let known = own::sharers(&house, me.id).await?;
    if !known.iter().any(|sharer| sharer.group == group && sharer.people.iter().any(|(id, _)| *id == person)) {
        return Ok(not_found());
    }
    let tx = house.db.write().await?;
    if own::ask(&tx, goal, person, group, house.clock.now()).await? {
        tx.commit(Deed::new(me.id, "goal.partner.ask", format!("goal/{goal}"))).await?;
    }
    Ok(back)
}

#[derive(Debug, Deserialize)]
pub struct Answer {
    answer: String,
}

pub async fn answer(State(house): State<House>, me: Me, Path(id): Path<i64>, Form(given): Form<Answer>) -> Result<Response, Fault> {
    let (tx, now) = (house.db.write().await?, house.clock.now());
    let yes = given.answer == "yes";
    let done = if yes { own::accept(&tx, id, me.id, now).await? } else { own::end(&tx, id, me.id, now).await? };
    if !done {
        return Ok(not_found());
    }
    tx.commit(Deed::new(me.id, if yes { "goal.partner.accept" } else { "goal.partner.decline" }, format!("goal_partner/{id}"))).await?;
    Ok(Redirect::to(if yes { "/goals/shared" } else { "/goals" }).into_response())
}

pub async fn end(State(house): State<House>, me: Me, Path(id): Path<i64>) -> Result<Response, Fault> {
    let tx = house.db.write().await?;
    if !own::end(&tx, id, me.id, house.clock.now()).await? {
        return Ok(not_found());
    }
    tx.commit(Deed::new(me.id, "goal.partner.end", format!("goal_partner/{id}"))).await?;
    Ok(Redirect::to("/goals").into_response())
}

pub async fn remove_cheer(State(house): State<House>, me: Me, Path((goal, cheer)): Path<(i64, i64)>) -> Result<Response, Fault> {
    let tx = house.db.write().await?;
    if !own::remove_cheer(&tx, goal, cheer, me.id, house.clock.now()).await? {
        return Ok(not_found());
    }
    tx.commit(Deed::new(me.id, "goal.cheer.remove", format!("goal/{goal}"))).await?;
    Ok(Redirect::to(&format!("/goals/{goal}")).into_response())
}

#[cfg(test)]
mod tests {
    use ground::{Language, Role};

    use super::*;
    use crate::goals::overview::tests::sample;

    #[test]
    fn what_others_show_renders_without_their_notes() {
        for language in Language::ALL {
            let ui = Ui::sample(language, Some(Role::Member));
            let theirs = || {
                let shown = sample(language, 28);
                Theirs { kept: shown.kept, name: "Theo <T>".into(), group: 3, pictures: shown.pictures }
            };
            assert!(SharedPage { ui: ui.clone(), all: vec![] }.render().unwrap().contains("<h1>"));
            let html = SharedPage { ui: ui.clone(), all: vec![theirs(), theirs()] }.render().unwrap();
            assert_eq!(html.matches("Theo &#60;T&#62;").count(), 2);
            let typed = Typed { phrase: "proud".into(), note: "Kept <note>".into() };
            let page = TheirsPage { ui, theirs: theirs(), partnership: Some(4), typed, sent: true, trouble: Some("cheer-too-long") };
            let html = page.render().unwrap();
            assert!(html.contains("Kept &#60;note&#62;") && html.contains("/goals/partners/4/ending"));
            assert_eq!(html.matches("name=\"phrase\"").count(), 6);
        }
    }
}
