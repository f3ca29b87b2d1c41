//! Leaving a group, with a last session to say goodbye in if one likes; pausing; moving to another group.

mod pages;
mod queries;

use ground::{Deed, Fault, House, Routes, Rule, Stand, Tx, jobs, peer, random_id};

use crate::{enrolment, seats};

pub fn routes(house: &House) -> Routes {
    Routes::new(house)
        .get("/groups/{group}/leaving", Rule::Group(&[Stand::Member]), pages::form)
        .post("/groups/{group}/leaving", Rule::Group(&[Stand::Member]), pages::leave)
        .post("/groups/{group}/pause", Rule::Group(&[Stand::Member]), pages::pause)
        .get("/groups/{group}/members/{person}", Rule::Group(&[Stand::Office]), pages::member)
        .post("/groups/{group}/members/{person}/removal", Rule::Group(&[Stand::Office]), pages::remove)
        .post("/groups/{group}/members/{person}/transfer", Rule::Group(&[Stand::Office]), pages::transfer)
}

/// Frees the seat and offers it to whoever is next. False if they were not in the group.
async fn let_go(house: &House, tx: &Tx, group: i64, person: i64) -> Result<bool, Fault> {
    if !seats::leave(tx, group, person, house.clock.now()).await? {
        return Ok(false);
    }
    seats::give_back(tx, group).await?;
    enrolment::pass_on(house, tx, group).await?;
    // A check-in that runs among members lets go of whoever is none any more.
    jobs::later(tx, peer::NEWS, &random_id().to_string(), &group.to_string(), house.clock.now()).await?;
    Ok(true)
}

/// Lets those go whose last session is over. Safe to run as often as one likes.
pub(crate) async fn tend(house: &House) -> Result<(), Fault> {
    for gone in queries::last_session_over(&house.db, house.clock.now()).await? {
        let tx = house.db.write().await?;
        if let_go(house, &tx, gone.group_id, gone.person_id).await? {
            tx.commit(Deed::new(gone.person_id, "membership.leave", format!("group/{}", gone.group_id))).await?;
        }
    }
    Ok(())
}
