//! What the tests need from Debian, installed when we may.

use std::{fs, path::PathBuf};

use crate::{Outcome, shell};

/// What stands for a package being there, and the package.
const NEEDED: [(&str, &str); 7] = [
    ("chromium", "chromium"),
    ("initdb", "postgresql"),
    ("cmake", "cmake"),
    ("g++", "g++"),
    ("pkg-config", "pkg-config"),
    ("espeak-ng", "espeak-ng"),
    (CLANG, "libclang-dev"),
];

/// The solver's bindings are made from its header by this library at build time.
const CLANG: &str = "libclang";
/// What building alone needs.
const TO_BUILD: [&str; 3] = [CLANG, "cmake", "g++"];

/// For `run`: only what the build cannot do without.
pub fn need_to_build() -> Outcome {
    install(NEEDED.iter().filter(|(program, _)| TO_BUILD.contains(program)))
}

pub fn need() -> Outcome {
    install(NEEDED.iter())
}

fn install<'a>(needed: impl Iterator<Item = &'a (&'static str, &'static str)>) -> Outcome {
    let missing: Vec<&str> = needed.filter(|(program, _)| !is_here(program)).map(|(_, package)| *package).collect();
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
    match program {
        "initdb" => postgres_tools().is_some(),
        CLANG => libclang_is_here(),
        _ => shell::found(program),
    }
}

/// Where Debian puts it, or wherever `LIBCLANG_PATH` says.
fn libclang_is_here() -> bool {
    let llvm = fs::read_dir("/usr/lib").into_iter().flatten().flatten();
    let folders = llvm.map(|entry| entry.path()).filter(|path| path.to_string_lossy().contains("/llvm-"));
    std::env::var_os("LIBCLANG_PATH").is_some() || folders.into_iter().any(|folder| folder.join("lib/libclang.so").exists())
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
