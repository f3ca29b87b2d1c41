//! Sealed columns: AES-256-GCM with the column's place as associated data, under a data key per person, wrapped by the master key.

use std::{
    collections::HashMap,
    sync::{Arc, RwLock},
};

use aws_lc_rs::{
    aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey},
    digest, hmac, rand,
};
use base64::Engine;
use sea_orm::FromQueryResult;

use crate::{
    db::{Ask, Db},
    fault::Fault,
    values,
};

pub const KEY_BYTES: usize = 32;

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    #[error("the sealed text does not open: wrong key, wrong place, or changed")]
    Broken,
    #[error("the key of this person has been destroyed")]
    NoKey,
    #[error("no randomness")]
    NoRandomness,
}

/// Whose key seals a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Owner {
    /// What belongs to no one person: an agenda's clock, a running total.
    Practice,
    Person(i64),
    /// Process notes of this author: a key that opens nothing else.
    ProcessNotes(i64),
}

impl Owner {
    fn row(self) -> (i64, &'static str) {
        match self {
            Owner::Practice => (0, "practice"),
            Owner::Person(id) => (id, "record"),
            Owner::ProcessNotes(id) => (id, "process_notes"),
        }
    }
}

/// Where a sealed text stands. It opens only there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spot<'a> {
    pub table: &'static str,
    pub column: &'static str,
    /// The row's key, as text.
    pub row: &'a str,
}

impl Spot<'_> {
    fn bytes(&self) -> Vec<u8> {
        format!("{}/{}/{}", self.table, self.column, self.row).into_bytes()
    }
}

/// The key above all others. It never touches the database.
#[derive(Clone)]
pub struct MasterKey([u8; KEY_BYTES]);

impl std::fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("MasterKey(kept to itself)")
    }
}

impl MasterKey {
    pub fn generate() -> MasterKey {
        MasterKey(random())
    }

    /// Base64 of exactly 32 bytes.
    pub fn parse(text: &str) -> Option<MasterKey> {
        let bytes = base64::engine::general_purpose::STANDARD.decode(text.trim()).ok()?;
        Some(MasterKey(bytes.try_into().ok()?))
    }

    pub fn to_text(&self) -> String {
        base64::engine::general_purpose::STANDARD.encode(self.0)
    }
}

/// What a TURN relay that shares `secret` takes as the password of `user`: its HMAC-SHA-1 in base64.
/// SHA-1 is what relays speak; as a keyed hash it is not touched by the collisions found in it.
pub fn turn_password(secret: &[u8], user: &str) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, secret);
    base64::engine::general_purpose::STANDARD.encode(hmac::sign(&key, user.as_bytes()))
}

/// Opens and seals. Cheap to clone; remembers unwrapped keys while the program runs.
#[derive(Clone)]
pub struct Keys {
    master: MasterKey,
    db: Db,
    known: Arc<RwLock<HashMap<Owner, [u8; KEY_BYTES]>>>,
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Keys")
    }
}

#[derive(FromQueryResult)]
struct Wrapped {
    wrapped: Vec<u8>,
}

impl Keys {
    pub fn new(master: MasterKey, db: Db) -> Keys {
        Keys { master, db, known: Arc::default() }
    }

    /// Sees to it that this owner has a key.
    pub async fn make(&self, owner: Owner) -> Result<(), Fault> {
        self.key_or_new(owner).await.map(drop)
    }

    pub async fn seal(&self, owner: Owner, spot: Spot<'_>, text: &str) -> Result<Vec<u8>, Fault> {
        self.seal_bytes(owner, spot, text.as_bytes()).await
    }

    /// The same for what is no text: a picture, a PDF.
    pub async fn seal_bytes(&self, owner: Owner, spot: Spot<'_>, bytes: &[u8]) -> Result<Vec<u8>, Fault> {
        let key = self.key_or_new(owner).await?;
        Ok(seal_with(&key, &spot.bytes(), bytes)?)
    }

    pub async fn open(&self, owner: Owner, spot: Spot<'_>, sealed: &[u8]) -> Result<String, Fault> {
        let plain = self.open_bytes(owner, spot, sealed).await?;
        Ok(String::from_utf8(plain).map_err(|_| SealError::Broken)?)
    }

    pub async fn open_bytes(&self, owner: Owner, spot: Spot<'_>, sealed: &[u8]) -> Result<Vec<u8>, Fault> {
        let key = self.key(owner).await?.ok_or(SealError::NoKey)?;
        Ok(open_with(&key, &spot.bytes(), sealed)?)
    }

    async fn key(&self, owner: Owner) -> Result<Option<[u8; KEY_BYTES]>, Fault> {
        if let Some(key) = self.known.read().ok().and_then(|known| known.get(&owner).copied()) {
            return Ok(Some(key));
        }
        let (person, purpose) = owner.row();
        let sql = "SELECT wrapped FROM data_key WHERE person_id = $1 AND purpose = $2";
        let Some(row) = self.db.row::<Wrapped>(sql, values![person, purpose]).await? else { return Ok(None) };
        let plain = open_with(&self.master.0, format!("data_key/{person}/{purpose}").as_bytes(), &row.wrapped)?;
        let key: [u8; KEY_BYTES] = plain.try_into().map_err(|_| SealError::Broken)?;
        self.remember(owner, key);
        Ok(Some(key))
    }

    async fn key_or_new(&self, owner: Owner) -> Result<[u8; KEY_BYTES], Fault> {
        if let Some(key) = self.key(owner).await? {
            return Ok(key);
        }
        let (person, purpose) = owner.row();
        let fresh: [u8; KEY_BYTES] = random();
        let wrapped = seal_with(&self.master.0, format!("data_key/{person}/{purpose}").as_bytes(), &fresh)?;
        let tx = self.db.write().await?;
        let sql = "INSERT INTO data_key (person_id, purpose, wrapped) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
        let made = tx.run(sql, values![person, purpose, wrapped]).await?;
        // Asked after the insert, which waits for whoever destroys this record at the same moment: what is destroyed gets no new key.
        if tx.number("SELECT COUNT(*) AS n FROM destruction WHERE person_id = $1", values![person]).await? > 0 {
            return Err(Fault::Seal(SealError::NoKey));
        }
        tx.commit_unaudited().await?;
        // Somebody else may have made it a moment earlier: theirs counts.
        if made == 0 {
            self.key(owner).await?.ok_or(Fault::Seal(SealError::NoKey))
        } else {
            self.remember(owner, fresh);
            Ok(fresh)
        }
    }

    /// A keyed mark of a text: the same text for the same purpose has the same mark, and without the key nobody can try texts against it.
    /// For finding a row by what is sealed in it, such as an address or a number.
    pub async fn mark(&self, purpose: &'static str, text: &str) -> Result<Vec<u8>, Fault> {
        // A key of its own: the one that seals does nothing else.
        let own = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, &self.key_or_new(Owner::Practice).await?), b"mark");
        let key = hmac::Key::new(hmac::HMAC_SHA256, own.as_ref());
        Ok(hmac::sign(&key, format!("{purpose}\u{1f}{text}").as_bytes()).as_ref().to_vec())
    }

    /// Forgets a person's keys at once. For after their rows are gone: until then they would only be read again.
    pub fn forget(&self, person: i64) {
        if let Ok(mut known) = self.known.write() {
            known.retain(|owner, _| owner.row().0 != person);
        }
    }

    fn remember(&self, owner: Owner, key: [u8; KEY_BYTES]) {
        if let Ok(mut known) = self.known.write() {
            known.insert(owner, key);
        }
    }
}

fn aead(key: &[u8; KEY_BYTES]) -> Result<LessSafeKey, SealError> {
    Ok(LessSafeKey::new(UnboundKey::new(&AES_256_GCM, key).map_err(|_| SealError::Broken)?))
}

fn seal_with(key: &[u8; KEY_BYTES], spot: &[u8], plain: &[u8]) -> Result<Vec<u8>, SealError> {
    let nonce: [u8; NONCE_LEN] = random();
    let mut text = plain.to_vec();
    aead(key)?.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::from(spot), &mut text).map_err(|_| SealError::Broken)?;
    Ok([nonce.as_slice(), &text].concat())
}

fn open_with(key: &[u8; KEY_BYTES], spot: &[u8], sealed: &[u8]) -> Result<Vec<u8>, SealError> {
    let (nonce, text) = sealed.split_at_checked(NONCE_LEN).ok_or(SealError::Broken)?;
    let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| SealError::Broken)?;
    let mut text = text.to_vec();
    let plain = aead(key)?.open_in_place(nonce, Aad::from(spot), &mut text).map_err(|_| SealError::Broken)?;
    Ok(plain.to_vec())
}

/// Unpredictable bytes. Without randomness nothing here may go on.
#[allow(clippy::expect_used)]
pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    rand::fill(&mut bytes).expect("the operating system gives random bytes");
    bytes
}

/// A fresh row id: random, so that it tells nothing, and below 2^53, so that every browser can count to it.
pub fn random_id() -> i64 {
    (u64::from_le_bytes(random()) >> 11).max(1) as i64
}

/// A fresh secret for cookies and links: 256 random bits, fit for a URL.
pub fn random_token() -> String {
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(random::<32>())
}

/// What is stored in place of a secret.
pub fn hash(secret: &str) -> Vec<u8> {
    digest::digest(&digest::SHA256, secret.as_bytes()).as_ref().to_vec()
}
