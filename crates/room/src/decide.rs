//! What an input means: a list of events, or a kind no. Nothing here changes the room.

use std::collections::BTreeMap;

use crate::{
    at::{At, MINUTE, Millis},
    commands::{Command, RoomCommand},
    events::{Event, RoomEvent},
    limits,
    people::{Guest, Part, Person, Place, SEATS, Seat},
    prepared,
    refusal::Refusal,
    room::{HouseNews, Input, Room},
    tools::{Right, ToolCommand, ToolEvent, calm::CalmCommand, hosting::WITHOUT},
};

impl Room {
    /// What would happen if `input` came at `now`; the room stays as it is.
    pub fn decide(&self, input: &Input, now: At, luck: u64) -> Result<Vec<Event>, Refusal> {
        if self.has_ended() {
            return Err(Refusal::NotNow);
        }
        let events = match input {
            Input::Command { by, command } => return self.command(*by, command, now, luck),
            Input::Arrived(guest) => self.arrive(guest)?,
            Input::Connected(seat) => self.connected(*seat),
            Input::Lost(seat) => self.lost(*seat),
            Input::Talked(lengths) => self.talked(lengths),
            Input::HouseNews(news) => {
                let events = self.house_news(news).into_iter().map(Event::Room);
                let unwilling = self.tools.hosting.hear_unwilling(&news.unwilling, self.opening.hosted.is_some());
                return Ok(events.chain(unwilling.map(|event| Event::Tool(ToolEvent::Hosting(event)))).collect());
            }
            Input::Tick => {
                let mut events: Vec<Event> = self.tick(now).into_iter().map(Event::Room).collect();
                events.extend(self.tools.tick(self.around(now, luck)).into_iter().map(Event::Tool));
                return Ok(events);
            }
        };
        Ok(events.into_iter().map(Event::Room).collect())
    }

    fn arrive(&self, guest: &Guest) -> Result<Vec<RoomEvent>, Refusal> {
        if guest.seat.0 >= SEATS {
            return Err(Refusal::OutOfRange);
        }
        if self.people.get(&guest.seat).is_some_and(Person::in_circle) {
            return Ok(Vec::new());
        }
        let arrived = RoomEvent::Arrived { guest: guest.clone() };
        Ok(std::iter::once(arrived).chain(self.comes_straight_in(guest)?).collect())
    }

    fn connected(&self, seat: Seat) -> Vec<RoomEvent> {
        match self.people.get(&seat) {
            Some(person) if person.lost_since.is_some() && person.place != Place::Left => vec![RoomEvent::Returned { seat }],
            _ => Vec::new(),
        }
    }

    fn lost(&self, seat: Seat) -> Vec<RoomEvent> {
        match self.people.get(&seat) {
            Some(person) if person.lost_since.is_none() && person.place != Place::Left => vec![RoomEvent::Lost { seat }],
            _ => Vec::new(),
        }
    }

    /// Only an open microphone in the circle counts, and only with its socket there.
    fn talked(&self, lengths: &BTreeMap<Seat, Millis>) -> Vec<RoomEvent> {
        let counts = |seat: &Seat| self.people.get(seat).is_some_and(|p| p.is_here() && p.mic);
        let lengths: Vec<(u8, Millis)> =
            lengths.iter().filter(|(seat, length)| counts(seat) && **length > 0).map(|(seat, length)| (seat.0, *length)).collect();
        // Nobody looks at who talks how long where members meet among themselves.
        if lengths.is_empty() || self.opening.hosted.is_some() {
            Vec::new()
        } else {
            vec![RoomEvent::Talked { phase: self.phase(), lengths }]
        }
    }

    fn tick(&self, now: At) -> Vec<RoomEvent> {
        let mut events: Vec<RoomEvent> = self
            .people
            .values()
            .filter(|p| p.in_circle() && !p.away && p.lost_since.is_some_and(|since| now - since >= limits::RECONNECTING))
            .map(|p| RoomEvent::WentAway { seat: p.seat })
            .collect();
        if self.misses_leader(now) {
            events.push(RoomEvent::LeaderMissing);
        }
        let planned_end = self.opening.starts_at + i64::from(self.opening.minutes) * MINUTE;
        if now - planned_end >= limits::FORGOTTEN && !self.people.values().any(Person::is_here) {
            events.push(RoomEvent::Ended);
        }
        events.extend(self.let_in_by_nobody());
        events.extend(self.hosted_tick(now));
        events
    }

    fn misses_leader(&self, now: At) -> bool {
        if self.opening.hosted.is_some() || self.leader_missed || self.people.values().any(|p| p.leads() && p.is_here()) {
            return false;
        }
        if self.agenda.is_live() {
            let gone = self.leader_gone_since.is_some_and(|since| now - since >= limits::WITHOUT_LEADER);
            return gone && self.people.values().any(Person::is_here);
        }
        let waits = self.people.values().any(|p| p.place == Place::Door && p.lost_since.is_none());
        waits && now - self.opening.starts_at >= limits::LEADER_LATE
    }

    fn command(&self, by: Seat, command: &Command, now: At, luck: u64) -> Result<Vec<Event>, Refusal> {
        let person = self.people.get(&by).filter(|p| p.in_circle()).ok_or(Refusal::NotInCircle)?;
        match command.right() {
            Right::Circle => {}
            Right::TurnTakers if person.takes_turns() => {}
            Right::Facilitators if person.leads() || self.hosts(by) && command.is_for_hosts() => {}
            Right::Host if person.leads() || self.hosts(by) => {}
            Right::Interpreters if person.part == Part::Interpreter => {}
            Right::TurnTakers | Right::Facilitators | Right::Host | Right::Interpreters => return Err(Refusal::NotYours),
        }
        match command {
            Command::Tool(command) if self.opening.hosted.is_some() && WITHOUT.contains(&command.tool()) => Err(Refusal::NotNow),
            Command::Tool(command) => {
                let events = self.tools.decide(person, command, self.around(now, luck))?;
                Ok(quiet(person, command).into_iter().chain(events.into_iter().map(Event::Tool)).collect())
            }
            Command::Room(RoomCommand::OpenPrepared { phase, tool }) => {
                let ready = self.agenda.phases.get(usize::from(*phase)).and_then(|phase| phase.tools.get(usize::from(*tool)));
                let command = prepared::command(ready.ok_or(Refusal::OutOfRange)?)?;
                let events = self.tools.decide(person, &command, self.around(now, luck))?;
                Ok(events.into_iter().map(Event::Tool).collect())
            }
            Command::Room(command) => {
                let events = self.room_command(person, command, now)?;
                Ok(events.into_iter().map(Event::Room).collect())
            }
        }
    }

    fn room_command(&self, by: &Person, command: &RoomCommand, now: At) -> Result<Vec<RoomEvent>, Refusal> {
        let seat = by.seat;
        let event = match *command {
            RoomCommand::Mic { on: true } if by.part == Part::Observer => return Err(Refusal::NotYours),
            RoomCommand::Mic { on: true } if self.tools.calm.rests(seat) => return Err(Refusal::Resting),
            RoomCommand::Mic { on } => RoomEvent::MicSet { seat, on },
            RoomCommand::Camera { on } => RoomEvent::CameraSet { seat, on },
            RoomCommand::SetStance { stance } => RoomEvent::StanceSet { seat, stance },
            RoomCommand::Help if self.helps.contains_key(&seat) => return Ok(Vec::new()),
            RoomCommand::Help => RoomEvent::HelpAsked { seat },
            RoomCommand::Object => return self.object(by),
            RoomCommand::Leave => RoomEvent::Left { seat },
            RoomCommand::Admit { seat } => self.admit(seat)?,
            RoomCommand::AdmitAll => return Ok(self.waiting().filter_map(|p| self.admit(p.seat).ok()).collect()),
            RoomCommand::SendBack { seat } => self.guest_in(seat, Place::Circle).map(|_| RoomEvent::SentBack { seat })?,
            RoomCommand::Remove { seat } => self.removable(seat).map(|_| RoomEvent::Removed { seat })?,
            RoomCommand::Mute { seat } => self.muted(seat, by.seat)?,
            RoomCommand::MuteAll => return Ok(self.muted_all(by.seat)),
            RoomCommand::Begin => return self.begin(now),
            RoomCommand::Phase { index } => self.phase_started(index, now)?,
            RoomCommand::Extend { minutes } => RoomEvent::PhaseExtended { running: self.agenda.extend(minutes, now)? },
            // Opened as a command of its tool, before this.
            RoomCommand::OpenPrepared { .. } => return Err(Refusal::NotNow),
            RoomCommand::SettleDrop { seat } => self.drop_settled(seat)?,
            RoomCommand::SettleHelp { seat } if self.helps.contains_key(&seat) => RoomEvent::HelpSettled { seat },
            RoomCommand::SettleHelp { .. } => return Err(Refusal::NotNow),
            RoomCommand::DismissSuggestion { seat } => RoomEvent::SuggestionDismissed { seat },
            RoomCommand::End if self.agenda.begun_at.is_none() => return Err(Refusal::NotNow),
            RoomCommand::End => RoomEvent::Ended,
        };
        Ok(vec![event])
    }

    /// Those at the door whose page is still open.
    pub(crate) fn waiting(&self) -> impl Iterator<Item = &Person> {
        self.people.values().filter(|p| p.place == Place::Door && p.lost_since.is_none())
    }

    fn admit(&self, seat: Seat) -> Result<RoomEvent, Refusal> {
        match self.guest_in(seat, Place::Door)? {
            Person { part: Part::Observer, .. } if self.unwatched => Err(Refusal::NotAgreed),
            _ => Ok(RoomEvent::Admitted { seat }),
        }
    }

    /// Those who watch go at once, from the circle and from the door.
    fn object(&self, by: &Person) -> Result<Vec<RoomEvent>, Refusal> {
        let watches = |p: &&Person| p.part == Part::Observer && p.place != Place::Left;
        let out: Vec<RoomEvent> = self.people.values().filter(watches).map(|p| RoomEvent::Removed { seat: p.seat }).collect();
        if by.part != Part::Member || out.is_empty() {
            return Err(Refusal::NotNow);
        }
        Ok(std::iter::once(RoomEvent::Objected { seat: by.seat }).chain(out).collect())
    }

    /// A no on a page is as good as one in the room. Who sits together already is not torn apart: they would learn why.
    fn house_news(&self, news: &HouseNews) -> Vec<RoomEvent> {
        let apart = (self.apart() != news.apart).then(|| RoomEvent::KeptApart { pairs: news.apart.clone() });
        let watches = |p: &&Person| p.part == Part::Observer && p.place != Place::Left && news.unwelcome.contains(&p.seat);
        let ended = |p: &&Person| !p.leads() && p.place != Place::Left && news.ended.contains(&p.seat);
        let out = self.people.values().filter(|p| watches(p) || ended(p)).map(|p| RoomEvent::Removed { seat: p.seat });
        apart.into_iter().chain(out).collect()
    }

    fn guest_in(&self, seat: Seat, place: Place) -> Result<&Person, Refusal> {
        let person = self.people.get(&seat).filter(|p| p.place == place).ok_or(Refusal::NobodyThere)?;
        if person.leads() { Err(Refusal::NotYours) } else { Ok(person) }
    }

    fn removable(&self, seat: Seat) -> Result<&Person, Refusal> {
        self.guest_in(seat, Place::Circle).or_else(|refusal| match refusal {
            Refusal::NobodyThere => self.guest_in(seat, Place::Door),
            other => Err(other),
        })
    }

    fn muted(&self, seat: Seat, by: Seat) -> Result<RoomEvent, Refusal> {
        let person = self.people.get(&seat).filter(|p| p.in_circle()).ok_or(Refusal::NobodyThere)?;
        if person.mic { Ok(RoomEvent::Muted { seat, by }) } else { Err(Refusal::NotNow) }
    }

    fn muted_all(&self, by: Seat) -> Vec<RoomEvent> {
        let open = self.people.values().filter(|p| p.in_circle() && p.mic && !p.leads() && p.seat != by);
        open.map(|p| RoomEvent::Muted { seat: p.seat, by }).collect()
    }

    fn begin(&self, now: At) -> Result<Vec<RoomEvent>, Refusal> {
        if self.agenda.begun_at.is_some() {
            return Err(Refusal::NotNow);
        }
        let first = self.agenda.start(0, now).ok().map(|running| RoomEvent::PhaseStarted { running });
        Ok(std::iter::once(RoomEvent::Begun).chain(first).collect())
    }

    fn phase_started(&self, index: u8, now: At) -> Result<RoomEvent, Refusal> {
        if !self.agenda.is_live() {
            return Err(Refusal::NotNow);
        }
        Ok(RoomEvent::PhaseStarted { running: self.agenda.start(index, now)? })
    }

    fn drop_settled(&self, seat: Seat) -> Result<RoomEvent, Refusal> {
        let open = self.people.get(&seat).is_some_and(|p| p.drop_open);
        if open { Ok(RoomEvent::DropSettled { seat }) } else { Err(Refusal::NotNow) }
    }
}

/// Whoever takes a moment for themselves is not heard in it, and opens the microphone again by their own hand.
fn quiet(by: &Person, command: &ToolCommand) -> Option<Event> {
    let takes = matches!(command, ToolCommand::Calm(CalmCommand::Take { .. }));
    (takes && by.mic).then_some(Event::Room(RoomEvent::MicSet { seat: by.seat, on: false }))
}
