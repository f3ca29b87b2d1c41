use askama::Template;
use axum::{
    Form,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use care::schedule::in_zone;
use ground::{Deed, Fault, House, Me, Moment, Role, Ui, not_found, random_id, render, web::render_status, when};

use super::{
    may_make,
    queries::{self, Appointment, Found, New},
};
use crate::{calendar, schedule::tell};

pub const KINDS: [&str; 3] = ["individual", "family", "workshop"];
/// People besides whoever leads.
const MOST: usize = 15;

/// What was typed. `person` comes as often as boxes are ticked.
#[derive(Debug, Clone, Default)]
pub struct Typed {
    pub kind: String,
    pub date: String,
    pub time: String,
    pub minutes: String,
    pub leader: String,
    pub emails: String,
    pub picked: Vec<i64>,
    pub anyway: bool,
}

impl Typed {
    fn read(fields: &[(String, String)]) -> Typed {
        let one = |name: &str| fields.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone()).unwrap_or_default();
        Typed {
            kind: one("kind"),
            date: one("date"),
            time: one("time"),
            minutes: one("minutes"),
            leader: one("leader"),
            emails: one("emails"),
            picked: fields.iter().filter(|(key, _)| key == "person").filter_map(|(_, value)| value.parse().ok()).collect(),
            anyway: fields.iter().any(|(key, _)| key == "anyway"),
        }
    }
}

#[derive(Template)]
#[template(path = "appointments/new.html")]
pub struct NewPage {
    pub ui: Ui,
    pub me: Me,
    pub own: Vec<Found>,
    pub typed: Typed,
    pub clashes: usize,
    pub trouble: Option<&'static str>,
}

impl NewPage {
    fn kinds(&self) -> Vec<(String, String)> {
        KINDS.iter().map(|kind| ((*kind).to_owned(), self.ui.t(&format!("appointment-{kind}")))).collect()
    }

    fn is_picked(&self, person: &Found) -> bool {
        self.typed.picked.contains(&person.id)
    }
}

#[derive(Template)]
#[template(path = "appointments/one.html")]
pub struct OnePage {
    pub ui: Ui,
    pub zone: String,
    pub appointment: Appointment,
    /// Only for whoever leads and for the office: nobody else learns who else comes.
    pub people: Vec<Found>,
    pub may_cancel: bool,
    pub trouble: Option<&'static str>,
}

impl OnePage {
    fn kind(&self) -> String {
        self.ui.t(&format!("appointment-{}", self.appointment.kind))
    }

    fn when(&self) -> String {
        let a = &self.appointment;
        format!(
            "{} · {}",
            when::day(self.ui.language, a.starts_at, &self.zone),
            when::span(self.ui.language, a.starts_at, a.minutes, &self.zone)
        )
    }
}

async fn show_form(house: &House, ui: Ui, me: Me, typed: Typed, trouble: Option<(&'static str, usize)>) -> Result<Response, Fault> {
    let own = queries::of_own_groups(&house.db, me.id).await?;
    let status = if trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let (trouble, clashes) = (trouble.map(|(key, _)| key), trouble.map_or(0, |(_, clashes)| clashes));
    render_status(&NewPage { ui, me, own, typed, clashes, trouble }, status)
}

pub async fn form(State(house): State<House>, ui: Ui, me: Me) -> Result<Response, Fault> {
    let trouble = (!may_make(&me)).then_some(("appointments-not-yours", 0));
    show_form(&house, ui, me, Typed { kind: KINDS[0].into(), minutes: "50".into(), ..Typed::default() }, trouble).await
}

/// Who leads: whoever makes it, or whom the office names.
async fn leader(house: &House, me: &Me, typed: &Typed) -> Result<Option<i64>, Fault> {
    let named = typed.leader.trim().to_lowercase();
    if !me.role.is_office() || named.is_empty() {
        return Ok(Some(me.id));
    }
    let found = queries::by_email(&house.db, &named).await?;
    let leads = |found: &Found| Role::parse(&found.role).is_some_and(Role::is_crew);
    Ok(found.filter(leads).map(|found| found.id))
}

/// Everybody who was ticked or named; `None` if an address is nobody's.
async fn people(house: &House, me: &Me, typed: &Typed) -> Result<Option<Vec<i64>>, Fault> {
    let own = queries::of_own_groups(&house.db, me.id).await?;
    let mut people: Vec<i64> = typed.picked.iter().filter(|id| own.iter().any(|one| one.id == **id)).copied().collect();
    let named = typed.emails.split([',', ';', '\n', ' ', '\r']).map(|email| email.trim().to_lowercase());
    for email in named.filter(|email| !email.is_empty()).take(MOST + 1) {
        let Some(found) = queries::by_email(&house.db, &email).await? else { return Ok(None) };
        people.push(found.id);
    }
    people.sort_unstable();
    people.dedup();
    Ok(Some(people))
}

async fn read(house: &House, me: &Me, typed: &Typed) -> Result<Result<New, &'static str>, Fault> {
    if !may_make(me) {
        return Ok(Err("appointments-not-yours"));
    }
    if !KINDS.contains(&typed.kind.as_str()) {
        return Ok(Err("appointments-kind"));
    }
    let Some(starts_at) = in_zone(&typed.date, &typed.time, &me.zone).map(Moment::from) else { return Ok(Err("change-time-unreadable")) };
    if starts_at <= house.clock.now() {
        return Ok(Err("change-time-past"));
    }
    let Some(minutes) = typed.minutes.trim().parse().ok().filter(|minutes| (10..=480).contains(minutes)) else {
        return Ok(Err("appointments-minutes"));
    };
    let Some(leader) = leader(house, me, typed).await? else { return Ok(Err("appointments-leader")) };
    let Some(mut people) = people(house, me, typed).await? else { return Ok(Err("appointments-nobody")) };
    people.retain(|person| *person != leader);
    Ok(match people.len() {
        0 => Err("appointments-empty"),
        2.. if typed.kind == "individual" => Err("appointments-individual"),
        many if many > MOST => Err("appointments-many"),
        _ => Ok(New { id: random_id(), kind: typed.kind.clone(), leader, zone: me.zone.clone(), starts_at, minutes, people }),
    })
}

pub async fn make(State(house): State<House>, ui: Ui, me: Me, Form(fields): Form<Vec<(String, String)>>) -> Result<Response, Fault> {
    let typed = Typed::read(&fields);
    let new = match read(&house, &me, &typed).await? {
        Ok(new) => new,
        Err(trouble) => return show_form(&house, ui, me, typed, Some((trouble, 0))).await,
    };
    let everybody: Vec<i64> = new.people.iter().copied().chain([new.leader]).collect();
    let clashes = calendar::clashes_at(&house, &everybody, 0, new.starts_at, new.minutes).await?;
    if clashes > 0 && !typed.anyway {
        return show_form(&house, ui, me, typed, Some(("change-clash", clashes))).await;
    }
    let tx = house.db.write().await?;
    queries::make(&tx, &new, house.clock.now()).await?;
    let told: Vec<i64> = everybody.into_iter().filter(|person| *person != me.id).collect();
    tell(&house, &tx, "appointment-made", &new.id.to_string(), 0, &told, new.starts_at).await?;
    tx.commit(Deed::new(me.id, "appointment.make", format!("appointment/{}", new.id))).await?;
    Ok(Redirect::to(&format!("/appointments/{}", new.id)).into_response())
}

async fn show(house: &House, ui: Ui, me: Me, appointment: Appointment, trouble: Option<&'static str>) -> Result<Response, Fault> {
    let leads = appointment.leader_id == me.id || me.role.is_office();
    let people = if leads { queries::people(&house.db, appointment.id).await? } else { Vec::new() };
    let may_cancel = leads && appointment.cancelled_at.is_none() && appointment.starts_at > house.clock.now();
    let page = OnePage { ui, zone: me.zone, appointment, people, may_cancel, trouble };
    match trouble {
        None => render(&page),
        Some(_) => render_status(&page, StatusCode::UNPROCESSABLE_ENTITY),
    }
}

pub async fn one(State(house): State<House>, ui: Ui, me: Me, Path(id): Path<i64>) -> Result<Response, Fault> {
    let Some(appointment) = queries::one(&house.db, id, me.id, me.role.is_office()).await? else { return Ok(not_found()) };
    show(&house, ui, me, appointment, None).await
}

pub async fn cancel(
    State(house): State<House>,
    ui: Ui,
    me: Me,
    Path(id): Path<i64>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let Some(appointment) = queries::one(&house.db, id, me.id, me.role.is_office()).await? else { return Ok(not_found()) };
    if appointment.leader_id != me.id && !me.role.is_office() {
        return Ok(not_found());
    }
    if !fields.iter().any(|(key, _)| key == "sure") {
        return show(&house, ui, me, appointment, Some("change-cancel-unsure")).await;
    }
    let tx = house.db.write().await?;
    if !queries::cancel(&tx, id, house.clock.now()).await? {
        drop(tx);
        return show(&house, ui, me, appointment, Some("change-too-late")).await;
    }
    let people = queries::people(&tx, id).await?;
    let told: Vec<i64> = people.iter().map(|person| person.id).chain([appointment.leader_id]).filter(|person| *person != me.id).collect();
    tell(&house, &tx, "session-cancelled", &id.to_string(), appointment.changes + 1, &told, appointment.starts_at).await?;
    tx.commit(Deed::new(me.id, "appointment.cancel", format!("appointment/{id}"))).await?;
    Ok(Redirect::to(&format!("/appointments/{id}")).into_response())
}

#[cfg(test)]
mod tests {
    use ground::Language;

    use super::*;

    #[test]
    fn the_form_keeps_what_was_typed() {
        let fields: Vec<(String, String)> =
            [("kind", "family"), ("date", "2026-12-01"), ("emails", "<a@b.c>"), ("person", "5"), ("person", "x"), ("anyway", "on")]
                .map(|(key, value)| (key.to_owned(), value.to_owned()))
                .to_vec();
        let typed = Typed::read(&fields);
        assert_eq!((typed.picked.as_slice(), typed.anyway), (&[5][..], true));
        for language in Language::ALL {
            for role in [Role::Clinician, Role::Coordinator] {
                let ui = Ui::sample(language, Some(role));
                let own = vec![Found { id: 5, name: "Theo <Grant>".into(), role: "member".into() }];
                let page = NewPage { me: ui.me.clone().unwrap(), ui, own, typed: typed.clone(), clashes: 1, trouble: Some("change-clash") };
                let html = page.render().unwrap();
                assert!(
                    html.contains("<option value=\"family\" selected>")
                        && html.contains("&#60;a@b.c&#62;")
                        && html.contains("value=\"5\" checked")
                );
                assert_eq!(html.contains("name=\"leader\""), role == Role::Coordinator);
            }
        }
    }

    #[test]
    fn nobody_but_the_leader_reads_who_comes() {
        for language in Language::ALL {
            let appointment = Appointment {
                id: 1,
                kind: "family".into(),
                leader_id: 2,
                leader: "Dr. Amara Osei".into(),
                starts_at: Moment(0),
                minutes: 50,
                cancelled_at: None,
                changes: 0,
            };
            let page = OnePage {
                ui: Ui::sample(language, Some(Role::Member)),
                zone: "UTC".into(),
                appointment,
                people: vec![],
                may_cancel: false,
                trouble: None,
            };
            let html = page.render().unwrap();
            assert!(html.contains("Amara") && !html.contains("/cancellation"));
        }
    }
}
