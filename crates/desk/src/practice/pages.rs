use askama::Template;
use axum::{Form, extract::State, http::StatusCode, response::Response};
use care::names;
use ground::{Deed, Fault, House, Me, Practice, Ui, web::render_status};
use serde::Deserialize;

use super::queries;

const NAME_CHARS: usize = 80;

#[derive(Debug, Clone, Default, Deserialize)]
pub struct PracticeForm {
    #[serde(default)]
    pub name: String,
    #[serde(default)]
    pub phone: String,
    #[serde(default)]
    pub zone: String,
}

#[derive(Template)]
#[template(path = "practice/practice.html")]
pub struct PracticePage {
    pub ui: Ui,
    pub typed: PracticeForm,
    pub kept: bool,
    pub trouble: Option<&'static str>,
}

pub async fn form(State(house): State<House>, ui: Ui) -> Result<Response, Fault> {
    let Practice { name, phone, zone, .. } = house.practice();
    render_status(&PracticePage { ui, typed: PracticeForm { name, phone, zone }, kept: false, trouble: None }, StatusCode::OK)
}

fn trouble(typed: &PracticeForm) -> Option<&'static str> {
    let digits = typed.phone.chars().filter(char::is_ascii_digit).count();
    let name = typed.name.trim();
    if !names::fits(name, NAME_CHARS) || !(7..=15).contains(&digits) {
        return Some("practice-unfit");
    }
    jiff::tz::TimeZone::get(typed.zone.trim()).is_err().then_some("practice-zone-unknown")
}

/// Crisis lines follow the country; it stays what it was until other countries' lines can be entered with their source.
pub async fn keep(State(house): State<House>, ui: Ui, me: Me, Form(typed): Form<PracticeForm>) -> Result<Response, Fault> {
    if let Some(trouble) = trouble(&typed) {
        let page = PracticePage { ui, typed, kept: false, trouble: Some(trouble) };
        return render_status(&page, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let text = |text: &str| text.trim().to_owned();
    let practice =
        Practice { name: text(&typed.name), phone: text(&typed.phone), zone: text(&typed.zone), country: house.practice().country };
    let tx = house.db.write().await?;
    queries::keep(&tx, &practice).await?;
    tx.commit(Deed::new(me.id, "practice.change", "practice")).await?;
    house.set_practice(practice.clone());
    let ui = Ui { practice, ..ui };
    render_status(&PracticePage { ui, typed, kept: true, trouble: None }, StatusCode::OK)
}

#[cfg(test)]
mod tests {
    use ground::{Language, Role};

    use super::*;

    #[test]
    fn what_does_not_fit_is_named_and_kept() {
        let typed = |name: &str, phone: &str, zone: &str| PracticeForm { name: name.into(), phone: phone.into(), zone: zone.into() };
        assert_eq!(trouble(&typed("Hearth", "+1 555 010 0199", "America/New_York")), None);
        assert_eq!(trouble(&typed("", "+1 555 010 0199", "UTC")), Some("practice-unfit"));
        assert_eq!(trouble(&typed("Hearth", "call us", "UTC")), Some("practice-unfit"));
        assert_eq!(trouble(&typed("Hearth", "+1 555 010 0199", "Moon/Base")), Some("practice-zone-unknown"));
        for language in Language::ALL {
            let ui = Ui::sample(language, Some(Role::Administrator));
            let page = PracticePage { ui, typed: typed("Kept", "1", "x"), kept: false, trouble: Some("practice-unfit") };
            assert!(page.render().unwrap().contains("Kept"));
        }
    }
}
