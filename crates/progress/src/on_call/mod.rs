//! Who is on call when: risk tasks go to them first, and members read honestly when nobody watches.

mod pages;
mod queries;

use care::on_call::{Now, Watch, on_call, watch};
use ground::{Fault, House, Routes, Rule, Ui, when};

pub fn routes(house: &House) -> Routes {
    Routes::new(house).get("/practice/on-call", Rule::Office, pages::page).post("/practice/on-call", Rule::Office, pages::add).post(
        "/practice/on-call/{shift}/removal",
        Rule::Office,
        pages::remove,
    )
}

/// This moment of the week on the practice's clock.
fn now(house: &House) -> Now {
    let local = house.clock.now().in_zone(&house.practice().zone);
    Now { weekday: local.weekday().to_monday_one_offset(), minute: i16::from(local.hour()) * 60 + i16::from(local.minute()) }
}

/// Those who are on call now.
pub async fn people(house: &House) -> Result<Vec<i64>, Fault> {
    Ok(on_call(&queries::shifts(&house.db).await?, now(house)))
}

/// Whether somebody watches, in words for whoever is about to write to us.
pub async fn words(house: &House, ui: &Ui) -> Result<String, Fault> {
    let minute = |minute: i16| when::minute(ui.language, i32::from(minute) % 1_440);
    Ok(match watch(&queries::shifts(&house.db).await?, now(house)) {
        Watch::Until(1_440) => ui.t("on-call-today"),
        Watch::Until(to) => ui.t1("on-call-until", "time", minute(to)),
        Watch::From(weekday, from) => {
            let day = ui.t(&format!("day-{weekday}"));
            ui.t2("on-call-from", &("day", &day), &("time", &minute(from)))
        }
        Watch::Unknown => ui.t("on-call-unknown"),
    })
}
