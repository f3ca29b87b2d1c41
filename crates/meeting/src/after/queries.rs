use ground::{Ask, Db, Fault, House, Moment, Owner, Spot, Tx, sea_orm::FromQueryResult, values};

use room::tools::board::Element;

use crate::live::StoredAnswer;

#[derive(Debug, Clone, FromQueryResult)]
pub struct Attended {
    pub person_id: i64,
    pub name: String,
    pub display_name: String,
    pub part: String,
    pub seconds: i64,
    pub late_seconds: i64,
    pub left_early_seconds: i64,
    pub talk_seconds: i64,
    pub corrected_minutes: Option<i64>,
}

impl Attended {
    pub fn minutes(&self) -> i64 {
        self.corrected_minutes.unwrap_or((self.seconds + 30) / 60)
    }

    pub fn is_member(&self) -> bool {
        self.part == "member"
    }
}

pub async fn attendance(db: &Db, session: i64) -> Result<Vec<Attended>, Fault> {
    let sql = "SELECT a.person_id, p.name, m.display_name, m.part, a.seconds, a.late_seconds, a.left_early_seconds, a.talk_seconds, a.corrected_minutes
        FROM attendance a JOIN person p ON p.id = a.person_id JOIN session s ON s.id = a.session_id
        JOIN membership m ON m.group_id = s.group_id AND m.person_id = a.person_id
        WHERE a.session_id = $1 ORDER BY a.seat";
    db.rows(sql, values![session]).await
}

/// Both values are kept: what was measured and what somebody says it was.
pub async fn correct(tx: &Tx, session: i64, person: i64, minutes: i64, by: i64, now: Moment) -> Result<bool, Fault> {
    let sql = "UPDATE attendance SET corrected_minutes = $1, corrected_by = $2, corrected_at = $3 WHERE session_id = $4 AND person_id = $5";
    Ok(tx.run(sql, values![minutes, by, now, session, person]).await? == 1)
}

#[derive(FromQueryResult)]
struct AnswerRow {
    answer_sealed: Vec<u8>,
}

pub async fn answer(house: &House, session: i64, person: i64) -> Result<Option<StoredAnswer>, Fault> {
    let sql = "SELECT answer_sealed FROM session_answer WHERE session_id = $1 AND person_id = $2";
    let Some(row) = house.db.row::<AnswerRow>(sql, values![session, person]).await? else { return Ok(None) };
    let place = format!("{session}.{person}");
    let spot = Spot { table: "session_answer", column: "answer", row: &place };
    let text = house.keys.open(Owner::Person(person), spot, &row.answer_sealed).await?;
    Ok(Some(serde_json::from_str(&text)?))
}

#[derive(FromQueryResult)]
struct PartRow {
    position: i64,
    person_id: i64,
    template: String,
    at_table: i64,
    part_sealed: Vec<u8>,
}

/// A whiteboard of the session, of the parts that can still be opened.
#[derive(Debug, Clone, Default)]
pub struct KeptBoard {
    pub template: String,
    /// The small table at which it lay, from 1; 0 is the circle.
    pub table: i64,
    pub elements: Vec<Element>,
}

/// The whiteboards, for whoever was in the circle that evening and for nobody else.
pub async fn boards(house: &House, session: i64, person: i64) -> Result<Vec<KeptBoard>, Fault> {
    let sql = "SELECT b.position, b.person_id, b.template, b.at_table, b.part_sealed FROM session_board b
        JOIN attendance a ON a.session_id = b.session_id
        WHERE b.session_id = $1 AND a.person_id = $2 AND a.first_in IS NOT NULL ORDER BY b.position, b.person_id";
    let rows: Vec<PartRow> = house.db.rows(sql, values![session, person]).await?;
    let mut boards: std::collections::BTreeMap<i64, KeptBoard> = std::collections::BTreeMap::new();
    for row in rows {
        let owner = if row.person_id == 0 { Owner::Practice } else { Owner::Person(row.person_id) };
        let place = format!("{session}.{}.{}", row.position, row.person_id);
        let spot = Spot { table: "session_board", column: "part", row: &place };
        let text = house.keys.open(owner, spot, &row.part_sealed).await?;
        let (template, table) = (row.template, row.at_table);
        let board = boards.entry(row.position).or_insert_with(|| KeptBoard { template, table, elements: Vec::new() });
        board.elements.extend(serde_json::from_str::<Vec<Element>>(&text)?);
    }
    Ok(boards.into_values().collect())
}

#[derive(FromQueryResult)]
struct EveningRow {
    session_id: i64,
    group_name: String,
    starts_at: Moment,
    answer_sealed: Vec<u8>,
}

/// One's own evenings with what one answered, the newest first. A key that was destroyed leaves a gap, not an error.
pub async fn evenings(house: &House, person: i64) -> Result<Vec<(String, Moment, StoredAnswer)>, Fault> {
    let sql = "SELECT a.session_id, g.name AS group_name, s.starts_at, a.answer_sealed FROM session_answer a
        JOIN session s ON s.id = a.session_id JOIN groups g ON g.id = s.group_id
        WHERE a.person_id = $1 ORDER BY s.starts_at DESC, s.id DESC";
    let rows: Vec<EveningRow> = house.db.rows(sql, values![person]).await?;
    let mut evenings = Vec::with_capacity(rows.len());
    for row in rows {
        let place = format!("{}.{person}", row.session_id);
        let spot = Spot { table: "session_answer", column: "answer", row: &place };
        let Ok(text) = house.keys.open(Owner::Person(person), spot, &row.answer_sealed).await else { continue };
        evenings.push((row.group_name, row.starts_at, serde_json::from_str(&text)?));
    }
    Ok(evenings)
}

#[derive(FromQueryResult)]
struct TakeawayRow {
    position: i64,
    person_id: i64,
    text_sealed: Vec<u8>,
}

/// What the group wrote down together. A key that was destroyed takes its own lines with it and nothing else.
pub async fn takeaways(house: &House, session: i64) -> Result<Vec<String>, Fault> {
    let sql = "SELECT position, person_id, text_sealed FROM takeaway WHERE session_id = $1 ORDER BY position";
    let rows: Vec<TakeawayRow> = house.db.rows(sql, values![session]).await?;
    let mut texts = Vec::new();
    for row in rows {
        let place = format!("{session}.{}", row.position);
        let spot = Spot { table: "takeaway", column: "text", row: &place };
        texts.extend(house.keys.open(Owner::Person(row.person_id), spot, &row.text_sealed).await.ok());
    }
    Ok(texts)
}

#[derive(Debug, Clone, FromQueryResult)]
pub struct Next {
    pub starts_at: Moment,
    pub minutes: i64,
}

pub async fn next(db: &Db, group: i64, after: Moment) -> Result<Option<Next>, Fault> {
    let sql =
        "SELECT starts_at, minutes FROM session WHERE group_id = $1 AND starts_at > $2 AND cancelled_at IS NULL ORDER BY starts_at LIMIT 1";
    db.row(sql, values![group, after]).await
}
