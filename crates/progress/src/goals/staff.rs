//! What leaders see: goals that their members show them, and attainment levels agreed with each.

use askama::Template;
use axum::{
    Form,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use care::goals::{
    Attainment, NAME_CHARS,
    attainment::{LEVELS, t_score},
};
use ground::{Deed, Fault, House, Me, Ui, not_found, render, web::render_status};

use super::{
    change,
    picture::{self, Picture},
    queries::{self, Kept},
    reading::Fields,
    today,
};
use crate::of_group::{OfMember, by_member, name_in};

#[derive(Template)]
#[template(path = "goals/of_group.html")]
pub struct GroupGoalsPage {
    pub ui: Ui,
    pub group: i64,
    pub members: Vec<OfMember<Kept>>,
}

impl GroupGoalsPage {
    /// All rated goals together; for clinicians only.
    fn t_score(&self, member: &OfMember<Kept>) -> Option<String> {
        Some(self.ui.t1("level-t-score", "score", format!("{:.0}", score(&member.all)?)))
    }

    fn level(&self, kept: &Kept) -> String {
        let latest = kept.goal.attainment.as_ref().and_then(Attainment::latest);
        latest.map_or_else(|| self.ui.t("level-none"), |level| self.ui.t(&format!("level-{}", level + 3)))
    }
}

#[derive(Template)]
#[template(path = "goals/of_member.html")]
pub struct MemberGoalPage {
    pub ui: Ui,
    pub group: i64,
    pub name: String,
    pub kept: Kept,
    pub pictures: Vec<Picture>,
    pub typed: Fields,
    pub trouble: Option<&'static str>,
}

impl MemberGoalPage {
    fn levels(&self) -> Vec<(i8, String, String)> {
        LEVELS
            .map(|level| (level, self.ui.t(&format!("level-{}", level + 3)), self.typed.get(&format!("level-{}", level + 3)).to_owned()))
            .collect()
    }

    fn number(&self, level: &i8) -> i8 {
        level + 3
    }

    fn weighs(&self, weight: &u8) -> bool {
        self.typed.is("weight", &weight.to_string())
    }

    fn is_agreed(&self) -> bool {
        self.kept.goal.attainment.is_some()
    }

    fn rated(&self) -> Vec<(String, String)> {
        let rated = self.kept.goal.attainment.iter().flat_map(|attainment| attainment.rated.iter().rev());
        rated.map(|(day, level)| (ground::when::on(self.ui.language, *day), self.ui.t(&format!("level-{}", level + 3)))).collect()
    }
}

fn score(goals: &[Kept]) -> Option<f64> {
    let rated = goals.iter().filter_map(|kept| {
        let attainment = kept.goal.attainment.as_ref()?;
        Some((f64::from(attainment.weight.max(1)), f64::from(attainment.latest()?)))
    });
    t_score(&rated.collect::<Vec<_>>())
}

pub async fn of_group(State(house): State<House>, ui: Ui, Path(group): Path<i64>) -> Result<Response, Fault> {
    let members = by_member(&house, group, queries::for_leaders(&house, group).await?, |kept| kept.person).await?;
    render(&GroupGoalsPage { ui, group, members })
}

async fn shown_to(house: &House, group: i64, goal: i64) -> Result<Option<(Kept, String)>, Fault> {
    let Some(kept) = queries::for_leaders(house, group).await?.into_iter().find(|kept| kept.id == goal) else { return Ok(None) };
    let name = name_in(house, group, kept.person).await?;
    Ok(name.map(|name| (kept, name)))
}

fn fields(kept: &Kept) -> Fields {
    let Some(attainment) = &kept.goal.attainment else { return Fields(vec![("weight".into(), "1".into())]) };
    let words = attainment.words.iter().zip(1..).map(|(words, number)| (format!("level-{number}"), words.clone()));
    Fields(words.chain([("weight".into(), attainment.weight.to_string())]).collect())
}

struct Standing {
    group: i64,
    kept: Kept,
    name: String,
    typed: Fields,
    trouble: Option<&'static str>,
}

async fn page(house: &House, ui: Ui, me: &Me, standing: Standing) -> Result<Response, Fault> {
    let Standing { group, kept, name, typed, trouble } = standing;
    let today = today(house, me);
    let entries = queries::entries(house, &kept, picture::since(today)).await?;
    let pictures = picture::pictures(ui.language, &kept, &entries, today);
    let status = if trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    render_status(&MemberGoalPage { ui, group, name, kept, pictures, typed, trouble }, status)
}

pub async fn one(State(house): State<House>, ui: Ui, me: Me, Path((group, goal)): Path<(i64, i64)>) -> Result<Response, Fault> {
    let Some((kept, name)) = shown_to(&house, group, goal).await? else { return Ok(not_found()) };
    let typed = fields(&kept);
    page(&house, ui, &me, Standing { group, kept, name, typed, trouble: None }).await
}

/// Agrees on the levels. All five are wanted: a level that nobody described cannot be reached.
pub async fn levels(
    State(house): State<House>,
    ui: Ui,
    me: Me,
    Path((group, goal)): Path<(i64, i64)>,
    Form(typed): Form<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let Some((kept, name)) = shown_to(&house, group, goal).await? else { return Ok(not_found()) };
    let typed = Fields(typed);
    let words = [1, 2, 3, 4, 5].map(|number| typed.get(&format!("level-{number}")).to_owned());
    if words.iter().any(|words| words.is_empty() || words.chars().count() > 2 * NAME_CHARS) {
        return page(&house, ui, &me, Standing { group, kept, name, typed, trouble: Some("level-words-missing") }).await;
    }
    let weight = typed.get("weight").parse::<u8>().unwrap_or(1).clamp(1, 3);
    let deed = Deed::new(me.id, "goal.levels", format!("goal/{goal}"));
    change(&house, kept.person, goal, deed, |kept| {
        let rated = kept.goal.attainment.take().map(|before| before.rated).unwrap_or_default();
        kept.goal.attainment = Some(Attainment { words: words.clone(), weight, by: me.id, rated });
    })
    .await?;
    Ok(Redirect::to(&format!("/groups/{group}/goals/{goal}")).into_response())
}

/// Where it stands today; the last word of a day counts.
pub async fn rate(
    State(house): State<House>,
    me: Me,
    Path((group, goal)): Path<(i64, i64)>,
    Form(typed): Form<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let Some((kept, _)) = shown_to(&house, group, goal).await? else { return Ok(not_found()) };
    let level = Fields(typed).get("level").parse::<i8>().ok().filter(|level| LEVELS.contains(level));
    let Some(level) = level.filter(|_| kept.goal.attainment.is_some()) else { return Ok(not_found()) };
    let today = today(&house, &me);
    let deed = Deed::new(me.id, "goal.rate", format!("goal/{goal}"));
    change(&house, kept.person, goal, deed, |kept| {
        if let Some(attainment) = &mut kept.goal.attainment {
            attainment.rated.insert(today, level);
        }
    })
    .await?;
    Ok(Redirect::to(&format!("/groups/{group}/goals/{goal}")).into_response())
}

#[cfg(test)]
mod tests {
    use ground::{Language, Role};

    use super::*;
    use crate::goals::overview::tests::sample;

    #[test]
    fn leaders_read_words_first_and_the_score_beside_them() {
        for language in Language::ALL {
            let ui = Ui::sample(language, Some(Role::Clinician));
            let mut kept = sample(language, 28).kept;
            let words = ["a", "b", "c", "d", "<e>"].map(String::from);
            let rated = [(jiff::civil::date(2026, 11, 2), -1), (jiff::civil::date(2026, 11, 20), 1)].into();
            kept.goal.attainment = Some(Attainment { words, weight: 2, by: 1, rated });
            assert_eq!(score(std::slice::from_ref(&kept)), Some(60.0));
            let members = vec![
                OfMember { person: 7, name: "Theo".into(), all: vec![kept.clone()] },
                OfMember { person: 8, name: "Ruth".into(), all: vec![] },
            ];
            let html = GroupGoalsPage { ui: ui.clone(), group: 3, members }.render().unwrap();
            assert!(html.contains("60") && html.contains("Ruth"));
            let (typed, pictures) = (fields(&kept), sample(language, 28).pictures);
            let page = MemberGoalPage { ui, group: 3, name: "Theo".into(), kept, pictures, typed, trouble: Some("level-words-missing") };
            assert!(page.render().unwrap().contains("&#60;e&#62;"));
        }
    }
}
