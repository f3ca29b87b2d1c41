//! The TypeScript side: packages and the room bundle, built when they are missing or older than what they come from.

use std::{
    fs,
    path::{Path, PathBuf},
    time::SystemTime,
};

use crate::{Outcome, shell};

/// `npm ci`, unless what is installed is what the lockfile says.
pub fn install(folder: &str) -> Outcome {
    let folder_path = shell::root().join(folder);
    let installed = changed(&folder_path.join("node_modules/.package-lock.json"));
    let locked = changed(&folder_path.join("package-lock.json"));
    if installed.is_some() && installed >= locked {
        return Ok(());
    }
    shell::succeed(shell::npm(folder, &["ci", "--no-audit", "--no-fund"]))
}

/// The room bundle that the server embeds.
pub fn build() -> Outcome {
    install("room-ui")?;
    if is_fresh() {
        return Ok(());
    }
    println!("building the room bundle");
    shell::succeed(shell::npm("room-ui", &["run", "--silent", "build"]))
}

fn is_fresh() -> bool {
    let folder = shell::root().join("room-ui");
    let built = files(&folder.join("dist")).iter().filter_map(|file| changed(file)).min();
    let mut sources = files(&folder.join("src"));
    sources.extend(["package-lock.json", "vite.config.ts"].map(|name| folder.join(name)));
    let written = sources.iter().filter_map(|file| changed(file)).max();
    built.is_some() && built >= written
}

fn changed(file: &Path) -> Option<SystemTime> {
    fs::metadata(file).and_then(|facts| facts.modified()).ok()
}

/// Every file below a folder, in a stable order.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        let Ok(entries) = fs::read_dir(folder) else { continue };
        for entry in entries.flatten() {
            let path = entry.path();
            if path.is_dir() { open.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    found
}
