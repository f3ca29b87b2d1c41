use proptest::prelude::*;
use room::{
    Event, Input, MINUTE, Refusal, RoomCommand, RoomEvent,
    tools::{
        Right, ToolCommand,
        calm::{CalmCommand, CalmView, Exercise, Pausing},
    },
};

use crate::{
    cast::{
        AT_DOOR, GONE, INSIDE, INTERPRETER, LEAD, MAYA, NOBODY, NOT_NOW, OBSERVER, Row, THEO, YES, after, attempt, everybody_tries,
        full_house,
    },
    script::{Script, seat},
};

const ENOUGH: ToolCommand = ToolCommand::Calm(CalmCommand::Enough);

fn open(of: Option<u8>, minutes: u16) -> ToolCommand {
    ToolCommand::Calm(CalmCommand::Open { exercise: Exercise::Breathing, seat: of.map(seat), minutes })
}

fn close(of: Option<u8>) -> ToolCommand {
    ToolCommand::Calm(CalmCommand::Close { seat: of.map(seat) })
}

fn take(exercise: Exercise) -> ToolCommand {
    ToolCommand::Calm(CalmCommand::Take { exercise })
}

fn mine(script: &Script, by: u8) -> Option<CalmView> {
    script.view(seat(by)).tools.calm.mine
}

#[test]
fn the_table_of_the_pause() {
    let states = [
        ("none", after(&[])),
        ("for everybody", after(&[(LEAD, open(None, 2))])),
        ("for Maya", after(&[(LEAD, open(Some(MAYA), 2))])),
        ("ended", after(&[(LEAD, open(None, 2)), (LEAD, close(None))])),
        ("Maya's own", after(&[(MAYA, take(Exercise::Senses))])),
    ];
    let not_maya: fn(u8) -> Option<Refusal> = |by| (by == MAYA).then_some(Refusal::NotNow);
    let only_maya: fn(u8) -> Option<Refusal> = |by| (by != MAYA).then_some(Refusal::NotNow);
    let nobody: fn(u8) -> Option<Refusal> = |_| Some(Refusal::NobodyThere);
    everybody_tries(
        &states,
        &[
            Row { act: open(None, 2), right: Right::Facilitators, says: &[YES; 5] },
            Row { act: open(Some(MAYA), 2), right: Right::Facilitators, says: &[YES, YES, YES, YES, NOT_NOW] },
            Row { act: open(Some(AT_DOOR), 2), right: Right::Facilitators, says: &[nobody; 5] },
            Row { act: open(Some(NOBODY), 2), right: Right::Facilitators, says: &[nobody; 5] },
            Row { act: close(None), right: Right::Facilitators, says: &[NOT_NOW, YES, NOT_NOW, NOT_NOW, NOT_NOW] },
            Row { act: close(Some(MAYA)), right: Right::Facilitators, says: &[NOT_NOW, NOT_NOW, YES, NOT_NOW, NOT_NOW] },
            Row { act: ENOUGH, right: Right::Circle, says: &[NOT_NOW, YES, only_maya, NOT_NOW, only_maya] },
            Row { act: take(Exercise::Breathing), right: Right::TurnTakers, says: &[YES; 5] },
            Row { act: take(Exercise::Senses), right: Right::TurnTakers, says: &[YES, YES, YES, YES, not_maya] },
        ],
    );
    for minutes in [0, 11, u16::MAX] {
        assert_eq!(attempt(&full_house(), LEAD, &open(None, minutes)).err(), Some(Refusal::OutOfRange), "{minutes}");
    }
}

#[test]
fn it_is_for_everybody_and_ends_by_itself() {
    let mut script = after(&[(LEAD, open(None, 2))]);
    let until = script.now() + 2 * MINUTE;
    assert!(INSIDE.iter().all(|by| mine(&script, *by).is_some_and(|pause| pause.all && pause.until == Some(until))));
    script.tool(THEO, ENOUGH).unwrap();
    assert_eq!(mine(&script, THEO), None, "nobody has to");
    assert!(mine(&script, MAYA).is_some(), "and the others go on");
    script.pass_seconds(119);
    assert!(mine(&script, MAYA).is_some());
    script.pass_seconds(1);
    assert!(INSIDE.iter().all(|by| mine(&script, *by).is_none()));
    script.tool(LEAD, open(None, 1)).unwrap();
    assert!(mine(&script, THEO).is_some(), "the next one is offered anew");
    assert_eq!(script.rebuilt(), script.room);
}

/// L18: that one person needed a moment is between them and the leaders.
#[test]
fn for_one_person_nobody_else_is_told() {
    let before = after(&[]);
    let script = after(&[(LEAD, open(Some(MAYA), 3))]);
    assert!(mine(&script, MAYA).is_some_and(|pause| !pause.all));
    assert_eq!(script.view(seat(LEAD)).tools.calm.singly, Some(vec![Pausing { seat: seat(MAYA), since: script.now(), own: false }]));
    for by in [THEO, OBSERVER] {
        assert_eq!(script.view(seat(by)), before.view(seat(by)), "seat {by} sees the same room as before");
    }
    let mut gone = script.clone();
    gone.act(MAYA, RoomCommand::Leave).unwrap();
    assert_eq!(gone.view(seat(LEAD)).tools.calm.singly, Some(vec![]));
    let mut lost = script.clone();
    lost.input(Input::Lost(seat(MAYA))).unwrap();
    lost.pass_seconds(30);
    lost.input(Input::Connected(seat(MAYA))).unwrap();
    assert!(mine(&lost, MAYA).is_some(), "it is there again after a gap in the line");
    lost.pass_seconds(180);
    assert_eq!(mine(&lost, MAYA), None);
    let mut both = script.clone();
    both.tool(LEAD, open(None, 5)).unwrap();
    both.tool(MAYA, ENOUGH).unwrap();
    assert!(mine(&both, MAYA).is_some_and(|pause| pause.all), "her own ends first");
}

/// Taken without asking: on one's own screen, unheard, and as long as it takes. To the others the microphone is off and nothing more.
#[test]
fn somebody_takes_a_moment_and_comes_back_when_they_like() {
    let mut muted = full_house();
    let mut script = full_house();
    muted.act(MAYA, RoomCommand::Mic { on: false }).unwrap();
    script.act(MAYA, RoomCommand::Mic { on: true }).unwrap();
    let events = script.tool(MAYA, take(Exercise::Breathing)).unwrap();
    assert_eq!(events[0], Event::Room(RoomEvent::MicSet { seat: seat(MAYA), on: false }));
    assert!(script.room.hearing().silent.contains(&MAYA));
    let pause = mine(&script, MAYA).unwrap();
    assert_eq!((pause.until, pause.all, pause.own), (None, false, true));
    for by in [THEO, OBSERVER, INTERPRETER] {
        assert_eq!(script.view(seat(by)), muted.view(seat(by)), "seat {by} sees a microphone that is off");
    }
    let since = pause.since;
    assert_eq!(script.view(seat(LEAD)).tools.calm.singly, Some(vec![Pausing { seat: seat(MAYA), since, own: true }]));
    let mic = script.act(MAYA, RoomCommand::Mic { on: true });
    assert_eq!(mic.err(), Some(Refusal::Resting), "a key pressed by mistake is not heard by the group");
    script.act(MAYA, RoomCommand::Mic { on: false }).unwrap();
    script.pass_minutes(40);
    assert!(mine(&script, MAYA).is_some(), "nothing pulls them back");
    assert!(script.leader().suggestion.is_none_or(|one| one.seat != seat(MAYA)), "nor is a leader told to ask them");
    script.tool(LEAD, open(None, 2)).unwrap();
    assert!(mine(&script, MAYA).is_some_and(|pause| pause.own), "their own stays before that of all");
    script.tool(MAYA, take(Exercise::Senses)).unwrap();
    script.tool(MAYA, ENOUGH).unwrap();
    assert!(mine(&script, MAYA).is_some_and(|pause| pause.all && !pause.own));
    assert!(!script.room.people[&seat(MAYA)].mic, "no microphone opens by itself");
    script.act(MAYA, RoomCommand::Mic { on: true }).unwrap();
    assert_eq!(script.rebuilt(), script.room);
}

#[test]
fn a_moment_ends_with_whoever_took_it_and_outlives_a_gap_in_the_line() {
    let script = after(&[(MAYA, take(Exercise::Quiet))]);
    for act in [RoomCommand::SendBack { seat: seat(MAYA) }, RoomCommand::Remove { seat: seat(MAYA) }] {
        let mut gone = script.clone();
        gone.act(LEAD, act).unwrap();
        assert_eq!(gone.view(seat(LEAD)).tools.calm.singly, Some(vec![]));
    }
    let mut lost = script.clone();
    lost.input(Input::Lost(seat(MAYA))).unwrap();
    lost.pass_seconds(30);
    lost.input(Input::Connected(seat(MAYA))).unwrap();
    assert!(mine(&lost, MAYA).is_some_and(|pause| pause.own));
    assert_eq!(attempt(&lost, GONE, &take(Exercise::Quiet)).err(), Some(Refusal::NotInCircle));
    let mut lead = after(&[(LEAD, take(Exercise::Quiet))]);
    assert!(mine(&lead, LEAD).is_some_and(|pause| pause.own), "who leads is somebody, too");
    lead.tool(LEAD, ENOUGH).unwrap();
    assert_eq!(mine(&lead, LEAD), None);
}

fn acts() -> impl Strategy<Value = (u8, ToolCommand)> {
    let exercise = prop_oneof![Just(Exercise::Breathing), Just(Exercise::Senses), Just(Exercise::Quiet)];
    let member = prop_oneof![Just(MAYA), Just(THEO)];
    prop_oneof![
        (member.clone(), exercise.prop_map(take)),
        (member.clone(), Just(ENOUGH)),
        prop::option::of(member.clone()).prop_map(|of| (LEAD, open(of, 1))),
        prop::option::of(member).prop_map(|of| (LEAD, close(of))),
    ]
}

proptest! {
    /// Whatever is pressed in whatever order: who rests is not heard, nobody ends it for them, and no member learns of another's.
    #[test]
    fn whoever_rests_is_unheard_and_undisturbed(acts in prop::collection::vec((acts(), 0i64..40, any::<bool>()), 1..40)) {
        let mut script = full_house();
        for ((by, act), seconds, opens) in acts {
            let rested = [MAYA, THEO].map(|of| script.room.tools.calm.rests(seat(of)));
            let theirs = [MAYA, THEO].map(|of| mine(&script, of));
            let _ = script.tool(by, act.clone());
            if opens {
                let _ = script.act(MAYA, RoomCommand::Mic { on: true });
            }
            script.pass_seconds(seconds);
            for (index, of) in [MAYA, THEO].into_iter().enumerate() {
                let rests = script.room.tools.calm.rests(seat(of));
                prop_assert!(!rests || script.room.hearing().silent.contains(&of), "who rests is not heard");
                prop_assert!(rests || !rested[index] || (by, &act) == (of, &ENOUGH), "only they themselves come back");
                if by != of && rested[index] {
                    prop_assert_eq!(mine(&script, of), theirs[index], "what another does changes nothing for who rests");
                }
            }
            prop_assert_eq!(script.view(seat(OBSERVER)).tools.calm.singly, None);
            prop_assert_eq!(script.rebuilt(), script.room.clone());
        }
    }
}
