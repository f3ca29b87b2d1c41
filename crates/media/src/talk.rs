//! Who is speaking, and for how long: a machine fed with one level per audio packet.
//!
//! The voice bit that comes with the level is ignored, since browsers set it on silence too.

use std::time::{Duration, Instant};

/// Quieter than this (dB below full scale) is never speech, however quiet the room is.
const QUIETEST_SPEECH: f32 = 58.0;
/// Louder than this is sound that others hear as a voice, even when it never pauses.
const ALWAYS_SPEECH: f32 = 33.0;
/// How far above the noise floor speech begins and, lower, ends.
const RISE: f32 = 12.0;
const FALL: f32 = 7.0;
/// Speech must be this long before it counts, so that a cough or a key click does not.
const ATTACK: Duration = Duration::from_millis(60);
/// A pause shorter than this belongs to the sentence.
const HANG: Duration = Duration::from_millis(500);
/// With DTX a silent microphone sends a packet every 200 to 400 ms: a gap this long is a pause.
const GAP: Duration = Duration::from_millis(160);
/// The floor is the quietest of the last `BINS` stretches of `BIN` each. Speech dips to the noise several times in this span, a fan does not.
const BIN: Duration = Duration::from_millis(200);
const BINS: usize = 10;

/// Talk time of one microphone.
#[derive(Debug, Clone)]
pub struct Talk {
    floor: Floor,
    /// The last level, in dB below full scale.
    level: u8,
    last_packet: Option<Instant>,
    /// Start of the sound that may become speech.
    rising: Option<Instant>,
    /// Up to here the present speech is counted already.
    counted_to: Option<Instant>,
    last_voice: Option<Instant>,
    pending: Duration,
}

impl Default for Talk {
    fn default() -> Self {
        Talk {
            floor: Floor::default(),
            level: 127,
            last_packet: None,
            rising: None,
            counted_to: None,
            last_voice: None,
            pending: Duration::ZERO,
        }
    }
}

impl Talk {
    /// One audio packet arrived with this level (0..=127 dB below full scale).
    pub fn packet(&mut self, now: Instant, level: u8) {
        self.tick(now);
        let gap = self.last_packet.is_none_or(|at| now.saturating_duration_since(at) > GAP);
        let level = level.min(127);
        self.floor.feed(now, f32::from(level));
        self.level = level;
        self.last_packet = Some(now);
        let threshold = if self.speaking() { self.floor.threshold(FALL) } else { self.floor.threshold(RISE) };
        if f32::from(level) > threshold {
            self.rising = None;
            return;
        }
        self.last_voice = Some(now);
        if let Some(from) = self.counted_to {
            // The pause since the last voiced packet was shorter than HANG, or `tick` had ended the speech.
            self.pending += now.saturating_duration_since(from);
            self.counted_to = Some(now);
            return;
        }
        let since = match self.rising {
            Some(since) if !gap => since,
            _ => *self.rising.insert(now),
        };
        if now.saturating_duration_since(since) >= ATTACK {
            self.pending += now.saturating_duration_since(since);
            self.counted_to = Some(now);
            self.rising = None;
        }
    }

    /// Ends speech that has paused. Call it at least a few times a second.
    pub fn tick(&mut self, now: Instant) {
        let paused = self.last_voice.is_none_or(|at| now.saturating_duration_since(at) > HANG);
        if paused {
            self.counted_to = None;
        }
        if self.last_packet.is_none_or(|at| now.saturating_duration_since(at) > HANG) {
            self.level = 127;
            self.rising = None;
        }
    }

    /// Muted, gone or elsewhere: speech ends now, and what was counted stays counted.
    pub fn stop(&mut self) {
        self.counted_to = None;
        self.rising = None;
        self.last_voice = None;
        self.last_packet = None;
        self.level = 127;
    }

    pub fn speaking(&self) -> bool {
        self.counted_to.is_some()
    }

    /// 0..=127 dB below full scale; 127 when nothing arrives.
    pub fn level(&self) -> u8 {
        self.level
    }

    /// Whole milliseconds counted since the last call; the rest is kept for the next.
    pub fn take_ms(&mut self) -> u32 {
        let ms = self.pending.as_millis().min(u128::from(u32::MAX)) as u32;
        self.pending -= Duration::from_millis(u64::from(ms));
        ms
    }
}

/// The level of the room when nobody speaks into the microphone.
#[derive(Debug, Clone, Default)]
struct Floor {
    bins: std::collections::VecDeque<f32>,
    bin_start: Option<Instant>,
    sum: f32,
    count: u32,
}

impl Floor {
    fn feed(&mut self, now: Instant, level: f32) {
        let start = *self.bin_start.get_or_insert(now);
        if now.saturating_duration_since(start) >= BIN && self.count > 0 {
            self.bins.push_back(self.sum / self.count as f32);
            if self.bins.len() > BINS {
                self.bins.pop_front();
            }
            self.bin_start = Some(now);
            self.sum = 0.0;
            self.count = 0;
        }
        self.sum += level;
        self.count += 1;
    }

    /// Levels at or below this many dB under full scale count as voice.
    fn threshold(&self, above_floor: f32) -> f32 {
        // Until the window is full the noise is unknown, and a first word must not be lost to that.
        let floor = if self.bins.len() < BINS { 127.0 } else { self.bins.iter().copied().fold(0.0, f32::max) };
        (floor - above_floor).clamp(ALWAYS_SPEECH, QUIETEST_SPEECH)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const FRAME: Duration = Duration::from_millis(20);

    /// Plays `(milliseconds, level)` pieces; level 200 means that no packet is sent (DTX).
    fn play(talk: &mut Talk, start: Instant, pieces: &[(u64, u8)]) -> Instant {
        let mut now = start;
        for &(ms, level) in pieces {
            let end = now + Duration::from_millis(ms);
            while now < end {
                if level == 200 {
                    talk.tick(now)
                } else {
                    talk.packet(now, level)
                }
                now += FRAME;
            }
        }
        now
    }

    #[test]
    fn silence_is_nothing() {
        let mut talk = Talk::default();
        play(&mut talk, Instant::now(), &[(60_000, 127), (60_000, 75)]);
        assert_eq!(talk.take_ms(), 0);
        assert!(!talk.speaking());
    }

    #[test]
    fn pauses_inside_a_sentence_count_and_the_end_does_not() {
        let mut talk = Talk::default();
        play(&mut talk, Instant::now(), &[(1000, 90), (2000, 30), (300, 90), (2000, 30), (5000, 90)]);
        let ms = talk.take_ms();
        assert!((4200..=4320).contains(&ms), "{ms}");
        assert!(!talk.speaking());
    }

    #[test]
    fn a_click_is_not_speech() {
        let mut talk = Talk::default();
        play(&mut talk, Instant::now(), &[(1000, 90), (40, 20), (1000, 90), (40, 20), (1000, 90)]);
        assert_eq!(talk.take_ms(), 0);
    }

    #[test]
    fn a_gap_of_dtx_ends_speech() {
        let mut talk = Talk::default();
        let now = play(&mut talk, Instant::now(), &[(1000, 90), (1000, 30)]);
        assert!(talk.speaking());
        play(&mut talk, now, &[(700, 200)]);
        assert!(!talk.speaking());
        assert!((950..=1000).contains(&talk.take_ms()));
    }

    #[test]
    fn a_fan_becomes_the_floor_and_speech_above_it_counts() {
        let mut talk = Talk::default();
        let now = play(&mut talk, Instant::now(), &[(10_000, 80), (60_000, 50)]);
        assert!(talk.take_ms() <= 2400);
        assert!(!talk.speaking());
        play(&mut talk, now, &[(3000, 30), (3000, 50)]);
        let ms = talk.take_ms();
        assert!((2900..=3100).contains(&ms), "{ms}");
    }

    #[test]
    fn a_long_loud_sound_counts_whole() {
        let mut talk = Talk::default();
        play(&mut talk, Instant::now(), &[(30_000, 25)]);
        assert!(talk.take_ms() > 29_900);
    }

    #[test]
    fn stopping_ends_at_once() {
        let mut talk = Talk::default();
        let now = play(&mut talk, Instant::now(), &[(1000, 30)]);
        talk.stop();
        assert!(!talk.speaking());
        assert_eq!(talk.level(), 127);
        let before = talk.take_ms();
        play(&mut talk, now, &[(1000, 200)]);
        assert_eq!(talk.take_ms(), 0);
        assert!(before > 900);
    }

    /// Ten minutes of turns and pauses with syllables, room noise and DTX: the promise is 2 s per person.
    fn script() -> impl Strategy<Value = Vec<(u64, bool)>> {
        proptest::collection::vec((600u64..20_000, any::<bool>()), 40..80)
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]
        #[test]
        fn error_stays_below_two_seconds_in_ten_minutes(turns in script(), noise in 62u8..90, loud in 18u8..42, dtx: bool, seed: u64) {
            let mut talk = Talk::default();
            let mut now = Instant::now();
            let (mut truth, mut total, mut dice) = (0u64, 0u64, seed | 1);
            for (ms, speech) in turns {
                if total > 600_000 { break; }
                total += ms;
                truth += if speech { ms } else { 0 };
                let end = now + Duration::from_millis(ms);
                let mut packets = 0u32;
                while now < end {
                    dice = dice.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
                    let wobble = ((dice >> 33) % 7) as u8;
                    // A syllable of 160 ms, then 60 ms near the noise.
                    let voiced = speech && (packets % 11 < 8 || packets < 4);
                    if voiced {
                        talk.packet(now, loud + wobble);
                    } else if speech || !dtx || packets.is_multiple_of(20) {
                        talk.packet(now, noise + wobble);
                    } else {
                        talk.tick(now);
                    }
                    packets += 1;
                    now += FRAME;
                }
            }
            let counted = i64::from(talk.take_ms());
            // Pauses shorter than HANG between two turns count as one turn; here every pause is at least 600 ms.
            prop_assert!((counted - truth as i64).abs() <= 2000, "counted {counted} of {truth}");
        }

        #[test]
        fn never_counts_more_than_time_that_passed(packets in proptest::collection::vec((0u64..400, 0u8..=127), 1..400)) {
            let mut talk = Talk::default();
            let start = Instant::now();
            let mut now = start;
            for (ms, level) in packets {
                now += Duration::from_millis(ms);
                talk.packet(now, level);
            }
            prop_assert!(u128::from(talk.take_ms()) <= now.duration_since(start).as_millis());
        }

        /// The room asks five times a second; what it adds up must be what one question at the end would have said.
        #[test]
        fn asking_often_neither_loses_nor_makes_time(pieces in proptest::collection::vec((100u64..3_000, 15u8..120), 1..40), every in 1u64..40) {
            let (mut often, mut once, mut now) = (Talk::default(), Talk::default(), Instant::now());
            let (mut sum, mut packets) = (0u64, 0u64);
            for (ms, level) in pieces {
                for _ in 0..ms / 20 {
                    [&mut often, &mut once].into_iter().for_each(|talk| talk.packet(now, level));
                    now += FRAME;
                    packets += 1;
                    if packets.is_multiple_of(every) {
                        sum += u64::from(often.take_ms());
                    }
                }
            }
            prop_assert_eq!(often.speaking(), once.speaking());
            prop_assert_eq!(sum + u64::from(often.take_ms()), u64::from(once.take_ms()));
        }
    }
}
