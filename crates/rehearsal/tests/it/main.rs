//! Synthetic members against the real room machine and the real media engine.

#![allow(clippy::unwrap_used, reason = "helpers of tests are not marked as tests")]

mod circle;
mod session;
