//! Somebody watches a group to learn: announced, with a badge, and only after every member has said yes (L23). One no holds, at any time.

mod pages;
mod queries;

use care::watching::{Consent, consent};
use ground::{Ask, Fault, House, Routes, Rule, Stand};

pub(crate) use queries::object;

const EVERYBODY: &[Stand] = &[Stand::Leader, Stand::Member, Stand::Guest, Stand::Office];
const MEMBERS: &[Stand] = &[Stand::Member];

pub fn routes(house: &House) -> Routes {
    Routes::new(house)
        .get("/groups/{group}/watching", Rule::Group(EVERYBODY), pages::page)
        .post("/groups/{group}/watching", Rule::Group(MEMBERS), pages::answer)
        .get("/watching/open", Rule::SignedIn, pages::open)
}

/// Whether this observer may come to this group now.
pub(crate) async fn of(db: &(impl Ask + Sync), group: i64, observer: i64) -> Result<Consent, Fault> {
    let answers = queries::answers(db, group, observer).await?;
    Ok(consent(answers.iter().map(queries::Answer::said)))
}
