//! Milestones and setbacks (B8): shared by choice, answered quietly from a fixed set.

use askama::Template;
use axum::{
    Form,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use care::strategies::{self as rules, MomentKind};
use ground::{
    Deed, Fault, House, Me, Ui,
    facts::{self, Part},
    not_found, random_id,
    web::render_status,
    when,
};
use serde::Deserialize;

use super::{
    moments_queries::{self as moments, Shared},
    once,
};

#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Typed {
    pub kind: String,
    pub words: String,
    pub once: String,
}

#[derive(Template)]
#[template(path = "strategies/moments.html")]
pub struct MomentsPage {
    pub ui: Ui,
    pub zone: String,
    pub group: i64,
    pub me: i64,
    pub leads: bool,
    pub shared: Vec<Shared>,
    pub typed: Typed,
    pub trouble: Option<&'static str>,
}

/// One reaction as a button.
pub struct Button {
    pub word: &'static str,
    pub said: String,
    pub count: usize,
    pub mine: bool,
}

impl MomentsPage {
    fn kinds(&self) -> Vec<(&'static str, String)> {
        MomentKind::ALL.into_iter().map(|kind| (kind.word(), self.kind(kind.word()))).collect()
    }

    fn kind(&self, word: &str) -> String {
        self.ui.t(&format!("moments-{word}"))
    }

    fn day(&self, shared: &Shared) -> String {
        when::day(self.ui.language, shared.at, &self.zone)
    }

    fn is_mine(&self, shared: &Shared) -> bool {
        shared.person == self.me
    }

    fn buttons(&self, shared: &Shared) -> Vec<Button> {
        let button = |word: &&'static str| Button {
            word,
            said: self.ui.t(&format!("moments-reaction-{word}")),
            count: shared.reactions.iter().filter(|(_, said)| said == word).count(),
            mine: shared.reactions.iter().any(|(person, said)| *person == self.me && said == word),
        };
        MomentKind::parse(&shared.kind).unwrap_or(MomentKind::Milestone).reactions().iter().map(button).collect()
    }
}

async fn page(house: &House, ui: Ui, me: &Me, group: i64, mut typed: Typed, trouble: Option<&'static str>) -> Result<Response, Fault> {
    let status = if trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let leads = facts::part_in(&house.db, group, me.id).await? == Some(Part::Facilitator);
    let shared = moments::of_group(house, group).await?;
    typed.once = once(&typed.once);
    render_status(&MomentsPage { ui, zone: me.zone.clone(), group, me: me.id, leads, shared, typed, trouble }, status)
}

pub async fn all(State(house): State<House>, ui: Ui, me: Me, Path(group): Path<i64>) -> Result<Response, Fault> {
    page(&house, ui, &me, group, Typed::default(), None).await
}

/// From a goal of theirs: its words stand in the form, and nothing is shared yet.
pub async fn begin(
    State(house): State<House>,
    ui: Ui,
    me: Me,
    Path(group): Path<i64>,
    Form(typed): Form<Typed>,
) -> Result<Response, Fault> {
    page(&house, ui, &me, group, typed, None).await
}

pub async fn share(
    State(house): State<House>,
    ui: Ui,
    me: Me,
    Path(group): Path<i64>,
    Form(typed): Form<Typed>,
) -> Result<Response, Fault> {
    let Some(kind) = MomentKind::parse(&typed.kind) else {
        return page(&house, ui, &me, group, typed, Some("moments-kind-wrong")).await;
    };
    let words = match rules::moment(&typed.words) {
        Ok(words) => words.replace("\r\n", "\n"),
        Err(unfit) => return page(&house, ui, &me, group, typed, Some(unfit.key())).await,
    };
    let id = random_id();
    let sealed = moments::sealed(&house, me.id, id, &words).await?;
    let tx = house.db.write().await?;
    if moments::add(&tx, (id, group, me.id), (kind, sealed), &once(&typed.once), house.clock.now()).await? {
        tx.commit(Deed::new(me.id, "moment.share", format!("moment/{id}"))).await?;
    }
    Ok(Redirect::to(&format!("/groups/{group}/moments")).into_response())
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Reaction {
    word: String,
}

/// A second tap on the same takes it back; a tap on another takes its place.
pub async fn react(
    State(house): State<House>,
    me: Me,
    Path((group, id)): Path<(i64, i64)>,
    Form(reaction): Form<Reaction>,
) -> Result<Response, Fault> {
    let shared = moments::of_group(&house, group).await?.into_iter().find(|one| one.id == id && one.person != me.id);
    let Some(shared) = shared else { return Ok(not_found()) };
    let kind = MomentKind::parse(&shared.kind).unwrap_or(MomentKind::Milestone);
    let Some(word) = kind.reactions().iter().find(|word| **word == reaction.word) else { return Ok(not_found()) };
    let had = shared.reactions.iter().any(|(person, said)| *person == me.id && said == word);
    let tx = house.db.write().await?;
    moments::react(&tx, (id, me.id), (!had).then_some(*word), house.clock.now()).await?;
    tx.commit(Deed::new(me.id, "moment.react", format!("moment/{id}"))).await?;
    Ok(Redirect::to(&format!("/groups/{group}/moments#moment-{id}")).into_response())
}

pub async fn remove(State(house): State<House>, me: Me, Path((group, id)): Path<(i64, i64)>) -> Result<Response, Fault> {
    let tx = house.db.write().await?;
    if !moments::remove(&tx, id, group, me.id).await? {
        return Ok(not_found());
    }
    tx.commit(Deed::new(me.id, "moment.remove", format!("moment/{id}"))).await?;
    Ok(Redirect::to(&format!("/groups/{group}/moments")).into_response())
}

#[cfg(test)]
mod tests {
    use ground::{Language, Moment, Role};

    use super::*;

    fn shared(person: i64, kind: &str) -> Shared {
        Shared {
            id: 5,
            person,
            name: "Theo".into(),
            kind: kind.into(),
            words: "I <went>".into(),
            at: Moment(1_795_000_000_000_000),
            reactions: vec![(7, "me-too".into()), (8, "me-too".into())],
        }
    }

    #[test]
    fn the_page_renders_empty_full_and_for_leaders() {
        for language in Language::ALL {
            let page = |leads, shared, typed, trouble| {
                let ui = Ui::sample(language, Some(if leads { Role::Clinician } else { Role::Member }));
                MomentsPage { ui, zone: "UTC".into(), group: 3, me: 7, leads, shared, typed, trouble }
            };
            let empty = page(false, vec![], Typed::default(), None);
            assert!(empty.render().unwrap().contains(&empty.ui.t("moments-none")));
            let typed = Typed { kind: "setback".into(), words: "kept <words>".into(), ..Typed::default() };
            let full = page(false, vec![shared(7, "milestone"), shared(8, "setback")], typed, Some("moments-kind-wrong"));
            let html = full.render().unwrap();
            assert!(html.contains("kept &#60;words&#62;") && html.matches(" checked").count() == 1 && html.contains("I &#60;went&#62;"));
            assert_eq!(
                (html.matches("/removal\"").count(), html.matches("/reaction\"").count()),
                (1, 1),
                "one's own is removed, another's answered"
            );
            assert!(html.contains("aria-pressed=\"true\"") && !html.contains("moments-"));
            assert!(!html.contains(&full.ui.t("moments-reaction-well-done")) || html.contains(&full.ui.t("moments-milestone")));
            let leader = page(true, vec![shared(8, "setback")], Typed::default(), None).render().unwrap();
            assert!(
                leader.contains("/reaction\"")
                    && !leader.contains("name=\"words\"")
                    && !leader.contains(&full.ui.t("moments-reaction-well-done"))
            );
        }
    }
}
