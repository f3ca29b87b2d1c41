use room::{
    Input, MINUTE, Refusal, RoomCommand,
    tools::{
        Right, ToolCommand,
        calm::{CalmCommand, CalmView, Exercise},
    },
};

use crate::{
    cast::{AT_DOOR, INSIDE, LEAD, MAYA, NOBODY, NOT_NOW, OBSERVER, Row, THEO, YES, after, attempt, everybody_tries, full_house},
    script::{Script, seat},
};

const ENOUGH: ToolCommand = ToolCommand::Calm(CalmCommand::Enough);

fn open(of: Option<u8>, minutes: u16) -> ToolCommand {
    ToolCommand::Calm(CalmCommand::Open { exercise: Exercise::Breathing, seat: of.map(seat), minutes })
}

fn close(of: Option<u8>) -> ToolCommand {
    ToolCommand::Calm(CalmCommand::Close { seat: of.map(seat) })
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
    ];
    let only_maya: fn(u8) -> Option<Refusal> = |by| (by != MAYA).then_some(Refusal::NotNow);
    let nobody: fn(u8) -> Option<Refusal> = |_| Some(Refusal::NobodyThere);
    everybody_tries(
        &states,
        &[
            Row { act: open(None, 2), right: Right::Facilitators, says: &[YES; 4] },
            Row { act: open(Some(MAYA), 2), right: Right::Facilitators, says: &[YES; 4] },
            Row { act: open(Some(AT_DOOR), 2), right: Right::Facilitators, says: &[nobody; 4] },
            Row { act: open(Some(NOBODY), 2), right: Right::Facilitators, says: &[nobody; 4] },
            Row { act: close(None), right: Right::Facilitators, says: &[NOT_NOW, YES, NOT_NOW, NOT_NOW] },
            Row { act: close(Some(MAYA)), right: Right::Facilitators, says: &[NOT_NOW, NOT_NOW, YES, NOT_NOW] },
            Row { act: ENOUGH, right: Right::Circle, says: &[NOT_NOW, YES, only_maya, NOT_NOW] },
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
    assert!(INSIDE.iter().all(|by| mine(&script, *by).is_some_and(|pause| pause.all && pause.until == until)));
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
    assert_eq!(script.view(seat(LEAD)).tools.calm.singly, Some(vec![seat(MAYA)]));
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
