use askama::Template;
use axum::{
    Form,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use care::licensing::Jurisdiction;
use ground::{Deed, Fault, House, Me, Moment, Ui, facts, not_found, web::render_status, when};
use jiff::{ToSpan, civil::Date, tz::TimeZone};
use serde::Deserialize;

use super::{
    let_go,
    queries::{self, Standing, Target},
};
use crate::{
    residence::{self, Asked},
    seats::{self, NoSeat, Sitting},
};

/// A seat is kept through a pause; longer than this it is another person's turn.
const LONGEST_PAUSE_WEEKS: i64 = 8;

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct LeavingForm {
    /// "now", "after" the next session, or "stay".
    pub leave: String,
    pub until: String,
    pub to: String,
    /// Where they live, and why they are let in all the same.
    pub residence: String,
    pub reason: String,
}

#[derive(Template)]
#[template(path = "leaving/leaving.html")]
pub struct LeavingPage {
    pub ui: Ui,
    pub group: i64,
    pub zone: String,
    pub standing: Standing,
    pub typed: LeavingForm,
    pub trouble: Option<&'static str>,
}

#[derive(Template)]
#[template(path = "leaving/member.html")]
pub struct MemberPage {
    pub ui: Ui,
    pub group: i64,
    pub person: i64,
    pub zone: String,
    pub standing: Standing,
    pub targets: Vec<Target>,
    pub places: Vec<Jurisdiction>,
    pub typed: LeavingForm,
    pub trouble: Option<&'static str>,
}

macro_rules! speaks_of_standing {
    ($($page:ty),*) => {$(
        impl $page {
            fn when(&self, at: &Moment) -> String {
                when::moment(self.ui.language, *at, &self.zone)
            }

            fn day(&self, at: &Moment) -> String {
                when::day(self.ui.language, *at, &self.zone)
            }
        }
    )*};
}

speaks_of_standing!(LeavingPage, MemberPage);

fn status(trouble: Option<&'static str>) -> StatusCode {
    if trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK }
}

async fn page(house: &House, ui: Ui, me: &Me, group: i64, typed: LeavingForm, trouble: Option<&'static str>) -> Result<Response, Fault> {
    let Some(standing) = queries::standing(&house.db, group, me.id, house.clock.now()).await? else { return Ok(not_found()) };
    render_status(&LeavingPage { ui, group, zone: me.zone.clone(), standing, typed, trouble }, status(trouble))
}

pub async fn form(State(house): State<House>, ui: Ui, me: Me, Path(group): Path<i64>) -> Result<Response, Fault> {
    page(&house, ui, &me, group, LeavingForm::default(), None).await
}

/// Now, after a last session, or not after all.
pub async fn leave(
    State(house): State<House>,
    ui: Ui,
    me: Me,
    Path(group): Path<i64>,
    Form(typed): Form<LeavingForm>,
) -> Result<Response, Fault> {
    let tx = house.db.write().await?;
    let Some(standing) = queries::standing(&tx, group, me.id, house.clock.now()).await? else { return Ok(not_found()) };
    let (action, next) = match (typed.leave.as_str(), standing.next_end) {
        ("now", _) => {
            let_go(&house, &tx, group, me.id).await?;
            ("membership.leave", "/groups".to_owned())
        }
        ("after", Some(end)) => {
            queries::set_leaves_after(&tx, group, me.id, Some(end)).await?;
            ("membership.leave_after", format!("/groups/{group}/leaving"))
        }
        ("stay", _) => {
            queries::set_leaves_after(&tx, group, me.id, None).await?;
            ("membership.stay", format!("/groups/{group}/leaving"))
        }
        _ => {
            drop(tx);
            return page(&house, ui, &me, group, typed, Some("leaving-choose")).await;
        }
    };
    tx.commit(Deed::new(me.id, action, format!("group/{group}"))).await?;
    Ok(Redirect::to(&next).into_response())
}

/// The first moment of that day on the person's own clock: from today, at most eight weeks.
fn until(typed: &str, zone: &str, now: Moment) -> Option<Moment> {
    let day: Date = typed.trim().parse().ok()?;
    let today = now.in_zone(zone).date();
    let last = today.checked_add((7 * LONGEST_PAUSE_WEEKS).days()).ok()?;
    let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    (today < day && day <= last).then(|| day.to_zoned(zone).ok().map(|at| at.timestamp().into())).flatten()
}

/// The seat is kept. An empty day ends a pause.
pub async fn pause(
    State(house): State<House>,
    ui: Ui,
    me: Me,
    Path(group): Path<i64>,
    Form(typed): Form<LeavingForm>,
) -> Result<Response, Fault> {
    let until = until(&typed.until, &me.zone, house.clock.now());
    if until.is_none() && !typed.until.trim().is_empty() {
        return page(&house, ui, &me, group, typed, Some("leaving-pause-day")).await;
    }
    let tx = house.db.write().await?;
    queries::set_paused_until(&tx, group, me.id, until).await?;
    tx.commit(Deed::new(me.id, "membership.pause", format!("group/{group}"))).await?;
    Ok(Redirect::to(&format!("/groups/{group}/leaving")).into_response())
}

async fn member_page(
    house: &House,
    ui: Ui,
    me: &Me,
    (group, person): (i64, i64),
    typed: LeavingForm,
    trouble: Option<&'static str>,
) -> Result<Response, Fault> {
    let Some(standing) = queries::standing(&house.db, group, person, house.clock.now()).await? else { return Ok(not_found()) };
    let targets = queries::targets(&house.db, group).await?;
    let page = MemberPage { ui, group, person, zone: me.zone.clone(), standing, targets, places: residence::places()?, typed, trouble };
    render_status(&page, status(trouble))
}

pub async fn member(State(house): State<House>, ui: Ui, me: Me, Path(at): Path<(i64, i64)>) -> Result<Response, Fault> {
    member_page(&house, ui, &me, at, LeavingForm::default(), None).await
}

pub async fn remove(State(house): State<House>, me: Me, Path((group, person)): Path<(i64, i64)>) -> Result<Response, Fault> {
    let tx = house.db.write().await?;
    if !let_go(&house, &tx, group, person).await? {
        return Ok(not_found());
    }
    tx.commit(Deed::new(me.id, "membership.remove", format!("group/{group}/person/{person}"))).await?;
    Ok(Redirect::to(&format!("/groups/{group}/seats")).into_response())
}

/// Out of one group and into the other in one transaction: nobody is ever in neither, and no seat is counted twice.
pub async fn transfer(
    State(house): State<House>,
    ui: Ui,
    me: Me,
    Path((group, person)): Path<(i64, i64)>,
    Form(typed): Form<LeavingForm>,
) -> Result<Response, Fault> {
    let to: i64 = typed.to.parse().unwrap_or(0);
    if facts::group_exists(&house.db, to).await?.is_none() || to == group {
        return member_page(&house, ui, &me, (group, person), typed, Some("leaving-to-missing")).await;
    }
    let asked = Asked { group: to, person, place: &typed.residence, reason: &typed.reason, by: me.id };
    let place = match residence::read(&house, asked).await? {
        Ok(place) => place,
        Err(trouble) => return member_page(&house, ui, &me, (group, person), typed, Some(trouble)).await,
    };
    let tx = house.db.write().await?;
    let Some(standing) = queries::standing(&tx, group, person, house.clock.now()).await? else { return Ok(not_found()) };
    let trouble = if !residence::opens(&house, &tx, to, person, &place).await? {
        Some("residence-law")
    } else if seats::is_seated(&tx, to, person).await? {
        Some("seats-already")
    } else if !seats::take_place(&tx, to).await? {
        Some("seats-full")
    } else {
        let_go(&house, &tx, group, person).await?;
        let who = Sitting { group: to, person, part: "member", name: &standing.display_name, first_number: 1 };
        seats::sit(&tx, who, house.clock.now()).await?.err().map(NoSeat::key)
    };
    if trouble.is_some() {
        drop(tx);
        return member_page(&house, ui, &me, (group, person), typed, trouble).await;
    }
    tx.commit(Deed::new(me.id, "membership.transfer", format!("group/{group}/person/{person}"))).await?;
    Ok(Redirect::to(&format!("/groups/{to}/seats")).into_response())
}

#[cfg(test)]
mod tests {
    use ground::{Language, Role};

    use super::*;

    fn standing(leaves: bool) -> Standing {
        Standing {
            group_name: "Steady & Ground".into(),
            person: "Ada Nowak".into(),
            display_name: "Ada".into(),
            paused_until: leaves.then_some(Moment(1_790_000_000_000_000)),
            leaves_after: leaves.then_some(Moment(1_780_000_000_000_000)),
            next_end: (!leaves).then_some(Moment(1_780_000_000_000_000)),
            next_start: (!leaves).then_some(Moment(1_779_990_000_000_000)),
        }
    }

    #[test]
    fn a_pause_ends_on_a_day_to_come() {
        let now = Moment("2026-11-25T20:00:00Z".parse::<jiff::Timestamp>().unwrap().as_microsecond());
        assert_eq!(until("2026-12-09", "America/New_York", now).unwrap().timestamp().to_string(), "2026-12-09T05:00:00Z");
        assert_eq!(until("2026-11-25", "America/New_York", now), None, "today is no pause");
        assert_eq!(until("2026-11-26", "Pacific/Auckland", now), None, "there it is the 26th already");
        assert!(until("2027-01-20", "UTC", now).is_some());
        assert_eq!(until("2027-01-21", "UTC", now), None);
        assert_eq!(until("soon", "UTC", now), None);
    }

    #[test]
    fn the_pages_render_whatever_is_planned() {
        for language in Language::ALL {
            for leaves in [true, false] {
                let ui = Ui::sample(language, Some(Role::Member));
                let typed = LeavingForm { until: "kept".into(), ..LeavingForm::default() };
                let page = LeavingPage {
                    ui,
                    group: 3,
                    zone: "UTC".into(),
                    standing: standing(leaves),
                    typed: typed.clone(),
                    trouble: Some("leaving-pause-day"),
                };
                let html = page.render().unwrap();
                assert_eq!(html.contains("value=\"stay\""), leaves, "who leaves may stay after all");
                assert_eq!(html.contains("value=\"after\""), !leaves);
                assert!(html.contains("kept"));
                let page = MemberPage {
                    ui: Ui::sample(language, Some(Role::Coordinator)),
                    group: 3,
                    person: 7,
                    zone: "UTC".into(),
                    standing: standing(leaves),
                    targets: vec![Target { id: 4, name: "B & C".into(), capacity: 8, taken: 8 }],
                    places: residence::places().unwrap(),
                    typed,
                    trouble: Some("seats-full"),
                };
                assert!(page.render().unwrap().contains("B &#38; C (8/8)"));
            }
        }
    }
}
