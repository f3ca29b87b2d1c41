//! What two members of the demo want to be different: the worked example of the workshop, and a goal shown to the group.

mod queries;

use std::time::Duration;

use care::goals::{
    Attainment, Entry, Goal, Milestone,
    check::in_three_months,
    library,
    progress::days,
    workshop::{Answers, THEME},
};
use ground::{Deed, Fault, House, Moment, Owner, Spot, random_id};
use jiff::{ToSpan, civil::Date};

const WEEKS: i32 = 3;
const ZONE: &str = "America/New_York";

pub struct Of {
    pub group: i64,
    pub leader: i64,
    /// Maya and Theo, in that order.
    pub members: [i64; 2],
}

pub async fn furnish(house: &House, of: &Of) -> Result<(), Fault> {
    let now = house.clock.now();
    let today = now.in_zone(ZONE).date();
    let all = library::shipped()?;
    let example = |slug: &str| all.iter().find(|example| example.slug == slug).map(|example| example.goal("en")).unwrap_or_default();
    let [maya, theo] = of.members;
    answers(house, maya).await?;
    let mine = keep(house, maya, evenings(example("evening"), of.leader, today), of.group, now).await?;
    let theirs = Goal { why: "I miss the jokes at work".into(), until: Some(in_three_months(today)), sure: Some(8), ..example("talk") };
    let talks = keep(house, theo, theirs, of.group, now).await?;
    for (day, at) in days(today.checked_sub(1.day()).unwrap_or(today), WEEKS * 7).zip(0..) {
        if day.weekday().to_monday_one_offset() > 5 {
            continue;
        }
        entry(house, (maya, mine), day, evening(at), now).await?;
        entry(house, (theo, talks), day, Entry { value: [(1, i32::from(at % 4 != 1))].into(), note: String::new() }, now).await?;
    }
    cheer(house, (maya, mine), theo, of.group, now).await
}

/// The example of the workshop, with levels agreed with its therapist.
fn evenings(goal: Goal, leader: i64, today: Date) -> Goal {
    let words =
        ["Most nights after midnight", "One night in time", "Three nights in time", "Four nights in time", "Every weeknight in time"];
    let rated = [(21, -1), (7, 0)].into_iter().filter_map(|(back, level)| Some((today.checked_sub(back.days()).ok()?, level)));
    Goal {
        why: "Mornings that are mine, before everybody wants something".into(),
        until: Some(in_three_months(today)),
        sure: Some(7),
        milestones: vec![
            Milestone { words: "One whole week".into(), reached_on: today.checked_sub(9.days()).ok() },
            Milestone { words: "The phone stays in the kitchen".into(), reached_on: None },
        ],
        attainment: Some(Attainment { words: words.map(String::from), weight: 1, by: leader, rated: rated.collect() }),
        ..goal
    }
}

/// One evening: earlier and earlier, with a late one now and then.
fn evening(at: i32) -> Entry {
    let late = at % 6 == 4;
    let bed = if late { 23 * 60 + 20 } else { 21 * 60 + 37 - at.min(20) };
    let up = if late { 7 * 60 } else { 6 * 60 + 25 + at % 3 * 5 };
    Entry { value: [(1, bed), (2, up), (3, i32::from(!late)), (4, i32::from(late))].into(), note: String::new() }
}

async fn seal(house: &House, person: i64, spot: Spot<'_>, text: &str) -> Result<Vec<u8>, Fault> {
    house.keys.seal(Owner::Person(person), spot, text).await
}

async fn answers(house: &House, person: i64) -> Result<(), Fault> {
    let mut answers = Answers::default();
    for (slug, text) in [
        ("brought", "I lie awake and the days feel grey."),
        ("hopes", "To have energy for the people I like."),
        ("dreams", ""),
        ("success", "My sister would say that I laugh again."),
        ("already", "Walking without the phone."),
        ("in-the-way", "I say yes to everything, and then it is midnight."),
        (THEME, "Room for myself"),
    ] {
        answers.keep(slug, text);
    }
    let row = person.to_string();
    let sealed = seal(house, person, Spot { table: "workshop", column: "answers", row: &row }, &serde_json::to_string(&answers)?).await?;
    let tx = house.db.write().await?;
    queries::keep_answers(&tx, person, sealed).await?;
    tx.commit_unaudited().await
}

async fn keep(house: &House, person: i64, goal: Goal, group: i64, now: Moment) -> Result<i64, Fault> {
    let id = random_id();
    let row = id.to_string();
    let sealed = seal(house, person, Spot { table: "goal", column: "goal", row: &row }, &serde_json::to_string(&goal)?).await?;
    let begun_at = now.minus(Duration::from_secs(WEEKS as u64 * 7 * 86_400));
    let tx = house.db.write().await?;
    queries::keep_goal(&tx, queries::NewGoal { id, person, sealed, days: i64::from(goal.days.0), group, begun_at }).await?;
    tx.commit(Deed::new(0, "demo.furnish", format!("goal/{id}"))).await?;
    Ok(id)
}

async fn entry(house: &House, (person, goal): (i64, i64), day: Date, entry: Entry, now: Moment) -> Result<(), Fault> {
    let row = format!("{goal}/{day}");
    let sealed = seal(house, person, Spot { table: "goal_day", column: "entry", row: &row }, &serde_json::to_string(&entry)?).await?;
    let tx = house.db.write().await?;
    queries::keep_day(&tx, goal, &day.to_string(), sealed, now).await?;
    tx.commit_unaudited().await
}

async fn cheer(house: &House, (person, goal): (i64, i64), from: i64, group: i64, now: Moment) -> Result<(), Fault> {
    let id = random_id();
    let row = id.to_string();
    let sealed = seal(house, person, Spot { table: "goal_cheer", column: "note", row: &row }, "Midnight is a liar.").await?;
    let tx = house.db.write().await?;
    queries::keep_cheer(&tx, queries::NewCheer { id, goal, from, group, sealed, now }).await?;
    tx.commit_unaudited().await
}
