//! One question, many answers (B7): a leader asks, and the answers stand side by side for whoever has answered.

use askama::Template;
use axum::{
    Form,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use care::strategies::{self as rules, Question};
use ground::{
    Deed, Fault, House, Me, Ui,
    facts::{self, Part},
    not_found, random_id,
    web::render_status,
    when,
};
use serde::Deserialize;

use super::{
    once,
    question_queries::{self as questions, Answer, Asked},
};

/// A question as this person sees it.
pub struct Seen {
    pub asked: Asked,
    /// One's own answer.
    pub mine: Option<String>,
    /// Everybody's; none before one has answered.
    pub answers: Vec<Answer>,
}

#[derive(Template)]
#[template(path = "strategies/question.html")]
pub struct QuestionPage {
    pub ui: Ui,
    pub zone: String,
    pub group: i64,
    pub leads: bool,
    pub now: Option<Seen>,
    pub earlier: Vec<Seen>,
    pub typed: Typed,
    pub trouble: Option<&'static str>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Typed {
    /// A leader's own question, or the word of one that ships.
    pub question: String,
    pub slug: String,
    pub answer: String,
    pub once: String,
}

impl QuestionPage {
    fn day(&self, seen: &Seen) -> String {
        when::day(self.ui.language, seen.asked.asked_at, &self.zone)
    }

    fn choices(&self) -> &'static [Question] {
        rules::questions()
    }

    fn words(&self, question: &Question) -> String {
        question.text(self.ui.lang()).to_owned()
    }

    /// What stands in the box: what was typed just now, else what one answered before.
    fn answer(&self, seen: &Seen) -> String {
        if self.typed.answer.is_empty() { seen.mine.clone().unwrap_or_default() } else { self.typed.answer.clone() }
    }

    fn is_open(&self, seen: &Seen) -> bool {
        self.leads || seen.mine.is_some()
    }
}

async fn seen(house: &House, me: &Me, leads: bool, asked: Asked) -> Result<Seen, Fault> {
    let answers = questions::answers(house, &asked).await?;
    let mine = answers.iter().find(|answer| answer.person == me.id).map(|answer| answer.text.clone());
    // Leaders look after the group and read along; a member reads once they have given something themselves.
    let answers = if leads || mine.is_some() { answers } else { Vec::new() };
    Ok(Seen { asked, mine, answers })
}

async fn show(house: &House, ui: Ui, me: &Me, group: i64, mut typed: Typed, trouble: Option<&'static str>) -> Result<Response, Fault> {
    let status = if trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let leads = facts::part_in(&house.db, group, me.id).await? == Some(Part::Facilitator);
    let mut all = Vec::new();
    for asked in questions::of_group(house, group).await? {
        all.push(seen(house, me, leads, asked).await?);
    }
    typed.once = once(&typed.once);
    let mut all = all.into_iter();
    let now = all.next();
    render_status(&QuestionPage { ui, zone: me.zone.clone(), group, leads, now, earlier: all.collect(), typed, trouble }, status)
}

pub async fn page(State(house): State<House>, ui: Ui, me: Me, Path(group): Path<i64>) -> Result<Response, Fault> {
    show(&house, ui, &me, group, Typed::default(), None).await
}

/// In the group's language if it ships: everybody in the group reads the same question.
pub async fn ask(State(house): State<House>, ui: Ui, me: Me, Path(group): Path<i64>, Form(typed): Form<Typed>) -> Result<Response, Fault> {
    let led = facts::led_by(&house.db, me.id).await?.into_iter().find(|led| led.id == group);
    let language = led.map_or_else(String::new, |led| led.language);
    let ships = rules::questions().iter().find(|one| one.slug == typed.slug && typed.question.trim().is_empty());
    let text = match ships.map_or_else(|| rules::question(&typed.question), |one| Ok(one.text(&language))) {
        Ok(text) => text.to_owned(),
        Err(unfit) => return show(&house, ui, &me, group, typed, Some(unfit.key())).await,
    };
    let id = random_id();
    let sealed = questions::sealed(&house, id, &text).await?;
    let tx = house.db.write().await?;
    if questions::ask(&tx, (id, group, me.id), sealed, &once(&typed.once), house.clock.now()).await? {
        tx.commit(Deed::new(me.id, "question.ask", format!("question/{id}"))).await?;
    }
    Ok(Redirect::to(&format!("/groups/{group}/question")).into_response())
}

/// Answering again puts the new words in the place of the old; an empty answer takes it back.
pub async fn answer(
    State(house): State<House>,
    ui: Ui,
    me: Me,
    Path((group, asked)): Path<(i64, i64)>,
    Form(typed): Form<Typed>,
) -> Result<Response, Fault> {
    if !questions::is_of(&house.db, asked, group).await? {
        return Ok(not_found());
    }
    let back = Redirect::to(&format!("/groups/{group}/question"));
    if typed.answer.trim().is_empty() {
        let tx = house.db.write().await?;
        if !questions::take_back(&tx, asked, me.id).await? {
            drop(tx);
            return show(&house, ui, &me, group, typed, Some(rules::Unfit::Answer.key())).await;
        }
        tx.commit(Deed::new(me.id, "question.take_back", format!("question/{asked}"))).await?;
        return Ok(back.into_response());
    }
    let text = match rules::answer(&typed.answer) {
        Ok(text) => text.to_owned(),
        Err(unfit) => return show(&house, ui, &me, group, typed, Some(unfit.key())).await,
    };
    let sealed = questions::sealed_answer(&house, (asked, me.id), &text).await?;
    let tx = house.db.write().await?;
    questions::keep_answer(&tx, (asked, me.id), sealed, house.clock.now()).await?;
    tx.commit(Deed::new(me.id, "question.answer", format!("question/{asked}"))).await?;
    Ok(back.into_response())
}

#[cfg(test)]
mod tests {
    use ground::{Language, Moment, Role};

    use super::*;

    fn seen(mine: Option<&str>, answers: usize) -> Seen {
        let asked = Asked { id: 9, text: "What <helped>?".into(), asked_at: Moment(1_795_000_000_000_000), group: 3 };
        let answer = Answer { person: 8, name: "Theo".into(), text: "A <walk>".into() };
        Seen { asked, mine: mine.map(str::to_owned), answers: vec![answer; answers] }
    }

    fn page(language: Language, leads: bool, now: Option<Seen>, typed: Typed) -> QuestionPage {
        let ui = Ui::sample(language, Some(if leads { Role::Clinician } else { Role::Member }));
        QuestionPage { ui, zone: "UTC".into(), group: 3, leads, now, earlier: vec![], typed, trouble: None }
    }

    #[test]
    fn answers_are_there_for_whoever_answered() {
        for language in Language::ALL {
            let none = page(language, false, None, Typed::default());
            assert!(none.render().unwrap().contains(&none.ui.t("question-none")));
            let before = page(language, false, Some(seen(None, 0)), Typed::default());
            let html = before.render().unwrap();
            assert!(
                html.contains("What &#60;helped&#62;?")
                    && html.contains(&before.ui.t("question-closed").replace('\'', "&#39;"))
                    && html.contains("/question/9/answer")
            );
            let mut after = page(language, false, Some(seen(Some("Mine"), 3)), Typed::default());
            after.earlier = vec![seen(Some("x"), 1), seen(None, 0)];
            let html = after.render().unwrap();
            assert_eq!(html.matches("A &#60;walk&#62;").count(), 4);
            assert!(html.contains(">Mine</textarea>") && !html.contains("name=\"slug\"") && !html.contains("question-"));
        }
    }

    #[test]
    fn leaders_ask_and_read_and_what_was_typed_stays() {
        for language in Language::ALL {
            let typed = Typed { question: "My <own>".into(), answer: "kept".into(), ..Typed::default() };
            let mut leader = page(language, true, Some(seen(None, 2)), typed);
            leader.trouble = Some("question-text-wrong");
            let html = leader.render().unwrap();
            assert!(
                html.contains("My &#60;own&#62;") && html.matches("<option").count() > 20 && html.matches("A &#60;walk&#62;").count() == 2
            );
            assert!(!html.contains("/question/9/answer") && html.contains("role=\"alert\""), "a leader answers nothing");
        }
    }
}
