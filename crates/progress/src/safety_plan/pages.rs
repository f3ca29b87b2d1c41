use askama::Template;
use axum::{
    Form,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use care::safety::{CONTACTS, Contact, Plan, Step};
use ground::{
    Deed, Fault, House, Me, Ui,
    facts::{self, Part},
    not_found, random_id, render,
    web::{hashed, render_status},
    when,
};

use super::queries::{self, Earlier, New, Version};

#[derive(Template)]
#[template(path = "safety_plan/plan.html")]
pub struct PlanPage {
    pub ui: Ui,
    pub zone: String,
    /// Whose plan it is, for staff; empty on one's own page.
    pub name: String,
    pub edit: String,
    pub shown: Option<Version>,
    pub latest: bool,
    pub earlier: Vec<Earlier>,
}

impl PlanPage {
    fn steps(&self) -> [Step; 6] {
        Step::ALL
    }

    fn step(&self, step: &Step) -> String {
        self.ui.t(&format!("safety-{}", step.word()))
    }

    fn lines<'a>(&self, version: &'a Version, step: &Step) -> &'a [String] {
        version.plan.lines(*step)
    }

    fn contacts<'a>(&self, version: &'a Version, step: &Step) -> &'a [Contact] {
        version.plan.contacts(*step)
    }

    fn is_professionals(&self, step: &Step) -> bool {
        *step == Step::Professionals
    }

    fn made(&self, version: &Version) -> String {
        self.ui.t1("safety-made", "when", when::moment(self.ui.language, version.made_at, &self.zone))
    }

    fn when(&self, earlier: &Earlier) -> String {
        when::moment(self.ui.language, earlier.made_at, &self.zone)
    }

    fn is_mine(&self) -> bool {
        self.name.is_empty()
    }

    fn script(&self) -> String {
        hashed("keep-plan.js")
    }
}

#[derive(Template)]
#[template(path = "safety_plan/edit.html")]
pub struct EditPage {
    pub ui: Ui,
    pub name: String,
    pub back: String,
    pub typed: Plan,
    /// The version that was read; what is kept comes after it.
    pub version: i64,
    pub trouble: Option<&'static str>,
}

impl EditPage {
    fn steps(&self) -> [Step; 6] {
        Step::ALL
    }

    fn step(&self, step: &Step) -> String {
        self.ui.t(&format!("safety-{}", step.word()))
    }

    fn hint(&self, step: &Step) -> String {
        self.ui.t(&format!("safety-hint-{}", step.word()))
    }

    fn text(&self, step: &Step) -> String {
        self.typed.lines(*step).join("\n")
    }

    fn rows(&self, step: &Step) -> Vec<Contact> {
        let mut rows = self.typed.contacts(*step).to_vec();
        rows.resize(CONTACTS, Contact::default());
        rows
    }
}

#[derive(Template)]
#[template(path = "safety_plan/offline.html")]
pub struct OfflinePage {
    pub ui: Ui,
}

/// Whose plan a page is about, and where it lives.
struct About {
    person: i64,
    name: String,
    path: String,
}

fn mine_of(me: &Me) -> About {
    About { person: me.id, name: String::new(), path: "/safety-plan".into() }
}

/// A member of the group that the reader leads.
async fn member(house: &House, group: i64, person: i64) -> Result<Option<About>, Fault> {
    let people = facts::people_of(&house.db, group).await?;
    let found = people.into_iter().find(|one| one.person_id == person && one.is(Part::Member));
    Ok(found.map(|one| About { person, name: one.display_name, path: format!("/groups/{group}/safety-plans/{person}") }))
}

async fn page(house: &House, ui: Ui, me: &Me, about: About, number: i64) -> Result<Response, Fault> {
    let shown = queries::version(house, about.person, number).await?;
    if number != 0 && shown.is_none() {
        return Ok(not_found());
    }
    let earlier = if about.name.is_empty() { queries::earlier(&house.db, about.person).await? } else { Vec::new() };
    let (zone, edit) = (me.zone.clone(), format!("{}/edit", about.path));
    render(&PlanPage { ui, zone, name: about.name, edit, shown, latest: number == 0, earlier })
}

async fn form(house: &House, ui: Ui, about: About) -> Result<Response, Fault> {
    let (version, typed) = match queries::version(house, about.person, 0).await? {
        Some(version) => (version.number, version.plan),
        None => Default::default(),
    };
    render(&EditPage { ui, name: about.name, back: about.path, typed, version, trouble: None })
}

/// Keeps a new version after the one that was read. If another was kept meanwhile, nothing is overwritten: what was typed comes back.
async fn store(house: &House, ui: Ui, me: &Me, about: About, fields: &[(String, String)]) -> Result<Response, Fault> {
    let (typed, trouble) = Plan::read(fields);
    let read = fields.iter().find(|(name, _)| name == "version").and_then(|(_, value)| value.parse::<i64>().ok()).unwrap_or(0);
    let mut trouble = trouble.map(|trouble| trouble.key());
    if trouble.is_none() {
        let version = read.saturating_add(1);
        let sealed = queries::seal(house, about.person, version, &typed).await?;
        let latest = queries::version(house, about.person, 0).await?.map_or(0, |latest| latest.number);
        let tx = house.db.write().await?;
        let new = New { id: random_id(), person: about.person, version, sealed, by: me.id };
        if latest == read && queries::add(&tx, new, house.clock.now()).await? {
            tx.commit(Deed::new(me.id, "safety_plan.keep", format!("person/{}", about.person))).await?;
            return Ok(Redirect::to(&about.path).into_response());
        }
        trouble = Some("safety-changed-meanwhile");
    }
    // Sent a second time, what was typed is kept as the version after the one that came in between.
    let version = queries::version(house, about.person, 0).await?.map_or(0, |latest| latest.number);
    let page = EditPage { ui, name: about.name, back: about.path, typed, version, trouble };
    render_status(&page, StatusCode::UNPROCESSABLE_ENTITY)
}

pub async fn mine(State(house): State<House>, ui: Ui, me: Me) -> Result<Response, Fault> {
    page(&house, ui, &me, mine_of(&me), 0).await
}

pub async fn version(State(house): State<House>, ui: Ui, me: Me, Path(version): Path<i64>) -> Result<Response, Fault> {
    // Versions count from 1; 0 would be the latest.
    if version < 1 { Ok(not_found()) } else { page(&house, ui, &me, mine_of(&me), version).await }
}

pub async fn edit(State(house): State<House>, ui: Ui, me: Me) -> Result<Response, Fault> {
    form(&house, ui, mine_of(&me)).await
}

pub async fn keep(State(house): State<House>, ui: Ui, me: Me, Form(fields): Form<Vec<(String, String)>>) -> Result<Response, Fault> {
    store(&house, ui, &me, mine_of(&me), &fields).await
}

pub async fn of_member(State(house): State<House>, ui: Ui, me: Me, Path((group, person)): Path<(i64, i64)>) -> Result<Response, Fault> {
    let Some(about) = member(&house, group, person).await? else { return Ok(not_found()) };
    let tx = house.db.write().await?;
    tx.commit(Deed::new(me.id, "safety_plan.read", format!("person/{person}"))).await?;
    page(&house, ui, &me, about, 0).await
}

pub async fn edit_of_member(State(house): State<House>, ui: Ui, Path((group, person)): Path<(i64, i64)>) -> Result<Response, Fault> {
    let Some(about) = member(&house, group, person).await? else { return Ok(not_found()) };
    form(&house, ui, about).await
}

pub async fn keep_of_member(
    State(house): State<House>,
    ui: Ui,
    me: Me,
    Path((group, person)): Path<(i64, i64)>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let Some(about) = member(&house, group, person).await? else { return Ok(not_found()) };
    store(&house, ui, &me, about, &fields).await
}

/// What a phone without a network shows instead of an empty screen.
pub async fn offline(ui: Ui) -> Result<Response, Fault> {
    render(&OfflinePage { ui })
}

#[cfg(test)]
mod tests {
    use ground::{Language, Moment, Role};

    use super::*;

    fn sample() -> Plan {
        Plan {
            signs: vec!["I stop <answering>".into()],
            people: vec![Contact { name: "Nina".into(), phone: "(555) 010-0142".into() }],
            ..Plan::default()
        }
    }

    #[test]
    fn a_plan_can_be_called_from_and_names_the_lines() {
        for language in Language::ALL {
            let page = |shown: Option<Version>, name: &str| PlanPage {
                ui: Ui::sample(language, Some(Role::Member)),
                zone: "UTC".into(),
                name: name.into(),
                edit: "/safety-plan/edit".into(),
                shown,
                latest: true,
                earlier: vec![Earlier { version: 1, made_at: Moment(0) }; 3],
            };
            let html = page(Some(Version { number: 3, plan: sample(), made_at: Moment(0) }), "").render().unwrap();
            assert!(html.contains("tel:5550100142") && html.contains("I stop &#60;answering&#62;") && html.contains("data-keep"));
            let plan = html.split("<footer").next().unwrap();
            assert!(plan.contains("tel:988"), "the lines are part of the plan itself");
            assert!(page(None, "").render().unwrap().contains("/safety-plan/edit"));
            assert!(!page(None, "Theo").render().unwrap().contains("data-keep"), "nobody keeps somebody else's plan on a device");
            assert!(OfflinePage { ui: Ui::sample(language, None) }.render().unwrap().contains("tel:988"));
        }
    }

    #[test]
    fn the_form_keeps_what_was_typed() {
        for language in Language::ALL {
            let ui = Ui::sample(language, Some(Role::Member));
            let page = EditPage {
                ui,
                name: String::new(),
                back: "/safety-plan".into(),
                typed: sample(),
                version: 2,
                trouble: Some("safety-phone"),
            };
            let html = page.render().unwrap();
            assert!(html.contains("I stop &#60;answering&#62;") && html.contains("value=\"(555) 010-0142\""));
            assert_eq!(html.matches("name=\"people-name-").count(), CONTACTS);
        }
    }
}
