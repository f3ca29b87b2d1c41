//! `cargo xtask`: everything that is done with this tree, in one place and with the standard library alone, so that it compiles in seconds.
#![allow(clippy::print_stdout)]

mod bench;
mod bundle;
mod packages;
mod postgres;
mod run;
mod shell;
mod shots;
mod suite;
mod tally;
mod tidy;
mod wire;

use std::process::ExitCode;

const USAGE: &str = "\
cargo xtask run [--port N] [--data DIR]   builds what is missing and opens the demo practice
cargo xtask test                          everything that must hold, on both databases and in real browsers
cargo xtask ci                            the same
cargo xtask tidy                          the budgets and the shape of the house
cargo xtask wire                          writes the wire types into the room bundle
cargo xtask shots                         takes the pictures of the README
cargo xtask bench                         measures";

/// What went wrong, in words for whoever typed the command.
type Outcome = Result<(), String>;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let rest = arguments.get(1..).unwrap_or_default();
    let outcome = match arguments.first().map(String::as_str) {
        Some("run") => run::run(rest),
        Some("test" | "ci") => suite::run(),
        Some("tidy") => tidy::run(),
        Some("wire") => wire::write(),
        Some("shots") => shots::run(),
        Some("bench") => bench::run(),
        _ => Err(USAGE.to_owned()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("{reason}");
            ExitCode::FAILURE
        }
    }
}
