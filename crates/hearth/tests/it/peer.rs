//! Check-ins that members hold among themselves: planned, hosted, helped when somebody calls, and nothing of them kept.

mod corners;

use std::time::Duration;

use ground::{Ask, Clock, Language, reminders, values};
use hyper::StatusCode;
use rehearsal::Way;
use room::{
    Part, Presence, Refusal, Seat,
    wire::{Farewell, FromDoor},
};
use serde_json::json;
use testkit::Browser;

use crate::{
    calendar::taken,
    harness::{DOOR, Running, start, start_with_clock, until, with},
    sockets::{Wire, in_room},
    state::{kept, sentence},
};

const ENGLISH: Language = Language::English;

fn said(key: &str) -> String {
    sentence(ENGLISH, key)
}

/// Leaders of Steady Ground open contact outside of the group; the page of its check-ins.
async fn open(running: &Running) -> String {
    let group = running.group("Steady Ground").await;
    taken(&mut running.signed_in("Dr. Amara").await, &format!("/groups/{group}/outside-contact"), &[("yes", "yes")]).await;
    format!("/groups/{group}/peer-check-ins")
}

/// What Maya types for a check-in that begins in so many minutes, on her own clock.
async fn form(running: &Running, minutes: u64) -> Vec<(&'static str, String)> {
    #[derive(ground::sea_orm::FromQueryResult)]
    struct Zone {
        zone: String,
    }
    let zone: Zone = running.house.db.row("SELECT zone FROM person WHERE name LIKE 'Maya%'", []).await.unwrap().unwrap();
    let at = running.house.clock.now().plus(Duration::from_secs(minutes * 60)).in_zone(&zone.zone);
    vec![
        ("date", at.date().to_string()),
        ("time", format!("{:02}:{:02}", at.hour(), at.minute())),
        ("minutes", "30".into()),
        ("circle", String::new()),
        ("once", ground::random_token()),
    ]
}

fn fields<'a>(form: &'a [(&'a str, String)]) -> Vec<(&'a str, &'a str)> {
    form.iter().map(|(name, value)| (*name, value.as_str())).collect()
}

/// Maya plans one for the whole group.
async fn planned(running: &Running, path: &str, minutes: u64) -> i64 {
    let form = form(running, minutes).await;
    assert_eq!(taken(&mut running.signed_in("Maya").await, path, &fields(&form)).await, path);
    running
        .house
        .db
        .number("SELECT s.id AS n FROM peer_session x JOIN session s ON s.id = x.session_id ORDER BY s.starts_at DESC LIMIT 1", [])
        .await
        .unwrap()
}

async fn number(running: &Running, sql: &str) -> i64 {
    running.house.db.number(sql, []).await.unwrap()
}

async fn way_to(running: &Running, session: i64, name: &str) -> Way {
    let mut way = Way::new(running.address, session).unwrap();
    way.demo_sign_in(running.person(name).await.id).await.unwrap();
    way
}

/// Through the door and straight into the room.
async fn comes(running: &Running, session: i64, name: &str) -> (Way, Wire, Seat) {
    let way = way_to(running, session, name).await;
    let reply = way.post(&format!("/sessions/{session}/door"), DOOR).await.unwrap();
    assert_eq!(reply.location, format!("/sessions/{session}/room"), "nobody waits where nobody of the staff is");
    let mut wire = in_room(&way, None).await;
    let seat = wire.until("the view", |_| true).await.you.seat;
    (way, wire, seat)
}

/// Somebody is on call, day and night.
async fn on_call(running: &Running, name: &str) {
    let person = running.person(name).await.id.to_string();
    let every = ["day-1", "day-2", "day-3", "day-4", "day-5", "day-6", "day-7"].map(|day| (day, "on"));
    let shift: Vec<(&str, &str)> = [("person", &*person), ("from", "00:00"), ("to", "00:00")].into_iter().chain(every).collect();
    taken(&mut running.signed_in("Carol").await, "/practice/on-call", &shift).await;
}

async fn soon(name: &str) -> (Running, Clock, String, i64) {
    let (running, clock) = start_with_clock(name).await;
    let path = open(&running).await;
    let session = planned(&running, &path, 20).await;
    clock.advance(Duration::from_secs(15 * 60));
    (running, clock, path, session)
}

#[tokio::test(flavor = "multi_thread")]
async fn without_outside_contact_there_is_none() {
    let running = start("peer-policy").await;
    let group = running.group("Steady Ground").await;
    let path = format!("/groups/{group}/peer-check-ins");
    let mut maya = running.signed_in("Maya").await;
    let closed = maya.get(&path).await.text;
    assert!(closed.contains(&said("peer-not-allowed")) && !closed.contains("name=\"date\""));
    let form = form(&running, 60).await;
    let before = kept(&running).await;
    let refused = maya.post(&path, &fields(&form)).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text.contains(&said("peer-not-allowed")));
    assert_eq!(kept(&running).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_check_in_is_planned_seen_by_those_it_is_for_and_called_off() {
    let (running, clock) = start_with_clock("peer-plan").await;
    let path = open(&running).await;
    let mut maya = running.signed_in("Maya").await;
    let form = form(&running, 3 * 24 * 60).await;
    let fits = fields(&form);
    let before = kept(&running).await;
    for (field, typed, key) in [
        ("date", "soon", "change-time-unreadable"),
        ("date", "1999-01-01", "change-time-past"),
        ("date", "2099-01-01", "peer-too-far"),
        ("minutes", "19", "peer-minutes-unfit"),
        ("minutes", "-1", "peer-minutes-unfit"),
        ("circle", "77", "peer-circle-unfit"),
    ] {
        let page = maya.post(&path, &with(&fits, field, typed)).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{field} {typed}");
        assert!(page.text.contains(&said(key)), "{key}");
        assert!(field == "date" || page.text.contains(fits[0].1), "what was typed is kept");
    }
    assert_eq!(kept(&running).await, before);

    assert_eq!(taken(&mut maya, &path, &fits).await, path);
    assert_eq!(taken(&mut maya, &path, &fits).await, path, "the same form again");
    assert_eq!(number(&running, "SELECT COUNT(*) AS n FROM peer_session").await, 1);
    let session = number(&running, "SELECT session_id AS n FROM peer_session").await;
    let door = format!("/sessions/{session}/door");
    let group = running.group("Steady Ground").await;
    for name in ["Maya", "Theo"] {
        let mut member = running.signed_in(name).await;
        for page in ["/today".to_owned(), path.clone(), format!("{path}/next")] {
            let text = member.get(&page).await.text;
            assert!(text.contains(&path) && !text.contains(&said("peer-none")), "{name} {page}: {text}");
        }
        assert!(member.get("/calendar").await.text.contains(&door) || member.get(&next_month(&clock)).await.text.contains(&door));
        assert!(member.get(&format!("/groups/{group}/circles")).await.text.contains(&format!("{path}/next")));
        let closed = member.get(&door).await.text;
        assert!(closed.contains(&said("peer-door-later")) && closed.contains(&said("peer-door")), "the door is not open yet");
    }
    for name in ["Aisha", "Nadia", "Rosa", "Carol", "Anders", "Marcus", "Rui"] {
        let mut other = running.signed_in(name).await;
        assert_eq!(other.get(&door).await.status, StatusCode::NOT_FOUND, "{name}");
        assert_eq!(other.get(&format!("/peer-check-ins/{session}/staff")).await.status, StatusCode::NOT_FOUND, "{name}");
        assert_eq!(other.post(&format!("/peer-check-ins/{session}/cancellation"), &[]).await.status, StatusCode::NOT_FOUND, "{name}");
        for page in ["/today".to_owned(), "/calendar".into(), next_month(&clock), "/groups".into()] {
            let text = other.get(&page).await.text;
            assert!(!text.contains(&door) && !text.contains(&format!("peer/{group}")), "{name} {page}");
        }
    }
    // Led sessions have pages that a check-in has not, for nobody.
    for name in ["Maya", "Dr. Amara", "Carol"] {
        let mut somebody = running.signed_in(name).await;
        for page in ["record", "recap", "change", "before", "absence"] {
            let status = somebody.get(&format!("/sessions/{session}/{page}")).await.status;
            assert!([StatusCode::NOT_FOUND, StatusCode::METHOD_NOT_ALLOWED].contains(&status), "{name} {page} {status}");
        }
    }
    called_off(&running, &mut maya, session, &path).await;
}

async fn called_off(running: &Running, maya: &mut Browser, session: i64, path: &str) {
    let door = format!("/sessions/{session}/door");
    let mut theo = running.signed_in("Theo").await;
    assert_eq!(
        theo.post(&format!("/peer-check-ins/{session}/cancellation"), &[]).await.status,
        StatusCode::NOT_FOUND,
        "he did not plan it"
    );
    running.work().await;
    let letters = running.outbox.posted().len();
    assert_eq!(taken(maya, &format!("/peer-check-ins/{session}/cancellation"), &[]).await, path);
    running.work().await;
    assert_eq!(running.outbox.posted().len() - letters, members(running).await - 1, "everybody else hears of it, and no staff");
    assert!(theo.get(&door).await.text.contains(&said("peer-shut-called-off")));
    assert!(!theo.get("/today").await.text.contains(&door));
    let again = maya.post(&format!("/peer-check-ins/{session}/cancellation"), &[]).await;
    assert!(again.text.contains(&said("peer-too-late")));
}

async fn members(running: &Running) -> usize {
    let sql = "SELECT COUNT(*) AS n FROM membership m JOIN groups g ON g.id = m.group_id WHERE g.name = 'Steady Ground' AND m.part = 'member' AND m.left_at IS NULL";
    usize::try_from(number(running, sql).await).unwrap()
}

fn next_month(clock: &Clock) -> String {
    let later = clock.now().plus(Duration::from_secs(4 * 86_400)).in_zone("America/New_York").date();
    format!("/calendar?month={}-{:02}", later.year(), later.month())
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_for_whom_it_is_is_reminded_and_nobody_else() {
    let (running, clock) = start_with_clock("peer-reminders").await;
    let path = open(&running).await;
    // In the middle of the day nobody has quiet hours.
    while !(12..14).contains(&clock.now().in_zone("America/New_York").hour()) {
        clock.advance(Duration::from_secs(1_800));
    }
    // Led sessions would remind of themselves.
    let tx = running.house.db.write().await.unwrap();
    tx.run("UPDATE session SET cancelled_at = 1 WHERE state = 'planned'", []).await.unwrap();
    tx.commit_unaudited().await.unwrap();
    let session = planned(&running, &path, 120).await;
    clock.advance(Duration::from_secs(62 * 60));
    reminders::plan(&running.house).await.unwrap();
    reminders::plan(&running.house).await.unwrap();
    let of_it = format!("%/{session}/%");
    let count = "SELECT COUNT(*) AS n FROM job WHERE kind = 'reminder' AND occasion LIKE $1";
    let planned = running.house.db.number(count, values![of_it.clone()]).await.unwrap();
    assert_eq!(planned, i64::try_from(members(&running).await).unwrap(), "each of them one, and no staff");
    for name in ["Dr. Amara", "Ben", "Nadia", "Aisha", "Carol"] {
        let theirs = format!("{}/%/{session}/%", running.person(name).await.id);
        assert_eq!(running.house.db.number(count, values![theirs]).await.unwrap(), 0, "{name}");
    }
    let maya = format!("{}/%/{session}/%", running.person("Maya").await.id);
    assert_eq!(running.house.db.number(count, values![maya]).await.unwrap(), 1);
    // What is closed meanwhile is not reminded of.
    let before = running.outbox.posted().len();
    let group = running.group("Steady Ground").await;
    taken(&mut running.signed_in("Dr. Amara").await, &format!("/groups/{group}/outside-contact"), &[]).await;
    let tx = running.house.db.write().await.unwrap();
    tx.run("DELETE FROM job WHERE kind = 'reminder' AND occasion NOT LIKE $1", values![of_it]).await.unwrap();
    tx.commit_unaudited().await.unwrap();
    running.work().await;
    assert_eq!(running.outbox.posted().len(), before, "asked again before it goes");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_host_goes_round_and_nobody_is_made_to() {
    let (running, _clock) = start_with_clock("peer-rotation").await;
    let path = open(&running).await;
    let (mut hosts, mut maya) = (Vec::new(), running.signed_in("Maya").await);
    for minutes in [60, 200, 400] {
        let session = planned(&running, &path, minutes).await;
        hosts.push(running.house.db.number("SELECT host_id AS n FROM peer_session WHERE session_id = $1", values![session]).await.unwrap());
    }
    let distinct: std::collections::BTreeSet<i64> = hosts.iter().copied().collect();
    assert_eq!(distinct.len(), 3, "each time somebody else: {hosts:?}");
    let mut first = running.signed_in(&name_of(&running, hosts[0]).await).await;
    taken(&mut first, &format!("{path}/hosting"), &[("yes", "")]).await;
    let sql = "SELECT COUNT(*) AS n FROM peer_session WHERE host_id = $1";
    assert_eq!(running.house.db.number(sql, values![hosts[0]]).await.unwrap(), 0, "what they were to host goes to the next");
    assert_eq!(number(&running, "SELECT COUNT(*) AS n FROM peer_session WHERE host_id IS NULL").await, 0);
    assert!(first.get(&path).await.text.contains(&said("peer-hosting-no")));
    planned(&running, &path, 600).await;
    let form = form(&running, 800).await;
    let full = maya.post(&path, &fields(&form)).await;
    assert!(full.text.contains(&said("peer-too-many")), "at most so many ahead");
    taken(&mut first, &format!("{path}/hosting"), &[("yes", "yes")]).await;
    assert!(first.get(&path).await.text.contains(&said("peer-hosting-yes")));
}

async fn name_of(running: &Running, person: i64) -> String {
    ground::facts::name_of(&running.house.db, person).await.unwrap()
}

/// From planning to the end, with staff called in: the whole way over sockets.
#[tokio::test(flavor = "multi_thread")]
async fn members_meet_staff_come_when_called_and_nothing_is_kept() {
    let (running, clock, path, session) = soon("peer-story").await;
    on_call(&running, "Marcus").await;
    let (_priya_way, mut priya, _) = comes(&running, session, "Priya").await;
    let (_theo_way, theo, theo_seat) = comes(&running, session, "Theo").await;
    assert_eq!(priya.picture["tools"]["hosting"]["host"], serde_json::Value::Null);
    // The one who was named does not come: the next in line hosts five minutes after the start.
    clock.advance(Duration::from_secs(11 * 60));
    let view = priya.until("a host", |view| view.tools.hosting.as_ref().unwrap().host.is_some()).await;
    let host = view.tools.hosting.unwrap().host.unwrap();
    assert!(view.begun_at.is_some() && view.lead.is_none() && !view.without_leader);
    assert_eq!((view.title.as_str(), view.week), ("Steady Ground", 0));
    let (mut hosting, mut other) = if host == theo_seat { (theo, priya) } else { (priya, theo) };
    assert_eq!(other.act(json!({"do": "end"})).await, Err(Refusal::NotYours));
    assert_eq!(hosting.act(json!({"do": "begin"})).await, Err(Refusal::NotYours));
    hosting.act(json!({"tool": "hosting", "act": {"do": "step", "index": 1}})).await.unwrap();
    let round = json!({"tool": "go_round", "act": {"do": "open", "prompt": "How are you here?", "order": "seats", "seconds": 120}});
    assert_eq!(other.act(round.clone()).await, Err(Refusal::NotYours));
    hosting.act(round).await.unwrap();
    hosting.act(json!({"tool": "go_round", "act": {"do": "close"}})).await.unwrap();
    other.act(json!({"tool": "chat", "act": {"do": "say", "text": "canary-among-us", "to": "circle"}})).await.unwrap();

    // Nobody of the staff comes who was not called.
    let staff = format!("/peer-check-ins/{session}/staff");
    let mut marcus = running.signed_in("Marcus").await;
    assert_eq!(marcus.get(&staff).await.status, StatusCode::NOT_FOUND);
    running.work().await;
    let letters = running.outbox.posted().len();
    other.act(json!({"tool": "hosting", "act": {"do": "bring_staff"}})).await.unwrap();
    hosting.until("that staff were called", |view| view.tools.hosting.as_ref().unwrap().called_at.is_some()).await;
    running.work().await;
    let (task, owner) = (
        number(&running, "SELECT id AS n FROM risk_task WHERE source = 'staff_called'").await,
        number(&running, "SELECT owner_id AS n FROM risk_task WHERE source = 'staff_called'").await,
    );
    assert_eq!(owner, running.person("Marcus").await.id, "whoever is on call is told first");
    let mail = running.outbox.posted().split_off(letters);
    assert_eq!(mail.len(), 1);
    assert!(mail[0].letter.text.contains(&format!("/risk-tasks/{task}")) && !mail[0].letter.text.contains("canary"));
    for name in ["Carol", "Rui", "Nadia", "Aisha", "Rosa"] {
        let mut somebody = running.signed_in(name).await;
        assert_eq!(somebody.get(&staff).await.status, StatusCode::NOT_FOUND, "{name}");
        assert_eq!(somebody.post(&staff, &[]).await.status, StatusCode::NOT_FOUND, "{name}");
    }
    assert!(running.signed_in("Dr. Amara").await.get(&staff).await.text.contains(&staff), "whoever leads the group may come, too");
    assert!(marcus.get(&format!("/risk-tasks/{task}")).await.text.contains(&staff));
    clock.advance(Duration::from_secs(60));
    assert_eq!(taken(&mut marcus, &staff, &[]).await, format!("/sessions/{session}/room"));
    let marcus_way = way_to(&running, session, "Marcus").await;
    let mut lead = in_room(&marcus_way, None).await;
    let view = lead.until("the view", |_| true).await;
    assert!(view.lead.is_some() && !lead.heard.contains("canary-among-us"), "what was said before was not said to him");
    let seat = view.you.seat;
    hosting
        .until("a badge", |view| {
            view.chairs.get(&seat.0).is_some_and(|chair| chair.part == Part::Facilitator && chair.presence == Presence::Here)
        })
        .await;
    other.act(json!({"tool": "chat", "act": {"do": "say", "text": "canary-with-him", "to": "circle"}})).await.unwrap();
    lead.until("what is said with him there", |view| view.tools.chat.messages.values().any(|one| one.text == "canary-with-him")).await;
    lead.act(json!({"do": "mute_all"})).await.unwrap();
    // Seen by nobody as their leader anywhere else.
    for page in [path.clone(), format!("/groups/{}", running.group("Steady Ground").await), format!("/sessions/{session}/record")] {
        assert_eq!(marcus.get(&page).await.status, StatusCode::NOT_FOUND, "{page}");
    }

    hosting.act(json!({"do": "end"})).await.unwrap();
    assert_eq!(lead.farewell().await, Some(Farewell::Ended));
    assert_eq!(other.farewell().await, Some(Farewell::Ended));
    nothing_is_kept(&running, session, &path).await;
}

async fn nothing_is_kept(running: &Running, session: i64, path: &str) {
    running.work().await;
    for table in ["attendance", "session_answer", "takeaway", "session_board", "outreach_task", "note", "room_event"] {
        let sql = format!("SELECT COUNT(*) AS n FROM {table} WHERE session_id = $1");
        assert_eq!(running.house.db.number(&sql, values![session]).await.unwrap(), 0, "{table}");
    }
    assert_eq!(running.house.db.number("SELECT people AS n FROM peer_session WHERE session_id = $1", values![session]).await.unwrap(), 2);
    for name in ["Priya", "Theo", "Marcus"] {
        let goodbye = running.signed_in(name).await.get(&format!("/sessions/{session}/goodbye")).await;
        assert_eq!(goodbye.status, StatusCode::OK, "{name}");
        assert!(!goodbye.text.contains(&format!("/sessions/{session}/re")), "{name} finds no recap and no record");
    }
    let mut amara = running.signed_in("Dr. Amara").await;
    let held = amara.get(path).await.text;
    assert!(held.contains(&said("peer-staff-was-called")) && held.contains("2 were there") && !held.contains("Theo"), "{held}");
    for name in ["Dr. Amara", "Carol", "Marcus", "Anders"] {
        let mut staff = running.signed_in(name).await;
        for page in ["/today".to_owned(), "/risk-tasks".into(), "/inbox".into(), path.to_owned(), format!("/sessions/{session}/record")] {
            assert!(!staff.get(&page).await.text.contains("canary-"), "{name} {page}");
        }
    }
    assert!(running.outbox.posted().iter().all(|posted| !format!("{:?}", posted.letter).contains("canary-")));
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_does_not_belong_any_more_finds_a_sentence_and_no_way_in() {
    let (running, _clock, path, session) = soon("peer-shut").await;
    let door = format!("/sessions/{session}/door");
    let (maya_way, mut maya, _) = comes(&running, session, "Maya").await;
    let mut theo = running.signed_in("Theo").await;
    // One of the two does not want to read the other: they do not meet where no staff are, and nobody is told why.
    let tx = running.house.db.write().await.unwrap();
    let (one, other) = (running.person("Maya").await.id, running.person("Theo").await.id);
    tx.run("INSERT INTO person_block (by_id, other_id, blocked_at) VALUES ($1, $2, 1)", values![one, other]).await.unwrap();
    tx.commit_unaudited().await.unwrap();
    let shut = theo.get(&door).await;
    assert_eq!(shut.status, StatusCode::CONFLICT);
    assert!(shut.text.contains(&said("peer-shut-not-today")) && !shut.text.contains("Maya"));
    assert_eq!(theo.post(&door, DOOR).await.status, StatusCode::CONFLICT);
    let tx = running.house.db.write().await.unwrap();
    tx.run("DELETE FROM person_block WHERE by_id = $1", values![one]).await.unwrap();
    tx.run("UPDATE membership SET left_at = $1 WHERE person_id = $2 AND part = 'member'", values![running.house.clock.now(), other])
        .await
        .unwrap();
    tx.commit_unaudited().await.unwrap();
    assert!(theo.get(&door).await.text.contains(&said("peer-shut-not-in")));
    assert_eq!(theo.post(&door, DOOR).await.status, StatusCode::CONFLICT);
    // Leaders close contact outside of the group: whoever is inside is let go.
    let group = running.group("Steady Ground").await;
    taken(&mut running.signed_in("Dr. Amara").await, &format!("/groups/{group}/outside-contact"), &[]).await;
    running.work().await;
    assert_eq!(maya.farewell().await, Some(Farewell::Removed));
    for place in ["room", "door"] {
        assert!(maya_way.socket(place).await.is_err(), "and not back by the socket of the {place}");
    }
    let mut browser = running.signed_in("Maya").await;
    assert!(browser.get(&door).await.text.contains(&said("peer-shut-not-allowed")));
    assert!(browser.get(&path).await.text.contains(&said("peer-not-allowed")));
    assert!(!browser.get("/today").await.text.contains(&door));
}

async fn began_circle(running: &Running, maya: &mut Browser) -> i64 {
    let group = running.group("Steady Ground").await;
    let theo = running.person("Theo").await.id.to_string();
    let once = ground::random_token();
    let wish = [("purpose", "canary-purpose"), ("days", "14"), ("once", &*once), ("person", &*theo)];
    taken(maya, &format!("/groups/{group}/circles"), &wish).await;
    let circle = number(running, "SELECT channel_id AS n FROM circle").await;
    taken(&mut running.signed_in("Theo").await, &format!("/circles/{circle}/answer"), &[("yes", "yes")]).await;
    circle
}

#[tokio::test(flavor = "multi_thread")]
async fn a_circle_s_check_in_is_its_own_and_ends_with_it() {
    let (running, clock) = start_with_clock("peer-circle").await;
    let path = open(&running).await;
    let mut maya = running.signed_in("Maya").await;
    let circle = began_circle(&running, &mut maya).await;
    let number_of = circle.to_string();
    let form = form(&running, 20).await;
    taken(&mut maya, &path, &with(&fields(&form), "circle", &number_of)).await;
    let session = number(&running, "SELECT session_id AS n FROM peer_session").await;
    let door = format!("/sessions/{session}/door");
    clock.advance(Duration::from_secs(15 * 60));
    assert!(running.signed_in("Theo").await.get("/today").await.text.contains(&door));
    for name in ["Priya", "Jonas", "Dr. Amara", "Aisha", "Nadia", "Carol"] {
        let mut other = running.signed_in(name).await;
        assert_eq!(other.get(&door).await.status, StatusCode::NOT_FOUND, "{name}");
        assert_eq!(other.get(&format!("/sessions/{session}/room")).await.status, StatusCode::NOT_FOUND, "{name}");
        assert!(!other.get("/today").await.text.contains(&door), "{name}");
    }
    let leaders = running.signed_in("Dr. Amara").await.get(&path).await.text;
    assert!(leaders.contains(&said("peer-a-circle")) && !leaders.contains("canary-purpose"), "whose it is, and not what for");
    let (_way, mut theo, _) = comes(&running, session, "Theo").await;
    theo.until("alone", |view| view.chairs.len() == 2).await;
    taken(&mut running.signed_in("Theo").await, &format!("/circles/{circle}/leaving"), &[]).await;
    running.work().await;
    assert_eq!(theo.farewell().await, Some(Farewell::Removed), "who leaves the circle leaves its room");
    assert!(running.signed_in("Theo").await.get(&door).await.text.contains(&said("peer-shut-not-in")));
    taken(&mut maya, &format!("/circles/{circle}/end"), &[]).await;
    assert!(maya.get(&door).await.text.contains(&said("peer-shut-circle-over")), "ended before it began");
}

#[tokio::test(flavor = "multi_thread")]
async fn it_ends_by_itself_even_when_nobody_comes_back() {
    let (running, clock, _path, session) = soon("peer-forgotten").await;
    let (way, mut maya, _) = comes(&running, session, "Maya").await;
    let (_other, theo, _) = comes(&running, session, "Theo").await;
    clock.advance(Duration::from_secs(5 * 60));
    maya.until("begun", |view| view.begun_at.is_some()).await;
    // After a crash everybody is in their seat again.
    running.meeting.break_room_for_test(session).await;
    assert_eq!(maya.farewell().await, None, "the socket just ends");
    drop((maya, theo));
    let mut back = in_room(&way, None).await;
    back.until("the same room", |view| view.begun_at.is_some() && view.tools.hosting.is_some()).await;
    drop(back);
    clock.advance(Duration::from_secs(42 * 60));
    until("the end", || async {
        running.work().await;
        running.house.db.number("SELECT COALESCE(people, -1) AS n FROM peer_session WHERE session_id = $1", values![session]).await.unwrap()
            == 2
    })
    .await;
    let (mut maya, door) = (running.signed_in("Maya").await, format!("/sessions/{session}/door"));
    assert_eq!(maya.get(&door).await.location, format!("/sessions/{session}/goodbye"));
    assert_eq!(maya.post(&door, DOOR).await.location, format!("/sessions/{session}/goodbye"));
    let ended = way.socket("door").await;
    if let Ok((socket, ticket)) = ended {
        let mut wire = Wire::from_socket(socket);
        wire.say(&json!({"is": "hello", "ticket": ticket})).await;
        assert_eq!(wire.door().await, Some(FromDoor::Ended));
    }
}

/// "I need help" where nobody leads goes to whoever is on call, else to whoever leads the group; and they may come in.
#[tokio::test(flavor = "multi_thread")]
async fn a_call_for_help_finds_somebody_though_nobody_leads() {
    let (running, _clock, _path, session) = soon("peer-help").await;
    let (_way, mut maya, _) = comes(&running, session, "Maya").await;
    let (_other, mut theo, _) = comes(&running, session, "Theo").await;
    let owner = "SELECT owner_id AS n FROM risk_task WHERE source = 'asked_for_help' AND person_id = $1";
    let staff = format!("/peer-check-ins/{session}/staff");
    let mut amara = running.signed_in("Dr. Amara").await;
    assert_eq!(amara.get(&staff).await.status, StatusCode::NOT_FOUND, "nobody has called");
    maya.act(json!({"do": "help"})).await.unwrap();
    running.work().await;
    let of = running.house.db.number(owner, values![running.person("Maya").await.id]).await.unwrap();
    assert_eq!(of, running.person("Dr. Amara").await.id);
    assert_eq!(amara.get(&staff).await.status, StatusCode::OK);
    assert_eq!(running.signed_in("Marcus").await.get(&staff).await.status, StatusCode::NOT_FOUND, "he is not on call");
    on_call(&running, "Marcus").await;
    theo.act(json!({"do": "help"})).await.unwrap();
    assert!(maya.picture["lead"].is_null(), "and the others do not see it");
    running.work().await;
    let of = running.house.db.number(owner, values![running.person("Theo").await.id]).await.unwrap();
    assert_eq!(of, running.person("Marcus").await.id);
    // Come in twice, in the same chair; and the card of whoever asked is there.
    let mut marcus = running.signed_in("Marcus").await;
    assert_eq!(taken(&mut marcus, &staff, &[]).await, format!("/sessions/{session}/room"));
    assert_eq!(taken(&mut marcus, &staff, &[]).await, format!("/sessions/{session}/room"));
    assert_eq!(number(&running, "SELECT COUNT(*) AS n FROM peer_staff").await, 1);
    let way = way_to(&running, session, "Marcus").await;
    let mut lead = in_room(&way, None).await;
    let view = lead.until("who asked for help", |view| view.lead.as_ref().is_some_and(|lead| lead.helps.len() == 2)).await;
    assert!(view.lead.unwrap().helps.iter().all(|help| help.card.location == "At home"));
}
