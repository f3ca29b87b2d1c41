//! Writing in quiet and playing a scene over the real sockets: what is kept, what is shared, and what reaches nobody.

use ground::{Ask, values};
use room::{
    Refusal, Seat,
    tools::{
        journal::{JournalStage, Sharing},
        role_play::PlayStage,
    },
};
use serde_json::{Value, json};
use testkit::LogGuard;

use crate::{
    harness::{Running, start},
    sockets::{Wire, gathered, in_room, way},
};

const FOUR: [&str; 4] = ["Maya", "Theo", "Priya", "Jonas"];
const PAGE: &str = "canary-page-of-maya, with every letter of it";

fn journal(act: Value) -> Value {
    json!({"tool": "journal", "act": act})
}

fn play(act: Value) -> Value {
    json!({"tool": "role_play", "act": act})
}

async fn seat(wire: &mut Wire) -> Seat {
    wire.until("a seat", |_| true).await.you.seat
}

/// Comes in again after the server has gone and is there once more.
async fn back(running: &Running, name: &str, session: i64) -> Wire {
    let mut way = way(running, name).await;
    way.session = session;
    in_room(&way, None).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_is_kept_through_a_restart_and_is_read_by_nobody_else() {
    let running = start("journal").await;
    let session = running.tonight().await;
    let (mut lead, mut inside) = gathered(&running, &FOUR).await;
    lead.act(json!({"do": "begin"})).await.unwrap();
    lead.act(journal(json!({"do": "open", "prompt": "A letter to myself", "minutes": 10}))).await.unwrap();
    for text in ["canary-draft", PAGE] {
        inside[0].1.act(journal(json!({"do": "write", "text": text}))).await.unwrap();
    }
    assert_eq!(inside[1].1.act(journal(json!({"do": "end_quiet"}))).await, Err(Refusal::NotYours));
    // Something that comes after it, so that whatever was sent has arrived.
    lead.act(journal(json!({"do": "extend", "minutes": 2}))).await.unwrap();
    for wire in inside.iter_mut().skip(1).map(|(_, wire)| wire).chain([&mut lead]) {
        let view = wire
            .until("the longer quiet", |view| {
                view.tools.journal.round.as_ref().is_some_and(|round| round.until.0 - round.since.0 == 720_000)
            })
            .await;
        assert_eq!(view.tools.journal.round.unwrap().mine.unwrap().text, "");
        assert!(!wire.heard.contains("canary-"), "a letter of her page");
    }
    drop((lead, inside));
    let running = running.restarted().await;
    let mut maya = back(&running, "Maya", session).await;
    let round = maya.until("her page", |_| true).await.tools.journal.round.unwrap();
    assert_eq!((round.stage, round.mine.unwrap().text.as_str()), (JournalStage::Writing, PAGE));
    let mut lead = back(&running, "Dr. Amara", session).await;
    lead.until("the view", |_| true).await;
    lead.act(journal(json!({"do": "end_quiet"}))).await.unwrap();
    let (mut theo, mut priya, mut jonas) =
        (back(&running, "Theo", session).await, back(&running, "Priya", session).await, back(&running, "Jonas", session).await);
    for (wire, line) in [(&mut theo, "canary-line-1"), (&mut priya, "canary-line-2"), (&mut jonas, "canary-line-3")] {
        wire.act(journal(json!({"do": "share", "with": "anonymous", "line": line}))).await.unwrap();
    }
    maya.act(journal(json!({"do": "share", "with": "therapist"}))).await.unwrap();
    let view = lead
        .until("four have chosen", |view| {
            view.tools.journal.round.as_ref().is_some_and(|round| round.lead.is_some_and(|lead| lead.chosen == 4))
        })
        .await;
    assert_eq!(view.tools.journal.given.unwrap().iter().map(|page| page.text.as_str()).collect::<Vec<_>>(), [PAGE]);
    assert!(!lead.heard.contains("canary-line"), "no line before they are shown");
    lead.act(journal(json!({"do": "show"}))).await.unwrap();
    for wire in [&mut theo, &mut priya, &mut jonas, &mut maya] {
        let view = wire.until("the lines", |view| view.tools.journal.round.as_ref().is_some_and(|round| round.lines.is_some())).await;
        let mut lines = view.tools.journal.round.unwrap().lines.unwrap().anonymous;
        lines.sort();
        assert_eq!(lines, ["canary-line-1", "canary-line-2", "canary-line-3"]);
    }
    assert!([&theo, &priya, &jonas].iter().all(|wire| !wire.heard.contains("canary-page")));
    lead.act(json!({"do": "end"})).await.unwrap();
    what_stays(&running, session).await;
}

/// After the session: her journal, her recap and her own data have the page; nobody else's have.
async fn what_stays(running: &Running, session: i64) {
    running.work().await;
    let mut maya = running.signed_in("Maya").await;
    assert!(maya.get("/today").await.text.contains("href=\"/journal\""));
    for path in ["/journal".to_owned(), format!("/sessions/{session}/recap"), "/account/data.json".to_owned()] {
        assert!(maya.get(&path).await.text.contains(PAGE), "{path}");
    }
    for name in ["Theo", "Dr. Amara"] {
        let mut browser = running.signed_in(name).await;
        let maya = running.person("Maya").await.id;
        let mut seen = String::new();
        for path in ["/today", "/journal", "/account/data.json"] {
            seen += &browser.get(path).await.text;
        }
        for path in ["recap", "record", "notes/0", &format!("notes/{maya}")] {
            seen += &browser.get(&format!("/sessions/{session}/{path}")).await.text;
        }
        assert!(!seen.contains("canary-page") && !seen.contains("canary-draft"), "{name} reads her page after the session");
        assert_eq!(seen.contains("canary-line-1"), name == "Theo", "his own line stands in his own journal");
    }
    let open = "SELECT COUNT(*) AS n FROM audit WHERE object LIKE $1";
    assert_eq!(running.house.db.number(open, values!["%canary%"]).await.unwrap(), 0);
    assert!(!LogGuard::listen().text().contains("canary-page"), "the page is in the log");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_scene_is_played_stopped_by_one_button_and_there_again_after_a_restart() {
    let running = start("role-play").await;
    let session = running.tonight().await;
    let group = running.group("Steady Ground").await;
    // What the cards speak is what the group speaks.
    let tx = running.house.db.write().await.unwrap();
    tx.run("UPDATE groups SET language = 'es' WHERE id = $1", values![group]).await.unwrap();
    tx.commit_unaudited().await.unwrap();
    let (mut lead, mut inside) = gathered(&running, &FOUR).await;
    lead.act(json!({"do": "begin"})).await.unwrap();
    let view = lead.until("the shelf", |_| true).await;
    assert!(view.tools.role_play.shelf.unwrap().iter().any(|pick| pick.title == "El fregadero lleno"));
    lead.act(play(json!({"do": "pick", "card": "dishes"}))).await.unwrap();
    let maya = seat(&mut inside[0].1).await;
    lead.act(play(json!({"do": "assign", "part": 0, "seat": maya}))).await.unwrap();
    inside[1].1.act(play(json!({"do": "take", "part": 1}))).await.unwrap();
    inside[0].1.act(play(json!({"do": "rate", "level": 7}))).await.unwrap();
    assert_eq!(inside[2].1.act(play(json!({"do": "take", "part": 1}))).await, Err(Refusal::PartTaken));
    lead.act(play(json!({"do": "play", "minutes": 5}))).await.unwrap();
    let [_, theo, priya, jonas] = &mut inside[..] else { panic!("four") };
    let scene = priya
        .1
        .until("it is on", |view| view.tools.role_play.scene.as_ref().is_some_and(|scene| scene.stage == PlayStage::Playing))
        .await
        .tools
        .role_play
        .scene
        .unwrap();
    assert!(scene.watch.is_some() && scene.parts.iter().all(|part| part.wants.is_none() && part.seat.is_some()));
    assert!(!priya.1.heard.contains("sin empezar una pelea"), "what a part wants is not for those who watch");
    jonas.1.act(play(json!({"do": "stop"}))).await.unwrap();
    let paused = |view: &room::View| view.tools.role_play.scene.as_ref().is_some_and(|scene| scene.stage == PlayStage::Paused);
    let lead_view = lead.until("it pauses", paused).await.tools.role_play.scene.unwrap().lead.unwrap();
    assert_eq!(lead_view.stopped_by, Some(seat(&mut jonas.1).await));
    assert_eq!(lead_view.burdens.iter().map(|one| (one.seat, one.before)).collect::<Vec<_>>(), [(maya, Some(7))]);
    for wire in [&mut theo.1, &mut priya.1] {
        wire.until("it pauses", paused).await;
        assert!(!wire.heard.contains("stopped_by") && !wire.heard.contains("burdens") && !wire.heard.contains("\"before\":7"));
    }
    drop((lead, inside));
    let running = running.restarted().await;
    let mut maya = back(&running, "Maya", session).await;
    let scene = maya.until("the scene", paused).await.tools.role_play.scene.unwrap();
    assert_eq!((scene.mine, scene.before, scene.parts[0].wants.is_some()), (Some(0), Some(7), true));
    let mut lead = back(&running, "Dr. Amara", session).await;
    lead.until("the view", paused).await;
    lead.act(play(json!({"do": "finish"}))).await.unwrap();
    let mut priya = back(&running, "Priya", session).await;
    priya.act(play(json!({"do": "tell", "worked": "You took a breath.", "wish": ""}))).await.unwrap();
    maya.until("what she saw", |view| {
        view.tools.role_play.scene.as_ref().is_some_and(|scene| scene.seen.iter().any(|one| one.worked == "You took a breath."))
    })
    .await;
    lead.act(play(json!({"do": "again", "swap": true}))).await.unwrap();
    let scene = maya
        .until("swapped", |view| view.tools.role_play.scene.as_ref().is_some_and(|scene| scene.stage == PlayStage::Laid))
        .await
        .tools
        .role_play
        .scene
        .unwrap();
    assert_eq!((scene.mine, scene.before), (Some(1), None));
}

/// What was chosen with one's own name is nothing that a later choice leaves behind.
#[tokio::test(flavor = "multi_thread")]
async fn two_lines_without_a_name_are_not_shown() {
    let running = start("journal-few").await;
    let (mut lead, mut inside) = gathered(&running, &["Maya", "Theo"]).await;
    lead.act(json!({"do": "begin"})).await.unwrap();
    lead.act(journal(json!({"do": "open", "prompt": "One thing", "minutes": 1}))).await.unwrap();
    lead.act(journal(json!({"do": "end_quiet"}))).await.unwrap();
    for (_, wire) in &mut inside {
        wire.act(journal(json!({"do": "share", "with": "named", "line": "canary-named"}))).await.unwrap();
        wire.act(journal(json!({"do": "share", "with": "anonymous", "line": "canary-unnamed"}))).await.unwrap();
    }
    assert_eq!(inside[0].1.act(journal(json!({"do": "share", "with": "therapist"}))).await, Err(Refusal::Empty));
    lead.act(journal(json!({"do": "show"}))).await.unwrap();
    let lines = lead
        .until("the lines", |view| view.tools.journal.round.as_ref().is_some_and(|round| round.lines.is_some()))
        .await
        .tools
        .journal
        .round
        .unwrap()
        .lines
        .unwrap();
    assert!(lines.too_few && lines.anonymous.is_empty() && lines.named.is_empty());
    assert!(!lead.heard.contains("canary-"));
    let mine =
        inside[0].1.until("shown", |view| view.tools.journal.round.as_ref().is_some_and(|round| round.stage == JournalStage::Shown)).await;
    assert_eq!(mine.tools.journal.round.unwrap().mine.unwrap().sharing, Some(Sharing::Anonymous { line: "canary-unnamed".into() }));
}
