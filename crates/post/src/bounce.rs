//! Letters that come back hours later: delivery status notifications (RFC 3464). Only what a mail server says in the form made for programs is
//! believed; everything else, forged or just strange, says nothing about anybody.

use std::collections::BTreeSet;

use mail_parser::{Message, MessageParser, MessagePart, MimeHeaders};

use crate::Failed;

/// A notification with all of the letter that came back is not longer than this.
pub const BYTES: usize = 4 * 1024 * 1024;
/// So many letters a notification may be about before it is about none: ours are for one reader each.
const MOST_LETTERS: usize = 8;
/// Letters of a letter's occasion, as `Letter::occasion` has them where an answer must be found by them.
const OCCASION: usize = 32;

/// RFC 3463: these codes are about the address itself, not about a full mailbox or a dislike of ours.
pub(crate) const NO_SUCH_ADDRESS: [&str; 5] = ["5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10"];

/// A letter that will never arrive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bounce {
    /// What it may have been, by `Letter::occasion`: from the address that the notification came to and from the letter that it gives back.
    pub occasions: BTreeSet<String>,
    /// `Refused` or `Nobody`.
    pub failed: Failed,
}

/// Reads one message. `recipient` is whom the server gave it to, where it says so. `None` for anything but a lasting failure of a letter that
/// may be ours.
pub fn read(message: &[u8], recipient: &str) -> Option<Bounce> {
    if message.len() > BYTES {
        return None;
    }
    let message = MessageParser::default().parse(message)?;
    let kind = message.content_type()?;
    let is_report = is(kind.ctype(), "multipart") && kind.subtype().is_some_and(|part| is(part, "report"));
    if !is_report || !kind.attribute("report-type").is_some_and(|report| is(report, "delivery-status")) {
        return None;
    }
    let failed = failed(&text(own(&message).find(|part| has_subtype(part, "delivery-status"))?))?;
    let mut occasions = BTreeSet::new();
    let to =
        message.headers_raw().filter(|(name, _)| ["to", "delivered-to", "x-original-to", "envelope-to"].iter().any(|one| is(name, one)));
    for address in to.map(|(_, value)| value).chain([recipient]) {
        occasions.extend(in_address(address));
    }
    for part in own(&message) {
        let letter = part.message().and_then(Message::message_id).and_then(in_id);
        occasions.extend(letter.or_else(|| has_headers(part).then(|| in_headers(&text(part))).flatten()));
    }
    (!occasions.is_empty() && occasions.len() <= MOST_LETTERS).then_some(Bounce { occasions, failed })
}

fn is(one: &str, other: &str) -> bool {
    one.trim().eq_ignore_ascii_case(other)
}

/// The parts of the report itself. What lies deeper belongs to a letter that somebody wrote, and may say anything.
fn own<'a, 'x>(message: &'a Message<'x>) -> impl Iterator<Item = &'a MessagePart<'x>> {
    message.root_part().sub_parts().unwrap_or_default().iter().filter_map(|place| message.part(*place))
}

fn has_subtype(part: &MessagePart<'_>, subtype: &str) -> bool {
    part.content_type().and_then(|kind| kind.subtype()).is_some_and(|one| is(one, subtype))
}

/// Of the letter alone, where its server does not give back the whole of it.
fn has_headers(part: &MessagePart<'_>) -> bool {
    has_subtype(part, "rfc822-headers") || has_subtype(part, "global-headers")
}

fn text(part: &MessagePart<'_>) -> String {
    String::from_utf8_lossy(part.contents()).into_owned()
}

/// Fields by name; a line that begins with a space goes on with the one before.
fn fields(block: &str) -> Vec<(String, String)> {
    let mut fields: Vec<(String, String)> = Vec::new();
    for line in block.lines() {
        if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = fields.last_mut() {
                value.push(' ');
                value.push_str(line.trim());
            }
        } else if let Some((name, value)) = line.split_once(':') {
            fields.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
        }
    }
    fields
}

/// What the blocks about recipients say, if each says the same: given up, with a code that begins with 5.
fn failed(status: &str) -> Option<Failed> {
    let status = status.replace("\r\n", "\n");
    let mut worst = None;
    for block in status.split("\n\n").map(fields) {
        let get = |name: &str| block.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
        let Some(action) = get("action") else { continue };
        // The code may have a comment behind it.
        let code = get("status")?.split_whitespace().next()?;
        let is_lasting = is(action, "failed") && code.starts_with("5.") && code.split('.').count() == 3;
        if !is_lasting || !code.chars().all(|c| c.is_ascii_digit() || c == '.') {
            return None;
        }
        worst = Some(if NO_SUCH_ADDRESS.contains(&code) { Failed::Nobody } else { Failed::Refused });
    }
    worst
}

fn occasion(text: &str) -> Option<String> {
    let fits = text.len() == OCCASION && text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte));
    fits.then(|| text.to_owned())
}

/// `bounces+<occasion>@practice.example`: local parts may have come back in capitals.
fn in_address(address: &str) -> Option<String> {
    let (local, _) = address.split_once('@')?;
    occasion(&local.rsplit_once('+')?.1.trim().to_ascii_lowercase())
}

/// `Message-ID: <occasion@practice.example>` of the letter that came back.
fn in_headers(letter: &str) -> Option<String> {
    let letter = letter.replace("\r\n", "\n");
    let (_, id) = fields(letter.split("\n\n").next()?).into_iter().find(|(name, _)| name == "message-id")?;
    in_id(&id)
}

fn in_id(id: &str) -> Option<String> {
    occasion(id.trim_start_matches('<').split('@').next()?)
}
