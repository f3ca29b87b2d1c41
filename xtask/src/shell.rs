//! Starting other programs and listening to what they say.

use std::{
    io::{BufRead, BufReader, Read, Write},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread::JoinHandle,
};

use crate::{Outcome, tally::Tally};

/// The tree this xtask was compiled in; `cargo xtask` may be called from any folder of it.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_owned).unwrap_or_default()
}

/// Where cargo puts what it builds.
pub fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |dir| root().join(dir))
}

pub fn command(program: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(root());
    command
}

pub fn cargo(arguments: &[&str]) -> Command {
    // The cargo that runs us, should there be several.
    let program = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(program);
    command.args(arguments).current_dir(root());
    command
}

/// npm in `folder`. It never asks and never talks to anybody but its registry.
pub fn npm(folder: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new("npm");
    command.args(arguments).current_dir(root().join(folder)).env("npm_config_update_notifier", "false");
    command
}

pub fn found(program: &str) -> bool {
    let Some(path) = std::env::var_os("PATH") else { return false };
    std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
}

/// Runs to the end with our own output.
pub fn succeed(mut command: Command) -> Outcome {
    let shown = shown(&command);
    let status = command.status().map_err(|error| format!("{shown}: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("{shown}: {status}")) }
}

/// Runs to the end and gives back what it printed.
pub fn output(mut command: Command) -> Result<String, String> {
    let shown = shown(&command);
    let output = command.stderr(Stdio::inherit()).output().map_err(|error| format!("{shown}: {error}"))?;
    if !output.status.success() {
        return Err(format!("{shown}: {}", output.status));
    }
    String::from_utf8(output.stdout).map_err(|error| format!("{shown}: {error}"))
}

/// Runs to the end, passes on every line and adds up the tests it reports, even when it fails.
pub fn counted(mut command: Command) -> (Tally, Outcome) {
    let shown = shown(&command);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = match command.spawn() {
        Ok(child) => child,
        Err(error) => return (Tally::default(), Err(format!("{shown}: {error}"))),
    };
    let out = child.stdout.take().map(|pipe| listen(pipe, std::io::stdout()));
    let err = child.stderr.take().map(|pipe| listen(pipe, std::io::stderr()));
    let status = child.wait();
    let mut tally = Tally::default();
    for listener in [out, err].into_iter().flatten() {
        tally.add(listener.join().unwrap_or_default());
    }
    let outcome = match status {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("{shown}: {status}")),
        Err(error) => Err(format!("{shown}: {error}")),
    };
    (tally, outcome)
}

fn listen(pipe: impl Read + Send + 'static, mut to: impl Write + Send + 'static) -> JoinHandle<Tally> {
    std::thread::spawn(move || {
        let mut tally = Tally::default();
        let mut lines = BufReader::new(pipe);
        let mut line = Vec::new();
        while lines.read_until(b'\n', &mut line).is_ok_and(|read| read > 0) {
            tally.hear(&String::from_utf8_lossy(&line));
            // A closed terminal is no reason to stop the tests.
            let _ = to.write_all(&line).and_then(|()| to.flush());
            line.clear();
        }
        tally
    })
}

fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}
