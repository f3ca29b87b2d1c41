//! Joining: the public catalogue, the weekly digest of it, groups, the seats in them, and where their leaders may practise. Booking will live here.

mod catalogue;
mod digest;
mod forming;
mod groups;
mod licences;

use ground::{House, Routes};

pub use digest::{KIND as DIGEST, ended as digest_ended, letter as digest_letter, plan as plan_digests};

pub fn routes(house: &House) -> Routes {
    groups::routes(house)
        .merge(catalogue::routes(house))
        .merge(digest::routes(house))
        .merge(forming::routes(house))
        .merge(licences::routes(house))
}
