use care::{
    messages::{Danger, Rules, Shipped},
    reminders::Quiet,
};
use ground::{
    Ask, Db, Fault, Me, Moment, Spot, Tx,
    facts::{NEW_TO, READS},
    random_id,
    sea_orm::FromQueryResult,
    values,
};

pub fn spot(row: &str) -> Spot<'_> {
    Spot { table: "message_text", column: "text", row }
}

/// A channel as one person stands to it.
#[derive(Debug, Clone, PartialEq, FromQueryResult)]
pub struct Standing {
    pub id: i64,
    pub kind: String,
    pub group_id: Option<i64>,
    pub person_id: Option<i64>,
    pub last_number: i64,
    pub last_change: i64,
    pub paused_at: Option<Moment>,
    pub waiting_since: Option<Moment>,
    /// The group's name, or the name of the member whom it is for.
    pub title: String,
    /// What this person is in the group.
    pub part: Option<String>,
    /// Since when they have been in it.
    pub joined_at: Option<Moment>,
    pub read: i64,
    /// Whether this person is told of what is new, as they chose.
    pub told: Option<i64>,
    /// Of a circle alone.
    pub host_id: Option<i64>,
    pub ends_at: Option<Moment>,
    pub purpose_sealed: Option<Vec<u8>>,
}

const FIELDS: &str =
    "SELECT c.id, c.kind, c.group_id, c.person_id, c.last_number, c.last_change, c.paused_at, c.waiting_since, COALESCE(g.name, p.name, '') AS title,
        COALESCE(s.part, a.part) AS part, COALESCE(k.joined_at, s.joined_at, a.joined_at) AS joined_at, COALESCE(r.number, 0) AS read, n.told, o.host_id, o.ends_at, t.text_sealed AS purpose_sealed";

const FROM: &str = "FROM channel c LEFT JOIN groups g ON g.id = c.group_id LEFT JOIN person p ON p.id = c.person_id
        LEFT JOIN circle o ON o.channel_id = c.id
        LEFT JOIN membership s ON s.group_id = COALESCE(c.group_id, o.group_id) AND s.person_id = $1 AND s.left_at IS NULL
        LEFT JOIN alumni_member a ON c.kind = 'group' AND c.group_id IS NULL AND a.person_id = $1 AND a.left_at IS NULL
        LEFT JOIN circle_member k ON k.channel_id = c.id AND k.person_id = $1 LEFT JOIN circle_purpose t ON t.channel_id = c.id
        LEFT JOIN channel_notice n ON n.channel_id = c.id AND n.person_id = $1
        LEFT JOIN message_read r ON r.channel_id = c.id AND r.person_id = $1";

/// The channel, if this person may read it.
pub async fn standing(db: &Db, me: &Me, channel: i64) -> Result<Option<Standing>, Fault> {
    let sql = format!("{FIELDS} {FROM} WHERE c.id = $3 AND {READS}");
    db.row(&sql, values![me.id, i64::from(me.role.is_office()), channel]).await
}

/// One line of the list of channels.
#[derive(Debug, Clone, PartialEq, FromQueryResult)]
pub struct Listed {
    pub id: i64,
    pub kind: String,
    pub group_id: Option<i64>,
    pub person_id: Option<i64>,
    pub title: String,
    pub unread: i64,
    pub waiting_since: Option<Moment>,
    pub host_id: Option<i64>,
    pub purpose_sealed: Option<Vec<u8>>,
    /// What this person is in the group, and whether they are told of what is new, as they chose.
    pub part: Option<String>,
    pub told: Option<i64>,
}

impl Listed {
    pub fn is_alumni(&self) -> bool {
        self.kind == "group" && self.group_id.is_none()
    }
}

/// Who waits longest comes first, then what is new, then the rest by name. A channel of somebody else in which nothing was ever written is
/// not listed.
pub async fn listed(db: &Db, me: &Me) -> Result<Vec<Listed>, Fault> {
    let sql = format!(
        "SELECT x.id, x.kind, x.group_id, x.person_id, x.title, x.unread, x.waiting_since, x.host_id, x.purpose_sealed, x.part, x.told FROM (
            SELECT c.id, c.kind, c.group_id, c.person_id, COALESCE(g.name, p.name, '') AS title, c.waiting_since, o.host_id, t.text_sealed AS purpose_sealed,
                COALESCE(s.part, a.part) AS part, n.told,
                (SELECT COUNT(*) FROM message m WHERE m.channel_id = c.id AND {NEW_TO}) AS unread {FROM}
            WHERE {READS} AND (c.kind <> 'staff' OR c.person_id = $1 OR c.last_number > 0)) x
        ORDER BY CASE WHEN x.waiting_since IS NULL OR x.person_id = $1 THEN 1 ELSE 0 END,
            CASE WHEN x.waiting_since IS NULL OR x.person_id = $1 THEN 0 ELSE x.waiting_since END, CASE WHEN x.unread > 0 THEN 0 ELSE 1 END,
            x.kind, x.title LIMIT 300"
    );
    db.rows(&sql, values![me.id, i64::from(me.role.is_office())]).await
}

#[derive(FromQueryResult)]
struct Id {
    id: i64,
}

/// Groups of this person that have no channel yet.
pub async fn groups_without(db: &Db, person: i64) -> Result<Vec<i64>, Fault> {
    let sql =
        "SELECT m.group_id AS id FROM membership m WHERE m.person_id = $1 AND m.left_at IS NULL AND m.part IN ('member', 'facilitator')
        AND NOT EXISTS (SELECT 1 FROM channel c WHERE c.group_id = m.group_id) AND NOT EXISTS (SELECT 1 FROM family_group f WHERE f.group_id = m.group_id)";
    Ok(db.rows::<Id>(sql, values![person]).await?.into_iter().map(|row| row.id).collect())
}

pub async fn of_group(db: &(impl Ask + Sync), group: i64) -> Result<i64, Fault> {
    db.number("SELECT id AS n FROM channel WHERE group_id = $1", values![group]).await
}

/// Zero for whoever is no member of the practice.
pub async fn of_member(db: &(impl Ask + Sync), person: i64) -> Result<i64, Fault> {
    db.number("SELECT id AS n FROM channel WHERE person_id = $1", values![person]).await
}

pub async fn is_member(db: &Db, person: i64) -> Result<bool, Fault> {
    let sql = "SELECT COUNT(*) AS n FROM person WHERE id = $1 AND role = 'member' AND disabled_at IS NULL";
    Ok(db.number(sql, values![person]).await? == 1)
}

/// Two who come at the same moment make one.
pub async fn make(tx: &Tx, kind: &str, group: Option<i64>, person: Option<i64>) -> Result<(), Fault> {
    let sql = "INSERT INTO channel (id, kind, group_id, person_id) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
    tx.run(sql, values![random_id(), kind, group, person]).await?;
    Ok(())
}

/// A message as it stands in the tables, with what it answers.
#[derive(Debug, Clone, PartialEq, FromQueryResult)]
pub struct Row {
    pub id: i64,
    pub number: i64,
    pub change: i64,
    pub author_id: i64,
    pub as_leaders: i64,
    pub sent_at: Moment,
    pub edited_at: Option<Moment>,
    pub taken_back_at: Option<Moment>,
    pub hidden_at: Option<Moment>,
    pub hidden_by: Option<String>,
    pub name: String,
    pub left_at: Option<Moment>,
    pub text_sealed: Option<Vec<u8>>,
    /// What it carries, without the bytes.
    pub file_kind: Option<String>,
    pub file_width: Option<i64>,
    pub file_height: Option<i64>,
    pub file_bytes: Option<i64>,
    pub file_described: Option<Vec<u8>>,
    pub quote_id: Option<i64>,
    pub quote_number: Option<i64>,
    pub quote_author: Option<i64>,
    pub quote_name: Option<String>,
    pub quote_as_leaders: Option<i64>,
    pub quote_sent_at: Option<Moment>,
    pub quote_hidden_at: Option<Moment>,
    pub quote_sealed: Option<Vec<u8>>,
}

const MESSAGE: &str =
    "SELECT m.id, m.number, m.change, m.author_id, m.as_leaders, m.sent_at, m.edited_at, m.taken_back_at, m.hidden_at, h.name AS hidden_by,
        COALESCE(s.display_name, a.display_name, p.name) AS name, COALESCE(s.left_at, a.left_at) AS left_at, t.text_sealed, f.kind AS file_kind, f.width AS file_width, f.height AS file_height, f.bytes AS file_bytes,
        f.description_sealed AS file_described, q.id AS quote_id, q.number AS quote_number, q.author_id AS quote_author,
        COALESCE(qs.display_name, qa.display_name, qp.name) AS quote_name, q.as_leaders AS quote_as_leaders, q.sent_at AS quote_sent_at,
        q.hidden_at AS quote_hidden_at, qt.text_sealed AS quote_sealed
    FROM message m JOIN channel c ON c.id = m.channel_id JOIN person p ON p.id = m.author_id
    LEFT JOIN circle o ON o.channel_id = c.id
    LEFT JOIN membership s ON s.group_id = COALESCE(c.group_id, o.group_id) AND s.person_id = m.author_id
    LEFT JOIN alumni_member a ON c.kind = 'group' AND c.group_id IS NULL AND a.person_id = m.author_id
    LEFT JOIN message_text t ON t.message_id = m.id LEFT JOIN message_file f ON f.message_id = m.id LEFT JOIN person h ON h.id = m.hidden_by
    LEFT JOIN message q ON q.channel_id = m.channel_id AND q.number = m.reply_to LEFT JOIN person qp ON qp.id = q.author_id
    LEFT JOIN membership qs ON qs.group_id = COALESCE(c.group_id, o.group_id) AND qs.person_id = q.author_id
    LEFT JOIN alumni_member qa ON c.kind = 'group' AND c.group_id IS NULL AND qa.person_id = q.author_id
    LEFT JOIN message_text qt ON qt.message_id = q.id";

/// The last ones before a number, the newest first.
pub async fn before(db: &Db, of: &Standing, number: i64, most: i64) -> Result<Vec<Row>, Fault> {
    let sql = format!("{MESSAGE} WHERE m.channel_id = $1 AND m.number < $2 AND m.sent_at >= $3 ORDER BY m.number DESC LIMIT $4");
    db.rows(&sql, values![of.id, number, of.since(), most]).await
}

/// Whatever was written or changed after a change, in the order in which it happened.
pub async fn after(db: &Db, of: &Standing, change: i64, most: i64) -> Result<Vec<Row>, Fault> {
    let sql = format!("{MESSAGE} WHERE m.channel_id = $1 AND m.change > $2 AND m.sent_at >= $3 ORDER BY m.change LIMIT $4");
    db.rows(&sql, values![of.id, change, of.since(), most]).await
}

pub async fn one(db: &(impl Ask + Sync), of: &Standing, message: i64) -> Result<Option<Row>, Fault> {
    let sql = format!("{MESSAGE} WHERE m.channel_id = $1 AND m.id = $2 AND m.sent_at >= $3");
    db.row(&sql, values![of.id, message, of.since()]).await
}

#[derive(Debug, Clone, PartialEq, FromQueryResult)]
pub struct Reacted {
    pub message_id: i64,
    pub person_id: i64,
    pub kind: String,
    pub name: String,
}

/// Who answered quietly to the messages of these numbers.
pub async fn reactions(db: &Db, channel: i64, from: i64, to: i64) -> Result<Vec<Reacted>, Fault> {
    let sql = "SELECT x.message_id, x.person_id, x.kind, COALESCE(s.display_name, a.display_name, p.name) AS name FROM message m JOIN channel c ON c.id = m.channel_id
        JOIN message_reaction x ON x.message_id = m.id JOIN person p ON p.id = x.person_id
        LEFT JOIN circle o ON o.channel_id = c.id
        LEFT JOIN membership s ON s.group_id = COALESCE(c.group_id, o.group_id) AND s.person_id = x.person_id
        LEFT JOIN alumni_member a ON c.kind = 'group' AND c.group_id IS NULL AND a.person_id = x.person_id
        WHERE m.channel_id = $1 AND m.number BETWEEN $2 AND $3 ORDER BY name, x.person_id";
    db.rows(sql, values![channel, from, to]).await
}

/// The next numbers of a channel. The row stays locked until the commit, so that numbers become true in their order.
#[derive(Debug, Clone, Copy, FromQueryResult)]
pub struct Next {
    pub last_number: i64,
    pub last_change: i64,
}

pub async fn next(tx: &Tx, channel: i64, messages: i64) -> Result<Next, Fault> {
    let sql =
        "UPDATE channel SET last_number = last_number + $2, last_change = last_change + 1 WHERE id = $1 RETURNING last_number, last_change";
    tx.row(sql, values![channel, messages]).await?.ok_or(Fault::Other("a channel is gone"))
}

pub async fn is_sent(tx: &Tx, channel: i64, author: i64, once: &str) -> Result<bool, Fault> {
    let sql = "SELECT COUNT(*) AS n FROM message WHERE channel_id = $1 AND author_id = $2 AND once = $3";
    Ok(tx.number(sql, values![channel, author, once]).await? > 0)
}

pub async fn count_since(tx: &Tx, author: i64, since: Moment) -> Result<i64, Fault> {
    tx.number("SELECT COUNT(*) AS n FROM message WHERE author_id = $1 AND sent_at > $2", values![author, since]).await
}

/// One message on its way into the tables.
pub struct New<'a> {
    pub id: i64,
    pub channel: i64,
    pub author: i64,
    pub once: &'a str,
    pub reply_to: Option<i64>,
    pub as_leaders: bool,
    pub sealed: Vec<u8>,
    pub at: Moment,
}

pub async fn keep(tx: &Tx, new: New<'_>, next: Next) -> Result<(), Fault> {
    let sql = "INSERT INTO message (id, channel_id, number, change, author_id, once, reply_to, as_leaders, sent_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    let leads = i64::from(new.as_leaders);
    tx.run(sql, values![new.id, new.channel, next.last_number, next.last_change, new.author, new.once, new.reply_to, leads, new.at])
        .await?;
    tx.run("INSERT INTO message_text (message_id, text_sealed) VALUES ($1, $2)", values![new.id, new.sealed]).await?;
    Ok(())
}

/// Whose channel with staff it is; 0 for every other kind.
pub async fn member_of(tx: &Tx, channel: i64) -> Result<i64, Fault> {
    tx.number("SELECT COALESCE(person_id, 0) AS n FROM channel WHERE id = $1", values![channel]).await
}

/// A member's message to staff waits from then on; an answer of staff ends the waiting.
pub async fn wait(tx: &Tx, channel: i64, since: Option<Moment>) -> Result<(), Fault> {
    match since {
        Some(at) => tx.run("UPDATE channel SET waiting_since = COALESCE(waiting_since, $2) WHERE id = $1", values![channel, at]).await?,
        None => tx.run("UPDATE channel SET waiting_since = NULL WHERE id = $1", values![channel]).await?,
    };
    Ok(())
}

/// Whether somebody is told of what is new in a channel; `None` as its kind says.
pub async fn tell(tx: &Tx, channel: i64, person: i64, told: Option<bool>) -> Result<(), Fault> {
    let sql = "INSERT INTO channel_notice (channel_id, person_id, told) VALUES ($1, $2, $3)
        ON CONFLICT (channel_id, person_id) DO UPDATE SET told = excluded.told";
    match told {
        Some(told) => tx.run(sql, values![channel, person, i64::from(told)]).await?,
        None => tx.run("DELETE FROM channel_notice WHERE channel_id = $1 AND person_id = $2", values![channel, person]).await?,
    };
    Ok(())
}

pub async fn mark_read(tx: &Tx, channel: i64, person: i64, number: i64) -> Result<(), Fault> {
    let sql = "INSERT INTO message_read (channel_id, person_id, number) VALUES ($1, $2, $3)
        ON CONFLICT (channel_id, person_id) DO UPDATE SET number = excluded.number WHERE message_read.number < excluded.number";
    tx.run(sql, values![channel, person, number]).await?;
    Ok(())
}

async fn moved(tx: &Tx, message: i64, next: Next) -> Result<(), Fault> {
    tx.run("UPDATE message SET change = $2 WHERE id = $1", values![message, next.last_change]).await?;
    Ok(())
}

pub async fn edit(tx: &Tx, message: i64, sealed: Vec<u8>, at: Moment, next: Next) -> Result<(), Fault> {
    tx.run("UPDATE message_text SET text_sealed = $2 WHERE message_id = $1", values![message, sealed]).await?;
    tx.run("UPDATE message SET edited_at = $2 WHERE id = $1", values![message, at]).await?;
    moved(tx, message, next).await
}

/// The text goes, the place stays.
pub async fn take_back(tx: &Tx, message: i64, at: Moment, next: Next) -> Result<(), Fault> {
    tx.run("DELETE FROM message_text WHERE message_id = $1", values![message]).await?;
    tx.run("DELETE FROM message_reaction WHERE message_id = $1", values![message]).await?;
    tx.run("UPDATE message SET taken_back_at = $2 WHERE id = $1", values![message, at]).await?;
    moved(tx, message, next).await
}

/// Hidden by a leader, with who and when; `None` shows it again.
pub async fn hide(tx: &Tx, message: i64, by: Option<(i64, Moment)>, next: Next) -> Result<(), Fault> {
    let (who, at) = (by.map(|(who, _)| who), by.map(|(_, at)| at));
    tx.run("UPDATE message SET hidden_at = $2, hidden_by = $3 WHERE id = $1", values![message, at, who]).await?;
    moved(tx, message, next).await
}

/// The same once more takes it away.
pub async fn react(tx: &Tx, message: i64, person: i64, kind: &str, next: Next) -> Result<(), Fault> {
    let gone = tx
        .run("DELETE FROM message_reaction WHERE message_id = $1 AND person_id = $2 AND kind = $3", values![message, person, kind])
        .await?;
    if gone == 0 {
        let sql = "INSERT INTO message_reaction (message_id, person_id, kind) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
        tx.run(sql, values![message, person, kind]).await?;
    }
    moved(tx, message, next).await
}

pub async fn pause(tx: &Tx, channel: i64, by: Option<(i64, Moment)>) -> Result<(), Fault> {
    let (who, at) = (by.map(|(who, _)| who), by.map(|(_, at)| at));
    tx.run("UPDATE channel SET paused_at = $2, paused_by = $3 WHERE id = $1", values![channel, at, who]).await?;
    Ok(())
}

#[derive(Debug, Clone, PartialEq, FromQueryResult)]
pub struct RulesRow {
    pub edit_minutes: i64,
    pub quiet_from: i64,
    pub quiet_to: i64,
    pub read_en: String,
    pub read_es: String,
}

impl RulesRow {
    pub fn rules(&self) -> Rules {
        let minute = |minute: i64| i16::try_from(minute).unwrap_or(0);
        let quiet = Quiet { from: minute(self.quiet_from), to: minute(self.quiet_to) };
        Rules { edit_minutes: u16::try_from(self.edit_minutes).unwrap_or(0), quiet }
    }
}

pub async fn rules(db: &Db) -> Result<RulesRow, Fault> {
    let row = db.row("SELECT edit_minutes, quiet_from, quiet_to, read_en, read_es FROM message_rules WHERE id = 1", []).await?;
    row.ok_or(Fault::Other("there are no rules of messages"))
}

pub async fn keep_rules(tx: &Tx, row: &RulesRow) -> Result<(), Fault> {
    let sql = "UPDATE message_rules SET edit_minutes = $1, quiet_from = $2, quiet_to = $3, read_en = $4, read_es = $5 WHERE id = 1";
    tx.run(sql, values![row.edit_minutes, row.quiet_from, row.quiet_to, row.read_en.clone(), row.read_es.clone()]).await?;
    Ok(())
}

#[derive(Debug, Clone, PartialEq, FromQueryResult)]
pub struct WordRow {
    pub word: String,
    /// 1 for the practice's own, 0 for one that ships and is switched off.
    pub counts: i64,
    pub source: String,
}

pub async fn words(db: &Db) -> Result<Vec<WordRow>, Fault> {
    db.rows("SELECT word, counts, source FROM danger_word ORDER BY word", []).await
}

/// The list as it counts today: what ships without what was switched off, and the practice's own.
pub async fn danger(db: &Db) -> Result<Danger, Fault> {
    let (shipped, rows) = (Shipped::read()?, words(db).await?);
    let is_off = |word: &str| rows.iter().any(|row| row.counts == 0 && row.word == word);
    let ships = shipped.words.iter().map(|word| word.word.as_str()).filter(|word| !is_off(word));
    Ok(Danger::new(ships.chain(rows.iter().filter(|row| row.counts == 1).map(|row| row.word.as_str()))))
}

pub async fn keep_words(tx: &Tx, rows: &[WordRow], by: i64, at: Moment) -> Result<(), Fault> {
    tx.run("DELETE FROM danger_word WHERE word <> ''", []).await?;
    for row in rows {
        let sql = "INSERT INTO danger_word (word, counts, source, set_by, set_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING";
        tx.run(sql, values![row.word.clone(), row.counts, row.source.clone(), by, at]).await?;
    }
    Ok(())
}
