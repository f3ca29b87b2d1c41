//! The register of credentials: who may practise where, since when and until when, seen by whom; and what runs out.

mod pages;
mod queries;

use care::licensing;
use ground::{
    Fault, House, Routes, Rule, facts,
    mail::{self, Mail},
};
use jiff::{ToSpan, civil::Date};
use pages::Ending;

/// What has run out is shown for so long; later it is history.
const SHOWN_AFTER_DAYS: i32 = 90;

pub fn routes(house: &House) -> Routes {
    Routes::new(house).get("/licences", Rule::Office, pages::all).post("/licences", Rule::Office, pages::add)
}

fn today(house: &House) -> Date {
    house.clock.now().in_zone(&house.practice().zone).date()
}

/// Everything that runs out within sixty days or has run out lately, with the groups that it would close.
async fn endings(house: &House) -> Result<Vec<Ending>, Fault> {
    let (today, tables) = (today(house), licensing::shipped()?);
    let days = |days: i32| today.saturating_add(days.days()).to_string();
    let mut endings = Vec::new();
    for authority in queries::running_out(&house.db, &days(-SHOWN_AFTER_DAYS), &days(licensing::WARNINGS[0])).await? {
        let Ok(to) = authority.valid_to.parse::<Date>() else { continue };
        let Some(warned) = licensing::warning(to, today) else { continue };
        let mut closes = Vec::new();
        for group in queries::led_by(&house.db, authority.person_id).await? {
            let held: Vec<_> = facts::authorities(&house.db, Some(group.id)).await?.into_iter().map(|(_, held)| held).collect();
            // What is over already is compared with the last day on which it held.
            let places = licensing::closes(&tables, &held, to, today.min(to), house.practice().service(&group.kind));
            if !places.is_empty() {
                closes.push((group.name, places.iter().map(|place| place.name.as_str()).collect::<Vec<_>>().join(", ")));
            }
        }
        endings.push(Ending { authority, days: warned, closes });
    }
    Ok(endings)
}

/// Writes to the holder and the office, once for each authority and warning. Safe to run as often as one likes.
pub async fn warn(house: &House) -> Result<(), Fault> {
    let (today, now) = (today(house), house.clock.now());
    let days = |days: i32| today.saturating_add(days.days()).to_string();
    for authority in queries::running_out(&house.db, &days(-1), &days(licensing::WARNINGS[0])).await? {
        let Some(warned) = authority.valid_to.parse().ok().and_then(|to| licensing::warning(to, today)) else { continue };
        let office = facts::office(&house.db).await?.into_iter().map(|reach| reach.id);
        let tx = house.db.write().await?;
        for to in office.chain([authority.person_id]) {
            let mail = Mail { to, kind: "licence-ends".into(), path: "/licences".into() };
            mail::later(house, &tx, &format!("licence/{}/{warned}/{to}", authority.id), &mail, now).await?;
        }
        tx.commit_unaudited().await?;
    }
    Ok(())
}
