//! Did it help: eight weeks of made-up history, worked out a second time by hand; who sees what of it; one person's record for another clinic.

use std::{collections::BTreeMap, time::Duration};

use care::measures::score;
use ground::{Ask, Deed, Language, Moment, Owner, Spot, random_id, sea_orm::FromQueryResult, values};
use hyper::StatusCode;
use progress::measures::{Asking, Kept, keep_past, seal};
use serde_json::{Value, json};
use testkit::LogGuard;

use crate::{
    harness::{Running, start, start_with_clock},
    state::{kept, sentence},
};

const DAY: Duration = Duration::from_secs(86_400);

#[derive(FromQueryResult)]
struct Sat {
    id: i64,
    person: i64,
}

/// One made-up member: how many days after the first session each score was sent.
struct Made {
    group: usize,
    scores: Vec<(i64, i64)>,
}

/// Three groups: twelve, thirteen and three who began in the clinical range, and some who count elsewhere.
fn made() -> Vec<Made> {
    let mut all = Vec::new();
    for n in 0..12 {
        // Every third gets better by six or more; two send nothing more.
        let last = if n % 3 == 0 { 4 } else { 12 };
        let scores = if n > 9 { vec![(0, 15)] } else { vec![(-3, 15), (21, 20), (49, last)] };
        all.push(Made { group: 0, scores });
    }
    for n in 0..13 {
        let scores = match n {
            0..6 => vec![(2, 18), (56, 12)],
            6..9 => vec![(2, 18), (57, 0)],
            _ => vec![(-7, 11), (30, 6)],
        };
        all.push(Made { group: 1, scores });
    }
    all.extend((0..3).map(|_| Made { group: 2, scores: vec![(0, 20), (40, 2)] }));
    all.extend((0..4).map(|_| Made { group: 1, scores: vec![(0, 9), (40, 0)] }));
    all.extend((0..2).map(|_| Made { group: 0, scores: vec![(8, 20), (40, 2)] }));
    all.push(Made { group: 0, scores: vec![] });
    all
}

/// The same by a plain walk over days: n, completers, improved.
fn by_hand(all: &[Made], group: Option<usize>) -> (i64, i64, i64) {
    let (mut n, mut completers, mut improved) = (0, 0, 0);
    for one in all.iter().filter(|one| group.is_none_or(|group| one.group == group)) {
        let Some((begun, before)) = one.scores.iter().find(|(day, _)| (-7..=7).contains(day)) else { continue };
        if *before < 10 {
            continue;
        }
        n += 1;
        if let Some((_, after)) = one.scores.iter().rfind(|(day, _)| day > begun && *day <= 56) {
            completers += 1;
            improved += i64::from(before - after >= 6);
        }
    }
    (n, completers, improved)
}

/// Wilson's interval the long way round, as a table of the textbook has it.
fn wilson(hits: i64, n: i64) -> (i64, i64, i64) {
    let (x, n, z) = (hits as f64, n as f64, 1.959_963_984_540_054_f64);
    let root = z * (z * z + 4.0 * x * (n - x) / n).sqrt();
    let edge = |sign: f64| (2.0 * x + z * z + sign * root) / (2.0 * (n + z * z));
    ((x / n * 100.0).round() as i64, (edge(-1.0) * 100.0 + 1e-9).floor() as i64, (edge(1.0) * 100.0 - 1e-9).ceil() as i64)
}

fn answers(total: i64) -> Vec<Option<i64>> {
    (0..10).map(|place| Some(if place < 8 { (total / 8 + i64::from(place < total % 8)).min(3) } else { 0 })).collect()
}

impl Running {
    /// A group of this topic whose first session was that long ago, with one session ended.
    async fn old_group(&self, name: &str, topic: &str, first: Moment) -> i64 {
        let (id, session) = (random_id(), random_id());
        let tx = self.house.db.write().await.unwrap();
        let sql =
            "INSERT INTO groups (id, name, topic, kind, weekday, minute_of_day, zone, minutes, capacity, taken, programme, created_at)
            VALUES ($1, $2, $3, 'process', 3, 1110, 'UTC', 90, 15, 0, 'steady-weeks', $4)";
        tx.run(sql, values![id, name, topic, first]).await.unwrap();
        let sql = "INSERT INTO session (id, group_id, number, starts_at, minutes, state, agenda) VALUES ($1, $2, 1, $3, 90, 'ended', '{}')";
        tx.run(sql, values![session, id, first]).await.unwrap();
        tx.commit(Deed::new(0, "test.make", "group")).await.unwrap();
        id
    }

    async fn old_member(&self, group: i64, number: usize, first: Moment) -> i64 {
        let id = random_id();
        let tx = self.house.db.write().await.unwrap();
        let sql = "INSERT INTO person (id, email, name, role, zone, created_at) VALUES ($1, $2, 'Made Up', 'member', 'UTC', $3)";
        tx.run(sql, values![id, format!("made-{id}@example.org"), first]).await.unwrap();
        let sql = "INSERT INTO membership (id, group_id, person_id, part, display_name, seat, joined_at) VALUES ($1, $2, $3, 'member', 'Made', $4, $5)";
        // A group of these tests has more members than chairs: who left gives theirs back.
        let left = (number >= 15).then(|| first.plus(DAY * 60).0);
        tx.run(sql, values![random_id(), group, id, (number % 20) as i64, first]).await.unwrap();
        if let Some(left) = left {
            tx.run("UPDATE membership SET left_at = $1 WHERE person_id = $2", values![left, id]).await.unwrap();
        }
        tx.commit(Deed::new(0, "test.make", "person")).await.unwrap();
        id
    }

    async fn sent(&self, person: i64, group: i64, at: Moment, total: i64) {
        self.sent_on(&format!("made/{}", random_id()), person, group, at, total).await;
    }

    async fn sent_on(&self, occasion: &str, person: i64, group: i64, at: Moment, total: i64) {
        let phq = care::measures::shipped().unwrap().into_iter().find(|one| one.id == "phq-9").unwrap();
        let (id, answers) = (random_id(), answers(total));
        let kept = Kept { score: Some(score::score(&phq, &answers)), answers, passed: vec![] };
        assert_eq!(kept.score.unwrap().total, Some(total));
        let sealed = seal(&self.house, person, id, &kept).await.unwrap();
        let asking = Asking { person, group, slug: "phq-9", version: &phq.version, occasion, by: 0, due: at };
        let tx = self.house.db.write().await.unwrap();
        keep_past(&tx, id, &asking, at, sealed).await.unwrap();
        tx.commit(Deed::new(0, "test.make", "measure")).await.unwrap();
    }

    /// Everything of `made`, begun seventy days ago. The groups by their place.
    async fn eight_weeks(&self) -> Vec<i64> {
        let first = self.house.clock.now().minus(DAY * 70);
        let mut groups = Vec::new();
        for (name, topic) in [("Old Oak", "grief"), ("Old Elm", "grief"), ("Old Ash", "ocd")] {
            groups.push(self.old_group(name, topic, first).await);
        }
        for (number, one) in made().iter().enumerate() {
            let person = self.old_member(groups[one.group], number, first).await;
            for (day, total) in &one.scores {
                self.sent(person, groups[one.group], Moment(first.0 + day * 86_400_000_000), *total).await;
            }
        }
        groups
    }

    /// The table by part and what it is about.
    async fn figures(&self, who: &str) -> BTreeMap<(String, String), Vec<String>> {
        let text = self.signed_in(who).await.get("/practice/outcomes.csv").await.text;
        let rows = text.lines().map(|line| line.split(',').map(str::to_owned).collect::<Vec<_>>());
        rows.filter(|row| row[0] == "phq-9").map(|row| ((row[1].clone(), row[2].clone()), row[3..].to_vec())).collect()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn eight_weeks_of_history_come_to_what_a_second_hand_works_out() {
    let running = start("outcomes-figure").await;
    let groups = running.eight_weeks().await;
    progress::compute_outcomes(&running.house).await.unwrap();
    let all = made();
    let (n, completers, improved) = by_hand(&all, None);
    assert_eq!((n, completers), (28, 23), "so that the test itself is read once");

    let figures = running.figures("Carol").await;
    let whole = &figures[&("practice".into(), String::new())];
    let number = |at: usize| whole[at].parse::<i64>().unwrap();
    assert_eq!((number(1), number(2), number(3), number(4)), (n, completers, n - completers, improved));
    assert_eq!((number(5), number(6), number(7)), wilson(improved, n));
    assert_eq!((number(8), number(9), number(10)), wilson(improved, completers));
    assert_eq!((number(11), number(12)), (4, 3), "four began below, three sent nothing in time");

    // Three in the one topic cannot be told, so the other topic cannot be either.
    for (topic, why) in [("ocd", "few"), ("grief", "neighbour")] {
        assert_eq!(figures[&("topic".into(), topic.into())][0], why);
    }
    for (place, why) in [(0, "neighbour"), (1, "neighbour"), (2, "few")] {
        let row = &figures[&("group".into(), groups[place].to_string())];
        assert!(row[0] == why && row[1..].iter().all(String::is_empty), "{row:?}");
    }
    let told = running.house.db.number("SELECT COUNT(*) AS n FROM outcome_figure WHERE hidden <> '' AND starters > 0", []).await.unwrap();
    assert_eq!(told, 0, "what is hidden is not even kept");

    let page = running.signed_in("Carol").await.get("/practice/outcomes").await.text;
    let (share, low, high) = wilson(improved, n);
    assert!(
        page.contains(&format!(
            "Of {n} people who began in the clinical range, {improved} had reliably improved within 8 weeks: {share} %"
        ))
    );
    assert!(page.contains(&format!("between {low} % and {high} %")));
    for key in ["outcome-waiting", "outcomes-hidden-few", "outcomes-hidden-neighbour", "outcome-feedback-title"] {
        assert!(page.contains(&sentence(Language::English, key)), "{key}");
    }
    assert!(!page.contains("Made Up"), "no person is named");
}

/// A month after the end it is asked again: a line of its own, beside where each began, and never part of the figure of eight weeks.
#[tokio::test(flavor = "multi_thread")]
async fn the_time_after_the_group_is_counted_apart() {
    let running = start("outcomes-after").await;
    let group = running.eight_weeks().await[0];
    progress::compute_outcomes(&running.house).await.unwrap();
    let before = running.figures("Carol").await;
    assert!(!before.keys().any(|(part, _)| part == "after"), "nobody was asked yet");

    let sql = "SELECT id, person_id AS person FROM membership WHERE group_id = $1 ORDER BY person_id";
    let members: Vec<Sat> = running.house.db.rows(sql, values![group]).await.unwrap();
    let at = running.house.clock.now().minus(DAY * 20);
    for (place, Sat { id, person }) in members.iter().enumerate() {
        // Day 50, inside the eight weeks: counted there, it would make everybody better.
        running.sent_on(&format!("after-1/{id}"), *person, group, at, if place % 2 == 0 { 3 } else { 14 }).await;
        if place < 4 {
            running.sent_on(&format!("after-3/{id}"), *person, group, at, 0).await;
        }
    }
    progress::compute_outcomes(&running.house).await.unwrap();
    let mut after = running.figures("Carol").await;
    let months = after.remove(&("after".into(), "1".into())).unwrap();
    let began: Vec<_> =
        made().into_iter().filter(|one| one.group == 0).map(|one| one.scores.iter().any(|(day, _)| (-7..=7).contains(day))).collect();
    let n = began.iter().filter(|began| **began).count().to_string();
    assert_eq!((&months[1], months[3].as_str()), (&n, "0"), "twelve began where it is counted, and all answered");
    let improved: usize = months[4].parse().unwrap();
    assert!((1..12).contains(&improved), "{months:?}");
    let small = after.remove(&("after".into(), "3".into())).unwrap();
    assert!(small[0] == "few" && small[1..].iter().all(String::is_empty), "four are too few to tell");
    assert_eq!(after, before, "and the eight weeks are as they were");

    let page = running.signed_in("Carol").await.get("/practice/outcomes").await.text;
    assert!(
        page.contains(&sentence(Language::English, "outcomes-afterwards")) && page.contains("1 month after") && !page.contains("Made Up")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn with_more_in_the_small_topic_each_part_is_told() {
    let running = start("outcomes-parts").await;
    let groups = running.eight_weeks().await;
    let first = running.house.clock.now().minus(DAY * 70);
    for number in 0..8 {
        let person = running.old_member(groups[2], number + 5, first).await;
        running.sent(person, groups[2], first, 20).await;
        running.sent(person, groups[2], first.plus(DAY * 50), 19).await;
    }
    progress::compute_outcomes(&running.house).await.unwrap();
    progress::compute_outcomes(&running.house).await.unwrap();
    let figures = running.figures("Carol").await;
    for (place, group) in groups.iter().enumerate() {
        let (mut n, mut completers, improved) = by_hand(&made(), Some(place));
        if place == 2 {
            (n, completers) = (n + 8, completers + 8);
        }
        let row = &figures[&("group".into(), group.to_string())];
        assert_eq!(row[..5], ["".into(), n.to_string(), completers.to_string(), (n - completers).to_string(), improved.to_string()]);
    }
    let grief = &figures[&("topic".into(), "grief".into())];
    assert_eq!(grief[1], (by_hand(&made(), Some(0)).0 + by_hand(&made(), Some(1)).0).to_string());
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_under_way_counts_when_their_eight_weeks_are_over() {
    let (running, clock) = start_with_clock("outcomes-clock").await;
    let first = running.house.clock.now().minus(DAY * 50);
    let group = running.old_group("Old Oak", "grief", first).await;
    for number in 0..11 {
        let person = running.old_member(group, number, first).await;
        running.sent(person, group, first, 15).await;
        running.sent(person, group, first.plus(DAY * 30), 3).await;
    }
    progress::compute_outcomes(&running.house).await.unwrap();
    assert!(!running.figures("Carol").await.contains_key(&("group".into(), group.to_string())), "nobody's weeks are over");
    clock.advance(DAY * 7);
    progress::compute_outcomes(&running.house).await.unwrap();
    let row = running.figures("Carol").await.remove(&("group".into(), group.to_string())).unwrap();
    assert_eq!(row[1..5], ["11", "11", "0", "11"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn visitors_see_it_only_whole_and_only_once_somebody_decided() {
    let running = start("outcomes-public").await;
    let mut carol = running.signed_in("Carol").await;
    let title = sentence(Language::English, "outcome-title");
    let before = kept(&running).await;
    for (typed, key) in [("phq-9", "outcomes-show-small"), ("tarot", "outcomes-show-unknown"), ("", "outcomes-show-unknown")] {
        let page = carol.post("/practice/outcomes", &[("show", typed)]).await;
        assert!(page.status == StatusCode::UNPROCESSABLE_ENTITY && page.text.contains(&sentence(Language::English, key)), "{typed}");
    }
    assert_eq!(kept(&running).await, before);
    running.eight_weeks().await;
    progress::compute_outcomes(&running.house).await.unwrap();
    assert!(!running.visitor().get("/how-it-works").await.text.contains(&title));
    assert_eq!(carol.post("/practice/outcomes", &[("show", "phq-9")]).await.location, "/practice/outcomes");
    assert!(carol.get("/practice/outcomes").await.text.contains("Carol"), "who decided");
    let page = running.visitor().get("/how-it-works").await.text;
    let (n, completers, improved) = by_hand(&made(), None);
    for part in [
        format!("Of {n} people"),
        format!("{improved} had"),
        format!("{} of them sent no last", n - completers),
        format!("Of the {completers} who"),
    ] {
        assert!(page.contains(&part), "{part}");
    }
    assert!(page.contains(&title) && page.contains(&sentence(Language::English, "outcome-waiting")) && page.contains("95 % interval"));
    carol.post("/practice/outcomes", &[("show", "none")]).await;
    assert!(!running.visitor().get("/how-it-works").await.text.contains(&title));
    for (action, count) in [("outcomes.show", 1), ("outcomes.hide", 1)] {
        let n = running.house.db.number("SELECT COUNT(*) AS n FROM audit WHERE action = $1", values![action]).await.unwrap();
        assert_eq!(n, count, "{action}");
    }
    // Small again: the decision stands, and still nothing is shown.
    carol.post("/practice/outcomes", &[("show", "phq-9")]).await;
    running.house.db.script("DELETE FROM measure").await.unwrap();
    progress::compute_outcomes(&running.house).await.unwrap();
    assert!(!running.visitor().get("/how-it-works").await.text.contains(&title));
}

#[tokio::test(flavor = "multi_thread")]
async fn my_picture_is_mine_in_words() {
    let running = start("outcomes-picture").await;
    let mut maya = running.signed_in("Maya").await;
    let page = maya.get("/my-picture").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text.contains("You have come to 5 of 5 sessions of Steady Ground."), "{}", page.text);
    assert!(page.text.matches("<polyline").count() >= 3, "her mood and two questionnaires");
    for word in ["PHQ", "GAD", "depress", "Recovered", "moderate"] {
        assert!(!page.text[page.text.find("<main").unwrap()..].contains(word), "{word}");
    }
    for path in ["/today", "/goals"] {
        assert!(maya.get(path).await.text.contains("href=\"/my-picture\""), "{path}");
    }
    // A newcomer's is empty and kind.
    let mut carol = running.signed_in("Carol").await;
    let empty = carol.get("/my-picture").await.text;
    assert!(empty.contains(&sentence(Language::English, "my-picture-came-none")) && !empty.contains("<polyline"));
    let mut spanish = running.signed_in("Lucía").await;
    assert!(spanish.get("/my-picture").await.text.contains(&sentence(Language::Spanish, "my-picture-title")));
    // What somebody could not come to, and what a leader corrected.
    let (session, person) = (running.last_week().await, running.person("Maya").await.id);
    running
        .house
        .db
        .script(&format!("UPDATE attendance SET corrected_minutes = 0 WHERE session_id = {session} AND person_id = {person}"))
        .await
        .unwrap();
    assert!(maya.get("/my-picture").await.text.contains("You have come to 4 of 5 sessions"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_leader_sees_reasons_and_nobody_is_ranked() {
    let running = start("outcomes-group").await;
    let (group, tonight, theo) = (running.group("Steady Ground").await, running.tonight().await, running.person("Theo").await.id);
    let mut amara = running.signed_in("Dr. Amara").await;
    let (path, part) = (format!("/groups/{group}/outcomes"), format!("/groups/{group}/outcomes/tonight"));
    assert!(amara.get(&format!("/sessions/{tonight}/before")).await.text.contains(&format!("hx-get=\"{part}\"")));
    assert!(amara.get(&format!("/groups/{group}")).await.text.contains(&format!("href=\"{path}\"")));
    let reason = sentence(Language::English, "warning-missed");
    assert!(!amara.get(&part).await.text.contains(&reason));

    // Theo was away twice; the second time he had said so.
    let sql = "SELECT id AS n FROM session WHERE group_id = $1 AND number = $2 AND state = 'ended'";
    let mut away = Vec::new();
    for number in [4, 5] {
        away.push(running.house.db.number(sql, values![group, number]).await.unwrap());
    }
    let db = &running.house.db;
    for session in &away {
        db.script(&format!("UPDATE attendance SET seconds = 0 WHERE session_id = {session} AND person_id = {theo}")).await.unwrap();
    }
    let said = format!("INSERT INTO absence (session_id, person_id, kind, minutes, said_at) VALUES ({}, {theo}, 'cannot', 0, 1)", away[1]);
    db.script(&said).await.unwrap();
    assert!(!amara.get(&part).await.text.contains(&reason), "whoever says so is not missed");
    db.script("DELETE FROM absence").await.unwrap();
    let text = amara.get(&part).await.text;
    assert!(text.contains(&reason) && text.contains("Theo") && !text.contains("Theo Grant"));
    let page = amara.get(&path).await.text;
    assert_eq!(page.matches(&reason).count(), 1);
    for word in ["PHQ-9: ", "Felt heard: ", "Came to 3 of 5", "Away without a word: 2"] {
        assert!(page.contains(word), "{word}");
    }
    let seats: Vec<_> = ground::facts::people_of(db, group).await.unwrap().into_iter().filter(|one| one.part == "member").collect();
    let places: Vec<_> = seats.iter().map(|one| page.find(&format!("<h2>{}</h2>", one.display_name)).unwrap()).collect();
    assert!(places.is_sorted(), "in the order of the seats, whatever the reasons");
    // Who pauses is not asked after.
    let later = running.house.clock.now().plus(DAY * 9).0;
    db.script(&format!("UPDATE membership SET paused_until = {later} WHERE person_id = {theo} AND group_id = {group}")).await.unwrap();
    assert!(!amara.get(&part).await.text.contains(&reason));
    for (who, path) in [("Marcus", &path), ("Carol", &path), ("Maya", &path), ("Marcus", &part), ("Maya", &part), ("Theo", &path)] {
        assert_eq!(running.signed_in(who).await.get(path).await.status, StatusCode::NOT_FOUND, "{who} {path}");
    }
    let read = db.number("SELECT COUNT(*) AS n FROM audit WHERE action = 'outcomes.read'", []).await.unwrap();
    assert_eq!(read, 5, "reading is in the book, and a refusal is none");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_evening_below_ones_own_middle_is_a_word_to_ask_about() {
    let running = start("outcomes-low").await;
    let (group, session, theo) = (running.group("Steady Ground").await, running.last_week().await, running.person("Theo").await.id);
    let place = format!("{session}.{theo}");
    let spot = Spot { table: "session_answer", column: "answer", row: &place };
    let low = json!({"check_in": {"mood": 0, "word": "canary-word", "concern": "", "to_group": false}, "passed": false,
        "closing": {"mood": 0, "heard": 1, "safe": null, "useful": 2, "connected": 3, "line": "canary-line"}});
    let sealed = running.house.keys.seal(Owner::Person(theo), spot, &low.to_string()).await.unwrap();
    let tx = running.house.db.write().await.unwrap();
    tx.run("UPDATE session_answer SET answer_sealed = $1 WHERE session_id = $2 AND person_id = $3", values![sealed, session, theo])
        .await
        .unwrap();
    tx.commit(Deed::new(0, "test.make", "answer")).await.unwrap();
    let mut amara = running.signed_in("Dr. Amara").await;
    let text = amara.get(&format!("/groups/{group}/outcomes/tonight")).await.text;
    for key in ["warning-mood", "warning-heard"] {
        assert!(text.contains(&sentence(Language::English, key)), "{key}");
    }
    let page = amara.get(&format!("/groups/{group}/outcomes")).await.text;
    assert!(page.contains("1 (lower than usual") && !page.contains("canary"), "numbers and no sentences");
}

fn ids(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) => found.push(text.clone()),
        Value::Array(all) => all.iter().for_each(|one| ids(one, found)),
        Value::Object(all) => all.values().for_each(|one| ids(one, found)),
        _ => {}
    }
}

fn of_type<'a>(record: &'a Value, word: &str) -> Vec<&'a Value> {
    let entries = record["entry"].as_array().unwrap();
    entries.iter().map(|entry| &entry["resource"]).filter(|one| one["resourceType"] == word).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_holds_one_person_and_nobody_else() {
    let running = start("outcomes-fhir").await;
    let (maya, theo) = (running.person("Maya").await.id, running.person("Theo").await.id);
    let page = running.signed_in("Maya").await.get("/my-picture/fhir.json").await;
    let record: Value = serde_json::from_str(&page.text).unwrap();
    assert_eq!((record["resourceType"].as_str(), record["type"].as_str()), (Some("Bundle"), Some("collection")));
    assert_eq!(record["entry"].as_array().unwrap().len(), of_all(&record), "nothing of another kind");
    assert_eq!(progress::fhir(&running.house, maya).await.unwrap()["entry"], record["entry"], "the same by its function");
    assert_eq!((of_type(&record, "Patient").len(), of_type(&record, "Questionnaire").len()), (1, 2));
    let responses = of_type(&record, "QuestionnaireResponse");
    assert!(responses.len() == 6 && of_type(&record, "Observation").len() == 6, "three of each of two");
    let me = json!({"reference": format!("Patient/{maya}")});
    let questionnaires: Vec<_> = of_type(&record, "Questionnaire")
        .iter()
        .map(|one| format!("{}|{}", one["url"].as_str().unwrap(), one["version"].as_str().unwrap()))
        .collect();
    for one in &responses {
        assert!(one["subject"] == me && questionnaires.contains(&one["questionnaire"].as_str().unwrap().to_owned()));
    }
    for one in of_type(&record, "Observation") {
        assert_eq!((one["subject"].clone(), one["code"]["coding"][0]["system"].as_str()), (me.clone(), Some("http://loinc.org")));
        let from = one["derivedFrom"][0]["reference"].as_str().unwrap();
        assert!(responses.iter().any(|one| format!("QuestionnaireResponse/{}", one["id"].as_str().unwrap()) == from));
    }
    assert!(!of_type(&record, "Goal").is_empty() && of_type(&record, "Goal").iter().all(|one| one["subject"] == me));

    let mut found = Vec::new();
    ids(&record, &mut found);
    let others: Vec<Somebody> = running.house.db.rows("SELECT id, name, email FROM person WHERE id <> $1", values![maya]).await.unwrap();
    for other in others {
        for mark in [other.id.to_string(), other.name, other.email] {
            assert!(!found.iter().any(|text| text.contains(&mark)), "{mark}");
        }
    }
    let path = format!("/people/{theo}/fhir.json");
    for who in ["Maya", "Theo", "Marcus", "Carol", "Nadia"] {
        assert_eq!(running.signed_in(who).await.get(&path).await.status, StatusCode::NOT_FOUND, "{who}");
    }
    let his: Value = serde_json::from_str(&running.signed_in("Dr. Amara").await.get(&path).await.text).unwrap();
    assert_eq!(of_type(&his, "Patient")[0]["id"], theo.to_string());
    let exports = running.house.db.number("SELECT COUNT(*) AS n FROM audit WHERE action = 'fhir.export'", []).await.unwrap();
    assert_eq!(exports, 2, "each file that went out is in the book");
}

fn of_all(record: &Value) -> usize {
    ["Patient", "Questionnaire", "QuestionnaireResponse", "Observation", "Goal"].iter().map(|word| of_type(record, word).len()).sum()
}

#[derive(ground::sea_orm::FromQueryResult)]
struct Somebody {
    id: i64,
    name: String,
    email: String,
}

#[tokio::test(flavor = "multi_thread")]
async fn a_leaders_export_has_only_the_goals_that_may_be_seen() {
    let running = start("outcomes-goals").await;
    let maya = running.person("Maya").await.id;
    let mut amara = running.signed_in("Dr. Amara").await;
    let path = format!("/people/{maya}/fhir.json");
    for (change, all) in [("therapist = 1", true), ("therapist = 0, group_id = NULL", false), ("therapist = 1, state = 'draft'", false)] {
        running.house.db.script(&format!("UPDATE goal SET {change} WHERE person_id = {maya}")).await.unwrap();
        let record: Value = serde_json::from_str(&amara.get(&path).await.text).unwrap();
        assert_eq!(!of_type(&record, "Goal").is_empty(), all, "{change}");
        let own = progress::fhir(&running.house, maya).await.unwrap();
        assert!(!of_type(&own, "Goal").is_empty(), "her own file has them all");
    }
}

/// Theo's lines, scores and reasons, wherever another member, the office or a log might meet them.
#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_theo_reaches_maya_by_way_of_the_outcomes() {
    let running = start("outcomes-canary").await;
    let (group, theo) = (running.group("Steady Ground").await, running.person("Theo").await.id);
    let (mut maya, mut carol) = (running.signed_in("Maya").await, running.signed_in("Carol").await);
    progress::compute_outcomes(&running.house).await.unwrap();
    let mut seen = String::new();
    for path in ["/my-picture", "/my-picture/fhir.json", "/today", "/goals", "/how-it-works"] {
        seen += &maya.get(path).await.text;
    }
    for path in [format!("/groups/{group}/outcomes"), format!("/groups/{group}/outcomes/tonight"), format!("/people/{theo}/fhir.json")] {
        seen += &maya.get(&path).await.text;
        seen += &carol.get(&path).await.text;
    }
    seen += &carol.get("/practice/outcomes").await.text;
    seen += &carol.get("/practice/outcomes.csv").await.text;
    // Not his number: a page that says no repeats the address that was asked for.
    for canary in ["Theo Grant", "theo.grant@example.org"] {
        assert!(!seen.contains(canary), "{canary}");
    }
    let log = LogGuard::listen().text();
    for word in ["PHQ-9", "reliably", "lower than usual"] {
        assert!(!log.lines().any(|line| line.contains(word)), "{word} is in the log");
    }
}
