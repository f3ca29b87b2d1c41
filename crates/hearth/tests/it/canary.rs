//! Nothing of one member reaches another, nor any log.

use serde_json::json;
use testkit::LogGuard;

use crate::{
    harness::{DOOR, Running, start},
    sockets::{Wire, gathered, in_room, way},
};

/// What is Theo's alone: typed at the door, said to staff, asked for, written about.
const CANARIES: &[&str] = &[
    "canary-elm-street",
    "5550107777",
    "canary-contact",
    "canary-concern",
    "canary-note-to-staff",
    "canary-line",
    "canary-homework",
    "canary-record",
    "Theo Grant",
    "theo.grant@example.org",
];

async fn theo_lives(running: &Running) -> (Wire, Wire, Wire) {
    let theo_way = way(running, "Theo").await;
    let fields: Vec<_> = DOOR
        .iter()
        .map(|(key, value)| match *key {
            "location" => (*key, "canary-elm-street"),
            "callback" => (*key, "5550107777"),
            "contact_name" => (*key, "canary-contact"),
            _ => (*key, *value),
        })
        .collect();
    let (mut lead, mut inside) = gathered(running, &["Maya"]).await;
    let (_, maya) = inside.pop().unwrap();
    theo_way.post(&format!("/sessions/{}/door", theo_way.session), &fields).await.unwrap();
    let (mut theo, seat) = admitted(&mut lead, &theo_way).await;
    lead.act(json!({"do": "begin"})).await.unwrap();
    lead.act(json!({"tool": "check_in", "act": {"do": "open"}})).await.unwrap();
    theo.act(json!({"tool": "check_in", "act": {"do": "answer", "mood": 1, "word": "", "concern": "canary-concern", "to_group": false}}))
        .await
        .unwrap();
    theo.act(json!({"tool": "chat", "act": {"do": "say", "text": "canary-note-to-staff", "to": "facilitators"}})).await.unwrap();
    theo.act(json!({"do": "help"})).await.unwrap();
    lead.act(json!({"tool": "closing", "act": {"do": "open"}})).await.unwrap();
    lead.act(json!({"tool": "closing", "act": {"do": "give_homework", "seat": seat, "text": "canary-homework", "days": 7}})).await.unwrap();
    theo.act(json!({"tool": "closing", "act": {"do": "answer", "mood": 2, "heard": null, "safe": null, "useful": null, "connected": null, "line": "canary-line"}})).await.unwrap();
    lead.act(json!({"do": "end"})).await.unwrap();
    (lead, maya, theo)
}

async fn admitted(lead: &mut Wire, theo_way: &rehearsal::Way) -> (Wire, room::Seat) {
    let (socket, ticket) = theo_way.socket("door").await.unwrap();
    let mut door = Wire::from_socket(socket);
    door.say(&json!({"is": "hello", "ticket": ticket})).await;
    let view = lead.until("Theo waits", |view| view.lead.as_ref().is_some_and(|lead| lead.waiting.iter().any(|w| w.here))).await;
    let seat = view.lead.unwrap().waiting.iter().find(|w| w.here).unwrap().seat;
    lead.act(json!({"do": "admit", "seat": seat})).await.unwrap();
    let mut theo = in_room(theo_way, None).await;
    theo.until("the view", |_| true).await;
    (theo, seat)
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_theo_reaches_maya_or_any_log() {
    let running = start("canary").await;
    let session = running.tonight().await;
    let (lead, mut maya, _theo) = theo_lives(&running).await;
    assert_eq!(maya.farewell().await, Some(room::wire::Farewell::Ended));
    running.work().await;
    let theo = running.person("Theo").await;
    let mut amara = running.signed_in("Dr. Amara").await;
    amara.post(&format!("/sessions/{session}/notes/{}", theo.id), &[("text", "canary-record"), ("sign", "yes")]).await;

    assert!(lead.heard.contains("canary-concern") && lead.heard.contains("canary-elm-street"), "the facilitator does see it");
    let mut seen = maya.heard.clone();
    let mut browser = running.signed_in("Maya").await;
    let group = running.group("Steady Ground").await;
    for path in
        ["/today", "/calendar", "/account/calendar", "/account/availability", "/homework", "/homework/open", "/groups", "/account", "/help"]
    {
        seen += &browser.get(path).await.text;
    }
    for path in [format!("/sessions/{session}/recap"), format!("/sessions/{session}/goodbye"), format!("/groups/{group}")] {
        seen += &browser.get(&path).await.text;
    }
    for one in running.outbox.posted() {
        seen += &one.letter.subject;
        seen += &one.letter.text;
        seen += &one.letter.html;
    }
    assert!(seen.contains("Theo"), "the chosen display name is seen, so this test looks in the right place");
    let log = LogGuard::listen().text();
    for canary in CANARIES {
        assert!(!seen.contains(canary), "{canary} reached Maya");
        let known_to_log = log.lines().find(|line| line.contains(canary));
        assert!(known_to_log.is_none(), "{canary} is in the log: {known_to_log:?}");
    }
}
