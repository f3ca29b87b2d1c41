use askama::Template;
use axum::{
    Form,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use care::goals::{
    Goal, WORDS_CHARS,
    library::{self, Example},
};
use ground::{Deed, Fault, House, Me, Ui, web::render_status};
use serde::Deserialize;

use super::queries;

/// More goals than this at once help nobody; ended ones do not count.
const MOST_GOING: usize = 12;

#[derive(Template)]
#[template(path = "goals/begin.html")]
pub struct BeginPage {
    pub ui: Ui,
    pub theme: String,
    pub typed: Typed,
    pub examples: Vec<Example>,
    pub trouble: Option<&'static str>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    pub words: String,
    /// The slug of an example to begin with.
    pub example: String,
}

impl BeginPage {
    fn wish(&self, example: &Example) -> String {
        example.wish(self.ui.lang())
    }

    fn words(&self, example: &Example) -> String {
        example.words(self.ui.lang())
    }
}

async fn page(house: &House, ui: Ui, me: &Me, typed: Typed, trouble: Option<&'static str>) -> Result<Response, Fault> {
    let theme = queries::answers(house, me.id).await?.0.theme().to_owned();
    let examples = library::sorted(library::shipped()?, &queries::topics(&house.db, me.id).await?);
    let status = if trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    render_status(&BeginPage { ui, theme, typed, examples, trouble }, status)
}

pub async fn form(State(house): State<House>, ui: Ui, me: Me) -> Result<Response, Fault> {
    page(&house, ui, &me, Typed::default(), None).await
}

/// A draft, from one's own words or from an example.
pub async fn keep(State(house): State<House>, ui: Ui, me: Me, Form(typed): Form<Typed>) -> Result<Response, Fault> {
    let words = typed.words.trim().to_owned();
    let example = library::shipped()?.into_iter().find(|example| example.slug == typed.example);
    let goal = match example {
        Some(example) => example.goal(ui.lang()),
        None if words.is_empty() => return page(&house, ui, &me, typed, Some("check-no-words")).await,
        None if words.chars().count() > WORDS_CHARS => return page(&house, ui, &me, typed, Some("goal-too-long")).await,
        None => Goal { words, ..Goal::default() },
    };
    if queries::of(&house, me.id).await?.iter().filter(|kept| !kept.has_ended()).count() >= MOST_GOING {
        return page(&house, ui, &me, typed, Some("goal-too-many")).await;
    }
    let kept = queries::draft(me.id, goal);
    let sealed = queries::sealed(&house, &kept).await?;
    let tx = house.db.write().await?;
    queries::add(&tx, &kept, sealed, house.clock.now()).await?;
    tx.commit(Deed::new(me.id, "goal.draft", format!("goal/{}", kept.id))).await?;
    Ok(Redirect::to(&format!("/goals/{}/plan/words", kept.id)).into_response())
}

#[cfg(test)]
mod tests {
    use ground::{Language, Role};

    use super::*;

    #[test]
    fn every_example_can_be_begun_with() {
        for language in Language::ALL {
            let (ui, examples) = (Ui::sample(language, Some(Role::Member)), library::shipped().unwrap());
            let typed = Typed { words: "Kept <words>".into(), ..Typed::default() };
            let html =
                BeginPage { ui, theme: String::new(), typed, examples: examples.clone(), trouble: Some("goal-too-many") }.render().unwrap();
            assert!(html.contains("Kept &#60;words&#62;"));
            assert_eq!(html.matches("name=\"example\"").count(), examples.len());
        }
    }
}
