//! Around one session: when the door opens and for whom, what is signed, what the records hold, who reads them.

use std::time::Duration;

use ground::{Ask, Clock, Language, values};
use hyper::StatusCode;
use serde_json::json;
use testkit::{TestDatabase, data_dir};

use crate::{
    harness::{DOOR, Running, start, start_on},
    sockets::gathered,
    state::{escaped, kept, sentence},
};

async fn write(running: &Running, sql: &str) {
    let tx = running.house.db.write().await.unwrap();
    assert!(tx.run(sql, []).await.unwrap() > 0, "{sql}");
    tx.commit_unaudited().await.unwrap();
}

/// Where somebody said they are must still be true when they might need help there.
#[tokio::test(flavor = "multi_thread")]
async fn the_door_opens_half_an_hour_before() {
    let dir = data_dir("door-time");
    let url = TestDatabase::fresh(&dir).await.url;
    let clock = Clock::set_to(Clock::System.now());
    let running = start_on(dir, url, clock.clone()).await;
    let session = running.tonight().await;
    let starts_at = clock.now().plus(Duration::from_secs(40 * 60)).0;
    write(&running, &format!("UPDATE session SET starts_at = {starts_at} WHERE id = {session}")).await;
    let path = format!("/sessions/{session}/door");
    let mut maya = running.signed_in("Maya").await;
    let before = kept(&running).await;
    clock.advance(Duration::from_secs(10 * 60 - 1));
    let early = maya.post(&path, DOOR).await;
    assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(early.text.contains(&sentence(Language::English, "door-not-open-yet")) && early.text.contains("Somebody Close"));
    assert_eq!(kept(&running).await, before);
    clock.advance(Duration::from_secs(1));
    assert_eq!(maya.post(&path, DOOR).await.location, format!("/sessions/{session}/waiting"));
}

/// People press twice when the line is slow; what they signed is still one thing.
#[tokio::test(flavor = "multi_thread")]
async fn passing_the_door_twice_is_one_pass_and_one_signature() {
    let running = start("door-twice").await;
    let path = format!("/sessions/{}/door", running.tonight().await);
    let mut maya = running.signed_in("Maya").await;
    let mut again = maya.clone();
    let (one, two) = tokio::join!(maya.post(&path, DOOR), again.post(&path, DOOR));
    assert_eq!((one.status, two.status), (StatusCode::SEE_OTHER, StatusCode::SEE_OTHER));
    for table in ["door_pass", "document_signature"] {
        let rows = running.house.db.number(&format!("SELECT COUNT(*) AS n FROM {table}"), []).await.unwrap();
        assert_eq!(rows, 1, "{table}");
    }
    let unsigned: Vec<_> = DOOR.iter().copied().filter(|(field, _)| !matches!(*field, "agree" | "signed_name")).collect();
    assert_eq!(maya.post(&path, &unsigned).await.status, StatusCode::SEE_OTHER, "what was signed is not asked again");
}

/// Who leads or observes is not asked where they sleep; the licence is asked of the place where a member is.
#[tokio::test(flavor = "multi_thread")]
async fn each_part_is_asked_what_is_needed_of_it() {
    let running = start("door-parts").await;
    let session = running.tonight().await;
    let path = format!("/sessions/{session}/door");
    let rules = [("stance", "open"), ("signed_name", "Me"), ("agree", "on")];
    crate::watching::everybody_agrees(&running).await;
    for (who, next) in [("Dr. Amara", "room"), ("Nadia", "waiting")] {
        let page = running.signed_in(who).await.post(&path, &rules).await;
        assert_eq!(page.location, format!("/sessions/{session}/{next}"), "{who}");
    }
    let page = running.signed_in("Theo").await.post(&path, &rules).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    for stranger in ["Aisha", "Marcus", "Carol", "Rosa"] {
        assert_eq!(running.signed_in(stranger).await.post(&path, DOOR).await.status, StatusCode::NOT_FOUND, "{stranger}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_expired_licence_closes_the_door_in_words_and_stands_in_the_audit_book() {
    let running = start("door-expired").await;
    write(&running, "UPDATE authority SET valid_to = '2020-01-01'").await;
    let path = format!("/sessions/{}/door", running.tonight().await);
    let before = kept(&running).await;
    let mut maya = running.signed_in("Maya").await;
    for language in Language::ALL {
        maya.post("/language", &[("language", language.code()), ("back", "/")]).await;
        let page = maya.post(&path, DOOR).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        let said = language.say("door-licence-expired", &[("place", "New York".into())]);
        assert!(page.text.contains(&escaped(&said)), "{}", language.code());
        assert!(page.text.contains("Skills for Hard Days"), "and says what is open instead");
    }
    assert_eq!(kept(&running).await, before, "nothing about where she is was kept");
    let denied = running.house.db.number("SELECT COUNT(*) AS n FROM audit WHERE action = 'door.licence' AND outcome = 'denied'", []).await;
    assert_eq!(denied.unwrap(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn after_the_end_the_door_leads_to_the_goodbye() {
    let running = start("door-ended").await;
    let session = running.last_week().await;
    let mut maya = running.signed_in("Maya").await;
    assert_eq!(maya.get(&format!("/sessions/{session}/door")).await.location, format!("/sessions/{session}/goodbye"));
    let before = kept(&running).await;
    let page = maya.post(&format!("/sessions/{session}/door"), DOOR).await;
    assert!(page.location.ends_with("/goodbye"), "{}", page.location);
    assert!(kept(&running).await.len() >= before.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_agenda_that_has_begun_stays_as_it_is() {
    let running = start("agenda-begun").await;
    let session = running.tonight().await;
    let (mut lead, _inside) = gathered(&running, &[]).await;
    lead.act(json!({"do": "begin"})).await.unwrap();
    let before = kept(&running).await;
    let mut amara = running.signed_in("Dr. Amara").await;
    let page =
        amara.post(&format!("/sessions/{session}/agenda"), &[("kind", "learn"), ("minutes", "10"), ("prompt", ""), ("theme", "")]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.text.contains(&sentence(Language::English, "agenda-already-begun")));
    assert_eq!(kept(&running).await, before);
}

/// As low as can be is an answer, and the one that must not be lost on the way to the note.
#[tokio::test(flavor = "multi_thread")]
async fn a_mood_of_nothing_stands_in_the_note() {
    let running = start("mood-zero").await;
    let session = running.tonight().await;
    let (mut lead, mut inside) = gathered(&running, &["Maya", "Theo"]).await;
    lead.act(json!({"do": "begin"})).await.unwrap();
    lead.act(json!({"tool": "check_in", "act": {"do": "open"}})).await.unwrap();
    let low = json!({"tool": "check_in", "act": {"do": "answer", "mood": 0, "word": "", "concern": "", "to_group": false}});
    inside[0].1.act(low).await.unwrap();
    inside[1].1.act(json!({"tool": "check_in", "act": {"do": "pass"}})).await.unwrap();
    lead.act(json!({"do": "end"})).await.unwrap();
    running.work().await;
    let mut amara = running.signed_in("Dr. Amara").await;
    let mood = format!("{}: 0", Language::English.t("note-mood-one"));
    for (name, said) in [("Maya", true), ("Theo", false)] {
        let id = running.person(name).await.id;
        let note = amara.get(&format!("/sessions/{session}/notes/{id}")).await;
        assert_eq!(note.text.contains(&mood), said, "{name}");
    }
}

/// A signed note is a legal record: there cannot be two of it.
#[tokio::test(flavor = "multi_thread")]
async fn two_leaders_who_sign_at_once_are_one_signature() {
    let running = start("note-race").await;
    let (session, maya) = (running.last_week().await, running.person("Maya").await.id);
    let path = format!("/sessions/{session}/notes/{maya}");
    let (mut amara, mut ben) = (running.signed_in("Dr. Amara").await, running.signed_in("Ben").await);
    let (one, two) = tokio::join!(
        amara.post(&path, &[("text", "canary-amara"), ("sign", "yes")]),
        ben.post(&path, &[("text", "canary-ben"), ("sign", "yes")])
    );
    let mut told = [one.status, two.status];
    told.sort();
    assert_eq!(told, [StatusCode::SEE_OTHER, StatusCode::UNPROCESSABLE_ENTITY]);
    let loser = if one.status == StatusCode::UNPROCESSABLE_ENTITY { (&one, "canary-amara") } else { (&two, "canary-ben") };
    assert!(loser.0.text.contains(loser.1), "what was typed is shown to whoever came second");
    let rows = running.house.db.number("SELECT COUNT(*) AS n FROM note WHERE about_id = $1", values![maya]).await.unwrap();
    assert_eq!(rows, 1);
}

/// Statements 17 and 18.
#[tokio::test(flavor = "multi_thread")]
async fn records_and_notes_are_for_those_who_lead_that_group() {
    let running = start("records-roles").await;
    let (session, maya) = (running.last_week().await, running.person("Maya").await.id);
    let before = kept(&running).await;
    for who in ["Maya", "Theo", "Nadia", "Marcus", "Rosa", "Rui"] {
        let mut browser = running.signed_in(who).await;
        for path in [
            format!("/sessions/{session}/record"),
            format!("/sessions/{session}/notes/{maya}"),
            format!("/sessions/{session}/notes/0"),
            format!("/sessions/{session}/process-note"),
            format!("/sessions/{session}/before"),
        ] {
            assert_eq!(browser.get(&path).await.status, StatusCode::NOT_FOUND, "{who} reads {path}");
        }
        for path in [format!("/sessions/{session}/notes/{maya}"), format!("/sessions/{session}/attendance/{maya}")] {
            let page = browser.post(&path, &[("text", "x"), ("minutes", "5"), ("sign", "yes")]).await;
            assert_eq!(page.status, StatusCode::NOT_FOUND, "{who} writes {path}");
        }
    }
    assert_eq!(kept(&running).await, before);
}
