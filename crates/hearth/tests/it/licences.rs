//! Credentials that run out: told of in time, once each, with the groups that they would close.

use std::time::Duration;

use ground::{Clock, Language};
use hyper::StatusCode;

use crate::{
    harness::{Running, start_with_clock},
    state::{kept, sentence},
};

const DAY: Duration = Duration::from_secs(86_400);

fn in_days(running: &Running, days: u32) -> String {
    ground::when::date(running.house.clock.now().plus(DAY * days), "America/New_York")
}

/// Lena leads After Loss, and is the only one who may do so in Vermont.
async fn lena_in_vermont(running: &Running, ends: &str) -> StatusCode {
    let person = running.person("Lena").await.id.to_string();
    let licence = [
        ("person", person.as_str()),
        ("profession", "counsellor"),
        ("jurisdiction", "VT"),
        ("kind", "licence"),
        ("number", "VT-1"),
        ("valid_from", "2024-01-01"),
        ("valid_to", ends),
        ("verified_on", "2026-11-01"),
        ("source", "the register of the state"),
    ];
    running.signed_in("Carol").await.post("/licences", &licence).await.status
}

async fn warned(running: &Running) -> usize {
    joining::warn_of_endings(&running.house).await.unwrap();
    joining::warn_of_endings(&running.house).await.unwrap();
    running.work().await;
    running.outbox.posted().into_iter().filter(|one| one.letter.subject.contains("runs out")).count()
}

fn advance(clock: &Clock, days: u32) {
    clock.advance(DAY * days);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_runs_out_is_told_three_times_and_once_each() {
    let (running, clock) = start_with_clock("licence-ends").await;
    let ends = in_days(&running, 65);
    assert_eq!(lena_in_vermont(&running, &ends).await, StatusCode::SEE_OTHER);
    assert_eq!(warned(&running).await, 0, "there is time");
    let page = running.signed_in("Carol").await.get("/licences").await;
    assert!(!page.text.contains(&sentence(Language::English, "licence-ending-title")));

    let mut told = 0;
    for (days, more) in [(5, 3), (10, 0), (20, 3), (23, 3), (6, 0), (1, 3), (3, 0)] {
        advance(&clock, days);
        told += more;
        assert_eq!(warned(&running).await, told, "the office of two and Lena, {days} days on");
    }
    let page = running.signed_in("Carol").await.get("/licences").await;
    assert!(page.text.contains(&sentence(Language::English, "licence-over")));
    assert!(page.text.contains("Closes After Loss for: Vermont"), "{}", page.text);
    for one in running.outbox.posted() {
        assert!(!one.letter.text.contains("Lena") && !one.letter.text.contains("Vermont"), "a mail names nobody and no place");
    }
}

/// A licence that was renewed in time is nobody's worry.
#[tokio::test(flavor = "multi_thread")]
async fn who_has_renewed_hears_nothing() {
    let (running, clock) = start_with_clock("licence-renewed").await;
    let (soon, later) = (in_days(&running, 20), in_days(&running, 400));
    lena_in_vermont(&running, &soon).await;
    lena_in_vermont(&running, &later).await;
    assert_eq!(warned(&running).await, 0);
    advance(&clock, 30);
    assert_eq!(warned(&running).await, 0);
    let page = running.signed_in("Carol").await.get("/licences").await;
    assert!(!page.text.contains(&sentence(Language::English, "licence-ending-title")), "and the page is quiet");
    let before = kept(&running).await;
    assert_eq!(lena_in_vermont(&running, "never").await, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(kept(&running).await, before);
}
