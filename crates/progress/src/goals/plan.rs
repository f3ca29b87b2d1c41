use askama::Template;
use axum::{
    Form,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use care::goals::{self, MEASURES, Measure, check};
use ground::{Deed, Fault, House, Me, Ui, not_found, reminders::choices, web::render_status};
use jiff::civil::Date;

use super::{
    change,
    queries::{self, Kept},
    reading::{self, Fields, Part},
    today,
};

#[derive(Template)]
#[template(path = "goals/plan.html")]
pub struct PlanPage {
    pub ui: Ui,
    pub kept: Kept,
    pub theme: String,
    pub part: Part,
    pub typed: Fields,
    pub today: Date,
    pub trouble: Option<&'static str>,
}

/// One row of the form of measures.
pub struct MeasureRow {
    pub index: usize,
    pub number: String,
    pub words: String,
    pub kind: String,
    pub at_least: bool,
    pub aim: String,
}

impl PlanPage {
    fn is(&self, word: &str) -> bool {
        self.part.word() == word
    }

    fn title(&self) -> String {
        self.ui.t(&format!("goal-part-{}", self.part.word()))
    }

    fn hint(&self) -> String {
        self.ui.t(&format!("goal-hint-{}", self.part.word()))
    }

    fn place(&self) -> String {
        let (number, of) = ((self.part.place() + 1).to_string(), Part::ALL.len().to_string());
        self.ui.t2("workshop-place", &("number", &number), &("of", &of))
    }

    fn back(&self) -> String {
        match self.part.before() {
            Some(part) => format!("/goals/{}/plan/{}", self.kept.id, part.word()),
            None => format!("/goals/{}", self.kept.id),
        }
    }

    /// What there is, one row to fill, and what was typed when it comes back.
    fn rows(&self) -> Vec<MeasureRow> {
        let filled = (0..MEASURES).rev().find(|row| self.typed.has(&format!("words-{row}")) || self.typed.has(&format!("aim-{row}")));
        let shown = filled.map_or(1, |last| last + 2).min(MEASURES);
        let get = |name: &str, index: usize| self.typed.get(&format!("{name}-{index}")).to_owned();
        (0..shown)
            .map(|index| MeasureRow {
                index,
                number: get("number", index),
                words: get("words", index),
                kind: get("kind", index),
                at_least: get("bound", index) == "at_least",
                aim: get("aim", index),
            })
            .collect()
    }

    fn kinds(&self) -> [&'static str; 4] {
        Measure::KINDS
    }

    fn aims(&self) -> &'static [&'static str] {
        care::screening::AIMS
    }

    fn has_aim(&self, aim: &str) -> bool {
        self.typed.has(&format!("aim-{aim}"))
    }

    fn has_day(&self, number: &u8) -> bool {
        self.typed.has(&format!("day-{number}"))
    }

    fn day(&self, number: &u8) -> String {
        self.ui.t(&format!("day-{number}"))
    }

    fn is_sure(&self, number: &u8) -> bool {
        self.typed.is("sure", &number.to_string())
    }

    /// Each part of the check: its name, what it still wants, and where that is written.
    fn findings(&self) -> Vec<(String, Option<String>, String)> {
        let all = check::check(&self.kept.goal, self.today).into_iter().map(|(part, missing)| {
            let place = match part {
                check::Part::Specific => Part::Words,
                check::Part::Measurable => Part::Looked,
                check::Part::Achievable => Part::Sure,
                check::Part::Relevant => Part::Why,
                check::Part::TimeBound => Part::Until,
            };
            let name = self.ui.t(&format!("check-{}", part.word()));
            (name, missing.map(|missing| self.ui.t(missing.key())), format!("/goals/{}/plan/{}", self.kept.id, place.word()))
        });
        all.collect()
    }
}

pub async fn form(State(house): State<House>, ui: Ui, me: Me, Path((goal, part)): Path<(i64, String)>) -> Result<Response, Fault> {
    let Some((kept, part)) = queries::goal(&house, me.id, goal).await?.zip(Part::parse(&part)) else { return Ok(not_found()) };
    let today = today(&house, &me);
    let typed = reading::fields(part, &kept, today);
    page(&house, ui, &me, PlanPart { kept, part, typed, trouble: None }).await
}

struct PlanPart {
    kept: Kept,
    part: Part,
    typed: Fields,
    trouble: Option<&'static str>,
}

async fn page(house: &House, ui: Ui, me: &Me, plan: PlanPart) -> Result<Response, Fault> {
    let theme = queries::answers(house, me.id).await?.0.theme().to_owned();
    let PlanPart { kept, part, typed, trouble } = plan;
    let status = if trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    render_status(&PlanPage { ui, kept, theme, part, typed, today: today(house, me), trouble }, status)
}

/// Keeps one part and goes on to the next; "more" stays for another row.
pub async fn keep(
    State(house): State<House>,
    ui: Ui,
    me: Me,
    Path((goal, part)): Path<(i64, String)>,
    Form(typed): Form<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let Some((kept, part)) = queries::goal(&house, me.id, goal).await?.zip(Part::parse(&part)) else { return Ok(not_found()) };
    let typed = Fields(typed);
    let quiet = choices::of(&house, me.id).await?.rules.quiet;
    let edit = match reading::read(part, &typed, today(&house, &me), quiet) {
        Ok(edit) => edit,
        Err(key) => return page(&house, ui, &me, PlanPart { kept, part, typed, trouble: Some(key) }).await,
    };
    let began = part == Part::Check && kept.state == goals::State::Draft;
    let now = house.clock.now();
    let deed = Deed::new(me.id, if began { "goal.begin" } else { "goal.plan" }, format!("goal/{goal}"));
    let changed = change(&house, me.id, goal, deed, |kept| {
        edit.apply(kept);
        if part == Part::Check && kept.state == goals::State::Draft {
            (kept.state, kept.begun_at) = (goals::State::Going, Some(now));
        }
    })
    .await?;
    let Some(kept) = changed else { return Ok(not_found()) };
    let to = match typed.get("then") {
        "more" => part.word(),
        _ if part == Part::Check || (typed.is("then", "done") && kept.state != goals::State::Draft) => "",
        _ => part.next().word(),
    };
    let path = if to.is_empty() { format!("/goals/{goal}") } else { format!("/goals/{goal}/plan/{to}") };
    Ok(Redirect::to(&path).into_response())
}

#[cfg(test)]
mod tests {
    use ground::{Language, Role};

    use super::*;

    #[test]
    fn every_part_renders_empty_and_full() {
        for language in Language::ALL {
            for example in [None, care::goals::library::shipped().unwrap().into_iter().next()] {
                for part in Part::ALL {
                    let goal = example.as_ref().map(|example| example.goal("en")).unwrap_or_default();
                    let (kept, today) = (queries::draft(7, goal), jiff::civil::date(2026, 11, 23));
                    let typed = reading::fields(part, &kept, today);
                    let (ui, trouble) = (Ui::sample(language, Some(Role::Member)), Some("goal-too-long"));
                    let html = PlanPage { ui, kept, theme: "Room <b>".into(), part, typed, today, trouble }.render().unwrap();
                    assert!(!html.contains("goal-part-") && !html.contains("<b>\""), "{}", part.word());
                    if part == Part::Looked {
                        assert_eq!(html.matches("name=\"kind-").count(), if example.is_some() { 5 } else { 1 });
                    }
                    if part == Part::Check {
                        assert_eq!(html.matches("class=\"finding").count(), 5);
                    }
                }
            }
        }
    }
}
