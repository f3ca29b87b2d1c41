//! What a browser sends over a socket. The body stands with the tests of `room`, which run it over the committed seeds.
#![no_main]
#![allow(dead_code, reason = "the tests use more of these")]

#[path = "../../crates/room/tests/it/fuzzed.rs"]
mod fuzzed;
#[path = "../../crates/room/tests/it/script.rs"]
mod script;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzzed::message(&String::from_utf8_lossy(bytes)));
