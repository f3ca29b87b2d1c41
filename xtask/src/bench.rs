//! What is measured, one after the other, on an otherwise quiet machine.

use std::process::Command;

use crate::{Outcome, bundle, shell};

pub fn run() -> Outcome {
    measure(
        "forwarding: CPU per delivered packet, delay, gaps",
        shell::cargo(&["run", "-p", "rehearsal", "--release", "--example", "media_bench"]),
    )?;
    measure("a practice: replay, memory, pages, recovery", shell::cargo(&["run", "-p", "hearth", "--release", "--example", "bench"]))?;
    bundle::build()?;
    measure("the room bundle", shell::npm("room-ui", &["run", "--silent", "weight"]))
}

fn measure(what: &str, command: Command) -> Outcome {
    println!("\n== {what}");
    shell::succeed(command)
}
