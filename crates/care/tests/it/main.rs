//! The rules of the practice, each against a second way of working it out.
#![allow(clippy::unwrap_used)]

mod agenda;
mod attendance;
mod calendar;
mod digest;
mod goals;
mod homework;
mod homework_shelf;
mod library;
mod licensing;
mod materials;
mod measures;
mod measures_change;
mod measures_export;
mod measures_import;
mod measures_packs;
mod measures_warning;
mod messages;
mod notes;
mod notices;
mod outcomes;
mod programmes;
mod reminders;
mod risk;
mod safety;
mod schedule;
mod series;
mod strategies;
mod texts;
mod times;
mod words;
