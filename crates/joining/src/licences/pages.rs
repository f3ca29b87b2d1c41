use askama::Template;
use axum::{
    Form,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use care::licensing::{self, Kind, Tables};
use ground::{Deed, Fault, House, Me, Ui, web::render_status};
use serde::Deserialize;

use super::queries::{self, Leader, Licence, RunsOut};

const TEXT_CHARS: usize = 200;

#[derive(Debug, Clone, Default, Deserialize)]
pub struct NewLicence {
    #[serde(default)]
    pub person: String,
    #[serde(default)]
    pub profession: String,
    #[serde(default)]
    pub jurisdiction: String,
    #[serde(default)]
    pub kind: String,
    #[serde(default)]
    pub number: String,
    #[serde(default)]
    pub valid_from: String,
    #[serde(default)]
    pub valid_to: String,
    #[serde(default)]
    pub verified_on: String,
    #[serde(default)]
    pub source: String,
}

/// An authority that runs out, and what it would close.
#[derive(Debug, Clone)]
pub struct Ending {
    pub authority: RunsOut,
    /// A word of `licensing::WARNINGS`.
    pub days: i32,
    /// Group, and the names of the places where nobody could lead it any more.
    pub closes: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "licences/licences.html")]
pub struct LicencesPage {
    pub ui: Ui,
    pub endings: Vec<Ending>,
    pub licences: Vec<Licence>,
    pub leaders: Vec<Leader>,
    /// Codes and names of places and compacts.
    pub places: Vec<(String, String)>,
    pub typed: NewLicence,
    pub trouble: Option<&'static str>,
}

impl LicencesPage {
    fn ends(&self, ending: &Ending) -> String {
        match ending.days {
            0 => self.ui.t("licence-over"),
            days => self.ui.t1("licence-ends-within", "days", days),
        }
    }

    fn is_chosen(&self, leader: &Leader) -> bool {
        self.typed.person == leader.id.to_string()
    }

    fn kind(&self, word: &str) -> String {
        self.ui.t(&format!("licence-{}", word.replace('_', "-")))
    }

    fn kinds(&self) -> [&'static str; 3] {
        ["licence", "compact_privilege", "exemption"]
    }
}

fn places(tables: &Tables) -> Vec<(String, String)> {
    let places = tables.jurisdiction.iter().map(|place| (place.code.clone(), place.name.clone()));
    places.chain(tables.compact.iter().map(|compact| (compact.name.clone(), compact.name.clone()))).collect()
}

async fn page(house: &House, ui: Ui, typed: NewLicence, trouble: Option<&'static str>) -> Result<Response, Fault> {
    let page = LicencesPage {
        endings: super::endings(house).await?,
        licences: queries::all(&house.db).await?,
        leaders: queries::clinicians(&house.db).await?,
        places: places(&licensing::shipped()?),
        ui,
        typed,
        trouble,
    };
    render_status(&page, if trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK })
}

pub async fn all(State(house): State<House>, ui: Ui) -> Result<Response, Fault> {
    page(&house, ui, NewLicence::default(), None).await
}

/// Why this cannot be entered. A compact privilege names a compact, everything else a place.
fn trouble(typed: &NewLicence, tables: &Tables) -> Option<&'static str> {
    let Some(kind) = Kind::parse(&typed.kind) else { return Some("licence-incomplete") };
    let texts = [&typed.profession, &typed.number, &typed.source];
    if texts.iter().any(|text| text.trim().is_empty()) {
        return Some("licence-incomplete");
    }
    if texts.iter().any(|text| text.chars().count() > TEXT_CHARS || text.chars().any(char::is_control)) {
        return Some("licence-too-long");
    }
    let is_compact = tables.compact.iter().any(|compact| compact.name == typed.jurisdiction);
    let fits = if kind == Kind::CompactPrivilege { is_compact } else { tables.knows(&typed.jurisdiction) };
    if !fits {
        return Some("licence-place");
    }
    let day = |text: &str| text.trim().parse::<jiff::civil::Date>().ok();
    match (day(&typed.valid_from), day(&typed.valid_to), day(&typed.verified_on)) {
        (Some(from), Some(to), Some(_)) if from <= to => None,
        _ => Some("licence-days"),
    }
}

pub async fn add(State(house): State<House>, ui: Ui, me: Me, Form(typed): Form<NewLicence>) -> Result<Response, Fault> {
    let leaders = queries::clinicians(&house.db).await?;
    let Some(leader) = leaders.iter().find(|leader| leader.id.to_string() == typed.person) else {
        return page(&house, ui, typed, Some("licence-person")).await;
    };
    if let Some(trouble) = trouble(&typed, &licensing::shipped()?) {
        return page(&house, ui, typed, Some(trouble)).await;
    }
    let tx = house.db.write().await?;
    queries::add(&tx, leader.id, &typed).await?;
    tx.commit(Deed::new(me.id, "authority.add", format!("person/{}", leader.id))).await?;
    Ok(Redirect::to("/licences").into_response())
}

#[cfg(test)]
mod tests {
    use ground::{Language, Role};

    use super::*;

    fn typed() -> NewLicence {
        NewLicence {
            person: "1".into(),
            profession: "psychologist".into(),
            jurisdiction: "NY".into(),
            kind: "licence".into(),
            number: "12345".into(),
            valid_from: "2025-01-01".into(),
            valid_to: "2027-12-31".into(),
            verified_on: "2026-11-01".into(),
            source: "the state's register".into(),
        }
    }

    #[test]
    fn what_does_not_fit_is_named() {
        let tables = licensing::shipped().unwrap();
        assert_eq!(trouble(&typed(), &tables), None);
        assert_eq!(trouble(&NewLicence { kind: "compact_privilege".into(), ..typed() }, &tables), Some("licence-place"));
        assert_eq!(trouble(&NewLicence { kind: "compact_privilege".into(), jurisdiction: "PSYPACT".into(), ..typed() }, &tables), None);
        assert_eq!(trouble(&NewLicence { valid_to: "2024-01-01".into(), ..typed() }, &tables), Some("licence-days"));
        assert_eq!(trouble(&NewLicence { valid_from: "31 May".into(), ..typed() }, &tables), Some("licence-days"));
        assert_eq!(trouble(&NewLicence { number: " ".into(), ..typed() }, &tables), Some("licence-incomplete"));
    }

    #[test]
    fn the_page_renders() {
        for language in Language::ALL {
            let ui = Ui::sample(language, Some(Role::Coordinator));
            let leaders = vec![Leader { id: 1, name: "Dr. Amara Osei".into() }];
            let page = LicencesPage {
                ui,
                endings: vec![Ending {
                    authority: RunsOut {
                        id: 1,
                        person_id: 1,
                        name: "Lena <b>".into(),
                        jurisdiction: "NY".into(),
                        valid_to: "2026-12-01".into(),
                    },
                    days: 7,
                    closes: vec![("After & Loss".into(), "New York".into())],
                }],
                licences: vec![],
                leaders,
                places: places(&licensing::shipped().unwrap()),
                typed: typed(),
                trouble: Some("licence-days"),
            };
            let html = page.render().unwrap();
            assert!(html.contains("PSYPACT") && html.contains("Lena &#60;b&#62;") && html.contains("After &#38; Loss"));
        }
    }
}
