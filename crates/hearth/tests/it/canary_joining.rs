//! Nothing that somebody told on the way to their seat reaches anybody but those who look after them.

use std::time::Duration;

use testkit::{Browser, LogGuard};

use crate::harness::{Running, start};

/// What only Ada, her leaders and the office may ever read.
const CANARIES: &[&str] =
    &["canary-brings", "canary-therapist", "canary-words", "canary-reason", "canary-note", "Nowakowska", "ada.canary@example.org"];

const SCREENING: &[(&str, &str)] = &[
    ("brings", "canary-brings"),
    ("condition-trauma", "on"),
    ("therapy", "yes"),
    ("with", "canary-therapist"),
    ("language", "en"),
    ("age", "25-34"),
    ("free-2-evening", "on"),
    ("asq-1", "no"),
    ("asq-2", "yes"),
    ("asq-3", "no"),
    ("asq-4", "no"),
    ("asq-now", "no"),
];

/// Ada asks, tells, is called, is let in with a reason, sits, signs, says that she cannot come, and makes a calendar of her own.
async fn ada_comes(running: &Running, group: i64) -> Browser {
    let asked = [("name", "Ada Nowakowska"), ("email", "ada.canary@example.org"), ("residence", "NY"), ("adult", "on")];
    running.visitor().post(&format!("/find/{group}/seat"), &asked).await;
    running.work().await;
    let posted = running.outbox.posted();
    let text = &posted.iter().find(|one| one.letter.text.contains("/welcome/")).unwrap().letter.text;
    let link = text[text.find("/welcome/").unwrap()..].split_whitespace().next().unwrap().to_owned();
    running.visitor().post(&link, &[("password", "four calm green lamps"), ("again", "four calm green lamps")]).await;
    let mut ada = running.signed_in("Ada").await;
    let page = ada.get("/applications").await;
    let id = page.text.split("/applications/").nth(1).unwrap().split('/').next().unwrap().to_owned();
    ada.post(&format!("/applications/{id}/seat"), &[]).await;
    let told = ada.post(&format!("/applications/{id}/screening"), SCREENING).await;
    assert!(told.text.contains("tel:988"));
    let mut amara = running.signed_in("Dr. Amara").await;
    let day = ground::when::date(running.house.clock.now().plus(Duration::from_secs(2 * 86_400)), "America/New_York");
    amara.post("/calls", &[("day", &day), ("time", "09:00"), ("minutes", "20"), ("count", "1")]).await;
    let slots = ada.get("/applications").await.text;
    let slot = slots.split("name=\"slot\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    ada.post(&format!("/applications/{id}/call"), &[("slot", &slot)]).await;
    let of = format!("/groups/{group}/applicants/{id}");
    amara.post(&format!("{of}/override"), &[("reason", "canary-reason, and long enough")]).await;
    amara.post(&format!("{of}/decision"), &[("outcome", "accept"), ("words", "canary-words")]).await;
    assert!(amara.get(&of).await.text.contains("canary-brings"), "whoever looks after her does read it");
    assert!(ada.get("/applications").await.text.contains("canary-words"));
    ada
}

async fn everything(browser: &mut Browser, paths: &[String]) -> String {
    let mut seen = String::new();
    for path in paths {
        seen += &browser.get(path).await.text;
    }
    seen
}

#[tokio::test(flavor = "multi_thread")]
async fn what_ada_told_on_her_way_reaches_nobody_else() {
    let running = start("canary-joining").await;
    let (group, session) = (running.group("Steady Ground").await, running.tonight().await);
    let mut ada = ada_comes(&running, group).await;
    ada.post("/account/calendar", &[]).await;
    running.work().await;

    let public: Vec<String> = ["/find", "/find.json", "/sitemap.xml", "/robots.txt", "/"]
        .into_iter()
        .map(str::to_owned)
        .chain([format!("/find/{group}"), format!("/find/{group}/seat")])
        .collect();
    let inside: Vec<String> =
        ["/today", "/groups", "/calendar", "/applications", "/applications/open", "/documents", "/account", "/applicants"]
            .into_iter()
            .map(str::to_owned)
            .chain([format!("/groups/{group}"), format!("/groups/{group}/leaving"), format!("/sessions/{session}/door")])
            .collect();
    let mut seen = everything(&mut running.visitor(), &public).await;
    for name in ["Maya", "Theo", "Aisha", "Rosa", "Marcus", "Nadia", "Rui"] {
        let mut other = running.signed_in(name).await;
        seen += &everything(&mut other, &public).await;
        seen += &everything(&mut other, &inside).await;
    }
    for one in running.outbox.posted() {
        seen += &one.letter.subject;
        seen += &one.letter.text;
    }
    assert!(seen.contains(">Ada<"), "her chosen first name is seen in her group, so this test looks in the right place");
    let log = LogGuard::listen().text();
    for canary in CANARIES {
        assert!(!seen.contains(canary), "{canary} is seen by somebody");
        assert!(!log.contains(canary), "{canary} is in the log");
    }
}
