use ground::{Fault, Moment, Tx, values};

pub struct NewGoal {
    pub id: i64,
    pub person: i64,
    pub sealed: Vec<u8>,
    pub days: i64,
    pub group: i64,
    pub begun_at: Moment,
}

/// Shown to the therapist and to the group.
pub async fn keep_goal(tx: &Tx, new: NewGoal) -> Result<(), Fault> {
    let sql = "INSERT INTO goal (id, person_id, state, goal_sealed, days, therapist, group_id, made_at, begun_at)
        VALUES ($1, $2, 'going', $3, $4, 1, $5, $6, $6)";
    tx.run(sql, values![new.id, new.person, new.sealed, new.days, new.group, new.begun_at]).await?;
    Ok(())
}

pub async fn keep_day(tx: &Tx, goal: i64, day: &str, sealed: Vec<u8>, now: Moment) -> Result<(), Fault> {
    let sql = "INSERT INTO goal_day (goal_id, day, entry_sealed, changed_at) VALUES ($1, $2, $3, $4)";
    tx.run(sql, values![goal, day, sealed, now]).await?;
    Ok(())
}

pub async fn keep_answers(tx: &Tx, person: i64, sealed: Vec<u8>) -> Result<(), Fault> {
    tx.run("INSERT INTO workshop (person_id, answers_sealed) VALUES ($1, $2)", values![person, sealed]).await?;
    Ok(())
}

pub struct NewCheer {
    pub id: i64,
    pub goal: i64,
    pub from: i64,
    pub group: i64,
    pub sealed: Vec<u8>,
    pub now: Moment,
}

pub async fn keep_cheer(tx: &Tx, new: NewCheer) -> Result<(), Fault> {
    let sql =
        "INSERT INTO goal_cheer (id, goal_id, from_id, group_id, phrase, note_sealed, sent_at) VALUES ($1, $2, $3, $4, 'one-step', $5, $6)";
    tx.run(sql, values![new.id, new.goal, new.from, new.group, new.sealed, new.now]).await?;
    Ok(())
}
