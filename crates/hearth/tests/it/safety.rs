//! The safety plan and the watch: whose it is, who reads it, that nothing is overwritten, and who is asked first.

use ground::{Ask, Language, values};
use hyper::StatusCode;

use crate::{
    harness::{Running, start, start_with_clock, with},
    state::{escaped, kept, sentence},
};

const PLAN: &[(&str, &str)] = &[
    ("version", "0"),
    ("signs", "canary-sign\nI stop answering"),
    ("alone", "Walk to the river"),
    ("people-name-0", "canary-friend"),
    ("people-phone-0", "(555) 010-0142"),
    ("safer", "My sister keeps the pills"),
];

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_is_ones_own_in_versions_and_can_be_called_from() {
    let running = start("safety-plan").await;
    let group = running.group("Steady Ground").await;
    let maya_id = running.person("Maya").await.id;
    let (mut maya, mut theo) = (running.signed_in("Maya").await, running.signed_in("Theo").await);
    let (mut amara, mut marcus, mut carol) =
        (running.signed_in("Dr. Amara").await, running.signed_in("Marcus").await, running.signed_in("Carol").await);
    let empty = maya.get("/safety-plan").await.text;
    assert!(empty.contains("tel:988") && empty.contains("/safety-plan/edit"));
    assert_eq!(maya.post("/safety-plan", PLAN).await.location, "/safety-plan");
    let page = maya.get("/safety-plan").await.text;
    assert!(page.contains("tel:5550100142") && page.contains("canary-sign") && page.contains("data-keep"));
    assert!(page.contains("<title>My plan"), "nothing in the title that somebody behind might read");

    let stale = maya.post("/safety-plan", &with(PLAN, "alone", "Written in another <tab>")).await;
    assert_eq!(stale.status, StatusCode::UNPROCESSABLE_ENTITY, "nothing is overwritten unread");
    assert!(stale.text.contains(&escaped("Written in another <tab>")));
    assert!(stale.text.contains(&sentence(Language::English, "safety-changed-meanwhile")));
    let path = format!("/groups/{group}/safety-plans/{maya_id}");
    assert!(amara.get(&path).await.text.contains("canary-sign"), "whoever leads her group reads it");
    assert!(amara.get(&format!("{path}/edit")).await.text.contains("name=\"version\" value=\"1\""));
    amara.post(&path, &with(&with(PLAN, "version", "1"), "alone", "Breathe with the river")).await;
    let page = maya.get("/safety-plan").await.text;
    assert!(page.contains("Breathe with the river") && page.contains("/safety-plan/versions/1"));
    assert!(maya.get("/safety-plan/versions/1").await.text.contains("Walk to the river"));
    assert_eq!(maya.get("/safety-plan/versions/7").await.status, StatusCode::NOT_FOUND);
    for other in [&mut theo, &mut marcus, &mut carol] {
        assert_eq!(other.get(&path).await.status, StatusCode::NOT_FOUND);
        assert!(!other.get("/safety-plan").await.text.contains("canary"));
        assert_eq!(other.get("/safety-plan/versions/1").await.status, StatusCode::NOT_FOUND);
    }
    let before = kept(&running).await;
    for (field, typed, key) in [("people-phone-0", "call me", "safety-phone"), ("people-name-0", "", "safety-nameless")] {
        let odd = maya.post("/safety-plan", &with(&with(PLAN, "version", "2"), field, typed)).await;
        assert!(odd.status == StatusCode::UNPROCESSABLE_ENTITY && odd.text.contains(&sentence(Language::English, key)), "{key}");
        assert!(odd.text.contains("canary-sign"), "what was typed is kept");
    }
    assert_eq!(kept(&running).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_without_a_network_has_a_page() {
    let running = start("safety-offline").await;
    let page = running.visitor().get("/offline").await;
    assert!(page.status == StatusCode::OK && page.text.contains("tel:988"));
    let worker = running.visitor().get("/sw.js").await;
    assert!(worker.status == StatusCode::OK && worker.text.contains("safety-plan"));
    let manifest = running.visitor().get("/manifest.webmanifest").await;
    assert!(manifest.headers["content-type"].to_str().unwrap().starts_with("application/manifest+json"));
    let manifest: serde_json::Value = serde_json::from_str(&manifest.text).unwrap();
    assert_eq!((&manifest["start_url"], &manifest["display"]), (&"/today".into(), &"standalone".into()));
    assert_eq!(worker.headers["cache-control"], "no-cache", "a worker that is kept too long would keep an old one");
    assert!(worker.headers["content-type"].to_str().unwrap().starts_with("text/javascript"));
    let mut maya = running.signed_in("Maya").await;
    maya.post("/safety-plan", PLAN).await;
    let plan = maya.get("/safety-plan").await;
    let script = plan.text.split("src=\"/assets/keep-plan.js").nth(1).unwrap().split('"').next().unwrap();
    let script = maya.get(&format!("/assets/keep-plan.js{script}")).await;
    assert!(script.status == StatusCode::OK && script.text.contains("/sw.js"));
    let policy = plan.headers["content-security-policy"].to_str().unwrap();
    assert!(policy.contains("worker-src 'self'") && policy.contains("default-src 'none'"));
    let goodbye = maya.post("/sign-out", &[]).await;
    assert!(goodbye.headers["clear-site-data"].to_str().unwrap().contains("storage"), "signing out takes the plan off the device");
}

async fn owner_of_last(running: &Running) -> i64 {
    running.work().await;
    running.house.db.number("SELECT owner_id AS n FROM risk_task ORDER BY opened_at DESC, id LIMIT 1", values![]).await.unwrap()
}

/// S2: an owner who is really there, and honest words when nobody is.
#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_on_call_is_asked_first_and_members_read_when_nobody_watches() {
    let (running, clock) = start_with_clock("on-call").await;
    let (mut maya, mut carol) = (running.signed_in("Maya").await, running.signed_in("Carol").await);
    assert!(maya.get("/help").await.text.contains(&sentence(Language::English, "on-call-unknown")));
    maya.post("/help", &[("text", "canary"), ("kind", "help")]).await;
    assert_eq!(owner_of_last(&running).await, running.person("Dr. Amara").await.id, "without a table: whoever leads");

    let marcus = running.person("Marcus").await.id.to_string();
    let local = clock.now().in_zone("America/New_York");
    let day = format!("day-{}", local.weekday().to_monday_one_offset());
    let shift = [("person", &*marcus), (&*day, "on"), ("from", "00:00"), ("to", "00:00")];
    let before = kept(&running).await;
    for (field, typed, key) in [("person", "7", "on-call-who"), ("from", "never", "on-call-hours")] {
        let odd = carol.post("/practice/on-call", &with(&shift, field, typed)).await;
        assert!(odd.status == StatusCode::UNPROCESSABLE_ENTITY && odd.text.contains(&sentence(Language::English, key)), "{key}");
    }
    assert_eq!(kept(&running).await, before);
    assert_eq!(carol.post("/practice/on-call", &shift).await.location, "/practice/on-call");
    assert!(maya.get("/help").await.text.contains(&sentence(Language::English, "on-call-today")));
    clock.advance(std::time::Duration::from_secs(1));
    maya.post("/help", &[("text", "canary"), ("kind", "help")]).await;
    assert_eq!(owner_of_last(&running).await, running.person("Marcus").await.id);

    let page = carol.get("/practice/on-call").await.text;
    let id = page.split("/practice/on-call/").nth(1).unwrap().split('/').next().unwrap().to_owned();
    clock.advance(std::time::Duration::from_secs(24 * 3_600));
    maya = running.signed_in("Maya").await;
    let watch = maya.get("/help").await.text;
    assert!(watch.contains("Right now nobody is watching."), "honest about the other days");
    assert_eq!(maya.post(&format!("/practice/on-call/{id}/removal"), &[]).await.status, StatusCode::NOT_FOUND);
    carol = running.signed_in("Carol").await;
    carol.post(&format!("/practice/on-call/{id}/removal"), &[]).await;
    assert!(maya.get("/help").await.text.contains(&sentence(Language::English, "on-call-unknown")));
}

/// A night on call is two days in the table; the table says whom a task goes to next, and then the office.
#[tokio::test(flavor = "multi_thread")]
async fn an_unattended_task_goes_to_whoever_is_on_call_and_then_to_the_office() {
    let (running, clock) = start_with_clock("on-call-escalation").await;
    let (mut maya, mut carol) = (running.signed_in("Maya").await, running.signed_in("Carol").await);
    let (amara, marcus) = (running.person("Dr. Amara").await.id, running.person("Marcus").await.id);
    maya.post("/help", &[("text", "canary"), ("kind", "help")]).await;
    assert_eq!(owner_of_last(&running).await, amara, "nobody is on call: whoever leads");
    let every = ["day-1", "day-2", "day-3", "day-4", "day-5", "day-6", "day-7"].map(|day| (day, "on"));
    let person = marcus.to_string();
    let shift: Vec<(&str, &str)> = [("person", &*person), ("from", "18:00"), ("to", "18:00")].into_iter().chain(every).collect();
    carol.post("/practice/on-call", &shift).await;
    let rows = running.house.db.number("SELECT COUNT(*) AS n FROM on_call", []).await.unwrap();
    assert_eq!(rows, 14, "each night ends on the morning after");
    clock.advance(std::time::Duration::from_secs(16 * 60));
    assert_eq!(owner_of_last(&running).await, marcus, "whoever is on call comes before the office");
    let mut offices = Vec::new();
    for _ in 0..4 {
        clock.advance(std::time::Duration::from_secs(16 * 60));
        offices.push(owner_of_last(&running).await);
    }
    let office = [running.person("Carol").await.id, running.person("Anders").await.id];
    assert!(offices.iter().all(|owner| office.contains(owner)), "then the office, and it stays there: {offices:?}");
    let told = running.outbox.posted().into_iter().filter(|one| one.letter.text.contains("/risk-tasks/")).count();
    assert!(told >= 4, "each new owner is written to: {told}");
}

/// Nothing that a form could do wrong is kept, in either language.
#[tokio::test(flavor = "multi_thread")]
async fn a_plan_is_refused_in_the_language_of_its_person() {
    let running = start("safety-odd").await;
    let long = "x".repeat(201);
    for (who, language) in [("Priya", Language::English), ("Lucía", Language::Spanish)] {
        let mut browser = running.signed_in(who).await;
        let before = kept(&running).await;
        for (fields, key) in [
            (vec![("version", "0")], "safety-empty"),
            (vec![("version", "0"), ("signs", " \n ")], "safety-empty"),
            (vec![("version", "0"), ("alone", &*long)], "safety-too-long"),
            (vec![("version", "0"), ("people-phone-0", "555 0100")], "safety-nameless"),
            (vec![("version", "0"), ("professionals-name-0", "Kept"), ("professionals-phone-0", "ask at the desk")], "safety-phone"),
            (vec![("version", "7"), ("signs", "From a tab of another day")], "safety-changed-meanwhile"),
        ] {
            let page = browser.post("/safety-plan", &fields).await;
            assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{who} {key}");
            assert!(page.text.contains(&sentence(language, key)), "{who} {key}");
            for (_, typed) in fields.iter().filter(|(name, typed)| *name != "version" && !typed.trim().is_empty()) {
                assert!(page.text.contains(&escaped(typed)), "{who} {key} loses {typed}");
            }
        }
        assert_eq!(kept(&running).await, before, "{who}");
    }
}

/// Two tabs and whoever leads write at once: one version after the other, none is lost without a word.
#[tokio::test(flavor = "multi_thread")]
async fn plans_written_at_once_become_versions_or_come_back() {
    let running = start("safety-at-once").await;
    let mut hands = Vec::new();
    for number in 0..6 {
        let mut browser = running.signed_in("Priya").await;
        hands.push(tokio::spawn(async move {
            let line = format!("From tab {number}");
            browser.post("/safety-plan", &[("version", "0"), ("signs", &*line)]).await
        }));
    }
    let (mut kept, mut back) = (0, 0);
    for hand in hands {
        let page = hand.await.unwrap();
        match page.status {
            StatusCode::SEE_OTHER => kept += 1,
            StatusCode::UNPROCESSABLE_ENTITY => {
                assert!(page.text.contains("From tab "), "what was typed comes back");
                back += 1;
            }
            other => panic!("{other}"),
        }
    }
    assert_eq!((kept, back), (1, 5));
    let versions = running.house.db.number("SELECT COUNT(*) AS n FROM safety_plan", []).await.unwrap();
    assert_eq!(versions, 1);
}
