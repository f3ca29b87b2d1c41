//! One thread with its own socket: the only place here that reads the clock.

use std::io;
use std::net::{SocketAddr, UdpSocket};
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::mpsc;

use crate::MediaEvent;
use crate::engine::{Command, Engine, Wire};
use crate::figures::{Shown, WorkerFigures};

/// Datagrams taken in before the receivers are served; larger batches save work per packet and add delay.
const BATCH: usize = 64;

pub(crate) struct Worker {
    pub address: SocketAddr,
    commands: mpsc::UnboundedSender<Command>,
    shown: Arc<Shown>,
}

impl Worker {
    /// # Errors
    /// When the thread or its runtime cannot start.
    pub fn start(index: usize, socket: UdpSocket, address: SocketAddr, events: mpsc::UnboundedSender<MediaEvent>) -> io::Result<Worker> {
        socket.set_nonblocking(true)?;
        let (commands, receiver) = mpsc::unbounded_channel();
        let shown = Arc::new(Shown::default());
        let runtime = tokio::runtime::Builder::new_current_thread().enable_io().enable_time().build()?;
        let served = Arc::clone(&shown);
        std::thread::Builder::new().name(format!("media-{index}")).spawn(move || {
            let ended = runtime.block_on(serve(socket, Engine::new(address), receiver, events, served));
            if let Err(error) = ended {
                tracing::error!(%error, "a media worker ended");
            }
        })?;
        Ok(Worker { address, commands, shown })
    }

    pub fn send(&self, command: Command) {
        // A worker only ends with the process or with its socket; the asker sees `Refusal::Closed`.
        let _ended = self.commands.send(command);
    }

    pub fn figures(&self) -> WorkerFigures {
        self.shown.read()
    }
}

struct Socket<'a> {
    socket: &'a tokio::net::UdpSocket,
    figures: WorkerFigures,
}

impl Wire for Socket<'_> {
    fn send(&mut self, to: SocketAddr, datagram: &[u8]) {
        match self.socket.try_send_to(datagram, to) {
            Ok(sent) => {
                self.figures.packets_out += 1;
                self.figures.bytes_out += sent as u64;
            }
            Err(_) => self.figures.dropped += 1,
        }
    }
}

async fn serve(
    socket: UdpSocket,
    mut engine: Engine,
    mut commands: mpsc::UnboundedReceiver<Command>,
    events: mpsc::UnboundedSender<MediaEvent>,
    shown: Arc<Shown>,
) -> io::Result<()> {
    let socket = tokio::net::UdpSocket::from_std(socket)?;
    let mut wire = Socket { socket: &socket, figures: WorkerFigures::default() };
    let mut buffer = vec![0u8; 2048];
    let mut due = Instant::now();
    loop {
        tokio::select! {
            biased;
            command = commands.recv() => match command {
                Some(command) => engine.command(Instant::now(), command, &mut wire),
                None => return Ok(()),
            },
            ready = socket.readable() => {
                ready?;
                take_in(&socket, &mut engine, &mut buffer, &mut wire);
            }
            () = tokio::time::sleep_until(due.into()) => {}
        }
        let now = Instant::now();
        // A deadline in the past must not keep the thread from its socket.
        due = engine.flush(now, &mut wire).max(now + Duration::from_millis(1));
        for event in engine.events() {
            let _unheard = events.send(event);
        }
        let WorkerFigures { packets_out, bytes_out, dropped, .. } = wire.figures;
        shown.show(&WorkerFigures { packets_out, bytes_out, dropped, ..engine.figures() });
    }
}

fn take_in(socket: &tokio::net::UdpSocket, engine: &mut Engine, buffer: &mut [u8], wire: &mut Socket<'_>) {
    for _ in 0..BATCH {
        match socket.try_recv_from(buffer) {
            Ok((length, from)) => engine.receive(Instant::now(), from, &buffer[..length], wire),
            // Also a refused connection, which ICMP reports for somebody who has gone.
            Err(_) => return,
        }
    }
}
