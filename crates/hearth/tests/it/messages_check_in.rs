//! The small question between sessions: who is asked, who reads it, and that nobody else does.

use std::time::Duration;

use ground::{Ask, Language, values};
use hyper::StatusCode;

use crate::{
    harness::{start, start_with_clock},
    messages::channel,
    state::{escaped, kept, sentence},
};

const EVERY_DAY: [(&str, &str); 8] = [
    ("day-1", "on"),
    ("day-2", "on"),
    ("day-3", "on"),
    ("day-4", "on"),
    ("day-5", "on"),
    ("day-6", "on"),
    ("day-7", "on"),
    ("time", "00:00"),
];

#[tokio::test(flavor = "multi_thread")]
async fn a_question_is_answered_in_two_taps_and_read_by_whoever_leads() {
    let (running, clock) = start_with_clock("chat-check-in").await;
    let (mut maya, mut theo, mut amara) =
        (running.signed_in("Maya").await, running.signed_in("Theo").await, running.signed_in("Dr. Amara").await);
    let group = running.group("Steady Ground").await;
    let path = channel(&running, &mut maya, "Steady Ground").await;
    let (plan, own) = (format!("/groups/{group}/check-ins"), format!("/groups/{group}/check-in"));
    let question = sentence(Language::English, "chat-check-in-question");
    assert!(!maya.get(&path).await.text.contains(&question), "nobody has asked yet");
    maya.post(&own, &[("mood", "3")]).await;
    let odd = amara.post(&plan, &[("day-1", "on"), ("time", "late")]).await;
    assert!(odd.status == StatusCode::UNPROCESSABLE_ENTITY && odd.text.contains("name=\"day-1\" checked"), "what was ticked stays");
    let rows = "SELECT COUNT(*) AS n FROM chat_check_in_answer";
    assert_eq!(running.house.db.number(rows, values![]).await.unwrap(), 0);
    assert_eq!(amara.post(&plan, &EVERY_DAY).await.location, plan);

    assert!(maya.get(&path).await.text.contains(&question) && maya.get(&own).await.text.contains(&question));
    assert!(!amara.get(&path).await.text.contains(&question), "leaders are not asked");
    let answer = [("mood", "2"), ("word", "canary-word"), ("line", "canary-line <b>")];
    for _ in 0..2 {
        assert_eq!(maya.post(&own, &answer).await.location, path);
    }
    theo.post(&own, &[("mood", "5")]).await;
    assert_eq!(running.house.db.number(rows, values![]).await.unwrap(), 2, "one of a day from each");
    let seen = maya.get(&own).await.text;
    assert!(seen.contains("canary-word") && seen.contains(&escaped("canary-line <b>")));
    for leader in [plan.clone(), format!("{plan}/open")] {
        let page = amara.get(&leader).await.text;
        assert!(page.contains("canary-word") && page.contains(&sentence(Language::English, "chat-check-in-mood-5")), "{leader}");
    }
    let read = "SELECT COUNT(*) AS n FROM audit WHERE action = 'chat_check_in.read'";
    assert!(running.house.db.number(read, values![]).await.unwrap() >= 2, "who reads is in the book");
    for name in ["Theo", "Priya", "Aisha", "Rosa", "Nadia", "Marcus", "Carol"] {
        let mut other = running.signed_in(name).await;
        for page in [&path, &own, &plan, &format!("{plan}/open"), &"/account/data.json".to_owned()] {
            assert!(!other.get(page).await.text.contains("canary"), "{name} {page}");
        }
    }
    assert!(maya.get("/account/data.json").await.text.contains("canary-line"));

    clock.advance(Duration::from_secs(86_400));
    let mut maya = running.signed_in("Maya").await;
    assert!(!maya.get(&path).await.text.contains("canary"), "a new day, a new question");
    maya.post(&own, &[("mood", "4")]).await;
    assert_eq!(running.house.db.number(rows, values![]).await.unwrap(), 3);
    let mut amara = running.signed_in("Dr. Amara").await;
    amara.post(&plan, &[("time", "00:00")]).await;
    assert!(!maya.get(&path).await.text.contains(&question), "no day is no question");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_fit_is_said_and_what_may_mean_danger_brings_help() {
    let running = start("chat-check-in-odd").await;
    let (mut lucia, mut amara) = (running.signed_in("Lucía").await, running.signed_in("Dr. Amara").await);
    let group = running.group("Steady Ground").await;
    let own = format!("/groups/{group}/check-in");
    amara.post(&format!("/groups/{group}/check-ins"), &EVERY_DAY).await;
    let before = kept(&running).await;
    let long = "x".repeat(201);
    for (fields, key) in [
        (vec![("word", "sola <yo>")], "chat-check-in-mood-missing"),
        (vec![("mood", "7"), ("word", "sola <yo>")], "chat-check-in-mood-missing"),
        (vec![("mood", "2"), ("word", "sola <yo>"), ("line", &*long)], "chat-check-in-too-long"),
    ] {
        let odd = lucia.post(&own, &fields).await;
        assert!(odd.status == StatusCode::UNPROCESSABLE_ENTITY && odd.text.contains(&sentence(Language::Spanish, key)), "{key}");
        assert!(odd.text.contains(&escaped("sola <yo>")), "what was typed stays");
    }
    assert_eq!(
        kept(&running).await.iter().filter(|line| !line.starts_with("channel: ")).count(),
        before.iter().filter(|line| !line.starts_with("channel: ")).count()
    );
    let help = lucia.post(&own, &[("mood", "1"), ("line", "no quiero vivir")]).await;
    assert!(help.text.contains(&sentence(Language::Spanish, "messages-danger-title")) && help.text.contains("tel:988"));
    running.work().await;
    let tasks = "SELECT COUNT(*) AS n FROM risk_task WHERE source = 'message'";
    assert_eq!(running.house.db.number(tasks, values![]).await.unwrap(), 1);
    let calm = lucia.post(&own, &[("mood", "1")]).await;
    assert_eq!(calm.status, StatusCode::SEE_OTHER, "a low mood alone calls nobody");
    running.work().await;
    assert_eq!(running.house.db.number(tasks, values![]).await.unwrap(), 1);
}
