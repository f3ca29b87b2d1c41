//! Tools that were laid ready: opened by one press, known to leaders alone.

use care::{
    agenda::{EXERCISES, POLL_KINDS, Prepared, PreparedQuestion, Tool},
    boards::BoardTemplate,
};
use room::{Event, Refusal, RoomCommand, Stored};

use crate::{
    cast::LEAD,
    script::{Script, opening, seat},
};

const MEMBERS: u8 = 4;

fn text() -> String {
    "canary-prepared".into()
}

fn question(options: Vec<String>) -> PreparedQuestion {
    PreparedQuestion { text: text(), options, right: 0, why: text() }
}

/// One of each kind of tool, in the order of `Tool::ALL`.
fn one_of_each() -> Vec<Prepared> {
    let options = vec!["canary-a".to_owned(), "canary-b".into()];
    vec![
        Prepared::Prompt { text: text() },
        Prepared::GoRound { text: text() },
        Prepared::Poll { kind: "single".into(), text: text(), options: options.clone() },
        Prepared::Quiz { text: text(), options: options.clone(), right: 1, why: text(), more: vec![question(options)] },
        Prepared::Journal { text: text(), minutes: 5 },
        Prepared::Tables { prompts: vec![text(), text()] },
        Prepared::Scene { card: care::scenes::cards("en")[0].id.clone(), text: text() },
        Prepared::Calm { exercise: "breathing".into(), minutes: 2 },
        Prepared::Board { template: Some(BoardTemplate::Coping) },
        Prepared::Slides { material: 7, text: text(), pages: 3 },
        Prepared::Video { material: 9, text: text(), captions: true },
        Prepared::Reading { item: "naming-a-feeling".into(), text: text() },
    ]
}

fn with(tools: Vec<Prepared>) -> Script {
    let mut opening = opening(MEMBERS);
    opening.phases[1].tools = tools;
    let mut script = Script::of(opening);
    script.everybody_in();
    script
}

fn press(script: &mut Script, by: u8, tool: u8) -> Result<Vec<Event>, Refusal> {
    script.act(by, RoomCommand::OpenPrepared { phase: 1, tool })
}

#[test]
fn every_tool_opens_by_one_press_as_if_it_had_been_made_on_the_spot() {
    assert_eq!(one_of_each().iter().map(Prepared::tool).collect::<Vec<_>>(), Tool::ALL, "a new tool belongs in here");
    for (index, prepared) in one_of_each().into_iter().enumerate() {
        let mut script = with(one_of_each());
        let events = press(&mut script, LEAD, index as u8).unwrap_or_else(|no| panic!("{prepared:?}: {no:?}"));
        let written = serde_json::to_string(&events[0]).unwrap();
        let room_word = match prepared.tool() {
            Tool::Scene => "role_play",
            tool => tool.word(),
        };
        assert!(written.contains(&format!(r#""tool":"{room_word}""#)), "{prepared:?}: {written}");
        // As the book is read after a restart, except for what opened it.
        let told: Vec<Stored> = script.book.clone();
        assert!(told.iter().any(|stored| stored.event == events[0]));
    }
    for kind in POLL_KINDS {
        let options = if ["single", "several", "order"].contains(&kind) { vec!["a".into(), "b".into()] } else { vec![] };
        let mut script = with(vec![Prepared::Poll { kind: kind.into(), text: text(), options }]);
        assert!(press(&mut script, LEAD, 0).is_ok(), "{kind}");
    }
    for exercise in EXERCISES {
        assert!(press(&mut with(vec![Prepared::Calm { exercise: exercise.into(), minutes: 1 }]), LEAD, 0).is_ok(), "{exercise}");
    }
}

#[test]
fn nobody_else_opens_it_nor_knows_of_it_before() {
    let mut script = with(one_of_each());
    for member in 1..=MEMBERS {
        let view = serde_json::to_string(&script.view(seat(member))).unwrap();
        assert!(!view.contains("canary"), "what waits is no member's to see");
        assert_eq!(press(&mut script, member, 0), Err(Refusal::NotYours));
    }
    let lead = script.leader();
    assert_eq!((lead.prepared.len(), lead.prepared[1].len(), lead.prepared[0].len()), (5, Tool::ALL.len(), 0));
    press(&mut script, LEAD, 0).unwrap();
    assert!(serde_json::to_string(&script.view(seat(1))).unwrap().contains("canary-prepared"), "now it is the group's");
}

#[test]
fn what_is_not_there_or_does_not_fit_any_more_is_refused_by_its_tool() {
    let mut script = with(vec![
        Prepared::Poll { kind: "shouting".into(), text: text(), options: vec![] },
        Prepared::Journal { text: text(), minutes: 400 },
        Prepared::Scene { card: "no such card".into(), text: text() },
        Prepared::Calm { exercise: "running".into(), minutes: 2 },
        Prepared::Slides { material: -3, text: text(), pages: 2 },
        Prepared::Prompt { text: "x".repeat(301) },
        Prepared::Reading { item: "../groups".into(), text: text() },
    ]);
    let before = script.room.clone();
    for tool in 0..10 {
        assert!(press(&mut script, LEAD, tool).is_err(), "{tool}");
    }
    assert_eq!(script.act(LEAD, RoomCommand::OpenPrepared { phase: 77, tool: 0 }), Err(Refusal::OutOfRange));
    assert_eq!(script.room, before);
}

#[test]
fn a_quiz_with_several_questions_and_a_printed_board_open_whole() {
    let mut script = with(one_of_each());
    press(&mut script, LEAD, 3).unwrap();
    let quiz = script.view(seat(1)).tools.quiz.unwrap();
    assert_eq!(quiz.questions.len(), 2);
    assert!(quiz.questions.iter().all(|one| one.solved.is_none()), "nobody is shown what is right before it closes");
    let at = Tool::ALL.iter().position(|tool| *tool == Tool::Board).unwrap() as u8;
    press(&mut script, LEAD, at).unwrap();
    let board = script.view(seat(1)).tools.board.here.unwrap();
    assert_eq!((board.template, board.may_draw, board.names), (Some(BoardTemplate::Coping), true, false));
    assert!(script.room.sheet_of(seat(1)).is_some_and(|(_, sheet)| !sheet.since(0).elements.is_empty()), "the sheet is printed");
    assert_eq!(press(&mut script, LEAD, at), Err(Refusal::NotNow), "one board at a time");
    assert_eq!(script.rebuilt().tools.board, script.room.tools.board);
    let mut empty = with(vec![Prepared::Board { template: None }]);
    press(&mut empty, LEAD, 0).unwrap();
    assert_eq!(empty.view(seat(2)).tools.board.here.unwrap().template, None);
}

#[test]
fn a_tool_that_is_open_says_no_to_the_same_again() {
    let mut script = with(one_of_each());
    press(&mut script, LEAD, 2).unwrap();
    assert_eq!(press(&mut script, LEAD, 2), Err(Refusal::NotNow), "one poll at a time");
}
