//! What the line to one client carries.
//!
//! Receivers report an estimate (REMB) and their losses. The estimate itself is no budget: Chromium's starts at a fraction of what the
//! line carries and rises by 8 % a second. But it falls when the queue before the receiver grows: falling again and again below
//! what is being sent is a sign of trouble, as heavy losses are.
//! Without trouble everything may be tried; trouble sets a cap, which rises again while it is calm.

use std::time::{Duration, Instant};

/// Losing more than this is congestion, losing less than `CALM` is not.
const TROUBLE: f32 = 0.10;
const CALM: f32 = 0.02;
/// Two falls of the estimate within this time are trouble. One alone comes with every start.
const SOON: Duration = Duration::from_secs(5);
/// After trouble the cap does not rise for this long.
const REST: Duration = Duration::from_secs(5);
/// Bits per second below which no cap goes: a few small pictures.
const LEAST: u64 = 200_000;

#[derive(Debug, Clone, Default)]
pub(crate) struct Line {
    reported: Option<u64>,
    fell: Option<Instant>,
    /// Bits per second that were too much.
    cap: Option<u64>,
    troubled: Option<Instant>,
    sent_bytes: u64,
    sent_since: Option<Instant>,
    sent: u64,
    losses: f32,
    reports: u32,
}

impl Line {
    pub fn sent(&mut self, bytes: usize) {
        self.sent_bytes += bytes as u64;
    }

    /// The receiver estimates its line to carry this many bits per second.
    pub fn reported(&mut self, now: Instant, bits: u64) {
        let fell = self.reported.replace(bits).is_some_and(|before| bits < before - before / 32);
        if !fell || bits >= self.sent {
            return;
        }
        let again = self.fell.replace(now).is_some_and(|at| now.saturating_duration_since(at) < SOON);
        if again {
            self.trouble(now, bits);
        }
    }

    /// A receiver report lost this share (0..=1) of one stream.
    pub fn lost(&mut self, share: f32) {
        self.losses += share.clamp(0.0, 1.0);
        self.reports += 1;
    }

    /// Call a few times a second.
    pub fn beat(&mut self, now: Instant) {
        let since = *self.sent_since.get_or_insert(now);
        let passed = now.saturating_duration_since(since).as_millis() as u64;
        if passed < 1000 {
            return;
        }
        self.sent = self.sent_bytes * 8_000 / passed;
        self.sent_bytes = 0;
        self.sent_since = Some(now);
        let loss = if self.reports > 0 { self.losses / self.reports as f32 } else { 0.0 };
        (self.losses, self.reports) = (0.0, 0);
        let rested = self.troubled.is_none_or(|at| now.saturating_duration_since(at) >= REST);
        if loss > TROUBLE {
            self.trouble(now, (self.sent as f32 * (1.0 - loss / 2.0)) as u64);
        } else if loss < CALM && rested {
            let raised = self.cap.map(|cap| cap + cap / 12);
            // A cap far above what is sent says nothing any more.
            self.cap = raised.filter(|cap| *cap < self.sent * 3 + 1_000_000);
        }
    }

    fn trouble(&mut self, now: Instant, bits: u64) {
        let bits = bits.max(LEAST);
        self.cap = Some(self.cap.map_or(bits, |cap| cap.min(bits)));
        self.troubled = Some(now);
    }

    /// Bits per second that may be sent, or `None` when nothing speaks against any.
    pub fn budget(&self) -> Option<u64> {
        self.cap
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn run(line: &mut Line, now: &mut Instant, seconds: u64, bytes: usize, loss: Option<f32>) {
        for _ in 0..seconds * 5 {
            line.sent(bytes / 5);
            *now += Duration::from_millis(200);
            if let Some(loss) = loss {
                line.lost(loss);
            }
            line.beat(*now);
        }
    }

    #[test]
    fn free_until_something_speaks_against_it() {
        let (mut line, mut now) = (Line::default(), Instant::now());
        run(&mut line, &mut now, 10, 100_000, Some(0.0));
        assert_eq!(line.budget(), None);
    }

    #[test]
    fn one_fall_of_the_estimate_is_nothing_and_two_are() {
        let (mut line, mut now) = (Line::default(), Instant::now());
        run(&mut line, &mut now, 3, 125_000, None);
        for bits in [300_000, 80_000, 90_000, 100_000, 110_000, 900_000] {
            line.reported(now, bits);
        }
        assert_eq!(line.budget(), None);
        line.reported(now, 300_000);
        assert_eq!(line.budget(), Some(300_000));
        run(&mut line, &mut now, 4, 37_500, Some(0.0));
        assert_eq!(line.budget(), Some(300_000), "still resting");
        run(&mut line, &mut now, 40, 37_500, Some(0.0));
        assert_eq!(line.budget(), None);
    }

    #[test]
    fn no_cap_is_below_a_few_small_pictures() {
        let (mut line, mut now) = (Line::default(), Instant::now());
        run(&mut line, &mut now, 3, 125_000, None);
        (0..3).for_each(|n| line.reported(now, 30_000 - 5_000 * n));
        assert_eq!(line.budget(), Some(LEAST));
        run(&mut line, &mut now, 3, 20_000, Some(0.9));
        assert_eq!(line.budget(), Some(LEAST));
    }

    #[test]
    fn losses_take_and_calm_gives_back() {
        let (mut line, mut now) = (Line::default(), Instant::now());
        run(&mut line, &mut now, 3, 125_000, Some(0.0));
        run(&mut line, &mut now, 2, 125_000, Some(0.2));
        let cut = line.budget().unwrap();
        assert!((880_000..=920_000).contains(&cut), "{cut}");
        run(&mut line, &mut now, 2, 100_000, Some(0.05));
        let cut = line.budget().unwrap().min(cut);
        run(&mut line, &mut now, 5, 100_000, Some(0.05));
        assert_eq!(line.budget(), Some(cut), "small losses are borne");
        run(&mut line, &mut now, 30, 100_000, Some(0.0));
        assert_eq!(line.budget(), None);
    }

    #[test]
    fn falls_far_apart_or_above_what_is_sent_are_no_trouble() {
        let (mut line, mut now) = (Line::default(), Instant::now());
        run(&mut line, &mut now, 3, 125_000, None);
        for bits in [900_000, 800_000, 700_000] {
            line.reported(now, bits);
            run(&mut line, &mut now, 6, 125_000, None);
        }
        assert_eq!(line.budget(), None, "the falls had time to be forgotten");
        for bits in [9_000_000, 6_000_000, 3_000_000, 2_000_000] {
            line.reported(now, bits);
        }
        assert_eq!(line.budget(), None, "the line carries more than it is asked to");
    }

    #[test]
    fn a_small_fall_is_the_estimate_breathing() {
        let (mut line, mut now) = (Line::default(), Instant::now());
        run(&mut line, &mut now, 3, 125_000, None);
        (0..20).for_each(|n| line.reported(now, 900_000 - 1_000 * n));
        assert_eq!(line.budget(), None);
    }

    proptest! {
        /// Whatever receivers say: small pictures stay possible, and for a while after trouble nothing larger is tried.
        #[test]
        fn no_report_starves_a_line_or_makes_it_hasty(says in proptest::collection::vec((0u64..3_000_000, -0.5f32..1.5, 0usize..400_000), 1..120)) {
            let (mut line, mut now) = (Line::default(), Instant::now());
            let mut fell: Option<Instant> = None;
            for (bits, loss, bytes) in says {
                let before = line.budget();
                line.reported(now, bits);
                run(&mut line, &mut now, 1, bytes, Some(loss));
                let after = line.budget();
                prop_assert!(after.is_none_or(|cap| cap >= LEAST));
                if after.unwrap_or(u64::MAX) < before.unwrap_or(u64::MAX) {
                    fell = Some(now);
                } else if after != before {
                    prop_assert!(fell.is_some_and(|at| now - at >= REST - Duration::from_secs(1)), "raised too soon");
                }
            }
        }
    }
}
