//! For tests only: a database of one's own on either engine, a browser without a screen, a push service, and a log that can be searched.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod browser;
mod bucket;
mod database;
mod log;
mod push_host;

pub use browser::{Browser, Page};
pub use bucket::TestBucket;
pub use database::{TestDatabase, data_dir};
pub use log::LogGuard;
pub use push_host::PushHost;
