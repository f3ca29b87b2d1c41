//! Family sessions (P8): a member, those who support them, and one leader, in a group of their own that stands in no list. The room is the same.

mod pages;
mod queries;

use ground::{
    Fault, House, Routes, Rule,
    family::member_of,
    jobs::{Ended, Job},
};

use crate::Meeting;

pub fn routes(house: &House) -> Routes {
    Routes::new(house).get("/family/{person}", Rule::Crew, pages::page).post("/family/{person}", Rule::Crew, pages::plan)
}

/// Who sits in a family's room has changed on a page: an open one reads it again.
pub async fn news(house: &House, meeting: &Meeting, job: &Job) -> Result<Ended, Fault> {
    let Ok(member) = job.payload.parse::<i64>() else { return Ok(Ended::GiveUp) };
    for group in ground::family::groups_of(&house.db, member).await? {
        meeting.house_news(group).await;
    }
    Ok(Ended::Done)
}

/// Whether this group holds family sessions.
pub(crate) async fn is_family(house: &House, group: i64) -> Result<bool, Fault> {
    Ok(member_of(&house.db, group).await?.is_some())
}
