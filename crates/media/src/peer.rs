//! One client's connection.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use str0m::bwe::BweKind;
use str0m::change::SdpOffer;
use str0m::config::DtlsCert;
use str0m::format::{Codec, FormatParams};
use str0m::media::{Frequency, KeyframeRequestKind, Mid, Pt, Rid};
use str0m::net::Receive;
use str0m::rtp::{RtpPacket, RtpWrite, Ssrc, Vp8Descriptor};
use str0m::{Event, Input, Output, Rtc, RtcConfig};

use crate::engine::Wire;
use crate::layers::{Meter, RIDS};
use crate::line::Line;
use crate::paths::{Addresses, Path};
use crate::sdp::{self, Shape};
use crate::slot::{Origin, Slot};
use crate::{Refusal, SeatNo};

/// Nothing arrived for this long: the client is lost. Browsers check their connection every 2 to 5 s.
const LOST_AFTER: Duration = Duration::from_secs(12);
/// More output than this for one input is a loop in the library; the connection ends, the room goes on.
const MOST_OUTPUTS: usize = 5_000;
/// How long a connection that was only given packets may stay undrained.
const QUESTION_WAITS: Duration = Duration::from_millis(5);
/// How often one layer may be asked for a key frame, which costs the sender as much as half a second of video.
const KEY_FRAME_PAUSE: Duration = Duration::from_millis(500);
/// A client has four streams; more only appear when it changes its numbers.
const MOST_STREAMS: usize = 16;
/// Headers and seal of one packet, in bytes.
const OVERHEAD: usize = 60;
/// How often losses are summed up.
const LOSSES_EVERY: Duration = Duration::from_secs(1);

/// What a connection has to say to its room.
pub(crate) enum Heard {
    Packet(Box<RtpPacket>),
    /// The receiver cannot decode this seat's picture.
    KeyFrame(SeatNo),
}

pub(crate) struct Peer {
    rtc: Rtc,
    fingerprint: String,
    /// Unique in the process, so that nobody takes a new connection for the old one.
    pub connection: u64,
    mic: Mid,
    cam: Mid,
    /// What each incoming stream is; asking str0m every time would wake its whole state.
    streams: Vec<(Ssrc, Option<Track>)>,
    slots: Vec<Slot>,
    opus: Option<Pt>,
    vp8: Option<Pt>,
    heard_at: Instant,
    timeout: Instant,
    /// Packets written since the last flush.
    queued: u32,
    pub reported_up: bool,
    reported_lost: bool,
    pub meters: [Meter; 3],
    asked: [Option<Instant>; 3],
    to_ask: [bool; 3],
    pub line: Line,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Track {
    Microphone,
    /// With the layer's index in `RIDS`.
    Camera(usize),
}

/// A change worth telling.
pub(crate) enum Change {
    Up,
    Lost,
    Gone,
}

impl Peer {
    /// # Errors
    /// `Refusal::Offer` when str0m or we cannot answer it.
    pub fn answer(
        now: Instant,
        offer: &str,
        shape: Shape,
        addresses: Addresses,
        cert: Option<&DtlsCert>,
    ) -> Result<(Peer, String), Refusal> {
        static CONNECTIONS: AtomicU64 = AtomicU64::new(1);
        let mut rtc = config(cert).build(now);
        addresses.tell(&mut rtc)?;
        let mut peer = Peer {
            mic: mid(&shape, 0)?,
            cam: mid(&shape, 1)?,
            streams: Vec::new(),
            slots: Vec::new(),
            opus: None,
            vp8: None,
            connection: CONNECTIONS.fetch_add(1, Ordering::Relaxed),
            heard_at: now,
            timeout: now,
            queued: 0,
            reported_up: false,
            reported_lost: false,
            meters: Default::default(),
            asked: [None; 3],
            to_ask: [false; 3],
            line: Line::default(),
            rtc,
            fingerprint: shape.fingerprint.clone(),
        };
        let answer = peer.accept(offer)?;
        peer.learn_slots(&shape)?;
        Ok((peer, answer))
    }

    pub fn is_same_client(&self, shape: &Shape) -> bool {
        self.rtc.is_alive() && self.fingerprint == shape.fingerprint
    }

    /// Answers another offer of the same connection, which restarts ICE.
    ///
    /// # Errors
    /// `Refusal::Offer`; the connection stays as it was.
    pub fn restart(&mut self, now: Instant, offer: &str) -> Result<String, Refusal> {
        let answer = self.accept(offer)?;
        self.heard_at = now;
        self.timeout = now;
        Ok(answer)
    }

    fn accept(&mut self, offer: &str) -> Result<String, Refusal> {
        let offer = SdpOffer::from_sdp_string(&sdp::without_transport_wide(offer)).map_err(|_| Refusal::Offer("not SDP"))?;
        let answer = self.rtc.sdp_api().accept_offer(offer).map_err(|_| Refusal::Offer("not acceptable"))?;
        Ok(sdp::with_dtx(&answer.to_sdp_string()))
    }

    fn learn_slots(&mut self, shape: &Shape) -> Result<(), Refusal> {
        let payload = |codec| self.rtc.codec_config().params().iter().find(|p| p.spec().codec == codec).map(|p| p.pt());
        self.opus = payload(Codec::Opus);
        self.vp8 = payload(Codec::Vp8);
        let mut api = self.rtc.direct_api();
        for pair in 1..shape.mids.len() / 2 {
            let (audio, video) = (mid(shape, 2 * pair)?, mid(shape, 2 * pair + 1)?);
            let (Some(sound), Some(picture)) =
                (api.stream_tx_by_mid(audio, None).map(|s| s.ssrc()), api.stream_tx_by_mid(video, None).map(|s| s.ssrc()))
            else {
                return Err(Refusal::Offer("a receiving line has no usable codec"));
            };
            self.slots.push(Slot::new(sound, (video, picture)));
        }
        Ok(())
    }

    /// The name by which ICE checks address this connection.
    pub fn ufrag(&mut self) -> String {
        self.rtc.direct_api().local_ice_credentials().ufrag
    }

    pub fn accepts(&self, input: &Input<'_>) -> bool {
        self.rtc.accepts(input)
    }

    pub fn slot(&mut self, seat: SeatNo) -> Option<&mut Slot> {
        self.slots.get_mut(usize::from(seat))
    }

    pub fn timeout(&self) -> Instant {
        self.timeout
    }

    pub fn receive(&mut self, now: Instant, packet: Receive<'_>, wire: &mut dyn Wire, heard: &mut Vec<Heard>) {
        self.heard_at = now;
        if self.rtc.handle_input(Input::Receive(now, packet)).is_err() {
            self.rtc.disconnect();
        }
        self.queued = 0;
        self.drain(now, wire, heard);
    }

    /// Sends what is queued and does what is due.
    pub fn flush(&mut self, now: Instant, wire: &mut dyn Wire, heard: &mut Vec<Heard>) {
        if self.rtc.handle_input(Input::Timeout(now)).is_err() {
            self.rtc.disconnect();
        }
        let queued = std::mem::take(&mut self.queued);
        if queued == 0 || now >= self.timeout {
            self.drain(now, wire, heard);
            return;
        }
        // Asking once more, only to hear that nothing is left, costs as much as a packet: that question waits a little.
        let mut sent = 0;
        while sent < queued {
            match self.rtc.poll_output() {
                Ok(Output::Transmit(packet)) => {
                    wire.send(Path { protocol: packet.proto, address: packet.destination }, &packet.contents);
                    sent += 1;
                }
                Ok(Output::Event(event)) => self.event(now, event, heard),
                Ok(Output::Timeout(_)) | Err(_) => {
                    self.drain(now, wire, heard);
                    return;
                }
            }
        }
        self.timeout = self.timeout.min(now + QUESTION_WAITS);
    }

    fn drain(&mut self, now: Instant, wire: &mut dyn Wire, heard: &mut Vec<Heard>) {
        for _ in 0..MOST_OUTPUTS {
            match self.rtc.poll_output() {
                Ok(Output::Transmit(packet)) => wire.send(Path { protocol: packet.proto, address: packet.destination }, &packet.contents),
                Ok(Output::Event(event)) => self.event(now, event, heard),
                Ok(Output::Timeout(at)) if at <= now && self.rtc.is_alive() => {
                    if self.rtc.handle_input(Input::Timeout(now)).is_err() {
                        self.rtc.disconnect();
                    }
                }
                Ok(Output::Timeout(at)) => {
                    self.timeout = at;
                    return;
                }
                Err(_) => self.rtc.disconnect(),
            }
        }
        tracing::warn!("a connection did not come to rest and was ended");
        self.rtc.disconnect();
    }

    fn event(&mut self, now: Instant, event: Event, heard: &mut Vec<Heard>) {
        match event {
            Event::RtpPacket(packet) => heard.push(Heard::Packet(Box::new(packet))),
            Event::KeyframeRequest(request) => {
                let seat = self.slots.iter().position(|slot| slot.video == request.mid);
                heard.extend(seat.map(|seat| Heard::KeyFrame(seat as SeatNo)));
            }
            Event::EgressBitrateEstimate(BweKind::Remb { estimate, .. }) => self.line.reported(now, estimate.as_u64()),
            Event::MediaEgressStats(stats) => {
                if let Some(share) = stats.loss {
                    self.line.lost(share);
                }
            }
            _ => {}
        }
    }

    /// Which of the client's tracks a packet belongs to.
    pub fn track_of(&mut self, packet: &RtpPacket) -> Option<Track> {
        let ssrc = packet.header.ssrc;
        if let Some((_, track)) = self.streams.iter().find(|(known, _)| *known == ssrc) {
            return *track;
        }
        let mut api = self.rtc.direct_api();
        let stream = api.stream_rx(&ssrc)?;
        let track = if stream.mid() == self.mic {
            Some(Track::Microphone)
        } else if stream.mid() == self.cam {
            // A client without simulcast sends one picture.
            let layer = stream.rid().map_or(Some(2), |rid| RIDS.iter().position(|name| *name == &*rid));
            layer.map(Track::Camera)
        } else {
            None
        };
        if self.streams.len() >= MOST_STREAMS {
            self.streams.clear();
        }
        self.streams.push((ssrc, track));
        track
    }

    pub fn ready(&self) -> bool {
        self.reported_up && self.rtc.is_alive()
    }

    pub fn send_audio(&mut self, now: Instant, from: SeatNo, connection: u64, packet: &RtpPacket) -> bool {
        let (Some(pt), Some(slot)) = (self.opus, self.slots.get_mut(usize::from(from))) else { return false };
        let Some(write) = slot.audio_packet(now, connection, pt, packet) else { return false };
        let ssrc = slot.audio_ssrc;
        self.write(ssrc, packet.payload.len(), write)
    }

    pub fn send_video(
        &mut self,
        now: Instant,
        from: SeatNo,
        origin: Origin,
        packet: &RtpPacket,
        descriptor: Option<&Vp8Descriptor>,
    ) -> bool {
        let (Some(pt), Some(slot)) = (self.vp8, self.slots.get_mut(usize::from(from))) else { return false };
        let Some(write) = slot.video_packet(now, origin, pt, packet, descriptor) else { return false };
        let ssrc = slot.video_ssrc;
        self.write(ssrc, packet.payload.len(), write)
    }

    fn write(&mut self, ssrc: Ssrc, bytes: usize, write: RtpWrite) -> bool {
        let mut api = self.rtc.direct_api();
        let Some(stream) = api.stream_tx(&ssrc) else { return false };
        stream.write_rtp(write);
        self.queued += 1;
        self.line.sent(bytes + OVERHEAD);
        true
    }

    /// Somebody needs a key frame of this layer of this client's camera.
    pub fn ask_key_frame(&mut self, layer: usize) {
        self.to_ask[layer.min(2)] = true;
    }

    /// Sends the key-frame requests that are allowed now; true when there were any.
    pub fn ask_pending(&mut self, now: Instant) -> bool {
        let mut any = false;
        for (layer, rid) in RIDS.iter().enumerate() {
            let allowed = self.asked[layer].is_none_or(|at| now.saturating_duration_since(at) >= KEY_FRAME_PAUSE);
            if !self.to_ask[layer] || !allowed {
                continue;
            }
            let mut api = self.rtc.direct_api();
            let named = api.stream_rx_by_mid(self.cam, Some(Rid::from(*rid))).is_some();
            let rid = named.then(|| Rid::from(*rid));
            if let Some(stream) = api.stream_rx_by_mid(self.cam, rid) {
                stream.request_keyframe(KeyframeRequestKind::Pli);
                self.asked[layer] = Some(now);
                self.to_ask[layer] = false;
                any = true;
            }
        }
        any
    }

    /// What the room should be told, at most one thing at a time.
    pub fn change(&mut self, now: Instant) -> Option<Change> {
        if !self.rtc.is_alive() {
            return Some(Change::Gone);
        }
        let quiet = now.saturating_duration_since(self.heard_at) >= LOST_AFTER;
        if quiet && !self.reported_lost {
            self.reported_lost = true;
            self.reported_up = false;
            return Some(Change::Lost);
        }
        if !quiet && !self.reported_up && self.rtc.is_connected() {
            self.reported_up = true;
            self.reported_lost = false;
            return Some(Change::Up);
        }
        None
    }

    /// Says goodbye, so that the browser knows at once.
    pub fn close(&mut self, now: Instant, wire: &mut dyn Wire) {
        if self.rtc.close().is_ok() {
            self.drain(now, wire, &mut Vec::new());
        }
    }

    pub fn was_lost(&self) -> bool {
        self.reported_lost
    }
}

fn mid(shape: &Shape, line: usize) -> Result<Mid, Refusal> {
    shape.mids.get(line).map(|mid| Mid::from(mid.as_str())).ok_or(Refusal::Offer("a line is missing"))
}

/// Opus and VP8 only, ICE-lite, RTP as it is. str0m's own bandwidth estimation stays off: it paces packet by packet, which costs
/// a walk over all streams for each, and on an idle line its estimate sank to a tenth within seconds.
fn config(cert: Option<&DtlsCert>) -> RtcConfig {
    let mut config = RtcConfig::new()
        .set_ice_lite(true)
        .set_rtp_mode(true)
        .clear_codecs()
        .enable_vp8(true)
        .set_stats_interval(Some(LOSSES_EVERY))
        .set_send_buffer_video(512);
    let opus = FormatParams { min_p_time: Some(10), use_inband_fec: Some(true), use_dtx: Some(true), ..FormatParams::default() };
    config.codec_config().add_config(111.into(), None, Codec::Opus, Frequency::FORTY_EIGHT_KHZ, Some(2), opus);
    match cert {
        Some(cert) => config.set_dtls_cert(cert.clone()),
        None => config,
    }
}
