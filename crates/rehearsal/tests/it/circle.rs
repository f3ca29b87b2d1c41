//! Load clients and the media engine over real sockets on this machine.

use std::time::{Duration, Instant};

use media::{Config, Media, MediaEvent, Plan, SeatNo};
use rehearsal::{Load, Trouble};
use tokio::sync::{oneshot, watch};

#[tokio::test]
async fn three_people_hear_and_see_each_other() {
    let (media, mut events) =
        Media::start(Config { bind: [127, 0, 0, 1].into(), port: 0, tcp_port: 0, public_address: None, workers: 2 }).unwrap();
    let (stop, stopped) = watch::channel(false);
    let mut clients = Vec::new();
    for seat in 0..3u8 {
        let (mut load, offer) = Load::new(usize::from(seat), 3, None).await.unwrap();
        if seat == 1 {
            load.client().speak(Instant::now(), Duration::from_secs(60));
        }
        let answer = media.join(1, seat, 3, offer).await.unwrap();
        let (up, is_up) = oneshot::channel();
        let stopped = stopped.clone();
        clients.push((tokio::spawn(async move { load.run(&answer, stopped, up).await }), is_up));
    }
    let all: Vec<SeatNo> = vec![0, 1, 2];
    media.plan(1, Plan { hears: all.iter().map(|seat| (*seat, all.clone())).collect(), ..Plan::default() });
    for (_, up) in &mut clients {
        tokio::time::timeout(Duration::from_secs(20), up).await.unwrap().unwrap();
    }
    tokio::time::sleep(Duration::from_secs(4)).await;
    stop.send(true).unwrap();
    for (seat, (task, _)) in clients.into_iter().enumerate() {
        let report = task.await.unwrap().unwrap();
        for from in (0..3).filter(|from| *from != seat) {
            let received = &report.received[from];
            assert!(received.frames > 20, "{seat} saw {} pictures of {from}", received.frames);
            assert!(received.audio.packets > if from == 1 { 100 } else { 5 });
        }
        assert_eq!(report.received[seat].audio.packets + report.received[seat].video.packets, 0);
    }
    let mut talked = 0;
    while let Ok(event) = events.try_recv() {
        if let MediaEvent::Speech { seats, .. } = event {
            assert!(seats.iter().all(|speech| speech.seat == 1), "only one spoke");
            talked += seats.iter().map(|speech| speech.talked_ms).sum::<u32>();
        }
    }
    assert!(talked > 2000, "{talked} ms of talk");
}

#[tokio::test]
async fn an_answer_from_elsewhere_is_refused() {
    let (load, _) = Load::new(1, 2, None).await.unwrap();
    let (_stop, stopped) = watch::channel(false);
    let (up, _) = oneshot::channel();
    let answer = "v=0\r\na=candidate:1 1 udp 2130706175 198.51.100.7 4000 typ host\r\n";
    assert!(matches!(load.run(answer, stopped, up).await, Err(Trouble::NotHome(_))));
}
