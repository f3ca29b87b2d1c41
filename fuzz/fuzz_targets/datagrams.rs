//! Whatever arrives at the media port. The body stands with the tests of `media`, which run it over the committed seeds.
#![no_main]
#![allow(dead_code, reason = "the tests use more of these")]

#[path = "../../crates/media/tests/it/fuzzed.rs"]
mod fuzzed;
#[path = "../../crates/media/tests/it/sim.rs"]
mod sim;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzzed::datagrams(bytes));
