//! How I want to be reminded and on which devices, and what people write back to a text.

mod answers;
mod devices;
mod pages;

pub(crate) use devices::words;
use ground::{House, Routes, Rule, push, texts};

pub fn routes(house: &House) -> Routes {
    Routes::new(house)
        .get("/account/reminders", Rule::SignedIn, pages::form)
        .post("/account/reminders", Rule::SignedIn, pages::keep)
        .post("/account/push-devices", Rule::SignedIn, devices::begin)
        .post("/account/push-devices/{device}/end", Rule::Own, devices::end)
        .post("/account/push-devices/here", Rule::SignedIn, devices::here)
        .get(push::WAITING, Rule::SignedIn, devices::waiting)
        .get("/account/push-devices/open", Rule::SignedIn, devices::open)
        .post(texts::STATUS, Rule::Everyone, answers::status)
        .post(texts::INCOMING, Rule::Everyone, answers::incoming)
}
