//! Broken input, broken rooms, strangers.

use std::net::SocketAddr;

use media::{Command, MediaEvent, Refusal};

use crate::sim::Sim;

fn healthy(sim: &mut Sim, a: usize, b: usize) {
    let at = sim.ms();
    sim.run(1000);
    let (left, right) = (&sim.clients[a], &sim.clients[b]);
    assert!(left.heard(right.seat, at) > 40 && right.heard(left.seat, at) > 40);
}

#[test]
fn garbage_from_anybody_harms_nobody() {
    let mut sim = Sim::new(20);
    sim.join(1, 0, 2);
    sim.join(1, 1, 2);
    sim.circle(1, &[0, 1]);
    sim.run(2000);
    let known = sim.clients[0].path.address;
    let stranger: SocketAddr = "203.0.113.9:1".parse().unwrap();
    // First bytes of STUN, DTLS, TURN, RTP and RTCP, and whatever else.
    let starts = [0u8, 1, 3, 20, 22, 25, 63, 64, 79, 127, 128, 144, 191, 192, 255];
    for round in 0..6_000u64 {
        let length = (sim.roll() % 300) as usize;
        let mut bytes: Vec<u8> = (0..length).map(|_| sim.roll() as u8).collect();
        if let Some(first) = bytes.first_mut() {
            *first = starts[(round % starts.len() as u64) as usize];
        }
        if bytes.len() > 20 && round % 3 == 0 {
            // A plausible STUN head with a cookie, so that the attributes are reached.
            let size = (bytes.len() - 20) as u16 / 4 * 4;
            bytes[..8].copy_from_slice(&[0, 1, (size >> 8) as u8, size as u8, 0x21, 0x12, 0xA4, 0x42]);
        }
        let from = if round % 2 == 0 { known } else { stranger };
        sim.garbage(from, &bytes);
    }
    sim.run(500);
    healthy(&mut sim, 0, 1);
    assert!(!sim.events.iter().any(|(_, event)| matches!(event, MediaEvent::Lost { .. } | MediaEvent::Failed { .. })));
    assert!(sim.engine.figures().strangers > 2500);
}

#[test]
fn broken_offers_are_refused_and_the_seat_stays() {
    let mut sim = Sim::new(21);
    sim.join(1, 0, 2);
    sim.join(1, 1, 2);
    sim.circle(1, &[0, 1]);
    sim.run(1500);
    let good = {
        let index = sim.join(2, 0, 2);
        sim.restart_ice(index, 2);
        let mut other = Sim::new(99);
        let extra = other.join(3, 0, 2);
        other.clients[extra].probe_offer()
    };
    for offer in [String::new(), "v=0".into(), "\0\u{1F600}".repeat(100), "m=audio".repeat(10_000), "a".repeat(1_000_000), good] {
        assert!(matches!(sim.offer(1, 0, 2, offer), Err(Refusal::Offer(_))));
    }
    assert_eq!(sim.offer(1, 5, 2, "v=0".into()), Err(Refusal::Seat));
    assert_eq!(sim.offer(1, 0, 200, "v=0".into()), Err(Refusal::Seat));
    healthy(&mut sim, 0, 1);
}

#[test]
fn mutilated_offers_never_panic_nor_disturb() {
    let mut sim = Sim::new(22);
    sim.join(1, 0, 2);
    sim.join(1, 1, 2);
    sim.circle(1, &[0, 1]);
    sim.run(1500);
    let whole = {
        let mut other = Sim::new(1);
        other.offer_text(2)
    };
    for _ in 0..300 {
        let mut bytes = whole.clone().into_bytes();
        for _ in 0..1 + sim.roll() % 6 {
            let at = (sim.roll() % bytes.len().max(1) as u64) as usize;
            match sim.roll() % 3 {
                _ if at >= bytes.len() => {}
                0 => bytes[at] = 32 + (sim.roll() % 90) as u8,
                1 => {
                    bytes.remove(at);
                }
                _ => bytes.truncate(at.max(1)),
            }
        }
        // Whether it is taken or refused does not matter, only that others do not notice.
        let _either = sim.offer(9, 0, 2, String::from_utf8_lossy(&bytes).into_owned());
    }
    healthy(&mut sim, 0, 1);
}

#[test]
fn a_panic_ends_its_room_only() {
    let mut sim = Sim::new(23);
    for room in [1, 2] {
        sim.join(room, 0, 2);
        sim.join(room, 1, 2);
        sim.circle(room, &[0, 1]);
    }
    sim.run(2000);
    sim.command(Command::BreakForTest { room: 1 });
    let at = sim.ms() + 50;
    sim.run(500);
    assert!(sim.events.iter().any(|(_, event)| *event == MediaEvent::Failed { room: 1 }));
    assert_eq!(sim.clients[0].heard(1, at), 0);
    healthy(&mut sim, 2, 3);
    // A fresh start of the broken room works.
    let (a, b) = (sim.join(1, 0, 2), sim.join(1, 1, 2));
    sim.circle(1, &[0, 1]);
    sim.run(2000);
    healthy(&mut sim, a, b);
}

#[test]
fn the_connection_test_echoes_and_ends() {
    let mut sim = Sim::new(24);
    let index = sim.probe();
    sim.run(1500);
    let channel = sim.clients[index].channel.expect("the channel opens");
    for n in 0..50u8 {
        sim.clients[index].rtc.channel(channel).unwrap().write(true, &[n]).unwrap();
        sim.run(20);
    }
    sim.run(300);
    assert_eq!(sim.clients[index].echoed.len(), 50);
    sim.run(15_000);
    assert!(!sim.clients[index].rtc.is_alive());
}

#[test]
fn the_door_refuses_tracks_and_crowds() {
    let mut sim = Sim::new(25);
    let tracks = sim.offer_text(2);
    let (reply, mut answer) = tokio::sync::oneshot::channel();
    sim.command(Command::Probe { offer: tracks, reply });
    assert!(matches!(answer.try_recv().unwrap(), Err(Refusal::Offer(_))));
    (0..100).for_each(|_| {
        sim.probe();
    });
    let (reply, mut answer) = tokio::sync::oneshot::channel();
    let offer = sim.spare_probe_offer();
    sim.command(Command::Probe { offer, reply });
    assert_eq!(answer.try_recv().unwrap(), Err(Refusal::Busy));
    sim.run(16_000);
    sim.probe();
}
