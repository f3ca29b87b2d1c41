//! What the line to one client carries.
//!
//! Receivers report an estimate (REMB) and their losses. The estimate of an idle line says little, since receivers never report
//! much more than they get: so a line without signs of trouble may be tried with more, and trouble takes it back.

use std::time::{Duration, Instant};

/// An estimate older than this is void.
const FRESH: Duration = Duration::from_secs(10);
/// After trouble nothing is tried for this long.
const REST: Duration = Duration::from_secs(12);
/// Losing more than this is congestion, losing less than `CALM` is not.
const TROUBLE: f32 = 0.10;
const CALM: f32 = 0.02;
/// How many times the present rate may be tried.
const TRY: u64 = 3;

#[derive(Debug, Clone, Default)]
pub(crate) struct Line {
    reported: Option<(Instant, u64)>,
    /// Bits per second that losses have shown to be too much.
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
        // Less than what it is being sent: the queue before it grows.
        if bits < self.sent * 17 / 20 {
            self.troubled = Some(now);
        }
        self.reported = Some((now, bits));
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
        if self.reports == 0 {
            return;
        }
        let loss = self.losses / self.reports as f32;
        (self.losses, self.reports) = (0.0, 0);
        if loss > TROUBLE {
            let kept = (self.sent as f32 * (1.0 - loss / 2.0)) as u64;
            self.cap = Some(self.cap.map_or(kept, |cap| cap.min(kept)));
            self.troubled = Some(now);
        } else if loss < CALM {
            let raised = self.cap.map(|cap| cap + cap / 12);
            self.cap = raised.filter(|cap| *cap < self.sent * TRY + 1_000_000);
        }
    }

    /// Bits per second that may be sent, or `None` when nothing speaks against any.
    pub fn budget(&self, now: Instant) -> Option<u64> {
        let resting = self.troubled.is_some_and(|at| now.saturating_duration_since(at) < REST);
        let fresh = self.reported.filter(|(at, _)| now.saturating_duration_since(*at) < FRESH);
        let reported = fresh.map(|(_, bits)| if resting { bits } else { bits.max(self.sent * TRY) });
        match (reported, self.cap) {
            (Some(reported), Some(cap)) => Some(reported.min(cap)),
            (one, other) => one.or(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
        assert_eq!(line.budget(now), None);
    }

    #[test]
    fn an_idle_line_may_be_tried_and_a_full_one_not() {
        let (mut line, mut now) = (Line::default(), Instant::now());
        run(&mut line, &mut now, 3, 12_500, None);
        line.reported(now, 150_000);
        assert_eq!(line.budget(now), Some(300_000));
        run(&mut line, &mut now, 3, 37_500, None);
        line.reported(now, 200_000);
        assert_eq!(line.budget(now), Some(200_000), "the report was below what is sent");
        run(&mut line, &mut now, 9, 25_000, None);
        line.reported(now, 220_000);
        assert_eq!(line.budget(now), Some(220_000), "still resting");
        now += Duration::from_secs(11);
        assert_eq!(line.budget(now), None, "an old report is void");
    }

    #[test]
    fn losses_take_and_calm_gives_back() {
        let (mut line, mut now) = (Line::default(), Instant::now());
        run(&mut line, &mut now, 3, 125_000, Some(0.0));
        run(&mut line, &mut now, 2, 125_000, Some(0.2));
        let cut = line.budget(now).unwrap();
        assert!((880_000..=920_000).contains(&cut), "{cut}");
        run(&mut line, &mut now, 2, 100_000, Some(0.05));
        let cut = line.budget(now).unwrap().min(cut);
        run(&mut line, &mut now, 5, 100_000, Some(0.05));
        assert_eq!(line.budget(now), Some(cut), "small losses are borne");
        run(&mut line, &mut now, 30, 100_000, Some(0.0));
        assert_eq!(line.budget(now), None);
    }
}
