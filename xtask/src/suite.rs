//! Everything that must hold, cheapest first where order is free. It stops at the first step that fails.

use std::{process::Command, time::Instant};

use crate::{Outcome, bundle, packages, postgres::Cluster, shell, tally::Tally, tidy, wire};

/// The variable that the database tests read. Without it they use SQLite.
const DATABASE: &str = "HEARTH_TEST_DATABASE";

type Step = (&'static str, fn() -> (Tally, Outcome));

const STEPS: [Step; 14] = [
    ("packages of Debian", || plain(packages::need)),
    ("packages of npm", || plain(|| ["room-ui", "e2e"].into_iter().try_for_each(bundle::install))),
    ("room bundle: build", || room_ui("build")),
    ("room bundle: types", || room_ui("types")),
    ("room bundle: tests", || room_ui("test")),
    ("room bundle: weight", || room_ui("weight")),
    ("room bundle: gallery with axe", || room_ui("gallery:check")),
    ("format", || plain(|| shell::succeed(shell::cargo(&["fmt", "--all", "--check"])))),
    ("tidy", || plain(tidy::run)),
    ("wire types", || plain(wire::check)),
    ("clippy", || plain(|| shell::succeed(shell::cargo(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"])))),
    ("tests", || shell::counted(tests(&[]))),
    ("database tests on PostgreSQL", on_postgres),
    ("stories in real browsers", stories),
];

pub fn run() -> Outcome {
    let started = Instant::now();
    let mut sum = Tally::default();
    let mut times = Vec::new();
    let mut failure = None;
    for (name, step) in STEPS {
        println!("\n== {name}");
        let began = Instant::now();
        let (tally, outcome) = step();
        sum.add(tally);
        let seconds = began.elapsed().as_secs_f32();
        println!("== {name}: {seconds:.1} s");
        times.push((name, seconds));
        if let Err(reason) = outcome {
            // A step that counts nothing is one failed check.
            sum.failed = sum.failed.max(1);
            failure = Some(format!("{name}: {reason}"));
            break;
        }
    }
    println!("\n== times");
    times.iter().for_each(|(name, seconds)| println!("{seconds:>8.1} s  {name}"));
    println!("{:>8.1} s  altogether", started.elapsed().as_secs_f32());
    if let Some(reason) = &failure {
        println!("\nSTOPPED at {reason}");
    }
    println!("\n{} passed, {} failed", sum.passed, sum.failed);
    match failure {
        Some(_) => Err(String::new()),
        None if sum.failed > 0 || sum.passed == 0 => Err("no step failed, and yet the sum is wrong".to_owned()),
        None => Ok(()),
    }
}

fn plain(work: impl FnOnce() -> Outcome) -> (Tally, Outcome) {
    (Tally::default(), work())
}

fn room_ui(script: &str) -> (Tally, Outcome) {
    shell::counted(shell::npm("room-ui", &["run", "--silent", script]))
}

/// nextest where it is installed, because it ends a test that hangs; cargo's own runner elsewhere. Both choose the same packages every time:
/// another choice would unify features differently and compile half the tree again.
fn tests(only: &[&str]) -> Command {
    let runner: &[&str] =
        if shell::found("cargo-nextest") { &["nextest", "run", "--workspace"] } else { &["test", "--workspace", "--no-fail-fast"] };
    shell::cargo(&[runner, only].concat())
}

fn on_postgres() -> (Tally, Outcome) {
    let cluster = match Cluster::start() {
        Ok(cluster) => cluster,
        Err(reason) => return (Tally::default(), Err(reason)),
    };
    // Markup and odd addresses are the same on either database, and looking at all of them takes minutes.
    let only: &[&str] = if shell::found("cargo-nextest") {
        &["-E", "binary_id(hearth::it) & !test(/^(corpus|odd)::/) | binary_id(ground::it)"]
    } else {
        &["--test", "it", "--", "--skip", "corpus::", "--skip", "odd::"]
    };
    let mut command = tests(only);
    command.env(DATABASE, cluster.url());
    shell::counted(command)
}

fn stories() -> (Tally, Outcome) {
    // As they built it already: the programs alone would unify other features and compile half the tree again.
    if let Err(reason) = shell::succeed(shell::cargo(&["build", "--workspace", "--all-targets"])) {
        return (Tally::default(), Err(reason));
    }
    let mut npm = shell::npm("e2e", &["test", "--silent"]);
    npm.env("HEARTH_BIN", shell::target().join("debug/hearth"));
    shell::counted(npm)
}
