//! The calendar: a month of sessions and appointments on the reader's own clock, and what else stands at a time.

mod pages;
mod queries;

use std::{collections::BTreeSet, time::Duration};

use care::schedule::{self, Busy, Suggestion, Wanted};
use ground::{
    Fault, House, Moment, Routes, Rule,
    facts::{InGroup, Part, SessionFacts},
};

pub fn routes(house: &House) -> Routes {
    Routes::new(house).get("/calendar", Rule::SignedIn, pages::month)
}

/// Nothing in the calendar is longer than this.
const LONGEST: Duration = Duration::from_secs(8 * 3_600);
/// So far around a session other times for it are looked at.
const AROUND: Duration = Duration::from_secs(5 * 86_400);

/// How many of `people` are needed somewhere else at that time, `except` one session or appointment.
pub(crate) async fn clashes_at(house: &House, people: &[i64], except: i64, at: Moment, minutes: i64) -> Result<usize, Fault> {
    let end = Moment(at.0 + minutes * 60_000_000);
    let busy = queries::busy(&house.db, 0, at.minus(LONGEST), end).await?;
    let met = busy.iter().filter(|row| row.object != except && people.contains(&row.person_id));
    let met: BTreeSet<i64> = met.filter(|row| row.busy().meets(at.timestamp(), end.timestamp())).map(|row| row.person_id).collect();
    Ok(met.len())
}

/// Other times for this session, the best first.
pub(crate) async fn suggest(house: &House, session: &SessionFacts, people: &[InGroup]) -> Result<Vec<Suggestion>, Fault> {
    let with = |part: Part| people.iter().filter(|person| person.is(part)).map(|person| person.person_id).collect::<Vec<_>>();
    let (leaders, members) = (with(Part::Facilitator), with(Part::Member));
    let free = queries::free(&house.db, session.group_id).await?;
    let rows = queries::busy(&house.db, 0, session.starts_at.minus(AROUND), session.starts_at.plus(AROUND)).await?;
    let busy: Vec<Busy> = rows.iter().filter(|row| row.object != session.id).map(queries::BusyRow::busy).collect();
    let wanted = Wanted {
        leaders: &leaders,
        members: &members,
        now_at: session.starts_at.timestamp(),
        not_before: house.clock.now().timestamp(),
        minutes: session.minutes,
        zone: &session.zone,
    };
    Ok(schedule::suggest(&wanted, &free, &busy))
}
