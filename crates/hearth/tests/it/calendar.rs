//! The calendar as people live with it: planned ahead, moved, called off, told of, subscribed to.

use ground::{Ask, Language, Moment, sea_orm::FromQueryResult, values, when};
use hyper::StatusCode;
use room::wire::Farewell;
use serde_json::json;
use testkit::Browser;

use crate::{
    harness::{LANTERNS, Running, start},
    sockets::{gathered, way},
    state::{escaped, kept, sentence},
};

const ZONE: &str = "America/New_York";

#[derive(Debug, Clone, PartialEq, FromQueryResult)]
pub struct Row {
    pub id: i64,
    pub number: i64,
    pub starts_at: Moment,
    pub minutes: i64,
    pub state: String,
    pub agenda: String,
    pub cancelled_at: Option<Moment>,
    pub moved_from: Option<Moment>,
    pub changes: i64,
}

pub async fn sessions(running: &Running, group: i64) -> Vec<Row> {
    let sql = "SELECT id, number, starts_at, minutes, state, agenda, cancelled_at, moved_from, changes FROM session WHERE group_id = $1 ORDER BY starts_at";
    running.house.db.rows(sql, values![group]).await.unwrap()
}

/// The sessions of a group that are still to come, tonight's left out.
pub async fn to_come(running: &Running, group: &str) -> Vec<Row> {
    let soon = running.house.clock.now().plus(std::time::Duration::from_secs(3_600));
    let all = sessions(running, running.group(group).await).await;
    all.into_iter().filter(|row| row.state == "planned" && row.starts_at > soon).collect()
}

/// Date and time as a form takes them.
fn typed(at: Moment) -> (String, String) {
    let local = at.in_zone(ZONE);
    (local.date().to_string(), local.strftime("%H:%M").to_string())
}

fn later(at: Moment, minutes: i64) -> Moment {
    Moment(at.0 + minutes * 60_000_000)
}

async fn move_to(browser: &mut Browser, session: i64, at: Moment) -> testkit::Page {
    let (date, time) = typed(at);
    browser.post(&format!("/sessions/{session}/time"), &[("date", &date), ("time", &time), ("anyway", "on")]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn eight_weeks_stand_in_the_calendar_and_count_on_in_order() {
    let running = start("plan-weeks").await;
    for group in ["Steady Ground", "After Loss", "Unstuck"] {
        let all = sessions(&running, running.group(group).await).await;
        let numbers: Vec<i64> = all.iter().map(|row| row.number).collect();
        assert_eq!(numbers, (1..=all.len() as i64).collect::<Vec<_>>(), "{group}");
        let ahead = to_come(&running, group).await;
        assert!((7..=9).contains(&ahead.len()), "{group}: {}", ahead.len());
        assert!(ahead.windows(2).all(|pair| pair[0].agenda != pair[1].agenda) || group == "After Loss", "each week has its own agenda");
        let clocks: Vec<String> = ahead.iter().map(|row| typed(row.starts_at).1).collect();
        assert!(clocks.windows(2).all(|pair| pair[0] == pair[1]), "the same time every week: {clocks:?}");
    }
    let before = sessions(&running, running.group("Steady Ground").await).await;
    meeting::plan_ahead(&running.house).await.unwrap();
    assert_eq!(sessions(&running, running.group("Steady Ground").await).await, before, "what is planned is never touched");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_moves_and_everybody_in_the_group_is_told_once() {
    let running = start("move").await;
    let session = to_come(&running, "Steady Ground").await.swap_remove(1);
    let to = later(session.starts_at, 24 * 60 + 30);
    let mut amara = running.signed_in("Dr. Amara").await;
    let path = format!("/sessions/{}/change", session.id);
    assert_eq!(amara.get(&path).await.status, StatusCode::OK);
    assert_eq!(move_to(&mut amara, session.id, to).await.location, path);
    let moved = to_come(&running, "Steady Ground").await.into_iter().find(|row| row.id == session.id).unwrap();
    assert_eq!((moved.starts_at, moved.moved_from, moved.changes), (to, Some(session.starts_at), 1));
    // To the same place again is no change, and nobody hears of it.
    assert_eq!(move_to(&mut amara, session.id, to).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    meeting::plan_ahead(&running.house).await.unwrap();
    assert_eq!(to_come(&running, "Steady Ground").await.iter().filter(|row| row.starts_at == session.starts_at).count(), 0);
    running.work().await;
    let posted = running.outbox.posted();
    let addresses: std::collections::BTreeSet<String> = posted.iter().map(|one| format!("{:?}", one.to)).collect();
    assert_eq!((posted.len(), addresses.len()), (11, 11), "eight members, two leaders, one observer, once each");
    let mut maya = running.signed_in("Maya").await;
    let english = when::moment(Language::English, to, ZONE);
    assert!(posted.iter().any(|one| one.letter.text.contains(&english)));
    assert!(posted.iter().any(|one| one.letter.text.contains(&when::moment(Language::Spanish, to, ZONE))), "Lucía reads Spanish");
    for one in &posted {
        for canary in ["Steady", "Ground", "anxiety", "Amara", "Maya", "group", "grupo", "session", "sesión"] {
            assert!(!one.letter.subject.contains(canary) && !one.letter.text.contains(canary), "{canary} in {}", one.letter.text);
        }
    }
    let month = to.in_zone(ZONE).strftime("%Y-%m").to_string();
    let page = maya.get(&format!("/calendar?month={month}")).await.text;
    assert!(page.contains(&sentence(Language::English, "calendar-moved")));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_passes_another_one_changes_places_with_it_in_the_count() {
    let running = start("move-past").await;
    let ahead = to_come(&running, "Steady Ground").await;
    let mut amara = running.signed_in("Dr. Amara").await;
    move_to(&mut amara, ahead[0].id, later(ahead[1].starts_at, 60)).await;
    let after = to_come(&running, "Steady Ground").await;
    assert_eq!(after.iter().map(|row| row.id).take(2).collect::<Vec<_>>(), [ahead[1].id, ahead[0].id]);
    assert!(after.windows(2).all(|pair| pair[0].number + 1 == pair[1].number));
}

#[tokio::test(flavor = "multi_thread")]
async fn times_that_cannot_be_are_refused_and_nothing_changes() {
    let running = start("move-odd").await;
    let session = to_come(&running, "Steady Ground").await.swap_remove(0).id;
    let ended = running.last_week().await;
    let mut amara = running.signed_in("Dr. Amara").await;
    let before = kept(&running).await;
    let refuse = [
        ("2026-13-40", "18:30", "change-time-unreadable"),
        ("", "", "change-time-unreadable"),
        ("2027-01-05", "25:00", "change-time-unreadable"),
        ("2027-01-05", "half past six", "change-time-unreadable"),
        ("2020-01-05", "18:30", "change-time-past"),
    ];
    for (date, time, key) in refuse {
        let page = amara.post(&format!("/sessions/{session}/time"), &[("date", date), ("time", time)]).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{date} {time}");
        assert!(page.text.contains(&sentence(Language::English, key)), "{key}");
        assert!(page.text.contains(&format!("value=\"{}\"", escaped(time))), "what was typed is still there");
    }
    let late = amara.post(&format!("/sessions/{ended}/time"), &[("date", "2099-01-05"), ("time", "18:30")]).await;
    assert!(late.text.contains(&sentence(Language::English, "change-too-late")));
    let leader = amara.post(&format!("/sessions/{session}/leader"), &[("leader", &running.person("Maya").await.id.to_string())]).await;
    assert!(leader.text.contains(&sentence(Language::English, "change-leader-unknown")), "a member leads nothing");
    let unsure = amara.post(&format!("/sessions/{session}/cancellation"), &[]).await;
    assert!(unsure.text.contains(&sentence(Language::English, "change-cancel-unsure")));
    assert_eq!(kept(&running).await, before);
}

/// P2: whoever is needed in two places at once is seen before it happens.
#[tokio::test(flavor = "multi_thread")]
async fn a_double_booking_is_said_and_can_still_be_wanted() {
    let running = start("clash").await;
    // Amara leads both.
    let (steady, tunnel) =
        (to_come(&running, "Steady Ground").await.swap_remove(1), to_come(&running, "Out of the Tunnel").await.swap_remove(1));
    let (date, time) = typed(later(tunnel.starts_at, 30));
    let mut amara = running.signed_in("Dr. Amara").await;
    let path = format!("/sessions/{}/time", steady.id);
    let page = amara.post(&path, &[("date", &date), ("time", &time)]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.text.contains("name=\"anyway\""), "it can still be wanted");
    assert_eq!(to_come(&running, "Steady Ground").await[1], steady);
    assert_eq!(amara.post(&path, &[("date", &date), ("time", &time), ("anyway", "on")]).await.status, StatusCode::SEE_OTHER);
    let month = tunnel.starts_at.in_zone(ZONE).strftime("%Y-%m").to_string();
    for name in ["Dr. Amara", "Carol"] {
        let page = running.signed_in(name).await.get(&format!("/calendar?month={month}")).await.text;
        assert!(page.contains(&sentence(Language::English, "calendar-clash")), "{name} sees it");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn cancelling_tells_everybody_shuts_the_door_and_can_be_taken_back() {
    let running = start("cancel").await;
    let session = to_come(&running, "Steady Ground").await.swap_remove(0);
    let mut amara = running.signed_in("Dr. Amara").await;
    let path = format!("/sessions/{}/cancellation", session.id);
    assert_eq!(amara.post(&path, &[("sure", "on")]).await.status, StatusCode::SEE_OTHER);
    running.work().await;
    assert_eq!(running.outbox.posted().len(), 11);
    let mut maya = running.signed_in("Maya").await;
    let door = format!("/sessions/{}/door", session.id);
    for page in [maya.get(&door).await, maya.post(&door, crate::harness::DOOR).await] {
        assert_eq!(page.status, StatusCode::CONFLICT);
        assert!(page.text.contains(&sentence(Language::English, "called-off-title")));
    }
    assert!(!maya.get("/today").await.text.contains(&format!("/sessions/{}/door", session.id)));
    assert!(amara.post(&path, &[("sure", "on")]).await.text.contains(&sentence(Language::English, "change-too-late")));
    assert_eq!(amara.post(&format!("{path}/removal"), &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(maya.get(&door).await.status, StatusCode::OK);
    assert!(amara.post(&format!("{path}/removal"), &[]).await.text.contains(&sentence(Language::English, "change-restore-late")));
    running.work().await;
    assert_eq!(running.outbox.posted().len(), 22, "that it takes place after all is told, too");
    amara.post(&path, &[("sure", "on")]).await;
    running.work().await;
    assert_eq!(running.outbox.posted().len(), 33, "called off again is told again");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_already_waits_is_told_when_tonight_is_called_off() {
    let running = start("cancel-tonight").await;
    let tonight = running.tonight().await;
    let (mut lead, mut inside) = gathered(&running, &["Maya"]).await;
    let mut carol = running.signed_in("Carol").await;
    assert_eq!(carol.post(&format!("/sessions/{tonight}/cancellation"), &[("sure", "on")]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(inside[0].1.farewell().await, Some(Farewell::Ended));
    assert_eq!(lead.farewell().await, Some(Farewell::Ended));
    let mut maya = running.signed_in("Maya").await;
    let goodbye = maya.get(&format!("/sessions/{tonight}/goodbye")).await;
    assert_eq!(goodbye.location, format!("/sessions/{tonight}/door"));
    assert_eq!(maya.get(&format!("/sessions/{tonight}/room")).await.location, format!("/sessions/{tonight}/door"));
    assert!(
        maya.get("/today").await.text.contains(&sentence(Language::English, "calendar-cancelled"))
            || maya.get("/today").await.text.contains("does not take place")
    );
    let state = sessions(&running, running.group("Steady Ground").await).await.into_iter().find(|row| row.id == tonight).unwrap();
    assert_eq!((state.state.as_str(), state.cancelled_at.is_some()), ("planned", true), "it never began");
}

/// P9: one tap, and the leader reads it before the session.
#[tokio::test(flavor = "multi_thread")]
async fn a_member_says_so_in_one_tap_and_takes_it_back() {
    let running = start("taps").await;
    let tonight = running.tonight().await;
    let (mut maya, mut amara) = (running.signed_in("Maya").await, running.signed_in("Dr. Amara").await);
    let (say, before) = (format!("/sessions/{tonight}/absence"), format!("/sessions/{tonight}/before"));
    assert!(maya.get("/today").await.text.contains(&format!("action=\"{say}\"")));
    assert_eq!(maya.post(&say, &[("kind", "late"), ("minutes", "10")]).await.location, "/today");
    assert!(amara.get(&before).await.text.contains("10 min late"));
    assert_eq!(maya.post(&say, &[("kind", "cannot"), ("back", "/calendar")]).await.location, "/calendar");
    assert!(amara.get(&before).await.text.contains(&sentence(Language::English, "absence-cannot-come")));
    assert!(maya.get("/calendar").await.text.contains(&sentence(Language::English, "absence-you-cannot")));
    for odd in [&[("kind", "late"), ("minutes", "7")][..], &[("kind", "never")], &[]] {
        assert_eq!(maya.post(&say, odd).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    assert_eq!(maya.post(&say, &[("kind", "cannot"), ("back", "//evil.example")]).await.location, "/today", "only back to our own pages");
    // At the door, too: the same buttons, and back to where they were tapped.
    let door = format!("/sessions/{tonight}/door");
    let page = maya.get(&door).await.text;
    assert!(page.contains(&sentence(Language::English, "absence-you-cannot")) && page.contains(&format!("action=\"{say}/removal\"")));
    assert_eq!(maya.post(&format!("{say}/removal"), &[("back", &door)]).await.location, door);
    assert!(maya.get(&door).await.text.contains(&format!("action=\"{say}\"")));
    assert_eq!(maya.post(&say, &[("kind", "late"), ("minutes", "15"), ("back", &door)]).await.location, door);
    assert!(amara.get(&before).await.text.contains("15 min late"));
    assert!(!amara.get(&door).await.text.contains("/absence"), "whoever leads has no such buttons");
    assert_eq!(maya.post(&format!("{say}/removal"), &[]).await.location, "/today");
    assert!(!amara.get(&before).await.text.contains(&sentence(Language::English, "absence-cannot-come")));
    assert!(!amara.get(&before).await.text.contains("min late"));
    assert_eq!(amara.post(&say, &[("kind", "cannot")]).await.status, StatusCode::NOT_FOUND, "whoever leads calls it off instead");
    let over = running.last_week().await;
    maya.post(&format!("/sessions/{over}/absence"), &[("kind", "cannot")]).await;
    let n = running.house.db.number("SELECT COUNT(*) AS n FROM absence", []).await.unwrap();
    assert_eq!(n, 0, "what is over stays as it was");
}

/// P10: whoever was missed without a word is asked how they are; whoever said so is left in peace.
#[tokio::test(flavor = "multi_thread")]
async fn who_did_not_come_becomes_a_call_to_make() {
    let running = start("no-show").await;
    let tonight = running.tonight().await;
    let mut theo = running.signed_in("Theo").await;
    theo.post(&format!("/sessions/{tonight}/absence"), &[("kind", "cannot")]).await;
    let mut priya = running.signed_in("Priya").await;
    priya.post(&format!("/sessions/{tonight}/absence"), &[("kind", "late"), ("minutes", "15")]).await;
    let (mut lead, _inside) = gathered(&running, &["Maya"]).await;
    lead.act(json!({"do": "begin"})).await.unwrap();
    lead.act(json!({"do": "end"})).await.unwrap();
    assert_eq!(lead.farewell().await, Some(Farewell::Ended));
    let mut amara = running.signed_in("Dr. Amara").await;
    let page = amara.get("/outreach").await.text;
    assert_eq!(page.matches("/done\"").count(), 6, "eight members: Maya was there, Theo had said so");
    assert!(page.contains("Priya Nair") && !page.contains("Maya Lindqvist") && !page.contains("Theo Grant"));
    assert!(amara.get("/today").await.text.contains("/outreach/open"));
    let risk = running.house.db.number("SELECT COUNT(*) AS n FROM risk_task", []).await.unwrap();
    assert_eq!(risk, 0, "no alarm");
    let priya = running.person("Priya").await;
    let task = running.house.db.number("SELECT id AS n FROM outreach_task WHERE person_id = $1", values![priya.id]).await.unwrap();
    let done = format!("/outreach/{task}/done");
    for (name, status) in [("Marcus", StatusCode::NOT_FOUND), ("Maya", StatusCode::NOT_FOUND)] {
        assert_eq!(running.signed_in(name).await.post(&done, &[]).await.status, status, "{name}");
    }
    let long = "x".repeat(2_001);
    let page = amara.post(&done, &[("note", &long)]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.text.contains(&long));
    assert_eq!(amara.post(&done, &[("note", "canary-missed-bus")]).await.location, "/outreach");
    assert!(!amara.get("/outreach").await.text.contains("Priya Nair"));
    assert_eq!(amara.post(&done, &[]).await.status, StatusCode::NOT_FOUND, "done is done");
    let sql = "SELECT COUNT(*) AS n FROM outreach_task WHERE note_sealed IS NOT NULL AND done_by = $1";
    let amara = running.person("Dr. Amara").await.id;
    assert_eq!(running.house.db.number(sql, values![amara]).await.unwrap(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_missed_in_a_session_that_never_began() {
    let running = start("no-show-none").await;
    let lead_way = way(&running, "Dr. Amara").await;
    drop(crate::sockets::at_door(&lead_way).await);
    let mut lead = crate::sockets::in_room(&lead_way, None).await;
    lead.until("the view", |_| true).await;
    let _ = lead.act(json!({"do": "end"})).await;
    let n = running.house.db.number("SELECT COUNT(*) AS n FROM outreach_task", []).await.unwrap();
    assert_eq!(n, 0);
}

/// P1: nobody's past and no other session is touched when somebody joins.
#[tokio::test(flavor = "multi_thread")]
async fn a_new_member_touches_no_session() {
    let running = start("joins").await;
    let group = running.group("Steady Ground").await;
    let before = sessions(&running, group).await;
    let attended = "SELECT COUNT(*) AS n FROM attendance";
    let was = running.house.db.number(attended, []).await.unwrap();
    let mut carol = running.signed_in("Carol").await;
    let seat = [("email", "zara.khan@example.org"), ("part", "member"), ("residence", "NY")];
    assert_eq!(carol.post(&format!("/groups/{group}/seats"), &seat).await.status, StatusCode::SEE_OTHER);
    meeting::plan_ahead(&running.house).await.unwrap();
    assert_eq!(sessions(&running, group).await, before);
    assert_eq!(running.house.db.number(attended, []).await.unwrap(), was);
    let mut zara = running.signed_in("Zara").await;
    let first = before.iter().find(|row| row.state == "ended").unwrap();
    let month = first.starts_at.in_zone(ZONE).strftime("%Y-%m").to_string();
    assert!(
        !zara.get(&format!("/calendar?month={month}")).await.text.contains(&format!("/sessions/{}/", first.id)),
        "their past is not hers"
    );
    let next = to_come(&running, "Steady Ground").await.swap_remove(0);
    let month = next.starts_at.in_zone(ZONE).strftime("%Y-%m").to_string();
    assert!(zara.get(&format!("/calendar?month={month}")).await.text.contains(&format!("/sessions/{}/door", next.id)));
    running.work().await;
    assert!(running.outbox.posted().is_empty(), "nobody is written to");
}

#[tokio::test(flavor = "multi_thread")]
async fn more_times_a_week_and_days_off_are_planned_around() {
    let running = start("rhythm").await;
    let mut carol = running.signed_in("Carol").await;
    let group = taken(&mut carol, "/groups", LANTERNS).await;
    let id: i64 = group.trim_end_matches("/seats").rsplit('/').next().unwrap().parse().unwrap();
    meeting::plan_ahead(&running.house).await.unwrap();
    let first = sessions(&running, id).await;
    let day_off = first[4].starts_at.in_zone(ZONE).date().checked_add(jiff::Span::new().days(1)).unwrap();
    taken(&mut carol, "/calendar/holidays", &[("day", &day_off.to_string()), ("name", "A <day> off")]).await;
    let times = format!("/groups/{id}/times");
    taken(&mut carol, &times, &[("weekday", "4"), ("time", "09:15")]).await;
    let all = sessions(&running, id).await;
    assert!(first.iter().all(|row| all.iter().any(|one| (one.id, one.starts_at) == (row.id, row.starts_at))), "those that were there stay");
    let thursdays: Vec<_> = all.iter().filter(|row| typed(row.starts_at).1 == "09:15").collect();
    assert!((6..=8).contains(&thursdays.len()), "{}", thursdays.len());
    assert!(!thursdays.iter().any(|row| row.starts_at.in_zone(ZONE).date() == day_off), "nobody meets that day");
    assert_eq!(all.iter().map(|row| row.number).collect::<Vec<_>>(), (1..=all.len() as i64).collect::<Vec<_>>());
    let month = day_off.strftime("%Y-%m").to_string();
    assert!(running.signed_in("Maya").await.get(&format!("/calendar?month={month}")).await.text.contains(&escaped("A <day> off")));
    let before = kept(&running).await;
    for (path, fields, key) in [
        (times.as_str(), &[("weekday", "4"), ("time", "09:15")][..], "times-already"),
        (&times, &[("weekday", "3"), ("time", "18:30")], "times-already"),
        (&times, &[("weekday", "8"), ("time", "09:15")], "times-unreadable"),
        (&times, &[("weekday", "1"), ("time", "noon")], "times-unreadable"),
        ("/calendar/holidays", &[("day", "soon"), ("name", "x")], "holidays-day-unreadable"),
        ("/calendar/holidays", &[("day", "2027-05-01"), ("name", " ")], "holidays-name"),
        ("/calendar/holidays/removal", &[("day", "1999-01-01")], "holidays-gone"),
    ] {
        let page = carol.post(path, fields).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{key}");
        assert!(page.text.contains(&sentence(Language::English, key)), "{key}");
    }
    assert_eq!(kept(&running).await, before);
    taken(&mut carol, "/calendar/holidays/removal", &[("day", &day_off.to_string())]).await;
    let again = sessions(&running, id).await;
    assert!(again.iter().any(|row| row.starts_at.in_zone(ZONE).date() == day_off), "the day is a day again");
    let more = running.house.db.number("SELECT id AS n FROM group_time WHERE group_id = $1", values![id]).await.unwrap().to_string();
    taken(&mut carol, &format!("{times}/removal"), &[("id", &more)]).await;
    assert_eq!(sessions(&running, id).await, again, "those that are planned stay until they are called off");
}

/// Posts a form that must be taken; returns where it led.
pub async fn taken(browser: &mut Browser, path: &str, fields: &[(&str, &str)]) -> String {
    let page = browser.post(path, fields).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{path}: {}", page.text);
    page.location
}

#[tokio::test(flavor = "multi_thread")]
async fn other_times_are_suggested_from_what_people_said() {
    let running = start("suggest").await;
    let session = to_come(&running, "Steady Ground").await.swap_remove(2);
    let evening = session.starts_at.in_zone(ZONE);
    let day = evening.date().tomorrow().unwrap();
    let weekday = day.weekday().to_monday_one_offset().to_string();
    let window = [("weekday", weekday.as_str()), ("from", "14:00"), ("to", "15:30")];
    for name in ["Dr. Amara", "Ben", "Maya", "Theo"] {
        taken(&mut running.signed_in(name).await, "/account/availability", &window).await;
    }
    let mut amara = running.signed_in("Dr. Amara").await;
    let page = amara.get(&format!("/sessions/{}/change", session.id)).await.text;
    assert!(
        page.contains(&format!("name=\"date\" value=\"{day}\"")) && page.contains("name=\"time\" value=\"14:00\""),
        "when both leaders can"
    );
    assert!(page.contains(&escaped(&Language::English.say("change-suggestion-fits", &[("can", "2".into()), ("cannot", "0".into())]))));
    let mut maya = running.signed_in("Maya").await;
    let before = kept(&running).await;
    for (fields, key) in [
        (&window[..], "availability-already"),
        (&[("weekday", "2"), ("from", "15:00"), ("to", "14:00")], "availability-order"),
        (&[("weekday", "x"), ("from", "15:00"), ("to", "16:00")], "availability-unreadable"),
    ] {
        let page = maya.post("/account/availability", fields).await;
        assert!(page.status == StatusCode::UNPROCESSABLE_ENTITY && page.text.contains(&sentence(Language::English, key)), "{key}");
    }
    assert_eq!(kept(&running).await, before);
    let theo = running.person("Theo").await.id;
    let id = running.house.db.number("SELECT id AS n FROM availability WHERE person_id = $1", values![theo]).await.unwrap().to_string();
    taken(&mut maya, "/account/availability/removal", &[("id", &id)]).await;
    assert_eq!(kept(&running).await, before, "nobody takes back for somebody else");
}

/// Two planners at once, as after a slow start: each week is there once.
#[tokio::test(flavor = "multi_thread")]
async fn planners_that_meet_plan_each_week_once() {
    let running = start("plan-race").await;
    let mut carol = running.signed_in("Carol").await;
    let seats = taken(&mut carol, "/groups", LANTERNS).await;
    let id: i64 = seats.trim_end_matches("/seats").rsplit('/').next().unwrap().parse().unwrap();
    let planners = (0..6).map(|_| {
        let house = running.house.clone();
        tokio::spawn(async move { meeting::plan_ahead(&house).await })
    });
    for planner in planners.collect::<Vec<_>>() {
        planner.await.unwrap().unwrap();
    }
    let all = sessions(&running, id).await;
    let starts: std::collections::BTreeSet<i64> = all.iter().map(|row| row.starts_at.0).collect();
    assert_eq!((all.len(), starts.len()), (8, 8));
    assert_eq!(all.iter().map(|row| row.number).collect::<Vec<_>>(), (1..=8).collect::<Vec<_>>());
}

/// Everybody reads their own clock, and the group's where it is another one.
#[tokio::test(flavor = "multi_thread")]
async fn somebody_in_another_zone_reads_their_own_clock() {
    let running = start("other-zone").await;
    let maya_id = running.person("Maya").await.id;
    let tx = running.house.db.write().await.unwrap();
    tx.run("UPDATE person SET zone = 'Asia/Kolkata' WHERE id = $1", values![maya_id]).await.unwrap();
    tx.commit_unaudited().await.unwrap();
    let mut maya = running.signed_in("Maya").await;
    let session = to_come(&running, "Steady Ground").await.swap_remove(0);
    let month = session.starts_at.in_zone("Asia/Kolkata").strftime("%Y-%m").to_string();
    let page = maya.get(&format!("/calendar?month={month}")).await.text;
    assert!(page.contains(&when::span(Language::English, session.starts_at, session.minutes, "Asia/Kolkata")));
    assert!(page.contains(&format!("{} on the clock of {ZONE}", when::time(Language::English, session.starts_at, ZONE))));
    let mut amara = running.signed_in("Dr. Amara").await;
    taken(&mut amara, &format!("/sessions/{}/cancellation", session.id), &[("sure", "on")]).await;
    running.work().await;
    let theirs = when::moment(Language::English, session.starts_at, "Asia/Kolkata");
    let told = running.outbox.posted().into_iter().filter(|one| one.letter.text.contains(&theirs)).count();
    assert_eq!(told, 1, "the mail, too, is on the reader's clock");
}

/// Another leader for one time is asked after those who did not come.
#[tokio::test(flavor = "multi_thread")]
async fn whoever_leads_this_time_makes_the_calls() {
    let running = start("led-by").await;
    let tonight = running.tonight().await;
    let ben = running.person("Ben").await.id.to_string();
    let mut amara = running.signed_in("Dr. Amara").await;
    taken(&mut amara, &format!("/sessions/{tonight}/leader"), &[("leader", &ben)]).await;
    assert!(amara.get(&format!("/sessions/{tonight}/change")).await.text.contains(&format!("value=\"{ben}\" selected")));
    let (mut lead, _inside) = gathered(&running, &["Maya"]).await;
    lead.act(json!({"do": "begin"})).await.unwrap();
    lead.act(json!({"do": "end"})).await.unwrap();
    assert_eq!(lead.farewell().await, Some(Farewell::Ended));
    assert_eq!(running.signed_in("Ben").await.get("/outreach").await.text.matches("/done\"").count(), 7);
    assert_eq!(amara.get("/outreach").await.text.matches("/done\"").count(), 0);
    assert_eq!(running.signed_in("Carol").await.get("/outreach").await.text.matches("/done\"").count(), 7, "the office sees them all");
    taken(&mut amara, &format!("/sessions/{}/leader", to_come(&running, "Steady Ground").await[0].id), &[("leader", &ben)]).await;
    taken(&mut amara, &format!("/sessions/{}/leader", to_come(&running, "Steady Ground").await[0].id), &[("leader", "")]).await;
}

/// What a calendar cannot be asked is today's month, not an error.
#[tokio::test(flavor = "multi_thread")]
async fn a_month_that_cannot_be_read_is_this_one() {
    let running = start("month-odd").await;
    let mut maya = running.signed_in("Maya").await;
    let today = maya.get("/calendar").await.text;
    let head = |text: &str| text.split("<h1>").nth(1).unwrap().split('<').next().unwrap().to_owned();
    for month in ["", "soon", "2026-13", "99999999999-01", "%00", "%3Cb%3E", "2026-1"] {
        let page = maya.get(&format!("/calendar?month={month}")).await;
        assert_eq!((page.status, head(&page.text)), (StatusCode::OK, head(&today)), "{month}");
    }
    assert_eq!(head(&maya.get("/calendar?month=2199-12").await.text), "December 2199");
    assert!(maya.get("/calendar?month=1970-01").await.text.contains(&sentence(Language::English, "calendar-empty")));
}

/// A cohort meets from its first day to its last one, and a group that is being formed does not meet at all.
#[tokio::test(flavor = "multi_thread")]
async fn a_cohort_is_planned_within_its_days_only() {
    let running = start("cohort-days").await;
    let mut carol = running.signed_in("Carol").await;
    let seats = taken(&mut carol, "/groups", LANTERNS).await;
    let id: i64 = seats.trim_end_matches("/seats").rsplit('/').next().unwrap().parse().unwrap();
    let set = async |column: &str, value: &str| {
        let tx = running.house.db.write().await.unwrap();
        tx.run(&format!("UPDATE groups SET {column} = {value} WHERE id = $1"), values![id]).await.unwrap();
        tx.commit_unaudited().await.unwrap();
    };
    set("started_at", "NULL").await;
    meeting::plan_ahead(&running.house).await.unwrap();
    assert!(sessions(&running, id).await.is_empty(), "it has not started");
    set("started_at", "1").await;
    let today = running.house.clock.now().in_zone(ZONE).date();
    let day = |weeks: i64| today.checked_add(jiff::Span::new().weeks(weeks)).unwrap();
    set("starts_on", &format!("'{}'", day(2))).await;
    set("ends_on", &format!("'{}'", day(5))).await;
    meeting::plan_ahead(&running.house).await.unwrap();
    let days: Vec<_> = sessions(&running, id).await.iter().map(|row| row.starts_at.in_zone(ZONE).date()).collect();
    assert!((3..=4).contains(&days.len()), "{days:?}");
    assert!(days.iter().all(|one| (day(2)..=day(5)).contains(one)), "{days:?}");
}

/// Whoever takes a break from the group is missed by nobody.
#[tokio::test(flavor = "multi_thread")]
async fn a_member_on_a_break_is_left_in_peace() {
    let running = start("no-show-break").await;
    let theo = running.person("Theo").await.id;
    let tx = running.house.db.write().await.unwrap();
    let later = running.house.clock.now().plus(std::time::Duration::from_secs(14 * 86_400));
    tx.run("UPDATE membership SET paused_until = $1 WHERE person_id = $2", values![later, theo]).await.unwrap();
    tx.commit_unaudited().await.unwrap();
    let (mut lead, _inside) = gathered(&running, &["Maya"]).await;
    lead.act(json!({"do": "begin"})).await.unwrap();
    lead.act(json!({"do": "end"})).await.unwrap();
    assert_eq!(lead.farewell().await, Some(Farewell::Ended));
    let page = running.signed_in("Dr. Amara").await.get("/outreach").await.text;
    assert!(page.contains("Priya Nair") && !page.contains("Theo Grant"));
}

/// P12: the last session of a cohort looks back and says goodbye, and no change of the programme takes that away.
#[tokio::test(flavor = "multi_thread")]
async fn the_last_session_of_a_cohort_says_goodbye() {
    let running = start("cohort-goodbye").await;
    let mut carol = running.signed_in("Carol").await;
    let seats = taken(&mut carol, "/groups", LANTERNS).await;
    let id: i64 = seats.trim_end_matches("/seats").rsplit('/').next().unwrap().parse().unwrap();
    let last = running.house.clock.now().in_zone(ZONE).date().checked_add(jiff::Span::new().weeks(4)).unwrap();
    let tx = running.house.db.write().await.unwrap();
    tx.run("UPDATE groups SET ends_on = $1 WHERE id = $2", values![last.to_string(), id]).await.unwrap();
    tx.commit_unaudited().await.unwrap();
    meeting::plan_ahead(&running.house).await.unwrap();
    let goodbye = |row: &Row| row.agenda.contains("Looking back");
    let all = sessions(&running, id).await;
    assert!((4..=5).contains(&all.len()) && all.iter().filter(|row| goodbye(row)).count() == 1 && goodbye(all.last().unwrap()));
    let path = format!("/groups/{id}/programme");
    let index = (all.last().unwrap().number - 1).to_string();
    taken(&mut carol, &format!("{path}/removal"), &[("seen", "0"), ("index", &index)]).await;
    let after = sessions(&running, id).await;
    assert_eq!(after.last().unwrap().agenda, all.last().unwrap().agenda);
}
