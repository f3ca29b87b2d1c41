use askama::Template;
use axum::{
    Form,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use care::{agenda::Agenda, family::Standing, schedule::in_zone};
use ground::{
    Deed, Fault, House, Language, Me, Moment, Tx, Ui,
    family::{self, Tie},
    jobs, not_found, random_id,
    web::render_status,
    when,
};

use super::queries::{self, Made, Person, Planned};
use crate::{
    calendar,
    schedule::{self, tell},
};

/// Minutes a family session may last.
const LENGTHS: std::ops::RangeInclusive<i64> = 20..=120;

/// What was typed; `with` comes as often as boxes are ticked.
#[derive(Debug, Clone, Default)]
pub struct Typed {
    pub date: String,
    pub time: String,
    pub minutes: String,
    pub leader: String,
    pub with: Vec<i64>,
    pub anyway: bool,
}

impl Typed {
    fn read(fields: &[(String, String)]) -> Typed {
        let one = |name: &str| fields.iter().find(|(key, _)| key == name).map(|(_, value)| value.trim().to_owned()).unwrap_or_default();
        Typed {
            date: one("date"),
            time: one("time"),
            minutes: one("minutes"),
            leader: one("leader"),
            with: fields.iter().filter(|(key, _)| key == "with").filter_map(|(_, value)| value.parse().ok()).collect(),
            anyway: fields.iter().any(|(key, _)| key == "anyway"),
        }
    }
}

#[derive(Template)]
#[template(path = "family/family.html")]
pub struct FamilyPage {
    pub ui: Ui,
    pub me: Me,
    pub member: Person,
    /// All who are not over.
    pub ties: Vec<Tie>,
    pub leaders: Vec<Person>,
    pub planned: Vec<Planned>,
    pub typed: Typed,
    pub clashes: usize,
    pub trouble: Option<&'static str>,
}

impl FamilyPage {
    fn may_come(&self, tie: &Tie) -> bool {
        tie.opened().sessions
    }

    fn comes(&self, tie: &Tie) -> bool {
        self.typed.with.contains(&tie.supporter_id)
    }

    fn why_not(&self, tie: &Tie) -> String {
        self.ui.t(if tie.standing() == Standing::Asked { "family-not-answered" } else { "family-not-opened" })
    }

    fn is_leader(&self, person: &Person) -> bool {
        self.typed.leader.parse() == Ok(person.id) || (self.typed.leader.is_empty() && person.id == self.me.id)
    }

    fn when(&self, session: &Planned) -> String {
        let (language, zone) = (self.ui.language, &self.me.zone);
        format!("{} · {}", when::day(language, session.starts_at, zone), when::span(language, session.starts_at, session.minutes, zone))
    }

    fn can_plan(&self) -> bool {
        self.ties.iter().any(|tie| self.may_come(tie)) && !self.leaders.is_empty()
    }
}

/// The member and who leads them; `None` for staff who have nothing to do with them.
async fn known(house: &House, me: &Me, person: i64) -> Result<Option<(Person, Vec<Person>)>, Fault> {
    let Some(member) = queries::member(&house.db, person).await? else { return Ok(None) };
    let leaders = queries::leaders(&house.db, person).await?;
    let theirs = me.role.is_office() || leaders.iter().any(|leader| leader.id == me.id);
    Ok(theirs.then_some((member, leaders)))
}

async fn show(house: &House, ui: Ui, me: Me, person: i64, typed: Typed, trouble: Option<(&'static str, usize)>) -> Result<Response, Fault> {
    let Some((member, leaders)) = known(house, &me, person).await? else { return Ok(not_found()) };
    let ties = family::supporters_of(&house.db, person).await?.into_iter().filter(|tie| tie.ended_at.is_none()).collect();
    let planned = queries::sessions(&house.db, person).await?;
    let status = if trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let (trouble, clashes) = (trouble.map(|(key, _)| key), trouble.map_or(0, |(_, clashes)| clashes));
    render_status(&FamilyPage { ui, me, member, ties, leaders, planned, typed, clashes, trouble }, status)
}

pub async fn page(State(house): State<House>, ui: Ui, me: Me, Path(person): Path<i64>) -> Result<Response, Fault> {
    let ties = family::supporters_of(&house.db, person).await?;
    let with = ties.iter().filter(|tie| tie.opened().sessions).map(|tie| tie.supporter_id).collect();
    show(&house, ui, me, person, Typed { minutes: "50".into(), with, ..Typed::default() }, None).await
}

/// A family session as it can be planned.
struct Wanted {
    starts_at: Moment,
    minutes: i64,
    leader: Person,
    supporters: Vec<Person>,
}

async fn read(house: &House, me: &Me, member: i64, leaders: &[Person], typed: &Typed) -> Result<Result<Wanted, &'static str>, Fault> {
    let Some(starts_at) = in_zone(&typed.date, &typed.time, &me.zone).map(Moment::from) else { return Ok(Err("change-time-unreadable")) };
    if starts_at <= house.clock.now() {
        return Ok(Err("change-time-past"));
    }
    let Some(minutes) = typed.minutes.parse().ok().filter(|minutes| LENGTHS.contains(minutes)) else { return Ok(Err("family-minutes")) };
    let leader = if me.role.is_office() { typed.leader.parse().unwrap_or(0) } else { me.id };
    let Some(leader) = leaders.iter().find(|one| one.id == leader).cloned() else { return Ok(Err("family-leader")) };
    let mut supporters = Vec::new();
    for tie in family::supporters_of(&house.db, member).await?.iter().filter(|tie| typed.with.contains(&tie.supporter_id)) {
        // What a page offered an hour ago may be closed by now.
        if !tie.opened().sessions {
            return Ok(Err("family-not-any-more"));
        }
        supporters.extend(queries::person(&house.db, tie.supporter_id).await?);
    }
    Ok(if supporters.is_empty() { Err("family-nobody") } else { Ok(Wanted { starts_at, minutes, leader, supporters }) })
}

pub async fn plan(
    State(house): State<House>,
    ui: Ui,
    me: Me,
    Path(person): Path<i64>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let typed = Typed::read(&fields);
    let Some((member, leaders)) = known(&house, &me, person).await? else { return Ok(not_found()) };
    let session = match read(&house, &me, person, &leaders, &typed).await? {
        Ok(session) => session,
        Err(trouble) => return show(&house, ui, me, person, typed, Some((trouble, 0))).await,
    };
    let everybody: Vec<i64> = session.supporters.iter().map(|one| one.id).chain([member.id, session.leader.id]).collect();
    let clashes = calendar::clashes_at(&house, &everybody, 0, session.starts_at, session.minutes).await?;
    if clashes > 0 && !typed.anyway {
        return show(&house, ui, me, person, typed, Some(("change-clash", clashes))).await;
    }
    // What everybody reads over it is the member's, whoever plans it.
    let language = queries::language(&house.db, member.id).await?;
    let tx = house.db.write().await?;
    let id = write(&house, &tx, language, &me, &member, &session).await?;
    let told: Vec<i64> = everybody.into_iter().filter(|one| *one != me.id).collect();
    tell(&house, &tx, "appointment-made", &id.to_string(), 0, &told, session.starts_at).await?;
    jobs::later(&tx, family::NEWS, &random_id().to_string(), &member.id.to_string(), house.clock.now()).await?;
    tx.commit(Deed::new(me.id, "family.plan", format!("session/{id}"))).await?;
    Ok(Redirect::to(&format!("/family/{person}")).into_response())
}

async fn write(house: &House, tx: &Tx, language: Language, me: &Me, member: &Person, session: &Wanted) -> Result<i64, Fault> {
    let now = house.clock.now();
    let made = Made { member: member.id, name: &language.t("family-group-name"), zone: &me.zone, language: language.code() };
    let members: Vec<i64> = session.supporters.iter().map(|one| one.id).chain([member.id]).collect();
    let group = queries::group(tx, &made, &members, now).await?;
    for (who, part) in [(&session.leader, "facilitator"), (member, "member")] {
        queries::sit(tx, group, who, part, now).await?;
    }
    for supporter in &session.supporters {
        queries::sit(tx, group, supporter, "member", now).await?;
    }
    let id = random_id();
    let agenda = serde_json::to_string(&Agenda::default())?;
    let number = queries::last_number(tx, group).await? + 1;
    schedule::keep_session(tx, schedule::Session { id, group, number, starts_at: session.starts_at, minutes: session.minutes, agenda })
        .await?;
    Ok(id)
}

#[cfg(test)]
mod tests {
    use ground::Role;

    use super::*;

    fn tie(agreed: bool, sessions: bool) -> Tie {
        Tie {
            id: 4,
            member_id: 7,
            supporter_id: 9,
            name: "Rosa <b>".into(),
            sessions: i64::from(sessions),
            reminders: 0,
            crisis: 1,
            called_sealed: Vec::new(),
            asked_at: Moment(1),
            agreed_at: agreed.then_some(Moment(2)),
            ended_at: None,
        }
    }

    fn page(language: Language, ties: Vec<Tie>) -> FamilyPage {
        let ui = Ui::sample(language, Some(Role::Clinician));
        let planned = Planned { id: 8, starts_at: Moment(1_789_000_000_000_000), minutes: 50, state: "planned".into(), cancelled_at: None };
        FamilyPage {
            me: ui.me.clone().unwrap(),
            member: Person { id: 7, name: "Maya".into() },
            ties,
            leaders: vec![Person { id: 7, name: "Amara".into() }],
            planned: vec![planned],
            typed: Typed { date: "2026-13-01".into(), with: vec![9], ..Typed::default() },
            clashes: 2,
            trouble: Some("change-clash"),
            ui,
        }
    }

    #[test]
    fn only_those_who_agreed_and_are_let_in_can_be_asked() {
        for language in Language::ALL {
            let html = page(language, vec![tie(true, true)]).render().unwrap();
            assert!(html.contains("name=\"with\" value=\"9\" checked") && html.contains("value=\"2026-13-01\""), "what was typed is kept");
            assert!(html.contains("Rosa &#60;b&#62;") && html.contains("name=\"anyway\"") && html.contains("/sessions/8/"));
            for (agreed, sessions, key) in [(false, true, "family-not-answered"), (true, false, "family-not-opened")] {
                let page = page(language, vec![tie(agreed, sessions)]);
                let html = page.render().unwrap();
                assert!(html.contains(&page.ui.t(key)) && !html.contains("name=\"with\"") && !html.contains("name=\"date\""));
            }
            let html = page(language, vec![]).render().unwrap();
            assert!(!html.contains("action=\"/family/7\"") && html.contains("Maya"), "nobody to ask, and why");
        }
    }
}
