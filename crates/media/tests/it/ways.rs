//! The ways of packets: between transports, ports and networks, always to the same seat.

use media::{MediaEvent, Path};

use crate::flow::unbroken;
use crate::sim::{Sim, Weather};

fn udp(address: &str) -> Path {
    Path::udp(address.parse().unwrap())
}

fn tcp(address: &str) -> Path {
    Path::tcp(address.parse().unwrap())
}

/// Two who hear each other.
fn pair(seed: u64, first: Path, second: Path) -> Sim {
    let mut sim = Sim::new(seed);
    sim.join_by(first, 1, 0, 2);
    sim.join_by(second, 1, 1, 2);
    sim.circle(1, &[0, 1]);
    sim.run(2500);
    sim
}

/// Both hear and see each other for two seconds from now, and nobody was ever given up.
fn hear_each_other(sim: &mut Sim) {
    let at = sim.ms();
    sim.run(2000);
    for (me, other) in [(0, 1u8), (1, 0)] {
        let client = &sim.clients[me];
        assert!(client.heard(other, at) > 90, "{me} heard {} of {other}", client.heard(other, at));
        assert!(client.seen(other, at).len() > 90, "{me} saw {} of {other}", client.seen(other, at).len());
        assert!(client.got.iter().all(|got| got.slot == got.from), "somebody on a wrong line");
        unbroken(&client.seen(other, at));
    }
    assert!(!sim.events.iter().any(|(_, event)| matches!(event, MediaEvent::Lost { .. } | MediaEvent::Failed { .. })));
}

#[test]
fn a_network_that_begins_to_block_udp_is_left_for_tcp_and_back() {
    let mut sim = pair(41, udp("10.1.0.1:4000"), udp("10.1.0.2:4000"));
    hear_each_other(&mut sim);
    sim.clients[0].online = false;
    sim.run(2000);
    sim.moves(0, tcp("10.1.0.1:4100"), 2);
    sim.run(2500);
    hear_each_other(&mut sim);
    sim.moves(0, udp("10.1.0.1:4200"), 2);
    sim.run(2500);
    hear_each_other(&mut sim);
}

#[test]
fn a_tcp_line_that_broke_comes_back_on_another_port_to_the_same_seat() {
    let mut sim = pair(42, tcp("10.1.0.1:4000"), udp("10.1.0.2:4000"));
    for port in 4001..4004 {
        sim.clients[0].online = false;
        sim.run(1500);
        sim.moves(0, tcp(&format!("10.1.0.1:{port}")), 2);
        sim.run(2500);
        hear_each_other(&mut sim);
    }
    assert_eq!(sim.engine.figures().seats, 2);
}

#[test]
fn two_people_with_the_same_numbers_on_two_transports_are_two_people() {
    let mut sim = pair(43, udp("10.1.0.1:4000"), tcp("10.1.0.1:4000"));
    hear_each_other(&mut sim);
    sim.clients[1].voice = None;
    sim.run(500);
    let at = sim.ms();
    sim.run(1000);
    assert_eq!((sim.clients[0].heard(1, at), sim.clients[1].heard(1, at)), (0, 0));
    assert!(sim.clients[1].heard(0, at) > 40);
}

#[test]
fn a_slow_tcp_line_is_late_and_loses_nothing() {
    let mut sim = Sim::new(44);
    sim.weather = Weather { delay_ms: 400, ..Weather::default() };
    sim.join_by(tcp("10.1.0.1:4000"), 1, 0, 2);
    sim.join_by(tcp("10.1.0.2:4000"), 1, 1, 2);
    sim.circle(1, &[0, 1]);
    sim.run(8000);
    hear_each_other(&mut sim);
    let mut sound: Vec<u64> = sim.clients[0].got.iter().filter(|got| got.layer.is_none()).map(|got| got.seq).collect();
    sound.sort_unstable();
    assert!(sound.windows(2).all(|two| two[1] == two[0] + 1), "sound got lost on a line that loses nothing");
}

#[test]
fn a_wanderer_leaves_old_paths_behind_and_keeps_the_newest() {
    let mut sim = pair(45, udp("10.5.0.0:4000"), udp("10.1.0.2:4000"));
    let path = |number: usize| udp(&format!("10.5.0.{number}:4000"));
    for number in 1..12 {
        sim.moves(0, path(number), 2);
        sim.run(1500);
    }
    hear_each_other(&mut sim);
    let known = |sim: &mut Sim, number: usize| {
        let strangers = sim.engine.figures().strangers;
        sim.garbage(path(number).address, &[0x80; 40]);
        sim.engine.figures().strangers == strangers
    };
    let still: Vec<usize> = (0..12).filter(|number| known(&mut sim, *number)).collect();
    assert_eq!(still, (4..12).collect::<Vec<_>>(), "the eight newest");
    hear_each_other(&mut sim);
}
