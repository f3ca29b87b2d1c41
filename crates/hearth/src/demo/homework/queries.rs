use ground::{Fault, Moment, Tx, values};

pub struct Given {
    pub id: i64,
    pub person: i64,
    pub group: i64,
    pub by: i64,
    pub kind: &'static str,
    pub text: Vec<u8>,
    pub asked: Vec<u8>,
    pub given_at: Moment,
    pub due_at: Moment,
}

pub async fn keep(tx: &Tx, given: Given) -> Result<(), Fault> {
    let sql = "INSERT INTO homework (id, person_id, group_id, given_by, kind, text_sealed, asked_sealed, given_at, due_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    let (who, texts) = ((given.person, given.group, given.by), (given.text, given.asked));
    tx.run(sql, values![given.id, who.0, who.1, who.2, given.kind, texts.0, texts.1, given.given_at, given.due_at]).await?;
    Ok(())
}

pub async fn keep_entry(tx: &Tx, homework: i64, (slot, day): (&str, &str), sealed: Vec<u8>, now: Moment) -> Result<(), Fault> {
    let sql = "INSERT INTO homework_entry (homework_id, slot, day, entry_sealed, made_at, changed_at) VALUES ($1, $2, $3, $4, $5, $5)";
    tx.run(sql, values![homework, slot, day, sealed, now]).await?;
    Ok(())
}

pub async fn keep_reply(tx: &Tx, (id, homework, by): (i64, i64, i64), sealed: Vec<u8>, now: Moment) -> Result<(), Fault> {
    let sql = "INSERT INTO homework_reply (id, homework_id, by_id, text_sealed, sent_at, once) VALUES ($1, $2, $3, $4, $5, 'demo')";
    tx.run(sql, values![id, homework, by, sealed, now]).await?;
    Ok(())
}
