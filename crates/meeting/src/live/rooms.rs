//! All rooms that are open now. A room is opened by the first who comes and rebuilt from its stored events.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use ground::{Fault, House};
use media::{Media, MediaEvent};
use room::{At, Room, Seat};
use tokio::sync::{Mutex, mpsc, mpsc::UnboundedReceiver, watch};

use super::{
    queries,
    relays::Relays,
    task::{Ask, DoorBoard, RoomTask},
    tickets::Tickets,
};

/// Inputs that may wait for a room before its senders wait too.
const WAITING: usize = 1_024;

/// The live rooms of this Hearth. Cheap to clone.
#[derive(Clone)]
pub struct Meeting {
    house: House,
    pub(crate) media: Media,
    pub(crate) tickets: Tickets,
    pub(crate) relays: Relays,
    open: Arc<Mutex<HashMap<i64, RoomLink>>>,
    next_socket: Arc<AtomicU64>,
}

/// The way to one room.
#[derive(Clone)]
pub struct RoomLink {
    pub asks: mpsc::Sender<Ask>,
    pub door: watch::Receiver<DoorBoard>,
}

impl Meeting {
    /// Listens to the media engine from now on.
    pub fn start(house: House, media: Media, events: UnboundedReceiver<MediaEvent>, relays: Relays) -> Meeting {
        let meeting = Meeting { house, media, tickets: Tickets::default(), relays, open: Arc::default(), next_socket: Arc::default() };
        tokio::spawn(meeting.clone().pass_on(events));
        meeting
    }

    async fn pass_on(self, mut events: UnboundedReceiver<MediaEvent>) {
        while let Some(event) = events.recv().await {
            let (key, ask) = match event {
                MediaEvent::Speech { room, seats } => (room, Ask::Speech(seats)),
                MediaEvent::Failed { room } => (room, Ask::MediaFailed),
                MediaEvent::Connected { .. } | MediaEvent::Lost { .. } => continue,
            };
            let link = self.open.lock().await.get(&(key as i64)).cloned();
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

    pub fn socket_number(&self) -> u64 {
        self.next_socket.fetch_add(1, Ordering::Relaxed)
    }

    /// The room of this session, opened if need be; `None` once the session has ended or if there is none.
    pub async fn room(&self, session: i64) -> Result<Option<RoomLink>, Fault> {
        let mut open = self.open.lock().await;
        open.retain(|_, link| !link.asks.is_closed());
        if let Some(link) = open.get(&session) {
            return Ok(Some(link.clone()));
        }
        let Some(task) = self.rebuild(session).await? else { return Ok(None) };
        let (asks, inbox) = mpsc::channel(WAITING);
        let link = RoomLink { asks, door: task.door.subscribe() };
        tokio::spawn(task.run(inbox));
        open.insert(session, link.clone());
        Ok(Some(link))
    }

    /// Makes the task of a room panic, to prove that it comes back and that no other room notices.
    #[doc(hidden)]
    pub async fn break_room_for_test(&self, session: i64) {
        if let Some(link) = self.open.lock().await.get(&session) {
            let _ = link.asks.send(Ask::Break).await;
        }
    }

    /// The room as its stored events tell it. Whoever was connected is "reconnecting" until their socket is back.
    async fn rebuild(&self, session: i64) -> Result<Option<RoomTask>, Fault> {
        let Some((facts, opening, people)) = queries::opening(&self.house.db, session).await? else { return Ok(None) };
        if facts.state == "ended" {
            return Ok(None);
        }
        let book = queries::replay(&self.house, session).await?;
        let room = Room::replay(opening, &book);
        let people: BTreeMap<Seat, i64> = people.iter().map(|person| (queries::seat(person), person.person_id)).collect();
        let mut task = RoomTask {
            session,
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
        };
        task.lose_everybody().await?;
        Ok(Some(task))
    }
}
