use askama::Template;
use axum::{
    Form,
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use care::goals::{Entry, Measure, State as Stands};
use ground::{
    Deed, Fault, House, Me, Ui, not_found,
    web::{hashed, render_status},
    when,
};
use jiff::{ToSpan, civil::Date};
use serde::Deserialize;

use super::{
    change,
    day::{self, Logged},
    picture::{self, Picture},
    queries::{self, Kept},
    sharing::{self, Cheer, Partner, Sharer},
    today,
};

/// A day may be written down so long after it.
pub const LATEST_DAYS: i32 = 14;

#[derive(Template)]
#[template(path = "goals/goal.html")]
pub struct GoalPage {
    pub ui: Ui,
    pub kept: Kept,
    pub theme: String,
    pub today: Date,
    pub pictures: Vec<Picture>,
    pub logged: Logged,
    /// Groups that it may be shown to, and who could be asked to be a partner.
    pub sharers: Vec<Sharer>,
    pub partners: Vec<Partner>,
    pub cheers: Vec<Cheer>,
    pub trouble: Option<&'static str>,
}

impl GoalPage {
    fn way(&self) -> Option<String> {
        let until = self.kept.goal.until?;
        Some(self.ui.t1("goal-until-day", "day", when::on(self.ui.language, until)))
    }

    fn aim(&self, measure: &Measure) -> String {
        picture::aim(self.ui.language, *measure)
    }

    fn value(&self, number: &u8) -> String {
        self.logged.field(*number)
    }

    fn is_done(&self, number: &u8, value: &str) -> bool {
        self.logged.field(*number) == value
    }

    fn kind(&self, measure: &Measure) -> &'static str {
        measure.kind()
    }

    /// The days that can be written down, the latest first.
    fn days(&self) -> Vec<(String, String, bool)> {
        let days = (0..LATEST_DAYS).filter_map(|back| self.today.checked_sub(back.days()).ok());
        days.map(|day| {
            let words = if day == self.today { self.ui.t("goal-today") } else { when::on(self.ui.language, day) };
            (day.to_string(), words, day == self.logged.day)
        })
        .collect()
    }

    fn log_title(&self) -> String {
        if self.logged.day == self.today {
            self.ui.t("goal-log-today")
        } else {
            self.ui.t1("goal-log-day", "day", when::on(self.ui.language, self.logged.day))
        }
    }

    fn level(&self, level: &i8) -> String {
        self.ui.t(&format!("level-{}", level + 3))
    }

    /// Where attainment stands, in words only (a T score is for clinicians).
    fn attainment(&self) -> Option<(String, String)> {
        let attainment = self.kept.goal.attainment.as_ref()?;
        let level = attainment.latest()?;
        Some((self.level(&level), attainment.words_of(level).to_owned()))
    }

    fn group_is(&self, group: &i64) -> bool {
        self.kept.seen.group == Some(*group)
    }

    fn cheer(&self, cheer: &Cheer) -> String {
        self.ui.t(&format!("cheer-{}", cheer.phrase))
    }

    fn partner_words(&self, partner: &Partner) -> String {
        self.ui.t1(if partner.accepted { "partner-is" } else { "partner-asked" }, "name", &partner.name)
    }

    fn script(&self) -> String {
        hashed("keep-form.js")
    }

    fn has_ended(&self) -> bool {
        self.kept.has_ended()
    }

    /// Then there is something to tell the group, if they like.
    fn was_reached(&self) -> bool {
        self.kept.state == Stands::Reached
    }
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    pub day: String,
}

pub async fn page(
    State(house): State<House>,
    ui: Ui,
    me: Me,
    Path(goal): Path<i64>,
    Query(asked): Query<Asked>,
) -> Result<Response, Fault> {
    let Some(kept) = queries::goal(&house, me.id, goal).await? else { return Ok(not_found()) };
    if kept.state == Stands::Draft {
        return Ok(Redirect::to(&format!("/goals/{goal}/plan/words")).into_response());
    }
    let today = today(&house, &me);
    let day = day::readable(&asked.day, today).unwrap_or(today);
    show(&house, ui, &me, kept, Logged { day, ..Logged::default() }, None).await
}

/// The page of a goal; `logged` is what was typed, or only the day that is to be shown.
pub(super) async fn show(
    house: &House,
    ui: Ui,
    me: &Me,
    kept: Kept,
    mut logged: Logged,
    trouble: Option<&'static str>,
) -> Result<Response, Fault> {
    let today = today(house, me);
    let entries = queries::entries(house, &kept, picture::since(today)).await?;
    if trouble.is_none() {
        let entry: Entry = entries.get(&logged.day).cloned().unwrap_or_default();
        logged = Logged::of(logged.day, &kept.goal, &entry);
    }
    let page = GoalPage {
        theme: queries::answers(house, me.id).await?.0.theme().to_owned(),
        pictures: picture::pictures(ui.language, &kept, &entries, today),
        sharers: sharing::sharers(house, me.id).await?,
        partners: sharing::partners(house, kept.id).await?,
        cheers: sharing::cheers(house, &kept).await?,
        ui,
        kept,
        today,
        logged,
        trouble,
    };
    render_status(&page, if trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK })
}

#[derive(Debug, Deserialize)]
pub struct Turn {
    state: String,
}

/// Reached, put down, or taken up again.
pub async fn state(State(house): State<House>, me: Me, Path(goal): Path<i64>, Form(turn): Form<Turn>) -> Result<Response, Fault> {
    let Some(to) = Stands::parse(&turn.state).filter(|to| *to != Stands::Draft) else { return Ok(not_found()) };
    let now = house.clock.now();
    let deed = Deed::new(me.id, "goal.state", format!("goal/{goal}"));
    let changed = change(&house, me.id, goal, deed, |kept| {
        kept.state = to;
        kept.begun_at = kept.begun_at.or(Some(now));
        kept.ended_at = (to != Stands::Going).then_some(now);
    })
    .await?;
    Ok(if changed.is_some() { Redirect::to(&format!("/goals/{goal}")).into_response() } else { not_found() })
}

#[cfg(test)]
mod tests {
    use ground::{Language, Role};

    use super::*;
    use crate::goals::overview::tests::sample;

    #[test]
    fn a_goal_renders_with_all_that_belongs_to_it() {
        for language in Language::ALL {
            let (mut kept, today) = (sample(language, 28).kept, jiff::civil::date(2026, 11, 23));
            kept.goal.milestones = vec![care::goals::Milestone { words: "One week".into(), reached_on: None }];
            kept.goal.until = Some(today);
            let entry = Entry { value: [(1, 1_290)].into(), note: "Kept <note>".into() };
            let page = GoalPage {
                ui: Ui::sample(language, Some(Role::Member)),
                theme: "Room".into(),
                today,
                pictures: sample(language, 28).pictures,
                logged: Logged::of(today, &kept.goal, &entry),
                sharers: vec![Sharer { group: 1, name: "Steady".into(), people: vec![(3, "Theo".into())] }],
                partners: vec![Partner { id: 1, name: "Theo".into(), accepted: true }],
                cheers: vec![Cheer { id: 1, from: "Theo".into(), phrase: "proud".into(), note: "<hi>".into() }],
                kept,
                trouble: Some("goal-value"),
            };
            let mut page = page;
            let html = page.render().unwrap();
            assert!(!html.contains("/moments/new"), "what is not reached is not told");
            page.kept.goal.milestones[0] = care::goals::Milestone { words: "One <week>".into(), reached_on: Some(today) };
            page.kept.state = Stands::Reached;
            let told = page.render().unwrap();
            assert_eq!(told.matches("action=\"/groups/1/moments/new\"").count(), 2, "the milestone, and the goal itself");
            assert!(told.contains("value=\"One &#60;week&#62;\""), "its words stand in the form");
            assert!(html.contains("Kept &#60;note&#62;") && html.contains("&#60;hi&#62;") && html.contains("21:30"));
        }
    }
}
