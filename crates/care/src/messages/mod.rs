//! Messages between sessions: what may be written, when it may still be changed, and how it is shown. No word of it is scored.

pub mod alumni;
pub mod check_in;
pub mod circle;
mod danger;
pub mod file;
mod text;

pub use danger::{Danger, OWN_MOST, Shipped, Word, WordTrouble, own_words};
pub use text::{CHARS, Own, Piece, own, pieces, read, short};

use std::time::Duration;

use crate::{names::unaccented, reminders::Quiet};

/// Which rule is in the way of a message. Each is the key of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    Empty,
    TooLong,
    /// A leader paused the channel.
    Paused,
    /// The circle is over.
    Ended,
    TooMany,
    /// What it answers was taken back.
    ReplyTakenBack,
    /// What it answers is hidden, or was never there.
    ReplyGone,
    /// The time in which it could be changed is over.
    TooLate,
    /// Neither a picture that browsers show nor a PDF.
    FileType,
    PictureHeic,
    PictureTooLarge,
    PictureTooMany,
    PictureBroken,
    PdfTooLarge,
    PdfActive,
    PdfLocked,
    PdfBroken,
    /// The line broke off before all of it was here.
    FileBrokeOff,
    DescriptionTooLong,
}

impl Trouble {
    pub fn key(self) -> &'static str {
        match self {
            Trouble::Empty => "messages-empty",
            Trouble::TooLong => "messages-too-long",
            Trouble::Paused => "messages-paused-now",
            Trouble::Ended => "messages-ended",
            Trouble::TooMany => "messages-too-many",
            Trouble::ReplyTakenBack => "messages-reply-taken-back",
            Trouble::ReplyGone => "messages-reply-gone",
            Trouble::TooLate => "messages-too-late",
            Trouble::FileType => "messages-file-type",
            Trouble::PictureHeic => "messages-picture-heic",
            Trouble::PictureTooLarge => "messages-picture-too-large",
            Trouble::PictureTooMany => "messages-picture-too-many",
            Trouble::PictureBroken => "messages-picture-broken",
            Trouble::PdfTooLarge => "messages-pdf-too-large",
            Trouble::PdfActive => "messages-pdf-active",
            Trouble::PdfLocked => "messages-pdf-locked",
            Trouble::PdfBroken => "messages-pdf-broken",
            Trouble::FileBrokeOff => "messages-file-broke-off",
            Trouble::DescriptionTooLong => "messages-description-too-long",
        }
    }
}

/// The quiet answers: so few, and in words, that nobody counts them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reaction {
    Heard,
    MeToo,
    Thanks,
    WithYou,
}

impl Reaction {
    pub const ALL: [Reaction; 4] = [Reaction::Heard, Reaction::MeToo, Reaction::Thanks, Reaction::WithYou];

    pub fn word(self) -> &'static str {
        match self {
            Reaction::Heard => "heard",
            Reaction::MeToo => "me-too",
            Reaction::Thanks => "thanks",
            Reaction::WithYou => "with-you",
        }
    }

    pub fn parse(word: &str) -> Option<Reaction> {
        Reaction::ALL.into_iter().find(|reaction| reaction.word() == word)
    }
}

/// What a practice decided about messages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rules {
    /// So long somebody may change or take back what they wrote.
    pub edit_minutes: u16,
    pub quiet: Quiet,
}

pub const EDIT_MINUTES_MOST: u16 = 1_440;

impl Rules {
    /// Whether a message of that age may still be changed by whoever wrote it.
    pub fn may_change(&self, age: Duration) -> bool {
        age < Duration::from_secs(u64::from(self.edit_minutes) * 60)
    }
}

/// So many messages one person may send: a person who types comes nowhere near it, a flood stops at once.
pub const IN_A_MINUTE: i64 = 10;
pub const IN_AN_HOUR: i64 = 120;

/// Whether one more would be a flood, told how many there were in the last minute and hour.
pub fn floods(minute: i64, hour: i64) -> bool {
    minute >= IN_A_MINUTE || hour >= IN_AN_HOUR
}

/// Small letters without accents: how texts are compared when somebody looks for one.
pub fn folded(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).map(unaccented).collect()
}

/// Looking for less than this would find everything.
pub const SEARCH_LEAST: usize = 2;

/// Whether a text has all of these words somewhere, told as `folded`.
pub fn matches(text: &str, wanted: &str) -> bool {
    let text = folded(text);
    wanted.split_whitespace().all(|word| text.contains(word))
}
