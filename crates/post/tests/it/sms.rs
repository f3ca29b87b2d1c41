use std::sync::{Arc, Mutex};

use post::{Address, Failed, Letter, Post, Push, Sms, SmsSettings, Smtp, SmtpSettings};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

const SID: &str = "ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

/// What Twilio or a push service would be, for as long as a test runs: keeps each request and gives one answer; an empty one hangs up.
pub struct Twilio {
    pub port: u16,
    pub asked: Arc<Mutex<Vec<String>>>,
}

impl Twilio {
    pub async fn start(answer: &'static str) -> Twilio {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let kept = asked.clone();
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let mut request = Vec::new();
                while !whole(&request) {
                    let mut bytes = [0; 4_096];
                    match stream.read(&mut bytes).await {
                        Ok(read) if read > 0 => request.extend(&bytes[..read]),
                        _ => break,
                    }
                }
                kept.lock().unwrap().push(String::from_utf8(request).unwrap());
                if answer == "SILENCE" {
                    std::mem::forget(stream);
                    continue;
                }
                stream.write_all(answer.as_bytes()).await.unwrap();
            }
        });
        Twilio { port, asked }
    }
}

/// Head and as much of a body as the head says.
fn whole(request: &[u8]) -> bool {
    let text = String::from_utf8_lossy(request).to_lowercase();
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")).and_then(|length| length.parse().ok());
    body.len() >= length.unwrap_or(0)
}

fn settings(port: u16) -> SmsSettings {
    SmsSettings {
        account_sid: SID.into(),
        auth_token: "canary-token".into(),
        from: "+15550100100".into(),
        base_url: format!("http://127.0.0.1:{port}"),
        patience_seconds: 1,
    }
}

fn sms(settings: &SmsSettings) -> Post {
    let smtp = SmtpSettings {
        host: "127.0.0.1".into(),
        port: 9,
        user: String::new(),
        password: String::new(),
        from: "office@example.org".into(),
        bounces: String::new(),
        security: "none".into(),
        patience_seconds: 1,
    };
    let texts = Sms::new(settings, "https://hearth.example/texts/status").unwrap();
    Post::Servers { smtp: Box::new(Smtp::new(&smtp).unwrap()), sms: Some(Box::new(texts)), push: Push::new().unwrap() }
}

async fn send(settings: &SmsSettings, to: &str) -> Result<(), Failed> {
    let letter = Letter { text: "Tomorrow, 18:30 & más".into(), ..Letter::default() };
    sms(settings).send(&Address::phone(to), &letter).await
}

#[tokio::test]
async fn a_text_is_asked_for_as_twilio_wants_it() {
    let twilio = Twilio::start("HTTP/1.1 201 Created\r\ncontent-length: 2\r\n\r\n{}").await;
    assert_eq!(send(&settings(twilio.port), "+15550100142").await, Ok(()));
    let service = SmsSettings { from: format!("MG{}", "b".repeat(32)), ..settings(twilio.port) };
    assert_eq!(send(&service, "+15550100142").await, Ok(()));
    let asked = twilio.asked.lock().unwrap().clone();
    let (head, body) = asked[0].split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with(&format!("POST /2010-04-01/Accounts/{SID}/Messages.json HTTP/1.1\r\n")), "{head}");
    let head = head.to_lowercase();
    // base64 of SID:canary-token
    assert!(head.contains("authorization: basic qunhyw") && head.contains("content-type: application/x-www-form-urlencoded"), "{head}");
    assert_eq!(
        body,
        "To=%2B15550100142&From=%2B15550100100&Body=Tomorrow%2C%2018%3A30%20%26%20m%C3%A1s&StatusCallback=https%3A%2F%2Fhearth.example%2Ftexts%2Fstatus"
    );
    assert!(asked[1].contains("&MessagingServiceSid=MGbbbb") && !asked[1].contains("&From="), "{}", asked[1]);
}

#[tokio::test]
async fn the_answer_decides_whether_it_is_tried_again() {
    for (answer, expected) in [
        ("HTTP/1.1 429 Too Many\r\ncontent-length: 0\r\n\r\n", Failed::Later),
        ("HTTP/1.1 500 Oh\r\ncontent-length: 0\r\n\r\n", Failed::Later),
        ("HTTP/1.1 401 No\r\ncontent-length: 0\r\n\r\n", Failed::Never),
        ("HTTP/1.1 400 No\r\ncontent-length: 14\r\n\r\n{\"code\":21610}", Failed::Nobody),
        ("HTTP/1.1 302 There\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n", Failed::Never),
        ("", Failed::Unsure),
        ("what?\r\n\r\n", Failed::Unsure),
        ("SILENCE", Failed::Unsure),
    ] {
        let twilio = Twilio::start(answer).await;
        assert_eq!(send(&settings(twilio.port), "+15550100142").await, Err(expected), "{answer:?}");
        assert_eq!(twilio.asked.lock().unwrap().len(), 1, "{answer:?} is asked once and not followed");
    }
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    assert_eq!(send(&settings(port), "+15550100142").await, Err(Failed::Later), "nobody there");
}

#[tokio::test]
async fn what_is_no_number_is_never_asked_for() {
    let twilio = Twilio::start("HTTP/1.1 201 Created\r\ncontent-length: 0\r\n\r\n").await;
    for number in ["", "5550100142", "+1", "+1555010014x", "+15550100142,+15550100143", "whatsapp:+15550100142", "+1234567890123456"] {
        assert_eq!(send(&settings(twilio.port), number).await, Err(Failed::Nobody), "{number:?}");
    }
    let letter = Letter { text: "t".into(), ..Letter::default() };
    let mail = sms(&settings(twilio.port)).send(&Address::email("maya@example.org"), &letter).await;
    assert_eq!((mail, twilio.asked.lock().unwrap().len()), (Err(Failed::Later), 0), "a mail goes to the mail server");
}

#[tokio::test]
async fn a_certificate_that_nobody_vouches_for_gets_no_text() {
    let twilio = Twilio::start("HTTP/1.1 201 Created\r\ncontent-length: 0\r\n\r\n").await;
    let secure = SmsSettings { base_url: format!("https://localhost:{}", twilio.port), ..settings(twilio.port) };
    assert_eq!(send(&secure, "+15550100142").await, Err(Failed::Later));
}

#[test]
fn a_setting_that_will_not_do_is_named() {
    let trouble = |change: fn(&mut SmsSettings)| {
        let mut settings = settings(80);
        change(&mut settings);
        Sms::new(&settings, "").err().unwrap_or_default()
    };
    assert!(trouble(|settings| settings.account_sid = "AC1".into()).contains("sms.account_sid"));
    assert!(trouble(|settings| settings.account_sid = format!("AC{}/", "a".repeat(31))).contains("sms.account_sid"));
    assert!(trouble(|settings| settings.auth_token = String::new()).contains("sms.auth_token"));
    assert!(trouble(|settings| settings.from = "Hearth".into()).contains("sms.from"));
    assert!(trouble(|settings| settings.patience_seconds = 60).contains("sms.patience_seconds"));
    for url in ["", "api.twilio.com", "http://api.twilio.com", "ftp://127.0.0.1", "http://127.0.0.1.example.org", "https://"] {
        let odd = SmsSettings { base_url: url.into(), ..settings(80) };
        assert!(Sms::new(&odd, "").unwrap_err().contains("sms.base_url"), "{url}");
    }
    for url in ["https://api.twilio.com", "http://localhost:1", "http://[::1]:1/prefix/"] {
        assert!(Sms::new(&SmsSettings { base_url: url.into(), ..settings(80) }, "").is_ok(), "{url}");
    }
}

#[test]
fn a_secret_is_not_printed() {
    let texts = Sms::new(&settings(80), "").unwrap();
    let shown = format!("{:?} {texts:?}", settings(80));
    assert!(!shown.contains("canary") && !shown.contains("AC"), "{shown}");
}
