//! A whole session led and attended by synthetic people, in the room machine, without sockets.

use std::time::Duration;

use rehearsal::{Act, Lead, Member, Picture, cast};
use room::{At, Card, Command, Expected, Guest, Input, Opening, Part, Phase, PhaseKind, Room, Seat, wire::FromRoom};

const SEATS: u8 = 6;

fn opening() -> Opening {
    let kinds = [PhaseKind::CheckIn, PhaseKind::Learn, PhaseKind::Practise, PhaseKind::Discuss, PhaseKind::Close];
    let phases = kinds.map(|kind| Phase { kind, minutes: 5, prompt: String::new(), theme: String::new(), tools: Vec::new() }).to_vec();
    let part = |seat| if seat == 0 { Part::Facilitator } else { Part::Member };
    let expected = (0..SEATS).map(|seat| Expected { seat: Seat(seat), name: format!("P{seat}"), part: part(seat) }).collect();
    Opening { title: "Rehearsal".into(), week: 1, starts_at: At(0), minutes: 90, expected, phases, homework: vec![], ..Opening::default() }
}

struct Player {
    member: Member,
    spoken: Duration,
    speaking_until: i64,
}

fn act(room: &mut Room, seat: u8, player: &mut Player, now: i64, refused: &mut Vec<(u8, Command)>) {
    let Some(view) = room.view_for(Seat(seat), At(now)) else { return };
    let mut picture = Picture::default();
    picture.take(&FromRoom::View { seq: 1, now: At(now), seats: SEATS, view: Box::new(view) });
    let view = picture.view().expect("a view survives the wire");
    for act in player.member.react(Duration::from_millis(now as u64), &view) {
        match act {
            Act::Do(command) => {
                if room.handle(&Input::Command { by: Seat(seat), command: command.clone() }, At(now), now as u64).is_err() {
                    refused.push((seat, command));
                }
            }
            Act::Speak(length) => player.speaking_until = now + length.as_millis() as i64,
            Act::Hush => player.speaking_until = now,
        }
    }
    if now < player.speaking_until {
        player.spoken += Duration::from_millis(250);
    }
}

#[test]
fn a_session_from_the_first_hello_to_the_last() {
    let mut room = Room::new(opening());
    let mut players: Vec<Player> = (0..usize::from(SEATS))
        .map(|n| {
            let lead = (n == 0).then_some(Lead { phase: Duration::from_secs(60) });
            Player { member: Member::new(cast(n), lead), spoken: Duration::ZERO, speaking_until: 0 }
        })
        .collect();
    for seat in 0..SEATS {
        let part = if seat == 0 { Part::Facilitator } else { Part::Member };
        let guest = Guest {
            seat: Seat(seat),
            name: format!("P{seat}"),
            part,
            stance: Default::default(),
            card: Card::default(),
            beside: String::new(),
        };
        room.handle(&Input::Arrived(guest), At(0), 1).unwrap();
        room.handle(&Input::Connected(Seat(seat)), At(0), 1).unwrap();
    }
    let mut refused = Vec::new();
    let mut now = 0;
    while !room.has_ended() && now < 30 * 60 * 1000 {
        now += 250;
        for seat in 0..SEATS {
            // Whoever was let in opens the socket of the room.
            if room.people.get(&Seat(seat)).is_some_and(|person| person.in_circle() && !person.is_here()) {
                room.handle(&Input::Connected(Seat(seat)), At(now), 1).unwrap();
            }
            act(&mut room, seat, &mut players[usize::from(seat)], now, &mut refused);
        }
        if now % 1000 == 0 {
            let _nothing_to_do = room.handle(&Input::Tick, At(now), now as u64);
        }
    }
    assert!(room.has_ended(), "the session never ended");
    assert_eq!(room.tools.check_in.answers().count(), usize::from(SEATS));
    assert_eq!(room.tools.closing.answers().count(), usize::from(SEATS));
    assert!(!room.tools.closing.takeaways().is_empty());
    let quiet = players.iter().filter(|player| player.spoken.is_zero()).count();
    assert_eq!(quiet, 1, "only the one who listens was silent");
    assert!(refused.is_empty(), "{refused:?}");
}
