//! What somebody who works here shows of themselves. Theirs alone to decide: the office cannot tick it for them.

use askama::Template;
use axum::{Form, extract::State, http::StatusCode, response::Response};
use ground::{Deed, Fault, House, Me, Ui, web::render_status};
use serde::Deserialize;

use super::queries::{self, Profile};

const ABOUT_CHARS: usize = 800;
const LANGUAGES_CHARS: usize = 100;

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ProfileForm {
    pub shown: String,
    pub about_en: String,
    pub about_es: String,
    pub languages: String,
}

#[derive(Template)]
#[template(path = "public/profile.html")]
pub struct ProfilePage {
    pub ui: Ui,
    pub me: Me,
    pub typed: ProfileForm,
    pub kept: bool,
    pub trouble: Option<&'static str>,
}

pub async fn form(State(house): State<House>, ui: Ui, me: Me) -> Result<Response, Fault> {
    let typed = match queries::profile(&house.db, me.id).await? {
        Some(Profile { shown, about_en, about_es, languages }) => {
            ProfileForm { shown: if shown == 1 { "on".into() } else { String::new() }, about_en, about_es, languages }
        }
        None => ProfileForm::default(),
    };
    render_status(&ProfilePage { ui, me, typed, kept: false, trouble: None }, StatusCode::OK)
}

fn read(typed: &ProfileForm) -> Result<Profile, &'static str> {
    let unfit = |text: &str, most: usize| text.chars().count() > most || text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r'));
    if unfit(&typed.about_en, ABOUT_CHARS) || unfit(&typed.about_es, ABOUT_CHARS) {
        return Err("profile-about-long");
    }
    if unfit(&typed.languages, LANGUAGES_CHARS) || typed.languages.contains(['\n', '\r']) {
        return Err("profile-languages-long");
    }
    let text = |text: &str| text.trim().replace("\r\n", "\n");
    Ok(Profile {
        shown: i64::from(!typed.shown.is_empty()),
        about_en: text(&typed.about_en),
        about_es: text(&typed.about_es),
        languages: text(&typed.languages),
    })
}

pub async fn keep(State(house): State<House>, ui: Ui, me: Me, Form(typed): Form<ProfileForm>) -> Result<Response, Fault> {
    let profile = match read(&typed) {
        Ok(profile) => profile,
        Err(trouble) => {
            let page = ProfilePage { ui, me, typed, kept: false, trouble: Some(trouble) };
            return render_status(&page, StatusCode::UNPROCESSABLE_ENTITY);
        }
    };
    let action = if profile.shown == 1 { "profile.show" } else { "profile.hide" };
    let tx = house.db.write().await?;
    queries::keep(&tx, me.id, profile, house.clock.now()).await?;
    tx.commit(Deed::new(me.id, action, format!("person/{}", me.id))).await?;
    render_status(&ProfilePage { ui, me, typed, kept: true, trouble: None }, StatusCode::OK)
}

#[cfg(test)]
mod tests {
    use ground::{Language, Role};

    use super::*;

    fn typed(about: &str, languages: &str) -> ProfileForm {
        ProfileForm { shown: "on".into(), about_en: about.into(), languages: languages.into(), ..ProfileForm::default() }
    }

    #[test]
    fn what_does_not_fit_is_named() {
        for (form, answer) in [
            (typed("", ""), None),
            (typed("Two\r\nlines ", "English"), None),
            (typed(&"ñ".repeat(800), &"x".repeat(100)), None),
            (typed(&"x".repeat(801), ""), Some("profile-about-long")),
            (typed("a\u{0}", ""), Some("profile-about-long")),
            (ProfileForm { about_es: "x".repeat(801), ..ProfileForm::default() }, Some("profile-about-long")),
            (typed("", &"x".repeat(101)), Some("profile-languages-long")),
            (typed("", "English\nTwi"), Some("profile-languages-long")),
        ] {
            assert_eq!(read(&form).err(), answer, "{form:?}");
        }
        let kept = read(&typed(" Two\r\nlines ", " English ")).unwrap();
        assert_eq!((kept.shown, kept.about_en.as_str(), kept.languages.as_str()), (1, "Two\nlines", "English"));
        assert_eq!(read(&ProfileForm::default()).unwrap().shown, 0, "nobody is shown who did not tick it");
    }

    #[test]
    fn what_was_typed_is_still_there() {
        for language in Language::ALL {
            let ui = Ui::sample(language, Some(Role::Clinician));
            let me = ui.me.clone().unwrap();
            let page = ProfilePage { ui, me, typed: typed("Kept <b>", "Twi"), kept: false, trouble: Some("profile-about-long") };
            let page = page.render().unwrap();
            for part in ["Kept &#60;b&#62;", "value=\"Twi\"", " checked", "role=\"alert\""] {
                assert!(page.contains(part), "{part}");
            }
        }
    }
}
