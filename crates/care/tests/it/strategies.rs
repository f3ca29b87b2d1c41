//! What helped: what may be kept, who sees it when, and that nothing goes beyond a group without its author's wish.

use std::collections::BTreeSet;

use care::{
    strategies::{self as rules, Beyond, Entry, MomentKind, Shown, Unfit, Wanted, Went, questions},
    topics::TOPICS,
};
use proptest::prelude::*;

fn entry() -> Entry {
    Entry {
        situation: "Sunday evening, before the week".into(),
        tried: "I laid my clothes out and wrote one line".into(),
        went: "partly".into(),
        why: "Mañana was smaller".into(),
        topic: "anxiety".into(),
        skill: "stress".into(),
        ..Entry::default()
    }
}

#[test]
fn what_cannot_be_kept_is_named() {
    let with = |change: &dyn Fn(&mut Entry)| {
        let mut one = entry();
        change(&mut one);
        one.check(|topic| TOPICS.contains(&topic))
    };
    assert_eq!(with(&|_| {}), Ok(()));
    assert_eq!(with(&|one| (one.topic, one.skill, one.why) = Default::default()), Ok(()), "the rest may stay open");
    assert_eq!(with(&|one| one.situation = " ".into()), Err(Unfit::Situation));
    assert_eq!(with(&|one| one.situation = "á".repeat(201)), Err(Unfit::Situation));
    assert_eq!(with(&|one| one.tried = String::new()), Err(Unfit::Tried));
    assert_eq!(with(&|one| one.tried = "á".repeat(2_000)), Ok(()));
    assert_eq!(with(&|one| one.tried = "á".repeat(2_001)), Err(Unfit::Tried));
    assert_eq!(with(&|one| one.went = "great".into()), Err(Unfit::Went));
    assert_eq!(with(&|one| one.not_for = "x".repeat(1_001)), Err(Unfit::TooLong));
    assert_eq!(with(&|one| one.topic = "none".into()), Err(Unfit::Choice));
    assert_eq!(with(&|one| one.skill = "none".into()), Err(Unfit::Choice));
    assert_eq!((rules::line(" ok "), rules::line(""), rules::line("a\nb")), (Ok("ok"), Ok(""), Err(Unfit::Line)));
    assert_eq!(
        (rules::question(" "), rules::question(" Why? "), rules::question(&"x".repeat(201))),
        (Err(Unfit::Question), Ok("Why?"), Err(Unfit::Question))
    );
    assert_eq!((rules::answer(""), rules::answer(&"x".repeat(1_001))), (Err(Unfit::Answer), Err(Unfit::Answer)));
    assert_eq!((rules::moment("\n"), rules::moment(&"x".repeat(500)).is_ok()), (Err(Unfit::Moment), true));
    let all = [Unfit::Situation, Unfit::Tried, Unfit::Went, Unfit::TooLong, Unfit::Choice, Unfit::Line, Unfit::Question];
    crate::words::in_both_languages(all.into_iter().chain([Unfit::Answer, Unfit::Moment, Unfit::Full]).map(Unfit::key));
}

#[test]
fn every_choice_has_its_words() {
    for one in Went::ALL {
        assert_eq!(Went::parse(one.word()), Some(one));
        crate::words::in_both_languages([&*format!("strategies-went-{}", one.word())]);
    }
    let mut words: BTreeSet<&str> = BTreeSet::new();
    for one in MomentKind::ALL {
        assert_eq!(MomentKind::parse(one.word()), Some(one));
        crate::words::in_both_languages([&*format!("moments-{}", one.word())]);
        words.extend(one.reactions());
    }
    for word in words {
        crate::words::in_both_languages([&*format!("moments-reaction-{word}")]);
    }
    assert!(!MomentKind::Setback.reactions().contains(&"well-done"), "nobody is congratulated on a setback");
    assert_eq!((Went::parse(""), MomentKind::parse("x")), (None, None));
}

#[test]
fn it_is_found_by_words_topic_and_skill() {
    let fits =
        |words: &str, topic: &str, skill: &str| Wanted { words: words.into(), topic: topic.into(), skill: skill.into() }.fits(&entry());
    assert!(fits("", "", "") && fits("SUNDAY  manana", "anxiety", "stress") && fits("clothes", "", ""));
    assert!(!fits("monday", "", "") && !fits("", "grief", "") && !fits("", "", "empathy"));
    assert!(!Wanted::default().is_narrow());
}

#[test]
fn the_questions_are_there_in_both_languages() {
    let all = questions();
    assert!(all.len() >= 20);
    let mut slugs = BTreeSet::new();
    for one in all {
        assert!(slugs.insert(&one.slug), "{} is there twice", one.slug);
        for text in [one.text("en"), one.text("es")] {
            assert_eq!(rules::question(text), Ok(text), "{}", one.slug);
            assert!(text.ends_with('?') && !text.contains(['!', '¡']), "{text}");
        }
        assert!(one.es.contains('¿') && one.es != one.en);
    }
}

#[test]
fn new_words_are_looked_at_anew() {
    assert_eq!((Shown::after_writing(true), Shown::after_writing(false)), (Shown::Waiting, Shown::InGroup));
    assert_eq!(Beyond::Shared.after_writing(), Beyond::Asked);
    assert_eq!((Beyond::Not.after_writing(), Beyond::Asked.after_writing()), (Beyond::Not, Beyond::Asked));
    for one in [Shown::Waiting, Shown::InGroup, Shown::Returned] {
        assert_eq!(Shown::parse(one.word()), one);
    }
    for one in [Beyond::Not, Beyond::Asked, Beyond::Shared] {
        assert_eq!(Beyond::parse(one.word()), one);
    }
    assert_eq!((Shown::parse("odd"), Beyond::parse("odd")), (Shown::Returned, Beyond::Not), "what nobody knows is shown to nobody");
}

/// What can happen to an entry, in any order.
#[derive(Debug, Clone)]
enum Act {
    Ask,
    TakeBack,
    Write,
    Decide(bool),
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![Just(Act::Ask), Just(Act::TakeBack), Just(Act::Write), any::<bool>().prop_map(Act::Decide)]
}

proptest! {
    /// Whatever happens in whatever order: it is shared only if its author asked since the last taking back, and a leader said yes to these words.
    #[test]
    fn nothing_goes_beyond_a_group_without_wish_and_look(acts in prop::collection::vec(act(), 0..30)) {
        let (mut state, mut wished, mut looked) = (Beyond::Not, false, false);
        for act in acts {
            match act {
                Act::Ask if state == Beyond::Not => (state, wished, looked) = (Beyond::Asked, true, false),
                Act::Ask => {}
                Act::TakeBack => (state, wished, looked) = (Beyond::Not, false, false),
                Act::Write => (state, looked) = (state.after_writing(), false),
                Act::Decide(yes) => {
                    if state == Beyond::Asked {
                        (wished, looked) = (yes, yes);
                    }
                    state = state.decided(yes);
                }
            }
            prop_assert_eq!(state == Beyond::Shared, wished && looked, "{:?}", act);
        }
    }

    /// What fits what is wanted still fits when less is wanted.
    #[test]
    fn to_ask_for_less_never_finds_less(words in "[a-z ]{0,12}", topic in 0usize..3) {
        let wanted = Wanted { words, topic: ["", "anxiety", "ocd"][topic].into(), skill: "stress".into() };
        let less = [Wanted { words: String::new(), ..wanted.clone() }, Wanted { topic: String::new(), ..wanted.clone() }];
        prop_assert!(!wanted.fits(&entry()) || less.iter().all(|less| less.fits(&entry())));
    }
}
