use askama::Template;
use axum::{Form, extract::State, http::StatusCode, response::Response};
use care::names;
use ground::{Deed, Fault, House, Me, Practice, Ui, web::render_status, when};
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
    /// Who decided that classes are instruction; empty as long as nobody has.
    #[serde(default)]
    pub class_by: String,
    #[serde(default)]
    pub class_direct: String,
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
    let Practice { name, phone, zone, class_decided_by: class_by, class_direct, .. } = house.practice();
    let class_direct = if class_direct == 1 { "on".to_owned() } else { String::new() };
    let typed = PracticeForm { name, phone, zone, class_by, class_direct };
    render_status(&PracticePage { ui, typed, kept: false, trouble: None }, StatusCode::OK)
}

fn trouble(typed: &PracticeForm) -> Option<&'static str> {
    let digits = typed.phone.chars().filter(char::is_ascii_digit).count();
    let name = typed.name.trim();
    if !names::fits(name, NAME_CHARS) || !(7..=15).contains(&digits) {
        return Some("practice-unfit");
    }
    let class_by = typed.class_by.trim();
    if !class_by.is_empty() && !names::fits(class_by, NAME_CHARS) {
        return Some("practice-class-name");
    }
    jiff::tz::TimeZone::get(typed.zone.trim()).is_err().then_some("practice-zone-unknown")
}

/// The judgement that a class is no therapy is somebody's, made on a day; another name is another judgement (E3).
fn decided_on(typed: &PracticeForm, before: &Practice, today: &str) -> String {
    match typed.class_by.trim() {
        "" => String::new(),
        same if same == before.class_decided_by => before.class_decided_on.clone(),
        _ => today.to_owned(),
    }
}

/// The country stays what it was: it is chosen where its crisis lines are.
pub async fn keep(State(house): State<House>, ui: Ui, me: Me, Form(typed): Form<PracticeForm>) -> Result<Response, Fault> {
    if let Some(trouble) = trouble(&typed) {
        let page = PracticePage { ui, typed, kept: false, trouble: Some(trouble) };
        return render_status(&page, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let text = |text: &str| text.trim().to_owned();
    let before = house.practice();
    let practice = Practice {
        name: text(&typed.name),
        phone: text(&typed.phone),
        zone: text(&typed.zone),
        class_decided_by: text(&typed.class_by),
        class_decided_on: decided_on(&typed, &before, &when::date(house.clock.now(), &before.zone)),
        class_direct: i64::from(!typed.class_direct.is_empty()),
        ..before.clone()
    };
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
        let typed = |name: &str, phone: &str, zone: &str| PracticeForm {
            name: name.into(),
            phone: phone.into(),
            zone: zone.into(),
            ..PracticeForm::default()
        };
        assert_eq!(trouble(&typed("Hearth", "+1 555 010 0199", "America/New_York")), None);
        assert_eq!(trouble(&typed("", "+1 555 010 0199", "UTC")), Some("practice-unfit"));
        assert_eq!(trouble(&typed("Hearth", "call us", "UTC")), Some("practice-unfit"));
        assert_eq!(trouble(&typed("Hearth", "+1 555 010 0199", "Moon/Base")), Some("practice-zone-unknown"));
        let classes = PracticeForm { class_by: "\u{200b}".into(), ..typed("Hearth", "+1 555 010 0199", "UTC") };
        assert_eq!(trouble(&classes), Some("practice-class-name"));
        for language in Language::ALL {
            let ui = Ui::sample(language, Some(Role::Administrator));
            let page = PracticePage { ui, typed: typed("Kept", "1", "x"), kept: false, trouble: Some("practice-unfit") };
            assert!(page.render().unwrap().contains("Kept"));
        }
    }

    #[test]
    fn a_judgement_keeps_its_day_until_it_is_another_one() {
        let before = Practice { class_decided_by: "Dr. Osei".into(), class_decided_on: "2026-09-01".into(), ..Practice::default() };
        let by = |name: &str| decided_on(&PracticeForm { class_by: name.into(), ..PracticeForm::default() }, &before, "2026-11-25");
        assert_eq!((by("Dr. Osei ").as_str(), by("Dr. Sato").as_str(), by("").as_str()), ("2026-09-01", "2026-11-25", ""));
    }
}
