//! Somebody reports a message, and somebody does not want to read somebody any more.

use ground::{Ask, Language, values};
use hyper::StatusCode;

use crate::{
    harness::{Running, start},
    messages::{channel, id_of, write},
    state::{escaped, kept, sentence},
};

async fn tasks(running: &Running) -> i64 {
    running.work().await;
    running.house.db.number("SELECT COUNT(*) AS n FROM risk_task WHERE source = 'concern'", values![]).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_becomes_a_concern_with_a_clock_and_keeps_what_was_said() {
    let running = start("reports").await;
    let (mut maya, mut theo, mut amara) =
        (running.signed_in("Maya").await, running.signed_in("Theo").await, running.signed_in("Dr. Amara").await);
    let path = channel(&running, &mut maya, "Steady Ground").await;
    write(&mut theo, &path, "canary-unkind <words>").await;
    write(&mut maya, &path, "My own").await;
    let id = id_of(&mut maya, &path, "canary-unkind").await;
    let own = id_of(&mut maya, &path, "My own").await;
    let report = format!("{path}/{id}/report");
    assert!(maya.get(&path).await.text.contains(&report), "it is offered beside the message");
    assert!(maya.get(&report).await.text.contains(&escaped("canary-unkind <words>")));
    assert_eq!(maya.get(&format!("{path}/{own}/report")).await.status, StatusCode::NOT_FOUND, "nobody reports themselves");
    let before = kept(&running).await;
    let long = format!("<b>{}", "x".repeat(1_000));
    let odd = maya.post(&report, &[("reason", &*long)]).await;
    assert!(odd.status == StatusCode::UNPROCESSABLE_ENTITY && odd.text.contains(&escaped(&long)));
    assert_eq!(kept(&running).await, before);
    for _ in 0..2 {
        let done = maya.post(&report, &[("reason", "canary-reason <hurt>")]).await;
        assert!(done.text.contains(&sentence(Language::English, "report-done")));
    }
    assert_eq!(tasks(&running).await, 1, "pressed twice it is one");
    // Taken back meanwhile: what was reported can still be read by whoever looks after it.
    theo.post(&format!("{path}/{id}/removal"), &[]).await;
    let task = running.house.db.number("SELECT id AS n FROM risk_task WHERE source = 'concern'", values![]).await.unwrap();
    let page = amara.get(&format!("/risk-tasks/{task}")).await.text;
    assert!(page.contains("canary-reason"));
    let place = format!("/reports/{}", page.split("/reports/").nth(1).unwrap().split(['<', '\n', '&']).next().unwrap());
    let read = amara.get(&place).await.text;
    assert!(read.contains(&escaped("canary-unkind <words>")) && read.contains(&escaped("canary-reason <hurt>")));
    assert!(running.signed_in("Carol").await.get(&place).await.text.contains("canary-unkind"));
    for name in ["Theo", "Maya", "Priya", "Aisha", "Rosa", "Nadia", "Marcus"] {
        let mut other = running.signed_in(name).await;
        assert_eq!(other.get(&place).await.status, StatusCode::NOT_FOUND, "{name}");
        assert!(!other.get(&path).await.text.contains("canary-reason"), "{name}");
    }
    let data = maya.get("/account/data.json").await.text;
    assert!(data.contains("canary-reason") && !data.contains("canary-unkind"), "one's own words, not the other's");
    assert!(!theo.get("/account/data.json").await.text.contains("canary-reason"), "nobody learns who reported them");
    let letters: String = running.outbox.posted().into_iter().map(|one| one.letter.subject + &one.letter.text).collect();
    assert!(!letters.contains("canary") && !letters.contains("Theo"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_leader_wrote_is_looked_at_by_somebody_else() {
    let running = start("reports-leader").await;
    let (mut maya, mut amara) = (running.signed_in("Maya").await, running.signed_in("Dr. Amara").await);
    let path = channel(&running, &mut maya, "Steady Ground").await;
    write(&mut amara, &path, "canary-leader").await;
    let id = id_of(&mut maya, &path, "canary-leader").await;
    let done = maya.post(&format!("{path}/{id}/report"), &[]).await.text;
    assert!(done.contains(&sentence(Language::English, "report-done")) && !done.contains("/block\""));
    assert_eq!(tasks(&running).await, 1);
    let owner = running.house.db.number("SELECT owner_id AS n FROM risk_task WHERE source = 'concern'", values![]).await.unwrap();
    assert_eq!(owner, running.person("Carol").await.id);
    let report = running.house.db.number("SELECT id AS n FROM message_report", values![]).await.unwrap();
    assert_eq!(amara.get(&format!("/reports/{report}")).await.status, StatusCode::NOT_FOUND, "not by whoever it is about");
    assert_eq!(maya.post(&format!("{path}/{id}/block"), &[]).await.status, StatusCode::NOT_FOUND, "staff cannot be shut out");
}

#[tokio::test(flavor = "multi_thread")]
async fn not_to_read_somebody_folds_what_they_write_and_they_never_learn() {
    let running = start("blocks").await;
    let (mut maya, mut theo, mut priya) =
        (running.signed_in("Maya").await, running.signed_in("Theo").await, running.signed_in("Priya").await);
    let path = channel(&running, &mut maya, "Steady Ground").await;
    write(&mut theo, &path, "What Theo says").await;
    let id = id_of(&mut maya, &path, "What Theo says").await;
    maya.post(&format!("{path}/{id}/report"), &[]).await;
    for _ in 0..2 {
        assert_eq!(maya.post(&format!("{path}/{id}/block"), &[]).await.location, path);
    }
    let folded = sentence(Language::English, "block-folded");
    assert!(maya.get(&path).await.text.contains(&folded), "folded, and can be opened");
    write(&mut maya, &path, "What Maya says").await;
    for other in [&mut theo, &mut priya] {
        let page = other.get(&path).await.text;
        assert!(page.contains("What Maya says") && page.contains("What Theo says") && !page.contains(&folded));
    }
    write(&mut theo, &path, "Something new").await;
    let new = Language::English.say("messages-unread", &[("count", "1".to_owned())]);
    assert!(!maya.get("/messages").await.text.contains(&new), "what one does not read does not call");
    assert!(priya.get("/messages").await.text.contains(&new));
    assert!(!theo.get("/account/data.json").await.text.contains("block"), "nothing in what is kept of him");
    let list = maya.get("/messages").await.text;
    assert!(list.contains(&sentence(Language::English, "block-title")) && list.contains("Theo"));
    assert!(!theo.get("/messages").await.text.contains(&sentence(Language::English, "block-title")));
    let undo = format!("/messages/blocked/{}/removal", running.person("Theo").await.id);
    assert_eq!(priya.post(&undo, &[]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(maya.post(&undo, &[]).await.location, "/messages");
    assert!(!maya.get(&path).await.text.contains(&folded));
}
