use ground::{Db, Fault, Moment, db::Ask, sea_orm::FromQueryResult, values};

/// What others answered to a question of one's group.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Answered {
    pub group_id: i64,
    pub group_name: String,
    pub count: i64,
}

/// Since then, to the question that is asked now: for whoever asked it, and for those who have answered it themselves. Others may not look yet.
pub async fn answered(db: &Db, person: i64, since: Moment) -> Result<Vec<Answered>, Fault> {
    let sql = "SELECT q.group_id, g.name AS group_name, COUNT(*) AS count FROM group_question q JOIN groups g ON g.id = q.group_id
            JOIN membership m ON m.group_id = q.group_id AND m.person_id = $1 AND m.left_at IS NULL AND m.part IN ('member', 'facilitator')
            JOIN question_answer a ON a.question_id = q.id AND a.person_id <> $1 AND a.at > $2
            JOIN membership o ON o.group_id = q.group_id AND o.person_id = a.person_id AND o.left_at IS NULL
        WHERE (m.part = 'facilitator' OR EXISTS (SELECT 1 FROM question_answer x WHERE x.question_id = q.id AND x.person_id = $1))
            AND NOT EXISTS (SELECT 1 FROM group_question n WHERE n.group_id = q.group_id AND n.asked_at > q.asked_at)
        GROUP BY q.group_id, g.name ORDER BY g.name";
    db.rows(sql, values![person, since]).await
}
