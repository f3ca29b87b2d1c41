use room::{
    Input, Refusal, RoomCommand,
    limits::{CAPTION_CHARS, CAPTION_LINES, LANGUAGE_CHARS},
    tools::{
        Right, ToolCommand,
        interpreting::{CaptionsView, InterpretingCommand, InterpretingEvent, InterpretingView},
        tables::{How, TablesCommand},
    },
};

use crate::{
    cast::{
        AT_DOOR, INSIDE, INTERPRETER, LEAD, MAYA, NOBODY, NOT_NOW, OBSERVER, Row, THEO, YES, after, attempt, everybody_tries, full_house,
    },
    script::{Script, seat},
};

fn act(act: InterpretingCommand) -> ToolCommand {
    ToolCommand::Interpreting(act)
}

fn open(language: &str) -> ToolCommand {
    act(InterpretingCommand::Open { language: language.into() })
}

fn aloud(on: bool) -> ToolCommand {
    act(InterpretingCommand::Aloud { on })
}

fn listen(to: Option<u8>) -> ToolCommand {
    act(InterpretingCommand::Listen { to: to.map(seat) })
}

fn captions(on: bool) -> ToolCommand {
    act(InterpretingCommand::Captions { on })
}

fn line(text: &str, done: bool) -> ToolCommand {
    act(InterpretingCommand::Type { text: text.into(), done })
}

const CLOSE: ToolCommand = ToolCommand::Interpreting(InterpretingCommand::Close);

fn view(script: &Script, by: u8) -> InterpretingView {
    script.view(seat(by)).tools.interpreting
}

/// Who hears this voice, as the media engine is told.
fn hear(script: &Script, voice: u8) -> Vec<u8> {
    let hearing = script.room.hearing();
    let chosen = |listener: &u8| hearing.for_some.iter().all(|(of, some)| *of != voice || some.contains(listener));
    hearing.hears.iter().filter(|(_, others)| others.contains(&voice)).map(|(listener, _)| *listener).filter(chosen).collect()
}

#[test]
fn the_table_of_interpreting() {
    let states = [
        ("nothing", after(&[])),
        ("a channel, and Maya listens", after(&[(INTERPRETER, open("Español")), (MAYA, listen(Some(INTERPRETER)))])),
        ("aloud", after(&[(INTERPRETER, open("Español")), (INTERPRETER, aloud(true))])),
        ("captions", after(&[(INTERPRETER, captions(true)), (INTERPRETER, line("Good", false))])),
    ];
    let nobody: fn(u8) -> Option<Refusal> = |_| Some(Refusal::NobodyThere);
    let own_voice: fn(u8) -> Option<Refusal> = |by| (by == INTERPRETER).then_some(Refusal::NobodyThere);
    let maya_does: fn(u8) -> Option<Refusal> = |by| match by {
        INTERPRETER => Some(Refusal::NobodyThere),
        MAYA => Some(Refusal::NotNow),
        _ => None,
    };
    let only_maya: fn(u8) -> Option<Refusal> = |by| (by != MAYA).then_some(Refusal::NotNow);
    everybody_tries(
        &states,
        &[
            Row { act: open("Kreyòl"), right: Right::Interpreters, says: &[YES, NOT_NOW, NOT_NOW, YES] },
            Row { act: aloud(true), right: Right::Interpreters, says: &[NOT_NOW, YES, NOT_NOW, NOT_NOW] },
            Row { act: aloud(false), right: Right::Interpreters, says: &[NOT_NOW, NOT_NOW, YES, NOT_NOW] },
            Row { act: CLOSE, right: Right::Interpreters, says: &[NOT_NOW, YES, YES, NOT_NOW] },
            Row { act: listen(Some(INTERPRETER)), right: Right::Circle, says: &[nobody, maya_does, own_voice, nobody] },
            Row { act: listen(Some(THEO)), right: Right::Circle, says: &[nobody; 4] },
            Row { act: listen(Some(NOBODY)), right: Right::Circle, says: &[nobody; 4] },
            Row { act: listen(Some(AT_DOOR)), right: Right::Circle, says: &[nobody; 4] },
            Row { act: listen(None), right: Right::Circle, says: &[NOT_NOW, only_maya, NOT_NOW, NOT_NOW] },
            Row { act: captions(true), right: Right::Interpreters, says: &[YES, YES, YES, NOT_NOW] },
            Row { act: captions(false), right: Right::Interpreters, says: &[NOT_NOW, NOT_NOW, NOT_NOW, YES] },
        ],
    );
    for (state, script) in states {
        for by in INSIDE {
            let expected = match () {
                () if by != INTERPRETER => Err(Refusal::NotYours),
                () if state == "captions" => Ok(vec![]),
                () => Err(Refusal::NotNow),
            };
            assert_eq!(script.clone().tool(by, line("Good evening", true)), expected, "seat {by}, {state}");
        }
    }
}

#[test]
fn limits_are_limits() {
    let fits = |length: usize| "é".repeat(length);
    let house = full_house();
    assert!(attempt(&house, INTERPRETER, &open(&fits(LANGUAGE_CHARS))).is_ok());
    for (bad, why) in [
        (fits(LANGUAGE_CHARS + 1), Refusal::TooLong { most: LANGUAGE_CHARS as u32 }),
        ("  ".into(), Refusal::Empty),
        ("a\u{7}".into(), Refusal::Unreadable),
    ] {
        assert_eq!(attempt(&house, INTERPRETER, &open(&bad)).err(), Some(why));
    }
    let typing = after(&[(INTERPRETER, captions(true))]);
    assert_eq!(typing.clone().tool(INTERPRETER, line(&fits(CAPTION_CHARS), true)), Ok(vec![]));
    let long = attempt(&typing, INTERPRETER, &line(&fits(CAPTION_CHARS + 1), false)).err();
    assert_eq!(long, Some(Refusal::TooLong { most: CAPTION_CHARS as u32 }));
    assert_eq!(attempt(&typing, INTERPRETER, &line(" ", true)).err(), Some(Refusal::Empty), "a line that says nothing is none");
}

/// The voice goes to whoever chose it, nobody else loses a voice by it, and it is everybody's again when the channel closes.
#[test]
fn a_voice_of_its_own() {
    let mut script = after(&[]);
    let everybody = [LEAD, MAYA, THEO, OBSERVER];
    assert_eq!(hear(&script, INTERPRETER), everybody, "without a channel an interpreter is heard like anybody");
    script.tool(INTERPRETER, open("Español")).unwrap();
    assert_eq!(hear(&script, INTERPRETER), [] as [u8; 0]);
    script.tool(MAYA, listen(Some(INTERPRETER))).unwrap();
    script.tool(LEAD, listen(Some(INTERPRETER))).unwrap();
    assert_eq!(hear(&script, INTERPRETER), [LEAD, MAYA]);
    assert_eq!(hear(&script, LEAD), [MAYA, THEO, OBSERVER, INTERPRETER], "the group's own voices are not touched");
    script.tool(INTERPRETER, aloud(true)).unwrap();
    assert_eq!(hear(&script, INTERPRETER), everybody);
    assert!(view(&script, THEO).channels.iter().all(|channel| channel.aloud));
    script.tool(INTERPRETER, aloud(false)).unwrap();
    script.tool(MAYA, listen(None)).unwrap();
    assert_eq!(hear(&script, INTERPRETER), [LEAD]);
    script.tool(INTERPRETER, CLOSE).unwrap();
    assert_eq!((hear(&script, INTERPRETER), view(&script, LEAD).listening), (everybody.to_vec(), None));
    assert_eq!(script.rebuilt(), script.room);
}

/// Who needs another language is not told about: not to the group, and to the interpreter only as a number.
#[test]
fn who_listens_is_nobodys_business() {
    let before = after(&[(INTERPRETER, open("Español"))]);
    let script = after(&[(INTERPRETER, open("Español")), (MAYA, listen(Some(INTERPRETER)))]);
    for by in [LEAD, THEO, OBSERVER] {
        assert_eq!(script.view(seat(by)), before.view(seat(by)), "seat {by} sees the same room as before");
    }
    assert_eq!(view(&script, MAYA).listening, Some(seat(INTERPRETER)));
    assert_eq!((view(&before, INTERPRETER).listeners, view(&script, INTERPRETER).listeners), (Some(0), Some(1)));
    assert!(INSIDE.iter().filter(|by| **by != INTERPRETER).all(|by| view(&script, *by).listeners.is_none()));
}

#[test]
fn captions_stand_for_a_moment_and_are_written_nowhere() {
    let mut script = after(&[(INTERPRETER, captions(true))]);
    let shown = |script: &Script, by| view(script, by).captions.map(|CaptionsView { lines, .. }| lines);
    assert_eq!(shown(&script, MAYA), Some(vec![]), "they are on before the first word");
    for text in ["canary one", "canary two", "canary three"] {
        assert_eq!(script.tool(INTERPRETER, line(text, true)), Ok(vec![]), "nothing for the book");
    }
    script.tool(INTERPRETER, line("and", false)).unwrap();
    let lines = shown(&script, MAYA).unwrap();
    assert_eq!((lines.len(), lines[0].as_str(), lines[2].as_str()), (CAPTION_LINES + 1, "canary two", "and"));
    assert!(INSIDE.iter().all(|by| shown(&script, *by) == Some(lines.clone())));
    assert!(serde_json::to_string(&InterpretingEvent::Typed { text: "canary".into(), done: true }).is_err(), "not even by mistake");
    assert!(!format!("{:?}", script.room).contains("canary two"), "nor is it in a log of the room");
    script.tool(INTERPRETER, captions(false)).unwrap();
    script.tool(INTERPRETER, captions(true)).unwrap();
    assert_eq!(shown(&script, MAYA), Some(vec![]), "what was said is gone");
    script.tool(INTERPRETER, line("last words", true)).unwrap();
    script.act(LEAD, RoomCommand::End).unwrap();
    assert_eq!(shown(&script, MAYA), None, "and nothing stays on a screen that is left open");
}

/// Whoever goes takes their channel, their captions and their ears along; a gap in the line changes nothing.
#[test]
fn it_ends_with_whoever_goes() {
    let script = after(&[(INTERPRETER, open("Español")), (INTERPRETER, captions(true)), (MAYA, listen(Some(INTERPRETER)))]);
    let mut lost = script.clone();
    lost.input(Input::Lost(seat(INTERPRETER))).unwrap();
    lost.input(Input::Connected(seat(INTERPRETER))).unwrap();
    assert_eq!((view(&lost, MAYA).listening, hear(&lost, INTERPRETER)), (Some(seat(INTERPRETER)), vec![MAYA]));
    for way in [RoomCommand::Remove { seat: seat(INTERPRETER) }, RoomCommand::SendBack { seat: seat(INTERPRETER) }] {
        let mut gone = script.clone();
        gone.act(LEAD, way).unwrap();
        assert_eq!(view(&gone, MAYA), InterpretingView { channels: vec![], listening: None, listeners: None, captions: None });
    }
    let mut left = script.clone();
    left.act(MAYA, RoomCommand::Leave).unwrap();
    assert_eq!(view(&left, INTERPRETER).listeners, Some(0));
    assert_eq!(left.rebuilt(), left.room);
}

/// What is said in the circle is not read at a table, and the other way round.
#[test]
fn captions_stay_where_they_are_typed() {
    let lay = TablesCommand::Lay { how: How::ByHand, prompts: vec![String::new(); 2] };
    let put = |by| TablesCommand::Put { seat: seat(by), table: Some(0) };
    let mut script = full_house();
    for command in [lay, put(MAYA), put(THEO), TablesCommand::Send { minutes: 5 }] {
        script.tool(LEAD, ToolCommand::Tables(command)).unwrap();
    }
    script.tool(INTERPRETER, captions(true)).unwrap();
    script.tool(INTERPRETER, open("Español")).unwrap();
    script.tool(INTERPRETER, line("for the circle", true)).unwrap();
    assert_eq!((view(&script, MAYA).captions, view(&script, MAYA).channels.len()), (None, 0));
    assert!(view(&script, LEAD).captions.is_some() && view(&script, OBSERVER).channels.len() == 1);
    script.tool(LEAD, ToolCommand::Tables(put(INTERPRETER))).unwrap();
    assert!(view(&script, MAYA).captions.is_some() && view(&script, LEAD).captions.is_none());
    script.tool(MAYA, listen(Some(INTERPRETER))).unwrap();
    assert_eq!(hear(&script, INTERPRETER), [MAYA], "and the voice with them");
}
