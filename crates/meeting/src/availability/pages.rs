use askama::Template;
use axum::{
    Form,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use care::times;
use ground::{Deed, Fault, House, Me, Ui, web::render_status};
use serde::Deserialize;

use super::queries::{self, Window};

/// More windows than this are a mistake.
const MOST: usize = 40;

#[derive(Debug, Clone, Default, Deserialize)]
pub struct WindowForm {
    #[serde(default)]
    pub weekday: String,
    #[serde(default)]
    pub from: String,
    #[serde(default)]
    pub to: String,
    #[serde(default)]
    pub id: String,
}

#[derive(Template)]
#[template(path = "availability/availability.html")]
pub struct AvailabilityPage {
    pub ui: Ui,
    pub zone: String,
    pub windows: Vec<Window>,
    pub typed: WindowForm,
    pub trouble: Option<&'static str>,
}

impl AvailabilityPage {
    fn days(&self) -> Vec<(String, String)> {
        (1..=7).map(|day| (day.to_string(), self.ui.t(&format!("day-{day}")))).collect()
    }

    fn said(&self, window: &Window) -> String {
        let day = self.ui.t(&format!("day-{}", window.weekday));
        format!("{day}, {} – {}", times::write(window.from_minute), times::write(window.to_minute))
    }
}

async fn show(house: &House, ui: Ui, me: &Me, typed: WindowForm, trouble: Option<&'static str>) -> Result<Response, Fault> {
    let windows = queries::of(&house.db, me.id).await?;
    let status = if trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    render_status(&AvailabilityPage { ui, zone: me.zone.clone(), windows, typed, trouble }, status)
}

pub async fn page(State(house): State<House>, ui: Ui, me: Me) -> Result<Response, Fault> {
    show(&house, ui, &me, WindowForm { weekday: "1".into(), ..WindowForm::default() }, None).await
}

/// "00:00" as an end is the end of the day.
fn read(typed: &WindowForm) -> Result<(i64, i64, i64), &'static str> {
    let weekday = typed.weekday.parse().ok().filter(|day| (1..=7).contains(day)).ok_or("availability-unreadable")?;
    let from = times::read(&typed.from).map(i64::from).ok_or("availability-unreadable")?;
    let to = times::read(&typed.to).map(|to| if to == 0 { 1440 } else { i64::from(to) }).ok_or("availability-unreadable")?;
    if from < to { Ok((weekday, from, to)) } else { Err("availability-order") }
}

pub async fn add(State(house): State<House>, ui: Ui, me: Me, Form(typed): Form<WindowForm>) -> Result<Response, Fault> {
    let (weekday, from, to) = match read(&typed) {
        Ok(window) => window,
        Err(trouble) => return show(&house, ui, &me, typed, Some(trouble)).await,
    };
    let tx = house.db.write().await?;
    let own = queries::of(&tx, me.id).await?;
    let trouble = match own.iter().any(|one| (one.weekday, one.from_minute, one.to_minute) == (weekday, from, to)) {
        true => Some("availability-already"),
        false => (own.len() >= MOST).then_some("availability-many"),
    };
    if trouble.is_some() {
        drop(tx);
        return show(&house, ui, &me, typed, trouble).await;
    }
    queries::add(&tx, me.id, weekday, from, to).await?;
    tx.commit(Deed::new(me.id, "availability.add", format!("person/{}", me.id))).await?;
    Ok(Redirect::to("/account/availability").into_response())
}

pub async fn remove(State(house): State<House>, me: Me, Form(typed): Form<WindowForm>) -> Result<Response, Fault> {
    let tx = house.db.write().await?;
    if queries::remove(&tx, me.id, typed.id.parse().unwrap_or(0)).await? {
        tx.commit(Deed::new(me.id, "availability.remove", format!("person/{}", me.id))).await?;
    }
    Ok(Redirect::to("/account/availability").into_response())
}

#[cfg(test)]
mod tests {
    use ground::{Language, Role};

    use super::*;

    fn typed(weekday: &str, from: &str, to: &str) -> WindowForm {
        WindowForm { weekday: weekday.into(), from: from.into(), to: to.into(), id: String::new() }
    }

    #[test]
    fn a_window_is_read_or_refused() {
        assert_eq!(read(&typed("3", "18:00", "21:30")), Ok((3, 1080, 1290)));
        assert_eq!(read(&typed("7", "20:00", "00:00")), Ok((7, 1200, 1440)), "until midnight");
        for (weekday, from, to) in
            [("0", "8:00", "9:00"), ("8", "8:00", "9:00"), ("", "8:00", "9:00"), ("1", "", "9:00"), ("1", "8:00", "25:00")]
        {
            assert_eq!(read(&typed(weekday, from, to)), Err("availability-unreadable"));
        }
        assert_eq!(read(&typed("1", "9:00", "9:00")), Err("availability-order"));
    }

    #[test]
    fn the_page_keeps_what_was_typed() {
        for language in Language::ALL {
            let page = AvailabilityPage {
                ui: Ui::sample(language, Some(Role::Member)),
                zone: "America/New_York".into(),
                windows: vec![Window { id: 4, weekday: 2, from_minute: 545, to_minute: 1440 }],
                typed: typed("5", "kept", "10:00"),
                trouble: Some("availability-unreadable"),
            };
            let html = page.render().unwrap();
            assert!(html.contains("09:05 – 24:00") && html.contains("value=\"kept\"") && html.contains("<option value=\"5\" selected>"));
        }
    }
}
