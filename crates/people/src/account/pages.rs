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
    pub changed: bool,
}

impl AccountPage {
    fn device(&self, device: &Device) -> String {
        let name = device::name(&device.device);
        if name.is_empty() { self.ui.t("devices-unknown") } else { name }
    }

    fn seen(&self, device: &Device) -> String {
        when::moment(self.ui.language, device.seen_at, &self.me.zone)
    }
}

async fn page(house: &House, ui: Ui, me: Me, trouble: Option<&'static str>, changed: bool) -> Result<Response, Fault> {
    let devices = queries::devices(&house.db, me.id, house.clock.now()).await?;
    let status = if trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    render_status(&AccountPage { ui, me, devices, trouble, changed }, status)
}

pub async fn account(State(house): State<House>, ui: Ui, me: Me) -> Result<Response, Fault> {
    page(&house, ui, me, None, false).await
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
        return page(&house, ui, me, Some("password-current-wrong"), false).await;
    }
    if let Some(trouble) = password_trouble(&form.password, &form.again) {
        return page(&house, ui, me, Some(trouble), false).await;
    }
    let hash = house.passwords.hash(&form.password).await?;
    let tx = house.db.write().await?;
    queries::set_password(&tx, me.id, me.sign_in, hash, house.clock.now()).await?;
    tx.commit(Deed::new(me.id, "password.change", format!("person/{}", me.id))).await?;
    page(&house, ui, me, None, true).await
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
