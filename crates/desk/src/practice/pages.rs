use askama::Template;
use axum::{Form, extract::State, http::StatusCode, response::Response};
use care::{documents::Kind, guardian::LOWEST, names};
use ground::{Deed, Fault, House, Me, Practice, Ui, documents, web::render_status, when};
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
    /// Who decided that people under 18 are taken with a guardian's consent; empty as long as nobody has.
    #[serde(default)]
    pub guardian_by: String,
    #[serde(default)]
    pub guardian_lowest: String,
}

impl PracticePage {
    fn ages(&self) -> Vec<String> {
        LOWEST.iter().map(i64::to_string).collect()
    }
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
    let Practice { name, phone, zone, class_decided_by: class_by, class_direct, guardian_decided_by: guardian_by, guardian_lowest, .. } =
        house.practice();
    let guardian_lowest = if guardian_lowest == 0 { String::new() } else { guardian_lowest.to_string() };
    let class_direct = if class_direct == 1 { "on".to_owned() } else { String::new() };
    let typed = PracticeForm { name, phone, zone, class_by, class_direct, guardian_by, guardian_lowest };
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
    let guardian_by = typed.guardian_by.trim();
    if guardian_by.is_empty() != typed.guardian_lowest.is_empty() || !guardian_by.is_empty() && !names::fits(guardian_by, NAME_CHARS) {
        return Some("practice-guardian-both");
    }
    if !typed.guardian_lowest.is_empty() && lowest(typed) == 0 {
        return Some("practice-guardian-both");
    }
    jiff::tz::TimeZone::get(typed.zone.trim()).is_err().then_some("practice-zone-unknown")
}

fn lowest(typed: &PracticeForm) -> i64 {
    typed.guardian_lowest.parse().ok().filter(|age| LOWEST.contains(age)).unwrap_or(0)
}

/// Such a judgement is somebody's, made on a day; another name is another judgement (E3).
fn decided_on(by: &str, before: (&str, &str), today: &str) -> String {
    match by.trim() {
        "" => String::new(),
        same if same == before.0 => before.1.to_owned(),
        _ => today.to_owned(),
    }
}

/// The country stays what it was: it is chosen where its crisis lines are.
pub async fn keep(State(house): State<House>, ui: Ui, me: Me, Form(typed): Form<PracticeForm>) -> Result<Response, Fault> {
    let mut trouble = trouble(&typed);
    // A guardian consents to a text that the practice stands by, not to a draft.
    if trouble.is_none() && lowest(&typed) > 0 && documents::in_force(&house.db, Kind::Telehealth).await?.is_none() {
        trouble = Some("practice-guardian-text");
    }
    if let Some(trouble) = trouble {
        let page = PracticePage { ui, typed, kept: false, trouble: Some(trouble) };
        return render_status(&page, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let text = |text: &str| text.trim().to_owned();
    let before = house.practice();
    let today = when::date(house.clock.now(), &before.zone);
    let practice = Practice {
        name: text(&typed.name),
        phone: text(&typed.phone),
        zone: text(&typed.zone),
        class_decided_by: text(&typed.class_by),
        class_decided_on: decided_on(&typed.class_by, (&before.class_decided_by, &before.class_decided_on), &today),
        guardian_decided_by: text(&typed.guardian_by),
        guardian_decided_on: decided_on(&typed.guardian_by, (&before.guardian_decided_by, &before.guardian_decided_on), &today),
        guardian_lowest: lowest(&typed),
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
        let minors = |by: &str, lowest: &str| {
            let guardian =
                PracticeForm { guardian_by: by.into(), guardian_lowest: lowest.into(), ..typed("Hearth", "+1 555 010 0199", "UTC") };
            trouble(&guardian)
        };
        assert_eq!((minors("", ""), minors("Dr. Osei", "16")), (None, None));
        for (by, lowest) in [("Dr. Osei", ""), ("", "16"), ("Dr. Osei", "12"), ("Dr. Osei", "18"), ("\u{200b}", "16")] {
            assert_eq!(minors(by, lowest), Some("practice-guardian-both"), "{by} {lowest}");
        }
        for language in Language::ALL {
            let ui = Ui::sample(language, Some(Role::Administrator));
            let page = PracticePage { ui, typed: typed("Kept", "1", "x"), kept: false, trouble: Some("practice-unfit") };
            assert!(page.render().unwrap().contains("Kept"));
        }
    }

    #[test]
    fn a_judgement_keeps_its_day_until_it_is_another_one() {
        let by = |name: &str| decided_on(name, ("Dr. Osei", "2026-09-01"), "2026-11-25");
        assert_eq!((by("Dr. Osei ").as_str(), by("Dr. Sato").as_str(), by("").as_str()), ("2026-09-01", "2026-11-25", ""));
    }
}
