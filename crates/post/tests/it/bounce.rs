//! What comes back hours later, in the forms of the servers that send it, and in forms that nobody sends.

use post::{
    Failed,
    bounce::{BYTES, Bounce, read},
};
use proptest::prelude::*;

const OURS: &str = "0123456789abcdef0123456789abcdef";

/// As Postfix writes it: the address in the code's comment, the headers of the letter at the end.
pub fn postfix(to: &str, status: &str, action: &str, id: &str) -> String {
    format!(
        "Return-Path: <>\r\nReceived: by mx.example.net (Postfix)\r\n\tid 4F2B1C0012; Mon, 30 Nov 2026 19:02:11 +0000 (UTC)\r\n\
        Date: Mon, 30 Nov 2026 19:02:11 +0000 (UTC)\r\nFrom: MAILER-DAEMON@mx.example.net (Mail Delivery System)\r\n\
        Subject: Undelivered Mail Returned to Sender\r\nTo: {to}\r\nAuto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\n\
        Content-Type: multipart/report; report-type=delivery-status;\r\n\tboundary=\"4F2B1C0012.1764529331/mx.example.net\"\r\n\
        Message-Id: <20261130190211.9A1B2C0013@mx.example.net>\r\n\r\nThis is a MIME-encapsulated message.\r\n\r\n\
        --4F2B1C0012.1764529331/mx.example.net\r\nContent-Description: Notification\r\nContent-Type: text/plain; charset=us-ascii\r\n\r\n\
        I'm sorry to have to inform you that your message could not\r\nbe delivered.\r\n\r\n\
        --4F2B1C0012.1764529331/mx.example.net\r\nContent-Description: Delivery report\r\nContent-Type: message/delivery-status\r\n\r\n\
        Reporting-MTA: dns; mx.example.net\r\nX-Postfix-Queue-ID: 4F2B1C0012\r\nX-Postfix-Sender: rfc822; office@example.org\r\n\
        Arrival-Date: Mon, 30 Nov 2026 13:00:09 +0000 (UTC)\r\n\r\nFinal-Recipient: rfc822; ida@example.net\r\n\
        Original-Recipient: rfc822;ida@example.net\r\nAction: {action}\r\nStatus: {status}\r\nRemote-MTA: dns; in.example.net\r\n\
        Diagnostic-Code: smtp; 550 {status} <ida@example.net>: Recipient address\r\n    rejected\r\n\r\n\
        --4F2B1C0012.1764529331/mx.example.net\r\nContent-Description: Undelivered Message Headers\r\n\
        Content-Type: text/rfc822-headers\r\nContent-Transfer-Encoding: 8bit\r\n\r\nReturn-Path: <office@example.org>\r\n\
        From: Lantern House <office@example.org>\r\nTo: ida@example.net\r\nSubject: New this week\r\nMessage-ID: <{id}@example.org>\r\n\r\n\
        --4F2B1C0012.1764529331/mx.example.net--\r\n"
    )
}

/// As Exim writes it: no comment, `Action` and `Status` close together, the whole letter comes back, lines end as on its own machine.
fn exim(to: &str, status: &str, id: &str) -> String {
    format!(
        "X-Failed-Recipients: ida@example.net\nAuto-Submitted: auto-replied\nFrom: Mail Delivery System <Mailer-Daemon@out.example.net>\n\
        To: {to}\nReferences: <{id}@example.org>\nContent-Type: multipart/report; report-type=delivery-status; boundary=1764529331-eximdsn-420024\n\
        MIME-Version: 1.0\nSubject: Mail delivery failed: returning message to sender\nMessage-Id: <E1vQabc-0001x2-Ab@out.example.net>\n\n\
        --1764529331-eximdsn-420024\nContent-type: text/plain; charset=us-ascii\n\nThis message was created automatically by mail delivery software.\n\n\
        --1764529331-eximdsn-420024\nContent-type: message/delivery-status\n\nReporting-MTA: dns; out.example.net\n\n\
        Action: failed\nFinal-Recipient: rfc822;ida@example.net\nStatus: {status}\nRemote-MTA: dns; in.example.net\n\
        Diagnostic-Code: smtp; 550 5.1.1 no mailbox\n\n--1764529331-eximdsn-420024\nContent-type: message/rfc822\n\n\
        Return-path: <office@example.org>\nFrom: Lantern House <office@example.org>\nTo: ida@example.net\nSubject: New this week\n\
        Message-ID: <{id}@example.org>\nContent-Type: text/plain\n\nHello.\n\n--1764529331-eximdsn-420024--\n"
    )
}

/// As a large provider writes it: HTML for people, fields folded, capitals its own, the letter as an attachment with a name.
fn provider(to: &str, status: &str, id: &str) -> String {
    format!(
        "From: <postmaster@outlook.example>\r\nTo: <{to}>\r\nMIME-Version: 1.0\r\n\
        Content-Type: Multipart/Report; Report-Type=Delivery-Status;\r\n boundary=\"96f0cd1e-2f1b-4a1b\"\r\nContent-Language: en-US\r\n\
        Subject: Undeliverable: New this week\r\n\r\n--96f0cd1e-2f1b-4a1b\r\nContent-Type: multipart/alternative; differences=Content-Type;\r\n\
        \tboundary=\"inner-7d\"\r\n\r\n--inner-7d\r\nContent-Type: text/plain; charset=\"us-ascii\"\r\n\r\nYour message couldn't be delivered.\r\n\r\n\
        --inner-7d\r\nContent-Type: text/html; charset=\"us-ascii\"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<b>Status: 4.0.0</b>\r\n\
        --inner-7d--\r\n--96f0cd1e-2f1b-4a1b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns;MN2PR01.example\r\n\
        Received-From-MTA: dns;mail.example.org\r\nArrival-Date: Mon, 30 Nov 2026 13:00:12 +0000\r\n\r\nFinal-Recipient:\r\n rfc822;ida@outlook.example\r\n\
        Action: Failed\r\nStatus: {status}\r\nDiagnostic-Code:\r\n smtp;550 {status} RESOLVER.ADR.RecipientNotFound; not found\r\n\r\n\
        --96f0cd1e-2f1b-4a1b\r\nContent-Type: message/rfc822\r\nContent-Disposition: attachment; filename=\"original.eml\"\r\n\r\n\
        From: Lantern House <office@example.org>\r\nTo: ida@outlook.example\r\nMessage-ID:\r\n <{id}@example.org>\r\nSubject: New this week\r\n\r\nHello.\r\n\
        --96f0cd1e-2f1b-4a1b--\r\n"
    )
}

fn about(message: &str, recipient: &str) -> Option<Failed> {
    let Bounce { occasions, failed } = read(message.as_bytes(), recipient)?;
    assert_eq!(occasions.into_iter().collect::<Vec<_>>(), [OURS], "{message}");
    Some(failed)
}

#[test]
fn the_letter_is_found_by_where_it_came_back_to_or_by_what_came_back() {
    let verp = format!("bounces+{OURS}@example.org");
    for form in [
        |to: &str, status: &str, id: &str| postfix(to, status, "failed", id),
        |to: &str, status: &str, id: &str| exim(to, status, id),
        |to: &str, status: &str, id: &str| provider(to, status, id),
    ] {
        assert_eq!(about(&form(&verp, "5.1.1", "stranger"), ""), Some(Failed::Nobody), "by the address");
        assert_eq!(about(&form("office@example.org", "5.1.10", OURS), ""), Some(Failed::Nobody), "by the Message-ID");
        assert_eq!(
            about(&form("office@example.org", "5.7.1", "stranger"), &verp.to_uppercase()),
            Some(Failed::Refused),
            "by the pipe's word"
        );
        assert_eq!(about(&form(&verp, "5.2.2", OURS), &verp), Some(Failed::Refused), "three times the same is one");
        assert_eq!(read(form("office@example.org", "5.1.1", "stranger").as_bytes(), "office@example.org"), None, "no letter of ours");
        for transient in ["4.2.2", "4.4.7", "2.0.0", "5", "5.x.1", "5.1", "five"] {
            assert_eq!(read(form(&verp, transient, OURS).as_bytes(), &verp), None, "{transient}");
        }
    }
    assert_eq!(about(&postfix(&verp, "5.1.1 (no such user)", "FAILED", OURS), ""), Some(Failed::Nobody));
    for action in ["delayed", "delivered", "relayed", "expanded", ""] {
        assert_eq!(read(postfix(&verp, "5.1.1", action, OURS).as_bytes(), &verp), None, "{action:?}");
    }
}

#[test]
fn what_is_no_report_says_nothing() {
    let verp = format!("bounces+{OURS}@example.org");
    let whole = postfix(&verp, "5.1.1", "failed", OURS);
    let plain =
        format!("To: {verp}\r\nSubject: Undelivered\r\n\r\nAction: failed\r\nStatus: 5.1.1\r\nMessage-ID: <{OURS}@example.org>\r\n");
    for (message, why) in [
        (plain.clone(), "a letter that only looks like one"),
        (whole.replace("report-type=delivery-status", "report-type=disposition-notification"), "a receipt for reading"),
        (whole.replace("multipart/report", "multipart/mixed"), "no report"),
        (whole.replace("message/delivery-status", "text/plain"), "no fields for programs"),
        (whole.replace("Status: 5.1.1", "Statos: 5.1.1"), "no code"),
        (whole.replacen("Final-Recipient", "Action: delayed\r\nStatus: 4.0.0\r\n\r\nFinal-Recipient", 1), "two that disagree"),
        (String::new(), "nothing"),
    ] {
        assert_eq!(read(message.as_bytes(), &verp), None, "{why}");
    }
    // A whole report inside of a letter that somebody wrote is their word, not a server's.
    let inner = format!(
        "To: {verp}\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=outer\r\n\r\n--outer\r\n\
        Content-Type: text/plain\r\n\r\nsee below\r\n--outer\r\nContent-Type: message/rfc822\r\n\r\n{whole}\r\n--outer--\r\n"
    );
    assert_eq!(read(inner.as_bytes(), &verp), None);
    let many: String = (0..9).map(|number| format!("Delivered-To: bounces+{number:032x}@example.org\r\n")).collect();
    assert_eq!(read(format!("{many}{whole}").as_bytes(), ""), None, "about everybody is about nobody");
    assert_eq!(read(format!("{whole}{}", " ".repeat(BYTES)).as_bytes(), &verp), None, "too long");
    for odd in ["bounces+0123@example.org", "bounces+ZZZZ456789abcdef0123456789abcdef@example.org", "bounces@example.org", OURS, "@", "+@"]
    {
        assert_eq!(read(postfix("office@example.org", "5.1.1", "failed", "x").as_bytes(), odd), None, "{odd}");
    }
}

proptest! {
    #[test]
    fn any_bytes_are_read_without_harm(bytes in prop::collection::vec(any::<u8>(), 0..600), recipient in ".{0,60}") {
        prop_assert_eq!(read(&bytes, &recipient), None);
    }

    /// A report in which anything at all was changed is either still about the same letter or about none.
    #[test]
    fn a_torn_report_is_about_this_letter_or_none(at in 0usize..3_000, len in 0usize..400, with in "[ -~\r\n]{0,40}") {
        let verp = format!("bounces+{OURS}@example.org");
        let mut whole = provider(&verp, "5.1.1", OURS);
        let from = at.min(whole.len());
        let to = (from + len).min(whole.len());
        whole.replace_range(from..to, &with);
        if let Some(bounce) = read(whole.as_bytes(), "") {
            prop_assert!(bounce.occasions.contains(OURS) || with.contains(|c: char| c.is_ascii_hexdigit()));
            prop_assert!(matches!(bounce.failed, Failed::Nobody | Failed::Refused));
        }
    }
}
