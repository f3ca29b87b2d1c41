//! The threads and their sockets; what flows is tested without them.

use std::time::Duration;

use media::{Config, Media, MediaEvent, Plan, Refusal};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

fn config(workers: usize) -> Config {
    Config { bind: [127, 0, 0, 1].into(), port: 0, tcp_port: 0, public_address: None, workers }
}

#[tokio::test]
async fn each_worker_has_a_port_and_answers() {
    let (media, mut events) = Media::start(config(2)).unwrap();
    let addresses = media.addresses();
    assert_eq!(addresses.len(), 2);
    assert_ne!(addresses[0].udp.port(), addresses[1].udp.port());
    for room in 0..4 {
        media.plan(room, Plan::default());
        let refused = media.join(room, 0, 2, "v=0".into()).await;
        assert!(matches!(refused, Err(Refusal::Offer(_))));
    }
    media.break_room_for_test(3);
    assert_eq!(events.recv().await, Some(MediaEvent::Failed { room: 3 }));
    let answer = media.join(2, 0, 2, crate::sim::Sim::new(1).offer_text(2)).await.unwrap();
    let tells = |address: &media::Addresses| {
        answer.contains(&format!("127.0.0.1 {} typ host", address.udp.port()))
            && answer.contains(&format!("127.0.0.1 {} typ host tcptype passive", address.tcp.port()))
    };
    assert!(addresses.iter().any(tells), "{answer}");
    assert!(answer.contains("usedtx=1") && answer.contains("a=simulcast:recv q;h;f"), "{answer}");
}

#[tokio::test]
async fn a_stranger_on_tcp_is_hung_up_on_and_the_port_stays_open() {
    let (media, _events) = Media::start(config(1)).unwrap();
    let address = media.addresses()[0].tcp;
    let too_long = [&60_000u16.to_be_bytes()[..], &[0; 3_000]].concat();
    let not_stun = [&3u16.to_be_bytes()[..], &[99, 1, 2]].concat();
    for bytes in [&b"GET / HTTP/1.1\r\n\r\n"[..], &[0, 0], &too_long, &not_stun] {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(bytes).await.unwrap();
        stream.flush().await.unwrap();
        let came = tokio::time::timeout(Duration::from_secs(20), stream.read_u8()).await.unwrap();
        assert!(came.is_err(), "a stranger was answered");
    }
    let answer = media.join(1, 0, 1, crate::sim::Sim::new(1).offer_text(1)).await;
    assert!(answer.is_ok());
}
