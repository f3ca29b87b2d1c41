//! The whole program over HTTP and its sockets: who may what, what leaks, what holds.
#![allow(clippy::unwrap_used)]

mod accounts;
mod canary;
mod evening;
mod harness;
mod matrix;
mod pages;
mod records;
mod sockets;
