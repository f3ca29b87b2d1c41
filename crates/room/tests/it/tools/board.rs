use std::collections::BTreeMap;

use care::boards::BoardTemplate;
use proptest::prelude::*;
use room::{
    Event, Refusal, Room, RoomCommand, Seat, limits,
    tools::{
        Right, ToolCommand, ToolEvent,
        board::{BoardCommand, BoardEvent, Drawers, Element, ElementEnds, ElementHold, ElementKind, ElementWords, printed},
        tables::Spot,
    },
};

use crate::{
    cast::{
        AT_DOOR, GONE, INSIDE, INTERPRETER, LEAD, MAYA, NOT_NOW, OBSERVER, Row, THEO, YES, after, attempt, everybody_tries, full_house,
    },
    script::{Script, seat},
};

fn act(act: BoardCommand) -> ToolCommand {
    ToolCommand::Board(act)
}

fn open(who: Drawers) -> ToolCommand {
    act(BoardCommand::Open { template: None, who, names: true })
}

fn draw(elements: &[Element]) -> ToolCommand {
    draw_on(0, elements)
}

fn draw_on(board: u32, elements: &[Element]) -> ToolCommand {
    act(BoardCommand::Draw { board, elements: elements.to_vec() })
}

fn thing(id: &str, version: u32) -> Element {
    Element { version, nonce: 5, ..Element::plain(id, ElementKind::Rectangle) }
}

fn stroke(id: &str, points: usize) -> Element {
    Element { points: (0..points * 2).map(|at| at as f32).collect(), ..Element::plain(id, ElementKind::Freedraw) }
}

fn says(id: &str, version: u32, text: &str) -> Element {
    let words = ElementWords {
        text: text.into(),
        size: 20.0,
        font: 5,
        align: Default::default(),
        middle: false,
        line: 1.25,
        auto: true,
        inside: None,
    };
    Element { version, words: Some(words), ..Element::plain(id, ElementKind::Text) }
}

fn gone(element: &Element) -> Element {
    Element { version: element.version + 1, ..element.clone().buried() }
}

/// What lies on the open board, by id.
fn lies(script: &Script) -> BTreeMap<String, Element> {
    lies_in(&script.room)
}

fn lies_in(room: &Room) -> BTreeMap<String, Element> {
    let (_, sheet) = room.sheet_of(seat(LEAD)).unwrap();
    sheet.since(0).elements.into_iter().map(|element| (element.id.clone(), element)).collect()
}

#[track_caller]
fn does(script: &mut Script, by: u8, command: ToolCommand) -> Vec<Event> {
    script.tool(by, command.clone()).unwrap_or_else(|refusal| panic!("{refusal:?} for {command:?}"))
}

#[track_caller]
fn refused(script: &Script, by: u8, command: ToolCommand) -> Refusal {
    let mut tried = script.clone();
    let refusal = tried.tool(by, command).expect_err("a no");
    assert_eq!(tried.room, script.room, "a no changes nothing");
    refusal
}

#[test]
fn the_table_of_the_board() {
    let mut drawn = after(&[(LEAD, open(Drawers::Everybody))]);
    does(&mut drawn, MAYA, draw(&[thing("a", 1)]));
    drawn.pass_seconds(5);
    let mut cleared = drawn.clone();
    does(&mut cleared, LEAD, act(BoardCommand::Clear));
    let states = [
        ("none", after(&[])),
        ("open", after(&[(LEAD, open(Drawers::Leaders))])),
        ("drawn on", drawn),
        ("cleared", cleared),
        ("put away", after(&[(LEAD, open(Drawers::Everybody)), (LEAD, act(BoardCommand::Close))])),
    ];
    let lead =
        |command: BoardCommand, says: &'static [fn(u8) -> Option<Refusal>]| Row { act: act(command), right: Right::Facilitators, says };
    let (open, one) = (BoardCommand::Open { template: None, who: Drawers::Everybody, names: false }, Drawers::Named(vec![seat(MAYA)]));
    everybody_tries(
        &states,
        &[
            lead(open, &[YES, NOT_NOW, NOT_NOW, NOT_NOW, YES]),
            lead(BoardCommand::Let { who: one }, &[NOT_NOW, YES, YES, YES, NOT_NOW]),
            lead(BoardCommand::Names { on: false }, &[NOT_NOW, YES, YES, YES, NOT_NOW]),
            lead(BoardCommand::Clear, &[NOT_NOW, NOT_NOW, YES, NOT_NOW, NOT_NOW]),
            lead(BoardCommand::LayBack, &[NOT_NOW, NOT_NOW, NOT_NOW, YES, NOT_NOW]),
            lead(BoardCommand::Close, &[NOT_NOW, YES, YES, YES, NOT_NOW]),
        ],
    );
}

#[test]
fn whoever_may_draw_draws_and_nobody_else() {
    let one = Drawers::Named(vec![seat(THEO)]);
    for (who, may) in [(Drawers::Everybody, &[LEAD, MAYA, THEO][..]), (Drawers::Leaders, &[LEAD]), (one, &[LEAD, THEO])] {
        let script = after(&[(LEAD, open(who.clone()))]);
        for by in INSIDE {
            let told = script.clone().tool(by, draw(&[thing("a", 1)])).err();
            let expected = match by {
                OBSERVER | INTERPRETER => Some(Refusal::NotYours),
                _ => (!may.contains(&by)).then_some(Refusal::NotDrawing),
            };
            assert_eq!(told, expected, "seat {by} with {who:?}");
            assert_eq!(script.view(seat(by)).tools.board.here.unwrap().may_draw, expected.is_none(), "and is told so");
        }
        assert_eq!(refused(&script, AT_DOOR, draw(&[thing("a", 1)])), Refusal::NotInCircle);
    }
    let named = |seats: &[u8]| open(Drawers::Named(seats.iter().copied().map(seat).collect()));
    for strangers in [&[AT_DOOR][..], &[MAYA, GONE], &[99], &[MAYA, MAYA]] {
        assert_eq!(refused(&full_house(), LEAD, named(strangers)), Refusal::NobodyThere, "{strangers:?}");
    }
}

/// Words are whoever's wrote them, and a drawing is whoever's drew it; both may be moved by everybody who draws.
#[test]
fn nobody_takes_away_what_somebody_else_drew() {
    let mut script =
        after(&[(LEAD, act(BoardCommand::Open { template: Some(BoardTemplate::Control), who: Drawers::Everybody, names: false }))]);
    let (note, line) = (says("note", 1, "mine"), thing("line", 1));
    does(&mut script, MAYA, draw(&[note.clone(), line.clone()]));
    assert_eq!(refused(&script, THEO, draw(&[gone(&note)])), Refusal::OthersDrawing);
    assert_eq!(refused(&script, THEO, draw(&[says("note", 2, "not yours")])), Refusal::OthersDrawing);
    does(&mut script, THEO, draw(&[Element { x: 80.0, ..says("note", 2, "mine") }, Element { x: 80.0, ..thing("line", 2) }]));
    does(&mut script, MAYA, draw(&[says("note", 3, "still mine")]));
    does(&mut script, LEAD, draw(&[gone(&thing("line", 2))]));
    assert_eq!(refused(&script, THEO, draw(&[thing("line", 9)])), Refusal::OthersDrawing, "nor brings back what was taken away");
    let label = lies(&script).into_values().find(|element| element.locked && element.words.is_some()).unwrap();
    let moved = Element { x: 1.0, version: 2, ..label };
    assert_eq!(refused(&script, MAYA, draw(std::slice::from_ref(&moved))), Refusal::OthersDrawing, "what is printed stays where it is");
    does(&mut script, LEAD, draw(&[moved]));
}

#[test]
fn a_stroke_is_seen_at_once_and_written_when_it_rests() {
    let mut script = after(&[(LEAD, open(Drawers::Everybody))]);
    for version in 1..=8 {
        assert_eq!(
            does(&mut script, MAYA, draw(&[Element { version, ..stroke("s", 10 * version as usize) }])),
            [],
            "nothing of it is in the book yet"
        );
        assert_eq!(lies(&script)["s"].version, version, "and everybody has it");
    }
    let before = script.book.len();
    script.pass_seconds(2);
    let written: Vec<&Event> = script.book[before..].iter().map(|stored| &stored.event).collect();
    let [Event::Tool(ToolEvent::Board(BoardEvent::Kept { board: Some(0), seat: by, elements }))] = written[..] else {
        panic!("{written:?}")
    };
    assert_eq!((*by, elements.len(), elements[0].version), (Some(seat(MAYA)), 1, 8), "once, and the last of it, under its author");
    assert_eq!(written[0].about(), Some(seat(MAYA)), "sealed under the key of whoever drew");
    script.pass_seconds(60);
    assert_eq!(script.book.len(), before + 1, "it is not written again");
    assert_eq!(lies_in(&script.rebuilt()), lies(&script));
}

#[test]
fn a_stroke_that_goes_on_is_written_now_and_then() {
    let mut script = after(&[(LEAD, open(Drawers::Everybody))]);
    let before = script.book.len();
    for version in 1..=30 {
        does(&mut script, MAYA, draw(&[thing("long", version)]));
        script.pass_seconds(0);
        script.input(room::Input::Tick).unwrap();
        if version % 3 == 0 {
            does(&mut script, MAYA, draw(&[thing("long", version * 100)]));
            script.pass_seconds(1);
        }
    }
    let written = script.book.len() - before;
    assert!((1..=10).contains(&written), "{written}");
}

#[test]
fn the_end_and_the_closing_write_what_is_still_loose() {
    for last in [None, Some(BoardCommand::Close), Some(BoardCommand::Clear)] {
        let mut script = after(&[(LEAD, open(Drawers::Everybody))]);
        does(&mut script, MAYA, draw(&[says("a", 1, "just now")]));
        match last.clone() {
            Some(command) => drop(does(&mut script, LEAD, act(command))),
            None => drop(script.act(LEAD, RoomCommand::End).unwrap()),
        }
        assert!(serde_json::to_string(&script.book).unwrap().contains("just now"), "{last:?}");
        assert_eq!(script.rebuilt(), script.room, "{last:?}");
        assert_eq!(script.room.tools.board.kept().count(), usize::from(last != Some(BoardCommand::Clear)));
    }
}

#[test]
fn what_is_cleared_can_be_laid_back_as_it_was() {
    let mut script =
        after(&[(LEAD, act(BoardCommand::Open { template: Some(BoardTemplate::Feelings), who: Drawers::Everybody, names: false }))]);
    let sheet = lies(&script);
    does(&mut script, MAYA, draw(&[says("a", 4, "here"), stroke("b", 9)]));
    does(&mut script, THEO, draw(&[thing("c", 2)]));
    let drawn = lies(&script);
    does(&mut script, LEAD, act(BoardCommand::Clear));
    assert_eq!(lies(&script), sheet, "what is printed stays");
    assert_eq!(script.view(seat(LEAD)).tools.board.here.map(|board| board.cleared), Some(true));
    assert_eq!(script.view(seat(MAYA)).tools.board.here.map(|board| board.cleared), Some(false), "only leaders are asked");
    does(&mut script, MAYA, draw(&[says("a", 5, "here")]));
    does(&mut script, LEAD, act(BoardCommand::LayBack));
    let bare =
        |all: BTreeMap<String, Element>| -> Vec<Element> { all.into_values().map(|element| Element { version: 0, ..element }).collect() };
    assert_eq!(bare(lies(&script)), bare(drawn));
    assert_eq!(refused(&script, LEAD, act(BoardCommand::LayBack)), Refusal::NotNow, "once");
    script.pass_seconds(3);
    assert_eq!(script.rebuilt(), script.room);
    assert_eq!(refused(&script, THEO, draw(&[gone(&says("a", 20, "here"))])), Refusal::OthersDrawing, "and it is still Maya's");
}

#[test]
fn a_letter_on_its_way_to_a_board_that_was_put_away_does_not_land_on_the_next() {
    let mut script = after(&[(LEAD, open(Drawers::Everybody)), (LEAD, act(BoardCommand::Close))]);
    assert_eq!(refused(&script, MAYA, draw(&[thing("a", 1)])), Refusal::BoardClosed);
    does(&mut script, LEAD, open(Drawers::Everybody));
    assert_eq!(refused(&script, MAYA, draw(&[thing("a", 1)])), Refusal::BoardClosed);
    assert_eq!(refused(&script, MAYA, draw_on(2, &[thing("a", 1)])), Refusal::NotNow, "there was never such a board");
    does(&mut script, MAYA, draw_on(1, &[thing("a", 1)]));
    for number in 2..limits::BOARDS {
        does(&mut script, LEAD, act(BoardCommand::Close));
        does(&mut script, LEAD, open(Drawers::Everybody));
        assert_eq!(script.view(seat(MAYA)).tools.board.here.unwrap().number, number as u32);
    }
    does(&mut script, LEAD, act(BoardCommand::Close));
    assert_eq!(refused(&script, LEAD, open(Drawers::Everybody)), Refusal::TooMany);
}

#[test]
fn nothing_but_a_drawing_is_taken() {
    let script = after(&[(LEAD, open(Drawers::Everybody))]);
    let told = |element: Element| script.clone().tool(MAYA, draw(&[element])).err();
    let ends =
        |id: &str| Some(ElementEnds { head: true, to: Some(ElementHold { id: id.into(), focus: 0.0, gap: 1.0 }), ..Default::default() });
    let words = says("a", 1, "x").words.unwrap();
    let text = |words: ElementWords| Element { words: Some(words), ..says("a", 1, "x") };
    for good in [
        thing("a-_9", 1),
        stroke("a", 2),
        stroke("a", limits::STROKE_POINTS),
        Element { fill: "#ffec99".into(), stroke: "#abcdef80".into(), opacity: 100, rough: 2, ..thing("a", 1) },
        Element { kind: ElementKind::Arrow, ends: ends("b"), ..stroke("a", 2) },
        says("a", 1, &"心".repeat(limits::BOARD_TEXT_CHARS)),
        Element { groups: vec!["g".into(); limits::BOARD_GROUPS], ..thing("a", 1) },
        thing("a", 100_000),
    ] {
        assert_eq!(told(good.clone()), None, "{good:?}");
    }
    let no = Some(Refusal::OutOfRange);
    for bad in [
        thing("", 1),
        thing("a b", 1),
        thing("__proto__\u{0}", 1),
        thing(&"a".repeat(limits::BOARD_NAME_CHARS + 1), 1),
        Element { index: "<".into(), ..thing("a", 1) },
        Element { x: f32::INFINITY, ..thing("a", 1) },
        Element { y: f32::NAN, ..thing("a", 1) },
        Element { w: limits::BOARD_REACH * 2.0, ..thing("a", 1) },
        Element { stroke: "red".into(), ..thing("a", 1) },
        Element { fill: "url(//evil)".into(), ..thing("a", 1) },
        Element { stroke: "#12345".into(), ..thing("a", 1) },
        Element { opacity: 101, ..thing("a", 1) },
        Element { width: 21, ..thing("a", 1) },
        Element { rough: 3, ..thing("a", 1) },
        Element { points: vec![0.0, 0.0], ..thing("a", 1) },
        Element { points: vec![0.0, 0.0, 1.0], ..stroke("a", 2) },
        stroke("a", 1),
        Element { groups: vec!["g".into(); limits::BOARD_GROUPS + 1], ..thing("a", 1) },
        Element { ends: ends("b"), ..thing("a", 1) },
        Element { ends: ends("\"><script>"), ..stroke("a", 2) },
        Element { words: None, ..says("a", 1, "x") },
        Element { words: says("a", 1, "x").words, ..thing("a", 1) },
        text(ElementWords { size: 1.0, ..words.clone() }),
        text(ElementWords { font: 200, ..words.clone() }),
        text(ElementWords { line: f32::NAN, ..words }),
        thing("a", 100_001),
        thing("a", u32::MAX),
    ] {
        assert_eq!(told(bad.clone()), no, "{bad:?}");
    }
    assert_eq!(told(stroke("a", limits::STROKE_POINTS + 1)), Some(Refusal::TooLong { most: limits::STROKE_POINTS as u32 }));
    assert_eq!(
        told(says("a", 1, &"x".repeat(limits::BOARD_TEXT_CHARS + 1))),
        Some(Refusal::TooLong { most: limits::BOARD_TEXT_CHARS as u32 })
    );
    assert_eq!(told(says("a", 1, "a\u{7}b")), Some(Refusal::Unreadable));
    assert_eq!(refused(&script, MAYA, draw(&[thing("a", 1), thing("a", 2)])), Refusal::OutOfRange, "each once");
    assert_eq!(refused(&script, MAYA, draw(&vec![thing("a", 1); limits::BOARD_AT_ONCE + 1])), Refusal::TooMany);
    assert_eq!(refused(&script, MAYA, draw(&[thing("good", 1), thing("", 1)])), Refusal::OutOfRange, "all or nothing");
}

/// Issue 5: an element from a later schema, pictures, pages of other sites.
#[test]
fn a_thing_that_this_server_does_not_know_is_not_read() {
    let good = serde_json::to_value(thing("a", 1)).unwrap();
    let read = |element: serde_json::Value| {
        let act = serde_json::json!({"do": "draw", "board": 0, "elements": [element]});
        serde_json::from_value::<ToolCommand>(serde_json::json!({"tool": "board", "act": act})).is_ok()
    };
    assert!(read(good.clone()));
    for (key, value) in [
        ("kind", serde_json::json!("image")),
        ("kind", serde_json::json!("iframe")),
        ("kind", serde_json::json!("embeddable")),
        ("kind", serde_json::json!("cube")),
        ("link", serde_json::json!("https://elsewhere.example")),
        ("customData", serde_json::json!({"a": 1})),
        ("schema", serde_json::json!(9)),
        ("version", serde_json::json!(-1)),
        ("version", serde_json::json!(4_294_967_296_u64)),
        ("words", serde_json::json!({"text": "x"})),
    ] {
        let mut bent = good.clone();
        bent[key] = value.clone();
        assert!(!read(bent), "{key}: {value}");
    }
    let mut short = good;
    short.as_object_mut().unwrap().remove("nonce");
    assert!(!read(short));
}

#[test]
fn a_board_is_full_at_ten_thousand() {
    let mut script = after(&[(LEAD, open(Drawers::Everybody))]);
    let many: Vec<Element> = (0..limits::BOARD_ELEMENTS).map(|at| thing(&format!("e{at}"), 1)).collect();
    for share in many.chunks(limits::BOARD_AT_ONCE) {
        does(&mut script, MAYA, draw(share));
    }
    assert_eq!(refused(&script, MAYA, draw(&[thing("one-more", 1)])), Refusal::BoardFull);
    does(&mut script, MAYA, draw(&[Element { x: 5.0, ..thing("e0", 2) }]));
    does(&mut script, MAYA, draw(&[gone(&thing("e0", 2)), thing("one-more", 1)]));
    script.pass_seconds(3);
    assert_eq!(script.rebuilt(), script.room);
    let share = script.book.iter().filter_map(|stored| match &stored.event {
        Event::Tool(ToolEvent::Board(BoardEvent::Kept { elements, .. })) => Some(elements.len()),
        _ => None,
    });
    assert!(share.max().unwrap() <= 500, "no event of the book is endless");
}

#[test]
fn a_board_is_full_by_weight_too() {
    let mut script = after(&[(LEAD, open(Drawers::Everybody))]);
    let mut at = 0;
    let refusal = loop {
        match script.tool(MAYA, draw(&[stroke(&format!("s{at}"), limits::STROKE_POINTS)])) {
            Ok(_) => at += 1,
            Err(refusal) => break refusal,
        }
    };
    assert_eq!(refusal, Refusal::BoardFull);
    assert!((200..2_000).contains(&at), "{at} of the longest strokes");
    does(&mut script, LEAD, act(BoardCommand::Clear));
    does(&mut script, MAYA, draw(&[thing("room-again", 1)]));
}

/// Invariant 16: a late joiner gets the exact board, and whoever saw it at some number gets what came after it.
#[test]
fn whoever_comes_late_or_comes_back_has_the_same_board() {
    let mut script =
        after(&[(LEAD, act(BoardCommand::Open { template: Some(BoardTemplate::Timeline), who: Drawers::Everybody, names: false }))]);
    let mut seen: BTreeMap<String, Element> = BTreeMap::new();
    let mut revision = 0;
    for round in 1..60_u32 {
        let id = format!("e{}", round % 7);
        let element = if round % 5 == 0 { gone(&thing(&id, round * 2)) } else { thing(&id, round * 2) };
        let _ = script.tool(MAYA, draw(&[element]));
        if round % 3 == 0 {
            let changes = script.room.sheet_of(seat(LEAD)).unwrap().1.since(revision);
            assert!(changes.elements.len() + changes.gone.len() <= 3 || revision == 0, "no more than what changed");
            seen.retain(|id, _| changes.gone.iter().all(|(one, _)| one != id));
            seen.extend(changes.elements.into_iter().map(|element| (element.id.clone(), element)));
            revision = changes.revision;
            assert_eq!(seen, lies(&script), "after {round}");
        }
    }
    script.admit(AT_DOOR);
    assert!(script.view(seat(AT_DOOR)).tools.board.here.is_some());
}

#[test]
fn every_sheet_can_be_opened_in_both_languages_and_is_checked_like_a_drawing() {
    for template in BoardTemplate::ALL {
        for language in ["en", "es"] {
            let mut script = full_house();
            script.room.opening.language = language.into();
            does(&mut script, LEAD, act(BoardCommand::Open { template: Some(template), who: Drawers::Leaders, names: false }));
            let there = lies(&script);
            assert_eq!(there.len(), printed(template, language).len());
            for element in there.values() {
                assert_eq!(element.check(), Ok(()), "{template:?}");
                assert!(element.locked && element.index.as_str() < "Z", "it lies below all that is drawn");
            }
            assert_eq!(script.room.tools.board.kept().count(), 0, "an empty sheet is not kept");
        }
    }
    let title = |language: &str| {
        let mut script = full_house();
        script.room.opening.language = language.into();
        does(&mut script, LEAD, act(BoardCommand::Open { template: Some(BoardTemplate::Control), who: Drawers::Leaders, names: false }));
        lies(&script)
            .into_values()
            .filter_map(|element| element.words)
            .map(|words| words.text.replace('\n', " "))
            .collect::<Vec<_>>()
            .join("|")
    };
    assert!(title("en").contains("In my hands") && title("es").contains("Está en mis manos"));
}

#[test]
fn what_is_kept_is_each_person_s_own() {
    let mut script =
        after(&[(LEAD, act(BoardCommand::Open { template: Some(BoardTemplate::Coping), who: Drawers::Everybody, names: false }))]);
    does(&mut script, MAYA, draw(&[says("m", 1, "tea")]));
    does(&mut script, THEO, draw(&[says("t", 1, "music"), says("t2", 1, "gone soon")]));
    does(&mut script, THEO, draw(&[gone(&says("t2", 1, ""))]));
    does(&mut script, LEAD, act(BoardCommand::Close));
    does(&mut script, LEAD, open(Drawers::Everybody));
    let kept: Vec<_> = script.room.tools.board.kept().collect();
    let [board] = &kept[..] else { panic!("an empty board is not kept") };
    let of = |by: Option<Seat>| serde_json::to_string(&board.parts[&by]).unwrap();
    assert_eq!(board.template, Some(BoardTemplate::Coping));
    assert!(of(Some(seat(MAYA))).contains("tea") && !of(Some(seat(MAYA))).contains("music"));
    assert!(of(Some(seat(THEO))).contains("music") && !of(Some(seat(THEO))).contains("gone soon"));
    assert!(!of(None).contains("tea"), "and what is printed is nobody's");
}

#[test]
fn a_cursor_has_a_name_or_a_number_that_is_nobody_s() {
    let mut script = after(&[(LEAD, open(Drawers::Named(vec![seat(MAYA)])))]);
    let cursor = |script: &Script, by: u8| script.room.tools.board.cursor(&script.room.people[&seat(by)], Spot::Circle);
    assert_eq!(cursor(&script, MAYA).unwrap().seat, Some(seat(MAYA)));
    assert_eq!((cursor(&script, THEO), cursor(&script, OBSERVER)), (None, None), "whoever does not draw points at nothing");
    does(&mut script, LEAD, act(BoardCommand::Names { on: false }));
    let [lead, maya] = [LEAD, MAYA].map(|by| cursor(&script, by).unwrap());
    assert_eq!((lead.seat, maya.seat), (None, None));
    assert_ne!(lead.number, maya.number, "each has one");
    let numbers: Vec<u8> = (0..6)
        .map(|_| {
            does(&mut script, LEAD, act(BoardCommand::Close));
            does(&mut script, LEAD, act(BoardCommand::Open { template: None, who: Drawers::Everybody, names: false }));
            cursor(&script, MAYA).unwrap().number
        })
        .collect();
    assert!(numbers.iter().any(|number| *number != numbers[0]), "and another on the next board: {numbers:?}");
}

/// The view says that there is a board; what lies on it travels by itself, and no view or event of it names who drew.
#[test]
fn nobody_is_told_who_drew_what() {
    let mut script = after(&[(LEAD, open(Drawers::Everybody))]);
    let mut other = script.clone();
    does(&mut script, MAYA, draw(&[says("a", 1, "canary-board")]));
    does(&mut other, THEO, draw(&[says("a", 1, "canary-board")]));
    for by in INSIDE {
        assert_eq!(script.view(seat(by)), other.view(seat(by)), "whoever drew it, seat {by} sees the same");
        assert!(!crate::cast::sees(&script, by).contains("canary-board"));
    }
    let changes = |script: &Script| script.room.sheet_of(seat(LEAD)).unwrap().1.since(0);
    assert_eq!(changes(&script), changes(&other));
    for state in [&script, &other] {
        attempt(state, LEAD, &act(BoardCommand::Names { on: false })).unwrap();
    }
}

#[derive(Debug, Clone)]
struct Update {
    id: u8,
    version: u32,
    nonce: u32,
}

fn any_update() -> impl Strategy<Value = Update> {
    (0u8..5, 1u32..6, 0u32..4).prop_map(|(id, version, nonce)| Update { id, version, nonce })
}

impl Update {
    fn element(&self) -> Element {
        // What two browsers send under the same version and nonce is the same thing.
        let x = f32::from(self.id) + self.version as f32 * 10.0 + self.nonce as f32;
        let element = Element { version: self.version, nonce: self.nonce, x, ..thing(&format!("e{}", self.id), 1) };
        if (self.version + self.nonce).is_multiple_of(3) { element.buried() } else { element }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    /// The same updates in any order make the same board, and the book tells it again.
    #[test]
    fn everybody_comes_to_the_same_board(updates in prop::collection::vec(any_update(), 1..40), order in any::<prop::sample::Index>(), rests in 1usize..9) {
        let mut one = after(&[(LEAD, open(Drawers::Everybody))]);
        let mut other = one.clone();
        let turned = order.index(updates.len());
        for (at, update) in updates.iter().enumerate() {
            one.tool(LEAD, draw(&[update.element()])).unwrap();
            if at % rests == 0 {
                one.pass_seconds(1);
            }
        }
        for update in updates[turned..].iter().rev().chain(updates[..turned].iter()) {
            other.tool(LEAD, draw(&[update.element()])).unwrap();
        }
        prop_assert_eq!(lies(&one), lies(&other));
        one.pass_seconds(4);
        prop_assert_eq!(&one.rebuilt(), &one.room);
        prop_assert_eq!(lies_in(&one.rebuilt()), lies(&one));
    }

    /// However it is cut into parts, whoever listens has the whole board.
    #[test]
    fn parts_make_the_whole(updates in prop::collection::vec(any_update(), 1..40), looks in prop::collection::vec(any::<bool>(), 40)) {
        let mut script = after(&[(LEAD, open(Drawers::Everybody))]);
        let (mut seen, mut revision) = (BTreeMap::<String, Element>::new(), 0);
        for (update, look) in updates.iter().zip(looks.into_iter().chain([true])) {
            script.tool(LEAD, draw(&[update.element()])).unwrap();
            if look {
                let changes = script.room.sheet_of(seat(LEAD)).unwrap().1.since(revision);
                seen.retain(|id, _| changes.gone.iter().all(|(one, _)| one != id));
                seen.extend(changes.elements.into_iter().map(|element| (element.id.clone(), element)));
                revision = changes.revision;
            }
        }
        let changes = script.room.sheet_of(seat(LEAD)).unwrap().1.since(revision);
        seen.retain(|id, _| changes.gone.iter().all(|(one, _)| one != id));
        seen.extend(changes.elements.into_iter().map(|element| (element.id.clone(), element)));
        prop_assert_eq!(seen, lies(&script));
    }
}
