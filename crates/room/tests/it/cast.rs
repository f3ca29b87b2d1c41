//! Everybody who may stand to a room in some way, and what each of them is told when they try something.

use room::{
    Input, Part, Refusal, RoomCommand,
    tools::{Right, ToolCommand},
};

use crate::script::{Script, guest, seat};

pub const LEAD: u8 = 0;
pub const MAYA: u8 = 1;
pub const THEO: u8 = 2;
pub const OBSERVER: u8 = 3;
pub const INTERPRETER: u8 = 4;
pub const AT_DOOR: u8 = 5;
pub const GONE: u8 = 6;
pub const REMOVED: u8 = 7;
/// A seat in which nobody has ever been.
pub const NOBODY: u8 = 19;

pub const INSIDE: [u8; 5] = [LEAD, MAYA, THEO, OBSERVER, INTERPRETER];
pub const OUTSIDE: [u8; 4] = [AT_DOOR, GONE, REMOVED, NOBODY];

/// A session under way: a leader, two members, an observer and an interpreter inside; one at the door, one has left, one was removed.
pub fn full_house() -> Script {
    let mut script = Script::with_members(2);
    script.everybody_in();
    for (number, part) in [
        (OBSERVER, Part::Observer),
        (INTERPRETER, Part::Interpreter),
        (AT_DOOR, Part::Member),
        (GONE, Part::Member),
        (REMOVED, Part::Member),
    ] {
        script.input(Input::Arrived(guest(number, part))).unwrap();
        script.input(Input::Connected(seat(number))).unwrap();
        if number != AT_DOOR {
            script.admit(number);
        }
    }
    script.act(GONE, RoomCommand::Leave).unwrap();
    script.act(LEAD, RoomCommand::Remove { seat: seat(REMOVED) }).unwrap();
    script
}

/// The house after these acts of these people.
pub fn after(acts: &[(u8, ToolCommand)]) -> Script {
    let mut script = full_house();
    for (by, act) in acts {
        script.tool(*by, act.clone()).unwrap_or_else(|refusal| panic!("{act:?}: {refusal:?}"));
    }
    script
}

/// Whom a right is for, written down a second time.
pub fn holds(right: Right, by: u8) -> bool {
    match right {
        Right::Circle => INSIDE.contains(&by),
        Right::TurnTakers => [LEAD, MAYA, THEO].contains(&by),
        Right::Facilitators | Right::Host => by == LEAD,
        Right::Interpreters => by == INTERPRETER,
    }
}

/// One command in every state that its tool can be in: the answer to whoever has the right to it.
pub struct Row<'a> {
    pub act: ToolCommand,
    pub right: Right,
    /// By state; `None` is a yes.
    pub says: &'a [fn(u8) -> Option<Refusal>],
}

pub const YES: fn(u8) -> Option<Refusal> = |_| None;
pub const NOT_NOW: fn(u8) -> Option<Refusal> = |_| Some(Refusal::NotNow);

/// Every command by everybody in every state: a yes is in the book and can be told again, a no has changed nothing.
#[track_caller]
pub fn everybody_tries(states: &[(&str, Script)], rows: &[Row<'_>]) {
    for row in rows {
        assert_eq!(row.says.len(), states.len(), "{:?} has an answer for every state", row.act);
        for ((state, script), says) in states.iter().zip(row.says) {
            for by in INSIDE.into_iter().chain(OUTSIDE) {
                let expected = match () {
                    () if OUTSIDE.contains(&by) => Some(Refusal::NotInCircle),
                    () if !holds(row.right, by) => Some(Refusal::NotYours),
                    () => says(by),
                };
                let told = attempt(script, by, &row.act);
                assert_eq!(told.err(), expected, "{:?} by seat {by}, {state}", row.act);
            }
        }
    }
}

/// What somebody is told. A no leaves the room as it was; a yes is something that happened and that the book tells again.
#[track_caller]
pub fn attempt(script: &Script, by: u8, act: &ToolCommand) -> Result<Script, Refusal> {
    let mut tried = script.clone();
    match tried.tool(by, act.clone()) {
        Ok(events) => {
            assert!(!events.is_empty(), "{act:?} is done and nothing happened");
            assert_eq!(tried.rebuilt(), tried.room, "{act:?} is not in the book");
            Ok(tried)
        }
        Err(refusal) => {
            assert_eq!(tried.room, script.room, "{act:?} was refused and changed something");
            Err(refusal)
        }
    }
}

/// A text of `most` letters is taken and one more is not; letters are counted, not bytes, and blanks around them not at all.
#[track_caller]
pub fn text_limit(script: &Script, by: u8, most: usize, may_be_empty: bool, act: impl Fn(String) -> ToolCommand) {
    let told = |text: String| attempt(script, by, &act(text)).err();
    for letter in ["x", "ñ", "心", "🕯"] {
        assert_eq!(told(letter.repeat(most)), None, "{most} times {letter}");
        assert_eq!(told(letter.repeat(most + 1)), Some(Refusal::TooLong { most: most as u32 }), "{} times {letter}", most + 1);
    }
    assert_eq!(told(format!("  \n{}\t ", "x".repeat(most))), None, "blanks around a text are not part of it");
    assert_eq!(told("one\ntwo".into()), None, "a line may end");
    for unreadable in ["a\u{0}b", "a\u{7}b", "a\tb", "a\u{1b}[31mb", "a\r\nb", "a\u{85}b"] {
        assert_eq!(told(unreadable.into()), Some(Refusal::Unreadable), "{unreadable:?}");
    }
    let blank = (!may_be_empty).then_some(Refusal::Empty);
    for nothing in ["", "   ", "\n\n", "\u{a0}\u{2003}"] {
        assert_eq!(told(nothing.into()), blank, "{nothing:?}");
    }
}

/// All that this person is sent, as text.
pub fn sees(script: &Script, by: u8) -> String {
    serde_json::to_string(&script.view(seat(by))).unwrap()
}

/// Of everybody inside, exactly these are sent the text.
#[track_caller]
pub fn only_seen_by(script: &Script, text: &str, readers: &[u8]) {
    for by in INSIDE {
        assert_eq!(sees(script, by).contains(text), readers.contains(&by), "{text} and seat {by}");
    }
}
