//! Whether somebody watches now, in honest words for whoever is about to write to us.

use care::on_call::{Now, Shift, Watch, watch};
use sea_orm::FromQueryResult;

use crate::{
    db::{Ask, Db},
    fault::Fault,
    house::House,
    web::Ui,
    when,
};

#[derive(FromQueryResult)]
struct Row {
    person_id: i64,
    weekday: i64,
    from_minute: i64,
    to_minute: i64,
}

/// The table of who is on call.
pub async fn shifts(db: &Db) -> Result<Vec<Shift>, Fault> {
    let sql = "SELECT s.person_id, s.weekday, s.from_minute, s.to_minute FROM on_call s
        JOIN person p ON p.id = s.person_id AND p.disabled_at IS NULL ORDER BY s.weekday, s.from_minute, p.name";
    let rows: Vec<Row> = db.rows(sql, []).await?;
    let shift = |row: Row| {
        let minute = |minute: i64| i16::try_from(minute).ok();
        let weekday = i8::try_from(row.weekday).ok()?;
        Some(Shift { person: row.person_id, weekday, from: minute(row.from_minute)?, to: minute(row.to_minute)? })
    };
    Ok(rows.into_iter().filter_map(shift).collect())
}

/// This moment of the week on the practice's clock.
pub fn now(house: &House) -> Now {
    let local = house.clock.now().in_zone(&house.practice().zone);
    Now { weekday: local.weekday().to_monday_one_offset(), minute: i16::from(local.hour()) * 60 + i16::from(local.minute()) }
}

/// Until when somebody is there, or when somebody comes, or that nobody knows.
pub async fn words(house: &House, ui: &Ui) -> Result<String, Fault> {
    let minute = |minute: i16| when::minute(ui.language, i32::from(minute) % 1_440);
    Ok(match watch(&shifts(&house.db).await?, now(house)) {
        Watch::Until(1_440) => ui.t("on-call-today"),
        Watch::Until(to) => ui.t1("on-call-until", "time", minute(to)),
        Watch::From(weekday, from) => {
            let day = ui.t(&format!("day-{weekday}"));
            ui.t2("on-call-from", &("day", &day), &("time", &minute(from)))
        }
        Watch::Unknown => ui.t("on-call-unknown"),
    })
}
