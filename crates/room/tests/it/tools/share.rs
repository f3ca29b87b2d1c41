use room::{
    Input, Refusal, RoomCommand,
    tools::{
        Right, ToolCommand,
        share::{ShareCommand, ShareView},
        tables::TablesCommand,
    },
};

use crate::{
    cast::{INSIDE, LEAD, MAYA, NOT_NOW, OBSERVER, Row, THEO, YES, after, attempt, everybody_tries, full_house},
    script::{Script, seat},
};

const START: ToolCommand = ToolCommand::Share(ShareCommand::Start);
const STOP: ToolCommand = ToolCommand::Share(ShareCommand::Stop);

fn allow(on: bool) -> ToolCommand {
    ToolCommand::Share(ShareCommand::Allow { on })
}

fn share(script: &Script, by: u8) -> ShareView {
    script.view(seat(by)).tools.share
}

#[test]
fn the_table_of_sharing() {
    let states = [
        ("nobody", after(&[])),
        ("members may", after(&[(LEAD, allow(true))])),
        ("Maya shares", after(&[(LEAD, allow(true)), (MAYA, START)])),
        ("the leader shares", after(&[(LEAD, allow(true)), (LEAD, START)])),
    ];
    let leader_only: fn(u8) -> Option<Refusal> = |by| (by != LEAD).then_some(Refusal::NotYours);
    let taken: fn(u8) -> Option<Refusal> = |by| (by != LEAD).then_some(Refusal::NotNow);
    let mayas: fn(u8) -> Option<Refusal> = |by| (by == THEO).then_some(Refusal::NotNow);
    everybody_tries(
        &states,
        &[
            Row { act: START, right: Right::TurnTakers, says: &[leader_only, YES, taken, NOT_NOW] },
            Row { act: STOP, right: Right::TurnTakers, says: &[NOT_NOW, NOT_NOW, mayas, taken] },
            Row { act: allow(true), right: Right::Facilitators, says: &[YES; 4] },
            Row { act: allow(false), right: Right::Facilitators, says: &[YES; 4] },
        ],
    );
}

#[test]
fn everybody_sees_whose_screen_it_is_and_may_says_who_can_begin() {
    let nobody = full_house();
    assert!(INSIDE.iter().all(|by| share(&nobody, *by).may == (*by == LEAD)));
    let allowed = after(&[(LEAD, allow(true))]);
    assert!(share(&allowed, MAYA).may && !share(&allowed, OBSERVER).may, "whoever watches shows nothing");
    assert_eq!((share(&allowed, LEAD).members, share(&allowed, MAYA).members), (Some(true), None));
    let shared = after(&[(LEAD, allow(true)), (MAYA, START)]);
    assert!(INSIDE.iter().all(|by| share(&shared, *by).seat == Some(seat(MAYA))));
    assert!(!share(&shared, THEO).may && share(&shared, LEAD).may, "a leader may take the middle");
}

#[test]
fn a_screen_is_sent_though_the_camera_is_off_and_not_once_it_stops() {
    let mut script = after(&[(LEAD, START)]);
    assert!(!script.room.hearing().unseen.contains(&LEAD));
    script.tool(LEAD, STOP).unwrap();
    assert!(script.room.hearing().unseen.contains(&LEAD));
}

#[test]
fn whoever_goes_in_any_way_takes_the_screen_along() {
    let ends: [fn(&mut Script); 4] = [
        |script| drop(script.act(MAYA, RoomCommand::Leave).unwrap()),
        |script| drop(script.act(LEAD, RoomCommand::Remove { seat: seat(MAYA) }).unwrap()),
        |script| drop(script.act(LEAD, RoomCommand::SendBack { seat: seat(MAYA) }).unwrap()),
        |script| drop(script.input(Input::Lost(seat(MAYA))).unwrap()),
    ];
    for end in ends {
        let mut script = after(&[(LEAD, allow(true)), (MAYA, START)]);
        end(&mut script);
        assert_eq!(share(&script, LEAD).seat, None);
        assert_eq!(script.rebuilt(), script.room);
    }
    let mut script = after(&[(LEAD, allow(true)), (MAYA, START)]);
    script.act(THEO, RoomCommand::Leave).unwrap();
    assert_eq!(share(&script, LEAD).seat, Some(seat(MAYA)), "another one's going ends nothing");
}

#[test]
fn at_a_small_table_nobody_sees_the_screen_of_the_circle() {
    let lay = TablesCommand::Lay { how: room::tools::tables::How::ByHand, prompts: vec![String::new(); 2] };
    let mut script = after(&[(LEAD, allow(true)), (LEAD, START), (LEAD, ToolCommand::Tables(lay))]);
    for member in [MAYA, THEO] {
        script.tool(LEAD, ToolCommand::Tables(TablesCommand::Put { seat: seat(member), table: Some(0) })).unwrap();
    }
    script.tool(LEAD, ToolCommand::Tables(TablesCommand::Send { minutes: 5 })).unwrap();
    assert_eq!((share(&script, MAYA).seat, share(&script, LEAD).seat), (None, Some(seat(LEAD))));
    assert_eq!(attempt(&script, MAYA, &START).err(), Some(Refusal::NotNow));
}
