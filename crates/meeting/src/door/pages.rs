use askama::Template;
use axum::{
    Extension, Form,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use care::{
    documents::Kind,
    licensing::{self, Jurisdiction},
    watching::Consent,
};
use ground::{
    Deed, Fault, House, Me, Moment, Ui,
    documents::{self, Version},
    facts::{self, GroupPlace, InGroup, SessionFacts},
    not_found,
    peer::Check,
    web::{in_script, render_status},
};
use room::{Card, Guest, Stance};
use serde::Deserialize;

use super::{
    queries::{self, DoorCard, Pass},
    shut::{called_off, not_agreed, not_yet, refuse, when},
};
use crate::{
    absence::{self, Said, Taps},
    family,
    live::{Meeting, ask_arrived, part, seat},
    peer, watching,
};

/// The door page can be filled in so long before the start.
const OPENS: i64 = 30 * 60 * 1_000_000;
const TEXT_CHARS: usize = 200;

/// What was typed, kept when something is missing.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct DoorForm {
    #[serde(default)]
    pub jurisdiction: String,
    #[serde(default)]
    pub location: String,
    #[serde(default)]
    pub callback: String,
    #[serde(default)]
    pub contact_name: String,
    #[serde(default)]
    pub contact_phone: String,
    #[serde(default)]
    pub alone: Option<String>,
    /// Who else sits at this camera; asked in family sessions.
    #[serde(default)]
    pub beside: String,
    #[serde(default)]
    pub stance: String,
    #[serde(default)]
    pub signed_name: String,
    #[serde(default)]
    pub agree: Option<String>,
}

#[derive(Template)]
#[template(path = "door/door.html")]
pub struct DoorPage {
    pub ui: Ui,
    pub session: SessionFacts,
    pub zone: String,
    pub opens_now: bool,
    pub form: DoorForm,
    pub places: Vec<Jurisdiction>,
    pub rules: Option<Vec<String>>,
    /// Documents with a page of their own that have to be signed before.
    pub first: Vec<Kind>,
    pub asks_card: bool,
    /// Several people may sit at one camera.
    pub is_family: bool,
    /// Members among themselves: what that means stands above the questions.
    pub is_peer: bool,
    /// What this member said about coming.
    pub said: Option<Said>,
    pub trouble: Vec<&'static str>,
    /// JSON for the connection check.
    pub relays: String,
}

#[derive(Template)]
#[template(path = "door/waiting.html")]
pub struct WaitingPage {
    pub ui: Ui,
    pub session: i64,
    /// A check-in into which staff came: whom they asked to wait.
    pub is_peer: bool,
}

impl DoorPage {
    fn when(&self) -> String {
        when(&self.ui, &self.session, &self.zone)
    }

    /// Whoever stands at the door and finds that it does not work out today says so here, in one tap. Once the session runs they come in,
    /// or not: an announcement would reach nobody any more.
    fn taps(&self) -> Option<String> {
        let open = self.asks_card && !self.is_peer && self.session.state == "planned";
        let back = format!("/sessions/{}/door", self.session.id);
        let taps = Taps { ui: self.ui.clone(), session: self.session.id, said: self.said, back, folded: false };
        open.then(|| taps.render().unwrap_or_default())
    }
}

/// Everything the door page and its answer need to know.
struct AtDoor {
    session: SessionFacts,
    person: InGroup,
    /// The ground rules, if this version of them is not signed yet: read and signed right here.
    rules: Option<Version>,
    /// What has to be read and signed on a page of its own before.
    first: Vec<Kind>,
    /// The number of this person's first session.
    begins_with: i64,
    is_family: bool,
    /// A check-in of members among themselves.
    peer: Option<Check>,
    said: Option<Said>,
    relays: String,
}

async fn at_door(house: &House, meeting: &Meeting, me: &Me, session: i64) -> Result<Option<AtDoor>, Fault> {
    let Some(session) = facts::session(&house.db, session).await? else { return Ok(None) };
    let people = ground::peer::people_at(&house.db, session.id, session.group_id).await?;
    let Some(person) = people.into_iter().find(|person| person.person_id == me.id) else { return Ok(None) };
    let is_family = family::is_family(house, session.group_id).await?;
    let (mut rules, first): (Vec<Version>, Vec<Version>) =
        documents::to_sign(&house.db, me).await?.into_iter().partition(|version| version.kind == Kind::GroundRules);
    // What holds in family sessions holds nobody up on the way to their own group.
    let first = first.into_iter().map(|version| version.kind).filter(|kind| is_family || *kind != Kind::Family).collect();
    let relays = in_script(&meeting.relays.for_page(house.clock.now()));
    let begins_with = facts::first_session(&house.db, session.group_id, me.id).await?;
    let said = absence::of_person(&house.db, session.id, me.id).await?.and_then(|saying| saying.said());
    let peer = ground::peer::of_session(&house.db, session.id).await?;
    Ok(Some(AtDoor { session, person, rules: rules.pop(), first, begins_with, is_family, peer, said, relays }))
}

impl AtDoor {
    fn asks_card(&self) -> bool {
        part(&self.person.part) == room::Part::Member
    }

    fn beside(&self, form: &DoorForm) -> String {
        if self.is_family { care::family::beside(&form.beside).unwrap_or_default() } else { String::new() }
    }

    fn is_open(&self, now: Moment) -> bool {
        let opens = if self.peer.is_some() { care::peer::OPENS * 60_000_000 } else { OPENS };
        self.session.state == "live" || now.0 >= self.session.starts_at.0 - opens
    }

    fn page(self, house: &House, ui: Ui, me: &Me, form: DoorForm, trouble: Vec<&'static str>) -> Result<Response, Fault> {
        let now = house.clock.now();
        let status = if trouble.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        let rules = self.rules.as_ref().map(|version| version.paragraphs(house, ui.lang()));
        let page = DoorPage {
            zone: me.zone.clone(),
            opens_now: self.is_open(now),
            asks_card: self.asks_card(),
            is_family: self.is_family,
            is_peer: self.peer.is_some(),
            said: self.said,
            places: licensing::shipped()?.jurisdiction,
            rules,
            first: self.first,
            relays: self.relays,
            session: self.session,
            form,
            trouble,
            ui,
        };
        render_status(&page, status)
    }
}

pub async fn door(
    State(house): State<House>,
    Extension(meeting): Extension<Meeting>,
    ui: Ui,
    me: Me,
    Path(session): Path<i64>,
) -> Result<Response, Fault> {
    if let Some(shut) = peer::shut(&house, &meeting, &ui, &me, session).await? {
        return Ok(shut);
    }
    let Some(at_door) = at_door(&house, &meeting, &me, session).await? else { return Ok(not_found()) };
    if at_door.session.state == "ended" {
        return Ok(Redirect::to(&format!("/sessions/{session}/goodbye")).into_response());
    }
    if at_door.session.cancelled_at.is_some() {
        return called_off(ui, &me, &at_door.session);
    }
    if at_door.session.number < at_door.begins_with {
        return not_yet(ui, at_door.begins_with);
    }
    let form = match queries::last_time(&house, me.id).await? {
        Some(last) => DoorForm {
            jurisdiction: last.jurisdiction,
            location: last.card.location,
            callback: last.card.callback,
            contact_name: last.card.contact_name,
            contact_phone: last.card.contact_phone,
            alone: last.card.alone.then(|| "on".to_owned()),
            stance: last.stance,
            ..DoorForm::default()
        },
        None => DoorForm { stance: "open".into(), ..DoorForm::default() },
    };
    at_door.page(&house, ui, &me, form, Vec::new())
}

/// What is missing, as keys of sentences.
fn missing(form: &DoorForm, asks_card: bool, needs_rules: bool) -> Vec<&'static str> {
    let mut trouble = Vec::new();
    if asks_card {
        for (text, key) in [
            (&form.jurisdiction, "door-missing-place"),
            (&form.location, "door-missing-location"),
            (&form.callback, "door-missing-callback"),
            (&form.contact_name, "door-missing-contact"),
            (&form.contact_phone, "door-missing-contact-phone"),
        ] {
            if text.trim().is_empty() {
                trouble.push(key);
            }
        }
        let digits = |text: &str| text.chars().filter(char::is_ascii_digit).count();
        let readable = |text: &str| text.trim().is_empty() || (7..=15).contains(&digits(text));
        if !readable(&form.callback) || !readable(&form.contact_phone) {
            trouble.push("door-phone-unreadable");
        }
    }
    if care::family::beside(&form.beside).is_none() {
        trouble.push("door-beside-unreadable");
    }
    if needs_rules && (form.agree.is_none() || form.signed_name.trim().is_empty()) {
        trouble.push("door-missing-rules");
    }
    let all = [&form.location, &form.callback, &form.contact_name, &form.contact_phone, &form.signed_name];
    if all.into_iter().any(|text| text.chars().count() > TEXT_CHARS || text.chars().any(char::is_control)) {
        trouble.push("door-too-long");
    }
    trouble
}

fn stance(word: &str) -> Stance {
    match word {
        "listening" => Stance::Listening,
        "ask_me" => Stance::AskMe,
        _ => Stance::Open,
    }
}

pub async fn pass(
    State(house): State<House>,
    Extension(meeting): Extension<Meeting>,
    ui: Ui,
    me: Me,
    Path(session): Path<i64>,
    Form(form): Form<DoorForm>,
) -> Result<Response, Fault> {
    if let Some(shut) = peer::shut(&house, &meeting, &ui, &me, session).await? {
        return Ok(shut);
    }
    let Some(at_door) = at_door(&house, &meeting, &me, session).await? else { return Ok(not_found()) };
    let now = house.clock.now();
    if at_door.session.cancelled_at.is_some() {
        return called_off(ui, &me, &at_door.session);
    }
    if at_door.session.number < at_door.begins_with {
        return not_yet(ui, at_door.begins_with);
    }
    if !at_door.is_open(now) {
        return at_door.page(&house, ui, &me, form, vec!["door-not-open-yet"]);
    }
    let mut trouble = missing(&form, at_door.asks_card(), at_door.rules.is_some());
    if !at_door.first.is_empty() {
        trouble.push("door-documents-first");
    }
    if at_door.asks_card() && facts::guardian_missing(&house.db, me.id).await? {
        trouble.push("door-guardian");
    }
    if !trouble.is_empty() {
        return at_door.page(&house, ui, &me, form, trouble);
    }
    if part(&at_door.person.part) == room::Part::Observer {
        let group = at_door.session.group_id;
        if watching::of(&house.db, group, me.id).await? != Consent::Given {
            return not_agreed(ui, group);
        }
    }
    // No therapy happens where members meet among themselves: where one is is asked for help to find them, and not for a licence.
    if at_door.asks_card() && at_door.peer.is_none() {
        let SessionFacts { group_id: id, kind, zone, .. } = &at_door.session;
        let verdict = facts::verdict(&house, &GroupPlace { id: *id, kind, zone }, me.id, &form.jurisdiction).await?;
        if !verdict.opens() {
            return refuse(&house, ui, &me, &at_door.session, &form, verdict).await;
        }
    }
    let card = DoorCard {
        location: form.location.trim().to_owned(),
        callback: form.callback.trim().to_owned(),
        contact_name: form.contact_name.trim().to_owned(),
        contact_phone: form.contact_phone.trim().to_owned(),
        alone: form.alone.is_some(),
    };
    keep(&house, &me, &at_door, &form, &card).await?;
    let guest = Guest { beside: at_door.beside(&form), ..guest(&ui, &at_door.person, &form, card) };
    let straight_in = guest.part == room::Part::Facilitator || at_door.peer.is_some();
    let seat = guest.seat;
    let next = match ask_arrived(&meeting, session, guest, me.id).await? {
        false => "goodbye",
        // The page of the room leads back to the door whoever is not inside yet.
        true if straight_in && meeting.has_let_in(session, seat).await? => "room",
        // The room said no: the door says why. Whom staff asked to wait is at its door.
        true if at_door.peer.is_some() && !meeting.knows(session, seat).await? => "door",
        true => "waiting",
    };
    Ok(Redirect::to(&format!("/sessions/{session}/{next}")).into_response())
}

async fn keep(house: &House, me: &Me, at_door: &AtDoor, form: &DoorForm, card: &DoorCard) -> Result<(), Fault> {
    let (session, now) = (at_door.session.id, house.clock.now());
    let card_sealed = queries::sealed_card(house, session, me.id, card).await?;
    let signature = match &at_door.rules {
        Some(version) => Some(documents::seal_name(house, me.id, version, &form.signed_name).await?),
        None => None,
    };
    let tx = house.db.write().await?;
    if let Some(signature) = signature {
        documents::sign(&tx, signature, now).await?;
    }
    let stance = stance_word(stance(&form.stance)).to_owned();
    let pass = Pass { session, person: me.id, seat: at_door.person.seat, jurisdiction: form.jurisdiction.clone(), stance, card_sealed };
    queries::keep_pass(&tx, pass, now).await?;
    tx.commit(Deed::new(me.id, "door.pass", format!("session/{session}"))).await
}

fn stance_word(stance: Stance) -> &'static str {
    match stance {
        Stance::Listening => "listening",
        Stance::AskMe => "ask_me",
        Stance::Open => "open",
    }
}

fn guest(ui: &Ui, person: &InGroup, form: &DoorForm, card: DoorCard) -> Guest {
    let crisis_lines = ui.crisis.iter().map(|line| format!("{}: {}", line.name, line.number)).collect();
    let card = Card {
        location: card.location,
        callback: card.callback,
        contact_name: card.contact_name,
        contact_phone: card.contact_phone,
        alone: card.alone,
        crisis_lines,
    };
    Guest {
        seat: seat(person),
        name: person.display_name.clone(),
        part: part(&person.part),
        stance: stance(&form.stance),
        card,
        beside: String::new(),
    }
}

/// The waiting room says nothing about who else is there.
pub async fn waiting(State(house): State<House>, ui: Ui, Path(session): Path<i64>) -> Result<Response, Fault> {
    let is_peer = ground::peer::of_session(&house.db, session).await?.is_some();
    ground::render(&WaitingPage { ui, session, is_peer })
}

#[cfg(test)]
mod tests {
    use ground::{Language, Role};

    use super::*;

    fn form() -> DoorForm {
        DoorForm {
            jurisdiction: "NY".into(),
            location: "At home".into(),
            callback: "+1 555 0101".into(),
            contact_name: "Rosa".into(),
            contact_phone: "555-010-0102".into(),
            stance: "open".into(),
            signed_name: "Maya".into(),
            agree: Some("on".into()),
            ..DoorForm::default()
        }
    }

    #[test]
    fn everything_missing_is_named_once() {
        assert!(missing(&form(), true, true).is_empty());
        let nothing = DoorForm::default();
        assert_eq!(missing(&nothing, true, true).len(), 6);
        assert_eq!(missing(&nothing, false, false), Vec::<&str>::new());
        let odd = DoorForm { callback: "call me".into(), ..form() };
        assert_eq!(missing(&odd, true, true), ["door-phone-unreadable"]);
        let long = DoorForm { location: "x".repeat(201), ..form() };
        assert_eq!(missing(&long, true, true), ["door-too-long"]);
    }

    #[test]
    fn the_pages_render() {
        for language in Language::ALL {
            let ui = Ui::sample(language, Some(Role::Member));
            let session = SessionFacts {
                id: 1,
                group_id: 2,
                group_name: "Steady Ground".into(),
                topic: "anxiety".into(),
                kind: "process".into(),
                zone: "America/New_York".into(),
                number: 6,
                starts_at: Moment(0),
                minutes: 90,
                state: "planned".into(),
                agenda: "{\"phases\":[]}".into(),
                programme: "open-circle".into(),
                language: "en".into(),
                cancelled_at: None,
            };
            let mut page = DoorPage {
                ui: ui.clone(),
                session,
                zone: "UTC".into(),
                opens_now: true,
                form: form(),
                places: licensing::shipped().unwrap().jurisdiction,
                rules: Some(vec!["What is said here stays here.".into()]),
                first: vec![Kind::Telehealth],
                asks_card: true,
                is_family: false,
                is_peer: false,
                said: None,
                trouble: vec!["door-missing-place"],
                relays: "[]".into(),
            };
            let html = page.render().unwrap();
            assert!(html.contains("Rosa") && html.contains("name=\"alone\"") && !html.contains("name=\"beside\""));
            page.is_family = true;
            page.form.beside = "Erik & Ida".into();
            let html = page.render().unwrap();
            assert!(html.contains("value=\"Erik &#38; Ida\"") && !html.contains("name=\"alone\""), "several may sit there");
            page.is_family = false;
            let taps = |page: &DoorPage| page.render().unwrap().matches("/sessions/1/absence\"").count();
            assert_eq!(taps(&page), 4, "cannot, and three ways to be late");
            page.is_peer = true;
            let html = page.render().unwrap();
            assert!(html.contains(&page.ui.t("peer-door")) && !html.contains("/sessions/1/absence"), "nobody waits to hear who comes");
            page.is_peer = false;
            page.said = Some(Said::Late { minutes: 10 });
            let html = page.render().unwrap();
            assert!(taps(&page) == 0 && html.contains("/sessions/1/absence/removal") && html.contains("value=\"/sessions/1/door\""));
            page.session.state = "live".into();
            assert!(!page.render().unwrap().contains("/absence"), "once it runs one comes in");
            page.session.state = "planned".into();
            page.asks_card = false;
            assert!(!page.render().unwrap().contains("/absence"), "whoever leads calls it off instead");
            let waiting = |is_peer: bool| WaitingPage { ui: ui.clone(), session: 1, is_peer }.render().unwrap();
            assert!(waiting(false).contains("data-room=\"/sessions/1/room\"") && waiting(false).contains(&language.t("waiting-text")));
            assert!(waiting(true).contains(&language.t("peer-waiting")) && !waiting(true).contains(&language.t("waiting-text")));
        }
    }
}
