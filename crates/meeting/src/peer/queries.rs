use ground::{Ask, Db, Fault, Moment, Tx, random_id, sea_orm::FromQueryResult, values};

#[derive(FromQueryResult)]
struct Id {
    id: i64,
}

fn ids(rows: Vec<Id>) -> Vec<i64> {
    rows.into_iter().map(|row| row.id).collect()
}

#[derive(FromQueryResult)]
struct Last {
    id: i64,
    last: i64,
}

/// In which order these people host, as `care::peer::line` says. Check-ins of a circle and of the whole group go round apart; `but` is left out.
pub async fn line(db: &(impl Ask + Sync), group: i64, circle: Option<i64>, but: i64, people: &[i64]) -> Result<Vec<i64>, Fault> {
    // Whoever was asked and did not come had their turn, too: else they were asked each time.
    let sql = "SELECT m.person_id AS id, MAX(s.starts_at) AS last FROM peer_session x JOIN session s ON s.id = x.session_id
            JOIN membership m ON m.group_id = x.parent_id AND m.person_id IN (x.host_id, x.asked_host_id)
        WHERE x.parent_id = $1 AND COALESCE(x.circle_id, 0) = $2 AND x.session_id <> $3 AND s.cancelled_at IS NULL
            AND (s.state <> 'ended' OR x.people IS NOT NULL)
        GROUP BY m.person_id";
    let hosted: Vec<Last> = db.rows(sql, values![group, circle.unwrap_or(0), but]).await?;
    let last = |person: i64| hosted.iter().find(|one| one.id == person).map(|one| one.last);
    let people: Vec<(i64, Option<i64>)> = people.iter().map(|person| (*person, last(*person))).collect();
    let out = [unwilling(db, group).await?, resting(db, group, but).await?].concat();
    Ok(care::peer::line(&people, &out))
}

/// Who pauses at the time of this session: nobody asks them.
async fn resting(db: &(impl Ask + Sync), group: i64, session: i64) -> Result<Vec<i64>, Fault> {
    let sql = "SELECT m.person_id AS id FROM membership m JOIN session s ON s.id = $2
        WHERE m.group_id = $1 AND m.left_at IS NULL AND m.paused_until > s.starts_at";
    Ok(ids(db.rows(sql, values![group, session]).await?))
}

/// Who would rather not host in this group.
pub async fn unwilling(db: &(impl Ask + Sync), group: i64) -> Result<Vec<i64>, Fault> {
    Ok(ids(db.rows("SELECT person_id AS id FROM peer_no_host WHERE group_id = $1", values![group]).await?))
}

pub async fn say_hosting(tx: &Tx, group: i64, person: i64, willing: bool, at: Moment) -> Result<(), Fault> {
    if willing {
        tx.run("DELETE FROM peer_no_host WHERE group_id = $1 AND person_id = $2", values![group, person]).await?;
    } else {
        let sql = "INSERT INTO peer_no_host (group_id, person_id, said_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
        tx.run(sql, values![group, person, at]).await?;
    }
    Ok(())
}

/// Every chair that somebody has or had in a group.
pub async fn seats(db: &(impl Ask + Sync), group: i64) -> Result<Vec<i64>, Fault> {
    Ok(ids(db.rows("SELECT seat AS id FROM membership WHERE group_id = $1", values![group]).await?))
}

/// A circle that somebody is in and that still stands, by the names of the others.
#[derive(Debug, Clone)]
pub struct Circle {
    pub id: i64,
    pub ends_at: Moment,
    pub people: Vec<i64>,
    pub names: String,
}

#[derive(FromQueryResult)]
struct InCircle {
    id: i64,
    ends_at: Moment,
    person_id: i64,
    display_name: String,
}

pub async fn circles(db: &(impl Ask + Sync), group: i64, me: i64, now: Moment) -> Result<Vec<Circle>, Fault> {
    let sql = "SELECT o.channel_id AS id, o.ends_at, k.person_id, m.display_name FROM circle o
        JOIN circle_member k ON k.channel_id = o.channel_id AND k.joined_at IS NOT NULL AND k.left_at IS NULL
        JOIN membership m ON m.group_id = o.group_id AND m.person_id = k.person_id AND m.part = 'member' AND m.left_at IS NULL
        WHERE o.group_id = $1 AND o.ends_at > $3 AND EXISTS (SELECT 1 FROM circle_member i WHERE i.channel_id = o.channel_id
            AND i.person_id = $2 AND i.joined_at IS NOT NULL AND i.left_at IS NULL) ORDER BY o.made_at, o.channel_id, m.seat";
    let mut circles: Vec<Circle> = Vec::new();
    for row in db.rows::<InCircle>(sql, values![group, me, now]).await? {
        if circles.last().is_none_or(|last| last.id != row.id) {
            circles.push(Circle { id: row.id, ends_at: row.ends_at, people: Vec::new(), names: String::new() });
        }
        let Some(circle) = circles.last_mut() else { continue };
        circle.people.push(row.person_id);
        if row.person_id != me {
            circle.names =
                [circle.names.as_str(), &row.display_name].into_iter().filter(|name| !name.is_empty()).collect::<Vec<_>>().join(", ");
        }
    }
    Ok(circles)
}

#[derive(Debug, Clone, FromQueryResult)]
pub struct Parent {
    pub name: String,
    pub zone: String,
    pub topic: String,
    pub language: String,
}

pub async fn parent(db: &(impl Ask + Sync), group: i64) -> Result<Option<Parent>, Fault> {
    db.row("SELECT name, zone, topic, language FROM groups WHERE id = $1", values![group]).await
}

/// Takes the lock of the group's row, so that two who plan, or who want a chair, at once do it one after the other.
pub async fn hold(tx: &Tx, group: i64) -> Result<(), Fault> {
    tx.run("UPDATE groups SET taken = taken WHERE id = $1", values![group]).await?;
    Ok(())
}

/// The group in which the check-ins of `parent` stand, made with the first. It has no rhythm, nobody ever sits in it, and its name is never
/// shown: a session of it is called by its parent's.
pub async fn group(tx: &Tx, parent: i64, of: &Parent, now: Moment) -> Result<i64, Fault> {
    if let Some(group) = ground::peer::group_of(tx, parent).await? {
        return Ok(group);
    }
    let id = random_id();
    let sql = "INSERT INTO groups (id, name, topic, kind, weekday, minute_of_day, zone, minutes, capacity, taken, language, programme, created_at)
        VALUES ($1, $2, $3, 'peer', 1, 0, $4, 60, 2, 2, $5, '', $6)";
    tx.run(sql, values![id, format!("peer/{parent}"), of.topic.as_str(), of.zone.as_str(), of.language.as_str(), now]).await?;
    tx.run("INSERT INTO peer_group (group_id, parent_id) VALUES ($1, $2)", values![id, parent]).await?;
    Ok(id)
}

pub async fn last_number(tx: &Tx, group: i64) -> Result<i64, Fault> {
    tx.number("SELECT COALESCE(MAX(number), 0) AS n FROM session WHERE group_id = $1", values![group]).await
}

pub async fn was_planned(tx: &Tx, once: &str) -> Result<bool, Fault> {
    Ok(tx.number("SELECT COUNT(*) AS n FROM peer_session WHERE once = $1", values![once]).await? > 0)
}

/// A check-in on its way into the tables.
pub struct New<'a> {
    pub session: i64,
    pub parent: i64,
    pub circle: Option<i64>,
    pub once: &'a str,
    pub by: i64,
    pub at: Moment,
    pub host: Option<i64>,
}

pub async fn keep(tx: &Tx, new: New<'_>) -> Result<(), Fault> {
    let sql = "INSERT INTO peer_session (session_id, parent_id, circle_id, once, planned_by, planned_at, host_id, asked_host_id)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $7)";
    tx.run(sql, values![new.session, new.parent, new.circle, new.once, new.by, new.at, new.host]).await?;
    Ok(())
}

pub async fn keep_host(tx: &Tx, session: i64, host: Option<i64>) -> Result<(), Fault> {
    tx.run("UPDATE peer_session SET host_id = $2 WHERE session_id = $1", values![session, host]).await?;
    Ok(())
}

/// Somebody else is asked, before it begins.
pub async fn ask_host(tx: &Tx, session: i64, host: Option<i64>) -> Result<(), Fault> {
    tx.run("UPDATE peer_session SET host_id = $2, asked_host_id = $2 WHERE session_id = $1", values![session, host]).await?;
    Ok(())
}

pub async fn keep_call(tx: &Tx, session: i64, at: Moment) -> Result<(), Fault> {
    tx.run("UPDATE peer_session SET staff_called_at = $2 WHERE session_id = $1 AND staff_called_at IS NULL", values![session, at]).await?;
    Ok(())
}

pub async fn keep_held(tx: &Tx, session: i64, people: Option<i64>) -> Result<(), Fault> {
    tx.run("UPDATE peer_session SET people = $2 WHERE session_id = $1", values![session, people]).await?;
    Ok(())
}

/// What was written and who came goes with the end: a room that is over is opened by nobody any more.
pub async fn forget_room(tx: &Tx, session: i64) -> Result<(), Fault> {
    tx.run("DELETE FROM room_event WHERE session_id = $1", values![session]).await?;
    Ok(())
}

/// False once it has begun, and for the second of two who call it off.
pub async fn cancel(tx: &Tx, session: i64, at: Moment) -> Result<bool, Fault> {
    let sql = "UPDATE session SET cancelled_at = $2, changes = changes + 1 WHERE id = $1 AND state = 'planned' AND cancelled_at IS NULL";
    Ok(tx.run(sql, values![session, at]).await? == 1)
}

/// Whether somebody of this session asked for staff, or for help. A task that is closed while it runs still shows the way back in.
pub async fn waits_for_help(db: &Db, session: i64) -> Result<bool, Fault> {
    let sql = "SELECT COUNT(*) AS n FROM risk_task t JOIN session s ON s.id = t.session_id
        WHERE t.session_id = $1 AND (t.closed_at IS NULL OR s.state <> 'ended')";
    Ok(db.number(sql, values![session]).await? > 0)
}

/// Whether a task from this session is this person's.
pub async fn owns_task(db: &Db, session: i64, person: i64) -> Result<bool, Fault> {
    let sql = "SELECT COUNT(*) AS n FROM risk_task t JOIN session s ON s.id = t.session_id
        WHERE t.session_id = $1 AND t.owner_id = $2 AND (t.closed_at IS NULL OR s.state <> 'ended')";
    Ok(db.number(sql, values![session, person]).await? > 0)
}

#[derive(Debug, Clone, FromQueryResult)]
pub struct Chair {
    pub seat: i64,
    pub name: String,
}

/// The chair that somebody who leads the group has in it.
pub async fn chair(db: &(impl Ask + Sync), group: i64, person: i64) -> Result<Option<Chair>, Fault> {
    let sql = "SELECT seat, display_name AS name FROM membership WHERE group_id = $1 AND person_id = $2 AND part = 'facilitator' AND left_at IS NULL";
    db.row(sql, values![group, person]).await
}

/// The chair in which somebody of the staff sits in this session already.
pub async fn came(db: &(impl Ask + Sync), session: i64, person: i64) -> Result<Option<Chair>, Fault> {
    db.row("SELECT seat, name FROM peer_staff WHERE session_id = $1 AND person_id = $2", values![session, person]).await
}

pub async fn staff_seats(db: &(impl Ask + Sync), session: i64) -> Result<Vec<i64>, Fault> {
    Ok(ids(db.rows("SELECT seat AS id FROM peer_staff WHERE session_id = $1", values![session]).await?))
}

/// False if somebody took the chair in this very moment.
pub async fn come(tx: &Tx, session: i64, person: i64, chair: &Chair, at: Moment) -> Result<bool, Fault> {
    let sql = "INSERT INTO peer_staff (session_id, person_id, seat, name, came_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING";
    Ok(tx.run(sql, values![session, person, chair.seat, chair.name.as_str(), at]).await? == 1)
}
