//! What a group wrote down on earlier days, for a practice that opens lived in: the rows and the keys of the forms, at an hour that is told.

use care::strategies::{Entry, MomentKind, Shown, Went};
use ground::{Deed, Fault, House, Moment, random_id, random_token};

use super::{
    moments_queries as moments,
    queries::{self, New},
    question_queries as questions,
};

/// Who, in which group, when.
#[derive(Debug, Clone, Copy)]
pub struct By {
    pub group: i64,
    pub person: i64,
    pub at: Moment,
}

pub async fn helped(house: &House, by: By, entry: &Entry, named: bool) -> Result<i64, Fault> {
    let id = random_id();
    let sealed = queries::sealed(house, by.person, id, entry).await?;
    let tx = house.db.write().await?;
    let new = New { id, group: by.group, person: by.person, sealed, named, shown: Shown::after_writing(false), once: random_token() };
    queries::add(&tx, new, by.at).await?;
    tx.commit(Deed::new(by.person, "strategy.add", format!("strategy/{id}"))).await?;
    Ok(id)
}

/// "Tried it too", with a name.
pub async fn tried(house: &House, entry: i64, by: By, went: Went, line: &str) -> Result<(), Fault> {
    let sealed = queries::sealed_result(house, (entry, by.person), went, line).await?;
    let tx = house.db.write().await?;
    queries::keep_result(&tx, (entry, by.person), sealed, true, by.at).await?;
    tx.commit(Deed::new(by.person, "strategy.tried", format!("strategy/{entry}"))).await
}

pub async fn question(house: &House, by: By, text: &str) -> Result<i64, Fault> {
    let id = random_id();
    let sealed = questions::sealed(house, id, text).await?;
    let tx = house.db.write().await?;
    questions::ask(&tx, (id, by.group, by.person), sealed, &random_token(), by.at).await?;
    tx.commit(Deed::new(by.person, "question.ask", format!("question/{id}"))).await?;
    Ok(id)
}

pub async fn answer(house: &House, question: i64, by: By, text: &str) -> Result<(), Fault> {
    let sealed = questions::sealed_answer(house, (question, by.person), text).await?;
    let tx = house.db.write().await?;
    questions::keep_answer(&tx, (question, by.person), sealed, by.at).await?;
    tx.commit(Deed::new(by.person, "question.answer", format!("question/{question}"))).await
}

/// A milestone or a setback, with what others answered to it.
pub async fn moment(house: &House, by: By, kind: MomentKind, words: &str, reactions: &[(i64, &str)]) -> Result<(), Fault> {
    let id = random_id();
    let sealed = moments::sealed(house, by.person, id, words).await?;
    let tx = house.db.write().await?;
    moments::add(&tx, (id, by.group, by.person), (kind, sealed), &random_token(), by.at).await?;
    for (person, word) in reactions {
        moments::react(&tx, (id, *person), Some(word), by.at).await?;
    }
    tx.commit(Deed::new(by.person, "moment.share", format!("moment/{id}"))).await
}
