//! The threads and their sockets; what flows is tested without them.

use media::{Config, Media, MediaEvent, Plan, Refusal};

fn config(workers: usize) -> Config {
    Config { bind: [127, 0, 0, 1].into(), port: 0, public_address: None, workers }
}

#[tokio::test]
async fn each_worker_has_a_port_and_answers() {
    let (media, mut events) = Media::start(config(2)).unwrap();
    let addresses = media.addresses();
    assert_eq!(addresses.len(), 2);
    assert_ne!(addresses[0].port(), addresses[1].port());
    for room in 0..4 {
        media.plan(room, Plan::default());
        let refused = media.join(room, 0, 2, "v=0".into()).await;
        assert!(matches!(refused, Err(Refusal::Offer(_))));
    }
    media.break_room_for_test(3);
    assert_eq!(events.recv().await, Some(MediaEvent::Failed { room: 3 }));
    let answer = media.join(2, 0, 2, crate::sim::Sim::new(1).offer_text(2)).await.unwrap();
    assert!(addresses.iter().any(|address| answer.contains(&format!("127.0.0.1 {} typ host", address.port()))));
    assert!(answer.contains("usedtx=1") && answer.contains("a=simulcast:recv q;h;f"), "{answer}");
}
