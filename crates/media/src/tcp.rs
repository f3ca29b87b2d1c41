//! ICE over TCP, for networks that let no UDP through: every frame of a connection is one datagram (RFC 4571, RFC 6544).

use std::collections::HashMap;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::time::Duration;

use socket2::SockRef;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::mpsc;
use tokio::time::timeout;

/// Bytes of the longest datagram we take; a browser's have at most 1,500.
const LONGEST: usize = 2_048;
/// Connections of one worker: its rooms twice over, and strangers who have not been found out yet.
const MOST: usize = 1_000;
/// A connection silent for this long is gone; browsers check theirs every few seconds.
const SILENCE: Duration = Duration::from_secs(30);
/// Frames that may wait for one slow line. What does not fit is lost, as on UDP: late sound is worth less than none.
const WAITING: usize = 128;
/// Bytes that the kernel may hold back for one slow line, for the same reason.
const KERNEL_BUFFER: usize = 32 * 1024;
/// Frames that may wait for the worker before their connections wait.
const INBOX: usize = 1_024;

/// What a connection brings.
pub(crate) enum Arrival {
    Frame(SocketAddr, Vec<u8>),
    Gone(SocketAddr),
}

/// All TCP connections of one worker.
pub(crate) struct Lines {
    listener: tokio::net::TcpListener,
    open: HashMap<SocketAddr, mpsc::Sender<Vec<u8>>>,
    arrivals: mpsc::Sender<Arrival>,
    inbox: mpsc::Receiver<Arrival>,
}

impl Lines {
    /// # Errors
    /// When the listener cannot join the thread's runtime.
    pub fn new(listener: TcpListener) -> io::Result<Lines> {
        listener.set_nonblocking(true)?;
        let (arrivals, inbox) = mpsc::channel(INBOX);
        Ok(Lines { listener: tokio::net::TcpListener::from_std(listener)?, open: HashMap::new(), arrivals, inbox })
    }

    /// Takes connections in, and gives what the next one brings.
    pub async fn next(&mut self) -> Arrival {
        loop {
            tokio::select! {
                accepted = self.listener.accept() => match accepted {
                    Ok((stream, from)) => self.take(stream, from),
                    // Out of file handles, or a client that went away in between: breathe and go on.
                    Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
                },
                Some(arrival) = self.inbox.recv() => return self.note(arrival),
            }
        }
    }

    /// What else is there already.
    pub fn try_next(&mut self) -> Option<Arrival> {
        let arrival = self.inbox.try_recv().ok()?;
        Some(self.note(arrival))
    }

    /// False when the line is gone or too slow.
    pub fn send(&self, to: SocketAddr, datagram: &[u8]) -> bool {
        let (Some(line), Ok(length)) = (self.open.get(&to), u16::try_from(datagram.len())) else { return false };
        let mut frame = Vec::with_capacity(2 + datagram.len());
        frame.extend(length.to_be_bytes());
        frame.extend(datagram);
        line.try_send(frame).is_ok()
    }

    /// Ends a connection that brought something nobody here expects.
    pub fn hang_up(&mut self, on: SocketAddr) {
        self.open.remove(&on);
    }

    fn take(&mut self, stream: TcpStream, from: SocketAddr) {
        if self.open.len() >= MOST {
            return;
        }
        let (line, outgoing) = mpsc::channel(WAITING);
        self.open.insert(from, line);
        tokio::spawn(carry(stream, from, outgoing, self.arrivals.clone()));
    }

    fn note(&mut self, arrival: Arrival) -> Arrival {
        if let Arrival::Gone(from) = arrival {
            self.open.remove(&from);
        }
        arrival
    }
}

/// Both directions of one connection, until either ends.
async fn carry(stream: TcpStream, from: SocketAddr, mut outgoing: mpsc::Receiver<Vec<u8>>, arrivals: mpsc::Sender<Arrival>) {
    // Without these the line still works, only later.
    let _ = stream.set_nodelay(true);
    let _ = SockRef::from(&stream).set_send_buffer_size(KERNEL_BUFFER);
    let (mut reading, mut writing) = stream.into_split();
    let read = async {
        while let Ok(Ok(frame)) = timeout(SILENCE, read_frame(&mut reading)).await {
            if arrivals.send(Arrival::Frame(from, frame)).await.is_err() {
                return;
            }
        }
    };
    let write = async {
        while let Some(frame) = outgoing.recv().await {
            if writing.write_all(&frame).await.is_err() {
                return;
            }
        }
    };
    tokio::select! {
        () = read => {}
        () = write => {}
    }
    let _ended = arrivals.send(Arrival::Gone(from)).await;
}

/// # Errors
/// At the end of the stream, and for a frame that is empty or too long: what follows it could not be trusted.
async fn read_frame(stream: &mut (impl AsyncRead + Unpin)) -> io::Result<Vec<u8>> {
    let length = usize::from(stream.read_u16().await?);
    if length == 0 || length > LONGEST {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let mut frame = vec![0; length];
    stream.read_exact(&mut frame).await?;
    Ok(frame)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn frames(mut bytes: &[u8]) -> Vec<Vec<u8>> {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let mut found = Vec::new();
            while let Ok(frame) = read_frame(&mut bytes).await {
                found.push(frame);
            }
            found
        })
    }

    fn with_lines<F: Future<Output = ()>>(test: impl FnOnce(Lines, SocketAddr) -> F) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let listener = TcpListener::bind("127.0.0.1:0").unwrap();
            let address = listener.local_addr().unwrap();
            test(Lines::new(listener).unwrap(), address).await;
        });
    }

    async fn frame(lines: &mut Lines) -> (SocketAddr, Vec<u8>) {
        match lines.next().await {
            Arrival::Frame(from, frame) => (from, frame),
            Arrival::Gone(from) => panic!("{from} is gone"),
        }
    }

    #[test]
    fn a_frame_may_come_in_many_pieces_and_many_frames_in_one() {
        with_lines(async |mut lines, address| {
            let mut client = TcpStream::connect(address).await.unwrap();
            client.set_nodelay(true).unwrap();
            let here = client.local_addr().unwrap();
            let pieces = async {
                for byte in [0, 3, 7, 8, 9] {
                    client.write_all(&[byte]).await.unwrap();
                    tokio::task::yield_now().await;
                }
                client.write_all(&[0, 1, 4, 0, 2, 5, 6]).await.unwrap();
            };
            let (_, first) = tokio::join!(pieces, frame(&mut lines));
            assert_eq!(first, (here, vec![7, 8, 9]));
            assert_eq!([frame(&mut lines).await.1, frame(&mut lines).await.1], [vec![4], vec![5, 6]]);
        });
    }

    #[test]
    fn each_line_gets_its_own_answer_and_a_stranger_is_hung_up_on_alone() {
        with_lines(async |mut lines, address| {
            let mut clients = Vec::new();
            for number in 0..40u8 {
                let mut client = TcpStream::connect(address).await.unwrap();
                client.write_all(&[0, 1, number]).await.unwrap();
                let (from, came) = frame(&mut lines).await;
                assert_eq!((from, came), (client.local_addr().unwrap(), vec![number]));
                assert!(lines.send(from, &[number, 1]));
                clients.push(client);
            }
            lines.hang_up(clients[7].local_addr().unwrap());
            assert!(!lines.send(clients[7].local_addr().unwrap(), &[1]));
            for (number, client) in clients.iter_mut().enumerate() {
                if number != 7 {
                    assert_eq!(read_frame(client).await.unwrap(), [number as u8, 1]);
                }
            }
            let gone = async { while !matches!(lines.next().await, Arrival::Gone(_)) {} };
            let hung_up = async { while clients[7].read_u8().await.is_ok() {} };
            tokio::join!(hung_up, gone);
            clients[8].write_all(&[0, 1, 99]).await.unwrap();
            assert_eq!(frame(&mut lines).await.1, [99]);
        });
    }

    #[test]
    fn a_line_that_ended_is_said_to_be_gone_and_takes_no_more() {
        with_lines(async |mut lines, address| {
            let client = TcpStream::connect(address).await.unwrap();
            let here = client.local_addr().unwrap();
            drop(client);
            assert!(matches!(lines.next().await, Arrival::Gone(from) if from == here));
            assert!(!lines.send(here, &[1]) && lines.open.is_empty());
        });
    }

    #[test]
    fn a_slow_line_loses_and_holds_nobody_up() {
        with_lines(async |mut lines, address| {
            let mut slow = TcpStream::connect(address).await.unwrap();
            slow.write_all(&[0, 1, 1]).await.unwrap();
            let (from, _) = frame(&mut lines).await;
            // Nobody else runs on this thread meanwhile, so the line can only fill.
            let taken = (0..WAITING * 2).filter(|_| lines.send(from, &[0; 1_200])).count();
            assert_eq!(taken, WAITING);
            assert!(!lines.send(from, &vec![0; usize::from(u16::MAX) + 1]), "longer than its length can say");
        });
    }

    #[test]
    fn frames_have_their_length_in_front() {
        assert_eq!(frames(&[0, 2, 7, 8, 0, 1, 9]), [vec![7, 8], vec![9]]);
        assert_eq!(frames(&[0, 2, 7, 8, 0, 3, 9]), [vec![7, 8]], "the last one never came whole");
    }

    #[test]
    fn an_empty_or_endless_frame_ends_the_line() {
        assert!(frames(&[0, 0, 0, 1, 9]).is_empty());
        let longest = [&(LONGEST as u16).to_be_bytes()[..], &vec![1; LONGEST]].concat();
        assert_eq!(frames(&longest).len(), 1);
        let longer = [&(LONGEST as u16 + 1).to_be_bytes()[..], &vec![1; LONGEST + 1]].concat();
        assert!(frames(&longer).is_empty());
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_without_harm(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let found = frames(&bytes);
            prop_assert!(found.iter().map(|frame| frame.len() + 2).sum::<usize>() <= bytes.len());
        }
    }
}
