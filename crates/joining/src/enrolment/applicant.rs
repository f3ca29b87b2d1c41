//! One applicant, for whoever decides: what they told, whether the law lets them in, and the decision with its next step.

use askama::Template;
use axum::{
    Form,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use care::{
    enrolment::{Ended, Place, Step},
    licensing::{self, Verdict},
    screening::{Answers, Signal},
};
use ground::{
    Deed, Fault, House, Me, Moment, Owner, Tx, Ui,
    facts::{self, GroupPlace},
    not_found,
    web::render_status,
    when,
};
use serde::Deserialize;

use super::{
    line, minor,
    queries::{self, Application, NewApplication, Open, Override},
};
use crate::{
    guardian::{self, Standing},
    seats::{self, NoSeat},
};

const WORDS_CHARS: usize = 1_000;
/// A reason of fewer letters explains nothing to whoever reads the audit.
const REASON_LEAST: usize = 15;

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Decision {
    pub outcome: String,
    pub other: String,
    pub words: String,
    pub reason: String,
}

#[derive(Template)]
#[template(path = "enrolment/applicant.html")]
pub struct ApplicantPage {
    pub ui: Ui,
    pub zone: String,
    pub application: Application,
    pub email: String,
    pub residence: String,
    pub verdict: Verdict,
    /// For somebody under 18: where the consent stands.
    pub guardian: Option<Standing>,
    pub answers: Option<Answers>,
    pub sent_at: Option<Moment>,
    pub groups: Vec<Open>,
    pub typed: Decision,
    pub trouble: Option<&'static str>,
}

impl ApplicantPage {
    fn when(&self, at: &Moment) -> String {
        when::moment(self.ui.language, *at, &self.zone)
    }

    fn step(&self) -> String {
        self.ui.t(&format!("board-step-{}", self.application.step))
    }

    fn is_open(&self) -> bool {
        self.application.step() != Step::Closed
    }

    fn place(&self) -> String {
        self.ui.t(&format!("applicant-place-{}", self.application.place))
    }

    fn kept(&self, consent: &Standing) -> Option<String> {
        minor::kept(&self.ui, &self.zone, consent, &self.application)
    }

    fn law(&self) -> &'static str {
        match self.verdict {
            Verdict::Covered => "applicant-covered",
            Verdict::Instruction => "applicant-class",
            Verdict::LetIn => "applicant-let-in",
            Verdict::Expired => "applicant-expired",
            Verdict::NotCovered | Verdict::UnknownPlace => "applicant-not-covered",
        }
    }

    fn signal(&self, answers: &Answers) -> &'static str {
        match answers.asq.signal() {
            Signal::Clear => "applicant-asq-clear",
            Signal::Open => "applicant-asq-open",
            Signal::Positive => "applicant-asq-positive",
            Signal::Acute => "applicant-asq-acute",
        }
    }

    fn named<'a>(&self, prefix: &str, words: impl IntoIterator<Item = &'a String>) -> String {
        let name = |word: &String| if prefix == "topic" { self.ui.topic(word) } else { self.ui.t(&format!("{prefix}-{word}")) };
        let names: Vec<String> = words.into_iter().map(name).collect();
        if names.is_empty() { self.ui.t("applicant-nothing-said") } else { names.join(", ") }
    }

    fn free(&self, answers: &Answers) -> String {
        let one = |(day, part): &(u8, String)| format!("{} ({})", self.ui.t(&format!("day-{day}")), self.ui.t(&format!("find-{part}")));
        answers.free.iter().map(one).collect::<Vec<_>>().join(", ")
    }
}

/// Opening the page is reading a record, and stands in the audit book.
pub async fn one(State(house): State<House>, ui: Ui, me: Me, Path((group, application)): Path<(i64, i64)>) -> Result<Response, Fault> {
    let Some(application) = queries::in_group(&house.db, group, application).await? else { return Ok(not_found()) };
    house.shows(me.id, "screening.read", format!("application/{}", application.id)).await?;
    page(&house, ui, &me, application, Decision::default(), None).await
}

async fn page(
    house: &House,
    ui: Ui,
    me: &Me,
    application: Application,
    typed: Decision,
    trouble: Option<&'static str>,
) -> Result<Response, Fault> {
    let told = queries::answers(house, application.person_id).await?;
    let (answers, sent_at) = told.map_or((None, None), |(answers, at)| (Some(answers), Some(at)));
    let mut groups = queries::groups(&house.db).await?;
    groups.retain(|group| group.id != application.group_id);
    let page = ApplicantPage {
        zone: me.zone.clone(),
        email: facts::reach(&house.db, application.person_id).await?.map(|reach| reach.email).unwrap_or_default(),
        residence: licensing::shipped()?.name(&application.residence).to_owned(),
        verdict: verdict(house, &application).await?,
        guardian: guardian::of(house, &house.db, application.person_id).await?,
        answers,
        sent_at,
        groups,
        ui,
        application,
        typed,
        trouble,
    };
    render_status(&page, if trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK })
}

async fn verdict(house: &House, application: &Application) -> Result<Verdict, Fault> {
    let place = GroupPlace { id: application.group_id, kind: &application.kind, zone: &application.zone };
    facts::verdict(house, &place, application.person_id, &application.residence).await
}

/// Accepted, another group, not now; each with its next step.
pub async fn decide(
    State(house): State<House>,
    ui: Ui,
    me: Me,
    Path((group, application)): Path<(i64, i64)>,
    Form(typed): Form<Decision>,
) -> Result<Response, Fault> {
    let Some(application) = queries::in_group(&house.db, group, application).await? else { return Ok(not_found()) };
    let words = queries::sealed_words(&house, &application, typed.words.trim()).await?;
    let trouble = match decision_trouble(&typed, &application) {
        Some(trouble) => Some(trouble),
        None if typed.outcome == "accept" && !verdict(&house, &application).await?.opens() => Some("applicant-law-first"),
        None if typed.outcome == "accept" && facts::guardian_missing(&house.db, application.person_id).await? => {
            Some("applicant-guardian-first")
        }
        None => None,
    };
    if trouble.is_some() {
        return page(&house, ui, &me, application, typed, trouble).await;
    }
    let tx = house.db.write().await?;
    // Again under the lock: two people may decide at once, and they may have withdrawn meanwhile.
    let Some(application) = queries::in_group(&tx, group, application.id).await? else { return Ok(not_found()) };
    if application.step() == Step::Closed {
        drop(tx);
        return page(&house, ui, &me, application, typed, Some("applicant-decided")).await;
    }
    queries::set_decision(&tx, application.id, me.id, words).await?;
    let trouble = match typed.outcome.as_str() {
        "accept" => accept(&house, &tx, &application).await?,
        "other" => other(&house, &tx, &application, &typed).await?,
        _ => {
            line::end(&house, &tx, &application, Ended::NotNow).await?;
            line::tell(&house, &tx, application.person_id, "seat-news").await?;
            None
        }
    };
    if trouble.is_some() {
        drop(tx);
        return page(&house, ui, &me, application, typed, trouble).await;
    }
    tx.commit(Deed::new(me.id, "application.decide", format!("application/{}", application.id))).await?;
    Ok(Redirect::to("/applicants").into_response())
}

fn decision_trouble(typed: &Decision, application: &Application) -> Option<&'static str> {
    if typed.words.chars().count() > WORDS_CHARS {
        return Some("applicant-words-long");
    }
    match typed.outcome.as_str() {
        _ if application.step() == Step::Closed => Some("applicant-decided"),
        "accept" if application.step() == Step::Screening => Some("applicant-screening-first"),
        "accept" => None,
        "other" if typed.other.is_empty() => Some("applicant-other-missing"),
        "other" => None,
        // "Not now" without a next step would leave somebody alone with a no.
        "not_now" if typed.words.trim().is_empty() => Some("applicant-words-missing"),
        "not_now" => None,
        _ => Some("applicant-outcome-missing"),
    }
}

/// A kept seat becomes theirs; without one they wait for an offer, in the order in which they asked.
async fn accept(house: &House, tx: &Tx, application: &Application) -> Result<Option<&'static str>, Fault> {
    queries::set_step(tx, application.id, Step::Accepted, house.clock.now()).await?;
    let accepted = Application { step: Step::Accepted.word().to_owned(), ..application.clone() };
    if application.place() == Place::Held {
        let Some(first) = queries::group(tx, application.group_id).await?.and_then(|group| line::first_session(&group)) else {
            return Ok(Some("seat-closed"));
        };
        let sat = line::seat(house, tx, &accepted, first).await?;
        return Ok(sat.err().map(NoSeat::key));
    }
    line::keep_place(house, tx, &accepted).await?;
    line::tell(house, tx, application.person_id, "seat-news").await?;
    Ok(None)
}

/// A seat in another group is offered, or kept in its line; the choice is theirs.
async fn other(house: &House, tx: &Tx, application: &Application, typed: &Decision) -> Result<Option<&'static str>, Fault> {
    let other: i64 = typed.other.parse().unwrap_or(0);
    let Some(group) = queries::group(tx, other).await? else { return Ok(Some("applicant-other-missing")) };
    let place = GroupPlace { id: group.id, kind: &group.kind, zone: &group.zone };
    if !facts::verdict_in(house, tx, &place, application.person_id, &application.residence).await?.opens() {
        return Ok(Some("applicant-other-law"));
    }
    if seats::is_seated(tx, group.id, application.person_id).await? {
        return Ok(Some("seats-already"));
    }
    let new = NewApplication { person: application.person_id, group: group.id, residence: &application.residence, step: Step::Accepted };
    let Some(id) = queries::make(tx, new, house.clock.now()).await? else { return Ok(Some("applicant-other-open")) };
    let Some(next) = queries::in_group(tx, group.id, id).await? else { return Ok(Some("applicant-other-missing")) };
    line::end(house, tx, application, Ended::OtherGroup).await?;
    line::keep_place(house, tx, &next).await?;
    line::tell(house, tx, application.person_id, "seat-offer").await?;
    Ok(None)
}

/// E6: only with a reason, which is kept sealed, and a line in the audit book.
pub async fn let_in(
    State(house): State<House>,
    ui: Ui,
    me: Me,
    Path((group, application)): Path<(i64, i64)>,
    Form(typed): Form<Decision>,
) -> Result<Response, Fault> {
    let Some(application) = queries::in_group(&house.db, group, application).await? else { return Ok(not_found()) };
    let length = typed.reason.trim().chars().count();
    if !(REASON_LEAST..=WORDS_CHARS).contains(&length) {
        return page(&house, ui, &me, application, typed, Some("applicant-reason-short")).await;
    }
    let row = format!("{}.{}.{}", application.person_id, application.group_id, application.residence);
    let reason = house.keys.seal(Owner::Person(application.person_id), queries::reason_spot(&row), typed.reason.trim()).await?;
    let (person, jurisdiction) = (application.person_id, application.residence.clone());
    let tx = house.db.write().await?;
    queries::let_in(&tx, Override { person, group, jurisdiction, reason, by: me.id }, house.clock.now()).await?;
    tx.commit(Deed::new(me.id, "eligibility.override", format!("group/{group}/person/{person}"))).await?;
    Ok(Redirect::to(&format!("/groups/{group}/applicants/{}", application.id)).into_response())
}

#[cfg(test)]
mod tests {
    use ground::{Language, Role};

    use super::{super::mine::tests::sample, *};

    #[test]
    fn a_no_has_a_next_step() {
        let talk = sample(Step::Talk, Place::Held);
        let trouble = |outcome: &str, words: &str| {
            decision_trouble(&Decision { outcome: outcome.into(), words: words.into(), ..Decision::default() }, &talk)
        };
        assert_eq!(trouble("not_now", " "), Some("applicant-words-missing"));
        assert_eq!(trouble("not_now", "Your doctor can refer you."), None);
        assert_eq!(trouble("accept", ""), None);
        assert_eq!(trouble("other", ""), Some("applicant-other-missing"));
        assert_eq!(trouble("", ""), Some("applicant-outcome-missing"));
        assert_eq!(trouble("accept", &"x".repeat(1_001)), Some("applicant-words-long"));
        let fresh = sample(Step::Screening, Place::Held);
        let accept = Decision { outcome: "accept".into(), ..Decision::default() };
        assert_eq!(decision_trouble(&accept, &fresh), Some("applicant-screening-first"), "nobody is seated unasked");
        assert_eq!(decision_trouble(&accept, &sample(Step::Closed, Place::None)), Some("applicant-decided"));
    }

    #[test]
    fn the_page_renders_whatever_was_told() {
        let told = Answers { brings: "a <b> c".into(), conditions: ["grief".to_owned()].into(), ..Answers::default() };
        for language in Language::ALL {
            for answers in [None, Some(told.clone())] {
                for verdict in [Verdict::Covered, Verdict::NotCovered, Verdict::LetIn, Verdict::Expired, Verdict::Instruction] {
                    let page = ApplicantPage {
                        ui: Ui::sample(language, Some(Role::Clinician)),
                        zone: "UTC".into(),
                        application: sample(Step::Talk, Place::Held),
                        email: "ada@example.org".into(),
                        residence: "California".into(),
                        verdict,
                        guardian: answers.is_some().then(|| guardian::Standing {
                            person: 7,
                            state: care::guardian::State::Asked,
                            guardian: guardian::Guardian { name: "Ruth <b>".into(), email: "ruth@example.org".into() },
                            signed: guardian::Signed::default(),
                            asked_at: Some(Moment(0)),
                            answered_at: None,
                            is_over: false,
                        }),
                        sent_at: answers.as_ref().map(|_| Moment(0)),
                        answers: answers.clone(),
                        groups: vec![],
                        typed: Decision { words: "kept <words>".into(), ..Decision::default() },
                        trouble: Some("applicant-words-missing"),
                    };
                    let html = page.render().unwrap();
                    assert!(html.contains("kept &#60;words&#62;"));
                    assert_eq!(html.contains("a &#60;b&#62; c"), answers.is_some());
                    let until = when::moment(language, Moment(1_780_000_000_000_000), "UTC");
                    assert_eq!(html.contains(&page.ui.t1("board-kept-guardian", "when", until)), answers.is_some(), "why nothing moves");
                    assert_eq!(html.contains("Ruth &#60;b&#62;") && html.contains("/of-age"), answers.is_some());
                    assert_eq!(html.contains("/override"), matches!(verdict, Verdict::NotCovered | Verdict::Expired));
                }
            }
        }
    }
}
