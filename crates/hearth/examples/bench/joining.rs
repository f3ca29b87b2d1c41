//! Finding and forming groups in a practice that is larger than any we know.

use std::{
    collections::BTreeSet,
    time::{Duration, Instant},
};

use care::forming::{self, Applicant, Leader, Size};
use ground::{Clock, random_id, values};

use super::{Circle, Outcome, Server, ms, pages::at_rate, row};

const GROUPS: usize = 2_000;
const APPLICANTS: usize = 1_000;
const LEADERS: usize = 100;
/// Groups of the clinician whose calendar is looked at.
const OWN_GROUPS: usize = 20;
const SIZE: Size = Size { least: 5, most: 10 };
const PATIENCE: Duration = Duration::from_secs(60);

/// A thousand who wait and a hundred who could lead: how long the search takes, and how far from the best its plan may be.
pub fn forming() -> Outcome<()> {
    let (applicants, leaders) = (applicants(), leaders());
    let started = Instant::now();
    let candidates = forming::candidates(&applicants, &leaders, SIZE);
    let looked = started.elapsed();
    let plan = ::joining::best_plan(&applicants, &candidates, SIZE, PATIENCE);
    let placed: usize = plan.groups.iter().map(|group| group.people.len()).sum();
    let distance = plan.distance().map_or("unknown".to_owned(), |distance| format!("{:.2} %", distance * 100.0));
    row(&format!("{APPLICANTS} applicants, {LEADERS} leaders: {} candidate groups", candidates.len()), ms(looked));
    row("the search for the best plan", ms(started.elapsed() - looked));
    row(&format!("{} groups, {placed} people placed: distance to the bound", plan.groups.len()), distance);
    let greedy = forming::value(&forming::greedy(&candidates, SIZE), &applicants, &candidates);
    row("worth of the plan, of the greedy one", format!("{}, {greedy}", plan.value));
    Ok(())
}

/// Numbers that look drawn and are the same in each run.
fn drawn(seed: usize, of: usize) -> usize {
    (seed.wrapping_mul(2_654_435_761) >> 7) % of
}

fn applicants() -> Vec<Applicant> {
    let topics = ["anxiety", "depression", "grief", "anger", "trauma", "ocd", "relationships", "chronic-illness"];
    let aims = ["calm", "mood", "closeness", "speaking-up", "habits", "grieving"];
    let (parts, ages) = (["morning", "afternoon", "evening"], ["18-24", "25-34", "35-44", "45-54", "55-64", "65", ""]);
    let pick = |words: &[&str], seed: usize| words[drawn(seed, words.len())].to_owned();
    (0..APPLICANTS)
        .map(|number| Applicant {
            id: number as i64,
            topics: (0..2).map(|one| pick(&topics, number * 7 + one)).collect(),
            aims: (0..3).map(|one| pick(&aims, number * 11 + one)).collect(),
            free: (0..4).map(|one| (drawn(number * 13 + one, 7) as u8 + 1, pick(&parts, number * 17 + one))).collect(),
            residence: pick(&["NY", "NY", "NJ", "FL"], number * 19),
            language: pick(&["en", "en", "either", "es"], number * 23),
            age: pick(&ages, number * 29),
        })
        .collect()
}

fn leaders() -> Vec<Leader> {
    let places = |number: usize| -> BTreeSet<String> {
        let all = [vec!["NY"], vec!["NY", "NJ"], vec!["FL", "NJ"]];
        all[drawn(number, all.len())].iter().map(|place| (*place).to_owned()).collect()
    };
    (0..LEADERS).map(|number| Leader { id: number as i64, places: places(number), free: None }).collect()
}

/// The catalogue with two thousand groups, and the calendar of somebody who leads twenty.
pub async fn measure(server: &Server, circle: &Circle) -> Outcome<()> {
    let lead = circle.ways.first().map(|(way, _)| way.cookie.clone()).ok_or("nobody leads")?;
    let one = fill(circle).await?;
    at_rate(server, "/find", "/find?place=NY&open=on", "", 200).await?;
    at_rate(server, "/find/{group}", &format!("/find/{one}?place=NY"), "", 200).await?;
    at_rate(server, &format!("/calendar of {OWN_GROUPS} groups"), "/calendar", &lead, 20).await
}

/// Writes the groups and returns one of them.
async fn fill(circle: &Circle) -> Outcome<i64> {
    let now = Clock::System.now();
    let leader = ground::Ask::number(
        &circle.db,
        "SELECT person_id AS n FROM membership WHERE group_id = $1 AND part = 'facilitator' ORDER BY seat LIMIT 1",
        values![circle.tonight.group_id],
    )
    .await?;
    let tx = circle.db.write().await?;
    let mut last = 0;
    for number in 0..GROUPS {
        last = random_id();
        let weekday = drawn(number, 7) as i64 + 1;
        let started = (number < OWN_GROUPS).then_some(now.0);
        tx.run(
            "INSERT INTO groups (id, name, topic, kind, weekday, minute_of_day, zone, minutes, capacity, language, programme, created_at, started_at)
            VALUES ($1, $2, 'grief', 'process', $3, 1110, 'America/New_York', 90, 10, 'en', 'steady-weeks', $4, $5)",
            values![last, format!("Group {number}"), weekday, now, started],
        )
        .await?;
        tx.run(
            "INSERT INTO listing (group_id, shown, about_en, about_es, price, place, pets, changed_at) VALUES ($1, 1, $2, '', '45', 'online', 0, $3)",
            values![last, "For people who have lost somebody. We make room for grief, without a timetable.", now],
        )
        .await?;
        tx.run(
            "INSERT INTO membership (id, group_id, person_id, part, display_name, seat, joined_at) VALUES ($1, $2, $3, 'facilitator', 'Amara', 0, $4)",
            values![random_id(), last, leader, now],
        )
        .await?;
    }
    tx.commit_unaudited().await?;
    Ok(last)
}
