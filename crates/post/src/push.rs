//! A knock at a browser by its push service (RFC 8030): that something is there, and not one word of what.

use std::time::Duration;

use bytes::Bytes;
use http_body_util::Full;
use hyper::{
    Request, StatusCode, Uri,
    header::{AUTHORIZATION, CONTENT_LENGTH, HOST},
};
use serde::Deserialize;
use tokio_rustls::TlsConnector;

use crate::{
    Address, Channel, Failed, Letter,
    line::{Line, connector, is_own},
};

/// The push services of the browsers that there are. What a browser sends us as its address comes from outside; a request goes to these alone.
const HOSTS: [&str; 3] = ["fcm.googleapis.com", "updates.push.services.mozilla.com", "web.push.apple.com"];
/// Of Windows each region has a name of its own.
const REGIONS: &str = ".notify.windows.com";

/// Longer than any that a browser makes.
const LONGEST: usize = 1_500;

/// In this time a knock is handed over, or not now.
const PATIENCE: Duration = Duration::from_secs(15);

#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PushSettings {
    /// Push services beside those of the browsers: names of hosts, or `127.0.0.1:4000` for one on this machine.
    pub more_hosts: Vec<String>,
}

/// Where a knock may go.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hosts {
    more: Vec<String>,
}

/// A browser's address at its push service, after it was looked at.
#[derive(Clone, PartialEq, Eq)]
pub struct Endpoint {
    secure: bool,
    host: String,
    port: u16,
    path: String,
}

impl std::fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "a device at {}", self.host)
    }
}

impl Endpoint {
    /// Whom a signature for it is for.
    pub fn audience(&self) -> String {
        if self.secure { format!("https://{}", self.host) } else { format!("http://{}:{}", self.host, self.port) }
    }

    pub fn host(&self) -> &str {
        &self.host
    }
}

impl Hosts {
    pub fn new(settings: &PushSettings) -> Result<Hosts, String> {
        let plain =
            |name: &str| !name.is_empty() && name.contains('.') && name.chars().all(|c| c.is_ascii_alphanumeric() || "-.".contains(c));
        let is_name = |host: &String| match host.split_once(':') {
            Some((name, port)) => is_own(name) && port.parse::<u16>().is_ok(),
            None => plain(host),
        };
        match settings.more_hosts.iter().find(|host| !is_name(host)) {
            Some(odd) => Err(format!("push.more_hosts: {odd} is neither the name of a host nor 127.0.0.1 with a port")),
            None => Ok(Hosts { more: settings.more_hosts.clone() }),
        }
    }

    /// The address, if it is one of a push service. Anything else could lead a request of ours to where no visitor gets.
    pub fn endpoint(&self, url: &str) -> Option<Endpoint> {
        if url.len() > LONGEST || !url.bytes().all(|byte| byte.is_ascii_graphic()) {
            return None;
        }
        let uri: Uri = url.parse().ok()?;
        let authority = uri.authority()?;
        if authority.as_str().contains('@') || uri.path().len() < 2 {
            return None;
        }
        let host = uri.host()?.to_ascii_lowercase();
        let path = uri.path_and_query()?.as_str().to_owned();
        let on_this_machine = is_own(&host) && self.more.iter().any(|more| more == authority.as_str());
        if uri.scheme_str() == Some("http") && on_this_machine {
            return Some(Endpoint { secure: false, port: uri.port_u16()?, host, path });
        }
        let region = host.strip_suffix(REGIONS).is_some_and(|region| !region.is_empty() && !region.ends_with('.'));
        let known = region || HOSTS.contains(&host.as_str()) || self.more.contains(&host);
        let secure = uri.scheme_str() == Some("https") && uri.port_u16().is_none_or(|port| port == 443);
        (known && secure).then_some(Endpoint { secure, host, port: 443, path })
    }
}

/// All that a knock is.
#[derive(Clone, PartialEq, Eq)]
pub struct Knock {
    pub endpoint: Endpoint,
    /// What `VapidKey::authorization` signed for its audience.
    pub authorization: String,
    /// So long the service keeps it for a device that is off.
    pub seconds: u64,
}

impl std::fmt::Debug for Knock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}, for {} s", self.endpoint, self.seconds)
    }
}

/// Of several knocks that wait for a device only the last one arrives. One word for all, because a word for each would say what it is about.
const TOPIC: &str = "waiting";

#[derive(Clone)]
pub struct Push {
    tls: TlsConnector,
}

impl std::fmt::Debug for Push {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Push")
    }
}

impl Push {
    pub fn new() -> Result<Push, String> {
        Ok(Push { tls: connector()? })
    }

    fn request(knock: &Knock) -> Result<Request<Full<Bytes>>, Failed> {
        let Endpoint { host, port, secure, path } = &knock.endpoint;
        Request::post(path)
            .header(HOST, if *secure { host.clone() } else { format!("{host}:{port}") })
            .header(AUTHORIZATION, &knock.authorization)
            .header("ttl", knock.seconds)
            .header("urgency", "normal")
            .header("topic", TOPIC)
            .header(CONTENT_LENGTH, 0)
            .body(Full::default())
            .map_err(|_| Failed::Never)
    }
}

/// What the answer means for the knock. <https://www.rfc-editor.org/rfc/rfc8030#section-7.3>
fn verdict(status: StatusCode) -> Result<(), Failed> {
    match status {
        status if status.is_success() => Ok(()),
        StatusCode::NOT_FOUND | StatusCode::GONE => Err(Failed::Nobody),
        StatusCode::TOO_MANY_REQUESTS => Err(Failed::Later),
        status if status.is_server_error() => Err(Failed::Later),
        _ => Err(Failed::Never),
    }
}

impl Channel for Push {
    async fn send(&self, to: &Address, letter: &Letter) -> Result<(), Failed> {
        let Address::Device(knock) = to else { return Err(Failed::Never) };
        // A company that we do not know carries it: it never gets words, not even sealed ones.
        if *letter != Letter::default() {
            return Err(Failed::Never);
        }
        let Endpoint { host, port, secure, .. } = &knock.endpoint;
        let line = Line { host: host.trim_matches(['[', ']']).to_owned(), port: *port, tls: secure.then(|| self.tls.clone()) };
        let (status, _) = line.ask(Push::request(knock)?, PATIENCE).await?;
        verdict(status)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn hosts(more: &[&str]) -> Hosts {
        Hosts::new(&PushSettings { more_hosts: more.iter().map(|host| (*host).to_owned()).collect() }).unwrap()
    }

    #[test]
    fn the_services_of_the_browsers_are_known_and_nobody_else_is() {
        for (url, audience) in [
            ("https://fcm.googleapis.com/fcm/send/abc:d-e_f", "https://fcm.googleapis.com"),
            ("https://updates.push.services.mozilla.com/wpush/v2/gAAA", "https://updates.push.services.mozilla.com"),
            ("https://web.push.apple.com/QGuQ", "https://web.push.apple.com"),
            ("https://wns2-by3p.notify.windows.com/w/?token=BQY%3d", "https://wns2-by3p.notify.windows.com"),
            ("https://FCM.googleapis.com:443/wp/x", "https://fcm.googleapis.com"),
        ] {
            assert_eq!(hosts(&[]).endpoint(url).unwrap().audience(), audience, "{url}");
        }
        for url in [
            "",
            "fcm.googleapis.com/x",
            "http://fcm.googleapis.com/x",
            "https://fcm.googleapis.com",
            "https://fcm.googleapis.com/",
            "https://fcm.googleapis.com:8443/x",
            "https://fcm.googleapis.com.example.org/x",
            "https://fcm.googleapis.com@127.0.0.1/x",
            "https://me:you@fcm.googleapis.com/x",
            "https://evilnotify.windows.com/x",
            "https://.notify.windows.com/x",
            "https://notify.windows.com/x",
            "https://a..notify.windows.com/x",
            "https://127.0.0.1/x",
            "http://127.0.0.1:4000/x",
            "http://169.254.169.254/latest/meta-data",
            "https://[::1]/x",
            "file:///etc/passwd",
            "https://fcm.googleapis.com/x y",
            "https://fcm.googleapis.com/x\r\nHost: a",
            "https://fcm.googleapis.com/ñ",
        ] {
            assert_eq!(hosts(&[]).endpoint(url), None, "{url}");
        }
        assert!(hosts(&[]).endpoint(&format!("https://fcm.googleapis.com/{}", "a".repeat(LONGEST))).is_none());
    }

    #[test]
    fn an_operator_may_name_more_and_only_one_on_this_machine_needs_no_tls() {
        let more = hosts(&["push.example.org", "127.0.0.1:4000"]);
        assert!(more.endpoint("https://push.example.org/x").is_some() && more.endpoint("http://push.example.org/x").is_none());
        assert_eq!(more.endpoint("http://127.0.0.1:4000/x").unwrap().audience(), "http://127.0.0.1:4000");
        assert!(more.endpoint("http://127.0.0.1:4001/x").is_none() && more.endpoint("https://127.0.0.1:4000/x").is_none());
        for odd in ["", "https://push.example.org", "push.example.org:443", "10.0.0.1:80", "127.0.0.1:x", "a/b.org", "localhost"] {
            assert!(Hosts::new(&PushSettings { more_hosts: vec![odd.into()] }).unwrap_err().contains("push.more_hosts"), "{odd}");
        }
    }

    #[test]
    fn an_answer_says_what_becomes_of_it() {
        let said = |status: u16| verdict(StatusCode::from_u16(status).unwrap());
        for status in [200, 201, 202] {
            assert_eq!(said(status), Ok(()), "{status}");
        }
        for (status, expected) in
            [(404, Failed::Nobody), (410, Failed::Nobody), (429, Failed::Later), (500, Failed::Later), (503, Failed::Later)]
        {
            assert_eq!(said(status), Err(expected), "{status}");
        }
        for status in [301, 302, 307, 400, 401, 403, 413] {
            assert_eq!(said(status), Err(Failed::Never), "{status}");
        }
    }

    proptest! {
        /// Whatever somebody makes of an address: what is taken leads to a host that was named, over TLS.
        #[test]
        fn nothing_leads_elsewhere(
            scheme in prop::sample::select(vec!["https://", "http://", "HTTPS://", "//", "ftp://", ""]),
            front in "[a-z0-9@:./\\[\\]\\\\?#%-]{0,12}",
            host in prop::sample::select(vec!["fcm.googleapis.com", "a.notify.windows.com", "web.push.apple.com", "127.0.0.1", "localhost", "10.0.0.1"]),
            back in "[a-z0-9@:./\\[\\]\\\\?#%-]{0,24}",
        ) {
            let url = format!("{scheme}{front}{host}{back}");
            if let Some(endpoint) = hosts(&[]).endpoint(&url) {
                let known = HOSTS.contains(&endpoint.host()) || endpoint.host().ends_with(REGIONS);
                prop_assert!(known && endpoint.secure && endpoint.port == 443, "{url}");
                prop_assert!(endpoint.host().chars().all(|c| c.is_ascii_alphanumeric() || "-.".contains(c)), "{url}");
                prop_assert!(endpoint.path.starts_with('/') || endpoint.path.starts_with('?'), "{url}");
            }
        }
    }
}
