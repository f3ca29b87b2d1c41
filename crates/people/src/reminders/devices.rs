//! Devices that tell their person that something waits: chosen on the device itself, listed, ended, and what a device asks after a knock.

use askama::Template;
use axum::{
    Form, Json,
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use ground::{
    Fault, House, Language, Me, Ui, not_found,
    push::{self, Device},
    reminders, when,
};
use serde::Deserialize;
use serde_json::json;

use super::pages::{Shown, page};
use crate::account::device;

/// The part of the page about devices.
#[derive(Debug, Clone, Default)]
pub struct Devices {
    pub all: Vec<Device>,
    /// This sign-in, by which a device knows itself in the list.
    pub sign_in: i64,
    pub zone: String,
    /// The practice's public key, which a browser subscribes with.
    pub key: String,
}

impl Devices {
    pub async fn of(house: &House, me: &Me) -> Result<Devices, Fault> {
        let all = push::devices(&house.db, me.id, house.clock.now()).await?;
        Ok(Devices { all, sign_in: me.sign_in, zone: me.zone.clone(), key: house.push.public() })
    }

    pub fn shown<'a>(&'a self, ui: &'a Ui) -> DevicesPart<'a> {
        DevicesPart { ui, of: self }
    }
}

#[derive(Template)]
#[template(path = "reminders/devices.html")]
pub struct DevicesPart<'a> {
    ui: &'a Ui,
    of: &'a Devices,
}

impl DevicesPart<'_> {
    fn name(&self, one: &Device) -> String {
        let name = device::name(&one.device);
        if name.is_empty() { self.ui.t("devices-unknown") } else { name }
    }

    fn since(&self, one: &Device) -> String {
        self.ui.t1("push-since", "when", when::day(self.ui.language, one.made_at, &self.of.zone))
    }

    fn is_this(&self, one: &Device) -> bool {
        one.sign_in_id == self.of.sign_in
    }

    /// Whether the server tells this device, as far as it knows.
    fn here(&self) -> &'static str {
        if self.of.all.iter().any(|one| self.is_this(one)) { "yes" } else { "no" }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Address {
    endpoint: String,
}

/// From now on this device is told. Its address comes from a browser, and from whoever can write one: it is one of a push service, or refused.
pub async fn begin(State(house): State<House>, ui: Ui, me: Me, Form(address): Form<Address>) -> Result<Response, Fault> {
    if push::begin(&house, &me, &address.endpoint).await? {
        return Ok(Redirect::to("/account/reminders#devices").into_response());
    }
    page(&house, ui, me, Shown { typed: None, saved: false, trouble: Some("push-unknown-service") }).await
}

pub async fn end(State(house): State<House>, me: Me, Path(device): Path<i64>) -> Result<Response, Fault> {
    if !push::end(&house, me.id, device).await? {
        return Ok(not_found());
    }
    Ok(Redirect::to("/account/reminders#devices").into_response())
}

/// A browser that has an address already asks whether it still tells whoever is signed in.
pub async fn here(State(house): State<House>, me: Me, Form(address): Form<Address>) -> Result<Response, Fault> {
    Ok(Json(json!({ "mine": push::here(&house, &me, &address.endpoint).await? })).into_response())
}

/// After a knock: one neutral sentence, and the number for the icon.
pub async fn waiting(State(house): State<House>, me: Me) -> Result<Response, Fault> {
    let told = reminders::told(&house, &me).await?;
    Ok(Json(json!({ "text": told.text, "count": told.count, "language": me.language.code() })).into_response())
}

/// Where the sentence leads. It may be after signing in, so the device itself need not know.
pub async fn open(State(house): State<House>, me: Me) -> Result<Response, Fault> {
    Ok(Redirect::to(reminders::told(&house, &me).await?.page).into_response())
}

/// What a worker says that cannot ask us: as JSON, by language.
pub fn words(house: &House) -> String {
    let all = Language::ALL.map(|language| (language.code().to_owned(), json!(language.t("push-waiting"))));
    let text: serde_json::Map<String, serde_json::Value> = all.into_iter().collect();
    json!({ "title": house.practice().name, "text": text }).to_string()
}

#[cfg(test)]
mod tests {
    use ground::{Moment, Role};

    use super::*;

    const NOW: Moment = Moment(1_795_000_000_000_000);

    fn one(id: i64, sign_in_id: i64, says: &str) -> Device {
        Device { id, device: says.into(), made_at: NOW, sign_in_id }
    }

    fn html(language: Language, all: Vec<Device>) -> String {
        let ui = Ui::sample(language, Some(Role::Member));
        let devices = Devices { all, sign_in: 5, zone: "America/New_York".into(), key: "BKey-_".into() };
        devices.shown(&ui).render().unwrap()
    }

    #[test]
    fn every_state_of_a_device_has_its_sentence_and_so_has_a_browser_without_scripts() {
        for language in Language::ALL {
            let html = html(language, vec![]);
            for state in ["on", "off", "blocked", "apple", "unable"] {
                assert!(html.contains(&format!("data-when=\"{state}\"")), "{state}");
            }
            assert!(html.contains("<noscript>") && html.contains("data-key=\"BKey-_\"") && html.contains("data-here=\"no\""));
            assert!(!html.contains("push-s") && !html.contains("push-n"), "every sentence is there");
        }
    }

    #[test]
    fn each_device_is_named_and_can_be_ended_and_this_one_is_marked() {
        for language in Language::ALL {
            let firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
            let html = html(language, vec![one(11, 5, firefox), one(12, 6, "<odd>")]);
            assert!(html.contains("Firefox, Linux") && html.contains(&language.t("devices-unknown")) && !html.contains("<odd>"));
            assert!(html.contains("data-here=\"yes\""));
            assert_eq!(html.matches("class=\"chip sage\"").count(), 2, "one in the list, one in the state");
            for id in [11, 12] {
                assert_eq!(html.matches(&format!("action=\"/account/push-devices/{id}/end\"")).count(), 1 + usize::from(id == 11), "{id}");
            }
        }
    }
}
