//! The office's side: what the law says about this record, closing an account, declining, destroying.

use askama::Template;
use axum::{
    Form,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use care::retention::{self, Rule as Kept};
use ground::{
    Deed, Fault, House, Me, Role, Ui,
    mail::{self, Stranger, Words},
    not_found, random_id, render, sign_in,
    web::render_status,
    when,
};
use jiff::civil::Date;
use serde::Deserialize;

use super::queries::{self, Destroyed, Destruction, Request, Standing};

const REPLY_CHARS: usize = 1_000;
/// A decision that stands for years in the list says more than a word.
const DECIDED_LEAST: usize = 10;

/// What stands between a wish and its destruction; each is the key of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Bar {
    Held,
    Sits,
    Task,
    /// A rule keeps it until this day.
    Until(Date),
}

impl Bar {
    fn words(&self, ui: &Ui) -> String {
        match self {
            Bar::Held => ui.t("deletion-held"),
            Bar::Sits => ui.t("deletion-sits"),
            Bar::Task => ui.t("deletion-task"),
            Bar::Until(day) => ui.t1("deletion-until", "day", when::on(ui.language, *day) + ", " + &day.year().to_string()),
        }
    }
}

/// What the law and the house say about one record today.
#[derive(Debug, Clone)]
pub struct Verdict {
    pub bars: Vec<Bar>,
    pub rule: Option<Kept>,
    pub last_entry: Date,
}

fn verdict(request: &Request, standing: &Standing, rule: Option<Kept>, zone: &str, today: Date) -> Verdict {
    let last_entry = standing.last_entry.in_zone(zone).date();
    let free = rule.as_ref().map(|rule| rule.free_from(last_entry, standing.minor_since.map(|at| at.in_zone(zone).date())));
    let bars = [
        (request.held == 1).then_some(Bar::Held),
        (standing.sits > 0).then_some(Bar::Sits),
        (standing.tasks > 0).then_some(Bar::Task),
        free.filter(|day| *day > today).map(Bar::Until),
    ];
    Verdict { bars: bars.into_iter().flatten().collect(), rule, last_entry }
}

#[derive(Template)]
#[template(path = "my_data/deletions.html")]
pub struct DeletionsPage {
    pub ui: Ui,
    pub zone: String,
    pub all: Vec<Request>,
    pub destroyed: Vec<Destroyed>,
}

impl DeletionsPage {
    fn asked(&self, request: &Request) -> String {
        when::day(self.ui.language, request.asked_at, &self.zone)
    }

    fn outcome(&self, request: &Request) -> String {
        self.ui.t(&format!("deletion-outcome-{}", request.outcome.replace('_', "-")))
    }

    fn when(&self, one: &Destroyed) -> String {
        when::date(one.destroyed_at, &self.zone)
    }
}

#[derive(Template)]
#[template(path = "my_data/deletion.html")]
pub struct DeletionPage {
    pub ui: Ui,
    pub request: Request,
    pub words: String,
    pub places: Vec<String>,
    pub verdict: Verdict,
    pub typed: Typed,
    pub trouble: Option<&'static str>,
}

impl DeletionPage {
    fn bars(&self) -> Vec<String> {
        self.verdict.bars.iter().map(|bar| bar.words(&self.ui)).collect()
    }

    fn last_entry(&self) -> String {
        self.verdict.last_entry.to_string()
    }

    fn may_hold(&self) -> bool {
        self.ui.me.as_ref().is_some_and(|me| me.role == Role::Administrator)
    }

    fn is_open(&self) -> bool {
        self.request.is_waiting()
    }

    fn is_held(&self) -> bool {
        self.request.held == 1
    }
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    pub outcome: String,
    pub reply: String,
    /// Who decided, where no rule is known.
    pub decided: String,
    /// The number of the record, typed once more before it is destroyed.
    pub number: String,
}

pub async fn all(State(house): State<House>, ui: Ui, me: Me) -> Result<Response, Fault> {
    let (all, destroyed) = (queries::requests(&house.db).await?, queries::destroyed(&house.db).await?);
    render(&DeletionsPage { ui, zone: me.zone, all, destroyed })
}

async fn looked_at(house: &House, request: &Request) -> Result<Option<(Verdict, Vec<String>)>, Fault> {
    let Some(standing) = queries::standing(&house.db, request.person_id).await? else { return Ok(None) };
    let places = queries::places(&house.db, request.person_id).await?;
    let zone = house.practice().zone;
    let today = house.clock.now().in_zone(&zone).date();
    let rule = retention::shipped()?.strictest(&places).cloned();
    Ok(Some((verdict(request, &standing, rule, &zone, today), places)))
}

async fn show(house: &House, ui: Ui, request: Request, typed: Typed, trouble: Option<&'static str>) -> Result<Response, Fault> {
    let Some((verdict, places)) = looked_at(house, &request).await? else { return Ok(not_found()) };
    let words = queries::texts(house, &request).await?.0;
    let status = if trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    render_status(&DeletionPage { ui, request, words, places, verdict, typed, trouble }, status)
}

pub async fn one(State(house): State<House>, ui: Ui, Path(id): Path<i64>) -> Result<Response, Fault> {
    let Some(request) = queries::request(&house.db, id).await? else { return Ok(not_found()) };
    let page = show(&house, ui, request, Typed::default(), None).await;
    unless_gone(&house, id, page).await
}

/// Somebody may destroy the record while another looks at it or decides: then nothing opens any more, and there is nothing left to say.
async fn unless_gone(house: &House, id: i64, answer: Result<Response, Fault>) -> Result<Response, Fault> {
    if answer.is_err() && queries::request(&house.db, id).await?.is_none() {
        return Ok(not_found());
    }
    answer
}

pub async fn hold(State(house): State<House>, me: Me, Path(id): Path<i64>) -> Result<Response, Fault> {
    let Some(request) = queries::request(&house.db, id).await? else { return Ok(not_found()) };
    let tx = house.db.write().await?;
    queries::hold(&tx, request.person_id, me.id, house.clock.now()).await?;
    tx.commit(Deed::new(me.id, "record.hold", format!("person/{}", request.person_id))).await?;
    Ok(Redirect::to(&format!("/deletions/{id}")).into_response())
}

fn problem(typed: &Typed, request: &Request, verdict: &Verdict) -> Option<&'static str> {
    match typed.outcome.as_str() {
        _ if typed.reply.chars().count() > REPLY_CHARS => Some("goal-too-long"),
        "closed" if request.outcome == "closed" => Some("deletion-closed-already"),
        "closed" if verdict.bars.contains(&Bar::Sits) => Some("deletion-sits"),
        "closed" if verdict.bars.contains(&Bar::Task) => Some("deletion-task"),
        "closed" => None,
        "declined" => typed.reply.trim().is_empty().then_some("deletion-reply-missing"),
        "destroyed" if !verdict.bars.is_empty() => Some("deletion-barred"),
        "destroyed" if verdict.rule.is_none() && typed.decided.trim().chars().count() < DECIDED_LEAST => Some("deletion-decided-missing"),
        "destroyed" if typed.number.trim() != request.person_id.to_string() => Some("deletion-number"),
        "destroyed" => None,
        _ => Some("deletion-choose"),
    }
}

pub async fn decide(State(house): State<House>, ui: Ui, me: Me, Path(id): Path<i64>, Form(typed): Form<Typed>) -> Result<Response, Fault> {
    let answer = decided(&house, ui, me, id, typed).await;
    unless_gone(&house, id, answer).await
}

async fn decided(house: &House, ui: Ui, me: Me, id: i64, typed: Typed) -> Result<Response, Fault> {
    let Some(request) = queries::request(&house.db, id).await?.filter(Request::is_waiting) else { return Ok(not_found()) };
    let Some((verdict, _)) = looked_at(house, &request).await? else { return Ok(not_found()) };
    if let Some(trouble) = problem(&typed, &request, &verdict) {
        return show(house, ui, request, typed, Some(trouble)).await;
    }
    let reply = queries::seal(house, request.person_id, "reply", id, typed.reply.trim()).await?;
    let (tx, now, person) = (house.db.write().await?, house.clock.now(), request.person_id);
    if !queries::decide(&tx, id, &typed.outcome, reply, me.id, now).await? {
        return Ok(not_found());
    }
    if typed.outcome != "declined" {
        queries::close(&tx, person, now).await?;
        sign_in::revoke_all(&tx, person, now).await?;
        mail::later_to_stranger(house, &tx, &format!("deletion/{id}/{}", typed.outcome), &goodbye(house, &request), now).await?;
    }
    if typed.outcome == "destroyed" {
        let rule = verdict.rule.as_ref().map_or("", |rule| rule.source.as_str());
        let last_entry_day = verdict.last_entry.to_string();
        let done = Destruction { id: random_id(), person, by: me.id, last_entry_day: &last_entry_day, rule, decided: typed.decided.trim() };
        queries::destroy(&tx, &done, now).await?;
    }
    tx.commit(Deed::new(me.id, "deletion.decide", format!("person/{person}"))).await?;
    if typed.outcome == "destroyed" {
        house.keys.forget(person);
    }
    Ok(Redirect::to("/deletions").into_response())
}

/// To an address that may be no account's any more by the time it arrives.
fn goodbye(house: &House, request: &Request) -> Stranger {
    let language = ground::Language::parse(&request.language);
    let practice = house.practice();
    let parts = [("practice", practice.name), ("phone", practice.phone)];
    let words = Words {
        subject: language.say("deletion-subject", &parts),
        text: language.say("deletion-mail", &parts),
        link: house.config.public_url.clone(),
        button: language.say("deletion-button", &parts),
        after: String::new(),
        unsubscribe: None,
    };
    Stranger { email: request.email.clone(), language: request.language.clone(), words }
}

#[cfg(test)]
mod tests {
    use ground::{Language, Moment};
    use jiff::civil::date;

    use super::*;

    const TODAY: Date = date(2026, 11, 26);

    fn at(day: Date) -> Moment {
        Moment(day.to_zoned(jiff::tz::TimeZone::UTC).unwrap().timestamp().as_microsecond())
    }

    fn rule() -> Option<Kept> {
        retention::shipped().unwrap().of("NY").cloned()
    }

    fn free() -> Standing {
        Standing { last_entry: at(date(2020, 1, 1)), minor_since: None, sits: 0, tasks: 0 }
    }

    fn said(standing: Standing, rule: Option<Kept>, held: i64) -> Verdict {
        verdict(&Request { held, ..Request::sample() }, &standing, rule, "UTC", TODAY)
    }

    #[test]
    fn each_thing_that_stands_in_the_way_is_named() {
        assert_eq!(said(free(), rule(), 0).bars, []);
        assert_eq!(said(free(), rule(), 1).bars, [Bar::Held]);
        assert_eq!(said(Standing { sits: 2, tasks: 1, ..free() }, rule(), 0).bars, [Bar::Sits, Bar::Task]);
        let lately = Standing { last_entry: at(date(2024, 2, 1)), ..free() };
        assert_eq!(said(lately, rule(), 0).bars, [Bar::Until(date(2030, 2, 1))]);
        let minor = Standing { minor_since: Some(at(date(2019, 1, 1))), ..free() };
        assert_eq!(said(minor, rule(), 0).bars, [Bar::Until(date(2028, 1, 1))], "nine years after somebody of thirteen came");
        assert_eq!(said(lately, None, 0).bars, [], "where nobody has read a rule, the practice decides");
        let on_the_day = Standing { last_entry: at(date(2020, 11, 26)), ..free() };
        assert_eq!(said(on_the_day, rule(), 0).bars, [], "on the day itself it is free");
    }

    #[test]
    fn nothing_is_decided_by_half() {
        let request = Request::sample();
        let typed = |outcome: &str| Typed { outcome: outcome.into(), number: "42".into(), ..Typed::default() };
        let open = said(free(), rule(), 0);
        let unknown = said(free(), None, 0);
        let sits = said(Standing { sits: 1, ..free() }, rule(), 0);
        for (given, verdict, wanted) in [
            (typed(""), &open, Some("deletion-choose")),
            (typed("declined"), &open, Some("deletion-reply-missing")),
            (Typed { reply: "x".repeat(1_001), ..typed("declined") }, &open, Some("goal-too-long")),
            (Typed { reply: "Call us".into(), ..typed("declined") }, &open, None),
            (typed("closed"), &open, None),
            (typed("closed"), &sits, Some("deletion-sits")),
            (typed("destroyed"), &open, None),
            (typed("destroyed"), &sits, Some("deletion-barred")),
            (Typed { number: "7".into(), ..typed("destroyed") }, &open, Some("deletion-number")),
            (typed("destroyed"), &unknown, Some("deletion-decided-missing")),
            (Typed { decided: "Dr. Osei, after ten years".into(), ..typed("destroyed") }, &unknown, None),
        ] {
            assert_eq!(problem(&given, &request, verdict), wanted, "{given:?}");
        }
        let closed = Request { outcome: "closed".into(), ..request };
        assert_eq!(problem(&typed("closed"), &closed, &open), Some("deletion-closed-already"));
    }

    #[test]
    fn the_pages_render_barred_and_free_with_nothing_and_with_much() {
        for language in Language::ALL {
            let ui = Ui::sample(language, Some(Role::Administrator));
            for (verdict, destroys) in [(said(free(), rule(), 0), true), (said(Standing { sits: 1, ..free() }, None, 1), false)] {
                let typed = Typed { reply: "Kept <reply>".into(), ..Typed::default() };
                let (words, places, trouble) = ("Please <go>".to_owned(), vec!["NY".to_owned()], Some("deletion-choose"));
                let held = i64::from(!destroys);
                let page =
                    DeletionPage { ui: ui.clone(), request: Request { held, ..Request::sample() }, words, places, verdict, typed, trouble };
                let html = page.render().unwrap();
                assert!(html.contains("Kept &#60;reply&#62;") && html.contains("Please &#60;go&#62;"));
                assert_eq!(html.contains("value=\"destroyed\""), destroys);
            }
            for many in [0, 60] {
                let one = Destroyed {
                    person_id: 42,
                    destroyed_at: Moment(0),
                    by: "Car<ol".into(),
                    last_entry_day: "2020-01-01".into(),
                    rule: "NY".into(),
                    decided: String::new(),
                };
                let page =
                    DeletionsPage { ui: ui.clone(), zone: "UTC".into(), all: vec![Request::sample(); many], destroyed: vec![one; many] };
                let html = page.render().unwrap();
                assert_eq!((html.matches("Car&#60;ol").count(), html.matches("/deletions/9\"").count()), (many, many));
            }
        }
    }
}
