//! A letter to oneself: closed until its day, on any path, and announced by a mail that says nothing of it.

use ground::{Ask, Language};
use hyper::StatusCode;
use std::time::Duration;

use crate::{
    calendar::taken,
    harness::{start, start_with_clock},
    state::{kept, sentence},
};

const DAY: Duration = Duration::from_secs(86_400);

fn in_days(days: i64) -> String {
    let today = ground::Clock::System.now().in_zone("America/New_York").date();
    today.checked_add(jiff::Span::new().days(days)).unwrap().to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_is_closed_until_its_day_and_then_its_writer_is_told() {
    let (running, clock) = start_with_clock("letters").await;
    let mut maya = running.signed_in("Maya").await;
    let day = in_days(3);
    taken(&mut maya, "/letters", &[("text", "canary-letter: breathe"), ("day", "2099-01-01"), ("date", &day)]).await;
    let id = running.house.db.number("SELECT id AS n FROM letter", []).await.unwrap();
    let path = format!("/letters/{id}");
    assert_eq!(maya.get(&path).await.status, StatusCode::NOT_FOUND, "not even she reads it before");
    let page = maya.get("/letters").await.text;
    assert!(!page.contains("canary-letter") && page.contains("/removal"));
    running.work().await;
    assert!(running.outbox.posted().is_empty(), "nobody is told before its day");
    clock.advance(4 * DAY);
    running.work().await;
    let letters = running.outbox.posted();
    assert_eq!(letters.len(), 1);
    assert!(!letters[0].letter.text.contains("canary") && !letters[0].letter.subject.to_lowercase().contains("letter"), "S5");
    let mut maya = running.signed_in("Maya").await;
    assert!(maya.get(&path).await.text.contains("canary-letter: breathe"));
    for name in ["Theo", "Dr. Amara", "Carol", "Rosa"] {
        let mut other = running.signed_in(name).await;
        assert_eq!(other.get(&path).await.status, StatusCode::NOT_FOUND, "{name}");
        assert_eq!(other.post(&format!("{path}/removal"), &[]).await.status, StatusCode::NOT_FOUND, "{name}");
    }
    taken(&mut maya, &format!("{path}/removal"), &[]).await;
    assert!(maya.get("/letters").await.text.contains(&sentence(Language::English, "letters-none")));
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_was_thrown_away_is_announced_to_nobody() {
    let (running, clock) = start_with_clock("letters-away").await;
    let mut maya = running.signed_in("Maya").await;
    taken(&mut maya, "/letters", &[("text", "no"), ("date", &in_days(2))]).await;
    let id = running.house.db.number("SELECT id AS n FROM letter", []).await.unwrap();
    taken(&mut maya, &format!("/letters/{id}/removal"), &[]).await;
    clock.advance(3 * DAY);
    running.work().await;
    assert!(running.outbox.posted().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_fit_is_named_and_kept() {
    let running = start("letters-odd").await;
    let mut maya = running.signed_in("Maya").await;
    let before = kept(&running).await;
    let (long, tomorrow) = ("x".repeat(8_001), in_days(1));
    for (text, day, key) in [
        ("", tomorrow.as_str(), "letters-empty"),
        (long.as_str(), tomorrow.as_str(), "letters-long"),
        ("Dear <script>me</script>", "1999-01-01", "letters-day-unfit"),
        ("Dear <script>me</script>", "soon", "letters-day-unfit"),
    ] {
        let page = maya.post("/letters", &[("text", text), ("date", day)]).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{day}");
        assert!(page.text.contains(&sentence(Language::English, key)) && !page.text.contains("<script>me"), "{key}");
        assert!(text.is_empty() || page.text.contains(&text.replace('<', "&#60;").replace('>', "&#62;")), "what was typed is kept");
    }
    assert_eq!(kept(&running).await, before);
    for _ in 0..20 {
        taken(&mut maya, "/letters", &[("text", "one"), ("date", &tomorrow)]).await;
    }
    let full = maya.post("/letters", &[("text", "one more"), ("date", &tomorrow)]).await;
    assert!(full.text.contains(&sentence(Language::English, "letters-many")) && full.text.contains("one more"));
}
