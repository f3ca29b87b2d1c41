//! Who supports a member (P8): invited by the member, to what the member opens, until either of them ends it.

mod pages;
mod queries;

use care::family::Scope;
use ground::{Deed, Fault, House, Moment, Routes, Rule, random_id};

pub fn routes(house: &House) -> Routes {
    Routes::new(house)
        .get("/supporters", Rule::Own, pages::page)
        .post("/supporters", Rule::Own, pages::invite)
        .post("/supporters/note", Rule::Own, pages::note)
        .post("/supporters/{tie}/scope", Rule::Own, pages::scope)
        .post("/supporters/{tie}/answer", Rule::Own, pages::answer)
        .post("/supporters/{tie}/end", Rule::Own, pages::end)
}

/// Somebody whom a member asked on an earlier day, and who said yes: the rows and the key of the forms.
#[derive(Debug, Clone, Copy)]
pub struct Agreed<'a> {
    pub member: i64,
    pub supporter: i64,
    /// What the member calls them.
    pub called: &'a str,
    pub scope: Scope,
    pub asked_at: Moment,
    pub agreed_at: Moment,
}

pub async fn agreed(house: &House, one: Agreed<'_>) -> Result<(), Fault> {
    let id = random_id();
    let called_sealed = queries::seal_called(house, id, one.member, one.called).await?;
    let tx = house.db.write().await?;
    queries::ask(&tx, queries::Asked { id, member: one.member, supporter: one.supporter, scope: one.scope, called_sealed }, one.asked_at)
        .await?;
    queries::agree(&tx, id, one.supporter, one.agreed_at).await?;
    tx.commit(Deed::new(one.member, "supporter.ask", format!("supporter/{id}"))).await
}
