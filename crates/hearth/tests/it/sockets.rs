//! The two sockets: what they carry, what they refuse, how they come back.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use futures_util::{SinkExt, StreamExt};
use rehearsal::Way;
use room::{
    Refusal, View,
    wire::{Farewell, FromDoor, FromRoom},
};
use serde_json::{Value, json};
use tokio::{net::TcpStream, time::timeout};
use tokio_tungstenite::{WebSocketStream, tungstenite::Message};

use crate::harness::{DOOR, Running, start};

/// A person at a socket, without media.
pub struct Wire {
    socket: WebSocketStream<TcpStream>,
    pub picture: Value,
    pub seq: u32,
    next_id: u32,
    /// What lies on the whiteboard, by id, and which state of it that is.
    pub board: std::collections::BTreeMap<String, Value>,
    pub drawn: Value,
    /// Everything that came, as text: what a canary is looked for in.
    pub heard: String,
}

pub async fn way(running: &Running, name: &str) -> Way {
    let mut way = Way::new(running.address, running.tonight().await).unwrap();
    way.demo_sign_in(running.person(name).await.id).await.unwrap();
    way
}

/// Passes the door form and opens the door's socket.
pub async fn at_door(way: &Way) -> Wire {
    way.post(&format!("/sessions/{}/door", way.session), DOOR).await.unwrap();
    let (socket, ticket) = way.socket("door").await.unwrap();
    let mut wire = Wire::from_socket(socket);
    wire.say(&json!({"is": "hello", "ticket": ticket})).await;
    wire
}

pub async fn in_room(way: &Way, since: Option<u32>) -> Wire {
    let (socket, ticket) = way.socket("room").await.unwrap();
    let mut wire = Wire::from_socket(socket);
    wire.say(&json!({"is": "hello", "ticket": ticket, "since": since})).await;
    wire
}

fn merge(target: &mut Value, patch: &Value) {
    let Value::Object(patch) = patch else {
        *target = patch.clone();
        return;
    };
    if !target.is_object() {
        *target = json!({});
    }
    for (key, value) in patch {
        let object = target.as_object_mut().unwrap();
        if value.is_null() {
            object.remove(key);
        } else {
            merge(object.entry(key.clone()).or_insert(Value::Null), value);
        }
    }
}

impl Wire {
    pub fn from_socket(socket: WebSocketStream<TcpStream>) -> Wire {
        Wire { socket, picture: Value::Null, seq: 0, next_id: 1, board: Default::default(), drawn: Value::Null, heard: String::new() }
    }

    pub async fn say(&mut self, message: &Value) {
        self.raw(message.to_string()).await;
    }

    pub async fn raw(&mut self, text: String) {
        let _ = self.socket.send(Message::Text(text.into())).await;
    }

    async fn text(&mut self) -> Option<String> {
        loop {
            match timeout(Duration::from_secs(20), self.socket.next()).await.expect("a message within 20 s") {
                Some(Ok(Message::Text(text))) => {
                    self.heard.push_str(text.as_str());
                    return Some(text.as_str().to_owned());
                }
                Some(Ok(Message::Close(_)) | Err(_)) | None => return None,
                Some(Ok(_)) => {}
            }
        }
    }

    pub async fn door(&mut self) -> Option<FromDoor> {
        Some(serde_json::from_str(&self.text().await?).unwrap())
    }

    pub async fn room(&mut self) -> Option<FromRoom> {
        let text = self.text().await?;
        let value: Value = serde_json::from_str(&text).unwrap();
        match value["is"].as_str() {
            Some("view") => {
                self.picture = value["view"].clone();
                self.seq = value["seq"].as_u64().unwrap() as u32;
            }
            Some("patch") => {
                assert_eq!(value["seq"].as_u64().unwrap() as u32, self.seq + 1, "no gap in the numbers");
                self.seq += 1;
                merge(&mut self.picture, &value["patch"]);
            }
            Some("drawn") => self.take_drawing(&value),
            _ => {}
        }
        Some(serde_json::from_str(&text).unwrap())
    }

    fn take_drawing(&mut self, value: &Value) {
        if value["whole"] == true {
            self.board.clear();
        }
        for element in value["elements"].as_array().unwrap() {
            self.board.insert(element["id"].as_str().unwrap().to_owned(), element.clone());
        }
        for gone in value["gone"].as_array().unwrap() {
            self.board.remove(gone[0].as_str().unwrap());
        }
        self.drawn = value["to"].clone();
    }

    /// Reads until the board is as wanted.
    pub async fn board_until(&mut self, what: &str, wanted: impl Fn(&std::collections::BTreeMap<String, Value>) -> bool) {
        for _ in 0..2_000 {
            if wanted(&self.board) {
                return;
            }
            self.room().await.unwrap_or_else(|| panic!("the socket closed before: {what}"));
        }
        panic!("never seen: {what}");
    }

    /// Reads until the view is as wanted.
    pub async fn until(&mut self, what: &str, wanted: impl Fn(&View) -> bool) -> View {
        for _ in 0..200 {
            if let Ok(view) = serde_json::from_value::<View>(self.picture.clone())
                && wanted(&view)
            {
                return view;
            }
            self.room().await.unwrap_or_else(|| panic!("the socket closed before: {what}"));
        }
        panic!("never seen: {what}");
    }

    /// Sends a command and waits for its answer.
    pub async fn act(&mut self, command: Value) -> Result<(), Refusal> {
        let id = self.next_id;
        self.next_id += 1;
        self.say(&json!({"is": "do", "id": id, "command": command})).await;
        loop {
            match self.room().await.expect("an answer") {
                FromRoom::Done { id: done } if done == id => return Ok(()),
                FromRoom::Refused { id: refused, refusal } if refused == id => return Err(refusal),
                _ => {}
            }
        }
    }

    pub async fn farewell(&mut self) -> Option<Farewell> {
        while let Some(message) = self.room().await {
            if let FromRoom::Bye { farewell } = message {
                return Some(farewell);
            }
        }
        None
    }
}

/// The facilitator inside and these members let in.
pub async fn gathered(running: &Running, members: &[&str]) -> (Wire, Vec<(Way, Wire)>) {
    let lead_way = way(running, "Dr. Amara").await;
    drop(at_door(&lead_way).await);
    let mut lead = in_room(&lead_way, None).await;
    lead.until("the view", |_| true).await;
    let mut inside = Vec::new();
    for name in members {
        let way = way(running, name).await;
        let mut door = at_door(&way).await;
        assert_eq!(door.door().await, Some(FromDoor::Waiting));
        let view = lead
            .until("somebody at the door", |view| {
                view.lead.as_ref().is_some_and(|lead| lead.waiting.iter().any(|w| w.here && *name == w.name))
            })
            .await;
        let seat = view.lead.unwrap().waiting.iter().find(|w| w.name == *name).unwrap().seat;
        lead.act(json!({"do": "admit", "seat": seat})).await.unwrap();
        assert_eq!(door.door().await, Some(FromDoor::Admitted));
        let mut wire = in_room(&way, None).await;
        wire.until("the view", |_| true).await;
        inside.push((way, wire));
    }
    (lead, inside)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_door_s_socket_says_nothing_of_the_room() {
    let running = start("door-socket").await;
    let (mut lead, _inside) = gathered(&running, &["Maya"]).await;
    let theo = way(&running, "Theo").await;
    let mut door = at_door(&theo).await;
    assert_eq!(door.door().await, Some(FromDoor::Waiting));
    lead.act(json!({"tool": "chat", "act": {"do": "say", "text": "canary-chat", "to": "circle"}})).await.unwrap();
    let (socket, ticket) = theo.socket("room").await.unwrap();
    let mut room = Wire::from_socket(socket);
    room.say(&json!({"is": "hello", "ticket": ticket, "since": null})).await;
    assert_eq!(room.farewell().await, Some(Farewell::ToDoor));
    assert!(!room.heard.contains("canary") && !door.heard.contains("canary") && !door.heard.contains("Maya"));
    door.say(&json!({"is": "do", "id": 1, "command": {"do": "admit_all"}})).await;
    lead.until("Theo still waits", |view| view.lead.as_ref().is_some_and(|lead| lead.waiting.len() == 1)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ticket_works_once_and_only_for_its_person() {
    let running = start("tickets").await;
    let (_lead, inside) = gathered(&running, &["Maya"]).await;
    let (first, ticket) = inside[0].0.socket("room").await.unwrap();
    let (second, _) = inside[0].0.socket("room").await.unwrap();
    let (mut first, mut second) = (Wire::from_socket(first), Wire::from_socket(second));
    first.say(&json!({"is": "hello", "ticket": ticket, "since": null})).await;
    first.until("the view", |_| true).await;
    second.say(&json!({"is": "hello", "ticket": ticket, "since": null})).await;
    assert_eq!(second.farewell().await, Some(Farewell::ToDoor));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_device_takes_the_seat_over() {
    let running = start("second").await;
    let (mut lead, mut inside) = gathered(&running, &["Maya"]).await;
    let mut newer = in_room(&inside[0].0, None).await;
    newer.until("the view", |_| true).await;
    assert_eq!(inside[0].1.farewell().await, Some(Farewell::Replaced));
    newer.act(json!({"do": "mic", "on": true})).await.unwrap();
    let seat = newer.until("own mic", |view| view.you.mic).await.you.seat.0;
    lead.until("one Maya with an open microphone", |view| view.chairs[&seat].mic).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_socket_resumes_where_it_stopped() {
    let running = start("resume").await;
    let (mut lead, mut inside) = gathered(&running, &["Maya"]).await;
    let (way, wire) = inside.pop().unwrap();
    let (seq, picture) = (wire.seq, wire.picture.clone());
    drop(wire);
    lead.until("Maya reconnects", |view| view.chairs.values().any(|chair| chair.presence == room::Presence::Reconnecting)).await;
    lead.act(json!({"do": "begin"})).await.unwrap();
    let mut back = in_room(&way, Some(seq)).await;
    (back.seq, back.picture) = (seq, picture);
    let first = back.room().await.unwrap();
    assert!(matches!(first, FromRoom::Patch { .. }), "only what was missed: {first:?}");
    back.until("the session has begun", |view| view.begun_at.is_some()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nonsense_is_refused_and_a_flood_is_slowed_then_dropped() {
    let running = start("nonsense").await;
    let (mut lead, mut inside) = gathered(&running, &["Maya"]).await;
    let wire = &mut inside[0].1;
    let long = "x".repeat(5_000);
    let broken = [
        json!({"is": "do", "id": 900, "command": {"do": "fly"}}).to_string(),
        json!({"is": "do", "id": 901, "command": {"do": "end", "room": 5}}).to_string(),
        json!({"is": "do", "id": 902, "command": {"tool": "chat", "act": {"do": "say", "text": long, "to": "circle"}}}).to_string(),
        json!({"is": "do", "id": 903, "command": {"do": "mute", "seat": 255}}).to_string(),
        json!({"is": "offer", "sdp": "v=0 nonsense"}).to_string(),
        "{".to_owned(),
        "[[[[[[[[".to_owned(),
        "\u{0}\u{1}".to_owned(),
    ];
    for text in broken {
        wire.raw(text).await;
    }
    let mut refused = 0;
    while refused < 6 {
        match wire.room().await.expect("still there") {
            FromRoom::Refused { .. } | FromRoom::NoMedia => refused += 1,
            _ => {}
        }
    }
    lead.act(json!({"do": "begin"})).await.unwrap();
    wire.until("the room is unharmed", |view| view.begun_at.is_some()).await;
    for id in 0..400 {
        wire.raw(json!({"is": "do", "id": id, "command": {"do": "camera", "on": id % 2 == 0}}).to_string()).await;
    }
    assert_eq!(wire.farewell().await, Some(Farewell::TooFast));
    lead.act(json!({"do": "mute_all"})).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_out_ends_the_socket_within_seconds() {
    let running = start("sign-out").await;
    let (_lead, mut inside) = gathered(&running, &["Maya"]).await;
    let (way, wire) = &mut inside[0];
    way.post("/sign-out", &[]).await.unwrap();
    assert_eq!(wire.farewell().await, Some(Farewell::SignedOut));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_removed_member_finds_only_the_door() {
    let running = start("removed").await;
    let (mut lead, mut inside) = gathered(&running, &["Maya"]).await;
    let (way, wire) = &mut inside[0];
    let seat = wire.until("own seat", |_| true).await.you.seat;
    lead.act(json!({"do": "remove", "seat": seat})).await.unwrap();
    assert_eq!(wire.farewell().await, Some(Farewell::Removed));
    let mut again = in_room(way, None).await;
    assert_eq!(again.farewell().await, Some(Farewell::ToDoor));
    let mut browser = running.signed_in("Maya").await;
    let page = browser.get(&format!("/sessions/{}/room", way.session)).await;
    assert_eq!(page.location, format!("/sessions/{}/door", way.session));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_room_that_breaks_comes_back_and_harms_no_other() {
    let running = start("break").await;
    let (mut lead, inside) = gathered(&running, &["Maya"]).await;
    lead.act(json!({"do": "begin"})).await.unwrap();
    let session = inside[0].0.session;
    running.meeting.break_room_for_test(session).await;
    assert_eq!(lead.farewell().await, None, "the socket just ends");
    let lead_way = way(&running, "Dr. Amara").await;
    let mut back = in_room(&lead_way, None).await;
    let view = back.until("the room as it was", |view| view.begun_at.is_some()).await;
    assert_eq!(view.running.unwrap().index, 0);
}

/// Room.md, "State and protocol": an endless loop ends its room only, and the room restarts from its stored events.
#[tokio::test(flavor = "multi_thread")]
async fn a_room_that_never_rests_is_given_up_and_comes_back() {
    let running = start("spin").await;
    let (mut lead, inside) = gathered(&running, &["Maya"]).await;
    lead.act(json!({"do": "begin"})).await.unwrap();
    let enough = Arc::new(AtomicBool::new(false));
    running.meeting.spin_room_for_test(inside[0].0.session, enough.clone()).await;
    assert_eq!(running.visitor().get("/livez").await.status, 200, "pages do not wait for a room");
    assert_eq!(lead.farewell().await, None, "the socket just ends");
    let mut back = in_room(&way(&running, "Dr. Amara").await, None).await;
    let view = back.until("the room as it was", |view| view.begun_at.is_some()).await;
    assert_eq!(view.running.unwrap().index, 0);
    // The old room comes to rest after all: it must not write into the book of the new one.
    enough.store(true, Ordering::Relaxed);
    back.act(json!({"do": "phase", "index": 1})).await.unwrap();
    drop(back);
    let mut again = in_room(&way(&running, "Dr. Amara").await, None).await;
    assert_eq!(again.until("the next phase", |view| view.running.is_some()).await.running.unwrap().index, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_restart_everybody_is_back_in_their_seat() {
    let running = start("restart").await;
    let (mut lead, mut inside) = gathered(&running, &["Maya", "Theo"]).await;
    lead.act(json!({"do": "begin"})).await.unwrap();
    lead.act(json!({"do": "phase", "index": 2})).await.unwrap();
    lead.act(json!({"tool": "check_in", "act": {"do": "open"}})).await.unwrap();
    inside[0]
        .1
        .act(json!({"tool": "check_in", "act": {"do": "answer", "mood": 4, "word": "raw", "concern": "sleep", "to_group": true}}))
        .await
        .unwrap();
    inside[1].1.act(json!({"tool": "hands", "act": {"do": "raise"}})).await.unwrap();
    inside[1].1.act(json!({"tool": "chat", "act": {"do": "say", "text": "still here", "to": "circle"}})).await.unwrap();
    lead.act(json!({"tool": "go_round", "act": {"do": "open", "prompt": "One moment", "order": "seats", "seconds": 60}})).await.unwrap();
    lead.act(json!({"tool": "go_round", "act": {"do": "done"}})).await.unwrap();
    let before = lead.until("the floor has moved", |view| view.tools.go_round.as_ref().is_some_and(|round| round.had.len() == 1)).await;
    drop((lead, inside));
    let running = running.restarted().await;
    let mut way = way(&running, "Dr. Amara").await;
    way.session = running.tonight().await;
    let mut lead = in_room(&way, None).await;
    let mut others = Vec::new();
    for name in ["Maya", "Theo"] {
        let way = self::way(&running, name).await;
        others.push(in_room(&way, None).await);
    }
    let all_here = |view: &View| view.chairs.values().filter(|chair| chair.presence == room::Presence::Here).count() == 3;
    let after = lead.until("everybody is back", all_here).await;
    assert_eq!((before.running, before.begun_at), (after.running, after.begun_at));
    assert_eq!(before.tools, after.tools);
    assert_eq!(before.chairs.keys().collect::<Vec<_>>(), after.chairs.keys().collect::<Vec<_>>());
}
