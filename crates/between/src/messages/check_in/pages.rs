use askama::Template;
use axum::{
    Form,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use care::{
    messages::check_in::{self, Answer, MOODS, Plan, Unfit},
    times,
};
use ground::{Deed, Fault, House, Me, Ui, not_found, render, web::render_status, when};
use serde::Deserialize;

use super::queries::{self, GroupRow, Told};
use crate::messages::{
    acts::{ask_somebody_to_look, is_danger},
    of_group as channel_of,
};

/// What leaders read before a session goes back so far.
const WEEK: i64 = 7;
/// Their page, and what a member finds of their own.
const MONTH: i64 = 31;

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    pub mood: String,
    pub word: String,
    pub line: String,
}

/// Today's question as a member finds it among the messages.
#[derive(Template)]
#[template(path = "messages/check_in/today.html")]
pub struct Today {
    pub ui: Ui,
    pub group: i64,
    pub typed: Typed,
    /// What was answered today.
    pub given: Option<Answer>,
    pub trouble: Option<Unfit>,
}

impl Today {
    fn mood(&self, mood: &u8) -> String {
        self.ui.t(&format!("chat-check-in-mood-{mood}"))
    }

    fn moods(&self) -> Vec<u8> {
        MOODS.collect()
    }

    fn is_typed(&self, mood: &u8) -> bool {
        self.typed.mood == mood.to_string()
    }
}

#[derive(Template)]
#[template(path = "messages/check_in/mine.html")]
pub struct MinePage {
    pub ui: Ui,
    pub today: Option<Today>,
    pub told: Vec<Told>,
    pub channel: i64,
    /// What was answered may mean danger.
    pub danger: bool,
}

#[derive(Template)]
#[template(path = "messages/check_in/group.html")]
pub struct GroupPage {
    pub ui: Ui,
    pub group: i64,
    pub name: String,
    pub plan: Plan,
    pub told: Vec<Told>,
    pub trouble: Option<&'static str>,
}

#[derive(Template)]
#[template(path = "messages/check_in/open.html")]
pub struct OpenPart {
    pub ui: Ui,
    pub group: i64,
    pub told: Vec<Told>,
}

fn mood(ui: &Ui, told: &Told) -> String {
    let mood = ui.t(&format!("chat-check-in-mood-{}", told.answer.mood));
    if told.answer.word.is_empty() { mood } else { format!("{mood} · “{}”", told.answer.word) }
}

fn day(ui: &Ui, told: &Told) -> String {
    told.day.parse().map_or_else(|_| told.day.clone(), |day| when::on(ui.language, day))
}

macro_rules! tells_answers {
    ($($page:ty),*) => {$(
        impl $page {
            fn mood(&self, told: &Told) -> String {
                mood(&self.ui, told)
            }

            fn day(&self, told: &Told) -> String {
                day(&self.ui, told)
            }
        }
    )*};
}

tells_answers!(MinePage, GroupPage, OpenPart);

impl GroupPage {
    fn days(&self) -> Vec<(usize, String, bool)> {
        self.plan.days.iter().enumerate().map(|(at, on)| (at + 1, self.ui.t(&format!("day-{}", at + 1)), *on)).collect()
    }

    fn time(&self) -> String {
        format!("{:02}:{:02}", self.plan.minute / 60, self.plan.minute % 60)
    }
}

/// Today in the group's own zone, and from which day on so many days are told.
fn days(house: &House, group: &GroupRow, back: i64) -> (ground::Moment, String, String) {
    let now = house.clock.now();
    let today = now.in_zone(&group.zone).date();
    let from = today.checked_sub(jiff::Span::new().days(back)).unwrap_or(today);
    (now, today.to_string(), from.to_string())
}

/// The question, if it is asked now.
pub async fn today(house: &House, ui: &Ui, me: &Me, group: i64) -> Result<Option<Today>, Fault> {
    today_with(house, ui, me, group, (Typed::default(), None)).await
}

async fn today_with(house: &House, ui: &Ui, me: &Me, group: i64, (typed, trouble): (Typed, Option<Unfit>)) -> Result<Option<Today>, Fault> {
    let (Some(plan), Some(of)) = (queries::plan(&house.db, group).await?, queries::group(&house.db, group).await?) else { return Ok(None) };
    let (now, today, _) = days(house, &of, 0);
    let local = now.in_zone(&of.zone);
    if !plan.asks(local.weekday().to_monday_one_offset(), i16::from(local.hour()) * 60 + i16::from(local.minute())) {
        return Ok(None);
    }
    let given = queries::told(house, group, Some(me.id), &today).await?.pop().map(|told| told.answer);
    Ok(Some(Today { ui: ui.clone(), group, typed, given, trouble }))
}

async fn own_page(house: &House, ui: Ui, me: &Me, group: i64, typed: (Typed, Option<Unfit>), danger: bool) -> Result<Response, Fault> {
    let Some(of) = queries::group(&house.db, group).await? else { return Ok(not_found()) };
    let (_, _, from) = days(house, &of, MONTH);
    let status = if typed.1.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let today = today_with(house, &ui, me, group, typed).await?;
    let told = queries::told(house, group, Some(me.id), &from).await?;
    let channel = channel_of(house, group).await?;
    render_status(&MinePage { ui, today, told, channel, danger }, status)
}

pub async fn mine(State(house): State<House>, ui: Ui, me: Me, Path(group): Path<i64>) -> Result<Response, Fault> {
    own_page(&house, ui, &me, group, (Typed::default(), None), false).await
}

/// Of today, as long as today lasts. On a day without the question there is nothing to answer.
pub async fn answer(
    State(house): State<House>,
    ui: Ui,
    me: Me,
    Path(group): Path<i64>,
    Form(typed): Form<Typed>,
) -> Result<Response, Fault> {
    let Some(of) = queries::group(&house.db, group).await? else { return Ok(not_found()) };
    let answer = match check_in::answer(&typed.mood, &typed.word, &typed.line) {
        Ok(answer) => answer,
        Err(trouble) => return own_page(&house, ui, &me, group, (typed, Some(trouble)), false).await,
    };
    if today(&house, &ui, &me, group).await?.is_none() {
        return Ok(Redirect::to(&format!("/groups/{group}/check-in")).into_response());
    }
    let (now, day, _) = days(&house, &of, 0);
    let sealed = queries::seal(&house, group, me.id, &day, &answer).await?;
    let words = format!("{}\n{}", answer.word, answer.line);
    let danger = is_danger(&house, &me, &words).await?;
    let tx = house.db.write().await?;
    queries::keep(&tx, (group, me.id, &day), sealed, now).await?;
    if danger {
        ask_somebody_to_look(&house, &tx, &me, &format!("check_in/{group}/{}/{day}", me.id), &words).await?;
    }
    tx.commit(Deed::new(me.id, "chat_check_in.answer", format!("group/{group}"))).await?;
    if danger {
        return own_page(&house, ui, &me, group, (Typed::default(), None), true).await;
    }
    Ok(Redirect::to(&format!("/channels/{}", channel_of(&house, group).await?)).into_response())
}

async fn leaders(house: &House, ui: Ui, me: &Me, group: i64, refused: Option<(Plan, &'static str)>) -> Result<Response, Fault> {
    let Some(of) = queries::group(&house.db, group).await? else { return Ok(not_found()) };
    house.shows(me.id, "chat_check_in.read", format!("group/{group}")).await?;
    let (_, _, from) = days(house, &of, MONTH);
    let told = queries::told(house, group, None, &from).await?;
    let kept = queries::plan(&house.db, group).await?.unwrap_or(Plan { days: [false; 7], minute: 9 * 60 });
    let (plan, trouble) = refused.map_or((kept, None), |(plan, key)| (plan, Some(key)));
    let status = if trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    render_status(&GroupPage { ui, group, name: of.name, plan, told, trouble }, status)
}

pub async fn of_group(State(house): State<House>, ui: Ui, me: Me, Path(group): Path<i64>) -> Result<Response, Fault> {
    leaders(&house, ui, &me, group, None).await
}

pub async fn plan(
    State(house): State<House>,
    ui: Ui,
    me: Me,
    Path(group): Path<i64>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let days = std::array::from_fn(|at| fields.iter().any(|(name, _)| *name == format!("day-{}", at + 1)));
    let typed = fields.iter().find(|(name, _)| name == "time").map_or("", |(_, value)| value.as_str());
    let Some(minute) = times::read(typed) else {
        return leaders(&house, ui, &me, group, Some((Plan { days, minute: 9 * 60 }, "chat-check-in-time"))).await;
    };
    let tx = house.db.write().await?;
    queries::keep_plan(&tx, group, &Plan { days, minute }, me.id, house.clock.now()).await?;
    tx.commit(Deed::new(me.id, "chat_check_in.plan", format!("group/{group}"))).await?;
    Ok(Redirect::to(&format!("/groups/{group}/check-ins")).into_response())
}

/// A slot on the page before a session.
pub async fn open(State(house): State<House>, ui: Ui, me: Me, Path(group): Path<i64>) -> Result<Response, Fault> {
    let Some(of) = queries::group(&house.db, group).await? else { return Ok(not_found()) };
    house.shows(me.id, "chat_check_in.read", format!("group/{group}")).await?;
    let (_, _, from) = days(&house, &of, WEEK);
    render(&OpenPart { ui, group, told: queries::told(&house, group, None, &from).await? })
}

#[cfg(test)]
mod tests {
    use ground::{Language, Role};

    use super::*;

    fn told() -> Told {
        let answer = Answer { mood: 2, word: "ti<red".into(), line: "Slept <badly>".into() };
        Told { name: "May<a".into(), day: "2026-11-26".into(), answer }
    }

    fn ask(language: Language, given: Option<Answer>, trouble: Option<Unfit>) -> Today {
        let typed = Typed { mood: "2".into(), word: "ti<red".into(), line: "kept <line>".into() };
        Today { ui: Ui::sample(language, Some(Role::Member)), group: 4, typed, given, trouble }
    }

    #[test]
    fn five_moods_a_word_and_a_line_and_what_was_typed_stays() {
        for language in Language::ALL {
            let html = ask(language, None, Some(Unfit::TooLong)).render().unwrap();
            assert_eq!(html.matches("name=\"mood\"").count(), 5);
            assert!(html.contains("ti&#60;red") && html.contains("kept &#60;line&#62;") && html.contains("role=\"alert\""));
            assert_eq!(html.matches(" checked").count(), 1);
            let given = ask(language, Some(told().answer), None).render().unwrap();
            assert!(given.contains(&language.t("chat-check-in-mood-2")) && given.contains("<details"), "it can still be changed");
        }
    }

    #[test]
    fn the_pages_render_with_nothing_and_with_much() {
        for language in Language::ALL {
            let ui = Ui::sample(language, Some(Role::Clinician));
            for many in [0, 40] {
                let plan = Plan { days: [true, false, false, true, false, false, false], minute: 9 * 60 + 5 };
                let group = GroupPage {
                    ui: ui.clone(),
                    group: 4,
                    name: "Steady <Ground>".into(),
                    plan,
                    told: vec![told(); many],
                    trouble: Some("chat-check-in-time"),
                };
                let html = group.render().unwrap();
                assert_eq!((html.matches("May&#60;a").count(), html.matches(" checked").count()), (many, 2));
                assert!(html.contains("value=\"09:05\"") && html.contains("Steady &#60;Ground&#62;"));
                let part = OpenPart { ui: ui.clone(), group: 4, told: vec![told(); many] }.render().unwrap();
                assert_eq!(part.contains(&language.t("chat-check-in-none")), many == 0);
                let mine = MinePage {
                    ui: ui.clone(),
                    today: Some(ask(language, None, None)),
                    told: vec![told(); many],
                    channel: 5,
                    danger: many == 0,
                };
                let html = mine.render().unwrap();
                assert_eq!(html.matches("Slept &#60;badly&#62;").count(), many);
                assert!(html.contains("name=\"mood\"") && html.contains("/channels/5"));
                assert_eq!(html.contains(&language.t("messages-danger-title")), many == 0);
            }
        }
    }
}
