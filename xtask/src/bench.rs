//! What is measured, one after the other, on an otherwise quiet machine.

use crate::{Outcome, shell};

const MEASUREMENTS: [(&str, &[&str]); 1] =
    [("forwarding: CPU per delivered packet, delay, gaps", &["run", "-p", "rehearsal", "--release", "--example", "media_bench"])];

pub fn run() -> Outcome {
    for (what, arguments) in MEASUREMENTS {
        println!("\n== {what}");
        shell::succeed(shell::cargo(arguments))?;
    }
    Ok(())
}
