use std::collections::BTreeMap;

use proptest::prelude::*;
use room::{
    Event, Refusal, RoomCommand, Stance, Stored, limits,
    tools::{
        Right, ToolCommand, ToolEvent,
        poll::{Ballot, PollAsk, PollCommand, PollEvent, PollKind, PollView, Tally, WordCount},
    },
};

use crate::{
    cast::{AT_DOOR, INSIDE, LEAD, MAYA, NOT_NOW, OBSERVER, Row, THEO, YES, after, attempt, everybody_tries, full_house, sees, text_limit},
    script::{Script, seat},
};

const CLOSE: ToolCommand = ToolCommand::Poll(PollCommand::Close);
const PUT_AWAY: ToolCommand = ToolCommand::Poll(PollCommand::PutAway);

fn ask(kind: PollKind, options: &[&str], named: bool) -> PollAsk {
    let options = options.iter().map(|&option| option.to_owned()).collect();
    PollAsk { kind, question: "What helps?".into(), options, named, live: false }
}

fn open(ask: PollAsk) -> ToolCommand {
    ToolCommand::Poll(PollCommand::Open(ask))
}

fn three(named: bool) -> PollAsk {
    ask(PollKind::Single, &["Sleep", "Talking", "Walking"], named)
}

fn live() -> PollAsk {
    PollAsk { live: true, ..three(true) }
}

fn vote(ballot: Ballot) -> ToolCommand {
    ToolCommand::Poll(PollCommand::Vote { id: 0, ballot })
}

fn choose(option: u8) -> ToolCommand {
    vote(Ballot::Choice(option))
}

fn view(script: &Script, by: u8) -> PollView {
    script.view(seat(by)).tools.poll.unwrap()
}

fn counts(script: &Script) -> Option<Vec<u32>> {
    view(script, MAYA).result.map(|tally| tally.counts)
}

const OVER: fn(u8) -> Option<Refusal> = |_| Some(Refusal::VotingOver);

#[test]
fn the_table_of_the_poll() {
    for named in [true, false] {
        let opened = [(LEAD, open(three(named))), (MAYA, choose(1))];
        let closed: Vec<_> = opened.iter().cloned().chain([(LEAD, CLOSE)]).collect();
        let away: Vec<_> = closed.iter().cloned().chain([(LEAD, PUT_AWAY)]).collect();
        let states = [
            ("none", after(&[])),
            ("open", after(&opened[..1])),
            ("Maya has answered", after(&opened)),
            ("closed", after(&closed)),
            ("put away", after(&away)),
        ];
        everybody_tries(
            &states,
            &[
                Row { act: open(three(true)), right: Right::Facilitators, says: &[YES, NOT_NOW, NOT_NOW, YES, YES] },
                Row { act: choose(2), right: Right::TurnTakers, says: &[NOT_NOW, YES, YES, OVER, OVER] },
                Row { act: CLOSE, right: Right::Facilitators, says: &[NOT_NOW, YES, YES, NOT_NOW, NOT_NOW] },
                Row { act: PUT_AWAY, right: Right::Facilitators, says: &[NOT_NOW, NOT_NOW, NOT_NOW, YES, NOT_NOW] },
            ],
        );
    }
}

#[test]
fn a_poll_has_two_to_eight_options_or_none_at_all() {
    let script = full_house();
    let told = |ask: PollAsk| attempt(&script, LEAD, &open(ask)).err();
    let many = ["a"; 9];
    for kind in [PollKind::Single, PollKind::Several, PollKind::Order] {
        for (count, fits) in [(0, false), (1, false), (2, true), (8, true), (9, false)] {
            assert_eq!(told(ask(kind, &many[..count], true)), (!fits).then_some(Refusal::OutOfRange), "{kind:?} with {count}");
        }
    }
    for kind in [PollKind::Scale, PollKind::Words] {
        assert_eq!(told(ask(kind, &[], false)), None);
        assert_eq!(told(ask(kind, &["a", "b"], false)), Some(Refusal::OutOfRange), "{kind:?}");
    }
    assert_eq!(told(PollAsk { live: true, ..three(false) }), Some(Refusal::OutOfRange), "nobody may watch anonymous answers arrive");
    text_limit(&script, LEAD, limits::PROMPT_CHARS, false, |question| open(PollAsk { question, ..three(true) }));
    text_limit(&script, LEAD, limits::OPTION_CHARS, false, |option| open(ask(PollKind::Single, &["a", &option], true)));
}

#[test]
fn a_ballot_fits_its_poll_or_is_refused() {
    let no = Some(Refusal::OutOfRange);
    let abc = ["a", "b", "c"];
    let told = |kind, ballot: &Ballot| {
        let options: &[&str] = if matches!(kind, PollKind::Scale | PollKind::Words) { &[] } else { &abc };
        attempt(&after(&[(LEAD, open(ask(kind, options, true)))]), MAYA, &vote(ballot.clone())).err()
    };
    for (kind, ballot, says) in [
        (PollKind::Single, Ballot::Choice(2), None),
        (PollKind::Single, Ballot::Choice(3), no.clone()),
        (PollKind::Several, Ballot::Choices(vec![2, 0]), None),
        (PollKind::Several, Ballot::Choices(vec![]), no.clone()),
        (PollKind::Several, Ballot::Choices(vec![1, 1]), no.clone()),
        (PollKind::Several, Ballot::Choices(vec![0, 3]), no.clone()),
        (PollKind::Scale, Ballot::Score(10), None),
        (PollKind::Scale, Ballot::Score(11), no.clone()),
        (PollKind::Order, Ballot::Order(vec![2, 0, 1]), None),
        (PollKind::Order, Ballot::Order(vec![0, 1]), no.clone()),
        (PollKind::Order, Ballot::Order(vec![0, 1, 1]), no.clone()),
        (PollKind::Order, Ballot::Order(vec![0, 1, 3]), no.clone()),
        (PollKind::Words, Ballot::Words("so  tired".into()), None),
        (PollKind::Words, Ballot::Words("I am tired".into()), Some(Refusal::TwoWords)),
    ] {
        assert_eq!(told(kind, &ballot), says, "{kind:?} {ballot:?}");
    }
    let all = [PollKind::Single, PollKind::Several, PollKind::Scale, PollKind::Order, PollKind::Words];
    let ballots = [Ballot::Choice(0), Ballot::Choices(vec![0]), Ballot::Score(0), Ballot::Order(vec![0, 1, 2]), Ballot::Words("a".into())];
    for (at, kind) in all.into_iter().enumerate() {
        for (of, ballot) in ballots.iter().enumerate() {
            assert_eq!(told(kind, ballot), (at != of).then_some(Refusal::OutOfRange), "{kind:?} {ballot:?}");
        }
    }
    let words = after(&[(LEAD, open(ask(PollKind::Words, &[], true)))]);
    let long = |count| attempt(&words, MAYA, &vote(Ballot::Words("x".repeat(count)))).err();
    assert_eq!((long(30), long(31)), (None, Some(Refusal::TooLong { most: 30 })));
    assert_eq!(attempt(&words, MAYA, &vote(Ballot::Words(" \n".into()))).err(), Some(Refusal::Empty));
}

#[test]
fn answers_are_counted_by_what_was_asked() {
    let tally = |kind, options: &[&str], ballots: &[Ballot]| Tally::of(&ask(kind, options, true), ballots.iter());
    let abc = ["a", "b", "c"];
    let several = tally(PollKind::Several, &abc, &[Ballot::Choices(vec![0, 2]), Ballot::Choices(vec![2])]);
    assert_eq!((several.answered, several.counts), (2, vec![1, 0, 2]));
    let order = tally(PollKind::Order, &abc, &[Ballot::Order(vec![2, 0, 1]), Ballot::Order(vec![2, 1, 0])]);
    assert_eq!(order.counts, [5, 5, 2], "the smallest sum of places is first");
    let scale = tally(PollKind::Scale, &[], &[Ballot::Score(0), Ballot::Score(10), Ballot::Score(10)]);
    assert_eq!((scale.counts.len(), scale.counts[0], scale.counts[10]), (11, 1, 2));
    let words = ["Calm", "calm", "so tired", "Ánimo"].map(|word| Ballot::Words(word.into()));
    let count = |word: &str, count| WordCount { word: word.into(), count };
    assert_eq!(tally(PollKind::Words, &[], &words).words, [count("calm", 2), count("so tired", 1), count("ánimo", 1)]);
}

#[test]
fn one_may_think_again_until_it_closes() {
    for named in [true, false] {
        let mut script = seven(named);
        for by in 1..=5 {
            script.tool(by, choose(0)).unwrap();
        }
        script.tool(3, choose(2)).unwrap();
        assert_eq!(view(&script, 3).mine, Some(Ballot::Choice(2)), "one sees one's own");
        assert_eq!((view(&script, LEAD).answered, view(&script, LEAD).of), (5, 7), "and is counted once");
        assert_eq!(counts(&script), None, "at the end only");
        script.tool(LEAD, CLOSE).unwrap();
        assert_eq!(counts(&script), Some(vec![4, 0, 1]), "named: {named}");
        assert_eq!(script.rebuilt(), script.room);
    }
}

#[test]
fn a_late_answer_never_counts_for_the_next_question() {
    let mut script = after(&[(LEAD, open(three(true))), (LEAD, CLOSE), (LEAD, open(three(true)))]);
    assert_eq!(attempt(&script, MAYA, &choose(1)).err(), Some(Refusal::VotingOver));
    script.tool(MAYA, ToolCommand::Poll(PollCommand::Vote { id: 1, ballot: Ballot::Choice(1) })).unwrap();
    assert_eq!((view(&script, MAYA).id, view(&script, MAYA).answered), (1, 1));
    let early = ToolCommand::Poll(PollCommand::Vote { id: 2, ballot: Ballot::Choice(1) });
    assert_eq!(attempt(&script, MAYA, &early).err(), Some(Refusal::NotNow));
}

#[test]
fn named_answers_are_shown_with_their_names_when_the_result_is() {
    let mut script = after(&[(LEAD, open(three(true))), (MAYA, choose(1))]);
    assert!(view(&script, THEO).who.is_empty() && view(&script, LEAD).who.is_empty());
    script.tool(LEAD, CLOSE).unwrap();
    for by in INSIDE {
        assert_eq!(view(&script, by).who, BTreeMap::from([(MAYA, Ballot::Choice(1))]), "seat {by}");
    }
    let script = after(&[(LEAD, open(live())), (MAYA, choose(1))]);
    assert_eq!((counts(&script), view(&script, THEO).who.len()), (Some(vec![0, 1, 0]), 1), "or at once, when they are live");
}

#[test]
fn whoever_just_listens_may_vote_and_whoever_watches_may_not() {
    let mut script = after(&[(LEAD, open(three(false)))]);
    script.act(MAYA, RoomCommand::SetStance { stance: Stance::Listening }).unwrap();
    assert!(attempt(&script, MAYA, &choose(0)).is_ok());
    assert_eq!(attempt(&script, OBSERVER, &choose(0)).err(), Some(Refusal::NotYours));
    assert_eq!(attempt(&script, AT_DOOR, &choose(0)).err(), Some(Refusal::NotInCircle));
}

/// A leader and six members, and an open poll.
fn seven(named: bool) -> Script {
    let mut script = Script::with_members(6);
    script.everybody_in();
    script.tool(LEAD, open(three(named))).unwrap();
    script
}

#[test]
fn of_fewer_than_four_anonymous_answers_nothing_is_told() {
    for answers in 0..=6 {
        let mut script = seven(false);
        for by in 1..=answers {
            script.tool(by, choose(1)).unwrap();
        }
        script.tool(LEAD, CLOSE).unwrap();
        let enough = answers >= 4;
        for by in 0..=6 {
            let view = view(&script, by);
            assert_eq!(view.result.map(|tally| tally.counts), enough.then(|| vec![0, u32::from(answers), 0]), "{answers}");
            assert_eq!((view.too_few, view.who.len(), view.mine), (!enough, 0, None));
        }
        let kept: Vec<_> = script.room.tools.poll.kept().collect();
        assert_eq!(kept.len(), usize::from(answers > 0));
        assert!(kept.iter().all(|poll| poll.tally.is_some() == enough));
    }
}

/// Invariant 18. Before it closes nobody but the voter is sent what they chose; afterwards not even they are.
#[test]
fn nobody_else_is_sent_an_anonymous_answer() {
    let mut script = Script::with_members(6);
    script.everybody_in();
    script.tool(LEAD, open(ask(PollKind::Words, &[], false))).unwrap();
    for by in 1..=5 {
        script.tool(by, vote(Ballot::Words(format!("secret-{by}")))).unwrap();
        for other in 0..=6 {
            assert_eq!(sees(&script, other).contains("secret-"), (1..=by).contains(&other), "seat {other}");
            assert_eq!(sees(&script, other).contains(&format!("secret-{by}")), other == by, "seat {other}");
        }
    }
    assert_eq!(script.room.tools.poll.unwritten(), 5);
    assert!(!format!("{:?}", script.room).contains("secret-"), "not even where a room describes itself");
    assert!(!serde_json::to_string(&script.book).unwrap().contains("secret-"), "nor is it in the book");
    script.tool(LEAD, CLOSE).unwrap();
    assert_eq!(script.room.tools.poll.unwritten(), 0, "forgotten once they are counted");
    let shown: Vec<_> = (0..=6).map(|by| view(&script, by)).collect();
    assert!(shown.windows(2).all(|two| two[0] == two[1]), "and everybody sees the same");
}

#[test]
fn a_ballot_cannot_be_written_even_by_mistake() {
    let cast = PollEvent::Cast { seat: seat(MAYA), ballot: Ballot::Choice(1) };
    assert!(serde_json::to_string(&cast).is_err());
    let event = Event::Tool(ToolEvent::Poll(cast));
    assert!(event.is_unwritten() && event.about().is_none());
    assert!(serde_json::from_str::<PollEvent>(r#"{"is":"cast","seat":1,"ballot":{"choice":1}}"#).is_err());
}

/// The book of an anonymous poll in which these people gave these answers.
fn book(ballots: &[(u8, Ballot)], kind: PollKind) -> Vec<Stored> {
    let mut script = Script::with_members(6);
    script.everybody_in();
    let options: &[&str] = if matches!(kind, PollKind::Words | PollKind::Scale) { &[] } else { &["a", "b", "c"] };
    script.tool(LEAD, open(ask(kind, options, false))).unwrap();
    for (by, ballot) in ballots {
        script.tool(*by, vote(ballot.clone())).unwrap();
    }
    script.tool(LEAD, CLOSE).unwrap();
    script.book
}

fn any_ballot() -> impl Strategy<Value = (PollKind, Vec<Ballot>)> {
    let some = |ballot: BoxedStrategy<Ballot>| prop::collection::vec(ballot, 1..=6);
    prop_oneof![
        some((0u8..3).prop_map(Ballot::Choice).boxed()).prop_map(|ballots| (PollKind::Single, ballots)),
        some(prop::sample::subsequence(vec![0u8, 1, 2], 1..=3).prop_map(Ballot::Choices).boxed())
            .prop_map(|ballots| (PollKind::Several, ballots)),
        some((0u8..=10).prop_map(Ballot::Score).boxed()).prop_map(|ballots| (PollKind::Scale, ballots)),
        some(Just(vec![0u8, 1, 2]).prop_shuffle().prop_map(Ballot::Order).boxed()).prop_map(|ballots| (PollKind::Order, ballots)),
        some("[a-d]{1,2}".prop_map(Ballot::Words).boxed()).prop_map(|ballots| (PollKind::Words, ballots)),
    ]
}

proptest! {
    /// Invariant 18: the same answers given by the same people in any other way leave the same book, to the byte; so do answers that came
    /// to the same, as far as the book tells of people at all.
    #[test]
    fn a_book_does_not_tell_who_gave_which_answer((kind, ballots) in any_ballot(), turned in 1usize..6) {
        let given = |ballots: &[Ballot]| -> Vec<(u8, Ballot)> { (1..).zip(ballots.iter().cloned()).collect() };
        let mut others = ballots.clone();
        others.rotate_left(turned % ballots.len());
        let (one, other) = (book(&given(&ballots), kind), book(&given(&others), kind));
        prop_assert_eq!(serde_json::to_string(&one).unwrap(), serde_json::to_string(&other).unwrap());
        // People who answer in another order: the same book but for the order in which they took part.
        let backwards: Vec<_> = given(&ballots).into_iter().rev().collect();
        let sorted = |book: Vec<Stored>| {
            let mut lines: Vec<String> = book.iter().map(|stored| serde_json::to_string(stored).unwrap()).collect();
            lines.sort();
            lines
        };
        prop_assert_eq!(sorted(one), sorted(book(&backwards, kind)));
    }

    /// And whatever is thought again in between leaves no trace of the first thought.
    #[test]
    fn a_changed_mind_is_not_in_the_book(first in 0u8..3, then in 0u8..3) {
        let thought = |first| {
            let mut ballots: Vec<_> = (1..=4).map(|by| (by, Ballot::Choice(1))).collect();
            ballots.insert(0, (2, Ballot::Choice(first)));
            ballots.push((1, Ballot::Choice(then)));
            serde_json::to_string(&book(&ballots, PollKind::Single)).unwrap()
        };
        prop_assert_eq!(thought(first), thought(0));
    }
}

/// Answers that were in memory only are gone with the memory; whoever had answered is asked again and told why.
#[test]
fn after_a_restart_members_are_asked_again() {
    let mut script = seven(false);
    for by in 1..=4 {
        script.tool(by, choose(1)).unwrap();
    }
    script.room = script.rebuilt();
    assert_eq!(script.room.tools.poll.unwritten(), 0);
    for by in 0..=6 {
        let view = view(&script, by);
        assert_eq!((view.open, view.again, view.mine, view.answered), (true, (1..=4).contains(&by), None, 0), "seat {by}");
    }
    for by in 2..=6 {
        script.tool(by, choose(2)).unwrap();
    }
    assert!(!view(&script, 2).again && view(&script, 1).again);
    script.tool(LEAD, CLOSE).unwrap();
    assert_eq!(counts(&script), Some(vec![0, 0, 5]), "only what was answered since");
    assert!(!view(&script, 1).again, "and nobody is asked for what has closed");
    let mut named = seven(true);
    named.tool(MAYA, choose(1)).unwrap();
    named.room = named.rebuilt();
    assert_eq!(view(&named, MAYA).mine, Some(Ballot::Choice(1)), "a named one is in the book");
}

/// How many there are to answer must not show whether somebody who has gone had answered.
#[test]
fn somebody_s_leaving_does_not_tell_whether_they_voted() {
    let left = |voter: u8| {
        let mut script = seven(false);
        script.tool(voter, choose(1)).unwrap();
        script.act(6, RoomCommand::Leave).unwrap();
        let view = view(&script, LEAD);
        (view.answered, view.of)
    };
    assert_eq!(left(6), left(5));
}

#[test]
fn the_end_of_the_session_counts_what_came() {
    let mut script = seven(false);
    for by in 1..=4 {
        script.tool(by, choose(1)).unwrap();
    }
    script.act(LEAD, RoomCommand::End).unwrap();
    let kept: Vec<_> = script.room.tools.poll.kept().collect();
    assert_eq!(kept[0].tally.as_ref().unwrap().counts, [0, 4, 0]);
    assert_eq!(script.rebuilt(), script.room);
}

/// Words under a name go with the key of that name: the copy that everybody keeps has only their number.
#[test]
fn what_is_kept_says_what_came_and_never_who() {
    for named in [true, false] {
        let mut script = Script::with_members(6);
        script.everybody_in();
        script.tool(LEAD, open(ask(PollKind::Words, &[], named))).unwrap();
        for by in 1..=4 {
            script.tool(by, vote(Ballot::Words("steady".into()))).unwrap();
        }
        script.tool(LEAD, CLOSE).unwrap();
        script.tool(LEAD, PUT_AWAY).unwrap();
        assert_eq!(script.view(seat(MAYA)).tools.poll, None);
        let kept: Vec<_> = script.room.tools.poll.kept().collect();
        let tally = kept[0].tally.as_ref().unwrap();
        assert_eq!((kept[0].question.as_str(), tally.answered), ("What helps?", 4));
        assert_eq!(tally.words.len(), usize::from(!named));
        assert!(!serde_json::to_string(&kept).unwrap().contains("seat"));
    }
    let unanswered = after(&[(LEAD, open(three(true))), (LEAD, CLOSE)]);
    assert_eq!(unanswered.room.tools.poll.kept().count(), 0, "what nobody answered is not worth keeping");
}

#[test]
fn an_evening_has_room_for_forty_polls() {
    let mut script = full_house();
    for _ in 0..limits::POLLS {
        script.tool(LEAD, open(three(true))).unwrap();
        script.tool(LEAD, CLOSE).unwrap();
    }
    assert_eq!(attempt(&script, LEAD, &open(three(true))).err(), Some(Refusal::TooMany));
}

/// Whose key seals which event, and that a named answer is its author's.
#[test]
fn each_event_is_about_whom_it_should_be() {
    let about = |named| -> Vec<Option<u8>> {
        let script = after(&[(LEAD, open(three(named))), (MAYA, choose(1)), (LEAD, CLOSE)]);
        let polls = script.book.iter().filter(|stored| matches!(&stored.event, Event::Tool(ToolEvent::Poll(_))));
        polls.map(|stored| stored.event.about().map(|seat| seat.0)).collect()
    };
    assert_eq!((about(true), about(false)), (vec![None, Some(MAYA), None], vec![None, Some(MAYA), None]));
}
