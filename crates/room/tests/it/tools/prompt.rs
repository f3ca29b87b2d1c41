use room::{
    RoomCommand, limits,
    tools::{Right, ToolCommand, prompt::PromptCommand},
};

use crate::{
    cast::{AT_DOOR, INSIDE, LEAD, NOT_NOW, Row, YES, after, everybody_tries, text_limit},
    script::seat,
};

fn show(text: &str) -> ToolCommand {
    ToolCommand::Prompt(PromptCommand::Show { text: text.into() })
}

const CLEAR: ToolCommand = ToolCommand::Prompt(PromptCommand::Clear);

#[test]
fn the_table_of_the_prompt() {
    let states = [
        ("nothing shown", after(&[])),
        ("something shown", after(&[(LEAD, show("Where are you?"))])),
        ("cleared again", after(&[(LEAD, show("Where are you?")), (LEAD, CLEAR)])),
    ];
    everybody_tries(
        &states,
        &[
            Row { act: show("A wave passes."), right: Right::Facilitators, says: &[YES, YES, YES] },
            Row { act: CLEAR, right: Right::Facilitators, says: &[NOT_NOW, YES, NOT_NOW] },
        ],
    );
}

#[test]
fn a_prompt_is_short_enough_to_be_read_aloud() {
    text_limit(&after(&[]), LEAD, limits::PROMPT_CHARS, false, |text| show(&text));
}

#[test]
fn everybody_in_the_circle_sees_the_same_sentence() {
    let mut script = after(&[(LEAD, show("  Where are you?\n"))]);
    for by in INSIDE {
        assert_eq!(script.view(seat(by)).tools.prompt.unwrap().text, "Where are you?", "seat {by}");
    }
    script.tool(LEAD, show("What helps?")).unwrap();
    assert_eq!(script.view(seat(INSIDE[1])).tools.prompt.unwrap().text, "What helps?", "the newer one takes its place");
    script.admit(AT_DOOR);
    assert_eq!(script.view(seat(AT_DOOR)).tools.prompt.unwrap().text, "What helps?", "and is there for who comes late");
    script.tool(LEAD, CLEAR).unwrap();
    assert!(INSIDE.iter().all(|by| script.view(seat(*by)).tools.prompt.is_none()));
}

#[test]
fn a_new_phase_does_not_take_the_prompt_away() {
    let mut script = after(&[(LEAD, show("Where are you?"))]);
    script.act(LEAD, RoomCommand::Phase { index: 2 }).unwrap();
    assert!(script.view(seat(LEAD)).tools.prompt.is_some());
}
