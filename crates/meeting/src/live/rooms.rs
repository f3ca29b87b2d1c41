//! All rooms that are open now. A room is opened by the first who comes and rebuilt from its stored events.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};

use ground::{Fault, House, peer};
use media::{Media, MediaEvent};
use room::{At, Opening, Room, Seat, Stored};
use tokio::sync::{Mutex, mpsc, mpsc::UnboundedReceiver, oneshot, watch};

use super::{
    drawing::Drawing,
    pulse::Pulse,
    queries,
    relays::Relays,
    task::{Ask, DoorBoard, RoomTask},
    tickets::Tickets,
};

/// Inputs that may wait for a room before its senders wait too.
const WAITING: usize = 1_024;
/// How often the rooms are looked after.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// A room that is given up leaves a thread behind that spins until the program ends; after so many of them its session stays shut until then.
const MOST_GIVEN_UP: u32 = 3;
/// How long a page waits for the room to have heard that somebody comes.
const LET_IN: Duration = Duration::from_secs(5);
/// Replaying a whole evening takes a millisecond.
const REPLAY: Duration = Duration::from_secs(5);

/// The live rooms of this Hearth. Cheap to clone.
#[derive(Clone)]
pub struct Meeting {
    house: House,
    pub(crate) media: Media,
    pub(crate) tickets: Tickets,
    pub(crate) relays: Relays,
    open: Arc<Mutex<Open>>,
    next_socket: Arc<AtomicU64>,
}

#[derive(Default)]
struct Open {
    links: HashMap<i64, RoomLink>,
    /// How often the room of a session had to be given up.
    given_up: HashMap<i64, u32>,
}

/// The way to one room.
#[derive(Clone)]
pub struct RoomLink {
    pub asks: mpsc::Sender<Ask>,
    pub door: watch::Receiver<DoorBoard>,
    pub pulse: Pulse,
    /// Whose room it is.
    pub group: i64,
}

impl RoomLink {
    /// False when the room is gone: whoever asks looks for it anew.
    pub async fn tell(&self, ask: Ask) -> bool {
        tokio::select! {
            sent = self.asks.send(ask) => sent.is_ok(),
            () = self.pulse.given_up() => false,
        }
    }

    /// Waits until the room knows that somebody stands at its door, and with that whatever came before.
    pub async fn comes_to_door(&self, seat: Seat) {
        let (heard, answer) = oneshot::channel();
        if self.tell(Ask::DoorOpened { seat, heard }).await {
            tokio::select! {
                _ = answer => {}
                () = self.pulse.given_up() => {}
                // What was sent to a room that ended in that moment is answered by nobody.
                () = self.asks.closed() => {}
            }
        }
    }
}

impl Meeting {
    /// Listens to the media engine from now on.
    pub fn start(house: House, media: Media, events: UnboundedReceiver<MediaEvent>, relays: Relays) -> Meeting {
        let meeting = Meeting { house, media, tickets: Tickets::default(), relays, open: Arc::default(), next_socket: Arc::default() };
        tokio::spawn(meeting.clone().pass_on(events));
        tokio::spawn(meeting.clone().look_after());
        meeting
    }

    /// Gives up rooms that do not come to rest.
    async fn look_after(self) {
        let mut clock = tokio::time::interval(LOOK_EVERY);
        loop {
            clock.tick().await;
            let mut open = self.open.lock().await;
            let stuck: Vec<i64> =
                open.links.iter().filter(|(_, link)| link.pulse.give_up_if_stuck()).map(|(session, _)| *session).collect();
            for session in stuck {
                tracing::error!(session, "a room did not come to rest and was given up");
                open.links.remove(&session);
                *open.given_up.entry(session).or_default() += 1;
            }
        }
    }

    async fn pass_on(self, mut events: UnboundedReceiver<MediaEvent>) {
        while let Some(event) = events.recv().await {
            let (key, ask) = match event {
                MediaEvent::Speech { room, seats } => (room, Ask::Speech(seats)),
                MediaEvent::Failed { room } => (room, Ask::MediaFailed),
                MediaEvent::Connected { .. } | MediaEvent::Lost { .. } => continue,
            };
            let link = self.open.lock().await.links.get(&(key as i64)).cloned();
            if let Some(link) = link {
                // A room that does not keep up misses a fifth of a second of levels, not a word.
                let _ = link.asks.try_send(ask);
            }
        }
    }

    /// Whether this person is in the circle of the session's room, or on the way in.
    pub async fn is_admitted(&self, session: i64, person: i64) -> Result<bool, Fault> {
        let Some(link) = self.room(session).await? else { return Ok(false) };
        let Some(seat) = super::sockets::seat_of(&self.house, session, person).await? else { return Ok(false) };
        let word = link.door.borrow().get(&seat.0).copied();
        Ok(word == Some(room::wire::FromDoor::Admitted))
    }

    /// Waits until the room has let this seat in, which it does at once for whoever need not wait. False if it did not.
    pub async fn has_let_in(&self, session: i64, seat: Seat) -> Result<bool, Fault> {
        let Some(link) = self.room(session).await? else { return Ok(false) };
        let mut door = link.door.clone();
        let inside = door.wait_for(|board| board.get(&seat.0) == Some(&room::wire::FromDoor::Admitted));
        Ok(matches!(tokio::time::timeout(LET_IN, inside).await, Ok(Ok(_))))
    }

    /// Whether whoever has this seat stands at the room's own door, or is inside.
    pub async fn knows(&self, session: i64, seat: Seat) -> Result<bool, Fault> {
        use room::wire::FromDoor;
        let Some(link) = self.room(session).await? else { return Ok(false) };
        let word = link.door.borrow().get(&seat.0).copied();
        Ok(matches!(word, Some(FromDoor::Waiting | FromDoor::LeaderLate | FromDoor::Admitted)))
    }

    /// The seats that are in the circle of a session's room now, or on the way in.
    pub async fn inside(&self, session: i64) -> Result<Vec<Seat>, Fault> {
        let Some(link) = self.room(session).await? else { return Ok(Vec::new()) };
        let board = link.door.borrow().clone();
        Ok(board.into_iter().filter(|(_, word)| *word == room::wire::FromDoor::Admitted).map(|(seat, _)| Seat(seat)).collect())
    }

    pub fn socket_number(&self) -> u64 {
        self.next_socket.fetch_add(1, Ordering::Relaxed)
    }

    /// The room of this session, opened if need be; `None` once the session has ended or was cancelled, or if there is none.
    pub async fn room(&self, session: i64) -> Result<Option<RoomLink>, Fault> {
        let mut open = self.open.lock().await;
        open.links.retain(|_, link| !link.asks.is_closed());
        if let Some(link) = open.links.get(&session) {
            return Ok(Some(link.clone()));
        }
        if open.given_up.get(&session).is_some_and(|times| *times >= MOST_GIVEN_UP) {
            return Err(Fault::Other("a room was given up too often"));
        }
        let Some(task) = self.rebuild(session).await? else { return Ok(None) };
        let (asks, inbox) = mpsc::channel(WAITING);
        let link = RoomLink { asks, door: task.door.subscribe(), pulse: task.pulse.clone(), group: task.group };
        tokio::spawn(task.run(inbox));
        open.links.insert(session, link.clone());
        Ok(Some(link))
    }

    /// The session was cancelled: whoever is in its room or at its door is told, and the room closes. Without a room there is nobody to tell.
    pub async fn call_off(&self, session: i64) {
        let link = self.open.lock().await.links.remove(&session);
        if let Some(link) = link {
            link.tell(Ask::CalledOff).await;
        }
    }

    /// A page changed what the open rooms of this group go by: who may watch, who is kept apart. Each reads it anew. Call it when that is committed.
    pub async fn house_news(&self, group: i64) {
        let links: Vec<RoomLink> = self.open.lock().await.links.values().filter(|link| link.group == group).cloned().collect();
        for link in links {
            link.tell(Ask::HouseNews).await;
        }
    }

    /// Makes the task of a room panic, to prove that it comes back and that no other room notices.
    #[doc(hidden)]
    pub async fn break_room_for_test(&self, session: i64) {
        self.ask_for_test(session, Ask::Break).await;
    }

    /// Makes the task of a room spin until `enough`, likewise.
    #[doc(hidden)]
    pub async fn spin_room_for_test(&self, session: i64, enough: Arc<AtomicBool>) {
        self.ask_for_test(session, Ask::Spin(enough)).await;
    }

    async fn ask_for_test(&self, session: i64, ask: Ask) {
        let link = self.open.lock().await.links.get(&session).cloned();
        if let Some(link) = link {
            link.tell(ask).await;
        }
    }

    /// The room as its stored events tell it. Whoever was connected is "reconnecting" until their socket is back.
    async fn rebuild(&self, session: i64) -> Result<Option<RoomTask>, Fault> {
        let Some((facts, opening, people)) = queries::opening(&self.house.db, session).await? else { return Ok(None) };
        if facts.state == "ended" || facts.cancelled_at.is_some() {
            return Ok(None);
        }
        // A check-in stands weeks ahead, and its room goes by the record of the day.
        if opening.hosted.is_some()
            && peer::of_session(&self.house.db, session).await?.is_some_and(|check| check.is_early(self.house.clock.now()))
        {
            return Ok(None);
        }
        let book = queries::replay(&self.house, session).await?;
        let (room, book) = replayed(opening, book).await?;
        let people: BTreeMap<Seat, i64> = people.iter().map(|person| (queries::seat(person), person.person_id)).collect();
        let mut task = RoomTask {
            session,
            group: facts.group_id,
            // What changed while no room was open is not in its book.
            unsure: true,
            house: self.house.clone(),
            media: self.media.clone(),
            room,
            book,
            people,
            streams: BTreeMap::new(),
            door: watch::Sender::new(DoorBoard::new()),
            hearing: None,
            talked: BTreeMap::new(),
            talk_due: At(0),
            drawing: Drawing::default(),
            pulse: Pulse::new(),
        };
        task.lose_everybody().await?;
        Ok(Some(task))
    }
}

/// On a thread of its own: a book that cannot be replayed to its end must not hold up those who ask for other rooms.
async fn replayed(opening: Opening, book: Vec<Stored>) -> Result<(Room, Vec<Stored>), Fault> {
    let replay = tokio::task::spawn_blocking(move || (Room::replay(opening, &book), book.iter().map(Stored::lean).collect()));
    match tokio::time::timeout(REPLAY, replay).await {
        Ok(Ok(done)) => Ok(done),
        Ok(Err(_)) | Err(_) => Err(Fault::Other("a room could not be replayed")),
    }
}
