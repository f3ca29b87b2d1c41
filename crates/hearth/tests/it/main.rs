//! The whole program over HTTP and its sockets: who may what, what leaks, what holds.
#![allow(clippy::unwrap_used)]

mod accounts;
mod appointments;
mod calendar;
mod canary;
mod canary_joining;
mod canary_week;
mod catalogue;
mod crisis;
mod desk;
mod digest;
mod documents;
mod doors;
mod enrolment;
mod evening;
mod feed;
mod forms;
mod goals;
mod guardian;
mod harness;
mod homework;
mod homework_back;
mod hostile;
mod licences;
mod links;
mod matrix;
mod measures;
mod measures_files;
mod measures_warnings;
mod money;
mod my_data;
mod odd;
mod outcomes;

mod pages;
mod programmes;
mod public;
mod records;
mod reminders;
mod safety;
mod seats;
mod sink;
mod sockets;
mod state;
mod suggesting;
mod tasks;
