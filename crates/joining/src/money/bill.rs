//! A month of somebody's sessions as a superbill or an invoice: a page to print. Of nobody else stands anything on it but who led.

use std::collections::HashMap;

use askama::Template;
use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use care::{
    money::{self, Discount, Line},
    topics,
};
use ground::{Fault, House, Me, Moment, Ui, facts, facts::AttendedSession, not_found, render, when};
use jiff::{civil::Date, tz::TimeZone};
use serde::Deserialize;

use super::{
    price::dollars,
    queries::{self, Price},
};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    pub month: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paper {
    Superbill,
    Invoice,
}

impl Paper {
    fn word(self) -> &'static str {
        match self {
            Paper::Superbill => "superbill",
            Paper::Invoice => "invoice",
        }
    }
}

/// One session on the paper. Times are those of the group's own clock.
#[derive(Debug, Clone)]
pub struct Row {
    pub day: String,
    pub from: String,
    pub to: String,
    pub minutes: i64,
    pub code: String,
    pub modifier: String,
    pub place: String,
    pub provider: String,
    pub charge: String,
    pub is_class: bool,
}

/// One line of an invoice as it is read.
#[derive(Debug, Clone)]
pub struct Told {
    pub group: String,
    pub words: String,
    pub total: String,
}

#[derive(Template)]
#[template(path = "money/bill.html")]
pub struct BillPage {
    pub ui: Ui,
    pub paper: Paper,
    pub name: String,
    /// How the addresses of both papers begin: "" for one's own, "/people/7" for the office.
    pub base: String,
    /// The first day of the month.
    pub month: Date,
    pub practice: queries::Practice,
    pub diagnoses: Vec<String>,
    pub rows: Vec<Row>,
    pub lines: Vec<Told>,
    pub total: String,
}

impl BillPage {
    fn title(&self) -> String {
        self.ui.t(&format!("{}-title", self.paper.word()))
    }

    fn is_superbill(&self) -> bool {
        self.paper == Paper::Superbill
    }

    fn other(&self) -> &'static str {
        if self.is_superbill() { "invoice" } else { "superbill" }
    }

    fn month(&self) -> String {
        let month = self.ui.t(&format!("month-{}", self.month.month()));
        self.ui.t2("bill-month", &("month", &month), &("year", &self.month.year().to_string()))
    }

    fn address(&self, paper: &str, month: Date) -> String {
        format!("{}/{paper}?month={}", self.base, money::month_word(month))
    }

    fn here(&self) -> String {
        self.address(self.other(), self.month)
    }

    fn before(&self) -> String {
        self.address(self.paper.word(), money::around(self.month).0)
    }

    fn after(&self) -> String {
        self.address(self.paper.word(), money::around(self.month).1)
    }

    fn treatment(&self) -> Vec<&Row> {
        self.rows.iter().filter(|row| !row.is_class).collect()
    }

    fn classes(&self) -> Vec<&Row> {
        self.rows.iter().filter(|row| row.is_class).collect()
    }

    fn pointer(&self) -> String {
        money::pointer(self.diagnoses.len())
    }

    /// "A", "B" … with the diagnosis each stands for.
    fn pointed(&self) -> Vec<(char, &String)> {
        "ABCD".chars().zip(&self.diagnoses).collect()
    }
}

/// From the first moment of a month anywhere on earth to its last one; what begins in another month on the group's clock is left out later.
fn span(month: Date) -> (Moment, Moment) {
    const DAY: std::time::Duration = std::time::Duration::from_secs(86_400);
    let at = |day: Date| day.to_zoned(TimeZone::UTC).map_or(Moment(0), |at| at.timestamp().into());
    (at(month).minus(DAY), at(money::around(month).1).plus(DAY))
}

fn is_in(at: Moment, zone: &str, month: Date) -> bool {
    at.in_zone(zone).date().first_of_month() == month
}

/// What is known of the groups and leaders of a month, each asked for once.
struct Known<'a> {
    house: &'a House,
    prices: HashMap<i64, Option<Price>>,
    discounts: HashMap<i64, Option<Discount>>,
    person: i64,
}

impl Known<'_> {
    async fn learn(&mut self, group: i64) -> Result<(), Fault> {
        if !self.prices.contains_key(&group) {
            self.prices.insert(group, queries::price(&self.house.db, group).await?);
            self.discounts.insert(group, queries::discount(&self.house.db, self.person, group).await?);
        }
        Ok(())
    }

    fn price(&self, group: i64) -> Option<&Price> {
        self.prices.get(&group).and_then(Option::as_ref)
    }

    fn discount(&self, group: i64) -> Option<Discount> {
        self.discounts.get(&group).copied().flatten()
    }

    /// "Dr. Amara Osei, NY 12345", with what was valid that day.
    async fn provider(&self, session: &AttendedSession) -> Result<String, Fault> {
        let leader = match session.led_by {
            Some(leader) => Some(leader),
            None => queries::leader(&self.house.db, session.group_id).await?,
        };
        let Some(leader) = leader else { return Ok(String::new()) };
        let mut provider = facts::name_of(&self.house.db, leader).await?;
        for licence in queries::licences(&self.house.db, leader, &when::date(session.starts_at, &session.zone)).await? {
            provider += &format!(", {} {}", licence.jurisdiction, licence.number);
        }
        Ok(provider)
    }

    fn row(&self, ui: &Ui, session: &AttendedSession, provider: String) -> Row {
        let (price, is_class) = (self.price(session.group_id), topics::is_instruction(&session.kind));
        let time = |at: Moment| when::time(ui.language, at, &session.zone);
        let planned_end = Moment(session.starts_at.0 + session.minutes * 60_000_000);
        let charge = price.and_then(|price| price.terms().charge(self.discount(session.group_id)));
        let said = |pick: fn(&Price) -> &String, usual: &str| {
            if is_class { String::new() } else { price.map_or(usual.into(), |price| pick(price).clone()) }
        };
        Row {
            day: when::date(session.starts_at, &session.zone),
            from: time(session.first_in.unwrap_or(session.starts_at)),
            to: when::time_with_zone(ui.language, session.last_out.unwrap_or(planned_end), &session.zone),
            minutes: session.corrected_minutes.unwrap_or((session.seconds + 30) / 60),
            code: said(|price| &price.code, money::GROUP_THERAPY),
            modifier: said(|price| &price.modifier, money::BY_VIDEO),
            place: said(|price| &price.place, money::AT_HOME),
            provider,
            charge: charge.map(dollars).unwrap_or_default(),
            is_class,
        }
    }

    fn line(&self, group: i64, sessions: &[&AttendedSession], month: Date) -> (Line, String) {
        let terms = self.price(group).map(Price::terms).unwrap_or_default();
        let begins_here = sessions.first().is_some_and(|session| is_in(session.first_ever, &session.zone, month));
        let count = i64::try_from(sessions.len()).unwrap_or(0);
        let name = sessions.first().map(|session| session.group_name.clone()).unwrap_or_default();
        (Line::of(terms, self.discount(group), count, begins_here), name)
    }
}

fn told(ui: &Ui, line: Line, group: String) -> Told {
    let words = match line {
        Line::Sessions { count, each } => ui.t2("invoice-sessions", &("count", &count.to_string()), &("each", &dollars(each))),
        Line::Course { price, off: 0 } => ui.t1("invoice-course", "price", dollars(price)),
        Line::Course { price, off } => ui.t2("invoice-course-off", &("price", &dollars(price)), &("off", &dollars(off))),
        Line::Within { count } => ui.t1("invoice-within", "count", count),
        Line::Unpriced { count } => ui.t1("invoice-unpriced", "count", count),
    };
    Told { group, words, total: dollars(line.total()) }
}

async fn page(house: &House, ui: Ui, paper: Paper, (person, base): (i64, String), asked: &str) -> Result<Response, Fault> {
    let today = house.clock.now().in_zone(&house.practice().zone).date();
    let month = money::month(asked).unwrap_or(today.first_of_month());
    let (from, to) = span(month);
    let mut sessions = facts::attended(&house.db, person, from, to).await?;
    sessions.retain(|session| is_in(session.starts_at, &session.zone, month));
    let mut known = Known { house, prices: HashMap::new(), discounts: HashMap::new(), person };
    let (mut rows, mut groups) = (Vec::new(), Vec::new());
    for session in &sessions {
        known.learn(session.group_id).await?;
        let provider = known.provider(session).await?;
        rows.push(known.row(&ui, session, provider));
        if !groups.contains(&session.group_id) {
            groups.push(session.group_id);
        }
    }
    let (mut lines, mut total) = (Vec::new(), 0);
    for group in groups {
        let own: Vec<&AttendedSession> = sessions.iter().filter(|session| session.group_id == group).collect();
        let (line, name) = known.line(group, &own, month);
        total += line.total();
        lines.push(told(&ui, line, name));
    }
    let diagnoses = money::diagnoses(&queries::diagnoses(house, person).await?).unwrap_or_default();
    let name = facts::name_of(&house.db, person).await?;
    let practice = queries::practice(&house.db).await?;
    render(&BillPage { ui, paper, name, base, month, practice, diagnoses, rows, lines, total: dollars(total) })
}

pub async fn my_superbill(State(house): State<House>, ui: Ui, me: Me, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    page(&house, ui, Paper::Superbill, (me.id, String::new()), &asked.month).await
}

pub async fn my_invoice(State(house): State<House>, ui: Ui, me: Me, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    page(&house, ui, Paper::Invoice, (me.id, String::new()), &asked.month).await
}

async fn of_person(house: &House, ui: Ui, me: &Me, paper: Paper, person: i64, asked: &str) -> Result<Response, Fault> {
    if facts::reach(&house.db, person).await?.is_none() {
        return Ok(not_found());
    }
    let action = if paper == Paper::Superbill { "superbill.read" } else { "invoice.read" };
    house.shows(me.id, action, format!("person/{person}")).await?;
    page(house, ui, paper, (person, format!("/people/{person}")), asked).await
}

pub async fn superbill(
    State(house): State<House>,
    ui: Ui,
    me: Me,
    Path(person): Path<i64>,
    Query(asked): Query<Asked>,
) -> Result<Response, Fault> {
    of_person(&house, ui, &me, Paper::Superbill, person, &asked.month).await
}

pub async fn invoice(
    State(house): State<House>,
    ui: Ui,
    me: Me,
    Path(person): Path<i64>,
    Query(asked): Query<Asked>,
) -> Result<Response, Fault> {
    of_person(&house, ui, &me, Paper::Invoice, person, &asked.month).await
}

#[cfg(test)]
mod tests {
    use ground::{Language, Role};

    use super::*;

    fn row(is_class: bool) -> Row {
        Row {
            day: "2026-11-17".into(),
            from: "6:31 pm".into(),
            to: "8:00 pm EST".into(),
            minutes: 89,
            code: if is_class { String::new() } else { "90853".into() },
            modifier: if is_class { String::new() } else { "95".into() },
            place: if is_class { String::new() } else { "10".into() },
            provider: "Dr. <Amara> Osei, NY 12345".into(),
            charge: "$45.00".into(),
            is_class,
        }
    }

    fn sample(language: Language, paper: Paper, rows: Vec<Row>) -> BillPage {
        let ui = Ui::sample(language, Some(Role::Member));
        let lines = [
            Line::Sessions { count: 3, each: 4_500 },
            Line::Course { price: 48_000, off: 0 },
            Line::Course { price: 48_000, off: 8_000 },
            Line::Within { count: 2 },
            Line::Unpriced { count: 1 },
        ];
        BillPage {
            lines: if rows.is_empty() { vec![] } else { lines.map(|line| told(&ui, line, "A & B".into())).to_vec() },
            ui,
            paper,
            name: "Ada Nowak".into(),
            base: "/people/7".into(),
            month: money::month("2026-11").unwrap(),
            practice: queries::Practice { npi: "1234567893".into(), tax_id: "12-3456789".into() },
            diagnoses: vec!["F41.1".into(), "F33.0".into()],
            rows,
            total: "$1,015.00".into(),
        }
    }

    #[test]
    fn both_papers_render_with_nothing_and_with_everything() {
        for language in Language::ALL {
            for paper in [Paper::Superbill, Paper::Invoice] {
                let none = sample(language, paper, vec![]).render().unwrap();
                assert!(none.contains(&language.t("bill-none")) && !none.contains("<table"));
                let html = sample(language, paper, vec![row(false), row(true)]).render().unwrap();
                assert!(html.contains("Ada Nowak") && html.contains("1234567893") && html.contains("12-3456789"));
                assert!(html.contains("month=2026-10") && html.contains("month=2026-12"));
                assert!(!html.contains("invoice-") && !html.contains("superbill-"), "every sentence is there");
                assert!(html.contains("2026-11-17") == (paper == Paper::Superbill));
                assert_eq!(html.contains("A &#38; B"), paper == Paper::Invoice);
            }
        }
    }

    #[test]
    fn a_superbill_says_what_it_is_not_and_keeps_a_class_apart() {
        for language in Language::ALL {
            let html = sample(language, Paper::Superbill, vec![row(false), row(true)]).render().unwrap();
            assert!(html.contains(&language.t("superbill-no-claim")));
            assert_eq!(html.matches("90853").count(), 1, "a class has no procedure");
            assert!(html.contains(&language.t("superbill-classes")) && html.contains("<td>AB</td>"));
            assert!(html.contains("F41.1") && html.contains("&#60;Amara&#62;"));
            let html = sample(language, Paper::Invoice, vec![row(false)]).render().unwrap();
            assert!(!html.contains("F41.1"), "an invoice says nothing of an illness");
            assert!(html.contains("$480.00") && html.contains("$80.00"));
        }
    }

    #[test]
    fn a_month_is_the_group_s_own() {
        let november = money::month("2026-11").unwrap();
        let at = |text: &str| Moment(text.parse::<jiff::Timestamp>().unwrap().as_microsecond());
        let late = at("2026-12-01T03:30:00Z");
        assert!(is_in(late, "America/New_York", november), "there it is still the last of November");
        assert!(!is_in(late, "UTC", november));
        let (from, to) = span(november);
        assert!(from <= at("2026-10-31T10:00:00Z") && late < to, "wide enough for every zone");
    }
}
