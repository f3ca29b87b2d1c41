//! What a practice settles about being told, and what it cannot settle.

use ground::{Ask, Language, values};
use hyper::StatusCode;
use testkit::Browser;

use crate::{
    harness::{Running, start, with},
    state::{escaped, kept, sentence},
};

const TASKS: &str = "SELECT COUNT(*) AS n FROM risk_task WHERE source = 'measure'";

async fn count(running: &Running, sql: &str) -> i64 {
    running.house.db.number(sql, []).await.unwrap()
}

/// Sends what waits for this person: each of eight answers, and the ninth.
async fn sends(running: &Running, who: &str, each: &'static str, ninth: &'static str) -> Browser {
    let person = running.person(who).await.id;
    let waits = "SELECT id AS n FROM measure WHERE person_id = $1 AND slug = 'phq-9' AND completed_at IS NULL AND withdrawn_at IS NULL";
    let measure = running.house.db.number(waits, values![person]).await.unwrap();
    let mut browser = running.signed_in(who).await;
    let eight = ["q-1", "q-2", "q-3", "q-4", "q-5", "q-6", "q-7", "q-8"];
    let fields: Vec<_> = eight.into_iter().map(|name| (name, each)).chain([("q-9", ninth), ("q-10", "pass"), ("action", "send")]).collect();
    for _ in 0..2 {
        browser.post(&format!("/measures/{measure}"), &fields).await;
    }
    running.work().await;
    browser
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_warns_until_an_administrator_says_so_and_the_ninth_answer_always_does() {
    let running = start("warn-always").await;
    sends(&running, "Theo", "3", "0").await;
    assert_eq!(count(&running, TASKS).await, 0, "twenty-four points, and nobody asked to be told");
    let mut anders = running.signed_in("Anders").await;
    let page = anders.get("/instruments/warnings").await.text;
    assert!(
        page.contains(&escaped(&sentence(Language::English, "warnings-always")))
            || page.contains(&sentence(Language::English, "warnings-always"))
    );
    assert!(!page.contains("on-asq") && page.contains("on-phq-9"));
    // Everything off, in every way that a form can say it.
    for fields in [vec![], vec![("on-asq", "on"), ("at-asq", "5")], vec![("at-phq-9", "27")]] {
        assert_eq!(anders.post("/instruments/warnings", &fields).await.location, "/instruments/warnings?kept=1");
    }
    assert_eq!(count(&running, "SELECT COUNT(*) AS n FROM measure_warning").await, 0);
    sends(&running, "Maya", "0", "1").await;
    assert_eq!(count(&running, TASKS).await, 1, "the ninth answer is heard whatever is settled");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_total_from_the_settled_value_on_opens_one_task() {
    let running = start("warn-total").await;
    let mut anders = running.signed_in("Anders").await;
    let good = [("on-phq-9", "on"), ("at-phq-9", "16"), ("at-gad-7", "8")];
    let before = kept(&running).await;
    for (at, fits) in [("0", false), ("28", false), ("-1", false), ("1.5", false), ("many", false), ("", false)] {
        let page = anders.post("/instruments/warnings", &with(&good, "at-phq-9", at)).await;
        assert!(!fits && page.status == StatusCode::UNPROCESSABLE_ENTITY, "{at}");
        assert!(page.text.contains("PHQ-9: please give a whole number within 0–27") && page.text.contains("role=\"alert\""));
        assert!(page.text.contains(&format!("value=\"{at}\"")) && page.text.contains("aria-invalid"), "what was typed is still there");
    }
    assert_eq!(kept(&running).await, before);
    anders.post("/instruments/warnings", &good).await;
    let stored = "SELECT warns_at AS n FROM measure_warning WHERE slug = 'phq-9'";
    assert_eq!((count(&running, stored).await, count(&running, "SELECT COUNT(*) AS n FROM measure_warning").await), (16, 1));
    assert_eq!(count(&running, "SELECT COUNT(*) AS n FROM audit WHERE action = 'measures.warnings'").await, 1);

    sends(&running, "Theo", "2", "0").await;
    assert_eq!(count(&running, TASKS).await, 1, "sixteen points, sent twice: one task");
    let mut amara = running.signed_in("Dr. Amara").await;
    let tasks = amara.get("/risk-tasks").await.text;
    let task = tasks.split("href=\"").find(|part| part.starts_with("/risk-tasks/")).unwrap();
    assert!(amara.get(&task[..task.find('"').unwrap()]).await.text.contains("PHQ-9: 16 (16)"));
    let told = sends(&running, "Maya", "1", "0").await;
    assert_eq!(count(&running, TASKS).await, 1, "eight points are less");
    drop(told);
    for one in running.outbox.posted() {
        assert!(!one.letter.text.contains("PHQ") && !one.letter.text.contains("Theo"), "the mail says only that there is something");
    }

    let page = anders.post("/instruments/warnings", &[good[0], good[1], ("back", "phq-9")]).await;
    assert_eq!((page.status, count(&running, stored).await), (StatusCode::SEE_OTHER, 10), "back to the cited value");
    assert!(anders.get("/instruments/warnings").await.text.contains("Kroenke 2001"));
    for who in ["Maya", "Dr. Amara", "Carol"] {
        let mut other = running.signed_in(who).await;
        assert_eq!(other.get("/instruments/warnings").await.status, StatusCode::NOT_FOUND, "{who}");
        assert_eq!(other.post("/instruments/warnings", &good).await.status, StatusCode::NOT_FOUND, "{who}");
    }
}
