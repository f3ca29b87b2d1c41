//! The TypeScript of the wire types, generated from crates/room.

use std::fs;

use crate::{Outcome, shell};

const FILE: &str = "room-ui/src/wire/generated.ts";

fn generated() -> Result<String, String> {
    shell::output(shell::cargo(&["run", "--quiet", "-p", "room", "--example", "wire"]))
}

pub fn write() -> Outcome {
    fs::write(shell::root().join(FILE), generated()?).map_err(|error| format!("{FILE}: {error}"))
}

/// A browser that speaks yesterday's protocol is found here, not in a session.
pub fn check() -> Outcome {
    let stored = fs::read_to_string(shell::root().join(FILE)).unwrap_or_default();
    if stored == generated()? { Ok(()) } else { Err(format!("{FILE} is not what crates/room says: cargo xtask wire")) }
}
