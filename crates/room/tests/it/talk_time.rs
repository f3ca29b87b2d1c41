use proptest::prelude::*;
use room::{At, MINUTE, Part, Person, Seat, Stance, TalkTime, limits};

use crate::script::{guest, seat};

const BEGUN: At = At(0);

fn person(number: u8, part: Part, stance: Stance) -> Person {
    let mut person = Person::new(guest(number, part), BEGUN);
    person.place = room::Place::Circle;
    person.stance = stance;
    person
}

fn member(number: u8) -> Person {
    person(number, Part::Member, Stance::Open)
}

#[test]
fn talk_is_added_up_by_phase_and_over_all() {
    let mut talk = TalkTime::default();
    for (phase, number, length) in [(None, 1, 500), (Some(0), 1, 700), (Some(0), 2, 100), (Some(1), 1, 50), (Some(0), 1, 1)] {
        talk.count(phase, seat(number), length, BEGUN);
    }
    assert_eq!([None, Some(0), Some(1), Some(2)].map(|phase| talk.of_phase(phase, seat(1))), [500, 701, 50, 0]);
    assert_eq!([1, 2, 3].map(|number| talk.total(seat(number))), [1_251, 100, 0]);
}

#[test]
fn nothing_and_less_than_nothing_is_not_talk() {
    let mut talk = TalkTime::default();
    for length in [0, -1, i64::MIN] {
        talk.count(None, seat(1), length, At(5));
    }
    assert_eq!((talk.total(seat(1)), talk.last_heard(seat(1))), (0, None));
    talk.count(None, seat(1), 1, At(5));
    assert_eq!(talk.last_heard(seat(1)), Some(At(5)));
}

#[test]
fn the_panel_rounds_to_what_is_nearest() {
    for (ms, seconds, heard) in
        [(1, 0, false), (499, 0, false), (500, 1, false), (999, 1, false), (1_000, 1, true), (1_499, 1, true), (1_500, 2, true)]
    {
        let mut talk = TalkTime::default();
        talk.count(None, seat(1), ms, BEGUN);
        let voice = &talk.voices([member(1)].iter())[0];
        assert_eq!((voice.seconds, voice.heard, voice.share), (seconds, heard, 100), "{ms} ms");
    }
}

#[test]
fn silence_has_no_shares_and_those_who_take_no_turns_no_line() {
    let people = [
        member(1),
        person(2, Part::Observer, Stance::Open),
        person(3, Part::Interpreter, Stance::Open),
        person(0, Part::Facilitator, Stance::Open),
    ];
    let mut talk = TalkTime::default();
    assert!(talk.voices(people.iter()).iter().all(|voice| voice.share == 0));
    talk.count(None, seat(3), 60_000, BEGUN);
    talk.count(None, seat(1), 1_000, BEGUN);
    let voices = talk.voices(people.iter());
    assert_eq!(
        voices.iter().map(|voice| (voice.seat.0, voice.share)).collect::<Vec<_>>(),
        [(1, 100), (0, 0)],
        "an interpreter's words are another's"
    );
}

/// Who is suggested: (stance, minutes since last heard), by seat.
#[track_caller]
fn suggested(people: &[(Stance, i64)], expected: Option<u8>) {
    let now = At(60 * MINUTE);
    let mut talk = TalkTime::default();
    let mut all = Vec::new();
    for (index, (stance, quiet)) in people.iter().enumerate() {
        let number = index as u8 + 1;
        talk.count(None, seat(number), 1_000, now + -quiet * MINUTE);
        all.push(person(number, Part::Member, *stance));
    }
    assert_eq!(talk.quietest(all.iter(), BEGUN, now).map(|(seat, _)| seat.0), expected, "{people:?}");
}

#[test]
fn who_might_be_invited() {
    use Stance::{AskMe, Listening, Open};
    suggested(&[], None);
    suggested(&[(Open, 9)], None);
    suggested(&[(Open, 10)], Some(1));
    suggested(&[(Open, 12), (Open, 30)], Some(2));
    suggested(&[(Open, 50), (AskMe, 11)], Some(2));
    suggested(&[(AskMe, 11), (AskMe, 12)], Some(2));
    suggested(&[(AskMe, 9), (Open, 20)], Some(2));
    suggested(&[(Listening, 60)], None);
    suggested(&[(Listening, 60), (Open, 10)], Some(2));
    suggested(&[(Open, 20), (Open, 20)], Some(1));
}

#[test]
fn only_members_who_are_here_are_invited() {
    let now = At(60 * MINUTE);
    let talk = TalkTime::default();
    let quietest = |person: Person| talk.quietest([person].iter(), BEGUN, now);
    assert!(quietest(member(1)).is_some());
    for (what, person) in [
        ("leads", person(1, Part::Facilitator, Stance::AskMe)),
        ("observes", person(1, Part::Observer, Stance::AskMe)),
        ("interprets", person(1, Part::Interpreter, Stance::AskMe)),
        ("has dropped", Person { lost_since: Some(BEGUN), ..member(1) }),
        ("is at the door", Person { place: room::Place::Door, ..member(1) }),
        ("has left", Person { place: room::Place::Left, ..member(1) }),
    ] {
        assert_eq!(quietest(person), None, "{what}");
    }
}

#[test]
fn a_late_comer_has_time_to_arrive() {
    let now = At(60 * MINUTE);
    let quiet = |arrived: i64| TalkTime::default().quietest([Person { arrived_at: At(arrived * MINUTE), ..member(1) }].iter(), BEGUN, now);
    assert_eq!(quiet(51), None, "nine minutes here");
    assert_eq!(quiet(50), Some((Seat(1), limits::QUIET_AFTER)));
    assert_eq!(quiet(0), Some((Seat(1), 60 * MINUTE)));
}

proptest! {
    #[test]
    fn the_phases_together_are_the_whole(counts in prop::collection::vec((prop::option::of(0u8..4), 0u8..4, -50i64..5_000), 0..60)) {
        let mut talk = TalkTime::default();
        for (phase, number, length) in &counts {
            talk.count(*phase, seat(*number), *length, BEGUN);
        }
        for number in 0..4 {
            let by_phase: i64 = [None, Some(0), Some(1), Some(2), Some(3)].iter().map(|phase| talk.of_phase(*phase, seat(number))).sum();
            let by_hand: i64 = counts.iter().filter(|(_, of, length)| *of == number && *length > 0).map(|(_, _, length)| length).sum();
            prop_assert_eq!((talk.total(seat(number)), by_phase), (by_hand, by_hand));
        }
    }

    #[test]
    fn shares_add_up_to_the_whole_within_rounding(lengths in prop::collection::vec(0i64..10_000_000, 1..16)) {
        let mut talk = TalkTime::default();
        for (number, length) in lengths.iter().enumerate() {
            talk.count(None, seat(number as u8), *length, BEGUN);
        }
        let people: Vec<Person> = (0..lengths.len() as u8).map(member).collect();
        let shares: i64 = talk.voices(people.iter()).iter().map(|voice| i64::from(voice.share)).sum();
        let spoke = lengths.iter().any(|length| *length > 0);
        prop_assert!(if spoke { (shares - 100).abs() <= lengths.len() as i64 } else { shares == 0 }, "{}", shares);
    }
}
