//! Peer-led check-ins: whose they are and who may come in, asked anew each time. Nobody has a seat in the group in which their sessions stand.

use care::{messages::circle::is_allowed, peer::Shut};
use sea_orm::FromQueryResult;

use crate::{
    clock::Moment,
    db::Ask,
    facts::{self, InGroup, Part, contact_open},
    fault::Fault,
    policy::Stand,
    values,
};

/// Please have the open rooms of this group's check-ins read again who belongs there.
pub const NEWS: &str = "peer.news";
/// Please see that this check-in ends, if everybody forgot it.
pub const CLOSE: &str = "peer.close";

#[derive(Debug, Clone, FromQueryResult)]
pub struct Check {
    pub session_id: i64,
    /// The group whose members meet, and their circle in it; nothing for the whole group.
    pub parent_id: i64,
    pub parent_name: String,
    pub kind: String,
    pub zone: String,
    pub allowed: Option<i64>,
    pub circle_id: Option<i64>,
    pub circle_ends_at: Option<Moment>,
    pub planned_by: i64,
    pub host_id: Option<i64>,
    pub starts_at: Moment,
    pub minutes: i64,
    pub state: String,
    pub cancelled_at: Option<Moment>,
    pub staff_called_at: Option<Moment>,
    pub people: Option<i64>,
}

impl Check {
    fn is_allowed(&self) -> bool {
        is_allowed(&self.kind, self.allowed.map(|allowed| allowed == 1))
    }

    fn ends_at(&self) -> Moment {
        Moment(self.starts_at.0 + (self.minutes + care::peer::EXTRA) * 60_000_000)
    }

    pub fn is_over(&self, now: Moment) -> bool {
        self.state == "ended" || now >= self.ends_at()
    }

    /// Before its door opens: its room is not there yet, for anybody.
    pub fn is_early(&self, now: Moment) -> bool {
        self.state == "planned" && now.0 < self.starts_at.0 - care::peer::OPENS * 60_000_000
    }

    /// Why nobody comes in, whoever they are.
    pub fn shut(&self, now: Moment) -> Option<Shut> {
        if self.cancelled_at.is_some() {
            Some(Shut::CalledOff)
        } else if !self.is_allowed() {
            Some(Shut::NotAllowed)
        } else if self.circle_ends_at.is_some_and(|ends| ends <= self.starts_at) {
            Some(Shut::CircleOver)
        } else {
            self.is_over(now).then_some(Shut::Over)
        }
    }
}

const CHECK: &str =
    "SELECT x.session_id, x.parent_id, g.name AS parent_name, g.kind, g.zone, d.allowed, x.circle_id, o.ends_at AS circle_ends_at, x.planned_by,
        x.host_id, s.starts_at, s.minutes, s.state, s.cancelled_at, x.staff_called_at, x.people
    FROM peer_session x JOIN session s ON s.id = x.session_id JOIN groups g ON g.id = x.parent_id
    LEFT JOIN outside_contact d ON d.group_id = x.parent_id LEFT JOIN circle o ON o.channel_id = x.circle_id";

/// Whom a check-in `x` is for: members `m` of its group now, and in the circle if it is a circle's. Nobody whose account is closed.
pub(crate) const MEETS: &str = "m.group_id = x.parent_id AND m.part = 'member' AND m.left_at IS NULL
    AND NOT EXISTS (SELECT 1 FROM person q WHERE q.id = m.person_id AND q.disabled_at IS NOT NULL) AND (x.circle_id IS NULL
        OR EXISTS (SELECT 1 FROM circle_member k WHERE k.channel_id = x.circle_id AND k.person_id = m.person_id
            AND k.joined_at IS NOT NULL AND k.left_at IS NULL))";

/// The same, where the group allows it, the circle still stands at that hour, they do not pause, and it was not called off: who is expected.
pub(crate) fn expected() -> String {
    format!(
        "{MEETS} AND s.state <> 'ended' AND s.cancelled_at IS NULL AND (m.paused_until IS NULL OR m.paused_until <= s.starts_at)
        AND NOT EXISTS (SELECT 1 FROM circle o WHERE o.channel_id = x.circle_id AND o.ends_at <= s.starts_at)
        AND {}",
        contact_open!("x.parent_id")
    )
}

pub async fn of_session(db: &(impl Ask + Sync), session: i64) -> Result<Option<Check>, Fault> {
    db.row(&format!("{CHECK} WHERE x.session_id = $1"), values![session]).await
}

/// The check-ins of a group that are still to come or run, the soonest first; all of them, whoever they are for.
pub async fn ahead(db: &(impl Ask + Sync), group: i64) -> Result<Vec<Check>, Fault> {
    let sql = format!("{CHECK} WHERE x.parent_id = $1 AND s.state <> 'ended' AND s.cancelled_at IS NULL ORDER BY s.starts_at, s.id");
    db.rows(&sql, values![group]).await
}

/// Those that were held, the newest first.
pub async fn held(db: &(impl Ask + Sync), group: i64) -> Result<Vec<Check>, Fault> {
    let sql = format!("{CHECK} WHERE x.parent_id = $1 AND x.people IS NOT NULL ORDER BY s.starts_at DESC, s.id LIMIT 20");
    db.rows(&sql, values![group]).await
}

/// What this person can come to, in any group, that begins in this time.
pub async fn of_person(db: &(impl Ask + Sync), person: i64, from: Moment, to: Moment) -> Result<Vec<Check>, Fault> {
    let sql = format!(
        "{CHECK} JOIN membership m ON m.person_id = $1 AND {} WHERE s.starts_at >= $2 AND s.starts_at < $3 ORDER BY s.starts_at, s.id",
        expected()
    );
    db.rows(&sql, values![person, from, to]).await
}

pub async fn allows(db: &(impl Ask + Sync), group: i64) -> Result<bool, Fault> {
    #[derive(FromQueryResult)]
    struct Policy {
        kind: String,
        allowed: Option<i64>,
    }
    let sql = "SELECT g.kind, d.allowed FROM groups g LEFT JOIN outside_contact d ON d.group_id = g.id WHERE g.id = $1";
    let policy: Option<Policy> = db.row(sql, values![group]).await?;
    Ok(policy.is_some_and(|policy| is_allowed(&policy.kind, policy.allowed.map(|allowed| allowed == 1))))
}

/// The group in which the sessions of this group's check-ins stand.
pub async fn group_of(db: &(impl Ask + Sync), parent: i64) -> Result<Option<i64>, Fault> {
    let n = db.number("SELECT group_id AS n FROM peer_group WHERE parent_id = $1", values![parent]).await?;
    Ok((n != 0).then_some(n))
}

/// Who may be in a session now: everybody of its group, or those for whom a check-in is and staff who were called into it.
pub async fn people_at(db: &(impl Ask + Sync), session: i64, group: i64) -> Result<Vec<InGroup>, Fault> {
    let Some(check) = of_session(db, session).await? else { return facts::people_of(db, group).await };
    let mut people = if check.is_allowed() { members(db, session).await? } else { Vec::new() };
    let sql = "SELECT person_id, 'facilitator' AS part, name AS display_name, seat FROM peer_staff WHERE session_id = $1 ORDER BY seat";
    let staff: Vec<InGroup> = db.rows(sql, values![session]).await?;
    // A chair is one person's: whoever leads in it is never somebody else.
    people.retain(|member| staff.iter().all(|one| one.seat != member.seat));
    people.extend(staff);
    Ok(people)
}

async fn members(db: &(impl Ask + Sync), session: i64) -> Result<Vec<InGroup>, Fault> {
    let sql = format!(
        "SELECT m.person_id, m.part, m.display_name, m.seat FROM peer_session x JOIN membership m ON {MEETS}
        WHERE x.session_id = $1 ORDER BY m.seat"
    );
    db.rows(&sql, values![session]).await
}

/// How somebody stands to a check-in; `None` if the session is none. Whoever belonged to it once reads at its door why they do not any more.
pub async fn stand(db: &(impl Ask + Sync), session: i64, person: i64) -> Result<Option<Option<Stand>>, Fault> {
    let Some(check) = of_session(db, session).await? else { return Ok(None) };
    let came = "SELECT COUNT(*) AS n FROM peer_staff WHERE session_id = $1 AND person_id = $2";
    if db.number(came, values![session, person]).await? > 0 {
        return Ok(Some(Some(Stand::Leader)));
    }
    let once = "SELECT COUNT(*) AS n FROM peer_session x JOIN membership m ON m.group_id = x.parent_id AND m.part = 'member'
        WHERE x.session_id = $1 AND m.person_id = $2 AND (m.left_at IS NULL OR m.left_at >= x.planned_at)
            AND (x.circle_id IS NULL OR EXISTS (SELECT 1 FROM circle_member k WHERE k.channel_id = x.circle_id AND k.person_id = m.person_id
                AND k.joined_at IS NOT NULL AND (k.left_at IS NULL OR k.left_at >= x.planned_at)))";
    let belongs = db.number(once, values![check.session_id, person]).await? > 0;
    Ok(Some(belongs.then_some(Stand::Member)))
}

/// Whether somebody is expected at a check-in, and at that hour.
pub async fn is_expected(db: &(impl Ask + Sync), session: i64, starts_at: Moment, person: i64) -> Result<bool, Fault> {
    let sql = format!(
        "SELECT COUNT(*) AS n FROM peer_session x JOIN session s ON s.id = x.session_id JOIN membership m ON m.person_id = $3 AND {}
        WHERE x.session_id = $1 AND s.starts_at = $2",
        expected()
    );
    Ok(db.number(&sql, values![session, starts_at, person]).await? > 0)
}

/// Whether staff who are called into this session may come: it runs, somebody asked for them, and they lead the group. Who is on call asks elsewhere.
pub async fn leads_parent(db: &(impl Ask + Sync), check: &Check, person: i64) -> Result<bool, Fault> {
    Ok(facts::part_in(db, check.parent_id, person).await? == Some(Part::Facilitator))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: i64 = 60_000_000;

    fn check() -> Check {
        Check {
            session_id: 8,
            parent_id: 4,
            parent_name: "Steady Ground".into(),
            kind: "process".into(),
            zone: "UTC".into(),
            allowed: Some(1),
            circle_id: None,
            circle_ends_at: None,
            planned_by: 7,
            host_id: None,
            starts_at: Moment(1_000 * MINUTE),
            minutes: 30,
            state: "planned".into(),
            cancelled_at: None,
            staff_called_at: None,
            people: None,
        }
    }

    #[test]
    fn the_way_in_is_closed_for_one_reason_at_a_time() {
        let now = Moment(995 * MINUTE);
        let of = |change: fn(&mut Check)| {
            let mut check = check();
            change(&mut check);
            check.shut(now)
        };
        assert_eq!(of(|_| {}), None);
        assert_eq!(of(|check| check.allowed = Some(0)), Some(Shut::NotAllowed));
        assert_eq!(of(|check| check.allowed = None), Some(Shut::NotAllowed), "therapy, and nobody opened it");
        assert_eq!(of(|check| (check.allowed, check.kind) = (None, "skills-class".into())), None, "a class may");
        assert_eq!(of(|check| check.cancelled_at = Some(Moment(1))), Some(Shut::CalledOff));
        assert_eq!(of(|check| check.circle_ends_at = Some(Moment(1_000 * MINUTE))), Some(Shut::CircleOver));
        assert_eq!(of(|check| check.circle_ends_at = Some(Moment(1_010 * MINUTE))), None, "it still stands when it begins");
        assert_eq!(of(|check| check.state = "ended".into()), Some(Shut::Over));
    }

    #[test]
    fn it_is_early_until_its_door_opens() {
        assert!(check().is_early(Moment(990 * MINUTE - 1)) && !check().is_early(Moment(990 * MINUTE)));
        let live = Check { state: "live".into(), ..check() };
        assert!(!live.is_early(Moment(0)));
    }

    #[test]
    fn it_is_over_with_a_little_more_than_its_minutes() {
        assert!(!check().is_over(Moment(1_040 * MINUTE - 1)));
        assert!(check().is_over(Moment(1_040 * MINUTE)));
        assert_eq!(check().shut(Moment(1_040 * MINUTE)), Some(Shut::Over), "whether or not anybody held it");
    }
}
