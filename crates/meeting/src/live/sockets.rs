//! The two sockets: the door's, which can carry no room message, and the room's.

use std::time::Duration;

use axum::{
    Extension, Json,
    extract::{
        FromRequestParts, Path, State,
        ws::{Message, WebSocket, WebSocketUpgrade},
    },
    http::{StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use ground::{Fault, House, Me, facts, fault, peer, sign_in, web::same_origin};
use media::Media;
use room::{
    Refusal, Seat,
    wire::{self, Farewell, FromDoor, FromRoom, Layer, MESSAGE_BYTES, ToDoor, ToRoom},
};
use serde::{Serialize, de::DeserializeOwned};
use tokio::{
    sync::mpsc,
    time::{Instant, timeout},
};

use super::{
    rooms::{Meeting, RoomLink},
    streams::Socket,
    task::{Ask, Since, is_leaving},
    tickets::Ticket,
};

/// The first message must come within this time.
const HELLO: Duration = Duration::from_secs(10);
/// A client pings every five seconds; a socket silent for longer is gone.
const SILENCE: Duration = Duration::from_secs(12);
/// A waiting page in a hidden tab may be allowed to speak only once a minute.
const DOOR_SILENCE: Duration = Duration::from_secs(150);
/// How often an open socket asks whether its sign-in still holds.
const RECHECK: Duration = Duration::from_secs(3);
/// How long a socket that is being closed is still read, so that its last message arrives.
const LAST_WORD: Duration = Duration::from_secs(2);
/// Messages waiting for one browser.
const OUT: usize = 256;
/// A person may send so many messages at once, and so many each second after that. Nobody clicks faster.
const BURST: f64 = 60.0;
const PER_SECOND: f64 = 15.0;
/// After so many messages that had to be slowed the socket is closed.
const PATIENCE: u32 = 200;

#[derive(Serialize)]
pub struct TicketBody {
    ticket: String,
}

/// `POST …/ticket`: what the socket's first message must carry.
pub async fn ticket(
    State(house): State<House>,
    Extension(meeting): Extension<Meeting>,
    me: Me,
    Path(session): Path<i64>,
) -> Json<TicketBody> {
    let ticket = Ticket { session, person: me.id, sign_in: me.sign_in };
    Json(TicketBody { ticket: meeting.tickets.issue(ticket, house.clock.now()) })
}

/// `POST …/door/probe`: a short connection of its own to the media port, with no tracks.
pub async fn probe(Extension(meeting): Extension<Meeting>, offer: String) -> Response {
    match meeting.media.probe(offer).await {
        Ok(answer) => answer.into_response(),
        Err(_) => fault::plain(StatusCode::UNPROCESSABLE_ENTITY),
    }
}

/// The same person, the same session, the same sign-in as the cookie's, or nothing.
fn redeem(meeting: &Meeting, house: &House, secret: &str, session: i64, me: &Me) -> bool {
    let ticket = meeting.tickets.redeem(secret, house.clock.now());
    ticket == Some(Ticket { session, person: me.id, sign_in: me.sign_in })
}

pub(super) async fn seat_of(house: &House, session: i64, person: i64) -> Result<Option<Seat>, Fault> {
    let Some(group) = facts::group_of_session(&house.db, session).await? else { return Ok(None) };
    let people = peer::people_at(&house.db, session, group).await?;
    Ok(people.iter().find(|p| p.person_id == person).map(super::queries::seat))
}

async fn hello<T: DeserializeOwned>(socket: &mut WebSocket) -> Option<T> {
    match timeout(HELLO, socket.recv()).await {
        Ok(Some(Ok(Message::Text(text)))) => serde_json::from_str(text.as_str()).ok(),
        _ => None,
    }
}

async fn send(socket: &mut WebSocket, message: &(impl Serialize + Sync)) -> bool {
    let Ok(text) = serde_json::to_string(message) else { return false };
    socket.send(Message::Text(text.into())).await.is_ok()
}

/// Closes politely: a socket dropped with messages unread is reset, and its browser may never see the last word.
async fn close(mut socket: WebSocket) {
    let reads_out = async {
        if socket.send(Message::Close(None)).await.is_ok() {
            while let Some(Ok(_)) = socket.recv().await {}
        }
    };
    // Whoever does not answer has had long enough.
    let _ = timeout(LAST_WORD, reads_out).await;
}

pub async fn door(visit: Visit, upgrade: WebSocketUpgrade) -> Response {
    upgrade.max_message_size(4_096).on_upgrade(move |socket| wait_at_door(visit, socket))
}

async fn wait_at_door(visit: Visit, mut socket: WebSocket) {
    let Visit { house, meeting, me, session, seat } = visit;
    let Some(ToDoor::Hello { ticket }) = hello(&mut socket).await else { return };
    if !redeem(&meeting, &house, &ticket, session, &me) {
        return;
    }
    let _here = house.live.enter(me.id);
    let Ok(Some(link)) = meeting.room(session).await else {
        send(&mut socket, &FromDoor::Ended).await;
        return;
    };
    // Whoever was asked to leave and comes again would otherwise read the word of before.
    link.comes_to_door(seat).await;
    door_messages(&house, &me, &link, seat, &mut socket).await;
    link.tell(Ask::DoorClosed { seat }).await;
}

async fn door_messages(house: &House, me: &Me, link: &RoomLink, seat: Seat, socket: &mut WebSocket) {
    let mut board = link.door.clone();
    let mut told: Option<FromDoor> = None;
    let mut recheck = tokio::time::interval(RECHECK);
    loop {
        let word = board.borrow_and_update().get(&seat.0).copied();
        if let Some(word) = word.filter(|word| told != Some(*word)) {
            told = Some(word);
            if !send(socket, &word).await || !matches!(word, FromDoor::Waiting | FromDoor::LeaderLate) {
                return;
            }
        }
        tokio::select! {
            changed = board.changed() => if changed.is_err() { return },
            () = link.pulse.given_up() => return,
            message = timeout(DOOR_SILENCE, socket.recv()) => if !matches!(message, Ok(Some(Ok(Message::Text(_) | Message::Ping(_) | Message::Pong(_))))) { return },
            _ = recheck.tick() => if !matches!(sign_in::holds(house, me.sign_in).await, Ok(true)) { return },
        }
    }
}

pub async fn room(visit: Visit, upgrade: WebSocketUpgrade) -> Response {
    upgrade.max_message_size(MESSAGE_BYTES).on_upgrade(move |socket| visit.run(socket))
}

/// Somebody at one of the two sockets: who, which session, which seat. All of it from the server's own record.
pub struct Visit {
    house: House,
    meeting: Meeting,
    me: Me,
    session: i64,
    seat: Seat,
}

impl FromRequestParts<House> for Visit {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, house: &House) -> Result<Visit, Response> {
        let origin = parts.headers.get(header::ORIGIN).and_then(|value| value.to_str().ok());
        if origin.is_some_and(|origin| !same_origin(origin, &parts.headers, house)) {
            return Err(fault::plain(StatusCode::FORBIDDEN));
        }
        let me = Me::from_request_parts(parts, house).await?;
        let meeting = parts.extensions.get::<Meeting>().cloned().ok_or_else(ground::not_found)?;
        let Path(session) = Path::<i64>::from_request_parts(parts, house).await.map_err(|_| ground::not_found())?;
        let seat = seat_of(house, session, me.id).await.map_err(IntoResponse::into_response)?.ok_or_else(ground::not_found)?;
        Ok(Visit { house: house.clone(), meeting, me, session, seat })
    }
}

impl Visit {
    async fn run(self, mut socket: WebSocket) {
        let Some(ToRoom::Hello { ticket, since, drawn }) = hello(&mut socket).await else { return };
        if !redeem(&self.meeting, &self.house, &ticket, self.session, &self.me) {
            send(&mut socket, &FromRoom::Bye { farewell: Farewell::ToDoor }).await;
            return;
        }
        let _here = self.house.live.enter(self.me.id);
        let Ok(Some(link)) = self.meeting.room(self.session).await else {
            send(&mut socket, &FromRoom::Bye { farewell: Farewell::Ended }).await;
            return;
        };
        let (out, outbox) = mpsc::channel(OUT);
        let number = self.meeting.socket_number();
        let handle = Socket { number, person: self.me.id, out: out.clone() };
        if !link.tell(Ask::Opened { seat: self.seat, socket: handle, since: Since { seq: since, drawn } }).await {
            return;
        }
        // The room alone decides how long this socket lives: our own sender would keep a dropped one open.
        let weak = out.downgrade();
        drop(out);
        self.messages(&link, number, outbox, &weak, &mut socket).await;
        link.tell(Ask::Closed { seat: self.seat, number }).await;
        close(socket).await;
    }

    async fn messages(
        &self,
        link: &RoomLink,
        number: u64,
        mut outbox: mpsc::Receiver<FromRoom>,
        out: &mpsc::WeakSender<FromRoom>,
        socket: &mut WebSocket,
    ) {
        let mut pace = Pace::new();
        let mut recheck = tokio::time::interval(RECHECK);
        let mut heard = Instant::now();
        loop {
            tokio::select! {
                biased;
                message = outbox.recv() => {
                    let Some(message) = message else { return };
                    let last = matches!(message, FromRoom::Bye { .. });
                    if !send(socket, &message).await || last { return }
                }
                message = socket.recv() => {
                    let Some(Ok(message)) = message else { return };
                    heard = Instant::now();
                    let Message::Text(text) = message else { continue };
                    if !pace.allows() {
                        if pace.slowed > PATIENCE {
                            send(socket, &FromRoom::Bye { farewell: Farewell::TooFast }).await;
                            return;
                        }
                        let leaving = matches!(serde_json::from_str(&text), Ok(ToRoom::Do { command, .. }) if is_leaving(&command));
                        if !leaving {
                            if let Some(id) = id_of(&text) { send(socket, &FromRoom::Refused { id, refusal: Refusal::TooFast }).await; }
                            continue;
                        }
                    }
                    let Some(out) = out.upgrade() else { return };
                    if !self.message(link, number, &text, &out).await { return }
                }
                () = link.pulse.given_up() => return,
                _ = recheck.tick() => {
                    if heard.elapsed() > SILENCE { return }
                    if !matches!(sign_in::holds(&self.house, self.me.sign_in).await, Ok(true)) {
                        send(socket, &FromRoom::Bye { farewell: Farewell::SignedOut }).await;
                        return;
                    }
                }
            }
        }
    }

    /// Takes one message; false ends the socket.
    async fn message(&self, link: &RoomLink, number: u64, text: &str, out: &mpsc::Sender<FromRoom>) -> bool {
        let Ok(message) = serde_json::from_str::<ToRoom>(text) else {
            let id = id_of(text).unwrap_or(0);
            return out.try_send(FromRoom::Refused { id, refusal: Refusal::Unknown }).is_ok();
        };
        match message {
            ToRoom::Hello { .. } => true,
            ToRoom::Do { id, command } => link.tell(Ask::Do { seat: self.seat, number, id, command }).await,
            ToRoom::React { kind } => link.tell(Ask::React { seat: self.seat, kind }).await,
            ToRoom::Point { x, y } => link.tell(Ask::Point { seat: self.seat, x, y }).await,
            ToRoom::Offer { sdp } => {
                tokio::spawn(answer(self.meeting.media.clone(), self.session, self.seat, sdp, link.clone(), out.clone()));
                true
            }
            ToRoom::Want { wants } => {
                let wants = wants.iter().take(usize::from(room::SEATS)).map(want).collect();
                self.meeting.media.want(self.session as u64, self.seat.0, wants);
                true
            }
            ToRoom::Ping { nonce } => {
                let now = room::At(self.house.clock.now().millis());
                out.try_send(FromRoom::Pong { nonce, now }).is_ok()
            }
        }
    }
}

async fn answer(media: Media, session: i64, seat: Seat, sdp: String, link: RoomLink, out: mpsc::Sender<FromRoom>) {
    let (reply, seats) = tokio::sync::oneshot::channel();
    if !link.tell(Ask::Seats { reply }).await {
        return;
    }
    let Ok(seats) = seats.await else { return };
    let message = match media.join(session as u64, seat.0, seats, sdp).await {
        Ok(sdp) => FromRoom::Answer { sdp },
        Err(_) => FromRoom::NoMedia,
    };
    let _ = out.send(message).await;
}

fn want(want: &wire::Want) -> media::Want {
    let layer = match want.layer {
        Layer::Off => media::Layer::Off,
        Layer::Low => media::Layer::Low,
        Layer::Middle => media::Layer::Middle,
        Layer::High => media::Layer::High,
    };
    media::Want { seat: want.seat.0, layer }
}

/// The id of a message that could not be understood otherwise, so that its sender learns which one it was.
fn id_of(text: &str) -> Option<u32> {
    serde_json::from_str::<serde_json::Value>(text).ok()?.get("id")?.as_u64().and_then(|id| u32::try_from(id).ok())
}

/// A bucket that fills with time.
struct Pace {
    left: f64,
    at: Instant,
    slowed: u32,
}

impl Pace {
    fn new() -> Pace {
        Pace { left: BURST, at: Instant::now(), slowed: 0 }
    }

    fn allows(&mut self) -> bool {
        let now = Instant::now();
        self.left = (self.left + now.duration_since(self.at).as_secs_f64() * PER_SECOND).min(BURST);
        self.at = now;
        if self.left < 1.0 {
            self.slowed += 1;
            return false;
        }
        self.left -= 1.0;
        true
    }
}
