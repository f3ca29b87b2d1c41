//! The weekly rhythm: every group has its next session, with the agenda that its programme gives it.

mod queries;

use care::{agenda::Agenda, programmes, schedule::Weekly};
use ground::{Fault, House, Moment, random_id};

use queries::{Due, Session};

/// Plans the next weekly session of every group that has none ahead. Safe to run as often as one likes.
pub async fn plan_ahead(house: &House) -> Result<(), Fault> {
    let now = house.clock.now();
    for group in queries::groups_without_session(&house.db, now).await? {
        let weekly = Weekly {
            weekday: i8::try_from(group.weekday).unwrap_or(0),
            minute_of_day: i16::try_from(group.minute_of_day).unwrap_or(0),
            zone: group.zone.clone(),
        };
        let from = now.plus(queries::AHEAD).max(Moment(group.last_start).plus(queries::APART));
        let Some(start) = weekly.next(from.timestamp()) else { continue };
        let number = group.last_number + 1;
        let agenda = serde_json::to_string(&agenda(&group, number)?)?;
        let tx = house.db.write().await?;
        queries::keep(&tx, Session { id: random_id(), group: group.id, number, starts_at: start.into(), minutes: group.minutes, agenda })
            .await?;
        tx.commit_unaudited().await?;
    }
    Ok(())
}

fn agenda(group: &Due, number: i64) -> Result<Agenda, Fault> {
    let all = programmes::shipped()?;
    let programme = all.iter().find(|programme| programme.slug == group.programme);
    Ok(programme.map(|programme| programme.agenda(usize::try_from(number).unwrap_or(1), false)).unwrap_or_default())
}

/// The agenda for a last session of this programme: looking back, saying goodbye, going on (P12).
pub fn closure(slug: &str) -> Result<Option<Agenda>, Fault> {
    Ok(programmes::shipped()?.into_iter().find(|programme| programme.slug == slug).map(|programme| programme.closure))
}
