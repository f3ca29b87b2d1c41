//! Two connections of a real browser through the media engine: `cargo run -p rehearsal --example browser_smoke`.
//!
//! Needs Debian's `chromium`. One page takes two seats, a synthetic member the third; after ten seconds the page reports what it decoded.

#![allow(clippy::print_stdout, reason = "a tool prints")]

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use media::{Config, Layer, Media, Plan, Want};
use rehearsal::Load;
use tokio::sync::{oneshot, watch};

const PAGE: &str = include_str!("browser_smoke.html");

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
    let (media, mut events) = runtime
        .block_on(async { Media::start(Config { bind: [127, 0, 0, 1].into(), port: 0, tcp_port: 0, public_address: None, workers: 1 }) })?;
    runtime.spawn(async move {
        while let Some(event) = events.recv().await {
            println!("{event:?}");
        }
    });
    let all = vec![0, 1, 2];
    media.plan(1, Plan { hears: all.iter().map(|seat| (*seat, all.clone())).collect(), ..Plan::default() });
    let (_stop, stopped) = watch::channel(false);
    runtime.block_on(Box::pin(member(&media, stopped)))?;
    let listener = TcpListener::bind(("127.0.0.1", 0))?;
    let _browser = Browser::open(listener.local_addr()?.port())?;
    for connection in listener.incoming() {
        // Browsers open connections that they then do not use.
        let Ok((path, body, mut stream)) = request(connection?) else { continue };
        let reply = match path.as_str() {
            "/" => PAGE.to_owned(),
            "/report" => {
                println!("{body}");
                break;
            }
            _ => {
                let seat = if path.ends_with('0') { 0 } else { 1 };
                let answer = runtime.block_on(media.join(1, seat, 3, body));
                let layer = if seat == 0 { Layer::High } else { Layer::Low };
                media.want(1, seat, (0..3).map(|seat| Want { seat, layer }).collect());
                answer.unwrap_or_else(|refusal| refusal.to_string())
            }
        };
        let kind = if path == "/" { "text/html" } else { "text/plain" };
        let _gone = write!(
            stream,
            "HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{reply}",
            reply.len()
        );
    }
    println!("{:?}", media.figures());
    Ok(())
}

async fn member(media: &Media, stopped: watch::Receiver<bool>) -> Result<(), Box<dyn std::error::Error>> {
    let (mut load, offer) = Load::new(2, 3, None).await?;
    load.client().speak(Instant::now(), Duration::from_secs(60));
    let answer = media.join(1, 2, 3, offer).await?;
    let (up, _) = oneshot::channel();
    tokio::spawn(async move { load.run(&answer, stopped, up).await });
    Ok(())
}

/// Ends with the tool, whatever happens to it.
struct Browser(Child, PathBuf);

impl Browser {
    fn open(port: u16) -> std::io::Result<Browser> {
        let profile = std::env::temp_dir().join(format!("hearth-smoke-{port}"));
        let child = Command::new("chromium")
            .args([
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
            ])
            .args(["--disable-component-update", "--disable-sync", "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"])
            .args(["--autoplay-policy=no-user-gesture-required", "--allow-loopback-in-peer-connection"])
            .arg(format!("--user-data-dir={}", profile.display()))
            .arg(format!("http://127.0.0.1:{port}/"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        Ok(Browser(child, profile))
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ended = self.0.kill().and_then(|()| self.0.wait());
        let _left = std::fs::remove_dir_all(&self.1);
    }
}

/// Path and body of one HTTP request from our own page.
fn request(mut stream: TcpStream) -> std::io::Result<(String, String, TcpStream)> {
    stream.set_read_timeout(Some(Duration::from_secs(2)))?;
    let mut bytes = Vec::new();
    let mut part = [0u8; 4096];
    loop {
        let head_end = bytes.windows(4).position(|four| four == b"\r\n\r\n");
        if let Some(end) = head_end {
            let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
            let length = head.lines().find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length:")?.trim().parse().ok());
            if bytes.len() >= end + 4 + length.unwrap_or(0usize) {
                let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
                return Ok((path, String::from_utf8_lossy(&bytes[end + 4..]).into_owned(), stream));
            }
        }
        match stream.read(&mut part)? {
            0 => return Ok((String::new(), String::new(), stream)),
            read => bytes.extend_from_slice(&part[..read]),
        }
    }
}
