//! A push service on loopback: keeps every request whole, and answers as it is told to.

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicU16, Ordering},
    },
    time::Duration,
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

#[derive(Debug, Clone)]
pub struct PushHost {
    pub port: u16,
    asked: Arc<Mutex<Vec<String>>>,
    status: Arc<AtomicU16>,
}

impl PushHost {
    pub async fn start() -> PushHost {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let host = PushHost { port, asked: Arc::default(), status: Arc::new(AtomicU16::new(201)) };
        let kept = host.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(answer(stream, kept.clone()));
            }
        });
        host
    }

    /// As a setting names it.
    pub fn name(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// As a browser would be given it.
    pub fn endpoint(&self, device: &str) -> String {
        format!("http://{}/send/{device}", self.name())
    }

    pub fn says(&self, status: u16) {
        self.status.store(status, Ordering::Relaxed);
    }

    /// Every request, head and body.
    pub fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }

    /// How many knocks there were at this device.
    pub fn knocks(&self, device: &str) -> usize {
        let path = format!("POST /send/{device} ");
        self.asked().iter().filter(|request| request.starts_with(&path)).count()
    }
}

async fn answer(mut stream: TcpStream, host: PushHost) -> Option<()> {
    let mut request = Vec::new();
    while !request.windows(4).any(|end| end == b"\r\n\r\n") {
        let mut bytes = [0; 4_096];
        let read = stream.read(&mut bytes).await.ok().filter(|read| *read > 0)?;
        request.extend(&bytes[..read]);
    }
    // A body, if there were one, would be here by then.
    let mut more = [0; 4_096];
    if let Ok(Ok(read)) = tokio::time::timeout(Duration::from_millis(60), stream.read(&mut more)).await {
        request.extend(&more[..read]);
    }
    host.asked.lock().unwrap().push(String::from_utf8_lossy(&request).into_owned());
    let status = host.status.load(Ordering::Relaxed);
    let answer = format!("HTTP/1.1 {status} So\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n");
    stream.write_all(answer.as_bytes()).await.ok()
}
