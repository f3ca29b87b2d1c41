//! A mail server on loopback that takes everything, and takes its time to say so.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use post::{Post, Push, Smtp, SmtpSettings};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};

pub struct Sink {
    port: u16,
    taken: Arc<Mutex<Vec<(String, String)>>>,
}

impl Sink {
    /// Says yes to a letter so long after it has taken it.
    pub async fn start(slow: Duration) -> Sink {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let taken = Arc::new(Mutex::new(Vec::new()));
        let kept = taken.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(talk(stream, slow, kept.clone()));
            }
        });
        Sink { port, taken }
    }

    pub fn post(&self) -> Post {
        let settings = SmtpSettings {
            host: "127.0.0.1".into(),
            port: self.port,
            user: String::new(),
            password: String::new(),
            from: "Hearth <office@example.org>".into(),
            bounces: String::new(),
            security: "none".into(),
            patience_seconds: 20,
        };
        Post::Servers { smtp: Box::new(Smtp::new(&settings).unwrap()), sms: None, push: Push::new().unwrap() }
    }

    /// For whom each letter was, and its Message-ID.
    pub fn taken(&self) -> Vec<(String, String)> {
        self.taken.lock().unwrap().clone()
    }
}

async fn talk(stream: TcpStream, slow: Duration, taken: Arc<Mutex<Vec<(String, String)>>>) -> Option<()> {
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read).lines();
    write.write_all(b"220 hello\r\n").await.ok()?;
    let mut to = String::new();
    while let Ok(Some(line)) = lines.next_line().await {
        if let Some(address) = line.strip_prefix("RCPT TO:") {
            to = address.trim_matches(['<', '>']).to_owned();
        }
        if line != "DATA" {
            write.write_all(b"250 yes\r\n").await.ok()?;
            continue;
        }
        write.write_all(b"354 go on\r\n").await.ok()?;
        let mut id = String::new();
        while let Some(line) = lines.next_line().await.ok()?.filter(|line| line != ".") {
            id = line.strip_prefix("Message-ID: ").map_or(id, str::to_owned);
        }
        taken.lock().unwrap().push((to.clone(), id));
        tokio::time::sleep(slow).await;
        write.write_all(b"250 taken\r\n").await.ok()?;
    }
    Some(())
}
