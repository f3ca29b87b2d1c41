use room::{
    Refusal, limits,
    tools::{
        Right, ToolCommand,
        quiz::{QuizCommand, QuizCount, QuizQuestion, QuizView, Solved},
    },
};

use crate::{
    cast::{INSIDE, LEAD, MAYA, NOT_NOW, Row, THEO, YES, after, attempt, everybody_tries, full_house, only_seen_by, sees, text_limit},
    script::{Script, seat},
};

const CLOSE: ToolCommand = ToolCommand::Quiz(QuizCommand::Close);
const PUT_AWAY: ToolCommand = ToolCommand::Quiz(QuizCommand::PutAway);

fn question() -> QuizQuestion {
    let options = ["It grows", "It passes", "It stays"].map(str::to_owned).to_vec();
    QuizQuestion { question: "What does an urge do?".into(), options, right: 1, why: "canary-why".into() }
}

fn open_with(questions: Vec<QuizQuestion>) -> ToolCommand {
    ToolCommand::Quiz(QuizCommand::Open { questions })
}

fn open() -> ToolCommand {
    open_with(vec![question(), question()])
}

fn answer(question: u8, option: u8) -> ToolCommand {
    ToolCommand::Quiz(QuizCommand::Answer { id: 0, question, option })
}

fn view(script: &Script, by: u8) -> QuizView {
    script.view(seat(by)).tools.quiz.unwrap()
}

#[test]
fn the_table_of_the_quiz() {
    let acts = [(LEAD, open()), (MAYA, answer(0, 1)), (LEAD, CLOSE), (LEAD, PUT_AWAY)];
    let states = [
        ("none", after(&[])),
        ("open", after(&acts[..1])),
        ("Maya has answered", after(&acts[..2])),
        ("closed", after(&acts[..3])),
        ("put away", after(&acts)),
    ];
    let over: fn(u8) -> Option<Refusal> = |_| Some(Refusal::VotingOver);
    let once: fn(u8) -> Option<Refusal> = |by| (by == MAYA).then_some(Refusal::NotNow);
    everybody_tries(
        &states,
        &[
            Row { act: open(), right: Right::Facilitators, says: &[YES, NOT_NOW, NOT_NOW, YES, YES] },
            Row { act: answer(0, 2), right: Right::TurnTakers, says: &[NOT_NOW, YES, once, over, over] },
            Row { act: CLOSE, right: Right::Facilitators, says: &[NOT_NOW, YES, YES, NOT_NOW, NOT_NOW] },
            Row { act: PUT_AWAY, right: Right::Facilitators, says: &[NOT_NOW, NOT_NOW, NOT_NOW, YES, NOT_NOW] },
        ],
    );
}

#[test]
fn a_quiz_is_checked_before_anybody_sees_it() {
    let script = full_house();
    let told = |questions| attempt(&script, LEAD, &open_with(questions)).err();
    for (count, fits) in [(0, false), (1, true), (10, true), (11, false)] {
        assert_eq!(told(vec![question(); count]), (!fits).then_some(Refusal::OutOfRange), "{count} questions");
    }
    for (options, right, fits) in [(1, 0, false), (2, 1, true), (2, 2, false), (8, 7, true), (9, 0, false)] {
        let asked = QuizQuestion { options: vec!["a".into(); options], right, ..question() };
        assert_eq!(told(vec![asked]), (!fits).then_some(Refusal::OutOfRange), "{options} options, {right} is right");
    }
    text_limit(&script, LEAD, limits::PROMPT_CHARS, false, |text| open_with(vec![QuizQuestion { question: text, ..question() }]));
    text_limit(&script, LEAD, limits::EXPLANATION_CHARS, true, |why| open_with(vec![QuizQuestion { why, ..question() }]));
    text_limit(&script, LEAD, limits::OPTION_CHARS, false, |text| {
        open_with(vec![QuizQuestion { options: vec!["a".into(), text], ..question() }])
    });
    let opened = after(&[(LEAD, open())]);
    for (question, option) in [(2, 0), (0, 3), (u8::MAX, 0), (0, u8::MAX)] {
        assert_eq!(attempt(&opened, MAYA, &answer(question, option)).err(), Some(Refusal::OutOfRange));
    }
}

#[test]
fn the_explanation_comes_after_the_answer_and_to_that_person_only() {
    let mut script = after(&[(LEAD, open())]);
    only_seen_by(&script, "canary-why", &[]);
    script.tool(MAYA, answer(0, 2)).unwrap();
    only_seen_by(&script, "canary-why", &[MAYA]);
    let mine = view(&script, MAYA);
    assert_eq!((mine.questions[0].mine, mine.questions[0].solved.clone()), (Some(2), Some(Solved { right: 1, why: "canary-why".into() })));
    assert_eq!((mine.questions[1].mine, &mine.questions[1].solved), (None, &None), "one question at a time");
    script.tool(LEAD, CLOSE).unwrap();
    only_seen_by(&script, "canary-why", &INSIDE);
}

/// Each one's result is their own: whatever Maya answers, everybody else sees the same room.
#[test]
fn nobody_is_sent_how_another_did() {
    let of = |option| after(&[(LEAD, open()), (MAYA, answer(0, option)), (LEAD, CLOSE)]);
    let (right, wrong) = (of(1), of(2));
    for by in INSIDE {
        assert_eq!(sees(&right, by) == sees(&wrong, by), by != MAYA, "seat {by}");
    }
    assert!(INSIDE.iter().all(|by| view(&right, *by).questions.iter().all(|asked| asked.count.is_some() == (*by == LEAD))));
}

#[test]
fn leaders_see_how_many_knew_it_once_enough_have_answered_and_it_has_closed() {
    for members in 3..=5 {
        let mut script = Script::with_members(5);
        script.everybody_in();
        script.tool(LEAD, open()).unwrap();
        script.tool(LEAD, answer(0, 1)).unwrap();
        for by in 1..=members {
            script.tool(by, answer(0, if by == 1 { 0 } else { 1 })).unwrap();
        }
        let count = |script: &Script| view(script, LEAD).questions[0].count.unwrap();
        assert_eq!(count(&script), QuizCount { answered: u32::from(members), right: None }, "members only, and not while it runs");
        script.tool(LEAD, CLOSE).unwrap();
        assert_eq!(count(&script).right, (members >= 4).then(|| u32::from(members) - 1), "{members}");
        assert_eq!(script.rebuilt(), script.room);
    }
}

#[test]
fn an_answer_to_the_last_quiz_does_not_count_for_this_one() {
    let mut script = after(&[(LEAD, open()), (LEAD, CLOSE), (LEAD, open())]);
    assert_eq!(attempt(&script, THEO, &answer(0, 1)).err(), Some(Refusal::VotingOver));
    script.tool(THEO, ToolCommand::Quiz(QuizCommand::Answer { id: 1, question: 0, option: 1 })).unwrap();
    assert_eq!(view(&script, THEO).questions[0].mine, Some(1));
    assert_eq!(view(&script, MAYA).questions[0].mine, None);
    for _ in 2..limits::QUIZZES {
        script.tool(LEAD, CLOSE).unwrap();
        script.tool(LEAD, open()).unwrap();
    }
    script.tool(LEAD, CLOSE).unwrap();
    assert_eq!(attempt(&script, LEAD, &open()).err(), Some(Refusal::TooMany));
}
