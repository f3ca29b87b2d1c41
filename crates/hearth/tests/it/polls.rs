//! Polls over the real sockets: what an anonymous answer leaves behind, on every wire and in every row, and what stays afterwards.

use ground::{Ask, Language, Moment, Owner, Spot, sea_orm::FromQueryResult, values};
use room::{Refusal, tools::poll::PollView};
use serde_json::{Value, json};

use crate::{
    harness::{Running, start},
    sockets::{Wire, gathered, in_room, way},
    state::sentence,
};

const FIVE: [&str; 5] = ["Maya", "Theo", "Priya", "Jonas", "Lucía"];

fn poll(act: Value) -> Value {
    json!({"tool": "poll", "act": act})
}

fn words(question: &str, named: bool) -> Value {
    poll(json!({"do": "open", "kind": "words", "question": question, "options": [], "named": named, "live": false}))
}

fn vote(id: u32, ballot: Value) -> Value {
    poll(json!({"do": "vote", "id": id, "ballot": ballot}))
}

async fn sees(wire: &mut Wire, what: &str, wanted: impl Fn(&PollView) -> bool) -> PollView {
    wire.until(what, |view| view.tools.poll.as_ref().is_some_and(&wanted)).await.tools.poll.unwrap()
}

#[derive(FromQueryResult)]
struct Row {
    seq: i64,
    at: Moment,
    owner_id: i64,
    event_sealed: Vec<u8>,
}

/// The whole book of the session in plain text, with whose key sealed each line.
async fn book(running: &Running, session: i64) -> Vec<(i64, String)> {
    let sql = "SELECT seq, at, owner_id, event_sealed FROM room_event WHERE session_id = $1 ORDER BY seq";
    let rows: Vec<Row> = running.house.db.rows(sql, values![session]).await.unwrap();
    let mut book = Vec::new();
    for row in rows {
        assert!(row.at.millis() > 0);
        let owner = if row.owner_id == 0 { Owner::Practice } else { Owner::Person(row.owner_id) };
        let place = format!("{session}.{}", row.seq);
        let spot = Spot { table: "room_event", column: "event", row: &place };
        book.push((row.owner_id, running.house.keys.open(owner, spot, &row.event_sealed).await.unwrap()));
    }
    book
}

/// Invariant 18: no wire but one's own, and no row at all, ties an answer to a person.
#[tokio::test(flavor = "multi_thread")]
async fn an_anonymous_answer_is_nowhere_beside_its_person() {
    let running = start("polls-canary").await;
    let session = running.tonight().await;
    let (mut lead, mut inside) = gathered(&running, &FIVE).await;
    lead.act(json!({"do": "begin"})).await.unwrap();
    lead.act(words("How do you leave?", false)).await.unwrap();
    for (number, (_, wire)) in inside.iter_mut().enumerate() {
        sees(wire, "the poll", |poll| poll.open).await;
        wire.act(vote(0, json!({"words": format!("mut-{number}")}))).await.unwrap();
        wire.act(vote(0, json!({"words": format!("canary-{number}")}))).await.unwrap();
    }
    sees(&mut lead, "five answers", |poll| poll.answered == 5).await;
    assert!(!lead.heard.contains("canary-") && !lead.heard.contains("mut-"), "nothing while it runs");
    for (number, (_, wire)) in inside.iter_mut().enumerate() {
        sees(wire, "five answers", |poll| poll.answered == 5).await;
        for other in (0..5).filter(|other| *other != number) {
            assert!(!wire.heard.contains(&format!("canary-{other}")), "{other} on the wire of {number}");
        }
    }
    lead.act(poll(json!({"do": "close"}))).await.unwrap();
    assert_eq!(inside[0].1.act(vote(0, json!({"words": "late"}))).await, Err(Refusal::VotingOver));
    let mut shown = Vec::new();
    for wire in inside.iter_mut().map(|(_, wire)| wire).chain([&mut lead]) {
        let closed = sees(wire, "the result", |poll| !poll.open).await;
        assert_eq!((closed.result.as_ref().unwrap().words.len(), closed.who.len(), &closed.mine), (5, 0, &None));
        shown.push(closed);
    }
    assert!(shown.windows(2).all(|two| two[0] == two[1]), "everybody sees the same");
    let book = book(&running, session).await;
    let told: Vec<_> = book.iter().filter(|(_, text)| text.contains("canary-")).collect();
    assert_eq!(told.len(), 1, "all together, once");
    assert!(told[0].0 == 0 && !told[0].1.contains("seat"), "under nobody's key, beside nobody's seat");
    assert!(book.iter().all(|(_, text)| !text.contains("mut-")), "a first thought is nowhere");
    assert!(book.iter().filter(|(owner, text)| *owner != 0 && text.contains("took_part")).count() >= 5, "that they answered is theirs");
}

/// The room goes down in the middle: named answers are in the book, anonymous ones were never written and are asked for again.
#[tokio::test(flavor = "multi_thread")]
async fn after_a_restart_anonymous_answers_are_asked_for_again() {
    let running = start("polls-restart").await;
    let (mut lead, mut inside) = gathered(&running, &FIVE[..2]).await;
    lead.act(json!({"do": "begin"})).await.unwrap();
    lead.act(words("One word", false)).await.unwrap();
    inside[0].1.act(vote(0, json!({"words": "canary-first"}))).await.unwrap();
    drop((lead, inside));
    let running = running.restarted().await;
    let mut maya = in_room(&way(&running, "Maya").await, None).await;
    let asked = sees(&mut maya, "asked again", |poll| poll.open).await;
    assert_eq!((asked.again, asked.mine, asked.answered), (true, None, 0));
    let mut theo = in_room(&way(&running, "Theo").await, None).await;
    assert!(!sees(&mut theo, "asked once", |poll| poll.open).await.again);
    maya.act(vote(0, json!({"words": "canary-second"}))).await.unwrap();
    assert!(!sees(&mut maya, "answered", |poll| poll.answered == 1).await.again);
    assert!(!theo.heard.contains("canary-") && !maya.heard.contains("canary-first"));
}

/// What the group answered is on everybody's recap and in everybody's own file: questions and counts.
#[tokio::test(flavor = "multi_thread")]
async fn results_stay_without_names() {
    let running = start("polls-recap").await;
    let session = running.tonight().await;
    let (mut lead, mut inside) = gathered(&running, &FIVE).await;
    lead.act(json!({"do": "begin"})).await.unwrap();
    lead.act(words("Anonymous question?", false)).await.unwrap();
    for (_, wire) in &mut inside {
        wire.act(vote(0, json!({"words": "Steady"}))).await.unwrap();
    }
    lead.act(poll(json!({"do": "close"}))).await.unwrap();
    lead.act(words("Named question?", true)).await.unwrap();
    inside[0].1.act(vote(1, json!({"words": "canary-mine"}))).await.unwrap();
    lead.act(poll(json!({"do": "close"}))).await.unwrap();
    sees(&mut inside[1].1, "with names", |poll| poll.who.len() == 1).await;
    let choose = json!({"do": "open", "kind": "single", "question": "Few?", "options": ["One", "Other"], "named": false, "live": false});
    lead.act(poll(choose)).await.unwrap();
    inside[2].1.act(vote(2, json!({"choice": 1}))).await.unwrap();
    lead.act(json!({"do": "end"})).await.unwrap();
    running.work().await;
    let mut pages = Vec::new();
    for name in ["Maya", "Theo"] {
        let mut browser = running.signed_in(name).await;
        let page = browser.get(&format!("/sessions/{session}/recap")).await.text;
        assert!(
            page.contains("<h3>Anonymous question?</h3><ul><li>steady · 5</li></ul><p class=\"soft\">5 people answered.</p>"),
            "{page}"
        );
        assert!(
            page.contains("<h3>Named question?</h3><p class=\"soft\">One person answered.</p>"),
            "a word under a name goes with its key"
        );
        assert!(page.contains("<h3>Few?</h3>") && page.contains(&sentence(Language::English, "recap-poll-too-few")));
        assert!(!page.contains("canary-mine") && !page.contains("One ·"));
        let file = browser.get("/account/data").await.text;
        assert!(file.contains("Anonymous question?"), "and in one's own file");
        pages.push(page);
    }
    let mut amara = running.signed_in("Dr. Amara").await;
    let record = amara.get(&format!("/sessions/{session}/record")).await.text;
    assert_eq!(record.matches(&sentence(Language::English, "timeline-poll")).count(), 3, "that it happened");
    assert!(!record.contains("question?") && !record.contains("steady"), "never what was said");
}

/// Listening, feedback and a quiz in one session; each result with whom it belongs.
#[tokio::test(flavor = "multi_thread")]
async fn rounds_and_a_quiz_over_the_wire() {
    let running = start("polls-rounds").await;
    let session = running.tonight().await;
    let (mut lead, mut inside) = gathered(&running, &FIVE[..2]).await;
    lead.act(json!({"do": "begin"})).await.unwrap();
    let round = |act: Value| json!({"tool": "go_round", "act": act});
    lead.act(round(json!({"do": "open_listening", "prompt": "One moment", "order": "seats", "seconds": 60}))).await.unwrap();
    lead.act(round(json!({"do": "pass"}))).await.unwrap();
    let [(_, maya), (_, theo)] = &mut inside[..] else { panic!("two") };
    let (maya, theo) = {
        let first = maya.until("a turn", |view| view.tools.go_round.as_ref().is_some_and(|round| round.had.len() == 1)).await;
        let begins = first.tools.go_round.unwrap().turn.unwrap().seat == first.you.seat;
        if begins { (maya, theo) } else { (theo, maya) }
    };
    maya.act(round(json!({"do": "done"}))).await.unwrap();
    theo.until("asked to say it back", |view| {
        view.tools.go_round.as_ref().is_some_and(|round| round.echo.is_some_and(|echo| echo.seat == view.you.seat))
    })
    .await;
    assert_eq!(theo.act(round(json!({"do": "heard", "so": true}))).await, Err(Refusal::NotYourTurn));
    maya.act(round(json!({"do": "heard", "so": true}))).await.unwrap();
    lead.act(round(json!({"do": "close"}))).await.unwrap();
    let seat = theo.until("their seat", |_| true).await.you.seat;
    lead.act(round(json!({"do": "open_feedback", "seat": seat, "about": "canary-letter", "seconds": 60}))).await.unwrap();
    theo.act(round(json!({"do": "thank"}))).await.unwrap();
    let asked = json!({"question": "What passes?", "options": ["Urges", "Nothing"], "right": 0, "why": "canary-why"});
    lead.act(json!({"tool": "quiz", "act": {"do": "open", "questions": [asked]}})).await.unwrap();
    maya.act(json!({"tool": "quiz", "act": {"do": "answer", "id": 0, "question": 0, "option": 1}})).await.unwrap();
    maya.until("the reason", |view| view.tools.quiz.as_ref().is_some_and(|quiz| quiz.questions[0].solved.is_some())).await;
    let count =
        |view: &room::View| view.tools.quiz.as_ref().and_then(|quiz| quiz.questions[0].count).is_some_and(|count| count.answered == 1);
    lead.until("one answer", count).await;
    assert!(maya.heard.contains("canary-why") && !theo.heard.contains("canary-why"), "the reason comes after one's own answer");
    lead.act(json!({"do": "end"})).await.unwrap();
    let letter = book(&running, session).await.into_iter().find(|(_, text)| text.contains("canary-letter")).unwrap();
    assert_ne!(letter.0, 0, "sealed under the key of whoever asked");
    let mut amara = running.signed_in("Dr. Amara").await;
    let record = amara.get(&format!("/sessions/{session}/record")).await.text;
    for key in ["timeline-listening", "timeline-feedback", "timeline-quiz"] {
        assert!(record.contains(&sentence(Language::English, key)), "{key}");
    }
    assert!(!record.contains("canary-"));
}
