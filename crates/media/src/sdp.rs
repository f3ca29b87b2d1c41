//! The little of SDP that str0m does not check or write for us. Offers come from outside: nothing here may panic or grow.

use crate::{Refusal, SeatNo};

/// An offer for 20 seats with many codecs has about 60 kB.
const LONGEST: usize = 400_000;

/// The parts of an offer that matter here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Shape {
    pub fingerprint: String,
    /// The mid of every m-line, in order.
    pub mids: Vec<String>,
}

/// Checks a room offer: microphone, camera, then one pair of receivers for each of `seats`.
///
/// # Errors
/// `Refusal::Offer` when it is not that.
pub(crate) fn room_offer(offer: &str, seats: SeatNo) -> Result<Shape, Refusal> {
    let (shape, kinds) = shape(offer)?;
    let pairs = 1 + usize::from(seats);
    if kinds.len() != 2 * pairs {
        return Err(Refusal::Offer("needs one microphone, one camera and one pair of receivers per seat"));
    }
    let in_order = kinds.iter().enumerate().all(|(n, (kind, direction))| {
        let expected = if n % 2 == 0 { "audio" } else { "video" };
        let wanted = if n < 2 { "sendonly" } else { "recvonly" };
        kind == expected && direction == wanted
    });
    if !in_order {
        return Err(Refusal::Offer("the lines are not in the order of the seats"));
    }
    Ok(shape)
}

/// Checks the offer of the door's connection test: one data channel and nothing else.
///
/// # Errors
/// `Refusal::Offer` when it is not that.
pub(crate) fn probe_offer(offer: &str) -> Result<Shape, Refusal> {
    let (shape, kinds) = shape(offer)?;
    match kinds.as_slice() {
        [(kind, _)] if kind == "application" => Ok(shape),
        _ => Err(Refusal::Offer("the connection test has one data channel and nothing else")),
    }
}

type Lines = Vec<(String, String)>;

fn shape(offer: &str) -> Result<(Shape, Lines), Refusal> {
    if offer.len() > LONGEST {
        return Err(Refusal::Offer("too long"));
    }
    let mut fingerprint = None;
    let mut mids: Vec<String> = Vec::new();
    let mut kinds: Lines = Vec::new();
    for line in offer.lines() {
        let line = line.trim_end();
        if let Some(rest) = line.strip_prefix("m=") {
            if kinds.len() >= 64 {
                return Err(Refusal::Offer("too many lines"));
            }
            kinds.push((rest.split(' ').next().unwrap_or_default().to_owned(), "sendrecv".to_owned()));
        } else if let Some(mid) = line.strip_prefix("a=mid:") {
            mids.push(mid.trim().to_owned());
        } else if let Some(print) = line.strip_prefix("a=fingerprint:") {
            fingerprint.get_or_insert_with(|| print.trim().to_ascii_lowercase());
        } else if let (Some(last), "a=sendonly" | "a=recvonly" | "a=sendrecv" | "a=inactive") = (kinds.last_mut(), line) {
            last.1 = line[2..].to_owned();
        }
    }
    let fingerprint = fingerprint.ok_or(Refusal::Offer("no fingerprint"))?;
    let short = mids.iter().all(|mid| (1..=16).contains(&mid.len()) && mid.is_ascii());
    if mids.len() != kinds.len() || !short {
        return Err(Refusal::Offer("each line needs a short mid"));
    }
    Ok((Shape { fingerprint, mids }, kinds))
}

/// Takes transport-wide feedback from the receiving lines of an offer, so that browsers estimate the line themselves and report it.
/// The sending lines keep it, for the browser's own estimate.
pub(crate) fn without_transport_wide(offer: &str) -> String {
    let mut out = String::with_capacity(offer.len());
    let mut line_no = 0;
    for line in offer.lines() {
        let line = line.trim_end();
        line_no += usize::from(line.starts_with("m="));
        let feedback = line.starts_with("a=extmap:") && line.contains("transport-wide-cc");
        if !(feedback && line_no > 2) {
            out.push_str(line);
            out.push_str("\r\n");
        }
    }
    out
}

/// Asks for Opus DTX, which takes a listening participant from 50 to 5 packets a second.
pub(crate) fn with_dtx(answer: &str) -> String {
    let opus: Vec<&str> = answer
        .lines()
        .filter_map(|line| line.trim_end().strip_prefix("a=rtpmap:"))
        .filter(|map| map.to_ascii_lowercase().contains(" opus/"))
        .filter_map(|map| map.split(' ').next())
        .collect();
    let mut out = String::with_capacity(answer.len() + 512);
    for line in answer.lines() {
        let line = line.trim_end();
        out.push_str(line);
        let parameters = line.strip_prefix("a=fmtp:").and_then(|rest| rest.split_once(' '));
        if parameters.is_some_and(|(pt, rest)| opus.contains(&pt) && !rest.contains("usedtx")) {
            out.push_str(";usedtx=1");
        }
        out.push_str("\r\n");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn offer(lines: &[(&str, &str)]) -> String {
        let mut sdp = String::from("v=0\r\na=fingerprint:sha-256 AA:BB\r\n");
        for (n, (kind, direction)) in lines.iter().enumerate() {
            sdp += &format!("m={kind} 9 UDP/TLS/RTP/SAVPF 111\r\na=mid:{n}\r\na={direction}\r\n");
        }
        sdp
    }

    const ONE_SEAT: [(&str, &str); 4] = [("audio", "sendonly"), ("video", "sendonly"), ("audio", "recvonly"), ("video", "recvonly")];

    #[test]
    fn the_order_of_seats() {
        let shape = room_offer(&offer(&ONE_SEAT), 1).unwrap();
        assert_eq!((shape.fingerprint.as_str(), shape.mids.len()), ("sha-256 aa:bb", 4));
        assert!(room_offer(&offer(&ONE_SEAT), 2).is_err());
        let mut both_ways = ONE_SEAT;
        both_ways[2].1 = "sendrecv";
        assert!(room_offer(&offer(&both_ways), 1).is_err());
        let mut swapped = ONE_SEAT;
        swapped.swap(0, 1);
        assert!(room_offer(&offer(&swapped), 1).is_err());
        assert!(probe_offer(&offer(&ONE_SEAT)).is_err());
        assert!(probe_offer(&offer(&[("application", "sendrecv")])).is_ok());
    }

    #[test]
    fn dtx_is_asked_for_once() {
        let answer = "a=rtpmap:111 opus/48000/2\r\na=fmtp:111 minptime=10;useinbandfec=1\r\na=fmtp:96 x=1\r\n";
        let munged = with_dtx(answer);
        assert!(munged.contains("useinbandfec=1;usedtx=1\r\n") && munged.contains("a=fmtp:96 x=1\r\n"));
        assert_eq!(with_dtx(&munged), munged);
    }

    #[test]
    fn only_sending_lines_have_transport_wide_feedback() {
        let mut sdp = String::from("v=0\r\n");
        for _ in 0..4 {
            sdp += "m=audio 9 x 1\r\na=extmap:3 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01\r\na=extmap:4 mid\r\n";
        }
        let kept = without_transport_wide(&sdp);
        assert_eq!((kept.matches("transport-wide").count(), kept.matches("extmap:4").count()), (2, 4));
    }

    proptest! {
        #[test]
        fn any_text_is_refused_without_harm(text in "\\PC{0,400}", lines in proptest::collection::vec("(m=|a=mid:|a=fingerprint:|a=)[ -~]{0,30}", 0..80)) {
            let _ = room_offer(&text, 12);
            let _ = probe_offer(&lines.join("\r\n"));
            let _ = room_offer(&lines.join("\n"), 2);
            let _ = with_dtx(&text);
        }
    }
}
