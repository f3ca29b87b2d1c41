use care::agenda::Agenda;
use ground::{Ask, Db, Fault, House, Moment, Owner, Spot, Tx, facts, sea_orm::FromQueryResult, values};

use crate::live::StoredAnswer;

#[derive(FromQueryResult)]
struct Row {
    session_id: i64,
    answer_sealed: Vec<u8>,
}

#[derive(FromQueryResult)]
struct Pass {
    person_id: i64,
    stance: String,
}

/// How each wants to take part tonight, as said at the door.
pub async fn stances(db: &Db, session: i64) -> Result<Vec<(i64, String)>, Fault> {
    let rows: Vec<Pass> = db.rows("SELECT person_id, stance FROM door_pass WHERE session_id = $1", values![session]).await?;
    Ok(rows.into_iter().map(|row| (row.person_id, row.stance)).collect())
}

/// What somebody answered in the last session of this group that they were in.
pub async fn last_answer(house: &House, group: i64, person: i64, before: Moment) -> Result<Option<StoredAnswer>, Fault> {
    let sql = "SELECT a.session_id, a.answer_sealed FROM session_answer a JOIN session s ON s.id = a.session_id
        WHERE s.group_id = $1 AND a.person_id = $2 AND s.starts_at < $3 ORDER BY s.starts_at DESC LIMIT 1";
    let Some(row) = house.db.row::<Row>(sql, values![group, person, before]).await? else { return Ok(None) };
    let place = format!("{}.{person}", row.session_id);
    let spot = Spot { table: "session_answer", column: "answer", row: &place };
    let text = house.keys.open(Owner::Person(person), spot, &row.answer_sealed).await?;
    Ok(Some(serde_json::from_str(&text)?))
}

/// Only a session that has not begun can be changed.
pub async fn keep_agenda(tx: &Tx, session: i64, agenda: &str) -> Result<bool, Fault> {
    Ok(tx.run("UPDATE session SET agenda = $1 WHERE id = $2 AND state = 'planned'", values![agenda, session]).await? == 1)
}

/// Only if it still is what was read, so that of two leaders who change it at once neither wipes out the other unseen.
pub async fn keep_changed(tx: &Tx, session: i64, read: &Agenda, agenda: &Agenda) -> Result<bool, Fault> {
    let Some(stands) = facts::session(tx, session).await? else { return Ok(false) };
    if serde_json::from_str::<Agenda>(&stands.agenda)? != *read {
        return Ok(false);
    }
    let sql = "UPDATE session SET agenda = $1 WHERE id = $2 AND state = 'planned' AND agenda = $3";
    Ok(tx.run(sql, values![serde_json::to_string(agenda)?, session, &stands.agenda]).await? == 1)
}
