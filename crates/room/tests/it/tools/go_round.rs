use proptest::prelude::*;
use room::{
    Input, Refusal, RoomCommand, SECOND, Stance, limits,
    tools::{
        Right, ToolCommand,
        go_round::{GoRoundCommand, GoRoundView, Order},
    },
};

use crate::{
    cast::{
        AT_DOOR, INSIDE, INTERPRETER, LEAD, MAYA, NOT_NOW, OBSERVER, Row, THEO, YES, after, attempt, everybody_tries, full_house,
        text_limit,
    },
    script::{Script, seat},
};

const DONE: ToolCommand = ToolCommand::GoRound(GoRoundCommand::Done);
const PASS: ToolCommand = ToolCommand::GoRound(GoRoundCommand::Pass);
const LATER: ToolCommand = ToolCommand::GoRound(GoRoundCommand::ComeBackToMe);
const JOIN: ToolCommand = ToolCommand::GoRound(GoRoundCommand::JoinIn);
const SKIP: ToolCommand = ToolCommand::GoRound(GoRoundCommand::Skip);
const CLOSE: ToolCommand = ToolCommand::GoRound(GoRoundCommand::Close);

fn open_with(prompt: &str, seconds: u16, order: Order) -> ToolCommand {
    ToolCommand::GoRound(GoRoundCommand::Open { prompt: prompt.into(), order, seconds })
}

fn open() -> ToolCommand {
    open_with("One moment", 60, Order::Seats)
}

fn add(seconds: u16) -> ToolCommand {
    ToolCommand::GoRound(GoRoundCommand::AddTime { seconds })
}

fn view(script: &Script) -> GoRoundView {
    script.view(seat(LEAD)).tools.go_round.unwrap()
}

/// Who has the floor, who waits, who has had their turn.
fn state(script: &Script) -> (Option<u8>, Vec<u8>, Vec<(u8, bool)>) {
    let view = view(script);
    let numbers = |seats: &[room::Seat]| seats.iter().map(|seat| seat.0).collect();
    (view.turn.map(|turn| turn.seat.0), numbers(&view.waiting), view.had.iter().map(|had| (had.seat.0, had.spoke)).collect())
}

/// The floor is with seat 0, seats 1 and 2 wait.
const FLOOR_ONLY: fn(u8) -> Option<Refusal> = |by| (by != LEAD).then_some(Refusal::NotYourTurn);
const NOT_YOUR_TURN: fn(u8) -> Option<Refusal> = |_| Some(Refusal::NotYourTurn);

#[test]
fn the_table_of_the_go_round() {
    let through = [(LEAD, open()), (LEAD, DONE), (MAYA, PASS), (THEO, DONE)];
    let closed: Vec<_> = through.iter().cloned().chain([(LEAD, CLOSE)]).collect();
    let states = [
        ("not opened", after(&[])),
        ("the first has the floor", after(&through[..1])),
        ("everybody has had it", after(&through)),
        ("closed", after(&closed)),
    ];
    everybody_tries(
        &states,
        &[
            Row { act: open(), right: Right::Facilitators, says: &[YES, NOT_NOW, NOT_NOW, YES] },
            Row { act: DONE, right: Right::TurnTakers, says: &[NOT_NOW, FLOOR_ONLY, NOT_YOUR_TURN, NOT_NOW] },
            Row { act: PASS, right: Right::TurnTakers, says: &[NOT_NOW, YES, NOT_YOUR_TURN, NOT_NOW] },
            Row { act: LATER, right: Right::TurnTakers, says: &[NOT_NOW, YES, NOT_YOUR_TURN, NOT_NOW] },
            Row { act: JOIN, right: Right::TurnTakers, says: &[NOT_NOW, NOT_NOW, YES, NOT_NOW] },
            Row { act: add(30), right: Right::Facilitators, says: &[NOT_NOW, YES, NOT_NOW, NOT_NOW] },
            Row { act: SKIP, right: Right::Facilitators, says: &[NOT_NOW, YES, NOT_NOW, NOT_NOW] },
            Row { act: CLOSE, right: Right::Facilitators, says: &[NOT_NOW, YES, YES, NOT_NOW] },
        ],
    );
}

#[test]
fn a_turn_is_a_quarter_of_a_minute_to_a_quarter_of_an_hour() {
    let (closed, opened) = (after(&[]), after(&[(LEAD, open())]));
    for (seconds, fits) in [(0, false), (14, false), (15, true), (900, true), (901, false), (u16::MAX, false)] {
        let to_open = attempt(&closed, LEAD, &open_with("p", seconds, Order::Seats)).err();
        assert_eq!(to_open, (!fits).then_some(Refusal::OutOfRange), "{seconds} s");
        assert_eq!(attempt(&opened, LEAD, &add(seconds)).is_ok(), fits, "{seconds} s more");
    }
    text_limit(&closed, LEAD, limits::PROMPT_CHARS, false, |text| open_with(&text, 60, Order::Seats));
}

#[test]
fn everybody_sees_the_same_round() {
    let script = after(&[(LEAD, open()), (LEAD, DONE), (MAYA, PASS)]);
    let seen = view(&script);
    for by in INSIDE {
        assert_eq!(script.view(seat(by)).tools.go_round.as_ref(), Some(&seen), "seat {by}");
    }
    assert_eq!(state(&script), (Some(THEO), vec![], vec![(LEAD, true), (MAYA, false)]));
}

#[test]
fn those_who_take_no_turns_are_not_in_the_order() {
    let (floor, waiting, _) = state(&after(&[(LEAD, open())]));
    let order: Vec<u8> = floor.into_iter().chain(waiting).collect();
    assert_eq!(order, [LEAD, MAYA, THEO], "neither {OBSERVER} nor {INTERPRETER}, nor who is at the door or has gone");
}

#[test]
fn a_pass_said_before_one_s_turn_counts_when_it_was_said() {
    let script = after(&[(LEAD, open()), (THEO, PASS), (MAYA, LATER)]);
    assert_eq!(state(&script), (Some(LEAD), vec![MAYA], vec![(THEO, false)]));
}

#[test]
fn later_goes_to_the_end_and_the_last_one_cannot_put_it_off() {
    let mut script = after(&[(LEAD, open()), (LEAD, LATER)]);
    assert_eq!(state(&script), (Some(MAYA), vec![THEO, LEAD], vec![]));
    script.tool(MAYA, DONE).unwrap();
    script.tool(THEO, DONE).unwrap();
    assert_eq!(attempt(&script, LEAD, &LATER).err(), Some(Refusal::NotNow), "there is nobody to wait for");
    assert!(attempt(&script, LEAD, &PASS).is_ok(), "a pass is always open");
}

#[test]
fn who_has_spoken_may_ask_for_another_turn() {
    let script = after(&[(LEAD, open()), (LEAD, DONE), (LEAD, JOIN)]);
    assert_eq!(state(&script), (Some(MAYA), vec![THEO, LEAD], vec![]), "and is then waiting, not through");
    let over = after(&[(LEAD, open()), (LEAD, DONE), (MAYA, DONE), (THEO, DONE), (MAYA, JOIN)]);
    assert_eq!(state(&over).0, Some(MAYA), "when nobody has the floor it is given at once");
}

#[test]
fn time_is_shown_and_takes_the_floor_from_nobody() {
    let mut script = after(&[(LEAD, open())]);
    let turn = view(&script).turn.unwrap();
    assert_eq!(turn.until - turn.since, 60 * SECOND);
    script.pass_seconds(45);
    script.tool(LEAD, add(30)).unwrap();
    assert_eq!(view(&script).turn.unwrap().until - turn.since, 90 * SECOND, "added to what is left");
    script.pass_seconds(600);
    assert_eq!(state(&script).0, Some(LEAD), "ten minutes over, and still her turn");
    script.tool(LEAD, add(30)).unwrap();
    assert_eq!(view(&script).turn.unwrap().until - script.now(), 30 * SECOND, "an overrun turn is extended from now");
}

#[test]
fn the_next_turn_has_its_whole_time() {
    let mut script = after(&[(LEAD, open())]);
    script.pass_seconds(50);
    script.tool(LEAD, DONE).unwrap();
    let turn = view(&script).turn.unwrap();
    assert_eq!((turn.since, turn.until - turn.since), (script.now(), 60 * SECOND));
}

#[test]
fn moving_on_is_a_pass_for_who_is_there_and_later_for_who_dropped() {
    let mut script = after(&[(LEAD, open()), (LEAD, SKIP)]);
    assert_eq!(state(&script), (Some(MAYA), vec![THEO], vec![(LEAD, false)]));
    script.input(Input::Lost(seat(MAYA))).unwrap();
    script.tool(LEAD, SKIP).unwrap();
    assert_eq!(state(&script), (Some(THEO), vec![MAYA], vec![(LEAD, false)]));
    script.tool(THEO, DONE).unwrap();
    script.tool(LEAD, SKIP).unwrap();
    assert_eq!(state(&script), (None, vec![], vec![(LEAD, false), (THEO, true), (MAYA, false)]), "the last one is not waited for");
}

#[test]
fn the_floor_leaves_with_its_person() {
    for (what, by, act) in [
        ("left", MAYA, RoomCommand::Leave),
        ("removed", LEAD, RoomCommand::Remove { seat: seat(MAYA) }),
        ("sent back", LEAD, RoomCommand::SendBack { seat: seat(MAYA) }),
    ] {
        let mut script = after(&[(LEAD, open()), (LEAD, DONE)]);
        script.act(by, act).unwrap();
        assert_eq!(state(&script), (Some(THEO), vec![], vec![(LEAD, true)]), "{what}");
        assert_eq!(script.rebuilt(), script.room, "{what}");
    }
}

#[test]
fn a_late_comer_is_asked_last_and_a_listener_not_at_all() {
    let mut script = after(&[(LEAD, open())]);
    script.admit(AT_DOOR);
    assert_eq!(state(&script).1, [MAYA, THEO, AT_DOOR]);
    let mut script = full_house();
    script.act(MAYA, RoomCommand::SetStance { stance: Stance::Listening }).unwrap();
    script.tool(LEAD, open()).unwrap();
    assert_eq!(state(&script).1, [THEO]);
    script.act(LEAD, RoomCommand::SendBack { seat: seat(MAYA) }).unwrap();
    script.admit(MAYA);
    assert_eq!(state(&script).1, [THEO], "coming in again is not asking for a turn");
}

/// Dropping out for good while having the floor must not stop the others, and must not cost the turn.
#[test]
fn whoever_drops_with_the_floor_has_it_again_at_the_end() {
    let mut script = after(&[(LEAD, open()), (LEAD, DONE)]);
    script.input(Input::Lost(seat(MAYA))).unwrap();
    script.pass_seconds(14);
    assert_eq!(state(&script).0, Some(MAYA), "a short break costs nothing");
    script.pass_seconds(1);
    assert_eq!(state(&script), (Some(THEO), vec![MAYA], vec![(LEAD, true)]));
}

#[test]
fn a_round_without_anybody_can_be_opened_and_closed() {
    let mut script = full_house();
    for by in [LEAD, MAYA, THEO] {
        script.act(by, RoomCommand::SetStance { stance: Stance::Listening }).unwrap();
    }
    script.tool(LEAD, open()).unwrap();
    assert_eq!(state(&script), (None, vec![], vec![]));
    assert_eq!(attempt(&script, LEAD, &SKIP).err(), Some(Refusal::NotNow));
    assert!(attempt(&script, MAYA, &JOIN).is_ok());
    assert!(attempt(&script, LEAD, &CLOSE).is_ok());
}

#[test]
fn a_new_round_knows_nothing_of_the_last() {
    let script = after(&[(LEAD, open()), (LEAD, DONE), (LEAD, CLOSE), (LEAD, open_with("Another", 30, Order::Seats))]);
    assert_eq!(state(&script), (Some(LEAD), vec![MAYA, THEO], vec![]));
    assert_eq!(view(&script).prompt, "Another");
}

proptest! {
    /// The same luck gives the same order after a restart, and every order names everybody once.
    #[test]
    fn a_drawn_order_names_everybody_once(before in 0u32..60) {
        let mut script = Script::with_members(9);
        script.everybody_in();
        for _ in 0..before {
            script.pass_seconds(1);
        }
        script.tool(LEAD, open_with("p", 60, Order::Random)).unwrap();
        let (floor, mut order, _) = state(&script);
        prop_assert_eq!(script.rebuilt(), script.room.clone());
        order.extend(floor);
        order.sort_unstable();
        prop_assert_eq!(order, (0..=9).collect::<Vec<u8>>());
    }
}

#[test]
fn the_draw_favours_nobody() {
    let mut first = [0u32; 4];
    let mut script = Script::with_members(3);
    script.everybody_in();
    for _ in 0..800 {
        script.tool(LEAD, open_with("p", 60, Order::Random)).unwrap();
        first[usize::from(state(&script).0.unwrap())] += 1;
        script.tool(LEAD, CLOSE).unwrap();
    }
    assert!(first.iter().all(|count| (120..=280).contains(count)), "{first:?}");
}
