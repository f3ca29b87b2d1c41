//! What the room of a check-in is opened with, and what of it lasts.

use ground::{
    Db, Fault, Moment, Tx,
    facts::{InGroup, Part, never_meet},
    peer,
};
use room::{At, HouseNews, Room, SEATS, Seat, tools::hosting::Hosted};

use super::queries;
use crate::live::{mark_ended, seat};

/// Staff of whom nobody knew beforehand find a chair among so many that are free.
const SPARE: usize = 3;

/// Who is to host, and when; `None` for a session that staff lead.
pub async fn hosted(db: &Db, session: i64, people: &[InGroup]) -> Result<Option<Hosted>, Fault> {
    let Some(check) = peer::of_session(db, session).await? else { return Ok(None) };
    let members: Vec<&InGroup> = people.iter().filter(|person| person.is(Part::Member)).collect();
    let ids: Vec<i64> = members.iter().map(|person| person.person_id).collect();
    let mut line = queries::line(db, check.parent_id, check.circle_id, session, &ids).await?;
    if let Some(host) = check.host_id.filter(|host| line.contains(host)) {
        line.retain(|one| *one != host);
        line.insert(0, host);
    }
    let sits = |id: i64| members.iter().find(|person| person.person_id == id).map(|person| seat(person));
    Ok(Some(Hosted {
        line: line.into_iter().filter_map(sits).collect(),
        starts_at: At(check.starts_at.millis()),
        minutes: u16::try_from(check.minutes).unwrap_or(30),
        seats: seats(db, check.parent_id).await?,
    }))
}

/// So many pairs of media lines each browser offers, that whoever is called in is heard at once.
async fn seats(db: &Db, parent: i64) -> Result<u8, Fault> {
    let taken = queries::seats(db, parent).await?;
    let free = (0..i64::from(SEATS)).filter(|seat| !taken.contains(seat)).take(SPARE);
    let highest = taken.iter().copied().chain(free).max().unwrap_or(0);
    Ok(u8::try_from(highest + 1).unwrap_or(SEATS))
}

/// Two of whom one does not read the other, and two whom leaders keep apart: without staff they do not meet at all.
pub async fn apart(db: &Db, session: i64, people: &[InGroup]) -> Result<Vec<(Seat, Seat)>, Fault> {
    let Some(check) = peer::of_session(db, session).await? else { return Ok(Vec::new()) };
    let sits = |id: i64| people.iter().find(|person| person.person_id == id && person.is(Part::Member)).map(seat);
    let pairs = never_meet(db, check.parent_id).await?;
    Ok(pairs.into_iter().filter_map(|(one, other)| Some((sits(one)?, sits(other)?))).collect())
}

async fn unwilling(db: &Db, session: i64, people: &[InGroup]) -> Result<Vec<Seat>, Fault> {
    let Some(check) = peer::of_session(db, session).await? else { return Ok(Vec::new()) };
    let said = queries::unwilling(db, check.parent_id).await?;
    Ok(people.iter().filter(|person| person.is(Part::Member) && said.contains(&person.person_id)).map(seat).collect())
}

/// Whoever does not belong there any more goes. `None` for a session that staff lead.
pub async fn house_news(db: &Db, session: i64, group: i64) -> Result<Option<HouseNews>, Fault> {
    if peer::of_session(db, session).await?.is_none() {
        return Ok(None);
    }
    let people = peer::people_at(db, session, group).await?;
    let belongs: Vec<Seat> = people.iter().map(seat).collect();
    let ended = (0..SEATS).map(Seat).filter(|seat| !belongs.contains(seat)).collect();
    let unwilling = unwilling(db, session, &people).await?;
    Ok(Some(HouseNews { apart: apart(db, session, &people).await?, ended, unwilling, ..HouseNews::default() }))
}

/// What is written beside the events of a check-in: who hosts, that staff were called, that it was held and by how many. No attendance, no
/// answers, no talk.
#[derive(Default)]
pub struct Outside {
    pub host: Option<i64>,
    pub called: Option<Moment>,
    ended: Option<(Moment, Option<i64>)>,
}

impl Outside {
    pub fn ended(&mut self, at: Moment, room: &Room) {
        let members = room.people.values().filter(|person| person.part == room::Part::Member).count();
        self.ended = Some((at, room.agenda.begun_at.and(i64::try_from(members).ok())));
    }

    pub async fn write(&self, tx: &Tx, session: i64) -> Result<(), Fault> {
        if let Some(host) = self.host {
            queries::keep_host(tx, session, Some(host)).await?;
        }
        if let Some(at) = self.called {
            queries::keep_call(tx, session, at).await?;
        }
        if let Some((at, people)) = self.ended {
            mark_ended(tx, session, at).await?;
            queries::keep_held(tx, session, people).await?;
            queries::forget_room(tx, session).await?;
        }
        Ok(())
    }
}
