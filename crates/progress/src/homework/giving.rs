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
    homework::{
        Asked, Kind,
        shelf::{self as rules, Entry, Template as Kept},
    },
    times,
};
use ground::{
    Deed, Fault, House, Me, Moment, Owner, Ui,
    facts::{self, InGroup, LedGroup, Part},
    random_id,
    web::render_status,
};
use jiff::{ToSpan, civil::Date, tz::TimeZone};
use serde::Deserialize;

use super::{
    asked, get, once,
    queries::{self, New},
    shelf,
};

const LATEST_DUE_DAYS: i32 = 366;
pub(super) const USUAL_DAYS: i32 = 7;
/// Lines of so many sessions that are over, and of the next one, are offered.
const SESSIONS_BACK: usize = 3;

/// A line of the programme. If it is the title of something on the shelf, it brings that along.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub text: String,
    pub template: Option<(String, Kind)>,
}

#[derive(Template)]
#[template(path = "homework/new.html")]
pub struct NewPage {
    pub ui: Ui,
    pub group: i64,
    /// Chosen first; without it the page shows what there is.
    pub kind: Option<Kind>,
    /// What the programme suggests.
    pub lines: Vec<Line>,
    pub members: Vec<InGroup>,
    /// Whom it is begun for, if it is one.
    pub person: Option<i64>,
    /// What it was taken from, if it lies on the shelf.
    pub taken: Option<String>,
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

    /// Goes on for the same member.
    fn and_person(&self) -> String {
        self.person.map_or_else(String::new, |person| format!("&person={person}"))
    }

    /// Lines that have a form of their own; the others need a kind first.
    fn named(&self) -> impl Iterator<Item = (&Line, &(String, Kind))> {
        self.lines.iter().filter_map(|line| Some((line, line.template.as_ref()?)))
    }

    fn has_named(&self) -> bool {
        self.named().next().is_some()
    }

    /// Whoever is about to give it has seen what it was taken from.
    fn taken_from(&self) -> String {
        self.taken.as_ref().map_or_else(String::new, |title| self.ui.t1("homework-shelf-taken-from", "title", title))
    }
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Begun {
    kind: String,
    line: Option<usize>,
    person: Option<i64>,
    template: String,
}

async fn members(house: &House, group: i64) -> Result<Vec<InGroup>, Fault> {
    Ok(facts::people_of(&house.db, group).await?.into_iter().filter(|one| one.is(Part::Member)).collect())
}

/// What the group's programme gives to do: in the last sessions and in the next one.
async fn lines(house: &House, group: &LedGroup, shelf: &[Entry]) -> Result<Vec<Line>, Fault> {
    let all = facts::agendas(&house.db, group.id).await?;
    let over = all.iter().filter(|session| session.state == "ended").count();
    let mut lines: Vec<String> = Vec::new();
    for session in all.iter().skip(over.saturating_sub(SESSIONS_BACK)).take(SESSIONS_BACK + 1) {
        let agenda: Agenda = serde_json::from_str(&session.agenda)?;
        lines.extend(agenda.homework);
    }
    let mut met = std::collections::HashSet::new();
    lines.retain(|line| met.insert(line.clone()));
    let line = |text: String| {
        let template = rules::named(&text, shelf, &group.language).map(|entry| (entry.key.to_string(), entry.template.kind));
        Line { text, template }
    };
    Ok(lines.into_iter().map(line).collect())
}

/// The group as the shelf asks about it. The policy has let in nobody who does not lead it.
async fn led(house: &House, me: &Me, group: i64) -> Result<LedGroup, Fault> {
    let found = facts::led_by(&house.db, me.id).await?.into_iter().find(|one| one.id == group);
    found.ok_or(Fault::Other("a leader without the group"))
}

pub(super) fn today(house: &House, me: &Me) -> Date {
    house.clock.now().in_zone(&me.zone).date()
}

fn due_in(today: Date, days: i32) -> (String, String) {
    ("due".into(), today.checked_add(days.days()).unwrap_or_default().to_string())
}

pub async fn form(
    State(house): State<House>,
    ui: Ui,
    me: Me,
    Path(group): Path<i64>,
    Query(begun): Query<Begun>,
) -> Result<Response, Fault> {
    let (shelf, group) = (shelf::all(&house).await?, led(&house, &me, group).await?);
    let taken = shelf::find(&shelf, &begun.template);
    let mut typed = match taken {
        Some(entry) => asked::typed(&entry.template.text, &entry.template.asked),
        None => {
            let lines = lines(&house, &group, &shelf).await?;
            begun.line.and_then(|at| lines.into_iter().nth(at)).map(|line| ("text".to_owned(), line.text)).into_iter().collect()
        }
    };
    typed.push(due_in(today(&house, &me), taken.map_or(USUAL_DAYS, |entry| entry.template.days.into())));
    typed.extend(taken.map(|entry| ("template".to_owned(), entry.key.to_string())));
    match begun.person {
        Some(person) => typed.extend(["who", "person"].map(|name| (name.to_owned(), person.to_string()))),
        None => typed.extend(members(&house, group.id).await?.iter().map(|one| ("who".to_owned(), one.person_id.to_string()))),
    }
    let kind = taken.map_or_else(|| Kind::known(&begun.kind), |entry| Some(entry.template.kind));
    page(&house, ui, (group, &shelf), (kind, typed), None).await
}

async fn page(
    house: &House,
    ui: Ui,
    (group, shelf): (LedGroup, &[Entry]),
    (kind, typed): (Option<Kind>, Vec<(String, String)>),
    trouble: Option<&'static str>,
) -> Result<Response, Fault> {
    let status = if trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let (lines, members) = (lines(house, &group, shelf).await?, members(house, group.id).await?);
    let (once, person) = (once(get(&typed, "once")), get(&typed, "person").parse().ok());
    let taken = shelf::find(shelf, get(&typed, "template")).map(|entry| entry.template.title.clone());
    render_status(&NewPage { ui, group: group.id, kind, lines, members, person, taken, typed, once, trouble }, status)
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
    let asked = asked::read(kind, typed);
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

/// What is kept on the shelf along with giving it, if it got a title there.
fn kept(kind: Kind, giving: &Giving, title: &str, group: &LedGroup, today: Date) -> Option<Kept> {
    let days = (giving.due - today).get_days().clamp(i32::from(*rules::DAYS.start()), i32::from(*rules::DAYS.end()));
    let template = Kept {
        title: title.to_owned(),
        kind,
        text: giving.text.clone(),
        asked: giving.asked.clone(),
        language: group.language.clone(),
        days: u16::try_from(days).unwrap_or(1),
        topics: vec![group.topic.clone()],
    };
    (!title.is_empty()).then_some(template)
}

/// On the shelf first: if what follows fails, the same form comes again and is on it once.
async fn keep(house: &House, me: &Me, template: Kept, once: &str) -> Result<(), Fault> {
    let new = shelf::New::sealed(house, random_id(), template).await?;
    let about = format!("template/{}", new.id);
    let tx = house.db.write().await?;
    if shelf::add(&tx, new, me.id, once, house.clock.now()).await? {
        tx.commit(Deed::new(me.id, "homework.template.add", about)).await?;
    }
    Ok(())
}

pub async fn give(
    State(house): State<House>,
    ui: Ui,
    me: Me,
    Path(group): Path<i64>,
    Form(typed): Form<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let (shelf, group) = (shelf::all(&house).await?, led(&house, &me, group).await?);
    let Some(kind) = Kind::known(get(&typed, "kind")) else {
        return page(&house, ui, (group, &shelf), (None, typed), Some("homework-give-kind")).await;
    };
    let members: Vec<i64> = members(&house, group.id).await?.iter().map(|one| one.person_id).collect();
    let (today, once) = (today(&house, &me), once(get(&typed, "once")));
    let giving = match read(kind, &typed, &members, today) {
        Ok(giving) => giving,
        Err(key) => return page(&house, ui, (group, &shelf), (Some(kind), typed), Some(key)).await,
    };
    if let Some(template) = kept(kind, &giving, get(&typed, "shelf"), &group, today) {
        if let Some(key) = shelf::trouble_of_new(&house, &template, &shelf, &once).await? {
            return page(&house, ui, (group, &shelf), (Some(kind), typed), Some(key)).await;
        }
        keep(&house, &me, template, &once).await?;
    }
    let mut all = Vec::with_capacity(giving.who.len());
    for person in &giving.who {
        all.push(new(&house, group.id, me.id, *person, (kind, &giving, &once)).await?);
    }
    let tx = house.db.write().await?;
    let mut given = false;
    for new in all {
        given |= queries::add(&tx, new).await?;
    }
    if given {
        tx.commit(Deed::new(me.id, "homework.give", format!("group/{}", group.id))).await?;
    }
    Ok(Redirect::to(&format!("/groups/{}/homework", group.id)).into_response())
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
    fn what_is_kept_along_is_the_form_and_as_many_days_as_there_are() {
        let group = LedGroup { id: 3, name: "Steady".into(), topic: "grief".into(), language: "es".into() };
        let giving = read(Kind::Ladder, &typed(&good()), &[5, 6], TODAY).unwrap();
        let template = kept(Kind::Ladder, &giving, "Steps", &group, TODAY).unwrap();
        assert_eq!((template.title.as_str(), template.days, template.language.as_str()), ("Steps", 7, "es"));
        assert_eq!((template.topics, template.asked, template.text), (vec!["grief".to_owned()], giving.asked.clone(), giving.text.clone()));
        assert!(kept(Kind::Ladder, &giving, "", &group, TODAY).is_none(), "without a title nothing is kept");
        let days = |due| {
            kept(Kind::Ladder, &Giving { due, text: String::new(), asked: Asked::default(), remind: None, who: vec![] }, "S", &group, TODAY)
                .unwrap()
                .days
        };
        assert_eq!((days(TODAY), days(jiff::civil::date(2027, 11, 1))), (1, 180), "today and in a year are within what a template may say");
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
                    lines: vec![
                        Line { text: "Two <minutes>".into(), template: None },
                        Line { text: "A <title>".into(), template: Some(("en.longer-breath".into(), Kind::PracticeLog)) },
                    ],
                    person: Some(6),
                    taken: kind.map(|_| "From <there>".into()),
                    members: vec![one(5), one(6)],
                    typed,
                    once: "token".into(),
                    trouble: Some("homework-give-due"),
                };
                let html = page.render().unwrap();
                assert!(!html.contains("homework-kind-") && !html.contains("<text>"));
                let Some(kind) = kind else {
                    assert_eq!(html.matches("?kind=").count(), 8);
                    assert_eq!(html.matches("&#38;person=6").count(), 8 + 1 + 1, "every way on is for the same member");
                    assert!(html.contains("?template=en.longer-breath") && html.contains("/homework-shelf?group=3"));
                    assert!(
                        html.contains("A &#60;title&#62;") && !html.contains("Two &#60;minutes&#62;"),
                        "what has no form needs a kind first"
                    );
                    continue;
                };
                assert!(html.contains("Kept &#60;text&#62;") && html.contains("&#60;6&#62;") && html.contains("Two &#60;minutes&#62;"));
                assert_eq!(html.matches(" checked").count(), 1);
                assert!(
                    html.contains("From &#60;there&#62;") && html.contains("name=\"shelf\"") && html.contains("?template=en.longer-breath")
                );
                for (name, of) in [("steps", Kind::Ladder), ("prompts", Kind::Worksheet), ("link", Kind::Reading), ("own", Kind::DiaryCard)]
                {
                    assert_eq!(html.contains(&format!("name=\"{name}\"")), kind == of, "{name} of {}", kind.word());
                }
            }
        }
    }
}
