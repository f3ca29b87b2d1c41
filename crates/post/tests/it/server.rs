use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};

/// A mail server for as long as a test runs. It answers one of its commands in its own way and all others with yes.
pub struct Server {
    pub port: u16,
    taken: Arc<Mutex<Vec<String>>>,
}

/// To which command the server gives which answer; an empty answer hangs up.
#[derive(Debug, Clone, Copy)]
pub struct Odd {
    pub at: &'static str,
    pub says: &'static str,
    /// In so many talks; after that it is like any other server.
    pub talks: usize,
}

/// What else a server can do to somebody who only wants to hand over a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    Plain,
    /// One letter of each answer, then a long breath.
    Tarpit,
    /// Hangs up in the middle of the letter.
    Leaves,
}

impl Server {
    pub async fn start(odd: Option<Odd>) -> Server {
        Server::with(odd, Manner::Plain).await
    }

    pub async fn with(odd: Option<Odd>, manner: Manner) -> Server {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let taken = Arc::new(Mutex::new(Vec::new()));
        let (kept, talks) = (taken.clone(), AtomicUsize::new(0));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let number = talks.fetch_add(1, Ordering::Relaxed);
                tokio::spawn(talk(stream, odd.filter(|odd| number < odd.talks), manner, kept.clone()));
            }
        });
        Server { port, taken }
    }

    /// The letters that were taken, with their headers, as they came.
    pub fn taken(&self) -> Vec<String> {
        self.taken.lock().unwrap().clone()
    }
}

/// `None` when the other side is to be hung up on.
fn answer(line: &str, odd: Option<Odd>) -> Option<&'static str> {
    match odd.filter(|odd| line.to_ascii_uppercase().starts_with(odd.at)) {
        Some(odd) => (!odd.says.is_empty()).then_some(odd.says),
        None if line.starts_with("DATA") => Some("354 go on"),
        None => Some("250 yes"),
    }
}

async fn say(write: &mut (impl AsyncWriteExt + Unpin), said: &str, manner: Manner) -> Option<()> {
    let said = format!("{said}\r\n");
    if manner != Manner::Tarpit {
        return write.write_all(said.as_bytes()).await.ok();
    }
    for byte in said.bytes() {
        write.write_all(&[byte]).await.ok()?;
        tokio::time::sleep(Duration::from_millis(300)).await;
    }
    Some(())
}

async fn talk(stream: TcpStream, odd: Option<Odd>, manner: Manner, taken: Arc<Mutex<Vec<String>>>) -> Option<()> {
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read).lines();
    let greeting = answer("GREETING", odd).map(|said| if said.starts_with("250") { "220 hello" } else { said })?;
    say(&mut write, greeting, manner).await?;
    let mut sender = String::new();
    while let Ok(Some(line)) = lines.next_line().await {
        if let Some(from) = line.strip_prefix("MAIL FROM:") {
            sender = from.split(' ').next().unwrap_or_default().to_owned();
        }
        let said = answer(&line, odd)?;
        say(&mut write, said, manner).await?;
        if said.starts_with("354") {
            if manner == Manner::Leaves {
                lines.get_mut().read_exact(&mut [0; 40]).await.ok()?;
                return None;
            }
            // As servers do: where it comes back to stands above it.
            let mut letter = format!("Return-Path: {sender}\n");
            while let Some(line) = lines.next_line().await.ok()?.filter(|line| line != ".") {
                letter += &line;
                letter.push('\n');
            }
            let said = answer("LETTER", odd)?;
            if said.starts_with("250") {
                taken.lock().unwrap().push(letter);
            }
            say(&mut write, said, manner).await?;
        }
    }
    Some(())
}
