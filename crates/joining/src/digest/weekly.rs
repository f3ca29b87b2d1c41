//! Monday morning: looks at the catalogue, and writes to whoever has something new to hear.

use std::collections::{BTreeSet, HashMap};

use care::{
    catalogue::{self, DayPart, Offered, Wanted},
    digest::{self as rules, MOST_BOUNCES, News, Wants},
};
use ground::{
    Deed, Fault, House, Moment, Owner, Spot,
    jobs::{self, Ended, Job},
    mail::{self, Sent, Stranger},
    series,
};
use jiff::{Span, civil::Date, tz::TimeZone};
use serde::{Deserialize, Serialize};

use super::{
    letter::Letter,
    queries::{self, Known, Subscriber},
};
use crate::catalogue::{Card, Listed, cards, shown};

pub const KIND: &str = "digest";

/// So many are put on the list in one transaction.
const BATCH: usize = 200;

/// What a job holds: whose, and which Monday's.
#[derive(Debug, Serialize, Deserialize)]
struct Digest {
    subscriber: i64,
    /// As YYYY-MM-DD.
    monday: String,
}

/// Looks at the catalogue and puts Monday's digests on the list. Safe to run as often as one likes, and by two at once.
pub async fn plan(house: &House) -> Result<(), Fault> {
    look(house).await?;
    let now = house.clock.now();
    let zone = |name: &str| TimeZone::get(name).unwrap_or(TimeZone::UTC);
    let all = queries::everybody(&house.db).await?;
    let due = all.into_iter().filter_map(|one| Some((one.id, rules::monday(now.timestamp(), &zone(&one.zone))?)));
    let known = queries::planned(&house.db, now).await?;
    let due: Vec<_> = due.map(|(id, monday)| (format!("{id}/{monday}"), id, monday)).filter(|one| !known.contains(&one.0)).collect();
    for some in due.chunks(BATCH) {
        let tx = house.db.write().await?;
        for (occasion, subscriber, monday) in some {
            let payload = serde_json::to_string(&Digest { subscriber: *subscriber, monday: monday.to_string() })?;
            jobs::later(&tx, KIND, occasion, &payload, now).await?;
        }
        tx.commit_unaudited().await?;
    }
    Ok(())
}

/// Remembers since when each shown group is as it is.
async fn look(house: &House) -> Result<(), Fault> {
    let now = house.clock.now();
    let mut before: HashMap<i64, Known> = queries::known(&house.db).await?.into_iter().map(|known| (known.group_id, known)).collect();
    let mut changed = Vec::new();
    for listed in shown(&house.db).await? {
        let known = before.remove(&listed.id);
        let rhythm = format!("{}/{}/{}", listed.weekday, listed.minute_of_day, listed.zone);
        let seen = rules::look(known.as_ref().map(ruled).as_ref(), listed.capacity - listed.taken, &rhythm, now.timestamp());
        let seen = stored(listed.id, seen);
        if known.as_ref() != Some(&seen) {
            changed.push(seen);
        }
    }
    if changed.is_empty() && before.is_empty() {
        return Ok(());
    }
    let tx = house.db.write().await?;
    for known in &changed {
        queries::remember(&tx, known).await?;
    }
    for group in before.keys() {
        queries::unlist(&tx, *group).await?;
    }
    tx.commit_unaudited().await
}

fn ruled(known: &Known) -> rules::Known {
    let at = |moment: Option<Moment>| moment.map(Moment::timestamp);
    rules::Known {
        free: known.free,
        rhythm: known.rhythm.clone(),
        listed_at: known.listed_at.timestamp(),
        freed_at: at(known.freed_at),
        moved_at: at(known.moved_at),
    }
}

fn stored(group_id: i64, known: rules::Known) -> Known {
    Known {
        group_id,
        free: known.free,
        rhythm: known.rhythm,
        listed_at: known.listed_at.into(),
        freed_at: known.freed_at.map(Moment::from),
        moved_at: known.moved_at.map(Moment::from),
    }
}

pub(super) fn spot(row: &str) -> Spot<'_> {
    Spot { table: "subscriber", column: "address", row }
}

/// The letter of this job; `None` when there is nothing new, or the morning has passed, or nobody is there to read it.
pub async fn letter(house: &House, job: &Job) -> Result<Option<Stranger>, Fault> {
    let digest: Digest = serde_json::from_str(&job.payload)?;
    let Some(subscriber) = queries::subscriber(&house.db, digest.subscriber).await? else { return Ok(None) };
    let zone = TimeZone::get(&subscriber.zone).unwrap_or(TimeZone::UTC);
    if rules::monday(house.clock.now().timestamp(), &zone).is_none_or(|monday| monday.to_string() != digest.monday) {
        return Ok(None);
    }
    let wants = Wants::parse(&subscriber.wants).unwrap_or(Wants::Groups);
    let fresh = if wants.groups() { fresh(house, &subscriber, &zone).await? } else { Vec::new() };
    // Public ones alone: an address is not a member, even if its owner is.
    let notes = if wants.notes() { series::out(&house.db, false, subscriber.since, house.clock.now()).await? } else { Vec::new() };
    if fresh.is_empty() && notes.is_empty() {
        return Ok(None);
    }
    let email = house.keys.open(Owner::Practice, spot(&subscriber.id.to_string()), &subscriber.address_sealed).await?;
    let leave = format!("{}/digest/leave/{}", house.config.public_url, super::leave_token(house, subscriber.id).await?);
    let words = Letter { house, subscriber: &subscriber, leave }.words(&fresh, &notes);
    Ok(Some(Stranger { email, language: subscriber.language, words }))
}

/// What is new for this one, in the order of the catalogue.
async fn fresh(house: &House, subscriber: &Subscriber, zone: &TimeZone) -> Result<Vec<(Card, News)>, Fault> {
    let known: HashMap<i64, Known> = queries::known(&house.db).await?.into_iter().map(|known| (known.group_id, known)).collect();
    let since = subscriber.since.timestamp();
    let news = |group: i64| known.get(&group).and_then(|known| rules::news(&ruled(known), since));
    let new: Vec<Listed> = shown(&house.db).await?.into_iter().filter(|listed| news(listed.id).is_some()).collect();
    let wanted = Wanted {
        topic: (!subscriber.topic.is_empty()).then(|| subscriber.topic.clone()),
        part: DayPart::parse(&subscriber.part),
        ..Wanted::default()
    };
    let answers = |card: &Card| {
        let Listed { topic, kind, language, pets, capacity, taken, .. } = &card.listed;
        let offered = Offered { topic, kind, language, pets: *pets == 1, free: capacity - taken, next: card.next };
        // Whoever said where they live hears of what they may join.
        !card.is_away() && catalogue::answers(&offered, &wanted, zone)
    };
    let cards = cards(house, new, &subscriber.place).await?.into_iter().filter(answers);
    Ok(cards.filter_map(|card| news(card.listed.id).map(|news| (card, news))).collect())
}

/// What follows from how a letter went. Who heard it hears only what is newer; an address that takes nothing is forgotten.
pub async fn ended(house: &House, job: &Job, sent: Sent) -> Result<Ended, Fault> {
    let digest: Digest = serde_json::from_str(&job.payload)?;
    let (id, now) = (digest.subscriber, house.clock.now());
    let tx = house.db.write().await?;
    match sent {
        Sent::Taken | Sent::Lost => {
            queries::heard(&tx, id, now).await?;
            tx.commit_unaudited().await?;
            Ok(if sent == Sent::Taken { Ended::Done } else { Ended::GiveUp })
        }
        Sent::Later => Ok(Ended::Retry),
        Sent::Never => Ok(Ended::GiveUp),
        Sent::Refused if !queries::bounced(&tx, id, MOST_BOUNCES).await? => {
            tx.commit_unaudited().await?;
            Ok(Ended::Done)
        }
        Sent::Refused | Sent::Nobody => {
            queries::forget(&tx, id).await?;
            tx.commit(Deed::new(0, "digest.forget", format!("subscriber/{id}"))).await?;
            Ok(Ended::Done)
        }
    }
}

/// Mondays back from today whose letters may still come back: servers try for five days, and then tell.
const WEEKS: i8 = 2;

/// The subscriber and the Monday of one of these letters. Worked out anew, so that nothing has to be kept of whom a letter went to.
async fn whose(house: &House, occasions: &BTreeSet<String>) -> Result<Option<(i64, Date, TimeZone)>, Fault> {
    for one in queries::everybody(&house.db).await? {
        let zone = TimeZone::get(&one.zone).unwrap_or(TimeZone::UTC);
        let today = house.clock.now().timestamp().to_zoned(zone.clone()).date();
        let last = today.saturating_sub(Span::new().days(i64::from(today.weekday().to_monday_zero_offset())));
        for weeks in 0..WEEKS {
            let monday = last.saturating_sub(Span::new().weeks(i64::from(weeks)));
            if occasions.contains(&mail::occasion_of(house, KIND, &format!("{}/{monday}", one.id)).await?) {
                return Ok(Some((one.id, monday, zone)));
            }
        }
    }
    Ok(None)
}

/// A letter that a server had taken came back: `Sent::Nobody` forgets the address at once, `Sent::Refused` counts as if it had been refused at
/// once. Anything that is not about the latest letter of a subscriber changes nothing. True if something was marked.
pub async fn came_back(house: &House, occasions: &BTreeSet<String>, sent: Sent) -> Result<bool, Fault> {
    let Some((id, monday, zone)) = whose(house, occasions).await? else { return Ok(false) };
    let Some(subscriber) = queries::subscriber(&house.db, id).await? else { return Ok(false) };
    let is_latest = subscriber.since.timestamp().to_zoned(zone).date() == monday;
    let tx = house.db.write().await?;
    let forgets = match sent {
        Sent::Nobody => true,
        Sent::Refused if is_latest => queries::came_back(&tx, id, &monday.to_string(), MOST_BOUNCES).await?,
        _ => return Ok(false),
    };
    if forgets {
        queries::forget(&tx, id).await?;
        tx.commit(Deed::new(0, "digest.forget", format!("subscriber/{id}"))).await?;
    } else {
        tx.commit_unaudited().await?;
    }
    Ok(true)
}
