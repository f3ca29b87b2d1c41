use askama::Template;
use axum::{
    Extension, Form,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use care::peer::{Shut, Unfit, Wish, wish};
use ground::{
    Deed, Fault, House, Me, Moment, Tx, Ui,
    facts::{self, InGroup, Part},
    jobs, not_found,
    peer::{self, Check},
    random_id, random_token, render,
    web::render_status,
    when,
};
use serde::Deserialize;

use super::queries::{self, Circle, New};
use crate::{
    live::Meeting,
    schedule::{self, tell},
};

const MINUTE: i64 = 60_000_000;

/// What was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    pub date: String,
    pub time: String,
    pub minutes: String,
    /// The number of a circle; empty for the whole group.
    pub circle: String,
    pub once: String,
}

#[derive(Template)]
#[template(path = "peer/peer.html")]
pub struct PeerPage {
    pub ui: Ui,
    pub me: Me,
    pub group: i64,
    pub name: String,
    pub now: Moment,
    pub allowed: bool,
    pub leads: bool,
    /// Those that this reader can come to; of all, for whoever leads.
    pub ahead: Vec<Check>,
    pub held: Vec<Check>,
    pub circles: Vec<Circle>,
    pub people: Vec<InGroup>,
    pub hosts: bool,
    pub typed: Typed,
    pub trouble: Option<&'static str>,
}

#[derive(Template)]
#[template(path = "peer/next.html")]
pub struct NextPart {
    pub ui: Ui,
    pub me: Me,
    pub group: i64,
    pub now: Moment,
    pub checks: Vec<Check>,
}

#[derive(Template)]
#[template(path = "peer/shut.html")]
pub struct ShutPage {
    pub ui: Ui,
    pub key: &'static str,
    pub group: Option<i64>,
}

/// When a check-in is, on the reader's clock.
pub fn when(ui: &Ui, check: &Check, zone: &str) -> String {
    format!("{} · {}", when::day(ui.language, check.starts_at, zone), when::span(ui.language, check.starts_at, check.minutes, zone))
}

/// Whether its door is open.
pub fn is_open(check: &Check, now: Moment) -> bool {
    !check.is_over(now) && !check.is_early(now)
}

impl NextPart {
    fn when(&self, check: &Check) -> String {
        when(&self.ui, check, &self.me.zone)
    }

    fn is_open(&self, check: &Check) -> bool {
        is_open(check, self.now)
    }
}

impl PeerPage {
    fn when(&self, check: &Check) -> String {
        when(&self.ui, check, &self.me.zone)
    }

    fn is_open(&self, check: &Check) -> bool {
        !self.leads && is_open(check, self.now)
    }

    fn whose(&self, check: &Check) -> String {
        let names = check.circle_id.and_then(|id| self.circles.iter().find(|circle| circle.id == id)).map(|circle| &circle.names);
        match (check.circle_id, names) {
            (None, _) => self.ui.t("peer-whole-group"),
            (Some(_), Some(names)) => self.ui.t1("peer-circle-with", "names", names),
            (Some(_), None) => self.ui.t("peer-a-circle"),
        }
    }

    fn host(&self, check: &Check) -> String {
        let name = check.host_id.and_then(|host| self.people.iter().find(|person| person.person_id == host));
        match name {
            Some(host) if host.person_id == self.me.id => self.ui.t("peer-you-host"),
            Some(host) => self.ui.t1("peer-hosts", "name", &host.display_name),
            None => self.ui.t("peer-nobody-hosts"),
        }
    }

    fn may_cancel(&self, check: &Check) -> bool {
        !self.leads && check.state == "planned" && (check.planned_by == self.me.id || check.host_id == Some(self.me.id))
    }

    /// What staff may know of one that is over: that it was, by how many, and whether somebody called them.
    fn was(&self, check: &Check) -> String {
        let count = self.ui.t1("peer-were-there", "count", check.people.unwrap_or(0));
        match check.staff_called_at {
            Some(_) => format!("{count} · {}", self.ui.t("peer-staff-was-called")),
            None => count,
        }
    }

    fn minutes(&self) -> [&'static str; 4] {
        ["20", "30", "40", "45"]
    }
}

async fn show(house: &House, ui: Ui, me: Me, group: i64, typed: Typed, trouble: Option<&'static str>) -> Result<Response, Fault> {
    let Some(parent) = queries::parent(&house.db, group).await? else { return Ok(not_found()) };
    let (now, allowed) = (house.clock.now(), peer::allows(&house.db, group).await?);
    let leads = facts::part_in(&house.db, group, me.id).await? == Some(Part::Facilitator);
    let mut ahead = if leads { peer::ahead(&house.db, group).await? } else { mine(house, &me, group).await? };
    ahead.retain(|check| !check.is_over(now));
    let held = if leads { peer::held(&house.db, group).await? } else { Vec::new() };
    let circles = if leads || !allowed { Vec::new() } else { queries::circles(&house.db, group, me.id, now).await? };
    let people = facts::people_of(&house.db, group).await?;
    let hosts = !queries::unwilling(&house.db, group).await?.contains(&me.id);
    let typed = if typed.once.is_empty() { Typed { once: random_token(), ..typed } } else { typed };
    let status = if trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let page = PeerPage { ui, me, group, name: parent.name, now, allowed, leads, ahead, held, circles, people, hosts, typed, trouble };
    render_status(&page, status)
}

/// What of this group's this member can come to.
async fn mine(house: &House, me: &Me, group: i64) -> Result<Vec<Check>, Fault> {
    let (from, to) = around(house.clock.now());
    let mut checks = peer::of_person(&house.db, me.id, from, to).await?;
    checks.retain(|check| check.parent_id == group && !check.is_over(house.clock.now()));
    Ok(checks)
}

/// From what may still run to what may stand furthest ahead.
pub fn around(now: Moment) -> (Moment, Moment) {
    (Moment(now.0 - 120 * MINUTE), Moment(now.0 + (care::peer::DAYS_AHEAD + 1) * 24 * 60 * MINUTE))
}

pub async fn all(State(house): State<House>, ui: Ui, me: Me, Path(group): Path<i64>) -> Result<Response, Fault> {
    show(&house, ui, me, group, Typed { minutes: "30".into(), ..Typed::default() }, None).await
}

pub async fn next(State(house): State<House>, ui: Ui, me: Me, Path(group): Path<i64>) -> Result<Response, Fault> {
    let checks = mine(&house, &me, group).await?;
    render(&NextPart { ui, me, group, now: house.clock.now(), checks })
}

/// For whom it is: their circle, or everybody of the group, in seat order.
struct Whose {
    circle: Option<i64>,
    people: Vec<i64>,
}

async fn whose(house: &House, tx: &Tx, me: &Me, group: i64, typed: &Typed) -> Result<Option<(Whose, Option<Moment>)>, Fault> {
    if typed.circle.is_empty() {
        let people = facts::people_of(tx, group).await?;
        let people = people.iter().filter(|person| person.is(Part::Member)).map(|person| person.person_id).collect();
        return Ok(Some((Whose { circle: None, people }, None)));
    }
    let circles = queries::circles(tx, group, me.id, house.clock.now()).await?;
    let circle = circles.into_iter().find(|circle| typed.circle == circle.id.to_string());
    Ok(circle.map(|circle| (Whose { circle: Some(circle.id), people: circle.people }, Some(circle.ends_at))))
}

async fn read(house: &House, tx: &Tx, me: &Me, group: i64, typed: &Typed) -> Result<Result<(Wish, Whose), Unfit>, Fault> {
    if !peer::allows(tx, group).await? {
        return Ok(Err(Unfit::NotAllowed));
    }
    let Some((whose, ends_at)) = whose(house, tx, me, group, typed).await? else { return Ok(Err(Unfit::Circle)) };
    let now = house.clock.now();
    let ahead = peer::ahead(tx, group).await?;
    let ahead = ahead.iter().filter(|check| check.circle_id == whose.circle && !check.is_over(now)).count();
    let wish = match wish((&typed.date, &typed.time, &typed.minutes), &me.zone, now.timestamp(), ahead) {
        Ok(wish) if ends_at.is_some_and(|ends| ends <= Moment::from(wish.starts_at)) => return Ok(Err(Unfit::Circle)),
        Ok(wish) => wish,
        Err(unfit) => return Ok(Err(unfit)),
    };
    Ok(Ok((wish, whose)))
}

pub async fn plan(State(house): State<House>, ui: Ui, me: Me, Path(group): Path<i64>, Form(typed): Form<Typed>) -> Result<Response, Fault> {
    let back = Redirect::to(&format!("/groups/{group}/peer-check-ins")).into_response();
    let once: String = typed.once.chars().take(64).collect();
    let tx = house.db.write().await?;
    queries::hold(&tx, group).await?;
    let Some(parent) = queries::parent(&tx, group).await? else { return Ok(not_found()) };
    if once.is_empty() || queries::was_planned(&tx, &once).await? {
        return Ok(back);
    }
    let (wish, whose) = match read(&house, &tx, &me, group, &typed).await? {
        Ok(read) => read,
        Err(unfit) => {
            drop(tx);
            return show(&house, ui, me, group, typed, Some(unfit.key())).await;
        }
    };
    let by = By { person: me.id, once: &once, at: house.clock.now() };
    let id = write(&tx, (group, &parent), (Moment::from(wish.starts_at), wish.minutes), &whose, by).await?;
    tx.commit(Deed::new(me.id, "peer.plan", format!("session/{id}"))).await?;
    Ok(back)
}

/// Who plans it, by which form, and when.
struct By<'a> {
    person: i64,
    once: &'a str,
    at: Moment,
}

/// A check-in with its host and its end.
async fn write(
    tx: &Tx,
    (group, parent): (i64, &queries::Parent),
    (starts_at, minutes): (Moment, i64),
    whose: &Whose,
    by: By<'_>,
) -> Result<i64, Fault> {
    let id = random_id();
    let home = queries::group(tx, group, parent, by.at).await?;
    let number = queries::last_number(tx, home).await? + 1;
    let agenda = serde_json::to_string(&care::agenda::Agenda::default())?;
    schedule::keep_session(tx, schedule::Session { id, group: home, number, starts_at, minutes, agenda }).await?;
    let host = queries::line(tx, group, whose.circle, id, &whose.people).await?.first().copied();
    queries::keep(tx, New { session: id, parent: group, circle: whose.circle, once: by.once, by: by.person, at: by.at, host }).await?;
    let over = Moment(starts_at.0 + (minutes + care::peer::EXTRA + 1) * MINUTE);
    jobs::later(tx, peer::CLOSE, &id.to_string(), &id.to_string(), over).await?;
    Ok(id)
}

/// One that a member of a group planned for all of it on an earlier day, for a practice that opens lived in.
pub async fn planned(house: &House, group: i64, person: i64, at: Moment, starts_at: Moment) -> Result<(), Fault> {
    let tx = house.db.write().await?;
    queries::hold(&tx, group).await?;
    let Some(parent) = queries::parent(&tx, group).await? else { return Ok(()) };
    let people = facts::people_of(&tx, group).await?;
    let people = people.iter().filter(|one| one.is(Part::Member)).map(|one| one.person_id).collect();
    let whose = Whose { circle: None, people };
    let id = write(&tx, (group, &parent), (starts_at, 30), &whose, By { person, once: &random_token(), at }).await?;
    tx.commit(Deed::new(person, "peer.plan", format!("session/{id}"))).await
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Said {
    yes: String,
}

/// "Not me", or gladly again. What this member was to host goes to the next in line.
pub async fn hosting(State(house): State<House>, me: Me, Path(group): Path<i64>, Form(said): Form<Said>) -> Result<Response, Fault> {
    let tx = house.db.write().await?;
    queries::say_hosting(&tx, group, me.id, !said.yes.is_empty(), house.clock.now()).await?;
    if said.yes.is_empty() {
        for check in peer::ahead(&tx, group).await?.iter().filter(|check| check.host_id == Some(me.id) && check.state == "planned") {
            let people = peer::people_at(&tx, check.session_id, group).await?;
            let people: Vec<i64> = people.iter().filter(|one| one.is(Part::Member)).map(|one| one.person_id).collect();
            let line = queries::line(&tx, group, check.circle_id, check.session_id, &people).await?;
            queries::ask_host(&tx, check.session_id, line.first().copied()).await?;
        }
    }
    // Open rooms hear it, too.
    jobs::later(&tx, peer::NEWS, &random_id().to_string(), &group.to_string(), house.clock.now()).await?;
    tx.commit(Deed::new(me.id, "peer.hosting", format!("group/{group}"))).await?;
    Ok(Redirect::to(&format!("/groups/{group}/peer-check-ins")).into_response())
}

/// By whoever planned it or is to host it, until it begins. Everybody whom it is for hears of it.
pub async fn cancel(
    State(house): State<House>,
    Extension(meeting): Extension<Meeting>,
    ui: Ui,
    me: Me,
    Path(session): Path<i64>,
) -> Result<Response, Fault> {
    let Some(check) = peer::of_session(&house.db, session).await? else { return Ok(not_found()) };
    let people = peer::people_at(&house.db, session, check.parent_id).await?;
    let theirs = check.planned_by == me.id || check.host_id == Some(me.id);
    if !theirs || !people.iter().any(|person| person.person_id == me.id && person.is(Part::Member)) {
        return Ok(not_found());
    }
    let tx = house.db.write().await?;
    if !queries::cancel(&tx, session, house.clock.now()).await? {
        drop(tx);
        return show(&house, ui, me, check.parent_id, Typed::default(), Some("peer-too-late")).await;
    }
    let told: Vec<i64> = people.iter().map(|person| person.person_id).filter(|person| *person != me.id).collect();
    tell(&house, &tx, "session-cancelled", &session.to_string(), 1, &told, check.starts_at).await?;
    tx.commit(Deed::new(me.id, "peer.cancel", format!("session/{session}"))).await?;
    meeting.call_off(session).await;
    Ok(Redirect::to(&format!("/groups/{}/peer-check-ins", check.parent_id)).into_response())
}

/// Why the way in is closed. Whoever is not in the group any more finds no way back to its page either.
pub fn shut(ui: Ui, check: &Check, why: Shut) -> Result<Response, Fault> {
    let group = (why != Shut::NotIn).then_some(check.parent_id);
    render_status(&ShutPage { ui, key: why.key(), group }, StatusCode::CONFLICT)
}
