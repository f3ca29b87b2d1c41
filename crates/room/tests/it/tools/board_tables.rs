//! A whiteboard at a small table: whoever sits there has it, nobody else has a word of it, and it comes back with the tables.

use care::boards::BoardTemplate;
use room::{
    Event, Refusal, RoomCommand, Seat, limits,
    tools::{
        Right, ToolCommand, ToolEvent,
        board::{BoardCommand, BoardEvent, BoardKept, Drawers, Element, ElementKind, ElementWords},
        tables::{How, Spot, TablesCommand},
    },
};

use crate::{
    cast::{LEAD, MAYA, NOT_NOW, Row, THEO, YES, after, attempt, everybody_tries, sees},
    script::{Script, seat},
};

fn act(act: BoardCommand) -> ToolCommand {
    ToolCommand::Board(act)
}

fn here() -> ToolCommand {
    act(BoardCommand::OpenHere { template: None })
}

fn everywhere() -> ToolCommand {
    act(BoardCommand::OpenAtTables { template: None })
}

fn open() -> ToolCommand {
    act(BoardCommand::Open { template: None, who: Drawers::Everybody, names: true })
}

fn draw(board: u32, elements: &[Element]) -> ToolCommand {
    act(BoardCommand::Draw { board, elements: elements.to_vec() })
}

fn says(id: &str, text: &str) -> Element {
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
    Element { words: Some(words), ..Element::plain(id, ElementKind::Text) }
}

fn tables(act: TablesCommand) -> ToolCommand {
    ToolCommand::Tables(act)
}

fn send(of: u8, table: Option<u8>) -> ToolCommand {
    tables(TablesCommand::Put { seat: seat(of), table })
}

#[track_caller]
fn does(script: &mut Script, by: u8, command: ToolCommand) -> Vec<Event> {
    script.tool(by, command.clone()).unwrap_or_else(|refusal| panic!("{refusal:?} for {command:?}"))
}

/// A leader in the circle, 1 to 4 at the first table, 5 to 8 at the second, for ten minutes.
fn at_work() -> Script {
    let mut script = Script::with_members(8);
    script.everybody_in();
    go(&mut script, |of| Some((of - 1) / 4));
    script
}

fn go(script: &mut Script, place: impl Fn(u8) -> Option<u8>) {
    does(script, LEAD, tables(TablesCommand::Lay { how: How::ByHand, prompts: vec![String::new(); 2] }));
    for of in 1..=8 {
        does(script, LEAD, send(of, place(of)));
    }
    does(script, LEAD, tables(TablesCommand::Send { minutes: 10 }));
}

/// What lies where this person is, as they are told it: by board, the texts.
fn reads(script: &Script, by: u8) -> Option<(u32, Vec<String>)> {
    let (board, sheet) = script.room.sheet_of(seat(by))?;
    let texts = sheet.since(0).elements.into_iter().filter_map(|element| element.words).map(|words| words.text);
    assert_eq!(script.view(seat(by)).tools.board.here.map(|here| here.number), Some(board), "the view says which board it is");
    Some((board, texts.collect()))
}

fn board(number: u32, texts: &[&str]) -> Option<(u32, Vec<String>)> {
    Some((number, texts.iter().map(|text| (*text).to_owned()).collect()))
}

fn kept(script: &Script) -> Vec<BoardKept> {
    script.room.tools.board.kept().collect()
}

#[test]
fn the_table_of_boards_at_tables() {
    let lay = [
        (LEAD, tables(TablesCommand::Lay { how: How::ByHand, prompts: vec![String::new(); 2] })),
        (LEAD, send(MAYA, Some(0))),
        (LEAD, send(THEO, Some(0))),
    ];
    let out: Vec<_> = lay.iter().cloned().chain([(LEAD, tables(TablesCommand::Send { minutes: 5 }))]).collect();
    let one: Vec<_> = out.iter().cloned().chain([(MAYA, here())]).collect();
    let all: Vec<_> = out.iter().cloned().chain([(LEAD, everywhere())]).collect();
    let mut visited = after(&all);
    does(&mut visited, LEAD, tables(TablesCommand::Visit { table: Some(0) }));
    visited.pass_seconds(6);
    let back: Vec<_> = all.iter().cloned().chain([(LEAD, tables(TablesCommand::Close { seconds: 0 }))]).collect();
    let states = [
        ("laid", after(&lay)),
        ("out", after(&out)),
        ("one has a board", after(&one)),
        ("all have", after(&all)),
        ("a leader sits there", visited),
        ("back", after(&back)),
    ];
    let at_table: fn(u8) -> Option<Refusal> = |by| (![MAYA, THEO].contains(&by)).then_some(Refusal::NotNow);
    let leads =
        |command: BoardCommand, says: &'static [fn(u8) -> Option<Refusal>]| Row { act: act(command), right: Right::Facilitators, says };
    let (who, names) = (Drawers::Leaders, true);
    everybody_tries(
        &states,
        &[
            Row { act: here(), right: Right::TurnTakers, says: &[NOT_NOW, at_table, NOT_NOW, NOT_NOW, NOT_NOW, NOT_NOW] },
            leads(BoardCommand::OpenAtTables { template: None }, &[NOT_NOW, YES, YES, NOT_NOW, NOT_NOW, NOT_NOW]),
            leads(BoardCommand::Open { template: None, who: who.clone(), names }, &[YES, NOT_NOW, NOT_NOW, NOT_NOW, NOT_NOW, YES]),
            leads(BoardCommand::Let { who }, &[NOT_NOW; 6]),
            leads(BoardCommand::Names { on: true }, &[NOT_NOW, NOT_NOW, NOT_NOW, NOT_NOW, YES, NOT_NOW]),
            leads(BoardCommand::Clear, &[NOT_NOW; 6]),
            leads(BoardCommand::Close, &[NOT_NOW, NOT_NOW, NOT_NOW, NOT_NOW, YES, NOT_NOW]),
        ],
    );
}

/// Members, leaders, whoever changes tables, goes aside or comes back: everybody has the board of the place where they are.
#[test]
fn everybody_has_the_board_of_the_place_where_they_are() {
    let mut script = Script::with_members(8);
    script.everybody_in();
    does(&mut script, LEAD, open());
    does(&mut script, 8, draw(0, &[says("c", "canary-circle")]));
    go(&mut script, |of| (of < 8).then_some((of - 1) / 4));
    does(&mut script, 1, act(BoardCommand::OpenHere { template: Some(BoardTemplate::Values) }));
    does(&mut script, LEAD, everywhere());
    does(&mut script, 2, draw(1, &[says("a", "canary-first")]));
    does(&mut script, 5, draw(2, &[says("a", "canary-second")]));
    let first = |script: &Script, by: u8| reads(script, by).unwrap().1.contains(&"canary-first".to_owned());
    assert!((1..=4).all(|by| first(&script, by)), "with the sheet that was chosen there");
    for by in 5..=7 {
        assert_eq!(reads(&script, by), board(2, &["canary-second"]), "seat {by}");
    }
    for by in [LEAD, 8] {
        assert_eq!(reads(&script, by), board(0, &["canary-circle"]), "the circle's stays where it is, seat {by}");
    }
    for (by, number) in [(1, 0), (1, 2), (5, 1), (8, 1), (LEAD, 2)] {
        assert_eq!(attempt(&script, by, &draw(number, &[says("x", "x")])).err(), Some(Refusal::NotNow), "seat {by} on board {number}");
    }
    does(&mut script, LEAD, draw(0, &[says("l", "canary-leader")]));
    does(&mut script, LEAD, send(1, Some(1)));
    assert_eq!(reads(&script, 1), board(2, &["canary-second"]), "whoever changes tables leaves the board there");
    does(&mut script, LEAD, tables(TablesCommand::Visit { table: Some(0) }));
    assert_eq!(reads(&script, LEAD).unwrap().0, 0, "on the way is not there");
    script.pass_seconds(6);
    assert!(first(&script, LEAD), "a leader who visits has it");
    does(&mut script, LEAD, draw(1, &[says("v", "from a visitor")]));
    does(&mut script, 3, tables(TablesCommand::ComeBack));
    assert_eq!(reads(&script, 3).unwrap().0, 0);
    does(&mut script, LEAD, tables(TablesCommand::Aside { seat: seat(4) }));
    assert_eq!((reads(&script, 4), reads(&script, LEAD)), (None, None), "apart there is none");
    script.pass_seconds(3);
    assert_eq!(script.rebuilt(), script.room);
}

/// The view never holds a word of any board, and of another table's not even that it is there, unless one leads.
#[test]
fn nothing_of_another_table_is_in_anybody_s_view() {
    let bare = at_work();
    let mut script = bare.clone();
    does(&mut script, 1, here());
    does(&mut script, 2, draw(0, &[says("a", "canary-first")]));
    script.pass_seconds(3);
    for by in 5..=8 {
        let mut before = bare.clone();
        before.pass_seconds(3);
        assert_eq!(script.view(seat(by)), before.view(seat(by)), "seat {by} sees the same room as before");
    }
    for by in 0..=8 {
        assert!(!sees(&script, by).contains("canary-first"), "seat {by}");
    }
    let views = |by: u8| script.view(seat(by)).tools.board;
    assert_eq!((views(LEAD).here, views(LEAD).at_tables), (None, Some(vec![0])), "a leader knows that there is one");
    let mine = views(1).here.unwrap();
    assert_eq!((mine.table, mine.may_draw, mine.names, mine.who), (Some(0), true, false, Drawers::Everybody));
    assert_eq!(views(1).at_tables, None);
}

#[test]
fn cursors_are_of_the_table() {
    let mut script = at_work();
    does(&mut script, LEAD, everywhere());
    let cursor = |script: &Script, by: u8, spot: Spot| script.room.tools.board.cursor(&script.room.people[&seat(by)], spot);
    let numbers: Vec<u8> = (1..=4).map(|by| cursor(&script, by, Spot::Table(0)).unwrap().number).collect();
    let different: std::collections::BTreeSet<u8> = numbers.iter().copied().collect();
    assert_eq!(different.len(), 4, "each has one");
    assert!((1..=8).any(|by| cursor(&script, by, Spot::Table(0)) != cursor(&script, by, Spot::Table(1))), "another at another table");
    assert_eq!(cursor(&script, 1, Spot::Circle), None, "there is no board in the circle");
    assert_eq!(cursor(&script, 1, Spot::Aside(Seat(0))), None);
}

/// However the tables come back, what was drawn is written, put away and kept, and the next group at that table begins with nothing.
#[test]
fn boards_come_back_with_the_tables() {
    for way in ["now", "in a while", "time", "the end"] {
        let mut script = at_work();
        does(&mut script, LEAD, everywhere());
        does(&mut script, 1, draw(0, &[says("a", "just now")]));
        match way {
            "now" => drop(does(&mut script, LEAD, tables(TablesCommand::Close { seconds: 0 }))),
            "in a while" => {
                does(&mut script, LEAD, tables(TablesCommand::Close { seconds: 30 }));
                assert!(reads(&script, 1).is_some(), "until then they draw on");
                script.pass_seconds(31);
            }
            "time" => script.pass_seconds(601),
            _ => drop(script.act(LEAD, RoomCommand::End).unwrap()),
        }
        assert!(serde_json::to_string(&script.book).unwrap().contains("just now"), "{way}");
        assert_eq!(script.rebuilt(), script.room, "{way}");
        let kept = kept(&script);
        assert_eq!(kept.iter().map(|one| one.table).collect::<Vec<_>>(), [Some(0)], "{way}: an empty board is not kept");
        assert!(kept[0].parts[&Some(seat(1))].iter().any(|element| element.words.is_some()), "under whose it is");
        if way == "the end" {
            continue;
        }
        assert!((0..=8).all(|by| reads(&script, by).is_none()), "{way}");
        assert_eq!(attempt(&script, 1, &draw(0, &[says("a", "late")])).err(), Some(Refusal::BoardClosed));
        // In the same second: nobody comes to a board that others left there.
        go(&mut script, |of| Some((of - 1) / 4));
        assert!((0..=8).all(|by| reads(&script, by).is_none()), "{way}");
        does(&mut script, 5, here());
        assert_eq!(reads(&script, 5), board(2, &[]), "{way}: with a number that no board has had");
    }
}

#[test]
fn what_the_countdown_puts_away_is_written_once() {
    let mut script = at_work();
    does(&mut script, 1, here());
    script.pass_seconds(598);
    does(&mut script, 1, draw(0, &[says("a", "at the last moment")]));
    script.pass_seconds(10);
    let written = script.book.iter().filter(|stored| matches!(stored.event, Event::Tool(ToolEvent::Board(BoardEvent::Kept { .. }))));
    assert_eq!(written.count(), 1);
    assert!(matches!(script.book.last().unwrap().event, Event::Tool(ToolEvent::Board(BoardEvent::Closed { board: Some(0) }))));
}

/// The circle's board is nobody's at a table: it stays open, as it was, and is there when they come back.
#[test]
fn the_circle_s_board_waits() {
    let mut script = Script::with_members(8);
    script.everybody_in();
    does(&mut script, LEAD, open());
    does(&mut script, 1, draw(0, &[says("a", "before")]));
    go(&mut script, |of| Some((of - 1) / 4));
    assert_eq!((reads(&script, 1), reads(&script, LEAD)), (None, board(0, &["before"])));
    does(&mut script, 1, here());
    does(&mut script, 1, draw(1, &[says("a", "meanwhile")]));
    does(&mut script, LEAD, tables(TablesCommand::Close { seconds: 0 }));
    assert_eq!(reads(&script, 1), board(0, &["before"]));
    assert_eq!(attempt(&script, LEAD, &open()).err(), Some(Refusal::NotNow), "it is open");
    assert_eq!(kept(&script).iter().map(|one| one.table).collect::<Vec<_>>(), [None, Some(0)], "both are kept");
}

#[test]
fn at_a_table_a_leader_clears_lays_back_and_puts_away_that_board_only() {
    let mut script = at_work();
    does(&mut script, LEAD, everywhere());
    does(&mut script, 1, draw(0, &[says("a", "first")]));
    does(&mut script, 5, draw(1, &[says("a", "second")]));
    for command in [BoardCommand::Clear, BoardCommand::Close, BoardCommand::Names { on: true }] {
        assert_eq!(attempt(&script, LEAD, &act(command.clone())).err(), Some(Refusal::NotNow), "{command:?} from afar");
        assert_eq!(attempt(&script, 1, &act(command.clone())).err(), Some(Refusal::NotYours), "{command:?} by a member");
    }
    does(&mut script, LEAD, tables(TablesCommand::Visit { table: Some(0) }));
    script.pass_seconds(6);
    does(&mut script, LEAD, act(BoardCommand::Clear));
    assert_eq!((reads(&script, 1), reads(&script, 5)), (board(0, &[]), board(1, &["second"])));
    does(&mut script, LEAD, act(BoardCommand::LayBack));
    assert_eq!(reads(&script, 1), board(0, &["first"]));
    does(&mut script, LEAD, act(BoardCommand::Close));
    assert_eq!((reads(&script, 1), reads(&script, 5)), (None, board(1, &["second"])));
    does(&mut script, 1, here());
    assert_eq!(reads(&script, 1), board(2, &[]), "and they may take another");
    assert_eq!(script.rebuilt(), script.room);
}

/// Tables and circle are counted apart: neither takes the other's.
#[test]
fn an_evening_has_so_many_boards() {
    let mut script = Script::with_members(8);
    script.everybody_in();
    go(&mut script, |of| Some((of - 1) / 4));
    for _ in 0..limits::TABLE_BOARDS / 2 {
        does(&mut script, LEAD, everywhere());
        does(&mut script, LEAD, tables(TablesCommand::Close { seconds: 0 }));
        go(&mut script, |of| Some((of - 1) / 4));
    }
    assert_eq!(attempt(&script, LEAD, &everywhere()).err(), Some(Refusal::TooMany));
    assert_eq!(attempt(&script, 1, &here()).err(), Some(Refusal::TooMany));
    does(&mut script, LEAD, tables(TablesCommand::Close { seconds: 0 }));
    for _ in 0..limits::BOARDS {
        does(&mut script, LEAD, open());
        does(&mut script, LEAD, act(BoardCommand::Close));
    }
    assert_eq!(attempt(&script, LEAD, &open()).err(), Some(Refusal::TooMany));
}

/// Each board is full by itself, and a table that fills its own leaves the others theirs.
#[test]
fn strokes_are_counted_for_each_board() {
    let mut script = at_work();
    does(&mut script, LEAD, everywhere());
    let many: Vec<Element> = (0..limits::BOARD_ELEMENTS).map(|at| Element::plain(&format!("e{at}"), ElementKind::Rectangle)).collect();
    for share in many.chunks(limits::BOARD_AT_ONCE) {
        does(&mut script, 1, draw(0, share));
    }
    assert_eq!(attempt(&script, 2, &draw(0, &[says("more", "x")])).err(), Some(Refusal::BoardFull));
    does(&mut script, 5, draw(1, &[says("more", "x")]));
}
