//! What came in from one seat.

use std::time::{Duration, Instant};

/// Counts of one seat's two lines.
#[derive(Debug, Clone, Default)]
pub struct Received {
    pub audio: Line,
    pub video: Line,
    /// Pictures that were complete enough to end (marker bit seen).
    pub frames: u64,
}

/// One line.
#[derive(Debug, Clone, Default)]
pub struct Line {
    pub packets: u64,
    pub bytes: u64,
    first: Option<u64>,
    last: u64,
    at: Option<Instant>,
    /// The longest time without a packet.
    pub longest_gap: Duration,
}

impl Line {
    pub(crate) fn packet(&mut self, now: Instant, seq: u64, bytes: usize) {
        self.packets += 1;
        self.bytes += bytes as u64;
        let first = *self.first.get_or_insert(seq);
        self.first = Some(first.min(seq));
        self.last = self.last.max(seq);
        if let Some(at) = self.at.replace(now) {
            self.longest_gap = self.longest_gap.max(now.saturating_duration_since(at));
        }
    }

    /// Packets that never came, retransmissions considered.
    pub fn lost(&self) -> u64 {
        self.first.map_or(0, |first| (self.last - first + 1).saturating_sub(self.packets))
    }
}

/// How long packets took, in buckets of a twentieth of a millisecond.
#[derive(Debug, Clone)]
pub struct Delays {
    buckets: Vec<u32>,
    count: u64,
}

const BUCKET: Duration = Duration::from_micros(50);

impl Default for Delays {
    fn default() -> Self {
        Delays { buckets: vec![0; 4000], count: 0 }
    }
}

impl Delays {
    pub fn add(&mut self, delay: Duration) {
        let bucket = (delay.as_micros() / BUCKET.as_micros()) as usize;
        let last = self.buckets.len() - 1;
        self.buckets[bucket.min(last)] += 1;
        self.count += 1;
    }

    pub fn merge(&mut self, other: &Delays) {
        self.buckets.iter_mut().zip(&other.buckets).for_each(|(mine, theirs)| *mine += theirs);
        self.count += other.count;
    }

    pub fn count(&self) -> u64 {
        self.count
    }

    /// The delay that `share` (0..=1) of the packets did not exceed, rounded up to 50 us; at most 200 ms.
    pub fn quantile(&self, share: f64) -> Duration {
        let wanted = (self.count as f64 * share).ceil() as u64;
        let mut seen = 0;
        for (bucket, count) in self.buckets.iter().enumerate() {
            seen += u64::from(*count);
            if seen >= wanted {
                return BUCKET * (bucket as u32 + 1);
            }
        }
        BUCKET * self.buckets.len() as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn losses_and_gaps() {
        let start = Instant::now();
        let mut line = Line::default();
        for (ms, seq) in [(0, 10), (20, 12), (40, 11), (300, 14)] {
            line.packet(start + Duration::from_millis(ms), seq, 100);
        }
        assert_eq!((line.lost(), line.longest_gap, line.bytes), (1, Duration::from_millis(260), 400));
        assert_eq!(Line::default().lost(), 0);
    }

    #[test]
    fn quantiles() {
        let mut delays = Delays::default();
        (0..100).for_each(|n| delays.add(Duration::from_micros(100 * n)));
        delays.add(Duration::from_secs(9));
        assert!((4.9..5.3).contains(&(delays.quantile(0.5).as_secs_f64() * 1000.0)));
        assert_eq!(delays.quantile(1.0), Duration::from_millis(200));
    }

    #[test]
    fn a_packet_sent_again_is_not_lost_and_one_that_came_twice_hides_no_other() {
        let start = Instant::now();
        let mut line = Line::default();
        for seq in [5, 6, 8, 7, 9] {
            line.packet(start, seq, 10);
        }
        assert_eq!((line.lost(), line.packets, line.longest_gap), (0, 5, Duration::ZERO));
        line.packet(start, 20, 10);
        assert_eq!(line.lost(), 10);
        line.packet(start, 3, 10);
        assert_eq!(line.lost(), 11, "one from before the first tells of another that never came");
    }

    #[test]
    fn delays_of_two_lines_are_one_picture() {
        let (mut one, mut two) = (Delays::default(), Delays::default());
        one.add(Duration::from_millis(1));
        two.add(Duration::from_millis(100));
        one.merge(&two);
        assert_eq!((one.count(), two.count(), Delays::default().count()), (2, 1, 0));
        let close = |share: f64, ms: f64| (one.quantile(share).as_secs_f64() * 1_000.0 - ms).abs() <= 0.051;
        assert!(close(0.5, 1.0) && close(1.0, 100.0));
    }
}
