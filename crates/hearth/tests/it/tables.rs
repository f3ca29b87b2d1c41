//! Small tables over the real sockets: who is moved where, what stays among those who were there, and who is kept apart.

use ground::{Ask, Language, values};
use hyper::StatusCode;
use room::{
    Refusal, Seat,
    tools::tables::{Brought, Spot},
    wire::FromRoom,
};
use serde_json::{Value, json};

use crate::{
    harness::{Running, start},
    sockets::{Wire, gathered, in_room},
    state::{kept, sentence},
};

const FOUR: [&str; 4] = ["Maya", "Theo", "Priya", "Jonas"];

fn tables(act: Value) -> Value {
    json!({"tool": "tables", "act": act})
}

async fn seat(wire: &mut Wire) -> Seat {
    wire.until("a seat", |_| true).await.you.seat
}

/// Maya and Theo at the first table, Priya and Jonas at the second.
async fn at_two_tables(running: &Running) -> (Wire, Vec<(rehearsal::Way, Wire)>) {
    let (mut lead, mut inside) = gathered(running, &FOUR).await;
    lead.act(json!({"do": "begin"})).await.unwrap();
    lead.act(tables(json!({"do": "lay", "how": "by_hand", "prompts": ["One thing that helped", "One thing that did not"]}))).await.unwrap();
    for (index, (_, wire)) in inside.iter_mut().enumerate() {
        let seat = seat(wire).await;
        lead.act(tables(json!({"do": "put", "seat": seat, "table": index / 2}))).await.unwrap();
    }
    lead.act(tables(json!({"do": "send", "minutes": 10}))).await.unwrap();
    (lead, inside)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_happens_at_a_table_reaches_nobody_else() {
    let running = start("tables-canary").await;
    let (mut lead, mut inside) = at_two_tables(&running).await;
    let [maya, theo, priya, jonas] = &mut inside[..] else { panic!("four") };
    let view = maya.1.until("her table", |view| view.tools.tables.round.as_ref().is_some_and(|round| round.mine.is_some())).await;
    assert_eq!(view.tools.tables.round.unwrap().mine.unwrap().prompt, "One thing that helped");
    maya.1.act(tables(json!({"do": "note", "text": "canary-note"}))).await.unwrap();
    maya.1.act(json!({"tool": "chat", "act": {"do": "say", "text": "canary-chat", "to": "circle"}})).await.unwrap();
    maya.1.say(&json!({"is": "react", "kind": "heart"})).await;
    theo.1
        .until("the note", |view| {
            view.tools.tables.round.as_ref().is_some_and(|round| round.mine.as_ref().is_some_and(|table| table.note == "canary-note"))
        })
        .await;
    let mut saw_heart = false;
    while !saw_heart {
        saw_heart = matches!(theo.1.room().await, Some(FromRoom::Reacted { .. }));
    }
    // Something that comes after all of it, so that whatever was sent has arrived.
    lead.act(tables(json!({"do": "tell", "text": "Two more minutes"}))).await.unwrap();
    for wire in [&mut priya.1, &mut jonas.1, &mut lead] {
        wire.until("the line to all", |view| view.tools.tables.round.as_ref().is_some_and(|round| round.told.is_some())).await;
        assert!(!wire.heard.contains("canary-note") && !wire.heard.contains("canary-chat"), "words of another table");
        assert!(!wire.heard.contains("\"is\":\"reacted\""), "a heart of another table");
    }
    // A page that is opened anew is told no more than before; nor is whoever is brought to the table later.
    let mut again = in_room(&priya.0, None).await;
    let moved = seat(&mut again).await;
    lead.act(tables(json!({"do": "put", "seat": moved, "table": 0}))).await.unwrap();
    again.until("the first table", |view| view.tools.tables.spots.get(&moved.0) == Some(&Spot::Table(0))).await;
    assert!(
        again.heard.contains("canary-note") && !again.heard.contains("canary-chat"),
        "the note is the table's, what was said was for those there"
    );
    lead.act(tables(json!({"do": "close", "seconds": 0}))).await.unwrap();
    let brought = vec![Brought { table: 0, text: "canary-note".into() }];
    lead.until("what came back", |view| view.tools.tables.brought == brought).await;
    assert!(!lead.heard.contains("canary-chat"));
}

/// Restart in the middle: everybody is where they were, because the book says so.
#[tokio::test(flavor = "multi_thread")]
async fn tables_are_there_again_after_a_restart() {
    let running = start("tables-restart").await;
    let (lead, mut inside) = at_two_tables(&running).await;
    inside[0].1.act(tables(json!({"do": "note", "text": "kept"}))).await.unwrap();
    let session = running.tonight().await;
    drop((lead, inside));
    let running = running.restarted().await;
    let mut maya = crate::sockets::way(&running, "Maya").await;
    maya.session = session;
    let mut wire = in_room(&maya, None).await;
    let view = wire.until("her view", |_| true).await;
    let round = view.tools.tables.round.unwrap();
    assert_eq!((round.mine.unwrap().note.as_str(), round.tables), ("kept", 2));
    assert_eq!(view.tools.tables.spots.len(), 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_leader_keeps_two_people_apart_and_neither_learns_of_it() {
    let running = start("tables-apart").await;
    let path = format!("/groups/{}/apart", running.group("Steady Ground").await);
    let (maya, theo) = (running.person("Maya").await.id.to_string(), running.person("Theo").await.id.to_string());
    let outsider = running.person("Aisha").await.id.to_string();
    let mut amara = running.signed_in("Dr. Amara").await;
    let before = kept(&running).await;
    for (one, other, key) in
        [("", "", "apart-choose"), (&*maya, &*maya, "apart-two"), (&*maya, &*outsider, "apart-choose"), (&*maya, "x", "apart-choose")]
    {
        let page = amara.post(&path, &[("one", one), ("other", other)]).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{one} {other}");
        assert!(page.text.contains(&sentence(Language::English, key)));
        assert_eq!(page.text.contains(&format!("<option value=\"{maya}\" selected>")), one == maya, "what was chosen is kept");
    }
    assert_eq!(kept(&running).await, before);
    for _ in 0..2 {
        assert_eq!(amara.post(&path, &[("one", &*theo), ("other", &*maya)]).await.status, StatusCode::SEE_OTHER, "twice is once");
    }
    assert_eq!(running.house.db.number("SELECT COUNT(*) AS n FROM kept_apart", []).await.unwrap(), 1);
    assert!(amara.get(&path).await.text.contains("Maya and Theo"));
    let (mut lead, mut inside) = gathered(&running, &FOUR).await;
    for _ in 0..6 {
        lead.act(tables(json!({"do": "lay", "how": "draw", "prompts": ["", ""]}))).await.unwrap();
        lead.act(tables(json!({"do": "send", "minutes": 5}))).await.unwrap();
        let view = lead.until("tables", |view| view.tools.tables.round.is_some()).await;
        let (maya, theo) = (seat(&mut inside[0].1).await, seat(&mut inside[1].1).await);
        assert_ne!(view.tools.tables.spots[&maya.0], view.tools.tables.spots[&theo.0]);
        let refused = lead.act(tables(json!({"do": "put", "seat": maya, "table": Value::Null}))).await;
        assert_eq!(refused, Ok(()));
        lead.act(tables(json!({"do": "close", "seconds": 0}))).await.unwrap();
        lead.until("the circle", |view| view.tools.tables.round.is_none()).await;
    }
    lead.act(tables(json!({"do": "lay", "how": "choice", "prompts": ["", ""]}))).await.unwrap();
    inside[0].1.act(tables(json!({"do": "take", "table": 0}))).await.unwrap();
    assert_eq!(inside[1].1.act(tables(json!({"do": "take", "table": 0}))).await, Err(Refusal::TableFull));
    assert!(inside.iter().all(|(_, wire)| !wire.heard.contains("apart")), "no word of it leaves for a member");
    let mut member = running.signed_in("Maya").await;
    assert_eq!(member.get(&path).await.status, StatusCode::NOT_FOUND);
    amara.post(&format!("{path}/removal"), &[("one", &*maya), ("other", &*theo)]).await;
    assert!(amara.get(&path).await.text.contains(&sentence(Language::English, "apart-none")));
    let lines = "SELECT COUNT(*) AS n FROM audit WHERE action LIKE 'apart.%' AND object LIKE $1";
    assert_eq!(running.house.db.number(lines, values!["group/%"]).await.unwrap(), 2, "set and taken back, each once");
}

/// Set and taken back on the page while the session runs: the open room knows with the answer of the page.
#[tokio::test(flavor = "multi_thread")]
async fn a_pair_kept_apart_during_a_session_reaches_its_room() {
    let running = start("tables-apart-live").await;
    let path = format!("/groups/{}/apart", running.group("Steady Ground").await);
    let (mut lead, mut inside) = at_two_tables(&running).await;
    let (maya, theo) = (running.person("Maya").await.id.to_string(), running.person("Theo").await.id.to_string());
    let mut seats = Vec::new();
    for (_, wire) in &mut inside {
        seats.push(seat(wire).await);
    }
    let heard: Vec<usize> = inside.iter().map(|(_, wire)| wire.heard.len()).collect();
    let mut amara = running.signed_in("Dr. Amara").await;
    amara.post(&path, &[("one", &*maya), ("other", &*theo)]).await;
    let marked = |view: &room::View| {
        view.tools.tables.round.as_ref().and_then(|round| round.lead.as_ref()).is_some_and(|tables| tables[0].apart && !tables[1].apart)
    };
    let view = lead.until("the mark at their table", marked).await;
    assert_eq!(view.tools.tables.spots[&seats[0].0], Spot::Table(0), "nobody is torn from a table");
    lead.act(tables(json!({"do": "put", "seat": seats[2], "table": 0}))).await.expect("others may sit down beside them");
    lead.act(tables(json!({"do": "put", "seat": seats[1], "table": Value::Null}))).await.unwrap();
    let back = lead.act(tables(json!({"do": "put", "seat": seats[1], "table": 0}))).await;
    assert_eq!(back, Err(Refusal::KeptApart));
    lead.act(tables(json!({"do": "tell", "text": "Two more minutes"}))).await.unwrap();
    inside[0].1.until("the line to all", |view| view.tools.tables.round.as_ref().is_some_and(|round| round.told.is_some())).await;
    inside[1].1.until("the circle", |view| !view.tools.tables.spots.contains_key(&seats[1].0)).await;
    for (index, (_, wire)) in inside.iter().enumerate() {
        assert!(!wire.heard[heard[index]..].contains("apart"), "no word of it leaves for a member");
    }
    amara.post(&format!("{path}/removal"), &[("one", &*maya), ("other", &*theo)]).await;
    assert_eq!(lead.act(tables(json!({"do": "put", "seat": seats[1], "table": 0}))).await, Ok(()), "taken back is taken back");
    drop((lead, inside));
    let session = running.tonight().await;
    let running = running.restarted().await;
    amara = running.signed_in("Dr. Amara").await;
    amara.post(&path, &[("one", &*maya), ("other", &*theo)]).await;
    let mut again = crate::sockets::way(&running, "Dr. Amara").await;
    again.session = session;
    in_room(&again, None).await.until("a room that opens anew knows it, too", marked).await;
}
