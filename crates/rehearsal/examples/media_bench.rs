//! What forwarding costs: `cargo run -p rehearsal --release --example media_bench [seconds] [people,people,...]`.
//!
//! One room, one media thread, everybody with camera and microphone on and hearing everybody. The processor time is that of the
//! media thread alone (`/proc/self/task/*/schedstat`); on the loopback it includes what the kernel spends on delivering each packet.
//! The delay is that of a probe: one more voice that one more listener hears, on a thread of their own, since the thread that plays
//! everybody is busier than the one that is measured.

#![allow(clippy::print_stdout, reason = "a bench prints")]

use std::time::{Duration, Instant};

use media::{Config, Layer, Media, Plan, SeatNo, Want};
use rehearsal::{Delays, Load, Report, Trouble};
use tokio::{
    runtime::{Builder, Handle},
    sync::{oneshot, watch},
    task::JoinHandle,
};

/// What each client sends.
#[derive(Clone, Copy, PartialEq)]
enum Traffic {
    /// Three pictures at 15 a second, of which each receiver gets the largest.
    Simulcast,
    /// One picture at 30 a second, 110 packets a second with the sound: the traffic with which the first prototype was measured.
    Prototype,
    /// Small tiles, one in four speaks: how a session is most of the time.
    Session,
}

struct Row {
    people: u8,
    forwarded: u64,
    packets_in: u64,
    packets_out: u64,
    cpu: Duration,
    wall: Duration,
    delays: Delays,
    lost: u64,
    received: u64,
    gap: Duration,
    connect: Duration,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let seconds = args.next().and_then(|s| s.parse().ok()).unwrap_or(10);
    let rooms = args.next().unwrap_or_else(|| "3,8,12,15".into());
    let rooms: Vec<u8> = rooms.split(',').filter_map(|people| people.parse().ok()).collect();
    let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
    let probes = Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
    if std::env::args().nth(1).is_some_and(|word| word == "tables") {
        return runtime.block_on(Box::pin(tables()));
    }
    println!("floor, sealing and sending 1000 bytes: {:.2} us", floor()?);
    for (name, traffic) in
        [("as the prototype", Traffic::Prototype), ("simulcast, large tiles", Traffic::Simulcast), ("a session", Traffic::Session)]
    {
        println!("\n{name}\npeople    in/s   out/s   us/packet   % of core   delay p50     p99   lost %   longest gap   connected");
        for people in &rooms {
            let mut row = runtime.block_on(Box::pin(run(*people, seconds, traffic, None)))?;
            row.delays = runtime.block_on(Box::pin(run(*people, seconds, traffic, Some(probes.handle()))))?.delays;
            print(&row);
        }
    }
    Ok(())
}

/// Twelve go to four small tables and come back: how long nothing comes from those one stays with, and when the others are heard and seen again.
async fn tables() -> Result<(), Box<dyn std::error::Error>> {
    const PEOPLE: u8 = 12;
    const AT_A_TABLE: u8 = 3;
    const APART: Duration = Duration::from_secs(4);
    let (mut stayed, mut heard, mut seen) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..5 {
        let (media, mut events) =
            Media::start(Config { bind: [127, 0, 0, 1].into(), port: 0, tcp_port: 0, public_address: None, workers: 1 })?;
        tokio::spawn(async move { while events.recv().await.is_some() {} });
        let (stop, stopped) = watch::channel(false);
        let mut room = Vec::new();
        for seat in 0..PEOPLE {
            let dressed = move |load: &mut Load| dress(load, seat, Traffic::Simulcast);
            room.push(sit(&media, &Handle::current(), (seat, PEOPLE), stopped.clone(), dressed).await?);
        }
        let together = |one: SeatNo, other: SeatNo| one / AT_A_TABLE == other / AT_A_TABLE;
        let plan = |near: &dyn Fn(SeatNo, SeatNo) -> bool| {
            let hears = (0..PEOPLE).map(|seat| (seat, (0..PEOPLE).filter(|other| *other != seat && near(seat, *other)).collect()));
            Plan { hears: hears.collect(), ..Plan::default() }
        };
        media.plan(1, plan(&|_, _| true));
        let wants: Vec<Want> = (0..PEOPLE).map(|seat| Want { seat, layer: Layer::Low }).collect();
        (0..PEOPLE).for_each(|seat| media.want(1, seat, wants.clone()));
        for (_, up) in &mut room {
            up.await?;
        }
        tokio::time::sleep(Duration::from_secs(2)).await;
        let went = Instant::now();
        media.plan(1, plan(&together));
        tokio::time::sleep(APART).await;
        let apart = went.elapsed();
        media.plan(1, plan(&|_, _| true));
        tokio::time::sleep(Duration::from_secs(2)).await;
        stop.send(true)?;
        for (seat, (task, _)) in room.into_iter().enumerate() {
            for (other, from) in
                task.await??.received.iter().enumerate().filter(|(other, _)| *other != seat && *other < usize::from(PEOPLE))
            {
                if together(seat as SeatNo, other as SeatNo) {
                    stayed.push(from.audio.longest_gap);
                } else {
                    heard.push(from.audio.longest_gap.saturating_sub(apart));
                    seen.push(from.video.longest_gap.saturating_sub(apart));
                }
            }
        }
        media.close(1);
    }
    for (what, mut gaps) in
        [("of whom one stays with, sound", stayed), ("of the others back, sound", heard), ("of the others back, picture", seen)]
    {
        gaps.sort_unstable();
        let at = |share: f64| gaps.get((gaps.len() as f64 * share) as usize).copied().unwrap_or_default().as_secs_f64() * 1e3;
        println!("small tables, {PEOPLE} people, {what}: {} gaps, p50 {:.0} ms, p99 {:.0} ms", gaps.len(), at(0.5), at(0.99));
    }
    Ok(())
}

fn print(row: &Row) {
    let wall = row.wall.as_secs_f64();
    let ms = |time: Duration| time.as_secs_f64() * 1000.0;
    println!(
        "{:6} {:7.0} {:7.0} {:11.2} {:11.1} {:8.2} ms {:6.2} {:8.3} {:10.0} ms {:8.0} ms",
        row.people,
        row.packets_in as f64 / wall,
        row.packets_out as f64 / wall,
        row.cpu.as_secs_f64() * 1e6 / row.forwarded.max(1) as f64,
        row.cpu.as_secs_f64() * 100.0 / wall,
        ms(row.delays.quantile(0.5)),
        ms(row.delays.quantile(0.99)),
        row.lost as f64 * 100.0 / (row.received + row.lost).max(1) as f64,
        ms(row.gap),
        ms(row.connect),
    );
}

/// With `probes`, two more sit down and measure the delay; they make the room larger, so what it costs is measured without them.
async fn run(people: u8, seconds: u64, traffic: Traffic, probes: Option<&Handle>) -> Result<Row, Box<dyn std::error::Error>> {
    let (media, mut events) = Media::start(Config { bind: [127, 0, 0, 1].into(), port: 0, tcp_port: 0, public_address: None, workers: 1 })?;
    tokio::spawn(async move { while events.recv().await.is_some() {} });
    let (stop, stopped) = watch::channel(false);
    let mut room = Vec::new();
    let (voice, listener) = (people, people + 1);
    let seats = if probes.is_some() { people + 2 } else { people };
    for seat in 0..people {
        room.push(sit(&media, &Handle::current(), (seat, seats), stopped.clone(), move |load| dress(load, seat, traffic)).await?);
    }
    let start = Instant::now();
    if let Some(probes) = probes {
        for seat in [voice, listener] {
            room.push(sit(&media, probes, (seat, seats), stopped.clone(), move |load| probe(load, seat == voice, start)).await?);
        }
    }
    let everybody: Vec<SeatNo> = (0..people).collect();
    let mut hears: Vec<_> = everybody.iter().map(|seat| (*seat, everybody.clone())).collect();
    if probes.is_some() {
        hears.push((listener, vec![voice]));
    }
    media.plan(1, Plan { hears: hears.into_iter().collect(), ..Plan::default() });
    let layer = if traffic == Traffic::Session { Layer::Low } else { Layer::High };
    let wants: Vec<Want> = everybody.iter().map(|seat| Want { seat: *seat, layer }).collect();
    everybody.iter().for_each(|seat| media.want(1, *seat, wants.clone()));
    for (_, up) in &mut room {
        up.await?;
    }
    // Layers settle first: the steady state is what a session costs.
    tokio::time::sleep(Duration::from_secs(3)).await;
    let before = (media.figures().workers[0], cpu()?, Instant::now());
    tokio::time::sleep(Duration::from_secs(seconds)).await;
    let after = (media.figures().workers[0], cpu()?, Instant::now());
    stop.send(true)?;
    let mut reports = Vec::new();
    for (task, _) in room {
        reports.push(task.await??);
    }
    media.close(1);
    let mut row = summary(people, &reports);
    row.forwarded = after.0.forwarded - before.0.forwarded;
    row.packets_in = after.0.packets_in - before.0.packets_in;
    row.packets_out = after.0.packets_out - before.0.packets_out;
    row.cpu = after.1 - before.1;
    row.wall = after.2 - before.2;
    drop(media);
    tokio::time::sleep(Duration::from_millis(300)).await;
    Ok(row)
}

type Sitting = (JoinHandle<Result<Report, Trouble>>, oneshot::Receiver<()>);

/// One client in its seat (of so many), played by the threads of `on`.
async fn sit(
    media: &Media,
    on: &Handle,
    (seat, seats): (SeatNo, u8),
    stopped: watch::Receiver<bool>,
    dress: impl FnOnce(&mut Load),
) -> Result<Sitting, Box<dyn std::error::Error>> {
    let (mut load, offer) = on.spawn(Load::new(usize::from(seat), seats, None)).await??;
    dress(&mut load);
    let answer = media.join(1, seat, seats, offer).await?;
    let (up, is_up) = oneshot::channel();
    Ok((on.spawn(async move { load.run(&answer, stopped, up).await }), is_up))
}

/// Fifty small packets a second in one direction: next to nothing, and each says when it left.
fn probe(load: &mut Load, speaks: bool, start: Instant) {
    let client = load.client();
    client.camera = false;
    client.stamp = Some(start);
    if speaks {
        client.speak(Instant::now(), Duration::from_secs(3600));
    }
}

fn dress(load: &mut Load, seat: SeatNo, traffic: Traffic) {
    let client = load.client();
    let now = Instant::now();
    if traffic != Traffic::Session || seat.is_multiple_of(4) {
        client.speak(now, Duration::from_secs(3600));
    }
    if traffic == Traffic::Prototype {
        client.layers = [false, false, true];
        client.picture_every = Duration::from_micros(33_333);
    }
}

fn summary(people: u8, reports: &[Report]) -> Row {
    let mut row = Row {
        people,
        forwarded: 0,
        packets_in: 0,
        packets_out: 0,
        cpu: Duration::ZERO,
        wall: Duration::ZERO,
        delays: Delays::default(),
        lost: 0,
        received: 0,
        gap: Duration::ZERO,
        connect: Duration::ZERO,
    };
    for report in reports {
        row.delays.merge(&report.delays);
        row.connect = row.connect.max(report.connected_after.unwrap_or_default());
        for from in &report.received {
            row.lost += from.audio.lost() + from.video.lost();
            row.received += from.audio.packets + from.video.packets;
            row.gap = row.gap.max(from.audio.longest_gap);
        }
    }
    row
}

/// What the machine itself takes for one packet, in microseconds: AES-GCM and `sendto` to a socket of this machine, best of five.
fn floor() -> Result<f64, Box<dyn std::error::Error>> {
    use aws_lc_rs::aead::{AES_128_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
    let key = LessSafeKey::new(UnboundKey::new(&AES_128_GCM, &[7; 16])?);
    let (from, to) = (std::net::UdpSocket::bind("127.0.0.1:0")?, std::net::UdpSocket::bind("127.0.0.1:0")?);
    let target = to.local_addr()?;
    let mut best = f64::MAX;
    for _ in 0..5 {
        let start = Instant::now();
        for _ in 0..10_000 {
            let mut packet = vec![0u8; 1000];
            key.seal_in_place_append_tag(Nonce::assume_unique_for_key([1; 12]), Aad::empty(), &mut packet)?;
            from.send_to(&packet, target)?;
        }
        best = best.min(start.elapsed().as_secs_f64() * 1e6 / 10_000.0);
    }
    Ok(best)
}

/// Processor time of the threads named `media-*`.
fn cpu() -> Result<Duration, Trouble> {
    let mut total = 0;
    for task in std::fs::read_dir("/proc/self/task").map_err(Trouble::Io)?.flatten() {
        let name = std::fs::read_to_string(task.path().join("comm")).unwrap_or_default();
        if name.starts_with("media-") {
            let spent = std::fs::read_to_string(task.path().join("schedstat")).unwrap_or_default();
            total += spent.split(' ').next().and_then(|ns| ns.parse::<u64>().ok()).unwrap_or(0);
        }
    }
    Ok(Duration::from_nanos(total))
}
