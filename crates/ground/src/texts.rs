//! What comes back about texts: signed by whoever sends them for us, or refused.

use crate::house::House;

/// Where Twilio tells what became of a text, and what people write back.
pub const STATUS: &str = "/texts/status";
pub const INCOMING: &str = "/texts/incoming";

/// What webhooks are signed with.
#[derive(Clone)]
pub struct Secret(String);

impl Secret {
    pub fn new(text: &str) -> Secret {
        Secret(text.to_owned())
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(kept to itself)")
    }
}

/// Whether this was sent to this path of ours by whoever knows the secret. Never, where no texts are sent.
pub fn is_signed(house: &House, path: &str, fields: &[(String, String)], signature: &str) -> bool {
    let url = format!("{}{path}", house.config.public_url);
    house.config.texts.as_ref().is_some_and(|secret| post::is_signed(&secret.0, &url, fields, signature))
}
