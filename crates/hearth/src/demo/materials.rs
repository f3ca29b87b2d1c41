//! Two decks in the library of the demo practice, so that whoever tries a session has something to show.

use ground::{Fault, House, Moment, Tx, random_id};

use super::queries::{self, Deck};

const DECKS: [(&str, &str, &[u8]); 2] = [
    ("How a wave of worry passes", NOTES, include_bytes!("../../../../content/demo/wave.en.pdf")),
    ("Cómo pasa una ola de preocupación", "", include_bytes!("../../../../content/demo/wave.es.pdf")),
];
const NOTES: &str = "Ask first: who has seen a wave this week?\n---\nLet somebody say where they are on it now.\n---\nOne example each, only who wants to.\n---\nTry the long breath out together.\n---\nSay that this is the homework.";

/// The files first: a row without its file would open nothing.
pub async fn shelve(house: &House) -> Result<Vec<Deck>, Fault> {
    let mut decks = Vec::new();
    for (title, notes, bytes) in DECKS {
        let id = random_id();
        let mut incoming = house.files.begin(&format!("material-{id}")).await?;
        incoming.add(bytes.into()).await?;
        incoming.keep().await?;
        let pages = care::materials::pages(bytes).map_err(|_| Fault::Other("a deck of the demo is not one"))?;
        decks.push(Deck { id, title, notes, bytes: bytes.len() as i64, pages: pages as i64 });
    }
    Ok(decks)
}

pub async fn list(tx: &Tx, decks: &[Deck], by: i64, now: Moment) -> Result<(), Fault> {
    for deck in decks {
        queries::keep_deck(tx, deck, by, now).await?;
    }
    Ok(())
}
