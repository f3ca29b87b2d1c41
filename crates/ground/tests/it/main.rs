//! What every area stands on, each part by itself on a database of its own.
#![allow(clippy::unwrap_used)]

mod audit;
mod bus;
mod files;
mod guards;
mod home;
mod jobs;
mod mail;
mod migrations;
mod palettes;
mod passwords;
mod policy;
mod push;
mod seal;
mod sign_in;
mod small;
mod words;
