//! The invariants of the live room, over thousands of command sequences.

use proptest::prelude::*;
use room::{
    Input, Part, Person, Presence, Refusal, RoomCommand, Seat, Stance,
    tools::{
        ToolCommand,
        board::{BoardCommand, Drawers, Element, ElementKind},
        calm::{CalmCommand, Exercise},
        chat::{Audience, ChatCommand},
        check_in::CheckInCommand,
        closing::{ClosingAnswer, ClosingCommand},
        go_round::{GoRoundCommand, Order},
        hands::HandsCommand,
        interpreting::InterpretingCommand,
        invite::InviteCommand,
        journal::{JournalCommand, Sharing},
        markers::{MarkersCommand, Moment},
        poll::{Ballot, PollAsk, PollCommand, PollKind},
        prompt::PromptCommand,
        quiz::{QuizCommand, QuizQuestion},
        reading::ReadingCommand,
        role_play::{PlayStage, RolePlayCommand, RolePlayView},
        share::ShareCommand,
        slides::SlidesCommand,
        tables::{How, Spot, TablesCommand},
        video::VideoCommand,
    },
};

use crate::script::{Script, guest, part};

const MEMBERS: u8 = 5;

#[derive(Debug, Clone)]
enum Step {
    Arrive(u8),
    Connect(u8),
    Lose(u8),
    Wait(i64),
    Talk(u8),
    Room(u8, RoomCommand),
    Tool(u8, ToolCommand),
}

fn any_seat() -> impl Strategy<Value = u8> {
    0..=MEMBERS
}

/// The last chair is an interpreter's.
fn cast(number: u8) -> Part {
    if number == MEMBERS { Part::Interpreter } else { part(number) }
}

fn any_room_command() -> impl Strategy<Value = RoomCommand> {
    let seat = || any_seat().prop_map(Seat);
    prop_oneof![
        any::<bool>().prop_map(|on| RoomCommand::Mic { on }),
        any::<bool>().prop_map(|on| RoomCommand::Camera { on }),
        prop_oneof![Just(Stance::Listening), Just(Stance::AskMe), Just(Stance::Open)].prop_map(|stance| RoomCommand::SetStance { stance }),
        Just(RoomCommand::Help),
        Just(RoomCommand::Object),
        Just(RoomCommand::Leave),
        seat().prop_map(|seat| RoomCommand::Admit { seat }),
        Just(RoomCommand::AdmitAll),
        seat().prop_map(|seat| RoomCommand::SendBack { seat }),
        seat().prop_map(|seat| RoomCommand::Remove { seat }),
        seat().prop_map(|seat| RoomCommand::Mute { seat }),
        Just(RoomCommand::MuteAll),
        Just(RoomCommand::Begin),
        (0u8..6).prop_map(|index| RoomCommand::Phase { index }),
        (0u16..70).prop_map(|minutes| RoomCommand::Extend { minutes }),
        seat().prop_map(|seat| RoomCommand::SettleDrop { seat }),
        seat().prop_map(|seat| RoomCommand::SettleHelp { seat }),
    ]
}

fn any_tool_command() -> impl Strategy<Value = ToolCommand> {
    let text = || "[a-z]{0,6}";
    prop_oneof![
        text().prop_map(|text| ToolCommand::Prompt(PromptCommand::Show { text })),
        Just(ToolCommand::Prompt(PromptCommand::Clear)),
        Just(ToolCommand::CheckIn(CheckInCommand::Open)),
        (0u8..13, text(), any::<bool>()).prop_map(|(mood, concern, to_group)| ToolCommand::CheckIn(CheckInCommand::Answer {
            mood,
            word: String::new(),
            concern,
            to_group
        })),
        Just(ToolCommand::CheckIn(CheckInCommand::Pass)),
        Just(ToolCommand::CheckIn(CheckInCommand::Close)),
        any::<bool>().prop_map(|random| ToolCommand::GoRound(GoRoundCommand::Open {
            prompt: "p".into(),
            order: if random { Order::Random } else { Order::Seats },
            seconds: 60
        })),
        prop_oneof![
            Just(GoRoundCommand::Done),
            Just(GoRoundCommand::Pass),
            Just(GoRoundCommand::ComeBackToMe),
            Just(GoRoundCommand::JoinIn),
            Just(GoRoundCommand::OpenListening { prompt: "p".into(), order: Order::Seats, seconds: 60 }),
            any_seat().prop_map(|seat| GoRoundCommand::OpenFeedback { seat: Seat(seat), about: "a".into(), seconds: 60 }),
            any::<bool>().prop_map(|so| GoRoundCommand::Heard { so }),
            Just(GoRoundCommand::NotMe),
            Just(GoRoundCommand::Thank),
            Just(GoRoundCommand::Skip),
            Just(GoRoundCommand::AddTime { seconds: 30 }),
            Just(GoRoundCommand::Close)
        ]
        .prop_map(ToolCommand::GoRound),
        prop_oneof![
            Just(HandsCommand::Raise),
            Just(HandsCommand::Lower),
            any_seat().prop_map(|seat| HandsCommand::Take { seat: Seat(seat) })
        ]
        .prop_map(ToolCommand::Hands),
        (text(), any_seat(), any_seat())
            .prop_map(|(text, one, other)| ToolCommand::Chat(ChatCommand::Tell { text, seats: vec![Seat(one), Seat(other)] })),
        (text(), any::<bool>()).prop_map(|(text, all)| ToolCommand::Chat(ChatCommand::Say {
            text,
            to: if all { Audience::Circle } else { Audience::Facilitators }
        })),
        prop_oneof![
            Just(ClosingCommand::Open),
            text().prop_map(|text| ClosingCommand::WriteTakeaway { text }),
            (0u32..4).prop_map(|id| ClosingCommand::RemoveTakeaway { id }),
            (any_seat(), 0u16..40).prop_map(|(seat, days)| ClosingCommand::GiveHomework { seat: Seat(seat), text: "h".into(), days }),
            (0u8..12).prop_map(|mood| ClosingCommand::Answer(ClosingAnswer { mood: Some(mood), ..ClosingAnswer::default() })),
            Just(ClosingCommand::Close)
        ]
        .prop_map(ToolCommand::Closing),
        any_tables_command().prop_map(ToolCommand::Tables),
        any_interpreting_command().prop_map(ToolCommand::Interpreting),
        any_quiet_help(),
        any_poll_or_quiz(),
        any_journal_command().prop_map(ToolCommand::Journal),
        any_role_play_command().prop_map(ToolCommand::RolePlay),
        any_shown(),
        any_board_command().prop_map(ToolCommand::Board),
    ]
}

/// Not the pointing finger: it lives for the moment and a rebuilt room has forgotten it.
fn any_shown() -> impl Strategy<Value = ToolCommand> {
    prop_oneof![
        (0u16..4).prop_map(|pages| ToolCommand::Slides(SlidesCommand::Open { material: 7, title: "t".into(), pages })),
        (0u16..4).prop_map(|page| ToolCommand::Slides(SlidesCommand::Turn { page })),
        Just(ToolCommand::Slides(SlidesCommand::Close)),
        Just(ToolCommand::Video(VideoCommand::Open { material: 9, title: "t".into(), captions: false })),
        (-5i64..50_000).prop_map(|from| ToolCommand::Video(VideoCommand::Play { from })),
        Just(ToolCommand::Video(VideoCommand::Close)),
        "[a-z-]{0,3}".prop_map(|item| ToolCommand::Reading(ReadingCommand::Open { item, title: "t".into() })),
        (0u16..70).prop_map(|part| ToolCommand::Reading(ReadingCommand::Go { part })),
        Just(ToolCommand::Reading(ReadingCommand::Close)),
        Just(ToolCommand::Share(ShareCommand::Start)),
        Just(ToolCommand::Share(ShareCommand::Stop)),
        any::<bool>().prop_map(|on| ToolCommand::Share(ShareCommand::Allow { on })),
    ]
}

fn any_poll_or_quiz() -> impl Strategy<Value = ToolCommand> {
    let asked = |named| PollAsk { kind: PollKind::Words, question: "q".into(), options: Vec::new(), named, live: named };
    let quiz = || QuizQuestion { question: "q".into(), options: vec!["a".into(), "b".into()], right: 1, why: "w".into() };
    prop_oneof![
        2 => any::<bool>().prop_map(move |named| ToolCommand::Poll(PollCommand::Open(asked(named)))),
        4 => (0u32..3, "[a-c]{0,2}").prop_map(|(id, word)| ToolCommand::Poll(PollCommand::Vote { id, ballot: Ballot::Words(word) })),
        1 => Just(ToolCommand::Poll(PollCommand::Close)),
        1 => Just(ToolCommand::Poll(PollCommand::PutAway)),
        1 => Just(ToolCommand::Quiz(QuizCommand::Open { questions: vec![quiz()] })),
        2 => (0u32..2, 0u8..3).prop_map(|(id, option)| ToolCommand::Quiz(QuizCommand::Answer { id, question: 0, option })),
        1 => Just(ToolCommand::Quiz(QuizCommand::Close)),
        1 => Just(ToolCommand::Quiz(QuizCommand::PutAway)),
    ]
}

/// What leaders do without a word to the group.
fn any_quiet_help() -> impl Strategy<Value = ToolCommand> {
    prop_oneof![
        any_seat().prop_map(|seat| ToolCommand::Invite(InviteCommand::Ask { seat: Seat(seat) })),
        any::<bool>().prop_map(|yes| ToolCommand::Invite(InviteCommand::Answer { yes })),
        any_seat().prop_map(|seat| ToolCommand::Invite(InviteCommand::PutAway { seat: Seat(seat) })),
        prop::option::of(any_seat())
            .prop_map(|seat| { ToolCommand::Calm(CalmCommand::Open { exercise: Exercise::Senses, seat: seat.map(Seat), minutes: 1 }) }),
        prop::option::of(any_seat()).prop_map(|seat| ToolCommand::Calm(CalmCommand::Close { seat: seat.map(Seat) })),
        Just(ToolCommand::Calm(CalmCommand::Enough)),
        Just(ToolCommand::Markers(MarkersCommand::Mark { moment: Moment::Own, note: "canary-marker".into() })),
        (0u32..3).prop_map(|id| ToolCommand::Markers(MarkersCommand::Remove { id })),
    ]
}

fn any_interpreting_command() -> impl Strategy<Value = InterpretingCommand> {
    prop_oneof![
        2 => Just(InterpretingCommand::Open { language: "l".into() }),
        1 => any::<bool>().prop_map(|on| InterpretingCommand::Aloud { on }),
        1 => Just(InterpretingCommand::Close),
        3 => prop::option::of(any_seat()).prop_map(|seat| InterpretingCommand::Listen { to: seat.map(Seat) }),
        1 => any::<bool>().prop_map(|on| InterpretingCommand::Captions { on }),
        2 => any::<bool>().prop_map(|done| InterpretingCommand::Type { text: "t".into(), done }),
    ]
}

fn any_tables_command() -> impl Strategy<Value = TablesCommand> {
    let table = || prop::option::of(0u8..4);
    let how = prop_oneof![Just(How::ByHand), Just(How::Draw), Just(How::Choice)];
    prop_oneof![
        3 => (how, 2usize..4).prop_map(|(how, tables)| TablesCommand::Lay { how, prompts: vec![String::new(); tables] }),
        3 => (any_seat(), table()).prop_map(|(seat, table)| TablesCommand::Put { seat: Seat(seat), table }),
        1 => (0u8..4).prop_map(|table| TablesCommand::Take { table }),
        4 => (1u16..3).prop_map(|minutes| TablesCommand::Send { minutes }),
        1 => Just(TablesCommand::Clear),
        1 => (0u16..70).prop_map(|minutes| TablesCommand::Extend { minutes }),
        1 => table().prop_map(|table| TablesCommand::Visit { table }),
        1 => Just(TablesCommand::Call),
        1 => Just(TablesCommand::Note { text: "n".into() }),
        1 => Just(TablesCommand::ComeBack),
        1 => (0u16..130).prop_map(|seconds| TablesCommand::Close { seconds }),
        2 => any_seat().prop_map(|seat| TablesCommand::Aside { seat: Seat(seat) }),
    ]
}

/// Every page holds its writer's mark, so that a letter of it in another view is found.
fn any_journal_command() -> impl Strategy<Value = JournalCommand> {
    let sharing = prop_oneof![
        Just(Sharing::Nothing),
        Just(Sharing::Therapist),
        Just(Sharing::Anonymous { line: "l".into() }),
        Just(Sharing::Named { line: "l".into() })
    ];
    prop_oneof![
        2 => (1u16..3).prop_map(|minutes| JournalCommand::Open { prompt: "p".into(), minutes }),
        1 => (0u16..25).prop_map(|minutes| JournalCommand::Extend { minutes }),
        1 => Just(JournalCommand::EndQuiet),
        4 => (0u8..9).prop_map(|draft| JournalCommand::Write { text: format!("canary-page {draft}") }),
        2 => sharing.prop_map(JournalCommand::Share),
        1 => Just(JournalCommand::Show),
        1 => Just(JournalCommand::PutAway),
    ]
}

fn any_role_play_command() -> impl Strategy<Value = RolePlayCommand> {
    let part = || 0u8..3;
    prop_oneof![
        3 => Just(RolePlayCommand::Pick { card: "dishes".into() }),
        4 => (part(), prop::option::of(any_seat())).prop_map(|(part, seat)| RolePlayCommand::Assign { part, seat: seat.map(Seat) }),
        4 => prop::option::of(part()).prop_map(|part| RolePlayCommand::Take { part }),
        3 => (1u16..3).prop_map(|minutes| RolePlayCommand::Play { minutes }),
        2 => Just(RolePlayCommand::Stop),
        1 => Just(RolePlayCommand::GoOn),
        1 => Just(RolePlayCommand::Finish),
        1 => (0u8..12).prop_map(|level| RolePlayCommand::Rate { level }),
        1 => Just(RolePlayCommand::Tell { worked: "w".into(), wish: String::new() }),
        1 => any::<bool>().prop_map(|swap| RolePlayCommand::Again { swap }),
        1 => Just(RolePlayCommand::PutAway),
    ]
}

fn any_board_command() -> impl Strategy<Value = BoardCommand> {
    let who =
        || prop_oneof![Just(Drawers::Everybody), Just(Drawers::Leaders), any_seat().prop_map(|seat| Drawers::Named(vec![Seat(seat)]))];
    let element = (0u8..4, 1u32..9, any::<bool>()).prop_map(|(id, version, gone)| {
        let element = Element { version, ..Element::plain(&format!("e{id}"), ElementKind::Rectangle) };
        if gone { element.buried() } else { element }
    });
    prop_oneof![
        3 => who().prop_map(|who| BoardCommand::Open { template: None, who, names: true }),
        2 => Just(BoardCommand::OpenHere { template: None }),
        2 => Just(BoardCommand::OpenAtTables { template: None }),
        6 => (0u32..5, element).prop_map(|(board, element)| BoardCommand::Draw { board, elements: vec![element] }),
        1 => who().prop_map(|who| BoardCommand::Let { who }),
        1 => Just(BoardCommand::Clear),
        1 => Just(BoardCommand::LayBack),
        1 => Just(BoardCommand::Close),
    ]
}

fn any_step() -> impl Strategy<Value = Step> {
    prop_oneof![
        2 => any_seat().prop_map(Step::Arrive),
        2 => any_seat().prop_map(Step::Connect),
        1 => any_seat().prop_map(Step::Lose),
        1 => (1i64..30).prop_map(Step::Wait),
        1 => any_seat().prop_map(Step::Talk),
        5 => (any_seat(), any_room_command()).prop_map(|(by, command)| Step::Room(by, command)),
        5 => (any_seat(), any_tool_command()).prop_map(|(by, command)| Step::Tool(by, command)),
    ]
}

fn take(script: &mut Script, step: &Step) -> Result<(), Refusal> {
    match step {
        Step::Arrive(number) => script.input(Input::Arrived(guest(*number, cast(*number)))).map(drop),
        Step::Connect(number) => script.input(Input::Connected(Seat(*number))).map(drop),
        Step::Lose(number) => script.input(Input::Lost(Seat(*number))).map(drop),
        Step::Wait(seconds) => {
            script.pass_seconds(*seconds);
            Ok(())
        }
        Step::Talk(number) => {
            script.talk(&[(*number, 1_500)]);
            Ok(())
        }
        Step::Room(by, command) => script.act(*by, command.clone()).map(drop),
        Step::Tool(by, command) => script.tool(*by, command.clone()).map(drop),
    }
}

/// What must hold after every step.
fn holds(script: &Script) -> Result<(), TestCaseError> {
    let room = &script.room;
    let hearing = room.hearing();
    for person in room.people.values() {
        let view = room.view_for(person.seat, script.now());
        prop_assert_eq!(view.is_some(), person.in_circle(), "only the circle has a view");
        let hears = hearing.hears.iter().find(|(who, _)| *who == person.seat.0);
        prop_assert_eq!(hears.is_some(), person.is_here(), "media exactly for those who are here");
        prop_assert!(hears.is_none_or(|(who, others)| !others.contains(who)), "nobody hears themselves");
        let Some(view) = view else { continue };
        prop_assert_eq!(view.lead.is_some(), person.part == Part::Facilitator, "the role never changes");
        for (_, others) in hearing.hears.iter().filter(|(who, _)| *who == person.seat.0) {
            for other in others {
                prop_assert!(
                    view.chairs.get(other).is_some_and(|chair| chair.presence == Presence::Here),
                    "everyone who receives media is in the roster"
                );
            }
        }
        let mut view = view;
        // One's own page is one's own, and leaders have what was given to them; with both taken out, no letter of a page may be left.
        view.tools.journal.given = None;
        if let Some(round) = &mut view.tools.journal.round {
            round.mine = None;
        }
        a_scene_is_whole(script, view.tools.role_play.scene.as_ref())?;
        let journal = serde_json::to_string(&view.tools.journal).map_err(|error| TestCaseError::fail(error.to_string()))?;
        prop_assert!(!journal.contains("canary-page"), "a page leaves for nobody");
        if view.lead.is_none() {
            let text = serde_json::to_string(&view).map_err(|error| TestCaseError::fail(error.to_string()))?;
            prop_assert!(!text.contains("canary-"), "no card leaves for a member");
            prop_assert!(!text.contains("burdens"), "how hard it was for others is for leaders");
        }
    }
    for person in room.people.values().filter(|p| !p.mic && p.is_here()) {
        prop_assert!(hearing.silent.contains(&person.seat.0), "a closed microphone is silent");
    }
    for (speaker, listeners) in &hearing.for_some {
        let there = |seat: &u8| room.people.get(&Seat(*seat)).is_some_and(Person::in_circle);
        prop_assert!(there(speaker) && listeners.iter().all(there), "a channel is between people who are in the circle");
        prop_assert_eq!(room.people[&Seat(*speaker)].part, Part::Interpreter);
    }
    crate::tools::tables::hearing_is_mutual(script);
    for holder in [room.tools.go_round.floor(), room.tools.go_round.talking()].into_iter().flatten() {
        prop_assert!(room.people.get(&holder).is_some_and(|p| p.in_circle()), "the floor is with somebody in the circle");
    }
    polls_keep_their_secret(script)?;
    boards_stay_where_they_are(script)
}

/// Whoever has a board is where it lies, and nobody has one of a table at which they do not sit.
fn boards_stay_where_they_are(script: &Script) -> Result<(), TestCaseError> {
    let tables = &script.room.tools.tables;
    for person in script.room.people.values().filter(|p| p.in_circle()) {
        let board = script.view(person.seat).tools.board;
        prop_assert_eq!(board.here.as_ref().map(|here| here.number), script.room.sheet_of(person.seat).map(|(number, _)| number));
        let lies = board.here.map(|here| here.table.map_or(Spot::Circle, Spot::Table));
        prop_assert!(lies.is_none_or(|lies| lies == tables.spot(person.seat)), "seat {} sees a board from afar", person.seat.0);
        prop_assert_eq!(board.at_tables.is_some(), person.leads(), "which tables have one is for leaders");
        prop_assert!(board.at_tables.is_none_or(|at| at.is_empty() || tables.are_out()), "no board stays at a table that is gone");
    }
    Ok(())
}

/// Who is shown with an answer, answered in a named poll; and whoever's ballot is only in memory is in an open anonymous one.
fn polls_keep_their_secret(script: &Script) -> Result<(), TestCaseError> {
    let polls = script.room.people.values().filter(|p| p.in_circle()).filter_map(|p| script.view(p.seat).tools.poll);
    for poll in polls {
        prop_assert!(poll.ask.named || poll.who.is_empty(), "an anonymous answer has no name");
        prop_assert!(poll.ask.named || poll.result.as_ref().is_none_or(|tally| !poll.open && tally.answered >= 4), "nor is it one of few");
        prop_assert!(script.room.tools.poll.unwritten() == 0 || (poll.open && !poll.ask.named), "what has closed is forgotten");
    }
    Ok(())
}

/// Whoever plays a part is in the circle, plays no other, and no scene runs with a part that nobody has.
fn a_scene_is_whole(script: &Script, scene: Option<&RolePlayView>) -> Result<(), TestCaseError> {
    let Some(scene) = scene else { return Ok(()) };
    let seats: Vec<Seat> = scene.parts.iter().filter_map(|part| part.seat).collect();
    let different: std::collections::BTreeSet<Seat> = seats.iter().copied().collect();
    prop_assert_eq!(seats.len(), different.len(), "nobody plays two parts");
    if scene.stage != PlayStage::Feedback {
        prop_assert!(seats.iter().all(|seat| script.room.people.get(seat).is_some_and(|p| p.in_circle())), "no ghost plays");
    }
    if scene.stage == PlayStage::Playing {
        prop_assert_eq!(seats.len(), scene.parts.len(), "every part is played");
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn the_invariants_hold_whatever_people_do(steps in prop::collection::vec(any_step(), 1..120)) {
        let mut script = Script::with_members(MEMBERS);
        script.arrive(0);
        for step in &steps {
            let before = script.room.clone();
            if take(&mut script, step).is_err() {
                prop_assert_eq!(&before, &script.room, "a refusal changes nothing: {:?}", step);
            }
            holds(&script)?;
        }
        prop_assert_eq!(&script.rebuilt(), &script.room, "the book tells everything");
        script.pass_seconds(1);
        let present = |seat: &Seat| script.room.people.get(seat).is_some_and(|p| p.in_circle() && !p.away);
        for person in script.room.people.values().filter(|p| p.is_here() && !p.leads()) {
            let beside = script.room.tools.tables.table_of(person.seat);
            prop_assert!(beside.is_empty() || beside.iter().filter(|seat| present(seat)).count() > 1, "seat {} sits alone", person.seat.0);
        }
    }

    #[test]
    fn a_turn_is_never_lost(passes in prop::collection::vec(0u8..3, 1..40)) {
        let mut script = Script::with_members(MEMBERS);
        script.everybody_in();
        script.tool(0, ToolCommand::GoRound(GoRoundCommand::Open { prompt: "p".into(), order: Order::Random, seconds: 30 })).map_err(|_| TestCaseError::fail("open"))?;
        for how in passes {
            let Some(floor) = script.room.tools.go_round.floor() else { break };
            let act = match how { 0 => GoRoundCommand::Done, 1 => GoRoundCommand::Pass, _ => GoRoundCommand::ComeBackToMe };
            let _ = script.tool(floor.0, ToolCommand::GoRound(act));
            let view = script.view(Seat(0));
            let round = view.tools.go_round.as_ref();
            let known = round.map_or(0, |round| round.waiting.len() + round.had.len() + usize::from(round.turn.is_some()));
            prop_assert_eq!(known, usize::from(MEMBERS) + 1);
        }
    }
}
