//! My account: devices that are signed in, time zone, password.

pub(crate) mod device;
mod pages;
mod queries;

use ground::{House, Routes, Rule};

pub fn routes(house: &House) -> Routes {
    Routes::new(house)
        .get("/account", Rule::SignedIn, pages::account)
        .post("/account/zone", Rule::SignedIn, pages::change_zone)
        .post("/account/password", Rule::SignedIn, pages::change_password)
        .post("/account/devices/{device}/end", Rule::Own, pages::end_device)
}
