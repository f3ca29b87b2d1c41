//! What a fuzzer may feed: the same here, over the committed seeds, and in `fuzz/`, over what it finds.

use std::cell::RefCell;
use std::net::SocketAddr;

use media::{Command, MediaEvent, Refusal};
use tokio::sync::oneshot;

use crate::sim::Sim;

thread_local! {
    /// One engine for many tries, as a server has: a connection of its own for each try would be all that a fuzzer does.
    static LIVED_IN: RefCell<Sim> = RefCell::new(lived_in());
}

fn lived_in() -> Sim {
    let mut sim = Sim::new(2);
    sim.join(1, 0, 2);
    sim.run(40);
    sim
}

/// An offer for a seat and for the door's test, as text. Nothing but an answer or a refusal may come of it.
pub fn offer(text: &str) {
    LIVED_IN.with_borrow_mut(|sim| {
        let answer = sim.offer(2, 0, 2, text.to_owned());
        assert!(!matches!(answer, Err(Refusal::Seat | Refusal::Closed)), "{answer:?}");
        let (reply, mut probed) = oneshot::channel();
        sim.command(Command::Probe { offer: text.to_owned(), reply });
        assert!(probed.try_recv().is_ok(), "the asker is always answered");
        sim.run(1);
        unharmed(sim);
    });
}

/// Datagrams from a stranger and from the address of somebody inside; each begins with its length in one byte.
pub fn datagrams(mut bytes: &[u8]) {
    LIVED_IN.with_borrow_mut(|sim| {
        let known = sim.clients[0].path.address;
        let stranger = SocketAddr::from(([203, 0, 113, 9], 1));
        let mut from_inside = false;
        while let Some((length, rest)) = bytes.split_first() {
            let (datagram, left) = rest.split_at(usize::from(*length).min(rest.len()));
            sim.garbage(if from_inside { known } else { stranger }, datagram);
            from_inside = !from_inside;
            bytes = left;
        }
        sim.run(1);
        unharmed(sim);
    });
}

fn unharmed(sim: &Sim) {
    assert!(sim.engine.figures().rooms >= 1, "the room is still there");
    assert!(sim.events.iter().all(|(_, event)| !matches!(event, MediaEvent::Failed { room: 1 })));
}
