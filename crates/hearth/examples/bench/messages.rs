//! Messages between sessions: five hundred people in fifty groups with their pages open, what was missed, what is searched for, pages that only
//! wait, and a large film laid into the library.

use std::{
    collections::HashMap,
    net::Ipv4Addr,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use ground::{Ask, Clock, Moment, Owner, Spot, random_id, random_token, seal::Keys, values};
use rehearsal::Way;
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::{TcpSocket, TcpStream},
};

use super::{
    Circle, Outcome, Server, fetch, ms,
    outcomes::{circle_of, keys},
    quantile, row,
};

const GROUPS: usize = 50;
const SEATS: usize = 10;
/// Everybody writes once in so many seconds, somebody else each time.
const EACH_WRITES: u32 = 20;
const LASTS: u32 = 30;
const MISSED: i64 = 1_000;
/// Two hundred thousand in the practice.
const BEFORE: i64 = 4_000;
const IDLE: usize = 5_000;
/// Pages of one person that may wait at once.
const PAGES: usize = 4;
const FILM: usize = 100 * 1024 * 1024;
const YEAR: Duration = Duration::from_secs(365 * 86_400);

struct Group {
    channel: i64,
    /// Each group comes from an address of its own: the practice lets only so many lines in from one.
    from: Ipv4Addr,
    ways: Vec<Way>,
}

/// When each message was sent, and when each of its readers had it.
type Heard = Arc<Mutex<HashMap<String, (Instant, Vec<Instant>)>>>;

/// `bench messages`.
pub async fn measure(server: &Server, circle: &Circle) -> Outcome<()> {
    let keys = keys(server, circle)?;
    let groups = gather(server, circle, &keys, GROUPS).await?;
    writing(server, &groups).await?;
    missed(server, circle, &keys, &groups[0]).await?;
    for group in &groups {
        fill(circle, &keys, group, BEFORE).await?;
    }
    search(server, &groups[1]).await?;
    idle(server, circle, &keys).await?;
    upload(server, circle).await
}

/// So many groups of ten, each with a channel and everybody signed in.
async fn gather(server: &Server, circle: &Circle, keys: &Keys, count: usize) -> Outcome<Vec<Group>> {
    let begin = Clock::System.now().minus(YEAR);
    let mut all = Vec::new();
    for number in 0..count {
        let from = Ipv4Addr::new(127, 1, 0, u8::try_from(number + 1)?);
        let (group, channel): (i64, i64) = (random_id(), random_id());
        let people: Vec<i64> = (0..SEATS).map(|_| random_id()).collect();
        for person in &people {
            keys.make(Owner::Person(*person)).await?;
        }
        let tx = circle.db.write().await?;
        circle_of(&tx, (0, 1), group, &people, begin).await?;
        tx.run("INSERT INTO channel (id, kind, group_id) VALUES ($1, 'group', $2)", values![channel, group]).await?;
        tx.commit_unaudited().await?;
        let mut ways = Vec::new();
        for person in people {
            let mut way = Way::new(server.address, circle.tonight.id)?;
            way.demo_sign_in(person).await?;
            ways.push(way);
        }
        all.push(Group { channel, from, ways });
    }
    Ok(all)
}

async fn writing(server: &Server, groups: &[Group]) -> Outcome<()> {
    let heard = Heard::default();
    for group in groups {
        for way in &group.ways {
            let stream = open(server, way, group, 0).await?;
            tokio::spawn(listen(stream, heard.clone()));
        }
    }
    let (cpu, started) = (server.processor()?, Instant::now());
    let every = Duration::from_secs(u64::from(EACH_WRITES)) / u32::try_from(GROUPS * SEATS)?;
    let mut sends = tokio::task::JoinSet::new();
    for number in 0..(Duration::from_secs(u64::from(LASTS)).as_nanos() / every.as_nanos()) as u32 {
        tokio::time::sleep_until((started + every * number).into()).await;
        let group = &groups[number as usize % GROUPS];
        let (way, channel) = (group.ways[number as usize / GROUPS % SEATS].clone(), group.channel);
        let text = format!("bench-{number}-end");
        heard.lock().unwrap_or_else(PoisonError::into_inner).insert(text.clone(), (Instant::now(), Vec::new()));
        sends
            .spawn(async move { way.post(&format!("/channels/{channel}"), &[("text", &text), ("once", &random_token())]).await.map(drop) });
    }
    while let Some(sent) = sends.join_next().await {
        sent??;
    }
    tokio::time::sleep(Duration::from_secs(2)).await;
    let spent = server.processor()? - cpu;
    let heard = heard.lock().unwrap_or_else(PoisonError::into_inner);
    let delivered: usize = heard.values().map(|(_, all)| all.len()).sum();
    let whole = heard.values().filter(|(_, all)| all.len() == SEATS);
    let mut last: Vec<Duration> = whole.filter_map(|(sent, all)| Some(all.iter().max()?.duration_since(*sent))).collect();
    row("messages sent, of them seen by all ten", format!("{}, {}", heard.len(), last.len()));
    let (half, most) = (quantile(&mut last, 0.5), quantile(&mut last, 0.99));
    row(&format!("{} people write, to the last reader: p50, p99", GROUPS * SEATS), format!("{}, {}", ms(half), ms(most)));
    row("the server's processor for each delivered message", ms(spent / u32::try_from(delivered.max(1))?));
    Ok(())
}

/// An open page, past the head of its answer.
async fn open(server: &Server, way: &Way, group: &Group, after: i64) -> Outcome<BufReader<TcpStream>> {
    let socket = TcpSocket::new_v4()?;
    socket.bind((group.from, 0).into())?;
    let mut stream = socket.connect(server.address).await?;
    let (address, cookie, channel) = (server.address, &way.cookie, group.channel);
    let request = format!("GET /channels/{channel}/live?after={after} HTTP/1.1\r\nHost: {address}\r\nCookie: {cookie}\r\n\r\n");
    stream.write_all(request.as_bytes()).await?;
    let mut stream = BufReader::new(stream);
    let mut line = String::new();
    stream.read_line(&mut line).await?;
    if line.contains(" 200 ") { Ok(stream) } else { Err(format!("no live page: {line}").into()) }
}

async fn listen(mut stream: BufReader<TcpStream>, heard: Heard) {
    let mut line = String::new();
    while stream.read_line(&mut line).await.is_ok_and(|read| read > 0) {
        if let Some(at) = line.find("bench-") {
            let text: String = line[at..].chars().take_while(|one| one.is_ascii_alphanumeric() || *one == '-').collect();
            if let Some((_, all)) = heard.lock().unwrap_or_else(PoisonError::into_inner).get_mut(&text) {
                all.push(Instant::now());
            }
        }
        line.clear();
    }
}

/// Writes messages behind the server's back, as if they had come earlier.
async fn fill(circle: &Circle, keys: &Keys, group: &Group, count: i64) -> Outcome<()> {
    let sql = "SELECT last_number AS n FROM channel WHERE id = $1";
    let last = circle.db.number(sql, values![group.channel]).await?;
    let author = circle
        .db
        .number(
            "SELECT MIN(m.person_id) AS n FROM membership m JOIN channel c ON c.group_id = m.group_id WHERE c.id = $1",
            values![group.channel],
        )
        .await?;
    let at: Moment = Clock::System.now().minus(Duration::from_secs(3_600));
    let mut sealed = Vec::new();
    for number in 1..=count {
        let id = random_id();
        let text = format!("A line as people write it, number {number}, about the week and how it went.");
        let place = id.to_string();
        let spot = Spot { table: "message_text", column: "text", row: &place };
        sealed.push((id, number, keys.seal(Owner::Person(author), spot, &text).await?));
    }
    let tx = circle.db.write().await?;
    for (id, number, text) in sealed {
        let sql = "INSERT INTO message (id, channel_id, number, change, author_id, once, sent_at) VALUES ($1, $2, $3, $3, $4, $5, $6)";
        tx.run(sql, values![id, group.channel, last + number, author, random_token(), at]).await?;
        tx.run("INSERT INTO message_text (message_id, text_sealed) VALUES ($1, $2)", values![id, text]).await?;
    }
    let sql = "UPDATE channel SET last_number = last_number + $2, last_change = last_number + $2 WHERE id = $1";
    tx.run(sql, values![group.channel, count]).await?;
    tx.commit_unaudited().await?;
    Ok(())
}

/// A page that comes back after a thousand messages.
async fn missed(server: &Server, circle: &Circle, keys: &Keys, group: &Group) -> Outcome<()> {
    let sql = "SELECT last_change AS n FROM channel WHERE id = $1";
    let before = circle.db.number(sql, values![group.channel]).await?;
    fill(circle, keys, group, MISSED).await?;
    let mut lengths = Vec::new();
    for way in group.ways.iter().take(5) {
        let (started, mut seen, mut line) = (Instant::now(), 0, String::new());
        let mut stream = open(server, way, group, before).await?;
        while seen < MISSED {
            line.clear();
            if stream.read_line(&mut line).await? == 0 {
                return Err(format!("the page ends after {seen}").into());
            }
            seen += line.matches("<li id=\"m-").count() as i64;
        }
        lengths.push(started.elapsed());
    }
    row(&format!("coming back after {MISSED} missed messages, median of 5"), ms(quantile(&mut lengths, 0.5)));
    Ok(())
}

/// A word that stands nowhere: everything is opened.
async fn search(server: &Server, group: &Group) -> Outcome<()> {
    let mut lengths = Vec::new();
    for way in &group.ways {
        let started = Instant::now();
        let (status, _) = fetch(server.address, &format!("/channels/{}?q=nowhere", group.channel), &way.cookie, false).await?;
        lengths.push(started.elapsed());
        assert_eq!(status, 200, "the search answers");
    }
    let all = GROUPS as i64 * BEFORE;
    row(
        &format!("searching a channel of {BEFORE}, of {all} in all: p50, most"),
        format!("{}, {}", ms(quantile(&mut lengths, 0.5)), ms(quantile(&mut lengths, 1.0))),
    );
    Ok(())
}

async fn idle(server: &Server, circle: &Circle, keys: &Keys) -> Outcome<()> {
    let groups = gather(server, circle, keys, IDLE / PAGES / SEATS).await?;
    let (before, mut open_pages) = (server.memory()?, Vec::new());
    for group in &groups {
        for way in &group.ways {
            for _ in 0..PAGES {
                open_pages.push(open(server, way, group, 0).await?);
            }
        }
    }
    tokio::time::sleep(Duration::from_secs(5)).await;
    let each = (server.memory()? - before) as f64 / 1_024.0 / open_pages.len() as f64;
    let (cpu, started) = (server.processor()?, Instant::now());
    tokio::time::sleep(Duration::from_secs(20)).await;
    let share = (server.processor()? - cpu).as_secs_f64() / started.elapsed().as_secs_f64();
    row(&format!("memory per page that only waits ({} pages)", open_pages.len()), format!("{each:.1} kB"));
    row("the server's processor meanwhile, of one core", format!("{:.1} %", share * 100.0));
    Ok(())
}

/// A film of a hundred megabytes goes into the library in pieces.
async fn upload(server: &Server, circle: &Circle) -> Outcome<()> {
    let lead = circle.ways.first().map(|(way, _)| way.cookie.clone()).ok_or("nobody leads")?;
    let edge = "bench-edge";
    let head = format!(
        "--{edge}\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nA long film\r\n--{edge}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.webm\"\r\nContent-Type: video/webm\r\n\r\n"
    );
    let (mut start, end) = (
        b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\xf7\x81\x01\x42\xf2\x81\x04\x42\xf3\x81\x08\x42\x82\x84webm".to_vec(),
        format!("\r\n--{edge}--\r\n"),
    );
    start.resize(1024 * 1024, 7);
    let length = head.len() + FILM + end.len();
    let before = server.memory()?;
    let mut stream = TcpStream::connect(server.address).await?;
    let (address, started) = (server.address, Instant::now());
    let request = format!(
        "POST /materials HTTP/1.1\r\nHost: {address}\r\nCookie: {lead}\r\nContent-Type: multipart/form-data; boundary={edge}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{head}"
    );
    stream.write_all(request.as_bytes()).await?;
    let mut most = before;
    for piece in 0..FILM / start.len() {
        stream.write_all(&start).await?;
        if piece == 0 {
            start.fill(7);
        }
        most = most.max(server.memory()?);
    }
    stream.write_all(end.as_bytes()).await?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await?;
    most = most.max(server.memory()?);
    let status = String::from_utf8_lossy(answer.get(9..12).unwrap_or_default()).into_owned();
    row(&format!("a film of {} MB into the library (answer {status})", FILM / 1024 / 1024), ms(started.elapsed()));
    row("memory meanwhile, more than before", format!("{} kB", (most - before) / 1_024));
    Ok(())
}
