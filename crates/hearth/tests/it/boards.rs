//! The whiteboard over the real sockets: everybody has the same one, whoever comes late or comes back too; what is no drawing is refused and
//! harms nobody; and what stays afterwards is each person's own.

use ground::{Ask, Language, Owner, Spot, sea_orm::FromQueryResult, values};
use room::{Refusal, wire::FromRoom};
use serde_json::{Value, json};

use crate::{
    harness::{Running, start},
    sockets::{Wire, at_door, gathered, in_room, way},
    state::{escaped, sentence},
};

fn board(act: Value) -> Value {
    json!({"tool": "board", "act": act})
}

fn open(template: Value, who: Value) -> Value {
    board(json!({"do": "open", "template": template, "who": who, "names": true}))
}

fn draw(elements: &[Value]) -> Value {
    draw_on(0, elements)
}

fn thing(id: &str, version: u32) -> Value {
    json!({"id": id, "kind": "rectangle", "version": version, "nonce": 5, "index": "a0", "gone": false, "x": 0.0, "y": 0.0, "w": 40.0, "h": 30.0,
        "angle": 0.0, "stroke": "#1e1e1e", "fill": "transparent", "hatched": false, "width": 2, "dash": "solid", "rough": 1, "round": false,
        "opacity": 100, "seed": 1, "locked": false, "groups": [], "points": [], "ends": null, "words": null})
}

fn says(id: &str, version: u32, text: &str) -> Value {
    let words =
        json!({"text": text, "size": 20.0, "font": 5, "align": "left", "middle": false, "line": 1.25, "auto": true, "inside": null});
    let mut element = thing(id, version);
    (element["kind"], element["words"]) = (json!("text"), words);
    element
}

fn everybody() -> Value {
    json!({"may": "everybody"})
}

async fn has(wire: &mut Wire, id: &str, version: u32) {
    wire.board_until(&format!("{id} at {version}"), |board| board.get(id).is_some_and(|element| element["version"] == version)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_has_the_same_board_and_what_stays_is_each_one_s_own() {
    let running = start("board").await;
    let session = running.tonight().await;
    let (mut lead, mut inside) = gathered(&running, &["Maya", "Theo"]).await;
    lead.act(json!({"do": "begin"})).await.unwrap();
    lead.act(open(json!("control"), everybody())).await.unwrap();
    let [maya, theo] = &mut inside[..] else { panic!("two") };
    maya.1.act(draw(&[says("m", 1, "canary-of-maya <b>&"), thing("box", 1)])).await.unwrap();
    theo.1.act(draw(&[says("t", 1, "canary-of-theo")])).await.unwrap();
    assert_eq!(theo.1.act(draw(&[says("m", 2, "not his")])).await, Err(Refusal::OthersDrawing));
    maya.1.act(draw(&[thing("box", 7)])).await.unwrap();
    for wire in [&mut lead, &mut maya.1, &mut theo.1] {
        has(wire, "t", 1).await;
        has(wire, "box", 7).await;
        assert!(
            wire.board.values().any(|element| element["words"]["text"] == "In my hands"),
            "the sheet is printed in the group's language"
        );
    }
    assert!(lead.board == maya.1.board && maya.1.board == theo.1.board);
    cursors(maya, theo, &mut lead).await;
    // Priya comes late: the whole board, and nothing that was there before.
    let (mut late, _way) = let_in(&running, &mut lead, "Priya").await;
    late.board_until("the whole board", |board| board.len() == lead.board.len()).await;
    assert_eq!(late.board, lead.board);
    // Theo is away for a moment: only what came meanwhile.
    let (seen, had) = (theo.1.drawn.clone(), theo.1.board.clone());
    let (socket, ticket) = theo.0.socket("room").await.unwrap();
    maya.1.act(draw(&[says("m", 2, "canary-changed")])).await.unwrap();
    has(&mut lead, "m", 2).await;
    let mut back = Wire::from_socket(socket);
    back.say(&json!({"is": "hello", "ticket": ticket, "since": theo.1.seq, "drawn": seen})).await;
    (back.board, back.seq, back.picture) = (had, theo.1.seq, theo.1.picture.clone());
    has(&mut back, "m", 2).await;
    assert!(!back.heard.contains("canary-of-theo"), "what he had is not told again");
    assert_eq!(back.board, lead.board);
    lead.act(json!({"do": "end"})).await.unwrap();
    afterwards(&running, session).await;
}

async fn let_in(running: &Running, lead: &mut Wire, name: &str) -> (Wire, rehearsal::Way) {
    let way = way(running, name).await;
    let mut door = at_door(&way).await;
    door.door().await;
    lead.act(json!({"do": "admit_all"})).await.unwrap();
    assert!(!door.heard.contains("canary"), "nothing of the board at the door");
    (in_room(&way, None).await, way)
}

/// A cursor has its person's chair, or a number that is nobody's, and no row remembers it.
async fn cursors(maya: &mut (rehearsal::Way, Wire), theo: &mut (rehearsal::Way, Wire), lead: &mut Wire) {
    maya.1.say(&json!({"is": "point", "x": 4.0, "y": 5.0})).await;
    let seat = maya.1.until("a seat", |_| true).await.you.seat;
    let named = next_cursor(&mut theo.1).await;
    assert!(matches!(named, FromRoom::Pointed { seat: Some(of), x, .. } if of == seat && x == 4.0), "{named:?}");
    lead.act(board(json!({"do": "names", "on": false}))).await.unwrap();
    tokio::time::sleep(std::time::Duration::from_millis(120)).await;
    maya.1.say(&json!({"is": "point", "x": 6.0, "y": 5.0})).await;
    let nameless = next_cursor(&mut theo.1).await;
    assert!(matches!(nameless, FromRoom::Pointed { seat: None, .. }), "{nameless:?}");
}

async fn next_cursor(wire: &mut Wire) -> FromRoom {
    loop {
        let message = wire.room().await.expect("a cursor");
        if matches!(message, FromRoom::Pointed { .. }) {
            return message;
        }
    }
}

#[derive(FromQueryResult)]
struct PartRow {
    person_id: i64,
    template: String,
    part_sealed: Vec<u8>,
}

/// The recap draws it for those who were there; each person's file has their own part; when somebody goes, their part goes.
async fn afterwards(running: &Running, session: i64) {
    running.work().await;
    let recap = format!("/sessions/{session}/recap");
    for name in ["Maya", "Theo", "Priya", "Dr. Amara"] {
        let page = running.signed_in(name).await.get(&recap).await.text;
        assert!(page.contains("<svg class=\"board\"") && page.contains("canary-changed") && page.contains("canary-of-theo"), "{name}");
        assert!(page.contains(&sentence(Language::English, "recap-board-control")), "{name}");
    }
    let absent = running.signed_in("Jonas").await.get(&recap).await.text;
    assert!(!absent.contains("canary-") && !absent.contains("<svg class=\"board\""), "whoever was not there does not see it");
    for (name, own, other) in [("Maya", "canary-changed", "canary-of-theo"), ("Theo", "canary-of-theo", "canary-changed")] {
        let data = running.signed_in(name).await.get("/account/data.json").await.text;
        assert!(data.contains(own) && !data.contains(other), "{name}");
    }
    let record = running.signed_in("Dr. Amara").await.get(&format!("/sessions/{session}/record")).await.text;
    assert!(
        record.contains(&sentence(Language::English, "timeline-board")) && !record.contains("canary-"),
        "that it happened, never what was drawn"
    );
    let sql = "SELECT person_id, template, part_sealed FROM session_board WHERE session_id = $1 ORDER BY person_id";
    let rows: Vec<PartRow> = running.house.db.rows(sql, values![session]).await.unwrap();
    let maya = running.person("Maya").await.id;
    assert_eq!(rows.len(), 3, "what is printed, hers and his");
    for row in rows {
        assert_eq!(row.template, "control");
        let owner = if row.person_id == 0 { Owner::Practice } else { Owner::Person(row.person_id) };
        let place = format!("{session}.0.{}", row.person_id);
        let text =
            running.house.keys.open(owner, Spot { table: "session_board", column: "part", row: &place }, &row.part_sealed).await.unwrap();
        assert_eq!(text.contains("canary-changed"), row.person_id == maya);
    }
    let gone = "DELETE FROM session_board WHERE person_id = $1";
    let tx = running.house.db.write().await.unwrap();
    tx.run(gone, values![maya]).await.unwrap();
    tx.commit_unaudited().await.unwrap();
    let page = running.signed_in("Theo").await.get(&recap).await.text;
    assert!(page.contains("canary-of-theo") && !page.contains("canary-changed"), "the others keep what is theirs");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_board_is_there_again_after_a_restart_and_words_stay_words() {
    let running = start("board-restart").await;
    let session = running.tonight().await;
    let (mut lead, mut inside) = gathered(&running, &["Maya"]).await;
    lead.act(json!({"do": "begin"})).await.unwrap();
    lead.act(open(Value::Null, everybody())).await.unwrap();
    let evil = "</text></svg><script>alert(1)</script>";
    let maya = &mut inside[0].1;
    maya.act(draw(&[says("a", 3, evil), thing("b", 1)])).await.unwrap();
    maya.act(draw(&[bent(thing("b", 1), &json!({"gone": true, "version": 2, "nonce": 9}))])).await.unwrap();
    lead.board_until("one thing", |board| board.len() == 1).await;
    // It is written when it has rested.
    tokio::time::sleep(std::time::Duration::from_millis(2_500)).await;
    lead.act(json!({"do": "mic", "on": true})).await.unwrap();
    drop((lead, inside));
    let running = running.restarted().await;
    let mut again = way(&running, "Maya").await;
    again.session = session;
    let mut maya = in_room(&again, None).await;
    has(&mut maya, "a", 3).await;
    assert_eq!(maya.board.len(), 1);
    maya.act(draw(&[thing("b", 1)])).await.unwrap();
    maya.act(draw(&[thing("c", 1)])).await.unwrap();
    has(&mut maya, "c", 1).await;
    assert!(!maya.board.contains_key("b"), "what is gone does not come back by an older version");
    let mut lead = way(&running, "Dr. Amara").await;
    lead.session = session;
    let mut lead = in_room(&lead, None).await;
    lead.until("the view", |_| true).await;
    lead.act(json!({"do": "end"})).await.unwrap();
    running.work().await;
    let page = running.signed_in("Maya").await.get(&format!("/sessions/{session}/recap")).await.text;
    assert!(!page.contains("<script>alert") && page.contains("&lt;script&gt;"), "on the drawing");
    assert!(page.contains(&escaped(evil)), "and in the list of its words");
}

fn bent(mut element: Value, change: &Value) -> Value {
    if let (Some(element), Some(change)) = (element.as_object_mut(), change.as_object()) {
        element.extend(change.clone());
    }
    element
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_drawing_is_refused_and_the_room_is_unharmed() {
    let running = start("board-bad").await;
    let (mut lead, mut inside) = gathered(&running, &["Maya", "Theo"]).await;
    lead.act(json!({"do": "begin"})).await.unwrap();
    let [(_, maya), (_, theo)] = &mut inside[..] else { panic!("two") };
    assert_eq!(maya.act(draw(&[thing("a", 1)])).await, Err(Refusal::NotNow), "there is no board");
    assert_eq!(maya.act(open(Value::Null, everybody())).await, Err(Refusal::NotYours));
    let seat = theo.until("a seat", |_| true).await.you.seat;
    lead.act(open(Value::Null, json!({"may": "named", "seats": [seat]}))).await.unwrap();
    assert_eq!(maya.act(draw(&[thing("a", 1)])).await, Err(Refusal::NotDrawing));
    for (change, refusal) in [
        (json!({"schema": 7}), Refusal::Unknown),
        (json!({"kind": "image"}), Refusal::Unknown),
        (json!({"link": "https://elsewhere.example"}), Refusal::Unknown),
        (json!({"x": "left"}), Refusal::Unknown),
        (json!({"x": 1e39}), Refusal::OutOfRange),
        (json!({"stroke": "url(//elsewhere)"}), Refusal::OutOfRange),
        (json!({"version": 4_000_000_000_u32}), Refusal::OutOfRange),
        (json!({"id": "<b>"}), Refusal::OutOfRange),
        (json!({"kind": "freedraw", "points": vec![1.0; 4_002]}), Refusal::TooLong { most: 2_000 }),
    ] {
        assert_eq!(theo.act(draw(&[bent(thing("a", 1), &change)])).await, Err(refusal), "{change}");
    }
    let many: Vec<Value> = (0..201).map(|at| thing(&format!("e{at}"), 1)).collect();
    assert_eq!(theo.act(draw(&many)).await, Err(Refusal::TooMany));
    // Ten thousand things, fifty messages: they are taken, and one more is not.
    for share in 0..50 {
        let elements: Vec<Value> = (0..200).map(|at| thing(&format!("n{}", share * 200 + at), 1)).collect();
        theo.act(draw(&elements)).await.unwrap();
        // Whoever says nothing for twelve seconds is gone, and a busy machine may take as long for all of this.
        lead.say(&json!({"is": "ping", "nonce": 1})).await;
        maya.say(&json!({"is": "ping", "nonce": 1})).await;
    }
    tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    assert_eq!(theo.act(draw(&[thing("one-more", 1)])).await, Err(Refusal::BoardFull));
    lead.board_until("ten thousand", |board| board.len() == 10_000).await;
    let mut late = in_room(&way(&running, "Maya").await, None).await;
    late.board_until("ten thousand at once", |board| board.len() == 10_000).await;
    lead.act(board(json!({"do": "close"}))).await.unwrap();
    assert_eq!(theo.act(draw(&[thing("n0", 2)])).await, Err(Refusal::BoardClosed));
    late.until("no board", |view| view.tools.board.here.is_none()).await;
    flood(theo, &mut lead).await;
}

/// Cursors and strokes without end are slowed, then their socket is closed; the others go on.
async fn flood(theo: &mut Wire, lead: &mut Wire) {
    for at in 0..400 {
        theo.raw(json!({"is": "point", "x": at, "y": 0}).to_string()).await;
    }
    assert_eq!(theo.farewell().await, Some(room::wire::Farewell::TooFast));
    lead.act(json!({"do": "mute_all"})).await.unwrap();
}

fn draw_on(board: u64, elements: &[Value]) -> Value {
    json!({"tool": "board", "act": {"do": "draw", "board": board, "elements": elements}})
}

/// Two tables of two, the leader in the circle, and a board at each.
async fn boards_at_two_tables(running: &Running) -> (Wire, Vec<(rehearsal::Way, Wire)>) {
    let (mut lead, mut inside) = gathered(running, &["Maya", "Theo", "Priya", "Jonas"]).await;
    lead.act(json!({"do": "begin"})).await.unwrap();
    lead.act(json!({"tool": "tables", "act": {"do": "lay", "how": "by_hand", "prompts": ["", ""]}})).await.unwrap();
    for (index, (_, wire)) in inside.iter_mut().enumerate() {
        let seat = wire.until("a seat", |_| true).await.you.seat;
        lead.act(json!({"tool": "tables", "act": {"do": "put", "seat": seat, "table": index / 2}})).await.unwrap();
    }
    assert_eq!(inside[0].1.act(board(json!({"do": "open_here", "template": null}))).await, Err(Refusal::NotNow), "nobody sits there yet");
    lead.act(json!({"tool": "tables", "act": {"do": "send", "minutes": 10}})).await.unwrap();
    inside[0].1.act(board(json!({"do": "open_here", "template": "control"}))).await.unwrap();
    lead.act(board(json!({"do": "open_at_tables", "template": null}))).await.unwrap();
    (lead, inside)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_table_s_board_is_its_own_until_the_tables_are_back() {
    let running = start("board-tables").await;
    let session = running.tonight().await;
    let (mut lead, mut inside) = boards_at_two_tables(&running).await;
    let [maya, theo, priya, jonas] = &mut inside[..] else { panic!("four") };
    maya.1.act(draw_on(0, &[says("m", 1, "canary-first")])).await.unwrap();
    has(&mut theo.1, "m", 1).await;
    priya.1.act(draw_on(1, &[says("p", 1, "canary-second")])).await.unwrap();
    has(&mut jonas.1, "p", 1).await;
    assert_eq!(priya.1.act(draw_on(0, &[thing("x", 1)])).await, Err(Refusal::NotNow), "not on the others'");
    maya.1.say(&json!({"is": "point", "x": 4.0, "y": 5.0})).await;
    assert!(matches!(next_cursor(&mut theo.1).await, FromRoom::Pointed { seat: None, .. }), "a cursor without a name");
    // Something that comes after all of it, so that whatever was sent has arrived.
    lead.act(json!({"tool": "tables", "act": {"do": "tell", "text": "Two more minutes"}})).await.unwrap();
    let view = lead.until("the line", |view| view.tools.tables.round.as_ref().is_some_and(|round| round.told.is_some())).await;
    assert_eq!((view.tools.board.here, view.tools.board.at_tables), (None, Some(vec![0, 1])), "a leader knows that there are boards");
    for wire in [&mut priya.1, &mut jonas.1] {
        wire.until("the line", |view| view.tools.tables.round.as_ref().is_some_and(|round| round.told.is_some())).await;
        assert!(!wire.heard.contains("canary-first") && !wire.heard.contains("\"is\":\"pointed\""), "words or a cursor of another table");
    }
    assert!(!maya.1.heard.contains("canary-second") && !theo.1.heard.contains("canary-second"));
    assert!(!lead.heard.contains("canary-") && !lead.heard.contains("\"is\":\"drawn\""), "nor for a leader in the circle");
    // Whoever opens the page anew has the board of the table, and no other; whoever changes tables has the other one.
    let mut again = in_room(&theo.0, None).await;
    has(&mut again, "m", 1).await;
    assert!(again.board.values().any(|element| element["words"]["text"] == "In my hands") && !again.heard.contains("canary-second"));
    // Nobody is left at a table alone: a leader sits down there first, and has that board from then on.
    lead.act(json!({"tool": "tables", "act": {"do": "put", "seat": view.you.seat, "table": 0}})).await.unwrap();
    has(&mut lead, "m", 1).await;
    let seat = again.until("a seat", |_| true).await.you.seat;
    lead.act(json!({"tool": "tables", "act": {"do": "put", "seat": seat, "table": 1}})).await.unwrap();
    has(&mut again, "p", 1).await;
    assert!(!again.board.contains_key("m"), "a board is told whole");
    lead.act(json!({"tool": "tables", "act": {"do": "put", "seat": seat, "table": 0}})).await.unwrap();
    has(&mut again, "m", 1).await;
    back_and_afterwards(&running, session, &mut lead, &mut maya.1).await;
}

/// Back in the circle there is no board; the recap has both with their tables, and each person's file has what is theirs.
async fn back_and_afterwards(running: &Running, session: i64, lead: &mut Wire, maya: &mut Wire) {
    maya.act(draw_on(0, &[says("n", 1, "canary-last-word")])).await.unwrap();
    lead.act(json!({"tool": "tables", "act": {"do": "close", "seconds": 0}})).await.unwrap();
    maya.until("no board", |view| view.tools.board.here.is_none()).await;
    assert_eq!(maya.act(draw_on(0, &[thing("late", 1)])).await, Err(Refusal::BoardClosed));
    lead.act(json!({"do": "end"})).await.unwrap();
    running.work().await;
    for (name, language) in [("Maya", Language::English), ("Jonas", Language::English), ("Dr. Amara", Language::English)] {
        let page = running.signed_in(name).await.get(&format!("/sessions/{session}/recap")).await.text;
        for (table, key) in [("1", "recap-board-control"), ("2", "recap-board")] {
            let title = language.say("recap-board-table", &[("table", table.to_owned()), ("title", language.t(key))]);
            assert!(page.contains(&format!("<h2>{title}</h2>")), "{name}: {title}");
        }
        assert!(["canary-first", "canary-second", "canary-last-word"].iter().all(|text| page.contains(text)), "{name}");
    }
    for (name, own, other) in [("Maya", "canary-last-word", "canary-second"), ("Priya", "canary-second", "canary-first")] {
        let data = running.signed_in(name).await.get("/account/data.json").await.text;
        assert!(data.contains(own) && !data.contains(other) && data.contains("small_table"), "{name}");
    }
    let record = running.signed_in("Dr. Amara").await.get(&format!("/sessions/{session}/record")).await.text;
    assert!(record.contains(&sentence(Language::English, "timeline-board-table")) && !record.contains("canary-"));
    let sql = "SELECT COUNT(*) AS n FROM session_board WHERE at_table = $1";
    for (table, parts) in [(0_i64, 0), (1, 2), (2, 1)] {
        assert_eq!(running.house.db.number(sql, values![table]).await.unwrap(), parts, "table {table}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn boards_at_tables_are_there_again_after_a_restart() {
    let running = start("board-tables-restart").await;
    let session = running.tonight().await;
    let (mut lead, mut inside) = boards_at_two_tables(&running).await;
    inside[0].1.act(draw_on(0, &[says("m", 3, "canary-first")])).await.unwrap();
    inside[2].1.act(draw_on(1, &[says("p", 2, "canary-second")])).await.unwrap();
    has(&mut inside[3].1, "p", 2).await;
    // It is written when it has rested.
    tokio::time::sleep(std::time::Duration::from_millis(2_500)).await;
    lead.act(json!({"do": "mic", "on": true})).await.unwrap();
    drop((lead, inside));
    let running = running.restarted().await;
    let wire = async |name: &str| {
        let mut way = way(&running, name).await;
        way.session = session;
        in_room(&way, None).await
    };
    let (mut theo, mut jonas, mut lead) = (wire("Theo").await, wire("Jonas").await, wire("Dr. Amara").await);
    has(&mut theo, "m", 3).await;
    has(&mut jonas, "p", 2).await;
    assert!(!theo.heard.contains("canary-second") && !jonas.heard.contains("canary-first"));
    // A leader who visits has that board and draws on it.
    lead.act(json!({"tool": "tables", "act": {"do": "visit", "table": 1}})).await.unwrap();
    // Announced five seconds before; whoever says nothing for twelve is gone.
    lead.board_until("the board of the table", |board| board.contains_key("p")).await;
    lead.act(draw_on(1, &[thing("from-lead", 1)])).await.unwrap();
    has(&mut jonas, "from-lead", 1).await;
    assert!(!lead.heard.contains("canary-first"));
}
