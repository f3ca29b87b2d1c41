use std::{
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use lettre::{
    Message,
    message::{
        Mailbox, MultiPart,
        header::{ContentType, HeaderName, HeaderValue},
    },
    transport::smtp::{
        Error,
        authentication::{Credentials, Mechanism},
        client::{AsyncSmtpConnection, TlsParameters},
        commands::{Data, Mail, Rcpt},
        extension::{ClientId, Extension, MailParameter},
    },
};
use serde::Deserialize;

use crate::{Address, Channel, Failed, Letter, bounce::NO_SUCH_ADDRESS};

/// How long somebody who has taken the letter may take to say goodbye.
const GOODBYE: Duration = Duration::from_secs(2);

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
    /// In how many seconds a letter must be handed over, from the first packet to the last answer; 1 to 45.
    #[serde(default = "patience")]
    pub patience_seconds: u64,
    /// Where letters come back to that nobody takes hours later: `bounces@practice.example`, whose server knows `bounces+anything`. Empty for
    /// the sender's own address.
    #[serde(default)]
    pub bounces: String,
}

fn patience() -> u64 {
    30
}

impl std::fmt::Debug for SmtpSettings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "smtp {}:{}", self.host, self.port)
    }
}

#[derive(Clone)]
enum Security {
    Tls(TlsParameters),
    StartTls(TlsParameters),
    /// For a relay on this machine.
    Plain,
}

#[derive(Clone)]
pub struct Smtp {
    server: (String, u16),
    security: Security,
    credentials: Option<Credentials>,
    from: Mailbox,
    /// Both sides of the @.
    bounces: Option<(String, String)>,
    patience: Duration,
}

impl std::fmt::Debug for Smtp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "smtp {}:{}", self.server.0, self.server.1)
    }
}

/// What went wrong, and where.
enum Trouble {
    /// About the letter or the line.
    Talk(Error),
    /// The server does not know whom it is for.
    Recipient(Error),
    /// The server does not know us. The practice can mend that, so the letter waits.
    SignIn,
    /// An address with letters that this server does not speak.
    Unspeakable,
}

impl From<Error> for Trouble {
    fn from(error: Error) -> Trouble {
        Trouble::Talk(error)
    }
}

impl Smtp {
    /// Does not connect yet. The error names the setting that will not do.
    pub fn new(settings: &SmtpSettings) -> Result<Smtp, String> {
        let from = settings.from.parse().map_err(|_| "mail.from is not an address".to_owned())?;
        let tls = || TlsParameters::new(settings.host.clone()).map_err(|error| error.to_string());
        let security = match settings.security.as_str() {
            "tls" => Security::Tls(tls()?),
            "starttls" => Security::StartTls(tls()?),
            "none" => Security::Plain,
            _ => return Err("mail.security is one of tls, starttls, none".to_owned()),
        };
        // A worker holds a letter for a minute; after that another one takes it and it would go twice.
        if !(1..=45).contains(&settings.patience_seconds) {
            return Err("mail.patience_seconds is 1 to 45".to_owned());
        }
        let bounces = match settings.bounces.split_once('@') {
            None if settings.bounces.is_empty() => None,
            Some((local, domain)) if settings.bounces.parse::<lettre::Address>().is_ok() => Some((local.to_owned(), domain.to_owned())),
            _ => return Err("mail.bounces is not an address".to_owned()),
        };
        Ok(Smtp {
            bounces,
            server: (settings.host.clone(), settings.port),
            security,
            credentials: (!settings.user.is_empty()).then(|| Credentials::new(settings.user.clone(), settings.password.clone())),
            from,
            patience: Duration::from_secs(settings.patience_seconds),
        })
    }

    fn message(&self, address: &str, letter: &Letter) -> Result<Message, Failed> {
        let to: Mailbox = address.parse().map_err(|_| Failed::Nobody)?;
        let mut builder = Message::builder().from(self.from.clone()).to(to).subject(&letter.subject);
        if !letter.occasion.is_empty() {
            builder = builder.message_id(Some(format!("<{}@{}>", letter.occasion, self.from.email.domain())));
        }
        if let Some(address) = &letter.unsubscribe {
            builder = builder.raw_header(raw("List-Unsubscribe", format!("<{address}>")));
            builder = builder.raw_header(raw("List-Unsubscribe-Post", "List-Unsubscribe=One-Click".to_owned()));
        }
        let message = match letter.html.is_empty() {
            true => builder.header(ContentType::TEXT_PLAIN).body(letter.text.clone()),
            false => builder.multipart(MultiPart::alternative_plain_html(letter.text.clone(), letter.html.clone())),
        };
        message.map_err(|_| Failed::Never)
    }

    /// Who a server tells of a letter that it could not hand on. The occasion in it is unguessable, so that nobody makes us believe that
    /// somebody else's letters come back.
    fn returns_to(&self, letter: &Letter) -> lettre::Address {
        let own = || self.from.email.clone();
        let Some((local, domain)) = &self.bounces else { return own() };
        let local = if letter.occasion.is_empty() { local.clone() } else { format!("{local}+{}", letter.occasion) };
        lettre::Address::new(local, domain).unwrap_or_else(|_| own())
    }

    /// From the first packet to the server's yes. `begun` is set once the letter itself is on its way.
    async fn talk(&self, message: &Message, returns_to: lettre::Address, begun: &AtomicBool) -> Result<AsyncSmtpConnection, Trouble> {
        let hello = ClientId::default();
        let tls = match &self.security {
            Security::Tls(tls) => Some(tls.clone()),
            _ => None,
        };
        let server = (self.server.0.as_str(), self.server.1);
        let mut line = AsyncSmtpConnection::connect_tokio1(server, None, &hello, tls, None).await?;
        if let Security::StartTls(tls) = &self.security {
            line.starttls(tls.clone(), &hello).await?;
        }
        if let Some(credentials) = &self.credentials {
            line.auth(&[Mechanism::Plain, Mechanism::Login], credentials).await.map_err(|_| Trouble::SignIn)?;
        }
        let envelope = message.envelope();
        let mut options = Vec::new();
        if envelope.to().iter().any(|address| !AsRef::<str>::as_ref(address).is_ascii()) {
            if !line.server_info().supports_feature(Extension::SmtpUtfEight) {
                return Err(Trouble::Unspeakable);
            }
            options.push(MailParameter::SmtpUtfEight);
        }
        line.command(Mail::new(Some(returns_to), options)).await?;
        for recipient in envelope.to() {
            line.command(Rcpt::new(recipient.clone(), Vec::new())).await.map_err(Trouble::Recipient)?;
        }
        line.command(Data).await?;
        begun.store(true, Ordering::Relaxed);
        line.message(&message.formatted()).await?;
        Ok(line)
    }
}

fn raw(name: &'static str, value: String) -> HeaderValue {
    HeaderValue::dangerous_new_pre_encoded(HeaderName::new_from_ascii_str(name), value.clone(), value)
}

/// What a failure means for the letter. A line that was lost before the letter began has surely not taken it.
fn failed(trouble: &Trouble, begun: bool) -> Failed {
    match trouble {
        Trouble::Recipient(error) if error.is_permanent() => {
            // RFC 3463: 5.1.x is about the address itself. Without such a code it may be a full mailbox or a dislike of ours.
            let said = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
            let is_unknown = said.split_whitespace().any(|word| NO_SUCH_ADDRESS.contains(&word));
            if is_unknown { Failed::Nobody } else { Failed::Refused }
        }
        Trouble::Unspeakable => Failed::Nobody,
        Trouble::SignIn => Failed::Later,
        Trouble::Talk(error) | Trouble::Recipient(error) => match error {
            error if error.is_permanent() => Failed::Never,
            error if error.is_transient() => Failed::Later,
            _ if begun => Failed::Unsure,
            _ => Failed::Later,
        },
    }
}

impl Channel for Smtp {
    async fn send(&self, to: &Address, letter: &Letter) -> Result<(), Failed> {
        let Address::Email(address) = to else { return Err(Failed::Never) };
        // An address of our own making; what would break out of its header is refused.
        if letter.unsubscribe.as_ref().is_some_and(|address| address.contains(|c: char| c.is_control() || "<> ".contains(c))) {
            return Err(Failed::Never);
        }
        let message = self.message(address, letter)?;
        let begun = AtomicBool::new(false);
        let lost = |begun: &AtomicBool| if begun.load(Ordering::Relaxed) { Failed::Unsure } else { Failed::Later };
        // One clock over the whole talk: a server that sends a letter an hour would otherwise be patient for ever.
        let mut line = match tokio::time::timeout(self.patience, self.talk(&message, self.returns_to(letter), &begun)).await {
            Ok(Ok(line)) => line,
            Ok(Err(trouble)) => return Err(failed(&trouble, begun.load(Ordering::Relaxed))),
            Err(_) => return Err(lost(&begun)),
        };
        // It is taken; how the server takes leave changes nothing.
        let _ = tokio::time::timeout(GOODBYE, line.quit()).await;
        Ok(())
    }
}
