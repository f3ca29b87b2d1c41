//! Each tool of the circle: every command by every role in every state, every limit at its edge, and what each role is sent.

mod calm;
mod chat;
mod check_in;
mod closing;
mod go_round;
mod hands;
mod invite;
mod markers;
mod poll;
mod prompt;
mod quiz;
mod rounds;
pub mod tables;
