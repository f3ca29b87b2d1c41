//! The weekly rhythm and what happens to single sessions: planned weeks ahead, moved, called off, led by somebody else.

mod change;
mod notify;
mod queries;
mod rhythm;

use std::time::Duration;

use care::{
    agenda::Agenda,
    programmes::{self, Programme},
    schedule::{self, Weekly, in_zone},
};
use ground::{Fault, House, Moment, Routes, Rule, Stand, random_id};
use jiff::civil::Date;

use crate::programme;
pub(crate) use notify::tell;
use queries::{Rhythm, Session};
pub(crate) use rhythm::{clock, minute_of_day};

const LEADERS: &[Stand] = &[Stand::Leader, Stand::Office];

/// So far ahead sessions stand in the calendar.
const AHEAD: Duration = Duration::from_secs(8 * 7 * 86_400);
/// A session that begins within this time is tonight's, put there by hand.
const TONIGHT: Duration = Duration::from_secs(30 * 60);

pub fn routes(house: &House) -> Routes {
    Routes::new(house)
        .get("/sessions/{session}/change", Rule::Session(LEADERS), change::page)
        .post("/sessions/{session}/time", Rule::Session(LEADERS), change::time)
        .post("/sessions/{session}/leader", Rule::Session(LEADERS), change::leader)
        .post("/sessions/{session}/cancellation", Rule::Session(LEADERS), change::cancel)
        .post("/sessions/{session}/cancellation/removal", Rule::Session(LEADERS), change::restore)
        .get("/groups/{group}/times", Rule::Group(&[Stand::Office]), rhythm::times)
        .post("/groups/{group}/times", Rule::Group(&[Stand::Office]), rhythm::add_time)
        .post("/groups/{group}/times/removal", Rule::Group(&[Stand::Office]), rhythm::remove_time)
        .get("/calendar/holidays", Rule::Office, rhythm::holidays)
        .post("/calendar/holidays", Rule::Office, rhythm::add_holiday)
        .post("/calendar/holidays/removal", Rule::Office, rhythm::remove_holiday)
}

/// Plans the sessions of the next eight weeks that are not there yet. Never touches one that is. Safe to run as often as one likes.
pub async fn plan_ahead(house: &House) -> Result<(), Fault> {
    let programmes = programmes::shipped()?;
    for group in queries::groups(&house.db).await? {
        plan_group(house, group, &programmes).await?;
    }
    Ok(())
}

/// The same for one group, right after its times have changed.
async fn plan_one(house: &House, group: i64) -> Result<(), Fault> {
    plan_group(house, group, &programmes::shipped()?).await
}

async fn plan_group(house: &House, group: i64, programmes: &[Programme]) -> Result<(), Fault> {
    let now = house.clock.now();
    if starts_missing(&queries::rhythm(&house.db, group).await?, now).is_empty() {
        return Ok(());
    }
    let tx = house.db.write().await?;
    // Two planners at once: the second waits here, and then finds nothing missing.
    queries::hold(&tx, group).await?;
    let rhythm = queries::rhythm(&tx, group).await?;
    let course = programme::course(&rhythm.programme, rhythm.own.as_deref(), Moment(0), programmes)?;
    let mut number = rhythm.last_number;
    for start in starts_missing(&rhythm, now) {
        number += 1;
        let agenda = serde_json::to_string(&course.agenda(number))?;
        queries::keep(&tx, Session { id: random_id(), group, number, starts_at: start, minutes: rhythm.minutes, agenda }).await?;
    }
    queries::put_in_order(&tx, group, now).await?;
    tx.commit_unaudited().await
}

fn starts_missing(rhythm: &Rhythm, now: Moment) -> Vec<Moment> {
    let weekly: Vec<Weekly> = rhythm
        .times
        .iter()
        .map(|(weekday, minute)| Weekly {
            weekday: i8::try_from(*weekday).unwrap_or(0),
            minute_of_day: i16::try_from(*minute).unwrap_or(0),
            zone: rhythm.zone.clone(),
        })
        .collect();
    let slots: Vec<_> = rhythm.slots.iter().map(|slot| slot.timestamp()).collect();
    // Counted from where planning begins: a weekly group has as many weeks ahead at any hour.
    let from = now.plus(TONIGHT);
    let (mut from, mut until) = (from.timestamp(), from.plus(AHEAD).timestamp());
    let midnight = |day: &str| in_zone(day, "00:00", &rhythm.zone);
    from = midnight(&rhythm.starts_on).map_or(from, |first| first.max(from));
    let after_last = rhythm.ends_on.parse::<Date>().ok().and_then(|last| last.tomorrow().ok());
    until = after_last.and_then(|day| midnight(&day.to_string())).map_or(until, |end| end.min(until));
    schedule::missing(&weekly, &rhythm.holidays, &slots, from, until).into_iter().map(Moment::from).collect()
}

/// Gives the sessions of a group that are still to come numbers in the order of their starts.
pub async fn put_in_order(house: &House, group: i64) -> Result<(), Fault> {
    let tx = house.db.write().await?;
    queries::put_in_order(&tx, group, house.clock.now()).await?;
    tx.commit_unaudited().await
}

/// The agenda for a last session of this programme: looking back, saying goodbye, going on (P12).
pub fn closure(slug: &str) -> Result<Option<Agenda>, Fault> {
    Ok(programmes::shipped()?.into_iter().find(|programme| programme.slug == slug).map(|programme| programme.closure))
}
