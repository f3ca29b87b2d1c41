use room::{
    Input, Refusal, RoomCommand, limits,
    tools::{
        Right, ToolCommand,
        check_in::{CheckInCommand, CheckInView, MOOD_MOST},
    },
};

use crate::{
    cast::{
        AT_DOOR, INSIDE, INTERPRETER, LEAD, MAYA, NOT_NOW, OBSERVER, Row, THEO, YES, after, attempt, everybody_tries, only_seen_by,
        text_limit,
    },
    script::{Script, seat},
};

const OPEN: ToolCommand = ToolCommand::CheckIn(CheckInCommand::Open);
const CLOSE: ToolCommand = ToolCommand::CheckIn(CheckInCommand::Close);
const PASS: ToolCommand = ToolCommand::CheckIn(CheckInCommand::Pass);

fn answer(mood: u8, word: &str, concern: &str, to_group: bool) -> ToolCommand {
    ToolCommand::CheckIn(CheckInCommand::Answer { mood, word: word.into(), concern: concern.into(), to_group })
}

fn view(script: &Script, by: u8) -> CheckInView {
    script.view(seat(by)).tools.check_in.unwrap()
}

#[test]
fn the_table_of_the_check_in() {
    let states = [
        ("not opened", after(&[])),
        ("open", after(&[(LEAD, OPEN)])),
        ("Maya has answered", after(&[(LEAD, OPEN), (MAYA, answer(4, "raw", "sleep", true))])),
        ("Maya has passed", after(&[(LEAD, OPEN), (MAYA, PASS)])),
        ("closed", after(&[(LEAD, OPEN), (LEAD, CLOSE)])),
        ("opened again", after(&[(LEAD, OPEN), (LEAD, CLOSE), (LEAD, OPEN)])),
    ];
    everybody_tries(
        &states,
        &[
            Row { act: OPEN, right: Right::Facilitators, says: &[YES, NOT_NOW, NOT_NOW, NOT_NOW, YES, NOT_NOW] },
            Row { act: answer(5, "calm", "", false), right: Right::TurnTakers, says: &[NOT_NOW, YES, YES, YES, NOT_NOW, YES] },
            Row { act: PASS, right: Right::TurnTakers, says: &[NOT_NOW, YES, YES, YES, NOT_NOW, YES] },
            Row { act: CLOSE, right: Right::Facilitators, says: &[NOT_NOW, YES, YES, YES, NOT_NOW, YES] },
        ],
    );
}

#[test]
fn every_mood_on_the_scale_and_none_beyond() {
    let script = after(&[(LEAD, OPEN)]);
    for mood in 0..=u8::MAX {
        let expected = (mood > MOOD_MOST).then_some(Refusal::OutOfRange);
        assert_eq!(attempt(&script, MAYA, &answer(mood, "", "", false)).err(), expected, "{mood}");
    }
}

#[test]
fn a_word_is_short_and_a_concern_is_a_paragraph() {
    let script = after(&[(LEAD, OPEN)]);
    text_limit(&script, MAYA, limits::WORD_CHARS, true, |text| answer(5, &text, "", true));
    text_limit(&script, MAYA, limits::CONCERN_CHARS, true, |text| answer(5, "", &text, true));
}

#[test]
fn what_is_not_for_the_group_stays_with_its_writer_and_those_who_lead() {
    let script = after(&[(LEAD, OPEN), (MAYA, answer(2, "canary-word", "canary-concern", false))]);
    for text in ["canary-word", "canary-concern"] {
        only_seen_by(&script, text, &[LEAD, MAYA]);
    }
    let shared = after(&[(LEAD, OPEN), (MAYA, answer(2, "canary-word", "canary-concern", true))]);
    for text in ["canary-word", "canary-concern"] {
        only_seen_by(&shared, text, &INSIDE);
    }
}

#[test]
fn the_number_stays_with_the_facilitators_even_when_the_words_are_shared() {
    let script = after(&[(LEAD, OPEN), (MAYA, answer(9, "bright", "", true))]);
    for by in [THEO, OBSERVER, INTERPRETER] {
        let seen = view(&script, by);
        assert_eq!(seen.shared.len(), 1);
        let text = serde_json::to_string(&seen).unwrap();
        assert!(!text.contains("mood") && seen.told.is_none() && seen.mine.is_none(), "seat {by}: {text}");
    }
    assert_eq!(view(&script, MAYA).mine.unwrap().mood, 9);
    assert_eq!(view(&script, LEAD).told.unwrap()[0].answer.as_ref().unwrap().mood, 9);
}

#[test]
fn an_answer_of_nothing_but_a_number_is_not_read_out() {
    let script = after(&[(LEAD, OPEN), (MAYA, answer(9, "", "", true)), (THEO, answer(5, "", "sleep", true))]);
    let shared = view(&script, MAYA).shared;
    assert_eq!(shared.iter().map(|one| one.seat).collect::<Vec<_>>(), [seat(THEO)]);
}

#[test]
fn the_last_word_counts_and_a_change_of_mind_takes_it_back_from_everybody() {
    let mut script = after(&[(LEAD, OPEN), (MAYA, answer(2, "canary-first", "", true)), (MAYA, answer(6, "canary-second", "", true))]);
    only_seen_by(&script, "canary-first", &[]);
    only_seen_by(&script, "canary-second", &INSIDE);
    script.tool(MAYA, answer(6, "canary-second", "", false)).unwrap();
    only_seen_by(&script, "canary-second", &[LEAD, MAYA]);
    script.tool(MAYA, PASS).unwrap();
    only_seen_by(&script, "canary-second", &[]);
    let (mine, lead) = (view(&script, MAYA), view(&script, LEAD));
    assert!(mine.passed && mine.mine.is_none());
    assert_eq!(lead.told.unwrap()[0].answer, None, "a pass is told without a word");
}

#[test]
fn those_who_answer_are_counted_and_those_who_take_no_turns_are_not() {
    let mut script = after(&[(LEAD, OPEN)]);
    let count = |script: &Script| (view(script, THEO).done, view(script, THEO).of);
    assert_eq!(count(&script), (0, 3), "a leader and two members");
    script.tool(MAYA, PASS).unwrap();
    script.tool(LEAD, answer(5, "", "", false)).unwrap();
    assert_eq!(count(&script), (2, 3), "a pass is an answer, too");
    script.admit(AT_DOOR);
    assert_eq!(count(&script), (2, 4));
    script.input(Input::Lost(seat(AT_DOOR))).unwrap();
    assert_eq!(count(&script), (2, 3), "nobody waits for who has dropped");
    script.act(MAYA, RoomCommand::Leave).unwrap();
    assert_eq!(count(&script), (2, 3), "who has answered and left is still counted on both sides");
}

#[test]
fn closing_keeps_what_was_said_and_opening_again_does_too() {
    let mut script = after(&[(LEAD, OPEN), (MAYA, answer(4, "raw", "", true)), (LEAD, CLOSE)]);
    assert!(!view(&script, THEO).open);
    assert_eq!(view(&script, THEO).shared[0].word, "raw");
    script.tool(LEAD, OPEN).unwrap();
    assert!(view(&script, THEO).open);
    assert_eq!(view(&script, THEO).shared[0].word, "raw");
}

#[test]
fn before_it_is_opened_there_is_nothing_to_see() {
    let script = after(&[]);
    assert!(INSIDE.iter().all(|by| script.view(seat(*by)).tools.check_in.is_none()));
}

#[test]
fn the_record_tells_answers_from_passes() {
    let script = after(&[(LEAD, OPEN), (MAYA, PASS), (THEO, answer(3, "so", "", false))]);
    let check_in = &script.room.tools.check_in;
    assert_eq!(check_in.passed().collect::<Vec<_>>(), [seat(MAYA)]);
    let answers: Vec<_> = check_in.answers().map(|(seat, answer)| (seat, answer.mood)).collect();
    assert_eq!(answers, [(seat(THEO), 3)]);
}
