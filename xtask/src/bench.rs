//! What is measured, one after the other, on an otherwise quiet machine.

use std::process::Command;

use crate::{Outcome, bundle, packages, shell};

pub fn run() -> Outcome {
    measure(
        "forwarding: CPU per delivered packet, delay, gaps",
        shell::cargo(&["run", "-p", "rehearsal", "--release", "--example", "media_bench"]),
    )?;
    measure("a practice: replay, memory, pages, recovery", shell::cargo(&["run", "-p", "hearth", "--release", "--example", "bench"]))?;
    bundle::build()?;
    first_picture()?;
    measure("the room bundle", shell::npm("room-ui", &["run", "--silent", "weight"]))
}

/// In real browsers, with the program as it is shipped.
fn first_picture() -> Outcome {
    packages::need()?;
    bundle::install("e2e")?;
    shell::succeed(shell::cargo(&["build", "-p", "hearth", "--release", "--bins"]))?;
    let mut node = shell::command("node", &["e2e/bench_first_frame.mjs"]);
    node.env("HEARTH_BIN", shell::target().join("release/hearth"));
    measure("from click to first picture", node)
}

fn measure(what: &str, command: Command) -> Outcome {
    println!("\n== {what}");
    shell::succeed(command)
}
