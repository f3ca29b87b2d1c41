use askama::Template;
use axum::{
    Form,
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{AppendHeaders, IntoResponse, Redirect, Response},
};
use ground::{Deed, Fault, House, Language, Role, Ui, not_found, render};
use serde::Deserialize;

use super::queries::{self, DemoPerson};

#[derive(Template)]
#[template(path = "start/start.html")]
pub struct StartPage {
    pub ui: Ui,
    pub people: Vec<DemoPerson>,
}

#[cfg(test)]
impl StartPage {
    pub fn sample(ui: Ui) -> StartPage {
        let people = vec![DemoPerson { id: 1, name: "Dr. Amara Osei".into(), role: "clinician".into() }];
        StartPage { ui, people }
    }
}

pub async fn start(State(house): State<House>, ui: Ui) -> Result<Response, Fault> {
    if ui.me.is_some() && !house.config.demo {
        return Ok(Redirect::to("/today").into_response());
    }
    let people = if house.config.demo { queries::demo_people(&house.db).await? } else { Vec::new() };
    render(&StartPage { ui, people })
}

#[derive(Deserialize)]
pub struct DemoSignIn {
    person: i64,
}

/// One click per role. It exists in the demo only.
pub async fn demo_sign_in(State(house): State<House>, headers: HeaderMap, Form(form): Form<DemoSignIn>) -> Result<Response, Fault> {
    if !house.config.demo {
        return Ok(not_found());
    }
    let Some(role) = queries::role_of(&house.db, form.person).await? else { return Ok(not_found()) };
    let tx = house.db.write().await?;
    let cookie = ground::sign_in::begin(&house, &tx, form.person, role, device(&headers)).await?;
    tx.commit(Deed::new(form.person, "sign_in.demo", format!("person/{}", form.person))).await?;
    Ok((AppendHeaders([(header::SET_COOKIE, cookie)]), Redirect::to("/today")).into_response())
}

pub fn device(headers: &HeaderMap) -> &str {
    headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

#[derive(Deserialize)]
pub struct ChooseLanguage {
    language: String,
    back: String,
}

/// Kept with the person when somebody is signed in, else in a cookie.
pub async fn language(State(house): State<House>, ui: Ui, Form(form): Form<ChooseLanguage>) -> Result<Response, Fault> {
    let language = Language::parse(&form.language);
    if let Some(me) = &ui.me {
        let tx = house.db.write().await?;
        queries::set_language(&tx, me.id, language.code()).await?;
        tx.commit(Deed::new(me.id, "person.language", format!("person/{}", me.id))).await?;
    }
    let cookie = HeaderValue::from_str(&format!("language={}; Path=/; SameSite=Lax; Max-Age=31536000", language.code()));
    let cookie = cookie.map_err(|_| Fault::Other("a cookie could not be written"))?;
    Ok((
        StatusCode::SEE_OTHER,
        [
            (header::SET_COOKIE, cookie),
            (header::LOCATION, HeaderValue::from_str(own_path(&form.back)).unwrap_or(HeaderValue::from_static("/"))),
        ],
    )
        .into_response())
}

/// A path of ours to go on to; never another site.
pub fn own_path(path: &str) -> &str {
    let safe = path.starts_with('/') && !path.starts_with("//") && !path.contains(['\\', '\r', '\n']);
    if safe { path } else { "/" }
}

impl StartPage {
    fn role_key(&self, person: &DemoPerson) -> String {
        format!("role-{}", Role::parse(&person.role).map_or("member", Role::word).replace('_', "-"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_of_ours_are_followed() {
        assert_eq!(own_path("/today"), "/today");
        for foreign in ["//evil.example", "https://evil.example", "\\\\evil", "/\\evil", "", "/a\r\nSet-Cookie: x"] {
            assert_eq!(own_path(foreign), "/", "{foreign:?}");
        }
    }

    #[test]
    fn the_page_renders_for_visitors_in_both_languages() {
        for language in Language::ALL {
            let page = StartPage::sample(Ui::sample(language, None)).render().unwrap();
            for part in ["988", "href=\"/find\"", "hx-get=\"/find/open\"", "href=\"/contact\"", "tel:+15550100", "og:description"] {
                assert!(page.contains(part), "{part}");
            }
            assert!(page.contains("href=\"/sign-in\">") && !page.contains("/demo/sign-in"), "a practice has no roles to try");
            assert_eq!(page.matches("<li class=\"card\">").count(), 3, "three steps");
        }
    }

    #[test]
    fn the_practice_welcomes_in_its_own_words_and_the_demo_keeps_its_roles() {
        for language in Language::ALL {
            let mut ui = Ui::sample(language, None);
            ui.practice.welcome_en = "Come <in>.".into();
            ui.demo = true;
            let page = StartPage::sample(ui).render().unwrap();
            assert!(page.contains("Come &#60;in&#62;."), "one language is better than none");
            let (welcome, roles) = (page.find("Come &#60;in").unwrap(), page.find("/demo/sign-in").unwrap());
            assert!(welcome < roles, "the roles stay below");
        }
    }
}
