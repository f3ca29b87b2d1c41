//! The commands of an operator. What they print is for people at a terminal.
#![allow(clippy::print_stdout, clippy::print_stderr)]

use std::{path::PathBuf, process::ExitCode, time::Duration};

use clap::{Parser, Subcommand};
use ground::{
    Clock, House,
    audit::{self, Verdict},
    jobs, migrate,
    seal::MasterKey,
};
use jiff::SignedDuration;

use crate::{
    bounce,
    config::{Config, Trouble},
    demo, serve,
};

const A_YEAR: Duration = Duration::from_secs(366 * 24 * 3_600);

#[derive(Parser)]
#[command(name = "hearth", about = "Virtual group therapy that a practice runs itself", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run the practice's Hearth.
    Serve {
        #[arg(long, default_value = "hearth.toml")]
        config: PathBuf,
    },
    /// Run a made-up practice on this computer only.
    Demo {
        #[arg(long, default_value_t = 8080)]
        port: u16,
        #[arg(long, default_value = ".data/demo")]
        data: PathBuf,
        /// Show the practice so much later, as "49h" or "30m".
        #[arg(long, default_value = "0h", value_parser = ahead)]
        ahead: Duration,
    },
    /// Bring the database to today's shape.
    Migrate {
        #[arg(long, default_value = "hearth.toml")]
        config: PathBuf,
    },
    /// Accounts of the office.
    Admin {
        #[command(subcommand)]
        command: Admin,
    },
    /// Look after the database: migrations, audit chain, waiting jobs.
    Doctor {
        #[arg(long, default_value = "hearth.toml")]
        config: PathBuf,
    },
    /// Read one message that came back, from standard input, as a mail server's pipe gives it.
    Bounce {
        #[arg(long, default_value = "hearth.toml")]
        config: PathBuf,
        /// Whom the server gave the message to, if it says so.
        #[arg(long, default_value = "")]
        recipient: String,
    },
    /// Make a new master key and print it.
    NewKey,
}

#[derive(Subcommand)]
enum Admin {
    /// Invite an administrator: prints a link that works once, for 24 hours.
    Invite {
        email: String,
        #[arg(long, default_value = "hearth.toml")]
        config: PathBuf,
    },
}

pub fn run() -> ExitCode {
    let cli = Cli::parse();
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => return fail(&Trouble::Start(error.to_string())),
    };
    let outcome = runtime.block_on(async {
        match cli.command {
            Command::Serve { config } => serve::serve(Config::load(&config)?).await,
            Command::Demo { port, data, ahead } => demo::run(port, &data, Clock::Ahead(ahead)).await,
            Command::Migrate { config } => migrate_only(&Config::load(&config)?).await,
            Command::Admin { command: Admin::Invite { email, config } } => invite(Config::load(&config)?, &email).await,
            Command::Doctor { config } => doctor(&Config::load(&config)?).await,
            Command::Bounce { config, recipient } => return Ok(bounce::run(&config, &recipient).await),
            Command::NewKey => {
                println!("{}", MasterKey::generate().to_text());
                Ok(())
            }
        }
        .map(|()| ExitCode::SUCCESS)
    });
    runtime.shutdown_timeout(std::time::Duration::from_secs(2));
    match outcome {
        Ok(code) => code,
        Err(trouble) => fail(&trouble),
    }
}

/// How far ahead a demo's clock goes; a year is more than any course lasts.
fn ahead(typed: &str) -> Result<Duration, String> {
    let length: SignedDuration = typed.parse().map_err(|_| "this is no length of time, as 49h".to_owned())?;
    let length = Duration::try_from(length).map_err(|_| "time only goes forward".to_owned())?;
    if length > A_YEAR { Err("a year is the furthest".to_owned()) } else { Ok(length) }
}

fn fail(trouble: &Trouble) -> ExitCode {
    eprintln!("hearth: {trouble}");
    ExitCode::FAILURE
}

async fn migrate_only(config: &Config) -> Result<(), Trouble> {
    let db = serve::database(config, Clock::System).await?;
    let applied = migrate::migrate(&db, &Clock::System).await?;
    println!("{} migrations applied", applied.len());
    Ok(())
}

async fn invite(config: Config, email: &str) -> Result<(), Trouble> {
    let email = email.trim().to_lowercase();
    if !email.contains('@') || email.contains(char::is_whitespace) {
        return Err(Trouble::Setting("this is not an e-mail address".into()));
    }
    let house: House = serve::open_house(&config, Clock::System).await?;
    let Some(path) = people::invite_administrator(&house, &email).await? else {
        return Err(Trouble::Setting("somebody with another role has this address; an administrator needs one of their own".into()));
    };
    println!("{}{path}", house.config.public_url);
    println!("The link works once and for 24 hours.");
    Ok(())
}

async fn doctor(config: &Config) -> Result<(), Trouble> {
    let db = serve::database(config, Clock::System).await?;
    let current = migrate::is_current(&db).await?;
    println!("migrations: {}", if current { "current" } else { "run `hearth migrate`" });
    let verdict = audit::verify(&db).await?;
    match verdict {
        Verdict::Whole { lines } => println!("audit chain: whole, {lines} lines"),
        Verdict::BrokenAt { seq } => println!("audit chain: BROKEN at line {seq}"),
    }
    println!("jobs given up: {}", jobs::given_up(&db).await?);
    if current && matches!(verdict, Verdict::Whole { .. }) { Ok(()) } else { Err(Trouble::Setting("the doctor found something".into())) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_demo_goes_ahead_and_never_back() {
        assert_eq!(ahead("49h"), Ok(Duration::from_secs(49 * 3_600)));
        assert_eq!(ahead("1h 30m"), Ok(Duration::from_secs(90 * 60)));
        for wrong in ["", "soon", "-1h", "9000h", "7"] {
            assert!(ahead(wrong).is_err(), "{wrong}");
        }
        let clock = Clock::Ahead(Duration::from_secs(3_600));
        assert!(clock.now() >= Clock::System.now().plus(Duration::from_secs(3_500)));
    }
}
