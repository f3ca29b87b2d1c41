//! Each tool of the circle: every command by every role in every state, every limit at its edge, and what each role is sent.

mod board;
mod board_tables;
mod calm;
mod chat;
mod check_in;
mod closing;
mod go_round;
mod hands;
mod hosting;
mod interpreting;
mod invite;
mod journal;
mod markers;
mod poll;
mod prompt;
mod quiz;
mod reading;
mod role_play;
mod rounds;
mod share;
mod slides;
pub mod tables;
mod video;
