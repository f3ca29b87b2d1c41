//! When one can be called: a member of staff enters times, applicants choose one.

use askama::Template;
use axum::{
    Form,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use ground::{Deed, Fault, House, Me, Moment, Ui, not_found, web::render_status, when};
use jiff::{
    civil::{Date, Time},
    tz::TimeZone,
};
use serde::Deserialize;

use super::queries::{self, CallSlot};

/// More times than this at once is a slip of the finger.
const MOST_AT_ONCE: i64 = 16;
/// Calls of the last week are still shown: what was said in them is decided on afterwards.
const SHOWN: std::time::Duration = std::time::Duration::from_secs(7 * 86_400);

#[derive(Debug, Clone, Deserialize)]
#[serde(default)]
pub struct CallForm {
    pub day: String,
    pub time: String,
    pub minutes: String,
    /// So many in a row.
    pub count: String,
}

impl Default for CallForm {
    fn default() -> CallForm {
        CallForm { day: String::new(), time: String::new(), minutes: "20".into(), count: "1".into() }
    }
}

#[derive(Template)]
#[template(path = "enrolment/calls.html")]
pub struct CallsPage {
    pub ui: Ui,
    pub zone: String,
    pub slots: Vec<CallSlot>,
    pub typed: CallForm,
    pub trouble: Option<&'static str>,
}

impl CallsPage {
    fn when(&self, slot: &CallSlot) -> String {
        when::moment(self.ui.language, slot.starts_at, &self.zone)
    }

    fn city(&self) -> String {
        crate::catalogue::city(&self.zone)
    }
}

async fn page(house: &House, ui: Ui, me: &Me, typed: CallForm, trouble: Option<&'static str>) -> Result<Response, Fault> {
    let slots = queries::slots_of(&house.db, me.id, house.clock.now().minus(SHOWN)).await?;
    let status = if trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    render_status(&CallsPage { ui, zone: me.zone.clone(), slots, typed, trouble }, status)
}

pub async fn all(State(house): State<House>, ui: Ui, me: Me) -> Result<Response, Fault> {
    page(&house, ui, &me, CallForm::default(), None).await
}

/// The starts and the length of each, on the clock of whoever enters them.
fn read(typed: &CallForm, zone: &str, now: Moment) -> Result<(Vec<Moment>, i64), &'static str> {
    let whole = |text: &str, most: i64, least: i64| text.trim().parse::<i64>().ok().filter(|number| (least..=most).contains(number));
    let minutes = whole(&typed.minutes, 120, 10).ok_or("calls-minutes")?;
    let count = whole(&typed.count, MOST_AT_ONCE, 1).ok_or("calls-count")?;
    let day: Date = typed.day.trim().parse().map_err(|_| "calls-when")?;
    let time: Time = typed.time.trim().parse().map_err(|_| "calls-when")?;
    let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    let first: Moment = day.to_datetime(time).to_zoned(zone).map_err(|_| "calls-when")?.timestamp().into();
    if first <= now {
        return Err("calls-past");
    }
    Ok(((0..count).map(|index| Moment(first.0 + index * minutes * 60_000_000)).collect(), minutes))
}

pub async fn add(State(house): State<House>, ui: Ui, me: Me, Form(typed): Form<CallForm>) -> Result<Response, Fault> {
    let (starts, minutes) = match read(&typed, &me.zone, house.clock.now()) {
        Ok(read) => read,
        Err(trouble) => return page(&house, ui, &me, typed, Some(trouble)).await,
    };
    let tx = house.db.write().await?;
    for start in starts {
        queries::add_slot(&tx, me.id, start, minutes).await?;
    }
    tx.commit(Deed::new(me.id, "call.offer", format!("person/{}", me.id))).await?;
    Ok(Redirect::to("/calls").into_response())
}

pub async fn remove(State(house): State<House>, me: Me, Path(call): Path<i64>) -> Result<Response, Fault> {
    let tx = house.db.write().await?;
    if !queries::remove_slot(&tx, me.id, call).await? {
        return Ok(not_found());
    }
    tx.commit(Deed::new(me.id, "call.remove", format!("call/{call}"))).await?;
    Ok(Redirect::to("/calls").into_response())
}

#[cfg(test)]
mod tests {
    use ground::{Language, Role};

    use super::*;

    fn typed() -> CallForm {
        CallForm { day: "2026-12-01".into(), time: "09:30".into(), minutes: "20".into(), count: "3".into() }
    }

    #[test]
    fn times_are_on_the_clock_of_whoever_enters_them() {
        let (starts, minutes) = read(&typed(), "America/New_York", Moment(0)).unwrap();
        assert_eq!((starts.len(), minutes), (3, 20));
        assert_eq!(starts[0].timestamp().to_string(), "2026-12-01T14:30:00Z");
        assert_eq!(starts[2].timestamp().to_string(), "2026-12-01T15:10:00Z");
    }

    #[test]
    fn what_does_not_fit_is_named_and_kept() {
        let trouble = |typed: CallForm| read(&typed, "UTC", Moment(1_700_000_000_000_000)).err();
        assert_eq!(trouble(CallForm { day: "31 May".into(), ..typed() }), Some("calls-when"));
        assert_eq!(trouble(CallForm { time: "25:00".into(), ..typed() }), Some("calls-when"));
        assert_eq!(trouble(CallForm { day: "2020-01-01".into(), ..typed() }), Some("calls-past"));
        assert_eq!(trouble(CallForm { minutes: "5".into(), ..typed() }), Some("calls-minutes"));
        assert_eq!(trouble(CallForm { count: "99".into(), ..typed() }), Some("calls-count"));
        for language in Language::ALL {
            let ui = Ui::sample(language, Some(Role::Clinician));
            let slot = CallSlot {
                id: 1,
                clinician: "Dr. Amara Osei".into(),
                starts_at: Moment(1_780_000_000_000_000),
                minutes: 20,
                person: Some("Ada <b>".into()),
                group_id: Some(3),
                application_id: Some(5),
            };
            let free = CallSlot { person: None, group_id: None, application_id: None, ..slot.clone() };
            let page = CallsPage { ui, zone: "UTC".into(), slots: vec![slot, free], typed: typed(), trouble: Some("calls-past") };
            let html = page.render().unwrap();
            assert!(html.contains("Ada &#60;b&#62;") && html.contains("/groups/3/applicants/5") && html.contains("value=\"09:30\""));
            assert_eq!(html.matches("/removal").count(), 1, "a chosen time stays");
        }
    }
}
