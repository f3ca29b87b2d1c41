//! The ways out, against servers on loopback that say what the test wants them to say.
#![allow(clippy::unwrap_used)]

mod bounce;
mod outbox;
mod push;
mod server;
mod sms;
mod smtp;
