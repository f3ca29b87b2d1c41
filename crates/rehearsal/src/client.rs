//! A browser's media without a browser: one connection with fixed lines that sends a voice and a face and counts what comes back.
//!
//! No sockets and no clock in here: datagrams and the time come in, datagrams go out.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use str0m::change::{SdpAnswer, SdpPendingOffer};
use str0m::format::Codec;
use str0m::media::{Direction, KeyframeRequest, MediaKind, Mid, Pt, Rid, Simulcast, SimulcastLayer};
use str0m::net::{Protocol, Receive};
use str0m::rtp::{ExtensionValues, RtpPacket, RtpWrite};
use str0m::{Candidate, Event, IceConnectionState, Input, Output, Rtc};

use crate::clip::{Face, Frame, Voice};
use crate::home::{NotHome, sdp_at_home};
use crate::received::{Delays, Received};
use crate::video;

const RIDS: [&str; 3] = ["q", "h", "f"];
const AUDIO_EVERY: Duration = Duration::from_millis(20);
const VIDEO_EVERY: Duration = Duration::from_micros(66_667);
/// With DTX a silent microphone sends every twentieth frame.
const DTX: u64 = 20;

/// Why the media of a synthetic member does not work.
#[derive(Debug)]
pub enum Trouble {
    NotHome(NotHome),
    /// The answer cannot be used.
    Answer(String),
    /// The connection ended.
    Ended,
    Io(std::io::Error),
}

impl std::fmt::Display for Trouble {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Trouble::NotHome(away) => away.fmt(f),
            Trouble::Answer(why) => write!(f, "the answer cannot be used: {why}"),
            Trouble::Ended => f.write_str("the connection ended"),
            Trouble::Io(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for Trouble {}

pub struct Client {
    rtc: Rtc,
    local: SocketAddr,
    mids: Vec<Mid>,
    pending: Option<SdpPendingOffer>,
    opus: Option<Pt>,
    vp8: Option<Pt>,
    voices: [Voice; 2],
    silence: Voice,
    face: Face,
    /// Frames still to say, of which recording and from where.
    speech: Option<(usize, usize)>,
    speak_until: Option<Instant>,
    next_voice: usize,
    audio_sent: u64,
    audio_seq: u64,
    audio_at: Instant,
    video_sent: u64,
    video_seq: [u64; 3],
    video_at: Instant,
    /// Where each layer's loop stands.
    frame: [usize; 3],
    pub microphone: bool,
    pub camera: bool,
    /// Which of the three pictures are sent, smallest first.
    pub layers: [bool; 3],
    /// Time from one picture to the next.
    pub picture_every: Duration,
    /// Puts the time since this moment at the end of each payload, so that receivers can tell the delay. No browser can decode that.
    pub stamp: Option<Instant>,
    pub delays: Delays,
    received: Vec<Received>,
    connected: bool,
}

impl Client {
    /// `person` picks voice and face; 0 leads. `local` is the address of the socket that the datagrams go through.
    pub fn new(now: Instant, local: SocketAddr, person: usize) -> Client {
        Client {
            rtc: Rtc::builder().set_rtp_mode(true).clear_codecs().enable_opus(true, false).enable_vp8(true).build(now),
            local,
            mids: Vec::new(),
            pending: None,
            opus: None,
            vp8: None,
            voices: Voice::of(person),
            silence: Voice::silence(),
            face: Face::of(person),
            speech: None,
            speak_until: None,
            next_voice: 0,
            audio_sent: 0,
            audio_seq: 0,
            audio_at: now,
            video_sent: 0,
            video_seq: [0; 3],
            video_at: now,
            frame: [0; 3],
            microphone: true,
            camera: true,
            layers: [true; 3],
            picture_every: VIDEO_EVERY,
            stamp: None,
            delays: Delays::default(),
            received: Vec::new(),
            connected: false,
        }
    }

    /// The one offer of a connection; called again it asks for a restart of ICE. `None` when an offer is open.
    pub fn offer(&mut self, seats: u8) -> Option<String> {
        if self.mids.is_empty()
            && let Ok(candidate) = Candidate::host(self.local, "udp")
        {
            self.rtc.add_local_candidate(candidate);
        }
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
            self.received = vec![Received::default(); usize::from(seats)];
        } else {
            api.ice_restart(true);
        }
        let (offer, pending) = api.apply()?;
        self.pending = Some(pending);
        Some(offer.to_sdp_string())
    }

    /// # Errors
    /// `Trouble::NotHome` when the server is not on this machine, `Trouble::Answer` when the answer does not fit the offer.
    pub fn answer(&mut self, answer: &str) -> Result<(), Trouble> {
        sdp_at_home(answer).map_err(Trouble::NotHome)?;
        let pending = self.pending.take().ok_or_else(|| Trouble::Answer("nothing was offered".into()))?;
        let answer = SdpAnswer::from_sdp_string(answer).map_err(|error| Trouble::Answer(error.to_string()))?;
        self.rtc.sdp_api().accept_answer(pending, answer).map_err(|error| Trouble::Answer(error.to_string()))?;
        let payload = |codec| self.rtc.codec_config().params().iter().find(|p| p.spec().codec == codec).map(|p| p.pt());
        self.opus = payload(Codec::Opus);
        self.vp8 = payload(Codec::Vp8);
        Ok(())
    }

    /// Speaks for about this long, then is silent.
    pub fn speak(&mut self, now: Instant, length: Duration) {
        self.speak_until = Some(now + length);
        self.start_recording();
    }

    pub fn hush(&mut self) {
        self.speak_until = None;
        self.speech = None;
    }

    pub fn speaking(&self) -> bool {
        self.speech.is_some()
    }

    pub fn connected(&self) -> bool {
        self.connected
    }

    /// By seat.
    pub fn received(&self) -> &[Received] {
        &self.received
    }

    /// # Errors
    /// `Trouble::Ended` when the connection is over.
    pub fn receive(&mut self, now: Instant, from: SocketAddr, datagram: &[u8]) -> Result<(), Trouble> {
        if let Ok(packet) = Receive::new(Protocol::Udp, from, self.local, datagram) {
            self.rtc.handle_input(Input::Receive(now, packet)).map_err(|_| Trouble::Ended)?;
        }
        Ok(())
    }

    /// Sends what is due and takes what came. Returns when to call again.
    ///
    /// # Errors
    /// `Trouble::Ended` when the connection is over.
    pub fn poll(&mut self, now: Instant, send: &mut dyn FnMut(SocketAddr, &[u8])) -> Result<Instant, Trouble> {
        self.rtc.handle_input(Input::Timeout(now)).map_err(|_| Trouble::Ended)?;
        self.media(now);
        loop {
            if !self.rtc.is_alive() {
                return Err(Trouble::Ended);
            }
            match self.rtc.poll_output().map_err(|_| Trouble::Ended)? {
                Output::Transmit(packet) => send(packet.destination, &packet.contents),
                Output::Event(event) => self.event(now, event),
                Output::Timeout(at) if at <= now => self.rtc.handle_input(Input::Timeout(now)).map_err(|_| Trouble::Ended)?,
                Output::Timeout(at) => return Ok(if self.connected { at.min(self.audio_at).min(self.video_at) } else { at }),
            }
        }
    }

    fn event(&mut self, now: Instant, event: Event) {
        match event {
            Event::Connected => {
                self.connected = true;
                self.audio_at = now;
                self.video_at = now;
            }
            Event::IceConnectionStateChange(state) => self.connected = self.rtc.is_connected() && state != IceConnectionState::Disconnected,
            Event::RtpPacket(packet) => self.packet(now, &packet),
            Event::KeyframeRequest(KeyframeRequest { rid: Some(rid), .. }) => {
                if let Some(layer) = RIDS.iter().position(|name| *name == &*rid) {
                    self.frame[layer] = 0;
                }
            }
            _ => {}
        }
    }

    fn packet(&mut self, now: Instant, packet: &RtpPacket) {
        let Some(mid) = self.rtc.direct_api().stream_rx(&packet.header.ssrc).map(|stream| stream.mid()) else { return };
        let Some(line) = self.mids.iter().position(|known| *known == mid).and_then(|line| line.checked_sub(2)) else { return };
        let received = &mut self.received[line / 2];
        let seq = *packet.seq_no;
        if line.is_multiple_of(2) {
            received.audio.packet(now, seq, packet.payload.len());
        } else {
            received.video.packet(now, seq, packet.payload.len());
            received.frames += u64::from(packet.header.marker);
        }
        if let (Some(start), Some(stamp)) = (self.stamp, packet.payload.last_chunk::<8>()) {
            let sent = start + Duration::from_nanos(u64::from_le_bytes(*stamp));
            self.delays.add(now.saturating_duration_since(sent));
        }
    }

    fn media(&mut self, now: Instant) {
        if !self.connected {
            return;
        }
        while self.audio_at <= now {
            self.audio_at += AUDIO_EVERY;
            self.voice(now);
        }
        while self.video_at <= now {
            self.video_at += self.picture_every;
            if self.camera {
                for layer in 0..3 {
                    if self.layers[layer] {
                        self.picture(now, layer);
                    }
                }
            }
            self.video_sent += 1;
        }
    }

    fn start_recording(&mut self) {
        self.speech = Some((self.next_voice, 0));
        self.next_voice = 1 - self.next_voice;
    }

    fn voice(&mut self, now: Instant) {
        self.audio_sent += 1;
        let frame = self.next_frame(now);
        let (Some(frame), Some(pt), true) = (frame, self.opus, self.microphone) else { return };
        let level = ExtensionValues { audio_level: Some(-(frame.mark as i8)), voice_activity: Some(true), ..Default::default() };
        let payload = self.stamped(now, frame.bytes.to_vec());
        self.audio_seq += 1;
        let write = RtpWrite::new(pt, self.audio_seq.into(), (self.audio_sent * 960) as u32, now, payload).ext_vals(level);
        if let Some(stream) = self.rtc.direct_api().stream_tx_by_mid(self.mids[0], None) {
            stream.write_rtp(write);
        }
    }

    /// What the microphone hears in these 20 ms, or `None` when DTX leaves it out.
    fn next_frame(&mut self, now: Instant) -> Option<Frame> {
        let (recording, at) = match self.speech {
            Some(speech) => speech,
            None => return self.audio_sent.is_multiple_of(DTX).then(|| self.silence.frames.first().cloned()).flatten(),
        };
        let frame = self.voices[recording].frames.get(at).cloned();
        let over = self.speak_until.is_none_or(|until| now >= until);
        self.speech = Some((recording, at + 1));
        if over {
            self.hush();
        } else if frame.is_none() {
            self.start_recording();
        }
        frame
    }

    fn picture(&mut self, now: Instant, layer: usize) {
        let (Some(pt), clip) = (self.vp8, self.face.layers[layer].clone()) else { return };
        let at = self.frame[layer] % clip.len().max(1);
        self.frame[layer] = at + 1;
        let Some(frame) = clip.get(at) else { return };
        let parts = video::payloads(&frame.bytes, (self.video_sent % 0x8000) as u16);
        let time = (self.video_sent as u128 * self.picture_every.as_micros() * 9 / 100) as u32;
        let last = parts.len() - 1;
        for (n, part) in parts.into_iter().enumerate() {
            let payload = self.stamped(now, part);
            self.video_seq[layer] += 1;
            let write = RtpWrite::new(pt, self.video_seq[layer].into(), time, now, payload).marker(n == last).nackable(true);
            if let Some(stream) = self.rtc.direct_api().stream_tx_by_mid(self.mids[1], Some(Rid::from(RIDS[layer]))) {
                stream.write_rtp(write);
            }
        }
    }

    fn stamped(&self, now: Instant, mut payload: Vec<u8>) -> Vec<u8> {
        if let Some(start) = self.stamp {
            payload.extend((now.saturating_duration_since(start).as_nanos() as u64).to_le_bytes());
        }
        payload
    }
}
