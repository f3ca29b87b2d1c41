//! A check-in without staff: who comes in, who hosts, what a host may do and what not, and staff who are called.

use proptest::prelude::*;
use room::{
    At, Command, Expected, HouseNews, Input, MINUTE, Millis, Opening, Part, Place, Refusal, RoomCommand, Seat, Stance,
    tools::{
        Right, ToolCommand,
        chat::{Audience, ChatCommand},
        go_round::{GoRoundCommand, Order},
        hosting::{Hosted, HostingCommand, HostingView, WITHOUT},
        invite::InviteCommand,
        markers::{MarkersCommand, Moment},
        prompt::PromptCommand,
        tables::TablesCommand,
    },
};

use crate::script::{Script, guest, opening, seat};

/// Members in the seats 1 to 4, who host in the order 2, 1, 3; seat 4 would rather not. Seat 0 is somebody of the staff, who is not expected.
const LINE: [u8; 3] = [2, 1, 3];

fn hosted() -> Opening {
    let base = opening(4);
    let member = |number: u8| Expected { seat: Seat(number), name: format!("name-{number}"), part: Part::Member };
    let hosted = Hosted { line: LINE.map(Seat).to_vec(), starts_at: base.starts_at, minutes: 30, seats: 6 };
    Opening {
        minutes: 30,
        week: 0,
        phases: vec![],
        homework: vec![],
        expected: (1..=4).map(member).collect(),
        hosted: Some(hosted),
        ..base
    }
}

fn script() -> Script {
    Script::of(hosted())
}

fn come(script: &mut Script, number: u8) {
    let part = if number == 0 { Part::Facilitator } else { Part::Member };
    script.input(Input::Arrived(guest(number, part))).unwrap();
    script.input(Input::Connected(seat(number))).unwrap();
}

fn with(numbers: &[u8]) -> Script {
    let mut script = script();
    for number in numbers {
        come(&mut script, *number);
    }
    script.pass_seconds(1);
    script
}

fn hosting(act: HostingCommand) -> ToolCommand {
    ToolCommand::Hosting(act)
}

fn sees(script: &Script, number: u8) -> HostingView {
    script.view(seat(number)).tools.hosting.unwrap()
}

fn host(script: &Script) -> Option<Seat> {
    script.room.tools.hosting.host()
}

#[test]
fn whoever_belongs_comes_straight_in_and_it_begins_with_two() {
    let mut script = script();
    come(&mut script, 3);
    assert_eq!(script.room.people[&seat(3)].place, Place::Circle, "nobody of the staff is there to let anybody in");
    script.pass_seconds(5);
    assert_eq!(script.view(seat(3)).begun_at, None, "one alone is no check-in");
    come(&mut script, 2);
    script.pass_seconds(1);
    let view = script.view(seat(3));
    assert!(view.begun_at.is_some() && !view.without_leader && view.lead.is_none());
    assert_eq!(host(&script), Some(seat(2)), "the first in line hosts as soon as they are here");
    assert_eq!(script.rebuilt(), script.room);
}

#[test]
fn nobody_is_let_in_where_staff_hold_the_door() {
    let mut led = Script::with_members(2);
    led.arrive(0);
    led.arrive(1);
    assert_eq!(led.room.people[&seat(1)].place, Place::Door);
    led.everybody_in();
    for act in [HostingCommand::BringStaff, HostingCommand::Take, HostingCommand::NotMe] {
        assert_eq!(led.tool(1, hosting(act)), Err(Refusal::NotNow), "no such thing in a session that somebody leads");
    }
    assert_eq!(led.view(seat(1)).tools.hosting, None);
    assert_eq!(led.tool(0, hosting(HostingCommand::Step { index: 1 })), Err(Refusal::NotNow));
    assert_eq!(led.tool(1, hosting(HostingCommand::Step { index: 1 })), Err(Refusal::NotYours));
}

#[test]
fn two_who_are_kept_apart_do_not_meet() {
    let mut script = Script::of(Opening { apart: vec![(Seat(1), Seat(3))], ..hosted() });
    come(&mut script, 3);
    let before = script.room.clone();
    assert_eq!(script.input(Input::Arrived(guest(1, Part::Member))), Err(Refusal::KeptApart));
    assert_eq!(script.room, before);
    script.act(3, RoomCommand::Leave).unwrap();
    come(&mut script, 1);
    assert!(script.room.people[&seat(1)].in_circle());
}

#[test]
fn the_next_in_line_hosts_when_the_host_is_late_or_goes() {
    let mut script = with(&[1, 3]);
    assert_eq!(host(&script), None);
    script.pass_seconds(5 * 60 - 2);
    assert_eq!(host(&script), None, "everybody waits five minutes for whoever was named");
    script.pass_seconds(1);
    assert_eq!(host(&script), Some(seat(1)));
    come(&mut script, 2);
    script.pass_seconds(60);
    assert_eq!(host(&script), Some(seat(1)), "whoever hosts goes on");
    script.input(Input::Lost(seat(1))).unwrap();
    script.pass_seconds(119);
    assert_eq!(host(&script), Some(seat(1)), "a line that drops is no goodbye");
    script.pass_seconds(1);
    assert_eq!(host(&script), Some(seat(2)));
    script.act(2, RoomCommand::Leave).unwrap();
    script.pass_seconds(1);
    assert_eq!(host(&script), Some(seat(3)), "who says goodbye is not waited for");
    assert_eq!(script.rebuilt(), script.room);
}

#[test]
fn hosting_is_handed_over_declined_and_taken() {
    let mut script = with(&[1, 2, 4]);
    assert_eq!((host(&script), sees(&script, 1).next), (Some(seat(2)), Some(seat(1))));
    assert_eq!(script.tool(1, hosting(HostingCommand::HandOver { seat: seat(1) })), Err(Refusal::NotYours), "only the host gives it away");
    assert_eq!(script.tool(2, hosting(HostingCommand::HandOver { seat: seat(3) })), Err(Refusal::NobodyThere));
    assert_eq!(script.tool(2, hosting(HostingCommand::HandOver { seat: seat(2) })), Err(Refusal::NotNow));
    assert_eq!(script.tool(4, hosting(HostingCommand::Take)), Err(Refusal::NotNow), "somebody hosts");
    script.tool(2, hosting(HostingCommand::NotMe)).unwrap();
    assert_eq!(host(&script), Some(seat(1)), "it goes to the next at once");
    assert!(sees(&script, 2).declined && !sees(&script, 1).declined);
    assert_eq!(script.tool(2, hosting(HostingCommand::NotMe)), Err(Refusal::NotNow));
    assert_eq!(script.tool(1, hosting(HostingCommand::HandOver { seat: seat(2) })), Err(Refusal::NotNow), "a no is a no");
    script.tool(1, hosting(HostingCommand::NotMe)).unwrap();
    script.pass_minutes(6);
    assert_eq!(host(&script), None, "nobody is made to");
    script.tool(4, hosting(HostingCommand::Take)).unwrap();
    assert_eq!(host(&script), Some(seat(4)), "whoever likes hosts, in line or not");
    assert_eq!(script.rebuilt(), script.room);
}

#[test]
fn a_host_has_the_smallest_set_of_rights() {
    let script = with(&[1, 2, 3]);
    let lead: Vec<(Command, bool)> = vec![
        (Command::Room(RoomCommand::MuteAll), true),
        (Command::Room(RoomCommand::End), true),
        (Command::Tool(hosting(HostingCommand::Step { index: 1 })), true),
        (Command::Tool(hosting(HostingCommand::HandOver { seat: seat(3) })), true),
        (
            Command::Tool(ToolCommand::GoRound(GoRoundCommand::Open { prompt: "How are you?".into(), order: Order::Seats, seconds: 120 })),
            true,
        ),
        (Command::Tool(ToolCommand::GoRound(GoRoundCommand::OpenFeedback { seat: seat(1), about: "x".into(), seconds: 60 })), false),
        (Command::Room(RoomCommand::Mute { seat: seat(1) }), false),
        (Command::Room(RoomCommand::Remove { seat: seat(1) }), false),
        (Command::Room(RoomCommand::SendBack { seat: seat(1) }), false),
        (Command::Room(RoomCommand::Admit { seat: seat(4) }), false),
        (Command::Room(RoomCommand::AdmitAll), false),
        (Command::Room(RoomCommand::Begin), false),
        (Command::Room(RoomCommand::Phase { index: 0 }), false),
        (Command::Room(RoomCommand::Extend { minutes: 5 }), false),
        (Command::Room(RoomCommand::SettleHelp { seat: seat(1) }), false),
        (Command::Room(RoomCommand::SettleDrop { seat: seat(1) }), false),
        (Command::Tool(ToolCommand::Markers(MarkersCommand::Mark { moment: Moment::Cohesion, note: String::new() })), false),
        (Command::Tool(ToolCommand::Invite(InviteCommand::Ask { seat: seat(1) })), false),
        (Command::Tool(ToolCommand::Tables(TablesCommand::Aside { seat: seat(1) })), false),
        (Command::Tool(ToolCommand::Prompt(PromptCommand::Show { text: "A sentence".into() })), false),
        (Command::Tool(ToolCommand::Chat(ChatCommand::Tell { text: "psst".into(), seats: vec![seat(1)] })), false),
    ];
    for (command, host_may) in lead {
        for by in [1, 2, 3] {
            let mut tried = script.clone();
            let told = tried.input(Input::Command { by: seat(by), command: command.clone() });
            assert_eq!(told != Err(Refusal::NotYours), host_may && by == 2, "{command:?} by seat {by}: {told:?}");
            if told.is_err() {
                assert_eq!(tried.room, script.room, "{command:?}");
            } else {
                assert_eq!(tried.rebuilt(), tried.room, "{command:?}");
            }
        }
    }
}

/// The host's seat is nothing in itself: whoever hosted and handed it over may do no more than the others.
#[test]
fn the_rights_go_with_the_hosting() {
    let mut script = with(&[1, 2, 3]);
    script.tool(2, hosting(HostingCommand::HandOver { seat: seat(3) })).unwrap();
    assert_eq!(script.act(2, RoomCommand::End), Err(Refusal::NotYours));
    script.act(1, RoomCommand::Mic { on: true }).unwrap();
    script.act(3, RoomCommand::Mic { on: true }).unwrap();
    script.act(3, RoomCommand::MuteAll).unwrap();
    assert!(!script.view(seat(1)).you.mic && script.view(seat(3)).you.mic, "whoever quiets the room is about to speak");
    script.act(3, RoomCommand::End).unwrap();
    assert!(script.room.has_ended());
}

#[test]
fn the_script_goes_step_by_step() {
    let mut script = with(&[1, 2]);
    let view = sees(&script, 1);
    assert_eq!((view.step, view.since, view.steps.iter().sum::<u16>()), (0, None, 30));
    assert_eq!(view.ends_at - script.room.opening.starts_at, 30 * MINUTE);
    script.tool(2, hosting(HostingCommand::Step { index: 0 })).unwrap();
    assert_eq!(script.tool(2, hosting(HostingCommand::Step { index: 0 })), Err(Refusal::NotNow));
    script.tool(2, hosting(HostingCommand::Step { index: 4 })).unwrap();
    assert_eq!(sees(&script, 1).step, 4, "back and forth as it fits");
    script.tool(2, hosting(HostingCommand::Step { index: 1 })).unwrap();
    assert_eq!(script.tool(2, hosting(HostingCommand::Step { index: 5 })), Err(Refusal::OutOfRange));
    assert_eq!(sees(&script, 1).since, Some(script.now()));
}

#[test]
fn staff_are_called_once_and_nobody_is_told_by_whom() {
    let mut script = with(&[1, 2, 3]);
    let events = script.tool(3, hosting(HostingCommand::BringStaff)).unwrap();
    let called = events.iter().filter(|event| serde_json::to_string(event).unwrap().contains("staff_called")).count();
    assert_eq!((called, events[0].about()), (1, Some(seat(3))), "sealed under the key of whoever pressed");
    for by in [1, 2, 3] {
        assert_eq!(script.tool(by, hosting(HostingCommand::BringStaff)), Err(Refusal::NotNow));
        assert_eq!(sees(&script, by).called_at, Some(script.now()));
    }
    let mut other = with(&[1, 2, 3]);
    other.tool(1, hosting(HostingCommand::BringStaff)).unwrap();
    assert_eq!(script.view(seat(2)), other.view(seat(2)), "whoever called, the others see the same");
    assert_eq!(script.rebuilt(), script.room);
}

#[test]
fn staff_who_come_in_lead_and_have_not_heard_what_was_before() {
    let mut script = with(&[1, 2]);
    let say = |text: &str, to| ToolCommand::Chat(ChatCommand::Say { text: text.into(), to });
    script.tool(1, say("canary-before", Audience::Circle)).unwrap();
    assert_eq!(script.tool(1, say("to nobody", Audience::Facilitators)), Err(Refusal::NobodyThere), "there are no facilitators to read it");
    script.act(1, RoomCommand::Mic { on: true }).unwrap();
    script.talk(&[(1, 30_000)]);
    script.pass_minutes(12);
    come(&mut script, 0);
    script.tool(1, say("canary-after", Audience::Circle)).unwrap();
    script.tool(1, say("canary-aside", Audience::Facilitators)).unwrap();
    let view = script.view(seat(0));
    let text = serde_json::to_string(&view).unwrap();
    assert!(!text.contains("canary-before") && text.contains("canary-after") && text.contains("canary-aside"), "{text}");
    let lead = view.lead.unwrap();
    assert!(lead.voices.is_empty() && lead.not_heard.is_empty() && lead.suggestion.is_none(), "nobody's talk was measured");
    assert_eq!(script.room.talk.total(seat(1)), 0);
    let chair = &script.view(seat(1)).chairs[&0];
    assert_eq!(chair.part, Part::Facilitator, "everybody sees who came, and as what");
    assert!(serde_json::to_string(&script.view(seat(2))).unwrap().contains("canary-before"));
    script.act(0, RoomCommand::Mute { seat: seat(1) }).unwrap();
    script.act(0, RoomCommand::End).unwrap();
}

#[test]
fn staff_are_called_again_when_they_have_left_or_never_came() {
    let mut script = with(&[1, 2, 3]);
    let bring = || hosting(HostingCommand::BringStaff);
    script.tool(3, bring()).unwrap();
    let called = script.now();
    assert_eq!(sees(&script, 1).again_at, Some(called + 10 * MINUTE));
    script.pass_seconds(10 * 60 - 1);
    assert_eq!(script.tool(1, bring()), Err(Refusal::NotNow));
    come(&mut script, 0);
    script.pass_minutes(2);
    assert_eq!(script.tool(1, bring()), Err(Refusal::NotNow), "somebody of the staff is here");
    assert_eq!(sees(&script, 1).again_at, None);
    script.act(0, RoomCommand::Leave).unwrap();
    script.tool(1, bring()).unwrap();
    assert_eq!(sees(&script, 2).called_at, Some(script.now()), "that they were called is told of the last time");
    assert_eq!(script.tool(2, bring()), Err(Refusal::NotNow));
    assert_eq!(script.rebuilt(), script.room);
}

#[test]
fn what_would_leave_something_behind_is_not_brought_by_anybody() {
    let mut script = with(&[1, 2]);
    come(&mut script, 0);
    let acts = [
        r#"{"tool":"check_in","act":{"do":"open"}}"#,
        r#"{"tool":"journal","act":{"do":"open","prompt":"A letter","minutes":5}}"#,
        r#"{"tool":"closing","act":{"do":"open"}}"#,
        r#"{"tool":"markers","act":{"do":"mark","moment":"hope","note":""}}"#,
        r#"{"tool":"board","act":{"do":"open","template":null,"who":{"may":"everybody"},"names":false}}"#,
        r#"{"tool":"slides","act":{"do":"open","material":7,"title":"Waves","pages":3}}"#,
        r#"{"tool":"video","act":{"do":"open","material":7,"title":"Breath","captions":false}}"#,
        r#"{"tool":"reading","act":{"do":"open","item":"naming-a-feeling","title":"Naming a feeling"}}"#,
    ];
    let acts = acts.map(|text| serde_json::from_str::<ToolCommand>(text).unwrap_or_else(|error| panic!("{text}: {error}")));
    assert_eq!(acts.each_ref().map(ToolCommand::tool), WITHOUT);
    assert_eq!(sees(&script, 0).without, WITHOUT);
    for act in acts.clone() {
        assert_eq!(script.tool(0, act.clone()), Err(Refusal::NotNow), "{act:?}");
    }
    // In a session of staff each of them is there.
    for act in acts {
        let mut led = Script::with_members(2);
        led.everybody_in();
        led.tool(0, act).unwrap();
    }
    script.tool(0, ToolCommand::Prompt(PromptCommand::Show { text: "One thing that was good".into() })).unwrap();
}

#[test]
fn whom_staff_ask_to_go_out_waits_for_them() {
    let mut script = with(&[1, 2]);
    come(&mut script, 0);
    script.act(0, RoomCommand::Remove { seat: seat(1) }).unwrap();
    come(&mut script, 1);
    assert_eq!(script.room.people[&seat(1)].place, Place::Door, "out is out until somebody lets them in again");
    script.act(0, RoomCommand::Admit { seat: seat(1) }).unwrap();
    assert!(script.room.people[&seat(1)].in_circle());
    assert_eq!(script.rebuilt(), script.room);
}

#[test]
fn whoever_waits_for_staff_comes_in_when_they_go() {
    let mut script = with(&[1, 2, 3]);
    come(&mut script, 0);
    script.act(0, RoomCommand::Remove { seat: seat(1) }).unwrap();
    script.act(0, RoomCommand::SendBack { seat: seat(3) }).unwrap();
    script.input(Input::Connected(seat(3))).unwrap();
    come(&mut script, 1);
    script.pass_minutes(1);
    assert_eq!((script.room.people[&seat(1)].place, script.room.people[&seat(3)].place), (Place::Door, Place::Door));
    script.input(Input::Lost(seat(0))).unwrap();
    script.pass_seconds(2);
    assert_eq!(script.room.people[&seat(1)].place, Place::Door, "a line that drops is nobody gone");
    script.input(Input::Connected(seat(0))).unwrap();
    script.act(0, RoomCommand::Leave).unwrap();
    script.pass_seconds(2);
    assert!(script.room.people[&seat(1)].in_circle() && script.room.people[&seat(3)].in_circle());
    script.act(1, RoomCommand::Leave).unwrap();
    come(&mut script, 1);
    assert!(script.room.people[&seat(1)].in_circle(), "and straight in from then on");
    assert_eq!(script.rebuilt(), script.room);
}

#[test]
fn whom_the_house_sends_out_and_has_back_waits_for_nobody() {
    let mut script = with(&[1, 2]);
    let news = |ended: Vec<Seat>| Input::HouseNews(HouseNews { ended, ..HouseNews::default() });
    script.input(news(vec![Seat(1)])).unwrap();
    assert_eq!(script.room.people[&seat(1)].place, Place::Left);
    script.input(news(Vec::new())).unwrap();
    come(&mut script, 1);
    assert!(script.room.people[&seat(1)].in_circle());
    assert_eq!(script.rebuilt(), script.room);
}

#[test]
fn a_no_on_a_page_is_one_in_the_room() {
    let mut script = with(&[1, 3]);
    let news = |unwilling: &[u8]| {
        Input::HouseNews(HouseNews { unwilling: unwilling.iter().map(|of| Seat(*of)).collect(), ..HouseNews::default() })
    };
    script.input(news(&[2, 1])).unwrap();
    assert!(script.input(news(&[2, 1])).unwrap().is_empty(), "the same news twice changes nothing");
    assert!(sees(&script, 1).declined);
    script.pass_seconds(1);
    assert_eq!(host(&script), Some(seat(3)), "nobody waits for somebody who said no");
    script.input(news(&[1, 2, 3])).unwrap();
    assert_eq!(host(&script), Some(seat(3)), "whoever hosts says it in the room");
    assert_eq!(script.rebuilt(), script.room);
    let mut led = Script::with_members(2);
    led.everybody_in();
    assert!(led.input(news(&[1])).unwrap().is_empty());
}

#[test]
fn nobody_is_called_missing_where_nobody_leads() {
    let mut script = with(&[1, 2]);
    script.pass_minutes(20);
    assert!(!script.room.leader_is_missed() && !script.view(seat(1)).without_leader);
    assert!(!serde_json::to_string(&script.book).unwrap().contains("leader_missing"));
}

#[test]
fn whoever_is_alone_reads_it_after_ten_minutes_and_no_longer_than_it_is_so() {
    let mut script = with(&[1]);
    script.pass_seconds(9 * 60 + 58);
    assert!(!sees(&script, 1).alone);
    script.pass_seconds(1);
    assert!(sees(&script, 1).alone);
    come(&mut script, 2);
    script.pass_seconds(1);
    assert!(!sees(&script, 1).alone);
    script.input(Input::Lost(seat(2))).unwrap();
    script.pass_seconds(10);
    assert!(!sees(&script, 1).alone, "a line that comes back in a moment is nobody gone");
    script.act(1, RoomCommand::Leave).unwrap();
    assert_eq!(script.rebuilt(), script.room);
}

#[test]
fn it_ends_by_itself_with_a_little_more_or_when_all_have_gone() {
    let mut script = with(&[1, 2]);
    script.pass_seconds(39 * 60 + 58);
    assert!(!script.room.has_ended(), "ten minutes more than planned");
    script.pass_seconds(1);
    assert!(script.room.has_ended());
    let mut left = with(&[1, 2]);
    left.act(1, RoomCommand::Leave).unwrap();
    left.pass_seconds(30);
    assert!(!left.room.has_ended());
    left.act(2, RoomCommand::Leave).unwrap();
    left.pass_seconds(1);
    assert!(left.room.has_ended(), "everybody has said goodbye");
    let mut nobody = with(&[3]);
    nobody.act(3, RoomCommand::Leave).unwrap();
    nobody.pass_minutes(5);
    assert!(!nobody.room.has_ended(), "it never began, and others may still come");
    nobody.pass_minutes(35);
    assert!(nobody.room.has_ended());
}

#[test]
fn every_command_has_its_right() {
    for (act, right) in [
        (HostingCommand::Step { index: 0 }, Right::Host),
        (HostingCommand::HandOver { seat: seat(1) }, Right::Host),
        (HostingCommand::NotMe, Right::TurnTakers),
        (HostingCommand::Take, Right::TurnTakers),
        (HostingCommand::BringStaff, Right::TurnTakers),
    ] {
        assert_eq!(Command::Tool(hosting(act)).right(), right);
    }
}

#[derive(Debug, Clone)]
enum Act {
    Come(u8),
    Lost(u8),
    Back(u8),
    Do(u8, HostingCommand),
    Room(u8, RoomCommand),
    Wait(i64),
}

fn acts() -> impl Strategy<Value = Act> {
    let who = 0u8..5;
    let command = prop_oneof![
        (0u8..7).prop_map(|index| HostingCommand::Step { index }),
        (0u8..6).prop_map(|of| HostingCommand::HandOver { seat: Seat(of) }),
        Just(HostingCommand::NotMe),
        Just(HostingCommand::Take),
        Just(HostingCommand::BringStaff),
    ];
    let room = prop_oneof![
        Just(RoomCommand::Leave),
        Just(RoomCommand::MuteAll),
        Just(RoomCommand::Help),
        (1u8..5).prop_map(|of| RoomCommand::Remove { seat: Seat(of) }),
        Just(RoomCommand::SetStance { stance: Stance::Listening }),
    ];
    prop_oneof![
        3 => who.clone().prop_map(Act::Come),
        1 => who.clone().prop_map(Act::Lost),
        1 => who.clone().prop_map(Act::Back),
        3 => (who.clone(), command).prop_map(|(by, act)| Act::Do(by, act)),
        1 => (who, room).prop_map(|(by, act)| Act::Room(by, act)),
        2 => (1i64..200).prop_map(Act::Wait),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    /// Whatever happens, in whatever order: the book tells the same room again, a refusal changes nothing, the host is a member who did not
    /// say no, and nobody but staff ever has a leader's view.
    #[test]
    fn the_room_holds_whatever_happens(acts in prop::collection::vec(acts(), 1..40)) {
        let mut script = script();
        for act in acts {
            if script.room.has_ended() {
                break;
            }
            let before = script.room.clone();
            let told = match act {
                Act::Come(number) => {
                    let part = if number == 0 { Part::Facilitator } else { Part::Member };
                    script.input(Input::Arrived(guest(number, part))).and_then(|_| script.input(Input::Connected(seat(number))))
                }
                Act::Lost(number) => script.input(Input::Lost(seat(number))),
                Act::Back(number) => script.input(Input::Connected(seat(number))),
                Act::Do(by, act) => script.tool(by, hosting(act)),
                Act::Room(by, act) => script.act(by, act),
                Act::Wait(seconds) => {
                    script.pass_seconds(seconds);
                    Ok(vec![])
                }
            };
            if told.is_err() {
                prop_assert_eq!(&script.room, &before);
            }
            prop_assert_eq!(script.rebuilt(), script.room.clone());
            for person in script.room.people.values().filter(|person| person.in_circle()) {
                let view = script.view(person.seat);
                prop_assert_eq!(view.lead.is_some(), person.part == Part::Facilitator);
                let shown = view.tools.hosting.unwrap();
                prop_assert!(shown.host.is_none_or(|host| script.room.people[&host].part == Part::Member));
                prop_assert!(!(shown.declined && shown.host == Some(person.seat)));
                prop_assert!(shown.next.is_none() || shown.next != shown.host);
            }
        }
    }
}

/// Time is told, and a room that is asked about any moment answers.
#[test]
fn a_view_is_there_at_any_time() {
    let script = with(&[1, 2]);
    for minutes in [-60, 0, 10, 39, 500] {
        let at: Millis = script.room.opening.starts_at.0 + minutes * MINUTE;
        assert!(script.room.view_for(seat(1), At(at)).is_some());
    }
}
