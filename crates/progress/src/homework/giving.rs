//! Giving homework outside a session: to one member, to some, to all. The same form twice gives it once.

use askama::Template;
use axum::{
    Form,
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use care::{
    agenda::Agenda,
    homework::{Asked, Kind},
    times,
};
use ground::{
    Deed, Fault, House, Me, Moment, Owner, Ui,
    facts::{self, InGroup, Part},
    random_id,
    web::render_status,
};
use jiff::{ToSpan, civil::Date, tz::TimeZone};
use serde::Deserialize;

use super::{
    get, once,
    queries::{self, New},
};

const LATEST_DUE_DAYS: i32 = 366;
pub(super) const USUAL_DAYS: i32 = 7;
/// Lines of so many sessions that are over, and of the next one, are offered.
const SESSIONS_BACK: usize = 3;

#[derive(Template)]
#[template(path = "homework/new.html")]
pub struct NewPage {
    pub ui: Ui,
    pub group: i64,
    /// Chosen first; without it the page shows what there is.
    pub kind: Option<Kind>,
    /// What the programme suggests.
    pub lines: Vec<String>,
    pub members: Vec<InGroup>,
    pub typed: Vec<(String, String)>,
    pub once: String,
    pub trouble: Option<&'static str>,
}

impl NewPage {
    fn kinds(&self) -> [Kind; 8] {
        Kind::ALL
    }

    fn name(&self, kind: &Kind) -> String {
        self.ui.t(&format!("homework-kind-{}", kind.word()))
    }

    fn hint(&self, kind: &Kind) -> String {
        self.ui.t(&format!("homework-kind-{}-hint", kind.word()))
    }

    fn is(&self, word: &str) -> bool {
        self.kind.is_some_and(|kind| kind.word() == word)
    }

    fn get(&self, name: &str) -> &str {
        get(&self.typed, name)
    }

    fn has(&self, name: &str, value: impl ToString) -> bool {
        let value = value.to_string();
        self.typed.iter().any(|(key, typed)| key == name && *typed == value)
    }
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Begun {
    kind: String,
    line: Option<usize>,
    person: Option<i64>,
}

async fn members(house: &House, group: i64) -> Result<Vec<InGroup>, Fault> {
    Ok(facts::people_of(&house.db, group).await?.into_iter().filter(|one| one.is(Part::Member)).collect())
}

/// What the group's programme gives to do: in the last sessions and in the next one.
async fn lines(house: &House, group: i64) -> Result<Vec<String>, Fault> {
    let all = facts::agendas(&house.db, group).await?;
    let over = all.iter().filter(|session| session.state == "ended").count();
    let mut lines: Vec<String> = Vec::new();
    for session in all.iter().skip(over.saturating_sub(SESSIONS_BACK)).take(SESSIONS_BACK + 1) {
        let agenda: Agenda = serde_json::from_str(&session.agenda)?;
        lines.extend(agenda.homework);
    }
    let mut met = std::collections::HashSet::new();
    lines.retain(|line| met.insert(line.clone()));
    Ok(lines)
}

pub(super) fn today(house: &House, me: &Me) -> Date {
    house.clock.now().in_zone(&me.zone).date()
}

pub async fn form(
    State(house): State<House>,
    ui: Ui,
    me: Me,
    Path(group): Path<i64>,
    Query(begun): Query<Begun>,
) -> Result<Response, Fault> {
    let lines = lines(&house, group).await?;
    let due = today(&house, &me).checked_add(USUAL_DAYS.days()).unwrap_or_default();
    let mut typed = vec![("due".to_owned(), due.to_string())];
    typed.extend(begun.line.and_then(|at| lines.get(at)).map(|line| ("text".to_owned(), line.clone())));
    match begun.person {
        Some(person) => typed.push(("who".into(), person.to_string())),
        None => typed.extend(members(&house, group).await?.iter().map(|one| ("who".to_owned(), one.person_id.to_string()))),
    }
    page(&house, ui, group, (Kind::known(&begun.kind), typed), None).await
}

async fn page(
    house: &House,
    ui: Ui,
    group: i64,
    (kind, typed): (Option<Kind>, Vec<(String, String)>),
    trouble: Option<&'static str>,
) -> Result<Response, Fault> {
    let status = if trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let (lines, members) = (lines(house, group).await?, members(house, group).await?);
    let once = once(get(&typed, "once"));
    render_status(&NewPage { ui, group, kind, lines, members, typed, once, trouble }, status)
}

/// What is to be given, as it was read.
#[derive(Debug)]
struct Giving {
    text: String,
    asked: Asked,
    due: Date,
    remind: Option<i64>,
    who: Vec<i64>,
}

fn read(kind: Kind, typed: &[(String, String)], members: &[i64], today: Date) -> Result<Giving, &'static str> {
    let lines = |name| get(typed, name).lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect();
    let (link, reading) = (get(typed, "link").to_owned(), get(typed, "reading").to_owned());
    let asked = Asked { link, text: reading, own: lines("own"), steps: lines("steps"), prompts: lines("prompts") }.of(kind);
    let text = get(typed, "text").to_owned();
    asked.check(kind, &text).map_err(care::homework::Misfit::key)?;
    let (due, remind) = when(typed, today)?;
    let is_ticked = |person: &&i64| typed.iter().any(|(key, value)| key == "who" && *value == person.to_string());
    let who: Vec<i64> = members.iter().filter(is_ticked).copied().collect();
    if who.is_empty() { Err("homework-give-who") } else { Ok(Giving { text, asked, due, remind, who }) }
}

/// Until when, and the minute of a reminder each day.
pub(super) fn when(typed: &[(String, String)], today: Date) -> Result<(Date, Option<i64>), &'static str> {
    let due: Date = get(typed, "due").parse().map_err(|_| "homework-give-due")?;
    let latest = today.checked_add(LATEST_DUE_DAYS.days()).map_err(|_| "homework-give-due")?;
    if !(today..=latest).contains(&due) {
        return Err("homework-give-due");
    }
    let remind = match get(typed, "remind") {
        "" => None,
        typed => Some(i64::from(times::read(typed).ok_or("homework-time")?)),
    };
    Ok((due, remind))
}

/// The last minute of that day where the member lives.
pub(super) fn end_of(day: Date, zone: &str) -> Option<Moment> {
    let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    Some(day.at(23, 59, 0, 0).to_zoned(zone).ok()?.timestamp().into())
}

async fn new(house: &House, group: i64, by: i64, person: i64, (kind, giving, once): (Kind, &Giving, &str)) -> Result<New, Fault> {
    let (id, owner) = (random_id(), Owner::Person(person));
    let row = id.to_string();
    let zone = facts::reach(&house.db, person).await?.map_or_else(|| "UTC".to_owned(), |reach| reach.zone);
    Ok(New {
        id,
        person,
        group: Some(group),
        by,
        kind,
        text: house.keys.seal(owner, queries::spot("text", &row), &giving.text).await?,
        asked: house.keys.seal(owner, queries::spot("asked", &row), &serde_json::to_string(&giving.asked)?).await?,
        now: house.clock.now(),
        due_at: end_of(giving.due, &zone).ok_or(Fault::Other("a day has no end"))?,
        remind: giving.remind,
        once: once.to_owned(),
    })
}

pub async fn give(
    State(house): State<House>,
    ui: Ui,
    me: Me,
    Path(group): Path<i64>,
    Form(typed): Form<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let Some(kind) = Kind::known(get(&typed, "kind")) else {
        return page(&house, ui, group, (None, typed), Some("homework-give-kind")).await;
    };
    let members: Vec<i64> = members(&house, group).await?.iter().map(|one| one.person_id).collect();
    let giving = match read(kind, &typed, &members, today(&house, &me)) {
        Ok(giving) => giving,
        Err(key) => return page(&house, ui, group, (Some(kind), typed), Some(key)).await,
    };
    let once = once(get(&typed, "once"));
    let mut all = Vec::with_capacity(giving.who.len());
    for person in &giving.who {
        all.push(new(&house, group, me.id, *person, (kind, &giving, &once)).await?);
    }
    let tx = house.db.write().await?;
    let mut given = false;
    for new in all {
        given |= queries::add(&tx, new).await?;
    }
    if given {
        tx.commit(Deed::new(me.id, "homework.give", format!("group/{group}"))).await?;
    }
    Ok(Redirect::to(&format!("/groups/{group}/homework")).into_response())
}

#[cfg(test)]
mod tests {
    use ground::{Language, Role};

    use super::*;

    const TODAY: Date = jiff::civil::date(2026, 11, 23);

    fn typed(fields: &[(&str, &str)]) -> Vec<(String, String)> {
        fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    fn good() -> Vec<(&'static str, &'static str)> {
        vec![
            ("text", "Try one step"),
            ("due", "2026-11-30"),
            ("remind", "8:30 pm"),
            ("who", "5"),
            ("who", "6"),
            ("steps", "Look up\n\n Ask \n"),
        ]
    }

    #[test]
    fn what_is_given_is_read_with_its_lines_and_its_people() {
        let giving = read(Kind::Ladder, &typed(&good()), &[4, 5, 6], TODAY).unwrap();
        assert_eq!((giving.who, giving.remind), (vec![5, 6], Some(1_230)));
        assert_eq!(giving.asked.steps, ["Look up", "Ask"]);
        let free = read(Kind::Free, &typed(&good()), &[5], TODAY).unwrap();
        assert!(free.asked == Asked::default() && free.who == [5], "nobody who is not a member any more, and only the kind's own part");
    }

    #[test]
    fn what_cannot_be_given_is_said() {
        for (kind, field, value, key) in [
            (Kind::Free, "text", " ", "homework-give-instructions"),
            (Kind::Free, "due", "2026-11-22", "homework-give-due"),
            (Kind::Free, "due", "2028-01-01", "homework-give-due"),
            (Kind::Free, "due", "2026-02-30", "homework-give-due"),
            (Kind::Free, "remind", "25:00", "homework-time"),
            (Kind::Reading, "link", "http://example.org", "homework-give-link"),
            (Kind::Reading, "link", "", "homework-give-reading"),
            (Kind::Worksheet, "prompts", "\n \n", "homework-give-prompts"),
            (Kind::DiaryCard, "own", "a\nb\nc\nd\ne\nf", "homework-give-lines"),
        ] {
            let mut fields: Vec<(&str, &str)> = good().into_iter().filter(|(name, _)| *name != field).collect();
            fields.push((field, value));
            assert_eq!(read(kind, &typed(&fields), &[5, 6], TODAY).unwrap_err(), key, "{field} {value}");
        }
        assert_eq!(read(Kind::Free, &typed(&good()), &[1, 2], TODAY).unwrap_err(), "homework-give-who");
    }

    #[test]
    fn a_day_ends_where_the_member_lives() {
        let at = end_of(TODAY, "America/New_York").unwrap();
        assert_eq!(at.timestamp().to_string(), "2026-11-24T04:59:00Z");
        assert_eq!(end_of(TODAY, "Nowhere/Else").unwrap().timestamp().to_string(), "2026-11-23T23:59:00Z");
    }

    #[test]
    fn every_kind_has_its_own_questions_and_keeps_what_was_typed() {
        for language in Language::ALL {
            for kind in [None].into_iter().chain(Kind::ALL.map(Some)) {
                let one = |person_id: i64| InGroup { person_id, part: "member".into(), display_name: format!("<{person_id}>"), seat: 1 };
                let typed = typed(&[("text", "Kept <text>"), ("who", "6"), ("steps", "Look <up>"), ("own", "x"), ("link", "https://a.b")]);
                let page = NewPage {
                    ui: Ui::sample(language, Some(Role::Clinician)),
                    group: 3,
                    kind,
                    lines: vec!["Two <minutes>".into()],
                    members: vec![one(5), one(6)],
                    typed,
                    once: "token".into(),
                    trouble: Some("homework-give-due"),
                };
                let html = page.render().unwrap();
                assert!(!html.contains("homework-kind-") && !html.contains("<text>"));
                let Some(kind) = kind else {
                    assert_eq!(html.matches("?kind=").count(), 8);
                    continue;
                };
                assert!(html.contains("Kept &#60;text&#62;") && html.contains("&#60;6&#62;") && html.contains("Two &#60;minutes&#62;"));
                assert_eq!(html.matches(" checked").count(), 1);
                for (name, of) in [("steps", Kind::Ladder), ("prompts", Kind::Worksheet), ("link", Kind::Reading), ("own", Kind::DiaryCard)]
                {
                    assert_eq!(html.contains(&format!("name=\"{name}\"")), kind == of, "{name} of {}", kind.word());
                }
            }
        }
    }
}
