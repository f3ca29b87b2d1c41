//! What a fuzzer may feed: the same here, over the committed seeds, and in `fuzz/`, over what it finds.

use std::net::SocketAddr;

use media::{Command, Refusal};
use tokio::sync::oneshot;

use crate::sim::Sim;

/// An offer for a seat and for the door's test, as text. Nothing but an answer or a refusal may come of it.
pub fn offer(text: &str) {
    let mut sim = Sim::new(1);
    let answer = sim.offer(1, 0, 2, text.to_owned());
    assert!(!matches!(answer, Err(Refusal::Seat | Refusal::Closed)), "{answer:?}");
    let (reply, mut probed) = oneshot::channel();
    sim.command(Command::Probe { offer: text.to_owned(), reply });
    assert!(probed.try_recv().is_ok(), "the asker is always answered");
    sim.run(5);
}

/// Datagrams from a stranger and from the address of somebody inside; each begins with its length in one byte.
pub fn datagrams(mut bytes: &[u8]) {
    let mut sim = Sim::new(2);
    let inside = sim.join(1, 0, 2);
    sim.run(40);
    let known = sim.clients[inside].path.address;
    let stranger = SocketAddr::from(([203, 0, 113, 9], 1));
    let mut from_inside = false;
    while let Some((length, rest)) = bytes.split_first() {
        let (datagram, left) = rest.split_at(usize::from(*length).min(rest.len()));
        sim.garbage(if from_inside { known } else { stranger }, datagram);
        from_inside = !from_inside;
        bytes = left;
    }
    sim.run(5);
    assert_eq!(sim.engine.figures().rooms, 1, "the room is still there");
}
