//! What only a person can enter for a superbill: diagnoses, by whoever treats the member; the practice's numbers, by its administrator.

use askama::Template;
use axum::{
    Form,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use care::money;
use ground::{Deed, Fault, House, Me, Role, Ui, facts, not_found, web::render_status};
use serde::Deserialize;

use super::queries::{self, Practice};

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct BillingForm {
    pub codes: String,
}

#[derive(Template)]
#[template(path = "money/billing.html")]
pub struct BillingPage {
    pub ui: Ui,
    pub person: i64,
    pub name: String,
    pub typed: BillingForm,
    pub trouble: Option<&'static str>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct PracticeForm {
    pub npi: String,
    pub tax_id: String,
}

#[derive(Template)]
#[template(path = "money/practice.html")]
pub struct PracticeBillingPage {
    pub ui: Ui,
    pub typed: PracticeForm,
    pub trouble: Option<&'static str>,
}

fn status(trouble: Option<&'static str>) -> StatusCode {
    if trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK }
}

/// The office, and clinicians who lead a group of this member. For everybody else there is no such page.
async fn may(house: &House, me: &Me, person: i64) -> Result<bool, Fault> {
    if facts::reach(&house.db, person).await?.is_none() {
        return Ok(false);
    }
    Ok(me.role.is_office() || me.role == Role::Clinician && queries::leads_member(&house.db, me.id, person).await?)
}

pub async fn form(State(house): State<House>, ui: Ui, me: Me, Path(person): Path<i64>) -> Result<Response, Fault> {
    if !may(&house, &me, person).await? {
        return Ok(not_found());
    }
    house.shows(me.id, "billing.read", format!("person/{person}")).await?;
    let typed = BillingForm { codes: queries::diagnoses(&house, person).await? };
    let name = facts::name_of(&house.db, person).await?;
    render_status(&BillingPage { ui, person, name, typed, trouble: None }, StatusCode::OK)
}

pub async fn keep(
    State(house): State<House>,
    ui: Ui,
    me: Me,
    Path(person): Path<i64>,
    Form(typed): Form<BillingForm>,
) -> Result<Response, Fault> {
    if !may(&house, &me, person).await? {
        return Ok(not_found());
    }
    let Some(codes) = money::diagnoses(&typed.codes) else {
        let name = facts::name_of(&house.db, person).await?;
        let trouble = Some("billing-codes");
        return render_status(&BillingPage { ui, person, name, typed, trouble }, status(trouble));
    };
    let sealed = queries::seal_diagnoses(&house, person, &codes.join(", ")).await?;
    let tx = house.db.write().await?;
    queries::keep_diagnoses(&tx, person, sealed, me.id, house.clock.now()).await?;
    tx.commit(Deed::new(me.id, "billing.keep", format!("person/{person}"))).await?;
    Ok(Redirect::to(&format!("/people/{person}/billing")).into_response())
}

pub async fn practice(State(house): State<House>, ui: Ui) -> Result<Response, Fault> {
    let Practice { npi, tax_id } = queries::practice(&house.db).await?;
    render_status(&PracticeBillingPage { ui, typed: PracticeForm { npi, tax_id }, trouble: None }, StatusCode::OK)
}

fn read(typed: &PracticeForm) -> Result<Practice, &'static str> {
    let (npi, tax_id) = (typed.npi.trim().to_owned(), typed.tax_id.trim().to_owned());
    if !money::is_npi(&npi) {
        return Err("billing-npi");
    }
    if !money::is_tax_id(&tax_id) {
        return Err("billing-tax-id");
    }
    Ok(Practice { npi, tax_id })
}

pub async fn keep_practice(State(house): State<House>, ui: Ui, me: Me, Form(typed): Form<PracticeForm>) -> Result<Response, Fault> {
    let practice = match read(&typed) {
        Ok(practice) => practice,
        Err(key) => return render_status(&PracticeBillingPage { ui, typed, trouble: Some(key) }, status(Some(key))),
    };
    let tx = house.db.write().await?;
    queries::keep_practice(&tx, practice).await?;
    tx.commit(Deed::new(me.id, "practice.billing", "practice".to_owned())).await?;
    Ok(Redirect::to("/practice").into_response())
}

#[cfg(test)]
mod tests {
    use ground::Language;

    use super::*;

    #[test]
    fn numbers_that_do_not_check_are_named() {
        let form = |npi: &str, tax_id: &str| PracticeForm { npi: npi.into(), tax_id: tax_id.into() };
        assert_eq!(read(&form("1234567890", "")), Err("billing-npi"));
        assert_eq!(read(&form("1234567893", "12")), Err("billing-tax-id"));
        assert_eq!(read(&form(" 1234567893 ", "12-3456789")).unwrap().npi, "1234567893");
        assert_eq!(read(&form("", "")), Ok(Practice::default()), "nobody has to have them");
    }

    #[test]
    fn the_pages_render_and_keep_what_was_typed() {
        for language in Language::ALL {
            let ui = Ui::sample(language, Some(Role::Administrator));
            let typed = BillingForm { codes: "<F41>".into() };
            let page = BillingPage { ui: ui.clone(), person: 7, name: "Ada".into(), typed, trouble: Some("billing-codes") };
            let html = page.render().unwrap();
            assert!(html.contains("&#60;F41&#62;") && html.contains("role=\"alert\"") && !html.contains(">billing-"));
            let typed = PracticeForm { npi: "12".into(), tax_id: "34".into() };
            let html = PracticeBillingPage { ui, typed, trouble: Some("billing-npi") }.render().unwrap();
            assert!(html.contains("value=\"12\"") && html.contains("value=\"34\"") && !html.contains(">billing-"));
        }
    }
}
