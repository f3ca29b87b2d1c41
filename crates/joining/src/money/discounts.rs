//! Codes that take something off a course: made by the office, entered by whoever is accepted or seated.

use askama::Template;
use axum::{
    Form,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use care::money::{self, Discount};
use ground::{Deed, Fault, House, Me, Ui, not_found, web::render_status};
use jiff::civil::Date;
use serde::Deserialize;

use super::{
    price::dollars,
    queries::{self, Code, NewCode, Priced},
};
use crate::enrolment;

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct CodeForm {
    pub code: String,
    pub percent: String,
    pub off: String,
    pub valid_from: String,
    pub valid_to: String,
    pub most: String,
    pub group: String,
}

#[derive(Template)]
#[template(path = "money/discounts.html")]
pub struct DiscountsPage {
    pub ui: Ui,
    pub codes: Vec<Code>,
    /// Today in the zone of the practice.
    pub today: String,
    pub courses: Vec<Priced>,
    pub typed: CodeForm,
    pub trouble: Option<&'static str>,
}

impl DiscountsPage {
    fn off(&self, code: &Code) -> String {
        match Discount::of(code.percent, code.cents) {
            Discount::Percent(percent) => format!("{percent} %"),
            Discount::Cents(cents) => dollars(cents),
        }
    }

    fn is_over(&self, code: &Code) -> bool {
        code.valid_to < self.today
    }

    fn is_chosen(&self, course: &Priced) -> bool {
        self.typed.group == course.id.to_string()
    }
}

/// Whether a code can be entered for an application, or which one was.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Standing {
    #[default]
    Closed,
    Open,
    Used(String),
}

/// Once somebody has said yes to this person.
fn is_open(step: &str, ended: &str) -> bool {
    step == "accepted" || ended == "seated"
}

pub async fn standing(house: &House, application: i64, step: &str, ended: &str) -> Result<Standing, Fault> {
    Ok(match queries::used(&house.db, application).await? {
        Some(code) => Standing::Used(code),
        None if is_open(step, ended) => Standing::Open,
        None => Standing::Closed,
    })
}

async fn page(house: &House, ui: Ui, typed: CodeForm, trouble: Option<&'static str>) -> Result<Response, Fault> {
    let (codes, courses) = (queries::codes(&house.db).await?, queries::courses(&house.db).await?);
    let status = if trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let today = house.clock.now().in_zone(&house.practice().zone).date().to_string();
    render_status(&DiscountsPage { ui, codes, today, courses, typed, trouble }, status)
}

/// Ended before its time: a code that went too far. Whoever has used it keeps what it gave.
pub async fn end(State(house): State<House>, me: Me, Path(discount): Path<i64>) -> Result<Response, Fault> {
    let yesterday =
        house.clock.now().in_zone(&house.practice().zone).date().yesterday().map_err(|_| Fault::Other("there is no yesterday"))?;
    let tx = house.db.write().await?;
    match queries::end_code(&tx, discount, &yesterday.to_string()).await? {
        None => return Ok(not_found()),
        Some(false) => {}
        Some(true) => tx.commit(Deed::new(me.id, "discount.end", format!("discount/{discount}"))).await?,
    }
    Ok(Redirect::to("/discounts").into_response())
}

pub async fn all(State(house): State<House>, ui: Ui) -> Result<Response, Fault> {
    page(&house, ui, CodeForm::default(), None).await
}

fn read(typed: &CodeForm, courses: &[Priced]) -> Result<NewCode, &'static str> {
    let code = money::discount_code(&typed.code).ok_or("discounts-code-shape")?;
    let (percent, off) = (typed.percent.trim(), typed.off.trim());
    let (percent, cents) = match (percent.is_empty(), off.is_empty()) {
        (false, true) => (percent.parse().ok().filter(|percent| (1..=100).contains(percent)).ok_or("discounts-off")?, 0),
        (true, false) => (0, money::cents(off).filter(|cents| *cents > 0).ok_or("discounts-off")?),
        _ => return Err("discounts-off"),
    };
    let day = |text: &str| text.trim().parse::<Date>().map_err(|_| "discounts-days");
    let (from, to) = (day(&typed.valid_from)?, day(&typed.valid_to)?);
    if from > to {
        return Err("discounts-days");
    }
    let most = typed.most.trim().parse().ok().filter(|most| (1..=10_000).contains(most)).ok_or("discounts-most")?;
    let group = match typed.group.as_str() {
        "" => None,
        id => Some(courses.iter().find(|course| course.id.to_string() == id).ok_or("discounts-group")?.id),
    };
    Ok(NewCode { code, percent, cents, valid_from: from.to_string(), valid_to: to.to_string(), most, group })
}

pub async fn add(State(house): State<House>, ui: Ui, me: Me, Form(typed): Form<CodeForm>) -> Result<Response, Fault> {
    let code = match read(&typed, &queries::courses(&house.db).await?) {
        Ok(code) => code,
        Err(trouble) => return page(&house, ui, typed, Some(trouble)).await,
    };
    let tx = house.db.write().await?;
    let object = format!("discount/{}", code.code);
    if !queries::add_code(&tx, code, house.clock.now()).await? {
        drop(tx);
        return page(&house, ui, typed, Some("discounts-code-taken")).await;
    }
    tx.commit(Deed::new(me.id, "discount.add", object)).await?;
    Ok(Redirect::to("/discounts").into_response())
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Entered {
    pub code: String,
}

/// One sentence for a code that never was, is over, is used up or is for another group: nobody learns from it which codes there are.
pub async fn enter(
    State(house): State<House>,
    ui: Ui,
    me: Me,
    Path(application): Path<i64>,
    Form(typed): Form<Entered>,
) -> Result<Response, Fault> {
    let now = house.clock.now();
    let day = now.in_zone(&house.practice().zone).date().to_string();
    let tx = house.db.write().await?;
    let Some(asking) = queries::asking(&tx, me.id, application).await? else { return Ok(not_found()) };
    let used = match money::discount_code(&typed.code).filter(|_| is_open(&asking.step, &asking.ended)) {
        Some(code) => queries::take_use(&tx, &code, asking.group_id, &day).await?,
        None => None,
    };
    let Some(discount) = used else {
        drop(tx);
        return enrolment::with_code(&house, ui, &me, (application, typed.code), "discount-invalid").await;
    };
    // Dropped without a commit, the use just taken is given back.
    if queries::keep_use(&tx, application, discount, now).await? {
        tx.commit(Deed::new(me.id, "discount.use", format!("application/{application}"))).await?;
    }
    Ok(Redirect::to("/applications").into_response())
}

#[cfg(test)]
mod tests {
    use ground::{Language, Role};

    use super::*;

    fn typed() -> CodeForm {
        CodeForm {
            code: "spring-26".into(),
            percent: "20".into(),
            off: String::new(),
            valid_from: "2026-11-01".into(),
            valid_to: "2026-12-31".into(),
            most: "30".into(),
            group: "3".into(),
        }
    }

    fn courses() -> Vec<Priced> {
        vec![Priced { id: 3, name: "A & B".into() }]
    }

    #[test]
    fn what_does_not_fit_is_named() {
        let code = read(&typed(), &courses()).unwrap();
        assert_eq!((code.code.as_str(), code.percent, code.cents, code.group), ("SPRING-26", 20, 0, Some(3)));
        let off = read(&CodeForm { percent: String::new(), off: "50".into(), group: String::new(), ..typed() }, &courses()).unwrap();
        assert_eq!((off.percent, off.cents, off.group), (0, 5_000, None));
        for (wrong, key) in [
            (CodeForm { code: "abc".into(), ..typed() }, "discounts-code-shape"),
            (CodeForm { percent: "101".into(), ..typed() }, "discounts-off"),
            (CodeForm { percent: "0".into(), ..typed() }, "discounts-off"),
            (CodeForm { off: "5".into(), ..typed() }, "discounts-off"),
            (CodeForm { percent: String::new(), ..typed() }, "discounts-off"),
            (CodeForm { percent: String::new(), off: "0".into(), ..typed() }, "discounts-off"),
            (CodeForm { valid_from: "soon".into(), ..typed() }, "discounts-days"),
            (CodeForm { valid_to: "2026-10-31".into(), ..typed() }, "discounts-days"),
            (CodeForm { most: "0".into(), ..typed() }, "discounts-most"),
            (CodeForm { most: "10001".into(), ..typed() }, "discounts-most"),
            (CodeForm { group: "4".into(), ..typed() }, "discounts-group"),
        ] {
            assert_eq!(read(&wrong, &courses()).err(), Some(key), "{wrong:?}");
        }
    }

    #[test]
    fn a_code_waits_for_a_yes() {
        assert!(is_open("accepted", "") && is_open("closed", "seated"));
        assert!(!is_open("talk", "") && !is_open("closed", "not_now"));
    }

    #[test]
    fn the_page_renders_with_nothing_and_something() {
        let code = |percent, group: Option<&str>| Code {
            id: 4,
            code: "SPRING-26".into(),
            percent,
            cents: 5_000,
            valid_from: "2026-11-01".into(),
            valid_to: "2026-12-31".into(),
            most: 30,
            used: 2,
            group_name: group.map(Into::into),
        };
        for language in Language::ALL {
            let ui = Ui::sample(language, Some(Role::Coordinator));
            let page = DiscountsPage {
                ui: ui.clone(),
                codes: vec![],
                today: "2026-12-31".into(),
                courses: courses(),
                typed: typed(),
                trouble: Some("discounts-off"),
            };
            let html = page.render().unwrap();
            assert!(html.contains("value=\"3\" selected") && html.contains("role=\"alert\"") && !html.contains("<table"));
            let codes = vec![code(20, Some("A & B")), code(0, None)];
            let html = DiscountsPage {
                ui: ui.clone(),
                codes: codes.clone(),
                today: "2026-12-31".into(),
                courses: vec![],
                typed: CodeForm::default(),
                trouble: None,
            }
            .render()
            .unwrap();
            assert!(html.contains("20 %") && html.contains("$50.00") && html.contains("2 / 30") && html.contains("A &#38; B"));
            assert!(!html.contains(">discounts-"), "every sentence is there");
            assert_eq!(html.matches("/discounts/4/ending").count(), 2, "on its last day it can still be ended");
            let page = DiscountsPage { ui, codes, today: "2027-01-01".into(), courses: vec![], typed: CodeForm::default(), trouble: None };
            assert!(!page.render().unwrap().contains("/ending"));
        }
    }
}
