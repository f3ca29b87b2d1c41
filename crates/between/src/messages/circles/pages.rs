use std::time::Duration;

use askama::Template;
use axum::{
    Form,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use care::messages::circle::{self, DAYS, Unfit};
use ground::{
    Deed, Fault, House, Me, Moment, Tx, Ui,
    facts::{self, InGroup, Part},
    jobs, not_found, peer, random_id, random_token,
    web::render_status,
    when,
};
use serde::Deserialize;

use super::queries::{self, Asked, Mine, New};

const DAY: Duration = Duration::from_secs(86_400);

/// A circle with what it is for.
pub struct Shown {
    pub mine: Mine,
    pub purpose: String,
    /// Whom its host can still ask.
    pub others: Vec<InGroup>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Typed {
    pub purpose: String,
    pub days: String,
    pub once: String,
    pub people: Vec<i64>,
}

#[derive(Template)]
#[template(path = "messages/circles/circles.html")]
pub struct CirclesPage {
    pub ui: Ui,
    pub me: Me,
    pub group: i64,
    pub name: String,
    pub allowed: bool,
    pub leads: bool,
    pub now: Moment,
    pub circles: Vec<Shown>,
    pub others: Vec<InGroup>,
    pub typed: Typed,
    pub trouble: Option<&'static str>,
}

impl CirclesPage {
    fn ends(&self, shown: &Shown) -> String {
        let day = when::day(self.ui.language, shown.mine.ends_at, &self.me.zone);
        self.ui.t1(if self.is_over(shown) { "circle-ended" } else { "circle-ends" }, "day", day)
    }

    fn is_over(&self, shown: &Shown) -> bool {
        shown.mine.ends_at <= self.now
    }

    fn is_asked(&self, shown: &Shown) -> bool {
        shown.mine.joined_at.is_none()
    }

    fn is_host(&self, shown: &Shown) -> bool {
        shown.mine.host_id == self.me.id
    }

    fn days(&self) -> Vec<(String, String)> {
        DAYS.iter().map(|days| (days.to_string(), self.ui.t1("circle-days", "count", days))).collect()
    }

    fn has(&self, person: &InGroup) -> bool {
        self.typed.people.contains(&person.person_id)
    }
}

async fn show(house: &House, ui: Ui, me: Me, group: i64, typed: Typed, trouble: Option<&'static str>) -> Result<Response, Fault> {
    let Some(policy) = queries::policy(&house.db, group).await? else { return Ok(not_found()) };
    let (now, allowed) = (house.clock.now(), policy.allows());
    let leads = facts::part_in(&house.db, group, me.id).await? == Some(Part::Facilitator);
    let mut circles = Vec::new();
    // What is not allowed is not there, and what members have among themselves is not the leaders' to read.
    if allowed && !leads {
        let asked = queries::ever_asked(&house.db, group).await?;
        for mine in queries::mine(&house.db, me.id, group, now).await? {
            let mut others = others(house, &me, group).await?;
            others.retain(|one| mine.host_id == me.id && is_new(&asked, mine.channel_id, one.person_id));
            let purpose = queries::purpose(house, mine.channel_id, mine.host_id, mine.purpose_sealed.as_deref()).await?;
            circles.push(Shown { purpose: purpose.unwrap_or_else(|| ui.t("circle-purpose-gone")), mine, others });
        }
    }
    let others = others(house, &me, group).await?;
    let typed = if typed.once.is_empty() { Typed { once: random_token(), ..typed } } else { typed };
    let status = if trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    render_status(&CirclesPage { ui, me, group, name: policy.name, allowed, leads, now, circles, others, typed, trouble }, status)
}

/// Asked once is asked: a no is not asked again.
fn is_new(asked: &[Asked], circle: i64, person: i64) -> bool {
    !asked.iter().any(|one| one.channel_id == circle && one.person_id == person)
}

async fn others(house: &House, me: &Me, group: i64) -> Result<Vec<InGroup>, Fault> {
    let mut people = facts::people_of(&house.db, group).await?;
    people.retain(|person| person.is(Part::Member) && person.person_id != me.id);
    Ok(people)
}

pub async fn all(State(house): State<House>, ui: Ui, me: Me, Path(group): Path<i64>) -> Result<Response, Fault> {
    show(&house, ui, me, group, Typed::default(), None).await
}

pub async fn begin(
    State(house): State<House>,
    ui: Ui,
    me: Me,
    Path(group): Path<i64>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let get = |name: &str| fields.iter().find(|(key, _)| key == name).map_or_else(String::new, |(_, value)| value.clone());
    let people: Vec<i64> = fields.iter().filter(|(key, _)| key == "person").filter_map(|(_, value)| value.parse().ok()).collect();
    let typed = Typed { purpose: get("purpose"), days: get("days"), once: get("once").chars().take(64).collect(), people };
    let allowed = queries::policy(&house.db, group).await?.is_some_and(|policy| policy.allows());
    if !allowed || typed.once.is_empty() {
        return show(&house, ui, me, group, typed, Some("circle-not-allowed")).await;
    }
    let known: Vec<i64> = others(&house, &me, group).await?.iter().map(|person| person.person_id).collect();
    let apart = facts::never_meet(&house.db, group).await?;
    let wish = match circle::wish(&typed.purpose, &typed.days, &typed.people, me.id, &known, &apart) {
        Ok(wish) => wish,
        Err(unfit) => return show(&house, ui, me, group, typed, Some(unfit.key())).await,
    };
    let (id, now) = (random_id(), house.clock.now());
    let purpose = queries::seal(&house, id, me.id, &wish.purpose).await?;
    let ends_at = now.plus(DAY * u32::try_from(wish.days).unwrap_or(1));
    let tx = house.db.write().await?;
    if queries::make(&tx, New { id, group, host: me.id, once: &typed.once, purpose, at: now, ends_at }).await? {
        queries::ask(&tx, id, me.id, now, Some(now)).await?;
        for person in wish.people {
            queries::ask(&tx, id, person, now, None).await?;
        }
        tx.commit(Deed::new(me.id, "circle.begin", format!("circle/{id}"))).await?;
    }
    Ok(Redirect::to(&format!("/groups/{group}/circles")).into_response())
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Said {
    yes: String,
}

pub async fn decide(State(house): State<House>, me: Me, Path(group): Path<i64>, Form(said): Form<Said>) -> Result<Response, Fault> {
    let tx = house.db.write().await?;
    queries::decide(&tx, group, !said.yes.is_empty(), me.id, house.clock.now()).await?;
    peer_news(&house, &tx, group).await?;
    tx.commit(Deed::new(me.id, "group.outside_contact", format!("group/{group}"))).await?;
    Ok(Redirect::to(&format!("/groups/{group}/circles")).into_response())
}

/// Whoever may not be in an open check-in of this group any more is let go.
async fn peer_news(house: &House, tx: &Tx, group: i64) -> Result<(), Fault> {
    jobs::later(tx, peer::NEWS, &random_id().to_string(), &group.to_string(), house.clock.now()).await
}

/// A circle that this person is in or asked into, of a group that allows it.
async fn mine(house: &House, me: &Me, circle: i64) -> Result<Option<Mine>, Fault> {
    let Some(mine) = queries::one(&house.db, me.id, circle).await? else { return Ok(None) };
    let policy = queries::policy(&house.db, mine.group_id).await?;
    Ok(policy.is_some_and(|policy| policy.allows()).then_some(mine))
}

pub async fn answer(
    State(house): State<House>,
    ui: Ui,
    me: Me,
    Path(circle): Path<i64>,
    Form(said): Form<Said>,
) -> Result<Response, Fault> {
    let now = house.clock.now();
    let Some(mine) = mine(&house, &me, circle).await?.filter(|mine| mine.joined_at.is_none() && mine.ends_at > now) else {
        return Ok(not_found());
    };
    let tx = house.db.write().await?;
    let (joined, action) = match said.yes.is_empty() {
        true => (queries::leave(&tx, circle, me.id, now).await?, "circle.decline"),
        false => (queries::join(&tx, circle, me.id, now).await?, "circle.join"),
    };
    // Asked after the yes, under its lock: somebody may have chosen meanwhile not to meet somebody.
    if !said.yes.is_empty() && circle::meet(&queries::inside(&tx, circle).await?, &facts::never_meet(&tx, mine.group_id).await?) {
        drop(tx);
        return show(&house, ui, me, mine.group_id, Typed::default(), Some(Unfit::NotTogether.key())).await;
    }
    if joined {
        tx.commit(Deed::new(me.id, action, format!("circle/{circle}"))).await?;
    }
    let to = if said.yes.is_empty() { format!("/groups/{}/circles", mine.group_id) } else { format!("/channels/{circle}") };
    Ok(Redirect::to(&to).into_response())
}

/// Its host asks somebody else into it.
pub async fn ask(
    State(house): State<House>,
    ui: Ui,
    me: Me,
    Path(circle): Path<i64>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let now = house.clock.now();
    let Some(mine) = mine(&house, &me, circle).await?.filter(|mine| mine.host_id == me.id && mine.ends_at > now) else {
        return Ok(not_found());
    };
    let people: Vec<i64> = fields.iter().filter(|(key, _)| key == "person").filter_map(|(_, value)| value.parse().ok()).collect();
    let members = others(&house, &me, mine.group_id).await?;
    let tx = house.db.write().await?;
    queries::hold(&tx, circle).await?;
    let asked = queries::ever_asked(&tx, mine.group_id).await?;
    let known: Vec<i64> = members.iter().map(|one| one.person_id).filter(|one| is_new(&asked, circle, *one)).collect();
    let inside: Vec<i64> = asked.iter().filter(|one| one.channel_id == circle && one.gone == 0).map(|one| one.person_id).collect();
    match circle::more(&people, &inside, &known, &facts::never_meet(&tx, mine.group_id).await?) {
        Ok(people) => {
            for person in people {
                queries::ask(&tx, circle, person, now, None).await?;
            }
            tx.commit(Deed::new(me.id, "circle.ask", format!("circle/{circle}"))).await?;
            Ok(Redirect::to(&format!("/groups/{}/circles", mine.group_id)).into_response())
        }
        Err(unfit) => {
            drop(tx);
            show(&house, ui, me, mine.group_id, Typed::default(), Some(unfit.key())).await
        }
    }
}

pub async fn leave(State(house): State<House>, me: Me, Path(circle): Path<i64>) -> Result<Response, Fault> {
    let Some(mine) = mine(&house, &me, circle).await? else { return Ok(not_found()) };
    let tx = house.db.write().await?;
    if queries::leave(&tx, circle, me.id, house.clock.now()).await? {
        peer_news(&house, &tx, mine.group_id).await?;
        tx.commit(Deed::new(me.id, "circle.leave", format!("circle/{circle}"))).await?;
    }
    Ok(Redirect::to(&format!("/groups/{}/circles", mine.group_id)).into_response())
}

pub async fn end(State(house): State<House>, me: Me, Path(circle): Path<i64>) -> Result<Response, Fault> {
    let Some(mine) = mine(&house, &me, circle).await?.filter(|mine| mine.host_id == me.id) else { return Ok(not_found()) };
    let tx = house.db.write().await?;
    if queries::end(&tx, circle, me.id, house.clock.now()).await? {
        peer_news(&house, &tx, mine.group_id).await?;
        tx.commit(Deed::new(me.id, "circle.end", format!("circle/{circle}"))).await?;
    }
    Ok(Redirect::to(&format!("/groups/{}/circles", mine.group_id)).into_response())
}

#[cfg(test)]
mod tests {
    use ground::{Language, Role};

    use super::*;

    fn circle(host: i64, joined: bool, ends: i64) -> Shown {
        let mine = Mine {
            channel_id: 40 + host,
            group_id: 4,
            host_id: host,
            host: "The<o".into(),
            ends_at: Moment(ends),
            joined_at: joined.then_some(Moment(1)),
            people: 3,
            purpose_sealed: None,
        };
        let other = InGroup { person_id: 11, part: "member".into(), display_name: "Jo<nas".into(), seat: 5 };
        Shown { mine, purpose: "Walk <on> Sundays".into(), others: if host == 7 { vec![other] } else { vec![] } }
    }

    fn page(language: Language, leads: bool, allowed: bool, circles: Vec<Shown>) -> CirclesPage {
        let ui = Ui::sample(language, Some(if leads { Role::Clinician } else { Role::Member }));
        let other = InGroup { person_id: 9, part: "member".into(), display_name: "Pri<ya".into(), seat: 3 };
        let typed = Typed { purpose: "Kept <words>".into(), days: "60".into(), once: "c-1".into(), people: vec![9] };
        let (me, others, trouble) = (ui.me.clone().unwrap(), vec![other], Some("circle-nobody"));
        CirclesPage { ui, me, group: 4, name: "Steady <Ground>".into(), allowed, leads, now: Moment(100), circles, others, typed, trouble }
    }

    #[test]
    fn members_find_what_they_are_in_what_they_are_asked_and_what_is_over() {
        for language in Language::ALL {
            let html =
                page(language, false, true, vec![circle(7, true, 200), circle(8, false, 200), circle(6, true, 50)]).render().unwrap();
            assert_eq!(html.matches("Walk &#60;on&#62; Sundays").count(), 3);
            assert!(html.contains("/circles/47/end") && !html.contains("/circles/48/end"), "only the host ends it");
            assert!(html.contains("/circles/48/answer") && !html.contains("/channels/48\""), "nobody is in before they say yes");
            assert!(html.contains("/channels/46") && !html.contains("/circles/46/end"), "over, and still to be read");
            assert!(
                html.contains("Kept &#60;words&#62;") && html.contains("value=\"60\" selected") && html.contains("value=\"9\" checked")
            );
            assert_eq!(html.matches("/asking\"").count(), 1, "its host asks somebody else in");
            assert!(html.contains("/circles/47/asking") && html.contains("Jo&#60;nas"));
            let over = page(language, false, true, vec![circle(7, true, 50)]).render().unwrap();
            assert!(!over.contains("/asking\""), "and nobody into what is over");
            let none = page(language, false, true, vec![]).render().unwrap();
            assert!(none.contains(&language.t("circle-none")));
        }
    }

    #[test]
    fn where_it_is_not_allowed_nothing_is_offered_and_leaders_have_the_switch_alone() {
        for language in Language::ALL {
            let not = page(language, false, false, vec![]).render().unwrap();
            assert!(
                not.contains(&language.t("circle-not-allowed")) && !not.contains("name=\"purpose\"") && !not.contains("outside-contact")
            );
            for allowed in [true, false] {
                let html = page(language, true, allowed, vec![]).render().unwrap();
                assert!(html.contains("/groups/4/outside-contact") && !html.contains("name=\"purpose\""));
                assert_eq!(html.contains("name=\"yes\""), !allowed, "the button says what it does");
            }
        }
    }
}
