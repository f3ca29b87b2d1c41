//! What stands between two rules: chairs, calls, held doors, and what the house changes under a check-in.

use super::*;
use crate::harness::{LIVES, WHY};

async fn set(running: &Running, sql: &str, values: Vec<ground::sea_orm::Value>) {
    let tx = running.house.db.write().await.unwrap();
    tx.run(sql, values).await.unwrap();
    tx.commit_unaudited().await.unwrap();
}

/// Marcus, who is on call and does not lead the group, has come in; his chair.
async fn marcus_comes(running: &Running, session: i64, wire: &mut Wire) -> i64 {
    on_call(running, "Marcus").await;
    wire.act(json!({"tool": "hosting", "act": {"do": "bring_staff"}})).await.unwrap();
    running.work().await;
    let staff = format!("/peer-check-ins/{session}/staff");
    assert_eq!(taken(&mut running.signed_in("Marcus").await, &staff, &[]).await, format!("/sessions/{session}/room"));
    number(running, "SELECT seat AS n FROM peer_staff").await
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_gets_a_seat_meanwhile_never_sits_in_the_chair_of_staff() {
    let (running, _clock, _path, session) = soon("peer-chair").await;
    let (_way, mut maya, _) = comes(&running, session, "Maya").await;
    let chair = marcus_comes(&running, session, &mut maya).await;
    let group = running.group("Steady Ground").await;
    set(&running, "UPDATE groups SET capacity = 12, taken = 9 WHERE id = $1", values![group].into()).await;
    let form = [("email", "aisha.rahman@example.org"), ("part", "member"), LIVES, WHY];
    let seated = running.signed_in("Carol").await.post(&format!("/groups/{group}/seats"), &form).await;
    assert_eq!(seated.status, StatusCode::SEE_OTHER, "{}", seated.text);
    let (aisha, sql) = (running.person("Aisha").await.id, "SELECT seat AS n FROM membership WHERE group_id = $1 AND person_id = $2");
    assert_ne!(running.house.db.number(sql, values![group, aisha]).await.unwrap(), chair);
    // And if it were so, nobody would lead who does not.
    let sql = "UPDATE membership SET seat = $3 WHERE group_id = $1 AND person_id = $2";
    set(&running, sql, values![group, aisha, chair].into()).await;
    let people = ground::peer::people_at(&running.house.db, session, group).await.unwrap();
    let there: Vec<i64> = people.iter().filter(|one| one.seat == chair).map(|one| one.person_id).collect();
    assert_eq!(there, [running.person("Marcus").await.id]);
    assert!(!running.meeting.is_admitted(session, aisha).await.unwrap());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_goes_to_nobody_whose_account_is_closed() {
    let (running, _clock, _path, session) = soon("peer-closed").await;
    let (_way, mut maya, _) = comes(&running, session, "Maya").await;
    let amara = running.person("Dr. Amara").await.id;
    set(&running, "UPDATE person SET disabled_at = 1 WHERE id = $1", values![amara].into()).await;
    maya.act(json!({"tool": "hosting", "act": {"do": "bring_staff"}})).await.unwrap();
    running.work().await;
    let owner = number(&running, "SELECT owner_id AS n FROM risk_task WHERE source = 'staff_called'").await;
    assert!(owner != 0 && owner != amara, "{owner}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_call_is_a_task_of_its_own_and_a_closed_one_keeps_the_way_in() {
    let (running, clock, _path, session) = soon("peer-again").await;
    let (_way, mut maya, _) = comes(&running, session, "Maya").await;
    let bring = json!({"tool": "hosting", "act": {"do": "bring_staff"}});
    maya.act(json!({"do": "help"})).await.unwrap();
    running.work().await;
    let staff = format!("/peer-check-ins/{session}/staff");
    set(&running, "UPDATE risk_task SET closed_at = 1 WHERE session_id = $1", values![session].into()).await;
    let mut amara = running.signed_in("Dr. Amara").await;
    assert_eq!(amara.get(&staff).await.status, StatusCode::OK, "by phone it did not help, and it still runs");
    maya.act(bring.clone()).await.unwrap();
    assert_eq!(maya.act(bring.clone()).await, Err(Refusal::NotNow));
    let first = number(&running, "SELECT staff_called_at AS n FROM peer_session").await;
    clock.advance(Duration::from_secs(10 * 60));
    maya.act(bring).await.unwrap();
    running.work().await;
    assert_eq!(number(&running, "SELECT COUNT(*) AS n FROM risk_task WHERE source = 'staff_called'").await, 2);
    assert_eq!(number(&running, "SELECT staff_called_at AS n FROM peer_session").await, first);
    maya.act(json!({"do": "leave"})).await.unwrap();
    running.work().await;
    set(&running, "UPDATE risk_task SET closed_at = 1 WHERE session_id = $1", values![session].into()).await;
    set(&running, "UPDATE session SET state = 'ended' WHERE id = $1", values![session].into()).await;
    set(&running, "UPDATE peer_session SET staff_called_at = NULL", vec![]).await;
    assert_eq!(amara.get(&staff).await.status, StatusCode::NOT_FOUND, "not once it is over");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_room_opens_before_its_door_and_a_no_reaches_one_that_is_open() {
    let (running, clock) = start_with_clock("peer-early").await;
    let path = open(&running).await;
    let session = planned(&running, &path, 3 * 24 * 60).await;
    let mut maya = running.signed_in("Maya").await;
    for page in ["door", "room"] {
        maya.get(&format!("/sessions/{session}/{page}")).await;
        assert!(running.meeting.room(session).await.unwrap().is_none(), "days ahead, by the page of the {page}");
    }
    clock.advance(Duration::from_secs((3 * 24 * 60 - 5) * 60));
    let (_way, wire, seat) = comes(&running, session, "Maya").await;
    let hosting = |wire: &Wire| wire.picture["tools"]["hosting"].clone();
    assert_eq!(hosting(&wire)["declined"], false, "{seat:?}");
    clock.advance(Duration::from_secs(1));
    let (_other, mut theo, _) = comes(&running, session, "Theo").await;
    let mut browser = running.signed_in("Theo").await;
    theo.until("together", |view| view.chairs.len() > 1).await;
    taken(&mut browser, &format!("{path}/hosting"), &[("yes", "")]).await;
    let hosts = hosting(&theo)["host"].as_u64() == Some(u64::from(theo.until("me", |_| true).await.you.seat.0));
    running.work().await;
    if !hosts {
        theo.until("his no in the room", |view| view.tools.hosting.as_ref().unwrap().declined).await;
    }
    drop(wire);
}

/// Whom the next check-in of the whole group asks to host.
async fn asked(running: &Running, session: i64) -> i64 {
    let sql = "SELECT COALESCE(asked_host_id, 0) AS n FROM peer_session WHERE session_id = $1 AND asked_host_id = host_id";
    running.house.db.number(sql, values![session]).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_was_asked_and_did_not_come_had_their_turn() {
    let (running, _clock) = start_with_clock("peer-turn").await;
    let path = open(&running).await;
    let first = planned(&running, &path, 60).await;
    let absent = asked(&running, first).await;
    // Somebody else hosted, in the room.
    let theo = running.person("Theo").await.id;
    let other = if absent == theo { running.person("Maya").await.id } else { theo };
    set(&running, "UPDATE peer_session SET host_id = $2, people = 2 WHERE session_id = $1", values![first, other].into()).await;
    set(&running, "UPDATE session SET state = 'ended' WHERE id = $1", values![first].into()).await;
    let second = planned(&running, &path, 120).await;
    let next = asked(&running, second).await;
    assert!(next != 0 && next != absent && next != other, "{absent} {other} {next}");
    // Who pauses, and whose account is closed, is asked by nobody and expected nowhere.
    let later = running.house.clock.now().plus(Duration::from_secs(90 * 86_400));
    set(&running, "UPDATE peer_session SET host_id = NULL, asked_host_id = NULL", vec![]).await;
    let once_more = planned(&running, &path, 180).await;
    assert_eq!(asked(&running, once_more).await, absent, "nobody has hosted: the first again");
    set(&running, "UPDATE peer_session SET host_id = NULL, asked_host_id = NULL", vec![]).await;
    set(&running, "UPDATE membership SET paused_until = $1 WHERE person_id = $2", values![later, absent].into()).await;
    let paused = planned(&running, &path, 240).await;
    let instead = asked(&running, paused).await;
    assert!(instead != 0 && instead != absent);
    let far = running.house.clock.now().plus(Duration::from_secs(86_400));
    let coming = |person: i64| {
        let (db, from) = (running.house.db.clone(), running.house.clock.now());
        async move { ground::peer::of_person(&db, person, from, far).await.unwrap().len() }
    };
    assert_eq!((coming(absent).await, coming(instead).await), (0, 3));
    set(&running, "UPDATE person SET disabled_at = 1 WHERE id = $1", values![instead].into()).await;
    assert_eq!(coming(instead).await, 0);
    let group = running.group("Steady Ground").await;
    let people = ground::peer::people_at(&running.house.db, paused, group).await.unwrap();
    assert!(
        people.iter().all(|one| one.person_id != instead) && people.iter().any(|one| one.person_id == absent),
        "who pauses may still come"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn whom_the_room_does_not_let_in_goes_back_to_the_door() {
    let (running, _clock, _path, session) = soon("peer-refused").await;
    let (one, other) = (running.person("Maya").await.id, running.person("Theo").await.id);
    set(&running, "INSERT INTO person_block (by_id, other_id, blocked_at) VALUES ($1, $2, 1)", values![one, other].into()).await;
    let (_way, mut maya, _) = comes(&running, session, "Maya").await;
    // The room goes by what it read; the page, in this moment, by something newer.
    set(&running, "DELETE FROM person_block", vec![]).await;
    let door = format!("/sessions/{session}/door");
    let mut theo = running.signed_in("Theo").await;
    assert_eq!(theo.post(&door, DOOR).await.location, door, "nobody waits for somebody who will not let them in");
    // Whom staff asked to go out waits for them.
    marcus_comes(&running, session, &mut maya).await;
    let lead = in_room(&way_to(&running, session, "Marcus").await, None).await;
    let (mut lead, mut priya) = (lead, comes(&running, session, "Priya").await);
    lead.until("everybody", |view| view.chairs.get(&priya.2.0).is_some_and(|chair| chair.presence == Presence::Here)).await;
    lead.act(json!({"do": "remove", "seat": priya.2})).await.unwrap();
    assert_eq!(priya.1.farewell().await, Some(Farewell::Removed));
    let waits = running.signed_in("Priya").await.post(&door, DOOR).await;
    assert_eq!(waits.location, format!("/sessions/{session}/waiting"));
    let page = running.signed_in("Priya").await.get(&waits.location).await.text;
    assert!(page.contains(&said("peer-waiting")) && !page.contains(&said("waiting-text")));
}

/// Where somebody is tonight, so that help finds them, says nothing about where they live.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_said_at_this_door_opens_and_closes_no_other() {
    let (running, _clock, _path, session) = soon("peer-place").await;
    let maya = running.person("Maya").await.id;
    set(&running, "DELETE FROM application WHERE person_id = $1", values![maya].into()).await;
    set(&running, "DELETE FROM door_pass WHERE person_id = $1", values![maya].into()).await;
    let (_way, _wire, _) = comes(&running, session, "Maya").await;
    let passed = "SELECT COUNT(*) AS n FROM door_pass WHERE person_id = $1 AND jurisdiction <> ''";
    assert_eq!(running.house.db.number(passed, values![maya]).await.unwrap(), 1, "it stands where help would look");
    assert_eq!(ground::facts::lives_in(&running.house.db, maya).await.unwrap(), None);
}

/// The group in which check-ins stand is no group that anybody could be offered.
#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_offered_a_seat_where_check_ins_stand() {
    let (running, _clock, _path, _session) = soon("peer-no-seat").await;
    let group = running.group("Steady Ground").await;
    let hidden = number(&running, "SELECT group_id AS n FROM peer_group").await;
    let asked = running.signed_in("Aisha").await.post(&format!("/find/{group}/seat"), &[("residence", "NY"), ("adult", "on")]).await;
    assert_eq!(asked.location, "/applications", "{}", asked.text);
    let application = running.house.db.number("SELECT id AS n FROM application WHERE group_id = $1", values![group]).await.unwrap();
    let mut carol = running.signed_in("Carol").await;
    for path in [format!("/groups/{group}/applicants/{application}"), "/applicants".into(), "/groups".into(), "/practice/suggest".into()] {
        let page = carol.get(&path).await.text;
        assert!(!page.contains(&hidden.to_string()) && !page.contains(&format!("peer/{group}")), "{path}");
    }
    for path in [format!("/find/{hidden}"), format!("/find/{hidden}/seat"), format!("/groups/{hidden}")] {
        let status = carol.get(&path).await.status;
        assert!(status == StatusCode::NOT_FOUND, "{path} {status}");
    }
}
