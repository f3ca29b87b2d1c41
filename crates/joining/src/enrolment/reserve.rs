//! Asking for a seat. Nobody learns from the answer whether an address has an account here.

use askama::Template;
use axum::{
    Extension, Form,
    extract::{Path, Query, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
};
use care::{
    enrolment::{ANSWERS_LAST, Step},
    licensing::{self, Jurisdiction},
};
use ground::{
    Deed, Fault, House, Me, Role, Ui,
    accounts::{self, New},
    facts::{self, GroupPlace},
    mail::{self, Mail},
    not_found, random_id, render,
    web::{Peer, client_address, render_status},
};
use serde::Deserialize;

use super::{
    line, minor,
    queries::{self, NewApplication, Open},
};
use crate::{
    catalogue::{self, Card},
    groups, guardian, seats,
};

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct SeatForm {
    pub name: String,
    pub email: String,
    pub residence: String,
    pub adult: String,
}

#[derive(Template)]
#[template(path = "enrolment/seat.html")]
pub struct SeatPage {
    pub ui: Ui,
    pub group: Open,
    pub places: Vec<Jurisdiction>,
    /// When a newcomer begins, if not with the next session; `None` if the group takes nobody.
    pub first: Option<i64>,
    pub typed: SeatForm,
    pub trouble: Option<&'static str>,
}

/// Why there is no seat for somebody who lives there, and what is open to them.
#[derive(Template)]
#[template(path = "enrolment/refused.html")]
pub struct RefusedPage {
    pub ui: Ui,
    pub place: String,
    pub others: Vec<Card>,
}

#[derive(Template)]
#[template(path = "enrolment/sent.html")]
pub struct SentPage {
    pub ui: Ui,
    pub email: String,
}

impl RefusedPage {
    fn kind(&self, card: &Card) -> String {
        groups::kind_words(&self.ui, &card.listed.topic, &card.listed.kind)
    }

    fn weekly(&self, card: &Card) -> String {
        let listed = &card.listed;
        groups::weekly_words(&self.ui, listed.weekday, listed.minute_of_day, &listed.zone, listed.minutes)
    }
}

impl SeatPage {
    fn is_full(&self) -> bool {
        self.group.taken >= self.group.capacity
    }

    /// Newcomers wait for a week in which they are let in.
    fn waits(&self) -> Option<i64> {
        self.first.filter(|first| *first > self.group.next_number)
    }
}

#[derive(Deserialize)]
pub struct From {
    #[serde(default)]
    place: String,
}

pub async fn form(State(house): State<House>, ui: Ui, Path(group): Path<i64>, Query(from): Query<From>) -> Result<Response, Fault> {
    let Some(group) = queries::shown(&house.db, group).await? else { return Ok(not_found()) };
    page(ui, group, SeatForm { residence: from.place, ..SeatForm::default() }, None)
}

fn page(ui: Ui, group: Open, typed: SeatForm, trouble: Option<&'static str>) -> Result<Response, Fault> {
    let first = line::first_session(&group);
    let page = SeatPage { ui, group, places: licensing::shipped()?.jurisdiction, first, typed, trouble };
    render_status(&page, if trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK })
}

/// Why the form will not do; the key of a sentence.
fn trouble(typed: &SeatForm, me: Option<&Me>, tables: &licensing::Tables) -> Option<&'static str> {
    if me.is_none() && accounts::name(&typed.name).is_none() {
        return Some("people-name-unfit");
    }
    if me.is_none() && accounts::email(&typed.email).is_none() {
        return Some("people-email-unreadable");
    }
    if !tables.knows(&typed.residence) {
        return Some("seat-residence-missing");
    }
    (!["on", MINOR, YOUNGER].contains(&typed.adult.as_str())).then_some("seat-adults-only")
}

/// What the form says of an age: 18 or more is "on".
const MINOR: &str = "minor";
/// Younger than the practice takes anybody.
const YOUNGER: &str = "younger";

pub async fn ask(
    State(house): State<House>,
    ui: Ui,
    headers: HeaderMap,
    peer: Option<Extension<Peer>>,
    Path(group): Path<i64>,
    Form(typed): Form<SeatForm>,
) -> Result<Response, Fault> {
    let Some(group) = queries::shown(&house.db, group).await? else { return Ok(not_found()) };
    let me = ui.me.clone();
    if me.as_ref().is_some_and(|me| me.role != Role::Member) {
        return page(ui, group, typed, Some("seat-members-only"));
    }
    if let Some(trouble) = trouble(&typed, me.as_ref(), &licensing::shipped()?) {
        return page(ui, group, typed, Some(trouble));
    }
    if typed.adult == YOUNGER || typed.adult == MINOR && house.practice().guardian_lowest == 0 {
        return minor::not_taken(ui, false);
    }
    if line::first_session(&group).is_none() {
        return page(ui, group, typed, Some("seat-closed"));
    }
    let place = GroupPlace { id: group.id, kind: &group.kind, zone: &group.zone };
    let person = me.as_ref().map_or(0, |me| me.id);
    if !facts::verdict(&house, &place, person, &typed.residence).await?.opens() {
        return refuse(&house, ui, &typed.residence, group.id).await;
    }
    match me {
        Some(me) => by_member(&house, &me, &group, &typed).await,
        None => {
            let address = client_address(&house, &headers, peer.map(|Extension(peer)| peer)).to_string();
            by_visitor(&house, ui, &group, typed, &address).await
        }
    }
}

/// What is open where they live: groups of any type that a leader or the practice's own judgement covers.
async fn refuse(house: &House, ui: Ui, residence: &str, refused: i64) -> Result<Response, Fault> {
    let others = catalogue::open_in(house, residence, refused).await?;
    let place = licensing::shipped()?.name(residence).to_owned();
    render_status(&RefusedPage { ui, place, others }, StatusCode::UNPROCESSABLE_ENTITY)
}

async fn by_member(house: &House, me: &Me, group: &Open, typed: &SeatForm) -> Result<Response, Fault> {
    let residence = typed.residence.as_str();
    let fresh = house.clock.now().minus(ANSWERS_LAST);
    // Whom to ask is on the short form, so who is under 18 and has asked nobody answers it again.
    let named = guardian::of(house, &house.db, me.id).await?.map(|consent| consent.asks());
    let asks_nobody = named.unwrap_or(typed.adult == MINOR);
    let knows_enough = !asks_nobody && queries::answers(house, me.id).await?.is_some_and(|(_, sent)| sent > fresh);
    let step = if knows_enough { Step::Call } else { Step::Screening };
    let tx = house.db.write().await?;
    if seats::is_seated(&tx, group.id, me.id).await? {
        drop(tx);
        return Ok(Redirect::to(&format!("/groups/{}", group.id)).into_response());
    }
    if let Some(id) = queries::make(&tx, NewApplication { person: me.id, group: group.id, residence, step }, house.clock.now()).await? {
        let Some(application) = queries::in_group(&tx, group.id, id).await? else { return Ok(not_found()) };
        line::keep_place(house, &tx, &application).await?;
        if typed.adult == MINOR {
            guardian::says_minor(&tx, me.id, house.clock.now()).await?;
        }
        tx.commit(Deed::new(me.id, "application.make", format!("application/{id}"))).await?;
    }
    Ok(Redirect::to("/applications").into_response())
}

/// A seat is kept only once they have come in by the link in the mail: else anybody could fill a group with other people's addresses,
/// and the number of free seats would tell whether an address is known.
async fn by_visitor(house: &House, ui: Ui, group: &Open, typed: SeatForm, address: &str) -> Result<Response, Fault> {
    let (Some(email), Some(name)) = (accounts::email(&typed.email), accounts::name(&typed.name)) else { return Ok(not_found()) };
    let now = house.clock.now();
    let subjects = [format!("seat {email}"), format!("seat-address {address}")];
    if accounts::too_many_tries(&house.db, &subjects, now).await? {
        return page(ui, group.clone(), typed, Some("seat-pause"));
    }
    let zone = house.practice().zone;
    let tx = house.db.write().await?;
    accounts::note_try(&tx, &subjects, now).await?;
    let new = New { name, email: &email, role: Role::Member, zone: &zone, language: ui.language };
    match accounts::add(&tx, &new, now).await? {
        Some(person) => {
            let application = NewApplication { person, group: group.id, residence: &typed.residence, step: Step::Screening };
            queries::make(&tx, application, now).await?;
            if typed.adult == MINOR {
                guardian::says_minor(&tx, person, now).await?;
            }
            accounts::invite(house, &tx, person, "seat-invitation").await?;
        }
        None => {
            if let Some(person) = accounts::find(&tx, &email).await? {
                let mail = Mail { to: person, kind: "seat-known".into(), path: "/find".into() };
                mail::later(house, &tx, &format!("seat-known/{}", random_id()), &mail, now).await?;
            }
        }
    }
    tx.commit(Deed { address: Some(address), ..Deed::new(0, "seat.ask", "group") }).await?;
    render(&SentPage { ui, email })
}

#[cfg(test)]
mod tests {
    use ground::Language;

    use super::*;

    pub fn group() -> Open {
        Open {
            id: 3,
            name: "Steady & Ground".into(),
            kind: "process".into(),
            zone: "America/New_York".into(),
            capacity: 8,
            taken: 8,
            programme: "skills-class".into(),
            admission: "weeks".into(),
            admission_weeks: "1, 9".into(),
            next_number: 3,
        }
    }

    #[test]
    fn what_does_not_fit_is_named() {
        let tables = licensing::shipped().unwrap();
        let typed = SeatForm { name: "Ada".into(), email: "ada@example.org".into(), residence: "NY".into(), adult: "on".into() };
        assert_eq!(trouble(&typed, None, &tables), None);
        assert_eq!(trouble(&SeatForm { name: " ".into(), ..typed.clone() }, None, &tables), Some("people-name-unfit"));
        assert_eq!(trouble(&SeatForm { email: "ada".into(), ..typed.clone() }, None, &tables), Some("people-email-unreadable"));
        assert_eq!(trouble(&SeatForm { residence: "Moon".into(), ..typed.clone() }, None, &tables), Some("seat-residence-missing"));
        assert_eq!(trouble(&SeatForm { adult: String::new(), ..typed }, None, &tables), Some("seat-adults-only"));
        let me = Ui::sample(Language::English, Some(Role::Member)).me;
        let known = SeatForm { residence: "NY".into(), adult: "on".into(), ..SeatForm::default() };
        assert_eq!(trouble(&known, me.as_ref(), &tables), None, "who is signed in has a name and an address");
    }

    #[test]
    fn the_pages_render_and_keep_what_was_typed() {
        for language in Language::ALL {
            let ui = Ui::sample(language, None);
            let typed = SeatForm { name: "Ada <b>".into(), email: "odd".into(), residence: "NY".into(), adult: String::new() };
            let places = licensing::shipped().unwrap().jurisdiction;
            let page = SeatPage { ui: ui.clone(), group: group(), places, first: Some(9), typed, trouble: Some("seat-adults-only") };
            let html = page.render().unwrap();
            assert!(html.contains("Ada &#60;b&#62;") && html.contains("<option value=\"NY\" selected>"));
            assert!(html.contains(&ui.t("seat-full").chars().take(12).collect::<String>()), "a full group says that there is a line");
            assert!(RefusedPage { ui: ui.clone(), place: "California".into(), others: vec![] }.render().unwrap().contains("California"));
            let html = SentPage { ui, email: "ada@example.org".into() }.render().unwrap();
            assert!(html.contains("ada@example.org") && !html.contains("<title>Steady"));
        }
    }
}
