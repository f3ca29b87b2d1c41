//! One synthetic member's evening: the door, the circle, and home again.

use std::time::{Duration, Instant};

use futures_util::{SinkExt, StreamExt};
use room::wire::{Farewell, FromDoor, FromRoom, Layer, ToDoor, ToRoom, Want};
use room::{Presence, View};
use serde::Serialize;
use tokio::net::UdpSocket;
use tokio_tungstenite::tungstenite::Message;

use crate::client::Client;
use crate::home::at_home;
use crate::member::{Act, Member};
use crate::picture::Picture;
use crate::received::Received;
use crate::way::{Lost, Socket, Way};

/// How often the member looks up.
const LOOKS: Duration = Duration::from_millis(250);
const PINGS: Duration = Duration::from_secs(5);
/// Pauses before each attempt to come back.
const RETRIES: [u64; 5] = [0, 300, 1_200, 2_700, 4_800];

/// How a visit ended.
#[derive(Debug)]
pub struct Evening {
    pub farewell: Option<Farewell>,
    /// What came from each seat.
    pub received: Vec<Received>,
    /// Commands that the room refused.
    pub refused: u32,
}

/// Waits at the door until it opens.
///
/// # Errors
/// `Lost::Turned` when the person is declined or the session is over.
pub async fn wait_at_door(way: &Way) -> Result<(), Lost> {
    let (mut socket, ticket) = way.socket("door").await?;
    say(&mut socket, &ToDoor::Hello { ticket }).await?;
    let mut ping = tokio::time::interval(PINGS);
    loop {
        tokio::select! {
            _ = ping.tick() => say(&mut socket, &ToDoor::Ping).await?,
            message = socket.next() => match message {
                Some(Ok(Message::Text(text))) => match serde_json::from_str(&text) {
                    Ok(FromDoor::Admitted) => return Ok(()),
                    Ok(FromDoor::Waiting | FromDoor::LeaderLate) => {}
                    other => return Err(Lost::Turned { status: 0, to: format!("{other:?}") }),
                },
                Some(Ok(_)) => {}
                Some(Err(error)) => return Err(Lost::Http(error.to_string())),
                None => return Err(Lost::Http("the door closed".into())),
            },
        }
    }
}

struct Visit {
    member: Member,
    client: Box<Client>,
    media: UdpSocket,
    picture: Picture,
    came: Instant,
    next_id: u32,
    refused: u32,
    wanted: Vec<Want>,
    buffer: Vec<u8>,
}

/// Spends the session in the circle, coming back when the socket breaks.
///
/// # Errors
/// `Lost` when the room cannot be reached any more.
pub async fn attend(way: &Way, member: Member, person: usize) -> Result<Evening, Lost> {
    let media = UdpSocket::bind(("127.0.0.1", 0)).await.map_err(Lost::Io)?;
    let now = Instant::now();
    let client = Box::new(Client::new(now, media.local_addr().map_err(Lost::Io)?, person));
    let mut visit = Visit {
        member,
        client,
        media,
        picture: Picture::default(),
        came: now,
        next_id: 1,
        refused: 0,
        wanted: Vec::new(),
        buffer: vec![0; 2048],
    };
    let mut tries = RETRIES.iter().cycle().take(12);
    loop {
        let ended = match way.socket("room").await {
            Ok((socket, ticket)) => Box::pin(visit.sit(socket, ticket)).await,
            Err(lost) => Err(lost),
        };
        match (ended, tries.next()) {
            (Ok(Some(farewell)), _) => return Ok(visit.evening(Some(farewell))),
            (Ok(None) | Err(_), Some(pause)) => tokio::time::sleep(Duration::from_millis(*pause)).await,
            (Ok(None), None) => return Ok(visit.evening(None)),
            (Err(lost), None) => return Err(lost),
        }
    }
}

impl Visit {
    fn evening(self, farewell: Option<Farewell>) -> Evening {
        Evening { farewell, received: self.client.received().to_vec(), refused: self.refused }
    }

    /// One socket's life; `None` when it broke. Media only flows while it is open.
    async fn sit(&mut self, mut socket: Socket, ticket: String) -> Result<Option<Farewell>, Lost> {
        say(&mut socket, &ToRoom::Hello { ticket, since: self.picture.seq, drawn: None }).await?;
        let mut looks = tokio::time::interval(LOOKS);
        let mut pings = tokio::time::interval(PINGS);
        let mut offered = false;
        loop {
            let due = self.flow();
            tokio::select! {
                message = socket.next() => {
                    let Some(Ok(message)) = message else { return Ok(None) };
                    let Message::Text(text) = message else { continue };
                    let Ok(message) = serde_json::from_str::<FromRoom>(&text) else { continue };
                    if let FromRoom::Bye { farewell } = message { return Ok(Some(farewell)) }
                    self.hear(&message);
                    if self.picture.seats > 0 && !offered {
                        offered = true;
                        if let Some(sdp) = self.client.offer(self.picture.seats) { say(&mut socket, &ToRoom::Offer { sdp }).await? }
                    }
                }
                ready = self.media.readable() => {
                    ready.map_err(Lost::Io)?;
                    self.take_in();
                }
                _ = looks.tick() => self.look(&mut socket).await?,
                _ = pings.tick() => say(&mut socket, &ToRoom::Ping { nonce: 1 }).await?,
                () = tokio::time::sleep_until(due.into()) => {}
            }
        }
    }

    fn hear(&mut self, message: &FromRoom) {
        self.picture.take(message);
        match message {
            FromRoom::Answer { sdp } => {
                if let Err(trouble) = self.client.answer(sdp) {
                    tracing::warn!(%trouble, "a synthetic member has no media");
                }
            }
            FromRoom::Refused { .. } => self.refused += 1,
            _ => {}
        }
    }

    async fn look(&mut self, socket: &mut Socket) -> Result<(), Lost> {
        let Some(view) = self.picture.view() else { return Ok(()) };
        // The state of the room decides what is sent, not the wish of the client.
        (self.client.microphone, self.client.camera) = (view.you.mic, view.you.camera);
        let wants = wants(&view);
        if wants != self.wanted {
            say(socket, &ToRoom::Want { wants: wants.clone() }).await?;
            self.wanted = wants;
        }
        for act in self.member.react(self.came.elapsed(), &view) {
            match act {
                Act::Do(command) => {
                    let id = self.next_id;
                    self.next_id += 1;
                    say(socket, &ToRoom::Do { id, command }).await?;
                }
                Act::Speak(length) => self.client.speak(Instant::now(), length),
                Act::Hush => self.client.hush(),
            }
        }
        Ok(())
    }

    fn flow(&mut self) -> Instant {
        let socket = &self.media;
        let mut send = |to, datagram: &[u8]| {
            if at_home(to).is_ok() {
                // A full buffer loses a datagram, as a network would.
                let _lost = socket.try_send_to(datagram, to);
            }
        };
        let now = Instant::now();
        self.client.poll(now, &mut send).unwrap_or(now + LOOKS)
    }

    fn take_in(&mut self) {
        while let Ok((length, from)) = self.media.try_recv_from(&mut self.buffer) {
            if self.client.receive(Instant::now(), from, &self.buffer[..length]).is_err() {
                return;
            }
            self.flow();
        }
    }
}

/// Small tiles of everybody who is here.
fn wants(view: &View) -> Vec<Want> {
    let others = view.chairs.iter().filter(|(seat, chair)| **seat != view.you.seat.0 && chair.presence == Presence::Here);
    others.map(|(seat, _)| Want { seat: room::Seat(*seat), layer: Layer::Low }).collect()
}

async fn say(socket: &mut Socket, message: &impl Serialize) -> Result<(), Lost> {
    let text = serde_json::to_string(message).map_err(|error| Lost::Http(error.to_string()))?;
    socket.send(Message::Text(text.into())).await.map_err(|error| Lost::Http(error.to_string()))
}
