use std::collections::BTreeSet;

use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use care::schedule::{Month, clashes};
use ground::{Fault, House, Me, Moment, Ui, render, when};
use jiff::{civil::Date, tz::TimeZone};
use serde::Deserialize;

use super::queries::{self, Entry, Holiday};
use crate::absence::{Said, Taps};

#[derive(Debug, Deserialize)]
pub struct Asked {
    #[serde(default)]
    month: String,
}

pub struct Day {
    pub date: Date,
    pub outside: bool,
    pub today: bool,
    pub holiday: Option<String>,
    pub entries: Vec<Entry>,
}

#[derive(Template)]
#[template(path = "calendar/calendar.html")]
pub struct CalendarPage {
    pub ui: Ui,
    pub me: Me,
    pub now: Moment,
    pub month: Month,
    pub days: Vec<Day>,
    /// Entries in which somebody is needed who is needed elsewhere, too.
    pub clashing: BTreeSet<i64>,
}

impl CalendarPage {
    fn title(&self) -> String {
        let month = capital(&self.ui.t(&format!("month-{}", self.month.number())));
        self.ui.t2("calendar-month", &("month", &month), &("year", &self.month.year().to_string()))
    }

    fn other(&self, by: i32) -> String {
        format!("/calendar?month={}", self.month.plus(by))
    }

    fn weekdays(&self) -> Vec<String> {
        (1..=7).map(|day| self.ui.t(&format!("day-{day}"))).collect()
    }

    /// As a list on a phone says it: with the day of the week.
    fn day(&self, day: &Day) -> String {
        let noon = day.date.at(12, 0, 0, 0).to_zoned(self.zone()).map(|at| Moment::from(at.timestamp())).unwrap_or_default();
        when::day(self.ui.language, noon, &self.me.zone)
    }

    fn zone(&self) -> TimeZone {
        TimeZone::get(&self.me.zone).unwrap_or(TimeZone::UTC)
    }

    fn span(&self, entry: &Entry) -> String {
        when::span(self.ui.language, entry.starts_at, entry.minutes, &self.me.zone)
    }

    /// The group's own clock, where it is another one.
    fn their_clock(&self, entry: &Entry) -> Option<String> {
        let differs = entry.starts_at.in_zone(&entry.zone).offset() != entry.starts_at.in_zone(&self.me.zone).offset();
        let time = when::time(self.ui.language, entry.starts_at, &entry.zone);
        differs.then(|| self.ui.t2("calendar-their-clock", &("time", &time), &("zone", &entry.zone)))
    }

    fn name(&self, entry: &Entry) -> String {
        match entry.kind.as_str() {
            "session" => entry.title.clone(),
            "peer" => self.ui.t1("peer-in-calendar", "group", &entry.title),
            kind => self.ui.t(&format!("appointment-{kind}")),
        }
    }

    fn changes(&self, entry: &Entry) -> bool {
        entry.kind == "session" && matches!(entry.part.as_str(), "facilitator" | "office") && entry.state == "planned"
    }

    /// Where a press on the entry leads.
    fn href(&self, entry: &Entry) -> Option<String> {
        let id = entry.id;
        let ended = entry.state == "ended";
        match (entry.kind.as_str(), entry.part.as_str()) {
            ("peer", _) => Some(format!("/sessions/{id}/door")),
            ("session", "office") => (!ended).then(|| format!("/sessions/{id}/change")),
            ("session", _) if entry.cancelled_at.is_some() => None,
            ("session", "facilitator") => Some(format!("/sessions/{id}/{}", if ended { "record" } else { "before" })),
            ("session", _) => Some(format!("/sessions/{id}/{}", if ended { "recap" } else { "door" })),
            _ => Some(format!("/appointments/{id}")),
        }
    }

    fn clashes(&self, entry: &Entry) -> bool {
        self.clashing.contains(&entry.id)
    }

    fn taps(&self, entry: &Entry) -> Option<String> {
        let open = entry.kind == "session" && entry.part == "member" && entry.state != "ended" && entry.cancelled_at.is_none();
        let open = open && Moment(entry.starts_at.0 + entry.minutes * 60_000_000) > self.now;
        let said = Said::parse(&entry.absence, entry.absence_minutes);
        open.then(|| {
            Taps { ui: self.ui.clone(), session: entry.id, said, back: "/calendar".into(), folded: true }.render().unwrap_or_default()
        })
    }

    fn is_empty(&self) -> bool {
        self.days.iter().all(|day| day.outside || day.entries.is_empty())
    }

    fn makes_appointments(&self) -> bool {
        crate::appointments::may_make(&self.me)
    }
}

/// Months are small in Spanish, but not at the head of a page.
fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

pub async fn month(State(house): State<House>, ui: Ui, me: Me, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    let now = house.clock.now();
    let zone = TimeZone::get(&me.zone).unwrap_or(TimeZone::UTC);
    let today = now.in_zone(&me.zone).date();
    let month = Month::parse(&asked.month).unwrap_or(Month::of(today));
    let (from, to) = month.shown(&zone).map_or((now, now), |(from, to)| (from.into(), to.into()));
    let office = me.role.is_office();
    let entries = if office { queries::all(&house.db, from, to).await? } else { queries::own(&house.db, me.id, from, to).await? };
    let busy = queries::busy(&house.db, if office { 0 } else { me.id }, from, to).await?;
    let taken: Vec<_> = busy.iter().map(queries::BusyRow::busy).collect();
    let clashing = clashes(&taken).into_iter().flat_map(|(one, other)| [busy[one].object, busy[other].object]).collect();
    let days = days(month, today, entries, queries::holidays(&house.db).await?, &zone);
    render(&CalendarPage { ui, me, now, month, days, clashing })
}

fn days(month: Month, today: Date, entries: Vec<Entry>, holidays: Vec<Holiday>, zone: &TimeZone) -> Vec<Day> {
    let mut days: Vec<Day> = month
        .weeks()
        .into_iter()
        .flatten()
        .map(|date| Day {
            date,
            outside: date.month() != month.number(),
            today: date == today,
            holiday: holidays.iter().find(|holiday| holiday.day == date.to_string()).map(|holiday| holiday.name.clone()),
            entries: Vec::new(),
        })
        .collect();
    let first = days.first().map(|day| day.date);
    for entry in entries {
        let date = entry.starts_at.timestamp().to_zoned(zone.clone()).date();
        let index = first.and_then(|first| usize::try_from((date - first).get_days()).ok());
        if let Some(day) = index.and_then(|index| days.get_mut(index)) {
            day.entries.push(entry);
        }
    }
    days
}

#[cfg(test)]
mod tests {
    use ground::{Language, Role};

    use super::*;

    fn entry(id: i64, utc: &str, part: &str) -> Entry {
        Entry {
            id,
            title: "Steady <Ground>".into(),
            kind: "session".into(),
            zone: "America/New_York".into(),
            starts_at: utc.parse::<jiff::Timestamp>().unwrap().into(),
            minutes: 90,
            state: "planned".into(),
            cancelled_at: None,
            moved_from: None,
            part: part.into(),
            absence: String::new(),
            absence_minutes: 0,
        }
    }

    fn page(language: Language, role: Role, zone: &str, entries: Vec<Entry>) -> CalendarPage {
        let ui = Ui::sample(language, Some(role));
        let me = Me { zone: zone.into(), ..ui.me.clone().unwrap() };
        let month = Month::parse("2026-12").unwrap();
        let holidays = vec![Holiday { day: "2026-12-25".into(), name: "Christmas & so on".into() }];
        let days = days(month, jiff::civil::date(2026, 12, 3), entries, holidays, &TimeZone::get(zone).unwrap());
        CalendarPage { ui, me, now: Moment(0), month, days, clashing: BTreeSet::from([8]) }
    }

    #[test]
    fn an_entry_stands_on_the_day_of_the_reader() {
        let entries = vec![entry(7, "2026-12-08T23:30:00Z", "member")];
        let html = page(Language::English, Role::Member, "America/New_York", entries.clone()).render().unwrap();
        assert!(html.contains("6:30 pm") && !html.contains("on the clock of"), "their own zone needs no name");
        let page = page(Language::English, Role::Member, "Europe/Berlin", entries);
        assert_eq!(page.days.iter().find(|day| !day.entries.is_empty()).unwrap().date.to_string(), "2026-12-09");
        let html = page.render().unwrap();
        assert!(html.contains("12:30 am") && html.contains("6:30 pm on the clock of America/New_York"));
    }

    #[test]
    fn the_page_renders_for_every_role_with_nothing_and_with_much() {
        for language in Language::ALL {
            for role in Role::ALL {
                let part = if role.is_office() { "office" } else { "member" };
                for many in [0, 40] {
                    let entries = (1..=many).map(|id| entry(id, "2026-12-08T23:30:00Z", part)).collect();
                    let html = page(language, role, "Asia/Kolkata", entries).render().unwrap();
                    assert!(html.contains("Christmas &#38; so on"));
                    assert_eq!(html.matches("Steady &#60;Ground&#62;").count(), many as usize);
                    assert!(!html.contains("<title>Steady"));
                }
            }
        }
    }

    #[test]
    fn a_check_in_among_members_stands_beside_the_sessions() {
        for language in Language::ALL {
            let peer = Entry { kind: "peer".into(), ..entry(9, "2026-12-08T23:30:00Z", "member") };
            let page = page(language, Role::Member, "America/New_York", vec![peer]);
            let html = page.render().unwrap();
            assert!(html.contains("href=\"/sessions/9/door\"") && html.contains("Steady &#60;Ground&#62;"));
            assert!(
                !html.contains("/sessions/9/absence") && !html.contains("/sessions/9/change"),
                "nobody of the staff waits to hear who comes"
            );
        }
    }

    #[test]
    fn a_page_begins_with_a_capital_in_both_languages() {
        assert!(page(Language::Spanish, Role::Member, "UTC", vec![]).render().unwrap().contains("<h1>Diciembre de 2026</h1>"));
        assert!(page(Language::English, Role::Member, "UTC", vec![]).render().unwrap().contains("<h1>December 2026</h1>"));
        assert_eq!((capital("").as_str(), capital("ñu").as_str()), ("", "Ñu"));
    }

    #[test]
    fn what_was_called_off_is_said_and_leads_nowhere() {
        let gone = Entry { cancelled_at: Some(Moment(1)), ..entry(8, "2026-12-08T23:30:00Z", "member") };
        let page = page(Language::English, Role::Member, "UTC", vec![gone.clone()]);
        assert_eq!((page.href(&gone), page.taps(&gone)), (None, None));
        assert!(page.render().unwrap().contains(&Language::English.t("calendar-cancelled")));
    }
}
