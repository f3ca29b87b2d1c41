//! Settings: a TOML file, then the environment. The only place that reads the environment.

use std::{
    collections::BTreeMap,
    net::{IpAddr, SocketAddr},
    path::{Path, PathBuf},
};

use ground::{
    Fault,
    files::{Bucket, Store},
    passwords::Cost,
    seal::MasterKey,
    texts,
};
use meeting::Relays;
use post::{Hosts, Post, Push, PushSettings, Sms, SmsSettings, Smtp, SmtpSettings};
use serde::Deserialize;

/// What stops Hearth from starting, in words for the operator.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    #[error("{0}")]
    Setting(String),
    #[error("could not start: {0}")]
    Start(String),
    #[error("{0}")]
    Fault(#[from] Fault),
    #[error("the database cannot be reached: {0}")]
    Database(String),
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    #[serde(default = "loopback")]
    pub listen: SocketAddr,
    /// How browsers reach Hearth, for example `https://groups.example.org`.
    pub public_url: String,
    pub data: PathBuf,
    /// `sqlite:…` or `postgres://…`; a file in `data` if it is left out.
    pub database: Option<String>,
    /// A file outside `data` that holds the master key.
    pub key_file: Option<PathBuf>,
    #[serde(default)]
    pub trusted_proxies: Vec<IpAddr>,
    pub tls: Option<Tls>,
    #[serde(default)]
    pub media: MediaSettings,
    pub mail: Option<SmtpSettings>,
    pub sms: Option<SmsSettings>,
    /// A bucket for decks and films; a folder in `data` if it is left out.
    pub files: Option<Bucket>,
    #[serde(default)]
    pub push: PushSettings,
    #[serde(default)]
    pub argon2: Cost,
    /// The key itself, from the environment; never from the file.
    #[serde(skip)]
    pub key: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tls {
    pub certificate: PathBuf,
    pub key: PathBuf,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct MediaSettings {
    pub bind: IpAddr,
    /// First UDP port; one for each worker from there on.
    pub port: u16,
    /// First TCP port, for networks that let no UDP through; as `port` if it is left out.
    pub tcp_port: Option<u16>,
    /// The address that browsers can reach, if it is not the one bound to.
    pub public_address: Option<IpAddr>,
    pub workers: usize,
    pub turn: Option<Turn>,
}

/// The practice's own TURN server, for networks that let neither UDP nor our TCP port through.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Turn {
    /// As browsers want them, for example `turns:turn.example.org:443?transport=tcp`.
    pub urls: Vec<String>,
    /// A file with the secret that the relay shares with us (coturn's `static-auth-secret`).
    pub secret_file: PathBuf,
}

impl Default for MediaSettings {
    fn default() -> MediaSettings {
        MediaSettings { bind: IpAddr::from([127, 0, 0, 1]), port: 40_000, tcp_port: None, public_address: None, workers: 2, turn: None }
    }
}

fn loopback() -> SocketAddr {
    SocketAddr::from(([127, 0, 0, 1], 8080))
}

/// Environment names and the settings that they replace.
const ENVIRONMENT: &[(&str, &str)] = &[
    ("HEARTH_LISTEN", "listen"),
    ("HEARTH_PUBLIC_URL", "public_url"),
    ("HEARTH_DATA", "data"),
    ("HEARTH_DATABASE", "database"),
    ("HEARTH_KEY_FILE", "key_file"),
];

impl Config {
    #[allow(clippy::disallowed_methods)]
    pub fn load(path: &Path) -> Result<Config, Trouble> {
        let text = std::fs::read_to_string(path).map_err(|error| Trouble::Setting(format!("{}: {error}", path.display())))?;
        let environment = ENVIRONMENT.iter().filter_map(|(name, key)| Some((*key, std::env::var(name).ok()?))).collect();
        Config::parse(&text, environment, std::env::var("HEARTH_KEY").ok())
    }

    pub fn parse(text: &str, environment: BTreeMap<&str, String>, key: Option<String>) -> Result<Config, Trouble> {
        let mut table: toml::Table = text.parse().map_err(|error: toml::de::Error| Trouble::Setting(error.to_string()))?;
        for (name, value) in environment {
            table.insert(name.to_owned(), toml::Value::String(value));
        }
        let mut config: Config = table.try_into().map_err(|error: toml::de::Error| Trouble::Setting(error.to_string()))?;
        config.public_url = config.public_url.trim_end_matches('/').to_owned();
        config.key = key;
        config.check()?;
        Ok(config)
    }

    /// Browsers give a camera only over HTTPS, so a public address without it would be a Hearth in which nobody can be seen.
    fn check(&self) -> Result<(), Trouble> {
        let public = !self.listen.ip().is_loopback();
        if public && self.tls.is_none() && self.trusted_proxies.is_empty() {
            return Err(Trouble::Setting(format!(
                "listen = {} is a public address, but there is neither [tls] nor trusted_proxies. Browsers give a camera only over HTTPS: name a certificate, or the proxy that has one",
                self.listen
            )));
        }
        if public && self.media.bind.is_loopback() {
            return Err(Trouble::Setting("listen is a public address, but media.bind is loopback: pages would open and nobody would be heard. Set media.bind, and media.public_address behind NAT".into()));
        }
        if let Some(bucket) = self.files.as_ref().filter(|bucket| !bucket.is_safe()) {
            return Err(Trouble::Setting(format!("files.endpoint = {}: only https://, or http:// on this machine", bucket.endpoint)));
        }
        if self.key_file.as_ref().is_some_and(|file| file.starts_with(&self.data)) {
            return Err(Trouble::Setting("key_file lies inside data: a copy of the data would carry its own key".into()));
        }
        Ok(())
    }

    pub fn database_url(&self) -> String {
        self.database.clone().unwrap_or_else(|| format!("sqlite:{}", self.data.join("hearth.db").display()))
    }

    /// Where decks and films lie.
    pub fn store(&self) -> Store {
        self.files.clone().map_or_else(|| Store::Folder(self.data.join("files")), Store::Bucket)
    }

    pub fn secure(&self) -> bool {
        self.tls.is_some() || self.public_url.starts_with("https://")
    }

    pub fn master_key(&self) -> Result<MasterKey, Trouble> {
        const HOW: &str = "make one with `hearth new-key > /etc/hearth/master.key`, keep it outside the data directory and out of its backups, and name it as key_file (or set HEARTH_KEY)";
        let text = match (&self.key, &self.key_file) {
            (Some(key), _) => key.clone(),
            (None, Some(file)) => {
                std::fs::read_to_string(file).map_err(|error| Trouble::Setting(format!("key_file {}: {error}; {HOW}", file.display())))?
            }
            (None, None) => return Err(Trouble::Setting(format!("there is no master key: {HOW}"))),
        };
        MasterKey::parse(&text).ok_or_else(|| Trouble::Setting(format!("the master key is not 32 bytes of base64: {HOW}")))
    }

    /// The relays that browsers are told of.
    pub fn relays(&self) -> Result<Relays, Trouble> {
        let Some(turn) = &self.media.turn else { return Ok(Relays::default()) };
        if let Some(odd) = turn.urls.iter().find(|url| !url.starts_with("turn:") && !url.starts_with("turns:")) {
            return Err(Trouble::Setting(format!("media.turn.urls: {odd} begins neither with turn: nor with turns:")));
        }
        let unread = |error| Trouble::Setting(format!("media.turn.secret_file {}: {error}", turn.secret_file.display()));
        let secret = std::fs::read_to_string(&turn.secret_file).map_err(unread)?;
        match secret.trim() {
            "" => Err(Trouble::Setting(format!("media.turn.secret_file {} is empty", turn.secret_file.display()))),
            secret => Ok(Relays::new(turn.urls.clone(), secret)),
        }
    }

    /// The ways out of this practice.
    pub fn post(&self) -> Result<Post, Trouble> {
        let none = || Trouble::Setting("there is no [mail]: invitations and reset links could not be sent".into());
        let smtp = Smtp::new(self.mail.as_ref().ok_or_else(none)?).map_err(Trouble::Setting)?;
        let callback = format!("{}{}", self.public_url, texts::STATUS);
        let sms = self.sms.as_ref().map(|sms| Sms::new(sms, &callback)).transpose().map_err(Trouble::Setting)?;
        Ok(Post::Servers { smtp: Box::new(smtp), sms: sms.map(Box::new), push: Push::new().map_err(Trouble::Setting)? })
    }

    /// The push services to which a knock may go.
    pub fn push_hosts(&self) -> Result<Hosts, Trouble> {
        Hosts::new(&self.push).map_err(Trouble::Setting)
    }

    /// Everything in force, without secrets.
    pub fn effective(&self) -> String {
        let database = self.database_url();
        let shown = database.split_once('@').map_or(database.as_str(), |(_, host)| host);
        format!(
            "listen = {}\npublic_url = {}\ndata = {}\ndatabase = {shown}\nkey = {}\ntls = {}\ntrusted_proxies = {:?}\nmedia = {}:{} ({} workers, public address {}, TCP port {}, relays {:?})\nmail = {}\nsms = {}\nfiles = {:?}\npush = the browsers' services{}\nargon2 = {} KiB, {} passes",
            self.listen,
            self.public_url,
            self.data.display(),
            match (&self.key, &self.key_file) {
                (Some(_), _) => "from the environment",
                (None, Some(_)) => "from a file",
                (None, None) => "none",
            },
            self.tls.as_ref().map_or("no".to_owned(), |tls| tls.certificate.display().to_string()),
            self.trusted_proxies,
            self.media.bind,
            self.media.port,
            self.media.workers,
            self.media.public_address.map_or("as bound".to_owned(), |address| address.to_string()),
            self.media.tcp_port.unwrap_or(self.media.port),
            self.media.turn.as_ref().map_or(&[][..], |turn| &turn.urls),
            self.mail.as_ref().map_or("none".to_owned(), |mail| format!("{mail:?}")),
            self.sms.as_ref().map_or("none".to_owned(), |sms| format!("{sms:?}")),
            self.store(),
            self.push.more_hosts.iter().map(|host| format!(", {host}")).collect::<String>(),
            self.argon2.memory_kib,
            self.argon2.passes,
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: &str = "public_url = \"https://groups.example.org/\"\ndata = \"/var/lib/hearth\"\n";

    fn parse(more: &str) -> Result<Config, Trouble> {
        Config::parse(&format!("{more}\n{SMALL}"), BTreeMap::new(), None)
    }

    #[test]
    fn a_public_address_needs_https() {
        let refused = parse("listen = \"0.0.0.0:80\"").unwrap_err().to_string();
        assert!(refused.contains("HTTPS"), "{refused}");
        assert!(parse("listen = \"0.0.0.0:80\"\ntrusted_proxies = [\"10.0.0.1\"]").is_err(), "media on loopback would be silent");
        let open = "listen = \"0.0.0.0:80\"\ntrusted_proxies = [\"10.0.0.1\"]";
        let text = format!("{open}\n{SMALL}\n[media]\nbind = \"0.0.0.0\"\n");
        assert!(Config::parse(&text, BTreeMap::new(), None).is_ok());
    }

    #[test]
    fn without_a_key_it_says_how_to_make_one() {
        let refused = parse("").unwrap().master_key().unwrap_err().to_string();
        assert!(refused.contains("hearth new-key"), "{refused}");
        assert!(parse("key_file = \"/var/lib/hearth/key\"").is_err());
    }

    #[test]
    fn the_environment_wins_and_secrets_are_not_shown() {
        let environment = BTreeMap::from([("database", "postgres://hearth:secret@db/hearth".to_owned())]);
        let config = Config::parse(SMALL, environment, Some("c2VjcmV0a2V5".into())).unwrap();
        let shown = config.effective();
        assert!(shown.contains("db/hearth") && !shown.contains("secret") && !shown.contains("c2VjcmV0"), "{shown}");
    }

    #[test]
    fn a_relay_needs_a_secret_and_an_address_of_its_kind() {
        let with = |turn: &str| Config::parse(&format!("{SMALL}[media.turn]\n{turn}\n"), BTreeMap::new(), None).unwrap().relays().map(drop);
        let file = std::env::temp_dir().join(format!("hearth-turn-{}", std::process::id()));
        std::fs::write(&file, "  \n").unwrap();
        let line = |url: &str| format!("urls = [\"{url}\"]\nsecret_file = \"{}\"", file.display());
        assert!(with(&line("turn:relay.example.org")).unwrap_err().to_string().contains("is empty"));
        std::fs::write(&file, "north\n").unwrap();
        assert!(with(&line("turn:relay.example.org")).is_ok());
        assert!(with(&line("https://relay.example.org")).unwrap_err().to_string().contains("https://relay.example.org"));
        std::fs::remove_file(&file).unwrap();
        assert!(with(&line("turn:relay.example.org")).unwrap_err().to_string().contains("secret_file"));
    }

    #[test]
    fn texts_need_an_account_and_their_secret_is_not_shown() {
        const MAIL: &str = "[mail]\nhost = \"mail.example.org\"\nport = 465\nuser = \"\"\npassword = \"\"\nfrom = \"office@example.org\"\nsecurity = \"tls\"\n";
        let with = |sms: &str| Config::parse(&format!("{SMALL}{MAIL}[sms]\n{sms}\n"), BTreeMap::new(), None);
        let sid = format!("AC{}", "a".repeat(32));
        let good = with(&format!("account_sid = \"{sid}\"\nauth_token = \"canary\"\nfrom = \"+15550100100\"")).unwrap();
        assert!(matches!(good.post(), Ok(Post::Servers { sms: Some(_), .. })));
        assert!(good.effective().contains("texts by https://api.twilio.com") && !good.effective().contains("canary"));
        let odd = with("account_sid = \"me\"\nauth_token = \"x\"\nfrom = \"+15550100100\"").unwrap();
        assert!(odd.post().unwrap_err().to_string().contains("sms.account_sid"));
        assert!(with("account_sid = \"me\"").unwrap_err().to_string().contains("auth_token"));
        assert!(parse("").unwrap().post().unwrap_err().to_string().contains("[mail]"));
    }

    #[test]
    fn push_needs_no_setting_and_an_odd_host_is_named() {
        let with = |more: &str| Config::parse(&format!("{SMALL}{more}"), BTreeMap::new(), None).unwrap();
        assert!(with("").push_hosts().unwrap().endpoint("https://web.push.apple.com/x").is_some());
        let more = with("[push]\nmore_hosts = [\"push.example.org\"]\n");
        assert!(
            more.push_hosts().unwrap().endpoint("https://push.example.org/x").is_some() && more.effective().contains("push.example.org")
        );
        let odd = with("[push]\nmore_hosts = [\"http://push.example.org\"]\n").push_hosts().unwrap_err().to_string();
        assert!(odd.contains("push.more_hosts"), "{odd}");
    }

    #[test]
    fn an_unknown_setting_is_named() {
        assert!(parse("colour = 1").unwrap_err().to_string().contains("colour"));
    }

    #[test]
    fn files_lie_in_a_bucket_where_one_is_named_and_its_keys_are_never_shown() {
        let with = |endpoint: &str| {
            format!("{SMALL}[files]\nbucket = \"films\"\nendpoint = \"{endpoint}\"\naccess_key = \"canary-a\"\nsecret_key = \"canary-s\"\n")
        };
        let config = Config::parse(&with("https://s3.example.org"), BTreeMap::new(), None).unwrap();
        assert!(matches!(config.store(), Store::Bucket(_)));
        assert!(config.effective().contains("films at https://s3.example.org") && !config.effective().contains("canary"));
        let open = Config::parse(&with("http://s3.example.org"), BTreeMap::new(), None).unwrap_err().to_string();
        assert!(open.contains("files.endpoint") && !open.contains("canary"));
        let folder = Config::parse(SMALL, BTreeMap::new(), None).unwrap();
        assert!(matches!(folder.store(), Store::Folder(folder) if folder.ends_with("files")));
    }
}
