//! What each person in the circle has been sent: a view, then patches, numbered so that a socket can go on where it stopped.

use std::collections::VecDeque;

use room::{
    At, View,
    wire::{Drawn, FromRoom},
};
use serde_json::Value;
use tokio::sync::mpsc;

use super::delta::delta;

/// Patches kept for a socket that comes back.
const KEPT: usize = 128;

/// One person's line of messages; it outlives their socket.
#[derive(Debug)]
pub struct Stream {
    seq: u32,
    last: Option<Value>,
    kept: VecDeque<(u32, Value)>,
    /// The state of the whiteboard that this socket was told last.
    pub drawn: Option<Drawn>,
    pub socket: Option<Socket>,
}

/// An open socket, as the room sees it.
#[derive(Debug, Clone)]
pub struct Socket {
    /// Tells this socket from an older one of the same person.
    pub number: u64,
    pub person: i64,
    pub out: mpsc::Sender<FromRoom>,
}

impl Socket {
    /// A socket that does not keep up is dropped by closing its channel; it comes back and resumes.
    pub fn send(&self, message: FromRoom) -> bool {
        self.out.try_send(message).is_ok()
    }
}

impl Default for Stream {
    /// Numbers begin anywhere, so that a socket from before a restart is never taken for one of this life.
    fn default() -> Stream {
        Stream { seq: u32::from_le_bytes(ground::seal::random()) >> 1, last: None, kept: VecDeque::new(), drawn: None, socket: None }
    }
}

impl Stream {
    /// Greets a socket: only what it missed if that is still known, and then it says true, else the whole view.
    pub fn greet(&mut self, since: Option<u32>, view: View, seats: u8, now: At) -> bool {
        let Some(socket) = self.socket.clone() else { return false };
        let resumes = since.is_some_and(|since| self.last.is_some() && since <= self.seq && self.kept_from() <= since.saturating_add(1));
        if let (true, Some(since)) = (resumes, since) {
            let missed = self.kept.iter().filter(|(seq, _)| *seq > since);
            let sent = missed.clone().all(|(seq, patch)| socket.send(FromRoom::Patch { seq: *seq, now, patch: patch.clone() }));
            return sent && self.update(view, now) && socket.send(FromRoom::Pong { nonce: 0, now });
        }
        let Ok(value) = serde_json::to_value(&view) else { return false };
        self.seq += 1;
        self.last = Some(value);
        self.kept.clear();
        socket.send(FromRoom::View { seq: self.seq, now, seats, view: Box::new(view) });
        false
    }

    /// Sends what changed, if anything did. False if the socket does not keep up.
    pub fn update(&mut self, view: View, now: At) -> bool {
        let (Some(last), Ok(new)) = (&self.last, serde_json::to_value(&view)) else { return true };
        let Some(patch) = delta(last, &new) else { return true };
        self.seq += 1;
        self.last = Some(new);
        self.kept.push_back((self.seq, patch.clone()));
        if self.kept.len() > KEPT {
            self.kept.pop_front();
        }
        self.socket.as_ref().is_none_or(|socket| socket.send(FromRoom::Patch { seq: self.seq, now, patch }))
    }

    /// The first sequence number that could be sent again.
    fn kept_from(&self) -> u32 {
        self.kept.front().map_or(self.seq + 1, |(seq, _)| *seq)
    }
}
