//! Who else may see a goal (G11): whoever leads the group, the group, a partner by mutual consent; and the kind words that come back.

mod pages;
mod queries;

use ground::{Fault, House, Routes, Rule};

pub use queries::{Asking, Cheer, Partner, Sharer, asking, cheers, partners, sharers};

pub fn routes(house: &House) -> Routes {
    Routes::new(house)
        .get("/goals/shared", Rule::SignedIn, pages::all)
        .get("/goals/shared/{goal}", Rule::Own, pages::one)
        .post("/goals/shared/{goal}/cheers", Rule::Own, pages::cheer)
        .post("/goals/{goal}/sharing", Rule::Own, pages::share)
        .post("/goals/{goal}/partner", Rule::Own, pages::ask)
        .post("/goals/{goal}/cheers/{cheer}/removal", Rule::Own, pages::remove_cheer)
        .post("/goals/partners/{partner}", Rule::Own, pages::answer)
        .post("/goals/partners/{partner}/ending", Rule::Own, pages::end)
}

/// How the person of a goal is called by somebody who may see it: their display name in the group that both are in.
async fn name_for(house: &House, owner: i64, viewer: i64, group: Option<i64>) -> Result<Option<(i64, String)>, Fault> {
    queries::common_name(&house.db, owner, viewer, group).await
}
