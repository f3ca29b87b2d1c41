//! The first page. In the demo it offers one click per role.

mod pages;
mod queries;

use ground::{House, Routes, Rule};

pub(crate) use pages::{device, own_path};

pub fn routes(house: &House) -> Routes {
    Routes::new(house).get("/", Rule::Everyone, pages::start).post("/demo/sign-in", Rule::Everyone, pages::demo_sign_in).post(
        "/language",
        Rule::Everyone,
        pages::language,
    )
}
