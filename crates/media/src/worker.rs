//! One thread with its own ports: the only place here that reads the clock.

use std::io;
use std::net::{TcpListener, UdpSocket};
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::mpsc;

use crate::MediaEvent;
use crate::engine::{Command, Engine, Wire};
use crate::figures::{Shown, WorkerFigures};
use crate::paths::{Addresses, Path, Protocol};
use crate::tcp::{Arrival, Lines};

/// Datagrams taken in before the receivers are served; larger batches save work per packet and add delay.
const BATCH: usize = 64;

/// What a worker listens on.
pub(crate) type Ports = (UdpSocket, TcpListener);

pub(crate) struct Worker {
    pub addresses: Addresses,
    commands: mpsc::UnboundedSender<Command>,
    shown: Arc<Shown>,
}

impl Worker {
    /// # Errors
    /// When the thread or its runtime cannot start.
    pub fn start(index: usize, ports: Ports, addresses: Addresses, events: mpsc::UnboundedSender<MediaEvent>) -> io::Result<Worker> {
        ports.0.set_nonblocking(true)?;
        let (commands, receiver) = mpsc::unbounded_channel();
        let shown = Arc::new(Shown::default());
        let runtime = tokio::runtime::Builder::new_current_thread().enable_io().enable_time().build()?;
        let served = Arc::clone(&shown);
        std::thread::Builder::new().name(format!("media-{index}")).spawn(move || {
            let ended = runtime.block_on(serve(ports, Engine::new(addresses), receiver, events, served));
            if let Err(error) = ended {
                tracing::error!(%error, "a media worker ended");
            }
        })?;
        Ok(Worker { addresses, commands, shown })
    }

    pub fn send(&self, command: Command) {
        // A worker only ends with the process or with its socket; the asker sees `Refusal::Closed`.
        let _ended = self.commands.send(command);
    }

    pub fn figures(&self) -> WorkerFigures {
        self.shown.read()
    }
}

/// Both ports for the engine to write to.
struct Sockets {
    udp: tokio::net::UdpSocket,
    tcp: Lines,
    figures: WorkerFigures,
}

impl Wire for Sockets {
    fn send(&mut self, to: Path, datagram: &[u8]) {
        let sent = match to.protocol {
            Protocol::Tcp => self.tcp.send(to.address, datagram),
            _ => self.udp.try_send_to(datagram, to.address).is_ok(),
        };
        if sent {
            self.figures.packets_out += 1;
            self.figures.bytes_out += datagram.len() as u64;
        } else {
            self.figures.dropped += 1;
        }
    }
}

async fn serve(
    (udp, tcp): Ports,
    mut engine: Engine,
    mut commands: mpsc::UnboundedReceiver<Command>,
    events: mpsc::UnboundedSender<MediaEvent>,
    shown: Arc<Shown>,
) -> io::Result<()> {
    let udp = tokio::net::UdpSocket::from_std(udp)?;
    let mut wire = Sockets { udp, tcp: Lines::new(tcp)?, figures: WorkerFigures::default() };
    let mut buffer = vec![0u8; 2048];
    let mut due = Instant::now();
    loop {
        tokio::select! {
            command = commands.recv() => match command {
                Some(command) => engine.command(Instant::now(), command, &mut wire),
                None => return Ok(()),
            },
            ready = wire.udp.readable() => {
                ready?;
                take_in(&mut engine, &mut buffer, &mut wire);
            }
            arrival = wire.tcp.next() => take_frames(arrival, &mut engine, &mut wire),
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

fn take_in(engine: &mut Engine, buffer: &mut [u8], wire: &mut Sockets) {
    for _ in 0..BATCH {
        match wire.udp.try_recv_from(buffer) {
            Ok((length, from)) => {
                engine.receive(Instant::now(), Path::udp(from), &buffer[..length], wire);
            }
            // Also a refused connection, which ICMP reports for somebody who has gone.
            Err(_) => return,
        }
    }
}

fn take_frames(first: Arrival, engine: &mut Engine, wire: &mut Sockets) {
    take_frame(first, engine, wire);
    for _ in 1..BATCH {
        let Some(arrival) = wire.tcp.try_next() else { return };
        take_frame(arrival, engine, wire);
    }
}

fn take_frame(arrival: Arrival, engine: &mut Engine, wire: &mut Sockets) {
    // Of a line that is gone the engine notices by itself that nothing comes any more.
    let Arrival::Frame(from, frame) = arrival else { return };
    if !engine.receive(Instant::now(), Path::tcp(from), &frame, wire) {
        wire.tcp.hang_up(from);
    }
}
