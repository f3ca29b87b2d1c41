//! What visitors read of the practice: its colours, its welcome, when and where it can be reached.

use askama::Template;
use axum::{Form, extract::State, http::StatusCode, response::Response};
use ground::{Deed, Fault, House, Me, PALETTES, Practice, Ui, accounts, web::render_status};
use serde::Deserialize;

use super::queries;

const WELCOME_CHARS: usize = 600;
const TEXT_CHARS: usize = 300;

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct PublicForm {
    pub palette: String,
    pub welcome_en: String,
    pub welcome_es: String,
    pub hours_en: String,
    pub hours_es: String,
    pub address: String,
    pub email: String,
}

#[derive(Template)]
#[template(path = "practice/public.html")]
pub struct PublicPage {
    pub ui: Ui,
    pub typed: PublicForm,
    pub kept: bool,
    pub trouble: Option<&'static str>,
}

pub async fn form(State(house): State<House>, ui: Ui) -> Result<Response, Fault> {
    let Practice { palette, welcome_en, welcome_es, hours_en, hours_es, address, public_email: email, .. } = house.practice();
    let typed = PublicForm { palette, welcome_en, welcome_es, hours_en, hours_es, address, email };
    render_status(&PublicPage { ui, typed, kept: false, trouble: None }, StatusCode::OK)
}

/// What is said from now on; everything else of the practice stays as it was.
fn read(typed: &PublicForm, before: Practice) -> Result<Practice, &'static str> {
    let unfit = |text: &str, most: usize| text.chars().count() > most || text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r'));
    // The name becomes part of a page's class, so only ours are taken.
    if !PALETTES.contains(&typed.palette.as_str()) {
        return Err("public-palette-missing");
    }
    if [&typed.welcome_en, &typed.welcome_es].iter().any(|text| unfit(text, WELCOME_CHARS)) {
        return Err("public-welcome-long");
    }
    if [&typed.hours_en, &typed.hours_es, &typed.address].iter().any(|text| unfit(text, TEXT_CHARS)) {
        return Err("public-text-long");
    }
    let public_email = match typed.email.trim() {
        "" => String::new(),
        // A link that begins with mailto must not carry a subject or other receivers of somebody's making.
        email if email.contains(['?', '&', ',', '%', '<', '>', '"']) => return Err("public-email-unreadable"),
        email => accounts::email(email).ok_or("public-email-unreadable")?,
    };
    let text = |text: &str| text.trim().replace("\r\n", "\n");
    Ok(Practice {
        palette: typed.palette.clone(),
        welcome_en: text(&typed.welcome_en),
        welcome_es: text(&typed.welcome_es),
        hours_en: text(&typed.hours_en),
        hours_es: text(&typed.hours_es),
        address: text(&typed.address),
        public_email,
        ..before
    })
}

pub async fn keep(State(house): State<House>, ui: Ui, me: Me, Form(typed): Form<PublicForm>) -> Result<Response, Fault> {
    let practice = match read(&typed, house.practice()) {
        Ok(practice) => practice,
        Err(trouble) => {
            let page = PublicPage { ui, typed, kept: false, trouble: Some(trouble) };
            return render_status(&page, StatusCode::UNPROCESSABLE_ENTITY);
        }
    };
    let tx = house.db.write().await?;
    queries::keep(&tx, &practice).await?;
    queries::keep_public(&tx, &practice).await?;
    tx.commit(Deed::new(me.id, "practice.public", "practice")).await?;
    house.set_practice(practice.clone());
    let ui = Ui { practice, ..ui };
    render_status(&PublicPage { ui, typed, kept: true, trouble: None }, StatusCode::OK)
}

#[cfg(test)]
mod tests {
    use ground::{Language, Role};

    use super::*;

    fn typed() -> PublicForm {
        PublicForm {
            palette: "sky".into(),
            welcome_en: " Come in.\r\nSit. ".into(),
            email: "Office@Lantern.example".into(),
            ..PublicForm::default()
        }
    }

    #[test]
    fn what_fits_is_kept_and_the_rest_of_the_practice_stays() {
        let before = Practice { name: "Lantern House".into(), phone: "1".into(), class_direct: 1, ..Practice::default() };
        let kept = read(&typed(), before).unwrap();
        assert_eq!((kept.name.as_str(), kept.phone.as_str(), kept.class_direct), ("Lantern House", "1", 1));
        assert_eq!(kept.palette, "sky");
        assert_eq!(kept.welcome_en, "Come in.\nSit.");
        assert_eq!(kept.public_email, "office@lantern.example");
        assert_eq!(kept.address, "");
    }

    #[test]
    fn what_does_not_fit_is_named() {
        let long = "x".repeat(601);
        for (form, key) in [
            (PublicForm { palette: "".into(), ..typed() }, "public-palette-missing"),
            (PublicForm { palette: "sky\" onload=\"".into(), ..typed() }, "public-palette-missing"),
            (PublicForm { welcome_en: long.clone(), ..typed() }, "public-welcome-long"),
            (PublicForm { welcome_es: "\u{7}".into(), ..typed() }, "public-welcome-long"),
            (PublicForm { hours_en: long[..301].into(), ..typed() }, "public-text-long"),
            (PublicForm { hours_es: long[..301].into(), ..typed() }, "public-text-long"),
            (PublicForm { address: long[..301].into(), ..typed() }, "public-text-long"),
            (PublicForm { email: "nobody".into(), ..typed() }, "public-email-unreadable"),
            (PublicForm { email: "a@b.example?bcc=c@d.example".into(), ..typed() }, "public-email-unreadable"),
            (PublicForm { email: "a@b.example,c.example".into(), ..typed() }, "public-email-unreadable"),
        ] {
            assert_eq!(read(&form, Practice::default()).err(), Some(key), "{form:?}");
        }
    }

    #[test]
    fn the_page_keeps_what_was_typed_and_marks_the_colours() {
        for language in Language::ALL {
            let ui = Ui::sample(language, Some(Role::Administrator));
            let form = PublicForm { address: "1 <Quiet> Lane".into(), ..typed() };
            let page = PublicPage { ui, typed: form, kept: false, trouble: Some("public-text-long") }.render().unwrap();
            assert!(page.contains("1 &#60;Quiet&#62; Lane") && page.contains("value=\"sky\" checked"));
            for name in PALETTES {
                assert!(page.contains(&language.t(&format!("palette-{name}"))), "{name}");
                assert!(language.knows(&format!("palette-{name}")), "{name}");
            }
        }
    }
}
