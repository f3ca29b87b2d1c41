//! The rules of the practice: plain functions on plain data. No IO, no async, no clock, no SQL, no HTML.

pub mod agenda;
pub mod attendance;
pub mod catalogue;
pub mod crisis;
pub mod digest;
pub mod documents;
pub mod enrolment;
pub mod forming;
pub mod goals;
pub mod guardian;
pub mod homework;
pub mod licensing;
pub mod measures;
pub mod money;
pub mod names;
pub mod notes;
pub mod on_call;
pub mod outcomes;
pub mod programmes;
pub mod reminders;
pub mod retention;
pub mod risk;
pub mod safety;
pub mod schedule;
pub mod screening;
pub mod topics;
