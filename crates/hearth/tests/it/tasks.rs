//! Homework and risk tasks: done and undone, asked for and closed, seen by whom they concern.

use ground::{Ask, values};
use hyper::StatusCode;
use testkit::Browser;

use crate::{
    harness::{Running, start},
    state::kept,
};

async fn open_homework(running: &Running, name: &str) -> i64 {
    let person = running.person(name).await.id;
    let sql = "SELECT id AS n FROM homework WHERE person_id = $1 AND done_at IS NULL ORDER BY id LIMIT 1";
    running.house.db.number(sql, values![person]).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn homework_done_twice_is_done_and_undone_twice_is_open() {
    let running = start("homework-twice").await;
    let homework = open_homework(&running, "Theo").await;
    let mut theo = running.signed_in("Theo").await;
    let done = || async {
        running.house.db.number("SELECT COALESCE(done_at, 0) AS n FROM homework WHERE id = $1", values![homework]).await.unwrap() != 0
    };
    for (act, expected) in [("done", true), ("done", true), ("undone", false), ("undone", false), ("done", true)] {
        assert_eq!(theo.post(&format!("/homework/{homework}/{act}"), &[]).await.location, "/homework", "{act}");
        assert_eq!(done().await, expected, "{act}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn homework_is_nobody_else_s_to_touch() {
    let running = start("homework-roles").await;
    let homework = open_homework(&running, "Theo").await;
    let before = kept(&running).await;
    for who in ["Maya", "Dr. Amara", "Carol", "Anders", "Rosa"] {
        let mut browser = running.signed_in(who).await;
        for act in ["done", "undone"] {
            assert_eq!(browser.post(&format!("/homework/{homework}/{act}"), &[]).await.status, StatusCode::NOT_FOUND, "{who}");
        }
        assert!(!browser.get("/homework").await.text.contains(&homework.to_string()), "{who} does not even see it");
    }
    assert_eq!(running.visitor().post(&format!("/homework/{homework}/done"), &[]).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(kept(&running).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_leader_sees_how_many_have_done_it_and_not_what_it_is() {
    let running = start("homework-counts").await;
    let group = running.group("Steady Ground").await;
    let path = format!("/groups/{group}/homework");
    let mut theo = running.signed_in("Theo").await;
    let page = theo.get("/homework").await.text;
    let text = page.split("<p>").map(|part| part.split("</p>").next().unwrap_or_default()).find(|part| part.len() > 20);
    let mut amara = running.signed_in("Dr. Amara").await;
    // As the page before a session asks for it; by itself the same address is the page that names what was given.
    amara.headers.push(("hx-request", "true".into()));
    let seen = amara.get(&path).await;
    assert_eq!(seen.status, StatusCode::OK);
    assert!(text.is_none_or(|text| !seen.text.contains(text)));
    for who in ["Theo", "Nadia", "Marcus", "Carol"] {
        assert_eq!(running.signed_in(who).await.get(&path).await.status, StatusCode::NOT_FOUND, "{who}");
    }
}

async fn task_of(running: &Running, who: &str, kind: &str, text: &str) -> String {
    running.signed_in(who).await.post("/help", &[("kind", kind), ("text", text)]).await;
    running.work().await;
    let newest = "SELECT id AS n FROM risk_task ORDER BY opened_at DESC LIMIT 1";
    format!("/risk-tasks/{}", running.house.db.number(newest, []).await.unwrap())
}

/// Statement 18.
#[tokio::test(flavor = "multi_thread")]
async fn a_task_is_seen_by_its_leader_and_the_office_and_nobody_else() {
    let running = start("task-roles").await;
    let task = task_of(&running, "Maya", "help", "canary-help").await;
    for (who, sees) in [
        ("Dr. Amara", true),
        ("Ben", true),
        ("Carol", true),
        ("Anders", true),
        ("Marcus", false),
        ("Rui", false),
        ("Nadia", false),
        ("Maya", false),
        ("Theo", false),
        ("Rosa", false),
    ] {
        let mut browser = running.signed_in(who).await;
        let page = browser.get(&task).await;
        assert_eq!(page.status, if sees { StatusCode::OK } else { StatusCode::NOT_FOUND }, "{who}");
        assert_eq!(page.text.contains("canary-help"), sees, "{who}");
        if !sees {
            assert_eq!(browser.post(&format!("{task}/closure"), &[("note", "x")]).await.status, StatusCode::NOT_FOUND, "{who}");
        }
    }
    let reads = running.house.db.number("SELECT COUNT(*) AS n FROM audit WHERE action = 'risk_task.read'", []).await.unwrap();
    assert_eq!(reads, 4, "each reading stands in the audit book, and no try that failed");
}

/// Whoever asks for help three times may mean three things.
#[tokio::test(flavor = "multi_thread")]
async fn each_call_is_a_task_of_its_own_and_none_is_lost() {
    let running = start("task-each").await;
    let mut maya = running.signed_in("Maya").await;
    for _ in 0..3 {
        assert_eq!(maya.post("/help", &[("kind", "help")]).await.status, StatusCode::OK);
    }
    running.work().await;
    running.work().await;
    assert_eq!(running.house.db.number("SELECT COUNT(*) AS n FROM risk_task", []).await.unwrap(), 3);
}

/// Both believe they have dealt with it; both must learn what the other one did.
#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_close_a_task_at_once_one_note_counts_and_the_other_is_shown() {
    let running = start("task-race").await;
    let closure = format!("{}/closure", task_of(&running, "Maya", "help", "").await);
    let (mut amara, mut carol): (Browser, Browser) = (running.signed_in("Dr. Amara").await, running.signed_in("Carol").await);
    let (one, two) = tokio::join!(amara.post(&closure, &[("note", "canary-one")]), carol.post(&closure, &[("note", "canary-two")]));
    let refused = if one.status == StatusCode::UNPROCESSABLE_ENTITY { (&one, "canary-one") } else { (&two, "canary-two") };
    assert!(one.status != two.status && refused.0.text.contains(refused.1), "what was typed is not lost");
    let closed = running.house.db.number("SELECT COUNT(*) AS n FROM audit WHERE action = 'risk_task.close'", []).await.unwrap();
    assert_eq!(closed, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_task_is_not_escalated_any_more() {
    let running = start("task-closed").await;
    let task = task_of(&running, "Maya", "help", "").await;
    running.signed_in("Dr. Amara").await.post(&format!("{task}/closure"), &[("note", "She is safe.")]).await;
    let mails = running.outbox.posted().len();
    let tx = running.house.db.write().await.unwrap();
    tx.run("UPDATE job SET due_at = 0 WHERE done_at IS NULL", values![]).await.unwrap();
    tx.commit_unaudited().await.unwrap();
    running.work().await;
    assert_eq!(running.outbox.posted().len(), mails, "nobody is called for what is over");
    let escalated = running.house.db.number("SELECT COUNT(*) AS n FROM risk_task WHERE escalated_at IS NOT NULL", []).await.unwrap();
    assert_eq!(escalated, 0);
}

/// Whoever asks for help and leads no group and sits in none is the office's to look after.
#[tokio::test(flavor = "multi_thread")]
async fn somebody_without_a_group_is_not_without_help() {
    let running = start("task-office").await;
    task_of(&running, "Rosa", "help", "").await;
    let owner = running.house.db.number("SELECT owner_id AS n FROM risk_task", []).await.unwrap();
    assert_eq!(owner, running.person("Carol").await.id);
}
