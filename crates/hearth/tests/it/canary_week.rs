//! What Maya does in the week between reaches nobody but those she shows it to: not another member, not staff elsewhere, no mail, no log, no title.

use testkit::{Browser, LogGuard};

use crate::harness::{Running, start};

/// Each of these words was typed by Maya and shown to nobody.
const SECRET: &[&str] = &[
    "canary-brought",
    "canary-theme",
    "canary-goal",
    "canary-why",
    "canary-smaller",
    "canary-measure",
    "canary-milestone",
    "canary-daily",
    "canary-pattern",
    "canary-sign",
    "canary-alone",
    "canary-friend",
    "canary-help",
    "canary-wish",
];

async fn plan(maya: &mut Browser, goal: &str) {
    for (part, fields) in [
        ("why", vec![("why", "canary-why")]),
        ("looked", vec![("words-0", "canary-measure"), ("kind-0", "count"), ("bound-0", "at_most"), ("aim-0", "3")]),
        ("days", vec![("day-1", "on"), ("day-2", "on"), ("remind", "20:00")]),
        ("sure", vec![("sure", "4"), ("smaller", "canary-smaller")]),
        ("milestones", vec![("milestones", "canary-milestone")]),
        ("check", vec![]),
    ] {
        let kept = maya.post(&format!("/goals/{goal}/plan/{part}"), &fields).await;
        assert!(kept.location.starts_with("/goals/"), "{part}: {}", kept.text);
    }
}

/// Everything that a member can do between two sessions, once.
async fn a_week(running: &Running) -> (Browser, String) {
    let mut maya = running.signed_in("Maya").await;
    maya.post("/goals/workshop/brought", &[("text", "canary-brought"), ("then", "next")]).await;
    maya.post("/goals/workshop/theme", &[("text", "canary-theme"), ("then", "next")]).await;
    let draft = maya.post("/goals", &[("words", "canary-goal: walk to the river")]).await.location;
    let goal = draft.split('/').nth(2).unwrap().to_owned();
    plan(&mut maya, &goal).await;
    let today = ground::when::date(running.house.clock.now(), "America/New_York");
    maya.post(&format!("/goals/{goal}/days"), &[("day", &*today), ("value-1", "2"), ("note", "canary-daily")]).await;
    maya.post("/goals/patterns", &[("text", "canary-pattern")]).await;
    let sealed = [("version", "0"), ("signs", "canary-sign"), ("alone", "canary-alone"), ("people-name-0", "canary-friend")];
    maya.post("/safety-plan", &sealed).await;
    maya.post("/help", &[("text", "canary-help"), ("kind", "concern")]).await;
    maya.post("/account/deletion", &[("words", "canary-wish"), ("sure", "on")]).await;
    running.work().await;
    (maya, goal)
}

fn paths(group: i64, goal: &str, person: i64) -> Vec<String> {
    let plain = [
        "/",
        "/find",
        "/today",
        "/groups",
        "/calendar",
        "/homework",
        "/homework/open",
        "/goals",
        "/goals/open",
        "/goals/shared",
        "/goals/patterns",
        "/goals/workshop/theme",
        "/safety-plan",
        "/measures",
        "/measures/open",
        "/account/data",
        "/account/data.json",
        "/documents",
        "/applicants",
        "/outreach",
        "/risk-tasks/open",
    ];
    let deep = [
        format!("/groups/{group}"),
        format!("/groups/{group}/goals"),
        format!("/groups/{group}/goals/{goal}"),
        format!("/groups/{group}/safety-plans/{person}"),
        format!("/groups/{group}/homework"),
        format!("/groups/{group}/measures"),
        format!("/goals/{goal}"),
        format!("/goals/{goal}/plan/check"),
        format!("/goals/shared/{goal}"),
        format!("/people/{person}/measures"),
    ];
    plain.into_iter().map(str::to_owned).chain(deep).collect()
}

async fn everything(browser: &mut Browser, paths: &[String]) -> String {
    let mut seen = String::new();
    for path in paths {
        seen += &browser.get(path).await.text;
    }
    seen
}

#[tokio::test(flavor = "multi_thread")]
async fn what_maya_keeps_for_herself_is_seen_by_nobody_else() {
    let running = start("canary-week").await;
    let (group, person) = (running.group("Steady Ground").await, running.person("Maya").await.id);
    let (mut maya, goal) = a_week(&running).await;
    let paths = paths(group, &goal, person);
    let own = everything(&mut maya, &paths).await;
    for secret in SECRET {
        assert!(own.contains(secret), "{secret}: Maya herself reads it, so this test looks in the right place");
    }
    // Other members, family, staff of other groups, and those who only look on. Whoever leads her group and the office have a test of their own.
    for name in ["Theo", "Priya", "Aisha", "Rosa", "Marcus", "Nadia", "Rui"] {
        let mut other = running.signed_in(name).await;
        let seen = everything(&mut other, &paths).await;
        for secret in SECRET {
            assert!(!seen.contains(secret), "{name} sees {secret}");
        }
    }
    let visitor = everything(&mut running.visitor(), &paths).await;
    let letters: String = running.outbox.posted().into_iter().map(|one| one.letter.subject + &one.letter.text).collect();
    let log = LogGuard::listen().text();
    for secret in SECRET {
        assert!(!visitor.contains(secret), "a visitor sees {secret}");
        assert!(!letters.contains(secret), "{secret} stands in a mail");
        assert!(!log.contains(secret), "{secret} stands in the log");
    }
}

/// Whoever leads her group reads the safety plan and what she asked for help with, and nothing that she did not show.
#[tokio::test(flavor = "multi_thread")]
async fn whoever_leads_reads_what_they_need_and_not_what_she_keeps() {
    let running = start("canary-week-lead").await;
    let (group, person) = (running.group("Steady Ground").await, running.person("Maya").await.id);
    let (mut maya, goal) = a_week(&running).await;
    let paths = paths(group, &goal, person);
    let mut amara = running.signed_in("Dr. Amara").await;
    let seen = everything(&mut amara, &paths).await;
    for shown in ["canary-sign", "canary-friend"] {
        assert!(seen.contains(shown), "{shown}: the plan is made together");
    }
    for kept in ["canary-brought", "canary-theme", "canary-goal", "canary-daily", "canary-pattern", "canary-wish"] {
        assert!(!seen.contains(kept), "Amara sees {kept}, which was not shown to her");
    }
    maya.post(&format!("/goals/{goal}/sharing"), &[("therapist", "on")]).await;
    let seen = everything(&mut amara, &paths).await;
    for shown in ["canary-goal", "canary-why", "canary-measure"] {
        assert!(seen.contains(shown), "{shown} is shown now");
    }
    for kept in ["canary-brought", "canary-theme", "canary-daily", "canary-pattern", "canary-smaller"] {
        assert!(!seen.contains(kept), "Amara sees {kept}, which goes with no goal");
    }
    maya.post(&format!("/goals/{goal}/sharing"), &[]).await;
    assert!(!everything(&mut amara, &paths).await.contains("canary-goal"), "taken back at any time");
}

/// The office plans and bills; it needs no goal, no plan, no pattern.
#[tokio::test(flavor = "multi_thread")]
async fn the_office_reads_the_wish_and_none_of_the_rest() {
    let running = start("canary-week-office").await;
    let (group, person) = (running.group("Steady Ground").await, running.person("Maya").await.id);
    let (_, goal) = a_week(&running).await;
    let paths = paths(group, &goal, person);
    for name in ["Carol", "Anders"] {
        let mut office = running.signed_in(name).await;
        let seen = everything(&mut office, &paths).await;
        for kept in SECRET.iter().filter(|secret| !matches!(**secret, "canary-help" | "canary-wish")) {
            assert!(!seen.contains(kept), "{name} sees {kept}");
        }
        let list = office.get("/deletions").await.text;
        let id = list.split("/deletions/").nth(1).unwrap().split('"').next().unwrap().to_owned();
        assert!(office.get(&format!("/deletions/{id}")).await.text.contains("canary-wish"), "the wish is for the office");
    }
}

/// S5: whoever looks over a shoulder reads no more than the name of the practice and a neutral word.
#[tokio::test(flavor = "multi_thread")]
async fn titles_are_neutral() {
    let running = start("canary-week-titles").await;
    let (mut maya, goal) = a_week(&running).await;
    let pages = ["/goals", "/goals/patterns", "/safety-plan", "/safety-plan/edit", "/measures", "/homework", "/account/data", "/help"];
    let read = ["/library/what-grief-does", "/library/riding-out-a-craving", "/library/three-lines-about-anger", "/library/weeks"];
    for path in pages.into_iter().chain(read).map(str::to_owned).chain([format!("/goals/{goal}"), format!("/goals/{goal}/plan/words")]) {
        let page = maya.get(&path).await.text;
        let title = page.split("<title>").nth(1).unwrap().split("</title>").next().unwrap().to_lowercase();
        for word in ["canary", "steady", "safety", "suic", "depress", "phq", "crisis", "grief", "anxiety", "risk", "craving", "anger"] {
            assert!(!title.contains(word), "{path} is called {title}");
        }
    }
}
