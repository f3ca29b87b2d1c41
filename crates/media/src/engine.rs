//! All rooms of one worker, without sockets or clocks: datagrams and the time come in, datagrams and events go out.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use str0m::Input;
use str0m::config::DtlsCert;
use str0m::ice::StunMessage;
use str0m::net::Receive;
use tokio::sync::oneshot;

use crate::figures::WorkerFigures;
use crate::paths::{Addresses, Path};
use crate::probe::Probe;
use crate::room::{Joined, Room};
use crate::{MediaEvent, Plan, Refusal, RoomKey, SeatNo, Want};

/// Where outgoing datagrams go.
pub trait Wire {
    fn send(&mut self, to: Path, datagram: &[u8]);
}

/// What a [`crate::Media`] handle asks of its workers.
#[derive(Debug)]
pub enum Command {
    Join {
        room: RoomKey,
        seat: SeatNo,
        seats: u8,
        offer: String,
        reply: oneshot::Sender<Result<String, Refusal>>,
    },
    Leave {
        room: RoomKey,
        seat: SeatNo,
    },
    Plan {
        room: RoomKey,
        plan: Plan,
    },
    Want {
        room: RoomKey,
        seat: SeatNo,
        wants: Vec<Want>,
    },
    Close {
        room: RoomKey,
    },
    Probe {
        offer: String,
        reply: oneshot::Sender<Result<String, Refusal>>,
    },
    #[doc(hidden)]
    BreakForTest {
        room: RoomKey,
    },
}

/// Whose connection a path belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Whose {
    Seat(RoomKey, SeatNo),
    Probe(u64),
}

/// Connection tests that may run at once; each costs a handshake.
const MOST_PROBES: usize = 100;
/// A connection that is seen on more paths than this forgets its oldest.
const MOST_PATHS: usize = 8;
/// Nothing to do: look again after this.
const IDLE: Duration = Duration::from_secs(1);

pub struct Engine {
    addresses: Addresses,
    cert: Option<DtlsCert>,
    rooms: HashMap<RoomKey, Room>,
    probes: HashMap<u64, Probe>,
    next_probe: u64,
    by_path: HashMap<Path, Whose>,
    /// Oldest first, for forgetting.
    paths: Vec<(Whose, Path)>,
    by_ufrag: HashMap<String, Whose>,
    events: Vec<MediaEvent>,
    figures: WorkerFigures,
}

impl Engine {
    pub fn new(addresses: Addresses) -> Engine {
        Engine {
            addresses,
            // One certificate for all connections: making one takes longer than the rest of an answer.
            cert: str0m::crypto::from_feature_flags().dtls_provider.generate_certificate(),
            rooms: HashMap::new(),
            probes: HashMap::new(),
            next_probe: 1,
            by_path: HashMap::new(),
            paths: Vec::new(),
            by_ufrag: HashMap::new(),
            events: Vec::new(),
            figures: WorkerFigures::default(),
        }
    }

    pub fn command(&mut self, now: Instant, command: Command, wire: &mut dyn Wire) {
        match command {
            Command::Join { room, seat, seats, offer, reply } => {
                // The asker may have gone; the seat then waits for the next offer.
                let _gone = reply.send(self.join(now, (room, seat, seats), &offer, wire));
            }
            Command::Leave { room, seat } => {
                self.forget(Whose::Seat(room, seat));
                if self.rooms.contains_key(&room) {
                    self.contained(now, room, |room| room.leave(now, seat, wire));
                }
            }
            Command::Plan { room, plan } => {
                self.contained(now, room, |room| room.plan(now, &plan));
            }
            Command::Want { room, seat, wants } if self.rooms.contains_key(&room) => {
                self.contained(now, room, |room| room.want(now, seat, &wants));
            }
            Command::Close { room } if self.rooms.contains_key(&room) => {
                self.contained(now, room, |room| room.close(now, wire));
                self.drop_room(room);
            }
            Command::Probe { offer, reply } => {
                let _gone = reply.send(self.probe(now, &offer));
            }
            // A late word about a room that is gone.
            Command::Want { .. } | Command::Close { .. } => {}
            Command::BreakForTest { room } => {
                self.contained(now, room, |_| panic!("broken for a test"));
            }
        }
    }

    /// One datagram from the network, whatever it is. False when it belongs to nobody here.
    pub fn receive(&mut self, now: Instant, from: Path, datagram: &[u8], wire: &mut dyn Wire) -> bool {
        self.figures.packets_in += 1;
        self.figures.bytes_in += datagram.len() as u64;
        let Some((whose, packet)) = self.recognise(now, from, datagram) else {
            self.figures.strangers += 1;
            return false;
        };
        match whose {
            Whose::Seat(room, seat) => {
                if self.rooms.contains_key(&room) {
                    self.contained(now, room, |room| room.receive(now, seat, packet, wire));
                }
            }
            Whose::Probe(number) => {
                let probe = self.probes.get_mut(&number);
                let run = catch_unwind(AssertUnwindSafe(|| probe.map(|probe| probe.receive(now, packet, wire))));
                if run.is_err() {
                    self.end_probe(number);
                }
            }
        }
        true
    }

    /// Whose datagram this is. Its path is known already, or it is a STUN check that introduces it.
    fn recognise<'a>(&mut self, now: Instant, from: Path, datagram: &'a [u8]) -> Option<(Whose, Receive<'a>)> {
        let own = self.addresses.own(from);
        let parse = || Receive::new(from.protocol, from.address, own, datagram);
        // The bytes may come from anybody; a parser that stumbles must not take the worker along.
        let packet = catch_unwind(AssertUnwindSafe(parse)).ok()?.ok()?;
        // 0 and 1 start a STUN message (RFC 7983), which alone may introduce a new path.
        if datagram.first().is_some_and(|first| *first < 4) {
            return self.introduce(now, from, datagram, packet);
        }
        self.by_path.get(&from).map(|whose| (*whose, packet))
    }

    /// Sends what is queued and does what is due. Returns when to call again.
    pub fn flush(&mut self, now: Instant, wire: &mut dyn Wire) -> Instant {
        let due: Vec<RoomKey> = self.rooms.iter().filter(|(_, room)| room.timeout() <= now).map(|(key, _)| *key).collect();
        for key in due {
            self.contained(now, key, |room| room.flush(now, wire));
        }
        let due: Vec<u64> = self.probes.iter().filter(|(_, probe)| probe.timeout() <= now).map(|(number, _)| *number).collect();
        for number in due {
            let Some(probe) = self.probes.get_mut(&number) else { continue };
            let run = catch_unwind(AssertUnwindSafe(|| {
                if probe.alive(now) {
                    probe.flush(now, wire)
                } else {
                    probe.close(now, wire)
                }
                probe.alive(now)
            }));
            if !run.unwrap_or(false) {
                self.end_probe(number);
            }
        }
        let next = self.rooms.values().map(Room::timeout).chain(self.probes.values().map(Probe::timeout)).min();
        next.map_or(now + IDLE, |at| at.min(now + IDLE))
    }

    /// Takes what happened since the last call.
    pub fn events(&mut self) -> Vec<MediaEvent> {
        std::mem::take(&mut self.events)
    }

    pub fn figures(&self) -> WorkerFigures {
        let seats = self.rooms.values().map(|room| room.taken() as u64).sum();
        WorkerFigures { rooms: self.rooms.len() as u64, seats, ..self.figures }
    }

    fn join(&mut self, now: Instant, place: (RoomKey, SeatNo, u8), offer: &str, wire: &mut dyn Wire) -> Result<String, Refusal> {
        let (room, seat, seats) = place;
        let (addresses, cert) = (self.addresses, self.cert.clone());
        let joined = self.contained(now, room, |room| room.join(now, (seat, seats), offer, (addresses, cert.as_ref()), wire));
        let Joined { answer, ufrag, replaced } = joined.unwrap_or(Err(Refusal::Offer("not acceptable")))?;
        let whose = Whose::Seat(room, seat);
        if replaced {
            self.forget(whose);
        } else {
            self.by_ufrag.retain(|_, known| *known != whose);
        }
        self.by_ufrag.insert(ufrag, whose);
        Ok(answer)
    }

    fn probe(&mut self, now: Instant, offer: &str) -> Result<String, Refusal> {
        if self.probes.len() >= MOST_PROBES {
            return Err(Refusal::Busy);
        }
        let (addresses, cert) = (self.addresses, self.cert.clone());
        let made = catch_unwind(AssertUnwindSafe(|| Probe::answer(now, offer, addresses, cert.as_ref())));
        let (mut probe, answer) = made.unwrap_or(Err(Refusal::Offer("not acceptable")))?;
        let number = self.next_probe;
        self.next_probe += 1;
        self.by_ufrag.insert(probe.ufrag(), Whose::Probe(number));
        self.probes.insert(number, probe);
        Ok(answer)
    }

    /// Finds the connection that a STUN check names and whose password it knows, and remembers the path.
    fn introduce<'a>(&mut self, now: Instant, from: Path, datagram: &[u8], packet: Receive<'a>) -> Option<(Whose, Receive<'a>)> {
        let parse = || {
            let message = StunMessage::parse(datagram).ok()?;
            message.split_username().map(|(ours, _)| ours.to_owned())
        };
        let ufrag = catch_unwind(parse).ok().flatten()?;
        let whose = *self.by_ufrag.get(&ufrag)?;
        let input = Input::Receive(now, packet);
        let accepted = match whose {
            Whose::Seat(room, seat) => self.rooms.get(&room).is_some_and(|room| room.accepts(seat, &input)),
            Whose::Probe(number) => self.probes.get(&number).is_some_and(|probe| probe.accepts(&input)),
        };
        let Input::Receive(_, packet) = input else { return None };
        if !accepted {
            return None;
        }
        if self.by_path.insert(from, whose) != Some(whose) {
            self.paths.retain(|(_, known)| *known != from);
            self.paths.push((whose, from));
            let mut own = self.paths.iter().filter(|(owner, _)| *owner == whose);
            if let (Some((_, oldest)), true) = (own.next().copied(), own.count() >= MOST_PATHS) {
                self.paths.retain(|(_, known)| *known != oldest);
                self.by_path.remove(&oldest);
            }
        }
        Some((whose, packet))
    }

    fn forget(&mut self, whose: Whose) {
        self.by_path.retain(|_, known| *known != whose);
        self.paths.retain(|(known, _)| *known != whose);
        self.by_ufrag.retain(|_, known| *known != whose);
    }

    fn end_probe(&mut self, number: u64) {
        self.probes.remove(&number);
        self.forget(Whose::Probe(number));
    }

    /// Runs `act` on a room, made when it is new. A panic ends this room and no other.
    fn contained<T>(&mut self, now: Instant, key: RoomKey, act: impl FnOnce(&mut Room) -> T) -> Option<T> {
        let room = self.rooms.entry(key).or_insert_with(|| Room::new(key, now));
        let forwarded = room.forwarded;
        match catch_unwind(AssertUnwindSafe(|| act(room))) {
            Ok(done) => {
                self.figures.forwarded += room.forwarded - forwarded;
                self.events.append(&mut room.events);
                Some(done)
            }
            Err(_) => {
                tracing::error!(room = key, "a media room broke and was ended");
                self.drop_room(key);
                self.events.push(MediaEvent::Failed { room: key });
                None
            }
        }
    }

    fn drop_room(&mut self, key: RoomKey) {
        let of_room = |whose: &Whose| matches!(whose, Whose::Seat(room, _) if *room == key);
        self.by_path.retain(|_, whose| !of_room(whose));
        self.paths.retain(|(whose, _)| !of_room(whose));
        self.by_ufrag.retain(|_, whose| !of_room(whose));
        if let Some(room) = self.rooms.remove(&key) {
            // A broken room may break again while it is torn down.
            let _broken = catch_unwind(AssertUnwindSafe(|| drop(room)));
        }
    }
}
