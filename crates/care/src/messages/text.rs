//! A text as it is kept and as it is shown.

use crate::names::is_unseen;

use super::Trouble;

/// Characters of one message. Who has more to say writes two, and the others can answer in between.
pub const CHARS: usize = 2_000;
/// Marks that stand on one letter; piled higher they cover what others wrote.
const MARKS: usize = 3;
/// Empty lines in a row.
const BLANK: usize = 1;
const SHORT: usize = 90;

/// The text as it is kept: without what the eye does not see and without what turns the direction of writing, so that it reads the same
/// to everybody.
pub fn read(typed: &str) -> Result<String, Trouble> {
    let mut text = String::with_capacity(typed.len());
    let (mut marks, mut newlines) = (0, 0);
    for letter in typed.replace("\r\n", "\n").chars() {
        let letter = match letter {
            '\r' => '\n',
            '\t' => ' ',
            letter => letter,
        };
        if letter != '\n' && is_unseen(letter) {
            continue;
        }
        marks = if is_mark(letter) { marks + 1 } else { 0 };
        newlines = if letter == '\n' { newlines + 1 } else { 0 };
        if marks <= MARKS && newlines <= BLANK + 1 {
            text.push(letter);
        }
    }
    let text = text.trim();
    match text.chars().count() {
        0 => Err(Trouble::Empty),
        // Joiners alone show nothing.
        _ if text.chars().all(|letter| matches!(letter, '\u{200c}' | '\u{200d}' | ' ' | '\n')) => Err(Trouble::Empty),
        count if count > CHARS => Err(Trouble::TooLong),
        _ => Ok(text.to_owned()),
    }
}

/// Combining marks of the blocks from which towers of them are built.
fn is_mark(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}')
}

/// The beginning of a text, on one line.
pub fn short(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= SHORT {
        return line;
    }
    line.chars().take(SHORT).chain(['…']).collect()
}

/// A part of a text as a page shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece<'a> {
    Words(&'a str),
    /// An address of the web, shown whole: nobody is led somewhere else than they read.
    Link(&'a str),
}

/// The text in its parts; put together again they are the text.
pub fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut all = Vec::new();
    let mut from = 0;
    let mut at = 0;
    while let Some(start) = next_address(text, at) {
        let length = text[start..].find(|letter: char| letter.is_whitespace() || "<>\"'`".contains(letter)).unwrap_or(text.len() - start);
        let address = text[start..start + length].trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '}']);
        at = start + address.len().max(1);
        if is_safe(address) {
            if from < start {
                all.push(Piece::Words(&text[from..start]));
            }
            all.push(Piece::Link(address));
            from = at;
        }
    }
    if from < text.len() {
        all.push(Piece::Words(&text[from..]));
    }
    all
}

/// Where an address may begin: not in the middle of a word.
fn next_address(text: &str, from: usize) -> Option<usize> {
    let mut from = from;
    while let Some(at) = text.get(from..)?.find("http").map(|at| from + at) {
        let after_word = text[..at].chars().next_back().is_some_and(char::is_alphanumeric);
        let is_one = text[at..].starts_with("https://") || text[at..].starts_with("http://");
        if is_one && !after_word {
            return Some(at);
        }
        from = at + "http".len();
    }
    None
}

/// Plain letters in the name of the host, so that none can look like another; no name before an @, which would hide the host.
fn is_safe(address: &str) -> bool {
    let Some((_, rest)) = address.split_once("://") else { return false };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let (host, port) = authority.split_once(':').unwrap_or((authority, ""));
    let letters = |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let labels = host.split('.').count() >= 2 && host.split('.').all(|label| !label.is_empty() && letters(label));
    labels && port.bytes().all(|byte| byte.is_ascii_digit()) && !address.contains('\\')
}

/// What an address of this house leads to, where a message can say its name instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Own<'a> {
    /// Something of the library, by its word.
    Item(&'a str),
    Material(i64),
}

/// What an address is, if it is one of this house, which is found at `base`.
pub fn own<'a>(address: &'a str, base: &str) -> Option<Own<'a>> {
    let path = address.strip_prefix(base)?;
    let path = path.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
    if let Some(slug) = path.strip_prefix("/library/") {
        let is_word = !slug.is_empty() && slug.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        return is_word.then_some(Own::Item(slug));
    }
    let id = path.strip_prefix("/materials/")?;
    let id = id.strip_suffix("/file").unwrap_or(id);
    id.bytes().all(|byte| byte.is_ascii_digit()).then(|| id.parse().ok()).flatten().map(Own::Material)
}
