use askama::Template;
use axum::{
    Form,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use ground::{Deed, Fault, House, Me, Ui, not_found, sign_in, web::render_status, when};
use serde::Deserialize;

use super::{
    device,
    queries::{self, Device},
};
use crate::links::password_trouble;

#[derive(Template)]
#[template(path = "account/account.html")]
pub struct AccountPage {
    pub ui: Ui,
    pub me: Me,
    pub devices: Vec<Device>,
    pub trouble: Option<&'static str>,
    pub zone_trouble: Option<&'static str>,
    /// The key of what was done.
    pub done: Option<&'static str>,
}

/// The parts of the world, so that nobody has to look through names of offsets.
const PARTS: [&str; 9] = ["Africa/", "America/", "Antarctica/", "Arctic/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/"];

/// Every zone that somebody may live in.
fn zones() -> Vec<String> {
    let lives = |name: &String| PARTS.iter().chain(&["Pacific/"]).any(|part| name.starts_with(part)) || name == "UTC";
    let mut all: Vec<String> = jiff::tz::db().available().map(|name| name.to_string()).filter(lives).collect();
    all.sort_unstable();
    all
}

impl AccountPage {
    fn zones(&self) -> Vec<(String, String)> {
        zones().into_iter().map(|zone| (zone.replace('_', " "), zone)).collect()
    }

    fn device(&self, device: &Device) -> String {
        let name = device::name(&device.device);
        if name.is_empty() { self.ui.t("devices-unknown") } else { name }
    }

    fn seen(&self, device: &Device) -> String {
        when::moment(self.ui.language, device.seen_at, &self.me.zone)
    }
}

/// What a form has to say when the page is shown again.
#[derive(Default)]
struct Said {
    trouble: Option<&'static str>,
    zone_trouble: Option<&'static str>,
    done: Option<&'static str>,
}

async fn page(house: &House, ui: Ui, me: Me, said: Said) -> Result<Response, Fault> {
    let devices = queries::devices(&house.db, me.id, house.clock.now()).await?;
    let Said { trouble, zone_trouble, done } = said;
    let status = if trouble.or(zone_trouble).is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    render_status(&AccountPage { ui, me, devices, trouble, zone_trouble, done }, status)
}

fn refused(trouble: &'static str) -> Said {
    Said { trouble: Some(trouble), ..Said::default() }
}

#[derive(Deserialize)]
pub struct ChangeZone {
    #[serde(default)]
    zone: String,
}

/// The clock on which this person reads every time, in pages and in mails.
pub async fn change_zone(State(house): State<House>, ui: Ui, me: Me, Form(form): Form<ChangeZone>) -> Result<Response, Fault> {
    if !zones().contains(&form.zone) {
        return page(&house, ui, me, Said { zone_trouble: Some("account-zone-unknown"), ..Said::default() }).await;
    }
    let tx = house.db.write().await?;
    queries::set_zone(&tx, me.id, &form.zone).await?;
    tx.commit(Deed::new(me.id, "zone.change", format!("person/{}", me.id))).await?;
    let me = Me { zone: form.zone, ..me };
    page(&house, ui, me, Said { done: Some("account-zone-changed"), ..Said::default() }).await
}

pub async fn account(State(house): State<House>, ui: Ui, me: Me) -> Result<Response, Fault> {
    page(&house, ui, me, Said::default()).await
}

#[derive(Deserialize)]
pub struct ChangePassword {
    current: String,
    password: String,
    again: String,
}

pub async fn change_password(State(house): State<House>, ui: Ui, me: Me, Form(form): Form<ChangePassword>) -> Result<Response, Fault> {
    let stored = queries::password_hash(&house.db, me.id).await?;
    if !house.passwords.verify(&form.current, stored).await? {
        return page(&house, ui, me, refused("password-current-wrong")).await;
    }
    if let Some(trouble) = password_trouble(&form.password, &form.again) {
        return page(&house, ui, me, refused(trouble)).await;
    }
    let hash = house.passwords.hash(&form.password).await?;
    let tx = house.db.write().await?;
    queries::set_password(&tx, me.id, me.sign_in, hash, house.clock.now()).await?;
    tx.commit(Deed::new(me.id, "password.change", format!("person/{}", me.id))).await?;
    page(&house, ui, me, Said { done: Some("password-changed"), ..Said::default() }).await
}

/// Signs another device of mine out.
pub async fn end_device(State(house): State<House>, me: Me, Path(device): Path<i64>) -> Result<Response, Fault> {
    let tx = house.db.write().await?;
    if !sign_in::revoke(&tx, device, me.id, house.clock.now()).await? {
        return Ok(not_found());
    }
    tx.commit(Deed::new(me.id, "sign_in.revoke", format!("sign_in/{device}"))).await?;
    Ok(Redirect::to("/account").into_response())
}
