//! Synthetic members: they join by the public protocol, with real speech and moving pictures.
//!
//! They know nothing of the server but what a browser knows. Everything here talks to this machine only.

mod client;
mod clip;
mod home;
mod load;
mod received;
mod video;

pub use client::{Client, Trouble};
pub use clip::{Face, Voice};
pub use home::{NotHome, at_home};
pub use load::{Load, Report};
pub use received::{Delays, Received};
