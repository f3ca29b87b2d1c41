//! Every command of the room by everybody, before it begins, while it runs and after its end.

use room::{Command, Event, HouseNews, Input, Part, Refusal, RoomCommand, RoomEvent, Stance, tools::Right};

use crate::{
    cast::{AT_DOOR, GONE, INSIDE, INTERPRETER, LEAD, MAYA, NOBODY, OBSERVER, OUTSIDE, REMOVED, THEO, full_house, holds},
    script::{Script, guest, seat},
};

fn all() -> Vec<(RoomCommand, Right)> {
    use RoomCommand::*;
    let of = seat(THEO);
    vec![
        (Mic { on: true }, Right::Circle),
        (Mic { on: false }, Right::Circle),
        (Camera { on: true }, Right::Circle),
        (Camera { on: false }, Right::Circle),
        (Help, Right::Circle),
        (Leave, Right::Circle),
        (Object, Right::TurnTakers),
        (SetStance { stance: Stance::AskMe }, Right::TurnTakers),
        (Admit { seat: seat(AT_DOOR) }, Right::Facilitators),
        (AdmitAll, Right::Facilitators),
        (SendBack { seat: of }, Right::Facilitators),
        (Remove { seat: of }, Right::Facilitators),
        (Mute { seat: of }, Right::Facilitators),
        (MuteAll, Right::Facilitators),
        (Begin, Right::Facilitators),
        (Phase { index: 1 }, Right::Facilitators),
        (Extend { minutes: 5 }, Right::Facilitators),
        (OpenPrepared { phase: 0, tool: 0 }, Right::Facilitators),
        (SettleDrop { seat: of }, Right::Facilitators),
        (SettleHelp { seat: of }, Right::Facilitators),
        (DismissSuggestion { seat: of }, Right::Facilitators),
        (End, Right::Facilitators),
    ]
}

fn refused(script: &Script, by: u8, command: &RoomCommand) -> Option<Refusal> {
    let mut tried = script.clone();
    let told = tried.act(by, command.clone());
    if told.is_err() {
        assert_eq!(tried.room, script.room, "{command:?} was refused and changed something");
    } else {
        assert_eq!(tried.rebuilt(), tried.room, "{command:?} is not in the book");
    }
    told.err()
}

#[test]
fn a_right_is_asked_before_anything_else() {
    let script = full_house();
    for (command, right) in all() {
        assert_eq!(Command::Room(command.clone()).right(), right, "{command:?}");
        for by in INSIDE {
            let no = refused(&script, by, &command);
            let never = by == OBSERVER && command == RoomCommand::Mic { on: true };
            assert_eq!(no == Some(Refusal::NotYours), never || !holds(right, by), "{command:?} by seat {by}: {no:?}");
        }
        for by in OUTSIDE {
            assert_eq!(refused(&script, by, &command), Some(Refusal::NotInCircle), "{command:?} by seat {by}");
        }
    }
}

#[test]
fn before_the_session_begins_there_is_nothing_to_steer() {
    let mut script = Script::with_members(2);
    script.arrive(LEAD);
    script.arrive(THEO);
    script.admit(THEO);
    for (command, expected) in [
        (RoomCommand::Phase { index: 0 }, Some(Refusal::NotNow)),
        (RoomCommand::Extend { minutes: 5 }, Some(Refusal::NotNow)),
        (RoomCommand::End, Some(Refusal::NotNow)),
        (RoomCommand::Begin, None),
        (RoomCommand::Mic { on: true }, None),
        (RoomCommand::SendBack { seat: seat(THEO) }, None),
        (RoomCommand::Remove { seat: seat(THEO) }, None),
    ] {
        assert_eq!(refused(&script, LEAD, &command), expected, "{command:?}");
    }
    script.act(LEAD, RoomCommand::Begin).unwrap();
    assert_eq!(refused(&script, LEAD, &RoomCommand::Begin), Some(Refusal::NotNow), "it begins once");
}

#[test]
fn after_the_end_every_command_is_too_late() {
    let mut script = full_house();
    script.act(LEAD, RoomCommand::End).unwrap();
    for (command, _) in all() {
        for by in INSIDE.into_iter().chain(OUTSIDE) {
            assert_eq!(refused(&script, by, &command), Some(Refusal::NotNow), "{command:?} by seat {by}");
        }
    }
}

/// What a leader can do to whom, by the seat that is named.
#[test]
fn only_guests_are_moved_and_only_from_where_they_are() {
    use RoomCommand::{Admit, Mute, Remove, SendBack};
    let mut script = full_house();
    script.input(Input::Arrived(guest(9, Part::Facilitator))).unwrap();
    script.act(THEO, RoomCommand::Mic { on: true }).unwrap();
    let (yes, nobody, not_yours, not_now) = (None, Some(Refusal::NobodyThere), Some(Refusal::NotYours), Some(Refusal::NotNow));
    for (of, admit, send_back, remove, mute) in [
        (LEAD, &nobody, &not_yours, &not_yours, &not_now),
        (9, &nobody, &not_yours, &not_yours, &not_now),
        (MAYA, &nobody, &yes, &yes, &not_now),
        (THEO, &nobody, &yes, &yes, &yes),
        (OBSERVER, &nobody, &yes, &yes, &not_now),
        (INTERPRETER, &nobody, &yes, &yes, &not_now),
        (AT_DOOR, &yes, &nobody, &yes, &nobody),
        (GONE, &nobody, &nobody, &nobody, &nobody),
        (REMOVED, &nobody, &nobody, &nobody, &nobody),
        (NOBODY, &nobody, &nobody, &nobody, &nobody),
        (u8::MAX, &nobody, &nobody, &nobody, &nobody),
    ] {
        let seat = seat(of);
        for (command, expected) in
            [(Admit { seat }, admit), (SendBack { seat }, send_back), (Remove { seat }, remove), (Mute { seat }, mute)]
        {
            assert_eq!(&refused(&script, LEAD, &command), expected, "{command:?}");
        }
    }
}

/// A leader who quiets the room is about to speak.
#[test]
fn muting_everybody_leaves_the_leaders_their_voice() {
    let mut script = full_house();
    script.input(Input::Arrived(guest(9, Part::Facilitator))).unwrap();
    script.input(Input::Connected(seat(9))).unwrap();
    for by in [LEAD, MAYA, INTERPRETER, 9] {
        script.act(by, RoomCommand::Mic { on: true }).unwrap();
    }
    let events = script.act(LEAD, RoomCommand::MuteAll).unwrap();
    let muted = |of: u8| Event::Room(RoomEvent::Muted { seat: seat(of), by: seat(LEAD) });
    assert_eq!(events, [muted(MAYA), muted(INTERPRETER)]);
    assert!(script.view(seat(9)).you.mic && script.view(seat(LEAD)).you.mic);
    assert_eq!(script.act(LEAD, RoomCommand::MuteAll), Ok(vec![]), "nobody is left to mute");
    script.act(MAYA, RoomCommand::Mic { on: true }).unwrap();
    assert!(script.view(seat(MAYA)).you.mic, "whoever was muted may speak again by themselves");
}

#[test]
fn a_leader_may_be_muted_by_name_by_another_one() {
    let mut script = full_house();
    script.input(Input::Arrived(guest(9, Part::Facilitator))).unwrap();
    script.input(Input::Connected(seat(9))).unwrap();
    script.act(9, RoomCommand::Mic { on: true }).unwrap();
    script.act(LEAD, RoomCommand::Mute { seat: seat(9) }).unwrap();
    assert!(!script.view(seat(9)).you.mic);
}

/// Statement 24: whoever watches is seen.
#[test]
fn an_observer_may_show_a_face_and_never_a_voice() {
    let mut script = full_house();
    script.act(OBSERVER, RoomCommand::Camera { on: true }).unwrap();
    assert_eq!(refused(&script, OBSERVER, &RoomCommand::Mic { on: true }), Some(Refusal::NotYours));
    assert_eq!(refused(&script, OBSERVER, &RoomCommand::Mic { on: false }), None);
    assert!(script.room.hearing().silent.contains(&OBSERVER));
    script.act(INTERPRETER, RoomCommand::Mic { on: true }).unwrap();
    assert!(!script.room.hearing().silent.contains(&INTERPRETER));
}

/// L23: one no is enough, at any time, and it is nobody's name.
#[test]
fn a_member_who_objects_is_not_watched_any_more() {
    let script = full_house();
    assert_eq!(refused(&script, LEAD, &RoomCommand::Object), Some(Refusal::NotNow), "leaders have another way");
    let mut told = script.clone();
    let events = told.act(MAYA, RoomCommand::Object).unwrap();
    assert_eq!(events[1..], [Event::Room(RoomEvent::Removed { seat: seat(OBSERVER) })]);
    assert_eq!(told.rebuilt(), told.room);
    let mut other = script.clone();
    other.act(THEO, RoomCommand::Object).unwrap();
    for by in [LEAD, MAYA, THEO, INTERPRETER] {
        assert_eq!(told.view(seat(by)), other.view(seat(by)), "whoever objected, seat {by} sees the same");
    }
    assert_eq!(refused(&told, THEO, &RoomCommand::Object), Some(Refusal::NotNow), "there is nobody left to object to");
    told.input(Input::Arrived(guest(OBSERVER, Part::Observer))).unwrap();
    told.input(Input::Connected(seat(OBSERVER))).unwrap();
    assert_eq!(refused(&told, LEAD, &RoomCommand::Admit { seat: seat(OBSERVER) }), Some(Refusal::NotAgreed), "it holds for today");
    told.act(LEAD, RoomCommand::AdmitAll).unwrap();
    assert!(
        !told.room.people[&seat(OBSERVER)].in_circle() && told.room.people[&seat(AT_DOOR)].in_circle(),
        "letting all in lets in the others"
    );
}

/// P8: a seat that ended on a page ends in the room, from the circle and from the door. Leaders are not sent away like this.
#[test]
fn a_seat_that_ended_is_empty_at_once() {
    let mut script = full_house();
    let news = |ended: &[u8]| Input::HouseNews(HouseNews { ended: ended.iter().map(|of| seat(*of)).collect(), ..HouseNews::default() });
    assert!(script.input(news(&[LEAD, NOBODY])).unwrap().is_empty());
    assert_eq!(script.input(news(&[MAYA])).unwrap(), [Event::Room(RoomEvent::Removed { seat: seat(MAYA) })]);
    assert!(script.room.view_for(seat(MAYA), script.now()).is_none());
    assert!(script.input(news(&[MAYA])).unwrap().is_empty(), "once");
    assert_eq!(script.input(news(&[AT_DOOR])).unwrap().len(), 1);
    assert_eq!(script.rebuilt(), script.room);
}

/// P8: whoever sits at the same camera is named in everybody's view.
#[test]
fn who_sits_beside_somebody_is_seen_by_all() {
    let mut script = full_house();
    script.input(Input::Arrived(room::Guest { beside: "Erik".into(), ..guest(AT_DOOR, Part::Member) })).unwrap();
    script.admit(AT_DOOR);
    for reader in [LEAD, MAYA] {
        assert_eq!(script.view(seat(reader)).chairs[&AT_DOOR].beside, "Erik");
    }
    assert_eq!(script.rebuilt(), script.room);
}

/// L23: the same no, said on a page. It is for that one observer, and a yes may follow it.
#[test]
fn a_no_on_a_page_ends_the_watching_at_once() {
    let script = full_house();
    let mut told = script.clone();
    let news = |unwelcome: &[u8]| {
        Input::HouseNews(HouseNews { unwelcome: unwelcome.iter().map(|of| seat(*of)).collect(), ..HouseNews::default() })
    };
    assert!(told.input(news(&[])).unwrap().is_empty(), "news that change nothing are none");
    assert!(told.input(news(&[MAYA, LEAD, INTERPRETER, NOBODY])).unwrap().is_empty(), "nobody but an observer is sent away");
    let events = told.input(news(&[OBSERVER])).unwrap();
    assert_eq!(events, [Event::Room(RoomEvent::Removed { seat: seat(OBSERVER) })], "and nothing in the book says who asked");
    assert!(told.room.view_for(seat(OBSERVER), told.now()).is_none());
    assert!(told.input(news(&[OBSERVER])).unwrap().is_empty(), "once");
    assert_eq!(told.rebuilt(), told.room);
    let mut objected = script.clone();
    objected.act(MAYA, RoomCommand::Object).unwrap();
    for by in [LEAD, MAYA, THEO, INTERPRETER] {
        assert_eq!(told.view(seat(by)), objected.view(seat(by)), "it looks the same, wherever it was said");
    }
    told.input(Input::Arrived(guest(OBSERVER, Part::Observer))).unwrap();
    told.input(Input::Connected(seat(OBSERVER))).unwrap();
    let mut waits = told.clone();
    assert_eq!(waits.input(news(&[OBSERVER])).unwrap().len(), 1, "at the door, too");
    told.act(LEAD, RoomCommand::Admit { seat: seat(OBSERVER) }).unwrap();
    assert!(told.room.people[&seat(OBSERVER)].in_circle(), "who said yes again has said yes");
}

#[test]
fn a_suggestion_that_was_put_away_comes_back_only_after_that_person_has_spoken() {
    let mut script = Script::with_members(1);
    script.everybody_in();
    script.pass_minutes(11);
    let suggested = |script: &Script| script.leader().suggestion.map(|one| one.seat.0);
    assert_eq!(suggested(&script), Some(MAYA));
    script.act(LEAD, RoomCommand::DismissSuggestion { seat: seat(MAYA) }).unwrap();
    script.pass_minutes(30);
    assert_eq!(suggested(&script), None, "a leader is not asked twice");
    script.act(MAYA, RoomCommand::Mic { on: true }).unwrap();
    script.talk(&[(MAYA, 2_000)]);
    script.pass_minutes(10);
    assert_eq!(suggested(&script), Some(MAYA));
}
