//! Who knocks at a push service: a key pair of the practice, and what it signs (RFC 8292).

use aws_lc_rs::{
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use serde_json::json;

/// The key by which a push service knows whose subscriptions are whose. Browsers are told its public half when they subscribe.
pub struct VapidKey(EcdsaKeyPair);

impl std::fmt::Debug for VapidKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("VapidKey(kept to itself)")
    }
}

impl VapidKey {
    /// A fresh one, as PKCS#8, to be kept.
    pub fn generate() -> Option<Vec<u8>> {
        let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).ok()?;
        Some(pair.to_pkcs8v1().ok()?.as_ref().to_vec())
    }

    /// From what was kept.
    pub fn open(kept: &[u8]) -> Option<VapidKey> {
        EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, kept).ok().map(VapidKey)
    }

    /// The public half as browsers want it: 65 bytes, uncompressed, in base64 for addresses.
    pub fn public(&self) -> String {
        BASE64.encode(self.0.public_key().as_ref())
    }

    /// The header by which one push service believes us until `expires`, in seconds since 1970. `subject` is where its people reach ours.
    pub fn authorization(&self, audience: &str, subject: &str, expires: i64) -> Option<String> {
        let head = BASE64.encode(json!({"typ": "JWT", "alg": "ES256"}).to_string());
        let claims = BASE64.encode(json!({"aud": audience, "exp": expires, "sub": subject}).to_string());
        let said = format!("{head}.{claims}");
        let signature = self.0.sign(&SystemRandom::new(), said.as_bytes()).ok()?;
        Some(format!("vapid t={said}.{}, k={}", BASE64.encode(signature.as_ref()), self.public()))
    }
}

#[cfg(test)]
mod tests {
    use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};

    use super::*;

    fn parts(header: &str) -> (String, Vec<u8>, Vec<u8>) {
        let (token, key) = header.strip_prefix("vapid t=").unwrap().split_once(", k=").unwrap();
        let (said, signature) = token.rsplit_once('.').unwrap();
        (said.to_owned(), BASE64.decode(signature).unwrap(), BASE64.decode(key).unwrap())
    }

    #[test]
    fn the_public_half_opens_what_the_private_one_signed() {
        let kept = VapidKey::generate().unwrap();
        let key = VapidKey::open(&kept).unwrap();
        let header = key.authorization("https://fcm.googleapis.com", "https://groups.example.org", 1_795_043_200).unwrap();
        let (said, signature, public) = parts(&header);
        assert_eq!((signature.len(), public.len(), public[0]), (64, 65, 4), "r and s as JWS wants them, and an uncompressed point");
        UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, &public).verify(said.as_bytes(), &signature).unwrap();
        let (head, claims) = said.split_once('.').unwrap();
        let read = |part: &str| serde_json::from_slice::<serde_json::Value>(&BASE64.decode(part).unwrap()).unwrap();
        assert_eq!(read(head), json!({"typ": "JWT", "alg": "ES256"}));
        assert_eq!(
            read(claims),
            json!({"aud": "https://fcm.googleapis.com", "exp": 1_795_043_200, "sub": "https://groups.example.org"}),
            "whom it is for, until when, from whom; and nothing else"
        );
        let other = VapidKey::open(&VapidKey::generate().unwrap()).unwrap();
        let foreign = BASE64.decode(other.public()).unwrap();
        assert!(UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, &foreign).verify(said.as_bytes(), &signature).is_err());
    }

    #[test]
    fn what_was_kept_is_the_same_key_and_is_not_printed() {
        let kept = VapidKey::generate().unwrap();
        assert_eq!(VapidKey::open(&kept).unwrap().public(), VapidKey::open(&kept).unwrap().public());
        assert!(VapidKey::open(&kept[1..]).is_none() && VapidKey::open(b"").is_none());
        assert_eq!(format!("{:?}", VapidKey::open(&kept).unwrap()), "VapidKey(kept to itself)");
    }
}
