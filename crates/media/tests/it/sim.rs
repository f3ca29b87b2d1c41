//! Clients, an engine and a network between them that loses, delays and reorders by a seed.

use std::collections::{BTreeMap, HashMap};
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use media::{Addresses, Command, Engine, Layer, MediaEvent, Path, Plan, Refusal, RoomKey, SeatNo, Speech, Want, Wire};
use str0m::bwe::Bitrate;
use str0m::change::{SdpAnswer, SdpPendingOffer};
use str0m::channel::ChannelId;
use str0m::media::{Direction, MediaKind, Mid, Rid, Simulcast, SimulcastLayer};
use str0m::net::{Protocol, Receive, TcpType};
use str0m::rtp::{ExtensionValues, RtpWrite};
use str0m::{Candidate, Event, Input, Output, Rtc};
use tokio::sync::oneshot;

pub const RIDS: [&str; 3] = ["q", "h", "f"];
const STEP: Duration = Duration::from_millis(1);

/// A packet as a receiver saw it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Got {
    pub at: u64,
    /// The seat on whose line it came.
    pub slot: SeatNo,
    /// The seat that had sent it, by its payload.
    pub from: SeatNo,
    /// `None` for sound.
    pub layer: Option<u8>,
    pub key: bool,
    pub seq: u64,
    pub time: u32,
    pub picture: u16,
}

#[derive(Debug, Clone, Copy, Default)]
pub struct Weather {
    /// Per cent of datagrams that vanish.
    pub loss: u64,
    pub delay_ms: u64,
    pub jitter_ms: u64,
}

fn candidate(path: Path) -> Candidate {
    match path.protocol {
        Protocol::Tcp => Candidate::builder().tcp().host(path.address).tcptype(TcpType::Active).build().unwrap(),
        _ => Candidate::host(path.address, "udp").unwrap(),
    }
}

pub struct Client {
    pub rtc: Rtc,
    pub room: RoomKey,
    pub seat: SeatNo,
    pub path: Path,
    mids: Vec<Mid>,
    pending: Option<SdpPendingOffer>,
    pub got: Vec<Got>,
    /// dB below full scale; `None` stops the microphone.
    pub voice: Option<u8>,
    pub camera: bool,
    pub layers: usize,
    key: [bool; 3],
    sent_audio: u64,
    sent_video: [u64; 3],
    next_audio: Instant,
    next_video: Instant,
    /// False is a vanished device: nothing in, nothing out.
    pub online: bool,
    pub key_requests: usize,
    pub channel: Option<ChannelId>,
    pub echoed: Vec<Vec<u8>>,
}

impl Client {
    fn new(now: Instant, room: RoomKey, seat: SeatNo, path: Path) -> Client {
        let mut rtc = Rtc::builder().set_rtp_mode(true).clear_codecs().enable_opus(true, false).enable_vp8(true).build(now);
        rtc.add_local_candidate(candidate(path));
        Client {
            rtc,
            room,
            seat,
            path,
            mids: Vec::new(),
            pending: None,
            got: Vec::new(),
            voice: Some(30),
            camera: true,
            layers: 3,
            key: [true; 3],
            sent_audio: 0,
            sent_video: [0; 3],
            next_audio: now,
            next_video: now,
            online: true,
            key_requests: 0,
            channel: None,
            echoed: Vec::new(),
        }
    }

    fn offer(&mut self, seats: u8) -> String {
        let mut api = self.rtc.sdp_api();
        if self.mids.is_empty() {
            let mut layers = Simulcast::new();
            RIDS.iter().for_each(|rid| layers.add_send_layer(SimulcastLayer::new(rid)));
            self.mids.push(api.add_media(MediaKind::Audio, Direction::SendOnly, None, None, None));
            self.mids.push(api.add_media(MediaKind::Video, Direction::SendOnly, None, None, Some(layers)));
            for _ in 0..seats {
                self.mids.push(api.add_media(MediaKind::Audio, Direction::RecvOnly, None, None, None));
                self.mids.push(api.add_media(MediaKind::Video, Direction::RecvOnly, None, None, None));
            }
        } else {
            api.ice_restart(true);
        }
        let (offer, pending) = api.apply().unwrap();
        self.pending = Some(pending);
        offer.to_sdp_string()
    }

    pub fn probe_offer(&mut self) -> String {
        let mut api = self.rtc.sdp_api();
        api.add_channel("probe".into());
        let (offer, pending) = api.apply().unwrap();
        self.pending = Some(pending);
        offer.to_sdp_string()
    }

    pub fn answer(&mut self, answer: &str) {
        let answer = SdpAnswer::from_sdp_string(answer).unwrap();
        let pending = self.pending.take().unwrap();
        self.rtc.sdp_api().accept_answer(pending, answer).unwrap();
    }

    fn send_media(&mut self, now: Instant) {
        if !self.online || !self.rtc.is_connected() || self.mids.is_empty() {
            return;
        }
        if now >= self.next_audio {
            self.next_audio += Duration::from_millis(20);
            self.sent_audio += 1;
            if let Some(level) = self.voice {
                let pt = self.pt(MediaKind::Audio);
                let ext = ExtensionValues { audio_level: Some(-(level as i8)), voice_activity: Some(true), ..Default::default() };
                let payload = vec![0xA0, self.seat, 0, 0, 0, 0, 0, 0, 0, 0];
                let write = RtpWrite::new(pt.into(), self.sent_audio.into(), self.sent_audio as u32 * 960, now, payload).ext_vals(ext);
                self.rtc.direct_api().stream_tx_by_mid(self.mids[0], None).unwrap().write_rtp(write);
            }
        }
        if now >= self.next_video {
            self.next_video += Duration::from_millis(33);
            if self.camera {
                (0..self.layers).for_each(|layer| self.send_frame(now, layer));
            }
        }
    }

    fn pt(&self, kind: MediaKind) -> u8 {
        let wanted = |audio: bool| audio == (kind == MediaKind::Audio);
        *self.rtc.codec_config().params().iter().find(|p| wanted(p.spec().codec.is_audio())).unwrap().pt()
    }

    fn send_frame(&mut self, now: Instant, layer: usize) {
        let key = std::mem::take(&mut self.key[layer]);
        let pt = self.pt(MediaKind::Video);
        let count = self.sent_video[layer];
        let picture = (count / 2 + 1000 * layer as u64) as u16 & 0x7fff;
        // Two packets per frame; every layer has numbers and times of its own, as in browsers.
        for part in 0..2u64 {
            let start = part == 0;
            let mut payload = vec![if start { 0x90 } else { 0x80 }, 0xE0, 0x80 | (picture >> 8) as u8, picture as u8, 0, 0];
            payload.extend([u8::from(!(key && start)), self.seat, layer as u8, u8::from(key)]);
            payload.resize([120, 300, 700][layer], 0);
            let time = (count / 2) as u32 * 2970 + 777_777 * layer as u32;
            let seq = 100 + 5000 * layer as u64 + count + part;
            let write = RtpWrite::new(pt.into(), seq.into(), time, now, payload).marker(!start).nackable(true);
            let rid = Rid::from(RIDS[layer]);
            self.rtc.direct_api().stream_tx_by_mid(self.mids[1], Some(rid)).unwrap().write_rtp(write);
        }
        self.sent_video[layer] += 2;
    }

    fn drain(&mut self, now: Instant, start: Instant) -> Vec<(Path, Vec<u8>)> {
        let mut out = Vec::new();
        self.rtc.handle_input(Input::Timeout(now)).unwrap();
        for _ in 0..100_000 {
            match self.rtc.poll_output().unwrap() {
                Output::Transmit(packet) => {
                    out.push((Path { protocol: packet.proto, address: packet.destination }, packet.contents.to_vec()))
                }
                Output::Timeout(at) if at <= now && self.rtc.is_alive() => self.rtc.handle_input(Input::Timeout(now)).unwrap(),
                Output::Timeout(_) => return out,
                Output::Event(event) => self.event(event, now.duration_since(start).as_millis() as u64),
            }
        }
        panic!("the client does not come to rest");
    }

    fn event(&mut self, event: Event, at: u64) {
        match event {
            Event::RtpPacket(packet) => {
                let stream = self.rtc.direct_api().stream_rx(&packet.header.ssrc).map(|s| s.mid());
                let line = self.mids.iter().position(|mid| Some(*mid) == stream).unwrap();
                let slot = ((line - 2) / 2) as SeatNo;
                let (seq, time) = (*packet.seq_no, packet.header.timestamp);
                let payload = &packet.payload;
                let got = if line.is_multiple_of(2) {
                    Got { at, slot, from: payload[1], layer: None, key: false, seq, time, picture: 0 }
                } else {
                    let picture = u16::from(payload[2] & 0x7f) << 8 | u16::from(payload[3]);
                    Got { at, slot, from: payload[7], layer: Some(payload[8]), key: payload[9] == 1, seq, time, picture }
                };
                self.got.push(got);
            }
            Event::KeyframeRequest(request) => {
                self.key_requests += 1;
                let layer = RIDS.iter().position(|rid| request.rid == Some(Rid::from(*rid))).unwrap();
                self.key[layer] = true;
            }
            Event::ChannelOpen(id, _) => self.channel = Some(id),
            Event::ChannelData(data) => self.echoed.push(data.data),
            _ => {}
        }
    }

    /// Sound that came from a seat since a moment.
    pub fn heard(&self, from: SeatNo, since: u64) -> usize {
        self.got.iter().filter(|got| got.from == from && got.at >= since && got.layer.is_none()).count()
    }

    pub fn seen(&self, from: SeatNo, since: u64) -> Vec<Got> {
        self.got.iter().filter(|got| got.from == from && got.at >= since && got.layer.is_some()).copied().collect()
    }
}

#[derive(Default)]
struct Outbox(Vec<(Path, Vec<u8>)>);

impl Wire for Outbox {
    fn send(&mut self, to: Path, datagram: &[u8]) {
        self.0.push((to, datagram.to_vec()));
    }
}

pub struct Sim {
    pub start: Instant,
    pub now: Instant,
    pub engine: Engine,
    outbox: Outbox,
    pub clients: Vec<Client>,
    pub events: Vec<(u64, MediaEvent)>,
    pub weather: Weather,
    flying: BTreeMap<(Instant, u64), (Path, Path, Vec<u8>)>,
    dice: u64,
    count: u64,
    server: Addresses,
    /// Clients that join from now on sit in a network that lets no UDP through.
    pub by_tcp: bool,
    due: Instant,
}

impl Sim {
    pub fn new(seed: u64) -> Sim {
        let start = Instant::now();
        let server = Addresses { udp: "10.0.0.1:5000".parse().unwrap(), tcp: "10.0.0.1:5001".parse().unwrap() };
        Sim {
            start,
            now: start,
            engine: Engine::new(server),
            outbox: Outbox::default(),
            clients: Vec::new(),
            events: Vec::new(),
            weather: Weather { delay_ms: 10, ..Weather::default() },
            flying: BTreeMap::new(),
            dice: seed | 1,
            count: 0,
            server,
            by_tcp: false,
            due: start,
        }
    }

    pub fn roll(&mut self) -> u64 {
        self.dice = self.dice.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        self.dice >> 33
    }

    pub fn command(&mut self, command: Command) {
        self.engine.command(self.now, command, &mut self.outbox);
        self.due = self.now;
    }

    pub fn offer(&mut self, room: RoomKey, seat: SeatNo, seats: u8, offer: String) -> Result<String, Refusal> {
        let (reply, mut answer) = oneshot::channel();
        self.command(Command::Join { room, seat, seats, offer, reply });
        answer.try_recv().unwrap()
    }

    /// A new client takes a seat; gives its index.
    pub fn join(&mut self, room: RoomKey, seat: SeatNo, seats: u8) -> usize {
        let index = self.clients.len();
        let address = SocketAddr::from(([10, 1, 0, index as u8], 4000 + index as u16));
        self.join_by(if self.by_tcp { Path::tcp(address) } else { Path::udp(address) }, room, seat, seats)
    }

    pub fn join_by(&mut self, path: Path, room: RoomKey, seat: SeatNo, seats: u8) -> usize {
        let index = self.clients.len();
        let mut client = Client::new(self.now, room, seat, path);
        let offer = client.offer(seats);
        self.clients.push(client);
        let answer = self.offer(room, seat, seats, offer).unwrap();
        self.clients[index].answer(&answer);
        index
    }

    /// The offer of a client that is not here.
    pub fn offer_text(&mut self, seats: u8) -> String {
        Client::new(self.now, 0, 0, Path::udp("10.3.0.1:4000".parse().unwrap())).offer(seats)
    }

    /// The client reports what its line carries, on the line of a seat that it sees.
    pub fn report_line(&mut self, index: usize, on: SeatNo, bits: u64) {
        let client = &mut self.clients[index];
        let mid = client.mids[3 + 2 * usize::from(on)];
        let mut api = client.rtc.direct_api();
        api.stream_rx_by_mid(mid, None).unwrap().request_remb(Bitrate::bps(bits));
    }

    pub fn spare_probe_offer(&mut self) -> String {
        Client::new(self.now, 0, 0, Path::udp("10.3.0.2:4000".parse().unwrap())).probe_offer()
    }

    pub fn probe(&mut self) -> usize {
        let index = self.clients.len();
        let address = SocketAddr::from(([10, 2, 0, index as u8], 4000 + index as u16));
        let mut client = Client::new(self.now, 0, 0, Path::udp(address));
        let offer = client.probe_offer();
        let (reply, mut answer) = oneshot::channel();
        self.command(Command::Probe { offer, reply });
        client.answer(&answer.try_recv().unwrap().unwrap());
        self.clients.push(client);
        index
    }

    /// Another network under the same page: only a restart of ICE can bring it back.
    pub fn moves(&mut self, index: usize, path: Path, seats: u8) {
        let client = &mut self.clients[index];
        client.path = path;
        client.online = true;
        client.rtc.add_local_candidate(candidate(path));
        self.restart_ice(index, seats);
    }

    pub fn restart_ice(&mut self, index: usize, seats: u8) {
        let offer = self.clients[index].offer(seats);
        let (room, seat) = (self.clients[index].room, self.clients[index].seat);
        let answer = self.offer(room, seat, seats, offer).unwrap();
        self.clients[index].answer(&answer);
    }

    /// Everybody in the list hears everybody else in it.
    pub fn circle(&mut self, room: RoomKey, seats: &[SeatNo]) {
        let hears = seats.iter().map(|seat| (*seat, seats.to_vec())).collect();
        self.command(Command::Plan { room, plan: Plan { hears, ..Plan::default() } });
    }

    pub fn want(&mut self, room: RoomKey, seat: SeatNo, wants: &[(SeatNo, Layer)]) {
        let wants = wants.iter().map(|(seat, layer)| Want { seat: *seat, layer: *layer }).collect();
        self.command(Command::Want { room, seat, wants });
    }

    /// Milliseconds since the start.
    pub fn ms(&self) -> u64 {
        self.now.duration_since(self.start).as_millis() as u64
    }

    pub fn garbage(&mut self, from: SocketAddr, bytes: &[u8]) {
        self.engine.receive(self.now, Path::udp(from), bytes, &mut self.outbox);
    }

    pub fn run(&mut self, ms: u64) {
        let end = self.now + Duration::from_millis(ms);
        while self.now < end {
            self.now += STEP;
            self.step();
        }
    }

    fn step(&mut self) {
        let (now, start) = (self.now, self.start);
        while let Some(entry) = self.flying.first_entry().filter(|entry| entry.key().0 <= now) {
            let (from, to, bytes) = entry.remove();
            if to.address == self.own(to) {
                self.engine.receive(now, from, &bytes, &mut self.outbox);
                self.due = now;
            } else if let Some(client) = self.clients.iter_mut().find(|client| client.path == to && client.online)
                && let Ok(packet) = Receive::new(to.protocol, from.address, to.address, &bytes)
            {
                client.rtc.handle_input(Input::Receive(now, packet)).unwrap();
                let out = client.drain(now, start);
                self.post(to, out);
            }
        }
        for index in 0..self.clients.len() {
            self.clients[index].send_media(now);
            let client = &mut self.clients[index];
            let out = client.drain(now, start);
            let path = client.path;
            if client.online {
                self.post(path, out);
            }
        }
        if self.due <= now {
            self.due = self.engine.flush(now, &mut self.outbox);
        }
        for (to, bytes) in std::mem::take(&mut self.outbox.0) {
            let from = Path { address: self.own(to), ..to };
            self.post(from, vec![(to, bytes)]);
        }
        let at = self.ms();
        self.events.extend(self.engine.events().into_iter().map(|event| (at, event)));
    }

    /// The server's end of a path.
    fn own(&self, path: Path) -> SocketAddr {
        if path.protocol == Protocol::Tcp { self.server.tcp } else { self.server.udp }
    }

    fn post(&mut self, from: Path, out: Vec<(Path, Vec<u8>)>) {
        for (to, bytes) in out {
            if self.roll() % 100 < self.weather.loss {
                continue;
            }
            let jitter = if self.weather.jitter_ms > 0 { self.roll() % self.weather.jitter_ms } else { 0 };
            let at = self.now + Duration::from_millis(self.weather.delay_ms + jitter);
            self.count += 1;
            self.flying.insert((at, self.count), (from, to, bytes));
        }
    }

    /// Talk time by seat of a room.
    pub fn talked(&self, room: RoomKey) -> HashMap<SeatNo, u64> {
        let mut talked = HashMap::new();
        for said in self.speech(room) {
            *talked.entry(said.seat).or_default() += u64::from(said.talked_ms);
        }
        talked
    }

    pub fn speech(&self, room: RoomKey) -> Vec<Speech> {
        let of_room = |event: &MediaEvent| match event {
            MediaEvent::Speech { room: key, seats } if *key == room => Some(seats.clone()),
            _ => None,
        };
        self.events.iter().filter_map(|(_, event)| of_room(event)).flatten().collect()
    }
}
