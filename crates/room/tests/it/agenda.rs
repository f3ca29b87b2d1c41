use proptest::prelude::*;
use room::{Agenda, At, MINUTE, Phase, PhaseKind, Refusal, RoomCommand, limits};

use crate::{
    cast::{LEAD, MAYA},
    script::{Script, seat},
};

fn agenda(minutes: &[u16]) -> Agenda {
    let phase = |minutes: &u16| Phase {
        kind: PhaseKind::Discuss,
        minutes: *minutes,
        prompt: String::new(),
        theme: String::new(),
        tools: Vec::new(),
    };
    Agenda::new(minutes.iter().map(phase).collect())
}

#[test]
fn a_phase_that_is_not_there_cannot_be_started() {
    let now = At(1_000);
    let three = agenda(&[10, 20, 30]);
    for (index, minutes) in [(0, 10), (1, 20), (2, 30)] {
        let running = three.start(index, now).unwrap();
        assert_eq!((running.index, running.since, running.until - now), (index, now, minutes * MINUTE));
    }
    for index in [3, 4, u8::MAX] {
        assert_eq!(three.start(index, now), Err(Refusal::OutOfRange), "{index}");
    }
    assert_eq!(agenda(&[]).start(0, now), Err(Refusal::OutOfRange));
}

#[test]
fn a_phase_is_made_longer_by_one_to_sixty_minutes() {
    let now = At(1_000);
    let mut running = agenda(&[10]);
    assert_eq!(running.extend(5, now), Err(Refusal::NotNow), "nothing runs yet");
    running.running = Some(running.start(0, now).unwrap());
    for (minutes, fits) in [(0, false), (1, true), (60, true), (61, false), (u16::MAX, false)] {
        assert_eq!(running.extend(minutes, now).is_ok(), fits, "{minutes}");
        assert_eq!(limits::EXTEND_MINUTES.contains(&minutes), fits);
    }
}

#[test]
fn what_is_left_is_kept_and_what_overran_is_forgiven() {
    let mut agenda = agenda(&[10]);
    agenda.running = Some(agenda.start(0, At(0)).unwrap());
    for (now, left) in [(0, 15), (4, 11), (10, 5), (25, 5)] {
        let now = At(now * MINUTE);
        assert_eq!(agenda.extend(5, now).unwrap().until - now, left * MINUTE, "after {now:?}");
    }
    assert_eq!(agenda.extend(5, At(3)).unwrap().since, At(0), "its beginning stays");
}

#[test]
fn a_session_is_live_between_its_beginning_and_its_end() {
    let mut agenda = agenda(&[]);
    assert!(!agenda.is_live());
    agenda.begun_at = Some(At(1));
    assert!(agenda.is_live());
    agenda.ended_at = Some(At(2));
    assert!(!agenda.is_live());
    assert_eq!(agenda.kind(), None, "no phase, no kind");
}

#[test]
fn the_first_phase_begins_with_the_session_and_the_same_one_may_begin_anew() {
    let mut script = Script::with_members(1);
    script.everybody_in();
    assert_eq!(script.room.agenda.kind(), Some(PhaseKind::CheckIn));
    script.pass_minutes(3);
    script.act(LEAD, RoomCommand::Phase { index: 0 }).unwrap();
    assert_eq!(script.view(seat(MAYA)).running.unwrap().since, script.now());
}

/// L16: a group may meet without a plan. There is a clock and nothing to skip to.
#[test]
fn a_session_without_phases_has_only_a_clock() {
    let mut script = Script::with_members(1);
    script.room = room::Room::new(room::Opening { phases: Vec::new(), ..script.room.opening.clone() });
    script.everybody_in();
    let view = script.view(seat(MAYA));
    assert_eq!((view.begun_at, view.running, view.phases.len()), (Some(script.now()), None, 0));
    assert_eq!(script.act(LEAD, RoomCommand::Phase { index: 0 }), Err(Refusal::OutOfRange));
    assert_eq!(script.act(LEAD, RoomCommand::Extend { minutes: 5 }), Err(Refusal::NotNow));
    script.act(LEAD, RoomCommand::End).unwrap();
}

#[test]
fn time_at_its_end_does_not_run_over() {
    assert_eq!(At(i64::MAX) + MINUTE, At(i64::MAX));
    assert_eq!(At(i64::MIN) - At(i64::MAX), i64::MIN);
    let running = agenda(&[u16::MAX]).start(0, At(i64::MAX)).unwrap();
    assert_eq!(running.until, At(i64::MAX));
}

proptest! {
    #[test]
    fn an_extension_always_gives_at_least_its_minutes(length in 1u16..120, more in 1u16..=60, now in 0i64..1_000) {
        let mut agenda = agenda(&[length]);
        agenda.running = Some(agenda.start(0, At(0)).unwrap());
        let now = At(now * MINUTE);
        let left = agenda.extend(more, now).unwrap().until - now;
        prop_assert!(left >= i64::from(more) * MINUTE);
        prop_assert!(left <= (i64::from(more) + i64::from(length)) * MINUTE);
    }
}
