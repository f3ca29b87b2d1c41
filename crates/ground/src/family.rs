//! Who supports whom, as several areas need it: the ties, the groups of a member's family sessions, and the end of a tie, which ends the seat too.

use care::family::{Scope, Standing, opened};
use sea_orm::FromQueryResult;

use crate::{
    clock::Moment,
    db::{Ask, Tx},
    fault::Fault,
    values,
};

/// Please have an open room of this member's family read again who sits in it.
pub const NEWS: &str = "family.news";

/// A member and one supporter.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Tie {
    pub id: i64,
    pub member_id: i64,
    pub supporter_id: i64,
    /// In the account of whoever stands on the other side. A member typed an address and is never shown it.
    pub name: String,
    pub sessions: i64,
    pub reminders: i64,
    pub crisis: i64,
    pub called_sealed: Vec<u8>,
    pub asked_at: Moment,
    pub agreed_at: Option<Moment>,
    pub ended_at: Option<Moment>,
}

impl Tie {
    pub fn standing(&self) -> Standing {
        Standing::of(self.agreed_at.is_some(), self.ended_at.is_some())
    }

    pub fn scope(&self) -> Scope {
        Scope { sessions: self.sessions == 1, reminders: self.reminders == 1, crisis: self.crisis == 1 }
    }

    /// What the supporter may see and do today.
    pub fn opened(&self) -> Scope {
        opened(self.scope(), self.standing())
    }
}

const TIE: &str = "SELECT t.id, t.member_id, t.supporter_id, p.name, t.sessions, t.reminders, t.crisis, t.called_sealed, t.asked_at,
    t.agreed_at, t.ended_at FROM supporter t";

/// A member's supporters, those whom they ended with included; in the order in which they were asked.
pub async fn supporters_of(db: &(impl Ask + Sync), member: i64) -> Result<Vec<Tie>, Fault> {
    let sql =
        format!("{TIE} JOIN person p ON p.id = t.supporter_id WHERE t.member_id = $1 AND p.disabled_at IS NULL ORDER BY t.asked_at, t.id");
    db.rows(&sql, values![member]).await
}

/// Whom somebody supports, or is asked to.
pub async fn supported_by(db: &(impl Ask + Sync), supporter: i64) -> Result<Vec<Tie>, Fault> {
    let sql = format!(
        "{TIE} JOIN person p ON p.id = t.member_id WHERE t.supporter_id = $1 AND t.ended_at IS NULL AND p.disabled_at IS NULL
            ORDER BY t.asked_at, t.id"
    );
    db.rows(&sql, values![supporter]).await
}

#[derive(FromQueryResult)]
struct Group {
    id: i64,
}

/// The groups of a member's family sessions: one for each set of people who meet.
pub async fn groups_of(db: &(impl Ask + Sync), member: i64) -> Result<Vec<i64>, Fault> {
    let sql = "SELECT group_id AS id FROM family_group WHERE member_id = $1 ORDER BY group_id";
    let rows: Vec<Group> = db.rows(sql, values![member]).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// Whose family sessions a group holds; `None` for every other group.
pub async fn member_of(db: &(impl Ask + Sync), group: i64) -> Result<Option<i64>, Fault> {
    let n = db.number("SELECT member_id AS n FROM family_group WHERE group_id = $1", values![group]).await?;
    Ok((n != 0).then_some(n))
}

/// Whether somebody sits in a group of family sessions, and so is asked for the agreement on them.
pub async fn meets(db: &(impl Ask + Sync), person: i64) -> Result<bool, Fault> {
    let sql = "SELECT COUNT(*) AS n FROM membership m JOIN family_group f ON f.group_id = m.group_id
        WHERE m.person_id = $1 AND m.part = 'member' AND m.left_at IS NULL";
    Ok(db.number(sql, values![person]).await? > 0)
}

/// Ends the seats of a supporter in the member's family sessions.
pub async fn end_seats(tx: &Tx, member: i64, supporter: i64, now: Moment) -> Result<(), Fault> {
    for group in groups_of(tx, member).await? {
        let sql = "UPDATE membership SET left_at = $1 WHERE group_id = $2 AND person_id = $3 AND part = 'member' AND left_at IS NULL";
        tx.run(sql, values![now, group, supporter]).await?;
    }
    Ok(())
}

/// When a member needs a quiet hour: the times of what they take part in, and nothing that says what it is.
#[derive(Debug, Clone, FromQueryResult)]
pub struct QuietHour {
    pub starts_at: Moment,
    pub minutes: i64,
}

/// The next of them, soonest first. Family sessions are not among them: whoever comes to those knows.
pub async fn quiet_hours(db: &(impl Ask + Sync), member: i64, now: Moment, until: Moment) -> Result<Vec<QuietHour>, Fault> {
    let sql = "SELECT s.starts_at, s.minutes FROM session s JOIN membership m ON m.group_id = s.group_id
        WHERE m.person_id = $1 AND m.part = 'member' AND m.left_at IS NULL AND s.number >= m.first_number AND s.cancelled_at IS NULL
            AND s.state <> 'ended' AND s.starts_at > $2 AND s.starts_at < $3
            AND NOT EXISTS (SELECT 1 FROM family_group f WHERE f.group_id = s.group_id)
        ORDER BY s.starts_at LIMIT 8";
    db.rows(sql, values![member, now, until]).await
}
