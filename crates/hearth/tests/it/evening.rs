//! A whole evening with synthetic members over the public protocol, with real media, and what stays of it.

use std::time::Duration;

use ground::{Ask, values};
use rehearsal::{AtDoor, Evening, Lead, Member, Persona, attend, cast, wait_at_door};

use crate::{
    harness::{Running, start, until},
    sockets::way,
};

/// So long does each of the five phases last.
const PHASE: Duration = Duration::from_secs(5);

async fn come(running: &Running, name: &str, persona: Persona, lead: Option<Lead>) -> Evening {
    let way = way(running, name).await;
    let inside = way.pass_door(&AtDoor { jurisdiction: "NY".into(), stance: "open", signed_name: name.to_owned() }).await.unwrap();
    if !inside {
        wait_at_door(&way).await.unwrap();
    }
    let number = persona.person;
    attend(&way, Member::new(persona, lead), number).await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_evening_from_the_door_to_the_record() {
    let running = start("evening").await;
    let short = |number: usize, seconds: u64| Persona { turn: Duration::from_secs(seconds), ..cast(number) };
    let (lead, maya, theo, priya) = tokio::join!(
        come(&running, "Dr. Amara", short(0, 3), Some(Lead { phase: PHASE })),
        come(&running, "Maya", short(1, 6), None),
        come(&running, "Theo", short(2, 4), None),
        come(&running, "Priya", short(3, 0), None),
    );
    for (name, evening) in [("lead", &lead), ("maya", &maya), ("theo", &theo), ("priya", &priya)] {
        assert_eq!(evening.farewell, Some(room::wire::Farewell::Ended), "{name}");
        let heard = evening.received.iter().filter(|received| received.audio.packets > 0 && received.video.packets > 0).count();
        assert!(heard >= 3, "{name} received sound and pictures of all three others: {heard}");
    }
    running.work().await;
    let session = running.last_week().await;
    let db = &running.house.db;
    let maya = running.person("Maya").await.id;
    until("the record is written", || async {
        db.number("SELECT COUNT(*) AS n FROM attendance WHERE session_id = $1", values![session]).await.unwrap() > 0
    })
    .await;
    let seconds =
        db.number("SELECT seconds AS n FROM attendance WHERE session_id = $1 AND person_id = $2", values![session, maya]).await.unwrap();
    assert!(seconds >= 15, "{seconds} s");
    let absent = db.number("SELECT COUNT(*) AS n FROM attendance WHERE session_id = $1 AND seconds = 0", values![session]).await.unwrap();
    assert!(absent >= 5, "who did not come is on the list with nothing");
    let talk = db
        .number("SELECT talk_seconds AS n FROM attendance WHERE session_id = $1 AND person_id = $2", values![session, maya])
        .await
        .unwrap();
    assert!(talk >= 4, "Maya spoke: {talk} s");
    let mut browser = running.signed_in("Maya").await;
    let recap = browser.get(&format!("/sessions/{session}/recap")).await;
    assert!(recap.text.contains("Once round, and everybody may pass."), "the takeaway of the facilitator");
    let mut amara = running.signed_in("Dr. Amara").await;
    let record = amara.get(&format!("/sessions/{session}/record")).await;
    assert!(record.text.contains("Maya Lindqvist"));
    let note = amara.get(&format!("/sessions/{session}/notes/{maya}")).await;
    assert!(
        note.text.contains("lighter") && !note.text.contains("Theo") && !note.text.contains("tired"),
        "one member's note holds nothing of another"
    );
}
