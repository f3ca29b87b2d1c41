//! Synthetic members: they join by the public protocol, with real speech and moving pictures.
//!
//! They know nothing of the server but what a browser knows. Everything here talks to this machine only.

mod client;
mod clip;
mod home;
mod load;
mod member;
mod persona;
mod picture;
mod received;
mod video;
mod visit;
mod way;

pub use client::{Client, Trouble};
pub use clip::{Face, Voice};
pub use home::{NotHome, at_home};
pub use load::{Load, Report};
pub use member::{Act, Lead, Member};
pub use persona::{Persona, cast};
pub use picture::Picture;
pub use received::{Delays, Line, Received};
pub use visit::{Evening, attend, wait_at_door};
pub use way::{AtDoor, Lost, Way};
