//! How people come, drop, return and go: who is told what, at the very millisecond where something changes.

use room::{Event, Guest, Input, MINUTE, Part, Place, Presence, Refusal, RoomCommand, RoomEvent, SEATS, Seat, Stance, limits};

use crate::{
    cast::{AT_DOOR, GONE, INSIDE, LEAD, MAYA, NOBODY, OBSERVER, REMOVED, THEO, full_house, only_seen_by, sees},
    script::{Script, card, guest, seat},
};

fn place(script: &Script, number: u8) -> Option<Place> {
    script.room.people.get(&seat(number)).map(|person| person.place)
}

fn presence(script: &Script, number: u8) -> Presence {
    script.view(seat(LEAD)).chairs[&number].presence
}

#[test]
fn there_are_twenty_chairs_and_no_twenty_first() {
    let mut script = Script::with_members(1);
    for (number, fits) in [(SEATS - 1, true), (SEATS, false), (u8::MAX, false)] {
        let before = script.room.clone();
        let told = script.input(Input::Arrived(guest(number, Part::Member)));
        assert_eq!(told.is_ok(), fits, "seat {number}");
        if !fits {
            assert_eq!((told, &before), (Err(Refusal::OutOfRange), &script.room));
        }
    }
}

#[test]
fn a_facilitator_walks_in_and_everybody_else_waits() {
    for (part, expected) in
        [(Part::Facilitator, Place::Circle), (Part::Member, Place::Door), (Part::Observer, Place::Door), (Part::Interpreter, Place::Door)]
    {
        let mut script = Script::with_members(1);
        script.input(Input::Arrived(guest(8, part))).unwrap();
        assert_eq!(place(&script, 8), Some(expected), "{part:?}");
    }
}

/// The door page sent twice, or a second tab: whoever sits in the circle stays there with what they have.
#[test]
fn arriving_again_from_inside_changes_nothing() {
    let mut script = full_house();
    script.act(MAYA, RoomCommand::Mic { on: true }).unwrap();
    let before = script.room.clone();
    let again = Guest { name: "Somebody else".into(), stance: Stance::Listening, ..guest(MAYA, Part::Member) };
    assert_eq!(script.input(Input::Arrived(again)), Ok(vec![]));
    assert_eq!(script.room, before);
}

#[test]
fn arriving_again_at_the_door_brings_the_newer_card() {
    let mut script = full_house();
    let moved = room::Card { location: "At my sister's".into(), ..card(AT_DOOR) };
    script.input(Input::Arrived(Guest { card: moved, ..guest(AT_DOOR, Part::Member) })).unwrap();
    assert_eq!(script.room.people[&seat(AT_DOOR)].card.location, "At my sister's");
    assert_eq!(place(&script, AT_DOOR), Some(Place::Door));
}

#[test]
fn a_chair_shows_reconnecting_for_fifteen_seconds_and_then_stands_empty() {
    let mut script = full_house();
    script.input(Input::Lost(seat(MAYA))).unwrap();
    for second in 0..15 {
        assert_eq!(presence(&script, MAYA), Presence::Reconnecting, "after {second} s");
        assert!(script.leader().drops.is_empty());
        script.pass_seconds(1);
    }
    assert_eq!(presence(&script, MAYA), Presence::Empty);
    assert_eq!(script.leader().drops.len(), 1);
}

#[test]
fn going_away_is_said_once_and_coming_back_closes_it() {
    let mut script = full_house();
    let said =
        |script: &Script, wanted: &RoomEvent| script.book.iter().filter(|stored| stored.event == Event::Room(wanted.clone())).count();
    let back = RoomEvent::Returned { seat: seat(MAYA) };
    let before = said(&script, &back);
    script.input(Input::Lost(seat(MAYA))).unwrap();
    script.input(Input::Lost(seat(MAYA))).unwrap();
    script.pass_seconds(60);
    let away = RoomEvent::WentAway { seat: seat(MAYA) };
    assert_eq!((said(&script, &RoomEvent::Lost { seat: seat(MAYA) }), said(&script, &away)), (1, 1));
    script.input(Input::Connected(seat(MAYA))).unwrap();
    script.input(Input::Connected(seat(MAYA))).unwrap();
    assert_eq!(said(&script, &back), before + 1);
    assert!(script.leader().drops.is_empty());
}

/// Somebody who vanishes in the middle of a hard evening is looked for until they are found.
#[test]
fn a_drop_stays_on_the_panel_until_somebody_has_dealt_with_it() {
    let mut script = full_house();
    assert_eq!(script.act(LEAD, RoomCommand::SettleDrop { seat: seat(MAYA) }), Err(Refusal::NotNow), "she has not dropped");
    script.input(Input::Lost(seat(MAYA))).unwrap();
    script.pass_seconds(15);
    assert_eq!(script.leader().drops[0].card, card(MAYA));
    only_seen_by(&script, "canary-callback-1", &[LEAD]);
    script.pass_minutes(20);
    assert_eq!(script.leader().drops.len(), 1, "time alone does not settle it");
    script.act(LEAD, RoomCommand::SettleDrop { seat: seat(MAYA) }).unwrap();
    assert!(script.leader().drops.is_empty());
    assert_eq!(script.act(LEAD, RoomCommand::SettleDrop { seat: seat(MAYA) }), Err(Refusal::NotNow), "once is enough");
    assert_eq!(presence(&script, MAYA), Presence::Empty, "settled is not back");
}

#[test]
fn nobody_who_was_let_out_is_called_a_drop() {
    for act in [RoomCommand::Remove { seat: seat(MAYA) }, RoomCommand::SendBack { seat: seat(MAYA) }] {
        let mut script = full_house();
        script.input(Input::Lost(seat(MAYA))).unwrap();
        script.pass_seconds(5);
        script.act(LEAD, act.clone()).unwrap();
        script.pass_minutes(5);
        assert!(script.leader().drops.is_empty(), "{act:?}");
    }
}

#[test]
fn who_has_left_does_not_come_back_by_a_socket() {
    let mut script = full_house();
    for number in [GONE, REMOVED, NOBODY] {
        let before = script.room.clone();
        assert_eq!(script.input(Input::Connected(seat(number))), Ok(vec![]));
        assert_eq!(script.input(Input::Lost(seat(number))), Ok(vec![]));
        assert_eq!((place(&script, number), &script.room), (before.people.get(&seat(number)).map(|p| p.place), &before));
    }
}

#[test]
fn letting_everybody_in_passes_over_who_has_closed_the_page() {
    let mut script = full_house();
    script.input(Input::Arrived(guest(8, Part::Member))).unwrap();
    script.input(Input::Connected(seat(8))).unwrap();
    script.input(Input::Lost(seat(AT_DOOR))).unwrap();
    script.act(LEAD, RoomCommand::AdmitAll).unwrap();
    assert_eq!((place(&script, 8), place(&script, AT_DOOR)), (Some(Place::Circle), Some(Place::Door)));
    assert!(!script.leader().waiting[0].here);
    script.act(LEAD, RoomCommand::Admit { seat: seat(AT_DOOR) }).unwrap();
    assert_eq!(presence(&script, AT_DOOR), Presence::Reconnecting, "by name they may be let in, and their chair waits");
}

/// Who is at the door may be turned away today: the others need not know that they came.
#[test]
fn the_panel_of_those_who_wait_is_for_those_who_lead() {
    let script = full_house();
    let waiting = script.leader().waiting;
    assert_eq!(waiting.iter().map(|one| (one.seat, one.here)).collect::<Vec<_>>(), [(seat(AT_DOOR), true)]);
    only_seen_by(&script, "name-5", &[LEAD]);
    for by in INSIDE.into_iter().filter(|by| *by != LEAD) {
        assert!(!script.view(seat(by)).chairs.contains_key(&AT_DOOR), "seat {by}");
    }
}

#[test]
fn an_expected_chair_stands_empty_and_an_unexpected_one_comes_and_goes() {
    let mut script = Script::with_members(2);
    script.arrive(LEAD);
    assert_eq!(script.view(seat(LEAD)).chairs.keys().copied().collect::<Vec<_>>(), [LEAD, MAYA, THEO]);
    assert_eq!(presence(&script, MAYA), Presence::Empty);
    script.input(Input::Arrived(guest(OBSERVER, Part::Observer))).unwrap();
    assert!(!script.view(seat(LEAD)).chairs.contains_key(&OBSERVER), "not before they are let in");
    script.admit(OBSERVER);
    assert_eq!(presence(&script, OBSERVER), Presence::Here);
    script.act(OBSERVER, RoomCommand::Leave).unwrap();
    assert!(!script.view(seat(LEAD)).chairs.contains_key(&OBSERVER));
}

#[test]
fn a_chair_without_a_line_shows_no_open_microphone() {
    let mut script = full_house();
    script.act(MAYA, RoomCommand::Mic { on: true }).unwrap();
    script.act(MAYA, RoomCommand::Camera { on: true }).unwrap();
    let shown = |script: &Script| (script.view(seat(THEO)).chairs[&MAYA].mic, script.view(seat(THEO)).chairs[&MAYA].camera);
    assert_eq!(shown(&script), (true, true));
    script.input(Input::Lost(seat(MAYA))).unwrap();
    assert_eq!(shown(&script), (false, false));
    script.input(Input::Connected(seat(MAYA))).unwrap();
    assert_eq!(shown(&script), (true, true), "and comes back as it was");
}

#[test]
fn nobody_comes_and_the_practice_hears_of_it_after_five_minutes() {
    let mut script = Script::with_members(2);
    script.arrive(MAYA);
    script.pass_seconds(5 * 60 - 1);
    assert!(!script.room.leader_is_missed());
    script.pass_seconds(1);
    assert!(script.room.leader_is_missed());
}

#[test]
fn an_empty_room_misses_no_leader() {
    let mut script = Script::with_members(2);
    script.pass_minutes(30);
    assert!(!script.room.leader_is_missed());
    script.arrive(MAYA);
    script.input(Input::Lost(seat(MAYA))).unwrap();
    script.pass_minutes(5);
    assert!(!script.room.leader_is_missed(), "who has closed the page does not wait");
}

#[test]
fn a_circle_without_a_leader_is_told_of_after_a_minute_and_again_the_next_time() {
    let mut script = full_house();
    let told = |script: &Script| script.book.iter().filter(|stored| stored.event == Event::Room(RoomEvent::LeaderMissing)).count();
    for time in 1..=2 {
        script.input(Input::Lost(seat(LEAD))).unwrap();
        script.pass_seconds(59);
        assert_eq!(told(&script), time - 1, "not before the minute is over");
        script.pass_seconds(120);
        assert_eq!(told(&script), time);
        assert!(script.view(seat(MAYA)).without_leader);
        script.input(Input::Connected(seat(LEAD))).unwrap();
        assert!(!script.room.leader_is_missed() && !script.view(seat(MAYA)).without_leader);
    }
}

/// The record of an evening is written at its end; a room that never ends has none.
#[test]
fn a_forgotten_room_ends_by_itself_and_one_with_people_does_not() {
    let after_the_end = limits::FORGOTTEN / MINUTE + 90;
    let mut script = full_house();
    script.pass_minutes(after_the_end + 5);
    assert!(!script.room.has_ended(), "people still talk");
    let mut script = full_house();
    for by in INSIDE {
        script.input(Input::Lost(seat(by))).unwrap();
    }
    script.pass_minutes(after_the_end - 1);
    assert!(!script.room.has_ended());
    script.pass_minutes(1);
    assert!(script.room.has_ended());
}

#[test]
fn how_somebody_takes_part_is_shown_as_little_as_it_must() {
    let mut script = full_house();
    for (stance, listening) in [(Stance::AskMe, false), (Stance::Listening, true), (Stance::Open, false)] {
        script.act(MAYA, RoomCommand::SetStance { stance }).unwrap();
        assert_eq!(script.view(seat(THEO)).chairs[&MAYA].listening, listening, "{stance:?}");
        assert_eq!(script.leader().stances[&MAYA], stance);
        assert_eq!(script.view(seat(MAYA)).you.stance, stance);
    }
    script.act(MAYA, RoomCommand::SetStance { stance: Stance::AskMe }).unwrap();
    only_seen_by(&script, "ask_me", &[LEAD, MAYA]);
}

#[test]
fn help_is_asked_once_and_settled_once() {
    let mut script = full_house();
    assert_eq!(script.act(LEAD, RoomCommand::SettleHelp { seat: seat(MAYA) }), Err(Refusal::NotNow));
    let first = script.act(MAYA, RoomCommand::Help).unwrap();
    assert_eq!(first, [Event::Room(RoomEvent::HelpAsked { seat: seat(MAYA) })]);
    script.pass_minutes(1);
    assert_eq!(script.act(MAYA, RoomCommand::Help), Ok(vec![]), "pressing again is no second call");
    assert_eq!(script.now() - script.leader().helps[0].at, MINUTE, "it counts from the first");
    script.act(MAYA, RoomCommand::Leave).unwrap();
    assert_eq!(script.leader().helps.len(), 1, "leaving does not take the call back");
    script.act(LEAD, RoomCommand::SettleHelp { seat: seat(MAYA) }).unwrap();
    assert_eq!(script.act(LEAD, RoomCommand::SettleHelp { seat: seat(MAYA) }), Err(Refusal::NotNow));
}

/// An observer or an interpreter is a person, too.
#[test]
fn everybody_inside_may_call_for_help_and_only_the_leader_sees_it() {
    for by in INSIDE {
        let mut script = full_house();
        script.act(by, RoomCommand::Help).unwrap();
        assert_eq!(script.leader().helps[0].seat, seat(by));
        for other in INSIDE.into_iter().filter(|other| *other != by && *other != LEAD) {
            let view = script.view(seat(other));
            assert!(!view.you.help_asked && view.lead.is_none(), "seat {by} asked, seat {other} sees it");
        }
        assert!(sees(&script, by).contains(r#""help_asked":true"#), "who asked is told that it was heard");
    }
}

#[test]
fn media_go_to_those_who_are_here_and_to_nobody_else() {
    let mut script = full_house();
    let hears = |script: &Script, who: u8| script.room.hearing().hears.into_iter().find(|(of, _)| *of == who).map(|(_, others)| others);
    assert_eq!(hears(&script, MAYA), Some(vec![LEAD, THEO, OBSERVER, 4]));
    script.input(Input::Lost(seat(THEO))).unwrap();
    assert_eq!((hears(&script, MAYA), hears(&script, THEO)), (Some(vec![LEAD, OBSERVER, 4]), None));
    for outside in [AT_DOOR, GONE, REMOVED, NOBODY] {
        assert_eq!(hears(&script, outside), None, "seat {outside}");
    }
    script.act(LEAD, RoomCommand::End).unwrap();
    assert_eq!(script.room.hearing(), room::Hearing::default());
}

#[test]
fn silent_and_unseen_are_exactly_those_with_closed_devices() {
    let mut script = full_house();
    script.act(MAYA, RoomCommand::Mic { on: true }).unwrap();
    script.act(THEO, RoomCommand::Camera { on: true }).unwrap();
    let hearing = script.room.hearing();
    assert_eq!((hearing.silent, hearing.unseen), (vec![LEAD, THEO, OBSERVER, 4], vec![LEAD, MAYA, OBSERVER, 4]));
}

#[test]
fn nothing_at_all_happens_after_the_end() {
    let mut script = full_house();
    script.act(LEAD, RoomCommand::End).unwrap();
    let ended = script.room.clone();
    for input in [
        Input::Arrived(guest(8, Part::Member)),
        Input::Connected(seat(AT_DOOR)),
        Input::Lost(seat(MAYA)),
        Input::Talked([(Seat(MAYA), 1_000)].into()),
        Input::Tick,
    ] {
        assert_eq!(script.input(input.clone()), Err(Refusal::NotNow), "{input:?}");
        assert_eq!(script.room, ended);
    }
    assert!(script.view(seat(MAYA)).ended);
}
