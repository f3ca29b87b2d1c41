//! The crisis lines of the practice: which stand on every page, for which country, and where each was read.

use askama::Template;
use axum::{
    Form,
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use care::crisis::{self as rules, MOST, Typed};
use ground::{Deed, Fault, House, Me, Practice, Ui, crisis, not_found};
use serde::Deserialize;

use super::queries;

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    pub country: String,
    /// A word of `KEPT`, after something was saved.
    pub kept: String,
}

/// What a page may say was done; each is a sentence `crisis-kept-…`.
const KEPT: [&str; 3] = ["country", "lines", "restored"];

#[derive(Template)]
#[template(path = "practice/crisis.html")]
pub struct CrisisPage {
    pub ui: Ui,
    /// What stands on every page today, each with its source.
    pub standing: Vec<Typed>,
    pub countries: Vec<(String, String)>,
    /// The country whose lines can be written below.
    pub code: String,
    pub rows: Vec<Typed>,
    pub has_shipped: bool,
    pub has_entered: bool,
    pub kept: Option<String>,
    pub trouble: Option<&'static str>,
}

impl CrisisPage {
    fn name_of<'a>(&'a self, code: &'a str) -> &'a str {
        self.countries.iter().find(|(known, _)| known == code).map_or(code, |(_, name)| name)
    }

    fn is_chosen(&self, code: &str) -> bool {
        self.ui.practice.country == code
    }

    fn named<'a>(&self, line: &'a Typed) -> &'a str {
        if self.ui.lang() == "es" { &line.name_es } else { &line.name_en }
    }

    fn lines_of(&self) -> String {
        self.ui.t1("crisis-lines-of", "country", self.name_of(&self.code))
    }
}

fn page(house: &House, ui: Ui, code: &str, rows: Option<Vec<Typed>>) -> Result<CrisisPage, Fault> {
    let known = house.crisis();
    let mut rows = rows.unwrap_or_else(|| known.typed(code));
    rows.resize(MOST, Typed::default());
    Ok(CrisisPage {
        standing: known.typed(&ui.practice.country),
        countries: crisis::countries(ui.language)?,
        code: code.to_owned(),
        rows,
        has_shipped: known.has_shipped(code),
        has_entered: known.has_entered(code),
        kept: None,
        trouble: None,
        ui,
    })
}

fn is_country(code: &str) -> Result<bool, Fault> {
    Ok(crisis::country_name(code, ground::Language::English)?.is_some())
}

pub async fn form(State(house): State<House>, ui: Ui, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    let code = if is_country(&asked.country)? { asked.country } else { ui.practice.country.clone() };
    let kept = KEPT.contains(&asked.kept.as_str()).then(|| format!("crisis-kept-{}", asked.kept));
    ground::render(&CrisisPage { kept, ..page(&house, ui, &code, None)? })
}

fn refused(page: CrisisPage, trouble: &'static str) -> Result<Response, Fault> {
    ground::web::render_status(&CrisisPage { trouble: Some(trouble), ..page }, StatusCode::UNPROCESSABLE_ENTITY)
}

fn back(country: &str, kept: &str) -> Response {
    Redirect::to(&format!("/practice/crisis?country={country}&kept={kept}")).into_response()
}

/// A country without a line would leave every page without one (S1).
pub async fn choose(State(house): State<House>, ui: Ui, me: Me, Form(asked): Form<Asked>) -> Result<Response, Fault> {
    let country = asked.country.trim();
    if !is_country(country)? {
        let code = ui.practice.country.clone();
        return refused(page(&house, ui, &code, None)?, "crisis-country-unknown");
    }
    if !house.crisis().countries().contains(&country) {
        return refused(page(&house, ui, country, None)?, "crisis-country-empty");
    }
    let practice = Practice { country: country.to_owned(), ..house.practice() };
    let tx = house.db.write().await?;
    queries::keep(&tx, &practice).await?;
    tx.commit(Deed::new(me.id, "crisis.country", format!("country/{country}"))).await?;
    house.set_practice(practice);
    Ok(back(country, "country"))
}

fn typed(fields: &[(String, String)]) -> Vec<Typed> {
    let get = |name: &str, row: usize| {
        let name = format!("{name}-{row}");
        fields.iter().find(|(key, _)| *key == name).map_or_else(String::new, |(_, value)| value.clone())
    };
    let row = |row: usize| Typed {
        name_en: get("name_en", row),
        name_es: get("name_es", row),
        number: get("number", row),
        hours: get("hours", row),
        source: get("source", row),
        read_on: get("read_on", row),
    };
    (0..MOST).map(row).collect()
}

pub async fn keep(
    State(house): State<House>,
    ui: Ui,
    me: Me,
    Path(country): Path<String>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    if !is_country(&country)? {
        return Ok(not_found());
    }
    let now = house.clock.now();
    let rows = typed(&fields);
    let lines = match rules::read(&rows, now.in_zone(&ui.practice.zone).date()) {
        Ok(lines) => lines,
        Err(trouble) => return refused(page(&house, ui, &country, Some(rows))?, trouble.key()),
    };
    let tx = house.db.write().await?;
    crisis::replace(&tx, &country, &lines, me.id, now).await?;
    tx.commit(Deed::new(me.id, "crisis.lines", format!("country/{country}"))).await?;
    house.read_crisis_lines().await?;
    Ok(back(&country, "lines"))
}

/// Only where lines ship: otherwise nothing would be left.
pub async fn restore(State(house): State<House>, me: Me, Path(country): Path<String>) -> Result<Response, Fault> {
    if !house.crisis().has_shipped(&country) {
        return Ok(not_found());
    }
    let tx = house.db.write().await?;
    crisis::replace(&tx, &country, &[], me.id, house.clock.now()).await?;
    tx.commit(Deed::new(me.id, "crisis.restore", format!("country/{country}"))).await?;
    house.read_crisis_lines().await?;
    Ok(back(&country, "restored"))
}

#[cfg(test)]
mod tests {
    use ground::{Language, Role};

    use super::*;

    fn sample(language: Language) -> CrisisPage {
        let standing = crisis::Crisis::shipped().unwrap().typed("US");
        let mut rows = vec![Typed { name_en: "Kept <line>".into(), source: "a \"page\"".into(), ..Typed::default() }];
        rows.resize(MOST, Typed::default());
        CrisisPage {
            ui: Ui::sample(language, Some(Role::Administrator)),
            standing,
            countries: crisis::countries(language).unwrap(),
            code: "MX".into(),
            rows,
            has_shipped: false,
            has_entered: true,
            kept: None,
            trouble: Some("crisis-source-missing"),
        }
    }

    #[test]
    fn the_page_keeps_what_was_typed_and_shows_every_source() {
        for language in Language::ALL {
            let html = sample(language).render().unwrap();
            assert!(html.contains("Kept &#60;line&#62;") && html.contains("a &#34;page&#34;") && html.contains("role=\"alert\""));
            assert!(html.contains("samhsa.gov") && html.contains("2026-11-23"), "where the standing lines were read, and when");
            assert!(html.contains("name=\"source-5\"") && !html.contains("name=\"source-6\""));
            assert!(!html.contains("/restoration"), "nothing ships for this country");
            let home = CrisisPage { code: "US".into(), has_shipped: true, ..sample(language) }.render().unwrap();
            assert!(home.contains("/practice/crisis/US/restoration"));
            for word in KEPT {
                assert!(language.knows(&format!("crisis-kept-{word}")), "{word}");
            }
        }
    }

    #[test]
    fn the_rows_are_read_by_their_numbers() {
        let field = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let rows = typed(&[field("number-1", "112"), field("name_en-0", "A"), field("name_en-9", "lost")]);
        assert_eq!((rows.len(), rows[0].name_en.as_str(), rows[1].number.as_str()), (MOST, "A", "112"));
    }
}
