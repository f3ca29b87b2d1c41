//! Outgoing numbering. A receiver must see one unbroken stream although senders, layers and pauses change behind it.

use std::time::{Duration, Instant};

/// Continues sequence numbers and timestamps over changes of the source.
#[derive(Debug, Clone)]
pub(crate) struct Rewriter {
    ticks_per_second: u32,
    next_seq: u64,
    last_time: u32,
    last_at: Option<Instant>,
    anchor: Option<Anchor>,
}

#[derive(Debug, Clone, Copy)]
struct Anchor {
    source: u64,
    seq: u64,
    out_seq: u64,
    time_offset: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Numbered {
    pub seq: u64,
    pub time: u32,
}

impl Rewriter {
    /// `seed` only makes the first number differ from stream to stream.
    pub fn new(ticks_per_second: u32, seed: u32) -> Rewriter {
        // The first number must stay far below 65536: SRTP starts its rollover counter at zero, and
        // a receiver that loses the first packets must not guess it wrong.
        Rewriter {
            ticks_per_second,
            next_seq: u64::from(seed % 16_384) + 1,
            last_time: seed.wrapping_mul(2_654_435_761),
            last_at: None,
            anchor: None,
        }
    }

    /// The next packet starts a new stretch, also when it comes from the same source: what was not forwarded is no loss.
    pub fn pause(&mut self) {
        self.anchor = None;
    }

    /// Numbers one packet, or `None` when it is older than the switch to this source.
    pub fn number(&mut self, now: Instant, source: u64, seq: u64, time: u32) -> Option<Numbered> {
        let anchor = match self.anchor {
            Some(anchor) if anchor.source == source => anchor,
            _ => self.switch(now, source, seq, time),
        };
        let out_seq = anchor.out_seq + seq.checked_sub(anchor.seq)?;
        let out_time = time.wrapping_add(anchor.time_offset);
        if out_seq >= self.next_seq {
            self.next_seq = out_seq + 1;
            self.last_time = out_time;
            self.last_at = Some(now);
        }
        Some(Numbered { seq: out_seq, time: out_time })
    }

    fn switch(&mut self, now: Instant, source: u64, seq: u64, time: u32) -> Anchor {
        let start = match self.last_at {
            // At least ten milliseconds, since a frame with the time of the last one would be taken for a part of it.
            Some(at) => {
                let passed = now.saturating_duration_since(at).max(Duration::from_millis(10));
                let ticks = passed.as_micros() as u64 * u64::from(self.ticks_per_second) / 1_000_000;
                self.last_time.wrapping_add(ticks as u32)
            }
            None => self.last_time,
        };
        let anchor = Anchor { source, seq, out_seq: self.next_seq, time_offset: start.wrapping_sub(time) };
        self.anchor = Some(anchor);
        anchor
    }
}

/// Continues the picture numbers inside the VP8 descriptor; decoders order frames by them, not by RTP numbers.
#[derive(Debug, Clone, Default)]
pub(crate) struct Pictures {
    last: Option<(u16, u8)>,
    offset: Option<(u16, u8)>,
}

/// Picture numbers have 15 bits.
const PICTURES: u16 = 0x7fff;

impl Pictures {
    /// The next picture comes from elsewhere.
    pub fn switch(&mut self) {
        self.offset = None;
    }

    /// Takes the source's picture number and base-layer index, gives the outgoing ones.
    pub fn number(&mut self, picture: u16, base: u8) -> (u16, u8) {
        let (by, base_by) = *self.offset.get_or_insert_with(|| match self.last {
            Some((last, last_base)) => ((last + 1).wrapping_sub(picture) & PICTURES, last_base.wrapping_add(1).wrapping_sub(base)),
            None => (0, 0),
        });
        let out = (picture.wrapping_add(by) & PICTURES, base.wrapping_add(base_by));
        let newer = self.last.is_none_or(|(last, _)| (out.0.wrapping_sub(last) & PICTURES) < 0x4000);
        if newer {
            self.last = Some(out);
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn continues_over_a_switch() {
        let now = Instant::now();
        let mut video = Rewriter::new(90_000, 7);
        let first = video.number(now, 1, 5_000_000, 100).unwrap();
        assert!(first.seq < 65_536);
        let second = video.number(now, 1, 5_000_001, 3100).unwrap();
        assert_eq!((second.seq, second.time), (first.seq + 1, first.time.wrapping_add(3000)));
        let other = video.number(now + Duration::from_millis(100), 2, 17, 4_000_000_000).unwrap();
        assert_eq!((other.seq, other.time), (second.seq + 1, second.time.wrapping_add(9000)));
        assert_eq!(video.number(now, 2, 16, 4_000_000_000), None);
    }

    #[test]
    fn a_pause_leaves_no_hole() {
        let now = Instant::now();
        let mut audio = Rewriter::new(48_000, 1);
        let first = audio.number(now, 1, 10, 0).unwrap();
        audio.pause();
        let later = audio.number(now + Duration::from_secs(60), 1, 3010, 2_880_000).unwrap();
        assert_eq!((later.seq, later.time), (first.seq + 1, first.time.wrapping_add(2_880_000)));
    }

    #[test]
    fn reordering_is_kept_and_pictures_continue() {
        let now = Instant::now();
        let mut video = Rewriter::new(90_000, 1);
        let a = video.number(now, 1, 100, 0).unwrap().seq;
        let c = video.number(now, 1, 102, 0).unwrap().seq;
        let b = video.number(now, 1, 101, 0).unwrap().seq;
        assert_eq!((b, c), (a + 1, a + 2));

        let mut pictures = Pictures::default();
        assert_eq!(pictures.number(32_767, 255), (32_767, 255));
        assert_eq!(pictures.number(0, 0), (0, 0));
        pictures.switch();
        assert_eq!(pictures.number(9_000, 40), (1, 1));
        assert_eq!(pictures.number(9_001, 41), (2, 2));
        assert_eq!(pictures.number(9_000, 40), (1, 1));
    }

    #[test]
    fn a_stream_begins_low_whatever_its_seed() {
        for seed in [0, 1, 16_383, 16_384, u32::MAX] {
            let first = Rewriter::new(90_000, seed).number(Instant::now(), 1, u64::from(u32::MAX), 0).unwrap();
            assert!((1..=16_384).contains(&first.seq), "{seed}: {}", first.seq);
        }
    }

    #[test]
    fn pictures_of_two_cameras_in_turn_never_go_back() {
        let mut pictures = Pictures::default();
        let mut last = pictures.number(100, 7);
        for turn in 0..40u16 {
            pictures.switch();
            for picture in 0..3 {
                let next = pictures.number((turn * 997 + picture) & PICTURES, turn as u8);
                assert_eq!(next.0, (last.0 + 1) & PICTURES, "turn {turn}");
                last = next;
            }
        }
    }

    proptest! {
        /// In-order packets from any mix of sources come out with numbers that grow by one, never jump, and times that never go back.
        #[test]
        fn one_unbroken_stream(stretches in proptest::collection::vec((0u64..4, 1u64..40, any::<u32>(), 0u64..5000), 1..30), seed: u32) {
            let start = Instant::now();
            let mut now = start;
            let mut out = Rewriter::new(90_000, seed);
            let mut last: Option<Numbered> = None;
            for (index, (source, packets, time, gap)) in stretches.into_iter().enumerate() {
                now += Duration::from_millis(gap);
                out.pause();
                for n in 0..packets {
                    let this = out.number(now, source, 1_000_000 * index as u64 + n, time.wrapping_add(3000 * n as u32)).unwrap();
                    if let Some(last) = last {
                        prop_assert_eq!(this.seq, last.seq + 1);
                        prop_assert!(this.time.wrapping_sub(last.time) < 1 << 31);
                        prop_assert!(this.time != last.time);
                    }
                    last = Some(this);
                    now += Duration::from_millis(33);
                }
            }
        }

        /// A packet that comes twice or late has the number it had, and those after it do not notice.
        #[test]
        fn what_comes_again_has_the_same_number(order in proptest::collection::vec(0u64..60, 1..200), seed: u32) {
            let now = Instant::now();
            let mut out = Rewriter::new(90_000, seed);
            let first = out.number(now, 1, 1_000, 5_000).unwrap();
            for seq in order {
                let this = out.number(now, 1, 1_000 + seq, 5_000 + 3_000 * seq as u32).unwrap();
                prop_assert_eq!((this.seq, this.time), (first.seq + seq, first.time.wrapping_add(3_000 * seq as u32)));
            }
        }
    }
}
