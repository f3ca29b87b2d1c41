use proptest::prelude::*;
use room::{
    Refusal, RoomCommand, limits,
    tools::{
        Right, ToolCommand,
        chat::{Audience, ChatCommand},
    },
};

use crate::{
    cast::{
        AT_DOOR, INSIDE, INTERPRETER, LEAD, MAYA, OBSERVER, Row, THEO, YES, after, attempt, everybody_tries, only_seen_by, sees, text_limit,
    },
    script::seat,
};

fn say(text: &str, to: Audience) -> ToolCommand {
    ToolCommand::Chat(ChatCommand::Say { text: text.into(), to })
}

#[test]
fn the_table_of_the_chat() {
    let full: Vec<_> = (0..limits::CHAT_MESSAGES).map(|_| (MAYA, say("so", Audience::Circle))).collect();
    let states = [
        ("nothing said", after(&[])),
        ("something said", after(&[(MAYA, say("hello", Audience::Circle))])),
        ("one line before it is full", after(&full[1..])),
        ("full", after(&full)),
    ];
    let full: fn(u8) -> Option<Refusal> = |_| Some(Refusal::TooMany);
    everybody_tries(
        &states,
        &[
            Row { act: say("to all", Audience::Circle), right: Right::Circle, says: &[YES, YES, YES, full] },
            Row { act: say("to you", Audience::Facilitators), right: Right::Circle, says: &[YES, YES, YES, full] },
        ],
    );
}

#[test]
fn a_line_has_its_length() {
    for to in [Audience::Circle, Audience::Facilitators] {
        text_limit(&after(&[]), MAYA, limits::CHAT_CHARS, false, |text| say(&text, to));
    }
}

#[test]
fn a_line_to_the_circle_is_read_in_the_circle() {
    let mut script = after(&[(MAYA, say("canary-circle", Audience::Circle))]);
    only_seen_by(&script, "canary-circle", &INSIDE);
    script.admit(AT_DOOR);
    assert!(sees(&script, AT_DOOR).contains("canary-circle"), "who comes late can read what the circle said");
}

#[test]
fn a_quiet_note_is_read_by_its_writer_and_those_who_lead() {
    for (writer, readers) in [
        (MAYA, &[LEAD, MAYA][..]),
        (THEO, &[LEAD, THEO]),
        (OBSERVER, &[LEAD, OBSERVER]),
        (INTERPRETER, &[LEAD, INTERPRETER]),
        (LEAD, &[LEAD]),
    ] {
        only_seen_by(&after(&[(writer, say("canary-note", Audience::Facilitators))]), "canary-note", readers);
    }
}

/// A gap in the numbers would tell the others that somebody wrote a quiet note.
#[test]
fn lines_are_numbered_for_each_reader_without_a_gap() {
    let script =
        after(&[(MAYA, say("one", Audience::Circle)), (THEO, say("two", Audience::Facilitators)), (MAYA, say("three", Audience::Circle))]);
    let read = |by: u8| -> Vec<(u32, String)> {
        let messages = script.view(seat(by)).tools.chat.messages;
        messages.into_iter().map(|(id, message)| (id, message.text)).collect()
    };
    assert_eq!(read(LEAD), [(0, "one".into()), (1, "two".into()), (2, "three".into())]);
    assert_eq!(read(MAYA), [(0, "one".into()), (1, "three".into())]);
}

#[test]
fn a_line_says_who_wrote_it_and_when_and_nothing_of_their_name() {
    let mut script = after(&[]);
    script.pass_seconds(7);
    let script = attempt(&script, MAYA, &say("here", Audience::Circle)).unwrap();
    let message = script.view(seat(THEO)).tools.chat.messages[&0].clone();
    assert_eq!((message.seat, message.at), (seat(MAYA), script.now()));
}

/// Markup, turned writing and everything else that is not a control character is kept letter for letter: the browser shows it as text.
#[test]
fn what_was_written_is_what_is_read() {
    for text in [
        "<script>alert(1)</script>",
        "\u{202e}derorrim",
        "שלום",
        "a\u{300}\u{301}\u{302}",
        "👩‍👩‍👧",
        "'; DROP TABLE note; --",
        "{ $name }",
        "\u{feff}x",
    ] {
        let script = after(&[(MAYA, say(text, Audience::Circle))]);
        assert_eq!(script.view(seat(THEO)).tools.chat.messages[&0].text, text.trim());
    }
}

#[test]
fn nobody_writes_after_the_end() {
    let mut script = after(&[]);
    script.act(LEAD, RoomCommand::End).unwrap();
    assert_eq!(attempt(&script, MAYA, &say("wait", Audience::Circle)).err(), Some(Refusal::NotNow));
}

proptest! {
    #[test]
    fn nobody_reads_a_note_that_is_not_theirs(lines in prop::collection::vec((0u8..5, any::<bool>()), 1..40)) {
        let acts: Vec<_> = lines.iter().enumerate().map(|(index, (by, to_all))| {
            let to = if *to_all { Audience::Circle } else { Audience::Facilitators };
            (*by, say(&format!("canary-{index}-"), to))
        }).collect();
        let script = after(&acts);
        for reader in INSIDE {
            let seen = sees(&script, reader);
            for (index, (by, to_all)) in lines.iter().enumerate() {
                let may = *to_all || reader == LEAD || reader == *by;
                prop_assert_eq!(seen.contains(&format!("canary-{index}-")), may, "line {} and seat {}", index, reader);
            }
        }
    }
}

fn tell(text: &str, seats: &[u8]) -> ToolCommand {
    ToolCommand::Chat(ChatCommand::Tell { text: text.into(), seats: seats.iter().copied().map(seat).collect() })
}

#[test]
fn a_leader_tells_one_or_two_and_nobody_else_reads_it() {
    for (seats, readers) in [(&[MAYA][..], &[LEAD, MAYA][..]), (&[MAYA, THEO], &[LEAD, MAYA, THEO]), (&[THEO, THEO], &[LEAD, THEO])] {
        only_seen_by(&after(&[(LEAD, tell("canary-aside", seats))]), "canary-aside", readers);
    }
    let nobody: fn(u8) -> Option<Refusal> = |_| Some(Refusal::NobodyThere);
    let outside: fn(u8) -> Option<Refusal> = |_| Some(Refusal::OutOfRange);
    everybody_tries(
        &[("quiet", after(&[]))],
        &[
            Row { act: tell("to you two", &[MAYA, THEO]), right: Right::Facilitators, says: &[YES] },
            Row { act: tell("to nobody", &[]), right: Right::Facilitators, says: &[outside] },
            Row { act: tell("to too many", &[MAYA, THEO, OBSERVER]), right: Right::Facilitators, says: &[outside] },
            Row { act: tell("to oneself", &[LEAD, MAYA]), right: Right::Facilitators, says: &[outside] },
            Row { act: tell("to who waits", &[MAYA, AT_DOOR]), right: Right::Facilitators, says: &[nobody] },
        ],
    );
    text_limit(&after(&[]), LEAD, limits::CHAT_CHARS, false, |text| tell(&text, &[MAYA]));
}
