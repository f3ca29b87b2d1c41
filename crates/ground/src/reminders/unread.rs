//! Notices that messages wait: what a person has not read, who is told of it, and the count that makes each one notice.

use std::collections::BTreeMap;

use care::{
    notices::{Often, Wish, is_told},
    reminders::Quiet,
};
use jiff::tz::TimeZone;
use sea_orm::FromQueryResult;

use super::{choices::minute, push};
use crate::{
    clock::Moment,
    db::{Ask, Db, Tx},
    facts::{NEW_TO, READS},
    fault::Fault,
    jobs::{self, Job},
    push::FORGOTTEN,
    values,
};

/// What lies longer than this is no news any more.
const RECENT: std::time::Duration = std::time::Duration::from_secs(3 * 86_400);

/// Something new in one channel, for one of its readers.
#[derive(Debug, Clone, FromQueryResult)]
pub struct InChannel {
    pub person_id: i64,
    pub zone: String,
    /// 0 for a mail.
    pub device: i64,
    /// Whether they want to be told by this way at all.
    pub wanted: i64,
    pub kind: String,
    pub leads: i64,
    pub told: Option<i64>,
    /// When the first of what is new was sent.
    pub since: Moment,
    pub number: i64,
    pub last: Option<Moment>,
    pub unread: String,
    pub unread_night: i64,
    pub quiet_from: i64,
    pub quiet_to: i64,
}

/// What one person would be told of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    pub person: i64,
    /// 0 for a mail; each device counts its own notices.
    pub device: i64,
    pub since: Moment,
    /// How many notices there were before.
    pub number: i64,
    pub last: Option<Moment>,
    wish: Wish,
    quiet: Quiet,
    zone: String,
}

/// By which way somebody is told: by mail, which is counted once for each person, or on each of their devices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    Mail,
    Device,
}

/// How one way stands in the query: the counted notices `y`, their number, the time of the last one, the choice, and by what more rows differ.
struct Counted {
    from: &'static str,
    device: &'static str,
    last: &'static str,
    choice: &'static str,
    each: &'static str,
}

impl Way {
    /// `$3` is since when somebody must have been at a device.
    fn counted(self) -> Counted {
        match self {
            Way::Mail => {
                Counted { from: "LEFT JOIN notice y ON y.person_id = p.id", device: "0", last: "y.sent_at", choice: "w.email", each: "" }
            }
            Way::Device => Counted {
                from: "JOIN push_device y ON y.person_id = p.id
                    JOIN sign_in s ON s.id = y.sign_in_id AND s.revoked_at IS NULL AND s.seen_at > $3",
                device: "y.id",
                last: "y.told_at",
                choice: "w.push_unread",
                each: "y.id, ",
            },
        }
    }
}

impl Unread {
    /// For how many seconds a knock at a device may wait there.
    pub fn stays(&self, now: Moment) -> i64 {
        let zone = TimeZone::get(&self.zone).unwrap_or(TimeZone::UTC);
        self.wish.stays(now.timestamp(), self.quiet, &zone).as_secs()
    }

    pub async fn claim(&self, db: &Db, job: &Job, now: Moment) -> Result<bool, Fault> {
        if self.device == 0 { claim(db, job, self, now).await } else { push::claim_unread(db, job, self, now).await }
    }

    pub async fn unclaim(&self, db: &Db, job: &Job) -> Result<(), Fault> {
        if self.device == 0 { unclaim(db, job, self).await } else { push::unclaim_unread(db, job, self).await }
    }

    pub fn may_go(&self, now: Moment) -> bool {
        let zone = TimeZone::get(&self.zone).unwrap_or(TimeZone::UTC);
        let last = self.last.map(Moment::timestamp);
        self.wish.may_go(now.timestamp(), self.since.timestamp(), last, self.quiet, &zone)
    }
}

/// Everybody (`$2` = 0) or one person, with each channel in which something came that they have not read, after their last notice. Who could be a
/// reader is gathered first, because whether somebody is one is too much to ask of every pair of person and channel.
fn sql(way: Way) -> String {
    let Counted { from, device, last, choice, each } = way.counted();
    let (reads, new) =
        (READS.replace("$2 = 1", "p.role IN ('coordinator', 'administrator')").replace("$1", "p.id"), NEW_TO.replace("$1", "p.id"));
    format!(
        "SELECT p.id AS person_id, p.zone, CAST({device} AS BIGINT) AS device, COALESCE({choice}, 1) AS wanted, c.kind, t.told, MIN(m.sent_at) AS since,
            CAST(CASE WHEN a.part = 'facilitator' OR q.part = 'facilitator' THEN 1 ELSE 0 END AS BIGINT) AS leads, COALESCE(y.number, 0) AS number, {last} AS last,
            COALESCE(w.unread, 'daily') AS unread, COALESCE(w.unread_night, 0) AS unread_night,
            COALESCE(w.quiet_from, 1320) AS quiet_from, COALESCE(w.quiet_to, 420) AS quiet_to
        FROM (SELECT u.person_id, h.id FROM channel h JOIN membership u ON u.group_id = h.group_id
            UNION SELECT h.person_id, h.id FROM channel h WHERE h.person_id IS NOT NULL
            UNION SELECT v.person_id, h.id FROM channel h JOIN membership u ON u.person_id = h.person_id
                JOIN membership v ON v.group_id = u.group_id AND v.part = 'facilitator'
            UNION SELECT u.id, h.id FROM channel h JOIN person u ON u.role IN ('coordinator', 'administrator') WHERE h.kind = 'staff'
            UNION SELECT u.person_id, h.channel_id FROM alumni_space h JOIN alumni_member u ON u.left_at IS NULL
            UNION SELECT u.person_id, u.channel_id FROM circle_member u) x
        JOIN channel c ON c.id = x.id AND c.last_number > 0
        JOIN person p ON p.id = x.person_id AND p.disabled_at IS NULL AND p.role NOT IN ('family', 'observer')
        LEFT JOIN reminder_choice w ON w.person_id = p.id {from}
        LEFT JOIN channel_notice t ON t.channel_id = c.id AND t.person_id = p.id
        LEFT JOIN membership a ON a.group_id = c.group_id AND a.person_id = p.id AND a.left_at IS NULL
        LEFT JOIN alumni_member q ON c.kind = 'group' AND c.group_id IS NULL AND q.person_id = p.id AND q.left_at IS NULL
        LEFT JOIN message_read r ON r.channel_id = c.id AND r.person_id = p.id
        JOIN message m ON m.channel_id = c.id AND m.sent_at > $1 AND m.sent_at > COALESCE({last}, 0)
        WHERE ($2 = 0 OR p.id = $2) AND COALESCE(w.unread, 'daily') <> 'never' AND c.last_number > COALESCE(r.number, 0) AND {new} AND {reads}
        GROUP BY p.id, p.zone, {each}{choice}, c.id, c.kind, t.told, a.part, q.part, y.number, {last}, w.unread, w.unread_night, w.quiet_from, w.quiet_to"
    )
}

/// Whoever would be told of something by this way, each once; one person alone with `Some`.
pub async fn all(db: &Db, way: Way, person: Option<i64>, now: Moment) -> Result<Vec<Unread>, Fault> {
    let there = (way == Way::Device).then(|| now.minus(FORGOTTEN).0.into());
    let rows = db.rows(&sql(way), values![now.minus(RECENT), person.unwrap_or(0)].into_iter().chain(there)).await?;
    Ok(by_person(rows))
}

fn by_person(rows: Vec<InChannel>) -> Vec<Unread> {
    let mut all: BTreeMap<(i64, i64), Unread> = BTreeMap::new();
    let is_told = |row: &InChannel| row.wanted == 1 && is_told(row.told.map(|told| told == 1), &row.kind, row.leads == 1);
    for row in rows.into_iter().filter(is_told) {
        let first = all.get(&(row.person_id, row.device)).map_or(row.since, |known| known.since.min(row.since));
        let wish = Wish { often: Often::parse(&row.unread).unwrap_or(Often::Never), night: row.unread_night == 1 };
        let quiet = Quiet { from: minute(row.quiet_from), to: minute(row.quiet_to) };
        let (person, device) = (row.person_id, row.device);
        let unread = Unread { person, device, since: first, number: row.number, last: row.last, wish, quiet, zone: row.zone };
        all.insert((person, device), unread);
    }
    all.into_values().collect()
}

/// Claims the job and counts the notice, in one: a program that dies after this has sent it or lost it, and a second one finds another number.
async fn claim(db: &Db, job: &Job, unread: &Unread, now: Moment) -> Result<bool, Fault> {
    let tx = db.write().await?;
    let sql = "INSERT INTO notice (person_id, number, sent_at) VALUES ($1, $2 + 1, $3)
        ON CONFLICT (person_id) DO UPDATE SET number = $2 + 1, sent_at = $3 WHERE notice.number = $2";
    let counted = jobs::claim_in(&tx, job, now).await? && tx.run(sql, values![unread.person, unread.number, now]).await? == 1;
    if counted {
        tx.commit_unaudited().await?;
    }
    Ok(counted)
}

/// It surely did not go: as if it had never been counted.
async fn unclaim(db: &Db, job: &Job, unread: &Unread) -> Result<(), Fault> {
    let tx: Tx = db.write().await?;
    jobs::unclaim_in(&tx, job).await?;
    let sql = "UPDATE notice SET number = $2, sent_at = $3 WHERE person_id = $1 AND number = $2 + 1";
    tx.run(sql, values![unread.person, unread.number, unread.last]).await?;
    tx.commit_unaudited().await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(person_id: i64, kind: &str, leads: i64, told: Option<i64>, since: i64) -> InChannel {
        InChannel {
            person_id,
            zone: "UTC".into(),
            device: 0,
            wanted: 1,
            kind: kind.into(),
            leads,
            told,
            since: Moment(since),
            number: 3,
            last: Some(Moment(1)),
            unread: "daily".into(),
            unread_night: 0,
            quiet_from: 1_320,
            quiet_to: 420,
        }
    }

    #[test]
    fn many_channels_are_one_notice_as_old_as_the_oldest_that_counts() {
        let rows = vec![
            row(7, "group", 0, None, 50),
            row(7, "circle", 0, None, 40),
            row(7, "staff", 0, Some(0), 30),
            row(8, "group", 1, None, 20),
            row(9, "group", 1, Some(1), 10),
        ];
        let all: Vec<_> = by_person(rows).into_iter().map(|one| (one.person, one.since.0, one.number)).collect();
        assert_eq!(all, [(7, 40, 3), (9, 10, 3)], "a silent one does not make it older; leaders hear of a group only if they asked for it");
    }

    #[test]
    fn each_device_is_told_by_itself_and_whoever_wants_none_is_not() {
        let on = |device: i64, number: i64| InChannel { device, number, ..row(7, "group", 0, None, 50 + device) };
        let rows = vec![on(1, 4), on(2, 0), InChannel { wanted: 0, ..on(3, 0) }, InChannel { told: Some(0), ..on(4, 0) }];
        let all: Vec<_> = by_person(rows).into_iter().map(|one| (one.device, one.since.0, one.number)).collect();
        assert_eq!(all, [(1, 51, 4), (2, 52, 0)]);
    }

    #[test]
    fn both_ways_ask_the_same_of_a_message() {
        let (mail, device) = (sql(Way::Mail), sql(Way::Device));
        assert!(mail.contains("JOIN notice y") && !mail.contains("push_device") && mail.contains("w.email"));
        assert!(device.contains("JOIN push_device y") && !device.contains("JOIN notice y") && device.contains("w.push_unread"));
        let rest = |sql: &str| sql.split("WHERE ($2 = 0").nth(1).unwrap().split("GROUP BY").next().unwrap().to_owned();
        assert_eq!(rest(&mail), rest(&device));
    }

    #[test]
    fn a_word_that_nobody_knows_tells_nobody() {
        let odd = InChannel { unread: "often".into(), ..row(7, "group", 0, None, 5) };
        assert!(!by_person(vec![odd])[0].may_go(Moment(1_789_000_000_000_000)));
        let noon = Moment("2026-11-24T12:00:00Z".parse::<jiff::Timestamp>().unwrap().as_microsecond());
        assert!(by_person(vec![row(7, "group", 0, None, 5)])[0].may_go(noon));
    }
}
