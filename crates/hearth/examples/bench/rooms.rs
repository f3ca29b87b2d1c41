//! A full practice's evening: a hundred rooms of twelve, in each of which somebody does something once a second. How long until the last of the
//! twelve has been told, and what the server's processor does for it; there is no media here.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use futures_util::{SinkExt, StreamExt, stream::SplitSink, stream::SplitStream};
use serde_json::json;
use tokio::net::TcpStream;
use tokio_tungstenite::{WebSocketStream, tungstenite::Message};

use crate::{Circle, Outcome, Server, ms, quantile, row};

const ROOMS: usize = 100;
const LASTS: u32 = 30;
const SECOND: Duration = Duration::from_secs(1);

/// Whoever acts and the heartbeat send by turns.
type Out = Arc<tokio::sync::Mutex<SplitSink<WebSocketStream<TcpStream>, Message>>>;
type In = SplitStream<WebSocketStream<TcpStream>>;
/// When this person was last told something new.
type Told = Arc<Mutex<Instant>>;

struct Room {
    outs: Vec<Out>,
    told: Vec<Told>,
}

/// `bench rooms`.
pub async fn measure(server: &Server, circle: &Circle) -> Outcome<()> {
    let mut rooms = Vec::new();
    for session in circle.more_sessions(ROOMS).await? {
        rooms.push(Room::open(circle, session).await?);
    }
    let people = rooms.first().map_or(0, |room| room.outs.len());
    let (cpu, started) = (server.processor()?, Instant::now());
    let mut lengths = Vec::new();
    for turn in 0..LASTS {
        let mut sent = Vec::new();
        for (number, room) in rooms.iter_mut().enumerate() {
            // Spread over the second, as hundred groups are.
            tokio::time::sleep_until((started + SECOND * turn + SECOND * number as u32 / ROOMS as u32).into()).await;
            sent.push(Instant::now());
            room.act(turn).await?;
        }
        tokio::time::sleep(SECOND / 4).await;
        lengths.extend(rooms.iter().zip(sent).map(|(room, at)| room.last().saturating_duration_since(at)));
    }
    let share = (server.processor()? - cpu).as_secs_f64() / started.elapsed().as_secs_f64();
    let (half, most) = (quantile(&mut lengths, 0.5), quantile(&mut lengths, 0.99));
    row(&format!("{ROOMS} rooms of {people}, one change a second each, to the last: p50, p99"), format!("{}, {}", ms(half), ms(most)));
    row("the server's processor meanwhile, of one core, without media", format!("{:.1} %", share * 100.0));
    Ok(())
}

impl Room {
    async fn open(circle: &Circle, session: i64) -> Outcome<Room> {
        let mut lines = circle.gather(session).await?;
        lines.first_mut().ok_or("nobody leads")?.act(2, json!({"do": "begin"})).await?;
        let mut room = Room { outs: Vec::new(), told: Vec::new() };
        for line in lines {
            let (out, inside) = line.0.split();
            let told = Arc::new(Mutex::new(Instant::now()));
            let out = Arc::new(tokio::sync::Mutex::new(out));
            tokio::spawn(listen(inside, told.clone()));
            tokio::spawn(beat(out.clone()));
            room.outs.push(out);
            room.told.push(told);
        }
        Ok(room)
    }

    /// Somebody else each time raises a hand, and takes it down the next time round.
    async fn act(&mut self, turn: u32) -> Outcome<()> {
        let members = self.outs.len() - 1;
        let raise = (turn as usize / members).is_multiple_of(2);
        let act = json!({"do": if raise { "raise" } else { "lower" }});
        let text = json!({"is": "do", "id": 100 + turn, "command": {"tool": "hands", "act": act}}).to_string();
        let out = self.outs.get_mut(1 + turn as usize % members).ok_or("nobody is there")?;
        Ok(out.lock().await.send(Message::Text(text.into())).await?)
    }

    fn last(&self) -> Instant {
        self.told.iter().map(at).max().unwrap_or_else(Instant::now)
    }
}

/// A browser says every few seconds that it is there; the room lets go of one that does not.
async fn beat(out: Out) {
    while out.lock().await.send(Message::Text(json!({"is": "ping", "nonce": 1}).to_string().into())).await.is_ok() {
        tokio::time::sleep(4 * SECOND).await;
    }
}

async fn listen(mut inside: In, told: Told) {
    while let Some(Ok(message)) = inside.next().await {
        if matches!(message, Message::Text(text) if text.as_str().starts_with("{\"is\":\"patch\"")) {
            *told.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
        }
    }
}

fn at(told: &Told) -> Instant {
    *told.lock().unwrap_or_else(PoisonError::into_inner)
}
