//! Fills rooms with media alone. How offers reach the server is the caller's: directly, or over signalling.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use tokio::net::UdpSocket;
use tokio::sync::{oneshot, watch};

use crate::client::{Client, Trouble};
use crate::home::at_home;
use crate::received::{Delays, Received};

/// One client of a load, connecting.
pub struct Load {
    client: Box<Client>,
    socket: UdpSocket,
    started: Instant,
}

/// What a client saw.
#[derive(Debug, Clone, Default)]
pub struct Report {
    pub received: Vec<Received>,
    pub delays: Delays,
    /// From the first datagram to the connection.
    pub connected_after: Option<Duration>,
}

impl Load {
    /// Makes a client on a free port of this machine and its offer for a room of `seats`.
    ///
    /// # Errors
    /// `Trouble::Io` when there is no port, `Trouble::Answer` when no offer could be made.
    pub async fn new(person: usize, seats: u8, stamp: Option<Instant>) -> Result<(Load, String), Trouble> {
        let socket = UdpSocket::bind(("127.0.0.1", 0)).await.map_err(Trouble::Io)?;
        let local = socket.local_addr().map_err(Trouble::Io)?;
        let now = Instant::now();
        let mut client = Box::new(Client::new(now, local, person));
        client.stamp = stamp;
        let offer = client.offer(seats).ok_or_else(|| Trouble::Answer("no offer".into()))?;
        Ok((Load { client, socket, started: now }, offer))
    }

    /// Lets the caller decide what the client says and shows.
    pub fn client(&mut self) -> &mut Client {
        &mut self.client
    }

    /// Runs until `stop` turns true, then reports.
    ///
    /// # Errors
    /// `Trouble` when the answer leads elsewhere or does not fit, or the connection ends.
    pub async fn run(mut self, answer: &str, mut stop: watch::Receiver<bool>, up: oneshot::Sender<()>) -> Result<Report, Trouble> {
        self.client.answer(answer)?;
        let mut up = Some(up);
        let mut report = Report::default();
        let mut buffer = vec![0u8; 2048];
        while !*stop.borrow_and_update() {
            let due = self.poll()?;
            if self.client.connected() && report.connected_after.is_none() {
                report.connected_after = Some(self.started.elapsed());
                up.take().map(|up| up.send(()));
            }
            tokio::select! {
                ready = self.socket.readable() => {
                    ready.map_err(Trouble::Io)?;
                    self.take_in(&mut buffer)?;
                }
                () = tokio::time::sleep_until(due.into()) => {}
                changed = stop.changed() => if changed.is_err() { break },
            }
        }
        report.received = self.client.received().to_vec();
        report.delays = self.client.delays.clone();
        Ok(report)
    }

    fn poll(&mut self) -> Result<Instant, Trouble> {
        let socket = &self.socket;
        // A full buffer loses a datagram, as a network would.
        let mut send = |to: SocketAddr, datagram: &[u8]| {
            if at_home(to).is_ok() {
                let _lost = socket.try_send_to(datagram, to);
            }
        };
        let now = Instant::now();
        self.client.poll(now, &mut send)
    }

    fn take_in(&mut self, buffer: &mut [u8]) -> Result<(), Trouble> {
        for _ in 0..32 {
            let Ok((length, from)) = self.socket.try_recv_from(buffer) else { break };
            self.client.receive(Instant::now(), from, &buffer[..length])?;
            self.poll()?;
        }
        Ok(())
    }
}
