//! Where somebody lives, asked wherever staff give a seat by hand, as booking asks it: the law does not mind who filled in the form. The way
//! past a no is the same, too: a reason, sealed, with its line in the audit book.

use care::licensing::{self, Jurisdiction};
use ground::{Ask, Deed, Fault, House, Owner, facts, facts::GroupPlace};

use crate::enrolment::{self, Override};

/// A reason of fewer letters explains nothing to whoever reads the audit.
const REASON: std::ops::RangeInclusive<usize> = 15..=1_000;

/// What staff typed beside the seat.
pub(crate) struct Asked<'a> {
    pub group: i64,
    pub person: i64,
    pub place: &'a str,
    pub reason: &'a str,
    pub by: i64,
}

pub(crate) fn places() -> Result<Vec<Jurisdiction>, Fault> {
    Ok(licensing::shipped()?.jurisdiction)
}

/// Whether the law lets them in from there on the group's own day.
pub(crate) async fn opens(house: &House, db: &(impl Ask + Sync), group: i64, person: i64, place: &str) -> Result<bool, Fault> {
    let Some(group) = enrolment::group(db, group).await? else { return Ok(false) };
    let about = GroupPlace { id: group.id, kind: &group.kind, zone: &group.zone };
    Ok(facts::verdict_in(house, db, &about, person, place).await?.opens())
}

/// The place to ask the law about: what was typed, else where they said they live the last time. The key of a sentence if nobody knows, or if
/// the law says no and nobody says why it should be passed over. A reason that was given is kept before the seat is, as at an application.
pub(crate) async fn read(house: &House, asked: Asked<'_>) -> Result<Result<String, &'static str>, Fault> {
    let typed = asked.place.trim();
    let place = match typed.is_empty() {
        true => facts::lives_in(&house.db, asked.person).await?,
        false => Some(typed.to_owned()),
    };
    let Some(place) = place.filter(|place| licensing::shipped().is_ok_and(|tables| tables.knows(place))) else {
        return Ok(Err("residence-missing"));
    };
    let Asked { group, person, by, .. } = asked;
    if opens(house, &house.db, group, person, &place).await? {
        return Ok(Ok(place));
    }
    let reason = asked.reason.trim();
    if !REASON.contains(&reason.chars().count()) {
        return Ok(Err("residence-law"));
    }
    let row = format!("{person}.{group}.{place}");
    let sealed = house.keys.seal(Owner::Person(person), enrolment::reason_spot(&row), reason).await?;
    let tx = house.db.write().await?;
    enrolment::let_in(&tx, Override { person, group, jurisdiction: place.clone(), reason: sealed, by }, house.clock.now()).await?;
    tx.commit(Deed::new(by, "eligibility.override", format!("group/{group}/person/{person}"))).await?;
    Ok(Ok(place))
}
