//! TURN relays for networks that let neither UDP nor our own TCP port through. Hearth runs none; it tells browsers of the practice's own.

use std::{sync::Arc, time::Duration};

use ground::{Moment, seal};
use serde_json::json;

/// A page keeps its credentials this long: longer than any session, with its waiting and its overrun.
const LASTS: Duration = Duration::from_secs(6 * 3_600);

/// The practice's relays and the secret it shares with them.
#[derive(Clone, Default)]
pub struct Relays {
    urls: Arc<[String]>,
    secret: Arc<[u8]>,
}

impl Relays {
    /// `urls` such as `turns:turn.example.org:443?transport=tcp`; `secret` is coturn's `static-auth-secret`.
    pub fn new(urls: Vec<String>, secret: &str) -> Relays {
        Relays { urls: urls.into(), secret: secret.as_bytes().into() }
    }

    /// The `iceServers` of one page, as JSON. The user name says only until when it holds, and is another for every page
    /// (draft-uberti-behave-turn-rest-00, section 2.2).
    pub fn for_page(&self, now: Moment) -> String {
        if self.urls.is_empty() {
            return "[]".to_owned();
        }
        let until = now.plus(LASTS).millis() / 1_000;
        let user = format!("{until}:{}", &seal::random_token()[..12]);
        let password = seal::turn_password(&self.secret, &user);
        json!([{ "urls": *self.urls, "username": user, "credential": password }]).to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 2202, test case 2: HMAC-SHA-1 as relays compute it.
    #[test]
    fn passwords_are_those_of_the_relay() {
        assert_eq!(seal::turn_password(b"Jefe", "what do ya want for nothing?"), "7/zfauXrL6LSdBbV8YTfnCWafHk=");
    }

    #[test]
    fn without_a_relay_nothing_is_told() {
        assert_eq!(Relays::default().for_page(Moment(1)), "[]");
    }

    #[test]
    fn credentials_hold_for_hours_and_name_nobody() {
        let relays = Relays::new(vec!["turn:turn.example.org:3478".into()], "north");
        let read = || -> serde_json::Value { serde_json::from_str(&relays.for_page(Moment::from_millis(1_000_000))).unwrap() };
        let (page, other) = (read(), read());
        let user = page[0]["username"].as_str().unwrap();
        assert_eq!(user.split(':').next(), Some("22600"), "1,000 s and six hours");
        assert_eq!(page[0]["credential"], seal::turn_password(b"north", user));
        assert_ne!(page[0]["username"], other[0]["username"]);
        assert_eq!(page[0]["urls"][0], "turn:turn.example.org:3478");
    }
}
