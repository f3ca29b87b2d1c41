use care::agenda::{Agenda, MINUTES, Misfit, PHASES, Phase, PhaseKind, Prepared, PreparedQuestion, TEXT_CHARS, TOOLS, Tool, Typed};
use care::boards::BoardTemplate;
use proptest::prelude::*;

use crate::words;

fn phase(minutes: u16) -> Phase {
    Phase { kind: PhaseKind::Discuss, minutes, prompt: String::new(), theme: String::new(), tools: Vec::new() }
}

fn of(phases: Vec<Phase>) -> Agenda {
    Agenda { phases, ..Agenda::default() }
}

#[test]
fn every_limit_at_its_edge() {
    let long = |chars: usize| "ñ".repeat(chars);
    for (what, agenda, expected) in [
        ("as many phases as may be", of(vec![phase(5); PHASES]), Ok(())),
        ("one phase more", of(vec![phase(5); PHASES + 1]), Err(Misfit::TooManyPhases)),
        ("the shortest phase", of(vec![phase(*MINUTES.start())]), Ok(())),
        ("the longest phase", of(vec![phase(*MINUTES.end())]), Ok(())),
        ("a phase of no length", of(vec![phase(5), phase(0)]), Err(Misfit::Minutes)),
        ("one minute more than the longest", of(vec![phase(5), phase(121)]), Err(Misfit::Minutes)),
        ("the largest number there is", of(vec![phase(u16::MAX)]), Err(Misfit::Minutes)),
        ("letters, not bytes, of a prompt", of(vec![Phase { prompt: long(TEXT_CHARS), ..phase(5) }]), Ok(())),
        ("one letter more", of(vec![Phase { prompt: long(TEXT_CHARS + 1), ..phase(5) }]), Err(Misfit::TooLong)),
        ("a theme at the limit", of(vec![Phase { theme: long(TEXT_CHARS), ..phase(5) }]), Ok(())),
        ("a theme over it", of(vec![phase(5), Phase { theme: long(TEXT_CHARS + 1), ..phase(5) }]), Err(Misfit::TooLong)),
        ("homework at the limit", Agenda { phases: vec![], homework: vec![long(TEXT_CHARS)], ..Agenda::default() }, Ok(())),
        (
            "homework over it",
            Agenda { phases: vec![], homework: vec![String::new(), long(TEXT_CHARS + 1)], ..Agenda::default() },
            Err(Misfit::TooLong),
        ),
        ("a title over it", Agenda { title: long(TEXT_CHARS + 1), ..Agenda::default() }, Err(Misfit::TooLong)),
        ("materials over it", Agenda { materials: vec![long(TEXT_CHARS + 1)], ..Agenda::default() }, Err(Misfit::TooLong)),
    ] {
        assert_eq!(agenda.check(), expected, "{what}");
    }
}

#[test]
fn minutes_add_up_without_running_over() {
    assert_eq!(of(vec![]).minutes(), 0);
    assert_eq!(of(vec![phase(15), phase(30), phase(45)]).minutes(), 90);
    assert_eq!(of(vec![phase(u16::MAX); 3]).minutes(), 3 * 65_535);
}

#[test]
fn the_theme_is_the_first_that_somebody_wrote() {
    let themed = |theme: &str| Phase { theme: theme.into(), ..phase(5) };
    assert_eq!(of(vec![]).theme(), "");
    assert_eq!(of(vec![themed(""), themed("")]).theme(), "");
    assert_eq!(of(vec![themed(""), themed("Anger"), themed("Sleep")]).theme(), "Anger");
}

#[test]
fn every_phase_and_every_no_has_its_sentence() {
    words::in_both_languages(PhaseKind::ALL.map(PhaseKind::key));
    words::in_both_languages([Misfit::TooManyPhases, Misfit::Minutes, Misfit::TooLong].map(Misfit::key));
}

#[test]
fn a_phase_is_read_by_the_word_it_is_written_with() {
    for kind in PhaseKind::ALL {
        assert_eq!(PhaseKind::parse(kind.word()), Some(kind));
        assert_eq!(serde_json::to_value(kind).unwrap(), kind.word(), "the form and the database use the same word");
    }
    for word in ["", "Learn", "learn ", "check-in", "practice", "nap"] {
        assert_eq!(PhaseKind::parse(word), None, "{word:?}");
    }
}

#[test]
fn agendas_of_before_are_still_read_and_broken_ones_are_not() {
    let old: Agenda = serde_json::from_str(r#"{"phases": [{"kind": "learn", "minutes": 20}]}"#).unwrap();
    assert_eq!((old.phases[0].prompt.as_str(), old.homework.len()), ("", 0));
    for broken in [
        "",
        "{}",
        r#"{"phases": {}}"#,
        r#"{"phases": [{"kind": "nap", "minutes": 20}]}"#,
        r#"{"phases": [{"kind": "learn"}]}"#,
        r#"{"phases": [{"kind": "learn", "minutes": "20"}]}"#,
        r#"{"phases": [{"kind": "learn", "minutes": -1}]}"#,
        r#"{"phases": [{"kind": "learn", "minutes": 70000}]}"#,
        r#"{"phases": [{"kind": "learn", "minutes": 1.5}]}"#,
    ] {
        assert!(serde_json::from_str::<Agenda>(broken).is_err(), "{broken}");
    }
}

proptest! {
    #[test]
    fn what_is_kept_comes_back_the_same(minutes in prop::collection::vec(any::<u16>(), 0..14), text in "\\PC{0,40}", homework in prop::collection::vec("\\PC{0,20}", 0..4)) {
        let phases = minutes.iter().map(|minutes| Phase { prompt: text.clone(), theme: text.clone(), ..phase(*minutes) }).collect();
        let agenda = Agenda { phases, homework, ..Agenda::default() };
        let kept = serde_json::to_string(&agenda).unwrap();
        prop_assert_eq!(&serde_json::from_str::<Agenda>(&kept).unwrap(), &agenda);
        let fits = minutes.len() <= 12 && minutes.iter().all(|minutes| (1..=120).contains(minutes));
        prop_assert_eq!(agenda.check().is_ok(), fits);
    }
}

#[test]
fn a_title_names_the_session_before_any_theme_and_an_old_agenda_is_still_read() {
    let old: Agenda = serde_json::from_str(r#"{"phases": [{"kind": "learn", "minutes": 10, "theme": "names"}]}"#).unwrap();
    assert_eq!((old.theme(), old.title.as_str(), old.materials.len()), ("names", "", 0));
    let text = serde_json::to_string(&old).unwrap();
    assert!(!text.contains("title") && !text.contains("materials"), "what is empty is not written: {text}");
    let titled = Agenda { title: "A week of names".into(), materials: vec!["A candle".into()], ..old };
    assert_eq!(titled.theme(), "A week of names");
    assert_eq!(serde_json::from_str::<Agenda>(&serde_json::to_string(&titled).unwrap()).unwrap(), titled);
}

#[test]
fn what_a_session_teaches_is_the_theme_of_its_learning_and_practising() {
    let themed = |kind, theme: &str| Phase { kind, theme: theme.into(), ..phase(5) };
    let agenda = |phases| Agenda { title: "The title".into(), ..of(phases) };
    for (phases, taught) in [
        (vec![themed(PhaseKind::Learn, "Breathing"), themed(PhaseKind::Practise, "Breathing")], vec!["Breathing"]),
        (vec![themed(PhaseKind::Learn, "Asking"), themed(PhaseKind::Practise, "Saying no")], vec!["Asking", "Saying no"]),
        (vec![themed(PhaseKind::Discuss, "The week"), themed(PhaseKind::CheckIn, "Arriving")], vec!["The title"]),
        (vec![themed(PhaseKind::Learn, "")], vec!["The title"]),
        (vec![], vec!["The title"]),
    ] {
        assert_eq!(agenda(phases).taught(), taught);
    }
    assert!(Agenda::default().taught().is_empty(), "an open circle teaches nothing");
}

#[test]
fn every_shipped_programme_that_teaches_says_what() {
    for programme in care::programmes::shipped().unwrap() {
        for agenda in &programme.session {
            let teaches = agenda.phases.iter().any(|phase| phase.kind == PhaseKind::Learn);
            assert!(!teaches || !agenda.taught().is_empty(), "{}: {}", programme.slug, agenda.title);
        }
    }
}

fn typed(tool: &str, text: &str) -> Typed {
    Typed { tool: tool.into(), text: text.into(), ..Typed::default() }
}

#[test]
fn a_tool_is_laid_ready_as_it_was_typed() {
    let options = "  Sleep \n\nA walk\n";
    let read = |typed: Typed| Prepared::read(&typed);
    assert_eq!(read(typed("prompt", " What helped? ")), Ok(Prepared::Prompt { text: "What helped?".into() }));
    let poll = Typed { how: "several".into(), options: options.into(), ..typed("poll", "Which?") };
    let two = vec!["Sleep".to_owned(), "A walk".into()];
    assert_eq!(read(poll.clone()), Ok(Prepared::Poll { kind: "several".into(), text: "Which?".into(), options: two.clone() }));
    let scale = Typed { how: "scale".into(), ..poll.clone() };
    assert_eq!(read(scale), Ok(Prepared::Poll { kind: "scale".into(), text: "Which?".into(), options: vec![] }), "a scale has none");
    let quiz = Typed { options: options.into(), number: "2".into(), why: "So.".into(), ..typed("quiz", "Which?") };
    assert_eq!(
        read(quiz.clone()),
        Ok(Prepared::Quiz { text: "Which?".into(), options: two.clone(), right: 1, why: "So.".into(), more: vec![] })
    );
    let board = |how: &str| read(Typed { how: how.into(), ..typed("board", "") });
    assert_eq!(board("empty"), Ok(Prepared::Board { template: None }));
    for template in BoardTemplate::ALL {
        assert_eq!(board(template.word()), Ok(Prepared::Board { template: Some(template) }));
        assert_eq!(serde_json::to_value(template).unwrap(), template.word(), "one word for it everywhere");
    }
    for (typed, key) in [
        (typed("prompt", "  "), "prepared-text"),
        (typed("prompt", &"x".repeat(TEXT_CHARS + 1)), "agenda-too-long"),
        (typed("shouting", "x"), "prepared-choose"),
        (typed("slides", "x"), "prepared-choose"),
        (typed("poll", "Which?"), "prepared-kind"),
        (Typed { options: "one".into(), ..poll.clone() }, "prepared-options"),
        (Typed { options: "a\na".into(), ..poll.clone() }, "prepared-option-twice"),
        (Typed { options: format!("a\n{}", "x".repeat(81)), ..poll.clone() }, "prepared-option-long"),
        (Typed { options: (0..9).map(|n| format!("{n}\n")).collect(), ..poll }, "prepared-options"),
        (Typed { number: "3".into(), ..quiz.clone() }, "prepared-right"),
        (Typed { number: "0".into(), ..quiz.clone() }, "prepared-right"),
        (Typed { why: " ".into(), ..quiz }, "prepared-why"),
        (Typed { number: "21".into(), ..typed("journal", "Write") }, "prepared-minutes"),
        (Typed { number: "many".into(), ..typed("journal", "Write") }, "prepared-minutes"),
        (Typed { options: "only one".into(), ..typed("tables", "") }, "prepared-tables-count"),
        (typed("board", ""), "prepared-kind"),
        (Typed { how: "a cat".into(), ..typed("board", "") }, "prepared-kind"),
        (Typed { how: "running".into(), number: "2".into(), ..typed("calm", "") }, "prepared-kind"),
    ] {
        assert_eq!(Prepared::read(&typed), Err(key), "{typed:?}");
    }
}

#[test]
fn a_quiz_gets_further_questions_one_by_one() {
    let form = Typed { options: "a\nb".into(), number: "1".into(), why: "So.".into(), ..typed("quiz", "First?") };
    let mut quiz = Prepared::read(&form).unwrap();
    assert_eq!(quiz.about(), "First?");
    for (wrong, key) in [
        (Typed { text: " ".into(), ..form.clone() }, "prepared-text"),
        (Typed { number: "3".into(), ..form.clone() }, "prepared-right"),
        (Typed { options: "a".into(), ..form.clone() }, "prepared-options"),
    ] {
        let before = quiz.clone();
        assert_eq!((quiz.ask_more(&wrong), &quiz), (Err(key), &before), "a no changes nothing");
    }
    for number in 2..=10 {
        quiz.ask_more(&Typed { text: format!("{number}?"), number: "2".into(), ..form.clone() }).unwrap();
    }
    assert_eq!(quiz.ask_more(&form), Err("prepared-questions-many"), "ten are enough for one evening");
    assert_eq!(quiz.about(), "First? (+9)");
    let Prepared::Quiz { more, .. } = &quiz else { panic!("a quiz") };
    let options = vec!["a".to_owned(), "b".into()];
    assert_eq!(more[8], PreparedQuestion { text: "10?".into(), options, right: 1, why: "So.".into() });
    assert_eq!(quiz.texts().len(), 10 * 4, "all its words are measured and translated");
    assert_eq!(Prepared::Prompt { text: "p".into() }.ask_more(&form), Err("prepared-gone"), "nothing but a quiz asks more");
    let old = r#"{"tool":"quiz","text":"t","options":["a","b"],"right":0,"why":"w"}"#;
    let kept: Prepared = serde_json::from_str(old).unwrap();
    assert_eq!(serde_json::to_string(&kept).unwrap(), old, "what was laid ready before still reads and writes as it did");
}

#[test]
fn tools_travel_with_the_agenda_and_an_old_agenda_has_none() {
    let old: Agenda = serde_json::from_str(r#"{"phases":[{"kind":"learn","minutes":20,"prompt":"p","theme":"t"}]}"#).unwrap();
    assert!(old.phases[0].tools.is_empty());
    let mut agenda = of(vec![Phase { tools: vec![Prepared::Journal { text: "Write".into(), minutes: 5 }], ..phase(5) }]);
    let told = serde_json::to_string(&agenda).unwrap();
    assert_eq!(serde_json::from_str::<Agenda>(&told).unwrap(), agenda);
    assert!(agenda.texts_mut().any(|text| text == "Write"), "its words are translated and measured like all others");
    assert!(agenda.phases[0].without_tools().tools.is_empty());
    agenda.phases[0].tools = vec![Prepared::Prompt { text: "p".into() }; TOOLS + 1];
    assert_eq!(agenda.check(), Err(Misfit::TooManyTools));
    assert!(Tool::ALL.iter().all(|tool| Tool::parse(tool.word()) == Some(*tool)));
}

proptest! {
    #[test]
    fn whatever_is_typed_is_read_or_named(tool in "[a-z_]{0,8}|poll|quiz|tables|calm|journal|board", text in any::<String>(), options in any::<String>(), how in "[a-z]{0,6}|single", number in any::<String>()) {
        let typed = Typed { tool, text, options, how, number, ..Typed::default() };
        if let Ok(prepared) = Prepared::read(&typed) {
            let agenda = of(vec![Phase { tools: vec![prepared], ..phase(5) }]);
            prop_assert!(agenda.check().is_ok());
        }
    }
}
