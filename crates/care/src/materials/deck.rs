//! A look into a PDF before it is kept. It is shown by drawing its pages and nothing else; this is the second lock on the same door.

use std::io::Read;

use flate2::read::ZlibDecoder;

use super::{DECK_PAGES, Unfit};

/// Names that make a file do something by itself, send something, or carry another file (ISO 32000-1, 12.6 and 7.11).
const ACTIVE: &[&[u8]] = &[
    b"JavaScript",
    b"JS",
    b"Launch",
    b"SubmitForm",
    b"ImportData",
    b"EmbeddedFile",
    b"EmbeddedFiles",
    b"RichMedia",
    b"Movie",
    b"XFA",
    b"GoToR",
    b"GoToE",
];

/// Bytes that all packed objects together may grow to. A file of 25 MB can hold one of 25 GB.
const UNPACKED_BYTES: u64 = 64 * 1024 * 1024;

/// How many pages there are; at least one. An error says why the file is not shown.
pub fn pages(file: &[u8]) -> Result<usize, Unfit> {
    let mut count = 0;
    let mut left = UNPACKED_BYTES;
    let mut at = 0;
    while at < file.len() {
        let (outside, stream) = until_stream(file, at);
        count += look(outside)?;
        let Some((from, to)) = stream else { break };
        // Objects may be packed into a stream; what else is in streams is text, fonts and pictures.
        if names(last_object(outside)).any(|name| name == b"ObjStm") {
            count += look(&unpacked(&file[from..to], &mut left)?)?;
        }
        at = to;
    }
    match count {
        0 => Err(Unfit::NoPage),
        count if count > DECK_PAGES => Err(Unfit::TooManyPages),
        count => Ok(count),
    }
}

/// Pages among these objects, or why they are refused.
fn look(objects: &[u8]) -> Result<usize, Unfit> {
    let mut count = 0;
    let mut before: Vec<u8> = Vec::new();
    for name in names(objects) {
        if name == b"Encrypt" {
            return Err(Unfit::Locked);
        }
        if ACTIVE.contains(&name.as_slice()) {
            return Err(Unfit::Active);
        }
        count += usize::from(before == b"Type" && name == b"Page");
        before = name;
    }
    Ok(count)
}

/// What stands before the next stream, and where that one begins and ends.
fn until_stream(file: &[u8], at: usize) -> (&[u8], Option<(usize, usize)>) {
    let Some(keyword) = find(file, b"stream", at) else { return (&file[at..], None) };
    let mut from = keyword + b"stream".len();
    from += usize::from(file.get(from) == Some(&b'\r'));
    from += usize::from(file.get(from) == Some(&b'\n'));
    match find(file, b"endstream", from) {
        Some(to) => (&file[at..keyword], Some((from, to + b"endstream".len()))),
        None => (&file[at..], None),
    }
}

/// The dictionary of a stream stands right before it.
fn last_object(outside: &[u8]) -> &[u8] {
    let start = outside.windows(4).rposition(|window| window == b" obj").unwrap_or(0);
    &outside[start..]
}

fn unpacked(stream: &[u8], left: &mut u64) -> Result<Vec<u8>, Unfit> {
    let mut objects = Vec::new();
    // One byte more than is left tells a bomb from a large file. Garbage behind the packed part is the ending word of the stream.
    let read = ZlibDecoder::new(stream).take(*left + 1).read_to_end(&mut objects);
    let grown = objects.len() as u64;
    if read.is_err() || grown > *left {
        return Err(Unfit::Opaque);
    }
    *left -= grown;
    Ok(objects)
}

fn find(file: &[u8], word: &[u8], from: usize) -> Option<usize> {
    file.get(from..)?.windows(word.len()).position(|window| window == word).map(|at| from + at)
}

/// The names in it, with `#4a` read as the letter that it hides (ISO 32000-1, 7.3.5).
fn names(objects: &[u8]) -> impl Iterator<Item = Vec<u8>> {
    let is_regular = |byte: &u8| !byte.is_ascii_whitespace() && *byte != 0 && !b"()<>[]{}/%".contains(byte);
    objects.split(|byte| *byte == b'/').skip(1).map(move |rest| {
        let raw: Vec<u8> = rest.iter().copied().take_while(is_regular).collect();
        plain(&raw)
    })
}

fn plain(raw: &[u8]) -> Vec<u8> {
    let mut name = Vec::with_capacity(raw.len());
    let mut at = 0;
    while at < raw.len() {
        let hidden = (raw[at] == b'#').then(|| raw.get(at + 1..at + 3)).flatten();
        match hidden.and_then(|pair| std::str::from_utf8(pair).ok()).and_then(|pair| u8::from_str_radix(pair, 16).ok()) {
            Some(byte) => {
                name.push(byte);
                at += 3;
            }
            None => {
                name.push(raw[at]);
                at += 1;
            }
        }
    }
    name
}
