use std::sync::{Arc, Mutex};

use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
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
}

impl Server {
    pub async fn start(odd: Option<Odd>) -> Server {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let taken = Arc::new(Mutex::new(Vec::new()));
        let kept = taken.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(talk(stream, odd, kept.clone()));
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

async fn talk(stream: TcpStream, odd: Option<Odd>, taken: Arc<Mutex<Vec<String>>>) -> Option<()> {
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read).lines();
    let greeting = answer("GREETING", odd).map(|said| if said.starts_with("250") { "220 hello" } else { said })?;
    write.write_all(format!("{greeting}\r\n").as_bytes()).await.ok()?;
    while let Ok(Some(line)) = lines.next_line().await {
        let said = answer(&line, odd)?;
        write.write_all(format!("{said}\r\n").as_bytes()).await.ok()?;
        if said.starts_with("354") {
            let mut letter = String::new();
            while let Some(line) = lines.next_line().await.ok()?.filter(|line| line != ".") {
                letter += &line;
                letter.push('\n');
            }
            let said = answer("LETTER", odd)?;
            if said.starts_with("250") {
                taken.lock().unwrap().push(letter);
            }
            write.write_all(format!("{said}\r\n").as_bytes()).await.ok()?;
        }
    }
    Some(())
}
