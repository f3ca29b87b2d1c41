//! What a fuzzer may feed: the same here, over the committed seeds, and in `fuzz/`, over what it finds.

use room::{
    Command, Input,
    wire::{ToDoor, ToRoom},
};

use crate::script::{Script, seat};

/// Reads the text as a socket does and hands a command to a room in which somebody sits. It may refuse; it may not break.
pub fn message(text: &str) {
    let _ = serde_json::from_str::<ToDoor>(text);
    let Ok(message) = serde_json::from_str::<ToRoom>(text) else { return };
    let ToRoom::Do { command, .. } = message else { return };
    let mut script = Script::with_members(2);
    script.everybody_in();
    for by in [seat(0), seat(1), seat(19)] {
        let before = script.room.clone();
        let command: Command = command.clone();
        if !script.room.has_ended() && script.input(Input::Command { by, command }).is_err() {
            assert_eq!(before, script.room, "a refusal changes nothing: {text}");
        }
    }
}
