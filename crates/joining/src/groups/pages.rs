use askama::Template;
use axum::{
    Form,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use care::names;
use ground::{
    Deed, Fault, House, Language, Me, Role, Ui,
    facts::{self, InGroup, Part},
    family, not_found, render,
    web::render_status,
    when,
};
use serde::Deserialize;

use super::queries::{self, Group, Session};

const NAME_CHARS: usize = 40;

#[derive(Template)]
#[template(path = "groups/groups.html")]
pub struct GroupsPage {
    pub ui: Ui,
    pub groups: Vec<Group>,
}

#[derive(Clone, Template)]
#[template(path = "groups/group.html")]
pub struct GroupPage {
    pub ui: Ui,
    pub me: Me,
    pub group: Group,
    pub people: Vec<InGroup>,
    pub sessions: Vec<Session>,
    pub part: Option<Part>,
    /// Whose family sessions these are, if they are.
    pub family_of: Option<i64>,
    pub typed: String,
    pub trouble: Option<&'static str>,
}

fn weekly(ui: &Ui, group: &Group) -> String {
    weekly_words(ui, group.weekday, group.minute_of_day, &group.zone, group.minutes)
}

/// "Tuesdays 6:30 pm", in the group's own zone, which is named.
pub fn weekly_words(ui: &Ui, weekday: i64, minute_of_day: i64, zone: &str, minutes: i64) -> String {
    weekly_words_in(ui.language, weekday, minute_of_day, zone, minutes)
}

pub fn weekly_words_in(language: Language, weekday: i64, minute_of_day: i64, zone: &str, minutes: i64) -> String {
    let (hour, minute) = (minute_of_day / 60, minute_of_day % 60);
    let time = if language == Language::English {
        format!("{}:{minute:02} {}", (hour + 11) % 12 + 1, if hour < 12 { "am" } else { "pm" })
    } else {
        format!("{hour}:{minute:02}")
    };
    let zone = crate::catalogue::city(zone);
    let day = language.t(&format!("day-{weekday}"));
    language.say("group-weekly", &[("day", day), ("time", time), ("zone", zone), ("minutes", minutes.to_string())])
}

/// "Anxiety · process group".
pub fn kind_words(ui: &Ui, topic: &str, kind: &str) -> String {
    format!("{} · {}", ui.topic(topic), ui.t(&format!("kind-{kind}")))
}

impl GroupsPage {
    fn title(&self) -> &'static str {
        if self.ui.me.as_ref().is_some_and(|me| me.role.is_staff()) { "nav-groups" } else { "nav-my-group" }
    }

    /// The office makes groups, staff are asked to lead them, members are given a seat.
    fn empty(&self) -> &'static str {
        match &self.ui.me {
            _ if self.ui.is_office() => "groups-none-office",
            Some(me) if me.role.is_staff() => "groups-none-staff",
            _ => "groups-none",
        }
    }

    fn weekly(&self, group: &Group) -> String {
        weekly(&self.ui, group)
    }

    fn kind(&self, group: &Group) -> String {
        kind_words(&self.ui, &group.topic, &group.kind)
    }

    fn hue(&self, group: &Group) -> usize {
        care::topics::hue(&group.topic)
    }
}

impl GroupPage {
    /// A family has no rhythm: the row's weekday is nobody's.
    fn lead(&self) -> String {
        if self.is_family() {
            return self.ui.t("group-family-lead");
        }
        format!("{} · {}", kind_words(&self.ui, &self.group.topic, &self.group.kind), weekly(&self.ui, &self.group))
    }

    fn when(&self, session: &Session) -> String {
        when::moment(self.ui.language, session.starts_at, &self.me.zone)
    }

    fn leads(&self) -> bool {
        self.part == Some(Part::Facilitator)
    }

    fn leaders(&self) -> String {
        self.people
            .iter()
            .filter(|person| person.is(Part::Facilitator))
            .map(|person| person.display_name.as_str())
            .collect::<Vec<_>>()
            .join(", ")
    }

    /// Diagnoses are written by clinicians for the members of groups that they lead, as the page itself asks.
    fn may_bill(&self, person: &InGroup) -> bool {
        self.me.role == Role::Clinician && self.looks_after(person)
    }

    /// Whoever leads finds a member's safety plan here, before it is needed. Who comes along with a member has none.
    fn looks_after(&self, person: &InGroup) -> bool {
        self.leads() && person.is(Part::Member) && self.family_of.is_none_or(|member| member == person.person_id)
    }

    fn is_family(&self) -> bool {
        self.family_of.is_some()
    }

    /// What a group shares between sessions; a family has its evenings alone.
    fn has_between(&self) -> bool {
        (self.is_member() || self.leads()) && !self.is_family()
    }

    fn is_member(&self) -> bool {
        self.part == Some(Part::Member)
    }

    fn my_name(&self) -> &str {
        if !self.typed.is_empty() {
            return &self.typed;
        }
        self.people.iter().find(|person| person.person_id == self.me.id).map_or("", |person| &person.display_name)
    }

    /// A link that means something to this person: the recap, the record, or the page before.
    fn link(&self, session: &Session) -> Option<String> {
        let ended = session.state == "ended";
        match self.part? {
            Part::Facilitator if ended => Some(format!("/sessions/{}/record", session.id)),
            Part::Facilitator => Some(format!("/sessions/{}/before", session.id)),
            Part::Member if ended => Some(format!("/sessions/{}/recap", session.id)),
            _ => None,
        }
    }
}

pub async fn all(State(house): State<House>, ui: Ui, me: Me) -> Result<Response, Fault> {
    let groups = queries::mine(&house.db, &me).await?;
    render(&GroupsPage { ui, groups })
}

async fn page(house: &House, ui: Ui, me: Me, group: i64, typed: String, trouble: Option<&'static str>) -> Result<Response, Fault> {
    let Some(group) = queries::group(&house.db, group).await? else { return Ok(not_found()) };
    let people = facts::people_of(&house.db, group.id).await?;
    let sessions = queries::sessions(&house.db, group.id, house.clock.now()).await?;
    let part = facts::part_in(&house.db, group.id, me.id).await?;
    let status = if trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let family_of = family::member_of(&house.db, group.id).await?;
    render_status(&GroupPage { ui, me, group, people, sessions, part, family_of, typed, trouble }, status)
}

pub async fn one(State(house): State<House>, ui: Ui, me: Me, Path(group): Path<i64>) -> Result<Response, Fault> {
    page(&house, ui, me, group, String::new(), None).await
}

#[derive(Deserialize)]
pub struct DisplayName {
    name: String,
}

pub async fn display_name(
    State(house): State<House>,
    ui: Ui,
    me: Me,
    Path(group): Path<i64>,
    Form(form): Form<DisplayName>,
) -> Result<Response, Fault> {
    let name = form.name.trim();
    if !names::fits(name, NAME_CHARS) {
        return page(&house, ui, me, group, form.name, Some("group-name-unfit")).await;
    }
    let tx = house.db.write().await?;
    if queries::other_names(&tx, group, me.id).await?.iter().any(|other| names::same(other, name)) {
        drop(tx);
        return page(&house, ui, me, group, form.name, Some("group-name-taken")).await;
    }
    queries::set_display_name(&tx, group, me.id, name).await?;
    tx.commit(Deed::new(me.id, "membership.display_name", format!("group/{group}"))).await?;
    Ok(Redirect::to(&format!("/groups/{group}")).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pages_render() {
        let group = Group {
            id: 1,
            name: "Steady Ground".into(),
            topic: "anxiety".into(),
            kind: "process".into(),
            weekday: 2,
            minute_of_day: 1110,
            zone: "America/New_York".into(),
            minutes: 90,
            capacity: 10,
            taken: 8,
        };
        for language in Language::ALL {
            for many in [0, 10] {
                let ui = Ui::sample(language, Some(Role::Member));
                assert!(GroupsPage { ui: ui.clone(), groups: vec![group.clone(); many] }.render().is_ok());
                let me = ui.me.clone().unwrap();
                let people = vec![InGroup { person_id: 7, part: "member".into(), display_name: "Maya".into(), seat: 2 }; many];
                let page = GroupPage {
                    ui,
                    me,
                    group: group.clone(),
                    people,
                    sessions: vec![],
                    part: Some(Part::Member),
                    family_of: None,
                    typed: String::new(),
                    trouble: None,
                };
                let html = page.render().unwrap();
                assert!(html.contains("Steady Ground") && !html.contains("/billing") && html.contains(&language.t("day-2")));
                let family = GroupPage { family_of: Some(9), ..page.clone() }.render().unwrap();
                assert!(
                    family.contains(&language.t("group-family-lead")) && !family.contains(&language.t("day-2")),
                    "no day that nobody chose"
                );
                for (role, part, links) in [
                    (Role::Clinician, Part::Facilitator, many),
                    (Role::SupportSpecialist, Part::Facilitator, 0),
                    (Role::Clinician, Part::Observer, 0),
                ] {
                    let ui = Ui::sample(language, Some(role));
                    let page = GroupPage { me: ui.me.clone().unwrap(), ui, part: Some(part), ..page.clone() };
                    assert_eq!(page.render().unwrap().matches("/people/7/billing").count(), links, "{role:?} {part:?}");
                    let supporter = GroupPage { family_of: Some(9), ..page }.render().unwrap();
                    assert!(!supporter.contains("/billing") && !supporter.contains("/family/7"), "who comes along has no record");
                }
            }
        }
    }
}
