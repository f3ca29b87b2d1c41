//! Once an hour: whoever is to be asked now is asked, and asked once.

use std::time::Duration;

use care::measures::{
    Instrument,
    schedule::{self, Occasion, Plan},
};
use ground::{Deed, Fault, House, Moment};
use jiff::{civil::Date, tz::TimeZone};

use super::{
    library,
    queries::{self, Asking, Course},
};

/// The last occasion is six months after the end, and two weeks long.
const LEFT: Duration = Duration::from_secs(200 * 86_400);
const KNOWN: Duration = Duration::from_secs(40 * 86_400);

/// A cohort's last day is everybody's; somebody may leave before it.
fn course(row: &Course, zone: &TimeZone) -> Option<schedule::Course> {
    let end = row.ends_on.parse::<Date>().ok().and_then(|day| day.at(23, 59, 0, 0).to_zoned(zone.clone()).ok()).map(|end| end.timestamp());
    let leaves = row.last_at.map(Moment::timestamp);
    let last = [leaves, end].into_iter().flatten().min();
    Some(schedule::Course { first: row.first_at?.timestamp(), last })
}

/// Safe to run as often as one likes, and by two at once.
pub async fn plan(house: &House) -> Result<(), Fault> {
    let now = house.clock.now();
    let rows = queries::courses(&house.db, now, now.minus(LEFT)).await?;
    if rows.is_empty() {
        return Ok(());
    }
    let (known, all) = (queries::known(&house.db, now.minus(KNOWN)).await?, library::askable(&house.db).await?);
    for row in rows {
        let zone = TimeZone::get(&row.zone).unwrap_or(TimeZone::UTC);
        let Some((course, instrument)) = course(&row, &zone).zip(all.iter().find(|one| one.id == row.slug)) else { continue };
        let weeks = if row.own_weeks < 0 { row.every_weeks } else { row.own_weeks };
        let never = row.own_weeks == 0;
        let plan = Plan {
            before_first: row.before_first == 1 && !never,
            every_weeks: weeks,
            at_end: row.at_end == 1 && !never,
            afterwards: row.afterwards == 1 && !never,
        };
        for due in schedule::due_now(plan, course, now.timestamp(), &zone) {
            let occasion = due.occasion.word(row.membership);
            if !known.contains(&(row.person_id, row.slug.clone(), occasion)) {
                ask(house, &row, instrument, due.occasion, due.due.into()).await?;
            }
        }
    }
    Ok(())
}

async fn ask(house: &House, row: &Course, instrument: &Instrument, occasion: Occasion, due: Moment) -> Result<(), Fault> {
    let occasion = occasion.word(row.membership);
    let (slug, version) = (&instrument.id, &instrument.version);
    let asking = Asking { person: row.person_id, group: row.group_id, slug, version, occasion: &occasion, by: 0, due };
    let tx = house.db.write().await?;
    if queries::ask(&tx, &asking, house.clock.now()).await? {
        tx.commit(Deed::new(0, "measure.ask", format!("person/{}", row.person_id))).await?;
    }
    Ok(())
}
