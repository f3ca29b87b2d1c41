//! Forwards sound and pictures between the seats of rooms. Knows seats and tracks; never names, groups or therapy.
//!
//! Each client makes one connection with a fixed set of lines: microphone, camera in three sizes, then one receiving
//! pair per seat. Nobody ever renegotiates: who hears whom is a [`Plan`], and a new plan takes effect at once.
//! Nobody hears anybody until a plan says so.

mod engine;
mod figures;
mod layers;
mod line;
mod paths;
mod peer;
mod plan;
mod probe;
mod rewrite;
mod room;
mod sdp;
mod slot;
mod talk;
mod tcp;
mod worker;

use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr, TcpListener, UdpSocket};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{mpsc, oneshot};

pub use engine::{Command, Engine, Wire};
pub use figures::{Figures, WorkerFigures};
pub use layers::{Layer, Want};
pub use paths::{Addresses, Path};
pub use plan::{Plan, SEATS};
pub use talk::Talk;

use worker::Worker;

/// A room as the caller numbers it.
pub type RoomKey = u64;
/// A seat of a room, 0..20.
pub type SeatNo = u8;

/// Where the media engine listens.
#[derive(Debug, Clone)]
pub struct Config {
    pub bind: IpAddr,
    /// UDP port of the first worker, the others take the ports after it; 0 for any free ports.
    pub port: u16,
    /// TCP port of the first worker, for networks without UDP; counted in the same way.
    pub tcp_port: u16,
    /// The address that clients are told, when it is not `bind` (behind NAT, or when `bind` is unspecified).
    pub public_address: Option<IpAddr>,
    /// Threads, one per processor core; at least 1.
    pub workers: usize,
}

/// What happens in the rooms. Nothing of it says who anybody is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MediaEvent {
    /// Media flows, for the first time or again after `Lost`.
    Connected { room: RoomKey, seat: SeatNo },
    /// Nothing arrived for 12 s, or the connection ended. The seat keeps its plan and may come back.
    Lost { room: RoomKey, seat: SeatNo },
    /// At most five times a second, only while somebody speaks or something changed.
    Speech { room: RoomKey, seats: Vec<Speech> },
    /// The room broke and is gone with its connections and its plan; a new `join` and `plan` start it afresh.
    Failed { room: RoomKey },
}

/// One voice in the last fifth of a second.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Speech {
    pub seat: SeatNo,
    /// 0..=127 dB below full scale (RFC 6464).
    pub level: u8,
    pub speaking: bool,
    /// Milliseconds of talk counted since the last event with this seat.
    pub talked_ms: u32,
}

/// Why a connection was not made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The offer is not what this server can answer.
    Offer(&'static str),
    /// The seat is outside the room.
    Seat,
    /// Too many connection tests at once.
    Busy,
    /// The worker is gone.
    Closed,
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Refusal::Offer(why) => write!(f, "the offer cannot be answered: {why}"),
            Refusal::Seat => f.write_str("no such seat"),
            Refusal::Busy => f.write_str("too many connection tests at once"),
            Refusal::Closed => f.write_str("the media engine has stopped"),
        }
    }
}

impl std::error::Error for Refusal {}

/// Handle to the media engine. Its threads end when the last handle is dropped.
#[derive(Clone)]
pub struct Media {
    shared: Arc<Shared>,
}

struct Shared {
    workers: Vec<Worker>,
    rooms: Mutex<HashMap<RoomKey, usize>>,
}

impl Media {
    /// Binds the ports and starts the threads.
    ///
    /// # Errors
    /// When a port cannot be bound or a thread cannot start.
    pub fn start(config: Config) -> std::io::Result<(Media, mpsc::UnboundedReceiver<MediaEvent>)> {
        let (events, receiver) = mpsc::unbounded_channel();
        let mut workers = Vec::new();
        for index in 0..config.workers.max(1) {
            let of = |first: u16| if first == 0 { 0 } else { first.saturating_add(index as u16) };
            let udp = UdpSocket::bind((config.bind, of(config.port)))?;
            let tcp = TcpListener::bind((config.bind, of(config.tcp_port)))?;
            let told = config.public_address.unwrap_or_else(|| reachable(config.bind));
            let addresses =
                Addresses { udp: SocketAddr::new(told, udp.local_addr()?.port()), tcp: SocketAddr::new(told, tcp.local_addr()?.port()) };
            workers.push(Worker::start(index, (udp, tcp), addresses, events.clone())?);
        }
        Ok((Media { shared: Arc::new(Shared { workers, rooms: Mutex::default() }) }, receiver))
    }

    /// The addresses that answers name, one per worker.
    pub fn addresses(&self) -> Vec<Addresses> {
        self.shared.workers.iter().map(|worker| worker.addresses).collect()
    }

    /// Answers a client's offer for a seat of a room with `seats` seats. An offer with the fingerprint of the seat's present
    /// connection restarts ICE on it; any other replaces it.
    ///
    /// # Errors
    /// `Refusal::Offer` when the lines are not those of the seats, `Refusal::Seat` outside 0..20.
    pub async fn join(&self, room: RoomKey, seat: SeatNo, seats: u8, offer: String) -> Result<String, Refusal> {
        let (reply, answer) = oneshot::channel();
        self.of(room).send(Command::Join { room, seat, seats, offer, reply });
        answer.await.unwrap_or(Err(Refusal::Closed))
    }

    /// Ends the seat's connection; no event follows.
    pub fn leave(&self, room: RoomKey, seat: SeatNo) {
        if let Some(worker) = self.known(room) {
            worker.send(Command::Leave { room, seat });
        }
    }

    /// Replaces the room's plan.
    pub fn plan(&self, room: RoomKey, plan: Plan) {
        self.of(room).send(Command::Plan { room, plan });
    }

    /// Replaces what the seat's screen shows; seats that are not named are hidden. Before the first call every tile is small.
    pub fn want(&self, room: RoomKey, seat: SeatNo, wants: Vec<Want>) {
        if let Some(worker) = self.known(room) {
            worker.send(Command::Want { room, seat, wants });
        }
    }

    /// Ends the room and all its connections.
    pub fn close(&self, room: RoomKey) {
        let index = self.rooms().remove(&room);
        if let Some(worker) = index.and_then(|index| self.shared.workers.get(index)) {
            worker.send(Command::Close { room });
        }
    }

    /// The door's connection test: a data channel whose messages come back, closed after 15 s.
    ///
    /// # Errors
    /// `Refusal::Offer` when the offer has anything but a data channel, `Refusal::Busy` when too many tests run.
    pub async fn probe(&self, offer: String) -> Result<String, Refusal> {
        let (reply, answer) = oneshot::channel();
        let idlest = self.shared.workers.iter().min_by_key(|worker| worker.figures().packets_in);
        let Some(worker) = idlest else { return Err(Refusal::Closed) };
        worker.send(Command::Probe { offer, reply });
        answer.await.unwrap_or(Err(Refusal::Closed))
    }

    /// Counters since the start.
    pub fn figures(&self) -> Figures {
        Figures { workers: self.shared.workers.iter().map(Worker::figures).collect() }
    }

    #[doc(hidden)]
    pub fn break_room_for_test(&self, room: RoomKey) {
        self.of(room).send(Command::BreakForTest { room });
    }

    /// The worker of a room that is open: a late word about a closed one must not open it again.
    fn known(&self, room: RoomKey) -> Option<&Worker> {
        let index = self.rooms().get(&room).copied()?;
        self.shared.workers.get(index)
    }

    /// The worker of a room; a new room goes where the fewest rooms are.
    fn of(&self, room: RoomKey) -> &Worker {
        let mut rooms = self.rooms();
        let index = match rooms.get(&room) {
            Some(index) => *index,
            None => {
                let mut load = vec![0usize; self.shared.workers.len()];
                rooms.values().for_each(|index| load[*index] += 1);
                let idlest = (0..load.len()).min_by_key(|index| load[*index]).unwrap_or(0);
                rooms.insert(room, idlest);
                idlest
            }
        };
        &self.shared.workers[index]
    }

    fn rooms(&self) -> std::sync::MutexGuard<'_, HashMap<RoomKey, usize>> {
        self.shared.rooms.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// An unspecified address cannot be told to clients; the one that leads outside can. Connecting a datagram socket sends nothing.
fn reachable(bound: IpAddr) -> IpAddr {
    if !bound.is_unspecified() {
        return bound;
    }
    let outside = UdpSocket::bind((bound, 0)).and_then(|socket| {
        socket.connect(("192.0.2.1", 9))?;
        socket.local_addr()
    });
    outside.map_or(IpAddr::from([127, 0, 0, 1]), |address| address.ip())
}
