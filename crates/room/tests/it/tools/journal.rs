use proptest::prelude::*;
use room::{
    Input, MINUTE, Refusal, RoomCommand, Stance, limits,
    tools::{
        Right, ToolCommand,
        calm::{CalmCommand, Exercise},
        journal::{JournalCommand, JournalLead, JournalLines, JournalRound, JournalStage, KeptPage, Sharing},
        tables::{How, TablesCommand},
    },
};

use crate::{
    cast::{
        INTERPRETER, LEAD, MAYA, NOT_NOW, OBSERVER, Row, THEO, YES, after, attempt, everybody_tries, full_house, only_seen_by, text_limit,
    },
    script::{Script, seat},
};

fn act(command: JournalCommand) -> ToolCommand {
    ToolCommand::Journal(command)
}

fn open(minutes: u16) -> ToolCommand {
    act(JournalCommand::Open { prompt: "A letter to myself a year ago".into(), minutes })
}

fn extend(minutes: u16) -> ToolCommand {
    act(JournalCommand::Extend { minutes })
}

fn write(text: &str) -> ToolCommand {
    act(JournalCommand::Write { text: text.into() })
}

fn share(sharing: Sharing) -> ToolCommand {
    act(JournalCommand::Share(sharing))
}

fn unnamed(line: &str) -> ToolCommand {
    share(Sharing::Anonymous { line: line.into() })
}

fn named(line: &str) -> ToolCommand {
    share(Sharing::Named { line: line.into() })
}

fn end_quiet() -> ToolCommand {
    act(JournalCommand::EndQuiet)
}

fn show() -> ToolCommand {
    act(JournalCommand::Show)
}

fn put_away() -> ToolCommand {
    act(JournalCommand::PutAway)
}

fn round(script: &Script, by: u8) -> Option<JournalRound> {
    script.view(seat(by)).tools.journal.round
}

fn given(script: &Script, by: u8) -> Option<Vec<(u8, String)>> {
    let given = script.view(seat(by)).tools.journal.given?;
    Some(given.into_iter().map(|page| (page.seat.0, page.text)).collect())
}

fn lines(script: &Script, by: u8) -> JournalLines {
    round(script, by).unwrap().lines.unwrap()
}

/// A leader and five members who write, and the quiet is over.
fn six_who_wrote() -> Script {
    let mut script = Script::with_members(5);
    script.everybody_in();
    script.tool(LEAD, open(5)).unwrap();
    for by in 0..=5 {
        script.tool(by, write(&format!("canary-page-{by}"))).unwrap();
    }
    script.tool(LEAD, end_quiet()).unwrap();
    script
}

#[test]
fn the_table_of_journaling() {
    let written = [(LEAD, open(5)), (MAYA, write("Dear me"))];
    let choosing: Vec<_> = written.iter().cloned().chain([(LEAD, end_quiet())]).collect();
    let shown: Vec<_> = choosing.iter().cloned().chain([(LEAD, show())]).collect();
    let gone: Vec<_> = shown.iter().cloned().chain([(LEAD, put_away())]).collect();
    let states = [
        ("nothing opened", after(&[])),
        ("writing", after(&written)),
        ("choosing", after(&choosing)),
        ("shown", after(&shown)),
        ("put away", after(&gone)),
    ];
    let wrote: fn(u8) -> Option<Refusal> = |by| (by != MAYA).then_some(Refusal::Empty);
    everybody_tries(
        &states,
        &[
            Row { act: open(5), right: Right::Facilitators, says: &[YES, NOT_NOW, NOT_NOW, YES, YES] },
            Row { act: extend(5), right: Right::Facilitators, says: &[NOT_NOW, YES, NOT_NOW, NOT_NOW, NOT_NOW] },
            Row { act: end_quiet(), right: Right::Facilitators, says: &[NOT_NOW, YES, NOT_NOW, NOT_NOW, NOT_NOW] },
            Row { act: show(), right: Right::Facilitators, says: &[NOT_NOW, NOT_NOW, YES, NOT_NOW, NOT_NOW] },
            Row { act: put_away(), right: Right::Facilitators, says: &[NOT_NOW, NOT_NOW, YES, YES, NOT_NOW] },
            // A letter that was on its way when the page was put away is kept all the same.
            Row { act: write("more"), right: Right::TurnTakers, says: &[NOT_NOW, YES, YES, YES, YES] },
            Row { act: write(""), right: Right::TurnTakers, says: &[NOT_NOW, YES, YES, YES, YES] },
            Row { act: share(Sharing::Nothing), right: Right::TurnTakers, says: &[NOT_NOW, NOT_NOW, YES, NOT_NOW, NOT_NOW] },
            Row { act: share(Sharing::Therapist), right: Right::TurnTakers, says: &[NOT_NOW, NOT_NOW, wrote, NOT_NOW, NOT_NOW] },
            Row { act: unnamed("so"), right: Right::TurnTakers, says: &[NOT_NOW, NOT_NOW, YES, NOT_NOW, NOT_NOW] },
            Row { act: named("so"), right: Right::TurnTakers, says: &[NOT_NOW, NOT_NOW, YES, NOT_NOW, NOT_NOW] },
        ],
    );
}

#[test]
fn numbers_and_texts_have_their_limits() {
    for minutes in [0, 21, u16::MAX] {
        assert_eq!(attempt(&full_house(), LEAD, &open(minutes)).err(), Some(Refusal::OutOfRange), "{minutes}");
        assert_eq!(attempt(&after(&[(LEAD, open(5))]), LEAD, &extend(minutes)).err(), Some(Refusal::OutOfRange), "{minutes}");
    }
    assert_eq!(
        attempt(&after(&[(LEAD, open(15))]), LEAD, &extend(6)).err(),
        Some(Refusal::OutOfRange),
        "no quiet is longer than twenty minutes"
    );
    text_limit(&full_house(), LEAD, limits::PROMPT_CHARS, false, |prompt| act(JournalCommand::Open { prompt, minutes: 5 }));
    text_limit(&after(&[(LEAD, open(5))]), MAYA, limits::JOURNAL_CHARS, true, |text| write(&text));
    let choosing = after(&[(LEAD, open(5)), (LEAD, end_quiet())]);
    text_limit(&choosing, MAYA, limits::JOURNAL_LINE_CHARS, false, |line| unnamed(&line));
    text_limit(&choosing, MAYA, limits::JOURNAL_LINE_CHARS, false, |line| named(&line));
    let mut many = full_house();
    for _ in 0..limits::JOURNAL_ROUNDS {
        for act in [open(1), end_quiet(), put_away()] {
            many.tool(LEAD, act).unwrap();
        }
    }
    assert_eq!(attempt(&many, LEAD, &open(1)).err(), Some(Refusal::TooMany));
}

#[test]
fn the_quiet_ends_by_itself_for_everybody() {
    let mut script = after(&[(LEAD, open(2)), (MAYA, write("Dear me"))]);
    let until = script.now() + 2 * MINUTE;
    for by in [LEAD, MAYA, THEO, OBSERVER, INTERPRETER] {
        let round = round(&script, by).unwrap();
        assert_eq!((round.stage, round.until), (JournalStage::Writing, until));
        assert_eq!(round.mine.is_some(), by <= THEO, "whoever watches or interprets has no page");
    }
    script.tool(LEAD, extend(1)).unwrap();
    script.pass_seconds(179);
    assert_eq!(round(&script, MAYA).unwrap().stage, JournalStage::Writing);
    script.pass_seconds(1);
    assert_eq!(round(&script, MAYA).unwrap().stage, JournalStage::Choosing);
    assert_eq!(round(&script, MAYA).unwrap().mine.unwrap().text, "Dear me");
    assert_eq!(script.rebuilt(), script.room);
}

/// L5: nobody else ever receives a letter of a page, and nobody sees that somebody writes.
#[test]
fn a_page_changes_nobody_elses_room() {
    let before = after(&[(LEAD, open(5))]);
    let mut script = after(&[(LEAD, open(5)), (MAYA, write("canary-page"))]);
    for by in [LEAD, THEO, OBSERVER, INTERPRETER] {
        assert_eq!(script.view(seat(by)), before.view(seat(by)), "seat {by} sees the same room as before");
    }
    only_seen_by(&script, "canary-page", &[MAYA]);
    script.input(Input::Lost(seat(MAYA))).unwrap();
    script.pass_seconds(30);
    script.input(Input::Connected(seat(MAYA))).unwrap();
    only_seen_by(&script, "canary-page", &[MAYA]);
    script.tool(LEAD, end_quiet()).unwrap();
    only_seen_by(&script, "canary-page", &[MAYA]);
    for sharing in [share(Sharing::Nothing), unnamed("canary-line")] {
        let mut chosen = script.clone();
        chosen.tool(MAYA, sharing).unwrap();
        only_seen_by(&chosen, "canary-page", &[MAYA]);
        only_seen_by(
            &chosen,
            "canary-line",
            if chosen.view(seat(MAYA)).tools.journal.round.unwrap().mine.unwrap().sharing == Some(Sharing::Nothing) {
                &[]
            } else {
                &[MAYA]
            },
        );
        assert_eq!(round(&chosen, LEAD).unwrap().lead, Some(JournalLead { chosen: 1, of: 3 }), "that, not what");
        for by in [THEO, OBSERVER, INTERPRETER] {
            assert_eq!(chosen.view(seat(by)), script.view(seat(by)), "seat {by} sees the same room as before");
        }
    }
}

/// What leaders read is the page of the moment it was given.
#[test]
fn the_therapist_reads_what_was_given_and_no_letter_more() {
    let mut script = after(&[(LEAD, open(5)), (MAYA, write("canary-first")), (LEAD, end_quiet())]);
    assert_eq!((given(&script, LEAD), given(&script, THEO)), (Some(vec![]), None));
    script.tool(MAYA, share(Sharing::Therapist)).unwrap();
    assert_eq!(given(&script, LEAD), Some(vec![(MAYA, "canary-first".into())]));
    only_seen_by(&script, "canary-first", &[LEAD, MAYA]);
    script.tool(MAYA, write("canary-second")).unwrap();
    only_seen_by(&script, "canary-second", &[MAYA]);
    script.tool(MAYA, share(Sharing::Therapist)).unwrap();
    assert_eq!(given(&script, LEAD), Some(vec![(MAYA, "canary-second".into())]));
    for act in [show(), put_away(), open(1)] {
        script.tool(LEAD, act).unwrap();
        assert_eq!(given(&script, LEAD), Some(vec![(MAYA, "canary-second".into())]), "it stays in the guide");
    }
    let mut back = after(&[(LEAD, open(5)), (MAYA, write("canary-first")), (LEAD, end_quiet()), (MAYA, share(Sharing::Therapist))]);
    back.tool(MAYA, share(Sharing::Nothing)).unwrap();
    assert_eq!(given(&back, LEAD), Some(vec![]), "and may be taken back while one chooses");
}

#[test]
fn lines_without_a_name_are_shown_from_three_on() {
    for (count, shown) in [(0, 0), (1, 0), (2, 0), (3, 3), (5, 5)] {
        let mut script = six_who_wrote();
        for by in 1..=count {
            script.tool(by, unnamed(&format!("line-{by}"))).unwrap();
        }
        script.tool(0, named("my line")).unwrap();
        assert!((0..=5).all(|by| round(&script, by).unwrap().lines.is_none()), "nothing before it is shown");
        script.tool(LEAD, show()).unwrap();
        for by in 0..=5 {
            let lines = lines(&script, by);
            assert_eq!((lines.anonymous.len(), lines.too_few), (shown, count > 0 && shown == 0), "{count} lines and seat {by}");
            assert_eq!(lines.named.iter().map(|one| (one.seat.0, one.line.as_str())).collect::<Vec<_>>(), [(0, "my line")]);
        }
        assert_eq!(script.rebuilt(), script.room);
    }
}

/// The same five lines come in another order on another evening, and the order is the same for all who see it.
#[test]
fn their_order_says_nothing() {
    let mut orders = std::collections::BTreeSet::new();
    for seconds in 0..12 {
        let mut script = six_who_wrote();
        for by in 1..=5 {
            script.tool(by, unnamed(&format!("line-{by}"))).unwrap();
        }
        script.pass_seconds(seconds);
        script.tool(LEAD, show()).unwrap();
        let order = lines(&script, LEAD).anonymous;
        assert!((0..=5).all(|by| lines(&script, by).anonymous == order));
        orders.insert(order);
    }
    assert!(orders.len() > 4, "{} orders of twelve", orders.len());
}

#[test]
fn who_only_listens_writes_too_and_who_leaves_keeps_the_page() {
    let mut script = after(&[]);
    script.act(MAYA, RoomCommand::SetStance { stance: Stance::Listening }).unwrap();
    script.tool(LEAD, open(5)).unwrap();
    script.tool(MAYA, write("quietly")).unwrap();
    script.act(MAYA, RoomCommand::Leave).unwrap();
    script.tool(LEAD, end_quiet()).unwrap();
    let kept: Vec<_> = script.room.tools.journal.pages().collect();
    let page = KeptPage { prompt: "A letter to myself a year ago".into(), text: "quietly".into(), sharing: Sharing::Nothing };
    assert_eq!(kept, [(seat(MAYA), page)]);
    assert_eq!(round(&script, LEAD).unwrap().lead, Some(JournalLead { chosen: 0, of: 2 }), "nobody is told that the page was written");
}

#[test]
fn every_prompt_has_pages_of_its_own() {
    let mut script = after(&[(LEAD, open(1)), (MAYA, write("first")), (LEAD, end_quiet()), (LEAD, put_away())]);
    assert_eq!(round(&script, MAYA), None);
    script.tool(LEAD, act(JournalCommand::Open { prompt: "Another".into(), minutes: 1 })).unwrap();
    assert_eq!(round(&script, MAYA).unwrap().mine.unwrap().text, "");
    script.tool(MAYA, write("second")).unwrap();
    script.tool(THEO, write("")).unwrap();
    let kept: Vec<(u8, String)> = script.room.tools.journal.pages().map(|(seat, page)| (seat.0, page.text)).collect();
    assert_eq!(kept, [(MAYA, "first".into()), (MAYA, "second".into())], "an empty page is no page");
}

/// Somebody who gave a line and wrote nothing else finds that line in their journal.
#[test]
fn a_line_without_a_page_is_kept_with_its_person() {
    let mut script = after(&[(LEAD, open(1)), (LEAD, end_quiet())]);
    for (by, sharing) in [(LEAD, share(Sharing::Nothing)), (MAYA, unnamed("a line")), (THEO, named("another"))] {
        script.tool(by, sharing).unwrap();
    }
    let kept: Vec<_> = script.room.tools.journal.pages().map(|(seat, page)| (seat.0, page.text, page.sharing)).collect();
    let (one, other) = (Sharing::Anonymous { line: "a line".into() }, Sharing::Named { line: "another".into() });
    assert_eq!(kept, [(MAYA, String::new(), one), (THEO, String::new(), other)]);
}

/// At the tables nobody would see it; a pause of all does not stand in its way.
#[test]
fn it_does_not_begin_while_people_are_at_tables() {
    let mut script = Script::with_members(4);
    script.everybody_in();
    script.tool(LEAD, ToolCommand::Tables(TablesCommand::Lay { how: How::Draw, prompts: vec![String::new(); 2] })).unwrap();
    script.tool(LEAD, ToolCommand::Tables(TablesCommand::Send { minutes: 5 })).unwrap();
    assert_eq!(attempt(&script, LEAD, &open(5)).err(), Some(Refusal::NotNow));
    script.tool(LEAD, ToolCommand::Tables(TablesCommand::Close { seconds: 0 })).unwrap();
    script.tool(LEAD, ToolCommand::Calm(CalmCommand::Open { exercise: Exercise::Quiet, seat: None, minutes: 1 })).unwrap();
    attempt(&script, LEAD, &open(5)).unwrap();
}

proptest! {
    /// Whatever people choose, in whatever order: what is shown are their words, each once, and never fewer than three without a name.
    #[test]
    fn what_is_shown_is_what_was_chosen_last(choices in prop::collection::vec((0u8..6, 0u8..4), 0..24)) {
        let mut script = six_who_wrote();
        let mut last = std::collections::BTreeMap::new();
        for (by, choice) in &choices {
            let line = format!("line-{by}");
            let act = match choice { 0 => share(Sharing::Nothing), 1 => share(Sharing::Therapist), 2 => unnamed(&line), _ => named(&line) };
            prop_assert!(script.tool(*by, act).is_ok());
            last.insert(*by, *choice);
        }
        let of = |choice: u8| last.iter().filter(move |(_, chose)| **chose == choice).map(|(by, _)| *by).collect::<Vec<_>>();
        prop_assert_eq!(given(&script, LEAD).unwrap().into_iter().map(|(by, _)| by).collect::<Vec<_>>(), of(1));
        script.tool(LEAD, show()).unwrap();
        let told = lines(&script, 5);
        let mut anonymous = told.anonymous.clone();
        anonymous.sort();
        let unnamed: Vec<String> = of(2).iter().map(|by| format!("line-{by}")).collect();
        prop_assert_eq!(anonymous, if unnamed.len() < 3 { Vec::new() } else { unnamed.clone() });
        prop_assert_eq!(told.too_few, !unnamed.is_empty() && unnamed.len() < 3);
        prop_assert_eq!(told.named.into_iter().map(|one| one.seat.0).collect::<Vec<_>>(), of(3));
        prop_assert_eq!(&script.rebuilt(), &script.room);
    }
}
