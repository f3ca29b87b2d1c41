//! Passwords: Argon2id, hashed off the request threads and never more than a few at once.

use std::sync::Arc;

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use serde::Deserialize;
use tokio::sync::Semaphore;

use crate::{fault::Fault, seal};

/// Fewest and most characters.
pub const LENGTH: std::ops::RangeInclusive<usize> = 8..=200;
/// Each hash holds a core and this much memory, so only as many run at once as there are cores in a small machine.
const AT_ONCE: usize = 2;
const SALT_BYTES: usize = 16;

/// Cost of one hash: memory in KiB, passes. OWASP's smallest recommended pair is the default.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, serde::Serialize)]
#[serde(deny_unknown_fields)]
pub struct Cost {
    pub memory_kib: u32,
    pub passes: u32,
}

impl Default for Cost {
    fn default() -> Cost {
        Cost { memory_kib: 19 * 1024, passes: 2 }
    }
}

#[derive(Debug, Clone)]
pub struct Passwords {
    cost: Cost,
    places: Arc<Semaphore>,
    /// Verified when nobody has that address, so that the answer takes as long.
    nobody: Arc<tokio::sync::OnceCell<String>>,
}

/// Why a new password will not do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weak {
    TooShort,
    TooLong,
    Common,
}

impl Weak {
    pub fn key(self) -> &'static str {
        match self {
            Weak::TooShort => "password-too-short",
            Weak::TooLong => "password-too-long",
            Weak::Common => "password-common",
        }
    }
}

const COMMON: &str = include_str!("../../../content/common-passwords.txt");

/// Any composition is welcome; only length and being widely known count.
pub fn check(password: &str) -> Result<(), Weak> {
    let length = password.chars().count();
    if length < *LENGTH.start() {
        return Err(Weak::TooShort);
    }
    if length > *LENGTH.end() {
        return Err(Weak::TooLong);
    }
    let plain = password.to_lowercase();
    if COMMON.lines().any(|common| common == plain) || plain.contains("hearth") { Err(Weak::Common) } else { Ok(()) }
}

impl Passwords {
    pub fn new(cost: Cost) -> Passwords {
        Passwords { cost, places: Arc::new(Semaphore::new(AT_ONCE)), nobody: Arc::default() }
    }

    pub async fn hash(&self, password: &str) -> Result<String, Fault> {
        let (cost, password) = (self.cost, password.to_owned());
        self.apart(move || {
            let salt: [u8; SALT_BYTES] = seal::random();
            let hash = hasher(cost)?.hash_password_with_salt(password.as_bytes(), &salt);
            hash.map(|hash| hash.to_string()).map_err(|_| Fault::Other("a password could not be hashed"))
        })
        .await
    }

    /// Takes as long for an unknown person (`None`) as for a wrong password.
    pub async fn verify(&self, password: &str, stored: Option<String>) -> Result<bool, Fault> {
        let known = stored.is_some();
        let stored = match stored {
            Some(stored) => stored,
            None => self.nobody.get_or_try_init(|| self.hash("nobody has this password")).await?.clone(),
        };
        let (cost, password) = (self.cost, password.to_owned());
        let fits = self
            .apart(move || {
                let stored = PasswordHash::new(&stored).map_err(|_| Fault::Other("a stored password is not readable"))?;
                Ok(hasher(cost)?.verify_password(password.as_bytes(), &stored).is_ok())
            })
            .await?;
        Ok(fits && known)
    }

    /// Whether the stored hash was made at a lower cost than today's.
    pub fn is_outdated(&self, stored: &str) -> bool {
        !stored.contains(&format!("m={},t={},", self.cost.memory_kib, self.cost.passes))
    }

    async fn apart<T: Send + 'static>(&self, work: impl FnOnce() -> Result<T, Fault> + Send + 'static) -> Result<T, Fault> {
        let _place = self.places.acquire().await.map_err(|_| Fault::Other("no place to hash"))?;
        tokio::task::spawn_blocking(work).await.map_err(|_| Fault::Other("hashing stopped"))?
    }
}

fn hasher(cost: Cost) -> Result<Argon2<'static>, Fault> {
    let params = Params::new(cost.memory_kib, cost.passes, 1, None).map_err(|_| Fault::Other("argon2 cost is out of range"))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}
