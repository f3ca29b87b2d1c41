//! Socket tickets: fetched by POST with the cookie, used once, within thirty seconds.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
    time::Duration,
};

use ground::{Moment, seal};

const LASTS: Duration = Duration::from_secs(30);
/// Nobody needs more; the oldest fall out.
const MOST: usize = 10_000;

/// What a ticket is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ticket {
    pub session: i64,
    pub person: i64,
    pub sign_in: i64,
}

/// By the hash of the secret, with the moment until which it is good.
type Open = HashMap<Vec<u8>, (Ticket, Moment)>;

#[derive(Debug, Clone, Default)]
pub struct Tickets(Arc<Mutex<Open>>);

impl Tickets {
    pub fn issue(&self, ticket: Ticket, now: Moment) -> String {
        let secret = seal::random_token();
        if let Ok(mut open) = self.0.lock() {
            open.retain(|_, (_, ends_at)| *ends_at > now);
            if open.len() < MOST {
                open.insert(seal::hash(&secret), (ticket, now.plus(LASTS)));
            }
        }
        secret
    }

    /// Good once.
    pub fn redeem(&self, secret: &str, now: Moment) -> Option<Ticket> {
        let (ticket, ends_at) = self.0.lock().ok()?.remove(&seal::hash(secret))?;
        (ends_at > now).then_some(ticket)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ticket_works_once_and_not_for_long() {
        let tickets = Tickets::default();
        let ticket = Ticket { session: 1, person: 2, sign_in: 3 };
        let start = Moment(1_000_000);
        let secret = tickets.issue(ticket, start);
        assert_eq!(tickets.redeem(&secret, start), Some(ticket));
        assert_eq!(tickets.redeem(&secret, start), None);
        let late = tickets.issue(ticket, start);
        assert_eq!(tickets.redeem(&late, start.plus(LASTS)), None);
        assert_eq!(tickets.redeem("made up", start), None);
    }
}
