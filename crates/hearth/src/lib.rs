//! The Hearth binary: configuration, wiring, and the commands of an operator.

pub mod bounce;
pub mod cli;
pub mod config;
pub mod demo;
pub mod listen;
pub mod my_data;
pub mod serve;
pub mod work;
