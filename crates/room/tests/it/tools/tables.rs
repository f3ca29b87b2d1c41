use std::collections::BTreeSet;

use proptest::prelude::*;
use room::{
    Event, HouseNews, Input, Part, Refusal, RoomCommand, Seat, limits,
    tools::{
        Right, ToolCommand, ToolEvent,
        chat::{Audience, ChatCommand},
        tables::{Brought, How, Spot, TablesCommand, TablesEvent, TablesView},
    },
};

use crate::{
    cast::{INTERPRETER, LEAD, MAYA, NOT_NOW, OBSERVER, Row, THEO, YES, after, attempt, everybody_tries, text_limit},
    script::{Script, guest, seat},
};

const CLEAR: ToolCommand = ToolCommand::Tables(TablesCommand::Clear);
const CALL: ToolCommand = ToolCommand::Tables(TablesCommand::Call);
const BACK: ToolCommand = ToolCommand::Tables(TablesCommand::ComeBack);

fn lay(how: How, prompts: &[&str]) -> ToolCommand {
    ToolCommand::Tables(TablesCommand::Lay { how, prompts: prompts.iter().map(|prompt| (*prompt).to_owned()).collect() })
}

fn put(of: u8, table: Option<u8>) -> ToolCommand {
    ToolCommand::Tables(TablesCommand::Put { seat: seat(of), table })
}

fn take(table: u8) -> ToolCommand {
    ToolCommand::Tables(TablesCommand::Take { table })
}

fn send(minutes: u16) -> ToolCommand {
    ToolCommand::Tables(TablesCommand::Send { minutes })
}

fn extend(minutes: u16) -> ToolCommand {
    ToolCommand::Tables(TablesCommand::Extend { minutes })
}

fn tell(text: &str) -> ToolCommand {
    ToolCommand::Tables(TablesCommand::Tell { text: text.into() })
}

fn visit(table: Option<u8>) -> ToolCommand {
    ToolCommand::Tables(TablesCommand::Visit { table })
}

fn answer(table: u8) -> ToolCommand {
    ToolCommand::Tables(TablesCommand::Answer { table })
}

fn note(text: &str) -> ToolCommand {
    ToolCommand::Tables(TablesCommand::Note { text: text.into() })
}

fn close(seconds: u16) -> ToolCommand {
    ToolCommand::Tables(TablesCommand::Close { seconds })
}

fn aside(of: u8) -> ToolCommand {
    ToolCommand::Tables(TablesCommand::Aside { seat: seat(of) })
}

/// A leader and eight members, nobody kept apart but those.
fn nine(apart: &[(u8, u8)]) -> Script {
    let mut script = Script::with_members(8);
    script.room.opening.apart = apart.iter().map(|(one, other)| (seat(*one), seat(*other))).collect();
    script.everybody_in();
    script
}

/// Members 1 to 4 at the first table, 5 to 8 at the second, for ten minutes.
fn two_tables() -> Script {
    let mut script = nine(&[]);
    script.tool(LEAD, lay(How::ByHand, &["Say one thing", "Say another"])).unwrap();
    for of in 1..=8 {
        script.tool(LEAD, put(of, Some((of - 1) / 4))).unwrap();
    }
    script.tool(LEAD, send(10)).unwrap();
    script
}

fn view(script: &Script, by: u8) -> TablesView {
    script.view(seat(by)).tools.tables
}

fn spot(script: &Script, of: u8) -> Spot {
    script.room.tools.tables.spot(seat(of))
}

fn hears(script: &Script, of: u8) -> Vec<u8> {
    script.room.hearing().hears.into_iter().find(|(who, _)| *who == of).map(|(_, others)| others).unwrap_or_default()
}

#[test]
fn the_table_of_tables() {
    let by_hand = [(LEAD, lay(How::ByHand, &["", ""])), (LEAD, put(MAYA, Some(0))), (LEAD, put(THEO, Some(0)))];
    let out: Vec<_> = by_hand.iter().cloned().chain([(LEAD, send(5))]).collect();
    let closed: Vec<_> = out.iter().cloned().chain([(MAYA, note("One thing")), (LEAD, close(0))]).collect();
    let states =
        [("nothing laid", after(&[])), ("laid by hand", after(&by_hand)), ("out", after(&out)), ("back with a note", after(&closed))];
    let only_at_table: fn(u8) -> Option<Refusal> = |by| (![MAYA, THEO].contains(&by)).then_some(Refusal::NotNow);
    let too_few: fn(u8) -> Option<Refusal> = |_| Some(Refusal::TooFewForTables);
    everybody_tries(
        &states,
        &[
            Row { act: lay(How::ByHand, &["", ""]), right: Right::Facilitators, says: &[YES, YES, NOT_NOW, YES] },
            Row { act: lay(How::Choice, &["", ""]), right: Right::Facilitators, says: &[YES, YES, NOT_NOW, YES] },
            Row { act: lay(How::Draw, &["", ""]), right: Right::Facilitators, says: &[too_few, too_few, NOT_NOW, too_few] },
            Row { act: put(MAYA, None), right: Right::Facilitators, says: &[NOT_NOW, YES, YES, NOT_NOW] },
            Row { act: take(0), right: Right::TurnTakers, says: &[NOT_NOW; 4] },
            Row { act: send(5), right: Right::Facilitators, says: &[NOT_NOW, YES, NOT_NOW, NOT_NOW] },
            Row { act: CLEAR, right: Right::Facilitators, says: &[NOT_NOW, YES, NOT_NOW, YES] },
            Row { act: extend(5), right: Right::Facilitators, says: &[NOT_NOW, NOT_NOW, YES, NOT_NOW] },
            Row { act: tell("Two minutes"), right: Right::Facilitators, says: &[NOT_NOW, NOT_NOW, YES, NOT_NOW] },
            Row { act: visit(Some(0)), right: Right::Facilitators, says: &[NOT_NOW, NOT_NOW, YES, NOT_NOW] },
            Row { act: visit(None), right: Right::Facilitators, says: &[NOT_NOW; 4] },
            Row { act: answer(0), right: Right::Facilitators, says: &[NOT_NOW; 4] },
            Row { act: close(30), right: Right::Facilitators, says: &[NOT_NOW, NOT_NOW, YES, NOT_NOW] },
            Row { act: close(0), right: Right::Facilitators, says: &[NOT_NOW, NOT_NOW, YES, NOT_NOW] },
            Row { act: aside(MAYA), right: Right::Facilitators, says: &[YES, YES, YES, YES] },
            Row { act: CALL, right: Right::TurnTakers, says: &[NOT_NOW, NOT_NOW, only_at_table, NOT_NOW] },
            Row { act: note("One thing"), right: Right::TurnTakers, says: &[NOT_NOW, NOT_NOW, only_at_table, NOT_NOW] },
            Row { act: BACK, right: Right::Circle, says: &[NOT_NOW, NOT_NOW, only_at_table, NOT_NOW] },
        ],
    );
}

#[test]
fn numbers_and_texts_have_their_limits() {
    let script = two_tables();
    for minutes in [0, 61, u16::MAX] {
        assert_eq!(attempt(&script, LEAD, &extend(minutes)).err(), Some(Refusal::OutOfRange), "{minutes}");
        let mut laid = nine(&[]);
        laid.tool(LEAD, lay(How::Draw, &["", ""])).unwrap();
        assert_eq!(attempt(&laid, LEAD, &send(minutes)).err(), Some(Refusal::OutOfRange), "{minutes}");
    }
    assert_eq!(attempt(&script, LEAD, &close(121)).err(), Some(Refusal::OutOfRange));
    for act in [put(1, Some(2)), visit(Some(2)), put(1, Some(u8::MAX))] {
        assert_eq!(attempt(&script, LEAD, &act).err(), Some(Refusal::OutOfRange), "{act:?}");
    }
    let circle = nine(&[]);
    for prompts in [vec![], vec![""], vec![""; 8]] {
        assert_eq!(attempt(&circle, LEAD, &lay(How::ByHand, &prompts)).err(), Some(Refusal::OutOfRange), "{}", prompts.len());
    }
    text_limit(&circle, LEAD, limits::PROMPT_CHARS, true, |text| lay(How::ByHand, &[&text, ""]));
    text_limit(&script, LEAD, limits::PROMPT_CHARS, false, |text| tell(&text));
    text_limit(&script, 1, limits::TABLE_NOTE_CHARS, true, |text| note(&text));
    let mut long = script.clone();
    long.tool(LEAD, extend(60)).unwrap();
    assert_eq!(attempt(&long, LEAD, &extend(60)).err(), Some(Refusal::OutOfRange), "an evening is not all tables");
}

/// Invariants 4, 5 and 8: a move changes who hears whom, and nothing else.
#[test]
fn everybody_is_moved_and_keeps_what_is_theirs() {
    let mut script = nine(&[]);
    for by in [1, 2, 5] {
        script.act(by, RoomCommand::Mic { on: true }).unwrap();
    }
    script.act(5, RoomCommand::Camera { on: true }).unwrap();
    script.tool(LEAD, lay(How::ByHand, &["", ""])).unwrap();
    for of in 1..=8 {
        script.tool(LEAD, put(of, Some((of - 1) / 4))).unwrap();
    }
    assert_eq!(hears(&script, 1).len(), 8, "nobody moves while tables are laid");
    let (people, silent) = (script.room.people.clone(), script.room.hearing().silent);
    script.tool(LEAD, send(10)).unwrap();
    assert_eq!((hears(&script, 1), hears(&script, 5)), (vec![2, 3, 4], vec![6, 7, 8]));
    assert_eq!(hears(&script, LEAD), Vec::<u8>::new(), "the leader stays in the circle until she visits");
    assert_eq!((&people, &silent), (&script.room.people, &script.room.hearing().silent), "no microphone, no camera, no part has changed");
    script.tool(LEAD, close(0)).unwrap();
    assert_eq!(hears(&script, 1).len(), 8);
    assert_eq!((people, silent), (script.room.people.clone(), script.room.hearing().silent));
}

/// Invariant 7: nobody has to press anything.
#[test]
fn the_time_is_up_by_itself() {
    let mut script = two_tables();
    script.pass_seconds(599);
    assert_eq!(spot(&script, 1), Spot::Table(0));
    script.tool(LEAD, extend(2)).unwrap();
    script.pass_seconds(119);
    assert_eq!(spot(&script, 8), Spot::Table(1));
    script.tool(LEAD, close(30)).unwrap();
    assert_eq!(view(&script, 1).round.map(|round| round.until), Some(script.now() + 30_000), "the way back is counted down");
    script.pass_seconds(30);
    assert!((0..=8).all(|of| spot(&script, of) == Spot::Circle));
    assert_eq!(script.rebuilt(), script.room);
}

#[test]
fn a_note_is_the_table_s_own_until_it_comes_back() {
    let mut script = two_tables();
    script.tool(1, note("canary-first")).unwrap();
    script.tool(2, note("canary-first, and more")).unwrap();
    for (by, sees) in [(1, true), (4, true), (5, false), (LEAD, false)] {
        assert_eq!(serde_json::to_string(&script.view(seat(by))).unwrap().contains("canary-first"), sees, "seat {by}");
    }
    let lead = view(&script, LEAD).round.unwrap().lead.unwrap();
    assert_eq!(lead.iter().map(|table| table.noted).collect::<Vec<_>>(), [true, false], "that there is one, the leader may know");
    script.tool(LEAD, close(0)).unwrap();
    let brought = vec![Brought { table: 0, text: "canary-first, and more".into() }];
    assert!((0..=8).all(|by| view(&script, by).brought == brought), "back in the circle it is everybody's, without a name");
    script.tool(LEAD, CLEAR).unwrap();
    assert!(view(&script, 1).brought.is_empty());
}

#[test]
fn a_note_is_sealed_under_the_key_of_whoever_wrote_it() {
    let event = |event| Event::Tool(ToolEvent::Tables(event)).about();
    assert_eq!(event(TablesEvent::Noted { seat: seat(4), table: 0, text: "x".into() }), Some(seat(4)));
    assert_eq!(event(TablesEvent::Closed), None);
}

#[test]
fn a_visit_is_announced_and_ends_a_call() {
    let mut script = two_tables();
    script.tool(6, CALL).unwrap();
    let table = |script: &Script| view(script, LEAD).round.unwrap().lead.unwrap()[1].clone();
    assert_eq!((table(&script).called, table(&script).visited), (Some(script.now()), None));
    assert!(view(&script, 7).round.unwrap().mine.unwrap().called, "those at the table see that somebody has called");
    assert!(!view(&script, 1).round.unwrap().mine.unwrap().called, "and nobody else");
    script.tool(LEAD, visit(Some(1))).unwrap();
    assert_eq!(view(&script, 5).round.unwrap().mine.unwrap().coming, [seat(LEAD)]);
    assert_eq!(hears(&script, 5), [6, 7, 8], "she does not listen before she is there");
    script.pass_seconds(5);
    assert_eq!(hears(&script, 5), [0, 6, 7, 8]);
    assert_eq!((table(&script).called, table(&script).visited), (None, Some(script.now())));
    script.tool(LEAD, visit(Some(0))).unwrap();
    assert_eq!(spot(&script, LEAD), Spot::Circle, "on the way she is at neither");
    script.tool(LEAD, visit(None)).unwrap();
    script.pass_seconds(10);
    assert_eq!(spot(&script, LEAD), Spot::Circle, "a visit that was called off does not happen");
    script.tool(2, CALL).unwrap();
    script.tool(LEAD, answer(0)).unwrap();
    assert!(!view(&script, 2).round.unwrap().mine.unwrap().called);
}

#[test]
fn nobody_is_ever_alone_at_a_table() {
    let mut script = nine(&[]);
    script.tool(LEAD, lay(How::ByHand, &["", ""])).unwrap();
    assert_eq!(attempt(&script, LEAD, &send(5)).err(), Some(Refusal::TooFewForTables), "nobody was put anywhere");
    script.tool(LEAD, put(1, Some(0))).unwrap();
    assert_eq!(attempt(&script, LEAD, &send(5)).err(), Some(Refusal::Alone));
    script.tool(LEAD, put(2, Some(0))).unwrap();
    script.tool(LEAD, send(5)).unwrap();
    assert_eq!(attempt(&script, LEAD, &put(3, Some(1))).err(), Some(Refusal::Alone), "not while tables are out either");
    script.tool(2, BACK).unwrap();
    script.pass_seconds(1);
    assert_eq!((spot(&script, 1), spot(&script, 2)), (Spot::Circle, Spot::Circle), "whoever was left is brought back, too");
    for leaves in [RoomCommand::Leave, RoomCommand::Camera { on: true }] {
        let mut script = two_tables();
        for by in 2..=4 {
            script.act(by, leaves.clone()).unwrap();
        }
        let expected = if leaves == RoomCommand::Leave { Spot::Circle } else { Spot::Table(0) };
        assert_eq!(spot(&script, 1), expected, "{leaves:?}");
    }
}

/// A lost line is not a goodbye: the table waits as long as the chair does, and the place is kept for the way back.
#[test]
fn who_drops_out_at_a_table_comes_back_to_it() {
    let mut script = two_tables();
    script.input(Input::Lost(seat(3))).unwrap();
    script.pass_seconds(60);
    assert_eq!((spot(&script, 3), hears(&script, 1)), (Spot::Table(0), vec![2, 4]));
    script.input(Input::Connected(seat(3))).unwrap();
    assert_eq!(hears(&script, 3), [1, 2, 4]);
    for of in [2, 3, 4] {
        script.input(Input::Lost(seat(of))).unwrap();
    }
    script.pass_seconds(10);
    assert_eq!(spot(&script, 1), Spot::Table(0), "they may be back in a moment");
    script.pass_seconds(10);
    assert_eq!(spot(&script, 1), Spot::Circle, "nobody waits alone for people who are away");
    script.tool(LEAD, close(0)).unwrap();
    script.input(Input::Connected(seat(2))).unwrap();
    assert_eq!(spot(&script, 2), Spot::Circle, "invariant 6: whoever comes back late is where everybody is");
}

#[test]
fn pairs_who_are_kept_apart_never_meet_and_members_never_learn_why() {
    let mut script = nine(&[(1, 2)]);
    script.tool(LEAD, lay(How::ByHand, &["", ""])).unwrap();
    script.tool(LEAD, put(1, Some(0))).unwrap();
    assert_eq!(attempt(&script, LEAD, &put(2, Some(0))).err(), Some(Refusal::KeptApart));
    script.tool(LEAD, lay(How::Choice, &["", ""])).unwrap();
    script.tool(1, take(0)).unwrap();
    assert_eq!(attempt(&script, 2, &take(0)).err(), Some(Refusal::TableFull), "the table says that it is full");
    assert!(!serde_json::to_string(&script.view(seat(2))).unwrap().contains("apart"));
    script.tool(2, take(1)).unwrap();
    script.tool(LEAD, send(5)).unwrap();
    assert_eq!(attempt(&script, LEAD, &put(2, Some(0))).err(), Some(Refusal::KeptApart));
    let mut hopeless = Script::with_members(4);
    hopeless.room.opening.apart = vec![(seat(1), seat(2)), (seat(1), seat(3)), (seat(2), seat(3))];
    hopeless.everybody_in();
    assert_eq!(attempt(&hopeless, LEAD, &lay(How::Draw, &["", ""])).err(), Some(Refusal::KeptApart), "it is said when it cannot be done");
}

fn news(script: &mut Script, apart: &[(u8, u8)], unwelcome: &[u8]) -> Vec<room::Event> {
    let apart = apart.iter().map(|(one, other)| (seat(*one), seat(*other))).collect();
    let unwelcome = unwelcome.iter().map(|of| seat(*of)).collect();
    script.input(Input::HouseNews(HouseNews { apart, unwelcome, ..HouseNews::default() })).unwrap()
}

/// L7: set on a page while the session runs. From then on they do not meet, and nobody is torn from a table for it.
#[test]
fn a_pair_that_is_set_while_the_room_is_open_holds_from_then_on() {
    let mut script = nine(&[]);
    script.tool(LEAD, lay(How::Choice, &["", ""])).unwrap();
    script.tool(1, take(0)).unwrap();
    let before = script.view(seat(2));
    assert_eq!(news(&mut script, &[(1, 2)], &[]).len(), 1);
    assert!(news(&mut script, &[(1, 2)], &[]).is_empty(), "the same news twice is no news");
    assert_eq!(script.view(seat(2)), before, "neither of the two learns of it");
    assert_eq!(attempt(&script, 2, &take(0)).err(), Some(Refusal::TableFull));
    script.tool(3, take(0)).unwrap();
    assert_eq!(script.rebuilt(), script.room);
    let mut sits = two_tables();
    let before: Vec<_> = (1..=8).map(|of| sits.view(seat(of))).collect();
    assert!(sits.view(seat(LEAD)).tools.tables.round.unwrap().lead.unwrap().iter().all(|table| !table.apart));
    news(&mut sits, &[(1, 2)], &[]);
    assert_eq!((1..=8).map(|of| sits.view(seat(of))).collect::<Vec<_>>(), before, "they go on talking");
    let marked =
        |script: &Script| -> Vec<bool> { view(script, LEAD).round.unwrap().lead.unwrap().iter().map(|table| table.apart).collect() };
    assert_eq!(marked(&sits), [true, false], "whoever leads sees where");
    sits.tool(LEAD, put(5, Some(0))).unwrap();
    sits.tool(LEAD, put(2, Some(1))).unwrap();
    assert_eq!((marked(&sits), attempt(&sits, LEAD, &put(2, Some(0))).err()), (vec![false, false], Some(Refusal::KeptApart)));
    assert_eq!(sits.rebuilt(), sits.room);
    news(&mut sits, &[], &[]);
    assert!(attempt(&sits, LEAD, &put(2, Some(0))).is_ok(), "taken back on the page, it is taken back here");
}

#[test]
fn members_choose_without_seeing_who_chose_what() {
    let mut script = nine(&[]);
    script.tool(LEAD, lay(How::Choice, &["Talk", "Write"])).unwrap();
    for by in 1..=5 {
        script.tool(by, take(0)).unwrap();
    }
    assert_eq!(attempt(&script, 6, &take(0)).err(), Some(Refusal::TableFull), "an even share and one more");
    assert_eq!(attempt(&script, 6, &take(2)).err(), Some(Refusal::NotNow));
    let plan = view(&script, 3).plan.unwrap();
    assert_eq!((plan.mine, plan.taken, plan.places), (Some(0), vec![5, 0], None));
    assert_eq!(view(&script, LEAD).plan.unwrap().places.unwrap().len(), 5);
    script.tool(3, take(1)).unwrap();
    script.tool(LEAD, send(5)).unwrap();
    assert_eq!(spot(&script, 3), Spot::Table(1));
    assert!((1..=8).all(|of| spot(&script, of) != Spot::Circle), "whoever did not choose is given a chair");
    let laid = nine(&[]);
    let by_hand = attempt(&laid, LEAD, &lay(How::ByHand, &["", ""])).unwrap();
    assert_eq!(view(&by_hand, 1).plan, None, "what a leader lays by hand is not for members to watch");
}

/// L18: one member apart with one leader, while the group goes on.
#[test]
fn an_aside_is_for_two_and_ends_when_either_wants() {
    let mut script = two_tables();
    script.tool(LEAD, aside(1)).unwrap();
    assert_eq!((spot(&script, 1), spot(&script, LEAD)), (Spot::Aside(seat(LEAD)), Spot::Aside(seat(LEAD))));
    assert_eq!((hears(&script, 1), hears(&script, 2)), (vec![LEAD], vec![3, 4]));
    assert_eq!(view(&script, 5).spots.get(&1), Some(&Spot::Aside(seat(LEAD))), "nobody is anywhere unseen");
    for (by, act) in [(LEAD, aside(2)), (LEAD, visit(Some(0))), (LEAD, put(1, Some(0)))] {
        assert_eq!(attempt(&script, by, &act).err(), Some(Refusal::NotNow), "{act:?}");
    }
    for by in [1, LEAD] {
        let both = attempt(&script, by, &BACK).unwrap();
        assert_eq!((spot(&both, 1), spot(&both, LEAD)), (Spot::Circle, Spot::Circle), "ended by seat {by}");
    }
    script.act(1, RoomCommand::Leave).unwrap();
    assert_eq!(spot(&script, LEAD), Spot::Circle, "nobody stays apart with nobody");
    assert_eq!(attempt(&script, LEAD, &aside(LEAD)).err(), Some(Refusal::NotNow));
    assert_eq!(attempt(&script, LEAD, &aside(1)).err(), Some(Refusal::NobodyThere));
}

/// What is said at a table stays at the table: also for those who sit down later, and for leaders.
#[test]
fn words_stay_among_those_who_were_there() {
    let say = |text: &str, to| ToolCommand::Chat(ChatCommand::Say { text: text.into(), to });
    let mut script = two_tables();
    script.tool(1, say("canary-table", Audience::Circle)).unwrap();
    script.tool(1, say("canary-quiet", Audience::Facilitators)).unwrap();
    script.tool(LEAD, say("canary-circle", Audience::Circle)).unwrap();
    script.tool(LEAD, visit(Some(0))).unwrap();
    script.pass_seconds(6);
    script.tool(LEAD, put(5, Some(0))).unwrap();
    let reads = |script: &Script, by: u8, text: &str| serde_json::to_string(&script.view(seat(by)).tools.chat).unwrap().contains(text);
    for close_first in [false, true] {
        if close_first {
            script.tool(LEAD, close(0)).unwrap();
        }
        for by in 0..=8 {
            assert_eq!(reads(&script, by, "canary-table"), (1..=4).contains(&by), "seat {by}");
            assert_eq!(reads(&script, by, "canary-quiet"), [LEAD, 1].contains(&by), "seat {by}");
            assert!(reads(&script, by, "canary-circle"), "what is said in the circle is for everybody: seat {by}");
        }
    }
}

#[test]
fn who_arrives_late_stands_in_the_circle_and_may_be_seated() {
    let mut script = two_tables();
    script.input(Input::Arrived(guest(9, Part::Member))).unwrap();
    script.input(Input::Connected(seat(9))).unwrap();
    script.admit(9);
    assert_eq!(spot(&script, 9), Spot::Circle);
    assert_eq!(hears(&script, LEAD), [9]);
    script.tool(LEAD, put(9, Some(1))).unwrap();
    assert_eq!(hears(&script, 9), [5, 6, 7, 8]);
}

#[test]
fn only_members_are_seated_by_lot() {
    let mut script = after(&[]);
    for number in [9, 10] {
        script.input(Input::Arrived(guest(number, Part::Member))).unwrap();
        script.input(Input::Connected(seat(number))).unwrap();
        script.admit(number);
    }
    script.tool(LEAD, lay(How::Draw, &["", ""])).unwrap();
    script.tool(LEAD, send(5)).unwrap();
    for (of, sits) in [(LEAD, false), (OBSERVER, false), (INTERPRETER, false), (MAYA, true), (THEO, true), (9, true), (10, true)] {
        assert_eq!(spot(&script, of) != Spot::Circle, sits, "seat {of}");
    }
    script.tool(LEAD, put(INTERPRETER, Some(0))).unwrap();
    assert_eq!(spot(&script, INTERPRETER), Spot::Table(0), "an interpreter goes where they are needed");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    /// Even shares, nobody left out, nobody alone, nobody with whom they are kept apart from.
    #[test]
    fn lots_are_fair(members in 4u8..=14, tables in 2u8..=7, pair in (1u8..=4, 1u8..=4), evenings in 1usize..4) {
        prop_assume!(members >= tables * 2);
        let mut script = Script::with_members(members);
        let apart = (pair.0 != pair.1).then_some((seat(pair.0), seat(pair.1)));
        script.room.opening.apart = apart.into_iter().collect();
        script.everybody_in();
        let prompts = vec![""; usize::from(tables)];
        for _ in 0..evenings {
            prop_assert!(script.tool(LEAD, lay(How::Draw, &prompts)).is_ok());
            prop_assert!(script.tool(LEAD, send(5)).is_ok());
            let at: Vec<Spot> = (1..=members).map(|of| spot(&script, of)).collect();
            let sizes: Vec<usize> = (0..tables).map(|table| at.iter().filter(|spot| **spot == Spot::Table(table)).count()).collect();
            prop_assert_eq!(sizes.iter().sum::<usize>(), usize::from(members));
            prop_assert!(sizes.iter().max().zip(sizes.iter().min()).is_some_and(|(most, least)| most - least <= 1 && *least >= 2));
            if let Some((one, other)) = apart {
                prop_assert!(spot(&script, one.0) != spot(&script, other.0));
            }
            prop_assert!(script.tool(LEAD, close(0)).is_ok());
        }
    }
}

/// Hearing is mutual and within one spot, whatever the tables do; used by the invariants over all commands.
#[track_caller]
pub fn hearing_is_mutual(script: &Script) {
    let hearing = script.room.hearing();
    let pairs: BTreeSet<(u8, u8)> = hearing.hears.iter().flat_map(|(who, others)| others.iter().map(|other| (*who, *other))).collect();
    for (who, other) in &pairs {
        assert!(pairs.contains(&(*other, *who)), "{who} hears {other} unheard");
        assert!(script.room.together(Seat(*who), Seat(*other)));
    }
}
