//! `hearth bounce`: one message that came back, from a pipe of the mail server. The server reads our exit code as sysexits has them: 0 is
//! taken and 75 is "try again". Any other would make it send a message about the message.
#![allow(clippy::print_stderr)]

use std::{io::Read, path::Path, process::ExitCode};

use ground::{Clock, Fault, House, mail::Sent};
use post::{Failed, bounce};

use crate::{config::Config, serve};

const TRY_AGAIN: u8 = 75;

/// Whatever the message holds it is taken; only what lies with us is tried again.
pub async fn run(config: &Path, recipient: &str) -> ExitCode {
    let taken = async {
        let mut message = Vec::new();
        // One byte more than is read: what is longer is left alone.
        std::io::stdin().lock().take(bounce::BYTES as u64 + 1).read_to_end(&mut message).map_err(|error| error.to_string())?;
        let config = Config::load(config).map_err(|trouble| trouble.to_string())?;
        let house = serve::open_house(&config, Clock::System).await.map_err(|trouble| trouble.to_string())?;
        take(&house, &message, recipient).await.map_err(|fault| fault.to_string())
    };
    match taken.await {
        Ok(_) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("hearth: {reason}");
            ExitCode::from(TRY_AGAIN)
        }
    }
}

/// Marks the address that a message is about, as a refusal at once would; true if there was one. Letters to people with an account have no
/// such mark: their address is looked after by the office.
pub async fn take(house: &House, message: &[u8], recipient: &str) -> Result<bool, Fault> {
    let Some(bounce) = bounce::read(message, recipient) else { return Ok(false) };
    let sent = if bounce.failed == Failed::Nobody { Sent::Nobody } else { Sent::Refused };
    joining::digest_came_back(house, &bounce.occasions, sent).await
}
