//! Knocks at devices: what one is about stands with the device, and the device asks for it.

use care::notices::STAYS;
use post::{Address, Knock};
use sea_orm::FromQueryResult;

use super::{Kind, Reminder, Said, appointment_stands, unread::Unread};
use crate::{
    clock::Moment,
    db::{Ask, Db},
    fault::Fault,
    house::House,
    jobs::{self, Job},
    push,
    roles::Me,
    values, waiting,
};

/// So long a push service believes one signature. It may be a day at most (RFC 8292).
const BELIEVED: i64 = 12 * 3_600;

/// The knock at one device, that may wait there for so many seconds; `None` if nobody wants it there any more.
pub async fn knock(house: &House, device: i64, person: i64, seconds: i64) -> Result<Option<Address>, Fault> {
    let now = house.clock.now();
    let Some(endpoint) = push::endpoint(house, device, person, now).await? else { return Ok(None) };
    let expires = now.timestamp().as_second().saturating_add(BELIEVED);
    let signed = house.push.authorization(&endpoint.audience(), &house.config.public_url, expires);
    let authorization = signed.ok_or(Fault::Other("a knock could not be signed"))?;
    let seconds = u64::try_from(seconds.clamp(0, STAYS.as_secs())).unwrap_or(0);
    Ok(Some(Address::Device(Box::new(Knock { endpoint, authorization, seconds }))))
}

/// Claims the job, and says with the device what it is about, in one.
pub async fn claim(db: &Db, job: &Job, about: &Reminder, now: Moment) -> Result<bool, Fault> {
    let tx = db.write().await?;
    let sql = "UPDATE push_device SET sent_at = $2, about_at = $3, about_id = $4 WHERE id = $1";
    let claimed = jobs::claim_in(&tx, job, now).await? && tx.run(sql, values![about.device, now, about.at, about.object]).await? == 1;
    if claimed {
        tx.commit_unaudited().await?;
    }
    Ok(claimed)
}

/// The same for what is unread, which is counted: of two who would send it, the second finds another number.
pub async fn claim_unread(db: &Db, job: &Job, unread: &Unread, now: Moment) -> Result<bool, Fault> {
    let tx = db.write().await?;
    let sql = "UPDATE push_device SET number = $2 + 1, told_at = $3, sent_at = $3, about_at = NULL, about_id = NULL WHERE id = $1 AND number = $2";
    let claimed = jobs::claim_in(&tx, job, now).await? && tx.run(sql, values![unread.device, unread.number, now]).await? == 1;
    if claimed {
        tx.commit_unaudited().await?;
    }
    Ok(claimed)
}

/// It surely did not go: as if it had never been counted.
pub async fn unclaim_unread(db: &Db, job: &Job, unread: &Unread) -> Result<(), Fault> {
    let tx = db.write().await?;
    jobs::unclaim_in(&tx, job).await?;
    let sql = "UPDATE push_device SET number = $2, told_at = $3 WHERE id = $1 AND number = $2 + 1";
    tx.run(sql, values![unread.device, unread.number, unread.last]).await?;
    tx.commit_unaudited().await
}

/// What a device shows: a sentence without a name, the number on its icon, and the page behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    pub text: String,
    pub count: i64,
    pub page: &'static str,
}

#[derive(FromQueryResult)]
struct Last {
    about_at: Option<Moment>,
    about_id: Option<i64>,
}

/// What somebody's devices were told of last. A knock may have waited at a telephone that was off: an appointment that was called off meanwhile is
/// not announced.
pub async fn told(house: &House, me: &Me) -> Result<Told, Fault> {
    let now = house.clock.now();
    let sql = "SELECT about_at, about_id FROM push_device WHERE person_id = $1 AND sent_at IS NOT NULL ORDER BY sent_at DESC, id LIMIT 1";
    let last: Option<Last> = house.db.row(sql, values![me.id]).await?;
    let count = waiting::count(&house.db, me, now).await?;
    let ahead = last.and_then(|last| Some((last.about_id?, last.about_at.filter(|at| *at > now)?)));
    Ok(match ahead {
        Some((id, at)) if appointment_stands(&house.db, id, at, me.id).await? => {
            let said = Said { language: me.language, kind: Kind::HourBefore, at, zone: &me.zone, now };
            Told { text: me.language.say("push-appointment", &[("when", said.when())]), count, page: "/today" }
        }
        _ => Told { text: me.language.t("push-waiting"), count, page: "/inbox" },
    })
}
