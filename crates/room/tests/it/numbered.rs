//! The numbered invariants of the live room. Each is a real defect of some other system; those that need browsers, packets or the
//! whiteboard are held elsewhere.

use proptest::prelude::*;
use room::{
    Event, Input, Part, Place, Presence, Refusal, RoomCommand, RoomEvent, Stored,
    tools::{
        ToolCommand,
        chat::{Audience, ChatCommand},
        go_round::{GoRoundCommand, Order},
        hands::HandsCommand,
        poll::{Ballot, PollAsk, PollCommand, PollKind},
    },
    wire::FromDoor,
};

use crate::{
    cast::{AT_DOOR, GONE, INSIDE, INTERPRETER, LEAD, MAYA, NOBODY, OBSERVER, REMOVED, THEO, full_house, sees},
    script::{Script, guest, seat},
};

fn go_round(act: GoRoundCommand) -> ToolCommand {
    ToolCommand::GoRound(act)
}

fn open_round() -> ToolCommand {
    go_round(GoRoundCommand::Open { prompt: "One moment".into(), order: Order::Seats, seconds: 60 })
}

#[test]
fn number_1_whoever_is_outside_has_no_view_and_hears_nobody() {
    let script = full_house();
    for outside in [AT_DOOR, GONE, REMOVED, NOBODY] {
        assert!(script.room.view_for(seat(outside), script.now()).is_none(), "seat {outside}");
        let hearing = script.room.hearing();
        assert!(hearing.hears.iter().all(|(who, others)| *who != outside && !others.contains(&outside)), "seat {outside}");
    }
}

/// All that the door's socket can ever say, written out: nothing in it could hold a name, a count or a word of the room.
#[test]
fn number_1_the_door_has_five_things_to_say() {
    let all = [FromDoor::Waiting, FromDoor::LeaderLate, FromDoor::Admitted, FromDoor::Declined, FromDoor::Ended];
    let said: Vec<String> = all.iter().map(|message| serde_json::to_string(message).unwrap()).collect();
    assert_eq!(said, ["waiting", "leader_late", "admitted", "declined", "ended"].map(|word| format!(r#"{{"is":"{word}"}}"#)));
}

#[test]
fn number_2_whoever_was_removed_waits_like_a_stranger() {
    let mut script = full_house();
    assert_eq!(
        script.act(LEAD, RoomCommand::Admit { seat: seat(REMOVED) }),
        Err(Refusal::NobodyThere),
        "not even by the leader, without the door"
    );
    script.input(Input::Arrived(guest(REMOVED, Part::Member))).unwrap();
    assert_eq!(script.room.people[&seat(REMOVED)].place, Place::Door);
    for act in [RoomCommand::Mic { on: true }, RoomCommand::Admit { seat: seat(REMOVED) }, RoomCommand::AdmitAll] {
        assert_eq!(script.act(REMOVED, act), Err(Refusal::NotInCircle));
    }
}

#[test]
fn number_3_nobody_but_a_facilitator_opens_the_door() {
    for by in INSIDE.into_iter().filter(|by| *by != LEAD) {
        let mut script = full_house();
        for act in [RoomCommand::Admit { seat: seat(AT_DOOR) }, RoomCommand::AdmitAll] {
            assert_eq!(script.act(by, act), Err(Refusal::NotYours), "seat {by}");
        }
        assert_eq!(script.room.people[&seat(AT_DOOR)].place, Place::Door);
    }
}

/// What somebody could do before they were sent out and let in again they can do after, and nothing else.
#[test]
fn number_4_moving_grants_nothing_and_loses_nothing() {
    let tries = [RoomCommand::MuteAll, RoomCommand::AdmitAll, RoomCommand::Mic { on: true }, RoomCommand::Camera { on: true }];
    for by in [MAYA, OBSERVER, INTERPRETER] {
        let rights =
            |script: &Script| -> Vec<Option<Refusal>> { tries.iter().map(|act| script.clone().act(by, act.clone()).err()).collect() };
        let mut script = full_house();
        let before = rights(&script);
        script.act(LEAD, RoomCommand::SendBack { seat: seat(by) }).unwrap();
        script.act(LEAD, RoomCommand::Admit { seat: seat(by) }).unwrap();
        assert_eq!(rights(&script), before, "seat {by}");
        assert!(script.view(seat(by)).lead.is_none());
    }
}

#[test]
fn number_5_a_closed_microphone_stays_closed_on_the_way_back() {
    let mut script = full_house();
    script.act(MAYA, RoomCommand::Mic { on: true }).unwrap();
    script.act(LEAD, RoomCommand::Mute { seat: seat(MAYA) }).unwrap();
    script.input(Input::Lost(seat(MAYA))).unwrap();
    script.input(Input::Connected(seat(MAYA))).unwrap();
    assert!(!script.view(seat(MAYA)).you.mic && script.room.hearing().silent.contains(&MAYA));
    script.act(MAYA, RoomCommand::Mic { on: true }).unwrap();
    script.act(LEAD, RoomCommand::SendBack { seat: seat(MAYA) }).unwrap();
    script.admit(MAYA);
    assert!(!script.view(seat(MAYA)).you.mic, "whoever comes in anew opens their microphone themselves");
}

#[test]
fn number_5_the_talking_piece_waits_for_its_person() {
    let mut script = full_house();
    script.tool(LEAD, open_round()).unwrap();
    script.tool(LEAD, go_round(GoRoundCommand::Done)).unwrap();
    let turn = |script: &Script| script.view(seat(LEAD)).tools.go_round.unwrap().turn;
    let before = turn(&script);
    script.input(Input::Lost(seat(MAYA))).unwrap();
    script.pass_seconds(10);
    script.input(Input::Connected(seat(MAYA))).unwrap();
    assert_eq!(turn(&script), before);
    script.tool(MAYA, go_round(GoRoundCommand::Done)).unwrap();
}

#[test]
fn number_9_everybody_is_after_reconnecting_what_they_were() {
    for by in INSIDE {
        let mut script = full_house();
        let before = script.view(seat(by));
        script.input(Input::Lost(seat(by))).unwrap();
        script.pass_seconds(40);
        script.input(Input::Connected(seat(by))).unwrap();
        let after = script.view(seat(by));
        assert_eq!((after.you, after.lead.is_some()), (before.you, before.lead.is_some()), "seat {by}");
        assert_eq!(after.chairs.keys().collect::<Vec<_>>(), before.chairs.keys().collect::<Vec<_>>());
    }
}

#[test]
fn number_10_no_chair_pretends_for_longer_than_fifteen_seconds() {
    let mut script = full_house();
    for by in [MAYA, THEO, OBSERVER] {
        script.input(Input::Lost(seat(by))).unwrap();
    }
    script.pass_seconds(15);
    let chairs = script.view(seat(LEAD)).chairs;
    assert!([MAYA, THEO, OBSERVER].iter().all(|by| chairs[by].presence == Presence::Empty));
    script.input(Input::Connected(seat(THEO))).unwrap();
    assert_eq!(script.view(seat(THEO)).you.seat, seat(THEO), "the same seat when back");
}

#[test]
fn number_12_talk_stops_at_the_very_input_that_ends_it() {
    type End = fn(&mut Script);
    let ends: [(&str, End); 6] = [
        ("muted by the leader", |script| drop(script.act(LEAD, RoomCommand::Mute { seat: seat(MAYA) }))),
        ("muted by herself", |script| drop(script.act(MAYA, RoomCommand::Mic { on: false }))),
        ("left", |script| drop(script.act(MAYA, RoomCommand::Leave))),
        ("dropped", |script| drop(script.input(Input::Lost(seat(MAYA))))),
        ("removed", |script| drop(script.act(LEAD, RoomCommand::Remove { seat: seat(MAYA) }))),
        ("sent back", |script| drop(script.act(LEAD, RoomCommand::SendBack { seat: seat(MAYA) }))),
    ];
    for (what, end) in ends {
        let mut script = full_house();
        script.act(MAYA, RoomCommand::Mic { on: true }).unwrap();
        script.talk(&[(MAYA, 2_000), (THEO, 2_000), (AT_DOOR, 2_000), (NOBODY, 2_000)]);
        end(&mut script);
        script.talk(&[(MAYA, 2_000)]);
        assert_eq!(script.room.talk.total(seat(MAYA)), 2_000, "{what}");
        for silent in [THEO, AT_DOOR, NOBODY] {
            assert_eq!(script.room.talk.total(seat(silent)), 0, "never credited to anybody else: seat {silent}");
        }
    }
}

/// What happens is told by seat. A name is in the chair, and nowhere that a hidden one would show through.
#[test]
fn number_14_no_event_but_an_arrival_holds_a_name() {
    let mut script = full_house();
    script.act(MAYA, RoomCommand::Help).unwrap();
    script.tool(MAYA, ToolCommand::Hands(HandsCommand::Raise)).unwrap();
    script.tool(MAYA, ToolCommand::Chat(ChatCommand::Say { text: "so".into(), to: Audience::Circle })).unwrap();
    script.tool(LEAD, open_round()).unwrap();
    script.act(MAYA, RoomCommand::Leave).unwrap();
    for stored in &script.book {
        if !matches!(stored.event, Event::Room(RoomEvent::Arrived { .. })) {
            let text = serde_json::to_string(stored).unwrap();
            assert!(!text.contains("name-"), "{text}");
        }
    }
}

/// A command has no field for a room; one that is sent along is refused or forgotten at the first step.
#[test]
fn number_15_a_command_cannot_name_a_room() {
    for text in [
        r#"{"do":"end","room":5}"#,
        r#"{"do":"end","session":5}"#,
        r#"{"do":"admit","seat":1,"room":5}"#,
        r#"{"tool":"hands","act":{"do":"raise"},"room":5}"#,
    ] {
        if let Ok(command) = serde_json::from_str::<room::Command>(text) {
            let again = serde_json::to_string(&command).unwrap();
            assert!(!again.contains('5'), "{text} was read as {again}");
        }
    }
}

#[test]
fn number_17_every_arrival_is_shown_anew() {
    let mut script = full_house();
    for number in 8..14 {
        script.pass_seconds(3);
        script.input(Input::Arrived(guest(number, Part::Member))).unwrap();
        script.input(Input::Connected(seat(number))).unwrap();
        let waiting = script.leader().waiting;
        let newest = waiting.iter().max_by_key(|one| one.since).unwrap();
        assert_eq!((newest.seat, newest.since, newest.here), (seat(number), script.now(), true));
    }
    script.act(LEAD, RoomCommand::SendBack { seat: seat(MAYA) }).unwrap();
    assert!(script.leader().waiting.iter().any(|one| one.seat == seat(MAYA)), "who was sent back waits, too");
}

/// The property tests of `tools::poll` go further; this is the sentence itself.
#[test]
fn number_18_no_event_holds_an_anonymous_answer_beside_its_person() {
    let mut script = full_house();
    let ask = PollAsk { kind: PollKind::Words, question: "How?".into(), options: Vec::new(), named: false, live: false };
    script.tool(LEAD, ToolCommand::Poll(PollCommand::Open(ask))).unwrap();
    for by in [LEAD, MAYA, THEO] {
        let ballot = Ballot::Words(format!("secret-{by}"));
        script.tool(by, ToolCommand::Poll(PollCommand::Vote { id: 0, ballot })).unwrap();
    }
    script.tool(LEAD, ToolCommand::Poll(PollCommand::Close)).unwrap();
    assert!(!serde_json::to_string(&script.book).unwrap().contains("secret-"), "three are too few to be told of at all");
    for by in INSIDE {
        assert!(!sees(&script, by).contains("secret-"), "seat {by}");
    }
}

#[test]
fn number_20_everybody_who_receives_media_has_a_chair_in_every_view() {
    let script = full_house();
    let receives: Vec<u8> = script.room.hearing().hears.iter().map(|(who, _)| *who).collect();
    assert_eq!(receives, INSIDE);
    for by in INSIDE {
        let chairs = script.view(seat(by)).chairs;
        assert!(receives.iter().all(|who| chairs[who].presence == Presence::Here), "seat {by}");
        assert_eq!((chairs[&OBSERVER].part, chairs[&INTERPRETER].part), (Part::Observer, Part::Interpreter));
    }
}

#[test]
fn no_card_of_the_door_leaves_for_anybody_but_a_facilitator() {
    let mut script = full_house();
    script.act(MAYA, RoomCommand::Help).unwrap();
    script.input(Input::Lost(seat(THEO))).unwrap();
    script.pass_seconds(16);
    for by in INSIDE {
        let seen = sees(&script, by);
        for kind in ["location", "callback", "contact", "contact-phone"] {
            assert_eq!(seen.contains(&format!("canary-{kind}-1")), by == LEAD, "{kind} for seat {by}");
        }
    }
}

proptest! {
    /// A crash may come between any two events: what was told so far is a whole room, and the rest goes on from there.
    #[test]
    fn a_book_can_be_broken_off_anywhere(cut in any::<prop::sample::Index>()) {
        let mut script = full_house();
        script.tool(LEAD, open_round()).unwrap();
        script.tool(MAYA, go_round(GoRoundCommand::Pass)).unwrap();
        script.act(THEO, RoomCommand::Help).unwrap();
        script.act(THEO, RoomCommand::Leave).unwrap();
        script.act(LEAD, RoomCommand::Phase { index: 3 }).unwrap();
        let cut = cut.index(script.book.len() + 1);
        let (told, rest) = script.book.split_at(cut);
        let mut room = room::Room::replay(script.room.opening.clone(), told);
        for Stored { at, event } in rest {
            room.apply(event, *at);
        }
        prop_assert_eq!(room, script.room);
    }
}
