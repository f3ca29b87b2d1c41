//! The room machine by itself: sessions told as stories, invariants over thousands of command sequences.
#![allow(clippy::unwrap_used)]

mod fuzzed;
mod invariants;
mod script;
mod seeds;
mod session;
mod wire;
