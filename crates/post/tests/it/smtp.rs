use std::{sync::Arc, time::Duration};

use post::{Address, Failed, Letter, Post, Push, Smtp, SmtpSettings};
use tokio::net::TcpListener;
use tokio_rustls::{
    TlsAcceptor,
    rustls::{ServerConfig, crypto, pki_types::PrivateKeyDer},
};

use crate::server::{Manner, Odd, Server};

fn settings(port: u16) -> SmtpSettings {
    SmtpSettings {
        host: "127.0.0.1".into(),
        port,
        user: String::new(),
        password: String::new(),
        from: "Lantern House <office@example.org>".into(),
        bounces: String::new(),
        security: "none".into(),
        patience_seconds: 30,
    }
}

fn letter(subject: &str, text: &str) -> Letter {
    Letter { subject: subject.into(), text: text.into(), ..Letter::default() }
}

async fn send(port: u16, to: &str, letter: &Letter) -> Result<(), Failed> {
    send_with(&settings(port), to, letter).await
}

async fn send_with(settings: &SmtpSettings, to: &str, letter: &Letter) -> Result<(), Failed> {
    let post = Post::Servers { smtp: Box::new(Smtp::new(settings).unwrap()), sms: None, push: Push::new().unwrap() };
    post.send(&Address::email(to), letter).await
}

#[tokio::test]
async fn a_letter_arrives_as_it_was_written() {
    let server = Server::start(None).await;
    send(server.port, "maya@example.org", &letter("You have an appointment", "One line.\n.\nA line after a dot.")).await.unwrap();
    let taken = server.taken();
    assert_eq!(taken.len(), 1);
    for part in ["To: maya@example.org", "office@example.org", "Subject: You have an appointment", "text/plain", "A line after a dot."] {
        assert!(taken[0].contains(part), "{part} in {}", taken[0]);
    }
}

/// Later means that the job list tries again; never means that it stops. A mistake here floods somebody or loses a call for help.
#[tokio::test]
async fn what_the_server_says_decides_whether_it_is_tried_again() {
    for (at, says, expected) in [
        ("GREETING", "421 too busy", Failed::Later),
        ("GREETING", "554 no service", Failed::Never),
        ("MAIL", "451 local trouble", Failed::Later),
        ("MAIL", "550 we do not know you", Failed::Never),
        ("RCPT", "450 greylisted, come back", Failed::Later),
        ("RCPT", "452 mailbox full", Failed::Later),
        ("RCPT", "550 5.1.1 nobody here of that name", Failed::Nobody),
        ("RCPT", "550-5.1.10 nobody\r\n550 5.1.10 of that name", Failed::Nobody),
        ("RCPT", "550 5.7.1 not from you", Failed::Refused),
        ("RCPT", "552 5.2.2 mailbox full for good", Failed::Refused),
        ("RCPT", "550 no", Failed::Refused),
        ("DATA", "451 not now", Failed::Later),
        ("LETTER", "552 too large", Failed::Never),
        ("LETTER", "451 not stored", Failed::Later),
        ("GREETING", "", Failed::Later),
        ("RCPT", "", Failed::Later),
        ("DATA", "", Failed::Later),
        ("LETTER", "", Failed::Unsure),
        ("LETTER", "what?", Failed::Unsure),
        ("RCPT", "what?", Failed::Later),
    ] {
        let server = Server::start(Some(Odd { at, says, talks: 1 })).await;
        let told = send(server.port, "maya@example.org", &letter("s", "t")).await;
        assert_eq!((told, server.taken().len()), (Err(expected), 0), "{says:?} to {at}");
    }
}

#[tokio::test]
async fn a_server_that_is_not_there_is_tried_again() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    assert_eq!(send(port, "maya@example.org", &letter("s", "t")).await, Err(Failed::Later));
}

#[tokio::test]
async fn an_address_that_is_none_is_never_tried() {
    let server = Server::start(None).await;
    for address in
        ["", "maya", "maya@", "@example.org", "a b@example.org", "maya@example.org\r\nRCPT TO:<evil@example.org>", "a@b.org, c@d.org"]
    {
        assert_eq!(send(server.port, address, &letter("s", "t")).await, Err(Failed::Nobody), "{address:?}");
    }
    assert!(server.taken().is_empty());
}

/// Statement 39.
#[tokio::test]
async fn a_line_break_in_a_subject_never_leaves() {
    let server = Server::start(None).await;
    for subject in ["a\r\nBcc: evil@example.org", "a\nb", "a\rb"] {
        assert_eq!(send(server.port, "maya@example.org", &letter(subject, "t")).await, Err(Failed::Never), "{subject:?}");
    }
    assert!(server.taken().is_empty());
}

#[tokio::test]
async fn letters_of_the_whole_world_arrive() {
    let server = Server::start(None).await;
    send(server.port, "maya@example.org", &letter("Tu cita de mañana", "Señora Ñandú, 心, 🕯")).await.unwrap();
    let taken = server.taken();
    assert!(!taken[0].contains("Bcc") && taken[0].lines().all(|line| line.len() < 998), "{}", taken[0]);
}

/// Both say the same, so that whoever reads mails without pictures and colours loses nothing.
#[tokio::test]
async fn a_letter_with_two_faces_says_for_what_it_is_and_how_to_end_it() {
    let server = Server::start(None).await;
    let both = Letter {
        subject: "Your week".into(),
        text: "plain face".into(),
        html: "<p>round face</p>".into(),
        occasion: "0123abcd".into(),
        unsubscribe: Some("https://hearth.example/digest/leave/tok".into()),
    };
    send(server.port, "maya@example.org", &both).await.unwrap();
    send(server.port, "maya@example.org", &both).await.unwrap();
    let taken = server.taken();
    let parts = ["multipart/alternative", "plain face", "<p>round face</p>", "Message-ID: <0123abcd@example.org>"];
    for part in parts
        .iter()
        .chain(&["List-Unsubscribe: <https://hearth.example/digest/leave/tok>", "List-Unsubscribe-Post: List-Unsubscribe=One-Click"])
    {
        assert!(taken.iter().all(|letter| letter.contains(part)), "{part} in {}", taken[0]);
    }
    assert!(taken[0].find("plain face") < taken[0].find("round face"), "the richer one comes last");
    send(server.port, "maya@example.org", &letter("s", "t")).await.unwrap();
    assert!(!server.taken()[2].contains("List-Unsubscribe"));
    for address in ["https://x.example/>\r\nBcc: evil@example.org", "https://x.example/ y", "https://x.example/>"] {
        let odd = Letter { unsubscribe: Some(address.into()), ..both.clone() };
        assert_eq!(send(server.port, "maya@example.org", &odd).await, Err(Failed::Never), "{address:?}");
    }
    assert_eq!(server.taken().len(), 3);
}

/// A server that answers a letter at a time holds up everybody else's mails until somebody's patience ends.
#[tokio::test]
async fn a_tarpit_is_left_and_tried_again() {
    let server = Server::with(None, Manner::Tarpit).await;
    let short = SmtpSettings { patience_seconds: 1, ..settings(server.port) };
    let told = tokio::time::timeout(Duration::from_secs(3), send_with(&short, "maya@example.org", &letter("s", "t"))).await;
    assert_eq!((told, server.taken().len()), (Ok(Err(Failed::Later)), 0), "the letter had not begun");
}

#[tokio::test]
async fn a_server_that_leaves_in_the_middle_of_the_letter_may_have_taken_it() {
    let server = Server::with(None, Manner::Leaves).await;
    let long = letter("s", &"one line\n".repeat(50_000));
    assert_eq!(send(server.port, "maya@example.org", &long).await, Err(Failed::Unsure));
    assert!(server.taken().is_empty());
}

#[tokio::test]
async fn a_server_that_is_busy_once_takes_the_letter_the_second_time_and_once() {
    for (at, says) in [("RCPT", "450 greylisted, come back"), ("LETTER", "451 not stored"), ("GREETING", "")] {
        let server = Server::start(Some(Odd { at, says, talks: 1 })).await;
        assert_eq!(send(server.port, "maya@example.org", &letter("s", "t")).await, Err(Failed::Later), "{at}");
        assert_eq!(send(server.port, "maya@example.org", &letter("s", "t")).await, Ok(()), "{at}");
        assert_eq!(server.taken().len(), 1, "{at}");
    }
}

/// Whoever has taken it and then hangs up without a goodbye has taken it.
#[tokio::test]
async fn how_a_server_takes_leave_changes_nothing() {
    let server = Server::start(Some(Odd { at: "QUIT", says: "", talks: 9 })).await;
    assert_eq!(send(server.port, "maya@example.org", &letter("s", "t")).await, Ok(()));
    assert_eq!(server.taken().len(), 1);
}

/// A letter never goes in the clear because a server would rather have it so.
#[tokio::test]
async fn without_the_encryption_that_was_asked_for_nothing_goes() {
    for security in ["tls", "starttls"] {
        let server = Server::start(None).await;
        let secure = SmtpSettings { security: security.into(), patience_seconds: 2, ..settings(server.port) };
        assert_eq!(send_with(&secure, "maya@example.org", &letter("s", "t")).await, Err(Failed::Later), "{security}");
        assert!(server.taken().is_empty());
    }
}

/// Somebody in between can make a certificate of their own for any name. It gets no letter, and none goes without.
#[tokio::test]
async fn a_certificate_that_nobody_vouches_for_gets_no_letter() {
    let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).unwrap();
    let provider = Arc::new(crypto::aws_lc_rs::default_provider());
    let config = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    let config = config.with_no_client_auth().with_single_cert(vec![made.cert.der().clone()], key).unwrap();
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let spoken = tokio::spawn(async move {
        let (stream, _) = listener.accept().await.unwrap();
        TlsAcceptor::from(Arc::new(config)).accept(stream).await.is_ok()
    });
    let secure = SmtpSettings { host: "localhost".into(), security: "tls".into(), patience_seconds: 5, ..settings(port) };
    assert_eq!(send_with(&secure, "maya@example.org", &letter("s", "t")).await, Err(Failed::Later));
    assert!(!spoken.await.unwrap(), "they never came to speak");
}

#[tokio::test]
async fn without_an_account_for_texts_none_goes() {
    let server = Server::start(None).await;
    let post = Post::Servers { smtp: Box::new(Smtp::new(&settings(server.port)).unwrap()), sms: None, push: Push::new().unwrap() };
    assert_eq!(post.send(&Address::phone("+15550100142"), &letter("", "t")).await, Err(Failed::Never));
}

#[test]
fn a_setting_that_will_not_do_is_named() {
    let trouble = |change: fn(&mut SmtpSettings)| {
        let mut settings = settings(25);
        change(&mut settings);
        Smtp::new(&settings).err().unwrap_or_default()
    };
    assert!(trouble(|settings| settings.from = "nobody".into()).contains("mail.from"));
    assert!(trouble(|settings| settings.from = String::new()).contains("mail.from"));
    assert!(trouble(|settings| settings.patience_seconds = 0).contains("mail.patience_seconds"));
    assert!(trouble(|settings| settings.patience_seconds = 46).contains("mail.patience_seconds"));
    for security in ["", "ssl", "TLS", "yes"] {
        assert!(
            Smtp::new(&SmtpSettings { security: security.into(), ..settings(25) }).unwrap_err().contains("mail.security"),
            "{security}"
        );
    }
    for security in ["tls", "starttls", "none"] {
        assert!(
            Smtp::new(&SmtpSettings { security: security.into(), user: "u".into(), password: "p".into(), ..settings(25) }).is_ok(),
            "{security}"
        );
    }
}

#[test]
fn a_password_is_not_printed() {
    let settings = SmtpSettings { user: "canary-user".into(), password: "canary-password".into(), ..settings(25) };
    let shown = format!("{settings:?}");
    assert!(!shown.contains("canary") && shown.contains("127.0.0.1:25"), "{shown}");
}

/// Who a server tells of a letter that it cannot hand on: an address in which the letter stands, where the practice has one.
#[tokio::test]
async fn a_letter_says_where_it_comes_back_to() {
    let occasion = "0123456789abcdef0123456789abcdef";
    let with = |bounces: &str| SmtpSettings { bounces: bounces.into(), ..settings(25) };
    for (bounces, occasion, expected) in [
        ("bounces@back.example.org", occasion, "bounces+0123456789abcdef0123456789abcdef@back.example.org"),
        ("bounces@back.example.org", "", "bounces@back.example.org"),
        ("", occasion, "office@example.org"),
    ] {
        let server = Server::start(None).await;
        let letter = Letter { occasion: occasion.into(), ..letter("s", "t") };
        send_with(&SmtpSettings { port: server.port, ..with(bounces) }, "ida@example.org", &letter).await.unwrap();
        assert!(server.taken()[0].starts_with(&format!("Return-Path: <{expected}>\n")), "{}", server.taken()[0]);
        assert!(
            server.taken()[0].contains("From: \"Lantern House\" <office@example.org>"),
            "what a reader sees stays: {}",
            server.taken()[0]
        );
    }
    for odd in ["bounces", "a b@example.org", "@", "bounces@"] {
        assert!(Smtp::new(&with(odd)).unwrap_err().contains("mail.bounces"), "{odd}");
    }
}
