//! The whole program over HTTP and its sockets: who may what, what leaks, what holds.
#![allow(clippy::unwrap_used)]

mod accounts;
mod appointments;
mod calendar;
mod canary;
mod canary_joining;
mod catalogue;
mod digest;
mod documents;
mod doors;
mod enrolment;
mod evening;
mod feed;
mod forms;
mod goals;
mod harness;
mod hostile;
mod licences;
mod links;
mod matrix;
mod measures;
mod money;
mod odd;
mod pages;
mod programmes;
mod public;
mod records;
mod reminders;
mod seats;
mod sink;
mod sockets;
mod state;
mod tasks;
