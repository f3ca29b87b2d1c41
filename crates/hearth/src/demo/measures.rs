//! What the members of the demo's first group were asked so far: mostly it gets easier, for one or two it does not.

use std::time::Duration;

use care::measures::{Instrument, score};
use ground::{Deed, Fault, House, Moment, random_id};
use progress::measures::{Asking, Kept, Schedule, ask, keep_past, keep_schedule, seal};

const DAY: Duration = Duration::from_secs(86_400);
const ASKED: [&str; 2] = ["phq-9", "gad-7"];

pub async fn furnish(house: &House, group: i64, members: &[i64], first: Moment) -> Result<(), Fault> {
    let all = care::measures::shipped()?;
    let now = house.clock.now();
    for instrument in all.iter().filter(|one| ASKED.contains(&one.id.as_str())) {
        let slug = instrument.id.as_str();
        let mut past = Vec::new();
        for (seat, person) in members.iter().enumerate() {
            for weeks in [0, 2, 3] {
                past.push(answered(house, instrument, (*person, seat, weeks)).await?);
            }
        }
        let tx = house.db.write().await?;
        let schedule = Schedule {
            slug: slug.into(),
            before_first: 1,
            every_weeks: 4,
            at_end: 1,
            afterwards: 1,
            tell_change: i64::from(slug == "gad-7"),
        };
        keep_schedule(&tx, group, &schedule, now).await?;
        for Past { id, person, weeks, sealed } in past {
            let occasion = format!("demo-{weeks}/{group}");
            let at = first.plus(DAY * 7 * weeks).minus(DAY / 2);
            let asking = Asking { person, group, slug, version: &instrument.version, occasion: &occasion, by: 0, due: at };
            keep_past(&tx, id, &asking, at, sealed).await?;
        }
        for person in members.iter().filter(|_| slug == "phq-9") {
            let occasion = format!("demo-now/{group}");
            let due = now.plus(DAY * 5);
            let asking = Asking { person: *person, group, slug, version: &instrument.version, occasion: &occasion, by: 0, due };
            // Asked two days ago, so that nobody is reminded the moment the demo opens.
            ask(&tx, &asking, now.minus(DAY * 2)).await?;
        }
        tx.commit(Deed::new(0, "demo.furnish", format!("group/{group}"))).await?;
    }
    Ok(())
}

struct Past {
    id: i64,
    person: i64,
    weeks: u32,
    sealed: Vec<u8>,
}

async fn answered(house: &House, instrument: &Instrument, (person, seat, weeks): (i64, usize, u32)) -> Result<Past, Fault> {
    let answers = answers(instrument, total(seat as i64, i64::from(weeks)));
    let score = Some(score::score(instrument, &answers));
    let id = random_id();
    let passed = vec![false; answers.len()];
    let sealed = seal(house, person, id, &Kept { answers, passed, score }).await?;
    Ok(Past { id, person, weeks, sealed })
}

fn total(seat: i64, weeks: i64) -> i64 {
    let start = 9 + seat * 5 % 10;
    let step = if seat % 5 == 4 { -1 } else { 1 + seat % 3 };
    (start - step * weeks).clamp(1, 20)
}

/// Spread over the questions but the ninth: nobody in the demo is at risk before somebody plays it.
fn answers(instrument: &Instrument, total: i64) -> Vec<Option<i64>> {
    let open = if instrument.id == "phq-9" { 8 } else { instrument.items.len() as i64 };
    let answer = |place: i64| match place {
        place if place < open => total / open + i64::from(place < total % open),
        _ => 0,
    };
    (0..instrument.items.len() as i64).map(|place| Some(answer(place).min(3))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn made_up_answers_add_up_and_alarm_nobody() {
        for instrument in care::measures::shipped().unwrap().iter().filter(|one| ASKED.contains(&one.id.as_str())) {
            for seat in 0..10 {
                for weeks in [0, 2, 3] {
                    let wanted = total(seat, weeks);
                    let came = score::score(instrument, &answers(instrument, wanted));
                    assert_eq!((came.total, came.alarm), (Some(wanted), false), "{} {seat} {weeks}", instrument.id);
                }
            }
        }
    }
}
