//! What the office says a group costs.

use askama::Template;
use axum::{
    Form,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use care::{money, topics};
use ground::{Deed, Fault, House, Language, Me, Ui, web::render_status};
use serde::Deserialize;

use super::queries::{self, Price};

const NOTE_CHARS: usize = 300;
/// A year of weeks and a little.
const MOST_SESSIONS: i64 = 60;

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct PriceForm {
    pub session: String,
    pub course: String,
    pub sessions: String,
    pub note_en: String,
    pub note_es: String,
    pub code: String,
    pub place: String,
    pub modifier: String,
}

#[derive(Template)]
#[template(path = "money/price.html")]
pub struct PricePage {
    pub ui: Ui,
    pub group: i64,
    pub typed: PriceForm,
    pub trouble: Option<&'static str>,
}

impl PricePage {
    fn places(&self) -> Vec<(&'static str, String)> {
        money::PLACES_OF_SERVICE.iter().map(|place| (*place, self.ui.t(&format!("service-place-{place}")))).collect()
    }
}

/// What the public reads of it; empty where nothing is said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shown {
    pub lines: Vec<String>,
    pub note: String,
}

pub async fn shown(house: &House, ui: &Ui, group: i64) -> Result<Shown, Fault> {
    Ok(queries::price(&house.db, group).await?.map(|price| told(ui, &price)).unwrap_or_default())
}

fn told(ui: &Ui, price: &Price) -> Shown {
    let mut lines = Vec::new();
    if price.session_cents > 0 {
        lines.push(ui.t1("price-per-session", "amount", dollars(price.session_cents)));
    }
    if price.terms().is_course() {
        let sessions = price.course_sessions.to_string();
        lines.push(ui.t2("price-per-course", &("amount", &dollars(price.course_cents)), &("sessions", &sessions)));
    }
    let (own, other) = if ui.language == Language::Spanish { (&price.note_es, &price.note_en) } else { (&price.note_en, &price.note_es) };
    Shown { lines, note: if own.is_empty() { other } else { own }.clone() }
}

/// "$45.00": the currency stands before it in both languages of this country.
pub fn dollars(cents: i64) -> String {
    format!("${}", money::amount(cents))
}

/// A new group of therapy is group psychotherapy by video, at home; a class has no procedure.
fn usual(kind: &str) -> PriceForm {
    let code = if topics::is_instruction(kind) { "" } else { money::GROUP_THERAPY };
    PriceForm { code: code.into(), place: money::AT_HOME.into(), modifier: money::BY_VIDEO.into(), ..PriceForm::default() }
}

fn written(price: Price) -> PriceForm {
    let amount = |cents: i64| if cents > 0 { money::amount(cents) } else { String::new() };
    PriceForm {
        session: amount(price.session_cents),
        course: amount(price.course_cents),
        sessions: if price.course_sessions > 0 { price.course_sessions.to_string() } else { String::new() },
        note_en: price.note_en,
        note_es: price.note_es,
        code: price.code,
        place: price.place,
        modifier: price.modifier,
    }
}

pub async fn form(State(house): State<House>, ui: Ui, Path(group): Path<i64>) -> Result<Response, Fault> {
    let typed = match queries::price(&house.db, group).await? {
        Some(price) => written(price),
        None => usual(&queries::kind(&house.db, group).await?),
    };
    render_status(&PricePage { ui, group, typed, trouble: None }, StatusCode::OK)
}

fn read(typed: &PriceForm) -> Result<Price, &'static str> {
    let amount = |text: &str| if text.trim().is_empty() { Some(0) } else { money::cents(text) };
    let session_cents = amount(&typed.session).ok_or("price-amount")?;
    let course_cents = amount(&typed.course).ok_or("price-amount")?;
    let sessions = typed.sessions.trim();
    let course_sessions = if sessions.is_empty() { 0 } else { sessions.parse().map_err(|_| "price-sessions")? };
    if (course_cents > 0) != (course_sessions > 0) || !(0..=MOST_SESSIONS).contains(&course_sessions) {
        return Err("price-sessions");
    }
    let unfit = |text: &str| text.chars().count() > NOTE_CHARS || text.chars().any(char::is_control);
    if unfit(&typed.note_en) || unfit(&typed.note_es) {
        return Err("price-note-long");
    }
    let (code, modifier) = (typed.code.trim().to_ascii_uppercase(), typed.modifier.trim().to_ascii_uppercase());
    if !code.is_empty() && !money::is_procedure(&code) {
        return Err("price-code");
    }
    if !money::is_modifier(&modifier) {
        return Err("price-modifier");
    }
    if !money::PLACES_OF_SERVICE.contains(&typed.place.as_str()) {
        return Err("price-place");
    }
    let (note_en, note_es) = (typed.note_en.trim().to_owned(), typed.note_es.trim().to_owned());
    Ok(Price { session_cents, course_cents, course_sessions, note_en, note_es, code, place: typed.place.clone(), modifier })
}

pub async fn keep(
    State(house): State<House>,
    ui: Ui,
    me: Me,
    Path(group): Path<i64>,
    Form(typed): Form<PriceForm>,
) -> Result<Response, Fault> {
    let mut price = match read(&typed) {
        Ok(price) => price,
        Err(trouble) => {
            return render_status(&PricePage { ui, group, typed, trouble: Some(trouble) }, StatusCode::UNPROCESSABLE_ENTITY);
        }
    };
    let tx = house.db.write().await?;
    if topics::is_instruction(&queries::kind(&tx, group).await?) {
        // Instruction is no treatment: with a procedure code it would read like one.
        price.code = String::new();
    }
    queries::keep_price(&tx, group, price, house.clock.now()).await?;
    tx.commit(Deed::new(me.id, "price.keep", format!("group/{group}"))).await?;
    Ok(Redirect::to(&format!("/groups/{group}")).into_response())
}

#[cfg(test)]
mod tests {
    use ground::Role;

    use super::*;

    fn typed() -> PriceForm {
        PriceForm { session: "45".into(), course: "$480".into(), sessions: "12".into(), note_en: "Ask <us>.".into(), ..usual("process") }
    }

    #[test]
    fn what_does_not_fit_is_named() {
        let price = read(&typed()).unwrap();
        assert_eq!((price.session_cents, price.course_cents, price.course_sessions), (4_500, 48_000, 12));
        assert_eq!((price.code.as_str(), price.place.as_str(), price.modifier.as_str()), ("90853", "10", "95"));
        for (wrong, key) in [
            (PriceForm { session: "forty".into(), ..typed() }, "price-amount"),
            (PriceForm { course: "-3".into(), ..typed() }, "price-amount"),
            (PriceForm { sessions: String::new(), ..typed() }, "price-sessions"),
            (PriceForm { course: String::new(), ..typed() }, "price-sessions"),
            (PriceForm { sessions: "61".into(), ..typed() }, "price-sessions"),
            (PriceForm { sessions: "-2".into(), ..typed() }, "price-sessions"),
            (PriceForm { note_es: "x".repeat(301), ..typed() }, "price-note-long"),
            (PriceForm { code: "9085".into(), ..typed() }, "price-code"),
            (PriceForm { modifier: "955".into(), ..typed() }, "price-modifier"),
            (PriceForm { place: "99".into(), ..typed() }, "price-place"),
        ] {
            assert_eq!(read(&wrong).err(), Some(key), "{wrong:?}");
        }
        let bare = read(&PriceForm { session: " ".into(), ..usual("process") }).unwrap();
        assert_eq!(bare.session_cents, 0, "a group may have no price");
    }

    #[test]
    fn a_class_has_no_procedure() {
        assert_eq!(usual("skills-class").code, "");
        assert_eq!(usual("workshop").code, "");
        assert_eq!(usual("process").code, "90853");
    }

    #[test]
    fn the_page_renders_and_gives_back_what_was_kept() {
        for language in Language::ALL {
            let ui = Ui::sample(language, Some(Role::Coordinator));
            let typed = written(read(&typed()).unwrap());
            let html = PricePage { ui, group: 3, typed, trouble: Some("price-amount") }.render().unwrap();
            assert!(html.contains("value=\"45.00\"") && html.contains("value=\"480.00\"") && html.contains("value=\"12\""));
            assert!(html.contains("Ask &#60;us&#62;.") && html.contains("value=\"10\" selected"));
            assert!(!html.contains("service-place-") && !html.contains(">price-"), "every sentence is there");
        }
    }

    #[test]
    fn the_public_reads_prices_in_their_language() {
        let price = read(&typed()).unwrap();
        for language in Language::ALL {
            let shown = told(&Ui::sample(language, None), &price);
            assert_eq!(shown.lines.len(), 2);
            assert!(shown.lines[0].contains("$45.00") && shown.lines[1].contains("$480.00") && shown.lines[1].contains("12"));
            assert_eq!(shown.note, "Ask <us>.", "one language is better than none");
        }
        let both = Price { note_es: "Pregúntanos.".into(), ..price };
        assert_eq!(told(&Ui::sample(Language::Spanish, None), &both).note, "Pregúntanos.");
        let silent = Price { session_cents: 0, course_cents: 0, course_sessions: 0, note_en: String::new(), ..both };
        assert!(told(&Ui::sample(Language::English, None), &silent).lines.is_empty());
    }
}
