//! Furnishes the demo practice once: people, groups, five weeks of history. Each start then makes sure that tonight has a session.

use std::time::Duration;

use care::{agenda::Agenda, programmes, schedule::Weekly};
use ground::{Deed, Fault, House, Moment, Tx, random_id};

use super::{
    PASSWORD, goals, homework as week_between, materials, measures,
    people::{AUTHORITIES, GROUPS, LISTINGS, MEMBERS, MadeGroup, STAFF},
    queries::{self, Attended, Membership, Person, Sealed, Session, Table},
};

const WEEKS: i64 = 5;
const WORDS: &[&str] = &["tense", "lighter", "tired", "hopeful", "raw", "steady", "foggy", "calm"];
const CONCERNS: &[&str] = &["A talk with my boss", "Sleep", "The anniversary is near", "", "My sister called", "", "Money this month", ""];
const TAKEAWAYS: &[&str] = &["A wave passes if I stay with it.", "I am not the only one.", "Asking is kinder than hoping."];

pub async fn furnish(house: &House) -> Result<(), Fault> {
    if !queries::is_furnished(&house.db).await? {
        let people = people(house).await?;
        for (index, group) in GROUPS.iter().enumerate() {
            furnish_group(house, &people, index, group).await?;
        }
    }
    tonight(house).await?;
    meeting::plan_ahead(house).await
}

struct People {
    staff: Vec<i64>,
    members: Vec<i64>,
}

async fn people(house: &House) -> Result<People, Fault> {
    let hash = house.passwords.hash(PASSWORD).await?;
    let now = house.clock.now();
    let made =
        STAFF.iter().map(|made| (made.name, made.role.word(), made.language)).chain(MEMBERS.iter().map(|name| (*name, "member", "en")));
    let decks = materials::shelve(house).await?;
    let tx = house.db.write().await?;
    let mut ids = Vec::new();
    for (index, (name, role, language)) in made.enumerate() {
        let id = random_id();
        let language = if name.starts_with("Lucía") { "es" } else { language };
        let created_at = now.plus(Duration::from_micros(index as u64));
        queries::keep_person(&tx, Person { id, email: email(name), name, role, language, password_hash: &hash, created_at }).await?;
        ids.push(id);
    }
    let (staff, members) = ids.split_at(STAFF.len());
    materials::list(&tx, &decks, staff[0], now).await?;
    for (holder, kind, jurisdiction) in AUTHORITIES {
        queries::keep_authority(&tx, staff[*holder], kind, jurisdiction).await?;
    }
    tx.commit(Deed::new(0, "demo.furnish", "person")).await?;
    Ok(People { staff: staff.to_vec(), members: members.to_vec() })
}

/// "Maya Lindqvist" is maya.lindqvist@example.org.
fn email(name: &str) -> String {
    let plain = name.to_lowercase().replace("dr. ", "").replace(' ', ".");
    let plain: String = plain
        .chars()
        .map(|c| match c {
            'í' => 'i',
            'á' => 'a',
            c => c,
        })
        .collect();
    format!("{plain}@example.org")
}

async fn furnish_group(house: &House, people: &People, index: usize, group: &MadeGroup) -> Result<(), Fault> {
    let id = random_id();
    let now = house.clock.now();
    let members: Vec<i64> = (0..group.taken).map(|n| people.members[(index * 3 + n) % people.members.len()]).collect();
    let tx = house.db.write().await?;
    queries::keep_group(&tx, id, group, now).await?;
    if let Some(listing) = LISTINGS.get(index) {
        queries::keep_listing(&tx, id, listing, now).await?;
    }
    let mut seat = 0;
    for leader in group.leaders {
        let display_name = STAFF[*leader].name;
        queries::keep_membership(
            &tx,
            Membership { group: id, person: people.staff[*leader], part: "facilitator", display_name, seat },
            now,
        )
        .await?;
        seat += 1;
    }
    for person in &members {
        let name = name_of(people, *person);
        let display_name = name.split(' ').next().unwrap_or(name);
        queries::keep_membership(&tx, Membership { group: id, person: *person, part: "member", display_name, seat }, now).await?;
        seat += 1;
    }
    if index == 0 {
        queries::keep_membership(
            &tx,
            Membership { group: id, person: people.staff[6], part: "observer", display_name: "Nadia", seat },
            now,
        )
        .await?;
    }
    tx.commit(Deed::new(0, "demo.furnish", format!("group/{id}"))).await?;
    let leader = people.staff[group.leaders[0]];
    if index == 0 {
        goals::furnish(house, &goals::Of { group: id, leader, members: [members[0], members[1]] }).await?;
        let of = week_between::Of { group: id, leader, members: [members[0], members[1]] };
        week_between::furnish(house, &of).await?;
    }
    history(house, id, group, leader, &members).await
}

fn name_of(people: &People, person: i64) -> &'static str {
    people.members.iter().position(|id| *id == person).map_or("", |index| MEMBERS[index])
}

fn weekly(weekday: i64, minute: i64, zone: &str) -> Weekly {
    Weekly { weekday: weekday as i8, minute_of_day: minute as i16, zone: zone.to_owned() }
}

/// Five past weeks with attendance, moods, takeaways and homework.
async fn history(house: &House, group: i64, made: &MadeGroup, leader: i64, members: &[i64]) -> Result<(), Fault> {
    let now = house.clock.now();
    let weekly = weekly(made.weekday, made.minute, "America/New_York");
    let Some(next) = weekly.next(now.timestamp()) else { return Ok(()) };
    for week in 1..=WEEKS {
        let Some(start) = weekly.before(next, WEEKS + 1 - week) else { continue };
        let session = Session {
            id: random_id(),
            group,
            number: week,
            starts_at: start.into(),
            minutes: made.minutes,
            state: "ended",
            agenda: agenda(made, week)?,
        };
        let (id, starts_at) = (session.id, session.starts_at);
        if week == 1 && made.name == GROUPS[0].name {
            measures::furnish(house, group, members, starts_at).await?;
        }
        let sealed =
            sealed_week(house, &Week { session: id, starts_at, number: week, homework: homework(made, week)? }, members, leader).await?;
        let tx = house.db.write().await?;
        queries::keep_session(&tx, session).await?;
        for (seat, person) in members.iter().enumerate() {
            queries::keep_attendance(&tx, &attended(id, *person, seat, week, made)).await?;
        }
        for text in &sealed {
            queries::keep_sealed(&tx, text).await?;
        }
        tx.commit_unaudited().await?;
    }
    Ok(())
}

fn attended(session: i64, person: i64, seat: usize, week: i64, made: &MadeGroup) -> Attended {
    let late = if (seat as i64 + week) % 5 == 0 { 240 } else { 0 };
    let seat_number = (seat + made.leaders.len()) as i64;
    Attended {
        session,
        person,
        seat: seat_number,
        late_seconds: late,
        seconds: made.minutes * 60 - late,
        talk_seconds: 180 + (seat as i64 * 67 + week * 31) % 400,
    }
}

/// Moods rise a little over the weeks, differently for each.
fn mood(seat: usize, week: i64) -> i64 {
    (3 + (seat as i64 * 7 + week * 3) % 3 + week * 2 / 5).min(10)
}

struct Week {
    session: i64,
    starts_at: Moment,
    number: i64,
    homework: String,
}

/// What the programme gives to do in that week.
fn homework(made: &MadeGroup, number: i64) -> Result<String, Fault> {
    let given = week(made, number)?.homework.into_iter().next();
    Ok(given.unwrap_or_else(|| "Write down one moment that was lighter than the rest.".to_owned()))
}

async fn sealed_week(house: &House, week: &Week, members: &[i64], leader: i64) -> Result<Vec<Sealed>, Fault> {
    let Week { session, starts_at, number: week, homework } = week;
    let (session, starts_at, week) = (*session, *starts_at, *week);
    let mut sealed = Vec::new();
    for (seat, person) in members.iter().enumerate() {
        let (before, pick) = (mood(seat, week), seat + week as usize);
        let answer = serde_json::json!({
            "check_in": {"mood": before, "word": WORDS[pick % WORDS.len()], "concern": CONCERNS[pick % CONCERNS.len()], "to_group": seat % 2 == 0},
            "passed": false,
            "closing": {"mood": (before + 1).min(10), "heard": 7 + seat % 3, "safe": 8, "useful": 6 + seat % 4, "connected": 6 + pick % 4, "line": ""},
        });
        sealed.push(seal(house, Table::Answer, session, *person, *person, &answer.to_string(), starts_at).await?);
        if seat < TAKEAWAYS.len() && week == WEEKS {
            sealed.push(seal(house, Table::Takeaway, session, seat as i64, *person, TAKEAWAYS[seat], starts_at).await?);
        }
        if week >= WEEKS - 1 {
            let due_at = starts_at.plus(Duration::from_secs(7 * 24 * 3_600));
            let done_at = (week < WEEKS || seat % 3 == 0).then(|| starts_at.plus(Duration::from_secs(3 * 24 * 3_600)));
            let table = Table::Homework { due_at, done_at, given_by: leader };
            sealed.push(seal(house, table, session, random_id(), *person, homework, starts_at).await?);
        }
    }
    Ok(sealed)
}

async fn seal(house: &House, table: Table, session: i64, key: i64, person: i64, text: &str, at: Moment) -> Result<Sealed, Fault> {
    let row = match table {
        Table::Homework { .. } => key.to_string(),
        Table::Answer | Table::Takeaway => format!("{session}.{key}"),
    };
    let bytes = house.keys.seal(queries::owner(person), table.spot(&row), text).await?;
    Ok(Sealed { table, session, key, person, bytes, at })
}

/// The session of that number, in the language the group speaks.
fn week(made: &MadeGroup, number: i64) -> Result<Agenda, Fault> {
    let programme = programmes::find(made.programme, made.language)?;
    Ok(programme.map(|programme| programme.agenda(usize::try_from(number).unwrap_or(1), false)).unwrap_or_default())
}

fn agenda(made: &MadeGroup, number: i64) -> Result<String, Fault> {
    Ok(serde_json::to_string(&week(made, number)?)?)
}

async fn keep(house: &House, session: Session<'_>) -> Result<(), Fault> {
    let tx: Tx = house.db.write().await?;
    queries::keep_session(&tx, session).await?;
    tx.commit_unaudited().await
}

/// Steady Ground can always be met now: the session of this evening, made if it is not there.
pub async fn tonight(house: &House) -> Result<Option<(i64, i64)>, Fault> {
    let now = house.clock.now();
    let Some(tonight) = queries::tonight(&house.db).await? else { return Ok(None) };
    if let Some(session) = queries::open_session(&house.db, tonight.group_id, now).await? {
        return Ok(Some((session, tonight.leader)));
    }
    let (highest, past) = queries::last_numbers(&house.db, tonight.group_id, now).await?;
    let id = random_id();
    let session = Session {
        id,
        group: tonight.group_id,
        number: highest + 1,
        starts_at: now,
        minutes: 90,
        state: "planned",
        agenda: agenda(&GROUPS[0], past + 1)?,
    };
    keep(house, session).await?;
    meeting::put_in_order(house, tonight.group_id).await?;
    Ok(Some((id, tonight.leader)))
}
