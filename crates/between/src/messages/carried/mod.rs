//! What comes with a message: one picture or one PDF. Whoever reads the message reads it, as long as they do.

mod pages;
pub mod queries;
mod taking;

use care::messages::file::Kind;
use ground::{House, Owner, Routes, Rule, Ui, files::Kept, seal::SealError};

pub use taking::{Came, Ready, read, ready};

pub fn routes(house: &House) -> Routes {
    Routes::new(house).get("/channels/{channel}/{message}/file", Rule::Own, pages::file).get(
        "/channels/{channel}/{message}/picture",
        Rule::Own,
        pages::picture,
    )
}

const KILOBYTE: i64 = 1024;

/// A file as a line of the page shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct Carried {
    pub kind: Kind,
    pub width: i64,
    pub height: i64,
    pub bytes: i64,
    pub description: String,
}

impl Carried {
    pub fn is_picture(&self) -> bool {
        self.kind == Kind::Picture
    }

    /// What somebody who does not see the picture hears of it.
    pub fn alt(&self, ui: &Ui, name: &str) -> String {
        if self.description.is_empty() { ui.t1("messages-picture-of", "name", name) } else { self.description.clone() }
    }

    /// "A PDF, 120 kB"
    pub fn size(&self, ui: &Ui) -> String {
        match self.bytes / KILOBYTE {
            kilobytes if kilobytes < KILOBYTE => ui.t1("materials-kilobytes", "count", kilobytes.max(1)),
            kilobytes => ui.t1("materials-megabytes", "count", kilobytes / KILOBYTE),
        }
    }

    /// A PDF is saved and opened by a program of the reader's own; a browser would open it with our address above it.
    pub fn kept(&self, message: i64) -> Kept {
        let media_type = if self.is_picture() { "image/jpeg" } else { "application/pdf" };
        Kept {
            name: format!("message-{message}"),
            media_type: media_type.into(),
            bytes: self.bytes.unsigned_abs(),
            never_inline: !self.is_picture(),
        }
    }
}

/// The bytes of a file; nothing once they are gone, or the key of whoever sent them.
pub async fn bytes(house: &House, author: i64, message: i64) -> Result<Option<Vec<u8>>, ground::Fault> {
    let Some(sealed) = queries::sealed(&house.db, message).await? else { return Ok(None) };
    match house.keys.open_bytes(Owner::Person(author), queries::spot("file", &message.to_string()), &sealed).await {
        Err(ground::Fault::Seal(SealError::NoKey)) => Ok(None),
        opened => opened.map(Some),
    }
}
