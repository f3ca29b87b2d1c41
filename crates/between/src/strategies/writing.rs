//! Writing an entry, changing it, sharing it beyond the group, taking it away: all of it its author's alone.

use askama::Template;
use axum::{
    Form,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use care::{
    library::SKILLS,
    strategies::{Beyond, Entry, MOST, Shown, Unfit, Went},
};
use ground::{Deed, Fault, House, Me, Ui, not_found, random_id, web::render_status};
use serde::Deserialize;

use super::{
    once,
    queries::{self, Kept, New},
};

#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Typed {
    pub situation: String,
    pub tried: String,
    pub went: String,
    pub why: String,
    pub not_for: String,
    pub topic: String,
    pub skill: String,
    /// Empty is without a name.
    pub named: String,
    pub once: String,
    pub version: i64,
}

#[derive(Template)]
#[template(path = "strategies/edit.html")]
pub struct EditPage {
    pub ui: Ui,
    pub group: i64,
    pub entry: Option<i64>,
    pub approve_first: bool,
    pub typed: Typed,
    pub trouble: Option<&'static str>,
}

impl EditPage {
    fn topics(&self) -> Vec<(String, String)> {
        self.ui.topic_choices(|slug| slug == self.typed.topic)
    }

    fn skills(&self) -> Vec<(&'static str, String)> {
        SKILLS.iter().map(|skill| (*skill, self.ui.t(&format!("skill-{skill}")))).collect()
    }

    fn results(&self) -> Vec<(&'static str, String)> {
        Went::ALL.into_iter().map(|one| (one.word(), self.ui.t(&format!("strategies-went-{}", one.word())))).collect()
    }

    fn action(&self) -> String {
        let base = format!("/groups/{}/what-helped", self.group);
        self.entry.map_or(base.clone(), |entry| format!("{base}/{entry}"))
    }

    fn is_named(&self) -> bool {
        !self.typed.named.is_empty()
    }
}

async fn page(
    house: &House,
    ui: Ui,
    group: i64,
    entry: Option<i64>,
    mut typed: Typed,
    trouble: Option<&'static str>,
) -> Result<Response, Fault> {
    let status = if trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    typed.once = once(&typed.once);
    let approve_first = queries::approves_first(&house.db, group).await?;
    render_status(&EditPage { ui, group, entry, approve_first, typed, trouble }, status)
}

fn read(typed: &Typed, ui: &Ui) -> Result<Entry, Unfit> {
    let text = |text: &str| text.trim().replace("\r\n", "\n");
    let entry = Entry {
        situation: text(&typed.situation),
        tried: text(&typed.tried),
        went: typed.went.clone(),
        why: text(&typed.why),
        not_for: text(&typed.not_for),
        topic: typed.topic.clone(),
        skill: typed.skill.clone(),
    };
    entry.check(|topic| ui.topics.knows(topic))?;
    Ok(entry)
}

fn typed(kept: &Kept) -> Typed {
    let Entry { situation, tried, went, why, not_for, topic, skill } = kept.entry.clone();
    let named = if kept.name.is_some() { "yes".into() } else { String::new() };
    Typed { situation, tried, went, why, not_for, topic, skill, named, once: String::new(), version: kept.version }
}

pub async fn new(State(house): State<House>, ui: Ui, Path(group): Path<i64>) -> Result<Response, Fault> {
    page(&house, ui, group, None, Typed { named: "yes".into(), ..Typed::default() }, None).await
}

pub async fn add(State(house): State<House>, ui: Ui, me: Me, Path(group): Path<i64>, Form(typed): Form<Typed>) -> Result<Response, Fault> {
    let entry = match read(&typed, &ui) {
        Ok(_) if queries::count_of(&house.db, group, me.id).await? >= MOST => Err(Unfit::Full),
        read => read,
    };
    let entry = match entry {
        Ok(entry) => entry,
        Err(unfit) => return page(&house, ui, group, None, typed, Some(unfit.key())).await,
    };
    let id = random_id();
    let new = New {
        id,
        group,
        person: me.id,
        sealed: queries::sealed(&house, me.id, id, &entry).await?,
        named: !typed.named.is_empty(),
        shown: Shown::after_writing(queries::approves_first(&house.db, group).await?),
        once: once(&typed.once),
    };
    let tx = house.db.write().await?;
    if queries::add(&tx, new, house.clock.now()).await? {
        tx.commit(Deed::new(me.id, "strategy.add", format!("strategy/{id}"))).await?;
    }
    Ok(Redirect::to(&format!("/groups/{group}/what-helped?done=kept")).into_response())
}

async fn mine(house: &House, me: &Me, group: i64, id: i64) -> Result<Option<Kept>, Fault> {
    Ok(queries::one(house, group, id).await?.filter(|kept| kept.person == me.id))
}

pub async fn edit(State(house): State<House>, ui: Ui, me: Me, Path((group, id)): Path<(i64, i64)>) -> Result<Response, Fault> {
    match mine(&house, &me, group, id).await? {
        Some(kept) => page(&house, ui, group, Some(id), typed(&kept), None).await,
        None => Ok(not_found()),
    }
}

pub async fn change(
    State(house): State<House>,
    ui: Ui,
    me: Me,
    Path((group, id)): Path<(i64, i64)>,
    Form(typed): Form<Typed>,
) -> Result<Response, Fault> {
    let Some(kept) = mine(&house, &me, group, id).await? else { return Ok(not_found()) };
    let entry = match read(&typed, &ui) {
        Ok(entry) => entry,
        Err(unfit) => return page(&house, ui, group, Some(id), typed, Some(unfit.key())).await,
    };
    let sealed = queries::sealed(&house, me.id, id, &entry).await?;
    let shown = Shown::after_writing(queries::approves_first(&house.db, group).await?);
    let kept = Kept { shown, beyond: kept.beyond.after_writing(), version: typed.version, ..kept };
    let tx = house.db.write().await?;
    if !queries::change(&tx, &kept, (sealed, !typed.named.is_empty()), house.clock.now()).await? {
        drop(tx);
        return page(&house, ui, group, Some(id), typed, Some("strategies-changed-since")).await;
    }
    tx.commit(Deed::new(me.id, "strategy.change", format!("strategy/{id}"))).await?;
    Ok(Redirect::to(&format!("/groups/{group}/what-helped/{id}")).into_response())
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Share {
    share: String,
}

/// Asks that it go beyond the group, or ends that at once: for the second nobody has to be asked.
pub async fn beyond(
    State(house): State<House>,
    me: Me,
    Path((group, id)): Path<(i64, i64)>,
    Form(share): Form<Share>,
) -> Result<Response, Fault> {
    let Some(kept) = mine(&house, &me, group, id).await? else { return Ok(not_found()) };
    let beyond = if kept.beyond == Beyond::Not { Beyond::Asked } else { kept.beyond };
    let tx = house.db.write().await?;
    let changed = match share.share.as_str() {
        "" => queries::take_back(&tx, id, me.id).await?,
        _ => queries::stand(&tx, &kept, kept.shown, beyond).await?,
    };
    if changed {
        tx.commit(Deed::new(me.id, "strategy.beyond", format!("strategy/{id}"))).await?;
    }
    Ok(Redirect::to(&format!("/groups/{group}/what-helped/{id}")).into_response())
}

pub async fn remove(State(house): State<House>, me: Me, Path((group, id)): Path<(i64, i64)>) -> Result<Response, Fault> {
    let tx = house.db.write().await?;
    if !queries::remove(&tx, id, me.id).await? {
        return Ok(not_found());
    }
    tx.commit(Deed::new(me.id, "strategy.remove", format!("strategy/{id}"))).await?;
    Ok(Redirect::to(&format!("/groups/{group}/what-helped")).into_response())
}

#[cfg(test)]
mod tests {
    use ground::{Language, Role};

    use super::*;

    #[test]
    fn what_was_kept_is_typed_again_and_read_the_same() {
        let ui = Ui::sample(Language::Spanish, Some(Role::Member));
        let entry = Entry { situation: "a".into(), tried: "b\nc".into(), went: "partly".into(), topic: "grief".into(), ..Entry::default() };
        let kept =
            Kept { id: 1, person: 7, entry: entry.clone(), name: None, shown: Shown::InGroup, beyond: Beyond::Not, tried: 0, version: 2 };
        let again = typed(&kept);
        assert_eq!((read(&again, &ui), again.named.as_str(), again.version), (Ok(entry), "", 2));
        assert_eq!(read(&Typed { topic: "none".into(), ..again.clone() }, &ui), Err(Unfit::Choice));
        assert_eq!(read(&Typed::default(), &ui), Err(Unfit::Situation));
    }

    #[test]
    fn the_form_keeps_what_was_typed() {
        for language in Language::ALL {
            let ui = Ui::sample(language, Some(Role::Member));
            let typed = Typed {
                situation: "A <b>".into(),
                tried: "</textarea>".into(),
                went: "helped".into(),
                topic: "grief".into(),
                skill: "stress".into(),
                ..Typed::default()
            };
            let page = |entry, named: &str, trouble| {
                let typed = Typed { named: named.into(), ..typed.clone() };
                EditPage { ui: ui.clone(), group: 3, entry, approve_first: true, typed, trouble }.render().unwrap()
            };
            let html = page(Some(5), "", Some("strategies-tried-wrong"));
            assert!(
                html.contains("A &#60;b&#62;")
                    && html.contains("&#60;/textarea&#62;")
                    && html.contains("action=\"/groups/3/what-helped/5\"")
            );
            assert_eq!(
                (html.matches(" selected").count(), html.matches(" checked").count()),
                (2, 2),
                "topic and skill; result and no name"
            );
            assert!(html.contains(&ui.t("strategies-leader-first")) && html.contains("role=\"alert\"") && !html.contains("strategies-"));
            assert!(page(None, "yes", None).contains("action=\"/groups/3/what-helped\""));
        }
    }
}
