//! Decks and films that a practice shows in a session: what may be kept, and what is refused before anybody opens it.

mod deck;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub use deck::pages;

/// Bytes of a deck and of a film. A phone on a train has to load the first; the second is fetched in parts.
pub const DECK_BYTES: u64 = 25 * 1024 * 1024;
pub const FILM_BYTES: u64 = 400 * 1024 * 1024;
/// Pages of a deck: more nobody shows in ninety minutes.
pub const DECK_PAGES: usize = 300;
/// Characters of a title, of the notes of all pages, of captions.
pub const TITLE_CHARS: usize = 120;
pub const NOTES_CHARS: usize = 20_000;
pub const CAPTIONS_CHARS: usize = 300_000;
/// Stands alone on a line between the notes of one page and those of the next.
pub const NEXT_PAGE: &str = "---";

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Slides,
    Video,
}

impl Kind {
    pub fn word(self) -> &'static str {
        match self {
            Kind::Slides => "slides",
            Kind::Video => "video",
        }
    }

    pub fn parse(word: &str) -> Option<Kind> {
        [Kind::Slides, Kind::Video].into_iter().find(|kind| kind.word() == word)
    }

    pub fn most_bytes(self) -> u64 {
        match self {
            Kind::Slides => DECK_BYTES,
            Kind::Video => FILM_BYTES,
        }
    }
}

/// What a file is, told by its first bytes and never by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    pub kind: Kind,
    pub media_type: &'static str,
}

/// Why something is not kept. Each is the key of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    NoFile,
    /// Neither a PDF nor an MP4 or WebM.
    WrongType,
    DeckTooLarge,
    FilmTooLarge,
    TooManyPages,
    NoPage,
    /// It asks for a password.
    Locked,
    /// It holds a script, a form that sends, another file, or something that starts by itself.
    Active,
    /// What is packed inside cannot be looked into, or grows beyond all measure.
    Opaque,
    NoTitle,
    TitleTooLong,
    NotesTooLong,
    NotCaptions,
    CaptionsTooLong,
}

impl Unfit {
    pub fn key(self) -> &'static str {
        match self {
            Unfit::NoFile => "materials-no-file",
            Unfit::WrongType => "materials-wrong-type",
            Unfit::DeckTooLarge => "materials-deck-too-large",
            Unfit::FilmTooLarge => "materials-film-too-large",
            Unfit::TooManyPages => "materials-too-many-pages",
            Unfit::NoPage => "materials-no-page",
            Unfit::Locked => "materials-locked",
            Unfit::Active => "materials-active",
            Unfit::Opaque => "materials-opaque",
            Unfit::NoTitle => "materials-no-title",
            Unfit::TitleTooLong => "materials-title-too-long",
            Unfit::NotesTooLong => "materials-notes-too-long",
            Unfit::NotCaptions => "materials-not-captions",
            Unfit::CaptionsTooLong => "materials-captions-too-long",
        }
    }

    pub fn too_large(kind: Kind) -> Unfit {
        match kind {
            Kind::Slides => Unfit::DeckTooLarge,
            Kind::Video => Unfit::FilmTooLarge,
        }
    }
}

/// The kind by the signatures of the formats: `%PDF-` (ISO 32000-1, 7.5.2), `ftyp` at byte 4 (ISO 14496-12, 4.3), EBML with the DocType
/// `webm` (RFC 8794, 8). A Matroska file that is no WebM is refused: browsers do not play it.
pub fn look(start: &[u8]) -> Result<Found, Unfit> {
    let has = |part: &[u8], within: usize| start[..start.len().min(within)].windows(part.len()).any(|window| window == part);
    if start.is_empty() {
        Err(Unfit::NoFile)
    } else if start.starts_with(b"%PDF-") {
        Ok(Found { kind: Kind::Slides, media_type: "application/pdf" })
    } else if start.len() >= 12 && &start[4..8] == b"ftyp" && &start[8..12] != b"heic" && &start[8..12] != b"avif" {
        Ok(Found { kind: Kind::Video, media_type: "video/mp4" })
    } else if start.starts_with(&[0x1a, 0x45, 0xdf, 0xa3]) && has(b"webm", 64) {
        Ok(Found { kind: Kind::Video, media_type: "video/webm" })
    } else {
        Err(Unfit::WrongType)
    }
}

/// WebVTT begins with its name (W3C WebVTT, 4.1); without any there are no captions.
pub fn captions(text: &str) -> Result<&str, Unfit> {
    let text = text.trim_start_matches('\u{feff}');
    let rest = text.strip_prefix("WEBVTT");
    if text.trim().is_empty() {
        Ok("")
    } else if text.chars().count() > CAPTIONS_CHARS {
        Err(Unfit::CaptionsTooLong)
    } else if rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t', '\n', '\r'])) && !text.contains('\0') {
        Ok(text)
    } else {
        Err(Unfit::NotCaptions)
    }
}

pub fn title(text: &str) -> Result<&str, Unfit> {
    match text.trim() {
        "" => Err(Unfit::NoTitle),
        title if title.chars().count() > TITLE_CHARS => Err(Unfit::TitleTooLong),
        title => Ok(title),
    }
}

/// The notes of each page, in order.
pub fn notes(text: &str) -> Result<Vec<String>, Unfit> {
    if text.chars().count() > NOTES_CHARS {
        return Err(Unfit::NotesTooLong);
    }
    let mut pages = vec![String::new()];
    for line in text.lines() {
        match pages.last_mut() {
            Some(_) if line.trim() == NEXT_PAGE => pages.push(String::new()),
            Some(page) => {
                page.push_str(line.trim_end());
                page.push('\n');
            }
            None => {}
        }
    }
    Ok(pages.into_iter().map(|page| page.trim().to_owned()).collect())
}

/// A part of a file that a browser asked for (RFC 9110, 14.2): first and last byte. `None` for what is not one plain range of bytes, which
/// is answered with the whole file; an error for one that lies outside.
pub fn range(header: &str, total: u64) -> Option<Result<(u64, u64), ()>> {
    let (from, to) = header.trim().strip_prefix("bytes=")?.split_once('-')?;
    let number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse::<u64>().ok()).flatten();
    let last = total.checked_sub(1);
    let found = match (from, to) {
        ("", count) => {
            let count = number(count)?;
            last.filter(|_| count > 0).map(|last| (total.saturating_sub(count), last))
        }
        (from, "") => {
            let from = number(from)?;
            last.filter(|last| from <= *last).map(|last| (from, last))
        }
        (from, to) => {
            let (from, to) = (number(from)?, number(to)?);
            if to < from {
                return None;
            }
            last.filter(|last| from <= *last).map(|last| (from, to.min(last)))
        }
    };
    Some(found.ok_or(()))
}
