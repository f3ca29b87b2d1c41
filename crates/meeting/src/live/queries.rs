use care::watching::Consent;
use ground::{
    Ask, Db, Fault, House, Moment, Owner, Spot, Tx,
    facts::{self, InGroup, SessionFacts},
    library::Read,
    sea_orm::FromQueryResult,
    values,
};
use room::{At, Event, Expected, HouseNews, Opening, Part, Seat, Stored};

#[derive(FromQueryResult)]
struct EventRow {
    seq: i64,
    at: Moment,
    owner_id: i64,
    event_sealed: Vec<u8>,
}

fn owner(id: i64) -> Owner {
    if id == 0 { Owner::Practice } else { Owner::Person(id) }
}

fn spot(row: &str) -> Spot<'_> {
    Spot { table: "room_event", column: "event", row }
}

/// Everything that happened in the session, in order.
pub async fn replay(house: &House, session: i64) -> Result<Vec<Stored>, Fault> {
    let sql = "SELECT seq, at, owner_id, event_sealed FROM room_event WHERE session_id = $1 ORDER BY seq";
    let rows: Vec<EventRow> = house.db.rows(sql, values![session]).await?;
    let mut events = Vec::with_capacity(rows.len());
    for row in rows {
        let text = house.keys.open(owner(row.owner_id), spot(&format!("{session}.{}", row.seq)), &row.event_sealed).await?;
        events.push(Stored { at: At(row.at.millis()), event: serde_json::from_str(&text)? });
    }
    Ok(events)
}

/// An event sealed and ready to be written.
pub struct Sealed {
    seq: i64,
    at: Moment,
    owner: i64,
    bytes: Vec<u8>,
}

/// Sealing may have to make a person's key, so it is done before the transaction that writes.
pub async fn seal(house: &House, session: i64, seq: i64, at: At, owner_id: i64, event: &Event) -> Result<Sealed, Fault> {
    let text = serde_json::to_string(event)?;
    let bytes = house.keys.seal(owner(owner_id), spot(&format!("{session}.{seq}")), &text).await?;
    Ok(Sealed { seq, at: Moment::from_millis(at.0), owner: owner_id, bytes })
}

pub async fn append(tx: &Tx, session: i64, event: Sealed) -> Result<(), Fault> {
    let sql = "INSERT INTO room_event (session_id, seq, at, owner_id, event_sealed) VALUES ($1, $2, $3, $4, $5)";
    tx.run(sql, values![session, event.seq, event.at, event.owner, event.bytes]).await?;
    Ok(())
}

/// What the room is opened with, and who sits where.
pub async fn opening(db: &Db, session: i64) -> Result<Option<(SessionFacts, Opening, Vec<InGroup>)>, Fault> {
    let Some(facts) = facts::session(db, session).await? else { return Ok(None) };
    let people = ground::peer::people_at(db, session, facts.group_id).await?;
    let agenda: care::agenda::Agenda = serde_json::from_str(&facts.agenda)?;
    let hosted = crate::peer::hosted(db, session, &people).await?;
    let apart = match &hosted {
        Some(_) => crate::peer::apart(db, session, &people).await?,
        None => crate::apart::seats(db, facts.group_id, &people).await?,
    };
    let opening = Opening {
        title: facts.group_name.clone(),
        // How many check-ins a whole group has had says nothing to a circle in it.
        week: if hosted.is_some() { 0 } else { u16::try_from(facts.number).unwrap_or(0) },
        starts_at: At(facts.starts_at.millis()),
        minutes: u16::try_from(facts.minutes).unwrap_or(90),
        expected: people.iter().map(|p| Expected { seat: seat(p), name: p.display_name.clone(), part: part(&p.part) }).collect(),
        apart,
        phases: agenda.phases,
        homework: agenda.homework,
        scenes: care::scenes::cards(&facts.language),
        language: facts.language.clone(),
        hosted,
    };
    Ok(Some((facts, opening, people)))
}

#[derive(FromQueryResult)]
struct Ended {
    seat: i64,
}

/// What may change on a page while the room is open, as it stands now.
pub async fn house_news(db: &Db, session: i64, group: i64) -> Result<HouseNews, Fault> {
    if let Some(news) = crate::peer::house_news(db, session, group).await? {
        return Ok(news);
    }
    let people = facts::people_of(db, group).await?;
    let mut unwelcome = Vec::new();
    for person in people.iter().filter(|person| person.is(facts::Part::Observer)) {
        if crate::watching::of(db, group, person.person_id).await? == Consent::Refused {
            unwelcome.push(seat(person));
        }
    }
    let ended: Vec<Ended> = db.rows("SELECT seat FROM membership WHERE group_id = $1 AND left_at IS NOT NULL", values![group]).await?;
    let ended = ended.into_iter().filter_map(|one| u8::try_from(one.seat).ok()).map(Seat).collect();
    Ok(HouseNews { apart: crate::apart::seats(db, group, &people).await?, unwelcome, ended, ..HouseNews::default() })
}

pub fn seat(person: &InGroup) -> Seat {
    Seat(u8::try_from(person.seat).unwrap_or(0))
}

pub fn part(word: &str) -> Part {
    match word {
        "facilitator" => Part::Facilitator,
        "observer" => Part::Observer,
        "interpreter" => Part::Interpreter,
        _ => Part::Member,
    }
}

pub async fn mark_live(tx: &Tx, session: i64, at: Moment) -> Result<(), Fault> {
    tx.run(
        "UPDATE session SET state = 'live', begun_at = $1 WHERE id = $2 AND state = 'planned' AND cancelled_at IS NULL",
        values![at, session],
    )
    .await?;
    Ok(())
}

pub async fn mark_ended(tx: &Tx, session: i64, at: Moment) -> Result<(), Fault> {
    tx.run("UPDATE session SET state = 'ended', ended_at = $1 WHERE id = $2 AND state <> 'ended'", values![at, session]).await?;
    Ok(())
}

/// What a member answered, kept after the session.
#[derive(Debug, Clone, Default, serde::Serialize, serde::Deserialize)]
pub struct StoredAnswer {
    pub check_in: Option<room::tools::check_in::Answer>,
    pub passed: bool,
    pub closing: Option<room::tools::closing::ClosingAnswer>,
    /// What the group answered together: counts, and never who.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub polls: Vec<room::tools::poll::PollKept>,
    /// Their pages of this evening; answers from before there was a journal have none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub journal: Vec<room::tools::journal::KeptPage>,
}

pub struct AttendanceRow {
    pub person: i64,
    pub seat: i64,
    pub attendance: care::attendance::Attendance,
    pub talk_seconds: i64,
}

pub async fn keep_attendance(tx: &Tx, session: i64, row: &AttendanceRow) -> Result<(), Fault> {
    let a = &row.attendance;
    let moment = |ms: Option<i64>| ms.map(Moment::from_millis).map(|moment| moment.0);
    let sql =
        "INSERT INTO attendance (session_id, person_id, seat, first_in, last_out, seconds, late_seconds, left_early_seconds, talk_seconds)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING";
    let values = values![
        session,
        row.person,
        row.seat,
        moment(a.first_in),
        moment(a.last_out),
        a.seconds,
        a.late_seconds,
        a.left_early_seconds,
        row.talk_seconds
    ];
    tx.run(sql, values).await?;
    Ok(())
}

/// From now on whoever is in the group may load it. A number that the library does not have, or has no more, shows nothing and is no fault.
pub async fn keep_shown(tx: &Tx, session: i64, material: i64, at: Moment) -> Result<(), Fault> {
    let sql = "INSERT INTO session_material (session_id, material_id, shown_at)
        SELECT $1, id, $2 FROM material WHERE id = $3 AND put_away_at IS NULL ON CONFLICT DO NOTHING";
    tx.run(sql, values![session, at, material]).await?;
    Ok(())
}

/// What was read together, once for each session.
pub async fn keep_reading(tx: &Tx, session: i64, reading: &Read, at: Moment) -> Result<(), Fault> {
    let sql = "INSERT INTO session_reading (session_id, item, title, opened_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
    tx.run(sql, values![session, reading.item.clone(), reading.title.clone(), at]).await?;
    Ok(())
}

pub async fn keep_answer(tx: &Tx, session: i64, person: i64, sealed: Vec<u8>) -> Result<(), Fault> {
    let sql = "INSERT INTO session_answer (session_id, person_id, answer_sealed) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
    tx.run(sql, values![session, person, sealed]).await?;
    Ok(())
}

/// One person's part of a whiteboard; person 0 is nobody.
pub struct BoardRow {
    pub position: i64,
    pub person: i64,
    pub template: String,
    /// The small table at which it lay, from 1; 0 is the circle.
    pub table: i64,
    pub sealed: Vec<u8>,
}

pub async fn keep_board(tx: &Tx, session: i64, row: &BoardRow) -> Result<(), Fault> {
    let sql = "INSERT INTO session_board (session_id, position, person_id, template, at_table, part_sealed)
        VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING";
    tx.run(sql, values![session, row.position, row.person, row.template.as_str(), row.table, row.sealed.clone()]).await?;
    Ok(())
}

pub async fn keep_takeaway(tx: &Tx, session: i64, position: i64, person: i64, sealed: Vec<u8>) -> Result<(), Fault> {
    let sql = "INSERT INTO takeaway (session_id, position, person_id, text_sealed) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
    tx.run(sql, values![session, position, person, sealed]).await?;
    Ok(())
}
