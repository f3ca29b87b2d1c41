use ground::{Ask, Fault, Moment, Tx, random_id, sea_orm::FromQueryResult, values};

use super::Sitting;

/// Takes one of the members' places; false when the group is full. The guard and a CHECK stand in the same statement on both databases.
pub async fn take_place(tx: &Tx, group: i64) -> Result<bool, Fault> {
    Ok(tx.run("UPDATE groups SET taken = taken + 1 WHERE id = $1 AND taken < capacity", values![group]).await? == 1)
}

/// Gives one back.
pub async fn give_back(tx: &Tx, group: i64) -> Result<(), Fault> {
    tx.run("UPDATE groups SET taken = taken - 1 WHERE id = $1 AND taken > 0", values![group]).await?;
    Ok(())
}

/// Takes the lock of the group's row: chairs are given one after the other, also to staff who are called into a check-in.
pub async fn hold(tx: &Tx, group: i64) -> Result<(), Fault> {
    tx.run("UPDATE groups SET taken = taken WHERE id = $1", values![group]).await?;
    Ok(())
}

#[derive(FromQueryResult)]
struct Chair {
    seat: i64,
    is_taken: i64,
    last: i64,
}

#[derive(FromQueryResult)]
struct Held {
    seat: i64,
}

/// The lowest chair that nobody ever had, so that a room that is open keeps telling its people apart; else the one that was left first. Staff
/// who were called into a check-in of this group keep theirs until it is over.
pub async fn free_seat(tx: &Tx, group: i64) -> Result<Option<i64>, Fault> {
    let sql = "SELECT seat, CAST(MAX(CASE WHEN left_at IS NULL THEN 1 ELSE 0 END) AS BIGINT) AS is_taken,
            CAST(MAX(COALESCE(left_at, 0)) AS BIGINT) AS last
        FROM membership WHERE group_id = $1 GROUP BY seat ORDER BY seat";
    let chairs: Vec<Chair> = tx.rows(sql, values![group]).await?;
    let staff = "SELECT t.seat FROM peer_staff t JOIN peer_session x ON x.session_id = t.session_id JOIN session s ON s.id = t.session_id
        WHERE x.parent_id = $1 AND s.state <> 'ended'";
    let staff: Vec<Held> = tx.rows(staff, values![group]).await?;
    let is_free = |seat: i64| staff.iter().all(|held| held.seat != seat);
    let unused = (0..20).find(|seat| is_free(*seat) && chairs.iter().all(|chair| chair.seat != *seat));
    let left =
        chairs.iter().filter(|chair| chair.is_taken == 0 && is_free(chair.seat)).min_by_key(|chair| chair.last).map(|chair| chair.seat);
    Ok(unused.or(left))
}

/// False if this person is in the group already.
pub async fn join(tx: &Tx, who: &Sitting<'_>, display_name: &str, seat: i64, now: Moment) -> Result<bool, Fault> {
    let sql = "INSERT INTO membership (id, group_id, person_id, part, display_name, seat, joined_at, first_number)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING";
    Ok(tx.run(sql, values![random_id(), who.group, who.person, who.part, display_name, seat, now, who.first_number]).await? == 1)
}

pub async fn is_seated(db: &(impl Ask + Sync), group: i64, person: i64) -> Result<bool, Fault> {
    let sql = "SELECT COUNT(*) AS n FROM membership WHERE group_id = $1 AND person_id = $2 AND left_at IS NULL";
    Ok(db.number(sql, values![group, person]).await? > 0)
}

/// False if they were not in the group.
pub async fn leave(tx: &Tx, group: i64, person: i64, now: Moment) -> Result<bool, Fault> {
    let sql = "UPDATE membership SET left_at = $1 WHERE group_id = $2 AND person_id = $3 AND part = 'member' AND left_at IS NULL";
    Ok(tx.run(sql, values![now, group, person]).await? == 1)
}
