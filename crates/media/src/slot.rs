//! The pair of lines on which one receiver gets one seat.

use std::time::Instant;

use str0m::media::{Mid, Pt};
use str0m::rtp::{ExtensionValues, RtpPacket, RtpWrite, Ssrc, Vp8Descriptor, Vp8Patch};

use crate::rewrite::{Pictures, Rewriter};

/// Where a forwarded packet comes from: the connection, which is unique in the process, and the layer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Origin {
    pub connection: u64,
    pub layer: usize,
}

impl Origin {
    fn key(self) -> u64 {
        self.connection * 4 + self.layer as u64
    }
}

#[derive(Debug)]
pub(crate) struct Slot {
    pub video: Mid,
    pub audio_ssrc: Ssrc,
    pub video_ssrc: Ssrc,
    sound: Rewriter,
    picture: Rewriter,
    pictures: Pictures,
    showing: Option<Origin>,
    target: Option<usize>,
}

impl Slot {
    pub fn new(audio: Ssrc, video: (Mid, Ssrc)) -> Slot {
        Slot {
            video: video.0,
            audio_ssrc: audio,
            video_ssrc: video.1,
            sound: Rewriter::new(48_000, *audio),
            picture: Rewriter::new(90_000, *video.1),
            pictures: Pictures::default(),
            showing: None,
            target: None,
        }
    }

    pub fn pause_sound(&mut self) {
        self.sound.pause();
    }

    /// The layer on the screen now.
    pub fn layer(&self) -> Option<usize> {
        self.showing.map(|origin| origin.layer)
    }

    /// Asks for a layer; `None` stops the picture at once.
    pub fn aim(&mut self, layer: Option<usize>) {
        self.target = layer;
        if layer.is_none() {
            self.showing = None;
            self.picture.pause();
        }
    }

    /// The layer whose key frame this slot waits for.
    pub fn waits_for(&self, connection: u64) -> Option<usize> {
        let target = self.target?;
        (self.showing != Some(Origin { connection, layer: target })).then_some(target)
    }

    /// The layer a receiver's complaint is about.
    pub fn wanted_layer(&self) -> Option<usize> {
        self.target.or(self.layer())
    }

    pub fn audio_packet(&mut self, now: Instant, connection: u64, pt: Pt, packet: &RtpPacket) -> Option<RtpWrite> {
        let numbered = self.sound.number(now, connection * 4, *packet.seq_no, packet.header.timestamp)?;
        let level = ExtensionValues {
            audio_level: packet.header.ext_vals.audio_level,
            voice_activity: packet.header.ext_vals.voice_activity,
            ..ExtensionValues::default()
        };
        let write = RtpWrite::new(pt, numbered.seq.into(), numbered.time, packet.timestamp, packet.payload.clone());
        Some(write.marker(packet.header.marker).ext_vals(level))
    }

    /// Numbers a camera packet for this receiver, or `None` when it is not for it. `descriptor` is the parsed start of the payload.
    pub fn video_packet(
        &mut self,
        now: Instant,
        origin: Origin,
        pt: Pt,
        packet: &RtpPacket,
        descriptor: Option<&Vp8Descriptor>,
    ) -> Option<RtpWrite> {
        if self.showing != Some(origin) {
            let key = descriptor.is_some_and(|start| start.starts_keyframe(&packet.payload));
            if self.target != Some(origin.layer) || !key {
                return None;
            }
            self.showing = Some(origin);
            self.pictures.switch();
        }
        let numbered = self.picture.number(now, origin.key(), *packet.seq_no, packet.header.timestamp)?;
        let turned = ExtensionValues { video_orientation: packet.header.ext_vals.video_orientation, ..ExtensionValues::default() };
        let mut write = RtpWrite::new(pt, numbered.seq.into(), numbered.time, packet.timestamp, packet.payload.clone())
            .marker(packet.header.marker)
            .nackable(true)
            .ext_vals(turned);
        if let Some(patch) = descriptor.and_then(|start| self.patch(start)) {
            write = write.vp8_patch(patch);
        }
        Some(write)
    }

    fn patch(&mut self, descriptor: &Vp8Descriptor) -> Option<Vp8Patch> {
        let picture = descriptor.picture_id()?;
        let base = descriptor.tl0_pic_idx();
        let (picture, base_out) = self.pictures.number(picture, base.unwrap_or(0));
        let numbered = |picture: u16| {
            let patch = descriptor.patch().picture_id(picture);
            if base.is_some() { patch.tl0_pic_idx(base_out).build() } else { patch.build() }
        };
        // A sender with short picture numbers wraps at 127.
        numbered(picture).or_else(|_| numbered(picture & 0x7f)).ok()
    }
}
