//! The ways out, against a mail server on loopback that says what the test wants it to say.
#![allow(clippy::unwrap_used)]

mod outbox;
mod server;
mod smtp;
