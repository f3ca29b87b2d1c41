//! A scripted session: people act by name of their seat, time passes when we say so.

use std::collections::BTreeMap;

use room::{
    At, Card, Command, Event, Expected, Guest, Input, MINUTE, Opening, Part, Phase, PhaseKind, Refusal, Room, RoomCommand, Seat, Stance,
    Stored, View, tools::ToolCommand,
};

#[derive(Clone)]
pub struct Script {
    pub room: Room,
    pub book: Vec<Stored>,
    now: At,
    luck: u64,
}

pub fn seat(number: u8) -> Seat {
    Seat(number)
}

pub fn card(of: u8) -> Card {
    Card {
        location: format!("canary-location-{of}"),
        callback: format!("canary-callback-{of}"),
        contact_name: format!("canary-contact-{of}"),
        contact_phone: format!("canary-contact-phone-{of}"),
        alone: true,
        crisis_lines: vec!["Emergency: 911".into()],
    }
}

pub fn guest(number: u8, part: Part) -> Guest {
    Guest { seat: Seat(number), name: format!("name-{number}"), part, stance: Stance::Open, card: card(number), beside: String::new() }
}

pub fn opening(members: u8) -> Opening {
    let phase = |kind, minutes, prompt: &str| Phase { kind, minutes, prompt: prompt.into(), theme: String::new(), tools: Vec::new() };
    let person = |number: u8| Expected { seat: Seat(number), name: format!("name-{number}"), part: part(number) };
    Opening {
        title: "Steady Ground".into(),
        week: 6,
        starts_at: At(1_000_000_000),
        minutes: 90,
        expected: (0..=members).map(person).collect(),
        phases: vec![
            phase(PhaseKind::CheckIn, 15, "How do you arrive?"),
            phase(PhaseKind::Learn, 15, ""),
            phase(PhaseKind::Practise, 20, ""),
            phase(PhaseKind::Discuss, 25, ""),
            phase(PhaseKind::Close, 15, ""),
        ],
        homework: vec!["Log three urges.".into()],
        apart: Vec::new(),
        scenes: care::scenes::cards("en"),
        language: "en".into(),
        hosted: None,
    }
}

/// Seat 0 leads, everybody else is a member.
pub fn part(number: u8) -> Part {
    if number == 0 { Part::Facilitator } else { Part::Member }
}

impl Script {
    pub fn with_members(members: u8) -> Script {
        Script::of(opening(members))
    }

    pub fn of(opening: Opening) -> Script {
        let now = opening.starts_at;
        Script { room: Room::new(opening), book: Vec::new(), now, luck: 7 }
    }

    pub fn now(&self) -> At {
        self.now
    }

    pub fn input(&mut self, input: Input) -> Result<Vec<Event>, Refusal> {
        self.luck = self.luck.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        let events = self.room.handle(&input, self.now, self.luck)?;
        self.book.extend(events.iter().map(|event| Stored { at: self.now, event: event.clone() }));
        Ok(events)
    }

    pub fn act(&mut self, by: u8, command: RoomCommand) -> Result<Vec<Event>, Refusal> {
        self.input(Input::Command { by: Seat(by), command: Command::Room(command) })
    }

    pub fn tool(&mut self, by: u8, command: ToolCommand) -> Result<Vec<Event>, Refusal> {
        self.input(Input::Command { by: Seat(by), command: Command::Tool(command) })
    }

    pub fn arrive(&mut self, number: u8) {
        self.input(Input::Arrived(guest(number, part(number)))).unwrap();
        self.input(Input::Connected(Seat(number))).unwrap();
    }

    pub fn admit(&mut self, number: u8) {
        self.act(0, RoomCommand::Admit { seat: Seat(number) }).unwrap();
        self.input(Input::Connected(Seat(number))).unwrap();
    }

    /// Everybody comes, is let in, and the session begins.
    pub fn everybody_in(&mut self) {
        let seats: Vec<u8> = self.room.opening.expected.iter().map(|e| e.seat.0).collect();
        for number in &seats {
            self.arrive(*number);
        }
        for number in seats.into_iter().skip(1) {
            self.admit(number);
        }
        self.act(0, RoomCommand::Begin).unwrap();
    }

    /// Lets time pass, ticking every second.
    pub fn pass_seconds(&mut self, seconds: i64) {
        for _ in 0..seconds {
            self.now = self.now + 1_000;
            if !self.room.has_ended() {
                self.input(Input::Tick).unwrap();
            }
        }
    }

    pub fn pass_minutes(&mut self, minutes: i64) {
        self.pass_seconds(minutes * MINUTE / 1_000);
    }

    pub fn talk(&mut self, lengths: &[(u8, i64)]) {
        let lengths: BTreeMap<Seat, i64> = lengths.iter().map(|(number, ms)| (Seat(*number), *ms)).collect();
        self.input(Input::Talked(lengths)).unwrap();
    }

    pub fn view(&self, seat: Seat) -> View {
        self.room.view_for(seat, self.now).unwrap()
    }

    pub fn leader(&self) -> room::LeadView {
        self.view(Seat(0)).lead.unwrap()
    }

    /// The room as the stored book tells it, through JSON as the database keeps it.
    pub fn rebuilt(&self) -> Room {
        let text = serde_json::to_string(&self.book).unwrap();
        let book: Vec<Stored> = serde_json::from_str(&text).unwrap();
        Room::replay(self.room.opening.clone(), &book)
    }
}
