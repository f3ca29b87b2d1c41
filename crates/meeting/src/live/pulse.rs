//! A room that does not come to rest is given up: its people are back in a moment in a room rebuilt from its stored events,
//! and nobody in another room notices.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use tokio::{sync::watch, time::Instant};

/// The work of a whole evening takes milliseconds. What takes this long does not end.
const STUCK: Duration = Duration::from_secs(5);
const RESTING: u64 = 0;
const GIVEN_UP: u64 = u64::MAX;

/// What a room is doing, readable from outside its task.
#[derive(Debug, Clone)]
pub struct Pulse {
    born: Instant,
    /// Milliseconds after `born` when the present work began, or one of the two words above.
    busy: Arc<AtomicU64>,
    given_up: watch::Sender<bool>,
}

impl Pulse {
    pub fn new() -> Pulse {
        Pulse { born: Instant::now(), busy: Arc::new(AtomicU64::new(RESTING)), given_up: watch::Sender::new(false) }
    }

    /// Does the room's work on a thread that the program can spare. `None` when the room was given up meanwhile: another has taken
    /// its place, and what this one thought must not be stored any more.
    pub fn during<T>(&self, work: impl FnOnce() -> T) -> Option<T> {
        let begun = self.elapsed();
        self.busy.compare_exchange(RESTING, begun, Ordering::AcqRel, Ordering::Acquire).ok()?;
        let rest = Rest(self, begun);
        let done = tokio::task::block_in_place(work);
        rest.comes().then_some(done)
    }

    /// True once, when this room has been at one piece of work for too long. From then on it counts no more.
    pub fn give_up_if_stuck(&self) -> bool {
        let busy = self.busy.load(Ordering::Acquire);
        if busy == RESTING || busy == GIVEN_UP || self.elapsed().saturating_sub(busy) < STUCK.as_millis() as u64 {
            return false;
        }
        // It may have come to rest in this very moment.
        let stuck = self.busy.compare_exchange(busy, GIVEN_UP, Ordering::AcqRel, Ordering::Acquire).is_ok();
        if stuck {
            self.given_up.send_replace(true);
        }
        stuck
    }

    /// Waits until the room is given up.
    pub async fn given_up(&self) {
        let mut given_up = self.given_up.subscribe();
        // We hold a sender ourselves, so this only ends with the word.
        let _ = given_up.wait_for(|gone| *gone).await;
    }

    fn elapsed(&self) -> u64 {
        self.born.elapsed().as_millis() as u64 + 1
    }
}

/// Work in progress. A panic in it ends the task by itself, and the room must not look busy after that.
struct Rest<'a>(&'a Pulse, u64);

impl Rest<'_> {
    fn comes(&self) -> bool {
        self.0.busy.compare_exchange(self.1, RESTING, Ordering::AcqRel, Ordering::Acquire).is_ok()
    }
}

impl Drop for Rest<'_> {
    fn drop(&mut self) {
        self.comes();
    }
}
