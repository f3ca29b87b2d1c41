//! A picture or a PDF that comes with a message: what may come along, told by its first bytes and its measures before anything of it is
//! opened.

use crate::materials::{self, Unfit};

use super::{Trouble, read};

const MEGABYTE: usize = 1024 * 1024;
/// What comes out of a camera roll, untouched; what is kept of it is far smaller.
pub const PICTURE_BYTES: usize = 15 * MEGABYTE;
/// A PDF is kept as it came, and everybody who reads along loads it over their own line.
pub const PDF_BYTES: usize = 10 * MEGABYTE;
/// The largest telephones make 48 million. A file of a few kilobytes can claim to be a hundred times that, and is refused by its own word.
pub const PIXELS: u64 = 50_000_000;
/// The longer side of a picture as it is kept.
pub const SIDE: u32 = 1_600;
pub const DESCRIPTION_CHARS: usize = 300;
/// So many first bytes tell what a file is.
pub const START: usize = 12;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Picture,
    Pdf,
}

impl Kind {
    pub fn word(self) -> &'static str {
        match self {
            Kind::Picture => "picture",
            Kind::Pdf => "pdf",
        }
    }

    pub fn parse(word: &str) -> Option<Kind> {
        [Kind::Picture, Kind::Pdf].into_iter().find(|kind| kind.word() == word)
    }

    pub fn most_bytes(self) -> usize {
        match self {
            Kind::Picture => PICTURE_BYTES,
            Kind::Pdf => PDF_BYTES,
        }
    }

    pub fn too_large(self) -> Trouble {
        match self {
            Kind::Picture => Trouble::PictureTooLarge,
            Kind::Pdf => Trouble::PdfTooLarge,
        }
    }
}

/// By the signatures of the formats, never by a name: PNG (ISO 15948, 5.2), JPEG (ITU T.81, B.1), WebP (RFC 9649, 2.4), PDF. What an iPhone
/// takes by itself (HEIF, ISO 23008-12) has a sentence of its own, since its owner cannot know why it is refused.
pub fn look(start: &[u8]) -> Result<Kind, Trouble> {
    let brand = start.get(4..8).filter(|name| name == b"ftyp").and_then(|_| start.get(8..12));
    let is_webp = start.starts_with(b"RIFF") && start.get(8..12) == Some(b"WEBP");
    if is_webp || start.starts_with(b"\x89PNG\r\n\x1a\n") || start.starts_with(&[0xff, 0xd8, 0xff]) {
        Ok(Kind::Picture)
    } else if start.starts_with(b"%PDF-") {
        Ok(Kind::Pdf)
    } else if brand.is_some_and(|brand| [b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif"].iter().any(|one| brand == *one)) {
        Err(Trouble::PictureHeic)
    } else {
        Err(Trouble::FileType)
    }
}

/// Whether a picture may be opened, by what its head says of it.
pub fn measured(width: u32, height: u32) -> Result<(), Trouble> {
    match u64::from(width) * u64::from(height) {
        0 => Err(Trouble::PictureBroken),
        pixels if pixels > PIXELS => Err(Trouble::PictureTooMany),
        _ => Ok(()),
    }
}

/// How large it is kept: never larger than it came, no side longer than `SIDE`, none without a pixel.
pub fn sized(width: u32, height: u32) -> (u32, u32) {
    let longer = width.max(height);
    if longer <= SIDE {
        return (width, height);
    }
    let less = |side: u32| u32::try_from(u64::from(side) * u64::from(SIDE) / u64::from(longer)).unwrap_or(SIDE).max(1);
    (less(width), less(height))
}

/// The pages of a PDF that does nothing but show them; the look into it is the one that decks get.
pub fn pages(file: &[u8]) -> Result<usize, Trouble> {
    materials::pages(file).map_err(|unfit| match unfit {
        Unfit::Active => Trouble::PdfActive,
        Unfit::Locked => Trouble::PdfLocked,
        _ => Trouble::PdfBroken,
    })
}

/// What somebody says a file shows, on one line; it may be nothing.
pub fn description(typed: &str) -> Result<String, Trouble> {
    let line = match read(typed) {
        Ok(text) => text.split_whitespace().collect::<Vec<_>>().join(" "),
        Err(Trouble::Empty) => String::new(),
        Err(_) => return Err(Trouble::DescriptionTooLong),
    };
    if line.chars().count() > DESCRIPTION_CHARS { Err(Trouble::DescriptionTooLong) } else { Ok(line) }
}
