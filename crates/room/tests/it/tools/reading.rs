use proptest::prelude::*;
use room::{
    Refusal,
    limits::{MATERIAL_CHARS, READING_PARTS},
    tools::{
        Right, ToolCommand, Tools,
        reading::{ReadingCommand, ReadingView},
    },
};

use crate::{
    cast::{INSIDE, LEAD, MAYA, NOT_NOW, Row, YES, after, attempt, everybody_tries, full_house, text_limit},
    script::{Script, seat},
};

const CLOSE: ToolCommand = ToolCommand::Reading(ReadingCommand::Close);

fn open(item: &str) -> ToolCommand {
    ToolCommand::Reading(ReadingCommand::Open { item: item.into(), title: "Naming a feeling".into() })
}

fn go(part: u16) -> ToolCommand {
    ToolCommand::Reading(ReadingCommand::Go { part })
}

fn reading(script: &Script, by: u8) -> Option<ReadingView> {
    script.view(seat(by)).tools.reading
}

#[test]
fn the_table_of_what_is_read() {
    let states = [
        ("none", after(&[])),
        ("one", after(&[(LEAD, open("naming-a-feeling"))])),
        ("closed", after(&[(LEAD, open("naming-a-feeling")), (LEAD, CLOSE)])),
    ];
    let while_open = |says: fn(u8) -> Option<Refusal>| [NOT_NOW, says, NOT_NOW];
    everybody_tries(
        &states,
        &[
            Row { act: open("one-rung"), right: Right::Facilitators, says: &[YES; 3] },
            Row { act: go(READING_PARTS - 1), right: Right::Facilitators, says: &while_open(YES) },
            Row { act: go(READING_PARTS), right: Right::Facilitators, says: &while_open(|_| Some(Refusal::OutOfRange)) },
            Row { act: CLOSE, right: Right::Facilitators, says: &while_open(YES) },
        ],
    );
    text_limit(&full_house(), LEAD, MATERIAL_CHARS, false, |title| {
        ToolCommand::Reading(ReadingCommand::Open { item: "one-rung".into(), title })
    });
}

/// The word becomes part of an address in every browser.
#[test]
fn only_what_can_be_a_word_of_the_library_is_opened() {
    for fits in ["a", "naming-a-feeling", &"x".repeat(64)] {
        assert!(attempt(&full_house(), LEAD, &open(fits)).is_ok(), "{fits}");
    }
    for odd in ["", "-", "a-", "-a", "a--b", "../groups", "a/b", "a?b", "A", "ñ", "a b", "a1", "%2e", &"x".repeat(65)] {
        assert_eq!(attempt(&full_house(), LEAD, &open(odd)).err(), Some(Refusal::OutOfRange), "{odd}");
    }
}

#[test]
fn everybody_sees_where_the_group_is_and_a_new_one_begins_at_its_beginning() {
    let script = after(&[(LEAD, open("naming-a-feeling")), (LEAD, go(2))]);
    assert!(INSIDE.iter().all(|by| reading(&script, *by).is_some_and(|one| (one.part, one.by) == (2, seat(LEAD)))));
    let again = after(&[(LEAD, open("naming-a-feeling")), (LEAD, go(2)), (LEAD, open("one-rung"))]);
    assert!(reading(&again, MAYA).is_some_and(|one| (one.part, one.item.as_str()) == (0, "one-rung")));
    assert_eq!(reading(&after(&[(LEAD, open("one-rung")), (LEAD, CLOSE)]), MAYA), None);
}

#[test]
fn the_timeline_says_that_something_was_read_and_not_what() {
    let mut script = full_house();
    let told = |events: Vec<room::Event>| -> Vec<&str> {
        events.iter().filter_map(|event| if let room::Event::Tool(event) = event { Tools::timeline(event) } else { None }).collect()
    };
    assert_eq!(told(script.tool(LEAD, open("one-rung")).unwrap()), ["timeline-reading"]);
    assert_eq!(told(script.tool(LEAD, go(1)).unwrap()), [""; 0]);
    assert_eq!(told(script.tool(LEAD, CLOSE).unwrap()), [""; 0]);
}

proptest! {
    /// Whatever is sent: the place is one that a text can have, and the word one that an address can have.
    #[test]
    fn the_place_is_always_one_that_there_can_be(acts in prop::collection::vec((0u8..3, any::<u16>(), "[a-zA-Z/.-]{0,6}"), 1..40)) {
        let mut script = full_house();
        for (what, number, word) in acts {
            let act = match what { 0 => open(&word), 1 => go(number % 80), _ => CLOSE };
            let _ = script.tool(LEAD, act);
            if let Some(one) = reading(&script, MAYA) {
                prop_assert!(one.part < READING_PARTS && care::library::is_slug(&one.item));
            }
        }
        prop_assert_eq!(script.rebuilt(), script.room);
    }
}
