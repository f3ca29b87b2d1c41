use room::{
    Refusal, RoomCommand, limits,
    tools::{
        Right, ToolCommand,
        closing::{ClosingAnswer, ClosingCommand, ClosingView},
    },
};

use crate::{
    cast::{
        AT_DOOR, GONE, INSIDE, INTERPRETER, LEAD, MAYA, NOBODY, NOT_NOW, OBSERVER, Row, THEO, YES, after, attempt, everybody_tries,
        only_seen_by, text_limit,
    },
    script::{Script, seat},
};

const OPEN: ToolCommand = ToolCommand::Closing(ClosingCommand::Open);
const CLOSE: ToolCommand = ToolCommand::Closing(ClosingCommand::Close);

fn write(text: &str) -> ToolCommand {
    ToolCommand::Closing(ClosingCommand::WriteTakeaway { text: text.into() })
}

fn remove(id: u32) -> ToolCommand {
    ToolCommand::Closing(ClosingCommand::RemoveTakeaway { id })
}

fn give(to: u8, text: &str, days: u16) -> ToolCommand {
    ToolCommand::Closing(ClosingCommand::GiveHomework { seat: seat(to), text: text.into(), days })
}

fn take_back(from: u8, id: u32) -> ToolCommand {
    ToolCommand::Closing(ClosingCommand::TakeBackHomework { seat: seat(from), id })
}

fn answer(answer: ClosingAnswer) -> ToolCommand {
    ToolCommand::Closing(ClosingCommand::Answer(answer))
}

fn line(text: &str) -> ToolCommand {
    answer(ClosingAnswer { line: text.into(), ..ClosingAnswer::default() })
}

fn view(script: &Script, by: u8) -> ClosingView {
    script.view(seat(by)).tools.closing.unwrap()
}

/// Maya wrote takeaway 0: she and whoever leads may take it away.
const WRITER_OR_LEAD: fn(u8) -> Option<Refusal> = |by| (by == THEO).then_some(Refusal::NotYours);

#[test]
fn the_table_of_the_closing() {
    let begun = [(LEAD, OPEN), (MAYA, write("A wave passes.")), (LEAD, give(THEO, "Walk.", 7))];
    let closed: Vec<_> = begun.iter().cloned().chain([(LEAD, CLOSE)]).collect();
    let states = [("not opened", after(&[])), ("open", after(&begun[..1])), ("under way", after(&begun)), ("closed", after(&closed))];
    everybody_tries(
        &states,
        &[
            Row { act: OPEN, right: Right::Facilitators, says: &[YES, NOT_NOW, NOT_NOW, YES] },
            Row { act: write("Breathe."), right: Right::TurnTakers, says: &[NOT_NOW, YES, YES, NOT_NOW] },
            Row { act: remove(0), right: Right::TurnTakers, says: &[NOT_NOW, NOT_NOW, WRITER_OR_LEAD, NOT_NOW] },
            Row { act: remove(1), right: Right::TurnTakers, says: &[NOT_NOW, NOT_NOW, NOT_NOW, NOT_NOW] },
            Row { act: give(MAYA, "Write.", 7), right: Right::Facilitators, says: &[NOT_NOW, YES, YES, NOT_NOW] },
            Row { act: take_back(THEO, 1), right: Right::Facilitators, says: &[NOT_NOW, NOT_NOW, YES, NOT_NOW] },
            Row { act: take_back(MAYA, 1), right: Right::Facilitators, says: &[NOT_NOW, NOT_NOW, NOT_NOW, NOT_NOW] },
            Row { act: take_back(THEO, 0), right: Right::Facilitators, says: &[NOT_NOW, NOT_NOW, NOT_NOW, NOT_NOW] },
            Row { act: line("Thank you."), right: Right::TurnTakers, says: &[NOT_NOW, YES, YES, NOT_NOW] },
            Row { act: CLOSE, right: Right::Facilitators, says: &[NOT_NOW, YES, YES, NOT_NOW] },
        ],
    );
}

#[test]
fn every_text_has_its_length() {
    let script = after(&[(LEAD, OPEN)]);
    text_limit(&script, MAYA, limits::TAKEAWAY_CHARS, false, |text| write(&text));
    text_limit(&script, LEAD, limits::HOMEWORK_CHARS, false, |text| give(MAYA, &text, 7));
    text_limit(&script, MAYA, limits::FREE_LINE_CHARS, true, |text| line(&text));
}

#[test]
fn takeaways_and_homework_are_so_many_and_no_more() {
    let mut acts = vec![(LEAD, OPEN)];
    acts.extend((0..limits::TAKEAWAYS).map(|_| (MAYA, write("so"))));
    let script = after(&acts);
    assert_eq!(attempt(&script, THEO, &write("so")).err(), Some(Refusal::TooMany));
    let room_again = attempt(&script, MAYA, &remove(0)).unwrap();
    assert!(attempt(&room_again, THEO, &write("so")).is_ok(), "taking one away makes room");

    let mut acts = vec![(LEAD, OPEN)];
    acts.extend((0..limits::HOMEWORK_EACH).map(|_| (LEAD, give(MAYA, "so", 7))));
    let script = after(&acts);
    assert_eq!(attempt(&script, LEAD, &give(MAYA, "so", 7)).err(), Some(Refusal::TooMany));
    assert!(attempt(&script, LEAD, &give(THEO, "so", 7)).is_ok(), "each member has a number of their own");
}

#[test]
fn homework_is_due_within_four_weeks() {
    let script = after(&[(LEAD, OPEN)]);
    for (days, refusal) in [
        (0, Some(Refusal::OutOfRange)),
        (1, None),
        (limits::HOMEWORK_DAYS, None),
        (limits::HOMEWORK_DAYS + 1, Some(Refusal::OutOfRange)),
        (u16::MAX, Some(Refusal::OutOfRange)),
    ] {
        assert_eq!(attempt(&script, LEAD, &give(MAYA, "Walk.", days)).err(), refusal, "{days} days");
    }
}

#[test]
fn homework_is_for_members() {
    let script = after(&[(LEAD, OPEN)]);
    for to in [LEAD, OBSERVER, INTERPRETER, NOBODY] {
        assert_eq!(attempt(&script, LEAD, &give(to, "Walk.", 7)).err(), Some(Refusal::NobodyThere), "seat {to}");
    }
    for to in [MAYA, THEO, AT_DOOR, GONE] {
        assert!(attempt(&script, LEAD, &give(to, "Walk.", 7)).is_ok(), "a member who had to leave early still gets it: seat {to}");
    }
}

#[test]
fn each_of_the_five_scales_ends_at_ten() {
    let script = after(&[(LEAD, OPEN)]);
    let scale = |index: usize, score: u8| {
        let mut answer = ClosingAnswer::default();
        *[&mut answer.mood, &mut answer.heard, &mut answer.safe, &mut answer.useful, &mut answer.connected][index] = Some(score);
        answer
    };
    for index in 0..5 {
        for (score, refusal) in [(0, None), (10, None), (11, Some(Refusal::OutOfRange)), (u8::MAX, Some(Refusal::OutOfRange))] {
            assert_eq!(attempt(&script, MAYA, &answer(scale(index, score))).err(), refusal, "scale {index}, {score}");
        }
    }
    assert!(attempt(&script, MAYA, &answer(ClosingAnswer::default())).is_ok(), "every question may be left out");
}

#[test]
fn takeaways_are_everybody_s_and_homework_and_the_card_are_one_s_own() {
    let script = after(&[
        (LEAD, OPEN),
        (MAYA, write("canary-takeaway")),
        (LEAD, give(MAYA, "canary-homework", 7)),
        (MAYA, answer(ClosingAnswer { mood: Some(3), line: "canary-line".into(), ..ClosingAnswer::default() })),
    ]);
    only_seen_by(&script, "canary-takeaway", &INSIDE);
    only_seen_by(&script, "canary-homework", &[LEAD, MAYA]);
    // Not even to the leader while everybody still sits together: it is read afterwards.
    only_seen_by(&script, "canary-line", &[MAYA]);
    for by in [THEO, OBSERVER, INTERPRETER] {
        let seen = view(&script, by);
        assert_eq!((seen.homework, seen.my_homework.len(), seen.mine, seen.answered), (None, 0, None, 1), "seat {by}");
    }
    assert_eq!(view(&script, LEAD).homework.unwrap()[&MAYA][0].text, "canary-homework");
}

#[test]
fn what_is_taken_back_is_gone_for_everybody() {
    let mut script = after(&[(LEAD, OPEN), (MAYA, write("canary-takeaway")), (LEAD, give(THEO, "canary-homework", 7))]);
    script.tool(LEAD, remove(0)).unwrap();
    script.tool(LEAD, take_back(THEO, 1)).unwrap();
    for text in ["canary-takeaway", "canary-homework"] {
        only_seen_by(&script, text, &[]);
    }
    assert_eq!(script.room.tools.closing.homework().count(), 0);
}

/// A number that came back would let a late "remove" hit another person's words.
#[test]
fn a_number_is_never_given_twice() {
    let mut script = after(&[(LEAD, OPEN), (MAYA, write("one")), (MAYA, remove(0)), (THEO, write("two"))]);
    assert_eq!(script.tool(MAYA, remove(0)), Err(Refusal::NotNow));
    script.tool(LEAD, give(THEO, "Walk.", 7)).unwrap();
    let ids: Vec<u32> =
        view(&script, THEO).takeaways.iter().map(|one| one.id).chain(view(&script, THEO).my_homework.iter().map(|one| one.id)).collect();
    assert_eq!(ids, [1, 2]);
}

#[test]
fn the_card_can_be_changed_until_it_is_closed() {
    let card = |mood: u8| answer(ClosingAnswer { mood: Some(mood), ..ClosingAnswer::default() });
    let mut script = after(&[(LEAD, OPEN), (MAYA, card(3)), (MAYA, card(7)), (LEAD, CLOSE)]);
    assert_eq!(view(&script, MAYA).mine.unwrap().mood, Some(7));
    assert_eq!(script.tool(MAYA, card(1)), Err(Refusal::NotNow));
    assert_eq!(script.room.tools.closing.answers().count(), 1);
    script.act(MAYA, RoomCommand::Leave).unwrap();
    assert_eq!(script.room.tools.closing.answers().count(), 1, "leaving does not take the answer along");
}
