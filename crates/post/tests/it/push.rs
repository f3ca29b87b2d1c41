use post::{Address, Channel, Failed, Hosts, Knock, Letter, Outbox, Post, Push, PushSettings, VapidKey};

use crate::sms::Twilio;

fn knock(port: u16) -> Address {
    let hosts = Hosts::new(&PushSettings { more_hosts: vec![format!("127.0.0.1:{port}")] }).unwrap();
    let endpoint = hosts.endpoint(&format!("http://127.0.0.1:{port}/send/canary-device?a=b")).unwrap();
    let key = VapidKey::open(&VapidKey::generate().unwrap()).unwrap();
    let authorization = key.authorization(&endpoint.audience(), "https://groups.example.org", 1_795_043_200).unwrap();
    Address::Device(Box::new(Knock { endpoint, authorization, seconds: 3_600 }))
}

async fn send(to: &Address) -> Result<(), Failed> {
    Push::new().unwrap().send(to, &Letter::default()).await
}

#[tokio::test]
async fn a_knock_says_who_for_how_long_and_nothing_else() {
    let service = Twilio::start("HTTP/1.1 201 Created\r\ncontent-length: 0\r\n\r\n").await;
    assert_eq!(send(&knock(service.port)).await, Ok(()));
    let asked = service.asked.lock().unwrap()[0].clone();
    let (head, body) = asked.split_once("\r\n\r\n").unwrap();
    assert_eq!(body, "", "not one byte");
    let mut lines: Vec<String> = head.to_lowercase().lines().map(str::to_owned).collect();
    assert_eq!(lines.remove(0), "post /send/canary-device?a=b http/1.1");
    lines.sort();
    let names: Vec<&str> = lines.iter().map(|line| line.split(':').next().unwrap()).collect();
    assert_eq!(names, ["authorization", "content-length", "host", "topic", "ttl", "urgency"]);
    for line in ["ttl: 3600", "urgency: normal", "topic: waiting", "content-length: 0", &format!("host: 127.0.0.1:{}", service.port)] {
        assert!(lines.iter().any(|one| one == line), "{line} in {lines:?}");
    }
    assert!(lines[0].starts_with("authorization: vapid t=ey") && lines[0].contains(", k="));
}

#[tokio::test]
async fn words_never_leave() {
    let service = Twilio::start("HTTP/1.1 201 Created\r\ncontent-length: 0\r\n\r\n").await;
    let push = Push::new().unwrap();
    for letter in [
        Letter { text: "canary".into(), ..Letter::default() },
        Letter { subject: "canary".into(), ..Letter::default() },
        Letter { html: "canary".into(), ..Letter::default() },
        Letter { occasion: "canary".into(), ..Letter::default() },
    ] {
        assert_eq!(push.send(&knock(service.port), &letter).await, Err(Failed::Never));
    }
    assert_eq!(push.send(&Address::email("maya@example.org"), &Letter::default()).await, Err(Failed::Never));
    assert_eq!(service.asked.lock().unwrap().len(), 0);
}

#[tokio::test]
async fn the_answer_decides_and_no_redirect_is_followed() {
    for (answer, expected) in [
        ("HTTP/1.1 410 Gone\r\ncontent-length: 0\r\n\r\n", Failed::Nobody),
        ("HTTP/1.1 404 No\r\ncontent-length: 0\r\n\r\n", Failed::Nobody),
        ("HTTP/1.1 429 Slow\r\ncontent-length: 0\r\n\r\n", Failed::Later),
        ("HTTP/1.1 403 No\r\ncontent-length: 0\r\n\r\n", Failed::Never),
        ("HTTP/1.1 307 There\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n", Failed::Never),
        ("", Failed::Unsure),
    ] {
        let service = Twilio::start(answer).await;
        assert_eq!(send(&knock(service.port)).await, Err(expected), "{answer:?}");
        assert_eq!(service.asked.lock().unwrap().len(), 1, "{answer:?}");
    }
}

#[tokio::test]
async fn an_outbox_keeps_it_and_nothing_prints_where_the_device_is() {
    let outbox = Outbox::default();
    assert_eq!(Post::Outbox(outbox.clone()).send(&knock(9), &Letter::default()).await, Ok(()));
    let shown = format!("{:?}", outbox.posted());
    assert!(shown.contains("a device at 127.0.0.1") && !shown.contains("canary") && !shown.contains("vapid"), "{shown}");
}
