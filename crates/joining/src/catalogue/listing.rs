//! What the office shows of a group.

use askama::Template;
use axum::{
    Form,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use ground::{Deed, Fault, House, Me, Ui, web::render_status};
use serde::Deserialize;

use super::queries::{self, Kept};

const ABOUT_CHARS: usize = 2_000;
const PRICE_CHARS: usize = 100;
const PLACES: [&str; 3] = ["online", "in_person", "hybrid"];

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ListingForm {
    pub shown: String,
    pub about_en: String,
    pub about_es: String,
    pub price: String,
    pub place: String,
    pub pets: String,
}

#[derive(Template)]
#[template(path = "catalogue/listing.html")]
pub struct ListingPage {
    pub ui: Ui,
    pub group: i64,
    pub typed: ListingForm,
    pub trouble: Option<&'static str>,
    /// How our addresses begin.
    pub base: String,
}

impl ListingPage {
    /// What somebody pastes into another site.
    fn snippet(&self) -> String {
        let (base, title) = (&self.base, self.ui.t("nav-find"));
        format!("<iframe src=\"{base}/embed\" title=\"{title}\" width=\"100%\" height=\"600\" loading=\"lazy\"></iframe>")
    }

    fn places(&self) -> Vec<(&'static str, String)> {
        PLACES.iter().map(|place| (*place, self.ui.t(&format!("listing-place-{}", place.replace('_', "-"))))).collect()
    }
}

pub async fn form(State(house): State<House>, ui: Ui, Path(group): Path<i64>) -> Result<Response, Fault> {
    let tick = |on: i64| if on == 1 { "on".to_owned() } else { String::new() };
    let typed = match queries::kept(&house.db, group).await? {
        Some(Kept { shown, about_en, about_es, price, place, pets }) => {
            ListingForm { shown: tick(shown), about_en, about_es, price, place, pets: tick(pets) }
        }
        None => ListingForm { place: "online".into(), ..ListingForm::default() },
    };
    let base = house.config.public_url.clone();
    render_status(&ListingPage { ui, group, typed, trouble: None, base }, StatusCode::OK)
}

/// What is shown needs a few words about it: nobody chooses a group by its name alone.
fn read(typed: &ListingForm) -> Result<Kept, &'static str> {
    let unfit = |text: &str, most: usize| text.chars().count() > most || text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r'));
    if unfit(&typed.about_en, ABOUT_CHARS) || unfit(&typed.about_es, ABOUT_CHARS) {
        return Err("listing-about-long");
    }
    if unfit(&typed.price, PRICE_CHARS) || typed.price.contains('\n') {
        return Err("listing-price-long");
    }
    if !PLACES.contains(&typed.place.as_str()) {
        return Err("listing-place-missing");
    }
    let shown = !typed.shown.is_empty();
    if shown && typed.about_en.trim().is_empty() && typed.about_es.trim().is_empty() {
        return Err("listing-about-missing");
    }
    let text = |text: &str| text.trim().replace("\r\n", "\n");
    Ok(Kept {
        shown: i64::from(shown),
        about_en: text(&typed.about_en),
        about_es: text(&typed.about_es),
        price: text(&typed.price),
        place: typed.place.clone(),
        pets: i64::from(!typed.pets.is_empty()),
    })
}

pub async fn keep(
    State(house): State<House>,
    ui: Ui,
    me: Me,
    Path(group): Path<i64>,
    Form(typed): Form<ListingForm>,
) -> Result<Response, Fault> {
    let kept = match read(&typed) {
        Ok(kept) => kept,
        Err(trouble) => {
            let page = ListingPage { ui, group, typed, trouble: Some(trouble), base: house.config.public_url.clone() };
            return render_status(&page, StatusCode::UNPROCESSABLE_ENTITY);
        }
    };
    let action = if kept.shown == 1 { "listing.show" } else { "listing.hide" };
    let tx = house.db.write().await?;
    queries::keep(&tx, group, kept, house.clock.now()).await?;
    tx.commit(Deed::new(me.id, action, format!("group/{group}"))).await?;
    Ok(Redirect::to(&format!("/groups/{group}")).into_response())
}
