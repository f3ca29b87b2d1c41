//! Who is on call when: risk tasks go to them first, and members read honestly when nobody watches.

mod pages;
mod queries;

use care::on_call::on_call;
use ground::{Fault, House, Routes, Rule, watch};

pub fn routes(house: &House) -> Routes {
    Routes::new(house).get("/practice/on-call", Rule::Office, pages::page).post("/practice/on-call", Rule::Office, pages::add).post(
        "/practice/on-call/{shift}/removal",
        Rule::Office,
        pages::remove,
    )
}

/// Those who are on call now.
pub async fn people(house: &House) -> Result<Vec<i64>, Fault> {
    Ok(on_call(&watch::shifts(&house.db).await?, watch::now(house)))
}
