//! What waits for somebody, over all areas: the inbox lists it, and the menu shows how much it is. One query, because every page asks it.

use std::{sync::LazyLock, time::Duration};

use care::documents::{self, Kind};
use sea_orm::FromQueryResult;

use crate::{
    clock::Moment,
    db::Ask,
    documents::hash,
    facts::{CIRCLE_OPEN, NEW_TO, READS},
    fault::Fault,
    roles::{Me, Role},
    values,
};

/// In the order in which the inbox shows it: whoever may need help first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    Risk,
    Message,
    Outreach,
    Document,
    Circle,
    Supporter,
    Partner,
    Watching,
    Measure,
    Homework,
    Reply,
    Question,
    Letter,
}

impl What {
    pub const ALL: [What; 13] = [
        What::Risk,
        What::Message,
        What::Outreach,
        What::Document,
        What::Circle,
        What::Supporter,
        What::Partner,
        What::Watching,
        What::Measure,
        What::Homework,
        What::Reply,
        What::Question,
        What::Letter,
    ];

    pub fn word(self) -> &'static str {
        match self {
            What::Risk => "risk",
            What::Message => "message",
            What::Outreach => "outreach",
            What::Document => "document",
            What::Circle => "circle",
            What::Supporter => "supporter",
            What::Partner => "partner",
            What::Watching => "watching",
            What::Measure => "measure",
            What::Homework => "homework",
            What::Reply => "reply",
            What::Question => "question",
            What::Letter => "letter",
        }
    }
}

/// So many of one kind; of what belongs to one group, with that group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waits {
    pub what: What,
    pub count: i64,
    pub group: i64,
    pub group_name: String,
}

impl Waits {
    /// Where it is looked after.
    pub fn link(&self) -> String {
        match self.what {
            What::Risk => "/risk-tasks".into(),
            What::Message => "/messages".into(),
            What::Outreach => "/outreach".into(),
            What::Document => "/documents".into(),
            What::Circle => format!("/groups/{}/circles", self.group),
            What::Supporter => "/supporters".into(),
            What::Partner => "/goals/shared".into(),
            What::Watching => format!("/groups/{}/watching", self.group),
            What::Measure => "/measures".into(),
            What::Homework | What::Reply => "/homework".into(),
            What::Question => format!("/groups/{}/question", self.group),
            What::Letter => "/letters".into(),
        }
    }
}

/// Homework waits from three days before it is due; two weeks after that it is let go, so that nobody carries it for ever.
const SOON: Duration = Duration::from_secs(3 * 86_400);
/// As long as a measure can still be answered, and a question is new.
const LATE: Duration = Duration::from_secs(14 * 86_400);

/// Of the text that holds as it ships, as long as the practice has published none of its own.
static FAMILY: LazyLock<String> = LazyLock::new(|| hash(&documents::shipped(Kind::Family)));

const MEETS: &str = "EXISTS (SELECT 1 FROM membership m JOIN family_group f ON f.group_id = m.group_id
        WHERE m.person_id = $1 AND m.part = 'member' AND m.left_at IS NULL)";

/// `$1` is the person, `$2` 1 for the office, `$3` 1 for a member, `$4` 1 for whoever has messages and `$5` 1 for whoever has tasks; `$6` is soon, `$7`
/// long ago, `$8` now, `$9` the hash of what families sign.
fn sql() -> String {
    // Messages are counted channel by channel, of those that this person reads: joined, everybody's would be looked through on every page.
    let signed = "(SELECT 1 FROM document_signature s WHERE s.person_id = $1 AND s.version_hash =";
    format!(
        "SELECT 'risk' AS what, COUNT(*) AS n, CAST(0 AS BIGINT) AS group_id, '' AS group_name FROM risk_task t WHERE $5 = 1 AND t.closed_at IS NULL
            AND (t.owner_id = $1 OR $2 = 1 OR EXISTS (SELECT 1 FROM membership l JOIN membership m ON m.group_id = l.group_id WHERE l.person_id = $1
                AND l.part = 'facilitator' AND l.left_at IS NULL AND m.person_id = t.person_id AND m.part = 'member'))
        UNION ALL SELECT 'message', CAST(COALESCE(SUM((SELECT COUNT(*) FROM message m WHERE m.channel_id = c.id AND {NEW_TO})), 0) AS BIGINT), 0, ''
            FROM channel c LEFT JOIN message_read r ON r.channel_id = c.id AND r.person_id = $1
            WHERE $4 = 1 AND c.last_number > COALESCE(r.number, 0) AND {READS}
        UNION ALL SELECT 'outreach', COUNT(*), 0, '' FROM outreach_task o WHERE $5 = 1 AND o.done_at IS NULL AND ($2 = 1 OR o.owner_id = $1)
        UNION ALL SELECT 'document', COUNT(*), 0, '' FROM document d WHERE d.kind <> 'ground-rules'
            AND ((d.kind <> 'family' AND $3 = 1) OR (d.kind = 'family' AND {MEETS})) AND NOT EXISTS {signed} d.version_hash)
            AND NOT EXISTS (SELECT 1 FROM document n WHERE n.kind = d.kind
                AND (n.published_at > d.published_at OR (n.published_at = d.published_at AND n.id > d.id)))
        UNION ALL SELECT 'document', COUNT(*), 0, '' FROM person p WHERE p.id = $1 AND {MEETS}
            AND NOT EXISTS (SELECT 1 FROM document d WHERE d.kind = 'family') AND NOT EXISTS {signed} $9)
        UNION ALL SELECT 'circle', COUNT(*), o.group_id, g.name FROM circle o JOIN circle_member k ON k.channel_id = o.channel_id
            JOIN groups g ON g.id = o.group_id JOIN membership m ON m.group_id = o.group_id AND m.person_id = k.person_id AND m.left_at IS NULL
            WHERE k.person_id = $1 AND k.joined_at IS NULL AND k.left_at IS NULL AND o.ends_at > $8 AND {CIRCLE_OPEN} GROUP BY o.group_id, g.name
        UNION ALL SELECT 'supporter', COUNT(*), 0, '' FROM supporter t JOIN person p ON p.id = t.member_id AND p.disabled_at IS NULL
            WHERE t.supporter_id = $1 AND t.agreed_at IS NULL AND t.ended_at IS NULL
        UNION ALL SELECT 'partner', COUNT(*), 0, '' FROM goal_partner k WHERE k.partner_id = $1 AND k.accepted_at IS NULL AND k.ended_at IS NULL
        UNION ALL SELECT 'watching', COUNT(*), m.group_id, g.name FROM membership m JOIN groups g ON g.id = m.group_id
            JOIN membership o ON o.group_id = m.group_id AND o.part = 'observer' AND o.left_at IS NULL
            WHERE m.person_id = $1 AND m.part = 'member' AND m.left_at IS NULL AND NOT EXISTS (SELECT 1 FROM watching_answer w
                WHERE w.group_id = m.group_id AND w.observer_id = o.person_id AND w.person_id = m.person_id) GROUP BY m.group_id, g.name
        UNION ALL SELECT 'measure', COUNT(*), 0, '' FROM measure x
            WHERE x.person_id = $1 AND x.completed_at IS NULL AND x.withdrawn_at IS NULL AND x.due_at > $7
        UNION ALL SELECT 'homework', COUNT(*), 0, '' FROM homework h
            WHERE h.person_id = $1 AND h.done_at IS NULL AND h.withdrawn_at IS NULL AND h.due_at > $7 AND h.due_at < $6
        UNION ALL SELECT 'reply', COUNT(*), 0, '' FROM homework h JOIN homework_reply r ON r.homework_id = h.id
            WHERE h.person_id = $1 AND r.seen_at IS NULL
        UNION ALL SELECT 'question', COUNT(*), q.group_id, g.name FROM group_question q JOIN groups g ON g.id = q.group_id
            JOIN membership m ON m.group_id = q.group_id AND m.person_id = $1 AND m.part = 'member' AND m.left_at IS NULL
            WHERE q.asked_at > $7 AND NOT EXISTS (SELECT 1 FROM question_answer a WHERE a.question_id = q.id AND a.person_id = $1)
                AND NOT EXISTS (SELECT 1 FROM group_question n WHERE n.group_id = q.group_id AND n.asked_at > q.asked_at) GROUP BY q.group_id, g.name
        UNION ALL SELECT 'letter', COUNT(*), 0, '' FROM letter x WHERE x.person_id = $1 AND x.read_at IS NULL AND x.opens_at <= $8"
    )
}

static SQL: LazyLock<String> = LazyLock::new(sql);

#[derive(FromQueryResult)]
struct Row {
    what: String,
    n: i64,
    group_id: i64,
    group_name: String,
}

/// Who writes and reads messages; whoever only looks on, or comes along with somebody, does not.
pub fn has_messages(me: &Me) -> bool {
    me.role == Role::Member || me.role.is_crew()
}

/// All that waits, in the order of `What`; nothing that does not.
pub async fn of(db: &(impl Ask + Sync), me: &Me, now: Moment) -> Result<Vec<Waits>, Fault> {
    let is = |yes: bool| i64::from(yes);
    let roles = values![me.id, is(me.role.is_office()), is(me.role == Role::Member), is(has_messages(me)), is(me.role.is_crew())];
    let times = values![now.plus(SOON), now.minus(LATE), now, FAMILY.as_str()];
    let rows: Vec<Row> = db.rows(&SQL, roles.into_iter().chain(times)).await?;
    Ok(in_order(rows))
}

/// What stands in the menu.
pub async fn count(db: &(impl Ask + Sync), me: &Me, now: Moment) -> Result<i64, Fault> {
    Ok(of(db, me, now).await?.iter().map(|waits| waits.count).sum())
}

fn in_order(rows: Vec<Row>) -> Vec<Waits> {
    let mut all: Vec<Waits> = Vec::new();
    for what in What::ALL {
        for row in rows.iter().filter(|row| row.what == what.word() && row.n > 0) {
            // Documents come from two places, and are one line.
            match all.iter_mut().find(|known| known.what == what && known.group == row.group_id) {
                Some(known) => known.count += row.n,
                None => all.push(Waits { what, count: row.n, group: row.group_id, group_name: row.group_name.clone() }),
            }
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(what: &str, n: i64, group_id: i64) -> Row {
        Row { what: what.into(), n, group_id, group_name: format!("Group {group_id}") }
    }

    #[test]
    fn help_comes_first_documents_are_one_line_and_groups_are_each_their_own() {
        let rows = vec![
            row("letter", 1, 0),
            row("document", 1, 0),
            row("circle", 1, 5),
            row("homework", 0, 0),
            row("document", 2, 0),
            row("circle", 2, 6),
            row("risk", 1, 0),
            row("weather", 9, 0),
        ];
        let all: Vec<_> = in_order(rows).into_iter().map(|one| (one.what, one.count, one.link())).collect();
        let expected = [
            (What::Risk, 1, "/risk-tasks"),
            (What::Document, 3, "/documents"),
            (What::Circle, 1, "/groups/5/circles"),
            (What::Circle, 2, "/groups/6/circles"),
            (What::Letter, 1, "/letters"),
        ];
        assert_eq!(all, expected.map(|(what, count, link)| (what, count, link.to_owned())));
    }

    #[test]
    fn each_kind_has_its_word_in_the_query_and_a_place_to_go() {
        for what in What::ALL {
            assert!(SQL.contains(&format!("SELECT '{}'", what.word())), "{what:?} is never asked for");
            let waits = Waits { what, count: 1, group: 7, group_name: String::new() };
            assert!(waits.link().starts_with('/') && !waits.link().contains("{"));
        }
    }
}
