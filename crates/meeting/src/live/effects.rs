//! What an event in the room means outside of it. Written in the same transaction as the event.

use care::attendance;
use ground::{
    Fault, House, Language, Moment, Owner, Role, Spot, Tx,
    handover::{self, Homework, Risk},
    jobs,
    library::{self, Read},
};
use room::{
    Event, MINUTE, Part, Room, RoomEvent, Seat, Stored,
    tools::{ToolEvent, Tools, hosting::HostingEvent, reading::ReadingEvent},
};

use super::queries::{self, AttendanceRow, BoardRow, StoredAnswer};
use crate::{outreach, peer, watching};

/// The session that the effects belong to.
pub struct Session<'a> {
    pub id: i64,
    pub house: &'a House,
    pub room: &'a Room,
    /// Who sits where.
    pub people: &'a std::collections::BTreeMap<Seat, i64>,
}

/// What will be written after the events; sealed texts are made before the transaction begins.
#[derive(Default)]
pub struct Outside {
    begun: Option<Moment>,
    ended: Option<Ended>,
    risks: Vec<(String, Risk)>,
    /// Members who would rather not be watched.
    objections: Vec<(i64, Moment)>,
    /// Decks and films that came into the middle.
    shown: Vec<(i64, Moment)>,
    /// Articles and worksheets, by the names that the library has for them.
    read: Vec<(Read, Moment)>,
    /// What of a check-in without staff lasts. At its end the events themselves go.
    hosted: peer::Outside,
}

struct Ended {
    at: Moment,
    attendance: Vec<AttendanceRow>,
    answers: Vec<(i64, Vec<u8>)>,
    takeaways: Vec<(i64, Vec<u8>)>,
    boards: Vec<BoardRow>,
    homework: Vec<(String, Homework)>,
    /// Members who were expected and never came.
    missing: Vec<i64>,
    leader: i64,
}

impl Session<'_> {
    /// Reads the effects off the events. `all` is the whole book of the session, these events included.
    pub async fn outside(&self, fresh: &[Stored], all: &[Stored]) -> Result<Outside, Fault> {
        let mut outside = Outside::default();
        for stored in fresh {
            let at = Moment::from_millis(stored.at.0);
            let event = match &stored.event {
                Event::Room(event) => event,
                Event::Tool(ToolEvent::Hosting(event)) => {
                    self.hosting(event, at, &mut outside);
                    continue;
                }
                Event::Tool(ToolEvent::Reading(ReadingEvent::Opened { item, .. })) => {
                    outside.read.extend(self.reading(item).await?.map(|read| (read, at)));
                    continue;
                }
                Event::Tool(event) => {
                    outside.shown.extend(Tools::shown(event).map(|material| (material, at)));
                    continue;
                }
            };
            match event {
                RoomEvent::Begun => outside.begun = Some(at),
                RoomEvent::HelpAsked { seat } => outside.risks.extend(self.risk("asked_for_help", *seat, at)),
                RoomEvent::Objected { seat } => outside.objections.extend(self.person(*seat).map(|person| (person, at))),
                RoomEvent::LeaderMissing => outside.risks.extend(self.leader_missing(at)),
                // Of a check-in among members nothing is kept but that it was.
                RoomEvent::Ended if self.room.opening.hosted.is_some() => outside.hosted.ended(at, self.room),
                RoomEvent::Ended => outside.ended = Some(self.ended(at, all).await?),
                _ => {}
            }
        }
        Ok(outside)
    }

    /// Of a word that the library does not have nothing was read.
    async fn reading(&self, item: &str) -> Result<Option<Read>, Fault> {
        // As whoever leads finds it; the recap asks again who may open it.
        let all = library::named(&self.house.db, Role::Clinician, Language::parse(&self.room.opening.language)).await?;
        Ok(all.into_iter().find(|one| one.slug == item).map(|one| Read { item: one.slug, title: one.title }))
    }

    fn hosting(&self, event: &HostingEvent, at: Moment, outside: &mut Outside) {
        match event {
            HostingEvent::StaffCalled { seat } => {
                outside.hosted.called = Some(at);
                outside.risks.extend(self.risk("staff_called", *seat, at));
            }
            HostingEvent::Hosts { seat } => outside.hosted.host = self.person(*seat).or(outside.hosted.host),
            _ => {}
        }
    }

    fn person(&self, seat: Seat) -> Option<i64> {
        self.people.get(&seat).copied()
    }

    fn leader(&self) -> Option<i64> {
        let present = self.room.people.values().find(|p| p.leads() && p.is_here()).map(|p| p.seat);
        let planned = || self.room.opening.expected.iter().find(|e| e.part == Part::Facilitator).map(|e| e.seat);
        present.or_else(planned).and_then(|seat| self.person(seat))
    }

    fn risk(&self, source: &'static str, seat: Seat, at: Moment) -> Option<(String, Risk)> {
        let person = self.person(seat)?;
        let occasion = format!("{source}/{}/{person}/{}", self.id, at.0);
        Some((occasion, self.risk_job(source, person, self.leader().unwrap_or(0), at)))
    }

    fn risk_job(&self, source: &str, person: i64, owner: i64, at: Moment) -> Risk {
        Risk { source: source.to_owned(), person, session: self.id, owner, opened_at: at.0, detail: String::new() }
    }

    /// The task is about the leader who did not come; owner 0 means the office.
    fn leader_missing(&self, at: Moment) -> Option<(String, Risk)> {
        let person = self.leader()?;
        let occasion = format!("leader_missing/{}/{}", self.id, at.0);
        Some((occasion, self.risk_job("leader_missing", person, 0, at)))
    }

    async fn ended(&self, at: Moment, all: &[Stored]) -> Result<Ended, Fault> {
        let attendance = self.attendance(at, all);
        Ok(Ended {
            at,
            missing: self.missing(&attendance),
            leader: self.leader().unwrap_or(0),
            answers: self.answers(&attendance).await?,
            attendance,
            takeaways: self.takeaways().await?,
            boards: self.boards().await?,
            homework: self.homework(at),
        })
    }

    /// Nobody is missed in a session that never began, nor when nobody leads who could ask after them.
    fn missing(&self, attendance: &[AttendanceRow]) -> Vec<i64> {
        if self.room.agenda.begun_at.is_none() || self.leader().is_none() {
            return Vec::new();
        }
        let is_member = |seat: i64| self.room.opening.expected.iter().any(|e| i64::from(e.seat.0) == seat && e.part == Part::Member);
        attendance.iter().filter(|row| row.attendance.first_in.is_none() && is_member(row.seat)).map(|row| row.person).collect()
    }

    fn attendance(&self, at: Moment, all: &[Stored]) -> Vec<AttendanceRow> {
        let opening = &self.room.opening;
        let begun = self.room.agenda.begun_at.unwrap_or(opening.starts_at).0;
        let planned_end = opening.starts_at.0 + i64::from(opening.minutes) * MINUTE;
        let everybody = opening.expected.iter().map(|e| e.seat).chain(self.room.people.keys().copied());
        let seats: std::collections::BTreeSet<Seat> = everybody.collect();
        let row = |seat: Seat| {
            let stays = stays(all, seat, at.millis());
            Some(AttendanceRow {
                person: self.person(seat)?,
                seat: i64::from(seat.0),
                attendance: attendance::measure(&stays, opening.starts_at.0, begun, planned_end, at.millis()),
                talk_seconds: self.room.talk.total(seat) / 1_000,
            })
        };
        seats.into_iter().filter_map(row).collect()
    }

    async fn answers(&self, attendance: &[AttendanceRow]) -> Result<Vec<(i64, Vec<u8>)>, Fault> {
        let mut answers: std::collections::BTreeMap<Seat, StoredAnswer> = Default::default();
        for (seat, answer) in self.room.tools.check_in.answers() {
            answers.entry(seat).or_default().check_in = Some(answer.clone());
        }
        for seat in self.room.tools.check_in.passed() {
            answers.entry(seat).or_default().passed = true;
        }
        for (seat, answer) in self.room.tools.closing.answers() {
            answers.entry(seat).or_default().closing = Some(answer.clone());
        }
        let polls: Vec<room::tools::poll::PollKept> = self.room.tools.poll.kept().collect();
        // Everybody who was there keeps a copy of their own; nobody's copy says more than another's.
        for row in attendance.iter().filter(|row| !polls.is_empty() && row.attendance.first_in.is_some()) {
            let seat = Seat(u8::try_from(row.seat).unwrap_or(u8::MAX));
            if self.room.people.get(&seat).is_some_and(room::Person::takes_turns) {
                answers.entry(seat).or_default().polls.clone_from(&polls);
            }
        }
        for (seat, page) in self.room.tools.journal.pages() {
            answers.entry(seat).or_default().journal.push(page);
        }
        let mut sealed = Vec::new();
        for (seat, answer) in answers {
            let Some(person) = self.person(seat) else { continue };
            let row = format!("{}.{person}", self.id);
            let spot = Spot { table: "session_answer", column: "answer", row: &row };
            sealed.push((person, self.house.keys.seal(Owner::Person(person), spot, &serde_json::to_string(&answer)?).await?));
        }
        Ok(sealed)
    }

    async fn takeaways(&self) -> Result<Vec<(i64, Vec<u8>)>, Fault> {
        let mut sealed = Vec::new();
        for (position, takeaway) in self.room.tools.closing.takeaways().iter().enumerate() {
            let Some(person) = self.person(takeaway.by) else { continue };
            let row = format!("{}.{position}", self.id);
            let spot = Spot { table: "takeaway", column: "text", row: &row };
            sealed.push((person, self.house.keys.seal(Owner::Person(person), spot, &takeaway.text).await?));
        }
        Ok(sealed)
    }

    /// Each board in parts: everybody's own under their own key, so that it goes when they do.
    async fn boards(&self) -> Result<Vec<BoardRow>, Fault> {
        let mut rows = Vec::new();
        for (position, board) in (0..).zip(self.room.tools.board.kept()) {
            let template = board.template.map_or(Ok("\"\"".into()), |template| serde_json::to_string(&template))?;
            for (seat, elements) in board.parts {
                let person = seat.and_then(|seat| self.person(seat)).unwrap_or(0);
                let row = format!("{}.{position}.{person}", self.id);
                let spot = Spot { table: "session_board", column: "part", row: &row };
                let owner = if person == 0 { Owner::Practice } else { Owner::Person(person) };
                let sealed = self.house.keys.seal(owner, spot, &serde_json::to_string(&elements)?).await?;
                let template = template.trim_matches('"').to_owned();
                // As people count them; 0 is the circle.
                let table = board.table.map_or(0, |table| i64::from(table) + 1);
                rows.push(BoardRow { position, person, template, table, sealed });
            }
        }
        Ok(rows)
    }

    fn homework(&self, at: Moment) -> Vec<(String, Homework)> {
        let given_by = self.leader().unwrap_or(0);
        let job = |(seat, homework): (Seat, &room::tools::closing::Homework)| {
            let person = self.person(seat)?;
            let job = Homework { person, session: self.id, given_by, text: homework.text.clone(), days: homework.days, given_at: at.0 };
            Some((format!("homework/{}/{}", self.id, homework.id), job))
        };
        self.room.tools.closing.homework().filter_map(job).collect()
    }
}

impl Outside {
    pub async fn write(&self, house: &House, tx: &Tx, session: i64) -> Result<(), Fault> {
        if let Some(at) = self.begun {
            queries::mark_live(tx, session, at).await?;
        }
        for (occasion, risk) in &self.risks {
            jobs::later_sealed(house, tx, handover::RISK, occasion, risk, Moment(risk.opened_at)).await?;
        }
        for (person, at) in &self.objections {
            watching::object(tx, session, *person, *at).await?;
        }
        for (material, at) in &self.shown {
            queries::keep_shown(tx, session, *material, *at).await?;
        }
        for (read, at) in &self.read {
            queries::keep_reading(tx, session, read, *at).await?;
        }
        self.hosted.write(tx, session).await?;
        let Some(ended) = &self.ended else { return Ok(()) };
        queries::mark_ended(tx, session, ended.at).await?;
        for row in &ended.attendance {
            queries::keep_attendance(tx, session, row).await?;
        }
        for member in &ended.missing {
            outreach::open_missing(tx, session, *member, ended.leader, ended.at).await?;
        }
        for (person, sealed) in &ended.answers {
            queries::keep_answer(tx, session, *person, sealed.clone()).await?;
        }
        for (position, (person, sealed)) in ended.takeaways.iter().enumerate() {
            queries::keep_takeaway(tx, session, position as i64, *person, sealed.clone()).await?;
        }
        for row in &ended.boards {
            queries::keep_board(tx, session, row).await?;
        }
        for (occasion, homework) in &ended.homework {
            jobs::later_sealed(house, tx, handover::HOMEWORK, occasion, homework, ended.at).await?;
        }
        Ok(())
    }
}

/// The times, in milliseconds, that somebody was in the circle with a living connection.
fn stays(all: &[Stored], seat: Seat, end: i64) -> Vec<(i64, i64)> {
    let mut stays = Vec::new();
    let mut since: Option<i64> = None;
    let mut circle = false;
    for stored in all {
        let Event::Room(event) = &stored.event else { continue };
        if event.seat() != Some(seat) {
            continue;
        }
        match event {
            RoomEvent::Arrived { guest } => circle = guest.part == Part::Facilitator,
            RoomEvent::Admitted { .. } => circle = true,
            RoomEvent::Returned { .. } if circle => since = Some(stored.at.0),
            RoomEvent::Lost { .. } => stays.extend(since.take().map(|from| (from, stored.at.0))),
            RoomEvent::Left { .. } | RoomEvent::Removed { .. } | RoomEvent::SentBack { .. } => {
                circle = false;
                stays.extend(since.take().map(|from| (from, stored.at.0)));
            }
            _ => {}
        }
    }
    stays.extend(since.map(|from| (from, end)));
    stays
}
