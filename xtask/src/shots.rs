//! The pictures of the README, from the real demo in a real browser.

use std::fs;

use crate::{Outcome, bundle, packages, shell};

/// A README with larger pictures is slow to read on a phone.
const LARGEST: u64 = 250 * 1024;

pub fn run() -> Outcome {
    packages::need()?;
    bundle::build()?;
    bundle::install("e2e")?;
    shell::succeed(shell::cargo(&["build", "-p", "hearth"]))?;
    let mut node = shell::command("node", &["e2e/shots.mjs"]);
    node.env("HEARTH_BIN", shell::target().join("debug/hearth"));
    shell::succeed(node)?;
    for file in bundle::files(&shell::root().join("docs/shots")) {
        let size = fs::metadata(&file).map(|facts| facts.len()).unwrap_or(0);
        println!("{:>4} kB {}", size / 1024, file.display());
        if size > LARGEST {
            return Err(format!("{} is larger than {} kB", file.display(), LARGEST / 1024));
        }
    }
    Ok(())
}
