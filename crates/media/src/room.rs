//! One room: its connections, its plan, and what flows between them.

use std::time::{Duration, Instant};

use str0m::Input;
use str0m::config::DtlsCert;
use str0m::net::Receive;
use str0m::rtp::{RtpPacket, Vp8Descriptor};

use crate::engine::Wire;
use crate::layers::{Layer, Tile, Want, choose};
use crate::paths::Addresses;
use crate::peer::{Change, Heard, Peer, Track};
use crate::plan::{Mask, Routes, SEATS, bit, seats};
use crate::slot::Origin;
use crate::talk::Talk;
use crate::{MediaEvent, Plan, Refusal, RoomKey, SeatNo, Speech, sdp};

/// How often speech is told, layers are chosen and silence is noticed.
const BEAT: Duration = Duration::from_millis(200);
/// What a voice takes of the line, with its headers.
const VOICE: u64 = 45_000;

pub(crate) struct Room {
    key: RoomKey,
    peers: Vec<Option<Box<Peer>>>,
    routes: Routes,
    wants: Vec<Option<[Layer; SEATS]>>,
    talks: Vec<Talk>,
    spoke: Mask,
    /// Connections with something to send or to do.
    dirty: Mask,
    beat: Instant,
    timeout: Instant,
    pub events: Vec<MediaEvent>,
    pub forwarded: u64,
}

/// What changed in the addressing of a seat.
pub(crate) struct Joined {
    pub answer: String,
    pub ufrag: String,
    /// The old connection's addresses are void.
    pub replaced: bool,
}

impl Room {
    pub fn new(key: RoomKey, now: Instant) -> Room {
        Room {
            key,
            peers: (0..SEATS).map(|_| None).collect(),
            routes: Routes::default(),
            wants: vec![None; SEATS],
            talks: vec![Talk::default(); SEATS],
            spoke: 0,
            dirty: 0,
            beat: now + BEAT,
            timeout: now,
            events: Vec::new(),
            forwarded: 0,
        }
    }

    /// # Errors
    /// `Refusal`; the seat's present connection, if any, stays.
    pub fn join(
        &mut self,
        now: Instant,
        seat: (SeatNo, u8),
        offer: &str,
        local: (Addresses, Option<&DtlsCert>),
        wire: &mut dyn Wire,
    ) -> Result<Joined, Refusal> {
        let (seat, of) = seat;
        if usize::from(of) > SEATS || seat >= of {
            return Err(Refusal::Seat);
        }
        let shape = sdp::room_offer(offer, of)?;
        self.dirty |= bit(seat);
        self.timeout = now;
        let place = &mut self.peers[usize::from(seat)];
        if let Some(peer) = place.as_mut().filter(|peer| peer.is_same_client(&shape)) {
            let answer = peer.restart(now, offer)?;
            return Ok(Joined { answer, ufrag: peer.ufrag(), replaced: false });
        }
        let (mut peer, answer) = Peer::answer(now, offer, shape, local.0, local.1)?;
        let ufrag = peer.ufrag();
        let old = place.replace(Box::new(peer));
        let replaced = old.is_some();
        if let Some(mut old) = old {
            old.close(now, wire);
        }
        self.talks[usize::from(seat)].stop();
        self.wants[usize::from(seat)] = None;
        Ok(Joined { answer, ufrag, replaced })
    }

    pub fn leave(&mut self, now: Instant, seat: SeatNo, wire: &mut dyn Wire) {
        let Some(place) = self.peers.get_mut(usize::from(seat)) else { return };
        if let Some(mut peer) = place.take() {
            peer.close(now, wire);
        }
        self.dirty &= !bit(seat);
        self.talks[usize::from(seat)].stop();
        self.wants[usize::from(seat)] = None;
    }

    pub fn close(&mut self, now: Instant, wire: &mut dyn Wire) {
        (0..SEATS as SeatNo).for_each(|seat| self.leave(now, seat, wire));
    }

    pub fn plan(&mut self, now: Instant, plan: &Plan) {
        let before = std::mem::replace(&mut self.routes, Routes::new(plan));
        for seat in 0..SEATS as SeatNo {
            if !self.routes.counts(seat) {
                self.talks[usize::from(seat)].stop();
            }
            let Some(peer) = &mut self.peers[usize::from(seat)] else { continue };
            for from in 0..SEATS as SeatNo {
                if before.hears(seat, from)
                    && !self.routes.hears(seat, from)
                    && let Some(slot) = peer.slot(from)
                {
                    slot.pause_sound();
                }
            }
        }
        self.choose_layers(now);
    }

    pub fn want(&mut self, now: Instant, seat: SeatNo, wants: &[Want]) {
        let Some(place) = self.wants.get_mut(usize::from(seat)) else { return };
        let mut tiles = [Layer::Off; SEATS];
        for want in wants {
            if let Some(tile) = tiles.get_mut(usize::from(want.seat)) {
                *tile = want.layer;
            }
        }
        *place = Some(tiles);
        self.choose_layers(now);
    }

    pub fn accepts(&self, seat: SeatNo, input: &Input<'_>) -> bool {
        self.peers.get(usize::from(seat)).and_then(Option::as_ref).is_some_and(|peer| peer.accepts(input))
    }

    pub fn receive(&mut self, now: Instant, seat: SeatNo, packet: Receive<'_>, wire: &mut dyn Wire) {
        let Some(peer) = self.peers.get_mut(usize::from(seat)).and_then(Option::as_mut) else { return };
        let mut heard = Vec::new();
        peer.receive(now, packet, wire, &mut heard);
        self.tell(now, seat);
        self.handle(now, seat, heard);
        self.timeout = now;
    }

    /// Sends what is queued and does what is due. Returns when to call again.
    pub fn flush(&mut self, now: Instant, wire: &mut dyn Wire) -> Instant {
        if now >= self.beat {
            self.beat(now);
        }
        for seat in 0..SEATS as SeatNo {
            if self.peers[usize::from(seat)].as_ref().is_some_and(|peer| peer.timeout() <= now) {
                self.dirty |= bit(seat);
            }
        }
        // What one connection has to say can give another one work; that ends after a key-frame request.
        for _round in 0..3 {
            for seat in seats(std::mem::take(&mut self.dirty)) {
                let Some(peer) = &mut self.peers[usize::from(seat)] else { continue };
                let mut heard = Vec::new();
                peer.flush(now, wire, &mut heard);
                self.tell(now, seat);
                self.handle(now, seat, heard);
            }
            if self.dirty == 0 {
                break;
            }
        }
        let next = self.peers.iter().flatten().map(|peer| peer.timeout()).min();
        self.timeout = if self.dirty == 0 { next.map_or(self.beat, |at| at.min(self.beat)) } else { now };
        self.timeout
    }

    pub fn timeout(&self) -> Instant {
        self.timeout
    }

    pub fn taken(&self) -> usize {
        self.peers.iter().flatten().count()
    }

    fn handle(&mut self, now: Instant, seat: SeatNo, heard: Vec<Heard>) {
        for item in heard {
            match item {
                Heard::Packet(packet) => self.forward(now, seat, &packet),
                Heard::KeyFrame(of) => {
                    let layer = self.peers[usize::from(seat)].as_mut().and_then(|peer| peer.slot(of)?.wanted_layer());
                    if let Some(layer) = layer
                        && self.routes.sees(seat, of)
                    {
                        self.ask_key_frame(now, of, layer);
                    }
                }
            }
        }
    }

    fn forward(&mut self, now: Instant, from: SeatNo, packet: &RtpPacket) {
        let Some(peer) = &mut self.peers[usize::from(from)] else { return };
        let connection = peer.connection;
        match peer.track_of(packet) {
            Some(Track::Microphone) => {
                if self.routes.counts(from) {
                    let level = packet.header.ext_vals.audio_level.map_or(127, i8::unsigned_abs);
                    self.talks[usize::from(from)].packet(now, level);
                }
                for to in seats(self.routes.audio_to(from)) {
                    let Some(peer) = self.peers[usize::from(to)].as_mut().filter(|peer| peer.ready()) else { continue };
                    if peer.send_audio(now, from, connection, packet) {
                        self.dirty |= bit(to);
                        self.forwarded += 1;
                    }
                }
            }
            Some(Track::Camera(layer)) => {
                let woke = peer.meters[layer].packet(now, packet.payload.len());
                let descriptor = Vp8Descriptor::parse(&packet.payload).ok();
                let origin = Origin { connection, layer };
                for to in seats(self.routes.video_to(from)) {
                    let Some(peer) = self.peers[usize::from(to)].as_mut().filter(|peer| peer.ready()) else { continue };
                    if peer.send_video(now, from, origin, packet, descriptor.as_ref()) {
                        self.dirty |= bit(to);
                        self.forwarded += 1;
                    }
                }
                if woke {
                    self.choose_layers(now);
                }
            }
            None => {}
        }
    }

    fn ask_key_frame(&mut self, now: Instant, of: SeatNo, layer: usize) {
        let Some(peer) = &mut self.peers[usize::from(of)] else { return };
        peer.ask_key_frame(layer);
        if peer.ask_pending(now) {
            self.dirty |= bit(of);
            self.timeout = now;
        }
    }

    /// Every viewer's pictures, by plan, tile size and line.
    fn choose_layers(&mut self, now: Instant) {
        let rates: Vec<[Option<u64>; 3]> = self
            .peers
            .iter()
            .map(|peer| {
                std::array::from_fn(|layer| peer.as_ref().map(|peer| &peer.meters[layer]).filter(|m| m.alive(now)).map(|m| m.rate(layer)))
            })
            .collect();
        let connections: Vec<u64> = self.peers.iter().map(|peer| peer.as_ref().map_or(0, |peer| peer.connection)).collect();
        let mut missing = Vec::new();
        for viewer in 0..SEATS as SeatNo {
            let routes = &self.routes;
            let Some(peer) = &mut self.peers[usize::from(viewer)] else { continue };
            let wants = self.wants[usize::from(viewer)].unwrap_or([Layer::default(); SEATS]);
            let mut shown = Vec::with_capacity(SEATS);
            let mut tiles = Vec::with_capacity(SEATS);
            for from in 0..SEATS as SeatNo {
                let Some(slot) = peer.slot(from) else { continue };
                let (want, rates) = (wants[usize::from(from)], rates[usize::from(from)]);
                if !routes.sees(viewer, from) || want == Layer::Off || rates == [None; 3] {
                    slot.aim(None);
                    continue;
                }
                shown.push(from);
                tiles.push(Tile { want, current: slot.layer(), rates });
            }
            let voices = (0..SEATS as SeatNo).filter(|from| routes.hears(viewer, *from)).count() as u64;
            let budget = peer.line.budget().map(|bits| bits.saturating_sub(voices * VOICE));
            for (from, layer) in shown.into_iter().zip(choose(&tiles, budget)) {
                let Some(slot) = peer.slot(from) else { continue };
                slot.aim(layer);
                missing.extend(slot.waits_for(connections[usize::from(from)]).map(|layer| (from, layer)));
            }
        }
        for (from, layer) in missing {
            self.ask_key_frame(now, from, layer);
        }
    }

    fn beat(&mut self, now: Instant) {
        self.beat = now + BEAT;
        for seat in 0..SEATS as SeatNo {
            self.tell(now, seat);
            self.talks[usize::from(seat)].tick(now);
            let Some(peer) = &mut self.peers[usize::from(seat)] else { continue };
            peer.line.beat(now);
            if peer.ask_pending(now) {
                self.dirty |= bit(seat);
            }
        }
        self.choose_layers(now);
        self.tell_speech();
    }

    fn tell_speech(&mut self) {
        let mut said = Vec::new();
        for seat in 0..SEATS as SeatNo {
            let talk = &mut self.talks[usize::from(seat)];
            let (speaking, talked_ms) = (talk.speaking(), talk.take_ms());
            let spoke = self.spoke & bit(seat) != 0;
            if speaking || spoke || talked_ms > 0 {
                said.push(Speech { seat, level: talk.level(), speaking, talked_ms });
            }
            self.spoke = if speaking { self.spoke | bit(seat) } else { self.spoke & !bit(seat) };
        }
        if !said.is_empty() {
            self.events.push(MediaEvent::Speech { room: self.key, seats: said });
        }
    }

    /// Reports connections that came up, went quiet or ended.
    fn tell(&mut self, now: Instant, seat: SeatNo) {
        let room = self.key;
        let Some(peer) = &mut self.peers[usize::from(seat)] else { return };
        match peer.change(now) {
            Some(Change::Up) => {
                self.events.push(MediaEvent::Connected { room, seat });
                self.choose_layers(now);
            }
            Some(Change::Lost) => {
                self.talks[usize::from(seat)].stop();
                self.events.push(MediaEvent::Lost { room, seat });
            }
            Some(Change::Gone) => {
                let told = peer.was_lost();
                self.peers[usize::from(seat)] = None;
                self.talks[usize::from(seat)].stop();
                if !told {
                    self.events.push(MediaEvent::Lost { room, seat });
                }
            }
            None => {}
        }
    }
}
