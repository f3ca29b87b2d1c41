//! What a practice costs: `cargo run -p hearth --release --example bench`.
//!
//! The room machine runs in this process. Everything else is measured on a demo practice that is this same program, started
//! again as a child on loopback with fresh data, so that its memory and its death are its own.

#![allow(clippy::print_stdout, reason = "a bench prints")]

mod board;
mod circle;
mod joining;
mod media;
mod messages;
mod outcomes;
mod pages;
mod rooms;
mod week;

use std::{
    collections::BTreeMap,
    error::Error,
    net::{SocketAddr, TcpListener},
    path::{Path, PathBuf},
    process::{Child, Command as Process, Stdio},
    time::{Duration, Instant},
};

use ground::{Ask, values};
use room::{At, Card, Command, Expected, Guest, Input, Opening, Part, Phase, PhaseKind, Room, Seat, Stance, Stored};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use circle::{Circle, Line, Tonight, at};

type Outcome<T> = Result<T, Box<dyn Error + Send + Sync>>;

const PEOPLE: u8 = 12;
/// One more than whom a stroke is told to.
const LARGE: u8 = 16;
const SESSION_MINUTES: i64 = 90;
const IDLE_ROOMS: usize = 100;

fn main() -> Outcome<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let runtime = tokio::runtime::Runtime::new()?;
    if let [word, port, data] = arguments.as_slice()
        && word == "serve"
    {
        let demo = hearth::demo::run(port.parse()?, Path::new(data), ground::Clock::System);
        return runtime.block_on(demo).map_err(|trouble| trouble.to_string().into());
    }
    println!("{:<62} {:>16}", "what", "measured");
    match arguments.first().map(String::as_str) {
        Some("joining") => {
            joining::forming()?;
            return runtime.block_on(async {
                let (server, circle) = fresh(PEOPLE).await?;
                joining::measure(&server, &circle).await
            });
        }
        Some("week") => {
            week::scoring()?;
            return runtime.block_on(async {
                let (server, circle) = fresh(PEOPLE).await?;
                week::measure(&server, &circle).await
            });
        }
        Some("board") => {
            return runtime.block_on(async {
                let (server, circle) = fresh(LARGE).await?;
                board::measure(&server, &circle).await
            });
        }
        Some("messages") => {
            return runtime.block_on(async {
                let (server, circle) = fresh(PEOPLE).await?;
                messages::measure(&server, &circle).await
            });
        }
        Some("rooms") => {
            return runtime.block_on(async {
                let (server, circle) = fresh(PEOPLE).await?;
                rooms::measure(&server, &circle).await
            });
        }
        // Not part of the whole run: it writes for minutes.
        Some("outcomes") => {
            return runtime.block_on(async {
                let (server, circle) = fresh(PEOPLE).await?;
                outcomes::measure(server, &circle).await
            });
        }
        _ => {}
    }
    machine()?;
    week::scoring()?;
    joining::forming()?;
    runtime.block_on(practice())
}

fn row(what: &str, measured: impl std::fmt::Display) {
    println!("{what:<62} {measured:>16}");
}

fn ms(length: Duration) -> String {
    format!("{:.2} ms", length.as_secs_f64() * 1e3)
}

/// The value below which `share` of the sorted lengths lie.
fn quantile(lengths: &mut [Duration], share: f64) -> Duration {
    lengths.sort_unstable();
    let at = (lengths.len() as f64 * share) as usize;
    lengths.get(at.min(lengths.len().saturating_sub(1))).copied().unwrap_or_default()
}

// The room machine

fn opening() -> Opening {
    let kinds = [PhaseKind::CheckIn, PhaseKind::Learn, PhaseKind::Practise, PhaseKind::Discuss, PhaseKind::Close];
    let part = |seat| if seat == 0 { Part::Facilitator } else { Part::Member };
    Opening {
        title: "Steady".into(),
        minutes: 90,
        expected: (0..PEOPLE).map(|seat| Expected { seat: Seat(seat), name: format!("P{seat}"), part: part(seat) }).collect(),
        phases: kinds.map(|kind| Phase { kind, minutes: 18, prompt: "One thing".into(), theme: String::new(), tools: Vec::new() }).to_vec(),
        ..Opening::default()
    }
}

/// A session on fast-forward: the room, its book, and whether views are made as the server makes them.
struct Evening {
    room: Room,
    book: Vec<Stored>,
    now: At,
    views: bool,
    bytes: usize,
}

impl Evening {
    fn input(&mut self, input: &Input) {
        let luck = self.now.0 as u64;
        // A refusal is an answer, too, and costs what it costs.
        let events = self.room.handle(input, self.now, luck).unwrap_or_default();
        if self.views && !events.is_empty() {
            for seat in (0..PEOPLE).map(Seat) {
                let view = self.room.view_for(seat, self.now).and_then(|view| serde_json::to_vec(&view).ok());
                self.bytes += view.map_or(0, |view| view.len());
            }
        }
        self.book.extend(events.into_iter().map(|event| Stored { at: self.now, event }));
    }

    fn act(&mut self, seat: u8, command: Value) -> Outcome<()> {
        let command: Command = serde_json::from_value(command)?;
        self.input(&Input::Command { by: Seat(seat), command });
        Ok(())
    }

    fn arrive(&mut self) -> Outcome<()> {
        for seat in 0..PEOPLE {
            let part = if seat == 0 { Part::Facilitator } else { Part::Member };
            let guest = Guest {
                seat: Seat(seat),
                name: format!("P{seat}"),
                part,
                stance: Stance::Open,
                card: Card::default(),
                beside: String::new(),
            };
            self.input(&Input::Arrived(guest));
            self.input(&Input::Connected(Seat(seat)));
            if seat > 0 {
                self.act(0, json!({"do": "admit", "seat": seat}))?;
                self.input(&Input::Connected(Seat(seat)));
            }
            self.act(seat, json!({"do": "mic", "on": true}))?;
        }
        self.act(0, json!({"do": "begin"}))
    }

    /// What happens in one minute besides time and talk.
    fn minute(&mut self, minute: i64) -> Outcome<()> {
        let seat = (minute % i64::from(PEOPLE - 1) + 1) as u8;
        self.act(seat, json!({"tool": "hands", "act": {"do": "raise"}}))?;
        self.act(0, json!({"tool": "hands", "act": {"do": "take", "seat": seat}}))?;
        self.act(seat, json!({"tool": "chat", "act": {"do": "say", "text": "I know that feeling well.", "to": "circle"}}))?;
        let answer = json!({"do": "answer", "mood": 5, "word": "tired", "concern": "sleep", "to_group": true});
        match minute {
            1 => self.act(0, json!({"tool": "check_in", "act": {"do": "open"}}))?,
            2..=12 => self.act(seat, json!({"tool": "check_in", "act": answer}))?,
            13 => self.act(0, json!({"tool": "check_in", "act": {"do": "close"}}))?,
            40 => {
                self.act(0, json!({"tool": "go_round", "act": {"do": "open", "prompt": "One moment", "order": "seats", "seconds": 60}}))?
            }
            41..=52 => self.act(0, json!({"tool": "go_round", "act": {"do": "done"}}))?,
            75 => self.act(0, json!({"tool": "closing", "act": {"do": "open"}}))?,
            76..=86 => self.act(seat, json!({"tool": "closing", "act": {"do": "write_takeaway", "text": "A wave passes."}}))?,
            _ => {}
        }
        if minute % 18 == 17 && minute < 80 { self.act(0, json!({"do": "phase", "index": minute / 18 + 1})) } else { Ok(()) }
    }

    fn live(views: bool) -> Outcome<Evening> {
        let mut evening = Evening { room: Room::new(opening()), book: Vec::new(), now: At(0), views, bytes: 0 };
        evening.arrive()?;
        for second in 1..=SESSION_MINUTES * 60 {
            evening.now = At(second * 1_000);
            evening.input(&Input::Tick);
            if second % 5 == 0 {
                let seat = (second / 45 % i64::from(PEOPLE)) as u8;
                evening.input(&Input::Talked(BTreeMap::from([(Seat(seat), 4_000)])));
            }
            if second % 60 == 0 {
                evening.minute(second / 60)?;
            }
        }
        evening.act(0, json!({"do": "end"}))?;
        Ok(evening)
    }
}

fn machine() -> Outcome<()> {
    let started = Instant::now();
    let bare = Evening::live(false)?;
    row(&format!("90 minutes, {PEOPLE} people, {} events: the machine alone", bare.book.len()), ms(started.elapsed()));
    let started = Instant::now();
    let shown = Evening::live(true)?;
    row(&format!("the same with every view as JSON ({} MB)", shown.bytes / 1_000_000), ms(started.elapsed()));
    let (started, mut times) = (Instant::now(), 0u32);
    while started.elapsed() < Duration::from_secs(1) {
        if Room::replay(opening(), &bare.book) != bare.room {
            return Err("the replayed room is another one".into());
        }
        times += 1;
    }
    let each = f64::from(times) * bare.book.len() as f64 / started.elapsed().as_secs_f64();
    row("events replayed per second", format!("{each:.0}"));
    Ok(())
}

// The practice

/// The demo practice in a process of its own; dies when dropped.
struct Server {
    child: Child,
    address: SocketAddr,
    data: PathBuf,
}

impl Drop for Server {
    fn drop(&mut self) {
        // Gone already is as good.
        let _ = self.child.kill().and_then(|()| self.child.wait());
    }
}

impl Server {
    async fn start(address: SocketAddr, data: PathBuf) -> Outcome<Server> {
        let mut process = Process::new(std::env::current_exe()?);
        process.arg("serve").arg(address.port().to_string()).arg(&data).stdout(Stdio::null()).stderr(Stdio::null());
        let server = Server { child: process.spawn()?, address, data };
        let started = Instant::now();
        while fetch(address, "/livez", "", false).await.is_err() {
            if started.elapsed() > Duration::from_secs(120) {
                return Err("the practice does not open".into());
            }
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        Ok(server)
    }

    /// Resident memory in bytes.
    fn memory(&self) -> Outcome<i64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).ok_or("no VmRSS")?;
        Ok(line.trim().trim_end_matches(" kB").parse::<i64>()? * 1_024)
    }

    /// Processor time of all its threads so far.
    fn processor(&self) -> Outcome<Duration> {
        let mut nanos = 0;
        for task in std::fs::read_dir(format!("/proc/{}/task", self.child.id()))? {
            // A thread may end while we read.
            let text = std::fs::read_to_string(task?.path().join("schedstat")).unwrap_or_default();
            nanos += text.split(' ').next().and_then(|first| first.parse::<u64>().ok()).unwrap_or(0);
        }
        Ok(Duration::from_nanos(nanos))
    }
}

/// One GET on a connection of its own; the body's bytes as they came, with the framing of chunks.
async fn fetch(address: SocketAddr, path: &str, cookie: &str, gzip: bool) -> Outcome<(u16, Vec<u8>)> {
    let mut stream = TcpStream::connect(address).await?;
    let accept = if gzip { "Accept-Encoding: gzip\r\n" } else { "" };
    let request = format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nCookie: {cookie}\r\n{accept}Connection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await?;
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n").ok_or("no answer")?;
    let status = String::from_utf8_lossy(answer.get(9..12).unwrap_or_default()).parse()?;
    Ok((status, answer.split_off(end + 4)))
}

/// A fresh demo practice, and its group.
async fn fresh(people: u8) -> Outcome<(Server, Circle)> {
    let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
    let server = Server::start(SocketAddr::from(([127, 0, 0, 1], port)), testkit::data_dir("bench")).await?;
    let circle = Circle::find(&server, people).await?;
    Ok((server, circle))
}

async fn practice() -> Outcome<()> {
    let (server, circle) = fresh(PEOPLE).await?;
    row("memory of the demo practice, nobody there", format!("{} kB", server.memory()? / 1_024));
    // First of all: what a busier practice has freed would hide what media takes.
    media::memory(&server, &circle).await?;
    pages::measure(&server, &circle).await?;
    week::measure(&server, &circle).await?;
    joining::measure(&server, &circle).await?;
    memory(&server, &circle).await?;
    recovery(server, &circle).await
}

async fn memory(server: &Server, circle: &Circle) -> Outcome<()> {
    let lead = circle.ways.first().map(|(way, _)| way.cookie.clone()).ok_or("nobody leads")?;
    let before = server.memory()?;
    for session in circle.more_sessions(IDLE_ROOMS).await? {
        fetch(server.address, &format!("/sessions/{session}/room"), &lead, false).await?;
    }
    let kilobytes = |from: i64, to: i64, by: usize| format!("{:.1} kB", (to - from) as f64 / 1_024.0 / by as f64);
    row(&format!("memory per idle room ({IDLE_ROOMS} rooms)"), kilobytes(before, server.memory()?, IDLE_ROOMS));
    let sessions: Vec<Tonight> =
        circle.db.rows("SELECT id, group_id, agenda FROM session WHERE number >= 1000 ORDER BY number LIMIT $1", values![10i64]).await?;
    let before = server.memory()?;
    let mut lines: Vec<Line> = Vec::new();
    for session in sessions {
        lines.extend(circle.gather(session.id).await?);
        for line in &mut lines {
            line.say(&json!({"is": "ping", "nonce": 1})).await?;
        }
    }
    row(&format!("memory per person at a socket, no media ({} people)", lines.len()), kilobytes(before, server.memory()?, lines.len()));
    Ok(())
}

async fn recovery(mut server: Server, circle: &Circle) -> Outcome<()> {
    let mut lines = circle.gather(circle.tonight.id).await?;
    let mut lengths = Vec::new();
    let lead = lines.first_mut().ok_or("nobody leads")?;
    for id in 0..50 {
        tokio::time::sleep(Duration::from_millis(70)).await;
        let started = Instant::now();
        lead.act(10 + id, json!({"tool": "chat", "act": {"do": "say", "text": format!("line {id}"), "to": "circle"}})).await?;
        lengths.push(started.elapsed());
    }
    let (half, most) = (quantile(&mut lengths, 0.5), quantile(&mut lengths, 0.99));
    row("a chat line, sent to acknowledged: p50, p99 of 50", format!("{}, {}", ms(half), ms(most)));
    let events = circle.db.number("SELECT COUNT(*) AS n FROM room_event WHERE session_id = $1", values![circle.tonight.id]).await?;
    let way = circle.ways.first().map(|(way, _)| way.clone()).ok_or("nobody leads")?;
    let (mut opened, mut seen) = (Vec::new(), Vec::new());
    for _ in 0..5 {
        let (address, data) = (server.address, server.data.clone());
        // kill -9: only the database is left.
        drop(server);
        let started = Instant::now();
        server = Server::start(address, data).await?;
        opened.push(started.elapsed());
        let line = Line::open(&way).await?;
        seen.push(started.elapsed() - opened.last().copied().unwrap_or_default());
        drop(line);
    }
    row("after kill -9: start to first answer, median of 5", ms(quantile(&mut opened, 0.5)));
    row(&format!("then to the first view over a socket ({events} events)"), ms(quantile(&mut seen, 0.5)));
    Ok(())
}
