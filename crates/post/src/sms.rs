//! Texts by Twilio's REST API: a form by POST, signed webhooks back.

use std::time::Duration;

use aws_lc_rs::hmac;
use base64::{Engine, engine::general_purpose::STANDARD as BASE64};
use bytes::Bytes;
use http_body_util::Full;
use hyper::{
    Request, StatusCode, Uri,
    header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HOST},
};
use serde::Deserialize;

use crate::{
    Address, Channel, Failed, Letter,
    line::{Line, connector, is_own},
};

/// Codes that Twilio gives for a number that takes no texts from us: not a number, cannot be reached by this sender, a landline, and
/// whoever wrote STOP. <https://www.twilio.com/docs/api/errors>
const NOBODY: [i64; 5] = [21211, 21217, 21610, 21612, 21614];

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SmsSettings {
    pub account_sid: String,
    pub auth_token: String,
    /// The number that texts come from, as `+15550100100`, or a messaging service, as `MG…`.
    pub from: String,
    /// For tests. Only HTTPS, or a server on this machine.
    #[serde(default = "twilio")]
    pub base_url: String,
    /// In how many seconds a text must be handed over; 1 to 45.
    #[serde(default = "patience")]
    pub patience_seconds: u64,
}

fn twilio() -> String {
    "https://api.twilio.com".to_owned()
}

fn patience() -> u64 {
    20
}

impl std::fmt::Debug for SmsSettings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "texts by {}", self.base_url)
    }
}

#[derive(Clone)]
pub struct Sms {
    line: Line,
    path: String,
    authorization: String,
    from: String,
    /// Where Twilio tells what became of a text.
    callback: String,
    patience: Duration,
}

impl std::fmt::Debug for Sms {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "texts by {}:{}", self.line.host, self.line.port)
    }
}

impl Sms {
    /// Does not connect yet. The error names the setting that will not do.
    pub fn new(settings: &SmsSettings, callback: &str) -> Result<Sms, String> {
        let sid = |text: &str, kind: &str| text.starts_with(kind) && text.len() == 34 && text.chars().all(|c| c.is_ascii_alphanumeric());
        if !sid(&settings.account_sid, "AC") {
            return Err("sms.account_sid is AC and 32 letters and digits".to_owned());
        }
        if settings.auth_token.is_empty() {
            return Err("sms.auth_token is empty".to_owned());
        }
        if !sid(&settings.from, "MG") && !is_number(&settings.from) {
            return Err("sms.from is a number like +15550100100 or a messaging service like MG and 32 letters and digits".to_owned());
        }
        if !(1..=45).contains(&settings.patience_seconds) {
            return Err("sms.patience_seconds is 1 to 45".to_owned());
        }
        let odd = || "sms.base_url is an https address, or one on this machine".to_owned();
        let uri: Uri = settings.base_url.parse().map_err(|_| odd())?;
        let host = uri.host().ok_or_else(odd)?.to_owned();
        let (tls, port) = match uri.scheme_str() {
            Some("https") => (Some(connector()?), 443),
            Some("http") if is_own(&host) => (None, 80),
            _ => return Err(odd()),
        };
        let prefix = uri.path().trim_end_matches('/');
        Ok(Sms {
            line: Line { host: host.trim_matches(['[', ']']).to_owned(), port: uri.port_u16().unwrap_or(port), tls },
            path: format!("{prefix}/2010-04-01/Accounts/{}/Messages.json", settings.account_sid),
            authorization: format!("Basic {}", BASE64.encode(format!("{}:{}", settings.account_sid, settings.auth_token))),
            from: settings.from.clone(),
            callback: callback.to_owned(),
            patience: Duration::from_secs(settings.patience_seconds),
        })
    }

    fn form(&self, to: &str, text: &str) -> String {
        let sender = if self.from.starts_with("MG") { "MessagingServiceSid" } else { "From" };
        let fields = [("To", to), (sender, &self.from), ("Body", text), ("StatusCallback", &self.callback)];
        fields.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect::<Vec<_>>().join("&")
    }

    fn request(&self, form: String) -> Result<Request<Full<Bytes>>, Failed> {
        Request::post(&self.path)
            .header(HOST, format!("{}:{}", self.line.host, self.line.port))
            .header(AUTHORIZATION, &self.authorization)
            .header(ACCEPT, "application/json")
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Full::new(Bytes::from(form)))
            .map_err(|_| Failed::Never)
    }
}

fn is_number(text: &str) -> bool {
    text.strip_prefix('+').is_some_and(|rest| (8..=15).contains(&rest.len()) && rest.chars().all(|c| c.is_ascii_digit()))
}

/// What the answer means for the text.
fn verdict(status: StatusCode, body: &[u8]) -> Result<(), Failed> {
    if status.is_success() {
        return Ok(());
    }
    if status == StatusCode::TOO_MANY_REQUESTS || status.is_server_error() {
        return Err(Failed::Later);
    }
    let code = serde_json::from_slice::<serde_json::Value>(body).ok().and_then(|answer| answer["code"].as_i64());
    Err(if code.is_some_and(|code| NOBODY.contains(&code)) { Failed::Nobody } else { Failed::Never })
}

fn encoded(value: &str) -> String {
    let safe = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    value.bytes().map(|byte| if safe(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

fn signed(url: &str, fields: &[(String, String)]) -> Vec<u8> {
    let mut fields: Vec<_> = fields.iter().collect();
    fields.sort();
    fields.iter().fold(url.to_owned(), |all, (name, value)| all + name + value).into_bytes()
}

fn key(secret: &str) -> hmac::Key {
    // The algorithm is Twilio's choice; as a keyed hash SHA-1 is not touched by the collisions found in it.
    hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, secret.as_bytes())
}

/// What stands in `X-Twilio-Signature` of a webhook with this address and these fields.
/// <https://www.twilio.com/docs/usage/security#validating-requests>
pub fn signature(secret: &str, url: &str, fields: &[(String, String)]) -> String {
    BASE64.encode(hmac::sign(&key(secret), &signed(url, fields)))
}

/// Whether a webhook comes from whoever knows the secret. Takes as long for a near miss as for a far one.
pub fn is_signed(secret: &str, url: &str, fields: &[(String, String)], signature: &str) -> bool {
    let Ok(signature) = BASE64.decode(signature) else { return false };
    hmac::verify(&key(secret), &signed(url, fields), &signature).is_ok()
}

impl Channel for Sms {
    async fn send(&self, to: &Address, letter: &Letter) -> Result<(), Failed> {
        let Address::Phone(number) = to else { return Err(Failed::Never) };
        if !is_number(number) {
            return Err(Failed::Nobody);
        }
        let request = self.request(self.form(number, &letter.text))?;
        let (status, body) = self.line.ask(request, self.patience).await?;
        verdict(status, &body)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(all: &[(&str, &str)]) -> Vec<(String, String)> {
        all.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    /// The worked example of Twilio's own documentation.
    #[test]
    fn a_signature_is_the_one_that_twilio_makes() {
        let url = "https://mycompany.com/myapp.php?foo=1&bar=2";
        let sent = fields(&[
            ("CallSid", "CA1234567890ABCDE"),
            ("From", "+12349013030"),
            ("Digits", "1234"),
            ("To", "+18005551212"),
            ("Caller", "+12349013030"),
        ]);
        let right = signature("12345", url, &sent);
        assert_eq!(right, "0/KCTR6DLpKmkAf8muzZqo1nDgQ=");
        assert!(is_signed("12345", url, &sent, &right));
        let mut turned = sent.clone();
        turned.reverse();
        assert!(is_signed("12345", url, &turned, &right), "the order of fields says nothing");
        for (secret, url, signature) in [
            ("12346", url, right.as_str()),
            ("12345", "https://mycompany.com/myapp.php?foo=1", &right),
            ("12345", url, ""),
            ("12345", url, "0/KCTR6DLpKmkAf8muzZqo1nDgR="),
            ("12345", url, "not base64"),
        ] {
            assert!(!is_signed(secret, url, &sent, signature), "{secret} {url} {signature}");
        }
        let mut more = sent.clone();
        more.push(("Body".into(), "STOP".into()));
        assert!(!is_signed("12345", url, &more, &right), "a field more is another message");
    }

    #[test]
    fn an_answer_says_whether_to_try_again() {
        let said = |status: u16, body: &str| verdict(StatusCode::from_u16(status).unwrap(), body.as_bytes());
        assert_eq!(said(201, "{}"), Ok(()));
        for status in [429, 500, 502, 503] {
            assert_eq!(said(status, ""), Err(Failed::Later), "{status}");
        }
        for (status, body) in [(400, "{\"code\":21602}"), (401, ""), (404, "<html>"), (301, ""), (302, "")] {
            assert_eq!(said(status, body), Err(Failed::Never), "{status}");
        }
        assert_eq!(said(400, "{\"code\": 21610, \"status\": 400}"), Err(Failed::Nobody), "whoever wrote STOP");
    }

    #[test]
    fn a_text_is_encoded_whole() {
        assert_eq!(encoded("18:30, mañana & más+"), "18%3A30%2C%20ma%C3%B1ana%20%26%20m%C3%A1s%2B");
    }
}
