//! The workshop, the five-part check, the worked example of G9, pictures of progress, and attainment.

use care::goals::{
    Bound, Days, Entry, Goal, Looked, Measure, State,
    attainment::{Attainment, t_score},
    check::{Missing, Part, check, in_three_months},
    late_by, library,
    progress::{self, Day, Entries},
    workshop::{self, Answers, Step},
};
use jiff::civil::{Date, date};
use proptest::prelude::*;

const TODAY: Date = date(2026, 11, 23);

fn looked(number: u8, words: &str, measure: Measure) -> Looked {
    Looked { number, words: words.into(), measure }
}

/// "In bed by 21:30 and up at 06:30 on weekdays, meditate the first 15 minutes, within three months; counted: nights up late."
fn worked_example() -> Goal {
    Goal {
        words: "In bed by 21:30 and up at 06:30 on weekdays, meditate the first 15 minutes".into(),
        why: "I want mornings that belong to me".into(),
        looked: vec![
            looked(1, "In bed", Measure::Time { bound: Bound::AtMost, aim: 21 * 60 + 30 }),
            looked(2, "Up", Measure::Time { bound: Bound::AtMost, aim: 6 * 60 + 30 }),
            looked(3, "Meditated the first 15 minutes", Measure::Done),
            looked(4, "Nights up late", Measure::Count { bound: Bound::AtMost, aim: 1 }),
        ],
        days: Days::WORKING,
        until: Some(in_three_months(TODAY)),
        sure: Some(7),
        ..Goal::default()
    }
}

fn entry(values: &[(u8, i32)]) -> Entry {
    Entry { value: values.iter().copied().collect(), note: String::new() }
}

/// Monday to Friday of one week: late on Wednesday, nothing written on Thursday.
fn a_week() -> Entries {
    let day = |day: i8, values: &[(u8, i32)]| (date(2026, 11, day), entry(values));
    Entries::from([
        day(16, &[(1, 21 * 60 + 20), (2, 6 * 60 + 30), (3, 1), (4, 0)]),
        day(17, &[(1, 21 * 60 + 30), (2, 6 * 60 + 10), (3, 1), (4, 0)]),
        day(18, &[(1, 20), (2, 7 * 60), (3, 0), (4, 1)]),
        day(20, &[(1, 21 * 60), (2, 6 * 60 + 29), (3, 1), (4, 0)]),
    ])
}

#[test]
fn the_worked_example_has_nothing_missing() {
    assert_eq!(check(&worked_example(), TODAY).map(|(_, missing)| missing), [None; 5]);
    assert_eq!(worked_example().until, Some(date(2027, 2, 23)));
    assert_eq!(worked_example().next_number(), 5);
}

#[test]
fn the_worked_example_is_tracked() {
    let (goal, entries, last) = (worked_example(), a_week(), date(2026, 11, 22));
    let going = |at: usize| progress::of_measure(&goal.looked[at], goal.days, &entries, last, 7);
    let states = |at: usize| going(at).day.iter().map(|(_, state, _)| *state).collect::<Vec<_>>();
    // Twenty past midnight is late for bed, and 20:00 would be early.
    assert_eq!(states(0), [Day::Met, Day::Met, Day::Other, Day::Open, Day::Met, Day::Off, Day::Off]);
    assert_eq!((going(0).met, going(0).known), (3, 4));
    assert_eq!((going(1).met, going(1).known), (3, 4));
    assert_eq!((going(2).met, going(2).known), (3, 4));
    // Its week is not over on Sunday, and over on Monday: at most one late night.
    assert_eq!((going(3).met, going(3).known), (0, 0));
    let over = progress::of_measure(&goal.looked[3], goal.days, &entries, TODAY, 28);
    assert_eq!((over.met, over.known), (1, 1));
    assert_eq!(progress::this_week(&goal.looked[3], &entries, last), 1);
}

#[test]
fn a_count_says_what_it_knows_and_no_more() {
    let steps = looked(1, "Walks", Measure::Count { bound: Bound::AtLeast, aim: 3 });
    let entries = Entries::from([(date(2026, 11, 16), entry(&[(1, 2)])), (date(2026, 11, 23), entry(&[(1, 2)]))]);
    let going = progress::of_measure(&steps, Days::EVERY, &entries, date(2026, 11, 24), 14);
    assert_eq!((going.met, going.known), (0, 1), "this week may still come to three");
    let entries = Entries::from([(date(2026, 11, 23), entry(&[(1, 2)])), (date(2026, 11, 24), entry(&[(1, 1)]))]);
    let going = progress::of_measure(&steps, Days::EVERY, &entries, date(2026, 11, 24), 14);
    assert_eq!((going.met, going.known), (1, 1), "three is three, whatever the week still brings");
    let late = looked(1, "Late", Measure::Count { bound: Bound::AtMost, aim: 1 });
    let going = progress::of_measure(&late, Days::EVERY, &entries, date(2026, 11, 24), 14);
    assert_eq!((going.met, going.known), (0, 1), "more than at most is known at once");
}

#[test]
fn each_part_says_what_it_wants() {
    let find = |goal: &Goal, part: Part| check(goal, TODAY).into_iter().find(|(one, _)| *one == part).and_then(|(_, missing)| missing);
    let good = worked_example();
    for (words, wanted) in [
        ("", Some(Missing::NoWords)),
        ("be happy", Some(Missing::General)),
        ("I want to be a better person and feel good about myself", Some(Missing::General)),
        ("Quiero sentirme mejor y más tranquila", Some(Missing::General)),
        ("swim daily", Some(Missing::Short)),
        ("Swim on Mondays and Fridays before breakfast", None),
        ("Nadar los lunes y viernes antes del desayuno", None),
    ] {
        assert_eq!(find(&Goal { words: words.into(), ..good.clone() }, Part::Specific), wanted, "{words}");
    }
    assert_eq!(find(&Goal { looked: vec![], ..good.clone() }, Part::Measurable), Some(Missing::NoMeasure));
    assert_eq!(find(&Goal { sure: None, ..good.clone() }, Part::Achievable), Some(Missing::NotSure));
    assert_eq!(find(&Goal { sure: Some(6), ..good.clone() }, Part::Achievable), Some(Missing::TooBig));
    assert_eq!(find(&Goal { sure: Some(4), smaller: "Only Mondays".into(), ..good.clone() }, Part::Achievable), None);
    let much = Goal { days: Days::EVERY, looked: vec![good.looked[0].clone(); 6], ..good.clone() };
    assert_eq!(find(&much, Part::Achievable), Some(Missing::TooMuch));
    assert_eq!(find(&Goal { why: String::new(), ..good.clone() }, Part::Relevant), Some(Missing::NoWhy));
    for (until, wanted) in [
        (None, Some(Missing::NoDay)),
        (Some(date(2026, 11, 22)), Some(Missing::DayPast)),
        (Some(TODAY), Some(Missing::DaySoon)),
        (Some(date(2026, 11, 29)), Some(Missing::DaySoon)),
        (Some(date(2026, 11, 30)), None),
        (Some(date(2027, 11, 24)), None),
        (Some(date(2027, 11, 25)), Some(Missing::DayFar)),
    ] {
        assert_eq!(find(&Goal { until, ..good.clone() }, Part::TimeBound), wanted, "{until:?}");
    }
}

#[test]
fn every_example_becomes_a_specific_and_measurable_goal_in_both_languages() {
    let all = library::shipped().unwrap();
    for example in &all {
        for language in ["en", "es"] {
            let goal = example.goal(language);
            let found = check(&goal, TODAY);
            assert_eq!(found[0].1, None, "{} in {language}", example.slug);
            assert_eq!(found[1].1, None, "{} in {language}", example.slug);
            assert!(goal.looked.iter().all(|one| one.measure.holds() && !one.words.is_empty()), "{}", example.slug);
            assert!(example.wish.contains_key(language) && example.wish(language) != example.words(language));
        }
        assert!(!example.days.is_empty(), "{}", example.slug);
    }
    for topic in care::topics::TOPICS {
        assert!(all.iter().any(|example| example.topics.iter().any(|one| one == topic)), "nothing for {topic}");
    }
    let first = library::sorted(all, &["grief".to_owned()]);
    assert_eq!(first[0].slug, "remember");
}

#[test]
fn the_workshop_goes_from_question_to_question_and_ends_with_the_theme() {
    let bank = workshop::shipped().unwrap();
    assert_eq!(bank.iter().filter(|question| question.step == Step::Theme).count(), 1);
    assert_eq!(bank.last().unwrap().slug, workshop::THEME);
    let mut answers = Answers::default();
    for (number, question) in bank.iter().enumerate() {
        assert_eq!(answers.next(&bank), Some(question));
        assert_eq!(workshop::place(&bank, &question.slug), Some((number + 1, bank.len())));
        assert!(!question.words("en").is_empty() && question.words("es") != question.words("en"));
        answers.keep(&question.slug, if number % 2 == 0 { "something" } else { "" });
    }
    assert_eq!(answers.next(&bank), None, "what was passed is not asked again by itself");
    assert_eq!(answers.theme(), "something");
    answers.keep("theme", "");
    assert_eq!(answers.theme(), "");
    assert_eq!(State::parse("going"), Some(State::Going));
    assert_eq!(State::parse("gone"), None);
}

/// Two goals of equal weight, one as expected and one a step above: 10 / sqrt(0.7 * 2 + 0.3 * 4), worked by hand.
#[test]
fn attainment_is_summed_as_published() {
    assert_eq!(t_score(&[]), None);
    assert_eq!(t_score(&[(1.0, 0.0)]), Some(50.0));
    assert_eq!(t_score(&[(2.0, 1.0)]), Some(60.0));
    assert!((t_score(&[(1.0, 0.0), (1.0, 1.0)]).unwrap() - 56.201_736_729_460_42).abs() < 1e-9);
    let levels = Attainment { words: ["a", "b", "c", "d", "e"].map(String::from), weight: 1, ..Attainment::default() };
    assert_eq!((levels.words_of(-2), levels.words_of(0), levels.words_of(2), levels.words_of(3)), ("a", "c", "e", ""));
}

#[test]
fn what_is_looked_at_is_read_as_people_write_it() {
    assert_eq!(Measure::read("count", "at_most", " 1 "), Some(Measure::Count { bound: Bound::AtMost, aim: 1 }));
    assert_eq!(Measure::read("scale", "at_least", "11"), None);
    assert_eq!(Measure::read("count", "at_least", "-1"), None);
    assert_eq!(Measure::read("time", "at_least", "7"), None);
    assert_eq!(Measure::read("done", "", "whatever"), Some(Measure::Done));
    assert_eq!(Measure::read("steps", "at_least", "7"), None);
    assert_eq!(Measure::Done.read_value("2"), None);
    assert_eq!(Measure::Time { bound: Bound::AtMost, aim: 0 }.read_value("0:20"), Some(20));
}

proptest! {
    /// What a field shows is read again as the same.
    #[test]
    fn what_is_written_is_read_again(kind in 0usize..4, value in 0i32..1440) {
        let bound = Bound::AtMost;
        let measure = [Measure::Count { bound, aim: 1 }, Measure::Time { bound, aim: 1 }, Measure::Done, Measure::Scale { bound, aim: 1 }][kind];
        let read = measure.read_value(&measure.write(value));
        prop_assert_eq!(read, measure.may_be(value).then_some(value));
    }

    /// Written the other way round: on a circle of 1,440 minutes the way back is as long as the way there.
    #[test]
    fn late_and_early_are_mirror_images(time in 0i32..1440, aim in 0i32..1440) {
        let late = late_by(time, aim);
        prop_assert!((-720..720).contains(&late));
        prop_assert_eq!((aim + late).rem_euclid(1_440), time);
        if late != -720 {
            prop_assert_eq!(late_by(aim, time), -late);
        }
    }

    /// Whatever is written down: no day counts twice, nothing unknown counts, and what is off stays off.
    #[test]
    fn a_picture_counts_what_is_there(values in prop::collection::btree_map(0i64..40, 0i32..=10, 0..30), bits in 0u8..128, aim in 0i32..=10) {
        let scale = looked(1, "Calm", Measure::Scale { bound: Bound::AtLeast, aim });
        let entries: Entries = values.iter().map(|(back, value)| (TODAY.checked_sub(jiff::Span::new().days(*back)).unwrap(), entry(&[(1, *value)]))).collect();
        let going = progress::of_measure(&scale, Days(bits), &entries, TODAY, 28);
        prop_assert_eq!(going.day.len(), 28);
        prop_assert_eq!(going.known, values.keys().filter(|back| **back < 28).count());
        prop_assert_eq!(going.met, values.iter().filter(|(back, value)| **back < 28 && **value >= aim).count());
        for (day, state, value) in &going.day {
            prop_assert_eq!(value.is_some(), matches!(state, Day::Met | Day::Other));
            if value.is_none() {
                prop_assert_eq!(*state == Day::Open, Days(bits).has(day.weekday()));
            }
        }
    }

    /// A goal is kept as one text and comes back the same.
    #[test]
    fn a_goal_survives_its_text(words in ".{0,60}", why in ".{0,60}", sure in prop::option::of(0u8..=10), bits in 0u8..128) {
        let goal = Goal { words, why, sure, days: Days(bits), ..worked_example() };
        prop_assert_eq!(serde_json::from_str::<Goal>(&serde_json::to_string(&goal).unwrap()).unwrap(), goal);
    }
}

#[test]
fn weeks_begin_on_mondays_and_the_way_is_counted_in_days() {
    assert_eq!(progress::monday(date(2026, 11, 29)), date(2026, 11, 23), "a Sunday belongs to the Monday before it");
    assert_eq!(progress::monday(date(2026, 11, 23)), date(2026, 11, 23));
    assert_eq!(progress::monday(date(2027, 1, 1)), date(2026, 12, 28), "also over a new year");
    let behind = |today: Date| progress::way_behind(date(2026, 11, 1), Some(date(2026, 11, 11)), today);
    assert_eq!(behind(date(2026, 10, 1)), Some(0), "not begun");
    assert_eq!(behind(date(2026, 11, 6)), Some(50));
    assert_eq!(behind(date(2027, 6, 1)), Some(100), "long over");
    assert_eq!(progress::way_behind(date(2026, 11, 1), None, TODAY), None);
    assert_eq!(progress::way_behind(date(2026, 11, 1), Some(date(2026, 11, 1)), date(2026, 11, 2)), Some(100), "a day of its own");
    let days: Vec<Date> = progress::days(date(2026, 3, 2), 3).collect();
    assert_eq!(days, [date(2026, 2, 28), date(2026, 3, 1), date(2026, 3, 2)]);
}

#[test]
fn a_goal_asks_on_its_days_until_its_last() {
    let goal = worked_example();
    assert!(progress::asks_for(&goal, TODAY), "a Monday");
    assert!(!progress::asks_for(&goal, date(2026, 11, 28)), "a Saturday");
    assert!(progress::asks_for(&goal, date(2027, 2, 23)) && !progress::asks_for(&goal, date(2027, 2, 24)), "its last day is a day");
    assert!(progress::asks_for(&Goal { until: None, ..goal }, date(2030, 1, 7)));
}

#[test]
fn weekdays_are_bits_and_nothing_else() {
    assert!(Days::WORKING.has_number(1) && !Days::WORKING.has_number(6) && Days::EVERY.has_number(7));
    assert!(!Days::EVERY.has_number(0) && !Days::EVERY.has_number(8));
    assert_eq!(Days(0).with(3).with(3), Days(0b100));
    assert_eq!(Days(0b100).with(9), Days(0b100));
    assert!(Days(0).is_empty() && Days(0b1000_0000).is_empty() && !Days(1).is_empty());
    let sunday = date(2026, 11, 29).weekday();
    assert!(Days(64).has(sunday) && !Days(63).has(sunday));
}

#[test]
fn each_measure_knows_its_values_and_when_it_is_met() {
    let most = |aim: i32| Measure::Scale { bound: Bound::AtMost, aim };
    assert!(most(4).is_met(4) && most(4).is_met(0) && !most(4).is_met(5));
    let least = Measure::Scale { bound: Bound::AtLeast, aim: 4 };
    assert!(least.is_met(4) && least.is_met(10) && !least.is_met(3));
    let not_before = Measure::Time { bound: Bound::AtLeast, aim: 17 * 60 };
    assert!(not_before.is_met(17 * 60) && not_before.is_met(23 * 60) && !not_before.is_met(16 * 60 + 59));
    assert!(Measure::Done.is_met(1) && !Measure::Done.is_met(0));
    for (measure, good, bad) in [
        (Measure::Count { bound: Bound::AtMost, aim: 1 }, vec![0, 999], vec![-1, 1_000]),
        (not_before, vec![0, 1_439], vec![-1, 1_440]),
        (Measure::Done, vec![0, 1], vec![-1, 2]),
        (least, vec![0, 10], vec![-1, 11]),
    ] {
        assert!(good.into_iter().all(|value| measure.may_be(value)), "{measure:?}");
        assert!(bad.into_iter().all(|value| !measure.may_be(value)), "{measure:?}");
        assert!(Measure::KINDS.contains(&measure.kind()));
    }
}

/// An answer changed later replaces the first, also from a pass and back.
#[test]
fn answers_of_the_workshop_can_be_changed_and_taken_back() {
    let bank = workshop::shipped().unwrap();
    let mut answers = Answers::default();
    answers.keep("hopes", "Sleep");
    answers.keep("hopes", "Sleep, and my sister");
    assert_eq!(answers.get("hopes"), "Sleep, and my sister");
    answers.keep("hopes", "");
    assert_eq!((answers.get("hopes"), answers.passed.contains("hopes")), ("", true));
    answers.keep("hopes", "Sleep");
    assert!(!answers.passed.contains("hopes"));
    assert_eq!(answers.next(&bank).map(|question| question.slug.as_str()), Some("brought"), "the first that is open, not the one after");
    assert_eq!(answers.next(&[]), None);
    assert_eq!(workshop::place(&bank, "nothing"), None);
    let kept: Answers = serde_json::from_str(&serde_json::to_string(&answers).unwrap()).unwrap();
    assert_eq!(kept, answers);
    assert_eq!(Step::parse("story"), Some(Step::Story));
    assert!(Step::parse("end").is_none() && Step::ALL.map(Step::word) == ["story", "theme"]);
}

#[test]
fn a_goal_stands_in_one_of_four_ways_and_each_has_its_word() {
    for state in State::ALL {
        assert_eq!(State::parse(state.word()), Some(state));
    }
    assert_eq!(State::ALL.map(State::word), ["draft", "going", "reached", "put_down"]);
    for word in ["", "Going", "put down", "open"] {
        assert_eq!(State::parse(word), None, "{word}");
    }
    let words: std::collections::BTreeSet<&str> = Part::ALL.into_iter().map(Part::word).collect();
    assert_eq!(words.len(), 5, "each part of the check has a word of its own");
    let goal = Goal::default();
    assert_eq!((goal.days, goal.next_number(), goal.looked.len()), (Days::EVERY, 1, 0));
}
