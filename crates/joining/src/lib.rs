//! Joining: the public catalogue, the weekly digest of it, groups, the seats in them, and where their leaders may practise. Booking will live here.

mod catalogue;
mod composing;
mod digest;
mod enrolment;
mod forming;
mod groups;
mod guardian;
mod import;
mod leaving;
mod licences;
mod money;
mod public;
mod residence;
mod seats;
mod sharing;
mod suggesting;

use ground::{Fault, House, Routes};

pub use digest::{KIND as DIGEST, came_back as digest_came_back, ended as digest_ended, letter as digest_letter, plan as plan_digests};
pub use guardian::{KIND as GUARDIAN, letter as guardian_letter};
pub use licences::warn as warn_of_endings;
pub use suggesting::{Plan, best as best_plan};

pub fn routes(house: &House) -> Routes {
    groups::routes(house)
        .merge(catalogue::routes(house))
        .merge(digest::routes(house))
        .merge(enrolment::routes(house))
        .merge(forming::routes(house))
        .merge(guardian::routes(house))
        .merge(suggesting::routes(house))
        .merge(composing::routes(house))
        .merge(import::routes(house))
        .merge(leaving::routes(house))
        .merge(licences::routes(house))
        .merge(money::routes(house))
        .merge(public::routes(house))
        .merge(sharing::routes(house))
}

/// What only time changes: seats kept for too long, members whose last session is over. Safe to run as often as one likes.
pub async fn tend(house: &House) -> Result<(), Fault> {
    enrolment::tend(house).await?;
    leaving::tend(house).await
}
