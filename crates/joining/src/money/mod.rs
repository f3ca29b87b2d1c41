//! Money facts, not money: prices, superbills, invoices, discount codes. No card is taken and no claim is made. The rule is `care::money`.

mod bill;
mod billing;
mod discounts;
mod price;
mod queries;

pub(crate) use discounts::{Standing, standing};
pub(crate) use price::{Shown, shown};

use ground::{House, Routes, Rule, Stand};

const OFFICE: Rule = Rule::Group(&[Stand::Office]);

pub fn routes(house: &House) -> Routes {
    Routes::new(house)
        .get("/groups/{group}/price", OFFICE, price::form)
        .post("/groups/{group}/price", OFFICE, price::keep)
        .get("/superbill", Rule::SignedIn, bill::my_superbill)
        .get("/invoice", Rule::SignedIn, bill::my_invoice)
        .get("/people/{person}/superbill", Rule::Office, bill::superbill)
        .get("/people/{person}/invoice", Rule::Office, bill::invoice)
        .get("/people/{person}/billing", Rule::Staff, billing::form)
        .post("/people/{person}/billing", Rule::Staff, billing::keep)
        .get("/practice/billing", Rule::Administrator, billing::practice)
        .post("/practice/billing", Rule::Administrator, billing::keep_practice)
        .get("/discounts", Rule::Office, discounts::all)
        .post("/discounts", Rule::Office, discounts::add)
        .post("/discounts/{discount}/ending", Rule::Office, discounts::end)
        .post("/applications/{application}/discount", Rule::Own, discounts::enter)
}
