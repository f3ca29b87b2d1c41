//! The whiteboard: strokes of everybody at once, told to everybody else, when the board is fresh and when two hours have been drawn on it; and
//! what it costs to come late.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use futures_util::{SinkExt, StreamExt, stream::SplitSink, stream::SplitStream};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::{WebSocketStream, tungstenite::Message};

use crate::{Circle, Line, Outcome, Server, at, ms, quantile, row};

/// Everybody draws for so long, and sends what they drew this often, as browsers do.
const DRAWS: Duration = Duration::from_secs(20);
const SENDS: Duration = Duration::from_millis(150);
/// What lies on a board after two hours in which nobody put the pen down.
const ELEMENTS: usize = 5_000;
const POINTS: usize = 60;

type Out = SplitSink<WebSocketStream<TcpStream>, Message>;
type In = SplitStream<WebSocketStream<TcpStream>>;

/// When each version of each stroke was sent.
type Sent = Arc<Mutex<HashMap<String, Instant>>>;
type Arrived = Arc<Mutex<Vec<Duration>>>;

fn stroke(id: &str, version: u32, points: usize) -> Value {
    let points: Vec<f32> = (0..points * 2).map(|at| (at as f32 * 3.7) % 400.0).collect();
    json!({"id": id, "kind": "freedraw", "version": version, "nonce": 1, "index": "a0", "gone": false, "x": 10.5, "y": 20.5, "w": 400.0, "h": 400.0,
        "angle": 0.0, "stroke": "#1e1e1e", "fill": "transparent", "hatched": false, "width": 2, "dash": "solid", "rough": 1, "round": false,
        "opacity": 100, "seed": 1, "locked": false, "groups": [], "points": points, "ends": null, "words": null})
}

fn draw(id: u32, elements: &[Value]) -> Message {
    let act = json!({"do": "draw", "board": 0, "elements": elements});
    Message::Text(json!({"is": "do", "id": id, "command": {"tool": "board", "act": act}}).to_string().into())
}

/// `bench board`.
pub async fn measure(server: &Server, circle: &Circle) -> Outcome<()> {
    let session = circle.tonight.id;
    let mut lines = circle.gather(session).await?;
    let lead = lines.first_mut().ok_or("nobody leads")?;
    lead.act(2, json!({"do": "begin"})).await?;
    lead.act(3, json!({"tool": "board", "act": {"do": "open", "template": "control", "who": {"may": "everybody"}, "names": false}}))
        .await?;
    let (sent, arrived) = (Sent::default(), Arrived::default());
    let mut outs = Vec::new();
    for line in lines {
        let (out, inside) = line.0.split();
        tokio::spawn(listen(inside, sent.clone(), arrived.clone()));
        outs.push(out);
    }
    let people = outs.len();
    let memory = server.memory()?;
    round(&mut outs, "minute-1", &sent, &arrived).await?;
    fill(&mut outs).await?;
    round(&mut outs, "minute-120", &sent, &arrived).await?;
    row(&format!("board: {people} people, memory it took in the server"), format!("{} kB", (server.memory()? - memory) / 1_024));
    late(circle, session).await
}

/// Everybody draws at once; how long until each of the others has it.
async fn round(outs: &mut [Out], name: &str, sent: &Sent, arrived: &Arrived) -> Outcome<()> {
    lock(arrived).clear();
    let (started, mut at, mut count) = (Instant::now(), 0_u32, 0_u32);
    while started.elapsed() < DRAWS {
        for (number, out) in outs.iter_mut().enumerate() {
            // A stroke of thirty steps, then the next one.
            let (id, version) = (format!("{name}-{number}-{}", at / 30), at % 30 + 1);
            lock(sent).insert(format!("{id}/{version}"), Instant::now());
            out.send(draw(1_000 + at, &[stroke(&id, version, 4 * version as usize)])).await?;
            count += 1;
        }
        at += 1;
        tokio::time::sleep_until((started + SENDS * at).into()).await;
    }
    tokio::time::sleep(Duration::from_millis(500)).await;
    let mut lengths = std::mem::take(&mut *lock(arrived));
    let (told, half, most) = (lengths.len(), quantile(&mut lengths, 0.5), quantile(&mut lengths, 0.99));
    let each = f64::from(count) / DRAWS.as_secs_f64();
    row(
        &format!("board, {name}: {each:.0} strokes/s from {}, told {told} times: p50, p99", outs.len()),
        format!("{}, {}", ms(half), ms(most)),
    );
    Ok(())
}

/// Two hours of drawing: everybody fills their share of the board, slowly enough for a socket's pace.
async fn fill(outs: &mut [Out]) -> Outcome<()> {
    let all: Vec<usize> = (0..ELEMENTS).collect();
    for (turn, share) in all.chunks(20 * outs.len()).enumerate() {
        for (out, part) in outs.iter_mut().zip(share.chunks(20)) {
            let elements: Vec<Value> = part.iter().map(|number| stroke(&format!("fill-{number}"), 1, POINTS)).collect();
            out.send(draw(50_000 + turn as u32, &elements)).await?;
        }
        tokio::time::sleep(Duration::from_millis(150)).await;
    }
    tokio::time::sleep(Duration::from_secs(5)).await;
    Ok(())
}

async fn listen(mut inside: In, sent: Sent, arrived: Arrived) {
    while let Some(Ok(message)) = inside.next().await {
        let Message::Text(text) = message else { continue };
        if !text.as_str().starts_with("{\"is\":\"drawn\"") {
            continue;
        }
        let now = Instant::now();
        let Ok(value) = serde_json::from_str::<Value>(text.as_str()) else { continue };
        for element in value["elements"].as_array().into_iter().flatten() {
            let key = format!("{}/{}", element["id"].as_str().unwrap_or_default(), element["version"]);
            if let Some(at) = lock(&sent).get(&key) {
                lock(&arrived).push(now - *at);
            }
        }
    }
}

/// From the first byte of a socket to the whole board.
async fn late(circle: &Circle, session: i64) -> Outcome<()> {
    let (way, _) = circle.ways.last().ok_or("nobody is there")?;
    let (mut lengths, mut bytes) = (Vec::new(), 0);
    for _ in 0..10 {
        let started = Instant::now();
        let mut line = Line::open(&at(way, session)).await?;
        bytes = line.whole_board().await?;
        lengths.push(started.elapsed());
    }
    row(&format!("board: joining late, {ELEMENTS} elements, {} kB: median of 10", bytes / 1_024), ms(quantile(&mut lengths, 0.5)));
    Ok(())
}

impl Line {
    async fn whole_board(&mut self) -> Outcome<usize> {
        while let Some(message) = self.0.next().await {
            if let Message::Text(text) = message?
                && text.as_str().starts_with("{\"is\":\"drawn\"")
            {
                return Ok(text.as_str().len());
            }
        }
        Err("the socket closed before the board".into())
    }
}

/// A bench that panicked elsewhere has nothing more to measure.
fn lock<T>(shared: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}
