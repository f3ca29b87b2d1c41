//! The catalogue as it was last read. Two thousand groups are not read anew for each visitor: whatever changes them writes a line into the
//! audit book, and its number tells whether what lies here is still true.

use std::{
    collections::HashMap,
    sync::{Arc, RwLock},
};

use care::{
    licensing::{self, Authority, Jurisdiction},
    schedule::Weekly,
};
use ground::{Fault, House, Moment, Practice, facts};
use jiff::Timestamp;
use tokio::sync::Mutex;

use super::{
    pages::Card,
    queries::{self, Listed},
};

/// The next starts move on with the clock: no older than this many microseconds.
const OLDEST: i64 = 30 * 1_000_000;

/// What is known of shown groups and of who leads them.
#[derive(Debug)]
pub struct Known {
    tables: licensing::Tables,
    leaders: HashMap<i64, Vec<String>>,
    authorities: HashMap<i64, Vec<Authority>>,
}

impl Known {
    /// Of one group, or of all with `None`.
    pub async fn read(house: &House, group: Option<i64>) -> Result<Known, Fault> {
        let mut known = Known { tables: licensing::shipped()?, leaders: HashMap::new(), authorities: HashMap::new() };
        for leader in queries::leaders(&house.db, group).await? {
            known.leaders.entry(leader.group_id).or_default().push(leader.name);
        }
        for (group, authority) in facts::authorities(&house.db, group).await? {
            known.authorities.entry(group).or_default().push(authority);
        }
        Ok(known)
    }

    pub fn places(&self) -> Vec<Jurisdiction> {
        self.tables.jurisdiction.clone()
    }

    pub fn card(&self, practice: &Practice, listed: Listed, place: &str, now: Moment) -> Card {
        let verdict = self.verdict(practice, &listed, place, now);
        let leaders = self.leaders.get(&listed.id).map(|names| names.join(", ")).unwrap_or_default();
        Card { leaders, next: next(&listed, now), verdict, listed }
    }

    pub fn verdict(&self, practice: &Practice, listed: &Listed, place: &str, now: Moment) -> licensing::Verdict {
        let own = self.authorities.get(&listed.id).map_or(&[][..], Vec::as_slice);
        licensing::decide(&self.tables, own, place, now.in_zone(&listed.zone).date(), practice.service(&listed.kind))
    }
}

fn next(listed: &Listed, now: Moment) -> Option<Timestamp> {
    let weekly = Weekly {
        weekday: i8::try_from(listed.weekday).unwrap_or(1),
        minute_of_day: i16::try_from(listed.minute_of_day).unwrap_or(0),
        zone: listed.zone.clone(),
    };
    weekly.next(now.timestamp())
}

/// Every shown group with its next start.
#[derive(Debug)]
pub struct Shown {
    /// The last line of the audit book when it was read.
    seq: i64,
    read_at: Moment,
    pub known: Known,
    pub groups: Vec<(Listed, Option<Timestamp>)>,
    /// By place, for those that were asked for: which of the groups, in their order, the law closes to somebody who lives there.
    away: RwLock<HashMap<String, Arc<Vec<bool>>>>,
}

impl Shown {
    /// Which groups are closed to somebody of this place; worked out once for all who ask. What the practice decides writes an audit line
    /// and so ends this whole shelf.
    pub fn away(&self, practice: &Practice, place: &str) -> Arc<Vec<bool>> {
        if let Some(away) = self.away.read().ok().and_then(|known| known.get(place).cloned()) {
            return away;
        }
        let is_away = |(listed, _): &(Listed, _)| super::pages::is_away(self.known.verdict(practice, listed, place, self.read_at));
        let away: Arc<Vec<bool>> = Arc::new(self.groups.iter().map(is_away).collect());
        // Only places that we know are kept: nobody fills the memory by asking for others.
        if let (true, Ok(mut kept)) = (self.known.tables.knows(place), self.away.write()) {
            kept.insert(place.to_owned(), away.clone());
        }
        away
    }
}

/// Where it lies. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Shelf(Arc<Mutex<Option<Arc<Shown>>>>);

impl Shelf {
    /// What is shown now. One reads while the others wait for it: a crowd after a change asks the database once.
    pub async fn shown(&self, house: &House) -> Result<Arc<Shown>, Fault> {
        let mut lies = self.0.lock().await;
        let (now, seq) = (house.clock.now(), ground::audit::last(&house.db).await?);
        let is_fresh = |shown: &Shown| shown.seq == seq && (0..OLDEST).contains(&(now.0 - shown.read_at.0));
        if let Some(shown) = lies.as_ref().filter(|shown| is_fresh(shown)) {
            return Ok(shown.clone());
        }
        let groups = queries::shown(&house.db).await?.into_iter().map(|listed| (next(&listed, now), listed));
        let groups = groups.map(|(next, listed)| (listed, next)).collect();
        let shown = Arc::new(Shown { seq, read_at: now, known: Known::read(house, None).await?, groups, away: RwLock::default() });
        *lies = Some(shown.clone());
        Ok(shown)
    }
}
