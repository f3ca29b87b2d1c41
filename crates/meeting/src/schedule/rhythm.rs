//! More weekly times for a group, and the days on which nobody meets.

use askama::Template;
use axum::{
    Form,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use care::{names, times};
use ground::{Deed, Fault, House, Me, Ui, not_found, random_id, web::render_status};
use serde::Deserialize;

use super::queries::{self, GroupFacts, Holiday, TimeRow};

const NAME_CHARS: usize = 60;

#[derive(Debug, Clone, Default, Deserialize)]
pub struct TimeForm {
    #[serde(default)]
    pub weekday: String,
    #[serde(default)]
    pub time: String,
    #[serde(default)]
    pub id: String,
}

#[derive(Template)]
#[template(path = "schedule/times.html")]
pub struct TimesPage {
    pub ui: Ui,
    pub id: i64,
    pub group: GroupFacts,
    pub more: Vec<TimeRow>,
    pub typed: TimeForm,
    pub trouble: Option<&'static str>,
}

impl TimesPage {
    fn days(&self) -> Vec<(String, String)> {
        (1..=7).map(|day| (day.to_string(), self.ui.t(&format!("day-{day}")))).collect()
    }

    fn said(&self, weekday: &i64, minute: &i64) -> String {
        format!("{}, {}", self.ui.t(&format!("day-{weekday}")), times::write(*minute))
    }
}

async fn times_page(house: &House, ui: Ui, id: i64, typed: TimeForm, trouble: Option<&'static str>) -> Result<Response, Fault> {
    let Some(group) = queries::group(&house.db, id).await? else { return Ok(not_found()) };
    let more = queries::times(&house.db, id).await?;
    let status = if trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    render_status(&TimesPage { ui, id, group, more, typed, trouble }, status)
}

pub async fn times(State(house): State<House>, ui: Ui, Path(group): Path<i64>) -> Result<Response, Fault> {
    times_page(&house, ui, group, TimeForm { weekday: "1".into(), ..TimeForm::default() }, None).await
}

pub async fn add_time(
    State(house): State<House>,
    ui: Ui,
    me: Me,
    Path(group): Path<i64>,
    Form(typed): Form<TimeForm>,
) -> Result<Response, Fault> {
    let weekday = typed.weekday.parse().ok().filter(|day| (1..=7).contains(day));
    let (Some(weekday), Some(minute)) = (weekday, times::read(&typed.time).map(i64::from)) else {
        return times_page(&house, ui, group, typed, Some("times-unreadable")).await;
    };
    let tx = house.db.write().await?;
    if !queries::add_time(&tx, random_id(), group, weekday, minute).await? {
        drop(tx);
        return times_page(&house, ui, group, typed, Some("times-already")).await;
    }
    tx.commit(Deed::new(me.id, "group.time.add", format!("group/{group}"))).await?;
    super::plan_group(&house, group).await?;
    Ok(Redirect::to(&format!("/groups/{group}/times")).into_response())
}

pub async fn remove_time(
    State(house): State<House>,
    ui: Ui,
    me: Me,
    Path(group): Path<i64>,
    Form(typed): Form<TimeForm>,
) -> Result<Response, Fault> {
    let tx = house.db.write().await?;
    if !queries::remove_time(&tx, group, typed.id.parse().unwrap_or(0)).await? {
        drop(tx);
        return times_page(&house, ui, group, typed, Some("times-gone")).await;
    }
    tx.commit(Deed::new(me.id, "group.time.remove", format!("group/{group}"))).await?;
    Ok(Redirect::to(&format!("/groups/{group}/times")).into_response())
}

#[derive(Debug, Clone, Default, Deserialize)]
pub struct HolidayForm {
    #[serde(default)]
    pub day: String,
    #[serde(default)]
    pub name: String,
}

#[derive(Template)]
#[template(path = "schedule/holidays.html")]
pub struct HolidaysPage {
    pub ui: Ui,
    pub holidays: Vec<Holiday>,
    pub typed: HolidayForm,
    pub trouble: Option<&'static str>,
}

impl HolidaysPage {
    fn month(&self, holiday: &Holiday) -> String {
        holiday.day.get(..7).unwrap_or_default().to_owned()
    }
}

async fn holidays_page(house: &House, ui: Ui, typed: HolidayForm, trouble: Option<&'static str>) -> Result<Response, Fault> {
    let holidays = queries::holidays(&house.db).await?;
    let status = if trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    render_status(&HolidaysPage { ui, holidays, typed, trouble }, status)
}

pub async fn holidays(State(house): State<House>, ui: Ui) -> Result<Response, Fault> {
    holidays_page(&house, ui, HolidayForm::default(), None).await
}

/// Sessions that already stand in the calendar stay: whoever is expected there must be told, which is what cancelling does.
pub async fn add_holiday(State(house): State<House>, ui: Ui, me: Me, Form(typed): Form<HolidayForm>) -> Result<Response, Fault> {
    let Ok(day) = typed.day.trim().parse::<jiff::civil::Date>() else {
        return holidays_page(&house, ui, typed, Some("holidays-day-unreadable")).await;
    };
    if !names::fits(typed.name.trim(), NAME_CHARS) {
        return holidays_page(&house, ui, typed, Some("holidays-name")).await;
    }
    let tx = house.db.write().await?;
    if !queries::add_holiday(&tx, &day.to_string(), typed.name.trim()).await? {
        drop(tx);
        return holidays_page(&house, ui, typed, Some("holidays-already")).await;
    }
    tx.commit(Deed::new(me.id, "holiday.add", format!("holiday/{day}"))).await?;
    Ok(Redirect::to("/calendar/holidays").into_response())
}

pub async fn remove_holiday(State(house): State<House>, ui: Ui, me: Me, Form(typed): Form<HolidayForm>) -> Result<Response, Fault> {
    let tx = house.db.write().await?;
    if !queries::remove_holiday(&tx, typed.day.trim()).await? {
        drop(tx);
        return holidays_page(&house, ui, HolidayForm::default(), Some("holidays-gone")).await;
    }
    tx.commit(Deed::new(me.id, "holiday.remove", "holiday")).await?;
    super::plan_ahead(&house).await?;
    Ok(Redirect::to("/calendar/holidays").into_response())
}

#[cfg(test)]
mod tests {
    use ground::{Language, Role};

    use super::*;

    #[test]
    fn the_pages_render_and_keep_what_was_typed() {
        for language in Language::ALL {
            let ui = Ui::sample(language, Some(Role::Coordinator));
            let page = TimesPage {
                ui: ui.clone(),
                id: 3,
                group: GroupFacts { name: "A & B".into(), weekday: 2, minute_of_day: 545, zone: "UTC".into() },
                more: vec![TimeRow { id: 8, weekday: 4, minute_of_day: 0 }],
                typed: TimeForm { weekday: "5".into(), time: "kept".into(), ..TimeForm::default() },
                trouble: Some("times-unreadable"),
            };
            let html = page.render().unwrap();
            assert!(html.contains("09:05") && html.contains("00:00") && html.contains("value=\"kept\""));
            assert!(html.contains("<option value=\"5\" selected>"));
            let page = HolidaysPage {
                ui,
                holidays: vec![Holiday { day: "2026-12-25".into(), name: "<Christmas>".into() }],
                typed: HolidayForm { day: "kept".into(), name: "kept too".into() },
                trouble: Some("holidays-name"),
            };
            let html = page.render().unwrap();
            assert!(html.contains("/calendar?month=2026-12") && html.contains("kept too") && html.contains("&#60;Christmas&#62;"));
        }
    }
}
