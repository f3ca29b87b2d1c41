//! The way to a seat as its person sees it: where they stand, what comes next, and every way out.

use askama::Template;
use axum::{
    Form,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use care::enrolment::{AFTER_CALL, Ended, Place, Step};
use ground::{Deed, Fault, House, Me, Moment, Ui, not_found, render, web::render_status, when};
use serde::Deserialize;

use super::{
    line,
    queries::{self, Application, CallSlot},
};
use crate::{
    guardian::{self, Standing},
    money,
    seats::NoSeat,
};

/// A decision stays on the page so long.
const RECENT: std::time::Duration = std::time::Duration::from_secs(60 * 86_400);

/// One application with what its person needs to go on.
#[derive(Debug, Clone)]
pub struct Mine {
    pub application: Application,
    pub ahead: i64,
    pub slots: Vec<CallSlot>,
    pub words: String,
    pub code: money::Standing,
}

#[derive(Template)]
#[template(path = "enrolment/mine.html")]
pub struct MinePage {
    pub ui: Ui,
    pub zone: String,
    pub all: Vec<Mine>,
    /// The application a discount code was typed for, and that code.
    pub typed: (i64, String),
    /// For somebody under 18: where the consent stands, and whom they typed.
    pub guardian: Option<Standing>,
    pub named: guardian::Typed,
    pub trouble: Option<&'static str>,
}

/// What the first page after signing in says about it; empty when there is nothing.
#[derive(Template)]
#[template(path = "enrolment/open.html")]
pub struct OpenPart {
    pub ui: Ui,
    pub open: Vec<Application>,
}

impl OpenPart {
    fn next(&self, application: &Application) -> String {
        self.ui.t(next_key(application))
    }
}

/// The sentence of what comes next.
fn next_key(application: &Application) -> &'static str {
    match (application.step(), application.place()) {
        (Step::Screening, Place::None) => "mine-next-keep",
        (Step::Screening, _) => "mine-next-screening",
        (Step::Call, _) => "mine-next-call",
        (Step::Talk, _) => "mine-next-talk",
        (Step::Accepted, Place::Offered | Place::Held) => "mine-next-offer",
        (Step::Accepted, _) => "mine-next-line",
        (Step::Closed, _) => match application.ended.as_str() {
            "seated" => "mine-seated",
            "not_now" => "mine-not-now",
            _ => "mine-lapsed",
        },
    }
}

impl MinePage {
    /// The application whose page asks for a guardian.
    fn asks_guardian(&self) -> Option<i64> {
        self.guardian.as_ref().filter(|consent| consent.asks())?;
        self.all.iter().map(|mine| &mine.application).find(|one| !matches!(one.step(), Step::Screening | Step::Closed)).map(|one| one.id)
    }

    /// Their guardian may still answer: no clock runs against them, and a yes of their own would be too early.
    fn waits_for_guardian(&self) -> bool {
        self.guardian.as_ref().is_some_and(Standing::waits)
    }

    fn asks_code(&self, mine: &Mine) -> bool {
        mine.code == money::Standing::Open
    }

    fn used_code<'a>(&self, mine: &'a Mine) -> Option<&'a str> {
        if let money::Standing::Used(code) = &mine.code { Some(code) } else { None }
    }

    fn typed_code(&self, mine: &Mine) -> &str {
        if self.typed.0 == mine.application.id { &self.typed.1 } else { "" }
    }

    fn next(&self, mine: &Mine) -> String {
        let key = next_key(&mine.application);
        // Nobody is asked whether they would like what they may not say yes to yet.
        self.ui.t(if key == "mine-next-offer" && self.waits_for_guardian() { "mine-next-guardian" } else { key })
    }

    fn when(&self, at: &Moment) -> String {
        when::moment(self.ui.language, *at, &self.zone)
    }

    /// "A seat is kept for you until …", "There are two people before you".
    fn place(&self, mine: &Mine) -> Option<String> {
        if self.waits_for_guardian() && mine.application.place().counts() {
            return Some(self.ui.t("mine-held-guardian"));
        }
        match (mine.application.place(), mine.application.hold_ends_at) {
            (Place::Held, Some(end)) => Some(self.ui.t1("mine-held", "when", self.when(&end))),
            (Place::Offered, Some(end)) => Some(self.ui.t1("mine-offered", "when", self.when(&end))),
            (Place::Waiting, _) if mine.ahead == 0 => Some(self.ui.t("mine-first-in-line")),
            (Place::Waiting, _) => Some(self.ui.t1("mine-ahead", "count", mine.ahead)),
            _ => None,
        }
    }

    /// The four steps and whether each is done, now or later.
    fn steps(&self, mine: &Mine) -> Vec<(&'static str, String)> {
        let now = mine.application.step();
        let state = |step: Step| if step < now { "done" } else { "later" };
        let all = Step::OPEN.map(|step| {
            let state = if step == now { "now" } else { state(step) };
            (state, self.ui.t(&format!("mine-step-{}", step.word())))
        });
        all.to_vec()
    }

    fn is_current(&self, state: &str) -> bool {
        state == "now"
    }

    fn is(&self, mine: &Mine, word: &str) -> bool {
        let (step, place) = (mine.application.step(), mine.application.place());
        match word {
            "unkept" => step == Step::Screening && place == Place::None,
            "screening" => step == Step::Screening && place != Place::None,
            "call" => step == Step::Call,
            "talk" => step == Step::Talk,
            "offer" => step == Step::Accepted && place.counts(),
            _ => step != Step::Closed,
        }
    }
}

async fn page(house: &House, ui: Ui, me: &Me, trouble: Option<&'static str>) -> Result<Response, Fault> {
    page_with(house, ui, me, Kept::default(), trouble).await
}

/// What was typed, to be kept on the page.
#[derive(Default)]
struct Kept {
    code: (i64, String),
    named: guardian::Typed,
}

/// The page again after a guardian could not be asked.
pub(crate) async fn with_guardian(
    house: &House,
    ui: Ui,
    me: &Me,
    named: guardian::Typed,
    trouble: &'static str,
) -> Result<Response, Fault> {
    page_with(house, ui, me, Kept { named, ..Kept::default() }, Some(trouble)).await
}

/// The page again after a discount code that is not valid.
pub(crate) async fn with_code(house: &House, ui: Ui, me: &Me, typed: (i64, String), trouble: &'static str) -> Result<Response, Fault> {
    page_with(house, ui, me, Kept { code: typed, ..Kept::default() }, Some(trouble)).await
}

async fn page_with(house: &House, ui: Ui, me: &Me, kept: Kept, trouble: Option<&'static str>) -> Result<Response, Fault> {
    let now = house.clock.now();
    let mut all = Vec::new();
    for application in queries::mine(&house.db, me.id, now.minus(RECENT)).await? {
        let chooses = matches!(application.step(), Step::Call | Step::Talk);
        let slots = if chooses { queries::free_slots(&house.db, application.group_id, now).await? } else { Vec::new() };
        let ahead = queries::ahead_of(&house.db, application.id).await?;
        let words = queries::words(house, &application).await?;
        let code = money::standing(house, application.id, &application.step, &application.ended).await?;
        all.push(Mine { application, ahead, slots, words, code });
    }
    let status = if trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let guardian = guardian::of(house, &house.db, me.id).await?;
    let page = MinePage { ui, zone: me.zone.clone(), all, typed: kept.code, guardian, named: kept.named, trouble };
    render_status(&page, status)
}

pub async fn all(State(house): State<House>, ui: Ui, me: Me) -> Result<Response, Fault> {
    page(&house, ui, &me, None).await
}

pub async fn open(State(house): State<House>, ui: Ui, me: Me) -> Result<Response, Fault> {
    let mut open = queries::mine(&house.db, me.id, house.clock.now()).await?;
    open.retain(|application| application.step() != Step::Closed);
    render(&OpenPart { ui, open })
}

/// Come in by the mail: from now on a seat is kept.
pub async fn keep_seat(State(house): State<House>, me: Me, Path(application): Path<i64>) -> Result<Response, Fault> {
    let tx = house.db.write().await?;
    let Some(application) = queries::my_one(&tx, me.id, application).await? else { return Ok(not_found()) };
    if application.step() == Step::Screening && application.place() == Place::None {
        line::keep_place(&house, &tx, &application).await?;
        tx.commit(Deed::new(me.id, "application.keep_seat", format!("application/{}", application.id))).await?;
    }
    Ok(Redirect::to(&format!("/applications/{}/screening", application.id)).into_response())
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Choice {
    pub slot: String,
    pub answer: String,
}

pub async fn choose_call(
    State(house): State<House>,
    ui: Ui,
    me: Me,
    Path(application): Path<i64>,
    Form(choice): Form<Choice>,
) -> Result<Response, Fault> {
    let now = house.clock.now();
    let tx = house.db.write().await?;
    let Some(application) = queries::my_one(&tx, me.id, application).await? else { return Ok(not_found()) };
    if !matches!(application.step(), Step::Call | Step::Talk) {
        return Ok(Redirect::to("/applications").into_response());
    }
    let slot = choice.slot.parse().unwrap_or(0);
    let Some(end) = queries::take_slot(&tx, slot, &application, now).await? else {
        drop(tx);
        return page(&house, ui, &me, Some("mine-slot-gone")).await;
    };
    queries::set_step(&tx, application.id, Step::Talk, now).await?;
    if application.place().counts() {
        line::keep_until(&house, &tx, &application, Place::Held, end.plus(AFTER_CALL)).await?;
    }
    if let Some(leader) = queries::holder_of(&tx, slot).await? {
        line::tell(&house, &tx, leader, "call-booked").await?;
    }
    line::tell(&house, &tx, me.id, "call-booked").await?;
    tx.commit(Deed::new(me.id, "application.choose_call", format!("application/{}", application.id))).await?;
    Ok(Redirect::to("/applications").into_response())
}

/// Yes or no to an offered seat.
pub async fn answer(
    State(house): State<House>,
    ui: Ui,
    me: Me,
    Path(application): Path<i64>,
    Form(choice): Form<Choice>,
) -> Result<Response, Fault> {
    let tx = house.db.write().await?;
    let Some(application) = queries::my_one(&tx, me.id, application).await? else { return Ok(not_found()) };
    let is_over = application.hold_ends_at.is_some_and(|end| end <= house.clock.now());
    if application.step() != Step::Accepted || !application.place().counts() || is_over {
        drop(tx);
        return page(&house, ui, &me, Some("mine-offer-over")).await;
    }
    if choice.answer != "yes" {
        line::end(&house, &tx, &application, Ended::Withdrawn).await?;
        tx.commit(Deed::new(me.id, "application.decline", format!("application/{}", application.id))).await?;
        return Ok(Redirect::to("/applications").into_response());
    }
    let first = queries::group(&tx, application.group_id).await?.and_then(|group| line::first_session(&group));
    let trouble = match first {
        Some(first) => match line::seat(&house, &tx, &application, first).await? {
            Ok(()) => None,
            Err(NoSeat::Guardian) => Some("mine-guardian-first"),
            Err(_) => Some("mine-offer-over"),
        },
        None => Some("mine-offer-over"),
    };
    if trouble.is_some() {
        drop(tx);
        return page(&house, ui, &me, trouble).await;
    }
    tx.commit(Deed::new(me.id, "application.accept", format!("application/{}", application.id))).await?;
    Ok(Redirect::to(&format!("/groups/{}", application.group_id)).into_response())
}

pub async fn withdraw(State(house): State<House>, me: Me, Path(application): Path<i64>) -> Result<Response, Fault> {
    let tx = house.db.write().await?;
    let Some(application) = queries::my_one(&tx, me.id, application).await? else { return Ok(not_found()) };
    if application.step() != Step::Closed {
        line::end(&house, &tx, &application, Ended::Withdrawn).await?;
        tx.commit(Deed::new(me.id, "application.withdraw", format!("application/{}", application.id))).await?;
    }
    Ok(Redirect::to("/applications").into_response())
}

#[cfg(test)]
pub mod tests {
    use care::guardian::State;
    use ground::{Language, Role};

    use super::*;

    pub fn sample(step: Step, place: Place) -> Application {
        Application {
            id: 5,
            person_id: 7,
            name: "Ada Nowak".into(),
            group_id: 3,
            group_name: "Steady & Ground".into(),
            kind: "process".into(),
            zone: "America/New_York".into(),
            step: step.word().into(),
            place: place.word().into(),
            ended: if step == Step::Closed { "not_now".into() } else { String::new() },
            residence: "NY".into(),
            asked_at: Moment(0),
            step_at: Moment(0),
            hold_ends_at: Some(Moment(1_780_000_000_000_000)),
            call_at: (step == Step::Talk).then_some(Moment(1_780_000_000_000_000)),
            caller: (step == Step::Talk).then(|| "Dr. Amara Osei".into()),
        }
    }

    /// While the guardian may still answer no hour is named that would frighten, and no button is there that can only be refused.
    #[test]
    fn who_waits_for_a_guardian_is_given_no_clock() {
        let page = |language, place, state, is_over| MinePage {
            ui: Ui::sample(language, Some(Role::Member)),
            zone: "UTC".into(),
            all: vec![Mine {
                application: sample(Step::Accepted, place),
                ahead: 2,
                slots: vec![],
                words: String::new(),
                code: money::Standing::Open,
            }],
            typed: (0, String::new()),
            guardian: Some(Standing {
                person: 7,
                state,
                guardian: guardian::Guardian::default(),
                signed: guardian::Signed::default(),
                asked_at: Some(Moment(0)),
                answered_at: None,
                is_over,
            }),
            named: guardian::Typed::default(),
            trouble: None,
        };
        for language in Language::ALL {
            for (place, state, is_over, waits) in [
                (Place::Offered, State::Asked, false, true),
                (Place::Held, State::Asked, false, true),
                (Place::Offered, State::Asked, true, false),
                (Place::Offered, State::Given, false, false),
                (Place::Offered, State::Declined, false, false),
            ] {
                let html = page(language, place, state, is_over).render().unwrap();
                assert_eq!(html.contains(&language.t("mine-held-guardian")), waits, "{state:?}");
                assert_eq!(html.contains("value=\"yes\""), !waits, "{state:?}");
                assert_eq!(html.contains(&language.t("mine-next-offer")), !waits, "{state:?}");
                assert!(html.contains("value=\"no\""), "there is always a way out");
            }
            let html = page(language, Place::Waiting, State::Asked, false).render().unwrap();
            assert!(!html.contains(&language.t("mine-held-guardian")), "nothing is kept for whoever stands in the line");
        }
    }

    #[test]
    fn every_step_says_what_comes_next() {
        let slot = CallSlot {
            id: 9,
            clinician: "Dr. Amara Osei".into(),
            starts_at: Moment(1_780_000_000_000_000),
            minutes: 20,
            person: None,
            group_id: None,
            application_id: None,
        };
        for language in Language::ALL {
            let ui = Ui::sample(language, Some(Role::Member));
            for step in [Step::Screening, Step::Call, Step::Talk, Step::Accepted, Step::Closed] {
                for place in [Place::Held, Place::Offered, Place::Waiting, Place::None] {
                    for slots in [vec![], vec![slot.clone()]] {
                        let mine = Mine {
                            application: sample(step, place),
                            ahead: 2,
                            slots,
                            words: "Try <this>.".into(),
                            code: money::Standing::Open,
                        };
                        let page = MinePage {
                            ui: ui.clone(),
                            zone: "UTC".into(),
                            all: vec![mine],
                            typed: (5, "SPRING<".into()),
                            guardian: None,
                            named: guardian::Typed::default(),
                            trouble: None,
                        };
                        let html = page.render().unwrap();
                        assert!(html.contains("value=\"SPRING&#60;\""), "what was typed is kept");
                        assert!(html.contains("Steady &#38; Ground") && html.contains("Try &#60;this&#62;."));
                        let way_out = html.contains("/withdrawal") || html.contains("value=\"no\"");
                        assert_eq!(way_out, step != Step::Closed, "there is always a way out");
                        let part = OpenPart { ui: ui.clone(), open: vec![sample(step, place)] }.render().unwrap();
                        assert!(!part.contains("mine-next"), "every next step has its sentence");
                        assert_eq!(OpenPart { ui: ui.clone(), open: vec![] }.render().unwrap().trim(), "", "nothing to say takes no room");
                    }
                }
            }
            let (guardian, named) = (None, guardian::Typed::default());
            let html = MinePage {
                ui,
                zone: "UTC".into(),
                all: vec![],
                typed: (0, String::new()),
                guardian,
                named,
                trouble: Some("mine-slot-gone"),
            }
            .render()
            .unwrap();
            assert!(html.contains("/find"), "the empty page leads to the catalogue");
        }
    }
}
