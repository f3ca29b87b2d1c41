//! The room machine by itself: sessions told as stories, invariants over thousands of command sequences.
#![allow(clippy::unwrap_used)]

mod agenda;
mod books;
mod cast;
mod commands;
mod fuzzed;
mod invariants;
mod numbered;
mod people;
mod prepared;
mod script;
mod seeds;
mod session;
mod talk_time;
mod tools;
mod wire;
