//! The task that owns one room. Everything that happens goes through here, one after another.

use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use ground::{Fault, House};
use media::{Media, Plan, Speech};
use room::{
    At, Command, Event, Guest, Hearing, Input, Refusal, Room, RoomCommand, RoomEvent, Seat, Stored,
    tools::{ToolCommand, hosting::HostingCommand},
    wire::{Drawn, Farewell, FromDoor, FromRoom, Reaction},
};
use tokio::{
    sync::{mpsc, oneshot, watch},
    time::MissedTickBehavior,
};

use super::{
    drawing::Drawing,
    effects,
    pulse::Pulse,
    queries,
    streams::{Socket, Stream},
};

/// At most so many waiting inputs share one commit.
const BATCH: usize = 64;

/// What the task is told.
#[derive(Debug)]
pub enum Ask {
    Arrived {
        guest: Guest,
        person: i64,
    },
    /// Somebody stands at the door. `heard` is dropped once the room knows, and its board says so.
    DoorOpened {
        seat: Seat,
        heard: oneshot::Sender<()>,
    },
    DoorClosed {
        seat: Seat,
    },
    Opened {
        seat: Seat,
        socket: Socket,
        since: Since,
    },
    Closed {
        seat: Seat,
        number: u64,
    },
    Do {
        seat: Seat,
        number: u64,
        id: u32,
        command: Command,
    },
    React {
        seat: Seat,
        kind: Reaction,
    },
    Point {
        seat: Seat,
        x: f32,
        y: f32,
    },
    Speech(Vec<Speech>),
    /// The session was cancelled before it began.
    CalledOff,
    /// The record of the group changed under the room.
    HouseNews,
    /// The media engine lost this room and needs its plan again.
    MediaFailed,
    /// How many pairs of media lines an offer must have.
    Seats {
        reply: oneshot::Sender<u8>,
    },
    /// For tests: proves that a broken room harms no other.
    #[doc(hidden)]
    Break,
    /// For tests: work that does not end before it is told to.
    #[doc(hidden)]
    Spin(Arc<AtomicBool>),
}

/// What a socket has seen already: the number of its last message, and the state of the whiteboard.
#[derive(Debug, Clone, Copy, Default)]
pub struct Since {
    pub seq: Option<u32>,
    pub drawn: Option<Drawn>,
}

/// What everybody at the door may know: one message by seat, no names.
pub type DoorBoard = BTreeMap<u8, FromDoor>;

pub struct RoomTask {
    pub session: i64,
    pub group: i64,
    /// The group's record has to be read again before anything else is decided.
    pub unsure: bool,
    pub house: House,
    pub media: Media,
    pub room: Room,
    pub book: Vec<Stored>,
    pub people: BTreeMap<Seat, i64>,
    pub streams: BTreeMap<Seat, Stream>,
    pub door: watch::Sender<DoorBoard>,
    pub hearing: Option<Hearing>,
    pub talked: BTreeMap<Seat, i64>,
    pub talk_due: At,
    pub drawing: Drawing,
    pub pulse: Pulse,
}

/// What a batch brought.
#[derive(Default)]
struct Brought {
    fresh: Vec<Stored>,
    /// Who waits for word about an input: the socket, its message id.
    waiting: Vec<(Seat, u64, u32, Result<(), Refusal>)>,
    greet: Vec<(Seat, Since)>,
    doors: Vec<oneshot::Sender<()>>,
}

impl RoomTask {
    /// Runs until the session has ended and everybody has been told.
    pub async fn run(mut self, mut asks: mpsc::Receiver<Ask>) {
        let mut clock = tokio::time::interval(Duration::from_secs(1));
        clock.set_missed_tick_behavior(MissedTickBehavior::Delay);
        self.show(&[]);
        loop {
            let mut batch = Vec::new();
            tokio::select! {
                ask = asks.recv() => match ask {
                    Some(ask) => batch.push(ask),
                    None => return,
                },
                _ = clock.tick() => {}
                () = self.drawing.rest() => {
                    let pulse = self.pulse.clone();
                    if pulse.during(|| self.show_drawing()).is_none() {
                        return;
                    }
                    continue;
                }
            }
            while batch.len() < BATCH {
                let Ok(ask) = asks.try_recv() else { break };
                batch.push(ask);
            }
            if batch.iter().any(|ask| matches!(ask, Ask::CalledOff)) {
                self.call_off();
                return;
            }
            if self.take(batch).await.is_none() {
                return;
            }
            if self.room.has_ended() {
                self.media.close(self.session as u64);
                return;
            }
        }
    }

    pub fn now(&self) -> At {
        At(self.house.clock.now().millis())
    }

    /// Handles a batch: decides, stores in one commit, then tells. Nothing is told before it is stored. `None` when the room was given up.
    async fn take(&mut self, batch: Vec<Ask>) -> Option<()> {
        let before = self.room.clone();
        let news = self.house_news(&batch).await;
        let mut brought = Brought::default();
        let pulse = self.pulse.clone();
        pulse.during(|| {
            // Before whatever was asked later, and again behind it, for whoever has just arrived. The same news twice changes nothing.
            self.hear_house(news.as_ref(), &mut brought.fresh);
            for ask in batch {
                self.ask(ask, &mut brought);
            }
            self.hear_house(news.as_ref(), &mut brought.fresh);
            self.count_talk(&mut brought.fresh);
            let _ = self.input(&Input::Tick, &mut brought.fresh);
        })?;
        let Brought { mut fresh, mut waiting, greet, doors } = brought;
        if let Err(fault) = self.store(&fresh).await {
            tracing::error!(session = self.session, reason = %fault, "the room could not store what happened");
            self.room = before;
            self.unsure = true;
            fresh.clear();
            for answer in &mut waiting {
                answer.3 = Err(Refusal::NotKept);
            }
        } else {
            self.book.extend(fresh.iter().map(Stored::lean));
        }
        pulse.during(|| {
            self.greet(greet);
            self.show(&fresh);
            self.show_drawing();
        })?;
        drop(doors);
        for (seat, number, id, outcome) in waiting {
            self.answer(seat, number, id, outcome);
        }
        self.say_goodbye(&fresh);
        Some(())
    }

    fn ask(&mut self, ask: Ask, brought: &mut Brought) {
        let Brought { fresh, waiting, greet, doors } = brought;
        match ask {
            Ask::Arrived { guest, person } => {
                self.people.insert(guest.seat, person);
                let _ = self.input(&Input::Arrived(guest), fresh);
            }
            Ask::DoorOpened { seat, heard } => {
                self.at_door(seat, &Input::Connected(seat), fresh);
                doors.push(heard);
            }
            Ask::DoorClosed { seat } => self.at_door(seat, &Input::Lost(seat), fresh),
            Ask::Opened { seat, socket, since } => self.opened(seat, socket, since, fresh, greet),
            Ask::Closed { seat, number } => self.closed(seat, number, fresh),
            Ask::Do { seat, number, id, command } => {
                let outcome = self.input(&Input::Command { by: seat, command }, fresh);
                waiting.push((seat, number, id, outcome));
            }
            Ask::React { seat, kind } => {
                let room = &self.room;
                self.tell_those(&FromRoom::Reacted { seat, kind }, |other| room.together(seat, other));
            }
            Ask::Point { seat, x, y } => self.point(seat, x, y),
            Ask::Speech(speech) => self.speech(&speech),
            Ask::MediaFailed => self.hearing = None,
            // What it is about was read before the batch.
            Ask::CalledOff | Ask::HouseNews => {}
            Ask::Seats { reply } => {
                let _ = reply.send(self.seats());
            }
            Ask::Break => panic!("this room was asked to break"),
            Ask::Spin(enough) => {
                while !enough.load(Ordering::Relaxed) {
                    std::hint::spin_loop();
                }
            }
        }
    }

    pub fn input(&mut self, input: &Input, fresh: &mut Vec<Stored>) -> Result<(), Refusal> {
        let at = self.now();
        let luck = u64::from_le_bytes(ground::seal::random());
        let events = self.room.handle(input, at, luck)?;
        fresh.extend(events.into_iter().map(|event| Stored { at, event }));
        Ok(())
    }

    /// Whoever is already inside has left the door page behind: its closing says nothing.
    fn at_door(&mut self, seat: Seat, input: &Input, fresh: &mut Vec<Stored>) {
        if self.room.people.get(&seat).is_some_and(|p| p.place == room::Place::Door) {
            let _ = self.input(input, fresh);
        }
    }

    fn opened(&mut self, seat: Seat, socket: Socket, since: Since, fresh: &mut Vec<Stored>, greet: &mut Vec<(Seat, Since)>) {
        if !self.room.people.get(&seat).is_some_and(|p| p.in_circle()) {
            socket.send(FromRoom::Bye { farewell: Farewell::ToDoor });
            return;
        }
        let stream = self.streams.entry(seat).or_default();
        if let Some(older) = stream.socket.replace(socket) {
            older.send(FromRoom::Bye { farewell: Farewell::Replaced });
        }
        let _ = self.input(&Input::Connected(seat), fresh);
        greet.push((seat, since));
    }

    fn closed(&mut self, seat: Seat, number: u64, fresh: &mut Vec<Stored>) {
        let Some(stream) = self.streams.get_mut(&seat) else { return };
        if stream.socket.as_ref().is_some_and(|socket| socket.number == number) {
            stream.socket = None;
            let _ = self.input(&Input::Lost(seat), fresh);
        }
    }

    async fn store(&self, fresh: &[Stored]) -> Result<(), Fault> {
        if fresh.is_empty() {
            return Ok(());
        }
        let mut sealed = Vec::with_capacity(fresh.len());
        for (offset, stored) in fresh.iter().enumerate() {
            let owner = stored.event.about().and_then(|seat| self.people.get(&seat).copied()).unwrap_or(0);
            let seq = (self.book.len() + offset) as i64;
            sealed.push(queries::seal(&self.house, self.session, seq, stored.at, owner, &stored.event).await?);
        }
        let all: Vec<Stored> = if fresh.iter().any(|stored| matches!(stored.event, Event::Room(RoomEvent::Ended))) {
            self.book.iter().chain(fresh).cloned().collect()
        } else {
            Vec::new()
        };
        let session = effects::Session { id: self.session, house: &self.house, room: &self.room, people: &self.people };
        let outside = session.outside(fresh, &all).await?;
        let tx = self.house.db.write().await?;
        for event in sealed {
            queries::append(&tx, self.session, event).await?;
        }
        outside.write(&self.house, &tx, self.session).await?;
        tx.commit_unaudited().await
    }

    fn greet(&mut self, greet: Vec<(Seat, Since)>) {
        let now = self.now();
        let seats = self.seats();
        for (seat, since) in greet {
            let Some(view) = self.room.view_for(seat, now) else { continue };
            let Some(stream) = self.streams.get_mut(&seat) else { continue };
            let resumed = stream.greet(since.seq, view, seats, now);
            self.greet_drawing(seat, resumed, since.drawn);
        }
    }

    /// How many pairs of media lines each browser offers.
    fn seats(&self) -> u8 {
        let highest = self.people.keys().chain(self.room.opening.expected.iter().map(|e| &e.seat)).max();
        let called_in = self.room.opening.hosted.as_ref().map_or(1, |hosted| hosted.seats);
        highest.map_or(1, |seat| seat.0 + 1).max(called_in)
    }

    /// Sends everybody what changed for them, tells the door, and plans the media anew if somebody moved.
    fn show(&mut self, fresh: &[Stored]) {
        if !fresh.is_empty() {
            let now = self.now();
            for (seat, stream) in &mut self.streams {
                if let Some(view) = self.room.view_for(*seat, now)
                    && !stream.update(view, now)
                {
                    stream.socket = None;
                }
            }
        }
        self.door.send_if_modified(|board| {
            let fresh = door_board(&self.room);
            let changed = *board != fresh;
            *board = fresh;
            changed
        });
        let hearing = self.room.hearing();
        if self.hearing.as_ref() != Some(&hearing) {
            self.media.plan(
                self.session as u64,
                Plan {
                    hears: hearing.hears.clone(),
                    silent: hearing.silent.clone(),
                    unseen: hearing.unseen.clone(),
                    for_some: hearing.for_some.clone(),
                },
            );
            self.hearing = Some(hearing);
        }
    }

    fn answer(&self, seat: Seat, number: u64, id: u32, outcome: Result<(), Refusal>) {
        let Some(socket) = self.streams.get(&seat).and_then(|stream| stream.socket.as_ref()) else { return };
        if socket.number == number {
            socket.send(match outcome {
                Ok(()) => FromRoom::Done { id },
                Err(refusal) => FromRoom::Refused { id, refusal },
            });
        }
    }

    fn say_goodbye(&mut self, fresh: &[Stored]) {
        for stored in fresh {
            let Event::Room(event) = &stored.event else { continue };
            let (seats, farewell) = match event {
                RoomEvent::Left { seat } => (vec![*seat], Farewell::Left),
                RoomEvent::Removed { seat } => (vec![*seat], Farewell::Removed),
                RoomEvent::SentBack { seat } => (vec![*seat], Farewell::SentBack),
                RoomEvent::Ended => (self.streams.keys().copied().collect(), Farewell::Ended),
                _ => continue,
            };
            for seat in seats {
                if let Some(socket) = self.streams.remove(&seat).and_then(|stream| stream.socket) {
                    socket.send(FromRoom::Bye { farewell });
                }
                self.media.leave(self.session as u64, seat.0);
            }
        }
    }

    /// Nothing is stored: a room that was called off never began.
    fn call_off(&mut self) {
        for (_, stream) in std::mem::take(&mut self.streams) {
            if let Some(socket) = stream.socket {
                socket.send(FromRoom::Bye { farewell: Farewell::Ended });
            }
        }
        self.door.send_modify(|board| board.values_mut().for_each(|word| *word = FromDoor::Ended));
        self.media.close(self.session as u64);
    }

    pub fn tell_those(&self, message: &FromRoom, whom: impl Fn(Seat) -> bool) {
        for (seat, stream) in &self.streams {
            let is_here = self.room.people.get(seat).is_some_and(|p| p.is_here());
            let Some(socket) = stream.socket.as_ref().filter(|_| is_here && whom(*seat)) else { continue };
            // Ephemeral: whoever is behind misses it.
            if socket.out.capacity() > socket.out.max_capacity() / 2 {
                socket.send(message.clone());
            }
        }
    }
}

fn door_board(room: &Room) -> DoorBoard {
    let leader_late = room.people.values().all(|p| !p.leads() || !p.is_here()) && room.leader_is_missed();
    let word = |person: &room::Person| match person.place {
        _ if room.has_ended() => FromDoor::Ended,
        room::Place::Circle => FromDoor::Admitted,
        room::Place::Left => FromDoor::Declined,
        room::Place::Door if leader_late => FromDoor::LeaderLate,
        room::Place::Door => FromDoor::Waiting,
    };
    room.people.values().map(|person| (person.seat.0, word(person))).collect()
}

/// Leaving is always possible, and so is calling for help, even for a client that is being slowed down.
pub fn is_leaving(command: &Command) -> bool {
    matches!(
        command,
        Command::Room(RoomCommand::Leave | RoomCommand::Help) | Command::Tool(ToolCommand::Hosting(HostingCommand::BringStaff))
    )
}

impl RoomTask {
    /// After a restart nobody's socket is there yet.
    pub async fn lose_everybody(&mut self) -> Result<(), Fault> {
        let mut fresh = Vec::new();
        let seats: Vec<Seat> = self.room.people.keys().copied().collect();
        for seat in seats {
            let _ = self.input(&Input::Lost(seat), &mut fresh);
        }
        self.store(&fresh).await?;
        self.book.extend(fresh);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_is_slowed_down_still_leaves_and_still_calls() {
        for command in [
            Command::Room(RoomCommand::Leave),
            Command::Room(RoomCommand::Help),
            Command::Tool(ToolCommand::Hosting(HostingCommand::BringStaff)),
        ] {
            assert!(is_leaving(&command), "{command:?}");
        }
        for command in [Command::Room(RoomCommand::MuteAll), Command::Tool(ToolCommand::Hosting(HostingCommand::NotMe))] {
            assert!(!is_leaving(&command), "{command:?}");
        }
    }
}
