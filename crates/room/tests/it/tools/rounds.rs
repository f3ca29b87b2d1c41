//! The two other kinds of go-round: listening, and feedback.

use room::{
    Event, Input, Refusal, RoomCommand, Stance, limits,
    tools::{
        Right, ToolCommand, ToolEvent,
        go_round::{Echo, GoRoundCommand, GoRoundView, Order, RoundKind},
    },
};

use crate::{
    cast::{
        AT_DOOR, INSIDE, LEAD, MAYA, NOBODY, NOT_NOW, OBSERVER, Row, THEO, YES, after, attempt, everybody_tries, full_house, text_limit,
    },
    script::{Script, seat},
};

const DONE: ToolCommand = ToolCommand::GoRound(GoRoundCommand::Done);
const PASS: ToolCommand = ToolCommand::GoRound(GoRoundCommand::Pass);
const LATER: ToolCommand = ToolCommand::GoRound(GoRoundCommand::ComeBackToMe);
const JOIN: ToolCommand = ToolCommand::GoRound(GoRoundCommand::JoinIn);
const SKIP: ToolCommand = ToolCommand::GoRound(GoRoundCommand::Skip);
const CLOSE: ToolCommand = ToolCommand::GoRound(GoRoundCommand::Close);
const YES_THAT: ToolCommand = ToolCommand::GoRound(GoRoundCommand::Heard { so: true });
const NOT_QUITE: ToolCommand = ToolCommand::GoRound(GoRoundCommand::Heard { so: false });
const NOT_ME: ToolCommand = ToolCommand::GoRound(GoRoundCommand::NotMe);
const THANK: ToolCommand = ToolCommand::GoRound(GoRoundCommand::Thank);

fn listening() -> ToolCommand {
    ToolCommand::GoRound(GoRoundCommand::OpenListening { prompt: "One moment".into(), order: Order::Seats, seconds: 60 })
}

fn feedback_for(of: u8, about: &str) -> ToolCommand {
    ToolCommand::GoRound(GoRoundCommand::OpenFeedback { seat: seat(of), about: about.into(), seconds: 60 })
}

fn feedback() -> ToolCommand {
    feedback_for(MAYA, "the letter I wrote")
}

fn view(script: &Script) -> GoRoundView {
    script.view(seat(LEAD)).tools.go_round.unwrap()
}

/// Who has the floor, who says it back and whether once more, who waits.
fn state(script: &Script) -> (Option<u8>, Option<(u8, bool)>, Vec<u8>) {
    let view = view(script);
    let echo = view.echo.map(|Echo { seat, again }| (seat.0, again));
    (view.turn.map(|turn| turn.seat.0), echo, view.waiting.iter().map(|seat| seat.0).collect())
}

fn spoke(script: &Script) -> Vec<(u8, bool)> {
    view(script).had.iter().map(|had| (had.seat.0, had.spoke)).collect()
}

const NOT_YOUR_TURN: fn(u8) -> Option<Refusal> = |_| Some(Refusal::NotYourTurn);

/// Seat 0 speaks first, seat 1 says it back.
#[test]
fn the_table_of_the_listening_round() {
    let acts = [(LEAD, listening()), (LEAD, DONE), (LEAD, NOT_QUITE), (LEAD, YES_THAT)];
    let plain = ToolCommand::GoRound(GoRoundCommand::Open { prompt: "p".into(), order: Order::Seats, seconds: 60 });
    let states = [
        ("none", after(&[])),
        ("the first speaks", after(&acts[..1])),
        ("Maya says it back", after(&acts[..2])),
        ("once more", after(&acts[..3])),
        ("Maya speaks", after(&acts)),
        ("a plain round", after(&[(LEAD, plain)])),
    ];
    let lead: fn(u8) -> Option<Refusal> = |by| (by != LEAD).then_some(Refusal::NotYourTurn);
    let maya: fn(u8) -> Option<Refusal> = |by| (by != MAYA).then_some(Refusal::NotYourTurn);
    let not_lead: fn(u8) -> Option<Refusal> = |by| (by == LEAD).then_some(Refusal::NotNow);
    let over: fn(u8) -> Option<Refusal> = |by| Some(if by == LEAD { Refusal::NotNow } else { Refusal::NotYourTurn });
    let had: fn(u8) -> Option<Refusal> = |by| (by == LEAD).then_some(Refusal::NotYourTurn);
    everybody_tries(
        &states,
        &[
            Row { act: listening(), right: Right::Facilitators, says: &[YES, NOT_NOW, NOT_NOW, NOT_NOW, NOT_NOW, NOT_NOW] },
            Row { act: DONE, right: Right::TurnTakers, says: &[NOT_NOW, lead, over, over, maya, lead] },
            Row { act: PASS, right: Right::TurnTakers, says: &[NOT_NOW, YES, not_lead, not_lead, had, YES] },
            Row { act: LATER, right: Right::TurnTakers, says: &[NOT_NOW, YES, not_lead, not_lead, had, YES] },
            Row { act: YES_THAT, right: Right::TurnTakers, says: &[NOT_NOW, NOT_NOW, lead, lead, NOT_NOW, NOT_NOW] },
            Row { act: NOT_QUITE, right: Right::TurnTakers, says: &[NOT_NOW, NOT_NOW, lead, over, NOT_NOW, NOT_NOW] },
            Row { act: NOT_ME, right: Right::TurnTakers, says: &[NOT_NOW, NOT_NOW, maya, maya, NOT_NOW, NOT_NOW] },
            Row { act: THANK, right: Right::TurnTakers, says: &[NOT_NOW; 6] },
            Row { act: SKIP, right: Right::Facilitators, says: &[NOT_NOW, YES, YES, YES, YES, YES] },
            Row { act: CLOSE, right: Right::Facilitators, says: &[NOT_NOW, YES, YES, YES, YES, YES] },
        ],
    );
    assert!(attempt(&states[1].1, MAYA, &DONE).is_err_and(|no| Some(no) == NOT_YOUR_TURN(MAYA)));
}

#[test]
fn what_was_said_is_said_back_before_the_floor_moves_on() {
    let mut script = after(&[(LEAD, listening()), (LEAD, DONE)]);
    assert_eq!(state(&script), (Some(LEAD), Some((MAYA, false)), vec![MAYA, THEO]), "the floor stays until it is confirmed");
    assert_eq!(script.room.tools.go_round.talking(), Some(seat(MAYA)));
    script.tool(LEAD, NOT_QUITE).unwrap();
    assert_eq!(state(&script).1, Some((MAYA, true)));
    assert_eq!(attempt(&script, LEAD, &NOT_QUITE).err(), Some(Refusal::NotNow), "twice is enough; it is no examination");
    script.tool(LEAD, YES_THAT).unwrap();
    assert_eq!((state(&script), spoke(&script)), ((Some(MAYA), None, vec![THEO]), vec![(LEAD, true)]));
    script.tool(MAYA, DONE).unwrap();
    script.tool(MAYA, YES_THAT).unwrap();
    script.tool(THEO, DONE).unwrap();
    assert_eq!(state(&script).1, Some((LEAD, false)), "the last one is heard by the first");
    script.tool(THEO, YES_THAT).unwrap();
    assert_eq!((state(&script).0, spoke(&script).len()), (None, 3));
    for by in INSIDE {
        assert_eq!(script.view(seat(by)).tools.go_round, Some(view(&script)), "seat {by}");
    }
}

#[test]
fn nobody_has_to_say_it_back() {
    let mut script = after(&[(LEAD, listening()), (LEAD, DONE), (MAYA, NOT_ME)]);
    assert_eq!(state(&script), (Some(LEAD), Some((THEO, false)), vec![MAYA, THEO]), "the next one does, and Maya keeps her own turn");
    script.tool(LEAD, NOT_QUITE).unwrap();
    script.tool(THEO, NOT_ME).unwrap();
    assert_eq!((state(&script), spoke(&script)), ((Some(MAYA), None, vec![THEO]), vec![(LEAD, true)]), "nobody is asked twice");
    script.tool(MAYA, DONE).unwrap();
    assert_eq!(state(&script).1, Some((THEO, false)), "a new turn, a new question");
    let mut skipped = after(&[(LEAD, listening()), (LEAD, DONE), (LEAD, SKIP)]);
    assert_eq!((state(&skipped).0, spoke(&skipped)), (Some(MAYA), vec![(LEAD, true)]), "whoever has spoken has spoken");
    skipped.tool(MAYA, PASS).unwrap();
    assert_eq!(state(&skipped), (Some(THEO), None, vec![]), "a pass is not said back");
}

#[test]
fn whoever_listens_may_go_and_somebody_else_says_it_back() {
    type Go = fn(&mut Script);
    let ways: [(&str, Go); 4] = [
        ("left", |script| drop(script.act(MAYA, RoomCommand::Leave))),
        ("removed", |script| drop(script.act(LEAD, RoomCommand::Remove { seat: seat(MAYA) }))),
        ("sent back", |script| drop(script.act(LEAD, RoomCommand::SendBack { seat: seat(MAYA) }))),
        ("dropped", |script| {
            script.input(Input::Lost(seat(MAYA))).unwrap();
            script.pass_seconds(16);
        }),
    ];
    for (what, go) in ways {
        let mut script = after(&[(LEAD, listening()), (LEAD, DONE)]);
        go(&mut script);
        assert_eq!(state(&script).1, Some((THEO, false)), "{what}");
        assert_eq!(script.rebuilt(), script.room, "{what}");
        script.act(THEO, RoomCommand::Leave).unwrap();
        assert_eq!((state(&script).1, spoke(&script).contains(&(LEAD, true))), (None, true), "{what}: nobody is left to say it back");
    }
    let mut script = after(&[(LEAD, listening()), (LEAD, PASS), (MAYA, DONE)]);
    script.act(MAYA, RoomCommand::Leave).unwrap();
    assert_eq!(state(&script), (Some(THEO), None, vec![]), "a speaker who goes is not said back");
}

#[test]
fn alone_in_the_order_nobody_is_asked() {
    let mut script = full_house();
    for by in [MAYA, THEO] {
        script.act(by, RoomCommand::SetStance { stance: Stance::Listening }).unwrap();
    }
    script.tool(LEAD, listening()).unwrap();
    script.tool(LEAD, DONE).unwrap();
    assert_eq!((state(&script), spoke(&script)), ((None, None, vec![]), vec![(LEAD, true)]), "those who just listen say nothing back");
}

/// Maya asks; seats 0 and 2 give it.
#[test]
fn the_table_of_the_feedback_round() {
    let acts = [(LEAD, feedback()), (LEAD, DONE), (THEO, PASS), (MAYA, THANK)];
    let states = [
        ("none", after(&[])),
        ("the first gives it", after(&acts[..1])),
        ("Theo gives it", after(&acts[..2])),
        ("everybody has", after(&acts[..3])),
        ("over", after(&acts)),
    ];
    let maya: fn(u8) -> Option<Refusal> = |by| (by != MAYA).then_some(Refusal::NotNow);
    let lead: fn(u8) -> Option<Refusal> = |by| (by != LEAD).then_some(Refusal::NotYourTurn);
    let theo: fn(u8) -> Option<Refusal> = |by| (by != THEO).then_some(Refusal::NotYourTurn);
    let not_maya: fn(u8) -> Option<Refusal> = |by| (by == MAYA).then_some(Refusal::NotYourTurn);
    let had: fn(u8) -> Option<Refusal> = |by| (by != LEAD).then_some(Refusal::NotNow);
    let again: fn(u8) -> Option<Refusal> = |by| (by == MAYA).then_some(Refusal::NotNow);
    everybody_tries(
        &states,
        &[
            Row { act: feedback(), right: Right::Facilitators, says: &[YES, NOT_NOW, NOT_NOW, NOT_NOW, YES] },
            Row { act: DONE, right: Right::TurnTakers, says: &[NOT_NOW, lead, theo, NOT_YOUR_TURN, NOT_NOW] },
            Row { act: PASS, right: Right::TurnTakers, says: &[NOT_NOW, not_maya, theo, NOT_YOUR_TURN, NOT_NOW] },
            Row { act: JOIN, right: Right::TurnTakers, says: &[NOT_NOW, NOT_NOW, had, again, NOT_NOW] },
            Row { act: THANK, right: Right::TurnTakers, says: &[NOT_NOW, maya, maya, maya, NOT_NOW] },
            Row { act: NOT_ME, right: Right::TurnTakers, says: &[NOT_NOW; 5] },
            Row { act: YES_THAT, right: Right::TurnTakers, says: &[NOT_NOW; 5] },
            Row { act: CLOSE, right: Right::Facilitators, says: &[NOT_NOW, YES, YES, YES, NOT_NOW] },
        ],
    );
}

#[test]
fn feedback_is_for_somebody_who_is_here_and_takes_turns() {
    let script = full_house();
    for nobody in [AT_DOOR, NOBODY, OBSERVER] {
        assert_eq!(attempt(&script, LEAD, &feedback_for(nobody, "x")).err(), Some(Refusal::NobodyThere), "seat {nobody}");
    }
    text_limit(&script, LEAD, limits::PROMPT_CHARS, false, |about| feedback_for(MAYA, &about));
    for (seconds, fits) in [(14, false), (15, true), (900, true), (901, false)] {
        let act = ToolCommand::GoRound(GoRoundCommand::OpenFeedback { seat: seat(MAYA), about: "x".into(), seconds });
        assert_eq!(attempt(&script, LEAD, &act).err(), (!fits).then_some(Refusal::OutOfRange), "{seconds} s");
    }
    let own = after(&[(LEAD, feedback_for(LEAD, "how I lead"))]);
    assert_eq!(state(&own), (Some(MAYA), None, vec![THEO]), "a leader may ask, too");
}

#[test]
fn whoever_asked_is_not_in_the_order_and_can_end_it_at_any_time() {
    let mut script = after(&[(LEAD, feedback())]);
    assert_eq!((view(&script).kind, view(&script).prompt.as_str()), (RoundKind::Feedback { seat: seat(MAYA) }, "the letter I wrote"));
    assert_eq!(state(&script), (Some(LEAD), None, vec![THEO]));
    let mut late = script.clone();
    late.admit(AT_DOOR);
    assert_eq!(state(&late).2, [THEO, AT_DOOR], "a late comer may give some, too");
    script.tool(MAYA, THANK).unwrap();
    assert_eq!(script.view(seat(LEAD)).tools.go_round, None, "in the middle of a turn, if it is too much");
    assert_eq!(script.rebuilt(), script.room);
}

/// Nobody is talked about behind their back.
#[test]
fn feedback_ends_when_whoever_asked_has_gone() {
    let mut left = after(&[(LEAD, feedback())]);
    left.act(MAYA, RoomCommand::Leave).unwrap();
    let mut back = after(&[(LEAD, feedback())]);
    back.act(LEAD, RoomCommand::SendBack { seat: seat(MAYA) }).unwrap();
    let mut lost = after(&[(LEAD, feedback())]);
    lost.input(Input::Lost(seat(MAYA))).unwrap();
    lost.pass_seconds(14);
    assert!(lost.view(seat(LEAD)).tools.go_round.is_some(), "a short gap ends nothing");
    lost.pass_seconds(1);
    for script in [left, back, lost] {
        assert_eq!(script.view(seat(LEAD)).tools.go_round, None);
        assert_eq!(script.rebuilt(), script.room);
    }
}

/// What somebody wants feedback on is sealed under their key, though a leader typed it.
#[test]
fn what_is_asked_about_belongs_to_whoever_asks() {
    let script = after(&[(LEAD, feedback())]);
    let opened = script.book.iter().find(|stored| matches!(&stored.event, Event::Tool(ToolEvent::GoRound(_)))).unwrap();
    assert_eq!(opened.event.about(), Some(seat(MAYA)));
}
