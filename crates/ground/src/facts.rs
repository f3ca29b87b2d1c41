//! Facts that several areas need and one area writes: read-only, one query each.

use care::{
    agenda::Prepared,
    guardian::State,
    licensing::{self, Authority, Kind, Verdict},
};
use sea_orm::FromQueryResult;

use crate::{clock::Moment, db::Ask, fault::Fault, house::House, values};

/// Whether somebody under 18 still needs the consent of a parent or guardian; nobody who never said so does.
pub async fn guardian_missing(db: &(impl Ask + Sync), person: i64) -> Result<bool, Fault> {
    let row = db.row::<Word>("SELECT state AS word FROM guardian_consent WHERE person_id = $1", values![person]).await?;
    Ok(row.is_some_and(|row| !State::parse(&row.word).opens()))
}

/// What a person is in one group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Facilitator,
    Member,
    Observer,
    Interpreter,
}

impl Part {
    pub fn parse(word: &str) -> Option<Part> {
        Some(match word {
            "facilitator" => Part::Facilitator,
            "member" => Part::Member,
            "observer" => Part::Observer,
            "interpreter" => Part::Interpreter,
            _ => return None,
        })
    }

    pub fn word(self) -> &'static str {
        match self {
            Part::Facilitator => "facilitator",
            Part::Member => "member",
            Part::Observer => "observer",
            Part::Interpreter => "interpreter",
        }
    }
}

#[derive(FromQueryResult)]
struct Word {
    word: String,
}

/// The part somebody has in a group today; `None` once they have left.
pub async fn part_in(db: &(impl Ask + Sync), group: i64, person: i64) -> Result<Option<Part>, Fault> {
    let sql = "SELECT part AS word FROM membership WHERE group_id = $1 AND person_id = $2 AND left_at IS NULL";
    Ok(db.row::<Word>(sql, values![group, person]).await?.and_then(|row| Part::parse(&row.word)))
}

/// The number of somebody's first session in a group: a newcomer may begin weeks after the seat was theirs.
pub async fn first_session(db: &(impl Ask + Sync), group: i64, person: i64) -> Result<i64, Fault> {
    let sql = "SELECT first_number AS n FROM membership WHERE group_id = $1 AND person_id = $2 AND left_at IS NULL";
    db.number(sql, values![group, person]).await
}

pub async fn group_of_session(db: &(impl Ask + Sync), session: i64) -> Result<Option<i64>, Fault> {
    let n = db.number("SELECT group_id AS n FROM session WHERE id = $1", values![session]).await?;
    Ok((n != 0).then_some(n))
}

/// The group of a session that somebody leads; a check-in of members is none.
pub async fn group_of_led_session(db: &(impl Ask + Sync), session: i64) -> Result<Option<i64>, Fault> {
    let sql =
        "SELECT s.group_id AS n FROM session s WHERE s.id = $1 AND NOT EXISTS (SELECT 1 FROM peer_group h WHERE h.group_id = s.group_id)";
    let n = db.number(sql, values![session]).await?;
    Ok((n != 0).then_some(n))
}

/// The group in which check-ins of members stand is no group that anybody looks at.
pub async fn group_exists(db: &(impl Ask + Sync), group: i64) -> Result<Option<i64>, Fault> {
    let sql = "SELECT g.id AS n FROM groups g WHERE g.id = $1 AND NOT EXISTS (SELECT 1 FROM peer_group h WHERE h.group_id = g.id)";
    let n = db.number(sql, values![group]).await?;
    Ok((n != 0).then_some(n))
}

/// A group with what decides which homework fits it.
#[derive(Debug, Clone, FromQueryResult)]
pub struct LedGroup {
    pub id: i64,
    pub name: String,
    pub topic: String,
    pub language: String,
}

/// The groups that somebody leads.
pub async fn led_by(db: &(impl Ask + Sync), person: i64) -> Result<Vec<LedGroup>, Fault> {
    let sql = "SELECT g.id, g.name, g.topic, g.language FROM groups g JOIN membership m ON m.group_id = g.id
        WHERE m.person_id = $1 AND m.part = 'facilitator' AND m.left_at IS NULL ORDER BY g.name, g.id";
    db.rows(sql, values![person]).await
}

/// Who is in a group, as everybody in it may know them.
#[derive(Debug, Clone, FromQueryResult)]
pub struct InGroup {
    pub person_id: i64,
    pub part: String,
    pub display_name: String,
    pub seat: i64,
}

impl InGroup {
    pub fn is(&self, part: Part) -> bool {
        self.part == part.word()
    }
}

/// Everybody in the group, in seat order.
pub async fn people_of(db: &(impl Ask + Sync), group: i64) -> Result<Vec<InGroup>, Fault> {
    let sql = "SELECT person_id, part, display_name, seat FROM membership WHERE group_id = $1 AND left_at IS NULL ORDER BY seat";
    db.rows(sql, values![group]).await
}

/// One session with what belongs to its group.
#[derive(Debug, Clone, FromQueryResult)]
pub struct SessionFacts {
    pub id: i64,
    pub group_id: i64,
    pub group_name: String,
    pub topic: String,
    pub kind: String,
    pub zone: String,
    pub number: i64,
    pub starts_at: Moment,
    pub minutes: i64,
    pub state: String,
    pub agenda: String,
    pub programme: String,
    /// What the group speaks.
    pub language: String,
    /// Somebody called it off: nobody can go in.
    pub cancelled_at: Option<Moment>,
}

pub async fn session(db: &(impl Ask + Sync), session: i64) -> Result<Option<SessionFacts>, Fault> {
    let sql = "SELECT s.id, s.group_id, COALESCE(w.name, g.name) AS group_name, g.topic, g.kind, g.zone, s.number, s.starts_at, s.minutes, s.state, s.agenda,
            g.programme, g.language, s.cancelled_at
        FROM session s JOIN groups g ON g.id = s.group_id LEFT JOIN peer_session x ON x.session_id = s.id
            LEFT JOIN groups w ON w.id = x.parent_id WHERE s.id = $1";
    db.row(sql, values![session]).await
}

/// One session that a member was in, as a superbill tells it.
#[derive(Debug, Clone, FromQueryResult)]
pub struct AttendedSession {
    pub session_id: i64,
    pub group_id: i64,
    pub group_name: String,
    pub kind: String,
    pub zone: String,
    pub starts_at: Moment,
    pub minutes: i64,
    /// Who stood in for the leaders of the group that day.
    pub led_by: Option<i64>,
    pub first_in: Option<Moment>,
    pub last_out: Option<Moment>,
    pub seconds: i64,
    pub corrected_minutes: Option<i64>,
    /// When this member was in this group for the first time.
    pub first_ever: Moment,
}

/// Sessions that began in that span and that this person was in as a member; what they led is not theirs to be billed for.
pub async fn attended(db: &(impl Ask + Sync), person: i64, from: Moment, to: Moment) -> Result<Vec<AttendedSession>, Fault> {
    let sql = "SELECT s.id AS session_id, s.group_id, g.name AS group_name, g.kind, g.zone, s.starts_at, s.minutes, s.led_by,
            a.first_in, a.last_out, a.seconds, a.corrected_minutes,
            (SELECT MIN(s2.starts_at) FROM attendance a2 JOIN session s2 ON s2.id = a2.session_id
                WHERE a2.person_id = a.person_id AND s2.group_id = s.group_id AND COALESCE(a2.corrected_minutes * 60, a2.seconds) > 0) AS first_ever
        FROM attendance a JOIN session s ON s.id = a.session_id JOIN groups g ON g.id = s.group_id
        WHERE a.person_id = $1 AND s.starts_at >= $2 AND s.starts_at < $3 AND s.state = 'ended' AND COALESCE(a.corrected_minutes * 60, a.seconds) > 0
            AND EXISTS (SELECT 1 FROM membership m WHERE m.group_id = s.group_id AND m.person_id = a.person_id AND m.part = 'member')
        ORDER BY s.starts_at, s.id";
    db.rows(sql, values![person, from, to]).await
}

/// Whom to write to: address, name, language, zone.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Reach {
    pub id: i64,
    pub email: String,
    pub name: String,
    pub language: String,
    pub zone: String,
}

pub async fn reach(db: &(impl Ask + Sync), person: i64) -> Result<Option<Reach>, Fault> {
    db.row("SELECT id, email, name, language, zone FROM person WHERE id = $1 AND disabled_at IS NULL", values![person]).await
}

/// Who is expected at a session `s` by their membership `m`: one that is still to be, of a group they lead or sit in, not before they
/// came, not while they pause, not after they leave, and not when they have said that they cannot.
pub(crate) const EXPECTED: &str =
    "s.state IN ('planned', 'live') AND s.cancelled_at IS NULL AND m.left_at IS NULL AND m.part IN ('member', 'facilitator')
    AND s.number >= m.first_number AND (m.paused_until IS NULL OR m.paused_until <= s.starts_at)
    AND (m.leaves_after IS NULL OR m.leaves_after >= s.starts_at)
    AND NOT EXISTS (SELECT 1 FROM absence a WHERE a.session_id = s.id AND a.person_id = m.person_id AND a.kind = 'cannot')";

/// Whether somebody is expected at a session, and at that hour.
pub async fn is_expected(db: &(impl Ask + Sync), session: i64, starts_at: Moment, person: i64) -> Result<bool, Fault> {
    let sql = format!(
        "SELECT COUNT(*) AS n FROM session s JOIN membership m ON m.group_id = s.group_id
        WHERE s.id = $1 AND s.starts_at = $2 AND m.person_id = $3 AND {EXPECTED}"
    );
    Ok(db.number(&sql, values![session, starts_at, person]).await? > 0)
}

/// Whether somebody takes part in an appointment that still stands at that hour, or leads it.
pub async fn takes_part(db: &(impl Ask + Sync), appointment: i64, starts_at: Moment, person: i64) -> Result<bool, Fault> {
    let sql =
        "SELECT COUNT(*) AS n FROM appointment a WHERE a.id = $1 AND a.starts_at = $2 AND a.cancelled_at IS NULL AND (a.leader_id = $3
            OR EXISTS (SELECT 1 FROM appointment_person w WHERE w.appointment_id = a.id AND w.person_id = $3))";
    Ok(db.number(sql, values![appointment, starts_at, person]).await? > 0)
}

#[derive(Debug, Clone, FromQueryResult)]
pub struct PlannedAgenda {
    pub state: String,
    pub agenda: String,
}

/// The agendas of a group's sessions that took place or will, the first first.
pub async fn agendas(db: &(impl Ask + Sync), group: i64) -> Result<Vec<PlannedAgenda>, Fault> {
    let sql = "SELECT state, agenda FROM session WHERE group_id = $1 AND cancelled_at IS NULL ORDER BY starts_at, number";
    db.rows(sql, values![group]).await
}

/// Whether this homework is still to be done, by that hour.
pub async fn homework_is_open(db: &(impl Ask + Sync), homework: i64, person: i64, due_at: Moment) -> Result<bool, Fault> {
    let sql =
        "SELECT COUNT(*) AS n FROM homework WHERE id = $1 AND person_id = $2 AND due_at = $3 AND done_at IS NULL AND withdrawn_at IS NULL";
    Ok(db.number(sql, values![homework, person, due_at]).await? > 0)
}

/// Whether this was asked of them and still waits for an answer.
pub async fn measure_is_open(db: &(impl Ask + Sync), measure: i64, person: i64) -> Result<bool, Fault> {
    let sql = "SELECT COUNT(*) AS n FROM measure WHERE id = $1 AND person_id = $2 AND completed_at IS NULL AND withdrawn_at IS NULL";
    Ok(db.number(sql, values![measure, person]).await? > 0)
}

/// Whether a deck or a film was shown in a group that this person is in today.
pub async fn was_shown(db: &(impl Ask + Sync), material: i64, person: i64) -> Result<bool, Fault> {
    let sql = "SELECT COUNT(*) AS n FROM session_material x JOIN session s ON s.id = x.session_id
        JOIN membership m ON m.group_id = s.group_id WHERE x.material_id = $1 AND m.person_id = $2 AND m.left_at IS NULL";
    Ok(db.number(sql, values![material, person]).await? > 0)
}

/// Whether members of a group may be in touch without staff (`care::messages::circle::is_allowed`), for a query that knows the group as `$group`.
macro_rules! contact_open {
    ($group:literal) => {
        concat!(
            "COALESCE((SELECT d.allowed FROM outside_contact d WHERE d.group_id = ",
            $group,
            "), (SELECT CASE WHEN f.kind IN ('skills-class', 'workshop') THEN 1 ELSE 0 END FROM groups f WHERE f.id = ",
            $group,
            ")) = 1"
        )
    };
}
pub(crate) use contact_open;

/// Of a circle `o`.
pub const CIRCLE_OPEN: &str = contact_open!("o.group_id");

/// Whether the place of those who finished, `q`, is open: not closed, and somebody leads it whose account is.
macro_rules! alumni_open {
    () => {
        "q.closed_at IS NULL AND EXISTS (SELECT 1 FROM alumni_member l JOIN person lp ON lp.id = l.person_id AND lp.disabled_at IS NULL
        WHERE l.part = 'facilitator' AND l.left_at IS NULL)"
    };
}
pub const ALUMNI_OPEN: &str = alumni_open!();

/// Which channels `c` somebody reads, told as `$1`, and with `$2` = 1 for the office: of groups that they lead or sit in and that are no family's, their own with
/// staff, those of members whose groups they lead, circles that they are in as long as their group allows them, and the place of those who
/// finished while it is open: the channel of a group that is no group's.
pub const READS: &str = concat!(
    "((c.kind = 'group' AND NOT EXISTS (SELECT 1 FROM family_group f WHERE f.group_id = c.group_id)
        AND EXISTS (SELECT 1 FROM membership m WHERE m.group_id = c.group_id AND m.person_id = $1
        AND m.part IN ('member', 'facilitator') AND m.left_at IS NULL))
    OR (c.kind = 'staff' AND (c.person_id = $1 OR $2 = 1 OR EXISTS (SELECT 1 FROM membership l JOIN membership m ON m.group_id = l.group_id
        WHERE l.person_id = $1 AND l.part = 'facilitator' AND l.left_at IS NULL AND m.person_id = c.person_id AND m.part = 'member' AND m.left_at IS NULL)))
    OR (c.kind = 'circle' AND EXISTS (SELECT 1 FROM circle o JOIN circle_member k ON k.channel_id = o.channel_id
        JOIN membership m ON m.group_id = o.group_id AND m.person_id = k.person_id AND m.part = 'member' AND m.left_at IS NULL
        WHERE o.channel_id = c.id AND k.person_id = $1 AND k.joined_at IS NOT NULL AND k.left_at IS NULL AND ",
    contact_open!("o.group_id"),
    "))
    OR (c.kind = 'group' AND c.group_id IS NULL AND EXISTS (SELECT 1 FROM alumni_space q JOIN alumni_member a ON a.person_id = $1 AND a.left_at IS NULL
        WHERE q.channel_id = c.id AND ",
    alumni_open!(),
    ")))"
);

/// What of a message `m` in a channel `c` is new to somebody who has read up to `r`: written by another whom they read, still there, and not before they came.
pub const NEW_TO: &str = "m.number > COALESCE(r.number, 0) AND m.author_id <> $1 AND m.taken_back_at IS NULL AND m.hidden_at IS NULL
    AND m.sent_at >= COALESCE((SELECT j.joined_at FROM membership j WHERE j.group_id = c.group_id AND j.person_id = $1 AND j.part = 'member'),
        (SELECT k.joined_at FROM circle_member k WHERE k.channel_id = c.id AND k.person_id = $1),
        (SELECT a.joined_at FROM alumni_member a WHERE c.kind = 'group' AND c.group_id IS NULL AND a.person_id = $1 AND a.part = 'member'), 0)
    AND NOT EXISTS (SELECT 1 FROM person_block b WHERE b.by_id = $1 AND b.other_id = m.author_id)";

/// Whether somebody, told as `$1`, has finished: a seat of theirs has ended or its group has, today being `$2`, and they sit in no group that goes on.
pub const FINISHED: &str = "EXISTS (SELECT 1 FROM membership m JOIN groups g ON g.id = m.group_id WHERE m.person_id = $1 AND m.part = 'member'
        AND (m.left_at IS NOT NULL OR (g.ends_on <> '' AND g.ends_on < $2)) AND NOT EXISTS (SELECT 1 FROM family_group f WHERE f.group_id = g.id))
    AND NOT EXISTS (SELECT 1 FROM membership m JOIN groups g ON g.id = m.group_id WHERE m.person_id = $1 AND m.part = 'member' AND m.left_at IS NULL
        AND (g.ends_on = '' OR g.ends_on >= $2) AND NOT EXISTS (SELECT 1 FROM family_group f WHERE f.group_id = g.id))";

#[derive(FromQueryResult)]
struct Pair {
    one: i64,
    other: i64,
}

/// Who never meet without staff: those of whom one does not read the other, and those whom leaders of this group keep apart.
pub async fn never_meet(db: &(impl Ask + Sync), group: i64) -> Result<Vec<(i64, i64)>, Fault> {
    let sql = "SELECT by_id AS one, other_id AS other FROM person_block
        UNION SELECT one_id AS one, other_id AS other FROM kept_apart WHERE group_id = $1";
    Ok(db.rows::<Pair>(sql, values![group]).await?.into_iter().map(|pair| (pair.one, pair.other)).collect())
}

/// Whether leaders keep somebody, told as `$1`, apart from a person who is in the place of those who finished.
pub const KEPT_FROM_ALUMNI: &str = "EXISTS (SELECT 1 FROM kept_apart k JOIN alumni_member a ON a.left_at IS NULL
        AND ((k.one_id = $1 AND a.person_id = k.other_id) OR (k.other_id = $1 AND a.person_id = k.one_id)))";

/// Whether somebody is to be shown the way there. Whoever was inside once finds it by its address.
pub async fn alumni_is_open_to(db: &(impl Ask + Sync), person: i64, now: Moment) -> Result<bool, Fault> {
    let sql = format!(
        "SELECT COUNT(*) AS n FROM alumni_space q WHERE {ALUMNI_OPEN} AND NOT EXISTS (SELECT 1 FROM alumni_member a WHERE a.person_id = $1)
            AND {FINISHED} AND NOT {KEPT_FROM_ALUMNI}"
    );
    Ok(db.number(&sql, values![person, now.utc_day()]).await? == 1)
}

/// A deck or a film by its name.
#[derive(Debug, Clone, PartialEq, FromQueryResult)]
pub struct MaterialFacts {
    pub id: i64,
    pub kind: String,
    pub title: String,
    pub pages: i64,
    /// 1 if a film has captions.
    pub captions: i64,
}

impl MaterialFacts {
    /// Ready to be opened in a session.
    pub fn prepared(self) -> Prepared {
        let MaterialFacts { id: material, title: text, pages, captions, .. } = self;
        match self.kind.as_str() {
            "video" => Prepared::Video { material, text, captions: captions == 1 },
            _ => Prepared::Slides { material, text, pages: u16::try_from(pages).unwrap_or(1) },
        }
    }
}

const MATERIAL: &str = "m.id, m.kind, m.title, m.pages, CAST(CASE WHEN m.captions <> '' THEN 1 ELSE 0 END AS BIGINT) AS captions";

/// What was shown in a session, in the order in which it was.
pub async fn shown_in(db: &(impl Ask + Sync), session: i64) -> Result<Vec<MaterialFacts>, Fault> {
    let from = "FROM session_material x JOIN material m ON m.id = x.material_id WHERE x.session_id = $1 ORDER BY x.shown_at, m.id";
    db.rows(&format!("SELECT {MATERIAL} {from}"), values![session]).await
}

/// What whoever prepares a session may put into it.
pub async fn materials(db: &(impl Ask + Sync)) -> Result<Vec<MaterialFacts>, Fault> {
    db.rows(&format!("SELECT {MATERIAL} FROM material m WHERE m.put_away_at IS NULL ORDER BY m.title, m.id"), values![]).await
}

/// Coordinators first, then administrators: whom a task goes to when nobody nearer can take it.
pub async fn office(db: &(impl Ask + Sync)) -> Result<Vec<Reach>, Fault> {
    let sql = "SELECT id, email, name, language, zone FROM person WHERE disabled_at IS NULL AND role IN ('coordinator', 'administrator')
        ORDER BY CASE role WHEN 'coordinator' THEN 0 ELSE 1 END, created_at, id";
    db.rows(sql, []).await
}

/// Full names by id, for staff pages only.
pub async fn name_of(db: &(impl Ask + Sync), person: i64) -> Result<String, Fault> {
    let row = db.row::<Word>("SELECT name AS word FROM person WHERE id = $1", values![person]).await?;
    Ok(row.map(|row| row.word).unwrap_or_default())
}

/// When somebody said that they can, on their own clock: minutes since midnight of an ISO weekday.
#[derive(Debug, Clone, FromQueryResult)]
pub struct FreeWindow {
    pub person_id: i64,
    pub zone: String,
    pub weekday: i64,
    pub from_minute: i64,
    pub to_minute: i64,
}

/// The windows of everybody on the staff who entered some.
pub async fn staff_windows(db: &(impl Ask + Sync)) -> Result<Vec<FreeWindow>, Fault> {
    let sql = "SELECT a.person_id, p.zone, a.weekday, a.from_minute, a.to_minute FROM availability a
        JOIN person p ON p.id = a.person_id AND p.disabled_at IS NULL AND p.role NOT IN ('member', 'family')
        ORDER BY a.person_id, a.weekday, a.from_minute";
    db.rows(sql, []).await
}

#[derive(FromQueryResult)]
struct AuthorityRow {
    group_id: i64,
    person_id: i64,
    kind: String,
    jurisdiction: String,
    valid_from: String,
    valid_to: String,
}

/// What the leaders of a group are allowed where; of all groups with `None`. Each with its group.
pub async fn authorities(db: &(impl Ask + Sync), group: Option<i64>) -> Result<Vec<(i64, Authority)>, Fault> {
    let sql = "SELECT m.group_id, a.person_id, a.kind, a.jurisdiction, a.valid_from, a.valid_to FROM authority a
        JOIN membership m ON m.person_id = a.person_id
        WHERE m.part = 'facilitator' AND m.left_at IS NULL AND ($1 = 0 OR m.group_id = $1)";
    let rows: Vec<AuthorityRow> = db.rows(sql, values![group.unwrap_or(0)]).await?;
    Ok(rows.into_iter().filter_map(|row| Some((row.group_id, authority(row)?))).collect())
}

/// Whether somebody of the office let this person into this group from this place despite the tables, with a reason.
pub async fn is_let_in(db: &(impl Ask + Sync), group: i64, person: i64, place: &str) -> Result<bool, Fault> {
    let sql = "SELECT COUNT(*) AS n FROM eligibility_override WHERE group_id = $1 AND person_id = $2 AND jurisdiction = $3";
    Ok(db.number(sql, values![group, person, place]).await? > 0)
}

/// Whether this person may take part in a group of this type from this place on the group's own day (E1).
pub async fn verdict(house: &House, group: &GroupPlace<'_>, person: i64, place: &str) -> Result<Verdict, Fault> {
    verdict_in(house, &house.db, group, person, place).await
}

/// The same, asked inside a transaction that may have changed what is asked about.
pub async fn verdict_in(house: &House, db: &(impl Ask + Sync), group: &GroupPlace<'_>, person: i64, place: &str) -> Result<Verdict, Fault> {
    let held: Vec<_> = authorities(db, Some(group.id)).await?.into_iter().map(|(_, authority)| authority).collect();
    let day = house.clock.now().in_zone(group.zone).date();
    let verdict = licensing::decide(&licensing::shipped()?, &held, place, day, house.practice().service(group.kind));
    let refused = matches!(verdict, Verdict::NotCovered | Verdict::Expired);
    Ok(if refused && is_let_in(db, group.id, person, place).await? { Verdict::LetIn } else { verdict })
}

/// Where somebody said the last time that they live: when they asked for a seat, else at a door. What members say to find help where they are,
/// among themselves, is no such word.
pub async fn lives_in(db: &(impl Ask + Sync), person: i64) -> Result<Option<String>, Fault> {
    let sql = "SELECT residence AS word FROM application WHERE person_id = $1 ORDER BY asked_at DESC LIMIT 1";
    if let Some(row) = db.row::<Word>(sql, values![person]).await? {
        return Ok(Some(row.word));
    }
    let sql = "SELECT jurisdiction AS word FROM door_pass WHERE person_id = $1 AND jurisdiction <> ''
        AND NOT EXISTS (SELECT 1 FROM peer_session x WHERE x.session_id = door_pass.session_id) ORDER BY passed_at DESC LIMIT 1";
    Ok(db.row::<Word>(sql, values![person]).await?.map(|row| row.word))
}

/// What of a group the law asks about.
#[derive(Debug, Clone, Copy)]
pub struct GroupPlace<'a> {
    pub id: i64,
    pub kind: &'a str,
    /// The zone whose day counts.
    pub zone: &'a str,
}

fn authority(row: AuthorityRow) -> Option<Authority> {
    Some(Authority {
        holder: row.person_id,
        kind: Kind::parse(&row.kind)?,
        jurisdiction: row.jurisdiction,
        from: row.valid_from.parse().ok()?,
        to: row.valid_to.parse().ok()?,
    })
}
