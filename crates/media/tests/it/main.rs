//! The engine and its clients on a network in memory: no sockets, no clock.

#![allow(clippy::unwrap_used, reason = "helpers of tests are not marked as tests")]

mod flow;
mod fuzzed;
mod harm;
mod seeds;
mod sim;
mod sockets;
mod ways;
