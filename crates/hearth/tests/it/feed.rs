//! The secret address of a calendar, read as calendar programs read it: by another parser and another implementation of its rules.

use std::{collections::BTreeSet, time::Duration};

use ground::{Ask, Language, Moment, values};
use hyper::StatusCode;
use icalendar::parser::{Component, read_calendar, unfold};
use testkit::{Browser, Page};

use crate::{
    calendar::{sessions, taken, to_come},
    harness::{Running, start},
};

const ZONE: &str = "America/New_York";

/// The path of a new address, as its page shows it once.
async fn address(browser: &mut Browser) -> String {
    let page = browser.post("/account/calendar", &[]).await;
    assert_eq!(page.status, StatusCode::OK);
    let url = page.text.split("value=\"http").nth(1).unwrap().split('"').next().unwrap();
    format!("/feeds/{}", url.split_once("/feeds/").unwrap().1)
}

/// What a program shows to whoever subscribed: start, end and whether it takes place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Shown {
    start: i64,
    end: i64,
    cancelled: bool,
}

fn value(component: &Component<'_>, name: &str) -> String {
    component.find_prop(name).map(|property| property.val.to_string()).unwrap_or_default()
}

/// A time with its zone, worked out by chrono-tz.
fn seconds(component: &Component<'_>, name: &str) -> i64 {
    let property = component.find_prop(name).unwrap_or_else(|| panic!("no {name}"));
    let zone = property.params.iter().find(|param| param.key == "TZID").and_then(|param| param.val.as_ref()).expect("a TZID").to_string();
    rule_set(&format!("DTSTART;TZID={zone}:{}\nRRULE:FREQ=DAILY;COUNT=1", property.val))[0]
}

fn rule_set(text: &str) -> Vec<i64> {
    let set: rrule::RRuleSet = text.parse().unwrap_or_else(|error| panic!("{error}: {text}"));
    set.all(500).dates.into_iter().map(|date| date.timestamp()).collect()
}

/// Reads a calendar as RFC 5545 says: series, exceptions, single ones.
fn shown(text: &str) -> Vec<Shown> {
    let unfolded = unfold(text);
    let calendar = read_calendar(&unfolded).unwrap();
    let events: Vec<&Component<'_>> = calendar.components.iter().filter(|one| one.name == "VEVENT").collect();
    let of = |event: &Component<'_>, start: i64| Shown {
        start,
        end: start + seconds(event, "DTEND") - seconds(event, "DTSTART"),
        cancelled: value(event, "STATUS") == "CANCELLED",
    };
    let mut all = Vec::new();
    for event in &events {
        if event.find_prop("RECURRENCE-ID").is_some() || event.find_prop("RRULE").is_none() {
            all.push(of(event, seconds(event, "DTSTART")));
            continue;
        }
        let overridden: BTreeSet<i64> = events
            .iter()
            .filter(|other| other.find_prop("RECURRENCE-ID").is_some() && value(other, "UID") == value(event, "UID"))
            .map(|other| seconds(other, "RECURRENCE-ID"))
            .collect();
        let line = |name: &str, one: &icalendar::parser::Property<'_>| match name {
            "RRULE" => format!("RRULE:{}", one.val),
            _ => format!("{name};TZID={}:{}", one.params.iter().find(|param| param.key == "TZID").unwrap().val.as_ref().unwrap(), one.val),
        };
        let lines: Vec<String> = ["DTSTART", "RRULE", "EXDATE"]
            .iter()
            .flat_map(|name| event.properties.iter().filter(|one| one.name == *name).map(|one| line(name, one)))
            .collect();
        let starts = rule_set(&lines.join("\n"));
        all.extend(starts.into_iter().filter(|start| !overridden.contains(start)).map(|start| of(event, start)));
    }
    all.sort();
    all
}

/// What stands in the database for somebody who is only in this group, from today on.
async fn planned(running: &Running, group: &str, joined: Moment) -> Vec<Shown> {
    let rows = sessions(running, running.group(group).await).await;
    let mut all: Vec<Shown> = rows
        .into_iter()
        .filter(|row| row.starts_at >= joined)
        .map(|row| Shown {
            start: row.starts_at.0 / 1_000_000,
            end: row.starts_at.0 / 1_000_000 + row.minutes * 60,
            cancelled: row.cancelled_at.is_some(),
        })
        .collect();
    all.sort();
    all
}

async fn change(browser: &mut Browser, session: i64, to: Moment) {
    let local = to.in_zone(ZONE);
    let (date, time) = (local.date().to_string(), local.strftime("%H:%M").to_string());
    taken(browser, &format!("/sessions/{session}/time"), &[("date", &date), ("time", &time), ("anyway", "on")]).await;
}

async fn joined(running: &Running) -> i64 {
    let sql = "SELECT joined_at AS n FROM membership WHERE person_id = $1";
    running.house.db.number(sql, values![running.person("Maya").await.id]).await.unwrap()
}

/// Maya is in one group only, so that her calendar can be told from the database.
async fn maya(running: &Running) -> Browser {
    running.signed_in("Maya").await
}

async fn fetch(running: &Running, path: &str) -> Page {
    running.visitor().get(path).await
}

#[tokio::test(flavor = "multi_thread")]
async fn another_program_reads_exactly_what_is_planned() {
    let running = start("feed").await;
    let path = address(&mut maya(&running).await).await;
    let joined = joined(&running).await;
    let page = fetch(&running, &path).await;
    assert_eq!((page.status, page.headers["content-type"].to_str().unwrap()), (StatusCode::OK, "text/calendar; charset=utf-8"));
    let first = shown(&page.text);
    assert_eq!(first, planned(&running, "Steady Ground", Moment(joined)).await);
    assert!(first.len() >= 8);
    // One moved, one called off, one more time a week, one day off: still the same.
    let ahead = to_come(&running, "Steady Ground").await;
    let mut carol = running.signed_in("Carol").await;
    let day_off = ahead[2].starts_at.in_zone(ZONE).date().tomorrow().unwrap().to_string();
    taken(&mut carol, "/calendar/holidays", &[("day", &day_off), ("name", "Off")]).await;
    change(&mut carol, ahead[1].id, ahead[1].starts_at.plus(Duration::from_secs(26 * 3_600))).await;
    taken(&mut carol, &format!("/sessions/{}/cancellation", ahead[3].id), &[("sure", "on")]).await;
    let times = format!("/groups/{}/times", running.group("Steady Ground").await);
    taken(&mut carol, &times, &[("weekday", "3"), ("time", "07:45")]).await;
    let page = fetch(&running, &path).await;
    let then = shown(&page.text);
    assert_eq!(then, planned(&running, "Steady Ground", Moment(joined)).await);
    assert_eq!(then.iter().filter(|one| one.cancelled).count(), 1);
    assert_eq!(page.text.matches("RECURRENCE-ID;TZID=America/New_York:").count(), 2);
    assert!(page.text.matches("EXDATE;TZID=America/New_York:").count() >= 1, "the day off, in the series of the mornings");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_text_keeps_to_the_letter_of_the_standard() {
    let running = start("feed-form").await;
    let path = address(&mut maya(&running).await).await;
    let text = fetch(&running, &path).await.text;
    assert!(text.starts_with("BEGIN:VCALENDAR\r\n") && text.ends_with("END:VCALENDAR\r\n"));
    assert!(text.split("\r\n").all(|line| line.len() <= 75 && !line.contains('\n')));
    let unfolded = unfold(&text);
    let calendar = read_calendar(&unfolded).unwrap();
    let zones: Vec<&Component<'_>> = calendar.components.iter().filter(|one| one.name == "VTIMEZONE").collect();
    assert_eq!(zones.len(), 1, "one for each zone that is named");
    assert_eq!(value(zones[0], "TZID"), ZONE);
    let offsets: BTreeSet<String> = zones[0].components.iter().map(|one| format!("{} {}", one.name, value(one, "TZOFFSETTO"))).collect();
    assert_eq!(offsets, BTreeSet::from(["DAYLIGHT -0400".into(), "STANDARD -0500".into()]));
    let first = seconds(calendar.components.iter().find(|one| one.name == "VEVENT").unwrap(), "DTSTART");
    let covered =
        zones[0].components.iter().any(|one| rule_set(&format!("DTSTART:{}Z\nRRULE:FREQ=DAILY;COUNT=1", value(one, "DTSTART")))[0] < first);
    assert!(covered, "a rule holds from before the first event");
    let uids: BTreeSet<String> = calendar.components.iter().filter(|one| one.name == "VEVENT").map(|one| value(one, "UID")).collect();
    assert!(uids.iter().all(|uid| uid.ends_with("@127.0.0.1")));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_makes_a_newer_version_and_nothing_new_is_not_sent_again() {
    let running = start("feed-etag").await;
    let path = address(&mut maya(&running).await).await;
    let page = fetch(&running, &path).await;
    let (etag, first) = (page.headers["etag"].to_str().unwrap().to_owned(), page.text);
    assert_eq!(page.headers["cache-control"], "private, no-cache");
    let mut program = running.visitor();
    program.headers = vec![("if-none-match", etag.clone())];
    let same = program.get(&path).await;
    assert_eq!((same.status, same.text.as_str()), (StatusCode::NOT_MODIFIED, ""));
    assert_eq!(same.headers["etag"].to_str().unwrap(), etag);
    let mut amara = running.signed_in("Dr. Amara").await;
    let session = to_come(&running, "Steady Ground").await.swap_remove(1);
    change(&mut amara, session.id, session.starts_at.plus(Duration::from_secs(3_600))).await;
    let newer = program.get(&path).await;
    assert_eq!(newer.status, StatusCode::OK);
    let sequence = |text: &str| {
        text.lines().filter_map(|line| line.strip_prefix("SEQUENCE:")).map(|n| n.trim().parse::<i64>().unwrap()).max().unwrap()
    };
    assert!(sequence(&newer.text) > sequence(&first));
    let uids = |text: &str| text.lines().filter(|line| line.starts_with("UID:")).map(str::to_owned).collect::<BTreeSet<_>>();
    assert_eq!(uids(&newer.text), uids(&first), "it is the same event at another time");
}

/// S5, J1: nobody reads from it what the appointment is about, nor with whom; the address ends when its owner says so.
#[tokio::test(flavor = "multi_thread")]
async fn the_calendar_says_nothing_and_ends_when_its_owner_says_so() {
    let running = start("feed-canary").await;
    let fields = [
        ("kind", "family"),
        ("date", "2099-03-10"),
        ("time", "16:00"),
        ("minutes", "50"),
        ("emails", "lucia.fernandez@example.org rosa.lindqvist@example.org"),
    ];
    taken(&mut running.signed_in("Dr. Amara").await, "/appointments", &fields).await;
    for name in ["Lucía", "Rosa", "Dr. Amara", "Carol"] {
        let mut browser = running.signed_in(name).await;
        let path = address(&mut browser).await;
        let text = unfold(&fetch(&running, &path).await.text);
        for canary in [
            "Steady",
            "Ground",
            "Tunnel",
            "Harbour",
            "anxiety",
            "Amara",
            "Maya",
            "Rosa",
            "Lindqvist",
            "example.org",
            "group",
            "amil",
            "session/",
        ] {
            assert!(!text.contains(canary), "{canary} in the calendar of {name}");
        }
        let said = if name == "Lucía" { Language::Spanish } else { Language::English }.t("feed-appointment");
        assert!(text.lines().filter_map(|line| line.strip_prefix("SUMMARY:")).all(|summary| summary.trim() == said), "{name}");
        assert_eq!(text.contains("DTSTART;TZID=America/New_York:20990310T160000"), name != "Carol", "{name}");
        assert!(!browser.get("/account/calendar").await.text.contains(&path), "shown once");
        let newer = address(&mut browser).await;
        assert_eq!((fetch(&running, &path).await.status, fetch(&running, &newer).await.status), (StatusCode::NOT_FOUND, StatusCode::OK));
        assert_eq!(fetch(&running, newer.trim_end_matches(".ics")).await.status, StatusCode::NOT_FOUND);
        taken(&mut browser, "/account/calendar/removal", &[]).await;
        assert_eq!(fetch(&running, &newer).await.status, StatusCode::NOT_FOUND);
    }
    let (gone, never) = (fetch(&running, "/feeds/.ics").await, fetch(&running, "/feeds/no-such-token.ics").await);
    assert_eq!((gone.status, never.status), (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND));
}

/// Two people of one group cannot see from their calendars that they share it.
#[tokio::test(flavor = "multi_thread")]
async fn two_calendars_have_nothing_in_common_but_the_times() {
    let running = start("feed-two").await;
    let mut uids = Vec::new();
    for name in ["Maya", "Theo"] {
        let path = address(&mut running.signed_in(name).await).await;
        let text = fetch(&running, &path).await.text;
        uids.push(text.lines().filter(|line| line.starts_with("UID:")).map(str::to_owned).collect::<BTreeSet<_>>());
    }
    assert!(!uids[0].is_empty() && uids[0].is_disjoint(&uids[1]));
}
