use post::{Address, Failed, Letter, Post, Smtp, SmtpSettings};
use tokio::net::TcpListener;

use crate::server::{Odd, Server};

fn settings(port: u16) -> SmtpSettings {
    SmtpSettings {
        host: "127.0.0.1".into(),
        port,
        user: String::new(),
        password: String::new(),
        from: "Lantern House <office@example.org>".into(),
        security: "none".into(),
    }
}

fn letter(subject: &str, text: &str) -> Letter {
    Letter { subject: subject.into(), text: text.into() }
}

async fn send(port: u16, to: &str, letter: &Letter) -> Result<(), Failed> {
    let post = Post::Smtp(Box::new(Smtp::new(&settings(port)).unwrap()));
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
        ("RCPT", "550 nobody here of that name", Failed::Never),
        ("DATA", "451 not now", Failed::Later),
        ("LETTER", "552 too large", Failed::Never),
        ("LETTER", "451 not stored", Failed::Later),
        ("GREETING", "", Failed::Later),
        ("RCPT", "", Failed::Later),
        ("LETTER", "", Failed::Later),
        ("RCPT", "what?", Failed::Later),
    ] {
        let server = Server::start(Some(Odd { at, says })).await;
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
        assert_eq!(send(server.port, address, &letter("s", "t")).await, Err(Failed::Never), "{address:?}");
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

#[test]
fn a_setting_that_will_not_do_is_named() {
    let trouble = |change: fn(&mut SmtpSettings)| {
        let mut settings = settings(25);
        change(&mut settings);
        Smtp::new(&settings).err().unwrap_or_default()
    };
    assert!(trouble(|settings| settings.from = "nobody".into()).contains("mail.from"));
    assert!(trouble(|settings| settings.from = String::new()).contains("mail.from"));
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
