//! Being signed in: a random token in a cookie, its hash in a row that can be revoked.

use std::time::Duration;

use axum::http::{HeaderMap, HeaderValue, header};
use sea_orm::FromQueryResult;

use crate::{
    clock::Moment,
    db::{Ask, Tx},
    fault::Fault,
    house::House,
    push,
    roles::{Me, Role},
    seal, values,
    words::Language,
};

/// How often "last seen" is written; more often would only cost the disk.
const SEEN_EVERY: Duration = Duration::from_secs(60);

#[derive(FromQueryResult)]
struct Found {
    sign_in: i64,
    id: i64,
    name: String,
    role: String,
    language: String,
    zone: String,
    seen_at: Moment,
    ends_at: Moment,
}

/// Who sends this request, if the cookie names a sign-in that still holds.
pub async fn recognise(house: &House, headers: &HeaderMap) -> Result<Option<Me>, Fault> {
    let Some((me, seen_at)) = found(house, headers).await? else { return Ok(None) };
    let now = house.clock.now();
    if now.since(seen_at) >= SEEN_EVERY
        && let Err(fault) = is_seen(house, me.sign_in, now).await
    {
        // Whoever only reads is not turned away because a busy database did not take a note; the next page takes it.
        tracing::warn!(reason = %fault, "when somebody was seen was not kept");
    }
    Ok(Some(me))
}

async fn is_seen(house: &House, sign_in: i64, now: Moment) -> Result<(), Fault> {
    let tx = house.db.write().await?;
    tx.run("UPDATE sign_in SET seen_at = $1 WHERE id = $2", values![now, sign_in]).await?;
    tx.commit_unaudited().await
}

/// The same for what a device asks by itself. It counts as no activity: a phone in a pocket keeps nobody signed in.
pub async fn glance(house: &House, headers: &HeaderMap) -> Result<Option<Me>, Fault> {
    Ok(found(house, headers).await?.map(|(me, _)| me))
}

async fn found(house: &House, headers: &HeaderMap) -> Result<Option<(Me, Moment)>, Fault> {
    let Some(token) = cookie(house, headers) else { return Ok(None) };
    let sql = "SELECT s.id AS sign_in, p.id, p.name, p.role, p.language, p.zone, s.seen_at, s.ends_at
        FROM sign_in s JOIN person p ON p.id = s.person_id
        WHERE s.token_hash = $1 AND s.revoked_at IS NULL AND p.disabled_at IS NULL";
    let Some(found) = house.db.row::<Found>(sql, values![seal::hash(token)]).await? else { return Ok(None) };
    let Some(role) = Role::parse(&found.role) else { return Ok(None) };
    let now = house.clock.now();
    let idle = Duration::from_secs(role.limits_minutes().0 * 60);
    let live = house.live.is_in_room(found.id);
    if !live && (now >= found.ends_at || now.since(found.seen_at) >= idle) {
        return Ok(None);
    }
    let language = Language::parse(&found.language);
    let me = Me { id: found.id, name: found.name, role, language, zone: found.zone, sign_in: found.sign_in };
    Ok(Some((me, found.seen_at)))
}

/// Whether a sign-in still holds: open sockets ask this every few seconds.
pub async fn holds(house: &House, sign_in: i64) -> Result<bool, Fault> {
    let sql = "SELECT COUNT(*) AS n FROM sign_in s JOIN person p ON p.id = s.person_id
        WHERE s.id = $1 AND s.revoked_at IS NULL AND p.disabled_at IS NULL";
    Ok(house.db.number(sql, values![sign_in]).await? == 1)
}

/// Whether a sign-in would still be recognised. To ask counts as no activity: an open page alone keeps nobody signed in.
pub async fn lasts(house: &House, me: &Me) -> Result<bool, Fault> {
    let sql = "SELECT COUNT(*) AS n FROM sign_in s JOIN person p ON p.id = s.person_id
        WHERE s.id = $1 AND s.revoked_at IS NULL AND p.disabled_at IS NULL AND ($2 = 1 OR (s.ends_at > $3 AND s.seen_at > $4))";
    let (now, idle) = (house.clock.now(), Duration::from_secs(me.role.limits_minutes().0 * 60));
    let live = i64::from(house.live.is_in_room(me.id));
    Ok(house.db.number(sql, values![me.sign_in, live, now, now.minus(idle)]).await? == 1)
}

/// Starts a sign-in inside the caller's transaction; returns the cookie to set.
pub async fn begin(house: &House, tx: &Tx, person: i64, role: Role, device: &str) -> Result<HeaderValue, Fault> {
    let token = seal::random_token();
    let now = house.clock.now();
    let ends_at = now.plus(Duration::from_secs(role.limits_minutes().1 * 60));
    let device: String = device.chars().filter(|c| !c.is_control()).take(200).collect();
    let sql = "INSERT INTO sign_in (id, token_hash, person_id, device, created_at, seen_at, ends_at) VALUES ($1, $2, $3, $4, $5, $5, $6)";
    tx.run(sql, values![seal::random_id(), seal::hash(&token), person, device, now, ends_at]).await?;
    set_cookie(house, &token, role.limits_minutes().1 * 60)
}

/// What was told on that device ends with it.
pub async fn revoke(tx: &Tx, sign_in: i64, person: i64, now: Moment) -> Result<bool, Fault> {
    push::end_with(tx, sign_in, person).await?;
    let sql = "UPDATE sign_in SET revoked_at = $1 WHERE id = $2 AND person_id = $3 AND revoked_at IS NULL";
    Ok(tx.run(sql, values![now, sign_in, person]).await? == 1)
}

/// After a new password: every other device is signed out.
pub async fn revoke_others(tx: &Tx, person: i64, keep: i64, now: Moment) -> Result<(), Fault> {
    push::end_all_but(tx, person, keep).await?;
    let sql = "UPDATE sign_in SET revoked_at = $1 WHERE person_id = $2 AND id <> $3 AND revoked_at IS NULL";
    tx.run(sql, values![now, person, keep]).await?;
    Ok(())
}

/// Every device is signed out.
pub async fn revoke_all(tx: &Tx, person: i64, now: Moment) -> Result<(), Fault> {
    revoke_others(tx, person, 0, now).await
}

/// The cookie that forgets.
pub fn end_cookie(house: &House) -> Result<HeaderValue, Fault> {
    set_cookie(house, "", 0)
}

fn name(house: &House) -> &'static str {
    // The __Host- prefix needs HTTPS; the demo on loopback has none.
    if house.config.secure_cookies { "__Host-hearth" } else { "hearth" }
}

fn set_cookie(house: &House, token: &str, seconds: u64) -> Result<HeaderValue, Fault> {
    let secure = if house.config.secure_cookies { "; Secure" } else { "" };
    let text = format!("{}={token}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}", name(house));
    HeaderValue::from_str(&text).map_err(|_| Fault::Other("a cookie could not be written"))
}

fn cookie<'h>(house: &House, headers: &'h HeaderMap) -> Option<&'h str> {
    let all = headers.get_all(header::COOKIE).into_iter().filter_map(|value| value.to_str().ok()).flat_map(|line| line.split(';'));
    all.filter_map(|pair| pair.trim().split_once('=')).find(|(key, _)| *key == name(house)).map(|(_, token)| token)
}
