use askama::Template;
use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use ground::{Fault, House, Me, Role, Ui, render, web::hashed};
use serde_json::json;

use crate::reminders::words;

#[derive(Template)]
#[template(path = "phone/phone.html")]
pub struct PhonePage {
    pub ui: Ui,
    pub me: Me,
}

impl PhonePage {
    /// What can be kept on the device; members have more to keep.
    fn pages(&self) -> &'static str {
        if self.me.role == Role::Member { "/safety-plan /homework /calendar" } else { "/calendar" }
    }

    fn what(&self) -> String {
        self.ui.t(if self.me.role == Role::Member { "phone-keep-member" } else { "phone-keep-other" })
    }

    fn script(&self) -> String {
        hashed("keep-plan.js")
    }
}

pub async fn page(ui: Ui, me: Me) -> Result<Response, Fault> {
    render(&PhonePage { ui, me })
}

/// What a browser needs to put the practice on the home screen. Its name is the practice's: nothing there says what it is for (S5).
pub async fn manifest(State(house): State<House>) -> Response {
    let name = house.practice().name;
    let manifest = json!({
        "name": name,
        "short_name": name.chars().take(12).collect::<String>(),
        "start_url": "/today",
        "scope": "/",
        "display": "standalone",
        "background_color": "#fbf8f2",
        "theme_color": "#fbf8f2",
        "icons": [{"src": "/assets/mark.svg", "type": "image/svg+xml", "sizes": "any", "purpose": "any"}],
    });
    let kind = [(header::CONTENT_TYPE, "application/manifest+json"), (header::CACHE_CONTROL, "max-age=3600")];
    (kind, manifest.to_string()).into_response()
}

/// The worker of this device: pages that are kept on it, and notices. It stands at the root, because only from there it may answer for every page.
/// What it says when it cannot ask us is in it, with the practice's name; a changed name is a changed worker.
pub async fn worker(State(house): State<House>) -> Response {
    let kind = [(header::CONTENT_TYPE, "text/javascript; charset=utf-8"), (header::CACHE_CONTROL, "no-cache")];
    (kind, include_str!("worker.js").replacen("{/*words*/}", &words(&house), 1)).into_response()
}

#[cfg(test)]
mod tests {
    use ground::Language;

    use super::*;

    #[test]
    fn members_keep_plan_homework_and_calendar_and_others_the_calendar() {
        for language in Language::ALL {
            for role in Role::ALL {
                let ui = Ui::sample(language, Some(role));
                let page = PhonePage { me: ui.me.clone().unwrap(), ui };
                let html = page.render().unwrap();
                assert_eq!(html.contains("data-keep=\"/safety-plan /homework /calendar\""), role == Role::Member);
                assert!(html.contains("/calendar\"") && html.contains(&page.ui.t("phone-install")));
            }
        }
    }
}
