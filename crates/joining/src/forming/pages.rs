use askama::Template;
use axum::{
    Form,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use care::{
    licensing::Jurisdiction,
    names, programmes, times,
    topics::{self, Topics},
};
use ground::{
    Deed, Fault, House, Language, Me, Role, Tx, Ui,
    facts::{self, InGroup, Part},
    random_id,
    web::render_status,
};
use serde::Deserialize;

use super::queries::{self, Found, NewGroup};
use crate::{
    residence::{self, Asked},
    seats::{self, NoSeat, Sitting},
};

const NAME_CHARS: usize = 60;

#[derive(Debug, Clone, Default, Deserialize)]
pub struct GroupForm {
    #[serde(default)]
    pub name: String,
    #[serde(default)]
    pub topic: String,
    #[serde(default)]
    pub kind: String,
    #[serde(default)]
    pub weekday: String,
    #[serde(default)]
    pub time: String,
    #[serde(default)]
    pub minutes: String,
    #[serde(default)]
    pub capacity: String,
    /// What the group speaks; its programme is in the same language.
    #[serde(default)]
    pub language: String,
    #[serde(default)]
    pub programme: String,
    /// Ticked: the group meets from its next day on. Else it is still being formed.
    #[serde(default)]
    pub start: String,
}

#[derive(Template)]
#[template(path = "forming/new.html")]
pub struct NewPage {
    pub ui: Ui,
    pub zone: String,
    /// Slug and title.
    pub programmes: Vec<(String, String)>,
    pub typed: GroupForm,
    pub trouble: Option<&'static str>,
}

impl NewPage {
    fn days(&self) -> Vec<(String, String)> {
        (1..=7).map(|day| (day.to_string(), self.ui.t(&format!("day-{day}")))).collect()
    }

    fn topics(&self) -> Vec<(String, String)> {
        self.ui.topic_choices(|_| false)
    }

    fn languages(&self) -> Vec<(&'static str, String)> {
        Language::ALL.iter().map(|language| (language.code(), self.ui.t(&format!("language-{}", language.code())))).collect()
    }

    fn kinds(&self) -> Vec<(String, String)> {
        topics::KINDS.iter().map(|kind| ((*kind).to_owned(), self.ui.t(&format!("kind-{kind}")))).collect()
    }
}

/// Slug and title of every programme, in the reader's language.
pub fn programme_titles(ui: &Ui) -> Result<Vec<(String, String)>, Fault> {
    let title = |programme: &programmes::Programme| programme.title.get(ui.lang()).cloned().unwrap_or_else(|| programme.slug.clone());
    Ok(programmes::shipped()?.iter().map(|programme| (programme.slug.clone(), title(programme))).collect())
}

fn new_page(house: &House, ui: Ui, typed: GroupForm, trouble: Option<&'static str>) -> Result<Response, Fault> {
    let page = NewPage { zone: house.practice().zone, programmes: programme_titles(&ui)?, ui, typed, trouble };
    render_status(&page, if trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK })
}

pub async fn form(State(house): State<House>, ui: Ui) -> Result<Response, Fault> {
    let language = ui.lang().to_owned();
    let typed = GroupForm { minutes: "90".into(), capacity: "8".into(), language, start: "on".into(), ..GroupForm::default() };
    new_page(&house, ui, typed, None)
}

pub fn read(typed: &GroupForm, zone: &str, known: &Topics) -> Result<NewGroup, &'static str> {
    let name = typed.name.trim();
    if !names::fits(name, NAME_CHARS) {
        return Err("forming-name");
    }
    if !known.offers(&typed.topic) || !topics::KINDS.contains(&typed.kind.as_str()) {
        return Err("forming-topic");
    }
    let whole = |text: &str, range: std::ops::RangeInclusive<i64>| text.trim().parse().ok().filter(|number| range.contains(number));
    let weekday = whole(&typed.weekday, 1..=7).ok_or("forming-time")?;
    let minute_of_day = times::read(&typed.time).map(i64::from).ok_or("forming-time")?;
    let minutes = whole(&typed.minutes, 60..=120).ok_or("forming-minutes")?;
    let capacity = whole(&typed.capacity, 2..=i64::from(topics::cap(&typed.kind))).ok_or("forming-capacity")?;
    if !programmes::shipped().is_ok_and(|all| all.iter().any(|programme| programme.slug == typed.programme)) {
        return Err("forming-programme-missing");
    }
    Ok(NewGroup {
        id: random_id(),
        name: name.to_owned(),
        topic: typed.topic.clone(),
        kind: typed.kind.clone(),
        weekday,
        minute_of_day,
        zone: zone.to_owned(),
        minutes,
        capacity,
        language: Language::parse(&typed.language).code().to_owned(),
        programme: typed.programme.clone(),
        starts: !typed.start.is_empty(),
    })
}

pub async fn make(State(house): State<House>, ui: Ui, me: Me, Form(typed): Form<GroupForm>) -> Result<Response, Fault> {
    let group = match read(&typed, &house.practice().zone, &house.topics()) {
        Ok(group) => group,
        Err(trouble) => return new_page(&house, ui, typed, Some(trouble)),
    };
    let id = group.id;
    let tx = house.db.write().await?;
    queries::make(&tx, group, house.clock.now()).await?;
    tx.commit(Deed::new(me.id, "group.make", format!("group/{id}"))).await?;
    Ok(Redirect::to(&format!("/groups/{id}/seats")).into_response())
}

/// A group with its first leader in the first chair, in the caller's transaction.
pub async fn make_with_leader(house: &House, tx: &Tx, group: NewGroup, leader: i64) -> Result<(), Fault> {
    let (id, now) = (group.id, house.clock.now());
    queries::make(tx, group, now).await?;
    let name = facts::name_of(tx, leader).await?;
    let who = Sitting { group: id, person: leader, part: Part::Facilitator.word(), name: &name, first_number: 1 };
    seats::sit(tx, who, now).await?.map_err(|_| Fault::Other("a new group has no chair for its leader"))
}

#[derive(Debug, Clone, Default, Deserialize)]
pub struct SeatForm {
    #[serde(default)]
    pub email: String,
    #[serde(default)]
    pub part: String,
    /// Where a member lives, and why they are let in all the same.
    #[serde(default)]
    pub residence: String,
    #[serde(default)]
    pub reason: String,
}

#[derive(Template)]
#[template(path = "forming/seats.html")]
pub struct SeatsPage {
    pub ui: Ui,
    pub group: i64,
    pub people: Vec<InGroup>,
    pub typed: SeatForm,
    pub places: Vec<Jurisdiction>,
    pub trouble: Option<&'static str>,
}

impl SeatsPage {
    fn part(&self, word: &str) -> String {
        self.ui.t(&format!("part-{word}"))
    }

    fn parts(&self) -> [&'static str; 4] {
        ["member", "facilitator", "observer", "interpreter"]
    }
}

async fn seats_page(house: &House, ui: Ui, group: i64, typed: SeatForm, trouble: Option<&'static str>) -> Result<Response, Fault> {
    let people = facts::people_of(&house.db, group).await?;
    let status = if trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let places = residence::places()?;
    render_status(&SeatsPage { ui, group, people, typed, places, trouble }, status)
}

pub async fn seats(State(house): State<House>, ui: Ui, Path(group): Path<i64>) -> Result<Response, Fault> {
    seats_page(&house, ui, group, SeatForm::default(), None).await
}

/// Members sit as members, staff in the other parts; families never sit in a group.
fn may_sit(found: &Found, part: Part) -> bool {
    let Some(role) = Role::parse(&found.role) else { return false };
    if part == Part::Member { role == Role::Member } else { role.is_staff() }
}

pub async fn seat(
    State(house): State<House>,
    ui: Ui,
    me: Me,
    Path(group): Path<i64>,
    Form(typed): Form<SeatForm>,
) -> Result<Response, Fault> {
    let Some(found) = queries::person(&house.db, &typed.email.trim().to_lowercase()).await? else {
        return seats_page(&house, ui, group, typed, Some("seats-nobody")).await;
    };
    let Some(part) = Part::parse(&typed.part).filter(|part| may_sit(&found, *part)) else {
        return seats_page(&house, ui, group, typed, Some("seats-part")).await;
    };
    let asked = Asked { group, person: found.id, place: &typed.residence, reason: &typed.reason, by: me.id };
    let known = match part {
        Part::Member => match residence::read(&house, asked).await? {
            Ok(known) => Some(known),
            Err(trouble) => return seats_page(&house, ui, group, typed, Some(trouble)).await,
        },
        _ => None,
    };
    let tx = house.db.write().await?;
    // Again under the lock: a licence may have been taken out of the register meanwhile.
    let refused = match known {
        Some(place) => !residence::opens(&house, &tx, group, found.id, &place).await?,
        None => false,
    };
    let trouble = if refused {
        Some("residence-law")
    } else if part == Part::Member && !seats::take_place(&tx, group).await? {
        Some("seats-full")
    } else {
        let first = found.name.split_whitespace().next().unwrap_or(&found.name);
        let name = if part == Part::Member { first } else { &found.name };
        let who = Sitting { group, person: found.id, part: part.word(), name, first_number: 1 };
        seats::sit(&tx, who, house.clock.now()).await?.err().map(NoSeat::key)
    };
    if trouble.is_some() {
        drop(tx);
        return seats_page(&house, ui, group, typed, trouble).await;
    }
    tx.commit(Deed::new(me.id, "membership.add", format!("group/{group}/person/{}", found.id))).await?;
    Ok(Redirect::to(&format!("/groups/{group}/seats")).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed() -> GroupForm {
        GroupForm {
            name: "Steady Ground".into(),
            topic: "anxiety".into(),
            kind: "process".into(),
            weekday: "2".into(),
            time: "18:30".into(),
            minutes: "90".into(),
            capacity: "10".into(),
            language: "es".into(),
            programme: "steady-weeks".into(),
            start: "on".into(),
        }
    }

    #[test]
    fn what_does_not_fit_is_named() {
        let trouble = |typed: GroupForm| read(&typed, "America/New_York", &ground::topics::as_shipped()).err();
        assert_eq!(trouble(typed()), None);
        assert_eq!(trouble(GroupForm { name: " ".into(), ..typed() }), Some("forming-name"));
        assert_eq!(trouble(GroupForm { kind: "party".into(), ..typed() }), Some("forming-topic"));
        assert_eq!(trouble(GroupForm { time: "25:00".into(), ..typed() }), Some("forming-time"));
        assert_eq!(trouble(GroupForm { minutes: "30".into(), ..typed() }), Some("forming-minutes"));
        assert_eq!(trouble(GroupForm { capacity: "13".into(), ..typed() }), Some("forming-capacity"), "12 in therapy");
        assert_eq!(trouble(GroupForm { capacity: "15".into(), kind: "skills-class".into(), ..typed() }), None, "15 in a class");
        assert_eq!(trouble(GroupForm { capacity: "16".into(), kind: "skills-class".into(), ..typed() }), Some("forming-capacity"));
    }

    #[test]
    fn a_group_speaks_a_language_of_the_house() {
        let spoken = |language: &str| {
            read(&GroupForm { language: language.into(), ..typed() }, "UTC", &ground::topics::as_shipped()).unwrap().language
        };
        assert_eq!([spoken("es"), spoken("en"), spoken("fr"), spoken("")], ["es", "en", "en", "en"]);
    }

    #[test]
    fn the_pages_render() {
        for language in Language::ALL {
            let ui = Ui::sample(language, Some(Role::Coordinator));
            let page = NewPage {
                ui: ui.clone(),
                zone: "UTC".into(),
                programmes: vec![("a".into(), "A".into())],
                typed: typed(),
                trouble: Some("forming-time"),
            };
            let html = page.render().unwrap();
            assert!(html.contains("18:30") && html.contains("value=\"es\" selected"), "what was typed is kept");
            let page = SeatsPage {
                ui,
                group: 1,
                people: vec![],
                typed: SeatForm {
                    email: "kept@example.org".into(),
                    residence: "NY".into(),
                    reason: "kept <why>".into(),
                    ..SeatForm::default()
                },
                places: residence::places().unwrap(),
                trouble: Some("seats-full"),
            };
            let html = page.render().unwrap();
            assert!(html.contains("kept@example.org") && html.contains("kept &#60;why&#62;") && html.contains("value=\"NY\" selected"));
        }
    }
}
