//! The weekly rhythm and what happens to single sessions: planned weeks ahead, moved, called off, led by somebody else.

mod change;
mod notify;
mod queries;
mod rhythm;

use std::time::Duration;

use care::{
    agenda::Agenda,
    programmes,
    schedule::{self, Weekly},
};
use ground::{Fault, House, Moment, Routes, Rule, Stand, Tx, random_id};

use crate::programme;
pub(crate) use notify::tell;
use queries::Rhythm;
pub(crate) use queries::Session;

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
    for group in queries::groups(&house.db).await? {
        plan_group(house, group).await?;
    }
    Ok(())
}

/// The same for one group; also right after its times have changed.
async fn plan_group(house: &House, group: i64) -> Result<(), Fault> {
    let now = house.clock.now();
    if starts_missing(&queries::rhythm(&house.db, group).await?, now).is_empty() {
        return Ok(());
    }
    let tx = house.db.write().await?;
    // Two planners at once: the second waits here, and then finds nothing missing.
    queries::hold(&tx, group).await?;
    let rhythm = queries::rhythm(&tx, group).await?;
    let course = programme::course(&rhythm.programme, &rhythm.language, rhythm.own.as_deref(), Moment(0))?;
    for (number, start) in (rhythm.last_number + 1..).zip(starts_missing(&rhythm, now)) {
        let goodbye = if rhythm.is_last(start) { closure(&rhythm.programme, &rhythm.language)? } else { None };
        let agenda = serde_json::to_string(&goodbye.unwrap_or_else(|| course.agenda(number)))?;
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
    let from = now.plus(TONIGHT);
    let (from, until) = (from.timestamp(), from.plus(AHEAD).timestamp());
    let missing = schedule::missing(&weekly, &rhythm.holidays, &slots, from, until).into_iter().map(Moment::from);
    missing.filter(|start| rhythm.has_started && rhythm.is_within_cohort(*start)).collect()
}

impl Rhythm {
    fn is_within_cohort(&self, start: Moment) -> bool {
        let day = start.in_zone(&self.zone).date();
        self.first_day.is_none_or(|first| first <= day) && self.last_day.is_none_or(|last| day <= last)
    }

    /// The last session of a cohort looks back and says goodbye (P12): nothing of the rhythm comes after it.
    fn is_last(&self, start: Moment) -> bool {
        let week_later = start.plus(Duration::from_secs(7 * 86_400));
        self.last_day.is_some() && self.times.len() == 1 && !self.is_within_cohort(week_later)
    }
}

/// A session that somebody plans by hand, outside any rhythm.
pub(crate) async fn keep_session(tx: &Tx, session: Session) -> Result<(), Fault> {
    queries::keep(tx, session).await
}

/// Gives the sessions of a group that are still to come numbers in the order of their starts.
pub async fn put_in_order(house: &House, group: i64) -> Result<(), Fault> {
    let tx = house.db.write().await?;
    queries::put_in_order(&tx, group, house.clock.now()).await?;
    tx.commit_unaudited().await
}

/// The agenda for a last session of this programme: looking back, saying goodbye, going on (P12).
pub fn closure(slug: &str, language: &str) -> Result<Option<Agenda>, Fault> {
    Ok(programmes::find(slug, language)?.map(|programme| programme.closure))
}
