use std::time::Duration;

use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{Mailbox, header::ContentType},
    transport::smtp::authentication::Credentials,
};
use serde::Deserialize;

use crate::{Address, Channel, Failed, Letter};

/// A server that does not answer within this time is tried again later.
const PATIENCE: Duration = Duration::from_secs(30);

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SmtpSettings {
    pub host: String,
    pub port: u16,
    pub user: String,
    pub password: String,
    /// The sender, as "Name <address>".
    pub from: String,
    /// "starttls", "tls", or "none" for a relay on this machine.
    pub security: String,
}

impl std::fmt::Debug for SmtpSettings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "smtp {}:{}", self.host, self.port)
    }
}

#[derive(Debug, Clone)]
pub struct Smtp {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl Smtp {
    /// Does not connect yet. The error names the setting that will not do.
    pub fn new(settings: &SmtpSettings) -> Result<Smtp, String> {
        let from = settings.from.parse().map_err(|_| "mail.from is not an address".to_owned())?;
        let builder = match settings.security.as_str() {
            "tls" => AsyncSmtpTransport::<Tokio1Executor>::relay(&settings.host).map_err(|error| error.to_string())?,
            "starttls" => AsyncSmtpTransport::<Tokio1Executor>::starttls_relay(&settings.host).map_err(|error| error.to_string())?,
            "none" => AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&settings.host),
            _ => return Err("mail.security is one of tls, starttls, none".to_owned()),
        };
        let builder = builder.port(settings.port).timeout(Some(PATIENCE));
        let builder = match settings.user.is_empty() {
            true => builder,
            false => builder.credentials(Credentials::new(settings.user.clone(), settings.password.clone())),
        };
        Ok(Smtp { transport: builder.build(), from })
    }
}

impl Channel for Smtp {
    async fn send(&self, to: &Address, letter: &Letter) -> Result<(), Failed> {
        let Address::Email(address) = to;
        let message = Message::builder()
            .from(self.from.clone())
            .to(address.parse().map_err(|_| Failed::Never)?)
            .subject(&letter.subject)
            .header(ContentType::TEXT_PLAIN)
            .body(letter.text.clone())
            .map_err(|_| Failed::Never)?;
        match self.transport.send(message).await {
            Ok(_) => Ok(()),
            Err(error) if error.is_permanent() => Err(Failed::Never),
            Err(_) => Err(Failed::Later),
        }
    }
}
