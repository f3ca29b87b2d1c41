use ground::{Fault, Moment, Tx, series::Note, values};

/// The same form a second time keeps nothing.
pub async fn add(tx: &Tx, note: Note, by: i64, once: &str, now: Moment) -> Result<bool, Fault> {
    let sql = "INSERT INTO series_note (id, audience, title_en, lead_en, body_en, title_es, lead_es, body_es, publish_at, kept_by, changed_at, once)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT DO NOTHING";
    let Note { id, audience, en, es, publish_at, .. } = note;
    let values = values![id, audience, en.title, en.lead, en.body, es.title, es.lead, es.body, publish_at.map(|at| at.0), by, now, once];
    Ok(tx.run(sql, values).await? == 1)
}

/// False if somebody else has changed it since.
pub async fn change(tx: &Tx, note: Note, now: Moment) -> Result<bool, Fault> {
    let sql = "UPDATE series_note SET audience = $1, title_en = $2, lead_en = $3, body_en = $4, title_es = $5, lead_es = $6, body_es = $7,
        publish_at = $8, changed_at = $9, version = version + 1 WHERE id = $10 AND version = $11";
    let Note { id, audience, en, es, publish_at, version } = note;
    let values = values![audience, en.title, en.lead, en.body, es.title, es.lead, es.body, publish_at.map(|at| at.0), now, id, version];
    Ok(tx.run(sql, values).await? == 1)
}

pub async fn remove(tx: &Tx, id: i64) -> Result<bool, Fault> {
    Ok(tx.run("DELETE FROM series_note WHERE id = $1", values![id]).await? == 1)
}
