//! Each tool of the circle: every command by every role in every state, every limit at its edge, and what each role is sent.

mod chat;
mod check_in;
mod closing;
mod go_round;
mod hands;
mod prompt;
