//! Tools laid ready before a session: typed on the page, opened in the room by one press, and known to leaders alone.

use ground::{Ask, Language, values};
use hyper::StatusCode;
use serde_json::json;

use crate::{
    harness::{Running, start},
    sockets::gathered,
    state::sentence,
};

async fn agenda(running: &Running, session: i64) -> care::agenda::Agenda {
    let facts = ground::facts::session(&running.house.db, session).await.unwrap().unwrap();
    serde_json::from_str(&facts.agenda).unwrap()
}

fn en(key: &str) -> String {
    sentence(Language::English, key)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_leader_lays_tools_ready_and_the_room_opens_them() {
    let running = start("prepared").await;
    let session = running.tonight().await;
    let path = format!("/sessions/{session}/prepared/1");
    let mut amara = running.signed_in("Dr. Amara").await;
    assert!(amara.get(&path).await.text.contains(&en("prepared-none")));
    let shelf = amara.get(&format!("{path}?tool=slides")).await.text;
    assert!(shelf.contains("How a wave of worry passes") && shelf.contains("name=\"which\""));
    let deck = running.house.db.number("SELECT MIN(id) AS n FROM material WHERE title LIKE 'How a wave%'", values![]).await.unwrap();
    for (fields, key) in [
        (vec![("tool", "poll"), ("how", "single"), ("text", "Which kept?"), ("options", "only one")], "prepared-options"),
        (vec![("tool", "slides"), ("which", "4711")], "prepared-choose"),
        (vec![("tool", "scene"), ("which", "no such card")], "prepared-choose"),
        (vec![("tool", "")], "prepared-choose"),
        (vec![("tool", "journal"), ("text", "Which kept?"), ("number", "99")], "prepared-minutes"),
    ] {
        let page = amara.post(&path, &fields).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{key}");
        assert!(page.text.contains(&en(key)), "{key}: {}", page.text);
        assert_eq!(page.text.contains("Which kept?"), fields.iter().any(|(_, value)| *value == "Which kept?"), "what was typed stays");
    }
    assert!(agenda(&running, session).await.phases[1].tools.is_empty(), "nothing was changed");
    amara.post(&path, &[("tool", "slides"), ("which", &deck.to_string())]).await;
    let poll = [("tool", "poll"), ("how", "single"), ("text", "canary-poll"), ("options", "Sleep\nA walk")];
    assert_eq!(amara.post(&path, &poll).await.location, path);
    amara.post(&format!("{path}/order"), &[("at", "1"), ("step", "up")]).await;
    // The agenda is saved again from its form: what was laid ready stays with its phase.
    let kept = agenda(&running, session).await;
    let rows: Vec<(String, String)> = kept
        .phases
        .iter()
        .enumerate()
        .flat_map(|(at, phase)| [("was", at.to_string()), ("kind", phase.kind.word().into()), ("minutes", phase.minutes.to_string())])
        .map(|(name, value)| (name.to_owned(), value))
        .collect();
    let fields: Vec<(&str, &str)> = rows.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    amara.post(&format!("/sessions/{session}/agenda"), &fields).await;
    let words: Vec<&str> = agenda(&running, session).await.phases[1].tools.iter().map(|tool| tool.tool().word()).collect();
    assert_eq!(words, ["poll", "slides"]);
    let sheet = amara.get(&format!("/sessions/{session}/sheet")).await.text;
    assert!(sheet.contains("canary-poll") && sheet.contains("How a wave of worry passes"));
    opened_in_the_room(&running, session).await;
    let late = amara.post(&path, &[("tool", "prompt"), ("text", "Too late")]).await;
    assert!(late.text.contains(&en("prepared-meanwhile")), "a session that runs is not prepared any more");
}

/// A sheet for the whiteboard, and a quiz that grows question by question: both open whole in the room.
#[tokio::test(flavor = "multi_thread")]
async fn a_board_and_a_quiz_of_several_questions_are_laid_ready() {
    let running = start("prepared-board").await;
    let session = running.tonight().await;
    let path = format!("/sessions/{session}/prepared/1");
    let mut amara = running.signed_in("Dr. Amara").await;
    let form = amara.get(&format!("{path}?tool=board")).await.text;
    assert!(form.contains("value=\"empty\"") && form.contains(&en("recap-board-coping")));
    let odd = amara.post(&path, &[("tool", "board"), ("how", "a cat")]).await;
    assert_eq!(odd.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(odd.text.contains(&en("prepared-kind")));
    assert_eq!(amara.post(&path, &[("tool", "board"), ("how", "coping")]).await.location, path);
    let question = |text: &'static str, to: &'static str| {
        [("tool", "quiz"), ("to", to), ("text", text), ("options", "It passes\nIt stays"), ("number", "1"), ("why", "Waves do.")]
    };
    assert_eq!(amara.post(&path, &question("canary-first", "")).await.location, path);
    let more = amara.get(&format!("{path}?tool=quiz&to=1")).await.text;
    assert!(more.contains("name=\"to\" value=\"1\"") && more.contains(&en("prepared-question-add")));
    for (to, key) in [("0", "prepared-gone"), ("7", "prepared-gone"), ("x", "prepared-gone")] {
        let page = amara.post(&path, &question("Which kept?", to)).await;
        assert!(page.text.contains(&en(key)) && page.text.contains("Which kept?"), "{to}: a board asks nothing");
    }
    for text in ["canary-second", "canary-third"] {
        assert_eq!(amara.post(&path, &question(text, "1")).await.location, path);
    }
    let page = amara.get(&path).await.text;
    assert!(page.contains("canary-first (+2)") && page.contains(&en("recap-board-coping")));
    assert!(amara.get(&format!("/sessions/{session}/sheet")).await.text.contains(&en("recap-board-coping")));
    assert_eq!(agenda(&running, session).await.phases[1].tools.len(), 2, "a further question is no further tool");
    let (mut lead, mut inside) = gathered(&running, &["Maya"]).await;
    let (_, maya) = &mut inside[0];
    lead.act(json!({"do": "begin"})).await.unwrap();
    lead.act(json!({"do": "open_prepared", "phase": 1, "tool": 1})).await.unwrap();
    let quiz = maya.until("the quiz", |view| view.tools.quiz.is_some()).await.tools.quiz.unwrap();
    let asked: Vec<&str> = quiz.questions.iter().map(|one| one.question.as_str()).collect();
    assert_eq!(asked, ["canary-first", "canary-second", "canary-third"]);
    lead.act(json!({"do": "open_prepared", "phase": 1, "tool": 0})).await.unwrap();
    maya.until("the board", |view| view.tools.board.here.is_some()).await;
    maya.board_until("the sheet that is printed on it", |board| board.len() > 5).await;
}

async fn opened_in_the_room(running: &Running, session: i64) {
    let (mut lead, mut inside) = gathered(running, &["Maya"]).await;
    let (_, maya) = &mut inside[0];
    lead.act(json!({"do": "begin"})).await.unwrap();
    let press = |tool: u8| json!({"do": "open_prepared", "phase": 1, "tool": tool});
    assert!(maya.act(press(0)).await.is_err());
    assert!(!maya.heard.contains("canary-poll"), "no member hears of it before it is opened");
    lead.act(press(0)).await.unwrap();
    let poll = maya.until("the poll", |view| view.tools.poll.is_some()).await.tools.poll.unwrap();
    assert_eq!((poll.ask.question.as_str(), poll.ask.named), ("canary-poll", false));
    lead.act(press(1)).await.unwrap();
    let deck = maya.until("the deck", |view| view.tools.slides.is_some()).await.tools.slides.unwrap();
    assert_eq!((deck.title.as_str(), deck.pages), ("How a wave of worry passes", 5));
    assert_eq!(ground::facts::shown_in(&running.house.db, session).await.unwrap().len(), 1, "and the recap will list it");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_programme_carries_its_tools_into_the_sessions_to_come() {
    let running = start("prepared-programme").await;
    let (group, session) = (running.group("Steady Ground").await, running.tonight().await);
    let facts = ground::facts::session(&running.house.db, session).await.unwrap().unwrap();
    let mut amara = running.signed_in("Dr. Amara").await;
    let sql = "SELECT number AS n FROM session WHERE group_id = $1 AND state = 'planned' AND starts_at > $2 ORDER BY starts_at LIMIT 1";
    let number = running.house.db.number(sql, values![group, facts.starts_at]).await.unwrap();
    // A programme begins anew when it is through.
    let weeks = care::programmes::find(&facts.programme, &facts.language).unwrap().unwrap().session.len() as i64;
    let week = format!("/groups/{group}/programme/{}/prepared", (number - 1) % weeks);
    let path = format!("{week}/0");
    assert_eq!(amara.post(&path, &[("tool", "calm"), ("how", "breathing"), ("number", "2")]).await.location, path);
    let sql = "SELECT id AS n FROM session WHERE group_id = $1 AND number = $2";
    let next = running.house.db.number(sql, values![group, number]).await.unwrap();
    assert_eq!(agenda(&running, next).await.phases[0].tools.len(), 1, "the session of that week has it now");
    amara.post(&format!("{path}/order"), &[("at", "0"), ("step", "away")]).await;
    assert!(agenda(&running, next).await.phases[0].tools.is_empty());
    let gone = amara.post(&format!("{path}/order"), &[("at", "0"), ("step", "away")]).await;
    assert!(gone.text.contains(&en("prepared-gone")));
    assert_eq!(amara.get(&format!("{week}/77")).await.status, StatusCode::NOT_FOUND);
}
