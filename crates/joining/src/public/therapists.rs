use std::collections::HashMap;

use askama::Template;
use axum::{extract::State, response::Response};
use care::licensing;
use ground::{Fault, House, Language, Role, Ui, render, when};

use super::queries;

/// One person as the public may see them: nothing but what they ticked, and what the register says today.
#[derive(Debug, Clone)]
pub struct Therapist {
    pub name: String,
    pub role: String,
    pub about: String,
    pub languages: String,
    pub places: String,
}

#[derive(Template)]
#[template(path = "public/therapists.html")]
pub struct TherapistsPage {
    pub ui: Ui,
    pub people: Vec<Therapist>,
}

fn in_language(language: Language, en: String, es: String) -> String {
    let (own, other) = if language == Language::Spanish { (es, en) } else { (en, es) };
    if own.is_empty() { other } else { own }
}

pub async fn all(State(house): State<House>, ui: Ui) -> Result<Response, Fault> {
    let tables = licensing::shipped()?;
    let today = when::date(house.clock.now(), &house.practice().zone);
    let mut places: HashMap<i64, Vec<String>> = HashMap::new();
    for held in queries::places(&house.db, &today).await? {
        // Compacts have no other name than their own.
        let name = tables.jurisdiction.iter().find(|place| place.code == held.jurisdiction).map(|place| place.name.clone());
        places.entry(held.person_id).or_default().push(name.unwrap_or(held.jurisdiction));
    }
    let shown = |leader: queries::Leader| Therapist {
        role: ui.t(&format!("public-{}", Role::parse(&leader.role).map_or("clinician", Role::word).replace('_', "-"))),
        about: in_language(ui.language, leader.about_en, leader.about_es),
        places: places.remove(&leader.id).unwrap_or_default().join(", "),
        name: leader.name,
        languages: leader.languages,
    };
    let people = queries::leaders(&house.db).await?.into_iter().map(shown).collect();
    render(&TherapistsPage { ui, people })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn amara() -> Therapist {
        Therapist {
            name: "Dr. Amara Osei".into(),
            role: "Clinician".into(),
            about: "I like <small> groups.".into(),
            languages: "English, Twi".into(),
            places: "New York, PSYPACT".into(),
        }
    }

    #[test]
    fn nobody_one_and_many_are_shown() {
        for language in Language::ALL {
            for many in [0, 1, 25] {
                let page = TherapistsPage { ui: Ui::sample(language, None), people: vec![amara(); many] }.render().unwrap();
                assert_eq!(page.matches("Dr. Amara Osei").count(), many);
                assert_eq!(page.matches("I like &#60;small&#62; groups.").count(), many);
                assert_eq!(page.contains(&language.t("therapists-none")), many == 0);
                assert!(page.contains("href=\"/find\""));
            }
            let bare = Therapist { about: String::new(), languages: String::new(), places: String::new(), ..amara() };
            let page = TherapistsPage { ui: Ui::sample(language, None), people: vec![bare] }.render().unwrap();
            for key in ["therapists-places", "therapists-languages"] {
                assert!(!page.contains(&language.t(key)), "no label without its words: {key}");
            }
        }
    }

    #[test]
    fn every_role_that_leads_has_its_word() {
        for role in Role::ALL.into_iter().filter(|role| role.is_staff()) {
            for language in Language::ALL {
                assert!(language.knows(&format!("public-{}", role.word().replace('_', "-"))), "{role:?}");
            }
        }
    }

    #[test]
    fn one_language_is_better_than_none() {
        let said = |language, en: &str, es: &str| in_language(language, en.into(), es.into());
        assert_eq!(said(Language::English, "hello", "hola"), "hello");
        assert_eq!(said(Language::Spanish, "hello", "hola"), "hola");
        assert_eq!(said(Language::Spanish, "hello", ""), "hello");
        assert_eq!(said(Language::English, "", "hola"), "hola");
        assert_eq!(said(Language::English, "", ""), "");
    }
}
