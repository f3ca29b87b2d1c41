//! What the tests need from Debian, installed when we may.

use std::{fs, path::PathBuf};

use crate::{Outcome, shell};

/// What stands for a package being there, and the package.
const NEEDED: [(&str, &str); 6] = [
    ("chromium", "chromium"),
    ("initdb", "postgresql"),
    ("cmake", "cmake"),
    ("g++", "g++"),
    ("pkg-config", "pkg-config"),
    ("espeak-ng", "espeak-ng"),
];

pub fn need() -> Outcome {
    let missing: Vec<&str> = NEEDED.iter().filter(|(program, _)| !is_here(program)).map(|(_, package)| *package).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let mut install = vec!["install", "-y", "--no-install-recommends"];
    install.extend(&missing);
    if !is_root() || !shell::found("apt-get") {
        return Err(format!("These are missing. On Debian: sudo apt-get {}", install.join(" ")));
    }
    for arguments in [vec!["-q", "update"], install] {
        let mut apt = shell::command("apt-get", &arguments);
        apt.env("DEBIAN_FRONTEND", "noninteractive").stdin(std::process::Stdio::null());
        shell::succeed(apt)?;
    }
    Ok(())
}

fn is_here(program: &str) -> bool {
    if program == "initdb" { postgres_tools().is_some() } else { shell::found(program) }
}

pub fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt;
    fs::metadata("/proc/self").is_ok_and(|facts| facts.uid() == 0)
}

/// Debian keeps the server's programs of each version in a folder of their own, outside PATH.
pub fn postgres_tools() -> Option<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").ok()?;
    let mut folders: Vec<PathBuf> = versions.flatten().map(|entry| entry.path().join("bin")).collect();
    folders.sort();
    folders.into_iter().rev().find(|folder| folder.join("initdb").is_file())
}
