//! What flows, and what must not.

use media::{Command, Layer, MediaEvent, Path, Plan};

use crate::sim::{Sim, Weather};

/// Numbers must leave no hole and never repeat, times must not go back.
pub fn unbroken(got: &[crate::sim::Got]) {
    let mut seqs: Vec<u64> = got.iter().map(|got| got.seq).collect();
    seqs.sort_unstable();
    seqs.dedup();
    assert_eq!(seqs.len(), got.len(), "a number came twice");
    assert_eq!(seqs.last().unwrap() - seqs[0] + 1, seqs.len() as u64, "a hole in the numbers");
    let mut in_order = got.to_vec();
    in_order.sort_by_key(|got| got.seq);
    for pair in in_order.windows(2) {
        assert!(pair[1].time.wrapping_sub(pair[0].time) < 1 << 31, "time went back: {pair:?}");
        let pictures = pair[1].picture.wrapping_sub(pair[0].picture) & 0x7fff;
        assert!(pictures <= 1, "a picture number jumped: {pair:?}");
    }
}

#[test]
fn nothing_before_a_plan_and_everything_after() {
    let mut sim = Sim::new(1);
    for seat in 0..3 {
        sim.join(7, seat, 4);
    }
    sim.run(2000);
    assert!(sim.clients.iter().all(|client| client.got.is_empty()));
    let connected = sim.events.iter().filter(|(_, event)| matches!(event, MediaEvent::Connected { room: 7, .. })).count();
    assert_eq!(connected, 3);

    sim.circle(7, &[0, 1, 2]);
    let at = sim.ms();
    sim.run(3000);
    for (me, client) in sim.clients.iter().enumerate() {
        for from in 0..3u8 {
            let (heard, seen) = (client.heard(from, at), client.seen(from, at));
            if usize::from(from) == me {
                assert!(heard == 0 && seen.is_empty());
            } else {
                assert!(heard > 140, "{me} heard {heard} of {from}");
                assert!(seen.len() > 150, "{me} saw {} of {from}", seen.len());
                assert!(seen[0].key && seen[0].at < at + 1000);
                unbroken(&seen);
            }
        }
        assert!(client.got.iter().all(|got| got.slot == got.from), "somebody on a wrong line");
    }
}

#[test]
fn tables_silence_and_cameras_follow_the_plan() {
    let mut sim = Sim::new(2);
    for seat in 0..4 {
        sim.join(1, seat, 5);
    }
    sim.circle(1, &[0, 1, 2, 3]);
    sim.run(2000);
    let hears = vec![(0, vec![1]), (1, vec![0]), (2, vec![3]), (3, vec![2])];
    sim.command(Command::Plan { room: 1, plan: Plan { hears, silent: vec![0], unseen: vec![3], for_some: Vec::new() } });
    let (at, key_requests) = (sim.ms() + 50, sim.clients[2].key_requests);
    sim.run(2000);
    let [a, b, c, d] = &sim.clients[..] else { unreachable!() };
    assert!(b.heard(0, at) == 0 && !b.seen(0, at).is_empty());
    assert!(a.heard(1, at) > 90 && !a.seen(1, at).is_empty());
    assert!(c.heard(3, at) > 90 && c.seen(3, at).is_empty());
    for (left, right) in [(a, 2), (a, 3), (b, 2), (b, 3), (c, 0), (c, 1), (d, 0), (d, 1)] {
        assert!(left.heard(right, at) == 0 && left.seen(right, at).is_empty());
    }
    assert_eq!(sim.clients[2].key_requests, key_requests, "a move that changes nothing needs no key frame");

    // Back to the circle on the same connections: sound within a second and no hole in anybody's numbers.
    let back = sim.ms();
    sim.circle(1, &[0, 1, 2, 3]);
    sim.run(1000);
    for client in &sim.clients {
        for from in (0..4).filter(|from| *from != client.seat) {
            assert!(client.heard(from, back) > 30);
            assert!(client.seen(from, back).len() > 10);
            unbroken(&client.seen(from, 0));
        }
    }
    assert!(!sim.events.iter().any(|(_, event)| matches!(event, MediaEvent::Lost { .. } | MediaEvent::Failed { .. })));
}

#[test]
fn layers_follow_the_tile_and_change_on_key_frames() {
    let mut sim = Sim::new(3);
    sim.join(1, 0, 2);
    sim.join(1, 1, 2);
    sim.circle(1, &[0, 1]);
    sim.run(1500);
    let small = sim.clients[0].seen(1, 800);
    assert!(small.iter().all(|got| got.layer == Some(0)));
    sim.want(1, 0, &[(1, Layer::High)]);
    sim.run(4000);
    let at = sim.ms();
    sim.run(500);
    assert!(sim.clients[0].seen(1, at).iter().all(|got| got.layer == Some(2)));
    sim.want(1, 0, &[]);
    sim.run(100);
    let hidden = sim.ms();
    sim.run(1000);
    assert!(sim.clients[0].seen(1, hidden).is_empty() && sim.clients[0].heard(1, hidden) > 40);
    sim.want(1, 0, &[(1, Layer::Middle)]);
    sim.run(1500);
    let seen = sim.clients[0].seen(1, 0);
    assert_eq!(seen.last().unwrap().layer, Some(1));
    unbroken(&seen);
    for pair in seen.windows(2).filter(|pair| pair[0].layer != pair[1].layer) {
        assert!(pair[1].key, "changed between key frames");
    }
    assert!(sim.clients[1].key_requests < 12, "{} key frames asked for", sim.clients[1].key_requests);
}

#[test]
fn a_narrow_line_gets_small_pictures_and_all_of_the_sound() {
    let mut sim = Sim::new(31);
    (0..3).for_each(|seat| {
        sim.join(1, seat, 3);
    });
    sim.circle(1, &[0, 1, 2]);
    sim.want(1, 0, &[(1, Layer::High), (2, Layer::High)]);
    sim.run(4000);
    assert!(sim.clients[0].seen(1, 3500).iter().all(|got| got.layer == Some(2)));
    for n in 0..30 {
        sim.report_line(0, 1, 400_000 - 10_000 * n);
        sim.run(200);
    }
    let at = sim.ms();
    sim.run(1000);
    let small = [1, 2].map(|from| sim.clients[0].seen(from, at));
    assert!(small.iter().flatten().all(|got| got.layer == Some(0)));
    assert!([1, 2].iter().all(|from| sim.clients[0].heard(*from, at) > 45));
    // The line is wide again: the pictures grow back within a minute.
    for _ in 0..45 {
        sim.report_line(0, 1, 5_000_000);
        sim.run(1000);
    }
    let at = sim.ms();
    sim.run(500);
    assert!(sim.clients[0].seen(2, at).iter().all(|got| got.layer == Some(2)));
    unbroken(&sim.clients[0].seen(1, 0));
}

#[test]
fn a_late_top_layer_and_a_single_layer_are_shown() {
    let mut sim = Sim::new(4);
    sim.join(1, 0, 2);
    sim.join(1, 1, 2);
    sim.clients[1].layers = 2;
    sim.circle(1, &[0, 1]);
    sim.want(1, 0, &[(1, Layer::High)]);
    sim.run(4000);
    assert_eq!(sim.clients[0].seen(1, 0).last().unwrap().layer, Some(1));
    sim.clients[1].layers = 3;
    sim.run(4000);
    assert_eq!(sim.clients[0].seen(1, 0).last().unwrap().layer, Some(2));
    sim.clients[1].layers = 1;
    sim.run(3000);
    assert_eq!(sim.clients[0].seen(1, 0).last().unwrap().layer, Some(0));
}

#[test]
fn bad_networks_lose_little_and_never_mix() {
    for seed in 10..14 {
        let mut sim = Sim::new(seed);
        sim.weather = Weather { loss: 5, delay_ms: 20, jitter_ms: 25 };
        for seat in 0..3 {
            sim.join(1, seat, 3);
        }
        sim.circle(1, &[0, 1, 2]);
        sim.run(10_000);
        let at = sim.ms();
        sim.run(5_000);
        for client in &sim.clients {
            for from in (0..3).filter(|from| *from != client.seat) {
                let heard = client.heard(from, at);
                assert!(heard > 200, "seed {seed}: {} heard {heard} of {from}", client.seat);
                let seen = client.seen(from, at);
                assert!(seen.len() > 240, "seed {seed}: {} saw {} of {from}", client.seat, seen.len());
            }
            assert!(client.got.iter().all(|got| got.slot == got.from));
        }
    }
}

#[test]
fn whoever_has_no_udp_sits_in_the_circle_all_the_same() {
    let mut sim = Sim::new(8);
    sim.join(3, 0, 3);
    sim.by_tcp = true;
    sim.join(3, 1, 3);
    sim.join(3, 2, 3);
    sim.circle(3, &[0, 1, 2]);
    sim.run(3000);
    let at = sim.ms();
    sim.run(2000);
    for (me, client) in sim.clients.iter().enumerate() {
        for from in (0..3u8).filter(|from| usize::from(*from) != me) {
            assert!(client.heard(from, at) > 95, "{me} heard {} of {from}", client.heard(from, at));
            assert!(client.seen(from, at).len() > 100);
            unbroken(&client.seen(from, 0));
        }
    }
    // A line of the same numbers on the other transport is another line: its owner is not known there.
    let theirs = sim.clients[1].path.address;
    let strangers = sim.engine.figures().strangers;
    sim.garbage(theirs, &[0x80; 40]);
    assert_eq!(sim.engine.figures().strangers, strangers + 1);
}

#[test]
fn a_restart_of_ice_keeps_the_connection() {
    let mut sim = Sim::new(5);
    sim.join(1, 0, 2);
    sim.join(1, 1, 2);
    sim.circle(1, &[0, 1]);
    sim.run(2000);
    // Another network: a new address, so only the restart can bring the client back.
    sim.clients[0].online = false;
    sim.run(3000);
    sim.moves(0, Path::udp("10.9.9.9:999".parse().unwrap()), 2);
    let at = sim.ms();
    sim.run(3000);
    assert!(sim.clients[0].heard(1, at) > 80 && sim.clients[1].heard(0, at) > 80);
    assert!(!sim.clients[1].seen(0, at).is_empty() && !sim.clients[0].seen(1, at).is_empty());
    // The times of the sound go on, so the receiver notices no new stream.
    assert!(sim.clients[0].got.windows(2).all(|pair| pair[0].slot == pair[1].slot));
    assert!(!sim.events.iter().any(|(_, event)| matches!(event, MediaEvent::Lost { .. })));
}

#[test]
fn a_new_connection_takes_the_seat_over() {
    let mut sim = Sim::new(6);
    sim.join(1, 0, 2);
    sim.join(1, 1, 2);
    sim.circle(1, &[0, 1]);
    sim.run(2000);
    let again = sim.join(1, 0, 2);
    let at = sim.ms();
    sim.run(2500);
    assert!(sim.clients[again].heard(1, at) > 80 && !sim.clients[again].seen(1, at).is_empty());
    assert!(sim.clients[1].heard(0, at) > 80);
    unbroken(&sim.clients[1].seen(0, 0));
    assert_eq!(sim.clients[0].heard(1, at + 200), 0);
    assert!(!sim.clients[0].rtc.is_alive(), "the old page is told");
}

#[test]
fn a_vanished_client_is_lost_within_15_s_and_comes_back() {
    let mut sim = Sim::new(7);
    sim.join(1, 0, 2);
    sim.join(1, 1, 2);
    sim.circle(1, &[0, 1]);
    sim.run(2000);
    sim.clients[0].online = false;
    let gone = sim.ms();
    sim.run(16_000);
    let lost: Vec<u64> =
        sim.events.iter().filter(|(_, event)| *event == MediaEvent::Lost { room: 1, seat: 0 }).map(|(at, _)| *at).collect();
    assert_eq!(lost.len(), 1);
    assert!(lost[0] > gone + 9_000 && lost[0] < gone + 15_000, "{} ms", lost[0] - gone);
    let before = sim.talked(1)[&0];
    assert!(before <= gone, "talk time goes on without a voice");
    sim.clients[0].online = true;
    sim.restart_ice(0, 2);
    sim.run(3000);
    let connected = sim.events.iter().filter(|(_, event)| *event == MediaEvent::Connected { room: 1, seat: 0 }).count();
    assert_eq!(connected, 2);
}

#[test]
fn talk_time_is_measured_only_while_it_may_be_heard() {
    let mut sim = Sim::new(8);
    for seat in 0..3 {
        sim.join(1, seat, 3);
        sim.clients[usize::from(seat)].voice = Some(80);
        sim.clients[usize::from(seat)].camera = false;
    }
    sim.circle(1, &[0, 1, 2]);
    sim.run(3000);
    sim.clients[0].voice = Some(30);
    sim.run(10_000);
    sim.clients[1].voice = Some(25);
    sim.run(5_000);
    sim.clients[0].voice = None;
    sim.run(5_000);
    let hears = (0..3).map(|seat| (seat, vec![0, 1, 2])).collect();
    sim.command(Command::Plan { room: 1, plan: Plan { hears, silent: vec![1], unseen: vec![], for_some: Vec::new() } });
    sim.run(5_000);
    let talked = sim.talked(1);
    let near = |seat: u8, ms: u64| talked.get(&seat).copied().unwrap_or(0).abs_diff(ms) < 500;
    assert!(near(0, 15_000) && near(1, 10_000) && near(2, 0), "{talked:?}");
    let events = sim.events.iter().filter(|(_, event)| matches!(event, MediaEvent::Speech { .. })).count();
    assert!((70..=110).contains(&events), "{events} speech events in 20 s of talk");
}

#[test]
fn leaving_is_silent_and_final() {
    let mut sim = Sim::new(9);
    sim.join(1, 0, 2);
    sim.join(1, 1, 2);
    sim.circle(1, &[0, 1]);
    sim.run(2000);
    sim.command(Command::Leave { room: 1, seat: 0 });
    let at = sim.ms() + 50;
    sim.run(20_000);
    assert!(sim.clients[1].heard(0, at) == 0 && sim.clients[0].heard(1, at) == 0);
    assert!(!sim.events.iter().any(|(_, event)| matches!(event, MediaEvent::Lost { seat: 0, .. })));
    assert_eq!(sim.engine.figures().seats, 1);
    sim.command(Command::Close { room: 1 });
    sim.want(1, 1, &[(0, Layer::High)]);
    sim.command(Command::Leave { room: 1, seat: 1 });
    sim.command(Command::Close { room: 1 });
    assert_eq!((sim.engine.figures().seats, sim.engine.figures().rooms), (0, 0));
}
