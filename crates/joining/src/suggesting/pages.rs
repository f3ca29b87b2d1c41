use std::{collections::BTreeSet, time::Duration};

use askama::Template;
use axum::{
    Form,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use care::{
    forming::{self, Applicant, Candidate, Leader, Size, Window},
    licensing::{self, Authority, Kind, Service},
};
use ground::{
    Deed, Fault, House, Me, Ui,
    facts::{self, FreeWindow},
    web::render_status,
};

use super::{
    queries::{self, Held},
    solver::{self, Plan},
};
use crate::{
    enrolment::{self, Waiting},
    forming as setting_up,
};

/// A page that is waited for.
const PATIENCE: Duration = Duration::from_secs(10);
/// A therapy group as the field makes it: begins with five, and has eight or ten; the cap itself leaves room for later.
const SIZE: Size = Size { least: 5, most: 10 };

/// One suggested group, ready to be shown and to be made.
#[derive(Debug, Clone)]
pub struct Suggestion {
    pub candidate: Candidate,
    pub leader: String,
    /// When it would begin, as a browser writes a time.
    pub time: String,
    pub people: Vec<Waiting>,
    pub ages: usize,
}

#[derive(Template)]
#[template(path = "suggesting/suggestions.html")]
pub struct SuggestionsPage {
    pub ui: Ui,
    pub waiting: usize,
    pub suggestions: Vec<Suggestion>,
    /// From 0 to 1; missing if the search had no time to say.
    pub distance: Option<f64>,
    pub programmes: Vec<(String, String)>,
    pub trouble: Option<&'static str>,
    /// The name that was typed for a group that could not be made.
    pub typed: String,
}

impl SuggestionsPage {
    fn placed(&self) -> usize {
        self.suggestions.iter().map(|suggestion| suggestion.people.len()).sum()
    }

    fn summary(&self) -> String {
        self.ui.t2("suggest-summary", &("placed", &self.placed().to_string()), &("waiting", &self.waiting.to_string()))
    }

    fn bound(&self) -> String {
        match self.distance {
            Some(distance) if distance < 0.000_5 => self.ui.t("suggest-best"),
            Some(distance) => self.ui.t1("suggest-near-best", "percent", format!("{:.1}", distance * 100.0)),
            None => self.ui.t("suggest-unknown-best"),
        }
    }

    fn when(&self, suggestion: &Suggestion) -> String {
        let (day, part) = (suggestion.candidate.day, &suggestion.candidate.part);
        format!("{}, {}", self.ui.t(&format!("day-{day}")), self.ui.t(&format!("find-{part}")))
    }

    fn topic(&self, suggestion: &Suggestion) -> String {
        self.ui.topic(&suggestion.candidate.topic)
    }

    /// Why these people: what they share, and how they differ.
    fn why(&self, suggestion: &Suggestion) -> String {
        let aims: Vec<String> = suggestion.candidate.aims.iter().map(|aim| self.ui.t(&format!("aim-{aim}")).to_lowercase()).collect();
        let aims = if aims.is_empty() { self.ui.t("applicant-nothing-said") } else { aims.join(", ") };
        self.ui.t2("suggest-why", &("aims", &aims), &("ages", &suggestion.ages.to_string()))
    }

    fn shared(&self, suggestion: &Suggestion, waiting: &Waiting) -> String {
        let shared: Vec<String> = waiting
            .answers
            .aims
            .intersection(&suggestion.candidate.aims)
            .map(|aim| self.ui.t(&format!("aim-{aim}")).to_lowercase())
            .collect();
        shared.join(", ")
    }
}

/// What the leaders entered of their time, on the practice's clock.
fn windows(house: &House, of: &[FreeWindow], person: i64) -> Option<Vec<Window>> {
    let (zone, around) = (house.practice().zone, house.clock.now().timestamp());
    let mine: Vec<&FreeWindow> = of.iter().filter(|window| window.person_id == person).collect();
    let entered = |one: &FreeWindow| {
        let small = |number: i64| i16::try_from(number).unwrap_or(0);
        Window { day: u8::try_from(one.weekday).unwrap_or(0), from: small(one.from_minute), to: small(one.to_minute) }
    };
    let there = |one: &&FreeWindow| forming::window_on_clock(entered(one), &one.zone, &zone, around);
    (!mine.is_empty()).then(|| mine.iter().flat_map(there).collect())
}

/// Whoever may lead where, from the register of today.
fn leaders(held: &[Held], today: jiff::civil::Date) -> Result<Vec<(Leader, String)>, Fault> {
    let tables = licensing::shipped()?;
    let mut leaders: Vec<(Leader, String)> = Vec::new();
    for one in held {
        let (Some(kind), Ok(from), Ok(to)) = (Kind::parse(&one.kind), one.valid_from.parse(), one.valid_to.parse()) else { continue };
        let authority = Authority { holder: one.person_id, kind, jurisdiction: one.jurisdiction.clone(), from, to };
        let opens = |code: &str| licensing::decide(&tables, std::slice::from_ref(&authority), code, today, Service::Therapy).opens();
        let places: BTreeSet<String> =
            tables.jurisdiction.iter().filter(|place| opens(&place.code)).map(|place| place.code.clone()).collect();
        match leaders.last_mut().filter(|(leader, _)| leader.id == one.person_id) {
            Some((leader, _)) => leader.places.extend(places),
            None => leaders.push((Leader { id: one.person_id, places, free: None }, one.name.clone())),
        }
    }
    Ok(leaders)
}

fn applicant(house: &House, waiting: &Waiting) -> Applicant {
    let around = house.clock.now().timestamp();
    let mut topics = waiting.answers.conditions.clone();
    topics.insert(waiting.topic.clone());
    // No new group is made of what the practice offers no more.
    let offered = house.topics();
    topics.retain(|slug| offered.offers(slug));
    Applicant {
        id: waiting.application,
        topics,
        aims: waiting.answers.aims.clone(),
        free: forming::on_clock(&waiting.answers.free, &waiting.zone, &house.practice().zone, around),
        residence: waiting.residence.clone(),
        language: waiting.answers.language.clone(),
        age: waiting.answers.age.clone(),
    }
}

async fn suggested(house: &House) -> Result<(usize, Vec<Suggestion>, Plan), Fault> {
    let waiting = enrolment::waiting(house).await?;
    let applicants: Vec<Applicant> = waiting.iter().map(|one| applicant(house, one)).collect();
    let today = house.clock.now().in_zone(&house.practice().zone).date();
    let (mut leaders, names): (Vec<Leader>, Vec<String>) = leaders(&queries::held(&house.db).await?, today)?.into_iter().unzip();
    let entered = facts::staff_windows(&house.db).await?;
    for leader in &mut leaders {
        leader.free = windows(house, &entered, leader.id);
    }
    let candidates = forming::candidates(&applicants, &leaders, SIZE);
    let searched = candidates.clone();
    let plan = tokio::task::spawn_blocking(move || solver::best(&applicants, &searched, SIZE, PATIENCE))
        .await
        .map_err(|_| Fault::Other("the search for groups ended badly"))?;
    let shown = plan.groups.iter().map(|formed| {
        let candidate = candidates[formed.candidate].clone();
        let people: Vec<Waiting> = formed.people.iter().map(|index| waiting[*index].clone()).collect();
        let ages: BTreeSet<&String> = people.iter().map(|one| &one.answers.age).filter(|age| !age.is_empty()).collect();
        let at = leaders.iter().position(|leader| leader.id == candidate.leader);
        let begins = at.and_then(|at| leaders[at].begins(candidate.day, &candidate.part)).unwrap_or(18 * 60 + 30);
        let leader = at.map_or(String::new(), |at| names[at].clone());
        Suggestion { ages: ages.len(), candidate, leader, time: care::times::write(begins), people }
    });
    Ok((waiting.len(), shown.collect(), plan))
}

async fn page(house: &House, ui: Ui, typed: String, trouble: Option<&'static str>) -> Result<Response, Fault> {
    let (waiting, suggestions, plan) = suggested(house).await?;
    let page = SuggestionsPage {
        waiting,
        suggestions,
        distance: plan.distance(),
        programmes: setting_up::programme_titles(&ui)?,
        ui,
        trouble,
        typed,
    };
    render_status(&page, if trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK })
}

/// What people told is read to make this page: it stands in the audit book.
pub async fn all(State(house): State<House>, ui: Ui, me: Me) -> Result<Response, Fault> {
    house.shows(me.id, "screening.read", "applicants".to_owned()).await?;
    page(&house, ui, String::new(), None).await
}

/// The coordinator decides: the group is made with those whose box is ticked. It has not started; the next page is its composition.
pub async fn form_group(State(house): State<House>, ui: Ui, me: Me, Form(fields): Form<Vec<(String, String)>>) -> Result<Response, Fault> {
    let get = |name: &str| fields.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str());
    let typed = setting_up::GroupForm {
        name: get("name").into(),
        topic: get("topic").into(),
        kind: "process".into(),
        weekday: get("weekday").into(),
        time: get("time").into(),
        minutes: "90".into(),
        capacity: SIZE.most.to_string(),
        language: get("language").into(),
        programme: get("programme").into(),
        start: String::new(),
    };
    let group = match setting_up::read(&typed, &house.practice().zone, &house.topics()) {
        Ok(group) => group,
        Err(trouble) => return page(&house, ui, typed.name, Some(trouble)).await,
    };
    let chosen: Vec<i64> = fields.iter().filter_map(|(key, _)| key.strip_prefix("person-")?.parse().ok()).collect();
    let leader: i64 = get("leader").parse().unwrap_or(0);
    let id = group.id;
    if chosen.is_empty() || !queries::held(&house.db).await?.iter().any(|held| held.person_id == leader) {
        return page(&house, ui, typed.name, Some("suggest-nobody")).await;
    }
    let tx = house.db.write().await?;
    setting_up::make_with_leader(&house, &tx, group, leader).await?;
    // The register is asked again for each of them: a suggestion is computed, a seat is given by the rule.
    if !enrolment::move_all(&house, &tx, &chosen, id).await? {
        drop(tx);
        return page(&house, ui, typed.name, Some("suggest-changed")).await;
    }
    tx.commit(Deed::new(me.id, "group.form", format!("group/{id}"))).await?;
    Ok(Redirect::to(&format!("/groups/{id}/composition")).into_response())
}

#[cfg(test)]
mod tests {
    use ground::{Language, Role};

    use super::*;

    #[test]
    fn the_page_renders_with_nobody_and_with_a_group() {
        let waiting = Waiting { name: "Ada <b>".into(), ..Waiting::default() };
        let candidate = Candidate {
            topic: "grief".into(),
            day: 2,
            part: "evening".into(),
            language: "en",
            leader: 4,
            aims: ["calm".to_owned()].into(),
            fits: vec![0],
        };
        let suggestion = Suggestion { candidate, leader: "Dr. Amara Osei".into(), time: "18:30".into(), people: vec![waiting; 5], ages: 2 };
        for language in Language::ALL {
            for (suggestions, distance) in [(vec![], Some(0.0)), (vec![suggestion.clone()], Some(0.012)), (vec![suggestion.clone()], None)]
            {
                let ui = Ui::sample(language, Some(Role::Coordinator));
                let many = suggestions.len();
                let page =
                    SuggestionsPage { ui, waiting: 9, suggestions, distance, programmes: vec![], trouble: None, typed: "Kept".into() };
                let html = page.render().unwrap();
                assert_eq!(html.matches("Ada &#60;b&#62;").count(), many * 5);
                assert_eq!(html.contains("1.2"), distance == Some(0.012));
            }
        }
    }

    #[test]
    fn whoever_has_two_licences_is_one_leader() {
        let held = |person_id, kind: &str, jurisdiction: &str, to: &str| Held {
            person_id,
            name: "Lena".into(),
            kind: kind.into(),
            jurisdiction: jurisdiction.into(),
            valid_from: "2024-01-01".into(),
            valid_to: to.into(),
        };
        let register =
            [held(1, "licence", "NY", "2099-12-31"), held(1, "licence", "NJ", "2025-01-01"), held(2, "licence", "FL", "2099-12-31")];
        let found = leaders(&register, jiff::civil::date(2026, 11, 25)).unwrap();
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].0.places, ["NY".to_owned()].into(), "what has run out covers nothing");
    }
}
