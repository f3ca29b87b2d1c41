use askama::Template;
use axum::{
    Form,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use care::{
    messages::alumni::{NAME_CHARS, Past, Stands, stands},
    names,
};
use ground::{Ask, Deed, Fault, House, Me, Moment, Role, Ui, not_found, web::render_status, when};
use serde::Deserialize;

use super::queries::{self, Inside, PastRow, Space};

#[derive(Template)]
#[template(path = "messages/alumni/place.html")]
pub struct PlacePage {
    pub ui: Ui,
    pub me: Me,
    pub stands: Stands,
    pub channel: i64,
    pub inside: Vec<Inside>,
    /// Who was asked to leave, for whoever leads.
    pub removed: Vec<Inside>,
    pub name: String,
    pub trouble: Option<&'static str>,
}

impl PlacePage {
    fn leads(&self) -> bool {
        self.inside.iter().any(|one| one.person_id == self.me.id && one.leads())
    }

    fn leaders(&self) -> String {
        self.inside.iter().filter(|one| one.leads()).map(|one| one.display_name.as_str()).collect::<Vec<_>>().join(", ")
    }

    fn members(&self) -> Vec<&Inside> {
        self.inside.iter().filter(|one| !one.leads()).collect()
    }

    fn since(&self, one: &Inside) -> String {
        self.ui.t1("alumni-since", "day", when::day(self.ui.language, one.joined_at, &self.me.zone))
    }

    /// Why there is no form, where there is none.
    fn instead(&self) -> Option<&'static str> {
        match self.stands {
            Stands::Closed => Some("alumni-closed"),
            Stands::NotYet => Some("alumni-not-yet"),
            Stands::AskFirst => Some("alumni-ask-first"),
            Stands::Inside | Stands::Welcome => None,
        }
    }
}

/// How this person stands to the place, and the name they were last called in a group.
async fn standing(db: &(impl Ask + Sync), me: &Me, now: Moment) -> Result<(Option<Space>, Stands, String), Fault> {
    let space = queries::space(db).await?;
    let PastRow { finished, inside, removed, apart, name } = queries::past(db, me.id, now).await?;
    let past = Past { finished: finished == 1 && me.role == Role::Member, inside: inside == 1, removed: removed == 1, apart: apart == 1 };
    let open = space.as_ref().is_some_and(|space| space.open == 1);
    Ok((space, stands(open, past), name))
}

async fn show(house: &House, ui: Ui, me: Me, typed: Option<String>, trouble: Option<&'static str>) -> Result<Response, Fault> {
    let (space, stands, name) = standing(&house.db, &me, house.clock.now()).await?;
    // Who is inside is told to those who may come in: they decide by whom they would meet there.
    let inside = if matches!(stands, Stands::Inside | Stands::Welcome) { queries::inside(&house.db).await? } else { Vec::new() };
    let leads = inside.iter().any(|one| one.person_id == me.id && one.leads());
    let removed = if leads { queries::removed(&house.db).await? } else { Vec::new() };
    let name = match typed {
        Some(typed) => typed,
        None => names::free(&name, &queries::names_of_others(&house.db, me.id).await?),
    };
    let status = if trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let channel = space.map_or(0, |space| space.channel_id);
    render_status(&PlacePage { ui, me, stands, channel, inside, removed, name, trouble }, status)
}

pub async fn place(State(house): State<House>, ui: Ui, me: Me) -> Result<Response, Fault> {
    show(&house, ui, me, None, None).await
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    name: String,
}

pub async fn join(State(house): State<House>, ui: Ui, me: Me, Form(typed): Form<Typed>) -> Result<Response, Fault> {
    let now = house.clock.now();
    let tx = house.db.write().await?;
    queries::hold(&tx).await?;
    let (space, stands, _) = standing(&tx, &me, now).await?;
    let channel = space.map_or(0, |space| space.channel_id);
    match stands {
        Stands::Inside => return Ok(Redirect::to(&format!("/channels/{channel}")).into_response()),
        Stands::Welcome => (),
        // The page says which of them it is.
        Stands::Closed | Stands::NotYet | Stands::AskFirst => {
            drop(tx);
            return show(&house, ui, me, None, Some("alumni-not-in")).await;
        }
    }
    let name = typed.name.trim();
    if !names::fits(name, NAME_CHARS) {
        drop(tx);
        return show(&house, ui, me, Some(typed.name), Some("group-name-unfit")).await;
    }
    if queries::names_of_others(&tx, me.id).await?.iter().any(|other| names::same(other, name)) {
        drop(tx);
        return show(&house, ui, me, Some(typed.name), Some("alumni-name-taken")).await;
    }
    queries::join(&tx, me.id, "member", name, now).await?;
    tx.commit(Deed::new(me.id, "alumni.join", format!("channel/{channel}"))).await?;
    Ok(Redirect::to(&format!("/channels/{channel}")).into_response())
}

/// Members leave by themselves; who leads is the practice's to say.
pub async fn leave(State(house): State<House>, me: Me) -> Result<Response, Fault> {
    let tx = house.db.write().await?;
    if queries::leave(&tx, me.id, "member", None, house.clock.now()).await? {
        tx.commit(Deed::new(me.id, "alumni.leave", format!("person/{}", me.id))).await?;
    }
    Ok(Redirect::to("/alumni").into_response())
}

async fn leads(house: &House, me: &Me) -> Result<bool, Fault> {
    Ok(queries::inside(&house.db).await?.iter().any(|one| one.person_id == me.id && one.leads()))
}

/// By whoever leads it.
pub async fn remove(State(house): State<House>, me: Me, Path(person): Path<i64>) -> Result<Response, Fault> {
    let leads = leads(&house, &me).await?;
    let tx = house.db.write().await?;
    if !leads || !queries::leave(&tx, person, "member", Some(me.id), house.clock.now()).await? {
        return Ok(not_found());
    }
    tx.commit(Deed::new(me.id, "alumni.remove", format!("person/{person}"))).await?;
    Ok(Redirect::to("/alumni").into_response())
}

/// After a talk, by whoever leads it.
pub async fn allow(State(house): State<House>, me: Me, Path(person): Path<i64>) -> Result<Response, Fault> {
    let leads = leads(&house, &me).await?;
    let tx = house.db.write().await?;
    if !leads || !queries::allow(&tx, person).await? {
        return Ok(not_found());
    }
    tx.commit(Deed::new(me.id, "alumni.allow", format!("person/{person}"))).await?;
    Ok(Redirect::to("/alumni").into_response())
}

#[cfg(test)]
mod tests {
    use ground::{Language, Moment};

    use super::*;

    fn inside(person_id: i64, part: &str, name: &str) -> Inside {
        let joined_at = Moment(1_789_000_000_000_000);
        Inside { person_id, part: part.into(), display_name: name.into(), name: format!("{name} canary-surname"), joined_at }
    }

    fn page(language: Language, role: Role, stands: Stands) -> PlacePage {
        let ui = Ui::sample(language, Some(role));
        let me = ui.me.clone().unwrap();
        let all = vec![inside(3, "facilitator", "Dr. <Osei>"), inside(9, "member", "Priya <3")];
        PlacePage { ui, me, stands, channel: 5, inside: all, removed: vec![], name: "Maya <M>".into(), trouble: None }
    }

    #[test]
    fn whoever_may_come_in_is_told_who_leads_and_how_many_there_are() {
        for language in Language::ALL {
            let html = page(language, Role::Member, Stands::Welcome).render().unwrap();
            assert!(html.contains("Dr. &#60;Osei&#62;") && html.contains("value=\"Maya &#60;M&#62;\"") && html.contains("/alumni/joining"));
            assert!(!html.contains("Priya") && !html.contains("canary-surname"), "names are for those inside");
            let html = page(language, Role::Member, Stands::Inside).render().unwrap();
            assert!(html.contains("/channels/5") && html.contains("/alumni/leaving") && html.contains("Priya &#60;3"));
            assert!(!html.contains("canary-surname") && !html.contains("/removal"), "surnames are for leaders");
        }
    }

    #[test]
    fn who_does_not_come_in_reads_why_and_sees_nobody() {
        for (stands, key) in [(Stands::Closed, "alumni-closed"), (Stands::NotYet, "alumni-not-yet"), (Stands::AskFirst, "alumni-ask-first")]
        {
            let page = PlacePage { inside: vec![], ..page(Language::Spanish, Role::Member, stands) };
            let html = page.render().unwrap();
            assert!(html.contains(&page.ui.t(key)) && !html.contains("/alumni/joining") && !html.contains("/channels/5"), "{key}");
        }
    }

    #[test]
    fn leaders_see_who_is_who_and_may_ask_somebody_to_leave() {
        let mut page = page(Language::English, Role::Clinician, Stands::Inside);
        page.inside[0].person_id = page.me.id;
        page.removed = vec![inside(11, "member", "The<o")];
        let html = page.render().unwrap();
        assert!(html.contains("Priya &#60;3 canary-surname") && html.contains("/alumni/9/removal") && !html.contains("/alumni/leaving"));
        assert!(html.contains("/alumni/11/return") && html.contains("The&#60;o") && !html.contains("/alumni/11/removal"));
    }
}
