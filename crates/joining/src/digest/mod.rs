//! The weekly digest: what is new in the catalogue, for whoever wants to hear of it. No account is needed.
//!
//! Nothing is kept of an address before its owner has confirmed it: what was chosen travels sealed in the link of the confirming mail.
//! Whoever leaves is forgotten in the same moment.

mod letter;
mod pages;
mod queries;
mod weekly;

use ground::{Fault, House, Routes, Rule};
use serde::{Deserialize, Serialize};

pub use weekly::{KIND, came_back, ended, letter, plan};

pub fn routes(house: &House) -> Routes {
    Routes::new(house)
        .get("/digest", Rule::Everyone, pages::form)
        .post("/digest", Rule::Everyone, pages::ask)
        .get("/digest/confirm/{token}", Rule::Everyone, pages::confirm)
        .post("/digest/confirm/{token}", Rule::Everyone, pages::confirmed)
        .get("/digest/leave/{token}", Rule::Everyone, pages::leave)
        .post("/digest/leave/{token}", Rule::Everyone, pages::left)
}

/// What somebody wants to hear of. Empty is anything.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wish {
    pub language: String,
    pub zone: String,
    pub topic: String,
    pub place: String,
    pub part: String,
    /// A word of `care::digest::Wants`; empty in links that were sent before there was a choice.
    #[serde(default)]
    pub wants: String,
}

/// The secret in a subscriber's letters that ends them: made of the row's id and the practice's key, so that it need not be kept.
async fn leave_token(house: &House, subscriber: i64) -> Result<String, Fault> {
    let mark = house.keys.mark("digest-leave", &subscriber.to_string()).await?;
    Ok(format!("{subscriber}-{}", mark.iter().map(|byte| format!("{byte:02x}")).collect::<String>()))
}

/// Whose letters this secret ends.
async fn of_leave_token(house: &House, token: &str) -> Result<Option<i64>, Fault> {
    let Some(subscriber) = token.split_once('-').and_then(|(id, _)| id.parse::<i64>().ok()) else { return Ok(None) };
    // Hashes are compared, so that how long it takes says nothing of how near a guess was.
    let right = ground::seal::hash(&leave_token(house, subscriber).await?);
    Ok((right == ground::seal::hash(token)).then_some(subscriber))
}
