use std::time::Duration;

use askama::Template;
use axum::{
    Form,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use care::family::{self as rules, NOTE_CHARS, Scope, Standing, Unfit};
use ground::{
    Deed, Fault, House, Language, Me, Role, Tx, Ui,
    accounts::{self, New},
    family::{self, QuietHour, Tie},
    jobs,
    mail::{self, Mail},
    not_found, random_id,
    web::render_status,
    when,
};
use serde::Deserialize;

use super::queries::{self, Asked};

/// Quiet hours of the next two weeks are shown.
const QUIET_AHEAD: Duration = Duration::from_secs(14 * 86_400);

/// What was typed of an invitation; boxes that are ticked are there.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    pub name: String,
    pub email: String,
    pub language: String,
    pub sessions: Option<String>,
    pub reminders: Option<String>,
    pub crisis: Option<String>,
}

impl Typed {
    fn scope(&self) -> Scope {
        Scope { sessions: self.sessions.is_some(), reminders: self.reminders.is_some(), crisis: self.crisis.is_some() }
    }
}

/// Somebody who supports the reader, or is asked to.
pub struct Supporter {
    pub tie: Tie,
    pub called: String,
}

/// Somebody whom the reader supports, with what is open to them.
pub struct Supported {
    pub tie: Tie,
    pub note: String,
    pub quiet: Vec<QuietHour>,
}

#[derive(Template)]
#[template(path = "supporters/supporters.html")]
pub struct SupportersPage {
    pub ui: Ui,
    pub me: Me,
    pub mine: Vec<Supporter>,
    pub theirs: Vec<Supported>,
    pub note: String,
    pub typed: Typed,
    pub trouble: Option<&'static str>,
}

impl SupportersPage {
    fn is_member(&self) -> bool {
        self.me.role == Role::Member
    }

    fn title(&self) -> String {
        self.ui.t(if self.is_member() { "supporters-title" } else { "supporters-title-theirs" })
    }

    fn stands(&self, one: &Supporter) -> String {
        self.ui.t(if one.tie.standing() == Standing::Agreed { "supporters-agreed" } else { "supporters-asked" })
    }

    fn waits(&self, one: &Supported) -> bool {
        one.tie.standing() == Standing::Asked
    }

    fn may(&self, one: &Supported) -> Scope {
        one.tie.opened()
    }

    /// What they would see, before they say yes.
    fn offered(&self, one: &Supported) -> Vec<String> {
        let scope = one.tie.scope();
        let parts = [(scope.sessions, "sessions"), (scope.reminders, "reminders"), (scope.crisis, "crisis")];
        parts.into_iter().filter(|(open, _)| *open).map(|(_, part)| self.ui.t(&format!("supporters-offered-{part}"))).collect()
    }

    fn first_name<'a>(&self, one: &'a Supported) -> &'a str {
        one.tie.name.split_whitespace().next().unwrap_or(&one.tie.name)
    }

    fn hour(&self, hour: &QuietHour) -> String {
        let (language, zone) = (self.ui.language, &self.me.zone);
        format!("{} · {}", when::day(language, hour.starts_at, zone), when::span(language, hour.starts_at, hour.minutes, zone))
    }

    fn language(&self) -> &str {
        if self.typed.language.is_empty() { self.ui.lang() } else { &self.typed.language }
    }
}

async fn show(house: &House, ui: Ui, me: Me, typed: Typed, note: Option<String>, trouble: Option<&'static str>) -> Result<Response, Fault> {
    let mut mine = Vec::new();
    for tie in family::supporters_of(&house.db, me.id).await?.into_iter().filter(|tie| tie.ended_at.is_none()) {
        mine.push(Supporter { called: queries::called(house, &tie).await, tie });
    }
    let mut theirs = Vec::new();
    for tie in family::supported_by(&house.db, me.id).await? {
        theirs.push(supported(house, tie).await?);
    }
    let note = match note {
        Some(typed) => typed,
        None => queries::note(house, me.id).await?,
    };
    let status = if trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    render_status(&SupportersPage { ui, me, mine, theirs, note, typed, trouble }, status)
}

async fn supported(house: &House, tie: Tie) -> Result<Supported, Fault> {
    let (open, now) = (tie.opened(), house.clock.now());
    let note = if open.crisis { queries::note(house, tie.member_id).await? } else { String::new() };
    let quiet = if open.reminders { family::quiet_hours(&house.db, tie.member_id, now, now.plus(QUIET_AHEAD)).await? } else { Vec::new() };
    Ok(Supported { tie, note, quiet })
}

pub async fn page(State(house): State<House>, ui: Ui, me: Me) -> Result<Response, Fault> {
    show(&house, ui, me, Typed { sessions: Some("on".into()), ..Typed::default() }, None, None).await
}

/// A name and an address that can be read, and something that is opened to somebody else.
async fn checked(house: &House, me: &Me, typed: &Typed) -> Result<Result<String, &'static str>, Fault> {
    if me.role != Role::Member {
        return Ok(Err("supporters-members-only"));
    }
    let Some(email) = accounts::email(&typed.email) else { return Ok(Err("people-email-unreadable")) };
    if accounts::name(&typed.name).is_none() {
        return Ok(Err("people-name-unfit"));
    }
    let own = queries::by_email(&house.db, &email).await? == Some(me.id);
    let others = family::supporters_of(&house.db, me.id).await?.iter().filter(|tie| tie.ended_at.is_none()).count();
    Ok(match rules::fits(own, typed.scope(), others) {
        Ok(()) => Ok(email),
        Err(Unfit::Oneself) => Err("supporters-oneself"),
        Err(Unfit::NothingOpened) => Err("supporters-nothing-opened"),
        Err(Unfit::TooMany) => Err("supporters-many"),
    })
}

/// The page says the same whether or not that address has an account here.
pub async fn invite(State(house): State<House>, ui: Ui, me: Me, Form(typed): Form<Typed>) -> Result<Response, Fault> {
    let email = match checked(&house, &me, &typed).await? {
        Ok(email) => email,
        Err(trouble) => return show(&house, ui, me, typed, None, Some(trouble)).await,
    };
    let subjects = [format!("supporter {}", me.id)];
    if accounts::too_many_tries(&house.db, &subjects, house.clock.now()).await? {
        return show(&house, ui, me, typed, None, Some("supporters-slowly")).await;
    }
    let id = random_id();
    let called_sealed = queries::seal_called(&house, id, me.id, typed.name.trim()).await?;
    let tx = house.db.write().await?;
    accounts::note_try(&tx, &subjects, house.clock.now()).await?;
    let (supporter, is_new) = account(&house, &tx, &typed, &email).await?;
    let asked = Asked { id, member: me.id, supporter, scope: typed.scope(), called_sealed };
    if !queries::ask(&tx, asked, house.clock.now()).await? {
        drop(tx);
        return show(&house, ui, me, typed, None, Some("supporters-already")).await;
    }
    if is_new {
        accounts::invite(&house, &tx, supporter, "supporter").await?;
    } else {
        let mail = Mail { to: supporter, kind: "supporter-asked".into(), path: "/supporters".into() };
        mail::later(&house, &tx, &format!("supporter/{id}"), &mail, house.clock.now()).await?;
    }
    tx.commit(Deed::new(me.id, "supporter.ask", format!("supporter/{id}"))).await?;
    Ok(Redirect::to("/supporters").into_response())
}

/// Whoever has that address, or a new account that may do nothing but this.
async fn account(house: &House, tx: &Tx, typed: &Typed, email: &str) -> Result<(i64, bool), Fault> {
    if let Some(known) = queries::by_email(tx, email).await? {
        return Ok((known, false));
    }
    let (zone, language) = (house.practice().zone, Language::parse(&typed.language));
    let new = New { name: typed.name.trim(), email, role: Role::Family, zone: &zone, language };
    let added = accounts::add(tx, &new, house.clock.now()).await?;
    Ok((added.ok_or_else(|| Fault::Other("an address came between"))?, true))
}

pub async fn scope(State(house): State<House>, ui: Ui, me: Me, Path(tie): Path<i64>, Form(typed): Form<Typed>) -> Result<Response, Fault> {
    let Some(one) = family::supporters_of(&house.db, me.id).await?.into_iter().find(|one| one.id == tie) else { return Ok(not_found()) };
    if typed.scope().is_empty() {
        return show(&house, ui, me, Typed::default(), None, Some("supporters-nothing-left")).await;
    }
    let tx = house.db.write().await?;
    if !queries::open(&tx, tie, me.id, typed.scope()).await? {
        return Ok(not_found());
    }
    if !typed.scope().sessions {
        end_seats(&house, &tx, &one).await?;
    }
    tx.commit(Deed::new(me.id, "supporter.scope", format!("supporter/{tie}"))).await?;
    Ok(Redirect::to("/supporters").into_response())
}

/// Ends the seats in family sessions, and asks an open room to read that.
async fn end_seats(house: &House, tx: &Tx, tie: &Tie) -> Result<(), Fault> {
    family::end_seats(tx, tie.member_id, tie.supporter_id, house.clock.now()).await?;
    jobs::later(tx, family::NEWS, &random_id().to_string(), &tie.member_id.to_string(), house.clock.now()).await
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Answer {
    pub agrees: String,
}

pub async fn answer(
    State(house): State<House>,
    ui: Ui,
    me: Me,
    Path(tie): Path<i64>,
    Form(answer): Form<Answer>,
) -> Result<Response, Fault> {
    if !family::supported_by(&house.db, me.id).await?.iter().any(|one| one.id == tie) {
        return Ok(not_found());
    }
    let now = house.clock.now();
    let tx = house.db.write().await?;
    let taken = match answer.agrees.as_str() {
        "yes" => queries::agree(&tx, tie, me.id, now).await?,
        "no" => queries::end(&tx, tie, me.id, now).await?,
        _ => false,
    };
    if !taken {
        drop(tx);
        return show(&house, ui, me, Typed::default(), None, Some("supporters-unreadable")).await;
    }
    tx.commit(Deed::new(me.id, "supporter.answer", format!("supporter/{tie}"))).await?;
    Ok(Redirect::to("/supporters").into_response())
}

pub async fn end(State(house): State<House>, me: Me, Path(tie): Path<i64>) -> Result<Response, Fault> {
    let now = house.clock.now();
    let both = [family::supporters_of(&house.db, me.id).await?, family::supported_by(&house.db, me.id).await?].concat();
    let Some(one) = both.into_iter().find(|one| one.id == tie) else { return Ok(not_found()) };
    let tx = house.db.write().await?;
    if queries::end(&tx, tie, me.id, now).await? {
        end_seats(&house, &tx, &one).await?;
        tx.commit(Deed::new(me.id, "supporter.end", format!("supporter/{tie}"))).await?;
    }
    Ok(Redirect::to("/supporters").into_response())
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Note {
    pub text: String,
}

pub async fn note(State(house): State<House>, ui: Ui, me: Me, Form(note): Form<Note>) -> Result<Response, Fault> {
    let text = note.text.replace("\r\n", "\n");
    let unseen = |c: char| c.is_control() && c != '\n';
    let trouble = if me.role != Role::Member {
        Some("supporters-members-only")
    } else if text.chars().count() > NOTE_CHARS || text.chars().any(unseen) {
        Some("supporters-note-long")
    } else {
        None
    };
    if trouble.is_some() {
        return show(&house, ui, me, Typed::default(), Some(text), trouble).await;
    }
    let sealed = queries::seal_note(&house, me.id, text.trim()).await?;
    let tx = house.db.write().await?;
    queries::keep_note(&tx, me.id, sealed, house.clock.now()).await?;
    tx.commit(Deed::new(me.id, "supporter.note", format!("person/{}", me.id))).await?;
    Ok(Redirect::to("/supporters").into_response())
}

#[cfg(test)]
mod tests {
    use ground::Moment;

    use super::*;

    fn tie(agreed: bool) -> Tie {
        Tie {
            id: 4,
            member_id: 7,
            supporter_id: 9,
            name: "Rosa <b>".into(),
            sessions: 1,
            reminders: 1,
            crisis: 1,
            called_sealed: Vec::new(),
            asked_at: Moment(1),
            agreed_at: agreed.then_some(Moment(2)),
            ended_at: None,
        }
    }

    fn page(language: Language, role: Role, agreed: bool) -> SupportersPage {
        let ui = Ui::sample(language, Some(role));
        let quiet = vec![QuietHour { starts_at: Moment(1_789_000_000_000_000), minutes: 90 }];
        SupportersPage {
            me: ui.me.clone().unwrap(),
            mine: vec![Supporter { tie: tie(agreed), called: "My mother & Erik".into() }],
            theirs: vec![Supported { tie: tie(agreed), note: "Stay with me <i>".into(), quiet }],
            note: "What I wrote".into(),
            typed: Typed { name: "Typed".into(), email: "odd".into(), ..Typed::default() },
            trouble: Some("people-email-unreadable"),
            ui,
        }
    }

    #[test]
    fn a_member_reads_who_supports_them_and_keeps_what_was_typed() {
        for language in Language::ALL {
            let page = page(language, Role::Member, true);
            let html = page.render().unwrap();
            assert!(html.contains("My mother &#38; Erik") && html.contains("Stay with me &#60;i&#62;"), "{html}");
            assert!(html.contains("value=\"odd\"") && html.contains("What I wrote") && html.contains(&page.ui.t("supporters-agreed")));
        }
    }

    #[test]
    fn a_supporter_is_asked_first_and_never_shown_a_form_to_invite() {
        for language in Language::ALL {
            let page = page(language, Role::Family, false);
            let html = page.render().unwrap();
            assert!(html.contains("/supporters/4/answer") && html.contains(&page.ui.t("supporters-offered-crisis")));
            assert!(!html.contains("name=\"email\"") && !html.contains("What I wrote"));
            assert!(html.contains(&page.ui.t("supporters-title-theirs")), "they support somebody, nobody them");
            let nobody = SupportersPage { mine: vec![], theirs: vec![], trouble: None, ..page };
            assert!(nobody.render().unwrap().contains(&nobody.ui.t("supporters-nobody")));
        }
    }
}
