use askama::Template;
use axum::{
    Form,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use care::goals::{
    TEXT_CHARS,
    workshop::{Answers, Question, Step, place},
};
use ground::{Deed, Fault, House, Me, Ui, not_found, web::render_status};
use serde::Deserialize;

use super::queries;

#[derive(Template)]
#[template(path = "goals/workshop.html")]
pub struct WorkshopPage {
    pub ui: Ui,
    pub question: Question,
    pub text: String,
    pub number: usize,
    pub of: usize,
    pub before: Option<String>,
    /// What was written so far, read back before the theme is named.
    pub said: Vec<(String, String)>,
    pub trouble: Option<&'static str>,
}

impl WorkshopPage {
    fn words(&self) -> &str {
        self.question.words(self.ui.lang())
    }

    fn place(&self) -> String {
        self.ui.t2("workshop-place", &("number", &self.number.to_string()), &("of", &self.of.to_string()))
    }

    fn share(&self) -> usize {
        (self.number.saturating_sub(1)) * 100 / self.of.max(1)
    }
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    pub text: String,
    /// "pass" leaves the question.
    pub then: String,
}

/// Where somebody stopped; a goal comes after the last question.
pub async fn go_on(State(house): State<House>, me: Me) -> Result<Response, Fault> {
    let (answers, _) = queries::answers(&house, me.id).await?;
    let bank = queries::asked(&house.db).await?;
    Ok(Redirect::to(&next(&answers, &bank)).into_response())
}

fn next(answers: &Answers, bank: &[Question]) -> String {
    answers.next(bank).map_or("/goals/new".into(), |question| format!("/goals/workshop/{}", question.slug))
}

pub async fn question(State(house): State<House>, ui: Ui, me: Me, Path(slug): Path<String>) -> Result<Response, Fault> {
    let (answers, _) = queries::answers(&house, me.id).await?;
    page(&house, ui, &answers, &slug, answers.get(&slug).to_owned(), None).await
}

async fn page(
    house: &House,
    ui: Ui,
    answers: &Answers,
    slug: &str,
    text: String,
    trouble: Option<&'static str>,
) -> Result<Response, Fault> {
    let bank = queries::asked(&house.db).await?;
    let Some((number, of)) = place(&bank, slug) else { return Ok(not_found()) };
    let question = bank[number - 1].clone();
    let story = bank.iter().filter(|one| question.step == Step::Theme && one.step == Step::Story);
    let said = story
        .map(|one| (one.words(ui.lang()).to_owned(), answers.get(&one.slug).to_owned()))
        .filter(|(_, text)| !text.is_empty())
        .collect();
    let before = (number > 1).then(|| bank[number - 2].slug.clone());
    let status = if trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    render_status(&WorkshopPage { ui, question, text, number, of, before, said, trouble }, status)
}

/// Keeps one answer and goes to the question after it; after the last one to the first that is still open, or to a goal.
pub async fn keep(
    State(house): State<House>,
    ui: Ui,
    me: Me,
    Path(slug): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Response, Fault> {
    let bank = queries::asked(&house.db).await?;
    let Some((number, _)) = place(&bank, &slug) else { return Ok(not_found()) };
    let text = if typed.then == "pass" { "" } else { typed.text.trim() };
    if text.chars().count() > TEXT_CHARS {
        let (answers, _) = queries::answers(&house, me.id).await?;
        return page(&house, ui, &answers, &slug, typed.text, Some("goal-too-long")).await;
    }
    let answers = keep_answer(&house, me.id, &slug, text).await?;
    let path = match bank.get(number) {
        Some(question) => format!("/goals/workshop/{}", question.slug),
        None => next(&answers, &bank),
    };
    Ok(Redirect::to(&path).into_response())
}

/// Two tabs may write at once: each answer lands, whichever is second.
async fn keep_answer(house: &House, person: i64, slug: &str, text: &str) -> Result<Answers, Fault> {
    const TRIES: u8 = 5;
    for _ in 0..TRIES {
        let (mut answers, version) = queries::answers(house, person).await?;
        answers.keep(slug, text);
        let sealed = queries::seal_answers(house, person, &answers).await?;
        let tx = house.db.write().await?;
        if queries::keep_answers(&tx, person, sealed, version).await? {
            tx.commit(Deed::new(person, "workshop.answer", format!("person/{person}"))).await?;
            return Ok(answers);
        }
    }
    Err(Fault::Other("the workshop was written to by others again and again"))
}

#[cfg(test)]
mod tests {
    use care::goals::workshop::shipped;
    use ground::{Language, Role};

    use super::*;

    #[test]
    fn a_question_renders_and_the_theme_reads_back_what_was_said() {
        for language in Language::ALL {
            let bank = shipped().unwrap();
            let page = WorkshopPage {
                ui: Ui::sample(language, Some(Role::Member)),
                question: bank[6].clone(),
                text: "Kept <text>".into(),
                number: 7,
                of: 7,
                before: Some("in-the-way".into()),
                said: vec![("What?".into(), "A lot".into())],
                trouble: Some("goal-too-long"),
            };
            let html = page.render().unwrap();
            assert!(html.contains("Kept &#60;text&#62;") && html.contains("A lot"));
            assert!(html.contains("/goals/workshop/in-the-way"));
        }
    }
}
