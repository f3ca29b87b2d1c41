//! "Did it help?" for a large practice: how long the hourly figures take, what they need of memory, and the page that shows them.

use std::time::{Duration, Instant};

use care::measures::{Instrument, score::score, shipped};
use ground::{Ask, Clock, Moment, Owner, Spot, Tx, random_id, seal::Keys, seal::MasterKey, values};
use rehearsal::Way;
use serde_json::json;

use super::{Circle, Outcome, Server, ms, pages::at_rate, row};

const GROUPS: usize = 500;
const SEATS: usize = 10;
/// Each of two questionnaires in each of twenty weeks: forty administrations.
const WEEKS: usize = 20;
const ASKED: [&str; 2] = ["phq-9", "gad-7"];
const WEEK: Duration = Duration::from_secs(7 * 86_400);
const PATIENCE: Duration = Duration::from_secs(600);

/// Fills the practice, starts it again and waits for the figures that it works out when it starts.
pub async fn measure(server: Server, circle: &Circle) -> Outcome<()> {
    let started = Instant::now();
    fill(&server, circle).await?;
    let people = GROUPS * SEATS;
    row(&format!("writing {people} members with {} administrations each", WEEKS * ASKED.len()), ms(started.elapsed()));
    let (address, data) = (server.address, server.data.clone());
    drop(server);
    let now = Clock::System.now();
    let server = Server::start(address, data).await?;
    let (started, mut most) = (Instant::now(), 0);
    let computed = "SELECT COUNT(*) AS n FROM outcome_feedback WHERE computed_at >= $1";
    while circle.db.number(computed, values![now]).await? == 0 {
        most = most.max(server.memory()?);
        if started.elapsed() > PATIENCE {
            return Err("the figures do not come".into());
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    row("the figures of the practice, worked out at its start", ms(started.elapsed()));
    row("memory meanwhile, at most", format!("{} kB", most / 1_024));
    let told = circle.db.number("SELECT starters AS n FROM outcome_figure WHERE part = 'practice' AND slug = 'phq-9'", []).await?;
    row("members that the figure of the PHQ-9 counts", told);
    let office = circle.db.number("SELECT MIN(id) AS n FROM person WHERE role = 'administrator'", []).await?;
    let mut way = Way::new(address, circle.tonight.id)?;
    way.demo_sign_in(office).await?;
    at_rate(&server, "/practice/outcomes", "/practice/outcomes", &way.cookie, 20).await?;
    row("memory after that", format!("{} kB", server.memory()? / 1_024));
    Ok(())
}

/// The practice's keys, to write what it can open.
pub fn keys(server: &Server, circle: &Circle) -> Outcome<Keys> {
    let key = MasterKey::parse(&std::fs::read_to_string(server.data.join("demo.key"))?).ok_or("no key")?;
    Ok(Keys::new(key, circle.db.clone()))
}

async fn fill(server: &Server, circle: &Circle) -> Outcome<()> {
    let keys = keys(server, circle)?;
    let all = shipped().map_err(|wrong| format!("{wrong:?}"))?;
    let asked: Vec<&Instrument> = all.iter().filter(|one| ASKED.contains(&one.id.as_str())).collect();
    let begin = Clock::System.now().minus(WEEK * WEEKS as u32);
    for number in 0..GROUPS {
        let (group, people): (i64, Vec<i64>) = (random_id(), (0..SEATS).map(|_| random_id()).collect());
        for person in &people {
            keys.make(Owner::Person(*person)).await?;
        }
        let tx = circle.db.write().await?;
        circle_of(&tx, (number, WEEKS), group, &people, begin).await?;
        for (seat, person) in people.iter().enumerate() {
            for one in &asked {
                course(&tx, &keys, one, (group, *person), begin, number + seat).await?;
            }
        }
        tx.commit_unaudited().await?;
    }
    Ok(())
}

/// A group with its members and so many evenings behind it.
pub async fn circle_of(tx: &Tx, (number, weeks): (usize, usize), group: i64, people: &[i64], begin: Moment) -> Outcome<()> {
    let topic = ["anxiety", "depression", "grief", "anger", "trauma"][number % 5];
    let sql = "INSERT INTO groups (id, name, topic, kind, weekday, minute_of_day, zone, minutes, capacity, language, programme, created_at)
        VALUES ($1, $2, $3, 'process', 2, 1110, 'America/New_York', 90, 10, 'en', 'steady-weeks', $4)";
    tx.run(sql, values![group, format!("Group {number}"), topic, begin]).await?;
    for week in 0..weeks {
        let sql =
            "INSERT INTO session (id, group_id, number, starts_at, minutes, agenda, state) VALUES ($1, $2, $3, $4, 90, '[]', 'ended')";
        tx.run(sql, values![random_id(), group, week as i64 + 1, begin.plus(WEEK * week as u32)]).await?;
    }
    for (seat, person) in people.iter().enumerate() {
        let sql =
            "INSERT INTO person (id, email, name, role, zone, created_at) VALUES ($1, $2, 'A member', 'member', 'America/New_York', $3)";
        tx.run(sql, values![*person, format!("bench-{person}@example.org"), begin]).await?;
        let sql = "INSERT INTO membership (id, group_id, person_id, part, display_name, seat, joined_at) VALUES ($1, $2, $3, 'member', 'M', $4, $5)";
        tx.run(sql, values![random_id(), group, *person, seat as i64, begin]).await?;
    }
    Ok(())
}

/// One member's answers to one questionnaire, week after week a little lower.
async fn course(tx: &Tx, keys: &Keys, one: &Instrument, of: (i64, i64), begin: Moment, start: usize) -> Outcome<()> {
    let (group, person) = of;
    for week in 0..WEEKS {
        let (id, at) = (random_id(), begin.plus(WEEK * week as u32));
        let answers: Vec<Option<i64>> = (0..one.items.len())
            .map(|item| one.values(item).iter().rev().nth((week / 4 + (start + item) % 2).min(one.values(item).len() - 1)).copied())
            .collect();
        let kept = json!({"answers": answers, "passed": [], "score": score(one, &answers)}).to_string();
        let place = id.to_string();
        let sealed = keys.seal(Owner::Person(person), Spot { table: "measure", column: "answers", row: &place }, &kept).await?;
        let sql = "INSERT INTO measure (id, person_id, group_id, slug, version, occasion, asked_at, asked_by, due_at, begun_at, completed_at, answers_sealed)
            VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $7, $7, $7, $8)";
        tx.run(sql, values![id, person, group, one.id.clone(), one.version.clone(), format!("week/{week}"), at, sealed]).await?;
    }
    Ok(())
}
