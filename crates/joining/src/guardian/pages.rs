use askama::Template;
use axum::{
    Form,
    extract::{Path, State as Shared},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use care::{
    documents::Kind,
    guardian::{self, Answer, State},
    names,
};
use ground::{Deed, Fault, House, Me, Moment, Ui, accounts, documents, facts, not_found, web::render_status, when};
use serde::Deserialize;

use super::{
    asking,
    queries::{self, Answered, Signed, Standing},
};
use crate::enrolment;

const RELATIONSHIP_CHARS: usize = 60;

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct AnswerForm {
    pub name: String,
    pub relationship: String,
    pub agree: String,
    pub answer: String,
}

/// What a guardian reads behind the link. The group is not on it: what it is about is the young person's to tell.
#[derive(Template)]
#[template(path = "guardian/link.html")]
pub struct LinkPage {
    pub ui: Ui,
    pub zone: String,
    pub token: String,
    /// Whose consent it is about.
    pub person: String,
    pub standing: Standing,
    pub paragraphs: Vec<String>,
    pub typed: AnswerForm,
    pub trouble: Option<&'static str>,
}

/// A link that is nobody's, or that another one took the place of.
#[derive(Template)]
#[template(path = "guardian/over.html")]
pub struct OverPage {
    pub ui: Ui,
}

impl LinkPage {
    fn is(&self, word: &str) -> bool {
        self.standing.state.word() == word
    }

    fn when(&self, at: &Moment) -> String {
        when::moment(self.ui.language, *at, &self.zone)
    }

    fn title(&self) -> String {
        self.ui.t1("guardian-title", "person", &self.person)
    }
}

fn over(ui: Ui) -> Result<Response, Fault> {
    render_status(&OverPage { ui }, StatusCode::GONE)
}

async fn page(
    house: &House,
    ui: Ui,
    token: String,
    standing: Standing,
    typed: AnswerForm,
    trouble: Option<&'static str>,
) -> Result<Response, Fault> {
    if standing.state == State::Asked && standing.is_over || standing.state == State::Needed {
        return over(ui);
    }
    let version = documents::in_force(&house.db, Kind::Telehealth).await?;
    let page = LinkPage {
        zone: house.practice().zone,
        person: facts::name_of(&house.db, standing.person).await?,
        paragraphs: version.map(|version| version.paragraphs(house, ui.lang())).unwrap_or_default(),
        ui,
        token,
        standing,
        typed,
        trouble,
    };
    render_status(&page, if trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK })
}

/// Looking changes nothing: programs that look into mails follow links, too.
pub async fn link(Shared(house): Shared<House>, ui: Ui, Path(token): Path<String>) -> Result<Response, Fault> {
    match queries::by_token(&house, &house.db, &token).await? {
        Some(standing) => page(&house, ui, token, standing, AnswerForm::default(), None).await,
        None => over(ui),
    }
}

fn trouble(typed: &AnswerForm) -> Option<&'static str> {
    if accounts::name(&typed.name).is_none() {
        Some("guardian-sign-name")
    } else if !names::fits(&typed.relationship, RELATIONSHIP_CHARS) {
        Some("guardian-sign-relationship")
    } else {
        typed.agree.is_empty().then_some("guardian-sign-agree")
    }
}

/// A yes has a name and a relationship under it; a no and a withdrawal ask for nothing.
pub async fn answer(
    Shared(house): Shared<House>,
    ui: Ui,
    Path(token): Path<String>,
    Form(typed): Form<AnswerForm>,
) -> Result<Response, Fault> {
    let Some(standing) = queries::by_token(&house, &house.db, &token).await? else { return over(ui) };
    let Some(answer) = Answer::parse(&typed.answer) else {
        return page(&house, ui, token, standing, typed, Some("guardian-answer-missing")).await;
    };
    let Some(to) = guardian::answered(standing.state, standing.is_over, answer) else {
        return page(&house, ui, token, standing, typed, Some("guardian-answered-already")).await;
    };
    if answer == Answer::Give
        && let Some(trouble) = trouble(&typed)
    {
        return page(&house, ui, token, standing, typed, Some(trouble)).await;
    }
    let (person, now) = (standing.person, house.clock.now());
    let (mut sealed, mut version) = (None, String::new());
    if answer == Answer::Give {
        let signed = Signed { name: typed.name.trim().to_owned(), relationship: typed.relationship.trim().to_owned() };
        sealed = Some(queries::sealed_answer(&house, person, &signed).await?);
        version = documents::in_force(&house.db, Kind::Telehealth).await?.map(|version| version.hash).unwrap_or_default();
    }
    let tx = house.db.write().await?;
    if !queries::set_answer(&tx, Answered { person, from: standing.state, to, sealed, version }, now).await? {
        drop(tx);
        return page(&house, ui, token, standing, typed, Some("guardian-answered-already")).await;
    }
    if answer != Answer::Withdraw {
        enrolment::guardian_settled(&house, &tx, person).await?;
    }
    enrolment::tell_of_guardian(&house, &tx, person).await?;
    let action = match to {
        State::Given => "guardian.consent",
        State::Withdrawn => "guardian.withdraw",
        _ => "guardian.decline",
    };
    // Nobody is signed in: whoever holds the link did it.
    tx.commit(Deed::new(0, action, format!("person/{person}"))).await?;
    Ok(Redirect::to(&format!("/guardian/{token}")).into_response())
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Again {
    pub name: String,
    pub email: String,
}

/// The young person names their guardian again: the address was wrong, or nobody answered.
pub async fn ask_again(
    Shared(house): Shared<House>,
    ui: Ui,
    me: Me,
    Path(application): Path<i64>,
    Form(typed): Form<Again>,
) -> Result<Response, Fault> {
    if !enrolment::is_mine(&house, &me, application).await? {
        return Ok(not_found());
    }
    let Some(standing) = queries::of(&house, &house.db, me.id).await? else { return Ok(not_found()) };
    if standing.state.opens() {
        return Ok(Redirect::to("/applications").into_response());
    }
    let typed = asking::Typed { name: typed.name, email: typed.email };
    let (now, subjects) = (house.clock.now(), [format!("guardian {}", me.id)]);
    if accounts::too_many_tries(&house.db, &subjects, now).await? {
        return enrolment::with_guardian(&house, ui, &me, typed, "seat-pause").await;
    }
    let own = facts::reach(&house.db, me.id).await?.map(|reach| reach.email).unwrap_or_default();
    let asked = match asking::read(&house, me.id, &own, &typed, ui.language).await? {
        Ok(asked) => asked,
        Err(trouble) => return enrolment::with_guardian(&house, ui, &me, typed, trouble).await,
    };
    let tx = house.db.write().await?;
    accounts::note_try(&tx, &subjects, now).await?;
    asking::ask(&house, &tx, asked).await?;
    tx.commit(Deed::new(me.id, "guardian.ask", format!("person/{}", me.id))).await?;
    Ok(Redirect::to("/applications").into_response())
}

/// They have had a birthday, or it was a slip: staff who made sure say so.
pub async fn of_age(Shared(house): Shared<House>, me: Me, Path((group, application)): Path<(i64, i64)>) -> Result<Response, Fault> {
    let Some(person) = enrolment::person_of(&house, group, application).await? else { return Ok(not_found()) };
    let tx = house.db.write().await?;
    if queries::set_of_age(&tx, person, house.clock.now()).await? {
        enrolment::guardian_settled(&house, &tx, person).await?;
        tx.commit(Deed::new(me.id, "guardian.of_age", format!("person/{person}"))).await?;
    }
    Ok(Redirect::to(&format!("/groups/{group}/applicants/{application}")).into_response())
}

#[cfg(test)]
mod tests {
    use ground::Language;

    use super::*;

    fn sample(state: State, is_over: bool) -> Standing {
        Standing {
            person: 7,
            state,
            guardian: queries::Guardian { name: "Ruth <b>".into(), email: "ruth@example.org".into() },
            signed: Signed { name: "Ruth Nowak".into(), relationship: "Mother & more".into() },
            asked_at: Some(Moment(0)),
            answered_at: Some(Moment(1)),
            is_over,
        }
    }

    #[test]
    fn the_page_renders_in_every_state_and_offers_what_the_link_takes() {
        for language in Language::ALL {
            let ui = Ui::sample(language, None);
            for state in [State::Asked, State::Given, State::Declined, State::Withdrawn, State::OfAge] {
                let page = LinkPage {
                    ui: ui.clone(),
                    zone: "UTC".into(),
                    token: "tok".into(),
                    person: "Ada <b>".into(),
                    standing: sample(state, false),
                    paragraphs: vec!["One <i>".into()],
                    typed: AnswerForm { name: "Kept <n>".into(), ..AnswerForm::default() },
                    trouble: Some("guardian-sign-name"),
                };
                let html = page.render().unwrap();
                let offers = |word: &str| html.contains(&format!("value=\"{word}\""));
                assert_eq!((offers("give"), offers("decline")), (state == State::Asked, state == State::Asked), "{state:?}");
                assert_eq!(offers("withdraw"), state == State::Given);
                assert!(html.contains("tel:988") && html.contains("Ada &#60;b&#62;"));
                assert_eq!(html.matches("href=\"tel:+15550100\"").count(), 2, "in the text and at the foot");
                assert!(html.contains("<meta name=\"robots\" content=\"noindex\">"));
                assert_eq!(html.contains("One &#60;i&#62;") && html.contains("Kept &#60;n&#62;"), state == State::Asked);
            }
            let html = OverPage { ui }.render().unwrap();
            assert!(html.contains("tel:988") && html.matches("href=\"tel:+15550100\"").count() == 2);
        }
    }

    #[test]
    fn a_yes_needs_a_name_a_relationship_and_a_tick() {
        let typed = AnswerForm { name: "Ruth Nowak".into(), relationship: "Mother".into(), agree: "on".into(), answer: "give".into() };
        assert_eq!(trouble(&typed), None);
        assert_eq!(trouble(&AnswerForm { name: " ".into(), ..typed.clone() }), Some("guardian-sign-name"));
        assert_eq!(trouble(&AnswerForm { relationship: "\u{200b}".into(), ..typed.clone() }), Some("guardian-sign-relationship"));
        assert_eq!(trouble(&AnswerForm { agree: String::new(), ..typed }), Some("guardian-sign-agree"));
    }

    #[test]
    fn it_is_said_when_somebody_has_to_be_asked() {
        for (state, is_over, asks) in [
            (State::Needed, false, true),
            (State::Asked, false, false),
            (State::Asked, true, true),
            (State::Given, true, false),
            (State::Declined, false, true),
            (State::Withdrawn, false, true),
            (State::OfAge, false, false),
        ] {
            let standing = sample(state, is_over);
            assert_eq!(standing.asks(), asks, "{state:?}");
            assert_eq!(standing.waits(), state == State::Asked && !is_over, "{state:?}: asked, or to be asked, never both");
            assert!(Language::ALL.iter().all(|language| language.knows(standing.key())));
        }
    }
}
