//! Signing in with e-mail and password, and out. A second factor will stand between `checked` and `begin`.

mod pages;
mod queries;

use ground::{House, Routes, Rule};

pub fn routes(house: &House) -> Routes {
    Routes::new(house).get("/sign-in", Rule::Everyone, pages::form).post("/sign-in", Rule::Everyone, pages::sign_in).post(
        "/sign-out",
        Rule::SignedIn,
        pages::sign_out,
    )
}
