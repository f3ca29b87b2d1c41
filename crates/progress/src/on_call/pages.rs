use askama::Template;
use axum::{
    Form,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use care::on_call::Shift;
use ground::{Deed, Fault, House, Me, Ui, not_found, watch, web::render_status, when};

use super::queries::{self, Candidate, Row};

const DAY: i64 = 1_440;

#[derive(Template)]
#[template(path = "on_call/on_call.html")]
pub struct OnCallPage {
    pub ui: Ui,
    pub zone: String,
    pub words: String,
    pub rows: Vec<Row>,
    pub candidates: Vec<Candidate>,
    pub typed: Vec<(String, String)>,
    pub trouble: Option<&'static str>,
}

impl OnCallPage {
    fn get(&self, name: &str) -> &str {
        self.typed.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }

    fn has_day(&self, day: &u8) -> bool {
        !self.get(&format!("day-{day}")).is_empty()
    }

    fn is_chosen(&self, id: &i64) -> bool {
        self.get("person") == id.to_string()
    }

    fn day(&self, day: &u8) -> String {
        self.ui.t(&format!("day-{day}"))
    }

    fn hours(&self, row: &Row) -> String {
        let minute = |minute: i64| when::minute(self.ui.language, (minute % DAY) as i32);
        let day = self.ui.t(&format!("day-{}", row.weekday));
        format!("{day}, {} – {}", minute(row.from_minute), minute(row.to_minute))
    }
}

async fn show(house: &House, ui: Ui, typed: Vec<(String, String)>, trouble: Option<&'static str>) -> Result<Response, Fault> {
    let words = watch::words(house, &ui).await?;
    let (rows, candidates) = (queries::rows(&house.db).await?, queries::candidates(&house.db).await?);
    let zone = house.practice().zone;
    let status = if trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    render_status(&OnCallPage { ui, zone, words, rows, candidates, typed, trouble }, status)
}

pub async fn page(State(house): State<House>, ui: Ui) -> Result<Response, Fault> {
    show(&house, ui, Vec::new(), None).await
}

/// One row for each day; a night becomes two: up to midnight, and from midnight on the day after.
fn read(typed: &[(String, String)], known: &[Candidate]) -> Result<Vec<Shift>, &'static str> {
    let get = |name: &str| typed.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str());
    let person = get("person").parse().ok().filter(|id| known.iter().any(|one| one.id == *id)).ok_or("on-call-who")?;
    let minute = |name: &str| care::times::read(get(name)).ok_or("on-call-hours");
    let (from, to) = (minute("from")?, minute("to")?);
    let days: Vec<i8> = (1..=7i8).filter(|day| !get(&format!("day-{day}")).is_empty()).collect();
    if days.is_empty() {
        return Err("goal-days-none");
    }
    let of_day = |weekday: i8| {
        let overnight = to <= from;
        let first = Shift { person, weekday, from, to: if overnight { DAY as i16 } else { to } };
        let second = (overnight && to > 0).then_some(Shift { person, weekday: weekday % 7 + 1, from: 0, to });
        [Some(first), second]
    };
    Ok(days.into_iter().flat_map(of_day).flatten().collect())
}

pub async fn add(State(house): State<House>, ui: Ui, me: Me, Form(typed): Form<Vec<(String, String)>>) -> Result<Response, Fault> {
    let shifts = match read(&typed, &queries::candidates(&house.db).await?) {
        Ok(shifts) => shifts,
        Err(key) => return show(&house, ui, typed, Some(key)).await,
    };
    let tx = house.db.write().await?;
    for shift in &shifts {
        queries::add(&tx, shift).await?;
    }
    tx.commit(Deed::new(me.id, "on_call.add", format!("person/{}", shifts[0].person))).await?;
    Ok(Redirect::to("/practice/on-call").into_response())
}

pub async fn remove(State(house): State<House>, me: Me, Path(shift): Path<i64>) -> Result<Response, Fault> {
    let tx = house.db.write().await?;
    if !queries::remove(&tx, shift).await? {
        return Ok(not_found());
    }
    tx.commit(Deed::new(me.id, "on_call.remove", format!("on_call/{shift}"))).await?;
    Ok(Redirect::to("/practice/on-call").into_response())
}

#[cfg(test)]
mod tests {
    use ground::{Language, Role};

    use super::*;

    fn typed(from: &str, to: &str, day: &str) -> Vec<(String, String)> {
        let day = format!("day-{day}");
        [("person", "3"), ("from", from), ("to", to), (&*day, "on")].map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec()
    }

    #[test]
    fn a_night_is_two_and_nonsense_is_said() {
        let known = [Candidate { id: 3, name: "Amara".into() }];
        let of = |from: &str, to: &str| {
            read(&typed(from, to, "7"), &known).map(|all| all.iter().map(|one| (one.weekday, one.from, one.to)).collect::<Vec<_>>())
        };
        assert_eq!(of("09:00", "17:30"), Ok(vec![(7, 540, 1_050)]));
        assert_eq!(of("22:00", "06:00"), Ok(vec![(7, 1_320, 1_440), (1, 0, 360)]));
        assert_eq!(of("22:00", "00:00"), Ok(vec![(7, 1_320, 1_440)]));
        assert_eq!(of("", "06:00"), Err("on-call-hours"));
        assert_eq!(read(&typed("09:00", "10:00", "8"), &known).err(), Some("goal-days-none"));
        assert_eq!(read(&typed("09:00", "10:00", "1"), &[]).err(), Some("on-call-who"));
    }

    #[test]
    fn the_table_renders_empty_and_full() {
        for language in Language::ALL {
            for many in [0, 30] {
                let rows = vec![Row { id: 1, name: "Am<ara".into(), weekday: 5, from_minute: 540, to_minute: 1_440 }; many];
                let candidates = vec![Candidate { id: 3, name: "Amara".into() }];
                let ui = Ui::sample(language, Some(Role::Coordinator));
                let (zone, words, trouble) = ("UTC".into(), "Words".into(), Some("on-call-hours"));
                let html = OnCallPage { ui, zone, words, rows, candidates, typed: typed("09:00", "x", "1"), trouble }.render().unwrap();
                assert_eq!(html.matches("Am&#60;ara").count(), many);
                assert!(html.contains("value=\"09:00\""));
            }
        }
    }
}
