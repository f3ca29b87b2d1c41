//! Sends. Knows an address and a text, never why.

mod outbox;
mod smtp;

pub use outbox::{Outbox, Posted};
pub use smtp::{Smtp, SmtpSettings};

/// Where a letter goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Address {
    Email(String),
}

impl Address {
    pub fn email(address: &str) -> Address {
        Address::Email(address.to_owned())
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    pub subject: String,
    pub text: String,
}

/// Why a letter did not go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Failed {
    #[error("not now: try again later")]
    Later,
    #[error("this will never be taken")]
    Never,
}

/// Every way out keeps this promise: `Ok` means handed over, and the letter is not changed on the way.
pub trait Channel {
    fn send(&self, to: &Address, letter: &Letter) -> impl Future<Output = Result<(), Failed>> + Send;
}

/// The ways out that this Hearth has.
#[derive(Debug, Clone)]
pub enum Post {
    Smtp(Box<Smtp>),
    /// Keeps everything in memory: the demo shows it, tests read it.
    Outbox(Outbox),
}

impl Post {
    pub async fn send(&self, to: &Address, letter: &Letter) -> Result<(), Failed> {
        if letter.subject.contains(['\r', '\n']) {
            return Err(Failed::Never);
        }
        match self {
            Post::Smtp(smtp) => smtp.send(to, letter).await,
            Post::Outbox(outbox) => outbox.send(to, letter).await,
        }
    }
}
