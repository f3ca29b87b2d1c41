//! Sends, and reads what comes back. Knows an address and a text, never why.

pub mod bounce;
mod line;
mod outbox;
mod push;
mod sms;
mod smtp;
mod vapid;

pub use outbox::{Outbox, Posted};
pub use push::{Endpoint, Hosts, Knock, Push, PushSettings};
pub use sms::{Sms, SmsSettings, is_signed, signature};
pub use smtp::{Smtp, SmtpSettings};
pub use vapid::VapidKey;

/// Where a letter goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Address {
    Email(String),
    /// A telephone number as E.164 writes it: `+15550100142`.
    Phone(String),
    /// A browser at its push service. Nothing is written there.
    Device(Box<Knock>),
}

impl Address {
    pub fn email(address: &str) -> Address {
        Address::Email(address.to_owned())
    }

    pub fn phone(number: &str) -> Address {
        Address::Phone(number.to_owned())
    }
}

/// What goes out. A telephone gets the text alone, a mailbox gets all of it, and a device nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Letter {
    pub subject: String,
    pub text: String,
    /// Says the same as `text`. Empty for a letter that is text alone.
    pub html: String,
    /// The same for every try to send the same letter, so that a mailbox can tell a repeated one; letters, digits and dots. Empty for
    /// one of its own each time.
    pub occasion: String,
    /// An address at which a POST ends such letters (RFC 8058).
    pub unsubscribe: Option<String>,
}

/// Why a letter did not go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Failed {
    #[error("not now: try again later")]
    Later,
    #[error("this will never be taken")]
    Never,
    /// As `Never`, and it lies with the address, for now or for good: a mailbox that was closed, blocked, or that refuses us.
    #[error("this address does not take it")]
    Refused,
    /// As `Never`: there is no such address, or it wants nothing from us.
    #[error("nobody is at this address")]
    Nobody,
    /// The letter was on its way when the line was lost. The other side may have taken it.
    #[error("nobody knows whether it was taken")]
    Unsure,
}

/// Every way out keeps this promise: `Ok` means handed over, and the letter is not changed on the way.
pub trait Channel {
    fn send(&self, to: &Address, letter: &Letter) -> impl Future<Output = Result<(), Failed>> + Send;
}

/// The ways out that this Hearth has.
#[derive(Debug, Clone)]
pub enum Post {
    /// The practice's mail server, its account for texts if it has one, and the push services of the browsers.
    Servers { smtp: Box<Smtp>, sms: Option<Box<Sms>>, push: Push },
    /// Keeps everything in memory: the demo shows it, tests read it.
    Outbox(Outbox),
}

impl Post {
    pub async fn send(&self, to: &Address, letter: &Letter) -> Result<(), Failed> {
        if letter.subject.contains(['\r', '\n']) {
            return Err(Failed::Never);
        }
        match (self, to) {
            (Post::Servers { smtp, .. }, Address::Email(_)) => smtp.send(to, letter).await,
            (Post::Servers { sms: Some(sms), .. }, Address::Phone(_)) => sms.send(to, letter).await,
            (Post::Servers { sms: None, .. }, Address::Phone(_)) => Err(Failed::Never),
            (Post::Servers { push, .. }, Address::Device(_)) => push.send(to, letter).await,
            (Post::Outbox(outbox), _) => outbox.send(to, letter).await,
        }
    }
}
