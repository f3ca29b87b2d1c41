use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::{
    agenda::{Agenda, Phase},
    at::{At, Millis},
    commands::Command,
    events::{Event, RoomEvent},
    people::{Guest, Part, Person, Place, Seat},
    refusal::Refusal,
    talk_time::TalkTime,
    tools::{Around, Tools, board::Sheet, hosting::Hosted},
};

/// What is known before anybody comes: it is read from the group's record each time the room is opened.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Opening {
    /// The group's name; shown in the room only, never in a window title.
    pub title: String,
    /// Which session of the series this is, counted from 1; 0 if it is not counted.
    pub week: u16,
    pub starts_at: At,
    pub minutes: u16,
    pub expected: Vec<Expected>,
    /// Pairs who are never to sit at the same small table.
    pub apart: Vec<(Seat, Seat)>,
    pub phases: Vec<Phase>,
    /// Homework that the programme suggests for today.
    pub homework: Vec<String>,
    /// Scenes that a leader can bring, in the group's language.
    pub scenes: Vec<care::scenes::Card>,
    /// The group's language, for what the house itself prints on a board.
    pub language: String,
    /// A peer-led check-in: no staff hold the door, and a member hosts.
    pub hosted: Option<Hosted>,
}

/// A chair that stands in the circle whether or not somebody comes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Expected {
    pub seat: Seat,
    pub name: String,
    pub part: Part,
}

/// What goes into the machine.
#[derive(Debug, Clone, PartialEq)]
pub enum Input {
    /// Somebody has passed the door page.
    Arrived(Guest),
    Command {
        by: Seat,
        command: Command,
    },
    /// The person's socket, of the door or of the room, is there again, or gone.
    Connected(Seat),
    Lost(Seat),
    /// Newly measured talk in milliseconds.
    Talked(BTreeMap<Seat, Millis>),
    /// How the group's record stands by now: somebody changed it on a page while the room was open.
    HouseNews(HouseNews),
    /// Once a second.
    Tick,
}

/// What the pages of the house may change under a session that runs. Always the whole of it, so that news may come twice or late.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HouseNews {
    /// Pairs who are never to sit at the same small table.
    pub apart: Vec<(Seat, Seat)>,
    /// Observers whom somebody in the group would rather not be watched by.
    pub unwelcome: Vec<Seat>,
    /// Seats that ended: whoever had one goes.
    pub ended: Vec<Seat>,
    /// Members who said on a page that they would rather not host a check-in.
    pub unwilling: Vec<Seat>,
}

/// One live session. Built from its opening and its stored events, and from nothing else.
#[derive(Debug, Clone, PartialEq)]
pub struct Room {
    pub opening: Opening,
    pub agenda: Agenda,
    pub people: BTreeMap<Seat, Person>,
    pub talk: TalkTime,
    pub tools: Tools,
    /// Pairs kept apart, once that changed while the room was open.
    pub(crate) apart: Option<Vec<(Seat, Seat)>>,
    pub(crate) helps: BTreeMap<Seat, At>,
    pub(crate) dismissed: BTreeSet<Seat>,
    /// A member would rather not be watched: for the rest of today nobody is.
    pub(crate) unwatched: bool,
    pub(crate) leader_gone_since: Option<At>,
    pub(crate) leader_missed: bool,
}

/// Who hears and sees whom, for the media engine. Whoever is not named here gets nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hearing {
    pub hears: Vec<(u8, Vec<u8>)>,
    pub silent: Vec<u8>,
    pub unseen: Vec<u8>,
    /// Voices that only these hear, of all who would.
    pub for_some: Vec<(u8, Vec<u8>)>,
}

impl Room {
    pub fn new(opening: Opening) -> Room {
        Room {
            agenda: Agenda::new(opening.phases.clone()),
            opening,
            people: BTreeMap::new(),
            talk: TalkTime::default(),
            tools: Tools::default(),
            apart: None,
            helps: BTreeMap::new(),
            dismissed: BTreeSet::new(),
            unwatched: false,
            leader_gone_since: None,
            leader_missed: false,
        }
    }

    /// The room as it was after these events.
    pub fn replay<'a>(opening: Opening, events: impl IntoIterator<Item = &'a crate::Stored>) -> Room {
        let mut room = Room::new(opening);
        for stored in events {
            room.apply(&stored.event, stored.at);
        }
        room
    }

    /// Takes one input at `now`: changes the room and returns what is to be written of it, or refuses and changes nothing.
    pub fn handle(&mut self, input: &Input, now: At, luck: u64) -> Result<Vec<Event>, Refusal> {
        let decided = self.decide(input, now, luck)?;
        let mut happened = Vec::with_capacity(decided.len());
        for event in decided {
            self.apply(&event, now);
            if event.is_unwritten() {
                continue;
            }
            let following = match &event {
                Event::Room(event) => self.tools.follow(event, self.around(now, luck)),
                Event::Tool(event) => self.tools.follow_tables(event, self.around(now, luck)),
            };
            happened.push(event);
            for event in following.into_iter().map(Event::Tool) {
                self.apply(&event, now);
                happened.push(event);
            }
        }
        Ok(happened)
    }

    pub fn apply(&mut self, event: &Event, at: At) {
        match event {
            Event::Room(event) => self.apply_room(event, at),
            Event::Tool(event) => self.tools.apply(event, at),
        }
    }

    fn apply_room(&mut self, event: &RoomEvent, at: At) {
        match event {
            RoomEvent::Begun => self.agenda.begun_at = Some(at),
            RoomEvent::PhaseStarted { running } | RoomEvent::PhaseExtended { running } => self.agenda.running = Some(*running),
            RoomEvent::Ended => self.agenda.ended_at = Some(at),
            RoomEvent::Talked { phase, lengths } => {
                for (seat, length) in lengths {
                    self.talk.count(*phase, Seat(*seat), *length, at);
                    self.dismissed.remove(&Seat(*seat));
                }
            }
            RoomEvent::HelpAsked { seat } => {
                self.helps.insert(*seat, at);
            }
            RoomEvent::HelpSettled { seat } => {
                self.helps.remove(seat);
            }
            RoomEvent::SuggestionDismissed { seat } => {
                self.dismissed.insert(*seat);
            }
            RoomEvent::Objected { .. } => self.unwatched = true,
            RoomEvent::KeptApart { pairs } => self.apart = Some(pairs.clone()),
            RoomEvent::LeaderMissing => self.leader_missed = true,
            _ => self.apply_person(event, at),
        }
        self.note_leaders(at);
    }

    fn apply_person(&mut self, event: &RoomEvent, at: At) {
        if let RoomEvent::Arrived { guest } = event {
            let mut person = Person::new(guest.clone(), at);
            // The door socket or the room socket is still to come.
            person.lost_since = Some(at);
            self.people.insert(guest.seat, person);
            return;
        }
        let Some(person) = event.seat().and_then(|seat| self.people.get_mut(&seat)) else { return };
        match event {
            RoomEvent::Admitted { .. } => {
                person.place = Place::Circle;
                person.lost_since = Some(at);
                person.away = false;
            }
            RoomEvent::SentBack { .. } => person.stand(Place::Door),
            RoomEvent::Removed { .. } | RoomEvent::Left { .. } => person.stand(Place::Left),
            RoomEvent::Lost { .. } => person.lost_since = Some(at),
            RoomEvent::WentAway { .. } => {
                person.away = true;
                person.drop_open = true;
            }
            RoomEvent::Returned { .. } => {
                person.lost_since = None;
                person.away = false;
                person.drop_open = false;
            }
            RoomEvent::DropSettled { .. } => person.drop_open = false,
            RoomEvent::MicSet { on, .. } => person.mic = *on,
            RoomEvent::CameraSet { on, .. } => person.camera = *on,
            RoomEvent::Muted { .. } => person.mic = false,
            RoomEvent::StanceSet { stance, .. } => person.stance = *stance,
            _ => {}
        }
    }

    fn note_leaders(&mut self, at: At) {
        if self.people.values().any(|p| p.leads() && p.is_here()) {
            self.leader_gone_since = None;
            self.leader_missed = false;
        } else if self.leader_gone_since.is_none() {
            self.leader_gone_since = Some(at);
        }
    }

    pub(crate) fn around(&self, now: At, luck: u64) -> Around<'_> {
        let Room { people, agenda, talk, opening, tools, .. } = self;
        Around {
            people,
            agenda,
            talk,
            tables: &tools.tables,
            apart: self.apart(),
            scenes: &opening.scenes,
            language: &opening.language,
            hosted: opening.hosted.as_ref(),
            now,
            luck,
        }
    }

    pub(crate) fn apart(&self) -> &[(Seat, Seat)] {
        self.apart.as_ref().unwrap_or(&self.opening.apart)
    }

    /// Which phase talk is counted for now.
    pub fn phase(&self) -> Option<u8> {
        self.agenda.running.map(|running| running.index)
    }

    /// The coordinator has been told that nobody leads here.
    pub fn leader_is_missed(&self) -> bool {
        self.leader_missed
    }

    pub fn has_ended(&self) -> bool {
        self.agenda.ended_at.is_some()
    }

    /// Whether these two share sound, pictures and reactions now: both are here, and at the same spot.
    pub fn together(&self, one: Seat, other: Seat) -> bool {
        let is_here = |seat| self.people.get(&seat).is_some_and(Person::is_here);
        is_here(one) && is_here(other) && self.tools.tables.spot(one) == self.tools.tables.spot(other)
    }

    /// The whiteboard that lies where this person is.
    pub fn sheet_of(&self, seat: Seat) -> Option<(u32, &Sheet)> {
        self.tools.board.sheet(self.tools.tables.spot(seat))
    }

    /// Those at one spot hear each other; muted people are silent, closed cameras unseen.
    pub fn hearing(&self) -> Hearing {
        if self.has_ended() {
            return Hearing::default();
        }
        let here: Vec<&Person> = self.people.values().filter(|p| p.is_here()).collect();
        let spot = |seat: Seat| self.tools.tables.spot(seat);
        let others = |of: Seat| here.iter().filter(|p| p.seat != of && spot(p.seat) == spot(of)).map(|p| p.seat.0).collect();
        Hearing {
            hears: here.iter().map(|p| (p.seat.0, others(p.seat))).collect(),
            silent: here.iter().filter(|p| !p.mic).map(|p| p.seat.0).collect(),
            unseen: here.iter().filter(|p| !p.camera && self.tools.share.seat() != Some(p.seat)).map(|p| p.seat.0).collect(),
            for_some: self.tools.interpreting.voices_for_some(),
        }
    }
}

impl Person {
    fn stand(&mut self, place: Place) {
        self.place = place;
        self.lost_since = None;
        self.away = false;
        self.drop_open = false;
        self.mic = false;
        self.camera = false;
    }
}

impl RoomEvent {
    /// Whom the event is about, if it is about one person.
    pub fn seat(&self) -> Option<Seat> {
        match self {
            RoomEvent::Arrived { guest } => Some(guest.seat),
            RoomEvent::Admitted { seat }
            | RoomEvent::SentBack { seat }
            | RoomEvent::Removed { seat }
            | RoomEvent::Left { seat }
            | RoomEvent::Lost { seat }
            | RoomEvent::WentAway { seat }
            | RoomEvent::Returned { seat }
            | RoomEvent::DropSettled { seat }
            | RoomEvent::MicSet { seat, .. }
            | RoomEvent::CameraSet { seat, .. }
            | RoomEvent::Muted { seat, .. }
            | RoomEvent::StanceSet { seat, .. }
            | RoomEvent::HelpAsked { seat }
            | RoomEvent::HelpSettled { seat }
            | RoomEvent::Objected { seat }
            | RoomEvent::SuggestionDismissed { seat } => Some(*seat),
            RoomEvent::Begun
            | RoomEvent::PhaseStarted { .. }
            | RoomEvent::PhaseExtended { .. }
            | RoomEvent::Talked { .. }
            | RoomEvent::KeptApart { .. }
            | RoomEvent::LeaderMissing
            | RoomEvent::Ended => None,
        }
    }
}
