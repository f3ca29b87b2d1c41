use room::{
    Input, Refusal, RoomCommand,
    tools::{Right, ToolCommand, hands::HandsCommand},
};

use crate::{
    cast::{
        AT_DOOR, GONE, INSIDE, INTERPRETER, LEAD, MAYA, NOBODY, NOT_NOW, OBSERVER, REMOVED, Row, THEO, YES, after, everybody_tries,
        full_house,
    },
    script::{Script, seat},
};

const RAISE: ToolCommand = ToolCommand::Hands(HandsCommand::Raise);
const LOWER: ToolCommand = ToolCommand::Hands(HandsCommand::Lower);

fn take(of: u8) -> ToolCommand {
    ToolCommand::Hands(HandsCommand::Take { seat: seat(of) })
}

fn order(script: &Script) -> Vec<u8> {
    script.view(seat(LEAD)).tools.hands.order.iter().map(|seat| seat.0).collect()
}

/// Maya's hand is up: she may lower it and not raise it again, the others the other way round.
const ONCE: fn(u8) -> Option<Refusal> = |by| (by == MAYA).then_some(Refusal::NotNow);
const ONLY_WHO_RAISED: fn(u8) -> Option<Refusal> = |by| (by != MAYA).then_some(Refusal::NotNow);

#[test]
fn the_table_of_hands() {
    let states = [
        ("no hand up", after(&[])),
        ("Maya's hand up", after(&[(MAYA, RAISE)])),
        ("lowered by herself", after(&[(MAYA, RAISE), (MAYA, LOWER)])),
        ("taken by the leader", after(&[(MAYA, RAISE), (LEAD, take(MAYA))])),
    ];
    everybody_tries(
        &states,
        &[
            Row { act: RAISE, right: Right::TurnTakers, says: &[YES, ONCE, YES, YES] },
            Row { act: LOWER, right: Right::TurnTakers, says: &[NOT_NOW, ONLY_WHO_RAISED, NOT_NOW, NOT_NOW] },
            Row { act: take(MAYA), right: Right::Facilitators, says: &[NOT_NOW, YES, NOT_NOW, NOT_NOW] },
            Row { act: take(THEO), right: Right::Facilitators, says: &[NOT_NOW, NOT_NOW, NOT_NOW, NOT_NOW] },
            Row { act: take(AT_DOOR), right: Right::Facilitators, says: &[NOT_NOW, NOT_NOW, NOT_NOW, NOT_NOW] },
            Row { act: take(NOBODY), right: Right::Facilitators, says: &[NOT_NOW, NOT_NOW, NOT_NOW, NOT_NOW] },
        ],
    );
}

#[test]
fn the_order_is_the_order_of_raising_and_the_same_for_everybody() {
    let mut script = after(&[(THEO, RAISE), (LEAD, RAISE), (MAYA, RAISE)]);
    assert_eq!(order(&script), [THEO, LEAD, MAYA]);
    for by in INSIDE {
        assert_eq!(script.view(seat(by)).tools.hands.order, [seat(THEO), seat(LEAD), seat(MAYA)], "seat {by}");
    }
    script.tool(THEO, LOWER).unwrap();
    script.tool(THEO, RAISE).unwrap();
    assert_eq!(order(&script), [LEAD, MAYA, THEO], "who lowers and raises again goes to the end");
}

#[test]
fn who_has_spoken_least_comes_first_for_the_leader_alone() {
    let mut script = after(&[(MAYA, RAISE), (THEO, RAISE)]);
    for by in [MAYA, THEO] {
        script.act(by, RoomCommand::Mic { on: true }).unwrap();
    }
    let quiet_first = |script: &Script, by: u8| script.view(seat(by)).tools.hands.quiet_first;
    assert_eq!(quiet_first(&script, LEAD), Some(vec![seat(MAYA), seat(THEO)]), "before anybody spoke, the order of raising");
    script.talk(&[(MAYA, 3_000)]);
    assert_eq!(quiet_first(&script, LEAD), Some(vec![seat(THEO), seat(MAYA)]));
    script.talk(&[(THEO, 9_000)]);
    assert_eq!(quiet_first(&script, LEAD), Some(vec![seat(MAYA), seat(THEO)]));
    for by in [MAYA, THEO, OBSERVER, INTERPRETER] {
        assert_eq!(quiet_first(&script, by), None, "shares of talk are nobody else's business: seat {by}");
    }
}

#[test]
fn a_hand_goes_down_with_its_person_and_not_with_a_lost_line() {
    let up = || after(&[(MAYA, RAISE), (THEO, RAISE)]);
    for (what, act) in [
        ("removed", RoomCommand::Remove { seat: seat(MAYA) }),
        ("sent back to the waiting room", RoomCommand::SendBack { seat: seat(MAYA) }),
    ] {
        let mut script = up();
        script.act(LEAD, act).unwrap();
        assert_eq!(order(&script), [THEO], "{what}");
    }
    let mut script = up();
    script.act(MAYA, RoomCommand::Leave).unwrap();
    assert_eq!(order(&script), [THEO], "left");
    let mut script = up();
    script.input(Input::Lost(seat(MAYA))).unwrap();
    script.pass_seconds(120);
    assert_eq!(order(&script), [MAYA, THEO], "whoever only dropped keeps their place in the order");
}

#[test]
fn those_who_are_gone_have_no_hand_in_anybody_s_view() {
    let script = full_house();
    for by in INSIDE {
        let hands = script.view(seat(by)).tools.hands;
        assert!([GONE, REMOVED, AT_DOOR].iter().all(|gone| !hands.order.contains(&seat(*gone))));
    }
}
