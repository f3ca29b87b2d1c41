//! Counters for the operator. Nothing personal is in them.

use std::sync::atomic::{AtomicU64, Ordering};

/// What the media engine did since its start.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Figures {
    pub workers: Vec<WorkerFigures>,
}

/// One thread's share. Packets are UDP datagrams of every kind, bytes are their payload.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct WorkerFigures {
    pub packets_in: u64,
    pub packets_out: u64,
    pub bytes_in: u64,
    pub bytes_out: u64,
    /// From nobody known: dropped.
    pub strangers: u64,
    /// The socket's buffer was full: dropped.
    pub dropped: u64,
    pub rooms: u64,
    /// Connections in rooms.
    pub seats: u64,
    /// Media packets written to receivers, before retransmissions.
    pub forwarded: u64,
}

/// The same, shared with other threads.
#[derive(Debug, Default)]
pub(crate) struct Shown([AtomicU64; 9]);

impl Shown {
    pub fn show(&self, now: &WorkerFigures) {
        let WorkerFigures { packets_in, packets_out, bytes_in, bytes_out, strangers, dropped, rooms, seats, forwarded } = *now;
        let values = [packets_in, packets_out, bytes_in, bytes_out, strangers, dropped, rooms, seats, forwarded];
        for (cell, value) in self.0.iter().zip(values) {
            cell.store(value, Ordering::Relaxed);
        }
    }

    pub fn read(&self) -> WorkerFigures {
        let [packets_in, packets_out, bytes_in, bytes_out, strangers, dropped, rooms, seats, forwarded] =
            std::array::from_fn(|n| self.0[n].load(Ordering::Relaxed));
        WorkerFigures { packets_in, packets_out, bytes_in, bytes_out, strangers, dropped, rooms, seats, forwarded }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shown_is_read() {
        let figures = WorkerFigures {
            packets_in: 1,
            packets_out: 2,
            bytes_in: 3,
            bytes_out: 4,
            strangers: 5,
            dropped: 6,
            rooms: 7,
            seats: 8,
            forwarded: 9,
        };
        let shown = Shown::default();
        shown.show(&figures);
        assert_eq!(shown.read(), figures);
    }
}
