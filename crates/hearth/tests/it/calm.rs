//! A moment that somebody takes for themselves, over the real sockets: unheard, unseen by the others, and there again after a restart.

use room::Refusal;
use serde_json::{Value, json};

use crate::{
    harness::start,
    sockets::{Wire, gathered, in_room, way},
};

fn calm(act: Value) -> Value {
    json!({"tool": "calm", "act": act})
}

async fn comes(wire: &mut Wire, text: &str) {
    wire.until("the line", |view| view.tools.chat.messages.values().any(|line| line.text == text)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_moment_taken_is_between_them_and_whoever_leads() {
    let running = start("calm-own").await;
    let session = running.tonight().await;
    let (mut lead, mut inside) = gathered(&running, &["Maya", "Theo"]).await;
    lead.act(json!({"do": "begin"})).await.unwrap();
    let maya = inside[0].1.until("her view", |_| true).await.you.seat;
    inside[0].1.act(json!({"do": "mic", "on": true})).await.unwrap();
    inside[1].1.until("her microphone", |view| view.chairs[&maya.0].mic).await;
    let before = inside[1].1.heard.len();
    inside[0].1.act(calm(json!({"do": "take", "exercise": "senses"}))).await.unwrap();
    let mine = inside[0].1.until("her moment", |view| view.tools.calm.mine.is_some()).await;
    assert!(mine.tools.calm.mine.unwrap().own && !mine.you.mic);
    assert_eq!(inside[0].1.act(json!({"do": "mic", "on": true})).await, Err(Refusal::Resting));
    lead.until("who rests", |view| view.tools.calm.singly.as_ref().is_some_and(|all| all.len() == 1 && all[0].own)).await;
    assert_eq!(lead.act(calm(json!({"do": "close", "seat": maya}))).await, Err(Refusal::NotNow), "nobody fetches her back");
    lead.act(json!({"tool": "chat", "act": {"do": "say", "text": "still here", "to": "circle"}})).await.unwrap();
    comes(&mut inside[1].1, "still here").await;
    let told = &inside[1].1.heard[before..];
    assert!(told.contains("\"mic\":false"), "her microphone is off");
    for canary in ["calm", "senses", "own", "rest"] {
        assert!(!told.contains(canary), "{canary} in {told}");
    }
    drop((lead, inside));
    let running = running.restarted().await;
    let mut maya = way(&running, "Maya").await;
    maya.session = session;
    let mut again = in_room(&maya, None).await;
    again.until("her moment goes on", |view| view.tools.calm.mine.as_ref().is_some_and(|pause| pause.own)).await;
    again.act(calm(json!({"do": "enough"}))).await.unwrap();
    again.until("back in the circle", |view| view.tools.calm.mine.is_none() && !view.you.mic).await;
    again.act(json!({"do": "mic", "on": true})).await.unwrap();
    let mut lead = way(&running, "Dr. Amara").await;
    lead.session = session;
    let mut lead = in_room(&lead, None).await;
    lead.until("nobody rests", |view| view.tools.calm.singly.as_ref().is_some_and(Vec::is_empty)).await;
    lead.act(json!({"do": "end"})).await.unwrap();
    let record = running.signed_in("Dr. Amara").await.get(&format!("/sessions/{session}/record")).await.text;
    assert!(!record.contains("timeline-calm") && !record.to_lowercase().contains("pause"), "the record has no word of it");
}
