//! Devices on which somebody wants to be told that something waits, and the key by which push services know this practice. A device is told
//! nothing but that: its own page asks us what it is.

use std::{collections::HashMap, time::Duration};

use post::{Endpoint, VapidKey};
use sea_orm::FromQueryResult;

use crate::{
    audit::Deed,
    clock::Moment,
    db::{Ask, Db, Tx},
    fault::Fault,
    house::House,
    roles::Me,
    seal::{self, Keys, Owner, Spot},
    values,
};

/// Where a device asks, after a knock, what it is about.
pub const WAITING: &str = "/account/push-devices/waiting";

/// A device on which nobody signed in for so long is forgotten. Until then it is told even while nobody is signed in there: a sign-in lasts a day at most,
/// and what arrives says nothing that only they may know.
pub const FORGOTTEN: Duration = Duration::from_secs(30 * 86_400);

/// More devices than these nobody looks at; the one that was added first makes room.
pub const MOST: i64 = 10;

const KEY: Spot<'static> = Spot { table: "push_key", column: "key", row: "1" };

/// What a device `d` must be, with its sign-in `s` and its person `p`; `$1` is since when somebody must have been there.
pub(crate) const STANDS: &str = "s.revoked_at IS NULL AND s.seen_at > $1 AND p.disabled_at IS NULL";

#[derive(FromQueryResult)]
struct Kept {
    key_sealed: Vec<u8>,
}

/// The practice's key for push services; made the first time that this database is opened. Of two programs that make one at once, one is kept.
pub(crate) async fn key(db: &Db, keys: &Keys, now: Moment) -> Result<VapidKey, Fault> {
    const ODD: Fault = Fault::Other("the key for push services is not readable");
    if stored(db).await?.is_none() {
        let fresh = VapidKey::generate().ok_or(Fault::Seal(seal::SealError::NoRandomness))?;
        let sealed = keys.seal_bytes(Owner::Practice, KEY, &fresh).await?;
        let tx = db.write().await?;
        tx.run("INSERT INTO push_key (id, key_sealed, made_at) VALUES (1, $1, $2) ON CONFLICT DO NOTHING", values![sealed, now]).await?;
        // As the keys of people: nobody did it.
        tx.commit_unaudited().await?;
    }
    let kept = stored(db).await?.ok_or(ODD)?;
    VapidKey::open(&keys.open_bytes(Owner::Practice, KEY, &kept).await?).ok_or(ODD)
}

async fn stored(db: &Db) -> Result<Option<Vec<u8>>, Fault> {
    let row: Option<Kept> = db.row("SELECT key_sealed FROM push_key WHERE id = 1", []).await?;
    Ok(row.map(|row| row.key_sealed))
}

/// One line of the list that its person sees.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Device {
    pub id: i64,
    /// As the browser calls itself.
    pub device: String,
    pub made_at: Moment,
    pub sign_in_id: i64,
}

pub async fn devices(db: &Db, person: i64, now: Moment) -> Result<Vec<Device>, Fault> {
    let sql = format!(
        "SELECT d.id, s.device, d.made_at, d.sign_in_id FROM push_device d JOIN sign_in s ON s.id = d.sign_in_id JOIN person p ON p.id = d.person_id
        WHERE d.person_id = $2 AND {STANDS} ORDER BY d.made_at DESC, d.id"
    );
    db.rows(&sql, values![now.minus(FORGOTTEN), person]).await
}

#[derive(FromQueryResult)]
struct Whose {
    id: i64,
    person_id: i64,
    sign_in_id: i64,
}

/// Everybody's devices, for whoever is about to tell them something.
pub(crate) async fn of_all(db: &Db, now: Moment) -> Result<HashMap<i64, Vec<i64>>, Fault> {
    let sql = format!(
        "SELECT d.id, d.person_id, d.sign_in_id FROM push_device d JOIN sign_in s ON s.id = d.sign_in_id JOIN person p ON p.id = d.person_id
        WHERE {STANDS} ORDER BY d.id"
    );
    let mut all: HashMap<i64, Vec<i64>> = HashMap::new();
    for row in db.rows::<Whose>(&sql, values![now.minus(FORGOTTEN)]).await? {
        all.entry(row.person_id).or_default().push(row.id);
    }
    Ok(all)
}

fn spot(row: &str) -> Spot<'_> {
    Spot { table: "push_device", column: "endpoint", row }
}

/// Tells this person on this device from now on. An address that was somebody else's is theirs no more: who has the device has its browser. False
/// for an address that is none of a push service.
pub async fn begin(house: &House, me: &Me, url: &str) -> Result<bool, Fault> {
    if house.config.push.endpoint(url).is_none() {
        return Ok(false);
    }
    let (id, now) = (seal::random_id(), house.clock.now());
    let sealed = house.keys.seal(Owner::Person(me.id), spot(&id.to_string()), url).await?;
    let mark = house.keys.mark("push", url).await?;
    let tx = house.db.write().await?;
    tx.run("DELETE FROM push_device WHERE endpoint_mark = $1 OR sign_in_id = $2", values![mark.clone(), me.sign_in]).await?;
    let room = "DELETE FROM push_device WHERE person_id = $1 AND id NOT IN
        (SELECT id FROM push_device WHERE person_id = $1 ORDER BY made_at DESC, id LIMIT $2)";
    tx.run(room, values![me.id, MOST - 1]).await?;
    let sql = "INSERT INTO push_device (id, person_id, sign_in_id, endpoint_sealed, endpoint_mark, made_at) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT DO NOTHING";
    tx.run(sql, values![id, me.id, me.sign_in, sealed, mark, now]).await?;
    tx.commit(Deed::new(me.id, "push.begin", format!("push_device/{id}"))).await?;
    Ok(true)
}

/// False if it is no device of theirs.
pub async fn end(house: &House, person: i64, device: i64) -> Result<bool, Fault> {
    let tx = house.db.write().await?;
    let gone = tx.run("DELETE FROM push_device WHERE id = $1 AND person_id = $2", values![device, person]).await? == 1;
    if gone {
        tx.commit(Deed::new(person, "push.end", format!("push_device/{device}"))).await?;
    }
    Ok(gone)
}

/// What becomes of a browser that has an address already, once somebody is signed in there: it goes on telling whoever chose it, and somebody
/// else's it is not any more. True if it tells the one who asks.
pub async fn here(house: &House, me: &Me, url: &str) -> Result<bool, Fault> {
    let mark = house.keys.mark("push", url).await?;
    let sql = "SELECT id, person_id, sign_in_id FROM push_device WHERE endpoint_mark = $1";
    let Some(found) = house.db.row::<Whose>(sql, values![mark]).await? else { return Ok(false) };
    let mine = found.person_id == me.id;
    if mine && found.sign_in_id == me.sign_in {
        return Ok(true);
    }
    let tx = house.db.write().await?;
    let action = if mine {
        tx.run("DELETE FROM push_device WHERE sign_in_id = $1", values![me.sign_in]).await?;
        tx.run("UPDATE push_device SET sign_in_id = $1 WHERE id = $2", values![me.sign_in, found.id]).await?;
        "push.move"
    } else {
        tx.run("DELETE FROM push_device WHERE id = $1", values![found.id]).await?;
        "push.end"
    };
    tx.commit(Deed::new(me.id, action, format!("push_device/{}", found.id))).await?;
    Ok(mine)
}

/// With a sign-in that is ended goes what was told there.
pub(crate) async fn end_with(tx: &Tx, sign_in: i64, person: i64) -> Result<(), Fault> {
    tx.run("DELETE FROM push_device WHERE sign_in_id = $1 AND person_id = $2", values![sign_in, person]).await?;
    Ok(())
}

/// With all of them but `keep`; 0 keeps none.
pub(crate) async fn end_all_but(tx: &Tx, person: i64, keep: i64) -> Result<(), Fault> {
    tx.run("DELETE FROM push_device WHERE person_id = $1 AND sign_in_id <> $2", values![person, keep]).await?;
    Ok(())
}

/// Its push service says that there is no such device any more.
pub(crate) async fn is_gone(db: &Db, device: i64) -> Result<(), Fault> {
    let tx = db.write().await?;
    if tx.run("DELETE FROM push_device WHERE id = $1", values![device]).await? == 1 {
        tx.commit(Deed::new(0, "push.gone", format!("push_device/{device}"))).await?;
    }
    Ok(())
}

/// Forgets devices on which nobody was for long.
pub(crate) async fn forget(db: &Db, now: Moment) -> Result<(), Fault> {
    let old = format!(
        "SELECT d.id, d.person_id, d.sign_in_id FROM push_device d JOIN sign_in s ON s.id = d.sign_in_id JOIN person p ON p.id = d.person_id
        WHERE NOT ({STANDS})"
    );
    for row in db.rows::<Whose>(&old, values![now.minus(FORGOTTEN)]).await? {
        is_gone(db, row.id).await?;
    }
    Ok(())
}

#[derive(FromQueryResult)]
struct Sealed {
    endpoint_sealed: Vec<u8>,
}

/// Where a device is, if its person still wants to be told there.
pub(crate) async fn endpoint(house: &House, device: i64, person: i64, now: Moment) -> Result<Option<Endpoint>, Fault> {
    let sql = format!(
        "SELECT d.endpoint_sealed FROM push_device d JOIN sign_in s ON s.id = d.sign_in_id JOIN person p ON p.id = d.person_id
        WHERE d.id = $2 AND d.person_id = $3 AND {STANDS}"
    );
    let Some(row) = house.db.row::<Sealed>(&sql, values![now.minus(FORGOTTEN), device, person]).await? else { return Ok(None) };
    let url = house.keys.open(Owner::Person(person), spot(&device.to_string()), &row.endpoint_sealed).await?;
    // Asked again: an operator may have taken a host back.
    Ok(house.config.push.endpoint(&url))
}
