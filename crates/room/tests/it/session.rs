use room::{
    Event, Input, Part, Presence, Refusal, RoomCommand, RoomEvent, Stance,
    tools::{
        ToolCommand,
        chat::{Audience, ChatCommand},
        check_in::CheckInCommand,
        closing::{ClosingAnswer, ClosingCommand},
        go_round::{GoRoundCommand, Order},
        hands::HandsCommand,
    },
};

use crate::script::{Script, guest, seat};

fn round(act: GoRoundCommand) -> ToolCommand {
    ToolCommand::GoRound(act)
}

fn open_round(script: &mut Script) {
    script.tool(0, round(GoRoundCommand::Open { prompt: "One moment".into(), order: Order::Seats, seconds: 60 })).unwrap();
}

fn floor(script: &Script) -> Option<u8> {
    script.view(seat(0)).tools.go_round.and_then(|round| round.turn).map(|turn| turn.seat.0)
}

#[test]
fn a_person_at_the_door_sees_nothing_and_can_do_nothing() {
    let mut script = Script::with_members(2);
    script.arrive(0);
    script.arrive(1);
    assert!(script.room.view_for(seat(1), script.now()).is_none());
    for command in [RoomCommand::Admit { seat: seat(1) }, RoomCommand::AdmitAll, RoomCommand::Mic { on: true }, RoomCommand::Begin] {
        assert_eq!(script.act(1, command), Err(Refusal::NotInCircle));
    }
    assert!(!script.room.hearing().hears.iter().any(|(who, _)| *who == 1));
}

#[test]
fn members_cannot_open_the_door_or_lead() {
    let mut script = Script::with_members(2);
    script.everybody_in();
    script.input(Input::Arrived(guest(9, Part::Member))).unwrap();
    for command in [
        RoomCommand::Admit { seat: seat(9) },
        RoomCommand::End,
        RoomCommand::MuteAll,
        RoomCommand::Phase { index: 2 },
        RoomCommand::Remove { seat: seat(2) },
    ] {
        assert_eq!(script.act(1, command), Err(Refusal::NotYours));
    }
}

#[test]
fn a_removed_member_comes_back_only_through_the_door() {
    let mut script = Script::with_members(2);
    script.everybody_in();
    script.act(0, RoomCommand::Remove { seat: seat(1) }).unwrap();
    script.input(Input::Connected(seat(1))).unwrap();
    assert!(script.room.view_for(seat(1), script.now()).is_none());
    assert_eq!(script.act(1, RoomCommand::Mic { on: true }), Err(Refusal::NotInCircle));
    script.arrive(1);
    assert!(script.room.view_for(seat(1), script.now()).is_none());
    script.admit(1);
    assert!(script.room.view_for(seat(1), script.now()).is_some());
}

#[test]
fn a_drop_shows_quickly_and_the_seat_is_kept() {
    let mut script = Script::with_members(2);
    script.everybody_in();
    script.input(Input::Lost(seat(1))).unwrap();
    assert_eq!(script.view(seat(2)).chairs[&1].presence, Presence::Reconnecting);
    script.pass_seconds(16);
    assert_eq!(script.view(seat(2)).chairs[&1].presence, Presence::Empty, "no ghost after 20 s");
    let drops = script.leader().drops;
    assert_eq!(drops.len(), 1);
    assert_eq!(drops[0].card.callback, "canary-callback-1");
    assert!(script.view(seat(2)).lead.is_none());
    script.input(Input::Connected(seat(1))).unwrap();
    assert_eq!(script.view(seat(2)).chairs[&1].presence, Presence::Here);
    assert!(script.leader().drops.is_empty());
}

#[test]
fn leaving_politely_is_not_a_drop() {
    let mut script = Script::with_members(2);
    script.everybody_in();
    script.act(1, RoomCommand::Leave).unwrap();
    script.pass_seconds(60);
    assert!(script.leader().drops.is_empty());
    assert_eq!(script.view(seat(2)).chairs[&1].presence, Presence::Empty);
}

#[test]
fn every_arrival_alerts_and_not_only_the_first() {
    let mut script = Script::with_members(3);
    script.arrive(0);
    script.arrive(1);
    let first = script.leader().waiting[0].since;
    script.pass_seconds(5);
    script.arrive(2);
    assert_eq!(script.leader().waiting.len(), 2);
    script.arrive(1);
    assert!(script.leader().waiting[0].since > first);
}

#[test]
fn talk_counts_only_with_an_open_microphone_in_the_circle() {
    let mut script = Script::with_members(2);
    script.everybody_in();
    script.talk(&[(1, 4_000)]);
    assert_eq!(script.leader().voices[1].seconds, 0);
    script.act(1, RoomCommand::Mic { on: true }).unwrap();
    script.talk(&[(1, 4_000)]);
    script.act(0, RoomCommand::Mute { seat: seat(1) }).unwrap();
    script.talk(&[(1, 4_000)]);
    script.act(1, RoomCommand::Mic { on: true }).unwrap();
    script.input(Input::Lost(seat(1))).unwrap();
    script.talk(&[(1, 4_000)]);
    let voice = &script.leader().voices[1];
    assert_eq!((voice.seconds, voice.share), (4, 100));
    script.input(Input::Connected(seat(1))).unwrap();
    script.act(1, RoomCommand::Leave).unwrap();
    script.talk(&[(1, 4_000)]);
    assert_eq!(script.room.talk.total(seat(1)), 4_000);
}

#[test]
fn facilitators_mute_and_never_unmute() {
    let mut script = Script::with_members(2);
    script.everybody_in();
    script.act(1, RoomCommand::Mic { on: true }).unwrap();
    script.act(0, RoomCommand::MuteAll).unwrap();
    assert!(!script.view(seat(1)).you.mic);
    assert_eq!(script.act(0, RoomCommand::Mute { seat: seat(1) }), Err(Refusal::NotNow));
}

#[test]
fn a_go_round_with_a_pass_a_later_a_drop_and_a_late_comer() {
    let mut script = Script::with_members(4);
    for number in 0..=3 {
        script.arrive(number);
    }
    for number in 1..=3 {
        script.admit(number);
    }
    script.act(0, RoomCommand::Begin).unwrap();
    open_round(&mut script);
    assert_eq!(floor(&script), Some(0));
    assert_eq!(script.tool(2, round(GoRoundCommand::Done)), Err(Refusal::NotYourTurn));
    script.tool(0, round(GoRoundCommand::Done)).unwrap();
    script.tool(1, round(GoRoundCommand::Pass)).unwrap();
    assert_eq!(floor(&script), Some(2));
    script.tool(2, round(GoRoundCommand::ComeBackToMe)).unwrap();
    assert_eq!(floor(&script), Some(3));
    script.input(Input::Lost(seat(3))).unwrap();
    script.pass_seconds(16);
    assert_eq!(floor(&script), Some(2), "whoever dropped goes to the end");
    script.arrive(4);
    script.admit(4);
    script.tool(2, round(GoRoundCommand::Done)).unwrap();
    assert_eq!(floor(&script), Some(3));
    script.tool(0, round(GoRoundCommand::Skip)).unwrap();
    assert_eq!(floor(&script), Some(4), "the late-comer is at the end of the order");
    script.tool(4, round(GoRoundCommand::Done)).unwrap();
    assert_eq!(floor(&script), Some(3));
}

#[test]
fn just_listening_is_left_out_and_may_join_in() {
    let mut script = Script::with_members(2);
    script.everybody_in();
    script.act(1, RoomCommand::SetStance { stance: Stance::Listening }).unwrap();
    open_round(&mut script);
    let waiting = script.view(seat(0)).tools.go_round.unwrap().waiting;
    assert_eq!(waiting, [seat(2)]);
    script.tool(1, round(GoRoundCommand::JoinIn)).unwrap();
    assert_eq!(script.view(seat(0)).tools.go_round.unwrap().waiting, [seat(2), seat(1)]);
}

#[test]
fn a_private_concern_stays_with_the_facilitators() {
    let mut script = Script::with_members(2);
    script.everybody_in();
    script.tool(0, ToolCommand::CheckIn(CheckInCommand::Open)).unwrap();
    let answer = |to_group| {
        ToolCommand::CheckIn(CheckInCommand::Answer { mood: 3, word: "tense".into(), concern: "canary-concern".into(), to_group })
    };
    script.tool(1, answer(false)).unwrap();
    let seen = serde_json::to_string(&script.view(seat(2))).unwrap();
    assert!(!seen.contains("canary-concern") && !seen.contains("tense"));
    assert!(serde_json::to_string(&script.view(seat(0))).unwrap().contains("canary-concern"));
    script.tool(1, answer(true)).unwrap();
    let shared = script.view(seat(2)).tools.check_in.unwrap();
    assert_eq!(shared.shared[0].concern, "canary-concern");
    assert!(shared.told.is_none());
    assert_eq!(
        script.tool(
            2,
            ToolCommand::CheckIn(CheckInCommand::Answer { mood: 11, word: String::new(), concern: String::new(), to_group: true })
        ),
        Err(Refusal::OutOfRange)
    );
}

#[test]
fn notes_to_the_facilitators_reach_nobody_else() {
    let mut script = Script::with_members(2);
    script.everybody_in();
    script.tool(1, ToolCommand::Chat(ChatCommand::Say { text: "canary-note".into(), to: Audience::Facilitators })).unwrap();
    assert!(serde_json::to_string(&script.view(seat(1))).unwrap().contains("canary-note"));
    assert!(serde_json::to_string(&script.view(seat(0))).unwrap().contains("canary-note"));
    assert!(!serde_json::to_string(&script.view(seat(2))).unwrap().contains("canary-note"));
    let long = ChatCommand::Say { text: "x".repeat(1_001), to: Audience::Circle };
    assert_eq!(script.tool(1, ToolCommand::Chat(long)), Err(Refusal::TooLong { most: 1_000 }));
}

#[test]
fn hands_are_in_order_and_the_quiet_come_first_for_the_leader() {
    let mut script = Script::with_members(3);
    script.everybody_in();
    for number in 1..=3 {
        script.act(number, RoomCommand::Mic { on: true }).unwrap();
    }
    script.talk(&[(1, 60_000), (2, 5_000)]);
    for number in 1..=3 {
        script.tool(number, ToolCommand::Hands(HandsCommand::Raise)).unwrap();
    }
    let hands = script.view(seat(0)).tools.hands;
    assert_eq!(hands.order, [seat(1), seat(2), seat(3)]);
    assert_eq!(hands.quiet_first, Some(vec![seat(3), seat(2), seat(1)]));
    assert_eq!(script.view(seat(2)).tools.hands.quiet_first, None);
    script.act(2, RoomCommand::Leave).unwrap();
    assert_eq!(script.view(seat(0)).tools.hands.order, [seat(1), seat(3)]);
}

#[test]
fn help_reaches_the_facilitators_silently() {
    let mut script = Script::with_members(2);
    script.everybody_in();
    script.act(1, RoomCommand::Help).unwrap();
    assert!(script.view(seat(1)).you.help_asked);
    assert_eq!(script.leader().helps[0].seat, seat(1));
    assert!(!script.view(seat(2)).you.help_asked);
    assert!(!serde_json::to_string(&script.view(seat(2))).unwrap().contains("canary-location"));
    script.act(0, RoomCommand::SettleHelp { seat: seat(1) }).unwrap();
    assert!(script.leader().helps.is_empty());
}

#[test]
fn the_one_suggestion_respects_how_each_takes_part() {
    let mut script = Script::with_members(3);
    script.everybody_in();
    script.act(1, RoomCommand::SetStance { stance: Stance::Listening }).unwrap();
    script.act(3, RoomCommand::SetStance { stance: Stance::AskMe }).unwrap();
    assert!(script.leader().suggestion.is_none());
    script.pass_minutes(11);
    let suggestion = script.leader().suggestion.unwrap();
    assert_eq!((suggestion.seat, suggestion.wants_to_be_asked), (seat(3), true));
    script.act(0, RoomCommand::DismissSuggestion { seat: seat(3) }).unwrap();
    assert_eq!(script.leader().suggestion.unwrap().seat, seat(2));
    script.act(0, RoomCommand::DismissSuggestion { seat: seat(2) }).unwrap();
    assert!(script.leader().suggestion.is_none());
}

#[test]
fn nobody_leads_and_the_practice_is_told_once() {
    let mut script = Script::with_members(2);
    script.arrive(1);
    script.pass_minutes(4);
    assert!(!script.room.leader_is_missed());
    script.pass_minutes(2);
    let told = script.book.iter().filter(|stored| stored.event == Event::Room(RoomEvent::LeaderMissing)).count();
    assert_eq!(told, 1);
    script.arrive(0);
    assert!(!script.room.leader_is_missed());
}

#[test]
fn the_leader_drops_and_a_co_leader_has_the_same_rights() {
    let mut script = Script::with_members(2);
    script.everybody_in();
    script.input(Input::Arrived(guest(5, Part::Facilitator))).unwrap();
    script.input(Input::Connected(seat(5))).unwrap();
    script.input(Input::Lost(seat(0))).unwrap();
    assert!(!script.view(seat(1)).without_leader);
    script.act(5, RoomCommand::Phase { index: 1 }).unwrap();
    script.input(Input::Lost(seat(5))).unwrap();
    assert!(script.view(seat(1)).without_leader);
    script.pass_seconds(61);
    assert!(script.room.leader_is_missed());
}

#[test]
fn the_agenda_starts_extends_skips_and_goes_back() {
    let mut script = Script::with_members(1);
    script.everybody_in();
    assert_eq!(script.view(seat(1)).running.unwrap().index, 0);
    script.pass_minutes(20);
    script.act(0, RoomCommand::Extend { minutes: 5 }).unwrap();
    let running = script.view(seat(1)).running.unwrap();
    assert_eq!(running.until - script.now(), 5 * room::MINUTE, "an overrun phase is extended from now");
    script.act(0, RoomCommand::Phase { index: 3 }).unwrap();
    script.act(0, RoomCommand::Phase { index: 1 }).unwrap();
    assert_eq!(script.act(0, RoomCommand::Phase { index: 9 }), Err(Refusal::OutOfRange));
    assert_eq!(script.act(0, RoomCommand::Extend { minutes: 0 }), Err(Refusal::OutOfRange));
}

#[test]
fn an_observer_is_in_everybodys_roster_and_stays_silent() {
    let mut script = Script::with_members(1);
    script.everybody_in();
    script.input(Input::Arrived(guest(7, Part::Observer))).unwrap();
    script.input(Input::Connected(seat(7))).unwrap();
    script.admit(7);
    assert_eq!(script.view(seat(1)).chairs[&7].part, Part::Observer);
    assert_eq!(script.act(7, RoomCommand::Mic { on: true }), Err(Refusal::NotYours));
    assert_eq!(script.tool(7, ToolCommand::Hands(HandsCommand::Raise)), Err(Refusal::NotYours));
}

#[test]
fn closing_gathers_takeaways_homework_and_the_card() {
    let mut script = Script::with_members(2);
    script.everybody_in();
    let closing = ToolCommand::Closing;
    script.tool(0, closing(ClosingCommand::Open)).unwrap();
    script.tool(1, closing(ClosingCommand::WriteTakeaway { text: "A wave passes.".into() })).unwrap();
    script.tool(0, closing(ClosingCommand::GiveHomework { seat: seat(1), text: "canary-homework".into(), days: 7 })).unwrap();
    assert_eq!(script.tool(1, closing(ClosingCommand::GiveHomework { seat: seat(2), text: "x".into(), days: 7 })), Err(Refusal::NotYours));
    assert_eq!(
        script.tool(0, closing(ClosingCommand::GiveHomework { seat: seat(0), text: "x".into(), days: 7 })),
        Err(Refusal::NobodyThere)
    );
    let answer = ClosingAnswer { mood: Some(6), heard: Some(9), line: "canary-line".into(), ..ClosingAnswer::default() };
    script.tool(1, closing(ClosingCommand::Answer(answer))).unwrap();
    let other = serde_json::to_string(&script.view(seat(2))).unwrap();
    assert!(other.contains("A wave passes.") && !other.contains("canary-homework") && !other.contains("canary-line"));
    assert_eq!(script.tool(2, closing(ClosingCommand::RemoveTakeaway { id: 0 })), Err(Refusal::NotYours));
    script.tool(1, closing(ClosingCommand::RemoveTakeaway { id: 0 })).unwrap();
    script.act(0, RoomCommand::End).unwrap();
    assert_eq!(script.act(1, RoomCommand::Mic { on: true }), Err(Refusal::NotNow));
    assert!(script.room.hearing().hears.is_empty());
}

#[test]
fn ninety_minutes_run_in_no_time_and_come_back_from_the_book() {
    let mut script = Script::with_members(12);
    script.everybody_in();
    for number in 0..=12 {
        script.act(number, RoomCommand::Mic { on: true }).unwrap();
    }
    for minute in 0..90i64 {
        script.pass_seconds(60);
        script.talk(&[((minute % 13) as u8, 40_000), (((minute + 1) % 13) as u8, 5_000)]);
        if minute % 18 == 17 && minute < 80 {
            script.act(0, RoomCommand::Phase { index: (minute / 18 + 1) as u8 }).unwrap();
        }
    }
    assert_eq!(script.rebuilt(), script.room);
    let shares: u32 = script.leader().voices.iter().map(|voice| u32::from(voice.share)).sum();
    assert!((94..=106).contains(&shares), "{shares}");
}
