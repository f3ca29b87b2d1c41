use ground::{Ask, Fault, House, Moment, Owner, Spot, Tx, sea_orm::FromQueryResult, values};

/// So many questions back, a page still shows what was answered.
const BACK: i64 = 12;

#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    pub id: i64,
    pub group: i64,
    pub text: String,
    pub asked_at: Moment,
}

/// The answer of somebody who is in the group now.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    pub person: i64,
    pub name: String,
    pub text: String,
}

fn spot(row: &str) -> Spot<'_> {
    Spot { table: "group_question", column: "question", row }
}

/// Of the practice: a question may have been written for one group, and is about nobody.
pub async fn sealed(house: &House, id: i64, text: &str) -> Result<Vec<u8>, Fault> {
    house.keys.seal(Owner::Practice, spot(&id.to_string()), text).await
}

/// The latest first: that is the one which is asked now.
pub async fn of_group(house: &House, group: i64) -> Result<Vec<Asked>, Fault> {
    #[derive(FromQueryResult)]
    struct Row {
        id: i64,
        question_sealed: Vec<u8>,
        asked_at: Moment,
    }
    let sql = "SELECT id, question_sealed, asked_at FROM group_question WHERE group_id = $1 ORDER BY asked_at DESC, id DESC LIMIT $2";
    let rows: Vec<Row> = house.db.rows(sql, values![group, BACK]).await?;
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        let text = house.keys.open(Owner::Practice, spot(&row.id.to_string()), &row.question_sealed).await?;
        all.push(Asked { id: row.id, group, text, asked_at: row.asked_at });
    }
    Ok(all)
}

pub async fn is_of(db: &(impl Ask + Sync), asked: i64, group: i64) -> Result<bool, Fault> {
    let sql = "SELECT COUNT(*) AS n FROM group_question WHERE id = $1 AND group_id = $2";
    Ok(db.number(sql, values![asked, group]).await? > 0)
}

/// The same form a second time asks nothing.
pub async fn ask(tx: &Tx, (id, group, by): (i64, i64, i64), sealed: Vec<u8>, once: &str, now: Moment) -> Result<bool, Fault> {
    let sql = "INSERT INTO group_question (id, group_id, asked_by, question_sealed, asked_at, once) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT DO NOTHING";
    Ok(tx.run(sql, values![id, group, by, sealed, now, once.to_owned()]).await? == 1)
}

fn answer_row(asked: i64, person: i64) -> String {
    format!("{asked}/{person}")
}

fn answer_spot(row: &str) -> Spot<'_> {
    Spot { table: "question_answer", column: "answer", row }
}

pub async fn answers(house: &House, asked: &Asked) -> Result<Vec<Answer>, Fault> {
    #[derive(FromQueryResult)]
    struct Row {
        person_id: i64,
        answer_sealed: Vec<u8>,
        display_name: String,
    }
    let sql = "SELECT a.person_id, a.answer_sealed, m.display_name FROM question_answer a
        JOIN membership m ON m.group_id = $1 AND m.person_id = a.person_id AND m.left_at IS NULL AND m.part = 'member'
        WHERE a.question_id = $2 ORDER BY a.at, a.person_id";
    let rows: Vec<Row> = house.db.rows(sql, values![asked.group, asked.id]).await?;
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        let place = answer_row(asked.id, row.person_id);
        let text = house.keys.open(Owner::Person(row.person_id), answer_spot(&place), &row.answer_sealed).await?;
        all.push(Answer { person: row.person_id, name: row.display_name, text });
    }
    Ok(all)
}

pub async fn sealed_answer(house: &House, (asked, person): (i64, i64), text: &str) -> Result<Vec<u8>, Fault> {
    house.keys.seal(Owner::Person(person), answer_spot(&answer_row(asked, person)), text).await
}

pub async fn keep_answer(tx: &Tx, (asked, person): (i64, i64), sealed: Vec<u8>, now: Moment) -> Result<(), Fault> {
    let sql = "INSERT INTO question_answer (question_id, person_id, answer_sealed, at) VALUES ($1, $2, $3, $4)
        ON CONFLICT (question_id, person_id) DO UPDATE SET answer_sealed = excluded.answer_sealed, at = excluded.at";
    tx.run(sql, values![asked, person, sealed, now]).await?;
    Ok(())
}

pub async fn take_back(tx: &Tx, asked: i64, person: i64) -> Result<bool, Fault> {
    Ok(tx.run("DELETE FROM question_answer WHERE question_id = $1 AND person_id = $2", values![asked, person]).await? == 1)
}
